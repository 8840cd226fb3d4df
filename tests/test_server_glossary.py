"""The glossary in the workbench: search, fields, concepts, rules, proposals."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.server.proposals import Proposal, assess
from tests.small_tree import small_tree
from tests.workbench import workbench

PROPOSAL = {
    "zh": "藥事服務費",
    "preferred": "pharmacy service fee",
    "file": "organisation/groups.yaml",
    "admitted": "dispensing fee\n\n",
    "wrong1": "medicine matter service charge",
    "why1": "药事 read word by word",
    "trigger1": "anywhere",
    "definition": "What a hospital charges for the work of its pharmacists.",
    "wrong_example": "The hospital charges a medicine matter service charge.",
    "right_example": "The hospital charges a pharmacy service fee.",
    "url": "https://english.www.gov.cn/a/2021/z",
    "title": "A page of 2021",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of entries."""
    return small_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def client(tree: Path) -> Iterator[Any]:
    """A workbench that may write into the small folder."""
    with workbench(tree=tree, write=True) as made:
        yield made


@pytest.mark.parametrize(
    "query", ["医联体", "醫聯體", "yi lian ti", "yīliántǐ", "medical consortium", "medical consorcium"]
)
def test_search_answers_both_scripts_pinyin_english_and_misspellings(client: Any, query: str) -> None:
    """The concept comes first, with its Chinese and pinyin."""
    page = client.get("/glossary", params={"q": query}).text
    _, _, hits = page.partition('class="hits"')
    assert hits.index("/glossary/concept/") == hits.index("/glossary/concept/medical-consortium")
    assert "yī lián tǐ" in hits


def test_fields_are_browsed(client: Any) -> None:
    """The list of fields leads to the concepts of one; nothing found offers a proposal."""
    assert '<a href="/glossary?field=insurance">Health insurance</a>' in client.get("/glossary").text
    page = client.get("/glossary?field=insurance").text
    assert 'aria-current="page">Health insurance' in page
    assert page.count('<li><a href="/glossary/concept/') > 50
    page = client.get("/glossary?q=zzqqzzqq").text
    assert "Nothing like it" in page
    assert 'href="/glossary/propose?q=zzqqzzqq"' in page


def test_a_concept_shows_all_that_is_known(client: Any) -> None:
    """Renderings with statuses and guards, patterns with their morphemes, examples, relatives, sources."""
    page = client.get("/glossary/concept/medical-consortium").text
    for words in (
        "医疗联合体", '<span class="badge s-preferred">', '<span class="badge s-wrong">', "on pages about health reform",
        "<code>{医.medicine} {联.union} {体.body}</code>", "conjoined", "The hospital leads a medical consortium",
        "/glossary/concept/compact-county-medical-community", "State Council, 2020",
    ):  # fmt: skip
        assert words in page, words
    assert client.get("/glossary/concept/nothing-of-the-kind").status_code == 404


def test_rules_are_explained(client: Any) -> None:
    """Each rule of the list has its page."""
    assert 'href="/rules/TRM101"' in client.get("/rules").text
    page = client.get("/rules/TRM101").text
    assert "<h2>Why it matters</h2>" in page
    assert client.get("/rules/XYZ999").status_code == 404


def test_a_proposal_becomes_a_patch_with_what_the_lint_says(client: Any, tree: Path, tmp_path: Path) -> None:
    """The patch applies, adds one proposed entry with pinyin, and is told apart from faults."""
    page = client.post("/glossary/propose", data=PROPOSAL).text
    assert "nothing stands against approving it" in page
    bare = client.post("/glossary/propose", data={**PROPOSAL, "right_example": "", "url": ""}).text
    assert "GLS816" in bare
    assert "GLS822" in bare
    patch = client.post("/glossary/propose", data={**PROPOSAL, "what": "patch"})
    assert "pharmacy-service-fee.patch" in patch.headers["content-disposition"]
    copy = tmp_path / "glossary" / "terms" / "organisation" / "groups.yaml"
    copy.parent.mkdir(parents=True)
    old = (tree / "organisation" / "groups.yaml").read_text(encoding="utf-8")
    copy.write_text(old, encoding="utf-8")
    subprocess.run(["git", "apply", "-"], input=patch.content, cwd=tmp_path, check=True)
    new = copy.read_text(encoding="utf-8")
    assert new.startswith(old)
    assert "zh: 药事服务费  # yào shì fú wù fèi; 藥事服務費" in new
    assert "status: proposed" in new
    assert (tree / "organisation" / "groups.yaml").read_text(encoding="utf-8") == old


@pytest.mark.parametrize("end", ["", "\n", '  definition: "a\u2028b"\n', "\r\n"])
def test_a_patch_applies_to_any_file(tmp_path: Path, end: str) -> None:
    """Also to one that ends within a line, or holds what only Python takes for the end of one."""
    terms = tmp_path / "glossary" / "terms"
    file = terms / "organisation" / "groups.yaml"
    file.parent.mkdir(parents=True)
    lines = "- id: some-group\n  zh: 某某集团\n  preferred: some group"
    old = (lines.replace("\n", "\r\n") if end == "\r\n" else lines + "\n" * end.startswith(" ")) + end
    file.write_bytes(old.encode())
    made = assess(terms, Proposal("药事服务费", "pharmacy service fee", "organisation/groups.yaml"))
    subprocess.run(["git", "apply", "-"], input=made.patch.encode(), cwd=tmp_path, check=True)
    assert file.read_bytes() == made.text.encode()


def test_what_is_there_already_is_no_proposal(client: Any) -> None:
    """A taken Chinese term or id, a missing field, an example that does not do what it says."""
    for changes, words in (
        ({"zh": "醫聯體"}, "there already: medical consortium"),
        ({"preferred": "Tiered Care"}, "an entry called tiered-care already"),
        ({"zh": ""}, "needs its Chinese"),
        ({"preferred": "药事"}, "letters or digits"),
        ({"file": ""}, "Choose a file"),
    ):
        answer = client.post("/glossary/propose", data={**PROPOSAL, **changes})
        assert answer.status_code == 422, changes
        assert words in answer.text
        assert 'name="definition" value="What a hospital' in answer.text
    page = client.post("/glossary/propose", data={**PROPOSAL, "wrong_example": "Nothing wrong here."}).text
    assert "GLS821" in page


def test_writing_is_only_for_a_folder_that_was_named(client: Any, tree: Path) -> None:
    """With --write the entry stands in the file; without, nothing is written and no button offers it."""
    data = {**PROPOSAL, "zh": "处方流转", "preferred": "prescription transfer", "what": "write"}
    answer = client.post("/glossary/propose", data=data, follow_redirects=False)
    assert answer.headers["location"] == "/glossary/proposed/prescription-transfer"
    assert "prescription-transfer" in client.get(answer.headers["location"]).text
    assert "- id: prescription-transfer\n" in (tree / "organisation" / "groups.yaml").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in tree.rglob("*.yaml")}
    with workbench(tree=tree) as reading:
        page = reading.post(
            "/glossary/propose", data={**data, "zh": "处方外流", "preferred": "prescriptions filled outside"}
        )
        assert page.status_code == 200
        assert 'value="write"' not in page.text
    assert {path: path.read_bytes() for path in tree.rglob("*.yaml")} == before
