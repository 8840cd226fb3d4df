"""The glossary as static pages with search, for publishing: no server, no script in a page, no outside asset.

Each page stands twice, in English at the top of the folder and in Chinese in ``zh/``. Links are relative, so that the
folder works from a disk as from a web server, also under a strict content-security policy.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from checker.server.language import LANGUAGES, Words
from checker.server.rendering import environment
from checker.server.site.index import search_rows
from glossary import Concept, Glossary, Morpheme
from glossary.templates import class_keys

MARK = "terms.js"
"""The file by which a folder is known to be such a site."""


def site_files(glossary: Glossary, concepts: Sequence[Concept]) -> Iterator[tuple[str, str]]:
    """``(path, text)`` of each file of the site; paths with ``/``."""
    rows = search_rows(concepts)
    yield MARK, f"globalThis.TERMS = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"
    yield "search.js", files("checker.server.site").joinpath("search.js").read_text(encoding="utf-8")
    yield "site.css", files("checker.server.site").joinpath("site.css").read_text(encoding="utf-8")
    for name in ("style.css", "icon.svg"):
        yield name, files("checker.server").joinpath("static", name).read_text(encoding="utf-8")
    fields = dict(sorted(Counter(concept.field for concept in concepts).items()))
    for language in LANGUAGES:
        yield from _pages(glossary, concepts, fields, language)


def _pages(
    glossary: Glossary, concepts: Sequence[Concept], fields: Mapping[str, int], language: str
) -> Iterator[tuple[str, str]]:
    known = {concept.id: concept for concept in concepts}
    narrower: dict[str, list[Concept]] = {}
    for concept in concepts:
        if concept.broader:
            narrower.setdefault(concept.broader, []).append(concept)
    yield _page("index.html", language, "index.html", fields=fields, total=len(concepts))
    for field, number in fields.items():
        those = sorted((c for c in concepts if c.field == field), key=lambda c: c.preferred.lower())
        yield _page(f"field/{field}.html", language, "field.html", field=field, concepts=those, number=number)
    for concept in concepts:
        near = {
            "replaced_by": [known[name] for name in (concept.replaced_by,) if name in known],
            "broader": [known[name] for name in (concept.broader,) if name in known],
            "narrower": narrower.get(concept.id, []),
            "distinct_from": [known[name] for name in concept.distinct_from if name in known],
        }
        values = {
            "concept": concept,
            "near": near,
            "literal": [pattern for pattern in concept.patterns if "{" not in pattern.en],
            "morphemes": _morphemes(glossary, concept),
        }
        yield _page(f"concept/{concept.id}.html", language, "concept.html", **values)


def _morphemes(glossary: Glossary, concept: Concept) -> list[Morpheme]:
    """The classes of morphemes in the patterns of a concept, each once, without those that only supply heads."""
    keys = dict.fromkeys(key for pattern in concept.patterns for key in class_keys(pattern.en))
    found = [glossary.morphemes[key] for key in keys if key in glossary.morphemes]
    return [morpheme for morpheme in found if not morpheme.is_head]


def _page(path: str, language: str, template: str, **values: Any) -> tuple[str, str]:
    """A page with its path; ``home`` leads to the folder of its language, ``root`` to that of the site."""
    own = "" if language == "en" else f"{language}/"
    up = "../" * path.count("/")
    root = up if not own else f"../{up}"
    others = {
        code: (name, f"{root}{'' if code == 'en' else f'{code}/'}{path}")
        for code, name in LANGUAGES.items()
        if code != language
    }
    made = environment("checker.server.site").get_template(template)
    return own + path, made.render(t=Words(language), home=up, root=root, others=others, **values)
