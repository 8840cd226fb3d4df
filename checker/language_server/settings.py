"""What the editor sets, and the configuration file that holds for a text beneath it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from checker.config import DEFAULTS, ConfigError, Configuration, find_config, one_of, read_configuration

_SECTION = "yigai"
_UNUSED = ("format", "fail-on", "author")  # of no use in an editor, and no reason to refuse a shared set of settings
_CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")

State = tuple[str, int, int]


class Given(NamedTuple):
    """The editor's settings by the keys of the configuration file; they go over it as a command line does."""

    values: Mapping[str, object]

    @property
    def key(self) -> str:
        """What tells them from others."""
        return repr(sorted(self.values.items()))


def given_settings(sent: object, root: Path) -> Given:
    """The settings that an editor sent, with or without ``yigai`` around them; layers are taken from ``root``.

    Keys may be written as in the file or as minConfidence. Raises ConfigError.
    """
    if isinstance(sent, Mapping) and _SECTION in sent:
        sent = sent[_SECTION]
    if sent is None:
        return Given({})
    if not isinstance(sent, Mapping):
        raise ConfigError(f"the editor's settings must be a table, not {type(sent).__name__}")
    values: dict[str, object] = {}
    try:
        for name, value in sent.items():
            key = one_of(_CAPITAL.sub(r"-\1", str(name)).lower(), tuple(DEFAULTS), "setting")
            if value is not None and key not in _UNUSED:
                values[key] = tuple(value) if isinstance(value, list) else value
        origins = Configuration().origins(values)
        made = {key: origins[key][0] for key in values}
    except ConfigError as problem:
        raise ConfigError(f"settings of the editor: {problem}") from None
    if "glossary" in made:
        made["glossary"] = tuple(str(root / layer) for layer in made["glossary"])
    return Given(made)


class ConfigurationFiles:
    """Configuration files, read again when they have changed."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[State, Configuration]] = {}

    def closest(self, folder: Path) -> Configuration:
        """What holds for the texts in a folder, nothing without a file. Raises ConfigError."""
        path = find_config(folder)
        if path is None:
            return Configuration()
        state = state_of(path)
        if path not in self._read or self._read[path][0] != state:
            self._read[path] = state, read_configuration(path)
        return self._read[path][1]


def state_of(path: Path) -> State:
    """What changes when a file is written: its name, its size and the time; zeros where there is none."""
    try:
        made = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), made.st_size, made.st_mtime_ns


def layer_states(layers: tuple[str, ...]) -> tuple[State, ...]:
    """The states of the files of glossary layers."""
    paths = [Path(layer) for layer in layers]
    return tuple(state_of(path) for layer in paths for path in ([layer, *sorted(layer.rglob("*.yaml"))]))
