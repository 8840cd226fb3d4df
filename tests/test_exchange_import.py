"""``yigai glossary import`` and ``export`` as a keeper runs them: what is added, what is refused, what is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from glossary.canonical import canonical
from tests.command_here import command_here
from tests.small_tree import TERMS, small_tree

Run = Callable[..., Any]
GROUPS = "glossary/terms/organisation/groups.yaml"
IMPORTED = "glossary/terms/imported/imported.yaml"
TABLE = """\
zh,preferred,admitted,wrong,definition
医疗联合体,medical consortium,hospital alliance,hospital gang,
分級診療,tiered care,graded treatment,,Care by levels.
家庭病床,home bed,home hospital bed,family sickbed,A bed at home under a doctor's care.
"""


def entries(folder: Path, name: str = GROUPS) -> dict[str, dict[str, Any]]:
    """The concepts of a file by id."""
    return {entry["id"]: entry for entry in yaml.safe_load((folder / name).read_text(encoding="utf-8"))}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with the small tree and a table to import."""
    small_tree(tmp_path)
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_import_adds_proposals_and_merges_by_chinese(yigai: Run, tree: Path) -> None:
    """A new concept is proposed, a known one found by a variant or the other script gets what it lacks; comments stay."""
    done = yigai("glossary", "import", "csv", "table.csv", cwd=tree)
    assert done.returncode == 0, done.stderr
    known = entries(tree)
    assert known["medical-consortium"]["admitted"] == ["medical alliance", "hospital alliance"]
    assert known["medical-consortium"]["wrong"][-1] == {"en": "hospital gang", "trigger": ["source"]}
    assert known["tiered-care"]["admitted"] == ["graded treatment"]
    assert known["tiered-care"]["definition"] == "Care by levels."
    text = (tree / GROUPS).read_text(encoding="utf-8")
    assert text.startswith("# Groups of institutions.\n")
    assert canonical(GROUPS, text) == text
    name = IMPORTED
    assert entries(tree, name)["home-bed"] == {
        "id": "home-bed",
        "zh": "家庭病床",
        "preferred": "home bed",
        "admitted": ["home hospital bed"],
        "wrong": [{"en": "family sickbed", "trigger": ["source"]}],
        "status": "proposed",
        "definition": "A bed at home under a doctor's care.",
    }
    new = (tree / name).read_text(encoding="utf-8")
    assert "zh: 家庭病床  # jiā tíng bìng chuáng" in new
    assert canonical(name, new) == new
    assert "3 entries read: 1 new, 2 merged" in done.stderr
    again = command_here("glossary", "import", "csv", "table.csv", cwd=tree)
    assert "0 new, 0 merged" in again.stderr


@pytest.mark.parametrize("flag", ["--dry-run", "--diff"])
def test_looking_first_changes_nothing(tree: Path, flag: str) -> None:
    """--dry-run and --diff say what would be done and leave every file as it is."""
    done = command_here("glossary", "import", "csv", "table.csv", flag, cwd=tree)
    assert done.returncode == 0
    assert (tree / GROUPS).read_text(encoding="utf-8") == TERMS
    assert not (tree / "glossary/terms/imported").exists()
    expected = (
        "+  admitted: [medical alliance, hospital alliance]"
        if flag == "--diff"
        else "home-bed (家庭病床 home bed) would be added"
    )
    assert expected in done.stdout
    assert "1 would be new, 2 would be merged" in done.stderr


CONFLICTS = """\
id,zh,preferred,admitted,definition
medical-consortium,医联体,healthcare consortium,medical association,Something else.
tiered-care,慢病,chronic disease,,
"""


