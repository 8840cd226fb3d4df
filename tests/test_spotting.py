"""Spotting: edges, guards, overlaps; the same mentions as a slow and obvious twin finds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Document
from checker.options import Options
from checker.page import Page
from checker.spotting.spotter import Spotter
from glossary import load
from glossary.cache import kept_tables
from glossary.concept import APPROVED
from glossary.folding import fold
from glossary.forms import inflected, spellings
from glossary.layers import Glossary
from glossary.templates import class_keys, is_template, literal_expansions, member_choices, parse
from tests.tiny import tiny_glossary

GLOSSARY = tiny_glossary()
SPOTTER = Spotter(GLOSSARY)


def page(text: str, subject: str = "health-reform") -> Page:
    """A page of ``text`` with the subject set."""
    return Page(Document("x", text), SPOTTER, Options(subject=subject))  # type: ignore[arg-type]


def names(text: str, subject: str = "health-reform") -> list[tuple[str, str, str]]:
    """(quote, concept, status) of the mentions in ``text``."""
    return [(text[m.start : m.end], c.concept.id, c.status) for m in page(text, subject).mentions for c in m.candidates]


def test_longest_match_and_shield() -> None:
    """An approved form hides the wrong and derived ones inside it; the longest name counts."""
    assert names("a compact county medical community") == [
        ("compact county medical community", "compact-county-medical-community", "preferred")
    ]
    assert names("the medical union group met") == []


@pytest.mark.parametrize("text", ["biomedical consortiumish", "xmedical association", "medical associations2"])
def test_edges_of_latin_words(text: str) -> None:
    """A form never starts or ends inside a word."""
    assert names(text) == []


def test_latin_beside_han_is_an_edge() -> None:
    """Chinese characters beside an English form do not hide it."""
    assert [found[0] for found in names("按medical consortium付费")] == ["medical consortium"]


def test_guards() -> None:
    """page, near, source and unless: each silent without its evidence."""
    assert names("The medical association met.")
    assert not names("The medical association met.", subject="other")
    assert not names("The Chinese Medical Association and the medical association met.")
    assert not names("A medical group union formed.")
    assert names("A medical group union of the hospital formed.")
    assert not names("The medical team came.")


def test_a_short_guard_begins_no_longer_word() -> None:
    """A word of up to four letters guards as itself and as its plural, a longer one as the beginning of others too."""
    assert not names("The medical association reads laws.")
    assert names("The medical association met lawyers.")
    assert names("A medical group union was hospitalized.")


def test_case_exact_abbreviations() -> None:
    """An abbreviation counts only in its own case."""
    assert names("TDT began") == [("TDT", "tiered-care", "abbreviation")]
    assert names("tdt began") == []


def test_a_listed_plural_is_that_of_its_own_word() -> None:
    """The plural of "consortium" is no plural of "alliance": one reading, not two."""
    (mention,) = page("two medical consortia").mentions
    assert [(c.base, c.status) for c in mention.candidates] == [("medical consortium", "preferred")]
    assert names("medical alliances") == [("medical alliances", "medical-consortium", "admitted")]


def test_a_listed_plural_of_several_words_is_that_of_the_preferred_name() -> None:
    """Other names with the same head keep their regular plural."""
    assert [found[:2] for found in names("urban medical groups")] == [
        ("urban medical groups", "compact-urban-medical-group")
    ]


def test_blocks_part_forms() -> None:
    """A form does not run from one block into the next."""
    assert [found[0] for found in names("Led by the medical\n\nConsortium is a word.")] == ["Consortium"]


def test_derived_forms_need_a_marked_part() -> None:
    """Plain parts alone are a mention; a marked one with the subject is reported; two need no subject."""
    (plain,) = page("a medicine alliance group").mentions
    assert not plain.candidates[0].reported
    (marked,) = page("a medical union body").mentions
    assert marked.candidates[0].reported
    assert not page("a medical union body", "other").mentions[0].candidates[0].reported
    assert page("a medical linked body", "other").mentions[0].candidates[0].reported


def test_proposed_concepts_are_never_enforced() -> None:
    """A wrong form of a proposed concept is not even a mention."""
    assert names("proposed nonsense") == []


def test_the_subject_needs_terms_and_a_place() -> None:
    """Three concepts on a longer page, one on a short one, and China in either."""
    long = "word " * 250
    terms = "A medical consortium, a county medical community and tiered diagnosis and treatment. "
    assert Page(Document("x", terms + long), SPOTTER).subject == "other"
    assert Page(Document("x", terms + "Sichuan. " + long), SPOTTER).subject == "health-reform"
    assert Page(Document("x", "A medical consortium in Sichuan."), SPOTTER).subject == "health-reform"
    assert Page(Document("x", "A medical consortium in Sichuan. " + long), SPOTTER).subject == "other"


def test_an_abbreviation_is_no_concept_of_health() -> None:
    """API and ICU stand in manuals of software too."""
    spotter = Spotter(load())
    text = "The {} has issues, said the reviews of the guidelines in Shanghai, and gives preference to applications. "
    assert Page(Document("x", text.format("API") + "word " * 250), spotter).subject == "other"
    assert Page(Document("x", text.format("pharmacist") + "word " * 250), spotter).subject == "health-reform"


def test_american_medicare_is_no_sign_of_a_translation() -> None:
    """Pages of the United States say "Medicare reimbursement" of their own; what stands beside it may still tell."""
    text = (
        "Medicare reimbursement of hospitals fell. Medicare negotiation of prices and Medicare cards are in the bill. "
    )
    spotter = Spotter(load())
    assert Page(Document("x", text), spotter).subject == "other"
    assert Page(Document("x", text + "Sichuan."), spotter).subject == "health-reform"


def test_the_subject_shows_in_what_only_a_translation_says() -> None:
    """Two odd phrases for different things stand for China; one does not, nor what it holds inside it."""
    terms = "A medical consortium, a county medical community and tiered diagnosis and treatment. "
    one, other = "The doctor union body met. ", "They sink resources. "
    assert Page(Document("x", terms + one), SPOTTER).subject == "other"
    assert Page(Document("x", terms + one + other), SPOTTER).subject == "health-reform"


def test_the_subject_shows_in_officialese_without_a_word_of_health() -> None:
    """Where only translated officialese says so much no concept of health is needed; a phrase of it is not enough."""
    spotter = Spotter(load())
    start = "The college held its meeting on Friday. Everybody shall do a good job in "
    much = "the two maintenances, in the comprehensive and strict governance of the Party, and in the theoretical learning "
    end = "center group, and carry forward the Party's fine traditions at the grassroots."
    assert Page(Document("x", start + much + end), spotter).subject == "health-reform"
    assert Page(Document("x", start + "the library, " + end), spotter).subject == "other"


# -- the slow twin -------------------------------------------------------------------------------------------------


def twin_forms() -> Iterator[tuple[str, str, str, int, bool]]:
    """(surface, concept, status, marked, has trigger page) of every form, patterns wholly expanded."""
    for concept in GLOSSARY.concepts:
        rows = [
            (concept.preferred, "preferred", concept.pos, ()),
            *((f, "admitted", concept.pos, ()) for f in concept.admitted),
        ]
        rows += [(f, "short", concept.pos, ()) for f in concept.short] + [
            (f, "ignore", concept.pos, ()) for f in concept.ignore
        ]
        rows += [(r.en, "wrong", r.pos or concept.pos, r.trigger) for r in concept.wrong if concept.enforced]
        rows += [(r.en, "deprecated", r.pos or concept.pos, r.trigger) for r in concept.deprecated]
        for en, status, pos, trigger in rows:
            if "source" in trigger or "near" in trigger:
                continue
            for text in literal_expansions(en) if is_template(en) else (en,):
                own = text.split()[-1] == concept.preferred.split()[-1]
                plurals = tuple(concept.plural) if status in APPROVED and own else ()
                for form, _ in inflected(fold(text), pos, plurals):
                    for surface in spellings(form):
                        yield surface, concept.id, status, 0, "page" in trigger
        for rendering in concept.patterns:
            yield from twin_expansions(rendering.en, concept.id)


def twin_expansions(template: str, concept: str) -> Iterator[tuple[str, str, str, int, bool]]:
    """Every expansion of a pattern of the tiny glossary; its last class is the head unless "of" or "for" follows."""
    slots = parse(template)
    keys = class_keys(template)
    head = keys[-1] if len(slots) == 3 and "of" not in str(slots) else keys[1]
    parts = []
    for slot in slots:
        if slot.kind == "text":
            parts.append([(value, 0) for value in slot.values])
            continue
        morpheme = GLOSSARY.morphemes[slot.values[0]]
        members = [(m, 1) for m in morpheme.marked] + [(m, 0) for m in morpheme.plain]
        parts.append(
            [
                (c.surface, mark)
                for m, mark in members
                for c in member_choices(m, morpheme.pos, bool(mark), slot.values[0] == head)
            ]
        )
    for chosen in itertools.product(*parts):
        yield " ".join(surface for surface, _ in chosen), concept, "pattern", sum(mark for _, mark in chosen), False


RANKS = {"preferred": 0, "admitted": 0, "short": 0, "ignore": 0, "wrong": 2, "deprecated": 3, "pattern": 4}


def twin(text: str, subject: bool) -> list[tuple[int, int, tuple[str, ...]]]:
    """The mentions of a folded one-line text, by the three lines of DESIGN and nothing clever."""
    forms = list(twin_forms())
    approved_surfaces = {surface for surface, _, status, _, _ in forms if RANKS[status] == 0}
    hits = []
    for surface, concept, status, marked, needs_page in forms:
        if status == "pattern" and surface in approved_surfaces:
            continue
        for match in re.finditer(rf"(?=(?<![^\W_]){re.escape(surface)}(?![^\W_]))", text):
            silent = status == "pattern" and (marked == 0 or (marked == 1 and not subject))
            hits.append((match.start(), match.start() + len(surface), status, concept, needs_page, silent))
    approved = [hit for hit in hits if RANKS[hit[2]] == 0]
    hits = [hit for hit in hits if subject or not hit[4]]
    hits = [hit for hit in hits if RANKS[hit[2]] == 0 or not any(a[0] <= hit[0] and hit[1] <= a[1] for a in approved)]
    taken: list[tuple[int, int, str, str, bool, bool]] = []
    for hit in sorted(hits, key=lambda h: (h[5], h[0] - h[1], RANKS[h[2]], h[0])):
        same = any(t[:2] == hit[:2] and RANKS[t[2]] == RANKS[hit[2]] for t in taken)
        if same or not any(hit[0] < t[1] and t[0] < hit[1] for t in taken):
            taken.append(hit)
    spans: dict[tuple[int, int], set[str]] = {}
    for start, end, status, concept, *_ in taken:
        if status != "ignore":
            spans.setdefault((start, end), set()).add(concept)
    return sorted((start, end, tuple(sorted(ids))) for (start, end), ids in spans.items())


WORDS = (
    "medical medicine union linked body bodies group groups alliance alliances consortium consortia association "
    "associations compact close knit county urban community of for and sink sinking resources graded tiered "
    "diagnosis treatment the doctor team healthy"
).split()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.booleans())
def test_the_same_mentions_as_the_slow_twin(words: list[str], subject: bool) -> None:
    """On random strings of the glossary's own words both give the same spans and concepts."""
    text = " ".join(words)
    found = [
        (m.start, m.end, tuple(sorted({c.concept.id for c in m.candidates})))
        for m in page(text, "health-reform" if subject else "other").mentions
    ]
    assert found == twin(text, subject)


