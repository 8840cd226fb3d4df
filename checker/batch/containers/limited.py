"""Bytes of a file, unpacked where it is compressed, with a count of what was read and a limit on what comes of it."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import BinaryIO

from checker.batch.containers import ContainerError
from checker.readers.archive import FREE, RATIO

_GZIP = b"\x1f\x8b"


class LimitedStream(io.RawIOBase):
    """A file to be read once from start to end. Raises ContainerError ("too-large", "damaged") while reading.

    ``tail`` holds the last four bytes that were read.
    """

    def __init__(self, name: str) -> None:
        self._raw: BinaryIO = open(name, "rb")  # noqa: SIM115  # closed by close()
        packed = self._raw.read(2) == _GZIP
        self._raw.seek(0)
        self._stream = gzip.GzipFile(fileobj=self._raw) if packed else self._raw
        self._unpacked = 0
        self.tail = b""
        self._packed = packed

    @property
    def position(self) -> int:
        """How many bytes of the file have been taken, a few kilobytes ahead of what was read."""
        return self._raw.tell()

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """As of `io.RawIOBase`."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        content = self.read(len(view))
        view[: len(content)] = content
        return len(content)

    def read(self, size: int = -1) -> bytes:
        """Some bytes, at most ``size``; none only at the end."""
        # Of a stream that is cut off, what stands before the end comes first.
        return self._counted(self._stream.read1 if isinstance(self._stream, gzip.GzipFile) else self._stream.read, size)

    def line(self, size: int) -> bytes:
        """Up to the next line feed, at most ``size`` bytes."""
        return self._counted(self._stream.readline, size)

    def _counted(self, take: Callable[[int], bytes], size: int) -> bytes:
        try:
            content = take(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise ContainerError(
                "damaged", "the file is cut off or damaged; what stands before it was read"
            ) from problem
        self._unpacked += len(content)
        self.tail = (self.tail + content[-4:])[-4:]
        if self._packed and self._unpacked > 16 * FREE and self._unpacked > RATIO * self.position:
            raise ContainerError("too-large", "the file unpacks to far more than it should")
        return content

    def close(self) -> None:
        """Close the file."""
        self._raw.close()
        super().close()
