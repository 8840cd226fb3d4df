"""# loose-prefix (GAR318)

## What it does
Reports a prefix that stands alone: "multi level", "pre diagnosis", "cross regional"; on pages about health reform also
"county level hospitals" and "the 14th Five Year Plan".

## Why it matters
Machines and converters lose hyphens. What is left is no word, and the reader takes it for the verb "cross" or the noun
"post".

## Wrong
The city set up a multi level network and reduced cross regional treatment.

## Right
The city set up a multi-level network and reduced cross-regional treatment.

## Limits
Prefixes that are no words of their own (pre, non, multi, inter, intra, semi); "cross", "post" and "self" only before words
they are regularly tied to. "Pre and post" is left alone. Of 21 places on 190 translated pages and in 3.5 million words
of software documentation 20 were right, the compounds not counted. Levels are reported before nouns of the field only,
behind a number, a comma, "and", "all" and the like, and not where "at" stands some words before ("at county and township
level hospitals gain"); `yigai fix` leaves them.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, word_before
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_LOOSE = lazy(
    r"(?:(?:pre|non|multi|inter|intra|semi)(?= [a-z]{4,})"
    r"|cross(?= (?:regional|provincial|departmental|sectoral|disciplinary|institutional|hospital|administrative)\b)"
    r"|post(?= (?:discharge|operative|diagnosis|treatment|epidemic|pandemic|hospitalization)\b)"
    r"|self(?= (?:funded|financed|examination|test|testing|discipline|management|service|assessment|evaluation|payment)\b))"
    r" ([a-z]+)"
)
_PREFIXES = frozenset(("pre", "non", "multi", "inter", "intra", "semi", "cross", "post", "self"))
_UNITS = frozenset(
    "national provincial prefecture prefectural municipal city county district township town village ministerial".split()
)
_LEVEL = lazy(
    r" level(?= (?:public |general |medical |key |people's |traditional )?(?:(?:hospital|institution|unit|government|"
    r"department|expert|center|centre|clinic|bureau|official|leader|doctor|team|platform|project)s?"
    r"|cit(?:y|ies)|agenc(?:y|ies)|authorit(?:y|ies)|health|medical)\b)"
)
_AT_LEVEL = lazy(r"\b[Aa]t (?:[\w'’-]+,? ){0,6}$")
_COUNTED = lazy(r"(?:^|\n|[\d),] |\b(?:and|or|all|many|several|some|other|these|those) )$")
_REACH = 70  # characters
PLAN = "Five Year Plan"
LONGEST_ORDINAL = 12  # characters, with the blank behind it
_ORDINAL = lazy(r"(?:\d(?:st|nd|rd|th)|[Tt]enth|[Ee]leventh|[Tt]welfth|teenth) $")
_NO_STEM = frozenset(
    "alia grata compos conveniens obstante liquet sequitur element tags block text with from that this when then than into your".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each prefix, and for each compound."""
    yield from _prefixes(page)
    if page.subject == "health-reform":
        yield from _compounds(page)


def _compounds(page: Page) -> Iterator[Finding]:
    text = page.text
    for start in anchors(text, PLAN):
        blank, end = start + PLAN.index(" "), start + PLAN.rindex(" ")
        if _ORDINAL.search(text, max(0, start - LONGEST_ORDINAL), start) and in_new_prose(page, (start, end)):
            yield _finding(page, (start, end), blank, "compound", ())
    for match in filter(None, (_LEVEL.match(text, blank) for blank in anchors(text, " level "))):
        blank, end = match.span()
        unit = word_before(text, blank)
        start = blank - len(unit)
        before = text[max(0, start - _REACH) : start]
        if unit in _UNITS and _COUNTED.search(before) and not _AT_LEVEL.search(before):
            place = start, end
            if in_new_prose(page, place):
                yield _finding(page, place, blank, "compound", ())


def _prefixes(page: Page) -> Iterator[Finding]:
    prefixes = _PREFIXES & page.text_words.words
    if not prefixes:
        return
    text = page.text
    found = sorted(start for prefix in prefixes for start in anchors(text, f"{prefix} "))
    done = 0
    for match in filter(None, (_LOOSE.match(text, start) for start in found)):
        if match.start() < done:
            continue
        done = match.end()
        before = text[max(0, match.start() - 1) : match.start()]
        if (
            (before and not before.isspace())
            or match[1] in _NO_STEM
            or text[match.end() : match.end() + 1] in ("(", "_")
        ):
            continue
        if in_new_prose(page, match.span()):
            blank = match.start(1) - 1
            yield _finding(page, match.span(), blank, "prefix", (Fix(blank, blank + 1, "-"),))


def _finding(page: Page, place: Place, blank: int, what: str, fixes: tuple[Fix, ...]) -> Finding:
    quote = page.text[slice(*place)]
    written = f"{page.text[place[0] : blank]}-{page.text[blank + 1 : place[1]]}"
    return page.finding(
        RULE.label,
        [place],
        f"“{quote}”: the {what} has lost its hyphen; write “{written}”.",
        "warning",
        "medium",
        suggestion=written,
        fixes=fixes,
    )


RULE = Rule(
    "GAR318", "loose-prefix", "spacing", "Linguistic conventions / spelling", "warning", "medium", check, __doc__ or ""
)
