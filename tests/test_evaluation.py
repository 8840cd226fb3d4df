"""The counting against annotated pages, case by case as the gold's description puts it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checker.evaluation.annotation import GoldError, Span, Trap, find_pages, page_ids, read_gold, read_traps
from checker.evaluation.counting import evaluate
from checker.evaluation.fitting import akin, fits
from checker.evaluation.places import Place, read_findings
from tests.command_here import command_here

PAGE = "".join(chr(97 + i % 26) for i in range(20_000))


def span(start: int, end: int, category: str = "terminology", **more: str) -> Span:
    """An annotated span of the test page, within reach of the glossary unless said otherwise."""
    return Span("p", start, end, PAGE[start:end], category, **{"detectable": "glossary", **more})


def place(
    start: int, end: int, category: str = "terminology", severity: str = "warning", rule: str = "TRM101"
) -> Place:
    """A reported place of the test page."""
    return Place("p", start, end, rule, "a-rule", category, severity)


def test_akin_categories() -> None:
    """Categories of one group support each other, others only themselves; spacing stands in two groups."""
    assert akin("calque", "inconsistency")
    assert akin("spacing", "garbled")
    assert akin("spacing", "furniture")
    assert akin("omission", "omission")
    assert not akin("garbled", "furniture")
    assert not akin("number", "terminology")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(100, 110, True), (109, 112, True), (110, 120, False), (90, 100, False), (100, 150, True), (100, 151, False)],
)
def test_a_place_must_touch_and_not_be_much_longer(start: int, end: int, expected: bool) -> None:
    """A span of 10 characters is fitted by places that overlap it and have at most 3 x 10 + 20."""
    assert fits(place(start, end), span(100, 110)) is expected


def test_long_places_only_for_their_own_category() -> None:
    """Duplication, furniture and residue may be longer, and then only fit their own category."""
    assert fits(place(0, 5000, "duplication"), span(100, 110, "duplication"))
    assert not fits(place(0, 5000, "duplication"), span(100, 110, "garbled"))
    assert not fits(place(0, 5000, "garbled"), span(100, 110, "duplication"))


def test_recall_and_precision() -> None:
    """Recall counts spans, precision places above info; an info place finds but is not counted."""
    spans = [span(100, 110), span(200, 210), span(300, 310, detectable="pattern"), span(400, 410, detectable="human")]
    places = [place(100, 110), place(101, 105), place(205, 206, severity="info"), place(900, 910)]
    figures = evaluate({"p": PAGE}, spans, [], places)
    assert vars_of(figures.recall_by_detectable["glossary"]) == (2, 2, 1)
    assert vars_of(figures.recall_by_detectable["pattern"]) == (1, 0, 0)
    assert (figures.precision.places, figures.precision.supported) == (3, 2)
    assert figures.unsupported == (places[3],)
    assert figures.missed == (spans[2],)
    assert [(row.above_info, row.supported, row.unsupported) for row in figures.rules] == [(True, 2, 1), (False, 1, 0)]


def vars_of(recall: object) -> tuple[int, int, int]:
    """Spans, found, found above info."""
    return tuple(getattr(recall, key) for key in ("spans", "found", "found_above_info"))  # type: ignore[return-value]


def test_repeated_regions() -> None:
    """Inside a long duplication span nothing counts for precision, except findings of duplication itself."""
    region = span(5000, 9000, "duplication", detectable="pattern")
    inner = span(6000, 6010, "spacing", detectable="pattern")
    places = [
        place(5500, 5510),
        place(5600, 5610, "garbled"),
        place(6000, 6010, "spacing"),
        place(5000, 9000, "duplication", rule="GAR306"),
    ]
    figures = evaluate({"p": PAGE}, [region, inner], [], places)
    assert (figures.precision.places, figures.precision.supported, figures.left_out) == (1, 1, 3)
    assert vars_of(figures.recall_by_detectable["pattern"]) == (2, 2, 2)
    only_garbled = evaluate({"p": PAGE}, [region], [], places[:2])
    assert vars_of(only_garbled.recall_by_detectable["pattern"]) == (1, 0, 0)


def test_mass_lines_are_apart() -> None:
    """A subtype with more than 50 spans on a page has its own figures and leaves the others alone."""
    mass = [span(1000 + 10 * i, 1001 + 10 * i, "spacing", subtype="lone stop") for i in range(51)]
    places = [place(item.start, item.end, "spacing") for item in mass[:40]]
    figures = evaluate({"p": PAGE}, [*mass, span(100, 110)], [], [*places, place(100, 110)])
    assert vars_of(figures.mass_lines["lone stop"]) == (51, 40, 40)
    assert vars_of(figures.recall_by_category["terminology"]) == (1, 1, 1)
    assert "spacing" not in figures.recall_by_category
    assert figures.precision.places == 41
    assert figures.precision_beside_mass.places == 1


def test_chance_level() -> None:
    """Moved at random, places hit as often as the annotation is dense; the figure is the same in every run."""
    dense = [span(start, start + 10) for start in range(0, 20_000, 20)]
    places = [place(start, start + 1) for start in range(0, 2000, 20)]
    first = evaluate({"p": PAGE}, dense, [], places)
    assert first.precision.share == 1
    assert first.chance is not None
    assert 0.4 < first.chance < 0.6
    assert evaluate({"p": PAGE}, dense, [], places).chance == first.chance
    sparse = evaluate({"p": PAGE}, dense[:1], [], places)
    assert sparse.chance is not None
    assert sparse.chance < 0.01
    assert evaluate({"p": PAGE}, dense, [], []).chance is None


def test_chance_stays_out_of_repeated_regions() -> None:
    """Places are moved within the annotated text only: half a page of repetition does not lower the level."""
    region = span(10_000, 20_000, "duplication")
    dense = [span(start, start + 10) for start in range(0, 10_000, 20)]
    figures = evaluate({"p": PAGE}, [region, *dense], [], [place(20 * i, 20 * i + 1) for i in range(100)])
    assert figures.chance is not None
    assert 0.4 < figures.chance < 0.6


def test_traps() -> None:
    """A trap is sprung by any short enough place above info, of whatever category."""
    trap = Trap("p", 100, 110, PAGE[100:110], "right here")
    assert evaluate({"p": PAGE}, [], [trap], [place(105, 108, "number")]).sprung[0].trap == trap
    assert evaluate({"p": PAGE}, [], [trap], [place(105, 108, severity="info")]).sprung == ()
    assert evaluate({"p": PAGE}, [], [trap], [place(0, 500, "duplication")]).sprung == ()


def test_pages_are_kept_apart() -> None:
    """The same offsets on another page are another place."""
    other = replace(span(100, 110), file="q")
    figures = evaluate({"p": PAGE, "q": PAGE}, [other], [], [place(100, 110)])
    assert figures.precision.supported == 0


def test_a_quote_that_does_not_stand_there() -> None:
    """Annotation of another version of a page is refused, not counted."""
    with pytest.raises(GoldError, match="the annotation says 'nonsense' at 5-13"):
        evaluate({"p": PAGE}, [Span("p", 5, 13, "nonsense", "terminology")], [], [])


def test_reading_gold(tmp_path: Path) -> None:
    """Spans and traps are read from JSON Lines; a bad line is named, unknown keys are ignored."""
    gold = tmp_path / "gold.jsonl"
    row = {"file": "p", "start": 0, "end": 1, "quote": "a", "category": "terminology", "new": 1}
    gold.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert read_gold(gold) == (Span("p", 0, 1, "a", "terminology"),)
    gold.write_text('{"file": "p", "start": 0, "end": 1, "quote": "a", "why": "w"}', encoding="utf-8")
    assert read_traps(gold) == (Trap("p", 0, 1, "a", "w"),)
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: not a span"):
        read_gold(gold)


def test_reading_findings(tmp_path: Path) -> None:
    """Findings come from JSON Lines or an array, matched to pages by the end of their path."""
    row = {"type": "finding", "path": "site/p", "start": 1, "end": 3, "also": [[5, 7]], "rule": "R", "category": "name"}
    other = {**row, "path": "site/xp"}
    path = tmp_path / "findings"
    for content in (f"{json.dumps(row)}\n{json.dumps(other)}\n", json.dumps([row, {"type": "summary"}])):
        path.write_text(content, encoding="utf-8")
        assert [(item.file, item.start, item.end) for item in read_findings(path, ["p"])] == [("p", 1, 3), ("p", 5, 7)]
    path.write_text('{"path": "p", "rule": 1}', encoding="utf-8")
    with pytest.raises(GoldError, match="not a findings file"):
        read_findings(path, ["p"])


def test_finding_the_pages(tmp_path: Path) -> None:
    """Pages are found in a sibling or child folder of the gold, or in the folder named."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "pages").mkdir()
    page = tmp_path / "pages" / "p.txt"
    page.write_text("x")
    gold = tmp_path / "gold" / "g.jsonl"
    assert find_pages(gold, ["p.txt"]) == {"p.txt": page}
    assert find_pages(tmp_path / "g.jsonl", ["p.txt"]) == {"p.txt": page}
    assert find_pages(gold, ["p.txt"], tmp_path / "pages") == {"p.txt": page}
    with pytest.raises(GoldError, match=r"page q\.txt is not in"):
        find_pages(gold, ["q.txt"])


