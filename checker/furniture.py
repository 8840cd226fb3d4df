"""Lines that belong to the site and not to the text: navigation, page tools, metadata, credits, notices, contacts.

The kinds are recognised by what such lines say on English pages of Chinese sites, in their own English. A *frame* kind
has no place in a text; the others may stand in one too, so that one of them alone is not taken for furniture. Lines
that are mostly Chinese are not looked at.
"""

import bisect
import itertools
from collections import Counter
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from checker import site_phrases as site
from checker.blocks import Span
from checker.script import HAN, in_small_letters
from checker.spans import number_at
from glossary.lazy_pattern import lazy
from glossary.sieve import Sieve

FRAME = frozenset(
    ["navigation", "breadcrumb", "language switch", "page tools", "links", "notice", "comments", "counter"]
)
"""Kinds that never belong to a text."""

HEAD = 14  # lines at the top and at the bottom in which a mere list of short lines is a menu
SHORT = 160  # characters: a longer line is furniture only if it is a notice
LONGEST = 1200
MANY_LANGUAGES = 6


class FurnitureLine(NamedTuple):
    """One line of furniture, without the blanks around it."""

    start: int
    end: int
    kind: str


_MARKS = ("©", "(c)", "：")  # of what stands in ANYWHERE, all that is no word
_LONGEST_WORD = {sign: max((*filter(str.isalpha, sign.split()), ""), key=len) for sign in site.ANYWHERE}


def _signs_in(word: str) -> list[str]:
    """What may stand in a line with this word and gives furniture away."""
    return [sign for sign, longest in _LONGEST_WORD.items() if longest and longest in word]


_TELLING = Sieve(_signs_in)
_HAN = lazy(f"[{HAN}]+")
_LABEL_START = lazy(r"[\s•·*\[(（【-]*")
_FIELDS = lazy(r"\s{2,}|[\t\u3000|•·]|\u00a0\s|\]\s*|\s?\[")
_BARS = lazy(r"[\s|/·\[\]]")
_PARTED = lazy(r"[\t|\[\]\x0b\x0c\x1c-\x1f]")  # of what parts fields, all that is ASCII but two blanks
_LETTERS = lazy("[a-z]+")
_DIGIT = lazy(r"\d")
_PATH = lazy(r"\s(?:>+|»|›)\s")
_NO_BAR = lazy(r"[\d,;:.]")  # what stands in a sentence, a table or somebody's skills, and in no bar of languages
_SIGN = lazy("[:：|>»›©[\t\u00a0\u3000]")
_FIRST_WORD = lazy(r"[^a-z]{0,3}([a-z]+)")
PLAIN = 45  # characters: a longer line without any of the signs is furniture only if it is a notice


def furniture_lines(text: str, lines: list[Span], han: list[Span], words: Set[str]) -> list[FurnitureLine]:
    """The lines of furniture in order; none when all there is are lines of one kind that a text may well have.

    ``lines`` are the spans of the lines that hold anything, ``han`` those of the runs of Chinese characters; ``words``
    are the folded words of the text.
    """
    written = [line for line in map(str.strip, text.replace("\r", "\n").split("\n")) if line]
    kinds: list[str | None] = [None] * len(lines)
    suspects, hints = _suspects(lines, written, han, words)
    for number in suspects:
        line = written[number]
        if len(line) <= LONGEST and not (han and _is_chinese(line)):
            kinds[number] = _kind(line, bool(hints) and any(map(line.lower().__contains__, hints)))
    if ">" in text or "»" in text:
        _add_paths(written, kinds)
    _add_path_of_title(written, kinds)
    _add_languages(written, kinds)
    _add_menus(written, kinds)
    _add_head(text, lines, written, kinds)
    _add_metadata(written, kinds)
    found = set(kinds) - {None}
    labelled = found <= {"metadata", "credit"} and any(
        kind and _is_labelled(line) for line, kind in zip(written, kinds, strict=True)
    )
    if len(found) < 2 and not found & FRAME and not labelled:
        return []
    return [FurnitureLine(*line, kind) for line, kind in zip(lines, kinds, strict=True) if kind is not None]


def _suspects(lines: list[Span], written: list[str], han: list[Span], words: Set[str]) -> tuple[set[int], list[str]]:
    """The numbers of the lines that may be furniture by themselves, all such lines and few others; the hints of notices.

    Looking for what begins or gives away such lines in the whole text takes less time than looking at each line.
    """
    body = in_small_letters("\n".join(["", *written]))
    places = [match.end() - 1 for match in site.OPENING.finditer(body)]
    if not site.PHONE_WORDS.isdisjoint(words):
        places += [match.start() for match in site.LABEL_END.finditer(body) if _is_label(body, match.start())]
    telling = itertools.chain.from_iterable(map(_signs_in, _TELLING.among(words)))
    signs = [sign for sign in {*_MARKS, *telling} if sign in body]
    places += [place for sign in signs for place in _places(body, sign)]
    if "  " in body:
        places += [match.end() - 1 for match in site.GAP.finditer(body)]
    separators = [sign for sign in site.SEPARATORS if sign in body]
    places += [
        match.end() - 1
        for sign in separators
        for place in _places(body, sign)
        if (match := site.FIELD.match(body, place))
    ]
    menu_words = site.MENU_WORDS & words
    entries = [place for word in menu_words for place in _places(body, word)]
    suspects = {number_at(lines, start) for start, _ in han}
    if places or entries:
        starts = list(itertools.accumulate([len(line) + 1 for line in written], initial=1))
        suspects.update([bisect.bisect_right(starts, place) - 1 for place in places])
        held = Counter([bisect.bisect_right(starts, place) - 1 for place in entries]) if entries else {}
        suspects.update(n for n, count in held.items() if count > 1 and _is_menu(written[n], separators, menu_words))
    return suspects, [sign for sign in signs if sign in site.NOTICE_HINTS]


