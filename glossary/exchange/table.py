"""Concepts as rows of our own columns, and rows of anybody's columns as entries. Knows no file format.

A cell with several values has one a line. A column is known by its heading, in English or Chinese; without headings two
or three columns are taken for source, target and comment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from glossary.concept import Concept, Rendering
from glossary.exchange import ChineseName, ExchangeError, Imported, Incoming, Name
from glossary.exchange.terms import count_checking, count_rendering_details
from glossary.exchange.words import DATE, HAN, noted_status, pos_of, region_of, squeezed

COLUMNS = (
    "id", "field", "zh", "zh_variants", "preferred", "abbreviations", "admitted", "short", "deprecated", "wrong", "pos",
    "plural", "status", "definition", "right_examples", "broader", "distinct_from", "replaced_by", "valid_from",
    "valid_until", "sources",
)  # fmt: skip
_STATUS_OF = {
    "preferred": "preferred", "admitted": "admitted", "abbreviations": "abbreviation", "short": "short",
    "deprecated": "deprecated", "wrong": "wrong", "en": None,
}  # fmt: skip
_HEADINGS = {
    "zh": "chinese source sourceterm sourcetext simplifiedchinese chinesesimplified zhcn zhhans chineseprc 中文 原文 "
          "源语言 源语 简体中文 汉语 术语 中文术语 词条",
    "zh_variants": "variants chinesevariants variant 异体 别名 别称",
    "en": "english target targetterm targettext translation enus engb englishunitedstates englishunitedkingdom 英文 "
          "译文 译名 译法 目标语言 目标语 英语 英文术语",
    "preferred": "preferredterm 首选 推荐译名",
    "admitted": "synonyms synonym admittedterms 其他译名",
    "abbreviations": "abbreviation acronym 缩写",
    "deprecated": "deprecatedterms 旧译",
    "wrong": "forbidden forbiddenterms 误译 禁用",
    "definition": "definitions def 定义 释义",
    "field": "subject subjectfield domain category 领域 分类 类别",
    "pos": "partofspeech 词性",
    "id": "entryid conceptid 编号",
    "right_examples": "examples example context 例句",
    "sources": "source_urls references reference 来源 出处",
    "status": "termstatus usage usagestatus 状态 术语状态 使用状态",
    "comment": "note notes comments remark remarks 备注 注释 说明",
}  # fmt: skip
_COLUMN_OF = {squeezed(name): name for name in (*COLUMNS, "en", "comment")} | {
    squeezed(word): column for column, words in _HEADINGS.items() for word in words.split()
}
_REGION = re.compile(r"(.+?)\s*[(（](\w+)[)）]")
_IN_BRACKETS = re.compile(r"(.+?)\s*[(（].+[)）]")
_LISTS = ("plural", "right_examples", "distinct_from")


class Row(NamedTuple):
    """A row of cells; ``places`` says where each cell is, ``place`` where the row is."""

    cells: list[str]
    places: list[str]
    place: str


def rows_of(concepts: Sequence[Concept], lost: Counter[str]) -> Iterator[list[str]]:
    """The heading and a row for each concept. Templates stand as they are."""
    yield list(COLUMNS)
    for concept in concepts:
        count_checking(concept, lost)
        count_rendering_details(concept, lost)
        for key, value in (("case", concept.case != "any"), ("strictness", concept.strictness != "enforce")):
            lost[key] += value
        lost["what a source shows, and when it was read"] += sum(
            bool(source.rendering or source.read) for source in concept.sources
        )
        yield [_cell(concept, column) for column in COLUMNS]


def _cell(concept: Concept, column: str) -> str:
    value: Any = getattr(concept, column)
    if column == "zh_variants":
        value = [f"{form.zh} ({form.region})" if form.region else form.zh for form in concept.zh_variants]
    elif column == "sources":
        value = [f"{source.url} {source.title}" for source in concept.sources]
    elif value is None:
        return ""
    return value if isinstance(value, str) else "\n".join(v.en if isinstance(v, Rendering) else v for v in value)


def read_rows(rows: Sequence[Row]) -> Imported:
    """The entries of a table. Raises ExchangeError where no column is Chinese or none English."""
    made = Imported()
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return made
    columns = [_column(cell) for cell in filled[0].cells]
    if is_heading(filled[0]) and not _are_codes(filled, columns.index("zh")):
        for number, heading in enumerate(filled[0].cells):
            if columns[number] is None and heading.strip():
                made.lost[f"column {heading.strip()!r}"] += sum(
                    bool(_at(row.cells, number).strip()) for row in filled[1:]
                )
        own = {"id", "zh", "preferred"} <= {cell.strip() for cell in filled[0].cells}
        made.entries = [_entry(row, columns, made, own) for row in filled[1:]]
    else:
        guessed = _guessed(filled)
        made.entries = [_entry(row, guessed, made, False, parting="；|") for row in filled]
    return made


def is_heading(row: Row) -> bool:
    """Whether a row names the columns of both languages."""
    columns = set(map(_column, row.cells))
    return "zh" in columns and not columns.isdisjoint(("en", "preferred"))


def _column(heading: str) -> str | None:
    """The column of a heading, None where it is not known; a language may have a country in brackets behind it."""
    known = _COLUMN_OF.get(squeezed(heading))
    language = _IN_BRACKETS.fullmatch(heading.strip())
    return known or (_COLUMN_OF.get(squeezed(language[1])) if language else None)


def _are_codes(rows: Sequence[Row], number: int) -> bool:
    """Whether a column has the code of its language in each row, as DeepL's lists may, and so no heading."""
    return len(rows) > 1 and _at(rows[1].cells, number) == rows[0].cells[number]


