"""What `yigai corpus discover` finds in English, in Chinese, in pairs and in a store, and what it leaves out."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.corpus.discovery.english_terms import EnglishTerms
from checker.corpus.discovery.likeness import Likenesses
from checker.corpus.discovery.survey import Survey
from checker.document import Document
from checker.phrases.chinese import chinese_phrases
from checker.phrases.counts import Context, PhraseCounts, Sighting, c_values
from checker.phrases.english import noun_phrases, singular, units
from glossary import Glossary, load

Run = Callable[..., Any]

CHINESE = """\
桃溪县去年设立家庭病床，由县医院的护士每周上门。
县医院还设立了云药房，药品直接寄到患者家中。
云药房每天配药两百单，村里的老人也能用上。
患者说，云药房比去县城买药方便得多。
分级诊疗的效果很好，多数患者在乡镇看病。
分级诊疗还减少了转院的次数。
明年，县里将把分级诊疗推广到所有乡镇。
"""
ENGLISH = """\
Last year Taoxi County set up home sickbeds, and nurses from the county hospital visit every week.
The county hospital also set up a cloud pharmacy, which sends medicines straight to patients' homes.
The cloud pharmacy fills 200 prescriptions a day, and old people in the villages can use it too.
Patients say that the cloud pharmacy is far handier than buying medicines in town.
Layered visiting works well, and most patients are seen in the townships.
Layered visiting has also cut the number of transfers.
Next year the county will bring layered visiting to every township.
"""
PAGE = """\
Copyright © 2021 Taoxi County. All Rights Reserved.

Taoxi County opened its first recovery garden in May. The recovery garden serves 40 patients a day.
Doctors praise the recovery garden, and the county will build a recovery garden in every township.
The "nurse on wheels" visits farms. Wang Xiaoming runs the "nurse on wheels" from Jilin Province.
Wang Xiaoming thanked Jilin Province. Managers improve the working mechanism and the working mechanism improves.
"""


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """The curated glossary."""
    return load()


@pytest.fixture(scope="module")
def likenesses(glossary: Glossary) -> Likenesses:
    """The comparison with all concepts of the curated glossary."""
    return Likenesses(glossary)


def found(done: Any, method: str) -> list[dict[str, Any]]:
    """The finds of one method in the JSON of a run."""
    assert done.returncode == 0, done.stderr
    return [find for find in json.loads(done.stdout)["finds"] if find["method"] == method]


def phrases(text: str) -> dict[tuple[str, ...], bool]:
    """The noun phrases of a text, with whether each is whole."""
    return {seen.units: seen.free for seen, _ in noun_phrases(text, [(0, len(text))], [])}


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("stepped care", "tiered-diagnosis-and-treatment"),
        ("autonomy of employment", "autonomy-in-recruitment"),
        ("two-vote system", "two-invoice-system"),
        ("targeted assistance", "paired-assistance"),
    ],
)
def test_another_rendering_is_recognised(likenesses: Likenesses, phrase: str, concept: str) -> None:
    """A phrase whose morphemes and head say what a known rendering says is given to that concept, with the evidence."""
    like = likenesses.best(units(phrase.split()))
    assert like is not None
    assert like.concept.id == concept
    assert like.agreements
    assert like.head in units(phrase.split())


@pytest.mark.parametrize("phrase", ["tiered care", "county hospital", "wooden table", "medical development", "care"])
def test_what_is_known_or_foreign_is_like_nothing(likenesses: Likenesses, phrase: str) -> None:
    """A known rendering, one that is only longer or shorter, and words of no field are not given to a concept."""
    assert likenesses.best(units(phrase.split())) is None


def test_noun_phrases_end_at_verbs_and_function_words() -> None:
    """Verbs, adverbs, determiners and empty adjectives part phrases; what stands whole is told from a piece."""
    seen = phrases("The hospital party committee implements the relevant recovery garden plan steadily.")
    assert seen[("hospital", "party", "committee")] is True
    assert seen[("party", "committee")] is False
    assert seen[("recovery", "garden", "plan")] is True
    assert not any("implements" in run or "relevant" in run or "steadily" in run for run in seen)


def test_phrases_across_and_and_of() -> None:
    """Two runs with "and" or "of" between them are a phrase; a plural before a noun is none."""
    seen = phrases("They praise prevention and control capacity, autonomy of the hospitals, and services full of care.")
    assert ("prevention", "and", "control", "capacity") in seen
    assert ("autonomy", "of", "hospital") in seen
    assert ("services", "full") not in seen


@pytest.mark.parametrize(
    ("word", "expected"),
    [("capabilities", "capability"), ("specialties", "specialty"), ("clinics", "clinic"), ("diagnosis", "diagnosis")],
)
def test_singular(word: str, expected: str) -> None:
    """Regular plurals are counted with their singular."""
    assert singular(word) == expected


def test_known_terms_are_whole_words_of_a_phrase() -> None:
    """A phrase may contain a known term, but neither be one nor cut one, in either language."""
    text = "the tiered care map"
    seen = [" ".join(seen.units) for seen, _ in noun_phrases(text, [(0, len(text))], [(4, 15)])]
    assert seen == ["tiered care map"]
    chinese = "分级诊疗地图"
    assert ["".join(seen.units) for seen, _ in chinese_phrases(chinese, [(0, 4)])] == ["分级诊疗地图"]


def test_counting_stays_within_bounds() -> None:
    """However many phrases come, no more than the limit are kept, and what stands often is not forgotten."""
    counts = PhraseCounts(kept=100)
    for number in range(3000):
        counts.next_page()
        for name in (f"rare {number}", "common phrase"):
            counts.add(Sighting(tuple(name.split()), name), lambda: Context("p", None, 1, "c"))
        assert len(counts.counts) <= 100
    assert counts.counts["common", "phrase"].count == 3000
    assert len(counts.counts["common", "phrase"].contexts) == 3


def test_c_value_prefers_the_whole() -> None:
    """What stands practically only inside a longer phrase is left out; what stands alone too keeps its own places."""
    values = c_values({("a", "b", "c"): 5, ("a", "b"): 5, ("b", "c"): 15})
    assert ("a", "b") not in values
    assert values["b", "c"] == pytest.approx(10 * 1.585, abs=0.01)


def test_terms_of_a_page(tmp_path: Path, yigai: Run) -> None:
    """A new term is found with its places; furniture, places, people and words of all administration are not."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    terms = found(yigai("corpus", "discover", "page.txt", "--format", "json", cwd=tmp_path), "english")
    assert [(find["text"], find["places"]) for find in terms] == [("recovery garden", 4), ("nurse on wheels", 2)]
    assert terms[0]["contexts"][0]["line"] == 3
    assert "recovery garden" in terms[0]["contexts"][0]["text"]


