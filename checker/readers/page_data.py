"""What a web page says about itself outside its text: title, description, date of publication, site."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from checker.months import iso
from checker.readers.article import Part
from checker.readers.markup import Element, Tree

_DATES = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "publish_time", "publishtime",
    "firstpublishedtime", "og:published_time", "og:release_date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
    "date", "weibo:article:create_at", "bytedance:published_time", "citation_publication_date",
)  # fmt: skip
_SITES = ("og:site_name", "sitename", "application-name", "publisher", "dc.publisher")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_DATE = re.compile(r"((?:19|20)\d\d)(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?|(0[1-9]|1[0-2])([0-2]\d|3[01]))?(?!\d)")
_PARTS = re.compile(r"\s+[-–—|_·»]\s*|\s*[|_»]\s*")
_JSON_LIMIT = 200_000
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


@dataclass(frozen=True, slots=True)
class PageData:
    """``title`` and ``description`` are ``(start, end)`` of their text in the file, or None; ``date`` is ISO."""

    title: tuple[int, int] | None
    description: tuple[int, int] | None
    date: str | None
    site: str | None


def page_data(text: str, tree: Tree, kinds: list[Part]) -> PageData:
    """What the elements of a tree say; ``kinds`` as of an `Article`."""
    metas: dict[str, str] = {}
    title = description = None
    for element in tree.elements:
        if element.name == "meta" and (given := element.attributes).get("content"):
            key = (given.get("name") or given.get("property") or given.get("itemprop") or "").strip().lower()
            metas.setdefault(key, given["content"].strip())
            match = _CONTENT.search(text, element.start, element.content)
            if key in _DESCRIPTIONS and description is None and match:
                description = match.span(1) if match[1] is not None else match.span(2)
        elif element.name == "time" and kinds[element.number] == "text":
            metas.setdefault("time", element.attributes.get("datetime", ""))
    linked: dict[str, str] = {}
    for kind, start, end, element in tree.pieces:
        if kind != "text":
            continue
        if element.name == "title" and title is None:
            title = start, end
        elif element.name == "script" and end - start < _JSON_LIMIT and _is_linked_data(element):
            linked = {**_linked_data(text[start:end]), **linked}
    dates = (
        [metas.get(key) for key in _DATES[:4]]
        + [linked.get("date")]
        + [metas.get(key) for key in (*_DATES[4:], "time")]
    )
    site = next((metas[key] for key in _SITES if metas.get(key)), None) or linked.get("site")
    if site is None and title is not None:
        names = _PARTS.split(" ".join(text[slice(*title)].split()))
        site = names[-1] if len(names) > 1 and 2 < len(names[-1]) <= 60 else None
    return PageData(
        title, description, next((found for date in dates if date and (found := iso_date(date))), None), site
    )


def title_words(title: str) -> str:
    """A title without the name of the site, which stands before or behind a dash or bar: its longest part."""
    return max(_PARTS.split(title), key=len, default="").strip()


def iso_date(words: str) -> str | None:
    """The first date in a metadata value as ISO, as exact as it says; None without one."""
    match = _DATE.search(words[:200])
    if match is None:
        return None
    return iso(match[1], match[2] or match[4], match[3] or match[5])


def _is_linked_data(element: Element) -> bool:
    return "ld+json" in element.attributes.get("type", "")


def _linked_data(content: str) -> dict[str, str]:
    """Date and publisher of a JSON-LD block; empty when it is not readable."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    items = data.get("@graph", [data]) if isinstance(data, dict) else data
    found: dict[str, str] = {}
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        if isinstance(item.get("datePublished"), str):
            found.setdefault("date", item["datePublished"])
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            found.setdefault("site", publisher["name"])
    return found
