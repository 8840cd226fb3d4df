"""# comparison-lost (BIL711)

## What it does
Reports figures that the source compares with the year or the month before (同比, 环比) and the English with nothing.

## Why it matters
"Increased by 41%" may mean since the beginning, over a decade, in a month. What a figure is compared with is half of it.

## Wrong
下转患者同比增长41%。 The number of patients referred back increased by 41%.

## Right
下转患者同比增长41%。 The number of patients referred back increased by 41% year on year.

## Limits
Only figures that stand right behind 同比 or 环比 and that the English sentence has. Any word that may tell of a period
(last, previous, earlier, annual, compared, than in) keeps it silent.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_COMPARED = lazy("(同比|环比)[^，。；、,;:：0-9]{0,6}$")
_NEAR = 10  # characters of the source before a figure
_AGAINST = {
    "同比": (
        "year on year",
        lazy(
            r"(?i)\by\W?o?\W?y\b|(?<!this )(?<!of the )(?<!whole )\byear\b|\b(?:yearly|annual|annually|annum|corresponding"
            r"|previous|preceding|prior|compar\w+|earlier|last|ago|against|versus)\b|\bthan (?:in|that|those|a|the)\b"
            r"|\bover (?:the|that)\b|\bsame (?:period|time|month|quarter)|\bfrom (?:19|20)\d\d"
        ),
    ),
    "环比": (
        "on the previous period",
        lazy(
            r"(?i)\b(?:m\W?o?\W?m|q\W?o?\W?q)\b|\b(?:month|monthly|quarter|quarterly|week|weekly|day|daily|sequential\w*|previous"
            r"|preceding|prior|compar\w+|earlier|last|over|from|ago|against|versus|chain|ring|period)\b|\bthan (?:in|that|a|the)\b"
        ),
    ),
}


def check(page: Page) -> Iterator[Finding]:
    """One finding for each sentence with such figures, at the first of them."""
    if page.parallel is None:
        return
    source = page.parallel.folded_source
    if not any(word in source for word in _AGAINST):
        return
    for segment in page.segments:
        start, end = segment.link.start, segment.link.end
        for number in segment.numbers:
            match = _COMPARED.search(source, max(segment.source[0], number.start - _NEAR), number.start)
            if match is None:
                continue
            advice, said = _AGAINST[match[1]]
            given = [item for item in segment.nearby if item.value == number.value and start <= item.start < end]
            if len(given) == 1 and not said.search(page.text, start, end):
                quote = page.text[given[0].start : given[0].end]
                yield page.finding(
                    RULE.label,
                    [(given[0].start, given[0].end)],
                    f"“{quote}” is {match[1]} in the source, and the English compares it with nothing; write “{quote} "
                    f"{advice}”.",
                    "warning",
                    "medium",
                    suggestion=f"{quote} {advice}",
                    zh=match[1],
                    source=(match.start(), number.end),
                )
                break


RULE = Rule("BIL711", "comparison-lost", "omission", "Accuracy / omission", "warning", "medium", check, __doc__ or "")
