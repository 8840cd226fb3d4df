"""Accepted findings: the file beside the pages, comments in them, and what happens when the text changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.acceptance.comments import accept_comments
from checker.acceptance.file import FILE_NAME, AcceptanceError, AcceptedFile, Entry
from checker.acceptance.run import Acceptance
from checker.document import Document
from checker.finding import Finding, Result
from checker.options import Options
from checker.pipeline import Checker
from checker.readers.html import read_page
from checker.readers.walk import read_content
from tests.command_here import command_here
from tests.tiny import tiny_glossary

CHECKER = Checker(tiny_glossary(), Options(subject="health-reform", select=("TRM", "CON", "ACC", "GAR302")))
PAGE = (
    "The medical association met.\n\nA doctor union body was made here.\n\nThe medical association met again today.\n"
)


def run(
    folder: Path, pages: dict[str, str], prune: bool = False, checker: Checker = CHECKER
) -> tuple[Result, Acceptance]:
    """Write pages into a folder and check them with what is accepted there."""
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    accepted = Acceptance(checker.rules, folder, prune)
    documents = [Document(str(folder / name), text) for name, text in pages.items()]
    return checker.check(documents, accepted=accepted), accepted


def rules(result: Result) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.rule for finding in result.findings]


def test_a_baseline(tmp_path: Path) -> None:
    """What is accepted is not reported again; a new fault is; the summary counts what is left out."""
    first, accepted = run(tmp_path, {"a.txt": PAGE})
    assert "TRM101" in rules(first)
    written = accepted.accept(first.findings)
    assert [count for _, count in written] == [len(first.findings)]
    again, _ = run(tmp_path, {"a.txt": PAGE})
    assert rules(again) == ["ACC902"]
    assert again.summary.accepted == len(first.findings)
    new, _ = run(tmp_path, {"a.txt": PAGE + "\nNow a doctor union body of another kind rose.\n", "b.txt": PAGE})
    assert [f.path for f in new.findings if f.rule == "TRM101"].count(str(tmp_path / "b.txt")) == 2


def test_paths_are_those_below_the_file(tmp_path: Path) -> None:
    """An entry names its page from the folder of the file, with slashes, so that the folder may move."""
    result, accepted = run(tmp_path, {"site/one/a.txt": PAGE})
    accepted.accept(result.findings, "so it was printed")
    file = AcceptedFile(tmp_path / FILE_NAME)
    assert {entry.path for entry in file.entries.values()} == {"site/one/a.txt"}
    assert {entry.reason for entry in file.entries.values()} == {"so it was printed"}
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / FILE_NAME).rename(moved / FILE_NAME)
    assert rules(run(moved, {"site/one/a.txt": PAGE})[0]) == []


def test_the_closest_file_holds(tmp_path: Path) -> None:
    """A file in a folder below stands for its pages alone."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / FILE_NAME).write_text("[]\n", encoding="utf-8")
    result, accepted = run(tmp_path, {"a.txt": PAGE, "below/b.txt": PAGE})
    accepted.accept(result.findings)
    assert {e.path for e in AcceptedFile(tmp_path / FILE_NAME).entries.values()} == {"a.txt"}
    assert {e.path for e in AcceptedFile(tmp_path / "below" / FILE_NAME).entries.values()} == {"b.txt"}


def test_entries_lapse(tmp_path: Path) -> None:
    """A changed text is reported again and its entry is ACC901 at its line; --prune takes it out and keeps the rest."""
    result, accepted = run(tmp_path, {"a.txt": PAGE})
    accepted.accept(result.findings, "known")
    changed = PAGE.replace("was made here", "had been made there")
    again, _ = run(tmp_path, {"a.txt": changed})
    lapsed = [finding for finding in again.findings if finding.rule == "ACC901"]
    assert rules(again).count("TRM101") == 1
    (finding,) = lapsed
    file = AcceptedFile(tmp_path / FILE_NAME)
    assert file.text[finding.start : finding.end] == finding.quote
    assert file.text.splitlines()[finding.line - 1].endswith(finding.quote)
    before = len(file.entries)
    pruned, state = run(tmp_path, {"a.txt": changed}, prune=True)
    assert [count for _, count in state.pruned] == [1]
    assert "ACC901" not in rules(pruned)
    assert len(AcceptedFile(tmp_path / FILE_NAME).entries) == before - 1


