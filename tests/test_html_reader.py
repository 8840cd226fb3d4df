"""Web pages: what is read of them, in whatever encoding and state, and where it stands."""

from __future__ import annotations

import pytest

from checker.document import Document, without_unseen
from checker.finding import CheckError
from checker.pipeline import Checker
from checker.readers.html import read, read_page
from checker.readers.markup import TAG_LIMIT, read_tree
from checker.readers.page_data import iso_date
from checker.readers.walk import read_content
from glossary import load

PROSE = "The county hospital leads a medical consortium with twelve township health centers and their village clinics. "
CHINESE = "县医院牵头组建医联体，覆盖十二个乡镇卫生院和村卫生室。"


def page(text: str) -> Document:
    """The document of a page."""
    document = read_page("page.html", text)
    assert document.view is not None
    assert len(document.view) == len(text)
    return document


def words(text: str) -> str:
    """What is read of a page, blanks collapsed."""
    return " ".join(without_unseen(page(text).readable).split())


def blocks(text: str) -> list[str]:
    """The lines of what is read of a page."""
    lines = without_unseen(page(text).readable).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f'<meta charset="utf-8"><p>{CHINESE}'.encode(), CHINESE),
        (f'<meta charset="gb2312"><p>{CHINESE}'.encode("gbk"), CHINESE),
        (f'<meta charset="gb2312"><p>{CHINESE}'.encode(), CHINESE),
        (f'<meta charset="utf-8"><p>{CHINESE}'.encode("gbk"), CHINESE),
        (f"<p>{CHINESE}".encode("gb18030"), CHINESE),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>醫療改革'.encode("big5"), "醫療改革"),
        (f"<p>{CHINESE}".encode("utf-16"), CHINESE),
        (f"<p>{CHINESE}{PROSE}".encode("utf-16-le"), (CHINESE + PROSE).strip()),
        (f"<p>{PROSE}café".encode("cp1252"), PROSE + "café"),
        (b'<meta charset="rot13"><p>text', "text"),
    ],
)
def test_encodings(content: bytes, expected: str) -> None:
    """The encoding is found where it is declared, wrongly declared and not declared at all."""
    (document,) = read("page.html", content)
    assert isinstance(document, Document)
    assert " ".join(without_unseen(document.readable).split()) == expected


def test_one_broken_character_does_not_lose_the_page() -> None:
    """A page cut in the middle of a character is read with a replacement character."""
    (document,) = read("page.html", (f"<p>{CHINESE * 20}").encode() + b"\xe5\x8c")
    assert isinstance(document, Document)
    assert document.text.count("\ufffd") == 1


@pytest.mark.parametrize(("declared", "codec"), [("gb2312", "gbk"), ("utf-8", "utf-8"), ("gb2312", "utf-8")])
@pytest.mark.parametrize("cut", [b"", b"</p><p>And more.</p>"])
def test_one_broken_character_of_an_english_page(declared: str, codec: str, cut: bytes) -> None:
    """Nor is a page with half a dozen characters beyond ASCII then taken for one in another encoding."""
    said = f"<p>{PROSE}The “three medical linkage” is the hospital’s and the people’s"
    content = f'<meta charset="{declared}">{said}。'.encode(codec)[:-1] + cut
    (document,) = read("page.html", content)
    assert isinstance(document, Document)
    assert said in document.text
    assert document.text.count("\ufffd") == 1


def test_inline_tags_do_not_part_words_and_blocks_do() -> None:
    """Tags inside a line vanish without a gap; paragraphs, cells, items and ``<br>`` begin a new line."""
    text = "<p>gra<b>d</b>ed <i>care</i><p>two<br>three<ul><li>a<li>b</ul><table><tr><td>x<td>y</table>"
    assert blocks(text) == ["graded care", "two", "three", "a", "b", "x", "y"]