def _is_menu(line: str, separators: list[str], menu_words: Set[str]) -> bool:
    """Whether a short line holds three fields and two of these words."""
    if len(line) > SHORT or line.count("  ") + sum(map(line.count, separators)) < 2:
        return False
    return sum(map(menu_words.__contains__, _LETTERS.findall(line.lower()))) > 1


def _is_label(lower: str, colon: int) -> bool:
    return lower[max(0, colon - 20) : colon].rstrip().endswith(site.LABELLED)


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))


@lru_cache(maxsize=1 << 12)  # the pages of a site have such lines in common
def _kind(line: str, hinted: bool) -> str | None:
    """The kind of a line by itself; ``hinted`` says whether it holds a hint of a notice."""
    lower = line.lower()
    if len(line) <= SHORT and (
        "  " in line
        or (len(line) <= PLAIN and _may_be_plain(lower))
        or _SIGN.search(line)
        or "reserved" in lower
        or (hinted and "copyright" in lower)
        or lower.startswith((*site.SELLING_WORDS, "current ", "your email ", "skip to "))
    ):
        kind = _short_kind(line)
        if kind:
            return kind
    return "notice" if hinted and len(line) > 40 and _is_notice(line, lower) else None


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
    bare = _bare(line)
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
    if bare.isascii() and "  " not in bare and not _PARTED.search(bare):
        field = bare.strip(" )>")
        return _by_fields([field]) if field else None
    fields = [field.strip(" )）】>") for field in _FIELDS.split(bare)]
    return _by_fields([field for field in fields if field and (field.isascii() or not _HAN.search(field))])


def _is_language_switch(line: str) -> bool:
    """Whether a line holds names of languages, two or more, and nothing else."""
    if line.isascii() and not ("hinese" in line or "nglish" in line):
        return False
    return len(site.LANGUAGE.findall(line)) > 1 and not _BARS.sub("", site.LANGUAGE.sub("", line))


def _by_fields(fields: list[str]) -> str | None:
    """The kind of a line whose fields are labels, tools or entries of a menu."""
    if len(fields) >= 3 and all(len(field.split()) <= 5 for field in fields):
        entries = sum(map(_is_entry, fields))
        if (entries >= 2 and entries >= 0.4 * len(fields)) or _is_home_menu(fields):
            return "navigation"
    kinds = [_field_kind(field) for field in fields]
    known = [kind for kind in kinds if kind and kind != "time"]
    if not known:
        return None
    weak = sum(
        kind == "page tools" and bool(site.WEAK_TOOL.fullmatch(f)) for kind, f in zip(kinds, fields, strict=True)
    )
    if weak == len(known) and (weak == 1 or weak < len(fields)):
        return None
    if kinds[0] is None and len(known) < max(2, len(kinds) - 1):
        return None
    if len(fields) == 1 and known[0] in ("metadata", "credit", "contact") and fields[0].endswith((".", ";", ",")):
        return None
    return next((kind for kind in ("page tools", "links", "metadata", "site") if kind in known), known[0])


def _is_home_menu(fields: list[str]) -> bool:
    """Whether a line of fields begins with Home as a menu does: names of several words follow, no figures."""
    several = any(" " in field for field in fields[1:])
    return fields[0].lower() in site.FIRST_ENTRIES and several and not any(map(_DIGIT.search, fields))


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


def _is_notice(line: str, lower: str) -> bool:
    """Whether a line is a reprint notice or a disclaimer, which speaks of rights on this very site and of a remedy."""
    if any(map(lower.__contains__, site.VIEW_WORDS)) and site.VIEWS.search(line):
        return True
    if any(map(lower.__contains__, site.GREETING_WORDS)) and len(site.GREETING.findall(line)) > 1:
        return True
    translated = site.TRANSLATED.search(line) is not None and site.NO_WARRANTY.search(line) is not None
    rights = site.RIGHTS.search(line) is not None and (site.COPIED.search(line) or "infring" in line)
    if not (translated or (rights and site.REMEDY.search(line))):
        return False
    return site.HERE.search(line) is not None