def test_a_term_taken_out_comes_back(tmp_path: Path, glossary: Glossary, yigai: Run) -> None:
    """A concept that a house style withdraws is found again on pages that name it, in both languages."""
    (tmp_path / "layer.yaml").write_text("- {id: township-health-center, status: withdrawn}\n", encoding="utf-8")
    texts = {
        "en.txt": "The township health center opened. Two township health centers closed.\n乡镇卫生院\n",
        "zh.txt": "县里的乡镇卫生院都装了设备。乡镇卫生院缺人。\n",
    }
    survey = Survey(glossary)
    survey.add([Document(name, text) for name, text in texts.items()])
    assert survey.discovered(10).finds == ()
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    held = yigai("corpus", "discover", "en.txt", "zh.txt", "--format", "json", "--glossary", "layer.yaml", cwd=tmp_path)
    assert [find["text"] for find in found(held, "english")] == ["township health center"]
    assert [find["text"] for find in found(held, "chinese")] == ["乡镇卫生院"]


def sides(folder: Path) -> None:
    """The pair of texts as two folders."""
    for name, text in (("en", ENGLISH), ("zh", CHINESE)):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text(text, encoding="utf-8")


def test_pairs_give_renderings_and_terms(tmp_path: Path, yigai: Run) -> None:
    """The English of a known term is found; a new term becomes a proposed entry, which changes no finding."""
    sides(tmp_path)
    given = ["en", "--source", "zh", "--format", "json", "--yaml", "new/terms/found/new.yaml"]
    done = yigai("corpus", "discover", *given, cwd=tmp_path)
    (beside,) = found(done, "beside")
    assert (beside["text"].lower(), beside["concept"]) == ("layered visiting", "tiered-diagnosis-and-treatment")
    (pair,) = found(done, "pairs")
    assert (pair["zh"], pair["english"]) == ("云药房", "cloud pharmacy")
    written = (tmp_path / "new" / "terms" / "found" / "new.yaml").read_text(encoding="utf-8")
    assert (
        "- id: cloud-pharmacy\n  zh: 云药房  # yún yào fáng\n  preferred: cloud pharmacy\n  status: proposed\n"
        in written
    )
    assert "# tiered-diagnosis-and-treatment (分级诊疗): admit, deprecate or call wrong: " in written
    linted = yigai("glossary", "lint", "new/terms", cwd=tmp_path)
    assert linted.returncode == 0, linted.stdout
    assert yigai("glossary", "format", "new/terms", "--check", cwd=tmp_path).returncode == 0
    check = ("check", "en/a.txt", "--source", "zh/a.txt", "--format", "jsonl")
    runs = [yigai(*check, *layer, cwd=tmp_path) for layer in ((), ("--glossary", "new/terms/found/new.yaml"))]
    objects = [[json.loads(line) for line in done.stdout.splitlines()] for done in runs]
    kept = [[item for item in made if item["type"] == "finding"] for made in objects]
    assert kept[0] == kept[1], "nothing of it is enforced"


