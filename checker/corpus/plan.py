"""A find-and-replace plan: the exact strings that stand on the pages instead of the names settled on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.corpus.decide import Decision
from checker.corpus.report.pages import LABEL
from checker.corpus.sheets import book_bytes, csv_text, new_book
from checker.corpus.stored_texts import readings, spotted_pages
from checker.finding import Place
from checker.page import Page
from checker.rules.advice import stored_in
from checker.rules.consistency.several_names import is_quoted
from checker.rules.fitting import capitals_like
from checker.rules.names import FOLLOWING, approved_names, family_of, is_no_name, without_optional
from checker.rules.renderings import suggestion
from checker.spotting.mentions import Candidate, Mention
from checker.spotting.spotter import Spotter
from glossary import Glossary
from glossary.folding import fold
from glossary.forms import article_like

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = ("page", "stands there", "replace by", "count", "stay", "Chinese", "concept", "note")
_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
_LAST = re.compile(r"\s+([A-Za-z]+)$")
_TAKEN = re.compile(r" \{\d+\}$")  # in advice: what follows the name and stays
_WORD_BEFORE = re.compile(r"([A-Za-z]+)[ \t]+$")
_WORD_AFTER = re.compile(r"[ \t]+([A-Za-z]+)")
_LEVELS = frozenset("national provincial municipal city prefecture district county township village senior".split())


class Replacement(NamedTuple):
    """One string on one page: ``places`` to change, ``stay`` further places where the same string is to stay.

    ``quoted`` says that it stands in quotation marks or as a title, ``phrase`` that what is to be written holds more than
    the name. ``like`` is the page that this one repeats, from which the row is
    taken over.
    """

    page: str
    found: str
    by: str
    places: int
    stay: int
    zh: str
    concept: str
    quoted: bool = False
    phrase: bool = False
    like: str | None = None

    @property
    def note(self) -> str:
        """What to mind when replacing."""
        notes = []
        if lost := _LEVELS & set(fold(self.found).split()) - set(fold(self.by).split()):
            notes.append(f"drops “{' '.join(sorted(lost))}”")
        if self.quoted:
            notes.append("in quotation marks: may be a name of its own")
        if self.phrase:
            notes.append("more than a name: read the sentence")
        if self.stay:
            notes.append("one by one: some places stay")
        if "\n" in self.found or "\r" in self.found:
            notes.append("runs over a line end")
        if self.like:
            notes.append(f"as on {self.like}, which it repeats")
        return "; ".join(notes)


def plan(
    con: DuckDBPyConnection, glossary: Glossary, decisions: Sequence[Decision]
) -> tuple[tuple[Replacement, ...], int]:
    """What to replace on the pages of a store, in order of pages, longer strings first; and the pages without texts.

    ``glossary`` is the one with the decisions in it. An approved name in quotation marks or in a title stays, and
    so does a phrase for which the glossary has another rendering. A page that repeats another gets the rows of that one where the
    store does not hold its text.
    """
    settled = {d.concept.id: d for d in decisions}
    rows = con.execute(
        f"""WITH named AS (SELECT DISTINCT document FROM mentions WHERE list_contains($concepts, concept))
        SELECT d.document, {LABEL}, d.duplicate_of, t.document IS NOT NULL
        FROM documents d LEFT JOIN texts t USING (document)
        WHERE d.document IN (FROM named) OR d.duplicate_of IN (FROM named) ORDER BY d.document""",
        {"concepts": list(settled)},
    ).fetchall()
    of_page = {
        document: list(_of_page(page, settled))
        for document, page in spotted_pages(con, Spotter(glossary), [row[0] for row in rows if row[3]])
    }
    made = [item for items in of_page.values() for item in items]
    labels = {row[0]: row[1] for row in rows}
    without = 0
    for _, label, first, has_text in rows:
        if not has_text and first in of_page:
            made += [item._replace(page=label, like=labels[first]) for item in of_page[first]]
        elif not has_text:
            without += 1
    made.sort(key=lambda item: (item.page, -len(item.found), item.found))
    return tuple(made), without


def _of_page(page: Page, settled: dict[str, Decision]) -> Iterator[Replacement]:
    places: dict[tuple[str, str, str, bool, bool], list[Place]] = defaultdict(list)
    for mention, candidate, _ in readings(page):
        if candidate.concept.id in settled and _is_other_name(page, mention, candidate):
            start, end = page.document.whole(mention.start, mention.end)
            start, by = _with_article(page, start, candidate, mention)
            end, by = _without_following(page.document.text, start, end, by)
            by = _without_neighbours(page.text, start, end, by)
            found = page.document.text[start:end]
            if found != by:
                key = found, by, candidate.concept.id, is_quoted(page.text, mention), _is_phrase(candidate)
                places[key].append((start, end))
    covered = [place for group in places.values() for place in group]
    where = f"{page.document.path} [{page.document.record}]" if page.document.record else page.document.path
    for (found, by, concept, quoted, phrase), group in places.items():
        stays = _elsewhere(page.document.text, found, covered)
        zh = settled[concept].concept.zh
        yield Replacement(where, found, by, len(group), stays, zh, concept, quoted, phrase)


def _is_other_name(page: Page, mention: Mention, candidate: Candidate) -> bool:
    concept = candidate.concept
    if is_no_name(candidate) or (candidate.approved and is_quoted(page.text, mention)):
        return False
    if candidate.status in ("wrong", "deprecated"):
        return True
    settled = without_optional(concept, fold(concept.preferred))
    return family_of(candidate).removeprefix("the ") != settled.removeprefix("the ")


def _is_phrase(candidate: Candidate) -> bool:
    write = candidate.rendering.write if candidate.rendering else None
    if write is None:
        return False
    said = {fold(stored_in(candidate, text)) for text in (write, _TAKEN.sub("", write))}
    return said.isdisjoint(map(fold, approved_names(candidate.concept)))


def _with_article(page: Page, start: int, candidate: Candidate, mention: Mention) -> tuple[int, str]:
    """From where to replace, and by what: with the article that the new name needs."""
    quote = page.text[mention.start : mention.end]
    by = _settled(suggestion(page, candidate, _as_it_counts(page, mention, quote)), candidate)
    if quote[:4].lower() == "the " and by[:4].lower() != "the ":
        return start, f"{quote[:4]}{by if quote[4:5].isupper() else by[:1].lower() + by[1:]}"
    article = _ARTICLE.search(page.text[max(0, start - 8) : start])
    if article is None:
        return start, by
    written = article_like(article[1], by)
    if written.lower() == article[1].lower():
        return start, by
    return start - len(article.group()), f"{written}{article[2]}{by}"


def _without_following(text: str, start: int, end: int, by: str) -> tuple[int, str]:
    """Where the name ends, and what to write for it: forms may take in a word that follows ("medical union of")."""
    while (last := _LAST.search(text[start:end])) and last[1].lower() in FOLLOWING:
        end -= len(last.group())
        by = by.removesuffix(f" {last[1]}")
    return end, by


def _as_it_counts(page: Page, mention: Mention, quote: str) -> str:
    """``quote`` without the capital that its first word, such as TCM or Chinese, has inside a sentence too."""
    before = page.text[max(0, mention.start - 3) : mention.start].rstrip(" (")[-1:]
    is_inside = before.islower() or before in tuple(",;")
    return quote.lower() if is_inside and quote.partition(" ")[2].islower() else quote


def _settled(by: str, candidate: Candidate) -> str:
    """What the glossary has for a wrong form, with the name settled on where it has another approved one."""
    concept = candidate.concept
    if candidate.rendering is None or candidate.rendering.write is None or concept.preferred.lower() in by.lower():
        return by
    for name in sorted(approved_names(concept), key=len, reverse=True):
        found = re.search(re.escape(name), by, re.IGNORECASE)
        if found:
            return by[: found.start()] + capitals_like(found.group(), concept.preferred) + by[found.end() :]
    return by


def _without_neighbours(text: str, start: int, end: int, by: str) -> str:
    """What to write, less a first or last word that stands before or after the place already."""
    words = by.split(" ")
    before, after = _WORD_BEFORE.search(text[max(0, start - 60) : start]), _WORD_AFTER.match(text, end)
    if after and len(words) > 2 and _singular(after[1]) == _singular(words[-1]):
        words = words[:-1]
    if before and len(words) > 2 and _singular(before[1]) == _singular(words[0]):
        words = words[1:]
    return " ".join(words)


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")


def _elsewhere(text: str, found: str, covered: Sequence[Place]) -> int:
    """How often a string stands at other places than those that are covered."""
    return sum(
        not any(start <= match.start() and match.end() <= end for start, end in covered)
        for match in re.finditer(re.escape(found), text)
    )


def as_csv(replacements: Sequence[Replacement]) -> str:
    """The plan as CSV."""
    return csv_text(COLUMNS, map(_row, replacements))


def as_workbook(replacements: Sequence[Replacement]) -> bytes:
    """The plan as a workbook, with a second sheet that adds it up over all pages."""
    from checker.reports.xlsx import add_row, finish_sheet, new_sheet

    book = new_book()
    widths = (44, 44, 44, 8, 8, 18, 30, 30)
    heads = dict(zip((name.capitalize() for name in COLUMNS), widths, strict=True))
    sheet = new_sheet(book, "Replace", heads)
    for item in replacements:
        add_row(sheet, _row(item))
    finish_sheet(sheet, heads)
    summed = {"Stands there": 44, "Replace by": 44, "Pages": 8, "Count": 8, "Chinese": 18}
    sheet = new_sheet(book, "Over all pages", summed)
    pages, counts = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for item in replacements:
        key = item.found, item.by, item.zh
        pages[key] += 1
        counts[key] += item.places
    for (found, by, zh), number in sorted(pages.items(), key=lambda pair: (-pair[1], pair[0])):
        add_row(sheet, [found, by, number, counts[found, by, zh], zh])
    finish_sheet(sheet, summed)
    return book_bytes(book)


def _row(item: Replacement) -> list[object]:
    return [item.page, item.found, item.by, item.places, item.stay or None, item.zh, item.concept, item.note or None]
