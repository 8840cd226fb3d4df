"""Records with fields to pages: which field holds the text, which the address and the date, and what kind of text it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from checker.batch.containers import PAGE_LIMIT, ContainerError, Fields, File
from checker.batch.raw_page import RawPage
from checker.finding import CheckError
from checker.readers import TEXT_FIELDS

ADDRESSES = (
    "url",
    "address",
    "link",
    "uri",
    "source_url",
    "page_url",
    "permalink",
    "loc",
    "warc_target_uri",
    "path",
    "file",
    "id",
)
DATES = (
    "date",
    "published",
    "published_at",
    "date_published",
    "datepublished",
    "publish_date",
    "publish_time",
    "pub_date",
    "pubdate",
)

_TAG = re.compile(
    r"<(?:!doctype|html|head|body|p|div|span|br|h[1-6]|ul|ol|li|table|tr|td|a|article|section)\b[^<>]{0,500}>", re.I
)
_LOOKED_AT = 4096


def settled(names: Iterable[str], chosen: Fields, where: str) -> Fields:
    """``chosen`` with what is not chosen guessed among the names of a file's fields. Raises ContainerError."""
    known = list(names)
    for name in filter(None, chosen):
        if name not in known:
            raise ContainerError("no-field", f"{where} has no field {name!r}, but {_listed(known)}")
    text = chosen.text or _guessed(known, TEXT_FIELDS)
    if text is None:
        raise ContainerError("no-text-field", f"no field of {where} is called as one that holds text: {_listed(known)}")
    return Fields(text, chosen.address or _guessed(known, ADDRESSES), chosen.date or _guessed(known, DATES))


def of_record(found: Fields, chosen: Fields, values: Mapping[str, object]) -> Fields | None:
    """The fields of one record: ``found`` for the file, others where these hold nothing; None where none is for text.

    What was ``chosen`` is never guessed.
    """
    here = [name for name, value in values.items() if value is not None]

    def field(settled: str | None, choice: str | None, guesses: Iterable[str]) -> str | None:
        return settled if choice is not None or settled in here else _guessed(here, guesses) or settled

    text = field(found.text, chosen.text, TEXT_FIELDS)
    if text not in values:
        return None
    return Fields(text, field(found.address, chosen.address, ADDRESSES), field(found.date, chosen.date, DATES))


def record_page(
    file: File, name: str, values: Mapping[str, object], fields: Fields, position: int
) -> RawPage | CheckError:
    """The page of a record, called by its address, else by ``name``."""

    def value(field: str | None) -> str | None:
        found = values.get(field) if field else None
        return None if found is None or isinstance(found, dict | list) or found == "" else str(found)

    assert fields.text is not None
    record = value(fields.address) or name
    text = values.get(fields.text)
    if not isinstance(text, str) and text is not None:
        return CheckError(file.path, record, "no-text", f"{fields.text!r} holds no text")
    content = (text or "").encode("utf-8", "replace")
    if len(content) > PAGE_LIMIT:
        return CheckError(file.path, record, "too-large", f"the page is larger than {PAGE_LIMIT:,} bytes")
    is_html = "html" in fields.text.lower() or _TAG.search(text[:_LOOKED_AT] if text else "")
    return RawPage(file.path, record, "", content, "html" if is_html else "text", value(fields.date), position)


def _guessed(names: list[str], wanted: Iterable[str]) -> str | None:
    by_name = {name.strip().lower().replace("-", "_"): name for name in reversed(names)}
    return next((by_name[name] for name in wanted if name in by_name), None)


def _listed(names: list[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:20])
    return shown + ", …" if len(names) > 20 else shown or "none"
