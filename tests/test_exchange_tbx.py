"""TBX: the round trip of the whole glossary, the shape of what is written, and what others write."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from glossary import load
from glossary.canonical import entry_lines
from glossary.concept import Concept
from glossary.exchange import ExchangeError, Imported, tbx, tbx_reading
from glossary.exchange.merging import Merging
from glossary.working_tree import read_tree
from glossary.yaml_file import read_concepts
from tests.exchange_round import held
from tests.small_tree import small_tree
from tests.tiny import tiny_glossary

TBX = "{urn:iso:std:iso:30042:ed-2}"
# What TBX-Basic has of data categories, by element: the types, and the elements in which each may stand.
CATEGORIES = {
    "descrip": {
        "subjectField": {"conceptEntry"}, "definition": {"conceptEntry", "langSec"}, "context": {"termSec"},
    },
    "termNote": {type_: {"termSec"} for type_ in ("administrativeStatus", "partOfSpeech", "termType")},
    "ref": {"crossReference": {"conceptEntry", "termSec"}},
    "xref": {"externalCrossReference": {"conceptEntry", "langSec", "termSec"}},
}  # fmt: skip
PICKLISTS = {
    "administrativeStatus": {f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated", "superseded")},
    "partOfSpeech": {"noun", "verb", "adjective", "adverb", "other"},
    "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
}


@pytest.fixture(scope="module")
def written() -> bytes:
    """The curated glossary as TBX."""
    return tbx.write(load().concepts).content


def test_the_round_trip_of_our_glossary_loses_nothing_that_tbx_holds(tmp_path: Path, written: bytes) -> None:
    """Each concept of the curated glossary is the same after TBX and back into an empty tree, and is proposed."""
    concepts = load().concepts
    terms = tmp_path / "glossary" / "terms"
    for concept in concepts:
        (terms / concept.field).mkdir(parents=True, exist_ok=True)
    merging = Merging(read_tree(terms))
    merging.take(tbx_reading.read(written).entries)
    assert merging.conflicts == []
    assert merging.left_out == []
    by_field: dict[str, list[str]] = {}
    for shelved in merging.changed:
        by_field.setdefault(shelved.file.parent.name, []).extend(entry_lines(shelved.entry))
    entries = []
    for field, lines in by_field.items():
        made, problems = read_concepts("imported.yaml", "\n".join(lines) + "\n", field)
        assert problems == []
        entries += made
    back = {entry["id"]: Concept.from_plain(entry) for entry in entries}
    assert len(back) == len(concepts)
    assert [held(back[concept.id]) for concept in concepts] == [held(concept) for concept in concepts]
    assert {concept.status for concept in back.values()} == {"proposed"}


def test_what_is_written_keeps_to_tbx_basic(written: bytes) -> None:
    """Namespace, dialect and style, the order of elements, the data categories and their levels are TBX-Basic's."""
    root = etree.fromstring(written)
    assert root.tag == f"{TBX}tbx"
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    ids = {entry.get("id") for entry in root.iter(f"{TBX}conceptEntry")}
    assert all(name and not name[0].isdigit() for name in ids)
    for element in root.iter("{*}*"):
        assert element.tag.startswith(TBX)
        name, parent = element.tag.removeprefix(TBX), element.getparent()
        if name in CATEGORIES:
            levels = CATEGORIES[name][element.get("type")]
            assert parent.tag.removeprefix(TBX) in levels
            assert element.text in PICKLISTS.get(element.get("type"), {element.text})
        if name == "ref":
            assert element.get("target") in ids
        if name == "xref":
            assert element.get("target").startswith("http")
        if name == "termSec":
            kinds = [child.tag.removeprefix(TBX) for child in element]
            assert kinds[0] == "term"
            assert kinds[1:] == sorted(kinds[1:], key=lambda kind: kind != "termNote")
        if name == "conceptEntry":
            kinds = [child.tag.removeprefix(TBX) == "langSec" for child in element]
            assert kinds == sorted(kinds)


def test_a_status_says_what_it_says_here() -> None:
    """Deprecated goes out as superseded, wrong as deprecated with its reason, and the report counts what stays."""
    made = tbx.write(tiny_glossary().concepts)
    text = made.content.decode("utf-8")
    assert "<term>graded diagnosis and treatment</term>" in text
    entry = text[text.index("medical association") : text.index("doctor union body")]
    assert "deprecatedTerm-admn-sts" in entry
    assert "<note>wrong: an association is a society</note>" in entry
    assert made.lost["patterns"] == 2
    assert made.lost["triggers"] == 7


