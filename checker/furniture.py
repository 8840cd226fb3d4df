"""Lines that belong to the site and not to the text: navigation, page tools, metadata, credits, notices, contacts.

The kinds are recognised by what such lines say on English pages of Chinese sites, in their own English. A *frame* kind
has no place in a text; the others may stand in one too, so that one of them alone is not taken for furniture. Lines
that are mostly Chinese are not looked at.
"""

import bisect
from collections import Counter
from collections.abc import Iterator, Set
from typing import NamedTuple

from checker import site_phrases as site
from checker.blocks import Span
from checker.script import HAN
from glossary.lazy_pattern import lazy
from glossary.sieve import Sieve

FRAME = frozenset(
    ["navigation", "breadcrumb", "language switch", "page tools", "links", "notice", "comments", "counter"]
)
"""Kinds that never belong to a text."""

HEAD = 14  # lines at the top and at the bottom in which a mere list of short lines is a menu
SHORT = 160  # characters: a longer line is furniture only if it is a notice
LONGEST = 1200


class FurnitureLine(NamedTuple):
    """One line of furniture, without the blanks around it."""

    start: int
    end: int
    kind: str


_SIGN_WORDS = [(sign, sign.strip() if sign.strip().isalpha() else "") for sign in site.ANYWHERE]
_TELLING = Sieve(lambda word: any(sign and sign in word for _, sign in _SIGN_WORDS))
_HAN = lazy(f"[{HAN}]+")
_LABEL_START = lazy(r"[\s•·*\[(（【-]*")
_FIELDS = lazy(r"\s{2,}|[\t\u3000|•·]|\u00a0\s|\]\s*|\s?\[")
_BARS = lazy(r"[\s|/·\[\]]")
_GAP, _BAR = lazy(r"  (?<=\S  )"), lazy(r"[\t\u3000|•·\u00a0\[\]]")  # what parts fields
_PATH_SIGN = lazy(r"[>»›](?=\s)")
_LETTERS = lazy("[a-z]+")
_PATH = lazy(r"\s(?:>+|»|›)\s")
_SIGNS = frozenset(":：|>»›©[\t\u00a0\u3000")
_FIRST_WORD = lazy(r"[^a-z]{0,3}([a-z]+)")
PLAIN = 45  # characters: a longer line without any of the signs is furniture only if it is a notice


def furniture_lines(text: str, lines: list[Span], has_chinese: bool, words: Set[str]) -> list[FurnitureLine]:
    """The lines of furniture in order; none when all there is are lines of one kind that a text may well have.

    ``lines`` are the spans of the lines that hold anything; ``has_chinese`` is what ``checker.script`` says of the text,
    ``words`` are its folded words.
    """
    kinds: list[str | None] = [None] * len(lines)
    for number in _suspects(text, lines, has_chinese, words):
        line = text[slice(*lines[number])]
        if len(line) <= LONGEST and not (has_chinese and _is_chinese(line)):
            kinds[number] = _kind(line)
    _add_paths(text, lines, kinds)
    _add_menus(text, lines, kinds)
    _add_head(text, lines, kinds)
    found = set(kinds) - {None}
    if len(found) < 2 and not found & FRAME:
        return []
    return [FurnitureLine(*line, kind) for line, kind in zip(lines, kinds, strict=True) if kind is not None]