def test_conflicts_are_told_at_their_line_and_nothing_is_overwritten(tree: Path) -> None:
    """Another preferred name, a wrong form called good, another definition, an id that means something else: exit 1."""
    (tree / "table.csv").write_text(CONFLICTS, encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", cwd=tree)
    assert done.returncode == 1
    assert (tree / GROUPS).read_text(encoding="utf-8") == TERMS
    told = "table.csv:2: conflict: medical-consortium: "
    assert f"{told}preferred is 'healthcare consortium' there, 'medical consortium' here" in done.stderr
    assert f"{told}'medical association' is admitted there, wrong here" in done.stderr
    assert f"{told}definition is 'Something else.' there" in done.stderr
    assert "table.csv:3: conflict: the id tiered-care is 分级诊疗 here, 慢病 there" in done.stderr
    assert "4 conflicts left as before" in done.stderr


def test_chinese_of_two_concepts_goes_to_the_one_of_that_english(tree: Path) -> None:
    """A variant that two concepts share is the one whose preferred name stands beside it, else a conflict."""
    shared = TERMS.replace("  zh: 分级诊疗\n", "  zh: 分级诊疗\n  zh_variants: [医疗联合体]\n")
    (tree / GROUPS).write_text(shared, encoding="utf-8")
    (tree / "table.csv").write_text("zh,en\n医疗联合体,tiered care\n医疗联合体,hospital alliance\n", encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", cwd=tree)
    assert done.returncode == 1
    assert "table.csv:3: conflict: 医疗联合体: its Chinese names several concepts: medical-consortium" in done.stderr
    assert "1 conflict left as before" in done.stderr
    assert (tree / GROUPS).read_text(encoding="utf-8") == shared


def test_replace_lets_the_file_win(tree: Path) -> None:
    """The old preferred name becomes admitted, a wrong form goes over to the admitted ones, the definition changes."""
    (tree / "table.csv").write_text("\n".join(CONFLICTS.splitlines()[:2]), encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", "--replace", cwd=tree)
    assert done.returncode == 0, done.stderr
    known = entries(tree)["medical-consortium"]
    assert known["preferred"] == "healthcare consortium"
    assert known["admitted"] == ["medical consortium", "medical alliance", "medical association"]
    assert "wrong" not in known
    assert known["definition"] == "Something else."
    assert (
        "preferred 'healthcare consortium' in place of 'medical consortium'; admitted 'medical association' (was wrong)"
        in done.stdout
    )


def test_an_id_that_means_something_else_is_a_conflict_even_to_replace(tree: Path) -> None:
    """Foreign Chinese never becomes a variant of a concept because a table of others has the same id."""
    (tree / "table.csv").write_text("id,zh,preferred\ntiered-care,慢病,chronic disease\n", encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", "--replace", cwd=tree)
    assert done.returncode == 1
    assert "table.csv:2: conflict: the id tiered-care is 分级诊疗 here, 慢病 there" in done.stderr
    assert (tree / GROUPS).read_text(encoding="utf-8") == TERMS


def test_a_forbidden_term_of_a_plain_table_is_never_proposed(tree: Path) -> None:
    """A column of statuses counts wherever it stands; what nobody sees in a cell is taken out of a term."""
    rows = "中文,状态,英文\n医联\u200b体,禁用,hospital gang; hospital club\n健康小屋,首选,health\u00ad cabin\n健康驿站,禁用,post\n"
    (tree / "table.csv").write_text(rows, encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", cwd=tree)
    assert done.returncode == 0, done.stderr
    assert [item["en"] for item in entries(tree)["medical-consortium"]["wrong"][1:]] == [
        "hospital gang",
        "hospital club",
    ]
    assert [item["preferred"] for item in entries(tree, IMPORTED).values()] == ["health cabin"]
    assert "table.csv:4: left out: 健康驿站: no English name that may be used" in done.stderr


def test_a_workbook_reports_sheet_and_cell(tree: Path) -> None:
    """A conflict in a workbook names the cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Terms"
    for row in (["中文", "首选"], ["医联体", "healthcare consortium"]):
        sheet.append(row)
    book.save(tree / "table.xlsx")
    done = command_here("glossary", "import", "xlsx", "table.xlsx", cwd=tree)
    assert done.returncode == 1
    assert "table.xlsx:Terms!B2: conflict: medical-consortium: preferred" in done.stderr


def test_what_cannot_be_an_entry_is_left_out_and_told(tree: Path) -> None:
    """No English, no Chinese, brackets that would be a template: each at its line, the rest is taken."""
    rows = "zh,en\n健康计划,\nN/A,health plan\n健康城市,healthy (sanitary) city\n家庭病床,home bed\n"
    (tree / "table.csv").write_text(rows, encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", "--file", "services/new.yaml", cwd=tree)
    assert done.returncode == 0
    assert list(entries(tree, "glossary/terms/services/new.yaml")) == ["home-bed"]
    assert "table.csv:2: left out: 健康计划: no English name" in done.stderr
    assert "table.csv:3: left out: 'N/A' is no Chinese term" in done.stderr
    assert "table.csv:4: left out: 'healthy (sanitary) city': brackets" in done.stderr


@pytest.mark.parametrize("name", ["xlsx", "tsv"])
def test_our_own_table_keeps_a_preferred_name_with_brackets(tree: Path, name: str) -> None:
    """A preferred name may have brackets in our own columns, as it may in the YAML."""
    text = (tree / GROUPS).read_text(encoding="utf-8")
    (tree / GROUPS).write_text(
        text.replace("preferred: tiered care", "preferred: tiered care (A1B2)"), encoding="utf-8"
    )
    assert command_here("glossary", "export", name, "-o", "out", cwd=tree).returncode == 0
    (tree / GROUPS).write_text(text.split("- id: tiered-care")[0], encoding="utf-8")
    done = command_here("glossary", "import", name, "out", "--file", "services/new.yaml", cwd=tree)
    assert "left out" not in done.stderr
    assert entries(tree, "glossary/terms/services/new.yaml")["tiered-care"]["preferred"] == "tiered care (A1B2)"


def test_a_broken_file_is_exit_code_2_with_file_and_line(tree: Path) -> None:
    """Malformed and hostile files, unknown formats and bad targets end with 2 and one line; nothing is written."""
    (tree / "bad.tbx").write_text('<tbx>\n<text>\n<a b="1" b="2"/></text></tbx>', encoding="utf-8")
    (tree / "multiterm.xml").write_text("<mtf><conceptGrp/></mtf>", encoding="utf-8")
    (tree / "laughs.tbx").write_text('<!DOCTYPE t [<!ENTITY a "b">]><tbx>&a;</tbx>', encoding="utf-8")
    for arguments, message in (
        (("tbx", "bad.tbx"), "yigai: bad.tbx:3: not well-formed XML"),
        (("tbx", "multiterm.xml"), "begins with <mtf>; export TBX from MultiTerm instead"),
        (("tbx", "laughs.tbx"), "yigai: laughs.tbx:1: the file defines entities"),
        (("tbx", "absent.tbx"), "yigai: absent.tbx: No such file"),
        (("tbs", "bad.tbx"), "did you mean 'tbx'?"),
        (("csv", "table.csv", "--file", "../x.yaml"), "expected field/file.yaml"),
        (("csv", "table.csv", "--file", "/x.yaml"), "expected field/file.yaml"),
    ):
        done = command_here("glossary", "import", *arguments, cwd=tree)
        assert done.returncode == 2
        assert message in done.stderr
        assert "Traceback" not in done.stderr
    assert (tree / GROUPS).read_text(encoding="utf-8") == TERMS


def test_export_writes_and_reports_what_is_lost(tree: Path) -> None:
    """Each format is written from the working tree, to a file or standard output, with a report on standard error."""
    for name in ("tbx", "xlsx", "tmx", "google"):
        done = command_here("glossary", "export", name, "-o", f"out.{name}", cwd=tree)
        assert done.returncode == 0, done.stderr
        assert (tree / f"out.{name}").stat().st_size > 50
        assert f"out.{name}: 2 concepts" in done.stderr
        assert "patterns" in done.stderr
    done = command_here("glossary", "export", "deepl", "--direction", "en-zh", cwd=tree)
    assert done.stdout == "medical consortium\t医联体\ntiered care\t分级诊疗\n"
    command_here("glossary", "export", "deepl", "-o", "list.csv", cwd=tree)
    assert (tree / "list.csv").read_text(encoding="utf-8").startswith("医联体,medical consortium\n")
    done = command_here("glossary", "import", "tbx", "out.tbx", cwd=tree)
    assert "0 new, 0 merged" in done.stderr


def test_export_refuses_what_has_no_meaning(tree: Path) -> None:
    """Unknown formats, dialects, fields and directions are exit code 2."""
    for arguments, message in (
        (("tmx", "--dialect", "memoq"), "tmx has no dialects"),
        (("csv", "--dialect", "memo"), "did you mean 'memoq'?"),
        (("tbx", "--direction", "en-zh"), "--direction has no meaning for tbx"),
        (("tbx", "--field", "organization"), "did you mean 'organisation'?"),
    ):
        done = command_here("glossary", "export", *arguments, cwd=tree)
        assert done.returncode == 2
        assert message in done.stderr


def test_only_approved_concepts_unless_the_format_can_say_more(tree: Path) -> None:
    """After an import a list for machine translation is as before; a table has the proposal, marked so."""
    command_here("glossary", "import", "csv", "table.csv", cwd=tree)
    assert "home bed" not in command_here("glossary", "export", "deepl", cwd=tree).stdout
    assert "home bed" not in command_here("glossary", "export", "csv", "--dialect", "omegat", cwd=tree).stdout
    table = command_here("glossary", "export", "csv", cwd=tree).stdout
    (row,) = [line for line in table.splitlines() if line.startswith("home-bed")]
    assert ",proposed," in row
    assert "home-bed" not in command_here("glossary", "export", "csv", "--no-proposed", cwd=tree).stdout


def test_references_follow_the_ids_of_the_tree(tree: Path) -> None:
    """A reference to an entry that got another id, or was known by its Chinese, leads to the concept here."""
    text = (
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>'
        '<conceptEntry id="c1"><ref type="crossReference" target="c2">broader</ref>'
        '<ref type="crossReference" target="c9">distinct from</ref>'
        '<langSec xml:lang="zh"><termSec><term>城市医联体</term></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>urban consortium</term></termSec></langSec></conceptEntry>'
        '<conceptEntry id="c2"><langSec xml:lang="zh-TW"><termSec><term>醫聯體</term></termSec></langSec>'
        "</conceptEntry></body></text></tbx>"
    )
    (tree / "in.tbx").write_text(text, encoding="utf-8")
    done = command_here("glossary", "import", "tbx", "in.tbx", cwd=tree)
    assert done.returncode == 0, done.stderr
    made = entries(tree, IMPORTED)["urban-consortium"]
    assert made["broader"] == "medical-consortium"
    assert "distinct_from" not in made
    assert "1  references to concepts that are not there" in done.stderr


def test_values_that_no_entry_may_have_are_left_out(yigai: Run, tree: Path) -> None:
    """Doubled values, templates for plurals and bad addresses are told at their line, and all else is imported."""
    table = (
        'id,zh,preferred,plural,sources\nhome-bed,家庭病床,home bed,"home beds\nhome beds\nbed(s)",http://[bad A page\n'
    )
    (tree / "table.csv").write_text(table, encoding="utf-8")
    done = yigai("glossary", "import", "csv", "table.csv", cwd=tree)
    assert done.returncode == 0, done.stderr
    made = entries(tree, IMPORTED)["home-bed"]
    assert made["plural"] == ["home beds"]
    assert "sources" not in made
    assert "table.csv:2: left out: 'bed(s)'" in done.stderr
    assert "table.csv:2: left out: 'http://[bad' is no web address" in done.stderr


def test_no_file_becomes_larger_than_can_be_read(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written where a file of entries could not be read again."""
    monkeypatch.setattr("glossary.layers.MAX_BYTES", 1000)
    table = "".join(f"家庭病床{number},home bed number {number}\n" for number in range(1000, 1020))
    (tree / "table.csv").write_text(f"zh,en\n{table}", encoding="utf-8")
    done = command_here("glossary", "import", "csv", "table.csv", cwd=tree)
    assert done.returncode == 2
    assert "would be larger than 1,000 bytes" in done.stderr
    assert not (tree / IMPORTED).exists()


def test_a_template_stands_for_its_terms_with_marks(yigai: Run, tree: Path) -> None:
    """What a template writes with commas is known when it comes in again."""
    text = (tree / GROUPS).read_text(encoding="utf-8")
    text += """
- id: two-things
  zh: 两件事
  preferred: two things
  wrong:
    - {en: "double sinking (and|,) (two promotions|double promotion) [,]", trigger: [source]}
    - {en: "blood , (immunity|immune) ,(tumors|cancer)", trigger: [source]}
"""
    (tree / GROUPS).write_text(text, encoding="utf-8")
    assert yigai("glossary", "export", "tbx", "-o", "out.tbx", cwd=tree).returncode == 0
    done = yigai("glossary", "import", "tbx", "out.tbx", cwd=tree)
    assert "0 new, 0 merged" in done.stderr
