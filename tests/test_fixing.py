"""Repairs: what is applied, what is left alone, and that nothing new is at fault afterwards."""

from __future__ import annotations

import codecs
import html
import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.document import TAG, Document
from checker.finding import Finding
from checker.fixing import Edit, Mended, _Moved, applied, encoded_like, mend
from checker.options import Options
from checker.pipeline import Checker
from checker.readers.html import read_page
from checker.spans import Ranges
from tests.command_here import command_here
from tests.tiny import tiny_glossary

CHECKER = Checker(tiny_glossary(), Options(subject="health-reform", min_confidence="low"))
MECHANICAL = ("GAR", "RES", "SPC", "NUM")


def check(document: Document) -> list[Finding]:
    """All findings of a document."""
    return CHECKER.findings(CHECKER.page(document))


def mended(text: str, unsafe: bool = False, **changes: object) -> Mended:
    """A text after its repairs."""
    document = Document("page.txt", text, **changes)  # type: ignore[arg-type]
    return mend(document, changed, check, unsafe)


def changed(document: Document, edits: Sequence[Edit]) -> Document:
    """A document after edits."""
    return document._replace(text=applied(document.text, edits))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hospital opened the the new ward for patients.", "The hospital opened the new ward for patients."),
        ("The service is good&nbsp;and the ward is new.", "The service is good and the ward is new."),
        ("The hospital has doctors ( and nurses ) for all.", "The hospital has doctors (and nurses) for all."),
        ("The hospital has,many doctors and nurses.", "The hospital has, many doctors and nurses."),
        ("The ward is open。 The doctors are there.", "The ward is open. The doctors are there."),
    ],
)
def test_repairs(text: str, expected: str) -> None:
    """Doubled word, entity debris, spacing and the width of marks are mended."""
    assert mended(text).text == expected


def test_terms_are_left_to_a_person() -> None:
    """No term is changed unless that is asked for; then number and capitals stay."""
    text = "Doctor union bodies met. A doctor union body was there.\n"
    assert mended(text).text == text
    assert mended(text, unsafe=True).text == "Medical consortiums met. A medical consortium was there.\n"


def test_an_article_that_would_not_fit() -> None:
    """The article is changed with the place behind it; of several places that one waits for a round of its own."""
    concepts = (
        "- id: x\n  zh: 整合型医疗\n  preferred: integrated care\n"
        "  wrong:\n    - {en: merged medicine, trigger: [anywhere]}\n    - {en: unified medicine, trigger: [anywhere]}\n"
    )
    other = Checker(tiny_glossary(concepts), Options(subject="health-reform"))
    for text, expected in (
        ("This is a merged medicine plan.", "This is an integrated care plan."),
        ("This is a unified medicine plan.", "This is an integrated care plan."),
        ("The merged medicine plan.", "The integrated care plan."),
        (
            "The merged medicine plan is a merged medicine plan, the merged medicine plan.",
            "The integrated care plan is an integrated care plan, the integrated care plan.",
        ),
    ):
        document = Document("page.txt", text)
        done = mend(document, changed, lambda d: other.findings(other.page(d)), True)
        assert done.text == expected


def test_what_is_suggested_in_another_form_is_not_put_in() -> None:
    """A singular for a plural, a noun for a clause and a capital inside a sentence are left to a person."""
    concepts = (
        "- id: x\n  zh: 乡村医生\n  preferred: village doctor\n"
        "  wrong:\n    - {en: (country|rustic) healers, trigger: [anywhere]}\n"
        "    - {en: healers do not leave, trigger: [anywhere]}\n    - {en: Healercare, trigger: [anywhere]}\n"
    )
    other = Checker(tiny_glossary(concepts), Options(subject="health-reform"))
    for text in ("He trained country healers.", "The healers do not leave.", "He paid from Healercare today."):
        document = Document("page.txt", text)
        found = other.findings(other.page(document))
        assert [finding.rule for finding in found] == ["TRM101"]
        done = mend(document, changed, lambda d: other.findings(other.page(d)), True)
        assert done.text == text or found[0].suggestion == "village doctors"


def test_what_stands_before_a_tag_counts() -> None:
    """A capital behind a tag inside a sentence is a name's, and an article before a tag has to fit."""
    concepts = (
        "- id: x\n  zh: 整合型医疗\n  preferred: integrated care\n"
        "  wrong:\n    - {en: merged medicine, trigger: [anywhere]}\n    - {en: Mergecare, trigger: [anywhere]}\n"
    )
    other = Checker(tiny_glossary(concepts), Options(subject="health-reform"))
    for raw in ("<p>He pays from <b>Mergecare</b> now.</p>", "<p>It is a <i>merged medicine</i> plan.</p>"):
        document = read_page("page.html", raw)
        assert len(other.findings(other.page(document))) == 1
        done = mend(document, reread, lambda d: other.findings(other.page(d)), True)
        assert done.text == raw
    document = read_page("page.html", "<p><b>Merged medicine</b> is the aim.</p>")
    done = mend(document, reread, lambda d: other.findings(other.page(d)), True)
    assert done.text == "<p><b>Integrated care</b> is the aim.</p>"


