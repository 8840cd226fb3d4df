"""What the lines around a text say on web pages: labels, page tools, menu entries, notices. Patterns only, no logic.

The wording is that of English pages of Chinese sites, which is often a machine's.
"""

from __future__ import annotations

import itertools
import re

from glossary.lazy_pattern import lazy


def _any(*parts: str) -> str:
    return "(?:" + "|".join(parts) + ")"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DATE = r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?"
_CLOCK = r"\d\d?:\d\d(?::\d\d)?"
_METADATA = _any(
    r"(?:last )?updated?(?: time| date| on| at)?",
    r"(?:release|publish|publishing|publication|posting|posted|published|released|issuing|issued|upload)"
    r" ?(?:time|date|on|at)",
    r"(?:page )?(?:views|clicks|hits|reads|browses|visits)|(?:page )?view|browse|browsing|click(?: rate| volume| count)?",
    r"(?:add|date) ?time|popularity",
    r"(?:number of |total )(?:views|clicks|visits|readers)|reading (?:volume|times)",
    r"font(?: size)?|text size|word size",
    rf"(?:date|time)(?=\s*[:：]\s*{_DATE} +{_CLOCK}\s*(?:$|[A-Z][a-z]*\s*[:：])|[:：]{_DATE}\s*$)",
)
_CREDIT = _any(
    r"(?:article |information |news |original )?source(?: of (?:the )?(?:article|information|news))?|author|writer",
    r"(?:responsible |responsibility |executive |chief |duty |web |website )?edit(?:or|ing)?(?:[- ]in[- ](?:chief|charge))?|reporter",
    r"(?:special )?correspondent|proof-?read(?:er|ing)?|review(?:er)?",
    r"(?:first|second|third|final|initial) (?:trial|review)|photo(?:grapher|graphy|s)?(?: by)?|text/photo",
    r"contributor|intern|typesetting|(?:article )?submitted by|original (?:title|headline)",
)
_CONTACT = _any(
    r"(?:[a-z]+ ){0,2}(?:tel|telephone|phone|hotline|fax)(?: number| no\.?)?|tel/fax",
    r"contact (?:us|number|person|phone|tel)|(?:contact )?e-?mail(?: address)?|mailbox",
    r"(?:company |hospital |office )?address|zip(?: code)?|post(?:al)? ?code",
    r"(?:official )?(?:wechat|weibo|qq)(?: account| group)?",
)
_SITE = _any(
    r"technical support|technology support|website (?:maintenance|construction|design|operation)",
    r"(?:website |site )?identification code|(?:website )?(?:record|filing) (?:number|no\.?)",
    r"power(?:ed)? by|(?:designed|hosted) by|(?:co-?)?(?:organi[sz]er|sponsor)|organi[sz]ed by|sponsored by|host(?:ed)? by",
    r"undertak(?:er|en by|ing unit)|copyright(?: owner| ownership)?",
    r"(?:suggested|recommended|best) resolution(?:\s*\d+)?",
)
_LINKS = _any(
    r"(?:friendly |friendship |related |quick |external )links?",
    r"(?:previous|next|last) (?:article|post|page|news|piece|text|one)|(?-i:Previous|Next)(?=\s*[:：]\s*[A-Z])",
    r"(?:hot|related|recommended|latest|popular|more)"
    r" (?:ranking|reading|news|articles?|topics?|posts?|searches|words|videos?)",
)
LABELS = (
    ("metadata", lazy(_METADATA + r"\s*[:：]", re.IGNORECASE)),
    ("credit", lazy(_CREDIT + r"\s*[:：]\s*(?=[\w\"“])", re.IGNORECASE)),
    ("contact", lazy(_CONTACT + r"\s*[:：]", re.IGNORECASE)),
    ("site", lazy(_SITE + r"(?:\s*[:：]|(?<=\d)\*)", re.IGNORECASE)),
    ("links", lazy(_LINKS + r"\s*[:：]", re.IGNORECASE)),
)
"""What stands before a value, by the kind of furniture it makes its line."""

