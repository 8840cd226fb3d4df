"""TMX 1.4: a unit for each Chinese form and the preferred name; in, units with Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from glossary.concept import Concept
from glossary.exchange import ChineseName, ExchangeError, Exported, Imported, Incoming, Name
from glossary.exchange.safe_xml import XML_LANG, attribute, clean, local, root_of, words_in
from glossary.exchange.terms import count_all_but_names
from glossary.exchange.words import LANGUAGES, language_of, region_of

_LONGEST = 200  # characters; what is longer is a sentence and no term


def write(concepts: Sequence[Concept]) -> Exported:
    """A TMX file of the concepts."""
    from lxml import etree

    lost: Counter[str] = Counter()
    root = etree.Element("tmx", version="1.4")
    head = {
        "creationtool": "yigai", "creationtoolversion": "1", "segtype": "phrase", "o-tmf": "yigai", "adminlang": "en",
        "srclang": "zh-CN", "datatype": "plaintext",
    }  # fmt: skip
    etree.SubElement(root, "header", head)
    body = etree.SubElement(root, "body")
    for concept in concepts:
        count_all_but_names(concept, lost, ("field",))
        forms = dict.fromkeys([(concept.zh, None), *((form.zh, form.region) for form in concept.zh_variants)])
        for number, (zh, region) in enumerate(forms, 1):
            unit = etree.SubElement(body, "tu", tuid=concept.id if number == 1 else f"{concept.id}/{number}")
            etree.SubElement(unit, "prop", type="subject").text = clean(concept.field)
            for code, text in ((LANGUAGES[region], zh), ("en", concept.preferred)):
                variant = etree.SubElement(unit, "tuv", {XML_LANG: code})
                etree.SubElement(variant, "seg").text = clean(text)
    etree.indent(root, " ")
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'
    return Exported(content.encode("utf-8"), len(concepts), lost)


def read(content: bytes) -> Imported:
    """The entries of a TMX file, one a unit. Raises ExchangeError with the line."""
    root = root_of(content)
    if local(root) != "tmx":
        raise ExchangeError(f"not TMX: the file begins with <{local(root)}>", root.sourceline or 1)
    made = Imported()
    for unit in (element for element in root.iter() if local(element) == "tu"):
        entry = Incoming(str(unit.sourceline))
        entry.id = attribute(unit, "tuid").partition("/")[0] or None
        for child in unit:
            if local(child) == "tuv":
                segment = next((part for part in child if local(part) == "seg"), None)
                text = " ".join(_plain(segment).split()) if segment is not None else ""
                code, place = attribute(child, "lang"), str(child.sourceline)
                language = language_of(code or "-")
                if len(text) > _LONGEST:
                    made.lost["segments longer than a term"] += 1
                elif text and language == "zh":
                    entry.chinese.append(ChineseName(text, place, region_of(code)))
                elif text and language == "en":
                    entry.english.append(Name(text, None, place))
                elif text:
                    made.lost[f"segments in {code or 'no language'}"] += 1
            elif local(child) == "prop" and attribute(child, "type") == "subject":
                entry.subject = words_in(child)
            elif local(child):
                made.lost[f"<{local(child)}> of a unit"] += 1
        made.entries.append(entry)
    return made


def _plain(segment: Any) -> str:
    """The text of a segment without the codes of its format; what is highlighted is text."""
    inside = "".join((_plain(part) if local(part) == "hi" else "") + (part.tail or "") for part in segment)
    return (segment.text or "") + inside