def reread(old: Document, edits: Sequence[Edit]) -> Document:
    """A web page after edits."""
    return read_page(old.path, applied(old.text, edits))


def test_marked_up_places_are_left_alone() -> None:
    """Where tags stand in a place nothing is changed; where none do, what is put in is escaped."""
    raw = "<p>The ward is <b>open</b> now ( and new ) for the <i>the</i> people.</p>"
    view = "".join(TAG if inside else char for char, inside in _tags(raw))
    document = Document("page.html", raw, view=view, kind="html")

    def read(old: Document, edits: Sequence[Edit]) -> Document:
        new = applied(old.text, edits)
        return Document("page.html", new, view="".join(TAG if i else c for c, i in _tags(new)), kind="html")

    done = mend(document, read, check)
    assert done.text == "<p>The ward is <b>open</b> now (and new) for the <i>the</i> people.</p>"


def _tags(text: str) -> list[tuple[str, bool]]:
    made, inside = [], False
    for char in text:
        inside = inside or char == "<"
        made.append((char, inside))
        inside = inside and char != ">"
    return made


PIECES = st.sampled_from(
    "the hospital opened . , ; : ( ) “ ” \" ' a new ward for patients and nurses 。 ， （ ） &nbsp; &amp; of of the The "
    "inthe ofthe County XunheCounty Xunhe 12 3 % 5% non profit doctor union body medical association \n \n\n 1. （1） "
    "医院 … .. ,, - — is was county-level hospitals TDT Sichuan".split(" ")
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " ", "  ", "\n"])), max_size=60).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


def _count(findings: list[Finding]) -> Counter[str]:
    return Counter(finding.rule for finding in findings for _ in finding.places if finding.rule.startswith(MECHANICAL))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_mending_makes_no_fault_and_ends(text: str) -> None:
    """For any text: mending twice is mending once, and no rule finds more places than before."""
    document = Document("page.txt", text)
    once = mended(text)
    before, after = _count(check(document)), _count(check(Document("page.txt", once.text)))
    assert not after - before
    assert mended(once.text).text == once.text
    if not once.applied:
        assert once.text == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_mending_keeps_the_words(text: str) -> None:
    """For any text: letters and figures stay in their order; what goes is one of two equal copies."""

    def letters(words: str) -> str:
        plain = unicodedata.normalize("NFKC", html.unescape(words)).casefold()
        return "".join(char for char in plain if char.isalnum())

    done = mended(text)
    copies = ("GAR302", "GAR320", "GAR321")
    if not any(rule.startswith(copies) for rule in done.applied):
        assert letters(done.text) == letters(text)
    else:
        rest = iter(letters(text))
        assert all(char in rest for char in letters(done.text))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("gb18030", b""),
    ],
)
def test_the_encoding_is_kept(name: str, mark: bytes) -> None:
    """The bytes that were not mended stay as they were, in any encoding that is read."""
    text = "医改 the the ward\r\n"
    content = mark + text.encode(name)
    assert encoded_like(content, Document("a", text), text) == content
    assert encoded_like(content, Document("a", text), "医改 the ward\r\n") == mark + "医改 the ward\r\n".encode(name)


def test_an_encoding_that_cannot_be_told() -> None:
    """A file whose bytes the text does not give again is not written."""
    assert encoded_like(b"caf\xe9 \x81", Document("a", "caf\ufffd"), "caf") is None


TEXT = "The hospital in Guangdong opened the the new ward.\r\nIt has,many doctors ( and nurses ).\r\n"
GOOD = "The hospital in Guangdong opened the new ward.\r\nIt has, many doctors (and nurses).\r\n"


def test_fix_on_the_command_line(tmp_path: Path) -> None:
    """Files are mended in place with their permissions; links stay links; a second run finds nothing to do."""
    page = tmp_path / "page.txt"
    page.write_bytes(TEXT.encode())
    page.chmod(0o640)
    link = tmp_path / "link.txt"
    os.symlink(page, link)
    (tmp_path / "clean.txt").write_text("All is well.\n", encoding="utf-8")
    done = command_here("fix", "link.txt", "clean.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert page.read_bytes() == GOOD.encode()
    assert link.is_symlink()
    assert page.stat().st_mode & 0o777 == 0o640
    assert "link.txt: 1 GAR302" in done.stderr
    assert command_here("fix", "page.txt", cwd=tmp_path).stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean.txt", "link.txt", "page.txt"]


def test_diff_writes_nothing(tmp_path: Path) -> None:
    """--diff shows lines as patch takes them, leaves the file, and is exit code 1 where something would change."""
    page = tmp_path / "page.txt"
    page.write_bytes(TEXT.encode())
    done = command_here("fix", "page.txt", "--diff", cwd=tmp_path)
    assert done.returncode == 1
    assert "-It has,many doctors ( and nurses )." in done.stdout
    assert "+It has, many doctors (and nurses)." in done.stdout
    assert page.read_bytes() == TEXT.encode()
    page.write_bytes(GOOD.encode())
    assert command_here("fix", "page.txt", "--diff", cwd=tmp_path).returncode == 0


def test_fix_takes_standard_input(tmp_path: Path) -> None:
    """``-`` is mended onto standard output."""
    done = command_here("fix", "-", cwd=tmp_path, stdin=TEXT.encode())
    assert done.stdout.encode() == GOOD.encode()


def test_what_cannot_be_mended_goes_through(tmp_path: Path) -> None:
    """A file of a translation tool that is piped through comes out as it went in."""
    memory = '<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>Reform , so</seg></tuv></tu></body></tmx>\n'
    done = command_here("fix", "-", cwd=tmp_path, stdin=memory.encode())
    assert (done.returncode, done.stdout) == (0, memory)
    assert not command_here("fix", "-", "--diff", cwd=tmp_path, stdin=memory.encode()).stdout


def test_diff_has_the_byte_order_mark(tmp_path: Path) -> None:
    """The first line of a diff is that of the file, which ``patch`` would not find without its mark."""
    (tmp_path / "page.txt").write_bytes(codecs.BOM_UTF8 + TEXT.encode())
    done = command_here("fix", "page.txt", "--diff", cwd=tmp_path)
    assert f"-\ufeff{TEXT.splitlines()[0]}" in done.stdout.splitlines()


LENGTHS = st.tuples(
    st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)
)  # a gap, what is replaced, what replaces it
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda span: (span[0], sum(span)))


