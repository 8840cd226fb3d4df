"""Glossary lists for machine translation: DeepL, Google Cloud Translation, Microsoft Translator.

One pair of terms a line without headings, no source term twice, approved concepts and preferred names only. The rules
of each service and where they are stated: docs/exchange.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossary.concept import Concept
from glossary.exchange import ExchangeError, Exported
from glossary.exchange.csv import written
from glossary.exchange.terms import count_all_but_names

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Limits(NamedTuple):
    """What a service takes: bytes of a term and of the file (UTF-8)."""

    name: str
    term: int
    file: int


SERVICES = {
    "deepl": Limits("DeepL", 1024, 10 * 1024 * 1024),
    "google": Limits("Google Cloud Translation", 1024, 10_000_000),
    "microsoft": Limits("Microsoft Translator", 1024, 10_000_000),
}


def write(concepts: Sequence[Concept], service: str, separator: str = "\t", english_first: bool = False) -> Exported:
    """A list for ``service`` (a key of SERVICES), parted by tabs or commas. Raises ExchangeError above its limits."""
    limits = SERVICES[service]
    lost: Counter[str] = Counter()
    pairs: dict[str, str] = {}
    approved = [concept for concept in concepts if concept.status == "approved"]
    lost["concepts that are not approved"] = len(concepts) - len(approved)
    # Head words first: a form that one concept is named by is no variant of another.
    for head in (True, False):
        for concept in approved:
            for source, target in _pairs(concept, head, english_first):
                if not (_fits(source, limits.term) and _fits(target, limits.term)):
                    lost[f"terms that {limits.name} does not take"] += 1
                elif source in pairs:
                    lost["terms with another translation already"] += pairs[source] != target
                else:
                    pairs[source] = target
    for concept in approved:
        count_all_but_names(concept, lost)
    if not pairs:
        raise ExchangeError(f"nothing to write: {limits.name} takes no empty list")
    if separator == "\t":
        content = "".join(f"{source}\t{target}\n" for source, target in pairs.items()).encode("utf-8")
    else:
        content = written(list(pairs.items()), separator, mark=False)
    if len(content) > limits.file:
        raise ExchangeError(f"the list has {len(content):,} bytes; {limits.name} takes {limits.file:,}")
    return Exported(content, len(approved), lost)


def _pairs(concept: Concept, head: bool, english_first: bool) -> Iterator[tuple[str, str]]:
    if english_first:
        if head:
            yield concept.preferred, concept.zh
    elif head:
        yield concept.zh, concept.preferred
    else:
        yield from ((form.zh, concept.preferred) for form in concept.zh_variants)


def _fits(text: str, most: int) -> bool:
    return bool(text) and text == text.strip() and not _CONTROL.search(text) and len(text.encode("utf-8")) <= most
