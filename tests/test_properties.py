"""Properties that hold for any input: places, patterns against a slow twin, suppression, YAML, repairs in mark-up."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checker.acceptance.run import Acceptance
from checker.document import Document
from checker.finding import Finding
from checker.fixing import Edit, applied, mend
from checker.options import Options
from checker.pipeline import Checker
from checker.readers.html import read_page
from checker.readers.markup import read_tree
from checker.readers.parts import in_parts
from checker.spotting.index import FormIndex, Key, Surfaces
from glossary import Glossary, load
from glossary.canonical import canonical
from glossary.compiled import words_of
from glossary.folding import fold
from glossary.templates import TextWords, closed, parse
from glossary.yaml_file import read_concepts
from tests.fuzz.targets import TARGETS, holds
from tests.tiny import CONCEPTS, tiny_glossary


def examples(number: int) -> settings:
    """So many examples, however long they take."""
    return settings(
        max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
    )


# -- places --------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "the", " ", "\n", "\r\n", "\r", "\u2028", "\x85", "hospital", "medical association", "医联体", "。", ". ", "1.", "(", ")",
        "\u202e", "\u200b", "\u0301", "\U0001f600", "&nbsp;", "&#x4e00;", "<", ">", "<p>", "</p>", "<br>", "<b>", "</td><td>",
        "<!--", "-->", "<title>", "</title>", "<script>", "*", "`", "#", "|", "- ", "[x](y)", "\t", ",", '"', "12.5%", "\x0b", "\ufeff",
        "tiered", "diagnosis and treatment", "Sichuan", "İ", "ß", "ﬁ", "２", "</", "<!", "]]>", "&", ";",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@examples(150)
@given(TEXTS)
def test_every_place_has_a_line_and_a_column(text: str) -> None:
    """Line and column lead back to the offset, and the lines are those that end at LF, CRLF or CR."""
    document = Document("page", text)
    for offset in range(len(text) + 1):
        line, column = document.position(offset)
        assert document.offset(line, column) == offset
    assert document.position(len(text))[0] == len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


@examples(150)
@given(TEXTS, st.integers(1, 30))
def test_parts_of_a_text_know_their_places(text: str, size: int) -> None:
    """The parts of a huge text are the text, none longer than it may be, and their lines and columns are those of the file."""
    document = Document("page", text)
    start = 0
    for part in in_parts([document], size):
        assert isinstance(part, Document)
        assert len(part.text) <= size + 1  # a carriage return keeps its line feed
        assert text.startswith(part.text, start)
        for offset in range(len(part.text) + 1):
            assert part.position(offset) == document.position(start + offset)
            assert part.offset(*part.position(offset)) == offset
        start += len(part.text)
    assert start == len(text)


@examples(120)
@given(TEXTS, st.sampled_from(["text", "html", "markdown", "csv", "tsv", "po"]))
def test_what_readers_make_is_in_order(text: str, name: str) -> None:
    """Views are as long as their text; units, blocks, sentences and links lie in order inside it."""
    TARGETS[name](text.encode())


@examples(60)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.sampled_from(["xliff", "tmx"]))
def test_what_readers_of_pairs_make_is_in_order(pairs: list[tuple[str, str]], name: str) -> None:
    """So do those of the formats of translators, whatever stands in their segments."""
    from xml.sax.saxutils import escape

    def xml(text: str) -> str:
        return escape("".join(char for char in text if char.isprintable() or char in "\n\t"))

    if name == "xliff":
        units = "".join(
            f'<trans-unit id="{number}"><source>医院{xml(zh)}</source><target>{xml(en)}</target></trans-unit>'
            for number, (zh, en) in enumerate(pairs)
        )
        content = f'<xliff version="1.2"><file><body>{units}</body></file></xliff>'
    else:
        units = "".join(
            f'<tu><tuv xml:lang="zh"><seg>医院{xml(zh)}</seg></tuv><tuv xml:lang="en"><seg>{xml(en)}</seg></tuv></tu>'
            for zh, en in pairs
        )
        content = f"<tmx><body>{units}</body></tmx>"
    TARGETS[name](content.encode())


@examples(50)
@given(TEXTS)
def test_findings_quote_what_stands_there(text: str) -> None:
    """The place of every finding holds its quote, and line and column are those of the place."""
    TARGETS["check"](text.encode("utf-8", "surrogatepass"))


# -- patterns ------------------------------------------------------------------------------------------------------


class EveryPattern(FormIndex):
    """An index that asks every pattern of the glossary, as if there were no anchors."""

    def _patterns_of(self, text: TextWords, classes: object) -> dict[str, list[Key]]:
        return {str(number): [(text.words, text.words)] for number in range(len(self._pattern_lines))}


MEMBERS = ["medical", "medical care", "union", "body", "graded", "first line", "of the", "tiered"]
LITERALS = [
    "of",
    "for the",
    "(of|for)",
    "[the]",
    "[all the]",
    "care",
    "county (and|or) town",
    "in [rural] areas",
    "the",
]


@st.composite
def small_glossaries(draw: st.DrawFn) -> tuple[Glossary, list[str]]:
    """A glossary of a few random patterns over two random classes, and the templates."""
    morphemes = ""
    for key in ("医.medicine", "联.union"):
        members = draw(st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=4, unique=True))
        marked, plain = members[:1], members[1:]
        values = {"zh": key[0], "sense": "some", "pos": draw(st.sampled_from(["noun", "adjective", "phrase"]))}
        values |= {name: given for name, given in (("marked", marked), ("plain", plain)) if given}
        morphemes += yaml.safe_dump({key: values}, allow_unicode=True)
    part = st.sampled_from([*LITERALS, "{医.medicine}", "{联.union}"])
    written = st.lists(part, min_size=2, max_size=5).map(" ".join)
    templates = draw(st.lists(written.filter(lambda made: "{" in made), min_size=1, max_size=4, unique=True))
    entry = {"id": "one", "zh": "医联体", "preferred": "zzz", "patterns": [{"en": template} for template in templates]}
    return tiny_glossary(yaml.safe_dump([entry], allow_unicode=True), morphemes), templates


def strings(template: str, glossary: Glossary) -> Iterator[str]:
    """Every string of a template, folded, without inflection."""
    choices = []
    for slot in parse(template):
        members = glossary.morphemes[slot.values[0]].members if slot.kind == "class" else slot.values
        choices.append([fold(member) for member in members])
    for chosen in itertools.product(*choices):
        yield " ".join(part for part in chosen if part)


def standing(index: FormIndex, text: str) -> Surfaces:
    """The surfaces an index finds that stand in a text: a text that was asked little is let have some more."""
    words = TextWords.of(text)
    return {surface: rows for surface, rows in index.surfaces(words).items() if words.holds(words_of(surface))}


@examples(80)
@given(st.data())
def test_a_string_of_a_pattern_is_found_where_it_stands(data: st.DataObject) -> None:
    """Any string of any pattern is found in any text around it, and the anchors hide nothing that asking all finds."""
    glossary, templates = data.draw(small_glossaries())
    every = sorted({made for template in templates for made in strings(template, glossary) if " " in made})
    assume(every)
    wanted = data.draw(st.sampled_from(every))
    noise = st.lists(st.sampled_from([*MEMBERS, "of", "the", "care", "areas"]), max_size=3).map(" ".join)
    text = " ".join(filter(None, (data.draw(noise), wanted, data.draw(noise))))
    found = standing(FormIndex(glossary.tables), text)
    assert wanted in found
    assert found == standing(EveryPattern(glossary.tables), text)


@cache
def curated() -> tuple[FormIndex, EveryPattern, list[tuple[str, list[list[str]]]]]:
    """The index of the curated glossary, the one that asks every pattern, and the parts of all its patterns."""
    glossary = load()
    patterns = []
    for concept in glossary.concepts:
        if concept.status == "withdrawn":
            continue
        for rendering in concept.patterns:
            slots = parse(rendering.en)
            if not any(slot.kind == "class" for slot in slots):
                continue
            parts = [
                list(glossary.morphemes[slot.values[0]].members) if slot.kind == "class" else list(slot.values)
                for slot in slots
            ]
            patterns.append((concept.id, parts))
    return FormIndex(glossary.tables), EveryPattern(glossary.tables), patterns


@examples(60)
@given(st.data())
def test_strings_of_the_curated_patterns_are_found(data: st.DataObject) -> None:
    """So it is with strings of the patterns of the curated glossary, several in one text."""
    index, _, patterns = curated()
    wanted = []
    for number in data.draw(st.lists(st.integers(0, len(patterns) - 1), min_size=1, max_size=8)):
        chosen = [data.draw(st.sampled_from(part)) for part in patterns[number][1]]
        wanted.append(fold(closed(" ".join(part for part in chosen if part))))
    found = index.surfaces(TextWords.of("\n".join(wanted)))
    assert [made for made in wanted if " " in made and made not in found] == []


@examples(5)
@given(st.data())
def test_the_anchors_of_the_curated_patterns_hide_nothing(data: st.DataObject) -> None:
    """On a text of strings of curated patterns, asking every pattern finds no more than asking those listed."""
    index, every, patterns = curated()
    numbers = data.draw(st.lists(st.integers(0, len(patterns) - 1), min_size=4, max_size=12))
    chosen = [data.draw(st.sampled_from(part)) for number in numbers for part in patterns[number][1]]
    ends = data.draw(st.lists(st.sampled_from(["", "s", "s"]), min_size=len(chosen), max_size=len(chosen)))
    text = fold(closed(" ".join(part + end for part, end in zip(chosen, ends, strict=True) if part)))
    assert standing(index, text) == standing(every, text)


# -- suppression ---------------------------------------------------------------------------------------------------

CHECKER = Checker(tiny_glossary(), Options(subject="health-reform", select=("TRM", "CON", "GAR302", "SPC")))
SENTENCES = st.lists(
    st.sampled_from(
        [
            "The medical association met.", "A doctor union body was made here.", "Sichuan opened the the ward.",
            "A tiered system ( of care ) grew.", "Doctors of the county speak.", "Graded diagnosis and treatment is new.",
            "The medical association met again,it said.",
        ]
    ),
    min_size=1, max_size=7,
).map("\n\n".join)  # fmt: skip


def shown(text: str, folder: Path) -> tuple[list[Finding], Acceptance]:
    """What is reported of a page in a folder, and what is accepted there."""
    accepted = Acceptance(CHECKER.rules, folder)
    found = CHECKER.check([Document(str(folder / "page.txt"), text)], accepted=accepted).findings
    return [finding for finding in found if not finding.rule.startswith("ACC")], accepted


def named(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    """What findings are told apart by."""
    return {(finding.rule, finding.fingerprint) for finding in findings}


@examples(50)
@given(SENTENCES, st.randoms(use_true_random=False))
def test_what_is_accepted_is_silent_and_nothing_else(text: str, random: object) -> None:
    """Of any findings accepted, exactly these are left out afterwards; accepting the rest too leaves none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.txt").write_text(text, encoding="utf-8")
        before, accepted = shown(text, folder)
        kept = {key for key in sorted(named(before)) if random.random() < 0.5}  # type: ignore[attr-defined]
        some = [finding for finding in before if (finding.rule, finding.fingerprint) not in kept]
        accepted.accept(some, "so it was printed")
        after, accepted = shown(text, folder)
        assert named(after) == kept
        accepted.accept(after, "so is this")
        assert shown(text, folder)[0] == []


