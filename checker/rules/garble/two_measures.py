"""# two-measures (GAR324)

## What it does
Reports a figure of which two things are said at once: "as high as more than 2 million", "only more than 100", "nearly
more than 50".

## Why it matters
Chinese says how great a figure is before it and that it is rounded behind it (高达200多万, 仅100多). In English the two
contradict each other.

## Wrong
The cost of the stay was as high as more than 20,000 yuan.

## Right
The cost of the stay was more than 20,000 yuan.

## Limits
Figures in digits only. Left alone are "about more than", "up to more than" and "nearly over": a talk may be about more
than 20 people, costs add up to more than 20 yuan, and what is nearly over has nearly ended.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_MEASURE = lazy(
    r"(?:(?<!not )\b(as high as|as many as) (?:more than|over)|(?<!not )(?<!if )\b(only) more than|\b(nearly|almost) more than)\Z"
)
_LONGEST = len("not as many as more than")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each figure."""
    text = page.text
    ends = [place + len(sign) - 1 for sign in (" more than ", " over ") for place in anchors(text, sign)]
    for end in sorted(ends):
        match = _MEASURE.search(text, max(0, end - _LONGEST), end) if text[end + 1 : end + 2].isdigit() else None
        if match and in_new_prose(page, match.span()):
            written = "more than" if match[1] else "just over" if match[2] else match[3]
            yield page.finding(
                RULE.label,
                [match.span()],
                f"“{match[0]}” says two things of one figure; write “{written}”.",
                "warning",
                "high",
                suggestion=written,
                fixes=(Fix(*match.span(), written),),
            )


RULE = Rule(
    "GAR324", "two-measures", "grammar", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
