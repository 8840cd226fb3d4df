"""The file that a run keeps of the pages it is done with, so that another run can go on: JSON Lines, a page a line.

A line is written in one piece; what a killed run leaves of its last line is cut off.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from typing import BinaryIO, Protocol

from checker.batch.outcome import ROW_FIELDS, Row, row_from_json, row_to_json
from checker.batch.raw_page import RawPage
from checker.batch.seen import Seen
from checker.config import ConfigError

_FORMAT = 1


class Rows(Protocol):
    """Where a run learns which pages former runs have done, and keeps what it does itself."""

    def row(self, key: str) -> Row | None:
        """What is known of the page of a key; None when it must be checked."""

    def add(self, row: Row) -> None:
        """Keep a page that has been done with. Raises OSError."""

    def close(self) -> None:
        """Nothing more will be asked or kept."""


class BusyError(ConfigError):
    """Another process is writing the journal."""


class Journal:
    """A journal opened to be gone on with; one of other settings is begun anew where ``begin_anew`` says so.

    Raises BusyError, and ConfigError when it is of other settings or no journal.
    """

    def __init__(self, path: str, signature: Mapping[str, str], seen: Seen, begin_anew: bool = False) -> None:
        self._seen = seen
        self._path = path
        self._file: BinaryIO = open(path, "a+b")  # noqa: SIM115  # closed by close()
        made_of = hashlib.sha256(repr(ROW_FIELDS).encode()).hexdigest()[:16]
        head = {"journal": "yigai", "format": _FORMAT, "rows": made_of, "settings": dict(signature)}
        _one_writer(self._file, path)
        self._file.seek(0)
        first = self._file.readline()
        if not first.endswith(b"\n"):
            if not (json.dumps(head) + "\n").encode().startswith(first):  # begun, and cut off
                raise ConfigError(f"{path}: no journal of yigai; --resume never writes over another file")
            self._file.truncate(0)
            self._write(json.dumps(head))
            return
        if self._is_of(path, first, head):
            self._index()
        elif begin_anew:
            self._file.truncate(0)
            self._write(json.dumps(head))
        else:
            raise ConfigError(f"{path}: written with another version, glossary, rules or options; give another file")

    def _is_of(self, path: str, first: bytes, head: Mapping[str, object]) -> bool:
        try:
            found = json.loads(first)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or found.get("journal") != "yigai":
            raise ConfigError(f"{path}: no journal of yigai; --resume never writes over another file")
        return found == head

    def _index(self) -> None:
        offset = self._file.tell()
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(offset)
                break
            self._seen.index(line[2:].partition(b'"')[0].decode("ascii", "replace"), offset)
            offset += len(line)

    def row(self, key: str) -> Row | None:
        """What a former run has found on the page of a key; None when it has not come to it."""
        offset = self._seen.indexed(key)
        if offset is None:
            return None
        self._file.seek(offset)
        try:
            row = row_from_json(self._file.readline())
        except (ValueError, TypeError, KeyError, IndexError):
            return None  # a line that somebody has changed: the page is checked again
        return row if row.key == key else None

    def add(self, row: Row) -> None:
        """Write down a page. Raises OSError."""
        self._write(row_to_json(row))

    def _write(self, line: str) -> None:
        self._file.write(line.encode("ascii") + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def delete(self) -> None:
        """Delete the file and close it: all that it holds is kept elsewhere."""
        os.unlink(self._path)
        self.close()


class PageKeys:
    """What pages are known by in a journal; what is accepted in an archive is gone through once for all its pages."""

    def __init__(self) -> None:
        self._accepted: tuple[object, str] = None, ""

    def of(self, page: RawPage, options: object, accepted: Mapping[tuple[str, str], int] | None) -> str:
        """The key of a page: its name, its bytes and what it is checked with."""
        digest = hashlib.blake2b(page.content, digest_size=16)
        if page.source is not None:
            digest.update(page.source[1])
        with_what = (page.path, page.record, page.format, page.date, options, self._said(accepted))
        digest.update(repr(with_what).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()

    def _said(self, accepted: Mapping[tuple[str, str], int] | None) -> object:
        if not accepted:
            return None if accepted is None else []
        if self._accepted[0] is not accepted:
            said = repr(sorted(accepted.items())).encode("utf-8", "backslashreplace")
            self._accepted = accepted, hashlib.blake2b(said, digest_size=16).hexdigest()
        return self._accepted[1]


def _one_writer(file: BinaryIO, path: str) -> None:
    """Two runs may not write one journal; a killed run leaves no lock behind."""
    if os.name != "posix":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.exists(path) and os.path.samestat(os.stat(path), os.fstat(file.fileno())):
            return
        raise BlockingIOError  # the other run has deleted it meanwhile
    except BlockingIOError as problem:
        raise BusyError(f"{path}: another run is writing this journal") from problem
    except OSError:
        return  # a file system without locks