def test_entities_are_one_character_and_nothing_is_cut_in_two() -> None:
    """An entity reads as its character; a place that begins or ends with one holds it whole in the file."""
    document = page("<p>say &ldquo;tiered&nbsp;care&rdquo; &amp; more &unknown; &#x533B;</p>")
    assert words(document.text) == "say “tiered\u00a0care” & more &unknown; 医".replace("\u00a0", " ")
    start = document.readable.index("“")
    start, end = document.whole(start, document.readable.index("”") + 1)
    assert document.text[start:end] == "&ldquo;tiered&nbsp;care&rdquo;"
    assert document.shown(start, end) == "“tiered care”"


def test_old_entities_need_no_semicolon() -> None:
    """``&nbspThe`` and ``&copy2022`` read as browsers show them; a name that is none stays."""
    document = page("<p>Health&nbspThe copyright &copy2022 &notanything &nosuch</p>")
    assert words(document.text) == "Health The copyright ©2022 ¬anything &nosuch"
    start = document.readable.index("©")
    assert document.text[slice(*document.whole(start, start + 1))] == "&copy"


def test_sections_of_xhtml_are_text() -> None:
    """CDATA is text in XHTML, where nothing of its marks is seen; in HTML browsers show none of it."""
    section = "<p>Ten clinics <![CDATA[opened & closed]]> in May.</p>"
    assert words(f'<?xml version="1.0"?>{section}') == "Ten clinics opened & closed in May."
    assert "opened" not in words(section)


def test_wrapped_source_has_one_blank_between_words() -> None:
    """A line end in a sentence, with the blanks that indent the next line, is one blank, as browsers show it."""
    document = page("<p>a deputy   \r\n\t\t  director &amp;\n    physician</p><pre>a\n  b</pre>")
    assert [without_unseen(line).strip() for line in document.readable.split("\n") if line.strip()] == [
        "a deputy director & physician", "a", "b",
    ]  # fmt: skip


def test_what_does_not_end_a_paragraph() -> None:
    """A list to choose from and what is shown without scripts stand inside a line."""
    text = "<p>Go to <select><option>1<option>2</select> of the pages<noscript><img src=a></noscript>.</p>"
    assert blocks(f"<p>{PROSE}</p>{text}")[1:] == ["Go to of the pages."]


def test_entities_escaped_twice_stand_together() -> None:
    """``&amp;nbsp;`` is seen as ``&nbsp;``, as a reader sees it, so that it is found as debris."""
    document = page("<p>Reform&amp;nbsp;work</p>")
    place = document.readable.index("&nbsp;")
    assert document.text[slice(*document.whole(place, place + 6))] == "&amp;nbsp;"


def test_what_a_reader_never_sees_is_not_read() -> None:
    """Scripts, styles, comments, templates and hidden elements are no text."""
    text = (
        "<style>p{}</style><script>if (a<b) '<p>no</p>'</script><!-- <p>no --><template>no</template>"
        "<p hidden>no</p><div style='display: none'>no <p>no</p></div><p>yes<span style='display:none'>no</span>!</p>"
    )
    assert words(text) == "yes!"


@pytest.mark.parametrize(
    "frame",
    [
        "<nav>Home</nav>",
        "<footer>Copyright</footer>",
        "<div class='bdsharebuttonbox'>Share to Weibo</div>",
        "<div id='topNav'><a href=1>Home</a></div>",
        "<div role='navigation'>Home</div>",
        "<ul><li><a href=1>Home</a><li><a href=2>News</a><li><a href=3>Services</a></ul>",
        "<div class='crumb'>Home &gt; News</div>",
        "<select><option>English</select>",
        "<p lang='ru'>Здравоохранение</p>",
    ],
)
def test_the_frame_is_told_from_the_article(frame: str) -> None:
    """Menus, share bars, breadcrumbs, footers and other languages are not the article's text, but are remembered."""
    document = page(f"<body>{frame}<h1>Reform</h1><p>{PROSE * 5}</p></body>")
    assert words(document.text) == f"Reform {PROSE * 5}".strip()
    assert len(document.outside) == 1


@pytest.mark.parametrize(
    "outer", ["<form class='nav-wrapper'>", "<div class='related'>", "<div id='footer'>", "<aside>"]
)
def test_what_holds_the_prose_is_never_frame(outer: str) -> None:
    """A wrapper with a misleading name does not hide the page."""
    assert words(f"<body>{outer}<h1>Reform</h1><p>{PROSE * 9}</p>") == f"Reform {PROSE * 9}".strip()


