"""Annotated pages: the faults and traps of a file in JSON Lines, and the pages they stand in.

Offsets are code points into the text of the page.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar


class GoldError(Exception):
    """An annotation that cannot be used, or a page of it that cannot be found."""


@dataclass(frozen=True, slots=True)
class Span:
    """One annotated fault: ``quote`` is ``text[start:end]`` of the page ``file``."""

    file: str
    start: int
    end: int
    quote: str
    category: str
    subtype: str = ""
    zh: str = ""
    suggestion: str = ""
    severity: str = ""
    detectable: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """A place where a checker must stay silent, and why."""

    file: str
    start: int
    end: int
    quote: str
    why: str = ""


Marked = TypeVar("Marked", Span, Trap)


def read_gold(path: Path) -> tuple[Span, ...]:
    """The annotated spans of a JSON Lines file; raises GoldError at the first line that is no span."""
    return tuple(_read_lines(path, Span))


def read_traps(path: Path) -> tuple[Trap, ...]:
    """The traps of a JSON Lines file; raises GoldError at the first line that is no trap."""
    return tuple(_read_lines(path, Trap))


def find_pages(gold: Path, names: Iterable[str], folder: Path | None = None) -> dict[str, Path]:
    """Where the annotated pages are: in ``folder``, else in the gold file's folder, its children or siblings.

    Raises GoldError naming the first page that is in none of them.
    """
    if folder is not None:
        candidates = [folder]
    else:
        here = gold.resolve().parent
        candidates = [here, *_folders(here), *_folders(here.parent)]
    found = {}
    for name in names:
        path = next((item / name for item in candidates if (item / name).is_file()), None)
        if path is None:
            where = str(folder) if folder else "the folders beside the annotation"
            raise GoldError(f"page {name} is not in {where}: name its folder with --pages")
        found[name] = path
    return found


def page_ids(name: str, text: str) -> tuple[str, ...]:
    """The ids under which ``observed`` may name a page: its text's own, and one that stands in its file name.

    The first is the first 8 hex digits of the SHA-256 of the text as UTF-8. A scraper that names its files by
    a digest takes it over the page as fetched, so such a name gives the other.
    """
    of_text = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    of_name = re.findall(r"(?<![0-9a-z])[0-9a-f]{8}(?=[0-9a-f]{0,56}(?![0-9a-z]))", Path(name).stem.lower())
    return (of_text, *of_name)


def text_of(path: Path) -> str:
    """The text of a file of annotations or findings; raises GoldError where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise GoldError(f"{path}: not UTF-8 text ({problem.reason} at byte {problem.start})") from problem


def check_quotes(pages: Mapping[str, str], marked: Iterable[Span | Trap]) -> None:
    """Raises GoldError at the first annotation whose quote is not what stands in its page (name -> text)."""
    for item in marked:
        stands = pages[item.file][item.start : item.end]
        if stands != item.quote:
            raise GoldError(
                f"{item.file}: the annotation says {item.quote[:60]!r} at {item.start}-{item.end}, "
                f"where {stands[:60]!r} stands"
            )


def _read_lines(path: Path, made: type[Marked]) -> Iterator[Marked]:
    known = {entry.name: int if entry.name in ("start", "end") else str for entry in fields(made)}
    for number, row in enumerate(text_of(path).split("\n"), 1):
        if not row.strip():
            continue
        try:
            item = made(**{key: value for key, value in json.loads(row).items() if key in known})
            for name, wanted in known.items():
                value = getattr(item, name)
                if type(value) is not wanted and (wanted is int or value is not None):
                    raise TypeError(f"{name} is no {'number' if wanted is int else 'text'}")
            if not 0 <= item.start < item.end:
                raise ValueError(f"{item.start}-{item.end} is no place")
            yield item
        except (AttributeError, TypeError, ValueError, RecursionError) as problem:
            raise GoldError(f"{path}:{number}: not a {made.__name__.lower()}: {problem}") from problem


def _folders(parent: Path) -> list[Path]:
    return sorted(item for item in parent.iterdir() if item.is_dir())