def _add_paths(written: list[str], kinds: list[str | None]) -> None:
    """Breadcrumbs without "Home": at the top, or ending in "Text"."""
    for number, line in enumerate(written):
        if not (">" in line or "»" in line) or kinds[number] or len(line) > SHORT:
            continue
        parts = [part.strip() for part in _PATH.split(line)]
        if len(parts) < 3 or not (number < HEAD or parts[-1].lower() in site.PATH_ENDS):
            continue
        named = all(part and part[0].isupper() and len(part.split()) <= 8 for part in parts[:-1])
        sentence = line.endswith((".", "!", "?")) or len(parts[0].split()) > 5
        if named and not sentence:
            kinds[number] = "breadcrumb"


def _add_path_of_title(written: list[str], kinds: list[str | None]) -> None:
    """What leads to the title, which stands under it again: Site - Channel - Title."""
    if len(written) < 2 or kinds[0] or not (" - " in written[0] or " | " in written[0] or " > " in written[0]):
        return
    path, title = (line.rstrip(" .").lower() for line in written[:2])
    before = path.removesuffix(title)
    if before != path and len(title.split()) > 2 and before.rstrip().endswith(("-", "|", ">")):
        kinds[0] = "breadcrumb"


def _add_languages(written: list[str], kinds: list[str | None]) -> None:
    """Lines at the top or the bottom that hold many names of languages and little else."""
    for number in _edges(written):
        line = written[number]
        listed = "English" in line or "Deutsch" in line or "日本語" in line
        if listed and kinds[number] is None and len(line) <= LONGEST and not _NO_BAR.search(line):
            rest, count = site.LANGUAGE_NAMES.subn("", line)
            if count >= MANY_LANGUAGES and 10 * sum(map(str.isalpha, rest)) <= len(line):
                kinds[number] = "language switch"


def _edges(written: list[str]) -> list[int]:
    return [*range(min(HEAD, len(written))), *range(max(HEAD, len(written) - HEAD), len(written))]


def _add_menus(written: list[str], kinds: list[str | None]) -> None:
    """Runs of short lines at the top or the bottom, two or more of which are entries of a menu."""
    short = [n for n in _edges(written) if len(written[n]) <= 40 and kinds[n] is None and _is_short(written[n])]
    for run in _neighbours(short) if len(short) > 2 else ():
        entries = [n for n in run if _is_entry(written[n].strip("•·*- "))]
        if len(run) >= 3 and len(entries) >= 2 and len(entries) >= 0.5 * len(run):
            for number in range(run[0], entries[-1] + 1):
                kinds[number] = "navigation"


def _is_short(line: str) -> bool:
    """Whether a line has one to three words and no stop."""
    return 1 <= len(line.strip("•·*- ").split()) <= 3 and line[-1].isalnum()


def _neighbours(numbers: list[int]) -> list[list[int]]:
    """Ascending numbers cut into runs without a gap."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _add_head(text: str, lines: list[Span], written: list[str], kinds: list[str | None]) -> None:
    """The site's name before the frame at the top, and the channel between it and a title."""
    top = [number for number in range(min(HEAD, len(lines))) if kinds[number] in FRAME or kinds[number] == "logo"]
    if not top:
        return
    if top[0] == 1 and kinds[0] is None and _is_name(written[0], 6):
        kinds[0] = "site name"
    after = top[-1] + 1
    if after + 1 < min(HEAD, len(lines)) and kinds[after] is None and kinds[after + 1] is None:
        title = written[after + 1]
        between = text[lines[after][1] : lines[after + 1][0]]
        if _is_name(written[after], 3) and 6 <= len(title.split()) <= 30 and between.count("\n") == 1:
            kinds[after] = "channel"


def _add_metadata(written: list[str], kinds: list[str | None]) -> None:
    """The one time stamp at the top, and the dates, figures and empty labels beside metadata."""
    top = range(min(HEAD, len(written)))
    stamps = [number for number in top if kinds[number] is None and site.STAMP.fullmatch(_bare(written[number]))]
    if len(stamps) == 1:  # more of them are a log
        kinds[stamps[0]] = "metadata"
    for steps in (top, reversed(top)):
        for number, following in itertools.pairwise(steps):
            if kinds[number] == "metadata" and kinds[following] is None and _is_value(_bare(written[following])):
                kinds[following] = "metadata"


def _is_value(line: str) -> bool:
    return line.isdecimal() or bool(site.TIME.fullmatch(line) or site.KNOWN_LABEL.fullmatch(line))


def _is_labelled(line: str) -> bool:
    """Whether a line of metadata is one that no writer sets: a stamp, two labels, a label without a value or glued to it."""
    line = _bare(line)
    if site.EMPTY_LABEL.fullmatch(line) or site.GLUED_LABEL.match(line) or site.STAMP.fullmatch(line):
        return True
    return len(site.KNOWN_LABEL.findall(line)) > 1


def _bare(line: str) -> str:
    """A line without the marks of a list before it."""
    return line[_LABEL_START.match(line).end() :]  # type: ignore[union-attr]


def _is_name(line: str, longest: int) -> bool:
    words = line.split()
    return len(words) <= longest and line[-1:].isalnum() and all(word[0].isupper() for word in words if len(word) > 3)
