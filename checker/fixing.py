"""Repairs applied to a text: which of the findings' fixes may be applied together, and what comes of it.

Applied are lossless repairs only, and only those after which a second check reports nothing that they made. How a file
is read, checked and written is none of this module's business.
"""

from __future__ import annotations

import bisect
import codecs
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checker.document import Document, without_unseen
from checker.finding import Finding, Fix, Place
from checker.spans import Ranges
from glossary.forms import begins_with_a_vowel

Check = Callable[[Document], list[Finding]]

KINDS = ("text", "markdown", "html")
"""The kinds of document whose text is the file, so that a repair of the one is a repair of the other."""

_TERMS = ("TRM101", "TRM102", "TRM103")  # what --unsafe-fixes replaces by what it suggests
# A repair may bring to light what stood there before under the fault: a term whose words had run together. What it may
# not do is make a new fault of the kinds that repairs are for.
_BROUGHT_TO_LIGHT = ("TRM", "CON", "BIL")
_ROUNDS = 50
_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ARTICLE = re.compile(r"(?i)(?<![a-z])an?\s+$")
_FINITE = re.compile(r"(?i)\b(?:am|is|are|was|were|do|does|did|has|have|had|can|will|shall|must|not)\b")
_PLURAL = re.compile(r"[^siu]s$")
_OPENS = ".!?:;>#*-|\n\r"  # what stands before the first word of a sentence, a heading or an item
_BEFORE = 500  # characters before a place, mark-up included, that show whether it begins a sentence
_HEAD = 4096  # bytes in which a page declares its encoding


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair with the finding it belongs to: replace ``text[start:end]`` by ``text``."""

    start: int
    end: int
    text: str
    rule: str


Change = Callable[[Document, Sequence[Edit]], Document | None]


@dataclass(frozen=True, slots=True)
class Mended:
    """A document after its repairs, and how many of each rule were applied."""

    document: Document
    applied: dict[str, int]

    @property
    def text(self) -> str:
        """Its text."""
        return self.document.text


def is_plain(document: Document, start: int, end: int) -> bool:
    """Whether no mark-up stands in a place, nor right where something is put in."""
    if document.view is None:
        return True
    around = slice(max(start - 1, 0), end + 1) if start == end else slice(start, end)
    return document.view[around] == document.text[around]


def mend(
    document: Document,
    change: Change,
    check: Check,
    unsafe: bool = False,
    may_change: Callable[[Document, int, int], bool] = is_plain,
) -> Mended:
    """Apply what may be applied to a document until nothing more can be.

    ``check`` gives the findings of a document, ``change`` the document after edits (None when it cannot be read), and
    ``may_change`` says which places of a document can be changed at all. With ``unsafe`` wrong renderings are replaced by what is suggested too. The result is idempotent: mending it again
    changes nothing.
    """
    counts: dict[str, int] = {}
    for _ in range(_ROUNDS):
        done = _round(document, change, check, unsafe, may_change)
        if done is None:
            break
        document, edits = done
        for edit in edits:
            counts[edit.rule] = counts.get(edit.rule, 0) + 1
    return Mended(document, counts)


def _round(
    document: Document, change: Change, check: Check, unsafe: bool, may_change: Callable[[Document, int, int], bool]
) -> tuple[Document, list[Edit]] | None:
    """One set of repairs that hold when checked again; None when there is none."""
    before = check(document)
    possible = (edit for finding in before for edit in _edits(document, finding, unsafe))
    edits = _apart(edit for edit in possible if may_change(document, edit.start, edit.end))
    while edits:
        after = change(document, edits)
        if after is None:
            return None
        found = check(after)
        bad = _at_fault(edits, before, found, document, after)
        if not bad:
            # Every round leaves fewer faults than it found, so that rounds come to an end.
            return (after, edits) if _weight(found, unsafe) < _weight(before, unsafe) else None
        edits = [edit for edit in edits if edit not in bad]
    return None


def _edits(document: Document, finding: Finding, unsafe: bool) -> Iterator[Edit]:
    for fix in finding.fixes:
        yield Edit(fix.start, fix.end, _written(document, fix), finding.rule)
    if unsafe and finding.rule in _TERMS and finding.suggestion:
        for number, (start, end) in enumerate(finding.places):
            # What is suggested has the number and capitals of the first place.
            alike = number == 0 or document.text[start:end] == finding.quote
            before = without_unseen(document.readable[max(0, start - _BEFORE) : start])
            if alike and _fits_article(before, finding) and _same_form(before, finding):
                yield Edit(start, end, _written(document, Fix(start, end, finding.suggestion)), finding.rule)


def _fits_article(before: str, finding: Finding) -> bool:
    """Whether "a" or "an" before a place is right for what is suggested as it is for what stands there."""
    article = _ARTICLE.search(before[-4:])
    return article is None or begins_with_a_vowel(finding.quote) == begins_with_a_vowel(finding.suggestion or "")


def _same_form(before: str, finding: Finding) -> bool:
    """Whether what is suggested can stand there: same number, same capital, and a clause for a clause."""
    old, new = finding.quote, finding.suggestion or ""
    before = before[-20:].rstrip(" \t\"'“‘(")
    in_sentence = bool(before) and before[-1] not in _OPENS
    # The capital of a name that is wrong ("Medicare") is not one of what is put in its place.
    is_name = in_sentence and old[:1].isupper() and old[1:].islower()
    same_number = bool(_PLURAL.search(old)) == bool(_PLURAL.search(new))
    return not is_name and same_number and bool(_FINITE.search(old)) == bool(_FINITE.search(new))


def _written(document: Document, fix: Fix) -> str:
    return html.escape(fix.text, quote=False) if document.kind == "html" else fix.text


def _apart(edits: Iterator[Edit]) -> list[Edit]:
    """The edits in order without those that meet an earlier one; of the same edit twice, one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end, edit.text, edit.rule)):
        if not kept or edit.start > kept[-1].end:
            kept.append(edit)
    return kept


