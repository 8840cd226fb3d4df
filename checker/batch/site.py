"""Of which site and which section of it a page is, by its address or by the folders it lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"(?i)https?://")
_HOST = re.compile(r"(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")


def site_of(path: str, record: str | None, given: Sequence[str] = ()) -> tuple[str, str]:
    """Site and section of a page, each empty where there is none; ``given`` are the folders that were asked for.

    The host of an http(s) address with the first folder of the address; else the folder that was given, or the first
    one of the path, with the next one in it. A folder that is called as a host (as mirrors of sites are kept) comes
    before all; a path from the root or from above, of which no folder was given, tells no more than its last folder.
    """
    for name in (record or "", path):
        if _ADDRESS.match(name):
            return _of_address(name)
    if record and "/" in record:
        folders = _folders(record.split("/")[:-1])
    else:
        folders = _of_path(path.replace("\\", "/"), [folder.replace("\\", "/").rstrip("/") for folder in given])
    hosts = [number for number, folder in enumerate(folders) if _HOST.fullmatch(folder)]
    if hosts:
        folders = folders[hosts[0] :]
    return folders[0] if folders else "", folders[1] if len(folders) > 1 else ""


def _of_path(path: str, given: Sequence[str]) -> list[str]:
    parts = path.split("/")[:-1]
    for folder in given:
        if path.startswith(f"{folder}/"):
            above = folder.split("/")
            return _folders([*above[-1:], *parts[len(above) :]])
    folders = _folders(parts)
    return folders[-1:] if parts and (parts[0] in ("", "..") or parts[0].endswith(":")) else folders


def _folders(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]


def _of_address(address: str) -> tuple[str, str]:
    try:
        split = urlsplit(address)
        host = split.hostname or ""
    except ValueError:  # brackets that are no address
        return "", ""
    folders = [part for part in split.path.split("/")[:-1] if part]
    return host, folders[0] if folders else ""