EMPTY_LABEL = lazy(r"(?:[A-Za-z]+(?: [A-Za-z]+)?\s*[:：][\s\d:./-]*)+")
"""Labels with no value but dates and numbers."""
KNOWN_LABEL = lazy(rf"(?:{_METADATA}|{_CREDIT}|date|time)\s*[:：]", re.IGNORECASE)
"""A label of metadata or of a credit, with no value in its line."""
GLUED_LABEL = lazy(r"[A-Za-z]+(?: [A-Za-z]+){0,2}[:：](?=[^\W_])")
"""A label whose value follows without a blank, as a Chinese site sets it."""
TIME = lazy(rf"(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:\s+{_CLOCK})?|{_CLOCK}")
STAMP = lazy(rf"{_DATE} +(?:{_CLOCK}|\d+ By)|by admin")
"""What a site sets under a title: a date with its time of day or a count of comments, a writer who is none."""

BREADCRUMB = lazy(
    r"(?:your |the )?(?:current )?(?:location|position)(?: is)?\s*[:：](?=.*>|\s*home\b)|you are here\b"
    r"|you are (?:currently |now )?(?:at|in|on) (?:the |your )?(?:current )?(?:home ?page|location|position|page|channel)\b"
    r"|current (?:location|position)\s+[-–—]\s+\S.*\s[-–—]\s"
    r"|(?:home(?: ?page)?|front page)\s*(?:>+|»|›|→|/|\\|::|-{1,2}>)\s*\S",
    re.IGNORECASE,
)
PATH_ENDS = _words("text content body details article news detail")

MENU_WORDS = _words(
    "home homepage news about contact product products supplier suppliers inquiry inquiries service services login "
    "register search sitemap download downloads links feedback navigation overview guide mailbox recruitment careers "
    "interaction interactive exchange dynamics disclosure announcements notices faq help english subscribe video photos"
)
FIRST_ENTRIES = ("home", "homepage", "home page", "front page")
ENTRY = lazy(
    r"(?:contact|about|join) us|site ?map|sign (?:in|up)|privacy (?:policy|statement)|terms of (?:use|service)"
    r"|(?:legal|website) (?:notice|statement)|my account|set as home ?page",
    re.IGNORECASE,
)

_NETWORK = r"(?:(?:share (?:to|on) )?(?:wechat|weibo|qq space|qq|qzone|moments|facebook|twitter|linkedin))"
_SIZE = r"(?:large|medium|small|big|middle)"
TOOL = lazy(
    _any(
        r"print(?: this (?:page|article)| version)?|close(?: (?:the |this )?(?:window|page))?|full ?screen",
        r"(?:back|return|go back) to (?:the )?(?:top|list|home(?: ?page)?|previous page)",
        rf"{_SIZE}(?: {_SIZE})*|font(?: size)?\s*[:：]\s*{_SIZE}\b.{{0,40}}",
        r"share(?: (?:to|on|with|this(?: (?:article|page|story|post))?))?(?:\s*[:：].{0,60})?",
        r"skip to (?:the )?(?:main |left |right )?(?:content|navigation|menu|sidebar|footer)(?: skip to \w.{0,80})?",
        r"today is (?:19|20)\d\d[-/.]\d.{0,30}|posted on (?:19|20)\d\d[-/.]\d.{0,30}\b(?:views?|times|clicks|hits)\b.{0,12}",
        rf"{_NETWORK}(?:[ ,/]+{_NETWORK})*",
        r"scan (?:the |this )?(?:qr ?)?(?:code )?(?:to|with|and|on)\b.{0,60}|scan (?:the )?(?:qr )?code",
        r"download (?:the )?(?:app|client)\b.{0,40}|report (?:an )?error|error correction|add to favou?rites",
        r"collect|favou?rites?|listen to (?:the )?(?:news|article|text)|read aloud",
        r"your email address will not be published\b.{0,60}",
        r"(?:post|leave) a (?:comment|message|reply)|follow us\b.{0,60}|send to (?:a )?friend|copy (?:the )?link",
        r"change (?:it|batch|a batch)|(?:mobile|pc|desktop) version",
    ),
    re.IGNORECASE,
)
WEAK_TOOL = lazy(rf"(?:print|close|share|collect|favou?rites?|scan.*|(?:{_SIZE} ?)+|{_NETWORK})", re.IGNORECASE)
"""A tool that is an ordinary word when it stands alone."""

