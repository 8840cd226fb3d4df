"""The text of a page as HTML with its marks, beside its Chinese where that is known.

Whatever comes from a page is escaped here, in `escaped` and `escaped_lines`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from checker.bitext import Link
from checker.document import Document, without_unseen
from checker.finding import SEVERITIES, Finding, Place
from checker.reports.visible import visible

_BLANK_LINES = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_FEW = 400  # places shown of one finding; a page of furniture may have thousands

Numbered = tuple[int, Finding]


def marked_text(
    document: Document, found: Sequence[Numbered], links: Sequence[Link] | None, label: str
) -> Iterator[str]:
    """A region called ``label`` with the text of a page, each mark a link to the card ``f-NUMBER`` of its finding.

    The first piece of each finding has the id ``m-NUMBER``; ``data-f`` of a piece holds the numbers of all findings
    there. With ``links`` and a source the Chinese stands beside the English that says the same.
    """
    places = [(place, number, finding) for number, finding in found for place in finding.places[:_FEW]]
    yield f'<div class="text" tabindex="0" role="region" aria-label="{escaped(label)}">'
    view = document.view is not None
    anchored: set[int] = set()
    if document.source is None or not links:
        yield from _pieces(document.readable, (0, len(document.text)), places, anchored, view)
    else:
        evidence = [
            ((finding.source_start, finding.source_end), number, finding)
            for number, finding in found
            if finding.source_start is not None and finding.source_end is not None
        ]
        last = 0
        for link in links:
            end = max(link.end, last)
            yield '<div class="pair"><div>'
            yield from _pieces(document.readable, (last, end), places, anchored, view, strip=True)
            yield '</div><div lang="zh">'
            yield from _pieces(
                document.source.text, (link.source_start, link.source_end), evidence, None, view, strip=True
            )
            yield "</div></div>"
            last = end
        yield from _pieces(document.readable, (last, len(document.text)), places, anchored, view)
    yield "</div>\n"


def _pieces(
    text: str,
    span: Place,
    places: Iterable[tuple[Place, int, Finding]],
    anchored: set[int] | None,
    view: bool,
    strip: bool = False,
) -> Iterator[str]:
    """``text[span]`` cut at every edge of a place, each piece a link to what is found there.

    ``anchored`` collects the findings whose first piece has been made, which gets the name that cards lead back to;
    None where no card does.
    """
    within = [(max(s, span[0]), min(e, span[1]), number, finding) for (s, e), number, finding in places]
    within = [item for item in within if item[0] < item[1]]
    starts: dict[int, list[tuple[int, int, Finding]]] = defaultdict(list)
    for start, end, number, finding in within:
        starts[start].append((end, number, finding))
    cuts = sorted({*span, *(item[0] for item in within), *(item[1] for item in within)})
    open_now: list[tuple[int, int, Finding]] = []
    for start, end in pairwise(cuts):
        open_now = [item for item in open_now if item[0] > start] + starts.get(start, [])
        content = escaped_lines(text[start:end], view)
        if strip and start == span[0]:
            content = content.lstrip()
        if strip and end == span[1]:
            content = content.rstrip()
        if not open_now or not content.strip():
            yield content
            continue
        inner = sorted(open_now, key=lambda item: (item[0], item[1]))
        worst = max((finding.severity for _, _, finding in inner), key=SEVERITIES.index)
        names = [number for _, number, _ in inner if anchored is not None and number not in anchored]
        if anchored is not None:
            anchored.update(names)
        anchors = "".join(f'<span id="m-{number}"></span>' for number in names[1:])
        name = f' id="m-{names[0]}"' if names else ""
        first = inner[0][2]
        title = escaped(f"{first.rule} {first.name}: {first.suggestion or first.message}")
        yield (
            f'{anchors}<a class="{worst}"{name} href="#f-{inner[0][1]}" data-f="{" ".join(str(n) for _, n, _ in inner)}" '
            f'title="{title}">{content}</a>'
        )


def escaped(text: str | None) -> str:
    """Words for a page on one line: escaped, nothing in them that hides or steers."""
    return escape(visible(text or ""))


def escaped_lines(text: str, view: bool) -> str:
    """Text of a page for a page, its line ends kept; of a view without what stands for mark-up."""
    if view:
        text = _BLANK_LINES.sub("\n\n", without_unseen(text))
    return "\n".join(escape(visible(line)) for line in re.split(r"\r\n|\r|\n", text))
