"""Tar archives, plain or gzipped: members as they come, one at a time."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import Self

from checker.batch.containers import PAGE_LIMIT, SKIPPED, ContainerError, Fields, File, Item
from checker.batch.containers.limited import LimitedStream
from checker.batch.containers.members import kind_of, member_page, refused

_HEADER_LIMIT = 1 << 20  # bytes of a long name or of extended headers, which the library reads whole
_HEADERS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip


class _Member(tarfile.TarInfo):
    """A member whose headers are held to a limit."""

    def _proc_member(self, archive: tarfile.TarFile) -> Self:  # where the library, of whatever version, comes by
        if self.type in _HEADERS and self.size > _HEADER_LIMIT:
            raise ContainerError("too-large", "a name or header in the archive is longer than any real one")
        made: Self = super()._proc_member(archive)  # type: ignore[misc]
        return made


def pages(file: File, fields: Fields) -> Iterator[Item]:
    """The pages among the members. Raises ContainerError."""
    with LimitedStream(file.name) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member, bufsize=64 * 1024) as archive:
                for member in archive:
                    archive.members = []  # type: ignore[attr-defined]  # the library would keep them all
                    yield from _item(archive, member, file, file.offset + stream.position)
        except (tarfile.TarError, EOFError) as problem:
            message = "the file is cut off or damaged; what stands before it was read"
            raise ContainerError("damaged", message) from problem


def _item(archive: tarfile.TarFile, member: tarfile.TarInfo, file: File, position: int) -> Iterator[Item]:
    kind = kind_of(member.name)
    if kind == "silent" or member.isdir():
        return
    if not member.isreg() or member.issparse():
        yield SKIPPED
    elif kind == "nested":
        yield refused(file, member.name, "nested")
    elif kind == "skipped":
        yield SKIPPED
    elif member.size > PAGE_LIMIT:
        yield refused(file, member.name, "too-large")
    else:
        content = archive.extractfile(member)
        assert content is not None  # of a regular file
        yield member_page(file, member.name, content.read(), position)
