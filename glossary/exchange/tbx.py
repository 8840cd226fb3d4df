"""TBX version 3 (ISO 30042:2019) out: dialect TBX-Basic, style DCA.

What the dialect has no data category for and a note can say stands in a note of the form ``key: value``; the reader
knows these notes. Statuses follow ISO 12620: deprecated is *superseded*, wrong is *deprecated* with a note that begins
with "wrong".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from glossary.concept import Concept
from glossary.exchange import Exported
from glossary.exchange.safe_xml import XML_LANG, clean
from glossary.exchange.terms import MOST, Term, count_checking, count_rendering_details, terms_of
from glossary.exchange.words import LANGUAGES

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
SCHEMAS = (
    ("https://raw.githubusercontent.com/LTAC-Global/TBX_Core_RNG/master/TBXcoreStructV03.rng",
     "http://relaxng.org/ns/structure/1.0"),
    ("https://raw.githubusercontent.com/LTAC-Global/TBX-Basic_dialect/master/DCA/TBX-Basic_DCA.sch",
     "http://purl.oclc.org/dsdl/schematron"),
)  # fmt: skip
STATUSES = {
    "preferred": "preferredTerm-admn-sts", "admitted": "admittedTerm-admn-sts", "abbreviation": "admittedTerm-admn-sts",
    "short": "admittedTerm-admn-sts", "deprecated": "supersededTerm-admn-sts", "wrong": "deprecatedTerm-admn-sts",
}  # fmt: skip
KINDS = {"abbreviation": "abbreviation", "short": "shortForm"}
PARTS_OF_SPEECH = {"noun": "noun", "verb": "verb", "adjective": "adjective", "name": "noun", "phrase": "other"}
PROPER_NAME = "proper name"


def write(concepts: Sequence[Concept], most: int = MOST) -> Exported:
    """A TBX file of the concepts; approved templates for at most ``most`` terms are written out."""
    from lxml import etree

    lost: Counter[str] = Counter()
    names: Any = {None: NAMESPACE}  # the stubs know prefixes of text alone
    root = etree.Element(_tag("tbx"), {"type": "TBX-Basic", "style": "dca", XML_LANG: "en"}, nsmap=names)
    about = _add(_add(_add(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _add(about, "p", "Chinese and English terms of China's health reform, exported by yigai")
    body = _add(_add(root, "text"), "body")
    known = {concept.id for concept in concepts}
    for concept in concepts:
        _concept(_add(body, "conceptEntry", id=xml_id(concept.id)), concept, known, lost, most)
    etree.indent(root, " ")
    head = ['<?xml version="1.0" encoding="UTF-8"?>']
    head += [f'<?xml-model href="{at}" type="application/xml" schematypens="{kind}"?>' for at, kind in SCHEMAS]
    content = "\n".join([*head, etree.tostring(root, encoding="unicode"), ""])
    return Exported(content.encode("utf-8"), len(concepts), lost)


def xml_id(concept_id: str) -> str:
    """The id as XML allows it: with a low line before a digit."""
    return f"_{concept_id}" if concept_id[:1].isdigit() else concept_id


def _concept(entry: Any, concept: Concept, known: set[str], lost: Counter[str], most: int) -> None:
    _add(entry, "descrip", concept.field, type="subjectField")
    if concept.definition:
        _add(entry, "descrip", concept.definition, type="definition")
    for words, target in _references(concept):
        if target in known:
            _add(entry, "ref", words, type="crossReference", target=xml_id(target))
        else:
            lost["references to concepts that are not in the file"] += 1
    for source in concept.sources:
        _add(entry, "xref", source.title, type="externalCrossReference", target=source.url)
    for note in _notes(concept):
        _add(entry, "note", note)
    for region, forms in _chinese(concept):
        section = _add(entry, "langSec", **{XML_LANG: LANGUAGES[region]})
        for number, form in enumerate(forms):
            status = "preferred" if number == 0 and region is None else "admitted"
            _term(section, Term(form, status), concept)
    section = _add(entry, "langSec", **{XML_LANG: "en"})
    for term in terms_of(concept, lost, most):
        made = _term(section, term, concept)
        if term.status == "preferred":
            if concept.pos == "name":
                _add(made, "note", PROPER_NAME)
            for example in concept.right_examples:
                _add(made, "descrip", example, type="context")
    count_checking(concept, lost)
    count_rendering_details(concept, lost, why=False)


def _references(concept: Concept) -> Iterator[tuple[str, str]]:
    if concept.broader:
        yield "broader", concept.broader
    if concept.replaced_by:
        yield "replaced by", concept.replaced_by
    for target in concept.distinct_from:
        yield "distinct from", target


def _notes(concept: Concept) -> Iterator[str]:
    """Notes of the form ``key: value`` for what has no data category."""
    rows = {
        "valid from": concept.valid_from, "valid until": concept.valid_until,
        "status": concept.status if concept.status != "approved" else None,
        "case": concept.case if concept.case != "any" else None,
        "strictness": concept.strictness if concept.strictness != "enforce" else None,
        "plural": "; ".join(concept.plural),
    }  # fmt: skip
    yield from (f"{key}: {value}" for key, value in rows.items() if value)
    for source in concept.sources:
        if source.rendering or source.read:
            read = f" (read {source.read})" if source.read else ""
            yield f"shown at {source.url}: {source.rendering or ''}{read}"


def _chinese(concept: Concept) -> Iterator[tuple[str | None, list[str]]]:
    forms = [(None, concept.zh), *((form.region, form.zh) for form in concept.zh_variants)]
    for region in LANGUAGES:
        found = list(dict.fromkeys(zh for where, zh in forms if where == region))
        if found:
            yield region, found


def _term(section: Any, term: Term, concept: Concept) -> Any:
    made = _add(section, "termSec")
    _add(made, "term", term.text)
    _add(made, "termNote", PARTS_OF_SPEECH[concept.pos], type="partOfSpeech")
    kind = KINDS.get(term.status) or ("phrase" if concept.pos == "phrase" else None)
    if kind:
        _add(made, "termNote", kind, type="termType")
    _add(made, "termNote", STATUSES[term.status], type="administrativeStatus")
    if term.status == "wrong":
        _add(made, "note", f"wrong: {term.why}" if term.why else "wrong")
    elif term.why:
        _add(made, "note", term.why)
    return made


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    made = parent.makeelement(_tag(name), {key: clean(value) for key, value in attributes.items()})
    parent.append(made)
    if text is not None:
        made.text = clean(text)
    return made


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
