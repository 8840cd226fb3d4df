"""The reports: what a person sees, what an editor jumps to, what a program reads."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from checker.document import Document, Unit
from checker.finding import CheckError, ConceptSummary, Finding, Fix, Related, Result, SourceReference
from checker.protected import protected_text
from checker.reports import BINARY, FORMATS, report
from checker.reports.text import WIDTH, code_frame
from checker.reports.visible import columns, visible

Found = Callable[..., Finding]
ResultOf = Callable[..., Result]

LINE = (
    "In the coming years the working mechanism of the medical association will be strengthened step by step, "
    "and every medical association shall have a charter."
)


def written(name: str, result: Result, document: Document | None) -> str:
    """What the report called ``name`` writes when the text is at hand."""
    stream = io.StringIO()
    report(name)(result, stream, lambda path, record: document)
    return stream.getvalue()


def test_a_finding_for_people(found: Found, result_of: ResultOf) -> None:
    """Header with every place, code frame, what to write and why, who says so: exactly these lines."""
    document = Document("site/004.txt", "Title\n" + LINE)
    second = document.text.rindex("medical association")
    finding = found(
        document,
        "medical association",
        suggestion="medical consortium",
        zh="医联体",
        why='an "association" is a society (医学会)',
        also=((second, second + 19),),
        count=2,
        sources=(SourceReference("Notice", "https://example.org", "State Council", "2020"),),
        admitted=("medical alliance",),
    )
    lines = written("text", result_of([document], [finding]), document).splitlines()
    assert lines[:6] == [
        "site/004.txt:2:50  warning  TRM101 wrong-rendering  (2 places: 2:115)",
        "  …the working mechanism of the medical association will be strengthened step…",
        "                                ^^^^^^^^^^^^^^^^^^^",
        '  write  medical consortium    医联体: an "association" is a society (医学会)',
        "  source State Council 2020; also admitted: medical alliance",
        "",
    ]


def test_a_finding_that_only_a_person_can_mend(found: Found, result_of: ResultOf) -> None:
    """Without a suggestion the message stands as a note, and nothing is said of sources."""
    document = Document("p", "hook mechanism")
    finding = found(document, "hook mechanism", message="nobody knows what this means")
    assert "  note   nobody knows what this means\n\n" in written("text", result_of([document], [finding]), document)


def test_related_text_has_its_place(found: Found, result_of: ResultOf) -> None:
    """What explains a finding is shown with where it stands."""
    document = Document("p", "medical union\nmedical consortium")
    finding = found(document, "medical union", related=(Related(14, 32, "the name to settle on"),))
    assert "  see    2:1  the name to settle on\n" in written("text", result_of([document], [finding]), document)


def test_many_places_are_cut(found: Found, result_of: ResultOf) -> None:
    """A header lists six further places at most."""
    document = Document("p", "x " * 20)
    finding = found(document, "x", also=tuple((i, i + 1) for i in range(2, 22, 2)), count=11)
    head = written("text", result_of([document], [finding]), document).splitlines()[0]
    assert head.endswith("(11 places: 1:3, 1:5, 1:7, 1:9, 1:11, 1:13, …)")


@pytest.mark.parametrize("padding", [0, 5, 60, 500])
@pytest.mark.parametrize("quote", ["word", "医联体", "q" * 200, "two\nlines"])
def test_carets_stand_under_the_quote(found: Found, padding: int, quote: str) -> None:
    """Wherever a quote stands and however wide it is, the carets are as wide and start where it starts."""
    before = ("ab 中 " * padding)[: padding * 3]
    document = Document("p", f"{before}{quote}{' tail' * padding}")
    frame, carets = code_frame(found(document, quote), document)
    assert columns(frame) <= WIDTH - 2
    start = len(carets) - len(carets.lstrip())
    shown = visible(quote)
    if columns(shown) < 40:
        position = next(i for i in range(len(frame) + 1) if columns(frame[:i]) == start)
        assert frame[position:].startswith(shown)
        assert carets.count("^") == columns(shown)


def test_nothing_of_a_page_steers_the_terminal(found: Found, result_of: ResultOf) -> None:
    """Escape sequences, other controls and direction marks are shown by number, in every format."""
    evil = "a\x1b[31m\x9b2J\u202e\x07b"
    document = Document(f"x{evil}.txt", f"before {evil} after {evil}")
    finding = found(document, evil, message=f"see {evil}", suggestion=evil, zh=evil, why=evil)
    result = result_of([document], [finding])._replace(errors=(CheckError(evil, None, "missing", evil),))
    for name in sorted(set(FORMATS) - BINARY):
        content = written(name, result, document)
        assert not set(content) & set("\x1b\x9b\u202e\x07"), name
    assert "a<U+001B>[31m<U+009B>2J<U+202E><U+0007>b" in written("text", result, document)
    assert json.loads(written("json", result, document))[1]["quote"] == evil


def test_colour_only_on_a_terminal(found: Found, result_of: ResultOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour needs a terminal, and gives way to NO_COLOR."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    document = Document("p", LINE)
    result = result_of([document], [found(document, "step")])
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = Terminal(), Terminal()
    report("text")(result, coloured, lambda path, record: document)
    monkeypatch.setenv("NO_COLOR", "1")
    report("text")(result, plain, lambda path, record: document)
    assert "\x1b[33m" in coloured.getvalue()
    assert "\x1b" not in plain.getvalue()
    assert "\x1b" not in written("text", result, document)


def test_the_summary(result_of: ResultOf) -> None:
    """Pages by what to do with them, mixed names with the one to settle on, and what was not checked."""
    document = Document("a.txt", "text")
    plain = result_of(
        [document],
        [],
        triage={"mend": 1},
        concepts=(
            ConceptSummary("c1", "医联体", {"medical alliance": 1, "medical union": 3}, "medical consortium"),
            ConceptSummary("c2", "分级诊疗", {"tiered care": 1}, "tiered care"),
        ),
        unchecked=("numbers: no Chinese",),
        skipped=2,
    )
    (page,) = plain.documents
    result = plain._replace(documents=(page._replace(triage="mend", reasons=("3 wrong names",)),))
    lines = written("text", result, document).splitlines()
    assert lines == [
        "1 page: 1 to mend; 0 errors, 0 warnings, 0 notes",
        "  to mend: a.txt: 3 wrong names",
        "",
        "names in use for one thing (1 of 2 terms)",
        "          rendering         pages  settle on",
        "  医联体  medical union         3  medical consortium",
        "          medical alliance      1",
        "",
        "not checked: numbers: no Chinese",
        "skipped: 2 files of folders, not a known text format",
    ]


def test_concise(found: Found, result_of: ResultOf) -> None:
    """One line a finding, as editors expect it."""
    document = Document("a.txt", "x\nbad words")
    finding = found(document, "bad", message="write good")
    assert written("concise", result_of([document], [finding]), None) == "a.txt:2:1: TRM101 write good\n"


def test_places_in_containers(found: Found, result_of: ResultOf) -> None:
    """What stands in a unit is named by it: no line that nobody can open; a catalogue's lines are those of the file."""
    units = (Unit(0, 4, "segment 7"), Unit(6, 9, "segment 9"))
    document = Document("a.xlf", "some\n\nbad", units=units, kind="xliff")
    finding = found(document, "bad", message="write good", unit="segment 9", also=((0, 4),), fixes=(Fix(6, 9, "x"),))
    result = result_of([document], [finding])
    assert written("concise", result, document) == "a.xlf: segment 9: TRM101 write good\n"
    assert written("github", result, document) == (
        "::warning file=a.xlf,title=TRM101 wrong-rendering::segment 9: write good\n"
    )
    (run,) = json.loads(written("sarif", result, document))["runs"]
    (item,) = run["results"]
    for place, name in ((item["locations"][0], "segment 9"), (item["relatedLocations"][0], "segment 7")):
        assert "region" not in place["physicalLocation"]
        assert place["logicalLocations"] == [{"name": name}]
    assert "fixes" not in item
    _, row = csv.reader(io.StringIO(written("csv", result, document).removeprefix("\ufeff")))
    assert row[2:5] == ["segment 9", "", ""]
    line = result_of([document], [finding._replace(unit="line 12", path="a.po", also=())])
    assert written("concise", line, document) == "a.po:12: TRM101 write good\n"
    assert written("github", line, document).startswith("::warning file=a.po,line=12,title=")
    (run,) = json.loads(written("sarif", line, document))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 12
    sheet = result_of([document], [finding._replace(unit="B7", record="Terms", also=())])
    assert written("concise", sheet, document) == "a.xlf: Terms, B7: TRM101 write good\n"


