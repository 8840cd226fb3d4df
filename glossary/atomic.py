"""Files written whole or not at all: the new content stands beside the old one until all of it is there."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream that takes the new content of a file, which replaces the old one when all has gone well.

    The file's permissions are kept; a link stays a link: the file it leads to is replaced. A pipe or a device is written
    to as it is. Raises OSError with the name of the file; the old file is then untouched.
    """
    real = os.path.realpath(path)
    folder, name = os.path.split(real)
    beside = os.path.join(folder, f".{name[:50]}.{os.urandom(6).hex()}.tmp")
    with _named(path, real, beside):
        if os.path.exists(real) and not os.path.isfile(real):
            with open(real, "wb") as stream:
                yield stream
            return
        mode = os.stat(real).st_mode & 0o7777 if os.path.exists(real) else None
        try:
            with open(beside, "xb") as stream:
                if mode is not None:
                    os.chmod(beside, mode)
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, real)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise


@contextlib.contextmanager
def replacing_text(path: Path, errors: str = "strict") -> Iterator[TextIO]:
    """As `replacing`, for text in UTF-8 whose line ends stay as they are."""
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors=errors, newline="\n")
        try:
            yield text
        except BaseException:
            with contextlib.suppress(OSError, ValueError):
                text.detach()  # or it would close the stream, and say so
            raise
        text.detach()


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace a file in one step, so that no reader ever sees half of it; as `replacing`. Text is UTF-8."""
    with replacing(path) as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextlib.contextmanager
def _named(path: Path, *others: str) -> Iterator[None]:
    """What goes wrong with a file under no name, or one of ``others``, goes wrong with ``path``."""
    try:
        yield
    except OSError as problem:
        if problem.filename is None or problem.filename in others:
            problem.filename = str(path)
            if isinstance(problem, FileNotFoundError):
                problem.strerror = "its folder does not exist"
        raise
