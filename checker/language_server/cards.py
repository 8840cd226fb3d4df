"""The card of a concept: its Chinese, what it means, what to write and what not, on whose authority."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote, urlsplit

from lsprotocol.types import MarkupContent, MarkupKind

from checker.finding import Finding
from checker.reports.visible import visible
from glossary.concept import Concept, Rendering
from glossary.search import pinyin
from glossary.templates import is_template

_NAMED = 6  # forms of a kind
_SOURCES = 4
# Few, since some editors show the source: what begins emphasis, code, links and HTML, and addresses become links.
_SIGNS = re.compile(r"([\\`*_\[\]<>&|~$@]|^[-+=#]|(?:(?<=^\d)|(?<=^\d\d))[.)]|(?<=\b[wW]{3})\.|:(?=//))")
_SAFE = "/?=%:@,;+~!$*.-_"


def card(findings: Sequence[Finding], concepts: Sequence[Concept], kind: MarkupKind) -> MarkupContent:
    """The cards of concepts below what was found, in Markdown or as plain text."""
    rich = kind == MarkupKind.Markdown
    words = escaped if rich else _plain
    pieces = [_found(finding, words) for finding in findings]
    pieces += ["\n".join(_lines(concept, words, rich)) for concept in concepts]
    return MarkupContent(kind, ("\n\n---\n\n" if rich else "\n\n").join(pieces))


def _plain(text: str) -> str:
    return " ".join(visible(text).split())


def _found(finding: Finding, words: Callable[[str], str]) -> str:
    why = f" ({words(finding.why)})" if finding.why and finding.why not in finding.message else ""
    return f"{words(finding.message)}{why} {finding.rule} {words(finding.name)}"


def _lines(concept: Concept, words: Callable[[str], str], rich: bool) -> Iterator[str]:
    others = [form.zh if form.region is None else f"{form.zh} ({form.region})" for form in concept.zh_variants]
    zh, item = words(concept.zh), ("- " if rich else "")
    more = "".join(f"、{words(other)}" for other in others[:_NAMED])
    yield f"{f'**{zh}**' if rich else zh}{more}  {words(pinyin(concept.zh))}  {words(concept.id)}"
    if concept.definition:
        yield f"\n{words(concept.definition)}"
    if rich:
        yield ""
    yield f"{item}write: {f'**{words(concept.preferred)}**' if rich else words(concept.preferred)}"
    for label, forms in (
        ("also", [form for form in concept.admitted if not is_template(form)]),
        ("short", concept.short),
        ("abbreviation", concept.abbreviations),
        ("not", _reasons(concept.wrong)),
        ("outdated", _reasons(concept.deprecated)),
    ):
        if forms:
            rest = f" … and {len(forms) - _NAMED} more" if len(forms) > _NAMED else ""
            yield f"{item}{label}: {words('; '.join(forms[:_NAMED]))}{rest}"
    if concept.status != "approved" or concept.strictness != "enforce":
        yield f"{item}status: {words(concept.status)}, {words(concept.strictness)}"
    if concept.valid_from or concept.valid_until:
        yield f"{item}valid: {words(concept.valid_from or '…')} to {words(concept.valid_until or '…')}"
    for label, ids in (
        ("now", [concept.replaced_by]),
        ("part of", [concept.broader]),
        ("differs from", concept.distinct_from),
    ):
        if named := [words(one) for one in ids if one]:
            yield f"{item}{label}: {', '.join(named)}"
    for source in concept.sources[:_SOURCES]:
        name = f"{source.publisher}: {source.title}" if source.publisher else source.title
        yield f"{item}source: {link(name, source.url) if rich else f'{words(name)} {words(source.url)}'}"


def _reasons(items: Iterable[Rendering]) -> list[str]:
    return [f"{item.en} ({item.why})" if item.why else item.en for item in items if not is_template(item.en)]


def escaped(text: str) -> str:
    """Anybody's words as Markdown that shows them and does nothing else: on one line, the signs escaped that would make it anything but text."""
    return _SIGNS.sub(r"\\\1", " ".join(visible(text).split()))


def link(text: str, address: str) -> str:
    """A link to a page; the escaped text alone where the address is none of the web."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return escaped(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return escaped(text)
    return f"[{escaped(text)}](<{quote(address, safe=_SAFE + '&#')}>)"
