"""Words of anybody's as Markdown that shows them and does nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from checker.reports.visible import visible

# Few, since some editors show the source: what begins emphasis, code, links and HTML, and addresses become links.
_SIGNS = re.compile(r"([\\`*_\[\]<>&|~$@]|^[-+=#]|(?:(?<=^\d)|(?<=^\d\d))[.)]|(?<=\b[wW]{3})\.|:(?=//))")
_SAFE = "/?=%:@,;+~!$*.-_"


def escaped(text: str) -> str:
    """``text`` on one line, the signs escaped that would make it anything but text."""
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