def test_page_ids() -> None:
    """A page goes by the digest of its text, and by one that its file name begins or goes on with."""
    of_text = "2cf24dba"  # of "hello"
    assert page_ids("page.txt", "hello") == (of_text,)
    assert page_ids("004_9dc53c1d821c8497.txt", "hello") == (of_text, "9dc53c1d")


def test_the_real_annotation_is_consistent(shared: Path) -> None:
    """A checker that reports just the annotated spans has full recall and precision and springs few traps."""
    gold = shared / "gold" / "seeds-gold.jsonl"
    spans = read_gold(gold)
    traps = read_traps(shared / "gold" / "seeds-traps.jsonl")
    assert (len(spans), len(traps)) == (775, 123)
    files = find_pages(gold, {item.file for item in spans})
    pages = {name: path.read_bytes().decode("utf-8") for name, path in files.items()}
    places = [Place(s.file, s.start, s.end, "X", "x", s.category, "warning") for s in spans]
    figures = evaluate(pages, spans, traps, places)
    assert figures.precision.share == 1
    assert figures.missed == ()
    assert sorted(item.spans for item in figures.mass_lines.values()) == [108, 165]
    assert figures.chance is not None
    assert figures.chance < 0.35


@pytest.mark.parametrize(
    "place", ['"start": 0.0, "end": 3', '"start": NaN, "end": 3', '"start": 3, "end": 0', '"start": 0, "end": 0', '"start": "0", "end": 3']
)  # fmt: skip
def test_places_that_are_none(tmp_path: Path, place: str) -> None:
    """An annotation whose place is no place is told at its line."""
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"file": "p.txt", {place}, "quote": "The", "category": "calque"}}\n', encoding="utf-8")
    with pytest.raises(GoldError, match="not a span"):
        read_gold(path)


