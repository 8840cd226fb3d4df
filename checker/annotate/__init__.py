"""Findings written into the file they were found in, as comments or notes, one format a file; all else stays as it is.

A format is a module with ``annotate(content, document, findings, signature) -> bytes``, and its name in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from checker.annotate.remarks import Signature
    from checker.document import Document
    from checker.finding import Finding

FORMATS = ("docx", "xliff")
"""The kinds of document that can be annotated, as they are called as a format of output too."""

_Annotate: TypeAlias = "Callable[[bytes, Document, list[Finding], Signature], bytes]"


def annotated(content: bytes, document: Document, findings: Sequence[Finding], signature: Signature) -> bytes:
    """The file of ``content``, that ``document`` was read from, with its findings; as it is where there are none.

    ``document.kind`` must be one of `FORMATS`. Raises RefusedError when the file cannot be written back.
    """
    if not findings:
        return content
    module = import_module(f"checker.annotate.{document.kind}")
    return cast("_Annotate", module.annotate)(content, document, list(findings), signature)
