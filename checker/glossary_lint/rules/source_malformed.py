"""# source-malformed (GLS817)

## What it does
Reports a source whose address is no web address, that stands twice in a concept, or whose date of reading is no
month.

## Why it matters
A source that cannot be opened or dated is none.

## Wrong
    - {url: "www.gov.cn/x", title: …, read: "May"}

## Right
    - {url: "https://www.gov.cn/x", title: …, read: "2026-11"}

## Limits
Addresses are not opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule

_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?")


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each address or date that cannot be right."""
    for file, number, entry in desk.entries:
        seen: set[tuple[str, str]] = set()
        for place, source in enumerate(entry.get("sources", ())):
            path = f"sources/{place}/url"
            parts = urlsplit(source["url"])
            key = (source["url"].rstrip("/"), source.get("rendering") or "")
            if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in source["url"]:
                message = f"{source['url']} is no web address; expected http(s)://host/…"
                yield desk.at_key(file, number, entry, path, message, "error")
            elif key in seen:
                yield desk.at_key(file, number, entry, path, "The same source stands twice here.", "error")
            seen.add(key)
            if source.get("read") is not None and not _MONTH.fullmatch(source["read"]):
                message = f"{source['read']!r} is no month; expected YYYY-MM."
                yield desk.at_key(file, number, entry, f"sources/{place}/read", message, "error")


RULE = GlossaryRule("GLS817", "source-malformed", "error", check, __doc__ or "")