MORE = lazy(
    r"(?:recommended|related|hot|latest|popular|further|more)\s+"
    r"(?:reading|news|articles?|posts?|links|recommendations?|ranking|searches|videos?)(?:\s+(?:more|change)\b.{0,20})?$",
    re.IGNORECASE,
)
COMMENTS = lazy(
    r"comments?\s*[(（]\d+[)）]|netizens' comments"
    r"|.{0,60}\b(?:log ?in|sign in) (?:first |before |to )(?:\w+ ){0,3}comment",
    re.IGNORECASE,
)
COUNTER = lazy(
    r"you are (?:the )?(?:visitor|no\.)|(?:total )?(?:visitors|visits|page ?views)\s*[:：]?\s*\d", re.IGNORECASE
)
LANGUAGE = lazy(
    r"(?:simp(?:lified|\.)?|trad(?:itional|\.)?) ?chinese|(?:english|chinese) version|english|chinese|fran[cç]ais"
    r"|deutsch|español|русский|日本語|한국어|العربية|简体(?:中文)?|繁[体體](?:中文)?|中文(?:版)?|\b(?:en|cn)\b",
    re.IGNORECASE,
)
LANGUAGE_NAMES = lazy(
    r"English|French|German|Portuguese|Spanish|Russian|Japanese|Korean|Arabic|Irish|Greek|Turkish|Italian|Danish|Romanian"
    r"|Indonesian|Czech|Swedish|Polish|Finnish|Dutch|Norwegian|Hindi|Vietnamese|Thai|Hungarian|Ukrainian|Malay|Hebrew|Persian"
    r"|Bulgarian|Latin|Sanskrit|Urdu|Chinese|Bengali|Tamil|Filipino|Fran[cç]ais|Deutsch|Portugu[eê]s|[Ee]spañol|Italiano"
    r"|Русский(?: язык)?|Українська|日本語|한국어|한어|العربية|Ελληνικά|Türkçe|Polski|Svenska|Dansk|Nederlands|Suom(?:i|alainen)"
    r"|Tiếng Việt|ไทย|ภาษาไทย|Latina|Bahasa (?:Indonesia|Melayu)|Magyar|Čeština|Română|中文(?:版)?|简体(?:中文)?|繁[体體](?:中文)?"
)
LOGO = lazy(r"\S+(?: \S+){0,2} logo", re.IGNORECASE)
COPYRIGHT = lazy(
    r"copyright\b|©|\(c\) ?(?:19|20)\d\d|.{0,120}(?:all rights reserved|rights reserved|©)"
    r"|.{0,80}\bcopyright, .{0,40}(?:reproduc|permission|authori)",
    re.IGNORECASE,
)
SELLING_WORDS = ("search", "looking for", "find", "buy", "order", "join", "sign up", "register", "subscribe", "visit")
SELLING = lazy(
    r"(?=.*(?:www\.|https?://|\b(?:today|now)\b|click here))"
    r"(?=.*\b(?:prices?|suppliers?|discounts?|sellers?|buyers?|free)\b)" + _any(*SELLING_WORDS) + r"\b",
    re.IGNORECASE,
)