def test_fewer_places_than_accepted(tmp_path: Path) -> None:
    """Where some places are mended the rest stays accepted, and the count can be lowered."""
    result, accepted = run(tmp_path, {"a.txt": PAGE})
    accepted.accept(result.findings, "known")
    (entry,) = [e for e in AcceptedFile(tmp_path / FILE_NAME).entries.values() if e.quote == "medical association"]
    assert entry.count == 2
    changed = PAGE.replace("The medical association met again", "The consortium met again")
    again, _ = run(tmp_path, {"a.txt": changed})
    assert "TRM101" not in rules(again)
    assert any("has 1 of 2 places left" in finding.message for finding in again.findings)
    run(tmp_path, {"a.txt": changed}, prune=True)
    more, _ = run(tmp_path, {"a.txt": PAGE})
    assert "TRM101" in rules(more)


def test_a_page_that_is_gone(tmp_path: Path) -> None:
    """An entry of a page that was deleted has lapsed; one of a page that was not checked is not judged."""
    result, accepted = run(tmp_path, {"a.txt": PAGE, "b.txt": PAGE})
    accepted.accept(result.findings, "known")
    assert rules(run(tmp_path, {"a.txt": PAGE})[0]) == []
    (tmp_path / "b.txt").unlink()
    gone = run(tmp_path, {"a.txt": PAGE})[0]
    assert set(rules(gone)) == {"ACC901"}


def test_rules_that_did_not_run_are_not_judged(tmp_path: Path) -> None:
    """A run with few rules says nothing of the entries of others."""
    result, accepted = run(tmp_path, {"a.txt": PAGE})
    accepted.accept(result.findings, "known")
    few = Checker(tiny_glossary(), Options(select=("GAR302", "ACC")))
    assert rules(run(tmp_path, {"a.txt": PAGE}, checker=few)[0]) == []


def test_accepting_more_keeps_reasons_and_comments(tmp_path: Path) -> None:
    """Entries that are there keep what people wrote: reasons, and comments above them."""
    result, accepted = run(tmp_path, {"a.txt": PAGE})
    accepted.accept(result.findings[:1], "asked the ministry")
    path = tmp_path / FILE_NAME
    path.write_text(
        path.read_text(encoding="utf-8").replace("- path", "# ours\n# still ours\n- path"), encoding="utf-8"
    )
    result, accepted = run(tmp_path, {"a.txt": PAGE})
    accepted.accept(result.findings)
    content = path.read_text(encoding="utf-8")
    assert "asked the ministry" in content
    assert content.count("# still ours\n") == 1
    assert content.startswith("# Findings of yigai that are accepted.")


def test_comments_inside_an_entry_are_kept(tmp_path: Path) -> None:
    """An entry that does not change stays as somebody wrote it; one with a block of text is written anew."""
    path = tmp_path / FILE_NAME
    entry = "- path: b.txt  # of last year\n  rule: X\n  # the society\n  fingerprint: a1\n  count: 2  # places\n"
    flow = "- {path: c.txt, rule: X, fingerprint: a2}  # too\n"
    block = "- path: d.txt\n  rule: X\n  fingerprint: a3\n  reason: |\n    asked\n"
    path.write_text(f"# Our own\n{block}{flow}{entry}", encoding="utf-8")
    file = AcceptedFile(path)
    file.write()
    assert path.read_text(encoding="utf-8").startswith(f"# Our own\n{entry}{flow}- path: d.txt\n")
    again = AcceptedFile(path)
    assert [(key, e.count, e.reason) for key, e in again.entries.items()] == [
        (key, e.count, e.reason) for key, e in sorted(file.entries.items())
    ]


@pytest.mark.parametrize(
    "text", ["# Our own\n\n# of today\n{}\n# the end\n", "\n# Our own\n# of today\n", "# Our own\n\n{}# of today"]
)
def test_comments_that_stand_apart_are_kept(tmp_path: Path, text: str) -> None:
    """At the top with an empty line below, at the end, and in a file without entries; once, however often it is written."""
    path = tmp_path / FILE_NAME
    path.write_text(text.format("- {path: b.txt, rule: X, fingerprint: a1}\n"), encoding="utf-8")
    for _ in range(2):
        result, accepted = run(tmp_path, {"a.txt": PAGE})
        accepted.accept(result.findings)
        content = path.read_text(encoding="utf-8")
        assert content.startswith("# Our own\n")
        assert [content.count(line) for line in ("# of today\n", "# the end\n")] == [1, text.count("# the end")]


