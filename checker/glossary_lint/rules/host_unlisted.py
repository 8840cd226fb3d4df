"""# host-unlisted (GLS818)

## What it does
Reports a source at a host that `sources.yaml` does not list, itself or by a parent domain.

## Why it matters
Findings name the publisher, and how far a rendering can be trusted depends on who wrote it.

## Wrong
    - {url: "https://blog.example/…", …}

## Right
    List the host in `sources.yaml` with its publisher and kind, or cite another page.

## Limits
None.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.compiled import published


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each source of an unlisted host."""
    for file, number, entry in desk.entries:
        for place, source in enumerate(entry.get("sources", ())):
            host = urlsplit(source["url"]).hostname
            if host and "publisher" not in published(source, desk.tree.hosts):
                message = f"The host {host} is not in sources.yaml; say there who publishes it and what kind it is."
                yield desk.at_key(file, number, entry, f"sources/{place}/url", message, "error")


RULE = GlossaryRule("GLS818", "host-unlisted", "error", check, __doc__ or "")
