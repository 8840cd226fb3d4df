"""A listing to raw pages: files are read whole, files of many pages are opened, each page comes when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from checker.batch.containers import Fields, File, Skipped, container_pages
from checker.batch.raw_page import RawPage
from checker.finding import CheckError
from checker.readers import container_kind
from checker.readers.walk import Listing, read_bytes

_STDIN = "-"


class Intake:
    """The pages of a listing, in order.

    ``times`` says how often a name has been asked for, so that records of one name in one file are told apart.
    ``sources`` gives the files that are the Chinese of others. ``skipped`` counts what has been passed over so far;
    ``size`` is the number of bytes of all files.
    """

    def __init__(
        self,
        listing: Listing,
        times: Callable[[str], int],
        fields: Fields | None = None,
        stdin: BinaryIO | None = None,
        stdin_name: str = _STDIN,
        sources: Mapping[str, str] | None = None,
    ) -> None:
        self.skipped = listing.skipped
        self.size = sum(map(_size, listing.entries))
        self._listing = listing
        self._times = times
        self._fields = fields or Fields()
        self._stdin = stdin
        self._stdin_name = stdin_name
        self._sources = sources or {}

    def __iter__(self) -> Iterator[RawPage | CheckError]:
        offset = 0
        for entry in self._listing.entries:
            if isinstance(entry, CheckError):
                yield entry
                continue
            kind = container_kind(entry)
            if kind is None or not os.path.isfile(entry):
                yield self._file(entry, offset + _size(entry))
            else:
                yield from self._container(kind, File(entry, entry, offset))
            offset += _size(entry)

    def _file(self, entry: str, position: int) -> RawPage | CheckError:
        name = self._stdin_name if entry == _STDIN else entry
        content = read_bytes(entry, name, self._stdin)
        if isinstance(content, CheckError):
            return content
        page = RawPage(name, None, name, content, position=position)
        if entry not in self._sources:
            return page
        source = self._sources[entry]
        beside = read_bytes(source, name)
        if isinstance(beside, CheckError):
            return beside._replace(message=f"its source {source}: {beside.message}")
        return page._replace(source=(source, beside))

    def _container(self, kind: str, file: File) -> Iterator[RawPage | CheckError]:
        for item in container_pages(kind, file, self._fields):
            if isinstance(item, Skipped):
                self.skipped += 1
            elif item.record is None:
                yield item
            else:
                record = item.record.encode("utf-8", "replace").decode("utf-8")
                name, times = record, self._times(f"{file.path!a} {record}")
                while times > 1:
                    name = f"{record} ({times})"  # which may be the name of another one
                    times = times + 1 if self._times(f"{file.path!a} {name}") > 1 else 1
                yield item._replace(record=name)


def _size(entry: str | CheckError) -> int:
    try:
        return os.path.getsize(entry) if isinstance(entry, str) and entry != _STDIN else 0
    except (OSError, ValueError):
        return 0
