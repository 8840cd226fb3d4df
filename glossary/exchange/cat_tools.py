"""Tables in the conventions of memoQ, Trados (MultiTerm) and OmegaT: rows out, and tables with a column a term in.

memoQ writes a term as ``Chinese_PRC,Term_Info,Term_Example`` and repeats the columns for each synonym; MultiTerm's
converter takes any headings, here ``English 2,Status 2``. OmegaT reads source, target and comment without headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from glossary.concept import Concept
from glossary.exchange import ChineseName, Imported, Incoming, Name
from glossary.exchange.table import Row
from glossary.exchange.table import read_rows as read_plain_rows
from glossary.exchange.terms import Term, count_all_but_names, count_rendering_details, terms_of
from glossary.exchange.words import language_of, noted_status, region_of, squeezed

DIALECTS = ("memoq", "trados", "omegat")
_GOOD = ("preferred", "admitted", "abbreviation", "short")
_INFO = {"abbreviation": "CaseSense;Exact"}
_NUMBER = re.compile(r"[ _]*\d+$")
_NOTED_ID = re.compile(r"yigai id: ([a-z0-9-]+)")


def dialect_rows(dialect: str, concepts: Sequence[Concept], lost: Counter[str], english_first: bool) -> list[list[str]]:
    """The rows of a table for a program, with headings where it wants them."""
    if dialect == "omegat":
        return list(_omegat(concepts, lost, english_first))
    chinese = [[concept.zh, *_variants(concept)] for concept in concepts]
    english = [_names(concept, lost) for concept in concepts]
    widths = max(map(len, chinese), default=1), max(map(len, english), default=1)
    heads, make = (_memoq_heads, _memoq) if dialect == "memoq" else (_trados_heads, _trados)
    kept = ("admitted", "abbreviations", "short", "deprecated", "wrong", "definition", "field")
    for concept in concepts:
        count_all_but_names(concept, lost, (*kept, "right examples") if dialect == "memoq" else kept)
    rows = [make(n, *row, *widths) for n, row in enumerate(zip(concepts, chinese, english, strict=True), 1)]
    return [heads(*widths), *rows]


def _names(concept: Concept, lost: Counter[str]) -> list[Term]:
    """Terms as words; of wrong ones those that are no templates, since a column for each would be hundreds."""
    count_rendering_details(concept, lost)
    good = terms_of(concept._replace(wrong=(), deprecated=()), lost)
    bad = terms_of(concept._replace(admitted=(), abbreviations=(), short=()), lost, most=1)
    known = {term.text: term for term in (*bad, *good)}
    return [known[text] for text in dict.fromkeys(term.text for term in (*good, *bad))]


def _variants(concept: Concept) -> list[str]:
    return list(dict.fromkeys(form.zh for form in concept.zh_variants if form.zh != concept.zh))


def _memoq_heads(chinese: int, english: int) -> list[str]:
    term = ["Term_Info", "Term_Example"]
    return [
        "Entry_ID", "Entry_Subject", "Entry_Note", *["Chinese_PRC", *term] * chinese, "English_Def",
        *["English", *term] * english,
    ]  # fmt: skip


def _memoq(number: int, concept: Concept, zh: list[str], terms: list[Term], chinese: int, english: int) -> list[str]:
    row = [str(number), concept.field, f"yigai id: {concept.id}"]
    for form in zh:
        row += [form, "CasePermissive;Exact", ""]
    row += [""] * 3 * (chinese - len(zh)) + [concept.definition or ""]
    for term in terms:
        info = _INFO.get(term.status, "CasePermissive;HalfPrefix") + (";Forbidden" if term.status not in _GOOD else "")
        row += [term.text, info, "\n".join(concept.right_examples) if term.status == "preferred" else ""]
    return row + [""] * 3 * (english - len(terms))


def _trados_heads(chinese: int, english: int) -> list[str]:
    heads = ["Entry ID", "Subject", "Definition"]
    for number in range(1, chinese + 1):
        heads.append("Chinese" + (f" {number}" if number > 1 else ""))
    for number in range(1, english + 1):
        heads += [name + (f" {number}" if number > 1 else "") for name in ("English", "Status")]
    return heads


def _trados(number: int, concept: Concept, zh: list[str], terms: list[Term], chinese: int, english: int) -> list[str]:
    row = [concept.id, concept.field, concept.definition or "", *zh, *[""] * (chinese - len(zh))]
    for term in terms:
        row += [term.text, term.status if term.status in _GOOD[:2] else _trados_status(term.status)]
    return row + [""] * 2 * (english - len(terms))


def _trados_status(status: str) -> str:
    return {"deprecated": "deprecated", "wrong": "forbidden"}.get(status, "admitted")


def _omegat(concepts: Sequence[Concept], lost: Counter[str], english_first: bool) -> Iterator[list[str]]:
    for concept in concepts:
        count_all_but_names(concept, lost, ("admitted", "abbreviations", "short", "deprecated", "wrong", "definition"))
        terms = _names(concept, lost)
        also = [term.text for term in terms if term.status in _GOOD[1:]]
        avoid = [term.text for term in terms if term.status not in _GOOD]
        notes = [concept.definition] if concept.definition else []
        notes += [f"also: {'; '.join(also)}"] if also else []
        notes += [f"not: {'; '.join(avoid)}"] if avoid else []
        for form in [concept.zh, *_variants(concept)]:
            pair = [concept.preferred, form] if english_first else [form, concept.preferred]
            yield [" ".join(cell.split()) for cell in (*pair, " | ".join(notes))]


def read_rows(rows: Sequence[Row]) -> Imported:
    """The entries of a table with several columns of terms or statuses, or else of any table. Raises ExchangeError."""
    heads = [_NUMBER.sub("", cell.strip()) for cell in rows[0].cells] if rows else []
    languages = [_language(head) for head in heads]
    details = [squeezed(head) in ("terminfo", "status") for head in heads]
    several = any(details) and (sum(details) > 1 or languages.count("en") > 1)
    if not several or not {"zh", "en"} <= set(languages) or "preferred" in heads:
        return read_plain_rows(rows)
    made = Imported()
    for row in rows[1:]:
        if any(cell.strip() for cell in row.cells):
            made.entries.append(_entry(row, heads, languages, made))
    return made


def _language(head: str) -> str | None:
    """The language of a column of terms."""
    plain = head.lower()
    return None if plain.endswith(("_def", "definition", "status")) else language_of(head or "-")


def _entry(row: Row, heads: Sequence[str], languages: Sequence[str | None], made: Imported) -> Incoming:
    entry = Incoming(row.place)
    last: str | None = None
    for head, language, cell, place in zip(heads, languages, row.cells, row.places, strict=False):
        text, plain = " ".join(cell.split()), squeezed(head)
        if language is not None:
            last = language if text else None
            if text and language == "zh":
                entry.chinese.append(ChineseName(text, place, region_of(head)))
            elif text:
                entry.english.append(Name(text, None, place))
        elif not text:
            continue
        elif plain in ("terminfo", "status"):
            if last == "en":
                entry.english[-1] = _with_status(entry.english[-1], text, made)
        elif plain == "termexample" and last == "en":
            entry.values.setdefault("examples", {}).setdefault("right", []).extend(
                filter(None, map(str.strip, cell.split("\n")))
            )
            entry.places.setdefault("examples", place)
        elif plain.endswith(("def", "definition")):
            entry.values.setdefault("definition", text)
            entry.places.setdefault("definition", place)
        elif plain in ("entrysubject", "subject"):
            entry.subject = text
        elif found := _NOTED_ID.search(text):
            entry.id = found[1]
        elif plain == "entryid":
            entry.id = text
        else:
            made.lost[f"column {head!r}"] += 1
    return entry


def _with_status(name: Name, text: str, made: Imported) -> Name:
    """The term with the status that a cell gives it: a word, or memoQ's list of properties."""
    parts = [part.strip() for part in text.split(";")]
    if "Forbidden" in parts:
        return name._replace(status="wrong")
    if len(parts) > 1 or parts[0].startswith("Case"):
        return name
    return name._replace(status=noted_status(text, made.understood))
