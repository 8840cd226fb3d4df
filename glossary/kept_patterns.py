"""Regular expressions compiled once for all runs: compiling them took a quarter of the time of a check of one page.

CPython gives no public way to keep what it compiled, so this looks inside. Everything else goes on as if there were no
such file: where CPython is not as expected, or the file is missing or damaged, `re.compile` does the work.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from glossary.cache import cache_folder, keep_lines, read_kept, read_lines

MOST = 3000  # patterns in the file
_END = b"\x1f"  # behind a pattern

_new: dict[bytes, tuple[str, int]] = {}  # compiled in this run


def compiled(expression: str, flags: int) -> re.Pattern[str]:
    """As `re.compile`."""
    key = f"{int(flags)} {expression}".encode("utf-8", "surrogatepass") + _END
    numbers, lines = _kept()
    number = numbers.get(_name(key))
    if number is not None:
        with contextlib.suppress(Exception):  # not what this CPython makes: as if it were not there
            line = lines[number]
            if line.startswith(key):
                all_flags, groups, names, code = line[len(key) :].split(b" ", 3)
                by_number = [name or None for name in names.decode().split(",")]
                made: re.Pattern[str] = _engine().compile(
                    expression,
                    int(all_flags),
                    memoryview(code).cast("I").tolist(),
                    int(groups),
                    {name: number for number, name in enumerate(by_number) if name},
                    tuple(by_number),
                )
                return made
    _new[key] = expression, flags
    return re.compile(expression, flags)


def keep_compiled() -> None:
    """Keep what was compiled in this run."""
    if not _new:
        return
    with contextlib.suppress(Exception):
        kept: dict[int, bytes] = {}
        numbers, lines = _kept()
        if len(numbers) + len(_new) <= MOST:
            with contextlib.suppress(IndexError):  # a damaged line
                kept = {name: lines[number] for name, number in numbers.items()}
        kept |= {_name(key): key + _compiled(*new) for key, new in _new.items()}
        keep_lines(_file(), list(kept), list(kept.values()))


def _name(key: bytes) -> int:
    return (zlib.crc32(key) << 24) + len(key)


def _compiled(expression: str, flags: int) -> bytes:
    """What `re` hands to its engine, parted by blanks: flags, number of groups, a name or nothing for each, code."""
    parser, compiler = importlib.import_module("re._parser"), importlib.import_module("re._compiler")
    parsed = parser.parse(expression, flags)
    from array import array

    code = array("I", compiler._code(parsed, flags)).tobytes()
    names = {number: name for name, number in parsed.state.groupdict.items()}
    groups = range(parsed.state.groups)
    all_flags = int(flags | parsed.state.flags)
    head = f"{all_flags} {len(groups) - 1} {','.join(names.get(number, '') for number in groups)} "
    return head.encode() + code


def _engine() -> Any:
    return importlib.import_module("_sre")


def _file() -> Path:
    engine = _engine()
    return cache_folder() / f"patterns-{sys.implementation.cache_tag}-{engine.MAGIC}-{engine.CODESIZE}.lines"


@cache
def _kept() -> tuple[dict[int, int], Sequence[bytes]]:
    """The names of the patterns that are kept, with the number of each, and their lines."""
    with contextlib.suppress(Exception):  # no such engine
        kept = read_lines(read_kept(_file()), list)  # without the lines that are damaged
        if kept is not None:
            names, lines = kept
            return dict(zip(names, range(len(lines)), strict=True)), lines
    return {}, ()