@pytest.mark.parametrize(
    "name", ["1e5.txt", "~", "a: b #c.txt", "医改/页.txt", "line\u2028end.txt", "'\".txt", "-", " blank .txt "]
)
def test_any_path_is_read_back(tmp_path: Path, name: str) -> None:
    """What is written is read again as it was, whatever stands in a name or a quote."""
    file = AcceptedFile(tmp_path / FILE_NAME)
    entry = Entry(name, "TRM101", "0123456789012345", 3, "quote: \x1b[31m", "yes")
    file.entries[entry.key] = entry
    file.write()
    (again,) = AcceptedFile(file.path).entries.values()
    assert (again.key, again.count, again.reason) == (entry.key, 3, "yes")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- path: a\n  rule: TRM101\n", ":1:3: an accepted finding needs the key 'fingerprint'"),
        ("- {path: a, rule: b, fingerprint: c, reson: d}\n", "unknown key 'reson'"),
        ("- {path: a, rule: b, fingerprint: c, count: many}\n", "count must be a whole number"),
        ("- {path: a, rule: b, fingerprint: c}\n- {path: a, rule: b, fingerprint: c}\n", "twice"),
        ("path: a\n", "expected a list"),
        ("- &a {path: *a}\n", "anchors and aliases"),
        ("- path: [\n", "not valid YAML"),
        ("[" * 200, "nested too deeply"),
    ],
)
def test_mistakes_in_the_file(tmp_path: Path, content: str, words: str) -> None:
    """A file that cannot be used is an error with its line, not a silent pass."""
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    with pytest.raises(AcceptanceError) as caught:
        run(tmp_path, {"a.txt": PAGE})
    assert words in str(caught.value)


def page(path: str, text: str) -> list[Finding]:
    """The findings of a page with its comments."""
    return list(CHECKER.check([Document(path, text)], accepted=Acceptance(CHECKER.rules)).findings)


def test_a_comment_above_a_block(tmp_path: Path) -> None:
    """A comment between blocks holds for the next block and no further."""
    text = "<!-- yigai: accept TRM101: quoted -->\n\nA doctor union body was.\n\nA doctor union body is.\n"
    (finding,) = page(str(tmp_path / "a.md"), text)
    assert (finding.rule, finding.line) == ("TRM101", 5)


def test_a_comment_inside_a_block(tmp_path: Path) -> None:
    """A comment in a block holds for this block; of a finding with several places the others stay."""
    text = "The doctor union body was. <!-- yigai: accept wrong-rendering: quoted -->\n\nA doctor union body is.\n"
    (finding,) = page(str(tmp_path / "a.html"), text)
    assert (finding.line, finding.count, finding.quote) == (3, 1, "doctor union body")
    assert text[finding.start : finding.end] == finding.quote


def test_a_comment_for_the_page(tmp_path: Path) -> None:
    """``accept-page`` holds everywhere; without a reason it is noted."""
    text = "A doctor union body is.\n\n<!-- yigai: accept-page TRM, CON -->\n\nA doctor union body was.\n"
    assert [finding.rule for finding in page(str(tmp_path / "a.md"), text)] == ["ACC902"]


def test_a_comment_that_accepts_nothing(tmp_path: Path) -> None:
    """A comment whose fault is gone is ACC901, and so is one that names no rule."""
    text = "<!-- yigai: accept TRM101: quoted -->\n\nAll is well.\n\n<!-- yigai: accept : why -->\n"
    assert [finding.rule for finding in page(str(tmp_path / "a.md"), text)] == ["ACC901", "ACC901"]


def test_a_misspelt_comment(tmp_path: Path) -> None:
    """A word that is nearly ``accept`` is told with the right one and accepts nothing; what is no acceptance is let be."""
    text = "<!-- yigai: acept TRM101: quoted -->\n\nA doctor union body is.\n\n<!-- yigai: see the style guide -->\n"
    found = [
        finding for finding in page(str(tmp_path / "a.md"), text) if finding.rule in ("ACC901", "ACC902", "TRM101")
    ]
    assert [finding.rule for finding in found] == ["ACC901", "TRM101"]
    assert found[0].message == "This comment accepts nothing: unknown word 'acept'; did you mean 'accept'?"
    (comment,) = accept_comments(Document("t.yaml", "# yigai: Accept GLS802: why\nb: y\n"), [])
    assert (comment.rules, comment.meant) == ((), "accept")


def test_comments_are_for_mark_up_only(tmp_path: Path) -> None:
    """In plain text the same characters are text."""
    text = "<!-- yigai: accept TRM101: quoted -->\nA doctor union body is.\n"
    assert "TRM101" in [finding.rule for finding in page(str(tmp_path / "a.txt"), text)]


def test_comments_in_yaml() -> None:
    """Behind a value a comment holds for its line, alone on a line for the next one."""
    text = "a: x  # yigai: accept GLS801: why\n# yigai: accept GLS802: also why\nb: y\nc: 'z#yigai: accept GLS803'\n"
    first, second = accept_comments(Document("t.yaml", text), [])
    assert text[slice(*first.scope)].startswith("a: x")
    assert (text[slice(*second.scope)], second.rules, second.reason) == ("b: y", ("GLS802",), "also why")


