"""From the form of a check to what is to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeVar

from checker.document import Document
from checker.finding import Confidence
from checker.options import Options
from checker.server.bench import Submission
from checker.server.decisions import with_both
from checker.server.forms import Form

Kind = Literal["text", "markdown", "html"]
Subject = Literal["auto", "health-reform", "other"]
Spelling = Literal["auto", "us", "gb"]

KINDS: dict[Kind, str] = {"text": "pasted.txt", "markdown": "pasted.md", "html": "pasted.html"}
"""What a pasted text is called, by its kind: the suffix tells the reader."""

_SOURCE = "pasted.zh.txt"
_Word = TypeVar("_Word", bound=str)


class Given(NamedTuple):
    """What stands in the fields of the form."""

    text: str = ""
    source: str = ""
    kind: Kind = "text"
    subject: Subject = "auto"
    spelling: Spelling = "auto"
    confidence: Confidence = "medium"
    lines: bool = False
    both: bool = False
    preview: bool = False


def given_in(form: Form) -> Given:
    """The fields as they were filled in; a word that is none of a choice gives its first."""
    kinds: tuple[Kind, ...] = ("text", "markdown", "html")
    subjects: tuple[Subject, ...] = ("auto", "health-reform", "other")
    spellings: tuple[Spelling, ...] = ("auto", "us", "gb")
    confidences: tuple[Confidence, ...] = ("medium", "low", "high")
    return Given(
        form.text("text"),
        form.text("source"),
        _one_of(form.text("kind"), kinds),
        _one_of(form.text("subject"), subjects),
        _one_of(form.text("spelling"), spellings),
        _one_of(form.text("confidence"), confidences),
        bool(form.text("lines")),
        bool(form.text("both")),
        bool(form.text("preview")),
    )


def given_again(sent: Submission, document: Document, text: str) -> Given:
    """The fields with which a ``text`` is checked as the document was that it comes from."""
    kind: Kind = next((kind for kind in KINDS if kind == document.kind), "text")
    apart = kind == document.kind or with_both(document) is not document  # the text still holds both languages
    options, both = sent.options, sent.both and sent.source is None and apart
    source = "" if both or document.source is None else document.source.text
    return Given(
        text, source, kind, options.subject, options.spelling, options.min_confidence, sent.lines, both, options.preview
    )


def _one_of(word: str, allowed: Sequence[_Word]) -> _Word:
    return next((one for one in allowed if one == word), allowed[0])


def submission(form: Form, given: Given, preset: Options) -> Submission | None:
    """What is to be checked: a file that was sent, else what was pasted; None when there is neither."""
    file, source_file = form.files.get("file"), form.files.get("source_file")
    options = preset._replace(
        subject=given.subject, spelling=given.spelling, min_confidence=given.confidence, preview=given.preview
    )
    if file is not None:
        made = Submission(file.name, file.content, options, both=given.both)
    elif given.text.strip():
        made = Submission(KINDS[given.kind], given.text.encode("utf-8", "replace"), options, both=given.both)
    else:
        return None
    if source_file is not None:
        return made._replace(source_name=source_file.name, source=source_file.content, lines=given.lines)
    if given.source.strip():
        return made._replace(source_name=_SOURCE, source=given.source.encode("utf-8", "replace"), lines=given.lines)
    return made
