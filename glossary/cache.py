"""What is worked out once and kept in the user's cache folder, keyed by the content it was made of.

Only ever text and numbers, read only where nobody else can have written it; what is damaged or missing is made anew.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import mmap
import os
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, overload

from glossary.digest import sha256
from glossary.keyed_rows import StoredRows, StoredWords, packed

FORMAT = 31
KEYED = ("forms", "members", "anchors", "place_names", "wrong_names")
LISTED = ("concepts", "morphemes", "patterns")
KEPT = 6  # compiled glossaries
SETTLED = 2_000_000_000  # nanoseconds
CODE = (
    "compiled.py",
    "concept.py",
    "forms.py",
    "templates.py",
    "folding.py",
    "yaml_file.py",
    "layers.py",
    "cache.py",
    "keyed_rows.py",
)


def cache_folder() -> Path:
    """The user's own cache folder for yigai."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(os.path.expanduser("~"), "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(os.path.expanduser("~"), "Library", "Caches")
    else:
        given = os.environ.get("XDG_CACHE_HOME", "")
        base = given if os.path.isabs(given) else os.path.join(os.path.expanduser("~"), ".cache")
    if not os.path.isabs(base):  # no home: a folder below the working one may be anybody's
        base = os.devnull
    return Path(base) / "yigai"


def cache_key(contents: list[bytes], version: str) -> str:
    """SHA-256 over the sources, the tool's version, the format of what is kept, and the code that made it."""
    digest = sha256(f"{version} {FORMAT} {_code_state()}".encode())
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _code_state() -> str:
    # While the package is edited its version stands still.
    folder = Path(__file__).parent
    return " ".join(str(os.stat(folder / name).st_mtime_ns) for name in CODE)


def signature_of(paths: list[Path], read: Callable[[], str]) -> str:
    """The signature of the content of files: ``read``, or what it gave when they had the same sizes and times."""
    states = [(str(path), path.stat()) for path in paths]
    state = "".join(f"{name}\n{made.st_size} {made.st_mtime_ns} {made.st_ino}\n" for name, made in states)
    path = cache_folder() / f"{cache_key([state.encode()], '')}.signature"
    kept = read_kept(path)
    if kept is not None:
        return kept.decode("ascii", "replace")
    signature = read()
    # A file that was written just now may be written again within one tick of its clock.
    if all(time.time_ns() - made.st_mtime_ns > SETTLED for _, made in states):
        keep(path, signature)
        trim(path.parent, "*.signature", KEPT)
    return signature


def read_kept(path: Path) -> bytes | None:
    """A file of the cache; None when there is none or others could have written it."""
    try:
        return path.read_bytes() if _is_ours(path) else None
    except OSError:
        return None


def _is_ours(path: Path) -> bool:
    try:
        state = path.stat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def keep(path: Path, content: str | bytes) -> None:
    """Write a file of the cache, whole or not at all; a folder that cannot be written is no error."""
    import tempfile

    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content if isinstance(content, bytes) else content.encode("utf-8"))
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise


def trim(folder: Path, pattern: str, number: int) -> list[Path]:
    """Remove all but the ``number`` files written or used last of a folder that match; returns what was removed."""
    removed = []
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)[:-number]:
            path.unlink()
            removed.append(path)
    return removed


class StoredLines(Sequence[bytes]):
    """Lines of a kept file, each checked where it is read; from a damaged file on they are taken from ``anew``.

    ``ends`` are the offsets of their ends, with 0 before, and ``sums`` their check sums.
    """

    def __init__(
        self,
        content: bytes | mmap.mmap,
        start: int,
        ends: Sequence[int],
        sums: Sequence[int],
        anew: Callable[[], Sequence[bytes]],
    ) -> None:
        self._content = content
        self._view = memoryview(content)
        self._start = start
        self._ends = ends
        self._sums = sums
        self._anew = anew

    def __reduce__(self) -> tuple[object, ...]:
        return list, (list(self),)

    def __len__(self) -> int:
        return len(self._sums)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> StoredLines: ...
    def __getitem__(self, number: int | slice) -> bytes | StoredLines:
        """A line, or some that follow each other."""
        if isinstance(number, slice):
            first, behind = number.start, number.stop
            ends, sums = self._ends[first : behind + 1], self._sums[first:behind]
            return StoredLines(self._content, self._start, ends, sums, lambda: self._anew()[first:behind])
        content, start, end = self.place(number)
        return content[start:end]

    def place(self, number: int) -> tuple[bytes | mmap.mmap, int, int]:
        """The bytes in which a line stands, where it begins there and where it ends."""
        start, end = self._start + self._ends[number], self._start + self._ends[number + 1]
        if zlib.crc32(self._view[start:end]) == self._sums[number]:
            return self._content, start, end
        line = self._anew()[number]
        return line, 0, len(line)


