"""What a form sends, read into memory: no upload touches the disk, and no name of a file is more than a label."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from checker.server.settings import LIMITS

_FIELDS = 40
_FILES = 4
_LONGEST = 80  # characters of a name


class FormError(Exception):
    """What was sent is no form."""


class _InMemory(MultiPartParser):
    spool_max_size = LIMITS.upload + 1


class Upload(NamedTuple):
    """A file that was sent."""

    name: str
    content: bytes


class Form:
    """The fields and files of a form."""

    def __init__(self, data: FormData, files: dict[str, Upload]) -> None:
        self._data = data
        self.files = files

    def text(self, name: str) -> str:
        """A field with newlines as one character and without NUL, which no text has; empty when it is missing."""
        value = self._data.get(name, "")
        return value.replace("\r\n", "\n").replace("\0", "") if isinstance(value, str) else ""

    def line(self, name: str) -> str:
        """A field on one line, without blanks at its ends and without what steers or hides."""
        return _on_one_line(self.text(name))

    def lines(self, name: str) -> list[str]:
        """The lines of a field that hold something."""
        return [line for part in self.text(name).split("\n") if (line := _on_one_line(part))]


async def read_form(request: Request) -> Form:
    """The form of a request. Raises FormError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            parser = _InMemory(
                request.headers, request.stream(), max_files=_FILES, max_fields=_FIELDS, max_part_size=LIMITS.upload + 1
            )
            data = await parser.parse()
        elif kind == "application/x-www-form-urlencoded":
            sent = (await request.body()).decode("ascii", "replace")
            data = FormData([*parse_qsl(sent, keep_blank_values=True, errors="replace", max_num_fields=_FIELDS)])
        else:
            raise FormError
    except (MultiPartException, ClientDisconnect, ValueError, LookupError) as problem:
        raise FormError from problem
    files = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            await value.close()
            if value.filename or content:
                files[name] = Upload(label(value.filename or ""), content)
    return Form(data, files)


def label(name: str) -> str:
    """The last part of a file's name, without what steers or hides; never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = _on_one_line(last).strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    if len(shown) > _LONGEST and dot and len(suffix) < 12:
        return f"{stem[: _LONGEST - len(suffix) - 1]}.{suffix}"
    return shown[:_LONGEST] or "page.txt"


def _on_one_line(text: str) -> str:
    words = " ".join(text.split())
    return "".join(char for char in words if unicodedata.category(char)[0] != "C")
