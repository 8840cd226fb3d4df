"""The view of a web page without what stands for its mark-up, so that rules need not go over it, and the way back."""

from __future__ import annotations

import bisect
import re

from checker.bitext import Span
from checker.document import HEAD, TAG, TAIL, Document
from checker.script import HAN
from glossary.lazy_pattern import lazy

_RUN = lazy(f" {{9}} *+|[{TAG}{TAIL}{HEAD}]+")
_BLANK = " \n\r\t\u00a0\u3000"
_OPENING, _CLOSING = "\"'“‘([（《", "\"'”’)]）》,.;:!?%，。；：！？"
# Where tags may go so that what stands beside them reads as it is seen. They stay where a blank may be drawn between two
# words, and where a picture or a script may show what is not in the text.
_SEEN_THROUGH = lazy(
    rf"[{_BLANK}][\w{re.escape(_OPENING)}]|[\w{re.escape(_CLOSING)}][{_BLANK}]|[{re.escape(_OPENING)}]\w"
    rf"|\w[{re.escape(_CLOSING)}]|[{re.escape(_CLOSING)}][{re.escape(_CLOSING)}]|[{HAN}][{HAN}]"
    r"|[a-z][a-z]|[A-Z][A-Za-z]|,[a-z]"  # "Com</span><span>mission"; no figures, behind which notes stand
)


class Condensed:
    """A view without what stands for entities and for tags inside a sentence, as a reader sees it.

    Long runs of blanks, and of tags that may part words, are two characters: the first and the last one. So whatever
    begins or ends beside a run has one place in the view.
    """

    def __init__(self, view: str) -> None:
        self._begins = [0]  # where the pieces that are kept begin in the condensed text
        self._stood = [0]  # and in the view
        pieces: list[str] = []
        last = made = 0
        for match in _RUN.finditer(view):
            for start, end in _left_out(view, *match.span()):
                pieces.append(view[last:start])
                made += start - last
                last = end
                self._begins.append(made)
                self._stood.append(last)
        self.text = "".join([*pieces, view[last:]])

    def place(self, start: int, end: int) -> Span:
        """Where ``start..end`` of the condensed text stands in the view."""
        begin = self._place(start)
        return begin, (self._place(end - 1) + 1 if end > start else begin)

    def find(self, offset: int) -> int:
        """The place of a character of the view in the condensed text, or of the nearest one before it."""
        number = bisect.bisect_right(self._stood, offset) - 1
        found = self._begins[number] + offset - self._stood[number]
        return min(found, self._begins[number + 1] - 1) if number + 1 < len(self._begins) else found

    def _place(self, offset: int) -> int:
        number = bisect.bisect_right(self._begins, offset) - 1
        return self._stood[number] + offset - self._begins[number]


def _left_out(view: str, start: int, end: int) -> list[Span]:
    """What of a run is left out, in order; never the first or the last character of the view."""
    start, end = max(start, 1), min(end, len(view) - 1)
    if view[start:end].isspace() or end <= start:
        return [(start + 1, end - 1)] if end - start > 2 else []
    tag, behind = view.find(TAG, start, end), view.rfind(TAG, start, end) + 1
    if tag < 0 or _SEEN_THROUGH.match(view[start - 1] + view[end]):
        return [(start, end)]
    spans = [(start, tag), (tag + 1, behind - 1) if behind - tag > 9 else (tag, tag), (behind, end)]
    return [(begin, stop) for begin, stop in spans if stop > begin]


def condensed(document: Document) -> Condensed | None:
    """The condensed view of a web page or Markdown text; None for other documents, or a Chinese side with offsets of the file."""
    if document.view is None or document.kind not in ("html", "markdown") or document.source is not None:
        return None
    return Condensed(document.view)
