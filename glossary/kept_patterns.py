"""Regular expressions compiled once for all runs: compiling them took a quarter of the time of a check of one page.

CPython gives no public way to keep what it compiled, so this looks inside. Everything else goes on as if there were no
such file: where CPython is not as expected, or the file is missing or damaged, `re.compile` does the work.
"""

from __future__ import annotations

import binascii
import contextlib
import importlib
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from glossary.cache import cache_folder, keep, read_kept

MOST = 3000  # patterns in the file

_new: dict[str, tuple[str, int]] = {}  # compiled in this run


def compiled(expression: str, flags: int) -> re.Pattern[str]:
    """As `re.compile`."""
    key = f"{flags} {expression}"
    kept = _kept().get(key)
    if kept is not None:
        with contextlib.suppress(Exception):  # not what this CPython makes: as if it were not there
            all_flags, packed, groups, names = kept
            code = memoryview(binascii.a2b_base64(packed)).cast("I").tolist()
            by_number: list[str | None] = [None] * (groups + 1)
            for name, number in names.items():
                by_number[number] = name
            made: re.Pattern[str] = _engine().compile(expression, all_flags, code, groups, names, tuple(by_number))
            return made
    _new[key] = expression, flags
    return re.compile(expression, flags)


def keep_compiled() -> None:
    """Keep what was compiled in this run."""
    if not _new:
        return
    with contextlib.suppress(Exception):
        made = {key: _compiled(expression, flags) for key, (expression, flags) in _new.items()}
        older = _kept() if len(_kept()) + len(made) <= MOST else {}
        keep(_file(), json.dumps(older | made, separators=(",", ":")))


def _compiled(expression: str, flags: int) -> list[Any]:
    """What `re` hands to its engine: flags, code, number of groups, names of groups."""
    parser, compiler = importlib.import_module("re._parser"), importlib.import_module("re._compiler")
    parsed = parser.parse(expression, flags)
    from array import array

    # As one string: a list of numbers takes ten times as long to read.
    code = binascii.b2a_base64(array("I", compiler._code(parsed, flags)), newline=False).decode("ascii")
    return [flags | parsed.state.flags, code, parsed.state.groups - 1, parsed.state.groupdict]


def _engine() -> Any:
    return importlib.import_module("_sre")


def _file() -> Path:
    engine = _engine()
    return cache_folder() / f"patterns-{sys.implementation.cache_tag}-{engine.MAGIC}-{engine.CODESIZE}.2.json"


@cache
def _kept() -> dict[str, list[Any]]:
    try:
        made = json.loads(read_kept(_file()) or b"{}")
    except Exception:  # no such engine, or a damaged file
        return {}
    return made if isinstance(made, dict) else {}