def _guessed(rows: Sequence[Row]) -> list[str | None]:
    """Source, target and comment of a table without headings: the column that is mostly Chinese is the Chinese."""
    width = max(len(row.cells) for row in rows)
    if width < 2:
        raise ExchangeError("one column alone: expected Chinese and English, with or without headings", rows[0].place)
    chinese = [sum(bool(HAN.search(_at(row.cells, number))) for row in rows) for number in (0, 1)]
    if not any(chinese) or min(chinese) * 2 > len(rows):
        raise ExchangeError(
            "no column is known to be Chinese: expected headings such as zh and preferred, 中文 and 英文, or two columns",
            rows[0].place,
        )
    pair: list[str | None] = ["zh", "en"] if chinese[0] >= chinese[1] else ["en", "zh"]
    return [*pair, "comment", *[None] * width][:width]


def _at(cells: Sequence[str], number: int) -> str:
    return cells[number] if number < len(cells) else ""


def _entry(row: Row, columns: Sequence[str | None], made: Imported, own: bool, parting: str = ";；|") -> Incoming:
    entry = Incoming(row.place, own=own)
    status: str | None = None
    for column, cell, place in zip(columns, row.cells, row.places, strict=False):
        values = [" ".join(part.split()) for part in cell.split("\n") if part.strip()]
        if not values or column is None:
            continue
        entry.places.setdefault(column, place)
        if column in _STATUS_OF:
            entry.english += [Name(text, _STATUS_OF[column], place) for text in _parts(values, own, parting)]
        elif column == "zh" or column == "zh_variants":
            entry.chinese += [_chinese(text, place) for text in _parts(values, own, parting)]
        elif column == "comment":
            made.lost["comments"] += 1
        elif column != "status":
            _value(column, values, entry, made)
        elif not own:  # ours is the status of the concept
            status = noted_status(" ".join(values), made.understood)
    entry.english = [_with_status(name, status) for name in entry.english]
    return entry


def _with_status(name: Name, status: str | None) -> Name:
    """A term with the status of its row: of one without a status, and of a preferred one where the row is against it."""
    if name.status is None or (name.status == "preferred" and status in ("deprecated", "wrong")):
        return name._replace(status=status)
    return name


def _parts(values: list[str], own: bool, parting: str) -> list[str]:
    """Several terms in a cell: one a line, in tables of others also parted by semicolons or bars.

    In lists without headings, such as DeepL's and OmegaT's, a semicolon is a part of a term.
    """
    if own or len(values) > 1:
        return values
    return [part.strip() for part in re.split(f"[{parting}]", values[0]) if part.strip()]


def _chinese(text: str, place: str) -> ChineseName:
    found = _REGION.fullmatch(text)
    region = region_of(found[2]) if found else None
    return ChineseName(found[1] if found and region else text, place, region)


def _value(column: str, values: list[str], entry: Incoming, made: Imported) -> None:
    text = " ".join(values)
    if column == "id":
        entry.id = text
    elif column == "field":
        entry.subject = text
    elif column == "pos":
        if (pos := pos_of(text)) is not None:
            entry.values["pos"] = pos
        else:
            made.understood[f"part of speech {text!r} as none: it is not known"] += 1
    elif column == "sources":
        entry.values["sources"] = [_source(value) for value in values if value.startswith(("http://", "https://"))]
        made.lost["sources without an address"] += len(values) - len(entry.values["sources"])
    elif column == "right_examples":
        entry.values["examples"] = {"right": values}
        entry.places["examples"] = entry.places[column]
    elif column in ("valid_from", "valid_until"):
        if not DATE.fullmatch(text):
            made.lost["dates that are not YYYY, YYYY-MM or YYYY-MM-DD"] += 1
            return
        entry.values.setdefault("valid", {})[column.removeprefix("valid_")] = text
        entry.places.setdefault("valid", entry.places[column])
    else:
        entry.values[column] = values if column in _LISTS else text


def _source(value: str) -> dict[str, str]:
    url, _, title = value.partition(" ")
    return {"url": url, "title": title.strip() or url}
