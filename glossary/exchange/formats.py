"""The exchange formats by name: which there are, and the module that reads or writes each."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.concept import Concept
from glossary.exchange import ExchangeError, Exported, Imported

EXPORTS = ("tbx", "xlsx", "csv", "tsv", "tmx", "deepl", "google", "microsoft", "jieba")
IMPORTS = ("tbx", "xlsx", "csv", "tsv", "tmx", "deepl", "google", "microsoft")
WHOLE = ("tbx", "xlsx", "csv", "tsv")
"""The formats that hold proposed concepts as well, marked as such."""

DIALECTS = {"csv": ("memoq", "trados", "omegat"), "xlsx": ("memoq", "trados")}
DIRECTED = ("deepl", "google", "microsoft", "omegat")


def write(
    name: str, concepts: Sequence[Concept], dialect: str | None = None, english_first: bool = False, comma: bool = False
) -> Exported:
    """A file of the concepts. ``comma`` parts machine translation lists by commas instead of tabs.

    Raises ExchangeError where the format cannot hold them.
    """
    if not concepts:
        raise ExchangeError("no concepts to write")
    if name == "tbx":
        from glossary.exchange import tbx

        return tbx.write(concepts)
    if name == "xlsx":
        from glossary.exchange import xlsx

        return xlsx.write_dialect(concepts, dialect) if dialect else xlsx.write(concepts)
    if name in ("csv", "tsv"):
        from glossary.exchange import csv

        if dialect:
            return csv.write_dialect(concepts, dialect, english_first)
        return csv.write(concepts, "\t" if name == "tsv" else ",")
    if name == "tmx":
        from glossary.exchange import tmx

        return tmx.write(concepts)
    if name == "jieba":
        from glossary.exchange import jieba

        return jieba.write(concepts)
    from glossary.exchange import mt_lists

    return mt_lists.write(concepts, name, "," if comma else "\t", english_first)


def read(name: str, content: bytes) -> Imported:
    """The entries of a file. Raises ExchangeError with the line or cell."""
    if name == "tbx":
        from glossary.exchange import tbx_reading

        return tbx_reading.read(content)
    if name == "xlsx":
        from glossary.exchange import xlsx

        return xlsx.read(content)
    if name == "tmx":
        from glossary.exchange import tmx

        return tmx.read(content)
    from glossary.exchange import csv

    return csv.read(content)
