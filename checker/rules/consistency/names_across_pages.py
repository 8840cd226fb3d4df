"""# several-names-across-pages (CON205)

## What it does
Reports a concept that goes under one name on some pages of a site and under another one elsewhere. It needs many pages:
`yigai corpus report --format json` gives its findings, with the places on each page.

## Why it matters
Every page may be right by itself. A reader of the site, or a search in it, takes two names for two things.

## Wrong
The hospital leads a medical consortium. (on one page) The medical alliance has nine members. (on another)

## Right
The hospital leads a medical consortium. (on one page) The medical consortium has nine members. (on another)

## Limits
Only some of the pages are named; the message says how many there are. A name that differs by optional words is no other
name. What is said within one page is several-names (CON201).
"""

from checker.rules.rule import Rule, nothing_on_a_page

RULE = Rule(
    "CON205",
    "several-names-across-pages",
    "inconsistency",
    "Terminology / inconsistent use of terminology",
    "warning",
    "medium",
    nothing_on_a_page,
    __doc__ or "",
)
