"""What was discovered, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from checker.corpus.discovery.finds import METHODS, Discovered, Find
from checker.phrases.counts import Context
from checker.reports.visible import columns, visible
from glossary.version import VERSION

FORMATS = ("text", "json")


def text_lines(discovered: Discovered) -> Iterator[str]:
    """The report as lines for a terminal: one list a method, with the evidence and one place of each find."""
    read = f"{discovered.english_pages} English and {discovered.chinese_pages} Chinese texts"
    yield f"{read}, {discovered.pairs} pairs of sentences; nothing of this is enforced"
    for method, title in METHODS.items():
        finds = [find for find in discovered.finds if find.method == method]
        if not finds:
            continue
        yield ""
        yield title
        wide = min(48, max(columns(_name(find)) for find in finds))
        for number, find in enumerate(finds, 1):
            name = _name(find)
            known = f"  {find.zh} [{find.concept}]" if find.concept else ""
            yield visible(f"{number:>3} {find.places:>5}x  {name}{' ' * (wide - columns(name))}{known}")
            if find.evidence and method != "chinese":
                yield visible(f"            {'; '.join(find.evidence)}")
            for context in find.contexts[:1]:
                yield visible(f"            {_place(context)}: …{context.text}…")


def as_json(discovered: Discovered) -> str:
    """The report as one JSON object."""
    made: dict[str, Any] = {
        "version": 1,
        "tool": VERSION,
        "english_pages": discovered.english_pages,
        "chinese_pages": discovered.chinese_pages,
        "pairs": discovered.pairs,
        "finds": [_plain(find) for find in discovered.finds],
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def _plain(find: Find) -> dict[str, Any]:
    plain = find._asdict()
    return {
        **plain,
        "score": round(find.score, 3),
        "evidence": list(find.evidence),
        "contexts": [context._asdict() for context in find.contexts],
    }


def _name(find: Find) -> str:
    return f"{find.text} = {find.english}" if find.english else find.text


def _place(context: Context) -> str:
    record = f" [{context.record}]" if context.record else ""
    return f"{context.path}{record}:{context.line}"
