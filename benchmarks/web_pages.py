"""Prints how fast web pages are read and checked, in MB of their files a second of processor time, beside parsing alone.

Run ``python benchmarks/web_pages.py [ROUNDS] [FOLDER]`` (3 rounds by default; the fastest counts). The pages are our own damaged
pages and our good English, cut to 3, 6 and 10 kB and set as government sites set theirs, in 30, 100 and 300 kB of
mark-up: metadata, styles and scripts, menus in menus, a share bar, paragraphs of styled runs, a table, lists of links,
a footer. With a ``FOLDER`` the pages below it are measured too.
"""

from __future__ import annotations

import gc
import html
import random
import re
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.document import Document, without_unseen
from checker.pipeline import Checker
from checker.readers.walk import read_content
from glossary import load

DATA = Path(__file__).resolve().parent.parent / "data"
SIZES = ((3_000, 30_000), (6_000, 100_000), (10_000, 300_000))  # characters of text, of the page
PAGES = 24  # of each size
NAMES = "Home News Policy Notice Affairs Services Hospital Health Medical Bureau Open Data Service Letters Guide Map".split()
RUN = 'font-family: "Times New Roman"; font-size: 16px; line-height: 200%; color: rgb(51, 51, 51)'


def texts(folder: str) -> list[str]:
    """The English texts of a folder of our samples."""
    files = sorted((DATA / folder).glob("*.txt"))
    return [file.read_text(encoding="utf-8") for file in files if ".zh." not in file.name]


def web_page(text: str, size: int, seed: int) -> str:
    """A text as the article of a page of so many characters, or as many more as the article takes."""
    chance = random.Random(seed)
    title = html.escape(text.strip().split("\n")[0][:90])
    article = _article(text, chance)
    above, below, taken = [_HEAD.format(title=title)], [], len(article) + 3000
    while taken < size:
        kind = chance.choice((_script, _style, _menu, _menu, _links, _links, _options))
        piece = kind(chance)
        (above if kind in (_style, _menu) or (kind is _script and chance.random() < 0.4) else below).append(piece)
        taken += len(piece)
    above.append(_TOP.format(title=title))
    return "".join([*above, article, _SHARE, *below, _FOOTER])


_HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />\r\n<meta name="SiteName" content="Health Commission" />
<meta name="ArticleTitle" content="{title}" />\r\n<meta name="PubDate" content="2021-10-12 09:30" />
<title>{title} - Health Commission</title>\r\n<link rel="stylesheet" type="text/css" href="/static/css/common.css?v=20210304" />
<!--[if lt IE 9]><script src="/static/js/html5shiv.min.js"></script><![endif]-->\r\n"""
_TOP = """<div class="wrapper clearfix">\r\n<div class="crumb">Position: <a href="/">Home</a> &gt; <a href="/news/">News</a></div>
<div class="article" id="zoom">\r\n<h1 class="tit">{title}</h1>\r\n<div class="info"><span>Date: 2021-10-12</span>&nbsp;&nbsp;
<span>Source: <!--$[source]begin-->Office<!--$[source]end--></span> <a href="javascript:doZoom(16)">Small</a></div>\r\n"""
_SHARE = """</div>\r\n<div class="bdsharebuttonbox" data-tag="share_1"><a class="bds_weixin" data-cmd="weixin" href="#">WeChat</a>
<a class="bds_tsina" data-cmd="tsina" href="#">Weibo</a><a class="print" href="javascript:window.print()">Print</a></div>\r\n"""
_FOOTER = """</div>\r\n<div class="footer"><div class="w1200"><p>Copyright &copy; 2021 Health Commission. All rights reserved.</p>
<p><a href="/about/index.html" target="_blank">About</a>&nbsp;|&nbsp;<a href="/contact/">Contact</a></p>
<img src="/images/blue.png" alt="" border="0" /></div></div>\r\n</body>\r\n</html>\r\n"""


def _article(text: str, chance: random.Random) -> str:
    made: list[str] = []
    for line in text.split("\n"):
        words = line.split(" ")
        runs: list[str] = []
        while words:
            count = chance.randint(4, 40)
            runs.append(f"<span style='{RUN}'>{html.escape(' '.join(words[:count])).replace('’', '&rsquo;')}</span>")
            del words[:count]
        made.append(f'<p style="text-indent: 2em; margin: 0px 0px 15px;">&nbsp;{" ".join(runs)}</p>\r\n')
    rows = "".join(
        f'<tr><td width="120" valign="top">{n}</td><td>{html.escape(made[0][:20])}</td></tr>' for n in range(8)
    )
    return "".join(made) + f'<table border="1" cellspacing="0" cellpadding="0"><tbody>{rows}</tbody></table>\r\n'


def _name(chance: random.Random) -> str:
    return " ".join(chance.sample(NAMES, 2))


def _script(chance: random.Random) -> str:
    lines = [
        f'    if (a{n} < {n} && b.className != "on") {{ $("#tab{n} > li").eq({n}).html("<i>" + {n} + "</i>"); }}\n'
        for n in range(chance.randint(5, 30))
    ]
    return f'<script type="text/javascript">\n$(function () {{\n{"".join(lines)}}});\n</script>\r\n'


def _style(chance: random.Random) -> str:
    lines = [
        f".nav{n} > li a:hover {{ color: #0{n % 9}66cc; padding: 0 {n}px; }}\n" for n in range(chance.randint(9, 40))
    ]
    return f'<style type="text/css">\n{"".join(lines)}</style>\r\n'


def _link(chance: random.Random) -> str:
    number = chance.randint(10_000, 99_999)
    words = " ".join(chance.sample(NAMES, 4))
    return f'<a href="/zwgk/{number % 90}/t2021{number}_{number}.html" target="_blank" title="{words}">{words}</a>'


def _menu(chance: random.Random) -> str:
    inner = "".join(f'\t\t<li class="sub-item">{_link(chance)}</li>\r\n' for _ in range(chance.randint(4, 12)))
    head = f'<li id="nav_{chance.randint(1, 99)}" class="nav-item" onmouseover="show(this)">{_link(chance)}'
    return f'<div class="nav"><ul class="menu">\r\n\t{head}\r\n\t<ul class="sub">\r\n{inner}\t</ul></li></ul></div>\r\n'


def _links(chance: random.Random) -> str:
    inner = "".join(
        f'    <li><span class="date">2021-0{chance.randint(1, 9)}-1{n}</span>{_link(chance)}</li>\r\n' for n in range(9)
    )
    return f'<div class="box fr mt10"><div class="hd"><h3>{_name(chance)}</h3></div>\r\n  <ul class="list">\r\n{inner}  </ul>\r\n</div>\r\n'


def _options(chance: random.Random) -> str:
    inner = "".join(f'<option value="http://www.example.cn/{n}">{_name(chance)}</option>\r\n' for n in range(9))
    return f'<div class="friendlink"><select onchange="go(this.value)">\r\n{inner}</select></div>\r\n'


def seconds(work: Callable[[], object]) -> float:
    """The processor time a piece of work takes."""
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-6)


def parse(pages: list[bytes]) -> None:
    """Parse pages with the standard library and do nothing with them."""
    for page in pages:
        parser = HTMLParser(convert_charrefs=False)
        parser.feed(page.decode("utf-8", "replace"))
        parser.close()


def read(pages: list[bytes]) -> list[Document]:
    """The documents of pages."""
    read = (item for number, page in enumerate(pages) for item in read_content(f"{number}.html", page))
    return [item for item in read if isinstance(item, Document)]


def measure(what: str, pages: list[bytes], checker: Checker, rounds: int) -> None:
    """Print the rates of one set of pages."""
    documents = read(pages)
    plain = [
        Document(document.path, re.sub(r"\n\s+", "\n\n", without_unseen(document.readable)).strip())
        for document in documents
    ]
    checker.check(documents)  # unpacks what the glossary has of them
    size = sum(map(len, pages)) / 1e6
    text = sum(len(document.text.encode()) for document in plain) / 1e6
    ways: dict[str, Callable[[], object]] = {
        "reading and checking": lambda: checker.check(read(pages)),
        "reading alone": lambda: read(pages),
        "checking what was read": lambda: checker.check(documents),
        "checking the same as plain text": lambda: checker.check(plain),
        "the standard library's parser alone": lambda: parse(pages),
    }
    taken = {name: min(seconds(work) for _ in range(rounds)) for name, work in ways.items()}
    print(f"{what}: {len(documents)} pages, {size:.2f} MB, {100 * text / size:.0f} % of it text")
    for name, time_taken in taken.items():
        ratio = taken["reading and checking"] / time_taken
        print(f"  {name:<36}{size / time_taken:8.2f} MB/s of the files  {ratio:6.2f} times as fast")


def main() -> None:
    """Measure the made pages of each size, and those of a folder."""
    gc.set_threshold(100_000, 50, 50)  # as the command does
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    checker = Checker(load())
    for folder, what in (("controls", "good English"), ("pages", "damaged")):
        given = "\n".join(texts(folder))
        for letters, size in SIZES:
            starts = [n * (len(given) - letters) // PAGES for n in range(PAGES)]
            pages = [web_page(given[start : start + letters], size, start).encode() for start in starts]
            measure(f"{what}, {size // 1000} kB", pages, checker, rounds)
    for folder in sys.argv[2:]:
        files = [file for file in sorted(Path(folder).rglob("*")) if file.suffix.lower() in (".html", ".htm", ".shtml")]
        measure(folder, [file.read_bytes() for file in files], checker, rounds)


if __name__ == "__main__":
    main()