def _suspects(text: str, lines: list[Span], has_chinese: bool, words: Set[str]) -> list[int]:
    """The numbers of the lines that may be furniture by themselves: all such lines and few others.

    Looking for what begins or gives away such lines in the whole text takes less time than looking at each line.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose small form is two characters
        return list(range(len(lines)))
    starts = [start for start, _ in lines]
    places = [match.end() - 2 for match in site.OPENING.finditer("\n" + lower.replace("\r", "\n"))]
    places += [match.start() - 1 for match in site.LABEL_END.finditer(lower)]
    telling = "\n".join(_TELLING.among(words))
    signs = [sign for sign, word in _SIGN_WORDS if word in telling]
    places += [place for sign in signs for place in _places(lower, sign)]
    if has_chinese:
        places += [match.start() for match in _HAN.finditer(text)]
    suspects = {bisect.bisect_right(starts, place) - 1 for place in places}
    parted = [match.start() for bars in (_GAP, _BAR) for match in bars.finditer(text)]
    held = Counter(bisect.bisect_right(starts, place) - 1 for place in parted)
    suspects.update(n for n, count in held.items() if count > 1 and n >= 0 and _has_entries(lower[slice(*lines[n])]))
    return sorted(suspects - {-1})


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def _has_entries(lower: str) -> bool:
    """Whether a line of several fields has one that furniture begins with, or two words of a menu."""
    if len(lower) > SHORT:
        return False
    return (
        any(match[1] for match in site.FIELD.finditer(lower))
        or sum(map(site.MENU_WORDS.__contains__, _LETTERS.findall(lower))) > 1
    )


def _kind(line: str) -> str | None:
    """The kind of a line by itself."""
    lower = line.lower()
    hinted = any(hint in lower for hint in site.NOTICE_HINTS)
    if len(line) <= SHORT and (
        "  " in line
        or not _SIGNS.isdisjoint(line)
        or "reserved" in lower
        or (len(line) <= PLAIN and _may_be_plain(lower))
        or (hinted and "copyright" in lower)
        or lower.startswith((*site.SELLING_WORDS, "current "))
    ):
        kind = _short_kind(line)
        if kind:
            return kind
    return "notice" if hinted and len(line) > 40 and _is_notice(line) else None


def _is_chinese(line: str) -> bool:
    """Whether most letters of a line are Chinese, names of languages apart."""
    if line.isascii() or _is_language_switch(line):
        return False
    return 2 * sum(map(len, _HAN.findall(line))) > sum(map(str.isalpha, line))


def _may_be_plain(lower: str) -> bool:
    """Whether a short line without signs begins as such furniture does."""
    first = _FIRST_WORD.match(lower)
    return not lower.isascii() or lower.endswith("logo") or (first is not None and first[1] in site.FIRST_WORDS)


def _short_kind(line: str) -> str | None:
    bare = line[_LABEL_START.match(line).end() :]  # type: ignore[union-attr]
    lower = bare.lower()
    if site.BREADCRUMB.match(bare):
        return "breadcrumb"
    copyrighted = any(sign in lower for sign in site.OF_COPYRIGHT)
    if copyrighted and site.COPYRIGHT.match(bare) and not line.endswith((",", ";")):
        return "copyright"
    if "comment" in lower and site.COMMENTS.match(bare):
        return "comments"
    for kind, pattern in (("counter", site.COUNTER), ("links", site.MORE)):
        if pattern.match(bare):
            return kind
    if _is_language_switch(bare):
        return "language switch"
    if "logo" in lower and site.LOGO.fullmatch(bare):
        return "logo"
    if lower.startswith(site.SELLING_WORDS) and site.SELLING.match(bare):
        return "advertisement"
    fields = [field.strip(" )）】>") for field in _FIELDS.split(bare)]
    return _by_fields([field for field in fields if field and not _HAN.search(field)])


def _is_language_switch(line: str) -> bool:
    """Whether a line holds names of languages, two or more, and nothing else."""
    if line.isascii() and not ("hinese" in line or "nglish" in line):
        return False
    return len(site.LANGUAGE.findall(line)) > 1 and not _BARS.sub("", site.LANGUAGE.sub("", line))


def _by_fields(fields: list[str]) -> str | None:
    """The kind of a line whose fields are labels, tools or entries of a menu."""
    if len(fields) >= 3 and all(len(field.split()) <= 5 for field in fields):
        entries = sum(map(_is_entry, fields))
        if entries >= 2 and entries >= 0.4 * len(fields):
            return "navigation"
    kinds = [_field_kind(field) for field in fields]
    known = [kind for kind in kinds if kind and kind != "time"]
    weak = sum(
        kind == "page tools" and bool(site.WEAK_TOOL.fullmatch(f)) for kind, f in zip(kinds, fields, strict=True)
    )
    if not known or (weak == len(known) and (weak == 1 or weak < len(fields))):
        return None
    if kinds[0] is None and len(known) < max(2, len(kinds) - 1):
        return None
    if len(fields) == 1 and known[0] in ("metadata", "credit", "contact") and fields[0].endswith((".", ";", ",")):
        return None
    return next((kind for kind in ("page tools", "links", "metadata", "site") if kind in known), known[0])


def _is_entry(field: str) -> bool:
    return not site.MENU_WORDS.isdisjoint(field.lower().split()) or site.ENTRY.fullmatch(field) is not None


def _field_kind(field: str) -> str | None:
    timed = field[0].isdigit()
    if timed and site.TIME.fullmatch(field):
        return "time"
    if len(field) <= 80 and site.TOOL.fullmatch(field):
        return "page tools"
    if site.ENTRY.fullmatch(field):
        return "site"
    after_time = site.TIME.match(field) if timed else None
    rest = field[after_time.end() :].strip() if after_time else field
    if not (":" in rest or "：" in rest or "*" in rest):
        return None
    return next((kind for kind, pattern in site.LABELS if pattern.match(rest)), None)


def _is_notice(line: str) -> bool:
    """Whether a line is a reprint notice or a disclaimer, which speaks of rights on this very site and of a remedy."""
    if site.VIEWS.search(line) or len(site.GREETING.findall(line)) > 1:
        return True
    if not site.HERE.search(line):
        return False
    if site.TRANSLATED.search(line) and site.NO_WARRANTY.search(line):
        return True
    rights = site.RIGHTS.search(line) and (site.COPIED.search(line) or "infring" in line)
    return bool(rights) and site.REMEDY.search(line) is not None


def _add_paths(text: str, lines: list[Span], kinds: list[str | None]) -> None:
    """Breadcrumbs without "Home": at the top, or ending in "Text"."""
    starts = [start for start, _ in lines]
    for number in sorted({bisect.bisect_right(starts, match.start()) - 1 for match in _PATH_SIGN.finditer(text)}):
        line = text[slice(*lines[number])]
        if kinds[number] or len(line) > SHORT or not (">" in line or "»" in line):
            continue
        parts = [part.strip() for part in _PATH.split(line)]
        named = all(part and part[0].isupper() and len(part.split()) <= 8 for part in parts[:-1])
        sentence = line.endswith((".", "!", "?")) or len(parts[0].split()) > 5
        if len(parts) >= 3 and named and not sentence and (number < HEAD or parts[-1].lower() in site.PATH_ENDS):
            kinds[number] = "breadcrumb"


def _add_menus(text: str, lines: list[Span], kinds: list[str | None]) -> None:
    """Runs of short lines at the top or the bottom, two or more of which are entries of a menu."""
    edges = [*range(min(HEAD, len(lines))), *range(max(HEAD, len(lines) - HEAD), len(lines))]
    short = [number for number in edges if kinds[number] is None and _is_short(text[slice(*lines[number])])]
    for run in _neighbours(short):
        entries = [n for n in run if _is_entry(text[slice(*lines[n])].strip("•·*- "))]
        if len(run) >= 3 and len(entries) >= 2 and len(entries) >= 0.5 * len(run):
            for number in range(run[0], entries[-1] + 1):
                kinds[number] = "navigation"


def _is_short(line: str) -> bool:
    """Whether a line has one to three words and no stop."""
    return len(line) <= 40 and 1 <= len(line.strip("•·*- ").split()) <= 3 and line[-1].isalnum()


def _neighbours(numbers: list[int]) -> list[list[int]]:
    """Ascending numbers cut into runs without a gap."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _add_head(text: str, lines: list[Span], kinds: list[str | None]) -> None:
    """The site's name before the frame at the top, and the channel between it and a title."""
    top = [number for number in range(min(HEAD, len(lines))) if kinds[number] in FRAME or kinds[number] == "logo"]
    if not top:
        return
    if top[0] == 1 and kinds[0] is None and _is_name(text[slice(*lines[0])], 6):
        kinds[0] = "site name"
    after = top[-1] + 1
    if after + 1 < min(HEAD, len(lines)) and kinds[after] is None and kinds[after + 1] is None:
        title = text[slice(*lines[after + 1])]
        between = text[lines[after][1] : lines[after + 1][0]]
        if _is_name(text[slice(*lines[after])], 3) and 6 <= len(title.split()) <= 30 and between.count("\n") == 1:
            kinds[after] = "channel"


def _is_name(line: str, longest: int) -> bool:
    words = line.split()
    return len(words) <= longest and line[-1:].isalnum() and all(word[0].isupper() for word in words if len(word) > 3)