def test_what_is_to_be_kept(found: Found, result_of: ResultOf) -> None:
    """Titles, numbers, addresses, licence lines and names are listed once and counted; what is wrong is not kept."""
    document = Document("a.html", KEPT, outside=((0, 1, "frame"), (2, 3, "other language")))
    line = found(document, "Home > News", category="furniture", also=((0, 4),), count=2)
    wrong = found(document, "Health and Health Commission")
    result = result_of([document], [line, wrong])
    seen = [(item.kind, item.text, item.times) for item in protected_text(document, [(wrong.start, wrong.end)])]
    assert seen == [
        ("title", "《关于推进分级诊疗的意见》", 1), ("title", "“Opinions on Tiered Care”", 2),
        ("law", "Basic Medical and Health Care Law of the People's Republic of China", 1),
        ("document number", "国办发〔2015〕70号", 1), ("document number", "Guobanfa [2015] No. 70", 1),
        ("address", "No. 12 Renmin East Road, Lanjiang City", 1), ("contact", "office@example.org", 1),
        ("licence", "Copyright 2021 云ICP备05070218号", 1), ("name", "Lanjiang People's Hospital", 1),
    ]  # fmt: skip
    text = written("text", result, document)
    assert (
        "seen, to be kept as it stands: 10 places\n  titles: 《关于推进分级诊疗的意见》; “Opinions on Tiered Care” (2×)"
        in text
    )
    assert "not article text: 2 lines of the pages\nnot article text: 2 parts around the articles, not read\n" in text
    page = written("html", result, document)
    assert "Seen, to be kept as it stands: 10 places" in page
    assert "“Opinions on Tiered Care” (2×)" in page
    assert "Not article text: 4 places" in page
    assert "1 part not read: frame" in page
    assert "remove" not in text + re.sub("(?s)<(script|style)>.*?</", "", page)