def test_a_page_of_headlines_is_read() -> None:
    """A page that is nothing but links keeps them."""
    links = "".join(f"<li><a href='{n}'>Headline number {n}</a></li>" for n in range(9))
    assert "Headline number 8" in words(f"<body><ul>{links}</ul></body>")


def test_headlines_beside_a_pager_are_read() -> None:
    """The short links of a pager in the same box do not make a menu of a list of news."""
    news = "".join(
        f"<li><a href='{n}'>The county hospital held the work conference of the health system of the year {n}</a></li>"
        for n in range(2016, 2020)
    )
    pager = "".join(f"<a href='{n}'>{n}</a>" for n in range(1, 9))
    contact = f"<div class='box'><p>{PROSE * 2}</p></div>"
    assert "the year 2019" in words(f"<body><div class='list'><ul>{news}</ul><div>{pager}</div></div>{contact}")


def test_metadata() -> None:
    """Title, description, date and site come from the head; title and description are text where the page lacks them."""
    document = page(
        '<head><title>County care - Health Net</title><meta name="description" content="Deeper &amp; wider">'
        '<meta name="PubDate" content="2021/10/12 08:30"><meta property="og:site_name" content="Health Net"></head>'
        "<body><p>Reform goes on.</p></body>"
    )
    assert (document.title, document.date, document.site) == ("County care - Health Net", "2021-10-12", "Health Net")
    assert words(document.text) == "County care - Health Net Deeper & wider Reform goes on."
    same = "<head><title>Reform goes on | Net</title></head><body><h1>Reform goes on</h1></body>"
    assert words(same) == "Reform goes on"


def test_linked_data() -> None:
    """Date and publisher may stand in JSON-LD."""
    data = '{"@graph": [{"datePublished": "2019-03-01T08:00", "publisher": {"name": "Daily"}}]}'
    document = page(f'<script type="application/ld+json">{data}</script><p>Text</p>')
    assert (document.date, document.site) == ("2019-03-01", "Daily")
    assert page('<script type="application/ld+json">[1, {</script><p>Text</p>').date is None


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2021-3-5", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("2021年3月", "2021-03"),
        ("2021", "2021"),
        ("2021-02-29", "2021-02"),
        ("2020-02-29", "2020-02-29"),
        ("2021-13-05", "2021"),
        ("today", None),
    ],
)
def test_dates(said: str, date: str | None) -> None:
    """Dates are as exact as they are given, and as the calendar has them."""
    assert iso_date(said) == date


def test_a_bilingual_table_is_a_pair() -> None:
    """Two columns of a table are the text and its source, row by row, figures in the Chinese column too."""
    rows = [
        ("医改", "Health reform"),
        ("医联体建设", "Work on consortiums"),
        ("2021", "2021"),
        ("分级诊疗", "Tiered care"),
    ]
    text = "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>"
    document = page(text)
    assert document.source is not None
    assert document.source.pairs is not None
    pairs = [
        (document.readable[p.start : p.end], document.source.text[p.source_start : p.source_end])
        for p in document.source.pairs
    ]
    assert pairs == [(b, a) for a, b in rows]
    assert "医" not in document.readable
    assert "Health" not in document.source.text


def test_paragraphs_that_take_turns_are_a_pair() -> None:
    """So are Chinese and English paragraphs one after the other."""
    document = page("".join(f"<p>{CHINESE}</p><p>{PROSE}</p>" for _ in range(3)))
    assert document.source is not None
    assert document.source.pairs is not None
    assert len(document.source.pairs) == 3


def test_two_columns_of_the_page_are_text_and_source() -> None:
    """Two blocks side by side are a text and its source, whose pairs are left to the alignment."""
    document = page(f"<div>{f'<p>{CHINESE}</p>' * 3}</div><div>{f'<p>{PROSE}</p>' * 4}</div>")
    assert document.source is not None
    assert document.source.pairs is None


def test_a_few_chinese_words_make_no_pair() -> None:
    """A rest of Chinese on an English page stays in the text, where it is found as residue."""
    document = page(f"<p>{PROSE * 5}</p><p>{CHINESE}</p>")
    assert document.source is None
    assert CHINESE in document.readable


