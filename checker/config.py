"""Settings from a configuration file and from profiles: which keys there are and where they are read.

A configuration is ``yigai.toml`` or the table ``[tool.yigai]`` of ``pyproject.toml``; the file closest to the
working folder, going up, wins alone. The command line goes over the file, the file over the profile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.finding import CONFIDENCES, SEVERITIES, Severity
from checker.options import Options

FILE_NAMES = ("yigai.toml", "pyproject.toml")

CHOICES: dict[str, tuple[str, ...]] = {
    "profile": ("draft", "scraped", "glossary-only"),
    "format": ("text", "concise", "json", "jsonl", "sarif", "github"),
    "min-confidence": CONFIDENCES,
    "fail-on": SEVERITIES,
    "subject": ("auto", "health-reform", "other"),
    "spelling": ("auto", "us", "gb"),
    "numbers": ("sure", "all"),
}
"""The keys whose value is one of a few words."""

PROFILES: dict[str, dict[str, object]] = {
    "draft": {"min-confidence": "medium", "ignore": ("RES4",)},
    "scraped": {"min-confidence": "medium", "fail-on": "error"},
    "glossary-only": {"min-confidence": "medium", "select": ("TRM1", "CON2")},
}
"""What each profile presets: a draft has no page damage, on scraped pages only errors fail, or terms alone."""

RULE_FAMILIES = ("TRM", "CON", "GAR", "RES", "SPC", "NUM", "BIL", "GLS", "ACC")
"""What rule codes begin with; a family may be named before it has rules."""

_LISTS = ("glossary", "select", "ignore")
_KEYS = (*CHOICES, *_LISTS, "preview", "date")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class ConfigError(Exception):
    """A setting that cannot be used, wherever it stands; the message names the place and the nearest word."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that presets a check; ``glossary`` holds paths of layers, the last one on top."""

    options: Options
    fail_on: Severity = "warning"
    format: str = "text"
    glossary: tuple[str, ...] = ()


def find_config(folder: Path) -> Path | None:
    """The configuration that holds for ``folder``: the closest one in it or above it, or None.

    A ``pyproject.toml`` without ``[tool.yigai]`` is none. Raises ConfigError as `read_config` does.
    """
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = place / name
            if path.is_file() and (name != "pyproject.toml" or _table(path) is not None):
                return path
    return None


def read_config(path: Path) -> dict[str, object]:
    """The settings of a configuration file by key, checked; paths in ``glossary`` are taken from its folder.

    Raises ConfigError for a file that is not TOML, an unknown key or a value of the wrong kind.
    """
    found: dict[str, object] = {}
    for key, value in (_table(path) or {}).items():
        try:
            one_of(key, _KEYS, "key")
            found[key] = _checked(key, value)
        except ConfigError as problem:
            raise ConfigError(f"{path}:{_line_of(path, key)}: {problem}") from None
    if "glossary" in found:
        found["glossary"] = tuple(str(path.parent / str(item)) for item in _as_list(found["glossary"]))
    return found


def settings(given: Mapping[str, object], configured: Mapping[str, object]) -> Settings:
    """The settings of a run: ``given`` on the command line over ``configured`` in a file over the profile's.

    Values of None count as not given. Raises ConfigError when a value of ``given`` is not possible.
    """
    chosen = {key: _checked(key, value) for key, value in given.items() if value is not None}
    profile = chosen.get("profile", configured.get("profile"))
    preset = PROFILES[str(profile)] if profile is not None else {}
    merged: dict[str, Any] = {**preset, **configured, **chosen}
    return Settings(
        options=Options(
            min_confidence=merged.get("min-confidence", "medium"),
            select=merged.get("select", ()),
            ignore=merged.get("ignore", ()),
            preview=merged.get("preview", False),
            subject=merged.get("subject", "auto"),
            date=merged.get("date"),
            spelling=merged.get("spelling", "auto"),
            numbers=merged.get("numbers", "sure"),
        ),
        fail_on=merged.get("fail-on", "warning"),
        format=merged.get("format", "text"),
        glossary=merged.get("glossary", ()),
    )


def one_of(word: str, allowed: Sequence[str], what: str) -> str:
    """``word`` if it is allowed; else raises ConfigError, which names the nearest allowed word."""
    if word in allowed:
        return word
    from rapidfuzz import fuzz, process

    near = process.extractOne(word, allowed, scorer=fuzz.ratio, processor=str.lower, score_cutoff=45)
    hint = f"did you mean {near[0]!r}?" if near else f"possible: {', '.join(allowed)}"
    raise ConfigError(f"unknown {what} {word!r}; {hint}")


def _checked(key: str, value: object) -> object:
    if key in CHOICES:
        if not isinstance(value, str):
            raise ConfigError(f"{key} must be one of {', '.join(CHOICES[key])}")
        return one_of(value, CHOICES[key], f"value of {key}:")
    if key in _LISTS:
        items = _as_list(value)
        if not all(isinstance(item, str) for item in items):
            raise ConfigError(f"{key} must be a list of strings")
        return items
    if key == "preview" and not isinstance(value, bool):
        raise ConfigError("preview must be true or false")
    if key == "date" and not (isinstance(value, str) and _DATE.fullmatch(value)):
        raise ConfigError(f"date must be a year or an ISO date such as 2021-10-12, not {value!r}")
    return value


def _as_list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _table(path: Path) -> dict[str, Any] | None:
    """The table of settings in a file, or None where a ``pyproject.toml`` has none."""
    import tomllib  # most runs have no configuration

    try:
        with path.open("rb") as stream:
            content = tomllib.load(stream)
    except OSError as problem:
        raise ConfigError(f"{path}: {problem.strerror}") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{path}: not TOML: {problem}") from problem
    if path.name != "pyproject.toml":
        return content
    tool = content.get("tool")
    table = tool.get("yigai") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.yigai must be a table")
    return table


def _line_of(path: Path, key: str) -> int:
    """The 1-based line on which ``key`` is set, 1 where it cannot be told."""
    within = path.name != "pyproject.toml"
    setting = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*(=|\.)""")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("["):
            within = "tool.yigai" in line.replace('"', "")
        elif within and setting.match(line):
            return number
    return 1
