"""The public scorecard: what each rule finds on annotated pages and says on clean English, as Markdown and back.

The figures are those of ``checker.evaluation``, taken rule by rule. Reading a scorecard back gives the floors below
which they must not fall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from checker.evaluation.annotation import Span, Trap
from checker.evaluation.counting import evaluate
from checker.evaluation.figures import Evaluation, Recall
from checker.evaluation.places import Place, check_pages
from checker.options import Options
from checker.pipeline import Checker
from checker.rules.registry import all_rules
from checker.rules.rule import Rule
from glossary import Glossary
from glossary.lazy_pattern import lazy

_HEADING = "# Scorecard"
_ELSEWHERE = ("BIL", "ACC")  # need the Chinese, or a file of accepted findings
_ROW = lazy(r"^\| (?P<cells>.+) \|$")
_TABLES = {
    "By rule": ("name", "places", "supported", "chance", "traps", "clean"),
    "By category": ("faults", "found", "recall"),
    "By what finds a fault": ("faults", "found", "recall"),
}
_CELL = lazy(r"([\d.]*)(?: \((\d+)\))?")
_MEANING = {
    "glossary": "the glossary",
    "pattern": "patterns of damaged text",
    "statistical": "English that nobody writes",
    "source-only": "the Chinese",
    "human": "a reader's judgement",
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: places above info and those that fit an annotated fault; what chance gives; traps; hits on clean text.

    ``info`` counts its places of severity info, ``info_supported`` those of them that fit. ``clean`` counts places
    above info on clean English.
    """

    code: str
    name: str
    preview: bool
    places: int
    supported: int
    info: int
    info_supported: int
    chance: float | None
    traps: int
    clean: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All figures: ``overall`` is over the rules that are on by default."""

    pages: int
    words: int
    clean_words: int
    rules: tuple[RuleRow, ...]
    overall: Evaluation
    beyond: tuple[tuple[str, int], ...]

    @property
    def clean(self) -> int:
        """Places above info on clean English, of the rules that are on by default."""
        return sum(row.clean for row in self.rules if not row.preview)


def measured(
    pages: Mapping[str, str],
    spans: Sequence[Span],
    traps: Sequence[Trap],
    clean: Mapping[str, str],
    glossary: Glossary,
) -> Scorecard:
    """The figures of all rules, preview ones too, on annotated ``pages`` and on ``clean`` texts (name -> text)."""
    checker = Checker(glossary, Options(preview=True))
    return scorecard(pages, spans, traps, check_pages(pages, checker), clean, check_pages(clean, checker))


def scorecard(
    pages: Mapping[str, str],
    spans: Sequence[Span],
    traps: Sequence[Trap],
    places: Sequence[Place],
    clean: Mapping[str, str],
    clean_places: Sequence[Place],
) -> Scorecard:
    """The figures of all rules from the ``places`` they report on ``pages`` and on ``clean`` texts."""
    preview = {rule.code for rule in all_rules() if rule.preview}
    beyond = Counter(span.category for span in spans if span.detectable == "source-only")
    return Scorecard(
        len(pages),
        sum(len(text.split()) for text in pages.values()),
        sum(len(text.split()) for text in clean.values()),
        tuple(
            _rule_row(rule, pages, spans, traps, places, clean_places)
            for rule in all_rules()
            if not rule.code.startswith(_ELSEWHERE)
        ),
        evaluate(pages, spans, traps, [place for place in places if place.rule not in preview]),
        tuple(beyond.most_common()),
    )


def _rule_row(
    rule: Rule,
    pages: Mapping[str, str],
    spans: Sequence[Span],
    traps: Sequence[Trap],
    places: Sequence[Place],
    clean_places: Sequence[Place],
) -> RuleRow:
    counted = evaluate(pages, spans, traps, [place for place in places if place.rule == rule.code])
    noted = [score for score in counted.rules if not score.above_info]
    return RuleRow(
        rule.code,
        rule.name,
        rule.preview,
        counted.precision.places,
        counted.precision.supported,
        sum(score.supported + score.unsupported for score in noted),
        sum(score.supported for score in noted),
        counted.chance,
        len(counted.sprung),
        sum(place.counts and place.rule == rule.code for place in clean_places),
    )


def as_markdown(card: Scorecard, where: str) -> str:
    """The whole scorecard; ``where`` says in words what it was measured on."""
    return "\n".join([_HEADING, "", *_introduction(card, where), *_rules(card), *_recalls(card)]) + "\n"


def short_form(card: Scorecard) -> str:
    """The totals and the recall by what finds a fault, as a Markdown table."""
    return "\n".join([*_totals(card), "", *_by_knowledge(card.overall.recall_by_detectable)]) + "\n"


def _introduction(card: Scorecard, where: str) -> Iterator[str]:
    yield f"Measured on {where}: {card.pages} pages of {card.words:,} words,"
    yield f"and on {card.clean_words:,} words of clean English." if card.clean_words else "and on no clean English."
    yield ""
    yield "Everything is counted by place. A place is supported when it fits an annotated fault of its kind; the chance"
    yield "level is what the same places reach at random positions; a trap is a place where a checker must stay silent."
    yield "Findings of severity info are counted apart: they stand in brackets."
    yield ""
    yield from _totals(card)
    yield ""
    yield "## What cannot be found without the Chinese"
    yield ""
    found = card.overall.recall_by_detectable
    total = sum(recall.spans for recall in found.values())
    source, judgement = found.get("source-only", Recall(0, 0, 0)), found.get("human", Recall(0, 0, 0))
    kinds = ", ".join(f"{category} {count}" for category, count in card.beyond)
    yield f"{source.spans} of the {total} annotated faults show only beside the Chinese ({kinds})."
    yield "An amount that is wrong by a factor of ten, a wrong year, a clause left out or added, a rendering that is good"
    yield "English for something else: on an English page alone nothing is wrong with them, and no rule that reads the"
    yield "English alone will find them. Give the Chinese with `--source`."
    yield f"Another {judgement.spans} need a reader's judgement. Findings about something else touched"
    yield f"{source.found + judgement.found} of both together."
    yield ""
    for kind, recall in card.overall.mass_lines.items():
        yield f"Left out of the tables below for their number: {kind}, {recall.found} of {recall.spans} found."
    if card.overall.mass_lines:
        yield ""


def _totals(card: Scorecard) -> Iterator[str]:
    overall = card.overall
    share = overall.precision.share
    yield "| places above info | supported | precision | chance level | traps sprung | hits per 1,000 words of clean English |"
    yield "|---|---|---|---|---|---|"
    yield (
        f"| {overall.precision.places} | {overall.precision.supported} | {_share(share)} | {_share(overall.chance)} "
        f"| {len(overall.sprung)} of {overall.traps} | {_share(_hits(card, card.clean))} |"
    )


def _rules(card: Scorecard) -> Iterator[str]:
    yield "## By rule"
    yield ""
    yield "| rule | name | places | supported | chance level | traps sprung | clean English |"
    yield "|---|---|---|---|---|---|---|"
    for row in card.rules:
        name = f"{row.name} (preview)" if row.preview else row.name
        yield (
            f"| {row.code} | {name} | {_count(row.places, row.info)} | {_count(row.supported, row.info_supported)} "
            f"| {_share(row.chance)} | {row.traps} | {_share(_hits(card, row.clean))} |"
        )
    yield ""
    yield "Clean English: places above info per 1,000 words. A rule without places found nothing on these pages. Rules that"
    yield "need the Chinese (BIL) are not measured here."
    yield ""


def _recalls(card: Scorecard) -> Iterator[str]:
    yield "## By category"
    yield ""
    yield "| category | faults | found | recall |"
    yield "|---|---|---|---|"
    for name, recall in card.overall.recall_by_category.items():
        yield _recall_row(name, recall)
    yield ""
    yield "## By what finds a fault"
    yield ""
    yield from _by_knowledge(card.overall.recall_by_detectable)


def _by_knowledge(found: Mapping[str, Recall]) -> Iterator[str]:
    yield "| needs | faults | found | recall |"
    yield "|---|---|---|---|"
    for name, meaning in _MEANING.items():
        if name in found:
            yield _recall_row(meaning, found[name])


def _recall_row(name: str, recall: Recall) -> str:
    return f"| {name} | {recall.spans} | {recall.found} | {recall.found / recall.spans:.2f} |"


def _hits(card: Scorecard, places: int) -> float | None:
    """Places per 1,000 words of clean English; None where none was given."""
    return 1000 * places / card.clean_words if card.clean_words else None


def _count(above: int, info: int) -> str:
    return f"{above} ({info})" if info else str(above)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def read_rows(markdown: str) -> dict[tuple[str, str], dict[str, float]]:
    """The figures of a scorecard's tables: (heading of the table, first cell) -> column -> number.

    A figure in brackets stands under the column's name with " info" after it. Cells of words and empty ones are left out.
    """
    rows: dict[tuple[str, str], dict[str, float]] = {}
    heading = ""
    for line in markdown.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif heading in _TABLES and (match := _ROW.match(line)):
            first, *cells = (cell.strip() for cell in match["cells"].split("|"))
            row = {}
            for column, cell in zip(_TABLES[heading], cells, strict=True):
                if cell and (figures := _CELL.fullmatch(cell)):
                    row[column] = float(figures[1] or 0)
                    row[f"{column} info"] = float(figures[2] or 0)
            if row:
                rows[heading, first] = row
    return rows


def drops(floor: str, now: str) -> list[str]:
    """What is worse in one scorecard than in another, a line each.

    Found faults and supported places may not become fewer; unsupported places, traps and hits on clean English may not
    become more. Rows that only one of them has are not compared, for rules and annotations come and go.
    """
    before, after = read_rows(floor), read_rows(now)
    worse = []
    for key in sorted(before.keys() & after.keys()):
        old, new = before[key], after[key]
        if "found" in old:
            if new["found"] < old["found"] and new["faults"] >= old["faults"]:
                worse.append(f"{key[1]}: {new['found']:.0f} faults found, were {old['found']:.0f}")
            continue
        for what, was, is_now in (
            ("places not supported", _unsupported(old), _unsupported(new)),
            ("traps sprung", old["traps"], new["traps"]),
            ("hits on clean English", old.get("clean", inf), new.get("clean", 0)),
            ("supported places lost", 0, _supported(old) - _supported(new)),
        ):
            if is_now > was:
                worse.append(f"{key[1]}: {what} {is_now:g}, were {was:g}")
    return worse


def _supported(row: Mapping[str, float]) -> float:
    return row["supported"] + row["supported info"]


def _unsupported(row: Mapping[str, float]) -> float:
    return row["places"] - row["supported"]
