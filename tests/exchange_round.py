"""What a concept is outside checking: the part of it that an exchange format may hold, for comparing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from glossary.concept import Concept
from glossary.exchange.terms import terms_of


def held(concept: Concept) -> dict[str, Any]:
    """What TBX can hold of a concept, by name; terms with status and what is said against them."""
    return {
        "id": concept.id,
        "field": concept.field,
        "zh": concept.zh,
        "zh_variants": {(form.zh, form.region) for form in concept.zh_variants},
        "terms": {(term.text, term.status, term.why) for term in terms_of(concept, Counter())},
        "pos": concept.pos,
        "definition": concept.definition,
        "sources": [(source.url, source.title, source.rendering, source.read) for source in concept.sources],
        "references": (concept.broader, concept.replaced_by, concept.distinct_from),
        "valid": (concept.valid_from, concept.valid_until),
        "right_examples": concept.right_examples,
        "plural": concept.plural,
        "case": concept.case,
        "strictness": concept.strictness,
    }