def test_encodings_of_annotations(tmp_path: Path) -> None:
    """A byte order mark does no harm; what is not UTF-8 is said in a sentence."""
    path = tmp_path / "gold.jsonl"
    row = '{"file": "p.txt", "start": 0, "end": 3, "quote": "The", "category": "calque"}'
    path.write_text(f"\ufeff{row}\r\n", encoding="utf-8")
    assert [item.quote for item in read_gold(path)] == ["The"]
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(GoldError, match="not UTF-8"):
        read_gold(path)
    with pytest.raises(GoldError, match="not UTF-8"):
        read_findings(path, ["p.txt"])


@pytest.mark.parametrize(
    "options", [("--scorecard", "--leave-page-out"), ("--scorecard", "--findings", "f.jsonl"),
                ("--scorecard", "--format", "json"), ("--scorecard", "--verbose"), ("--findings", "f.jsonl", "--leave-page-out")]
)  # fmt: skip
def test_options_that_do_not_go_together(tmp_path: Path, options: tuple[str, ...]) -> None:
    """An option that would do nothing is refused."""
    (tmp_path / "gold.jsonl").write_text("", encoding="utf-8")
    done = command_here("evaluate", "gold.jsonl", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert options[-1] in done.stderr or options[1] in done.stderr


def test_findings_of_pages_with_one_name(tmp_path: Path) -> None:
    """A finding belongs to the page whose whole name its path ends with."""
    path = tmp_path / "f.jsonl"
    path.write_text('{"path": "g/sub/p.txt", "rule": "TRM101", "category": "calque", "start": 0, "end": 3}\n')
    assert [place.file for place in read_findings(path, ["p.txt", "sub/p.txt"])] == ["sub/p.txt"]


def test_controls_that_are_not_there(tmp_path: Path) -> None:
    """A folder without clean English gives no figure."""
    (tmp_path / "gold.jsonl").write_text("", encoding="utf-8")
    done = command_here("evaluate", "gold.jsonl", "--scorecard", "--controls", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "no .txt files" in done.stderr