WORDLESS = """
- id: acupuncture
  zh: 针灸
  preferred: acupuncture
  admitted: ["…"]
  wrong:
    - en: "(needling|pricking) (,|&|and|or) (moxa|moxas)"
      trigger: [anywhere]
"""


def test_marks_that_are_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a template may be a mark, and a form without words leaves the kept tables in order."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = tiny_glossary(WORDLESS)
    kept_tables("0", lambda: made.tables)
    for tables in (made.tables, kept_tables("0", dict)):
        found = Page(Document("x", "Pricking & moxa, needling, moxa."), Spotter(Glossary(tables, "0"))).mentions
        assert [(m.start, m.end) for m in found] == [(0, 15), (17, 31)]


ONE_WORD = """
- id: health-informatization
  zh: 信息化
  preferred: digitalization
  wrong:
    - en: "(informationization|informatisation|cybernation) [construction|building|level|work]"
      trigger: [anywhere]
"""


def test_a_wrong_template_may_stand_for_one_word() -> None:
    """Where its optional parts are left out, a wrong form counts like any other; a pattern needs two words."""
    found = Page(Document("x", "Cybernation is planned."), Spotter(tiny_glossary(ONE_WORD))).mentions
    assert [(m.start, m.end) for m in found] == [(0, 11)]
