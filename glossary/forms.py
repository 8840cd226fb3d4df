"""Inflection and spelling variants of a rendering, made when the glossary is compiled; the text is never stemmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set
from functools import lru_cache

from glossary.lazy_pattern import lazy
from glossary.sieve import Sieve

_PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "in",
        "to",
        "by",
        "with",
        "on",
        "at",
        "from",
        "under",
        "without",
        "among",
        "between",
        "within",
        "outside",
        "through",
        "against",
        "into",
        "per",
        "via",
        "based",
    ]
)
_IRREGULAR_NOUNS = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "analysis": "analyses",
    "diagnosis": "diagnoses", "prognosis": "prognoses", "basis": "bases", "crisis": "crises", "thesis": "theses",
    "emphasis": "emphases", "criterion": "criteria", "phenomenon": "phenomena", "medium": "media",
    "bacterium": "bacteria", "datum": "data", "life": "lives", "half": "halves", "leaf": "leaves", "wife": "wives",
    "midwife": "midwives", "hero": "heroes", "foot": "feet", "tooth": "teeth", "index": "indexes", "virus": "viruses",
    "series": "series", "species": "species", "means": "means",
}  # fmt: skip
_UNCOUNTABLE = frozenset(
    [
        "care",
        "medicine",
        "staff",
        "personnel",
        "health",
        "equipment",
        "information",
        "procurement",
        "insurance",
        "treatment",
        "training",
        "research",
        "nursing",
        "money",
        "finance",
        "governance",
        "news",
        "evidence",
        "knowledge",
        "progress",
        "transparency",
        "surgery",
        "construction",
        "building",
        "hygiene",
        "sanitation",
        "acupuncture",
        "pharmacy",
        "coverage",
        "security",
        "welfare",
        "conduct",
        "poverty",
        "people",
    ]
)
_COUNTABLE_TOO = frozenset(
    ["medicine", "treatment", "insurance", "construction", "building", "surgery", "training", "people"]
)
# What a suggestion never puts into the plural; wrong forms may have one ("distributions").
_NEVER_SEVERAL = frozenset(
    "access affiliated away breastfeeding bribery charging covered cupping distribution expertise fraud funding governance "
    "growth leadership living middlemen misconduct overcharging overtreatment paid people pooling public qi recruited "
    "retention sharing splitting staffing twinning upcoding violence work".split()
)
_IRREGULAR_VERBS = {
    "sink": ("sinks", "sank", "sunk", "sinking"), "take": ("takes", "took", "taken", "taking"),
    "give": ("gives", "gave", "given", "giving"), "make": ("makes", "made", "making"),
    "do": ("does", "did", "done", "doing"), "set": ("sets", "setting"), "build": ("builds", "built", "building"),
    "find": ("finds", "found", "finding"), "run": ("runs", "ran", "running"), "hold": ("holds", "held", "holding"),
    "keep": ("keeps", "kept", "keeping"), "get": ("gets", "got", "getting"),
    "write": ("writes", "wrote", "written", "writing"),
    "weave": ("weaves", "wove", "woven", "weaving"), "go": ("goes", "went", "gone", "going"),
    "see": ("sees", "saw", "seen", "seeing"),
    "dig": ("digs", "dug", "digging"), "lead": ("leads", "led", "leading"),
    "bring": ("brings", "brought", "bringing"),
    "buy": ("buys", "bought", "buying"), "pay": ("pays", "paid", "paying"),
    "sing": ("sings", "sang", "sung", "singing"),
    "be": ("is", "are", "was", "were", "been", "being"), "have": ("has", "had", "having"),
    "lay": ("lays", "laid", "laying"),
    "let": ("lets", "letting"), "put": ("puts", "putting"), "bear": ("bears", "bore", "borne", "bearing"),
    "win": ("wins", "won", "winning"), "fall": ("falls", "fell", "fallen", "falling"),
    "grow": ("grows", "grew", "grown", "growing"),
    "know": ("knows", "knew", "known", "knowing"), "meet": ("meets", "met", "meeting"),
    "strike": ("strikes", "struck", "striking"),
    "fight": ("fights", "fought", "fighting"), "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
}  # fmt: skip
_DOUBLING = frozenset("plan stop ban map top tap step refer transfer control equip commit permit".split())

# American to British, as endings or whole words; each pair yields both spellings.
_WORD_SPELLINGS = {
    "program": "programme", "center": "centre", "labor": "labour", "behavior": "behaviour", "color": "colour",
    "favor": "favour", "honor": "honour", "tumor": "tumour", "fiber": "fibre", "defense": "defence",
    "catalog": "catalogue",
    "aging": "ageing", "fulfill": "fulfil", "fulfillment": "fulfilment", "enrollment": "enrolment",
    "counselor": "counsellor",
    "counseling": "counselling", "pediatric": "paediatric", "pediatrics": "paediatrics",
    "anesthesia": "anaesthesia", "anesthesiology": "anaesthesiology", "gynecology": "gynaecology",
    "orthopedics": "orthopaedics",
    "orthopedic": "orthopaedic", "hematology": "haematology", "judgment": "judgement",
    "channeling": "channelling", "channeled": "channelled", "modeling": "modelling", "traveled": "travelled",
    "leveled": "levelled", "labeled": "labelled", "neighbor": "neighbour", "endeavor": "endeavour", "rigor": "rigour",
    "skillful": "skilful", "installment": "instalment", "liter": "litre", "meter": "metre", "caliber": "calibre",
    "esophageal": "oesophageal", "diarrhea": "diarrhoea", "edema": "oedema", "hospitalized": "hospitalised",
}  # fmt: skip
_IZE = lazy(r"(?<=[a-z]{3})(i)z(e|es|ed|ing|ation|ations|er|ers)$|(?<=[a-z]{3})(y)z(e|es|ed|ing|er|ers)$")
_NOT_IZE = frozenset(
    [
        "size",
        "sized",
        "sizes",
        "sizing",
        "prize",
        "prizes",
        "seize",
        "seized",
        "citizen",
        "citizens",
        "horizon",
        "capsize",
    ]
)
_COMPOUNDS = (
    ("health care", "healthcare"), ("grass roots", "grassroots"), ("grass root", "grassroot"),
    ("day care", "daycare"),
    ("check up", "checkup"), ("mark up", "markup"), ("life cycle", "lifecycle"), ("well being", "wellbeing"),
    ("elder care", "eldercare"), ("co payment", "copayment"), ("work force", "workforce"), ("data base", "database"),
    ("on line", "online"), ("life long", "lifelong"), ("bench mark", "benchmark"), ("door step", "doorstep"),
    ("child care", "childcare"), ("gate keeper", "gatekeeper"), ("home page", "homepage"), ("high land", "highland"),
    ("in patient", "inpatient"), ("out patient", "outpatient"), ("fine grained", "finegrained"), ("by law", "bylaw"),
    ("common weal", "commonweal"), ("key stone", "keystone"), ("block chain", "blockchain"),
    ("smart phone", "smartphone"),
)  # fmt: skip
_ENDS_IN_Y = lazy(r"[^aeiou]y$")
_LETTERS = lazy(r"[A-Za-z]+")
_COMPOUND = lazy("|".join(part for pair in _COMPOUNDS for part in pair))
_PREFIX = lazy(
    r"\b(multi|inter|co|pre|post|non|sub|micro|tele|anti|bi|re|semi|under|over|cross|counter) ?([a-z]{4,})\b"
)
_OPEN_PREFIX = lazy(r"\b(multi|inter|pre|post|non|sub|micro|tele|anti|counter)([a-z]{4,})\b")


def head_index(words: list[str]) -> int:
    """The index of the head noun: the word before the first preposition, else the last word."""
    for number, word in enumerate(words):
        if number and word in _PREPOSITIONS:
            return number - 1
    return len(words) - 1


def head_noun(text: str) -> str:
    """The head noun of a folded form: the word a listed plural is the plural of."""
    words = text.split(" ")
    return words[head_index(words)]


@lru_cache(maxsize=4096)
def plural(noun: str) -> str:
    """The regular or listed plural of one English noun, folded."""
    if noun in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[noun]
    if not noun or not noun[-1].isalpha() or (noun.endswith("ics") and len(noun) > 5):
        return noun
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun if noun.endswith("ss") is False and noun.endswith("s") else noun + "es"
    if _ENDS_IN_Y.search(noun):
        return noun[:-1] + "ies"
    return noun + "s"


@lru_cache(maxsize=2048)
def verb_forms(verb: str) -> tuple[str, ...]:
    """All forms of one English verb, the base first."""
    if verb in _IRREGULAR_VERBS:
        return (verb, *_IRREGULAR_VERBS[verb])
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = verb + "es"
    elif _ENDS_IN_Y.search(verb):
        third = verb[:-1] + "ies"
    else:
        third = verb + "s"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb, third, verb + "d", verb[:-1] + "ing"
    if _ENDS_IN_Y.search(verb):
        return verb, third, verb[:-1] + "ied", verb + "ing"
    if verb in _DOUBLING:
        return verb, third, verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    return verb, third, verb + "ed", verb + "ing"


def inflected(text: str, pos: str, plurals: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """``(form, inflection)`` of a folded rendering; inflection is "" for the stored form.

    Nouns get the plural of their head ("plural"), verbs their forms by ending ("s", "ed", "ing", "pp").
    """
    words = text.split(" ")
    if pos == "verb":
        forms = verb_forms(words[0])
        tail = words[1:]
        return [(" ".join([form, *tail]), _verb_label(number, form)) for number, form in enumerate(forms)]
    if pos != "noun":
        return [(text, "")]
    made = [(text, "")]
    index = head_index(words)
    for form in plurals or _head_plurals(words[index]):
        if form != words[index]:
            # a listed plural may be the whole rendering ("consortia" alone replaces the head word)
            listed = form.split(" ")
            replaced = listed if len(listed) > 1 else [*words[:index], form, *words[index + 1 :]]
            made.append((" ".join(replaced), "plural"))
    return made


def _head_plurals(noun: str) -> tuple[str, ...]:
    if noun in _UNCOUNTABLE and noun not in _COUNTABLE_TOO:
        return ()
    if noun == "consortium":
        return "consortiums", "consortia"
    if noun == "index":
        return "indexes", "indices"
    return (plural(noun),)


def _verb_label(number: int, form: str) -> str:
    if number == 0:
        return ""
    if form.endswith("ing"):
        return "ing"
    return "s" if number == 1 else "ed"


def spellings(text: str) -> list[str]:
    """A folded form in every spelling: American and British, open and closed compounds, & and "and"."""
    made = [text]
    for american, british in ((False, True), (True, False)):
        varied = " ".join(_respelt(word, to_british=british) for word in text.split(" "))
        if varied not in made and american != british:
            made.append(varied)
    if _COMPOUND.search(text):
        for opened, closed in _COMPOUNDS:
            for form in list(made):
                for old, new in ((opened, closed), (closed, opened)):
                    varied = re.sub(rf"\b{old}(?=s?\b)", new, form) if old in form else form
                    if varied not in made:
                        made.append(varied)
    for form in list(made):
        for varied in (_PREFIX.sub(r"\1\2", form), _OPEN_PREFIX.sub(r"\1 \2", form)):
            if varied not in made and len(made) < 12:
                made.append(varied)
    for form in list(made):
        if " and " in form:
            made.append(form.replace(" and ", " & "))
    return made


@lru_cache(maxsize=1 << 16)
def _respelt(word: str, to_british: bool) -> str:
    table = _WORD_SPELLINGS if to_british else _AMERICAN
    for stem, ending in ((word, ""), (word[:-1], "s")) if word.endswith("s") else ((word, ""),):
        if stem in table:
            return table[stem] + ending
    if word in _NOT_IZE or word.rstrip("s") in _NOT_IZE:
        return word
    if to_british:
        return _IZE.sub(lambda m: (m[1] or m[3]) + "s" + (m[2] or m[4]), word) if "z" in word else word
    if not ("is" in word or "ys" in word) or _ALWAYS_ISE.match(word):
        return word
    return _ISE.sub(lambda m: (m[1] or m[3]) + "z" + (m[2] or m[4]), word)


_AMERICAN = {british: american for american, british in _WORD_SPELLINGS.items()}
_ISE = lazy(r"(?<=[a-z]{3})(i)s(e|es|ed|ing|ation|ations|er|ers)$|(?<=anal)(y)s(e|ed|ing)$")
# Words that end in -ise on both sides of the Atlantic, by what stands before the ending.
_ALWAYS_ISE = lazy(
    r"(?:adv|advert|ar|compr|comprom|dev|disgu|enterpr|exerc|expert|franch|improv|merchand|otherw|prec|prem|prom|ra|rev|r"
    r"|superv|surpr|telev|w|pra|conc|cru|no|po|dem|inc|exc|circumc|desp|repr|appr|clockw|likew|paradise|treat)"
    r"is(?:e|es|ed|ing|er|ers|ation|ations)$"
)


def british(word: str) -> str:
    """A folded word in British spelling."""
    return _respelt(word, to_british=True)


def respell(text: str, spelling: str) -> str:
    """``text`` (stored American) in "us" or "gb" spelling, capitals kept; names are the caller's to leave alone."""
    if spelling != "gb":
        return text

    def respelt(match: re.Match[str]) -> str:
        word = match.group()
        made = british(word.lower())
        if made == word.lower():
            return word
        return made.capitalize() if word[0].isupper() else made

    return _LETTERS.sub(respelt, text)