# What a reprint notice or a disclaimer speaks of.
COPIED = lazy(
    r"reproduc|reprint|republish|excerpt|quoted|plagiari|from the (?:internet|network)|come from|marked \W?source",
    re.IGNORECASE,
)
RIGHTS = lazy(
    r"infring|copyright|legal rights|legitimate rights|rights and interests|ownership|plagiari", re.IGNORECASE
)
REMEDY = lazy(
    r"delet|remov|correct|contact|e-?mail|notify|inform us|write to us|without (?:permission|authori)|cooperation",
    re.IGNORECASE,
)
HERE = lazy(
    r"\b(?:this|our|the) (?:web ?)?(?:site|page|network|platform|newspaper|article|content)|\bus\b|statement\s*[:：]",
    re.IGNORECASE,
)
TRANSLATED = lazy(r"translat|english version", re.IGNORECASE)
NO_WARRANTY = lazy(
    r"for (?:your |general )?(?:reference|information)(?: purposes)? only|for information purposes"
    r"|is given for reference|no (?:representation|warrant)|not (?:guarantee|warrant|responsible)"
    r"|accepts? no (?:liability|responsibility)",
    re.IGNORECASE,
)
VIEWS = lazy(
    r"(?:does ?n[o']t|do not) (?:necessarily )?(?:represent|reflect|mean).{0,80}\b(?:views?|opinions?|standpoint)\b",
    re.IGNORECASE,
)
GREETING = lazy(
    r"welcome to (?:read|learn|refer|browse|collect|reference|everyone)|hope (?:it |this |they |you |to )?(?:can |will )?"
    r"(?:be )?(?:help(?:s|ful)?|pay attention|like)\b|for (?:your )?reference|(?:i have|we have|has) (?:compiled|collected)"
    r"|(?:is|are) (?:my|a|our) (?:collection|summary) of|sample articles?|(?:more|wonderful) articles? in",
    re.IGNORECASE,
)
"""What sites of ready-made speeches and reports greet the reader with; two of these in a line make it a notice."""
GREETING_WORDS = ("welcome to", "hope ", "reference", "compiled", "collected", "collection", "summary", "article")
VIEW_WORDS = ("view", "opinion", "standpoint")
"""One of these stands in what these two patterns find, in lower case."""
NOTICE_HINTS = (
    "reproduc", "reprint", "infring", "plagiari", "translat", "english version", "represent", "reflect", "copyright",
    "welcome to", "i hope", "have compiled", "have collected", "has collected", "my collection",
)  # fmt: skip
"""One of these stands in every notice, in lower case."""

_ALONE = r"(?! ?[\w(.=])"  # behind a word that is a whole field
_VALUE = r"\s*[:：]"


def _each(words: str, pattern: str) -> list[str]:
    """A pattern for each of some words, which stand in it for "@"; "_" is a blank in a word."""
    return [pattern.replace("@", word.replace("_", " ")) for word in words.split()]