def kept_tables(key: str, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The compiled tables kept under ``key`` (see `glossary.compiled`); else what ``build`` makes, kept from then on."""

    @cache
    def anew() -> tuple[dict[str, Any], list[bytes]]:
        tables = build()
        return tables, _keep_tables(key, tables)

    return _read_tables(key, lambda: anew()[1]) or anew()[0]


def _read_tables(key: str, anew: Callable[[], Sequence[bytes]]) -> dict[str, Any] | None:
    kept = read_lines(_mapped(_file(key)), anew)
    if kept is None:
        return None
    tables: dict[str, Any]
    tables, lines = kept
    try:
        words = tables.pop("words").split(" ")
        number = len(words)
        stored = StoredWords(dict(zip(words, range(number), strict=True)), lines.place)
        tables |= {name: StoredRows(stored, table) for table, name in enumerate(KEYED)}
        for name in LISTED:
            tables[name], number = lines[number : number + tables[name]], number + tables[name]
        return tables | {"names": lines[number]}
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None


def read_lines(
    content: bytes | mmap.mmap | None, anew: Callable[[], Sequence[bytes]]
) -> tuple[Any, StoredLines] | None:
    """What `keep_lines` kept, of the lines only what is asked for; None when there is none, or when it is damaged.

    Lines that are damaged by themselves are taken from what ``anew`` gives.
    """
    if not content:
        return None
    try:
        start = content.find(b"\n") + 1
        check, sizes = content[:start].split()
        behind = start + int(sizes)
        view = memoryview(content)
        if int(check, 16) != zlib.crc32(view[start:behind]):
            return None
        end = content.find(b"\n", start) + 1
        contents = json.loads(content[start:end])
        numbers = view[end:behind].cast("I")
        half = len(numbers) // 2 + 1
        ends, sums = numbers[:half], numbers[half:]
        return (contents, StoredLines(content, behind, ends, sums, anew)) if len(content) == behind + ends[-1] else None
    except (ValueError, TypeError, IndexError):
        return None


def keep_lines(path: Path, contents: object, lines: Sequence[bytes]) -> None:
    """Keep lines, and before them ``contents``, which is written as JSON and read whole.

    Before both stands a check sum; between them stand the ends and check sums of the lines.
    """
    from array import array

    numbers = array("I", [0, *itertools.accumulate(map(len, lines)), *map(zlib.crc32, lines)])
    head = json.dumps(contents).encode() + b"\n" + numbers.tobytes()
    keep(path, b"".join([b"%08x %d\n" % (zlib.crc32(head), len(head)), head, *lines]))


def _mapped(path: Path) -> mmap.mmap | None:
    if not _is_ours(path):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # what was used last is kept longest
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # ValueError: it is empty
        return None


def _keep_tables(key: str, tables: dict[str, Any]) -> list[bytes]:
    """Keep compiled tables under ``key``; older ones are removed. Returns the lines they are kept as.

    What a page need not have stands by itself, unpacked when asked for. The table of contents is few long strings, which
    take a fifth of the time to read that many short ones would.
    """
    parts = [tables[name].parts() for name in KEYED]
    words = list(dict.fromkeys(itertools.chain.from_iterable(parts)))
    lines = [packed([part.get(word, {}) for part in parts]) for word in words]
    lines += [piece.encode() for name in LISTED for piece in tables[name]]
    lines.append(tables["names"].encode())
    contents: dict[str, Any] = {name: tables[name] for name in ("ids", "classes", "modifiers")}
    contents |= {name: len(tables[name]) for name in LISTED}
    keep_lines(_file(key), contents | {"words": " ".join(words)}, lines)
    trim(cache_folder(), "*.tables", KEPT)
    return lines


def _file(key: str) -> Path:
    return cache_folder() / f"{key}-{sys.byteorder}.tables"