# -- YAML ----------------------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.sampled_from(
        [
            "yes", "no", "null", "~", "1e3", "0x1F", "2021-01-01", "1:30", ".5", "a: b", "a #b", "# a", "- a", "? a", "'a'", '"a"', "a'b",
            "[a]", "{a}", "@a", "`a", "%a", "&a", "*a", "!a", "|", ">", "a\\n", "a,b", "医改: 一", "“a”", "a - b", "=", "<<", "a\u2028b",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=20),
).map(str.strip).filter(bool)  # fmt: skip


@examples(100)
@given(WORDS, st.lists(WORDS, max_size=3, unique=True), WORDS, st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_any_words_come_back_from_yaml(preferred: str, admitted: list[str], why: str, definition: str) -> None:
    """An entry with any words reads the same before and after it is put into canonical form, which changes nothing twice."""
    entry = {
        "id": "one", "zh": "医联体", "preferred": preferred, "admitted": admitted, "definition": definition,
        "wrong": [{"en": "a wrong form", "trigger": ["anywhere"], "why": why}],
    }  # fmt: skip
    text = yaml.safe_dump([{key: value for key, value in entry.items() if value}], allow_unicode=True)
    found, problems = read_concepts("one.yaml", text, "test")
    assume(not problems)
    written = canonical("one.yaml", text)
    again, problems = read_concepts("one.yaml", written, "test")
    assert (again, problems) == (found, [])
    assert canonical("one.yaml", written) == written


@examples(60)
@given(st.lists(st.tuples(WORDS, WORDS, st.integers(1, 99)), max_size=4, unique_by=lambda item: item[0]))
def test_accepted_findings_come_back_from_yaml(rows: list[tuple[str, str, int]]) -> None:
    """A file of accepted findings with any names and reasons says the same when it is written and read again."""
    values = [
        {"path": path, "rule": "TRM101", "fingerprint": "0" * 16, "count": count, "reason": reason}
        for path, reason, count in rows
    ]
    TARGETS["accepted"](yaml.safe_dump(values, allow_unicode=True).encode())


@examples(60)
@given(st.integers(0, len(CONCEPTS)), st.sampled_from(["", "x", ":", "-", "\t", "'", '"', "{", "&a ", "\n", "#"]))
def test_a_damaged_entry_is_told_or_means_something(place: int, put: str) -> None:
    """A glossary with a character put in anywhere is refused with a place, or its canonical form means the same."""
    TARGETS["glossary"]((CONCEPTS[:place] + put + CONCEPTS[place:]).encode())


# -- repairs in mark-up --------------------------------------------------------------------------------------------

MARKED = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>\n", "<b>", "</b>", "<br>", "<a href='x  y'>", "</a>", "<!-- the the -->", "<script>a ( b )</script>",
            "The the ", "ward ( new ) ", "hospital has,many ", "of of the county. ", "&nbsp;", "&amp;nbsp;", "医院，", "non profit ",
        ]
    ),
    max_size=25,
).map(lambda parts: "<html><body><p>Sichuan opened a ward for patients. " + "".join(parts) + "</body></html>")  # fmt: skip


@examples(40)
@given(MARKED)
def test_repairs_leave_mark_up_alone(text: str) -> None:
    """Whatever is mended in a page, its tags, comments and scripts stay as they were, and a second time nothing happens."""

    def changed(document: Document, edits: Sequence[Edit]) -> Document:
        return read_page(document.path, applied(document.text, edits))

    def check(document: Document) -> list[Finding]:
        return CHECKER.findings(CHECKER.page(document))

    document = read_page("page.html", text)
    done = mend(document, changed, check)
    holds(done.document)
    assert tags(done.text) == tags(text)
    again = mend(done.document._replace(), changed, check)
    assert again.text == done.text


def tags(text: str) -> list[str]:
    """The mark-up of a page: tags, comments, scripts."""
    made = []
    for kind, start, end, element in read_tree(text).pieces:
        if kind != "text" or element.name == "script":
            made.append(text[start:end])
    return made
