"""Settings from a configuration file and from profiles: which keys there are and where they are read.

A configuration is ``yigai.toml`` or the table ``[tool.yigai]`` of ``pyproject.toml``; the file closest to the
working folder, going up, wins alone. The command line goes over the file, the file over the profile. In the file,
tables ``[[overrides]]`` with ``paths`` go over the rest for the pages of these paths, the last one first.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn

from checker.finding import CONFIDENCES, SEVERITIES, Severity
from checker.months import iso
from checker.options import Options
from glossary.lazy_pattern import lazy

FILE_NAMES = ("yigai.toml", "pyproject.toml")

CHOICES: dict[str, tuple[str, ...]] = {
    "profile": ("draft", "scraped", "glossary-only"),
    "format": ("text", "concise", "json", "jsonl", "sarif", "github", "csv", "html", "xlsx", "docx", "xliff"),
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

DEFAULTS: dict[str, object] = {
    "profile": None,
    "format": "text",
    "glossary": (),
    "min-confidence": "medium",
    "fail-on": "warning",
    "select": (),
    "ignore": (),
    "preview": False,
    "subject": "auto",
    "date": None,
    "spelling": "auto",
    "numbers": "sure",
    "author": "Terminology check",
}
"""Every key with its value where nothing sets it."""

_LISTS = ("glossary", "select", "ignore")
_KEYS = (*CHOICES, *_LISTS, "preview", "date", "author")
_FOR_THE_RUN = ("format", "glossary", "author")  # keys that cannot differ from page to page
_OVERRIDES = "overrides"
_DATE = lazy(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class ConfigError(Exception):
    """A setting that cannot be used, wherever it stands; the message names the place and the nearest word."""


class Settings(NamedTuple):
    """Everything that presets a check; ``glossary`` holds paths of layers, the last one on top.

    ``author`` signs the comments that are written into files.
    """

    options: Options
    fail_on: Severity = "warning"
    format: str = "text"
    glossary: tuple[str, ...] = ()
    author: str = "Terminology check"


def find_config(folder: Path) -> Path | None:
    """The configuration that holds for ``folder``: the closest one in it or above it, or None.

    A ``pyproject.toml`` without ``[tool.yigai]`` is none. Raises ConfigError as `read_config` does.
    """
    return next((path for path, _ in _tables_above(folder)), None)


def _tables_above(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files that hold settings, in a folder and above it, each with its table."""
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = place / name
            table = _table(path) if path.is_file() else None
            if table is not None:
                yield path, table


def read_config(path: Path) -> dict[str, object]:
    """The settings of a configuration file by key, checked; paths in ``glossary`` are taken from its folder.

    Raises ConfigError for a file that is not TOML, an unknown key or a value of the wrong kind.
    """
    return _values(path, _table(path) or {})


