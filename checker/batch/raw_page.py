"""One page as it comes out of a file or an archive: bytes that nobody has looked into, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.document import Document
from checker.finding import CheckError
from checker.readers import Reading
from checker.readers.page_data import iso_date
from checker.readers.parts import in_parts
from checker.readers.sources import beside
from checker.readers.walk import read_content


class RawPage(NamedTuple):
    """The bytes of a page. ``path`` and ``record`` are reported; ``name`` only tells the format, by its suffix.

    ``format`` is one of `checker.readers.FORMATS` where the archive says so, else None; ``date`` what the archive says
    of the publication. ``position`` is how much of all input (bytes) had been read when the page was complete;
    ``source`` is the file with the Chinese, its name and its bytes.
    """

    path: str
    record: str | None
    name: str
    content: bytes
    format: str | None = None
    date: str | None = None
    position: int = 0
    source: tuple[str, bytes] | None = None

    @property
    def size(self) -> int:
        """How many bytes it holds, its Chinese included."""
        return len(self.content) + (len(self.source[1]) if self.source is not None else 0)


def read_page(page: RawPage, reading: Reading) -> Iterator[Document | CheckError]:
    """The documents of a page, under the page's own path and record, and what could not be read of it."""
    chosen = reading if reading.format or not page.format else reading._replace(format=page.format)
    date = iso_date(page.date) if page.date else None
    documents = read_content(page.name, page.content, chosen)
    read = in_parts(documents) if page.source is None else beside(documents, page.source[0], read_content(*page.source))
    for item in read:
        record = page.record if item.record is None else ": ".join(filter(None, (page.record, item.record)))
        if isinstance(item, CheckError):
            yield item._replace(path=page.path, record=record)
        else:
            source = item.source
            if source is not None and page.source is None:
                source = source._replace(path=page.path)
            yield item._replace(path=page.path, record=record, source=source, date=date or item.date)