KEPT = """Home > News
In the 《关于推进分级诊疗的意见》 and the “Opinions on Tiered Care” (国办发〔2015〕70号, Guobanfa [2015] No. 70) it is said.
The “Opinions on Tiered Care” rest on the Basic Medical and Health Care Law of the People's Republic of China.
The Lanjiang People's Hospital and the Health and Health Commission Bureau agree, "said he".
Address: No. 12 Renmin East Road, Lanjiang City, office@example.org
Copyright 2021 云ICP备05070218号
"""


def test_json_and_json_lines_hold_the_same(found: Found, result_of: ResultOf) -> None:
    """Both give the same objects in the same order, each with version and type, the summary last."""
    first, second = Document("a", "bad"), Document("b", "bad")
    result = result_of([first, second], [found(first, "bad"), found(second, "bad")])
    rows = [json.loads(line) for line in written("jsonl", result, None).splitlines()]
    assert rows == json.loads(written("json", result, None))
    assert [row["type"] for row in rows] == ["document", "finding", "document", "finding", "summary"]
    assert {row["version"] for row in rows} == {1}
    assert rows[1]["quote"] == first.text[rows[1]["start"] : rows[1]["end"]]


def test_line_separators_do_not_break_json_lines(found: Found, result_of: ResultOf) -> None:
    """U+2028 inside a quote stays inside its line, for readers that split at it."""
    document = Document("a", "one\u2028two")
    content = written("jsonl", result_of([document], [found(document, "one\u2028two")]), None)
    assert len(content.splitlines()) == 3


def test_sarif_and_github(found: Found, result_of: ResultOf) -> None:
    """Both give path, place, rule and message; SARIF says that its columns are code points."""
    document = Document("a b.txt", "first\n𠮷 one step, two\n")
    result = result_of([document], [found(document, "step", message="50% wrong, see: this")])
    (run,) = json.loads(written("sarif", result, document))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.txt"
    assert (place["region"]["startLine"], place["region"]["startColumn"], place["region"]["endColumn"]) == (2, 7, 11)
    assert (run["columnKind"], run["results"][0]["ruleId"], run["results"][0]["level"]) == (
        "unicodeCodePoints", "TRM101", "warning",
    )  # fmt: skip
    assert written("github", result, document) == (
        "::warning file=a b.txt,line=2,endLine=2,col=7,endColumn=11,title=TRM101 wrong-rendering::50%25 wrong, see: this\n"
    )
