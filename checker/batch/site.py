"""Of which site and which section of it a page is, by its address or by the folders it lies in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"(?i)https?://")
_HOST = re.compile(r"(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")


def site_of(path: str, record: str | None) -> tuple[str, str]:
    """Site and section of a page, each empty where there is none.

    The host of an http(s) address with the first folder of the address; else the first folder with the one in it. Of
    the folders one that is called as a host is (as mirrors of sites are kept) comes before all, and of a path from the
    root or from above only the last two count.
    """
    for name in (record or "", path):
        if _ADDRESS.match(name):
            return _of_address(name)
    name = record if record and "/" in record else path
    parts = name.replace("\\", "/").split("/")
    folders = [part for part in parts[:-1] if part not in ("", ".", "..") and not part.endswith(":")]
    hosts = [number for number, folder in enumerate(folders) if _HOST.fullmatch(folder)]
    if hosts:
        folders = folders[hosts[0] :]
    elif parts[0] in ("", "..") or parts[0].endswith(":"):
        folders = folders[-2:]
    return folders[0] if folders else "", folders[1] if len(folders) > 1 else ""


def _of_address(address: str) -> tuple[str, str]:
    try:
        split = urlsplit(address)
        host = split.hostname or ""
    except ValueError:  # brackets that are no address
        return "", ""
    folders = [part for part in split.path.split("/")[:-1] if part]
    return host, folders[0] if folders else ""
