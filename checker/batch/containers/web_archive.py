"""WARC files of crawlers, plain or gzipped: the pages that were answered with 200. A page is called by its address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.batch.containers import PAGE_LIMIT, SKIPPED, ContainerError, Fields, File, Item
from checker.batch.containers.limited import LimitedStream
from checker.batch.raw_page import RawPage
from checker.finding import CheckError

_FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_PAGES = ("response", "resource", "conversion")
_ABOUT = ("warcinfo", "request", "metadata")
_CUT = "the file is cut off or damaged; what stands before it was read"
_PIECE = 1 << 20


def pages(file: File, fields: Fields) -> Iterator[Item]:
    """The pages among the records. Raises ContainerError."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as problem:
        raise ContainerError("extra-missing", "reading WARC needs warcio: pip install 'yigai[corpus]'") from problem
    with LimitedStream(file.name) as stream:  # unpacks by itself, for the library does not mind a cut end
        try:
            for record in ArchiveIterator(stream):
                item = _item(record, file, file.offset + stream.position)
                while record.raw_stream.read(_PIECE):
                    pass
                # Less came than the record says, or it was cut off before it said how much.
                if getattr(record.raw_stream, "limit", 0) > 0 or not record.rec_headers.get_header("Content-Length"):
                    raise ContainerError("damaged", _CUT)
                if record.rec_type not in _ABOUT:
                    yield item
            if stream.tail != b"\r\n\r\n":  # the library takes the beginning of a record for the end of all
                raise ContainerError("damaged", _CUT)
        except (ArchiveLoadFailed, EOFError, ValueError, OverflowError, AttributeError, TypeError) as problem:
            raise ContainerError("damaged", _CUT) from problem


def _item(record: Any, file: File, position: int) -> Item:
    headers = record.http_headers
    format = _FORMATS.get(
        ((headers or record.rec_headers).get_header("Content-Type") or "").split(";")[0].strip().lower()
    )
    if record.rec_type not in _PAGES or format is None or (headers and headers.get_statuscode() != "200"):
        return SKIPPED
    address = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("WARC-Record-ID") or ""
    body = record.content_stream()
    pieces: list[bytes] = []
    size = 0
    while size <= PAGE_LIMIT and (piece := body.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    if size > PAGE_LIMIT:
        return CheckError(file.path, address, "too-large", f"the page is larger than {PAGE_LIMIT:,} bytes")
    return RawPage(file.path, address, "", b"".join(pieces), format, position=position)
