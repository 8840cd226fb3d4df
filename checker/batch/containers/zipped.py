"""Zip archives: the members in the order of the directory, one unpacked at a time."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator

from checker.batch.containers import PAGE_LIMIT, SKIPPED, ContainerError, Fields, File, Item
from checker.batch.containers.members import kind_of, member_page, refused
from checker.readers.archive import FREE, RATIO

DIRECTORY = 64 * 1024 * 1024
"""How many bytes the directory of an archive may have; it is read whole. Half a million members fit."""

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"


def pages(file: File, fields: Fields) -> Iterator[Item]:
    """The pages among the members. Raises ContainerError."""
    size = os.path.getsize(file.name)
    _refuse_large_directory(file.name, size)
    try:
        archive = zipfile.ZipFile(file.name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise ContainerError("damaged", "the file is cut off or damaged: it is no readable archive") from problem
    with archive:
        taken = unpacked = 0
        for part in archive.infolist():
            if part.filename.endswith("/"):  # a name may be empty, which the library does not expect
                continue
            taken += part.compress_size
            unpacked += part.file_size
            kind = kind_of(part.filename)
            reason = kind if kind == "nested" else _refusal(part)
            if kind == "silent":
                continue
            if kind == "skipped":
                yield SKIPPED
            elif reason is not None:
                yield refused(file, part.filename, reason)
            elif unpacked > 16 * FREE and unpacked > RATIO * size:
                raise ContainerError("too-large", "the file unpacks to far more than it should")
            else:
                yield _read(archive, part, file, file.offset + min(taken, size))


def _refusal(part: zipfile.ZipInfo) -> str | None:
    if part.flag_bits & 1:
        return "encrypted"
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "unsupported"
    if part.file_size > PAGE_LIMIT:
        return "too-large"
    if part.file_size > FREE and part.file_size > RATIO * max(part.compress_size, 1):
        return "ratio"
    return None


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: File, position: int) -> Item:
    try:
        with archive.open(part) as stream:
            content = stream.read(part.file_size)  # without a size all of it would be unpacked before it is cut
    except NotImplementedError:
        return refused(file, part.filename, "unsupported")
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, ValueError, RuntimeError):
        return refused(file, part.filename, "damaged")
    return member_page(file, part.filename, content, position)


def _refuse_large_directory(name: str, size: int) -> None:
    """The library reads the whole directory; how long it is stands at the end of the file."""
    with open(name, "rb") as stream:
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0:
        return  # the library will say so
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(_END_64)
    if length == 0xFFFFFFFF and wide >= 0:
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if length > DIRECTORY:
        raise ContainerError("too-large", f"the directory of the archive is larger than {DIRECTORY:,} bytes")