def test_ready_pairs(tmp_path: Path, yigai: Run) -> None:
    """Pairs of a table need no alignment."""
    rows = [f"{zh}\t{en}" for zh, en in zip(CHINESE.split("\n"), ENGLISH.split("\n"), strict=True) if zh]
    (tmp_path / "memory.tsv").write_text("Chinese\tEnglish\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = yigai("corpus", "discover", "memory.tsv", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["pairs"] == len(rows)
    assert [find["zh"] for find in found(done, "pairs")] == ["云药房"]


def test_archives_and_stores_give_the_same(tmp_path: Path, yigai: Run) -> None:
    """A page is looked through alike in a folder, in an archive and in a store; a repeated page counts once."""
    pytest.importorskip("duckdb", reason="the extra yigai[corpus] is not installed")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.txt").write_text(PAGE, encoding="utf-8")
    shutil.copy(tmp_path / "site" / "a.txt", tmp_path / "site" / "b.txt")
    with tarfile.open(tmp_path / "site.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "site" / "a.txt", "a.txt")
    assert yigai("corpus", "add", "site", "--store", "site.duckdb", cwd=tmp_path).returncode in (0, 1)
    runs = [["site"], ["site.tar.gz"], ["--store", "site.duckdb"]]
    lists = [found(yigai("corpus", "discover", *run, "--format", "json", cwd=tmp_path), "english") for run in runs]
    assert [[(f["text"], f["places"]) for f in finds] for finds in lists] == [
        [("recovery garden", 4), ("nurse on wheels", 2)]
    ] * 3


def test_text_report(tmp_path: Path, yigai: Run) -> None:
    """The report says what was read, names each kind of find and shows a place, with escapes made visible."""
    (tmp_path / "page.txt").write_text(PAGE + "The \x1b[31mrecovery garden shines.\n", encoding="utf-8")
    done = yigai("corpus", "discover", "page.txt", cwd=tmp_path)
    assert done.stdout.startswith("1 English and 0 Chinese texts, 0 pairs of sentences; nothing of this is enforced\n")
    assert "English terms that the glossary lacks\n" in done.stdout
    assert "page.txt:3: …" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "give either paths or --store FILE"),
        (["page.txt", "--store", "x.duckdb"], "give either paths or --store FILE"),
        (["--store", "none.duckdb"], "none.duckdb: there is no such store"),
        (["page.txt", "--lines"], "--lines needs --source"),
        (["page.txt", "--yaml", "page.txt"], "there is such a file already"),
        (["none.txt"], "none.txt: there is no such file"),
    ],
)
def test_refusals(tmp_path: Path, yigai: Run, given: list[str], said: str) -> None:
    """What cannot be done is said in one line with exit code 2."""
    if "--store" in given:
        pytest.importorskip("duckdb", reason="the extra yigai[corpus] is not installed")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    done = yigai("corpus", "discover", *given, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == PAGE


def test_order_does_not_matter_to_the_figures(glossary: Glossary) -> None:
    """The same pages in another order give the same finds."""
    pages = [Document(f"{n}.txt", PAGE.replace("40", str(40 + n))) for n in range(3)]
    lists = []
    for order in (pages, pages[::-1]):
        survey = Survey(glossary)
        survey.add(order)
        lists.append([(find.text, find.places, find.score) for find in survey.discovered(10).finds])
    assert lists[0] == lists[1]


def test_names_are_no_terms(glossary: Glossary) -> None:
    """Places, people in pinyin and bodies are not proposed, however often they stand."""
    counts = PhraseCounts()
    for name in ("Jilin Province", "Wang Xiaoming", "National Health Commission", "bedside round"):
        for _ in range(5):
            counts.add(
                Sighting(units(name.split()), name, capital=name[0].isupper()), lambda: Context("p", None, 1, "c")
            )
    assert [find.text for find in EnglishTerms(glossary).terms(counts.counts, 2)] == ["bedside round"]


def test_repeated_chinese_counts_once(glossary: Glossary) -> None:
    """A passage that several Chinese pages repeat is counted once."""
    line = "患者说，云药房比去县城买药方便得多，云药房真是帮了村里老人的大忙。\n"
    survey = Survey(glossary)
    survey.add([Document("a.txt", f"开头。\n{line}"), Document("b.txt", line)])
    assert [(find.text, find.places) for find in survey.discovered(10).finds] == [("云药房", 2)]
