"""Checking with the Chinese beside it: terms in the source, the pipeline, the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker import check
from checker.bitext import SourceText
from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from checker.spotting.chinese import ChineseSpotter
from glossary import load
from tests.bilingual_pair import make_pair
from tests.command_here import command_here
from tests.tiny import tiny_glossary

ZH = "全县有医联体12个，床位3500张。\n全市共留用结余资金1.2亿元。\n"
RIGHT = "The county has 12 medical consortiums with 3,500 beds.\nThe city retained 120 million yuan.\n"
WRONG = RIGHT.replace("120 million", "1.2 billion")

GERMAN = (
    "Der Kreis hat 12 Verbünde mit 3500 Betten, und die Ärzte werden von der Kasse bezahlt. Das ist nicht neu: Es wurde mit "
    "dem Plan für die Kreise eingeführt und durch das Amt geprüft, auch in der Stadt. Die Reform wird fortgesetzt."
)


@pytest.fixture(scope="module")
def chinese() -> ChineseSpotter:
    """Finds the terms of the curated glossary."""
    return ChineseSpotter(load())


def found(spotter: ChineseSpotter, text: str) -> list[str]:
    """The terms of a text, with ? where a word crosses an edge; those inside longer ones left out."""
    return [text[t.start : t.end] + ("?" if t.doubtful else "") for t in spotter.terms(text) if not t.inner]


def test_terms_in_both_scripts(chinese: ChineseSpotter) -> None:
    """Traditional characters find the same terms at the same places."""
    assert found(chinese, "建设医疗联合体") == ["医疗联合体"] or found(chinese, "建设医疗联合体")[0].startswith(
        "医疗联合体"
    )
    assert len(found(chinese, "醫療聯合體")) == len(found(chinese, "医疗联合体")) == 1


def test_latin_edges_are_bounded(chinese: ChineseSpotter) -> None:
    """Han edges are free, Latin ones are not."""
    assert "DIP付费" in found(chinese, "按DIP付费")[0]
    assert found(chinese, "diploma ADIPOSE") == []


def test_a_word_across_an_edge(chinese: ChineseSpotter) -> None:
    """A term that a word of the language begins or ends in is doubtful; otherwise jieba is not even loaded."""
    assert found(chinese, "出台账目清楚") in ([], ["台账?"], ["出台?"])


def test_jieba_is_loaded_only_when_needed() -> None:
    """A source whose terms stand clear needs no cut."""
    program = (
        "import sys; from checker import check; check('The county has 12 hospitals.', '分级诊疗，紧密型县域医共体，全县12家医院。');"
        "sys.exit('jieba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr


def test_source_triggers_are_live() -> None:
    """A form that needs the Chinese is reported beside it, as an error with its evidence, and nowhere else."""
    glossary = tiny_glossary()
    text = "The county has 12 medical teams.\nIts 96 doctors form medical teams too."
    source = "全县有12个医联体。\n96名医生组成医疗队。"
    (finding,) = [item for item in check(text, source, glossary).findings if item.rule == "TRM101"]
    assert (finding.severity, finding.confidence, finding.quote) == ("error", "high", "medical teams")
    assert finding.source_quote == "医联体"
    assert finding.count == 1
    assert source[finding.source_start : finding.source_end] == "医联体"
    assert not [item for item in check(text, None, glossary).findings if item.rule == "TRM101"]


def test_metrics_of_a_pair() -> None:
    """The bilingual figures stand beside the others only where there is a source."""
    metrics = check(RIGHT, ZH).documents[0].metrics
    assert metrics["number_agreement"] == 1.0
    assert metrics["term_success_rate"] > 0
    assert metrics["omission_rate"] == 0.0
    assert check(WRONG, ZH).documents[0].metrics["number_agreement"] < 1
    assert "number_agreement" not in check(RIGHT).documents[0].metrics


@pytest.mark.parametrize("seed", [50, 51, 52])
def test_paragraphs_left_out(seed: int) -> None:
    """Of paragraphs that are not translated half are reported and more, and nothing that is translated."""
    pair = make_pair(60, 0.1, seed)
    translated = {paragraph for _, _, paragraph in pair.english_sentences}
    document = Document("page", pair.english, source=SourceText("source", pair.chinese))
    found = Checker(load(), Options(select=("BIL705",))).check([document]).findings
    accused: set[int] = set()
    for finding in found:
        start, end = finding.source_start, finding.source_end
        if start is not None and end is not None:
            accused |= {paragraph for a, b, paragraph in pair.chinese_sentences if a < end and start < b}
    assert not accused & translated
    missing = {paragraph for _, _, paragraph in pair.chinese_sentences} - translated
    assert len(accused) >= len(missing) / 2


@pytest.mark.parametrize(("english", "found"), [("19℃", 0), ("19℃ and the wind at 35 kilometers an hour", 1)])
def test_a_long_sentence_needs_a_figure_of_its_own(english: str, found: int) -> None:
    """Length alone is shown at low confidence only; what proves an addition is a figure that the Chinese has not."""
    source = "夜间阴转小雨，风力不大，各乡镇卫生院气温19℃，出行请注意保暖。"
    text = (
        "At night the weather will turn from cloudy to light rain in the whole of the county, with only a little wind "
        f"blowing now and then, and at the township health centers the temperature will be no higher than {english}, so "
        "please dress warmly when you go out."
    )
    assert sum(item.rule == "BIL705" for item in check(text, source).findings) == found


def test_what_was_not_checked() -> None:
    """Only without Chinese does the summary say that it was missing."""
    assert not any("no Chinese" in note for note in check(RIGHT, ZH).summary.unchecked)
    assert any("no Chinese" in note for note in check(RIGHT).summary.unchecked)


def test_a_chinese_page_by_itself_is_told_from_a_fine_one() -> None:
    """A page that is Chinese was not found fine: its report and the summary say so, and ask for nothing else."""
    result = check(ZH)
    assert result.documents[0].reasons == ("Chinese, not English",)
    assert result.summary.unchecked == ("1 of 1 page is Chinese: --source checks the English beside it",)
    assert not check(RIGHT).documents[0].reasons


def test_refused_in_python() -> None:
    """A source that is none is an error of the result."""
    assert [error.reason for error in check(ZH, RIGHT).errors] == ["swapped"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """English and Chinese beside each other, in one folder and in two."""
    for name, content in (
        ("page.txt", WRONG), ("page.zh.txt", ZH), ("alone.txt", RIGHT),
        ("en/a.txt", WRONG), ("zh/a.txt", ZH), ("both.txt", ZH + WRONG), ("short.zh.txt", ZH.splitlines()[0] + "\n"),
        ("german.txt", GERMAN),
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "source"), [("page.txt", "page.zh.txt"), ("en", "zh"), ("both.txt", "both.txt"), ("page.txt", ".")]
)
def test_check_with_a_source(folder: Path, path: str, source: str) -> None:
    """A file beside a file, a folder beside a folder, a file that holds both."""
    done = command_here("check", path, "--source", source, "--select", "BIL702", "--format", "jsonl", cwd=folder)
    assert done.returncode == 1, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    (finding,) = [row for row in rows if row["type"] == "finding"]
    assert (finding["quote"], finding["suggestion"]) == ("1.2 billion", "120 million")
    assert finding["source_quote"] == "1.2亿"


@pytest.mark.parametrize("name", ["turns.txt", "cells.tsv"])
def test_a_source_that_holds_both(folder: Path, name: str) -> None:
    """Of a source in both languages, lines in turn or a table, the Chinese alone counts."""
    between = "\n" if name == "turns.txt" else "\t"
    rows = zip(ZH.splitlines(), RIGHT.splitlines(), strict=True)
    (folder / name).write_text("".join(f"{zh}{between}{en}\n" for zh, en in rows), encoding="utf-8")
    done = command_here("check", "page.txt", "--source", name, "--select", "BIL", "--format", "concise", cwd=folder)
    assert [line.split(" ")[1] for line in done.stdout.splitlines()] == ["BIL702"]


def test_one_folder_with_both(folder: Path) -> None:
    """In one folder the Chinese files are no pages of their own; a page without Chinese is checked alone."""
    done = command_here("check", ".", "--source", ".", "--format", "jsonl", "--exit-zero", cwd=folder)
    paths = {row["path"] for row in map(json.loads, done.stdout.splitlines()) if row["type"] == "document"}
    assert {"./page.txt", "./alone.txt"} <= paths or {"page.txt", "alone.txt"} <= paths
    assert not any(path.endswith("page.zh.txt") for path in paths)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "page.zh.txt", "--source", "page.txt"), "swapped"),
        (("check", "page.txt", "--source", "alone.txt"), "not Chinese"),
        (("check", "page.txt", "--source", "nowhere.txt"), "no such file"),
        (("check", "page.txt", "alone.txt", "--source", "page.zh.txt"), "2 files"),
        (("check", "page.txt", "--source", "page.txt"), "holds no Chinese"),
        (("check", "page.txt", "--source", "zh"), "(page.txt, page.zh.txt)"),
        (("check", "german.txt", "--source", "page.zh.txt"), "the translation is German, not English"),
        (("check", "page.txt", "--source", "german.txt"), "its source german.txt is German, not Chinese"),
        (("align", "german.txt", "page.zh.txt"), "the translation is German, not English"),
        (("check", "page.txt", "--lines"), "--lines needs --source"),
        (("check", "page.txt", "--source", "./page.txt", "--lines"), "--lines is for two files"),
        (("check", "page.txt", "--source", "short.zh.txt", "--lines"), "2 lines and the Chinese 1"),
        (("align", "page.txt", "short.zh.txt", "--lines"), "2 lines and the Chinese 1"),
        (("align", "page.zh.txt", "page.txt"), "swapped"),
        (("align", "page.txt", "page.zh.txt", "--format", "tmxx"), "did you mean 'tmx'"),
    ],
)
def test_bad_input(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    """What cannot be compared is said in a sentence, with exit code 2."""
    done = command_here(*arguments, cwd=folder)
    assert done.returncode == 2
    assert message in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_align_writes_pairs(folder: Path) -> None:
    """Pairs as lines of cells, and as XML that parses and holds both sides."""
    from xml.etree import ElementTree

    done = command_here("align", "page.txt", "page.zh.txt", cwd=folder)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[:2] for row in rows] == [list(pair) for pair in zip(WRONG.splitlines(), ZH.splitlines(), strict=True)]
    for name, tag in (("tmx", "tuv"), ("xliff", "trans-unit")):
        root = ElementTree.fromstring(
            command_here("align", "page.txt", "page.zh.txt", "--format", name, cwd=folder).stdout
        )
        found = [element for element in root.iter() if element.tag.rsplit("}", 1)[-1] == tag]
        assert len(found) == (4 if name == "tmx" else 2)


def test_concordance(folder: Path) -> None:
    """A term's places in English, and with the source both sides; exit code 1 when it stands nowhere."""
    done = command_here("concordance", "医联体", "page.txt", "--source", "page.zh.txt", cwd=folder)
    assert done.returncode == 0
    assert "[medical consortiums]" in done.stdout
    assert "[医联体]" in done.stdout
    (folder / "county.txt").write_text("The compact county medical community has 12 members.\n", encoding="utf-8")
    (folder / "county.zh.txt").write_text("紧密型县域医共体有12家成员单位。\n", encoding="utf-8")
    whole = command_here("concordance", "医共体", "county.txt", "--source", "county.zh.txt", cwd=folder)
    assert whole.stdout.splitlines() == [
        "county.txt:1:5  The [compact county medical community] has 12 members.",
        "  zh  [紧密型县域医共体]有12家成员单位。",
    ]
    words = command_here("concordance", "has  12 Members", "county.txt", cwd=folder)
    assert words.stdout == "county.txt:1:38  The compact county medical community [has 12 members].\n"
    none = command_here("concordance", "处方流转", "page.txt", "--source", "page.zh.txt", cwd=folder)
    assert (none.returncode, none.stdout, none.stderr) == (1, "", "yigai: '处方流转' stands nowhere\n")
