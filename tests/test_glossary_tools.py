"""Impact, coverage, add and stats, as a keeper runs them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from checker.coverage import coverage
from checker.document import Document
from checker.impact import compare
from checker.options import Options
from checker.page import Page
from checker.spotting.spotter import Spotter
from checker.together import spot_together
from glossary.new_entry import appended, slug
from glossary.working_tree import read_tree
from tests.command_here import command_here
from tests.small_tree import CONTROL, MORPHEMES, PAGE, TERMS, small_tree
from tests.tiny import tiny_glossary


def git(folder: Path, *arguments: str) -> None:
    """Run git with a name and no configuration of the machine."""
    names = ["-c", "user.name=Keeper", "-c", "user.email=keeper@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def test_spotting_together_is_spotting_alone() -> None:
    """Pages spotted in one go have the hits, mentions and subject that each has by itself."""
    glossary = tiny_glossary()
    texts = [
        PAGE,
        "",
        "A doctor union body.\n\nmedical",
        "alliance of hospitals",
        CONTROL,
        "Sichuan: Medical  union\ngroup.",
    ]
    spotter = Spotter(glossary)
    together = [Page(Document("t", text), spotter, Options()) for text in texts]
    spot_together(together)
    for text, page in zip(texts, together, strict=True):
        alone = Page(Document("t", text), spotter, Options())
        assert [(*place, *readings) for *place, readings in page.hits] == [
            (*place, *readings) for *place, readings in alone.hits
        ]
        assert page.mentions == alone.mentions
        assert page.subject == alone.subject


def test_impact_names_what_comes_and_goes(tmp_path: Path) -> None:
    """A form made good takes its finding away, a new marked member brings one; class and concept are named."""
    before = read_tree(small_tree(tmp_path / "old"))
    terms = TERMS.replace("admitted: [medical alliance]", "admitted: [medical alliance, medic union]")
    morphemes = MORPHEMES.replace("marked: [linkage]", "marked: [linkage, bond]")
    after = read_tree(small_tree(tmp_path / "new", terms, morphemes))
    page = Document("page", PAGE + "The medical bond of Sichuan grows.\n")
    made = compare(before, after, [page], [Document("control", CONTROL)])
    (concept,) = made.concepts
    assert concept.edits == ["“medic union” — → admitted"]
    assert [(place.quote, place.rule, place.line) for place in concept.gone if place.rule.startswith("TRM")] == [
        ("medic union", "TRM102", 2)
    ]
    assert [place.quote for place in concept.new if place.rule == "TRM102"] == ["medical bond"]
    (touched,) = made.classes
    assert (touched.key, touched.edits, touched.concepts) == ("联.union", ["“bond” — → marked"], ["medical-consortium"])
    assert made.controls == (0, 0)


def test_impact_against_a_commit(tmp_path: Path) -> None:
    """The committed glossary is compared with the edited one; a limit on new findings gives exit code 1."""
    entries = small_tree(tmp_path)
    nothing = command_here("glossary", "impact", "data/pages", cwd=tmp_path)
    assert nothing.returncode == 2
    assert "nothing to compare with" in nothing.stderr
    git(tmp_path, "init", "-q", ".")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "x")
    same = command_here("glossary", "impact", "data/pages", cwd=tmp_path)
    assert same.returncode == 0
    assert same.stdout.splitlines()[-1] == "impact against HEAD: new 0, gone 0 on 1 pages; controls 0 → 0"
    file = entries / "organisation" / "groups.yaml"
    wrong = "  wrong:\n    - {en: village doctors, trigger: [anywhere]}\n"
    file.write_text(TERMS.replace("  preferred: tiered care\n", "  preferred: tiered care\n" + wrong), encoding="utf-8")
    new = command_here("glossary", "impact", "data/pages", "--fail-on-new-findings", "0", cwd=tmp_path)
    assert new.returncode == 1, new.stderr
    assert "tiered-care (分级诊疗): “village doctors” — → wrong" in new.stdout
    assert "new 1: data/pages/one.txt:2:81 “Village doctors” TRM101" in new.stdout
    assert command_here("glossary", "impact", "data/pages", "--fail-on-new-findings", "1", cwd=tmp_path).returncode == 0
    assert command_here("glossary", "impact", "data/pages", "--base", "nobody", cwd=tmp_path).returncode == 2


def test_coverage_counts_and_suggests(tmp_path: Path) -> None:
    """What occurs is counted in both languages; what is frequent and missing is listed with a place."""
    glossary = read_tree(small_tree(tmp_path)).glossary
    chinese = "推进分级诊疗和家庭病床建设。设立家庭病床。家庭病床由医院管理。医聯體建設。\n"
    english = (
        "Tiered care needs nurse navigators. The nurse navigators help. Every nurse navigator helps nurse navigators.\n"
    )
    made = coverage(glossary, [Document("zh.txt", chinese), Document("en.txt", english)])
    assert made.concepts == {"tiered-care": (2, 2), "medical-consortium": (1, 1)}
    assert [item.term for item in made.missing_chinese] == ["家庭病床"]
    assert (made.missing_chinese[0].count, made.missing_chinese[0].path) == (3, "zh.txt")
    assert "nurse navigators" in [item.term for item in made.missing_english]


def test_coverage_command(tmp_path: Path) -> None:
    """The command lists concepts and the figures of the pages."""
    small_tree(tmp_path)
    done = command_here("glossary", "coverage", "data/pages", cwd=tmp_path)
    assert done.returncode == 0
    assert "0 Chinese and 1 English pages; 2 of 2 concepts occur" in done.stdout


def test_add_fills_in(tmp_path: Path) -> None:
    """A new concept is proposed, Simplified, has pinyin and Traditional beside it, and lint is still clean."""
    entries = small_tree(tmp_path)
    given = ["--zh", "縣域醫共體", "--preferred", "county medical community", "--file", "organisation/groups.yaml"]
    done = command_here("glossary", "add", *given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (entries / "organisation" / "groups.yaml").read_text(encoding="utf-8")
    assert text.startswith(TERMS)
    assert text.endswith(
        "\n- id: county-medical-community\n  zh: 县域医共体  # xiàn yù yī gòng tǐ; 縣域醫共體\n"
        "  preferred: county medical community\n  status: proposed\n"
    )
    assert command_here("glossary", "lint", cwd=tmp_path).returncode == 0
    again = command_here("glossary", "add", *given, cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_an_id_has_no_loose_letter() -> None:
    """An apostrophe parts no word of an id."""
    assert slug("Carer's leave") == "carers-leave"
    assert slug("patients’ rights") == "patients-rights"
    assert slug("'near' misses") == "near-misses"


def test_an_entry_takes_over_the_ends_of_lines() -> None:
    """A file whose lines end as on Windows has no others when an entry has been put in."""
    made = appended("a.yaml", TERMS.replace("\n", "\r\n"), [{"id": "ward", "zh": "病区", "preferred": "ward"}])
    assert made.endswith("\r\n  preferred: ward\r\n")
    assert made.count("\n") == made.count("\r\n")


def test_add_refuses(tmp_path: Path) -> None:
    """What is missing, taken or outside the folder is said, and nothing is written."""
    entries = small_tree(tmp_path)
    new = ["--zh", "病区", "--preferred", "ward"]
    assert "--file is missing" in command_here("glossary", "add", *new, cwd=tmp_path).stderr
    outside = command_here("glossary", "add", *new, "--file", "../x/y.yaml", cwd=tmp_path)
    assert outside.returncode == 2
    elsewhere = tmp_path / "elsewhere" / "y.yaml"
    outside = command_here("glossary", "add", *new, "--file", str(elsewhere), cwd=tmp_path)
    assert (outside.returncode, elsewhere.exists()) == (2, False)
    english = command_here("glossary", "add", "--zh", "ward", *new[2:], "--file", "a/b.yaml", cwd=tmp_path)
    assert (english.returncode, "'ward' is no Chinese" in english.stderr) == (2, True)
    taken = command_here("glossary", "add", *new, "--id", "tiered-care", "--file", "a/b.yaml", cwd=tmp_path)
    assert "is taken" in taken.stderr
    approved = command_here("glossary", "add", *new, "--status", "approved", "--file", "a/b.yaml", cwd=tmp_path)
    assert "needs a --source" in approved.stderr
    assert [path.name for path in entries.rglob("*.yaml")] == ["groups.yaml"]


def test_stats(tmp_path: Path) -> None:
    """The figures are those of the tree."""
    small_tree(tmp_path)
    done = command_here("glossary", "stats", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("2 concepts in 1 fields: approved 2\n")
    assert "with patterns 1 concepts" in done.stdout
