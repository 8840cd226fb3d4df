"""Plain text wrapped as the HTML of a site, with a menu, scripts, entities and a footer, and the way to each character."""

from __future__ import annotations

import html
import re

BEFORE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>TITLE - Site</title><style>p > b { color: red }</style></head>
<body><div class="top"><ul class="nav"><li><a href="/">Home</a></li><li><a href="/n">News</a></li>
<li><a href="/w">Medical union</a></li></ul></div>
<script>var page = "<p>hygiene bureau</p>"; if (a < b && c) { go(); }</script>
<div class="content"><!-- the <p> begins -->
"""
AFTER = """<div class="share">Share to <a href="#">Weibo</a> <a href="#">WeChat</a></div></div>
<div class="footer"><p>The hygiene bureau</p></div></body></html>
"""
_NAMED = {"\u00a0": "&nbsp;", "“": "&ldquo;", "”": "&#8221;", "’": "&#x2019;", "é": "&eacute;"}
_BLANK_LINES = re.compile(r"\n(?:[ \t\u3000]*\n)+")


def wrapped(text: str) -> tuple[str, list[int]]:
    """A page with ``text`` as its article, and for each character of the text its offset in the page.

    Empty lines part paragraphs, line feeds become ``<br>``; every third "m" that begins a word is in bold.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    before = BEFORE.replace("TITLE", html.escape(" ".join(first.split())))
    made = [before]
    length = len(before)
    places: list[int] = []

    def put(piece: str) -> None:
        nonlocal length
        made.append(piece)
        length += len(piece)

    bold = 0
    position = 0
    for match in [*_BLANK_LINES.finditer(text), None]:
        end = len(text) if match is None else match.start()
        put("<p>")
        for number in range(position, end):
            char = text[number]
            begins = char == "m" and not text[number - 1 : number].isalnum()
            bold += begins
            put("<b class='x'>" if begins and bold % 3 == 0 else "")
            places.append(length)
            put("<br />\n" if char == "\n" else _NAMED.get(char) or html.escape(char, quote=False))
            put("</b>" if begins and bold % 3 == 0 else "")
        put("</p>\n")
        if match is not None:
            places += [length - 1] * len(match.group())
            position = match.end()
    put(AFTER)
    return "".join(made), places
