"""What a report tells: plain values, worked out already, the same for every format."""

from __future__ import annotations

from typing import NamedTuple

from checker.finding import Finding

Interval = tuple[float, float]


class Name(NamedTuple):
    """One name of a concept: renderings that differ only in words that may come or go.

    ``pages`` are those on which it stands, ``main_pages`` those on which no other name of the concept stands more
    often; ``status`` is the best of its renderings, ``years`` the first and last known.
    """

    name: str
    renderings: tuple[str, ...]
    status: str
    pages: int
    places: int
    main_pages: int
    sites: int
    years: tuple[str, str] | None
    by_year: dict[str, int]

    @property
    def approved(self) -> bool:
        """Whether the glossary holds it to be good."""
        return self.status in ("preferred", "admitted")


class ConceptUse(NamedTuple):
    """A concept with its names in use, the commonest first.

    ``dominant`` is the name most pages use most, ``settle_on`` the one to settle on; ``approved`` are all names the
    glossary allows. ``agreement`` is the share of pages whose name is the dominant one, ``interval`` its bootstrap
    interval, ``pairwise`` the chance that two pages agree (None for one page). ``settled`` says that a house style
    has decided; ``is_body`` that the concept is an institution.
    """

    concept: str
    zh: str
    field: str
    names: tuple[Name, ...]
    pages: int
    dominant: str
    settle_on: str
    approved: tuple[str, ...]
    agreement: float
    interval: Interval
    pairwise: float | None
    settled: bool
    is_body: bool

    @property
    def mixed(self) -> bool:
        """Whether it goes under several names."""
        return len(self.names) > 1


class Agreement(NamedTuple):
    """Agreement over all concepts that at least two pages name; shares, with bootstrap intervals over documents.

    ``share`` is that of pages (counted for each concept they name) whose name is the dominant one, ``pairwise`` that of
    pairs of pages that agree, ``settled`` that of pages whose name is the one to settle on. ``votes`` is their number.
    """

    votes: int
    share: float
    share_interval: Interval
    pairwise: float
    pairwise_interval: Interval
    settled: float
    settled_interval: Interval


class Group(NamedTuple):
    """The pages of a site, section or engine; ``errors`` and ``warnings`` are places."""

    label: str
    pages: int
    words: int
    triage: dict[str, int]
    errors: int
    warnings: int
    per_thousand: float
    agreement: Agreement | None


class Grouping(NamedTuple):
    """The pages added up ``by`` site, section or engine; ``left_out`` are labels of fewer pages that are not listed."""

    by: str
    groups: tuple[Group, ...]
    left_out: int


class Fault(NamedTuple):
    """One fault wherever it stands: on how many pages, at how many places, and one page that has it."""

    rule: str
    name: str
    severity: str
    quote: str
    suggestion: str | None
    concept: str | None
    zh: str | None
    pages: int
    places: int
    example: str


class BadPage(NamedTuple):
    """A page with its faults; ``visits`` include those of pages that repeat it, None without a traffic table."""

    page: str
    address: str | None
    id: str | None
    site: str
    triage: str
    reasons: tuple[str, ...]
    words: int
    errors: int
    warnings: int
    notes: int
    repeated_by: int
    visits: int | None
    commonest: str


class Verdict(NamedTuple):
    """What to do with pages: how many, and for which reasons (figures left out), the commonest first."""

    triage: str
    pages: int
    repeats: int
    reasons: tuple[tuple[str, int], ...]


class YearRow(NamedTuple):
    """The pages of a year."""

    year: str
    pages: int
    triage: dict[str, int]
    per_thousand: float
    agreement: float | None
    settled: float | None


class Change(NamedTuple):
    """A figure at the end of the run before and now."""

    what: str
    detail: str
    before: int
    now: int


class Progress(NamedTuple):
    """A concept that a house style settles: pages and places under the settled name, before and now.

    ``before_*`` are None without an earlier run. ``comply`` are pages that use no other name.
    """

    concept: str
    zh: str
    settled: str
    comply: int
    pages: int
    before_places: tuple[int, int] | None
    now_places: tuple[int, int]


class Changes(NamedTuple):
    """What the last run found that the one before had not; ``before`` is None for the first run."""

    run: int
    before: int | None
    new_findings: int
    new_pages: int
    faults: tuple[Fault, ...]
    names: tuple[Change, ...]
    rules: tuple[Change, ...]
    triage: tuple[Change, ...]


class About(NamedTuple):
    """What the store holds, and what to know when reading the report (``notes``)."""

    pages: int
    repeats: int
    sites: int
    words: int
    dated: int
    errors: int
    runs: int
    checked: str
    findings: dict[str, int]
    signature: dict[str, str]
    notes: tuple[str, ...]


class Picture(NamedTuple):
    """The whole report. ``groups`` are those of which several labels are known; ``pages`` the worst, ``findings`` those across pages."""

    about: About
    concepts: tuple[ConceptUse, ...]
    agreement: Agreement | None
    groups: tuple[Grouping, ...]
    verdicts: tuple[Verdict, ...]
    pages: tuple[BadPage, ...]
    faults: tuple[Fault, ...]
    rules: tuple[Fault, ...]
    years: tuple[YearRow, ...]
    changes: Changes
    progress: tuple[Progress, ...]
    findings: tuple[Finding, ...]
