"""The rules on the glossary: each with its cases, its page, and its place in the file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.document import Document
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.form import beginnings_of
from checker.glossary_lint.registry import findings, glossary_rules
from glossary.folding import fold
from glossary.keyed_rows import FIELD, ROW
from glossary.layers import load_tree
from glossary.templates import literal_expansions
from glossary.working_tree import read_tree
from tests.small_tree import CONTROL, MORPHEMES, TERMS, small_tree

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "glossary_cases.yaml").read_text(encoding="utf-8")
)


def lint(folder: Path, terms: str = TERMS, morphemes: str = MORPHEMES) -> list[Any]:
    """What lint finds in a small tree."""
    desk = Desk(read_tree(small_tree(folder, terms, morphemes)), [Document("control", CONTROL)])
    return findings(desk)


def test_the_small_tree_is_clean(tmp_path: Path) -> None:
    """Without a mistake nothing is found."""
    assert [(item.rule, item.quote) for item in lint(tmp_path)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['why']}")
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    """Each mistake is reported by its rule at its words, with their line and column."""
    terms, morphemes = TERMS, MORPHEMES
    if "replace" in case:
        old, new = case["replace"]
        assert old in terms
        terms = terms.replace(old, new)
    if "morphemes" in case:
        old, new = case["morphemes"]
        assert old in morphemes
        morphemes = morphemes.replace(old, new)
    if "add" in case:
        entries = yaml.safe_load(case["add"])
        terms += yaml.safe_dump(entries, allow_unicode=True, sort_keys=False)
    found = [item for item in lint(tmp_path, terms, morphemes) if item.rule == case["rule"]]
    assert [item.quote.splitlines()[0] if item.quote else "" for item in found] == case["quotes"]
    for item in found:
        text = Path(item.path).read_text(encoding="utf-8")
        line = text.split("\n")[item.line - 1]
        assert line[item.column - 1 :].startswith(item.quote.split("\n")[0])
        assert text[item.start : item.end] == item.quote


def test_every_rule_has_a_case() -> None:
    """No rule goes untested."""
    assert {rule.code for rule in glossary_rules()} == {case["rule"] for case in CASES if case["quotes"]}


@pytest.mark.parametrize("rule", glossary_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_its_page(rule: Any) -> None:
    """The docstring names the rule and has the five headings."""
    assert rule.page.startswith(f"# {rule.name} ({rule.code})\n")
    heads = [line for line in rule.page.splitlines() if line.startswith("## ")]
    assert heads == ["## What it does", "## Why it matters", "## Wrong", "## Right", "## Limits"]


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """What can be read of the tree is linted although a file is no YAML."""
    entries = small_tree(tmp_path, TERMS.replace("zh: 分级诊疗", "zh: 分級診療"))
    (entries / "organisation" / "bad.yaml").write_text("- id: x\n  zh: [医\n", encoding="utf-8")
    found = findings(Desk(read_tree(entries)))
    assert {"GLS801", "GLS815"} <= {item.rule for item in found}


def test_a_tree_read_file_by_file_is_the_tree_read_at_once(tmp_path: Path) -> None:
    """The tables put together from the files' own are those that `load_tree` compiles."""
    entries = small_tree(tmp_path)
    more = "- id: ward\n  zh: 病区\n  preferred: ward\n  patterns: [{en: '{联.union} ward'}]\n"
    (entries / "organisation" / "more.yaml").write_text(more, encoding="utf-8")
    for _ in range(2):  # made anew, then out of the cache
        made, whole = read_tree(entries).glossary.tables, load_tree(entries).tables
        for key in ("ids", "classes", "patterns", "modifiers"):
            assert made[key] == whole[key]
        for key in ("forms", "members", "anchors", "place_names"):
            parts, all_parts = made[key].parts(), whole[key].parts()
            assert {k: _parted(rows) for part in parts.values() for k, rows in part.items()} == {
                k: _parted(rows) for part in all_parts.values() for k, rows in part.items()
            }


def _parted(rows: str) -> list[str]:
    """Rows with one class each, sorted."""
    split = [row.rpartition(FIELD) for row in rows.split(ROW)]
    return sorted(start + name for start, _, names in split for name in names.split(" "))


def test_formats(tmp_path: Path, yigai: Callable[..., Any], repository: Path) -> None:
    """Each format carries the finding with its place; SARIF and JSON can be read."""
    small_tree(tmp_path, TERMS.replace("zh: 分级诊疗", "zh: 分級診療"))
    place = "glossary/terms/organisation/groups.yaml"
    line = TERMS[: TERMS.index("zh: 分级诊疗")].count("\n") + 1
    text = yigai("glossary", "lint", cwd=tmp_path)
    assert text.returncode == 1
    assert f"{place}:{line}:7  error  GLS815 script-mistake" in text.stdout
    assert text.stderr.startswith("glossary: glossary/terms\n")
    rows = [json.loads(row) for row in yigai("glossary", "lint", "--format", "jsonl", cwd=tmp_path).stdout.splitlines()]
    assert [row["type"] for row in rows] == ["finding", "summary"]
    assert (rows[0]["line"], rows[0]["column"], rows[0]["zh"]) == (line, 7, "分級診療")
    sarif = json.loads(yigai("glossary", "lint", "--format", "sarif", cwd=tmp_path).stdout)
    region = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (line, 7)
    assert sarif["runs"][0]["columnKind"] == "unicodeCodePoints"
    github = yigai("glossary", "lint", "--format", "github", cwd=tmp_path)
    assert f"::error file={place},line={line},endLine={line},col=7," in github.stdout