@given(st.lists(LENGTHS, min_size=1, max_size=12), st.lists(SPANS, max_size=8), SPANS)
def test_what_stands_beside_a_repair(
    lengths: list[tuple[int, int, int]], places: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    """What is looked up is what going through all of them finds."""
    edits, news, old, new = [], [], 0, 0
    for gap, replaced, text in lengths:
        old, new = old + gap + 1, new + gap + 1
        edits.append(Edit(old, old + replaced, "x" * text, "SPC504"))
        news.append((new, new + text))
        old, new = old + replaced, new + text
    moved = _Moved(edits)
    meets = [edit for edit, (start, end) in zip(edits, news, strict=True) if place[0] <= end and start <= place[1]]
    assert moved.touching(place) == meets
    closest = min(abs(start - place[0]) for start, _ in news)
    assert moved.nearest(place) == next(
        edit for edit, (start, _) in zip(edits, news, strict=True) if abs(start - place[0]) == closest
    )
    assert Ranges(places).meet(place) == any(place[0] <= end and start <= place[1] for start, end in places)


def test_accepted_findings_are_not_mended(tmp_path: Path) -> None:
    """What is accepted stays as it is, whether by a file or by a comment."""
    page = tmp_path / "page.md"
    page.write_text("<!-- yigai: accept GAR302: quoted -->\n\nThe ward is for the the people.\n", encoding="utf-8")
    before = page.read_bytes()
    command_here("fix", "page.md", cwd=tmp_path)
    assert page.read_bytes() == before


def test_a_comment_that_is_shown_accepts_nothing(tmp_path: Path) -> None:
    """An accepting comment in code of Markdown is an example of one."""
    shown = "```html\n{}\n```\n", "Write `{}` there.\n", "~~~\n{}\n"
    for code in (*shown, "Write `x`{}.\n", "```x``` is code. {}\n"):
        page = tmp_path / "page.md"
        comment = "<!-- yigai: accept-page GAR302: quoted -->"
        page.write_text(f"The ward is for the the people.\n\n{code.format(comment)}", encoding="utf-8")
        command_here("fix", "page.md", cwd=tmp_path)
        assert ("the the" not in page.read_text(encoding="utf-8")) == (code in shown)


def test_files_that_cannot_be_mended(tmp_path: Path) -> None:
    """A missing file is exit code 2; the others are mended."""
    (tmp_path / "page.txt").write_bytes(TEXT.encode())
    done = command_here("fix", "nowhere.txt", "page.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere.txt" in done.stderr
    assert (tmp_path / "page.txt").read_bytes() == GOOD.encode()


def test_web_pages_keep_their_mark_up_and_encoding(tmp_path: Path) -> None:
    """In a page of GBK only the text is mended: tags, scripts, entities and the other bytes stay."""
    body = (
        '<html><head><meta charset="gbk"><script>a ( b )</script></head><body>\r\n'
        "<p>The hospital of 广东 has,many <b>good</b> doctors&nbsp;{} for <i>the</i> the people of the county.</p>\r\n"
        "</body></html>"
    )
    page = tmp_path / "page.html"
    page.write_bytes(body.format("( and nurses )").encode("gbk"))
    assert command_here("fix", "page.html", cwd=tmp_path).returncode == 0
    assert page.read_bytes() == body.format("(and nurses)").replace("has,many", "has, many").encode("gbk")


def test_code_in_markdown_is_left_alone(tmp_path: Path) -> None:
    """What stands in code is not text."""
    text = (
        "# Guangdong\n\nThe the hospital has `f( x )` and doctors ( and nurses ) for all.\n\n```\nf( x ) the the\n```\n"
    )
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    command_here("fix", "page.md", cwd=tmp_path)
    good = text.replace("The the", "The").replace("( and nurses )", "(and nurses)")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == good