def applied(text: str, edits: Sequence[Edit]) -> str:
    """``text`` after edits, which are in order and apart."""
    made, last = [], 0
    for edit in edits:
        made += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*made, text[last:]])


def _at_fault(
    edits: Sequence[Edit], before: Sequence[Finding], after: Sequence[Finding], old: Document, new: Document
) -> set[Edit]:
    """The edits that did not mend their place, or that made a fault that was not there before."""
    moved = _Moved(edits)
    places: dict[str, list[Place]] = {}
    for finding in before:
        places.setdefault(finding.rule, []).extend(moved.place(place) for place in finding.places)
    known = {rule: Ranges(there) for rule, there in places.items()}
    bad: set[Edit] = set()
    for finding in after:
        for place in finding.places:
            touching = moved.touching(place)
            if not finding.rule.startswith(_BROUGHT_TO_LIGHT) or any(edit.rule in _TERMS for edit in touching):
                if any(edit.rule == finding.rule and edit.text for edit in touching):
                    bad.update(edit for edit in touching if edit.rule == finding.rule)
                elif finding.rule not in known or not known[finding.rule].meet(place):
                    bad.update(touching or [moved.nearest(place)])
    if not bad:  # a new place may stand so close to an old one that only their number tells
        more = _places_by_rule(after) - _places_by_rule(before)
        for finding in after:
            if finding.rule in more:
                for place in finding.places:
                    bad.add(moved.nearest(place))
    return bad


def _places_by_rule(findings: Sequence[Finding]) -> Counter[str]:
    """How many places there are of each rule of the kinds that repairs are for."""
    return Counter(
        {
            rule: sum(finding.count for finding in findings if finding.rule == rule)
            for rule in {finding.rule for finding in findings}
            if not rule.startswith(_BROUGHT_TO_LIGHT)
        }
    )


class _Moved:
    """Where places of a text are after edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.start for edit in edits]
        self._edits = list(edits)
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + len(edit.text) - (edit.end - edit.start))
        # Where the new text of each edit stands: in order and apart, as the edits are.
        self._begins = [edit.start + shift for edit, shift in zip(edits, self._shifts, strict=False)]
        self._ends = [begin + len(edit.text) for begin, edit in zip(self._begins, edits, strict=True)]

    def place(self, place: Place) -> Place:
        """The new place of an old one; what was replaced becomes what replaces it."""
        start, end = place
        first = bisect.bisect_left(self._starts, start)
        if first and self._edits[first - 1].end > start:
            start, first = self._edits[first - 1].start, first - 1
        last = bisect.bisect_right(self._starts, end)
        if last and self._edits[last - 1].end > end:
            end = self._edits[last - 1].end
        return start + self._shifts[first], max(end + self._shifts[last], start + self._shifts[first])

    def touching(self, place: Place) -> list[Edit]:
        """The edits whose new text shares a place of the new text, or an edge of it."""
        return self._edits[bisect.bisect_left(self._ends, place[0]) : bisect.bisect_right(self._begins, place[1])]

    def nearest(self, place: Place) -> Edit:
        """The edit whose new text begins closest to a place, of two the first."""
        number = bisect.bisect_left(self._begins, place[0])
        near = range(max(number - 1, 0), min(number + 1, len(self._edits)))
        return self._edits[min(near, key=lambda one: abs(self._begins[one] - place[0]))]


def _weight(findings: Sequence[Finding], unsafe: bool) -> int:
    """How many places there are that repairs are for."""
    terms = sum(finding.count for finding in findings if finding.rule in _TERMS) if unsafe else 0
    return _places_by_rule(findings).total() + terms


def encoded_like(content: bytes, document: Document, text: str, lacking: str = "strict") -> bytes | None:
    """``text`` in the encoding of the file that ``document`` was read from; None when it cannot be told for sure.

    Sure is an encoding in which the document's own text gives the bytes of the file again, each of them. ``lacking``
    says what becomes of characters that it lacks, as `str.encode` takes it.
    """
    for mark, name in _MARKS:
        if content.startswith(mark) and (made := _encoded(document.text, name)) is not None and mark + made == content:
            changed = _encoded(text, name, lacking)
            return None if changed is None else mark + changed
    declared = [match.decode("ascii") for match in _CHARSET.findall(content[:_HEAD])]
    for name in ("utf-8", *declared, "gb18030", "big5", "cp1252"):
        if _encoded(document.text, name) == content:
            return _encoded(text, name, lacking)
    return None


def _encoded(text: str, name: str, lacking: str = "strict") -> bytes | None:
    try:
        return text.encode(name, lacking)
    except (UnicodeEncodeError, LookupError):
        return None