def inflect_like(text: str, pos: str, inflection: str, plurals: tuple[str, ...] = ()) -> str:
    """``text`` (capitals kept) inflected as another form was: the suggestion takes the quote's number or tense."""
    if not inflection:
        return text
    words = text.split(" ")
    if inflection == "plural":
        if pos != "noun":
            return text
        if plurals and " " in plurals[0]:
            return plurals[0]
        index = head_index([word.lower() for word in words])
        word = words[index]
        forms = plurals or _head_plurals(word.lower())
        if not forms or word.isupper() or (not plurals and word.lower() in _NEVER_SEVERAL):
            return text
        form = forms[0]
        words[index] = form.capitalize() if word[0].isupper() else form
        return " ".join(words)
    forms = verb_forms(words[0].lower())
    for number, form in enumerate(forms):
        if pos == "verb" and _verb_label(number, form) == inflection:
            return " ".join([form, *words[1:]])
    return text


def british_share(counts: Mapping[str, int]) -> float:
    """The share of British spellings among the words that are spelt differently in America; 0 when none are.

    ``counts`` tells how often each folded word stands.
    """
    found = Counter[str]()
    for word in spelt_apart(counts.keys()):
        found[_side(word) or ""] += counts[word]
    return found["gb"] / found.total() if found else 0.0


