"""Lines that belong to the site and not to the text: navigation, page tools, metadata, credits, notices, contacts.

The kinds are recognised by what such lines say on English pages of Chinese sites, in their own English. A *frame* kind
has no place in a text; the others may stand in one too, so that one of them alone is not taken for furniture. Lines
that are mostly Chinese are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.blocks import Span
from checker.script import HAN

FRAME = frozenset(
    ["navigation", "breadcrumb", "language switch", "page tools", "links", "notice", "comments", "counter"]
)
"""Kinds that never belong to a text."""

HEAD = 14  # lines at the top and at the bottom in which a mere list of short lines is a menu
SHORT = 160  # characters: a longer line is furniture only if it is a notice
LONGEST = 1200


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """One line of furniture, without the blanks around it."""

    start: int
    end: int
    kind: str


def _any(*parts: str) -> str:
    return "(?:" + "|".join(parts) + ")"


_METADATA = _any(
    r"(?:last )?updated?(?: time| date| on| at)?",
    r"(?:release|publish|publishing|publication|posting|posted|published|released|issuing|issued|upload) (?:time|date|on|at)",
    r"(?:page )?(?:views|clicks|hits|reads|browses|visits)|view|browse|browsing|click(?: rate| volume| count)?",
    r"(?:number of |total )(?:views|clicks|visits|readers)|reading (?:volume|times)|font(?: size)?|text size|word size",
)
_CREDIT = _any(
    r"(?:article |information |news |original )?source(?: of (?:the )?(?:article|information|news))?|author|writer",
    r"(?:responsible |executive |chief |duty |web |website )?edit(?:or|ing)?(?:[- ]in[- ](?:chief|charge))?|reporter",
    r"(?:special )?correspondent|proof-?read(?:er|ing)?|review(?:er)?|(?:first|second|third|final|initial) (?:trial|review)",
    r"photo(?:grapher|graphy|s)?(?: by)?|contributor|text/photo|intern|typesetting|(?:article )?submitted by",
)
_CONTACT = _any(
    r"(?:[a-z]+ ){0,2}(?:tel|telephone|phone|hotline|fax)(?: number| no\.?)?|tel/fax|contact (?:us|number|person|phone|tel)",
    r"(?:contact )?e-?mail(?: address)?|mailbox|(?:company |hospital |office )?address|zip(?: code)?|post(?:al)? ?code",
    r"(?:official )?(?:wechat|weibo|qq)(?: account| group)?",
)
_SITE = _any(
    r"technical support|technology support|website (?:maintenance|construction|design|operation)",
    r"(?:website |site )?identification code|(?:website )?(?:record|filing) (?:number|no\.?)|powered by|(?:designed|hosted) by",
    r"(?:co-?)?(?:organi[sz]er|sponsor)|organi[sz]ed by|sponsored by|host(?:ed)? by|undertak(?:er|en by|ing unit)",
    r"copyright(?: owner| ownership)?|(?:suggested|recommended|best) resolution",
)
_LINKS = _any(
    r"(?:friendly |friendship |related |quick |external )links?",
    r"(?:previous|next|last) (?:article|post|page|news|piece|text|one)|(?-i:Previous|Next)(?=\s*[:：]\s*[A-Z])",
    r"(?:hot|related|recommended|latest|popular|more) (?:ranking|reading|news|articles?|topics?|posts?|searches|words|videos?)",
)
_LABELS = (
    ("metadata", re.compile(_METADATA + r"\s*[:：]", re.IGNORECASE)),
    ("credit", re.compile(_CREDIT + r"\s*[:：]\s*(?=[\w\"“])", re.IGNORECASE)),
    ("contact", re.compile(_CONTACT + r"\s*[:：]", re.IGNORECASE)),
    ("site", re.compile(_SITE + r"(?:\s*[:：]|\s+\d)", re.IGNORECASE)),
    ("links", re.compile(_LINKS + r"\s*[:：]", re.IGNORECASE)),
)
_HAN = re.compile(f"[{HAN}]+")
_LABEL_START = re.compile(r"[\s•·*\[(（【-]*")
_FIELDS = re.compile(r"\s{2,}|[\t\u3000|•·]|\u00a0\s|\]\s*|\s?\[")
_TIME = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}:\d\d(?::\d\d)?")

_BREADCRUMB = re.compile(
    r"(?:(?:your |the )?(?:current )?(?:location|position)(?: is)?\s*[:：](?=.*>|\s*home\b)|you are here\b|where you are\b)"
    r"|(?:home(?: ?page)?|front page)\s*(?:>+|»|›|→|/|\\|::|--?>?)\s*\S",
    re.IGNORECASE,
)
_PATH = re.compile(r"\s(?:>+|»|›)\s")
_PATH_END = frozenset("text content body details article news detail".split())

_NAVIGATION = frozenset(
    "home homepage news about contact product products supplier suppliers inquiry inquiries service services login register "
    "search sitemap download downloads links feedback navigation overview guide mailbox recruitment careers interaction "
    "interactive exchange dynamics disclosure announcements notices faq help english subscribe video photos".split()
)
_ENTRY = re.compile(
    r"(?:contact|about|join) us|site ?map|sign (?:in|up)|privacy (?:policy|statement)|terms of (?:use|service)|open governance"
    r"|(?:legal|website) (?:notice|statement)|my account|set as home ?page",
    re.IGNORECASE,
)
_NETWORKS = r"(?:(?:share (?:to|on) )?(?:wechat|weibo|qq|qzone|moments|facebook|twitter|linkedin))"
_TOOL = re.compile(
    _any(
        r"print(?: this (?:page|article)| version)?|close(?: (?:the |this )?(?:window|page))?|full ?screen",
        r"(?:back|return|go back) to (?:the )?(?:top|list|home(?: ?page)?|previous page)|(?:a[+-] ?)+",
        r"(?:large|medium|small|big|middle)(?: (?:large|medium|small|big|middle))*|font(?: size)?\s*[:：].{0,40}",
        r"share(?: (?:to|on|with|this(?: (?:article|page))?))?(?:\s*[:：].{0,60})?|" + _NETWORKS + r"(?:[ ,/]+" + _NETWORKS + ")*",
        r"scan (?:the |this )?(?:qr ?)?(?:code )?(?:to|with|and|on)\b.{0,60}|scan (?:the )?(?:qr )?code",
        r"download (?:the )?(?:app|client)\b.{0,40}|report (?:an )?error|error correction|add to favou?rites|collect|favou?rites?",
        r"listen to (?:the )?(?:news|article|text)|read aloud|(?:post|leave) a (?:comment|message|reply)|follow us\b.{0,60}",
        r"send to (?:a )?friend|copy (?:the )?link|change (?:it|batch|a batch)|(?:mobile|pc|desktop) version",
    ),
    re.IGNORECASE,
)
_WEAK_TOOL = re.compile(r"(?:print|close|share|collect|large|medium|small|big|middle|favou?rites?|scan.*)", re.IGNORECASE)
_MORE = re.compile(
    r"(?:recommended|related|hot|latest|popular|further|more)\s+(?:reading|news|articles?|posts?|links|recommendations?|ranking"
    r"|searches|videos?)(?:\s+(?:more|change)\b.{0,20})?$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"comments?\s*[(（]\d+[)）]|.{0,60}\b(?:log ?in|sign in) (?:first |before |to )(?:\w+ ){0,3}comment|netizens' comments",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"you are (?:the )?(?:visitor|no\.)|(?:total )?(?:visitors|visits|page ?views)\s*[:：]?\s*\d", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:simp(?:lified|\.)?|trad(?:itional|\.)?) ?chinese|(?:english|chinese) version|english|chinese|fran[cç]ais|deutsch"
    r"|español|русский|日本語|한국어|العربية|简体(?:中文)?|繁[体體](?:中文)?|中文(?:版)?|\b(?:en|cn)\b",
    re.IGNORECASE,
)
_LOGO = re.compile(r"\S+(?: \S+){0,2} logo", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"copyright\b|©|\(c\) ?(?:19|20)\d\d|.{0,120}(?:all rights reserved|rights reserved|©)"
    r"|.{0,80}\bcopyright, .{0,40}(?:reproduc|permission|authori)",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"(?=.*(?:www\.|https?://|\b(?:today|now)\b|click here))(?=.*\b(?:prices?|suppliers?|discounts?|sellers?|buyers?|free)\b)"
    r"(?:search|looking for|find|buy|order|join|sign up|register|subscribe|visit)\b",
    re.IGNORECASE,
)

_COPIED = re.compile(r"reproduc|reprint|republish|excerpt|quoted|plagiari|from the (?:internet|network)|come from|marked \W?source", re.I)
_RIGHTS = re.compile(r"infring|copyright|legal rights|legitimate rights|rights and interests|ownership|plagiari", re.IGNORECASE)
_REMEDY = re.compile(r"delet|remov|correct|contact|e-?mail|notify|inform us|write to us|without (?:permission|authori)|cooperation", re.I)
_HERE = re.compile(r"\b(?:this|our|the) (?:web ?)?(?:site|page|network|platform|newspaper|article|content)|\bus\b|statement\s*[:：]", re.I)
_TRANSLATED = re.compile(r"translat|english version", re.IGNORECASE)
_NO_WARRANTY = re.compile(
    r"for (?:your |general )?(?:reference|information)(?: purposes)? only|for information purposes|is given for reference"
    r"|no (?:representation|warrant)|not (?:guarantee|warrant|responsible)|accepts? no (?:liability|responsibility)",
    re.IGNORECASE,
)
_VIEWS = re.compile(r"(?:does ?n[o']t|do not) (?:necessarily )?(?:represent|reflect|mean).{0,80}\b(?:views?|opinions?|standpoint)\b", re.I)
_NOTICE_HINTS = ("reproduc", "reprint", "infring", "plagiari", "translat", "english version", "represent", "reflect", "copyright")
_SIGNS = ":：|>»›©[\t\u00a0\u3000"
_FIRST_WORDS = frozenset(
    "about add back change chinese close comment comments contact copy copyright desktop download english error feedback "
    "follow full further go home hot join latest leave legal listen log login mobile more my open pc popular post print "
    "privacy read recommended register related report return scan search send set share sign simp simplified site sitemap "
    "terms trad traditional website wechat where you".split()
)
_FIRST_WORD = re.compile(r"[^a-z]{0,3}([a-z]+)")
PLAIN = 45  # characters: a longer line without any of the signs is furniture only if it is a notice


def furniture_lines(text: str, lines: list[Span]) -> list[FurnitureLine]:
    """The lines of furniture in order; none when all there is are lines of one kind that a text may well have.

    ``lines`` are the spans of the lines that hold anything.
    """
    lower = text.lower()
    signs = [sign for sign in _SIGNS if sign in text] + ["  "]
    hints = [hint for hint in _NOTICE_HINTS if hint in lower]
    kinds = [_kind(text[start:end], signs, hints) if end - start <= LONGEST else None for start, end in lines]
    _add_paths(text, lines, kinds)
    _add_menus(text, lines, kinds)
    _add_head(text, lines, kinds)
    found = set(kinds) - {None}
    if len(found) < 2 and not found & FRAME:
        return []
    return [FurnitureLine(*line, kind) for line, kind in zip(lines, kinds, strict=True) if kind is not None]


def _kind(line: str, signs: list[str], hints: list[str]) -> str | None:
    """The kind of a line by itself. ``signs`` and ``hints`` are those that stand in the text at all."""
    lower = line.lower()
    hinted = any(hint in lower for hint in hints)
    if not line.isascii() and 2 * sum(map(len, _HAN.findall(line))) > sum(map(str.isalpha, line)):
        return None
    if len(line) <= SHORT and (
        any(sign in line for sign in signs)
        or "reserved" in lower
        or (len(line) <= PLAIN and _may_be_plain(lower))
        or (hinted and "copyright" in lower)
    ):
        kind = _short_kind(line)
        if kind:
            return kind
    return "notice" if hinted and len(line) > 40 and _is_notice(line) else None


def _may_be_plain(lower: str) -> bool:
    """Whether a short line without signs begins as such furniture does."""
    first = _FIRST_WORD.match(lower)
    return not lower.isascii() or lower.endswith("logo") or (first is not None and first[1] in _FIRST_WORDS)


def _short_kind(line: str) -> str | None:
    bare = line[_LABEL_START.match(line).end() :]  # type: ignore[union-attr]
    if _BREADCRUMB.match(bare):
        return "breadcrumb"
    if _COPYRIGHT.match(bare) and not line.endswith((",", ";")):
        return "copyright"
    for kind, pattern in ((("comments"), _COMMENTS), ("counter", _COUNTER), ("links", _MORE)):
        if pattern.match(bare):
            return kind
    if len(_LANGUAGE.findall(bare)) > 1 and not re.sub(r"[\s|/·\[\]]", "", _LANGUAGE.sub("", bare)):
        return "language switch"
    if _LOGO.fullmatch(bare):
        return "logo"
    if _SELLING.match(bare):
        return "advertisement"
    return _by_fields([field.strip(" )）】>") for field in _FIELDS.split(bare) if field.strip(" )）】>")])


def _by_fields(fields: list[str]) -> str | None:
    """The kind of a line all of whose fields are labels, tools or entries of a menu."""
    kinds = [_field_kind(field) for field in fields]
    known = [kind for kind in kinds if kind and kind != "time"]
    if len(fields) >= 3 and all(len(field.split()) <= 5 for field in fields):
        entries = sum(not _NAVIGATION.isdisjoint(field.lower().split()) or bool(_ENTRY.fullmatch(field)) for field in fields)
        if entries >= 2 and entries >= 0.4 * len(fields):
            return "navigation"
    if not known or (kinds[0] is None and len(known) < len(kinds) - 1):
        return None
    if len(fields) == 1:
        if known == ["page tools"] and _WEAK_TOOL.fullmatch(fields[0]):
            return None
        if known[0] in ("metadata", "credit", "contact") and fields[0].endswith((".", ";", ",")):
            return None
    return next((kind for kind in ("page tools", "links", "metadata", "site") if kind in known), known[0])


def _field_kind(field: str) -> str | None:
    if _TIME.fullmatch(field):
        return "time"
    if len(field) <= 80 and _TOOL.fullmatch(field):
        return "page tools"
    if _ENTRY.fullmatch(field):
        return "site"
    after_time = _TIME.match(field)
    rest = field[after_time.end() :].strip() if after_time else field
    return next((kind for kind, pattern in _LABELS if pattern.match(rest)), None)


def _is_notice(line: str) -> bool:
    """Whether a line is a reprint notice or a disclaimer: it speaks of rights on this very site and of a remedy."""
    if _VIEWS.search(line):
        return True
    if not _HERE.search(line):
        return False
    if _TRANSLATED.search(line) and _NO_WARRANTY.search(line):
        return True
    return bool(_REMEDY.search(line)) and bool(_RIGHTS.search(line)) and bool(_COPIED.search(line) or "infring" in line)


def _add_paths(text: str, lines: list[Span], kinds: list[str | None]) -> None:
    """Breadcrumbs without "Home": at the top, or ending in "Text"."""
    for number, (start, end) in enumerate(lines):
        if kinds[number] or end - start > SHORT or ">" not in text[start:end] and "»" not in text[start:end]:
            continue
        parts = [part.strip() for part in _PATH.split(text[start:end])]
        named = all(part and part[0].isupper() and len(part.split()) <= 8 for part in parts[:-1])
        if len(parts) >= 3 and named and (number < HEAD or parts[-1].lower() in _PATH_END):
            kinds[number] = "breadcrumb"


def _add_menus(text: str, lines: list[Span], kinds: list[str | None]) -> None:
    """Runs of short lines at the top or the bottom, two or more of which are entries of a menu."""
    for run in _runs(text, lines, kinds):
        if run[0] >= HEAD and run[-1] < len(lines) - HEAD:
            continue
        words = [text[slice(*lines[number])].lower().strip("•·*- ").split() for number in run]
        entries = [number for number, line in zip(run, words, strict=True) if not _NAVIGATION.isdisjoint(line)]
        if len(entries) >= 2 and len(entries) >= 0.5 * len(run):
            for number in range(run[0], entries[-1] + 1):
                kinds[number] = "navigation"


def _runs(text: str, lines: list[Span], kinds: list[str | None]) -> Iterator[list[int]]:
    """Runs of at least three neighbouring lines of one to three words without a stop."""
    run: list[int] = []
    for number in [*range(min(HEAD, len(lines))), *range(max(HEAD, len(lines) - HEAD), len(lines))]:
        line = text[slice(*lines[number])]
        if kinds[number] is None and len(line) <= 40 and 1 <= len(line.strip("•·*- ").split()) <= 3 and line[-1].isalnum():
            if run and run[-1] != number - 1:
                if len(run) >= 3:
                    yield run
                run = []
            run.append(number)
            continue
        if len(run) >= 3:
            yield run
        run = []
    if len(run) >= 3:
        yield run


def _add_head(text: str, lines: list[Span], kinds: list[str | None]) -> None:
    """The site's name and the channel beside the frame at the top: short lines before it, or after it and before a title."""
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
