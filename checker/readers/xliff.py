"""XLIFF 1.2 and 2.x with the dialects of Trados (.sdlxliff) and memoQ (.mqxliff): segments with their source.

The key of a unit is ``FILE/UNIT/SEGMENT``: the numbers of the ``file`` and of the ``trans-unit`` or ``unit`` in it,
counted from 0, and the segment's id in it ("" where the unit is one segment). Segments that are locked, not to be
translated or taken over whole from a memory are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from checker.document import TAG, Document
from checker.finding import CheckError
from checker.readers.assembly import Assembly
from checker.readers.sides import is_chinese
from checker.readers.xml import attribute, document_of, local, refuse_nested

_CODES = frozenset(
    ["bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "sm", "em", "ut"]
)  # what they hold is no text
_STANDING = frozenset(["ph", "it", "x"])  # something stands there: the words on both sides are two
_HUNDRED = frozenset(["exact-match", "id-match"])
_PARTS = (
    *(f"local-name() = '{name}'" for name in ("file", "trans-unit", "unit")),
    "local-name() = 'mrk' and @mtype = 'seg'",
)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")


def read(path: str, content: bytes) -> Iterator[Document | CheckError]:
    """The one document of an XLIFF file, or why there is none ("damaged", "unsafe")."""
    yield document_of(path, content, "XLIFF", _document)


def _document(path: str, root: Any) -> Document:
    refuse_nested(root, *_PARTS)
    made = Assembly(path, "xliff")
    for segment in segments(root):
        _add(made, segment)
    return made.document()


class Segment(NamedTuple):
    """A segment with its two texts. ``unit`` is the element it stands in, ``holder`` the one that holds its target."""

    key: str
    name: str
    source: str
    target: str
    left_alone: bool
    unit: Any
    holder: Any


def segments(root: Any) -> Iterator[Segment]:
    """The segments of a file in order, those with a target."""
    running = 0
    named: set[str] = set()
    for file_number, file in enumerate(element for element in root.iter() if local(element) == "file"):
        unit_number = -1
        for element in file.iter():
            kind = local(element)
            if kind not in ("trans-unit", "unit"):
                continue
            unit_number += 1
            found = _segments_1(element) if kind == "trans-unit" else _segments_2(element)
            for segment_id, source, holder, left_alone in found:
                running += 1
                # Trados and memoQ number segments through the file, and write these numbers as ids. In other files
                # ids may begin again in each unit.
                ids = (segment_id, attribute(element, "id") or "") if kind == "trans-unit" else ()
                shown = next((one for one in ids if _NUMBER.fullmatch(one) and one not in named), None)
                named.add(shown or str(running))
                yield Segment(
                    f"{file_number}/{unit_number}/{segment_id}", f"segment {shown or running}", source,
                    segment_text(holder), left_alone, element, holder,
                )  # fmt: skip


def _add(made: Assembly, segment: Segment) -> None:
    """A pair; where a file goes from English to Chinese, the English is still the text and the Chinese its source."""
    source, target = segment.source, segment.target
    if is_chinese(target) and not is_chinese(source):
        source, target = target, source
    mark = made.begin_pair()
    made.add(target, segment.name, segment.key, segment.left_alone)
    if target.strip():  # what is not translated yet is no omission
        made.add_chinese(source)
    made.end_pair(mark)


_Found = tuple[str, str, Any, bool]  # id, text of the source, element of the target, left alone


def _segments_1(unit: Any) -> Iterator[_Found]:
    """The segments of a ``trans-unit`` of XLIFF 1.2."""
    parts = {local(child): child for child in reversed(unit)}
    target = parts.get("target")
    source = parts.get("seg-source", parts.get("source"))
    if source is None or target is None:
        return
    states = _trados_states(unit)
    whole = _is_left_alone(unit, target)
    theirs = {mark.get("mid", ""): mark for mark in _marks(source)}
    marks = list(_marks(target))
    if not marks:
        yield "", segment_text(source), target, whole
    for mark in marks:
        number = mark.get("mid", "")
        beside = theirs.get(number)
        left_alone = whole or states.get(number, False)
        yield number, "" if beside is None else segment_text(beside), mark, left_alone


def _marks(element: Any) -> Iterator[Any]:
    return (mark for mark in element.iter() if local(mark) == "mrk" and mark.get("mtype") == "seg")


def _trados_states(unit: Any) -> dict[str, bool]:
    """By segment id whether Trados says that it is locked or whole from a memory."""
    found: dict[str, bool] = {}
    for element in unit.iter():
        if local(element) == "seg" and element.get("id"):
            locked = element.get("locked", "").lower() == "true"
            found[element.get("id")] = locked or _is_hundred(element.get("percent"))
    return found


def _is_left_alone(unit: Any, target: Any) -> bool:
    locked = (attribute(unit, "locked") or "").lower()  # memoQ
    return (
        _is_kept(unit)
        or locked in ("true", "locked", "yes", "1")
        or _is_hundred(attribute(unit, "percent"))
        or target.get("state-qualifier") in _HUNDRED
    )


def _is_kept(unit: Any) -> bool:
    """Whether a unit is not to be translated: it says so, or the closest group or file around it that says anything."""
    said = (element.get("translate") for element in (unit, *unit.iterancestors()))
    return next((one for one in said if one is not None), "yes") == "no"


def _is_hundred(percent: str | None) -> bool:
    return percent is not None and _NUMBER.fullmatch(percent) is not None and float(percent) >= 100


def _segments_2(unit: Any) -> Iterator[_Found]:
    """The segments of a ``unit`` of XLIFF 2.x."""
    kept = _is_kept(unit)
    number = 0
    for segment in unit:
        if local(segment) != "segment":
            continue
        number += 1
        parts = {local(child): child for child in reversed(segment)}
        if "source" in parts and "target" in parts:
            left_alone = kept or attribute(segment, "locked") in ("true", "yes")
            yield segment.get("id") or str(number), segment_text(parts["source"]), parts["target"], left_alone


def segment_text(element: Any) -> str:
    """The words of a source, target or mark; `TAG` where a code stands by itself between them."""
    made: list[str] = [element.text or ""]
    waiting: list[Any] = list(reversed(element))
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            made.append(item)
            continue
        waiting.append(item.tail or "")
        kind = local(item)
        if kind == "cp":
            made.append(_character(item.get("hex", "")))
        elif (kind == "x" and item.get("ctype") == "lb") or (kind == "ph" and item.get("subType") == "xlf:lb"):
            made.append("\n")
        elif kind in _STANDING:
            made.append(TAG)
        elif kind not in _CODES and kind != "" and item.get("mtype") != "x-sdl-deleted":
            made.append(item.text or "")
            waiting.extend(reversed(item))
    return "".join(made)


def _character(code: str) -> str:
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return character if character.isprintable() else ""
