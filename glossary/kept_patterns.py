"""Regular expressions compiled once for all runs: compiling them took a quarter of the time of a check of one page.

CPython gives no public way to keep what it compiled, so this looks inside. Everything else goes on as if there were no
such file: where CPython is not as expected, or the file is missing or damaged, `re.compile` does the work.
"""

from __future__ import annotations

import binascii
import contextlib
import importlib
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from glossary.cache import cache_folder, keep, read_kept

MOST = 3000  # patterns in the file
_END, _PART = b"\x1e", b"\x1f"  # between patterns, and between one and what was made of it

_new: dict[bytes, tuple[str, int]] = {}  # compiled in this run


def compiled(expression: str, flags: int) -> re.Pattern[str]:
    """As `re.compile`."""
    key = f"{int(flags)} {expression}".encode("utf-8", "surrogatepass")
    kept = _kept().get(key)
    if kept is not None:
        with contextlib.suppress(Exception):  # not what this CPython makes: as if it were not there
            all_flags, groups, names, packed = kept.split(b" ")
            code = memoryview(binascii.a2b_base64(packed)).cast("I").tolist()
            by_number = [name or None for name in names.decode().split(",")]
            numbers = {name: number for number, name in enumerate(by_number) if name}
            made: re.Pattern[str] = _engine().compile(
                expression, int(all_flags), code, int(groups), numbers, tuple(by_number)
            )
            return made
    _new[key] = expression, flags
    return re.compile(expression, flags)


def keep_compiled() -> None:
    """Keep what was compiled in this run."""
    if not _new:
        return
    with contextlib.suppress(Exception):
        made = {key: _compiled(*new) for key, new in _new.items() if _PART not in key and _END not in key}
        older = _kept() if len(_kept()) + len(made) <= MOST else {}
        keep(_file(), _END.join(_PART.join(row) for row in (older | made).items()))


def _compiled(expression: str, flags: int) -> bytes:
    """What `re` hands to its engine, parted by blanks: flags, number of groups, a name or nothing for each, code."""
    parser, compiler = importlib.import_module("re._parser"), importlib.import_module("re._compiler")
    parsed = parser.parse(expression, flags)
    from array import array

    # As one string: a list of numbers takes ten times as long to read.
    code = binascii.b2a_base64(array("I", compiler._code(parsed, flags)), newline=False).decode("ascii")
    names = {number: name for name, number in parsed.state.groupdict.items()}
    groups = range(parsed.state.groups)
    all_flags = int(flags | parsed.state.flags)
    return f"{all_flags} {len(groups) - 1} {','.join(names.get(number, '') for number in groups)} {code}".encode()


def _engine() -> Any:
    return importlib.import_module("_sre")


def _file() -> Path:
    engine = _engine()
    return cache_folder() / f"patterns-{sys.implementation.cache_tag}-{engine.MAGIC}-{engine.CODESIZE}.txt"


@cache
def _kept() -> dict[bytes, bytes]:
    """What `_compiled` made of each pattern, by its flags and expression."""
    try:
        content = read_kept(_file())
        return dict([row.split(_PART) for row in content.split(_END)] if content else ())
    except Exception:  # no such engine, or a damaged file
        return {}
