"""What the files inside an archive are, by name and content; their names are never used as paths."""

from __future__ import annotations

import os
from typing import Literal

from checker.batch.containers import PAGE_LIMIT, SKIPPED, File, Item
from checker.batch.raw_page import RawPage
from checker.finding import CheckError
from checker.readers import ARCHIVES, SUFFIXES, container_kind
from checker.readers.text import looks_binary
from checker.readers.walk import is_passed_over

Kind = Literal["page", "skipped", "silent", "nested"]
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")


def kind_of(name: str) -> Kind:
    """Whether a member is read, counted as skipped, passed over in silence, or an archive itself."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or parts[0] == "__MACOSX" or any(map(is_passed_over, parts)):
        return "silent"
    if container_kind(parts[-1]):
        return "nested"
    return "page" if _format(name) else "skipped"


def refused(file: File, name: str, reason: str) -> CheckError:
    """The error of a member that is not read."""
    messages = {
        "nested": "an archive inside an archive is not opened",
        "too-large": f"the file is larger than {PAGE_LIMIT:,} bytes",
        "ratio": "the file unpacks to far more than it should",
        "encrypted": "the file is protected by a password",
        "damaged": "the file is cut off or damaged",
        "unsupported": "the file is packed in a way that is not read",
    }
    return CheckError(file.path, name, "too-large" if reason == "ratio" else reason, messages[reason])


def member_page(file: File, name: str, content: bytes, position: int) -> Item:
    """The page of a member with its bytes."""
    if _format(name) not in ARCHIVES:
        if content.startswith(_PACKED):
            return refused(file, name, "nested")
        if looks_binary(content):
            return SKIPPED
    return RawPage(file.path, name, name, content, position=position)


def _format(name: str) -> str | None:
    return SUFFIXES.get(os.path.splitext(name.replace("\\", "/"))[1].lower())