@pytest.mark.parametrize(
    "text", ["<!-- yigai: accept " * 20_000, "<!--" + " " * 100_000 + "yigai:", "# yigai: accept" * 9_000]
)
def test_hostile_comments(text: str) -> None:
    """Unclosed or endless comments are passed over at once."""
    for name in ("a.html", "a.yaml"):
        assert len(accept_comments(Document(name, text), [])) <= 9_000


def test_accept_on_the_command_line(tmp_path: Path) -> None:
    """--accept writes and leaves with 0; the next check is clean; --show-accepted shows it all; --prune cleans up."""
    text = "The Health and Health Commission of Guangdong said so.\n"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.txt").write_text(text, encoding="utf-8")
    assert command_here("check", "site", cwd=tmp_path).returncode == 1
    done = command_here("check", "site", "--accept", "--reason", "old page", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"site/{FILE_NAME}: 1 accepted" in done.stderr
    clean = command_here("check", "site", cwd=tmp_path)
    assert clean.returncode == 0
    assert "accepted: 1 finding not shown" in clean.stdout
    assert command_here("check", "site", "--show-accepted", cwd=tmp_path).returncode == 1
    (tmp_path / "site" / "a.txt").write_text("All is well.\n", encoding="utf-8")
    assert "ACC901" in command_here("check", "site", cwd=tmp_path).stdout
    assert "1 lapsed" in command_here("check", "site", "--prune", cwd=tmp_path).stderr
    assert "ACC901" not in command_here("check", "site", cwd=tmp_path).stdout


def test_accept_with_patterns(tmp_path: Path) -> None:
    """Quoted patterns are no paths: the file is made in the folder that holds all pages they stand for."""
    text = "The Health and Health Commission of Guangdong said so.\n"
    for name in ("site/a/x.txt", "site/b/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = command_here("check", "site/*/x.txt", "site/**/y.txt", "--accept", cwd=tmp_path)
    assert done.returncode == 0
    assert f"site/{FILE_NAME}: 2 accepted" in done.stderr
    assert command_here("check", "site", cwd=tmp_path).returncode == 0


def test_glossary_lint_respects_comments(tmp_path: Path) -> None:
    """A comment in an entry's file accepts what lint finds at its line."""
    terms = tmp_path / "terms" / "field"
    terms.mkdir(parents=True)
    entry = "- id: x-y\n  zh: 医改\n  preferred: health reform\n  broader: nowhere\n"
    (terms / "a.yaml").write_text(entry, encoding="utf-8")
    before = command_here(
        "glossary", "lint", str(tmp_path / "terms"), "--format", "concise", "--select", "GLS", cwd=tmp_path
    )
    assert "a.yaml:4:" in before.stdout
    commented = entry.replace("nowhere", "nowhere  # yigai: accept GLS: comes with the next edit")
    (terms / "a.yaml").write_text(commented, encoding="utf-8")
    after = command_here(
        "glossary", "lint", str(tmp_path / "terms"), "--format", "concise", "--select", "GLS", cwd=tmp_path
    )
    assert "a.yaml:4:" not in after.stdout


def test_a_comment_at_the_end_of_its_paragraph(tmp_path: Path) -> None:
    """A comment behind the last word of an element holds for this element, not for the next one."""
    text = "<p>The doctor union body was. <!-- yigai: accept TRM101: quoted --></p><p>A doctor union body is.</p>"
    result = CHECKER.check([read_page(str(tmp_path / "a.html"), text)], accepted=Acceptance(CHECKER.rules))
    (finding,) = result.findings
    assert finding.start > text.index("</p>")


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<!-- yigai: accept-page TRM101: so -->\n\n" * 2_000,
        "A ward.\n\n" + "<!-- yigai: accept GAR302: so -->" * 2_000 + "\n\n",
    ],
    ids=["each", "page", "before"],
)
def test_thousands_of_comments(head: str) -> None:
    """Each finding meets only the comments that could accept it (the suite would stall otherwise)."""
    faults = "\n\n".join(f"<!-- yigai: accept GAR302: so -->\nThe ward {n} met the the doctor." for n in range(2_000))
    text = f"{head}{faults}\n\nThe ward met the the doctor."
    (document,) = read_content("a.md", text.encode())
    assert isinstance(document, Document)
    result = CHECKER.check([document], accepted=Acceptance(CHECKER.rules))
    assert [(f.rule, f.start) for f in result.findings if f.rule == "GAR302"] == [("GAR302", text.rindex("the the"))]