@pytest.mark.parametrize(
    "text",
    [
        "<p>one <b>two <a href='x", "</p></div>x", "<p", "", "<", "&#;&#x;&", "<!-- x", "<![CDATA[x]]> y <![foo]> z",
        "<p>a</b>b</i></table>c", "<td>a<tr>b<li>c", "<script>never ends", "<a b='c>d", "\x00<p>\x1a&amp;", "<br/><p/>x",
    ],
)  # fmt: skip
def test_broken_markup_covers_the_file(text: str) -> None:
    """Whatever the file holds, the pieces cover it without a gap, and the view is as long."""
    position = 0
    for _, start, end, _ in read_tree(text).pieces:
        assert start == position
        position = end
    assert position == len(text)
    page(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("<A HREF='x'class=\"y z\" Href=2>t</ a ><p x>", "start a class=y z href=x|text|end a|start p x="),
        ("<br/><p / ><i/>", "start br|start p|start i|end i"),
        ("a < b > c < d", "text|text|text"),
        ("<a b = 'c>' d=e/>x</a x>", "start a b=c> d=e/|text|end a"),
        ("<script>'</p>' </SCRIPT ><!--x-- ><!DOCTYPE a>", "start script|text|end script|other|other"),
        ("<style><p></ style><!-- <p>", "start style|text|end style|other"),
        ("</>x</ ><a\x00b>y", "other|text|other|text|text"),
        ("<script><p>never", "start script"),
        ("<p>end <b cl", "start p|text"),
    ],
)
def test_untidy_tags_are_tags(text: str, pieces: str) -> None:
    """Attributes without blanks between them, spaces in end tags, scripts, comments and what only looks like a tag."""
    made = []
    for kind, _, _, element in read_tree(text).pieces:
        given = "".join(f" {name}={value}" for name, value in sorted(element.attributes.items()))
        made.append({"start": f"start {element.name}{given}", "end": f"end {element.name}"}.get(kind, kind))
    assert "|".join(made) == pieces


@pytest.mark.parametrize(
    "unit", ["<a ", "<!--", "<a b='", "</", "<", "&#", "<td>", "<li><ul>", "<p><b>", "<!", "<script></s", "<div>&nbsp;"]
)
def test_hostile_pages_take_linear_time(unit: str) -> None:
    """What makes parsers quadratic is read like anything else (the suite would stall otherwise)."""
    page(unit * 20_000 + ">")


def test_too_many_tags_are_an_error() -> None:
    """A page of nothing but tags is refused and named."""
    (error,) = read_content("page.html", b"<b>" * (TAG_LIMIT + 1))
    assert isinstance(error, CheckError)
    assert error.reason == "too-complex"


def test_html_is_known_by_its_content() -> None:
    """A page saved as .txt is read as a page, and text that only begins with a tag is not."""
    (document,) = read_content("page.txt", b"\n<!-- saved --><!DOCTYPE HTML><html><p>x</html>")
    assert isinstance(document, Document)
    assert document.kind == "html"
    (document,) = read_content("page.txt", b"<p>is a tag")
    assert isinstance(document, Document)
    assert document.kind == "text"


def test_prose_with_links_is_prose() -> None:
    """The place of a tag is no sign of code: the rules about sentences look at a paragraph with links too."""
    html = '<p>Yes, <b>the</b> county <a href="http://www.gov.cn/a/b/c/d.html">said</a> that it went home.</p>'
    document = page(html)
    assert Checker(load()).page(document).prose_at(html.index("county")) is not None


def test_an_end_tag_in_a_cell_ends_nothing_outside_it() -> None:
    """As in browsers: bold begun before a table goes on behind an end tag inside a cell of it; a block is ended."""
    text = "<b>a<table><tr><td>c</b>d</td></tr></table>e</b>f"
    kinds = [(kind, text[start:end]) for kind, start, end, _ in read_tree(text).pieces if text[start:end] == "</b>"]
    assert kinds == [("other", "</b>"), ("end", "</b>")]