DCT = """\
<?xml version="1.0" encoding="utf-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>ours</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="c1">
   <min:subjectField>organisation</min:subjectField>
   <langSec xml:lang="zh-Hans"><termSec><term>健康城市</term></termSec></langSec>
   <langSec xml:lang="en-GB">
    <descripGrp><basic:definition>A city that plans for health.</basic:definition></descripGrp>
    <termSec><term>healthy city</term><min:partOfSpeech>noun</min:partOfSpeech>
     <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>HC</term><basic:termType>acronym</basic:termType></termSec>
    <termSec><term>sanitary town</term>
     <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
   </langSec>
   <langSec xml:lang="fr"><termSec><term>ville en santé</term></termSec></langSec>
  </conceptEntry>
 </body></text>
</tbx>
"""
MARTIF = """\
<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p/></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="eid-7"><descripGrp><descrip type="definition">A town.</descrip></descripGrp>
 <langSet xml:lang="zh"><tig><term>健康乡镇</term></tig></langSet>
 <langSet xml:lang="en">
  <ntig><termGrp><term>healthy town</term><termNote type="normativeAuthorization">Preferred</termNote></termGrp></ntig>
  <tig><term>wellness town</term><termNote type="Status">Forbidden</termNote></tig>
  <tig><term>town of health</term><termNote type="administrativeStatus">admitted</termNote></tig>
  <tig><term>old town</term><termNote type="administrativeStatus">Not recommended</termNote></tig>
  <tig><term>odd town</term><termNote type="administrativeStatus">purple</termNote></tig>
 </langSet>
</termEntry></body></text></martif>
"""


def statuses(made: Imported) -> dict[str, str | None]:
    """The statuses of the English terms of the first entry."""
    return {name.text: name.status for name in made.entries[0].english}


def test_style_dct_is_read_as_dca_is() -> None:
    """Elements of modules mean what types mean; what is in other languages is counted."""
    made = tbx_reading.read(DCT.encode())
    (entry,) = made.entries
    assert entry.subject == "organisation"
    assert [form.text for form in entry.chinese] == ["健康城市"]
    assert statuses(made) == {"healthy city": "preferred", "HC": "abbreviation", "sanitary town": "deprecated"}
    assert entry.values["definition"] == "A city that plans for health."
    assert made.lost["terms in fr"] == 1


def test_version_2_and_words_of_other_programs_are_read_and_reported() -> None:
    """martif with tig and ntig, a document type that does nothing, and statuses as MultiTerm and others spell them."""
    made = tbx_reading.read(MARTIF.encode())
    assert statuses(made) == {
        "healthy town": "preferred",
        "wellness town": "wrong",
        "town of health": "admitted",
        "old town": "deprecated",
        "odd town": None,
    }
    assert made.entries[0].english[1].place == "9"
    assert made.understood["status 'Forbidden' as wrong"] == 1
    assert made.understood["status 'purple' as none: it is not known"] == 1


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("preferredTerm-admn-sts", "preferred"),
        ("preferredTerm", "preferred"),
        ("PREFERRED", "preferred"),
        ("admittedTerm", "admitted"),
        ("deprecatedTerm-admn-sts", "deprecated"),
        ("superseded", "deprecated"),
        ("obsolete", "deprecated"),
        ("not to be used", "wrong"),
        ("Do not use", "wrong"),
        ("禁用", "wrong"),
        ("首选", "preferred"),
    ],
)
def test_words_for_a_status(word: str, status: str) -> None:
    """Each usual word is known."""
    content = MARTIF.replace("Forbidden", word).encode()
    assert statuses(tbx_reading.read(content))["wellness town"] == status


LAUGHS = '<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><tbx>&b;</tbx>'
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>'


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (LAUGHS.encode(), "defines entities", "1"),
        (OUTSIDE.encode(), "defines entities", "1"),
        (OUTSIDE.encode("utf-16"), "defines entities", "1"),
        (b"<tbx>\n<text>\n</tbx>", "not well-formed XML", "3"),
        (b"", "not well-formed XML", "1"),
        (b"<html/>", "not TBX", "1"),
        (b"<tbx>" + b"<a>" * 5000, "not well-formed XML", "1"),
    ],
    ids=["laughs", "outside", "utf-16", "cut off", "empty", "another", "deep"],
)
def test_hostile_and_broken_files_are_refused_at_their_line(content: bytes, message: str, line: str) -> None:
    """Entities, trees without end and what is no TBX give an error with its place, and nothing is read."""
    with pytest.raises(ExchangeError, match=message) as raised:
        tbx_reading.read(content)
    assert raised.value.place == line


def test_a_new_entry_has_an_id_that_means_something(tmp_path: Path) -> None:
    """Running numbers of the other program do not become ids; our own ids do."""
    merging = Merging(read_tree(small_tree(tmp_path)))
    merging.take([*tbx_reading.read(DCT.encode()).entries, *tbx_reading.read(MARTIF.encode()).entries])
    assert {"healthy-city", "healthy-town"} <= set(merging.shelf)
    assert merging.shelf["healthy-town"].entry["wrong"] == [{"en": "wellness town", "trigger": ["source"]}]