def test_selection_and_exit_codes(tmp_path: Path, yigai: Callable[..., Any]) -> None:
    """Rules can be chosen; what is not there is a usage error; info alone does not fail."""
    small_tree(tmp_path, TERMS.replace("zh: 分级诊疗", "zh: 分級診療"))
    assert yigai("glossary", "lint", "--ignore", "GLS815", cwd=tmp_path).returncode == 0
    assert yigai("glossary", "lint", "--select", "source-missing", cwd=tmp_path).returncode == 0
    wrong = yigai("glossary", "lint", "--select", "GLS999", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "unknown rule" in wrong.stderr
    (tmp_path / "empty").mkdir()
    nowhere = yigai("glossary", "lint", cwd=tmp_path / "empty")
    assert nowhere.returncode == 2
    assert "no such folder" in nowhere.stderr


def test_a_template_stands_for_its_folded_strings(tmp_path: Path) -> None:
    """The strings of a form that rules compare are its expansions, folded."""
    en = "(multi-|two-)tiered [Health-Care] (system|net work)"
    terms = TERMS.replace("preferred: tiered care\n", f'preferred: tiered care\n  admitted: ["{en}"]\n')
    desk = Desk(read_tree(small_tree(tmp_path, terms)))
    form = next(form for form in desk.forms if form.en == en)
    assert set(form.surfaces) == {fold(text) for text in literal_expansions(en)}
    for known in ({"two tiered net work", "multi tiered"}, {"multi tiered health care system"}, set(form.surfaces)):
        among = form.surfaces_among(known, beginnings_of(known))
        assert among == [surface for surface in form.surfaces if surface in known]


def test_lint_says_what_is_not_the_trees_own(tmp_path: Path, yigai: Callable[..., Any]) -> None:
    """Where morphemes or tables do not lie beside the entries, a note says that the installed ones are used."""
    entries = small_tree(tmp_path)
    shutil.rmtree(entries.parent / "morphemes")
    done = yigai("glossary", "lint", cwd=tmp_path)
    lacking = [name for name in ("names.yaml", "pairs.yaml", "sources.yaml") if not (entries.parent / name).exists()]
    expected = ", ".join(["morphemes/", *lacking])
    assert f"note: no {expected} in glossary: the installed copy is used\n" in done.stderr


def test_an_edit_is_linted_anew_whatever_is_kept(tmp_path: Path, yigai: Callable[..., Any]) -> None:
    """Each run tells of the entries as they stand, with a warm cache and with a damaged one."""
    entries = small_tree(tmp_path)
    cache = tmp_path / "cache"
    command = ("glossary", "lint", "--ignore", "not-canonical", "--format", "jsonl")
    variant = "zh_variants: [医疗联合体]"
    half, whole = (f"zh_variants: [{{zh: {zh}, region: hk}}]" for zh in ("醫疗聯合體", "醫療聯合體"))
    assert variant in TERMS
    edits = [
        (TERMS, []),
        (TERMS.replace(variant, half), ["GLS815"]),
        (TERMS.replace(variant, whole), []),
        (TERMS.replace("joined a medical association.", "joined a medical club."), ["GLS821"]),
        (TERMS.replace("admitted: [medical alliance]", "admitted: [medical association]"), ["GLS807", "GLS821"]),
        (TERMS, []),
    ]
    for damaged in (False, True):
        for text, expected in edits:
            (entries / "organisation" / "groups.yaml").write_text(text, encoding="utf-8")
            for path in cache.rglob("*.json") if damaged else ():
                path.write_text("{", encoding="utf-8")
            done = yigai(*command, cwd=tmp_path, XDG_CACHE_HOME=str(cache))
            rows = map(json.loads, done.stdout.splitlines())
            assert sorted({row["rule"] for row in rows if row["type"] == "finding"}) == expected, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux alone")
def test_two_processes_find_what_one_finds(tmp_path: Path, yigai: Callable[..., Any]) -> None:
    """On one processor, where no process is copied, the report is the same."""
    small_tree(tmp_path, TERMS.replace("joined a medical association.", "joined a medical club."))
    report = yigai("glossary", "lint", "--show", "info", cwd=tmp_path)
    assert "GLS821" in report.stdout
    program = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); from checker.cli.main import main; main()"
    )
    command = [sys.executable, "-P", "-c", program, "glossary", "lint", "--show", "info"]
    alone = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=110)
    assert (alone.stdout, alone.returncode) == (report.stdout, report.returncode)


@pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux alone")
def test_work_is_done_in_a_copy_and_here_where_the_copy_fails() -> None:
    """The result is the copy's; when the copy dies or raises, the work is done by the process that wanted it."""
    program = """
import os, sys
from checker.glossary_lint import beside
beside.can_copy = lambda: True
here = os.getpid()
assert beside.begun(os.getpid)() != here
assert beside.begun(lambda: "done" if os.getpid() == here else os._exit(9))() == "done"
assert beside.begun(lambda: "done" if os.getpid() == here else sys.exit(1))() == "done"
"""
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
