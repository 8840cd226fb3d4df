"""Text that must stay as it stands whatever is mended around it: laws and titles, names of bodies, numbers of documents,
addresses, contacts, licence lines. It is listed and counted as seen; nobody is told to change or to take out any of it.

Names of persons are not told from other words and are not listed.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from checker.document import Document
from checker.finding import Place
from glossary.lazy_pattern import lazy

_WORD = r"[A-Z][\w'’-]{0,30}"
_TITLE_HEAD = (
    r"Law|Laws|Regulations?|Measures|Opinions?|Notice|Circular|Plan|Outline|Guidelines?|Guiding|Decision|Provisions|"
    r"Rules|Catalogue?|Standards?|Programme|Program|Report|Announcement|Interim|Implementation|Scheme|Convention"
)
_BODY = (
    r"Hospital|University|College|Institute|Commission|Bureau|Ministry|Administration|Committee|Association|Academy|"
    r"Federation|Company|Government|Co\., Ltd"
)
_PATTERNS = {
    "title": lazy(
        rf"《[^《》\n]{{2,160}}》|[“\"](?=[A-Z])(?=[^”\"\n]{{0,160}}\b(?:{_TITLE_HEAD})\b)[^”\"\n]{{6,200}}[”\"]"
    ),
    "law": lazy(
        rf"\b{_WORD}(?: (?:{_WORD}|of|and|on|for|the|in)){{0,9}} Law\b(?: of the People['’]s Republic of China)?"
        rf"|\bLaw of the People['’]s Republic of China on(?: (?:{_WORD}|of|and|on|for|the|in)){{1,14}}"
    ),
    "document number": lazy(
        r"[\u4e00-\u9fff]{1,10}[〔\[(（]\d{4}[〕\])）]\s?第?\d{1,4}\s?号"
        r"|\b[A-Z][A-Za-z ]{2,30}[〔\[(（]\d{4}[〕\])）] ?No\.? ?\d{1,4}\b"
    ),
    "address": lazy(
        rf"\b(?:No\. ?)?\d{{1,5}},? (?:{_WORD} ){{1,5}}(?:Road|Street|Avenue|Lane|Alley|Boulevard|Highway)\b"
        r"(?:, [A-Z][\w' -]{2,40}(?=[,.\n]|$)){0,4}"
        r"|\b(?:[Pp]ost(?:al)? ?[Cc]ode|[Zz]ip(?: [Cc]ode)?)\b[:：]? ?\d{6}\b"
    ),
    "contact": lazy(
        r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b"
        r"|\b(?:Tel|Telephone|Phone|Fax|Hotline)\b[^\d\n]{0,12}\+?\d[\d() -]{5,20}\d"
    ),
    "licence": lazy(
        r"(?m)^[^\n]*(?:\bICP\b[^\n]{0,20}\d{5}|公网安备|(?i:public (?:network )?security)[^\n]{0,30}\d{8}|[Ll]icen[cs]e"
        r" (?:[Nn]o|[Nn]umber)\b|许可证|©|(?i:all rights reserved|copyright\b))[^\n]*$"
    ),
    "name": lazy(
        rf"\b{_WORD}(?: (?:{_WORD}|of|and(?! the)|for|the)){{0,7}} (?:{_BODY})\b(?: of (?:the )?{_WORD}(?: {_WORD}){{0,4}})?"
    ),
}
# One of these stands, in small letters, wherever the pattern finds something: most pages need few of the patterns.
_SIGNS = {
    "title": ("《", "“", '"'),
    "law": ("law",),
    "document number": ("号", *(f"{end}{blank}no" for end in "〕])）" for blank in ("", " "))),
    "address": ("road", "street", "avenue", "lane", "alley", "boulevard", "highway", "code", "zip"),
    "contact": ("@", "tel", "phone", "fax", "hotline"),
    "licence": ("icp", "公网安备", "security", "licen", "许可证", "©", "all rights", "copyright"),
    "name": tuple(word.lower() for word in _BODY.replace("\\", "").split("|")),
}
KINDS = tuple(_PATTERNS)
"""What is told apart, the clearest first: of two that share a place the first one counts."""

_LONGEST = 400  # characters; a longer line is a text


class Protected(NamedTuple):
    """Words to keep as they stand: of which kind, and how often they stand in a document, first at ``start``."""

    kind: str
    text: str
    start: int
    times: int


def protected_text(document: Document, faults: Sequence[Place] = ()) -> list[Protected]:
    """What a document holds of it, each different text once, by kind and place.

    A name is left out where it meets one of ``faults``: it is not to be kept then.
    """
    taken: list[Place] = []  # in order, none overlaps
    known = sorted(faults)
    found: dict[tuple[str, str], list[int]] = {}
    lower = document.readable.lower()
    for kind, pattern in _PATTERNS.items():
        if not any(sign in lower for sign in _SIGNS[kind]):
            continue
        for match in pattern.finditer(document.readable):
            place = match.span()
            if _meets(place, taken) or (kind == "name" and _meets(place, known)):
                continue
            words = " ".join(document.shown(*place).split()).strip(" ,;|")
            if kind == "name":
                words = words.removeprefix("The ").removeprefix("the ")
            if words and len(words) <= _LONGEST:
                bisect.insort(taken, place)
                found.setdefault((kind, words), []).append(place[0])
    return [Protected(kind, words, starts[0], len(starts)) for (kind, words), starts in found.items()]


def _meets(place: Place, others: Sequence[Place]) -> bool:
    """Whether a place overlaps one of others, which are in order; of those that overlap each other the last one counts."""
    number = bisect.bisect_left(others, (place[1], 0))
    return number > 0 and others[number - 1][1] > place[0]
