"""Catalogues of messages (gettext PO): each message with its translation. The key of a unit is its line in the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from checker.document import Document
from checker.finding import CheckError
from checker.readers.assembly import Assembly
from checker.readers.sides import is_chinese
from checker.readers.text import read_text

LINES = 10_000
"""How many lines a string or comment may have, to which the parser adds them one by one."""

_BEFORE = "# \n"  # polib takes a text that is the name of a file for that file; no file is called so


_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # ends of lines to the parser, characters like others in a catalogue
_HIDDEN = {ord(end): 0xFDD0 + number for number, end in enumerate(_ENDS)}  # what stands for them is no character
_SHOWN = {hidden: end for end, hidden in _HIDDEN.items()}


def read(path: str, content: bytes) -> Iterator[Document | CheckError]:
    """The one document of a catalogue, or why there is none ("damaged", "too-large" and those of text)."""
    import polib

    text = read_text(path, content)
    if isinstance(text, CheckError):
        yield text
        return
    if _is_endless(text.text):
        yield CheckError(path, None, "too-large", f"a message or comment has more than {LINES:,} lines")
        return
    try:
        catalogue = polib.pofile(_BEFORE + text.text.translate(_HIDDEN))
    except (OSError, ValueError, IndexError) as problem:
        yield CheckError(path, None, "damaged", f"the file is no PO catalogue: {str(problem)[:200]}")
        return
    made = Assembly(path, "po")
    for entry in catalogue:
        if entry.obsolete:
            continue
        line = (entry.linenum or 1) - _BEFORE.count("\n")
        if entry.msgstr_plural:
            for _, said in sorted(entry.msgstr_plural.items()):
                _add(made, entry.msgid_plural or entry.msgid, said, line)
        else:
            _add(made, entry.msgid, entry.msgstr, line)
    yield made.document()


def _is_endless(text: str) -> bool:
    signs = (line.lstrip()[:1] for line in text.splitlines())
    return any(sign in ('"', "#") and sum(1 for _ in run) > LINES for sign, run in groupby(signs))


def _add(made: Assembly, message: str, translation: str, line: int) -> None:
    """A pair; the English side is the text, whichever was first."""
    message, translation = message.translate(_SHOWN), translation.translate(_SHOWN)
    if is_chinese(translation) and not is_chinese(message):
        message, translation = translation, message
    mark = made.begin_pair()
    made.add(translation, f"line {line}", str(line))
    if translation.strip():
        made.add_chinese(message)
    made.end_pair(mark)