def _values(path: Path, table: Mapping[str, Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in table.items():
        if key == _OVERRIDES:
            continue
        try:
            one_of(key, (*_KEYS, _OVERRIDES), "key")
            found[key] = _checked(key, value)
        except ConfigError as problem:
            raise ConfigError(f"{path}:{_line_of(path, key)}: {problem}") from None
    if "glossary" in found:
        found["glossary"] = tuple(str(path.parent / str(item)) for item in _as_list(found["glossary"]))
    return found


class Override(NamedTuple):
    """Settings for some pages: those whose path, from the folder of the file and with ``/``, ``pattern`` matches."""

    paths: tuple[str, ...]
    pattern: re.Pattern[str]
    values: Mapping[str, object]
    line: int


class Configuration(NamedTuple):
    """What a configuration file says: settings for all pages and overrides in order. Without a file: nothing.

    ``lines`` holds the 1-based line of each of the settings for all pages.
    """

    path: Path | None = None
    values: Mapping[str, object] = MappingProxyType({})
    overrides: tuple[Override, ...] = ()
    lines: Mapping[str, int] = MappingProxyType({})

    def settings(self, given: Mapping[str, object], page: str | None = None) -> Settings:
        """The settings of a run with ``given`` on the command line, or those for the page of a path.

        Raises ConfigError when a value of ``given`` is not possible.
        """
        return _settings({key: value for key, (value, _) in self.origins(given, page).items()})

    def origins(self, given: Mapping[str, object], page: str | None = None) -> dict[str, tuple[Any, str]]:
        """Each key with its value and where that comes from, for a page or for the run. Raises as `settings`."""
        found: dict[str, tuple[object, str]] = {}
        if self.path is not None:
            for key, value in self.values.items():
                found[key] = value, f"{self._shown}:{self.lines[key]}"
            for override in self._matching(page):
                for key, value in override.values.items():
                    found[key] = value, f"{self._shown}:{override.line}, overrides for {', '.join(override.paths)}"
        else:
            found = {key: (value, "configuration") for key, value in self.values.items()}
        for key, value in given.items():
            if value is not None:
                found[key] = _checked(key, value), "command line"
        profile = found.get("profile", (None, ""))[0]
        preset = PROFILES[str(profile)] if profile is not None else {}
        made: dict[str, tuple[Any, str]] = {key: (value, "default") for key, value in DEFAULTS.items()}
        made.update({key: (value, f"profile {profile}") for key, value in preset.items()})
        return {**made, **found}

    @property
    def _shown(self) -> str:
        name = os.path.relpath(self.path or "")
        return str(self.path) if name.startswith(os.pardir) else name.replace(os.sep, "/")

    def _matching(self, page: str | None) -> list[Override]:
        if page is None or self.path is None or not self.overrides:
            return []
        name = os.path.relpath(os.path.abspath(page), os.path.abspath(self.path.parent)).replace(os.sep, "/")
        return [override for override in self.overrides if override.pattern.fullmatch(name)]


def closest_configuration(folder: Path) -> Configuration:
    """The configuration that holds for ``folder``, as `find_config` finds it. Raises ConfigError as `read_config` does."""
    found = next(_tables_above(folder), None)
    return Configuration() if found is None else _configuration(*found)


def read_configuration(path: Path | None) -> Configuration:
    """The configuration in a file, checked; None stands for no file. Raises ConfigError as `read_config` does."""
    return Configuration() if path is None else _configuration(path, _table(path) or {})


def _configuration(path: Path, table: Mapping[str, Any]) -> Configuration:
    values = _values(path, table)
    return Configuration(
        path, values, _overrides(path, table.get(_OVERRIDES, [])), {key: _line_of(path, key) for key in values}
    )


def settings(given: Mapping[str, object], configured: Mapping[str, object]) -> Settings:
    """The settings of a run: ``given`` on the command line over ``configured`` in a file over the profile's.

    Values of None count as not given. Raises ConfigError when a value of ``given`` is not possible.
    """
    return Configuration(values=configured).settings(given)


def _settings(merged: Mapping[str, Any]) -> Settings:
    return Settings(
        options=Options(
            min_confidence=merged["min-confidence"],
            select=merged["select"],
            ignore=merged["ignore"],
            preview=merged["preview"],
            subject=merged["subject"],
            date=merged["date"],
            spelling=merged["spelling"],
            numbers=merged["numbers"],
        ),
        fail_on=merged["fail-on"],
        format=merged["format"],
        glossary=merged["glossary"],
        author=merged["author"],
    )


def _overrides(path: Path, tables: object) -> tuple[Override, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{path}: overrides must be tables: [[{_header(path)}]]")
    lines = _override_lines(path)
    made = []
    for number, table in enumerate(tables):
        line = lines[number] if number < len(lines) else 1
        try:
            paths = _as_list(table.get("paths", ()))
            if not paths or not all(isinstance(item, str) for item in paths):
                raise ConfigError("overrides need paths, a list of patterns such as drafts/**")
            values = {}
            for key, value in table.items():
                if key == "paths":
                    continue
                if key in _FOR_THE_RUN:
                    raise ConfigError(f"{key} holds for a whole run and cannot be overridden for some pages")
                values[one_of(key, [name for name in _KEYS if name not in _FOR_THE_RUN], "key")] = _checked(key, value)
        except ConfigError as problem:
            raise ConfigError(f"{path}:{line}: {problem}") from None
        words = tuple(str(item) for item in paths)
        made.append(Override(words, re.compile("|".join(map(_path_pattern, words))), values, line))
    return tuple(made)


_GLOB = lazy(r"\*\*/|\*\*|\*|\?|[^*?]+")
_GLOB_PARTS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _path_pattern(words: str) -> str:
    """The regex of a path pattern: ``**`` any folders, ``*`` and ``?`` within a name; a folder stands for all in it."""
    words = re.sub(r"(?:^|(?<=/))\.(?:/|$)", "", words).strip("/") or "**"
    inner = "".join(_GLOB_PARTS.get(part) or re.escape(part) for part in _GLOB.findall(words))
    return f"(?:{inner})(?:/.*)?"


def _header(path: Path) -> str:
    return _OVERRIDES if path.name != "pyproject.toml" else f"tool.yigai.{_OVERRIDES}"


def _override_lines(path: Path) -> list[int]:
    """The 1-based lines of the headings of the overrides, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = f"[[{_header(path)}]]"
    return [number for number, line in enumerate(lines, 1) if re.sub(r"[\s\"']", "", line.split("#")[0]) == wanted]


def one_of(word: str, allowed: Sequence[str], what: str) -> str:
    """``word`` if it is allowed; else raises ConfigError, which names the nearest allowed word."""
    if word not in allowed:
        _refuse(word, allowed, what, 45, f"possible: {', '.join(allowed)}")
    return word


def refuse_rule(word: str, names: Sequence[str]) -> NoReturn:
    """Raises ConfigError for a word that names no rule, with the nearest one; all of them would be too many to list."""
    _refuse(word, names, "rule", 60, "`yigai rule` lists them")


def _refuse(word: str, allowed: Sequence[str], what: str, least: int, otherwise: str) -> NoReturn:
    """Raises ConfigError with the allowed word that is most alike, from a likeness of ``least`` out of 100 on."""
    near = nearest_word(word, allowed, least)
    raise ConfigError(f"unknown {what} {word!r}; " + (f"did you mean {near!r}?" if near else otherwise))


def nearest_word(word: str, allowed: Sequence[str], least: int) -> str | None:
    """The allowed word that is most alike, from a likeness of ``least`` out of 100 on; None where none is."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(word, allowed, scorer=fuzz.ratio, processor=str.lower, score_cutoff=least)
    return near[0] if near else None


def _is_date(value: str) -> bool:
    year, month, day = [*value.split("-"), None, None][:3]
    return _DATE.fullmatch(value) is not None and iso(year or "", month, day) == value


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
    if key == "author" and not (isinstance(value, str) and value.strip()):
        raise ConfigError("author must be a name")
    if key == "date" and not (isinstance(value, str) and _is_date(value)):
        if not isinstance(value, str | bool) and _is_date(str(value)):  # TOML has dates and numbers of its own
            raise ConfigError(f'date must stand in quotation marks: "{value}"')
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
    except ValueError as problem:  # of TOML, of UTF-8, of a number of thousands of digits
        raise ConfigError(f"{path}: not TOML: {problem}") from problem
    except RecursionError as problem:
        raise ConfigError(f"{path}: not TOML: nested too deeply") from problem
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