_OPENINGS = [
    *_each(
        "english chinese simp trad fran deutsch espa home copyright font wechat weibo qq qzone moments facebook twitter "
        "linkedin find looking buy order subscribe search register join visit download tel phone fax hotline technical "
        "technology organi co-?organi undertak netizen comment proof typesetting contributor mailbox e-?mail sponsor "
        "update last_update front_page text_size word_size text/photo submitted_by article_submitted_by full_?screen "
        "favo add_to_favo read_aloud follow_us error_correction identification_code about_us my_account set_as_home "
        "special_correspondent source article_source information_source news_source original_source",
        "@",
    ),
    *_each("en cn", r"@\b"),
    *_each("location position", r"@(?: is)?\s*[^\w\s]"),
    *_each("your_ your_current_ current_", "@(?:location|position)"),
    *_each("the_ the_current_", rf"@(?:location|position)(?: is)?{_VALUE}"),
    "you are (?:here|the|visitor|no|currently|at|in|on)",
    *_each("releas publi post issu upload", r"@[a-z]* ?(?:time|date|on|at)\b"),
    *_each("view click hit read brows", rf"@[a-z]*(?: (?:rate|volume|count|times))?{_VALUE}"),
    "page ?(?:views?|clicks|hits|reads|browses|visits)",
    *_each("add_? date_? popularity", rf"@(?:time)?{_VALUE}"),
    "number of (?:views|clicks|visits|readers)",
    "total (?:views|clicks|visit|readers|page)",
    *_each("author writer reporter correspondent intern address review reviewer links?", f"@{_VALUE}"),
    *_each(
        "edit responsible_edit responsibility_edit executive_edit chief_edit duty_edit",
        f"@(?:or|ing)?(?:[- ]in|{_VALUE})",
    ),
    *_each("web_edit website_edit", f"@(?:or|ing)?(?:[- ]in|{_VALUE})"),
    *_each("first second third final initial", f"@ (?:trial|review){_VALUE}"),
    *_each("photo[a-z]*(?:_by)? zip(?:_code)? post(?:al)?_?code", f"@{_VALUE}"),
    *_each("company hospital office", f"@ address{_VALUE}"),
    *_each("friendly friendship related quick external", f"@ links?{_VALUE}"),
    *_each("previous next last", f"@(?:{_VALUE}| (?:article|post|page|news|piece|text|one))"),
    *_each(
        "hot related recommended latest popular more further",
        r"@\s+(?:ranking|reading|news|article|topic|post|search|words|video|links|recommend)",
    ),
    "contact (?:us|number|person|phone|tel|e-?mail)",
    "official (?:wechat|weibo|qq)",
    "website (?:maintenance|construction|design|operation|identification|record|filing|notice|statement)",
    "site ?(?:identification|map)",
    *_each("record filing", "@ (?:number|no)"),
    *_each("power powered designed hosted host", "@ by"),
    *_each("time date", rf"@{_VALUE}\s*(?:19|20)"),
    *_each("original_title original_headline skip_to", "@"),
    "today is (?:19|20)",
    *_each("suggested recommended best", "@ resolution"),
    f"print(?: this| version|{_ALONE})",
    f"close(?: the| this| window| page|{_ALONE})",
    *_each("back return go_back", "@ to (?:the )?(?:top|list|home|previous)"),
    *_each("large medium small big middle", f"@(?: (?:large|medium|small|big|middle)|{_ALONE})"),
    f"share(?: to| on| with| this|{_VALUE}|{_ALONE})",
    "scan (?:the|this|qr|code|to|with|and|on)",
    "your email address will not be",
    "report (?:an )?error",
    f"collect{_ALONE}",
    "listen to (?:the )?(?:news|article|text)",
    *_each("post leave", "@ a (?:comment|message|reply)"),
    "send to (?:a )?friend",
    "copy (?:the )?link",
    "change (?:it|batch|a batch)",
    *_each("mobile pc desktop", "@ version"),
    "sign (?:in|up)",
    "privacy (?:policy|statement)",
    "terms of (?:use|service)",
    "legal (?:notice|statement)",
]
_BEGINNING = _any(  # by their first letters, so that few are tried at each place
    *(
        letter + _any(*(opening[1:] for opening in alike))
        for letter, alike in itertools.groupby(sorted(_OPENINGS), lambda opening: opening[0])
    )
)
OPENING = lazy(rf"\n[^a-z\n]*+{_BEGINNING}")
"""In a text in lower case: how a line of furniture begins, whatever kind it is of but for what stands in ANYWHERE."""
GAP = lazy(rf"  (?! )[^a-z\n]{{0,160}}+{_BEGINNING}")
FIELD = lazy(rf"[^a-z\n]{{0,160}}+{_BEGINNING}")
"""The same for a field of a line, with the blanks or the separator before it; in a line of SHORT characters at most."""
SEPARATORS = ("\t", "\u3000", "|", "•", "·", "\u00a0", "[", "]")
"""What parts the fields of a line, besides two blanks."""
OF_COPYRIGHT = ("reserved", "©", "(c)", "copyright")
ANYWHERE = (*OF_COPYRIGHT, " logo", "log in", "login", "sign in", "：", *NOTICE_HINTS)
"""What a line of furniture may hold that begins in any way, in lower case."""
LABEL_END = lazy(r":(?<=[xeryo.l \t\u00a0\u3000]:)")
"""What may be the colon of a label that stands in any line of furniture, in lower case."""
PHONE_WORDS = _words("tel telephone phone hotline fax")
"""One of these stands in such a label."""
LABELLED = ("tel", "fax", "no.", "no", "phone", "telephone", "number", "hotline")
"""How such a label ends, in lower case."""

FIRST_WORDS = _words(
    "back change chinese close comment comments contact about join copyright desktop download english error follow "
    "full further go home hot latest leave legal listen login mobile more my open pc popular post print privacy read "
    "posted recommended register related report return scan search send set share sign simp simplified site sitemap skip "
    "terms today trad traditional website wechat you add copy"
)
"""How a short line of furniture begins that holds neither colon nor bar."""
