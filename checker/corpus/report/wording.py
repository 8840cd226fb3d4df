"""The words of the report that all its formats share."""

from __future__ import annotations

from checker.corpus.report.values import About, BadPage, Interval, Name, Picture

TRIAGE = {"re-scrape": "scrape again", "retranslate": "translate again", "mend": "mend", "fine": "fine"}
SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}
STATUS = {"pattern": "literal"}
"""Statuses of names that are called otherwise for people."""
HOW = (
    "Agreement: each page votes for the name it uses most, once for each concept that two pages or more name. The share "
    "of pages is that of votes for the dominant name; of pairs, how often two pages that name a concept call it the "
    "same; settled, that of votes for the name to settle on. Intervals (95%) come from drawing whole pages again. Pages "
    "that repeat another count among the pages and in no other figure."
)


def percent(share: float | None) -> str:
    """A share in per cent, "" for none."""
    return "" if share is None else f"{share:.0%}"


def with_interval(share: float, interval: Interval) -> str:
    """A share with its interval, in per cent."""
    low, high = interval
    return f"{share:.0%} ({100 * low:.0f} to {100 * high:.0f})"


def share_of(places: tuple[int, int] | None) -> str:
    """Places out of all as a share, "" where there are none or no run before."""
    return f"{percent(places[0] / places[1])} of {places[1]:,}" if places and places[1] else ""


def number(count: int, word: str) -> str:
    """A count with its word: 1 page, 2,000 pages."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def status(name: Name) -> str:
    """What the glossary holds of a name."""
    return STATUS.get(name.status, name.status)


def span(name: Name) -> str:
    """The years of a name: 2019, 2016–2023, or nothing."""
    if name.years is None:
        return ""
    first, last = name.years
    return first if first == last else f"{first}–{last}"


def label_of(group: str, by: str) -> str:
    """What a group is called; pages of which nothing is known have a label too."""
    return group or f"(no {by} known)"


def page_name(page: BadPage) -> str:
    """What a page is called for people: its address where it has one."""
    return page.address or page.page


def totals(about: About) -> str:
    """What the store holds, in one line."""
    repeats = f", {number(about.repeats, 'page')} of them repeating another" if about.repeats else ""
    found = ", ".join(number(about.findings.get(key, 0), word) for key, word in SEVERITIES.items())
    sites = f" of {number(about.sites, 'site')}" if about.sites > 1 else ""
    return f"{number(about.pages, 'page')}{sites}{repeats}; {about.words:,} words; {found}"


def bodies(picture: Picture) -> list[tuple[str, str, list[Name]]]:
    """Institutions under several names: Chinese, the name to settle on, their names."""
    return [(use.zh, use.settle_on, list(use.names)) for use in picture.concepts if use.is_body and use.mixed]