def spelt_apart(words: Set[str]) -> set[str]:
    """Those of some folded words that are spelt differently in America and in Britain."""
    return _SPELT_APART.among(words)


def _side(word: str) -> str | None:
    """Which spelling a folded word is of, where there are two."""
    if not 5 <= len(word) < 50:
        return None
    if _respelt(word, to_british=False) != word:
        return "gb"
    return "us" if _respelt(word, to_british=True) != word else None


_SPELT_APART = Sieve(_side)


_ABBREVIATION = lazy(r"[A-Z]{2}")
_VOWEL = lazy(r"(?!uni|use|usu|eu|one)[aeiou]|ho(?:ur|nest)", re.IGNORECASE)
_ARTICLE = lazy(r"\ban? (?=(\w+))")


def ordinal(digits: str) -> str:
    """Digits with the ending of their ordinal: 21st, 112th."""
    last = int(digits[-2:])
    return digits + ("th" if last in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th"))


def begins_with_a_vowel(words: str) -> bool:
    """Whether words sound so that "an" stands before them."""
    if _ABBREVIATION.match(words):
        return words[0] in "AEFHILMNORSX"
    return _VOWEL.match(words) is not None


def article_like(article: str, words: str) -> str:
    """The "a" or "an" that stands before words, with a capital where ``article`` has one."""
    needed = "an" if begins_with_a_vowel(words) else "a"
    return needed.capitalize() if article[0].isupper() else needed


def with_articles(text: str) -> str:
    """``text`` with "a" or "an" as each word behind one sounds."""
    return _ARTICLE.sub(lambda match: f"{article_like('a', match[1])} ", text)
