"""Zipped Office files held to limits before a library opens them: how many parts, how large, how tightly packed."""

from __future__ import annotations

import io
import re
import zipfile

PARTS = 10_000
"""How many parts an archive may have."""

TOTAL = 256 * 1024 * 1024
"""How many bytes all parts together may have, unpacked."""

RATIO = 200
"""How many times its packed size a part may have, where it is larger than `FREE`."""

FREE = 4 * 1024 * 1024
_PEEKED = 8192
_BEFORE = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.S)
_TAG = re.compile(rb"<[^!?\s]")


class RefusedError(Exception):
    """An archive that is not opened; ``reason`` is a stable word, the message one sentence."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def held_to_limits(content: bytes) -> io.BytesIO:
    """The archive as a stream, looked through. Raises RefusedError.

    A part is never unpacked beyond the size that the archive's directory says, so what the directory says is enough.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise RefusedError("damaged", "the file is cut off or damaged: it is no readable archive") from problem
    with archive:
        parts = archive.infolist()
        if len(parts) > PARTS:
            raise RefusedError("too-large", f"the file has more than {PARTS:,} parts")
        if sum(part.file_size for part in parts) > TOTAL:
            raise RefusedError("too-large", f"the file has more than {TOTAL:,} bytes when unpacked")
        for part in parts:
            if part.flag_bits & 1:
                raise RefusedError("encrypted", "the file is protected by a password")
            if part.file_size > FREE and part.file_size > RATIO * max(part.compress_size, 1):
                raise RefusedError("too-large", "a part of the file unpacks to far more than it should")
            if part.filename.endswith((".xml", ".rels")):
                _refuse_entities(archive, part)
    return io.BytesIO(content)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Office files define no document type; one that does, or hides what it begins with, means harm."""
    try:
        with archive.open(part) as stream:
            head = stream.read(_PEEKED)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as problem:
        raise RefusedError("damaged", "the file is cut off or damaged: a part of it cannot be read") from problem
    head = _BEFORE.sub(b"", head.replace(b"\0", b""))
    if b"<!DOCTYPE" in head or (len(head) and not _TAG.search(head)):
        raise RefusedError("unsafe", "a part of the file defines entities, which no Office program does")
