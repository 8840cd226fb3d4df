"""The glossary as the checker needs it: every form folded and inflected, patterns as slots, by the words they need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from glossary.concept import APPROVED
from glossary.folding import fold
from glossary.forms import head_noun, inflected, spellings
from glossary.keyed_rows import FIELD, ROW, KeyedRows
from glossary.lazy_pattern import lazy
from glossary.templates import (
    Choice,
    class_keys,
    count_expansions,
    head_slot,
    is_template,
    literal_expansions,
    member_choices,
    parse,
    word_pattern,
)

MAX_ANCHORS = 300  # pairs of words under which one template is listed
CLASS = "{"  # before a class where it stands for a word
EVERYWHERE = frozenset("a and as at be by do for from has in is it not of on or the to with".split())
MAX_LISTED = 6  # strings of a template that are kept as forms; larger templates stay templates

# Besides names of places and bodies, what stands on no page but one about China.
CHINA_MARKS = (
    "china", "chinese", "yuan", "rmb", "renminbi", "cpc", "tcm", "our province", "our prefecture", "state council",
    "party committee", "party group", "party branch", "party building", "autonomous prefecture", "prefecture level",
    "new crown", "neo crown", "drg dip", "national health commission", "health and health", "three medicals",
    "urban and rural residents", "autonomous regions", "autonomous region", "municipalities directly under",
    "plenary session", "people's hospital", "peoples hospital", "designated medical", "leading group", "health code",
    "scientific outlook on development", "guiding opinions", "guiding opinion", "level iii hospital", "class iii hospital",
    "new medical reform", "new health care reform", "insured place", "three tier health service", "village doctors", "deng xiaoping", "rural cooperative medical", "employing unit", "national medical insurance",
    "national medical security", "township hospitals", "county city", "counties cities", "five year plan",
)  # fmt: skip

NOT_A_CITY = ("province", "autonomous region")
CITIES_TOO = ("Jilin", "Hainan", "Hebei", "Taiwan")  # provinces whose names a city or a district bears too

Table = dict[str, Any]


def compile_tables(concepts: list[Table], morphemes: list[Table], names: Table) -> Table:
    """The tables of a glossary, made so that a check of one page need not unpack what the page does not name.

    ``concepts``, ``morphemes`` and ``names`` are JSON texts, one an entry; ``ids`` are the ids of the concepts,
    ``classes`` the keys of the morphemes. The others are `KeyedRows`; where nothing else is said their key is the
    first two words of a form, or its only one. ``forms``: rows ``surface, concept, status, entry, inflection, base`` (indexes into ``concepts`` and into the
    concept's list for that status; a base that is the surface is left out). ``members``: rows ``class, surface, base,
    marked, inflection, head only``. ``patterns``: the index of the concept and JSON of status, entry, number of the head,
    classes (``+`` where they take the plural) and slots: null for a class, or first word -> rows ``surface, base,
    inflection``, of which the surface stands alone where it is the base. ``anchors``: numbers of ``patterns`` by what a text must
    have of each: a pair of neighbours or one of them, words or classes (after CLASS).
    ``place_names``: folded names. ``wrong_names``: rows
    ``folded, as written, table, number`` of names that are wrong for a row of ``names``. Fields are parted
    by FIELD.
    """
    forms: dict[str, None] = {}
    patterns: list[str] = []
    anchors = KeyedRows()
    for number, concept in enumerate(concepts):
        for source in concept.get("sources", ()):
            source |= published(source, names["hosts"])
        if concept.get("status") == "withdrawn":
            continue
        for status, entry, en, pos in _english(concept):
            origin = FIELD.join((str(number), status, str(entry)))
            if class_keys(en) or _is_large(en):
                row, keys = _pattern(en, pos)
                for key in keys:
                    anchors.add(key, str(len(patterns)))
                patterns.append(f"{number} {json.dumps([status, entry, *row])}")
                continue
            exact = status == "abbreviation" or concept.get("case") == "exact"
            for text in map(fold, literal_expansions(en) if is_template(en) else (en,)):
                own = status in APPROVED and head_noun(text) == head_noun(fold(concept["preferred"]))
                plurals = tuple(map(fold, concept.get("plural", ()))) if own else ()
                _add_forms(forms, origin, text, pos, plurals, exact)
    members = [row for item in morphemes for row in _member_rows(item)]
    places = [*CHINA_MARKS]
    places += [name for row in (*names["places"], *names["institutions"]) if (name := fold(row.get("en", "")))]
    wrong_names = [FIELD.join((fold(wrong), wrong, table, str(number))) for wrong, table, number in _wrong_names(names)]
    kept = {key: value for key, value in names.items() if key != "hosts"}
    return {
        "ids": [concept["id"] for concept in concepts],
        "forms": _by_words(forms, 0),
        "members": _by_words(members, 1),
        "patterns": patterns,
        "anchors": anchors,
        "place_names": _by_words(places, 0),
        "wrong_names": _by_words(wrong_names, 0),
        "classes": [item["key"] for item in morphemes],
        "modifiers": [number for number, item in enumerate(morphemes) if item.get("modifier")],
        "names": json.dumps(kept, ensure_ascii=False),
        "concepts": [json.dumps(concept, ensure_ascii=False) for concept in concepts],
        "morphemes": [json.dumps(item, ensure_ascii=False) for item in morphemes],
    }


def _by_words(rows: Iterable[str], number: int) -> KeyedRows:
    """Rows by the look-up key of one of their fields."""
    made = KeyedRows()
    for row in rows:
        made.add(lookup_key(words_of(row.split(FIELD)[number])), row)
    return made


@lru_cache(maxsize=1 << 16)
def words_of(surface: str) -> tuple[str, ...]:
    """The words of a folded form."""
    if surface.isalnum() and surface.isascii():
        return (surface,)
    plain = surface.replace(" ", "")
    return tuple(surface.split(" ") if plain.isascii() and plain.isalnum() else word_pattern(surface).findall(surface))


def class_id(key: str) -> str:
    """A morpheme key in ASCII, as the tables name it."""
    return "".join(char if char.isascii() else f"u{ord(char):x}" for char in key)


def lookup_key(words: tuple[str, ...]) -> str:
    """Under which key a form of these words is kept: its first two words, or its only one."""
    return " ".join(words[:2])


def _is_large(en: str) -> bool:
    """Whether a template without classes stands for too many strings to keep them all."""
    return is_template(en) and count_expansions(parse(en), {}) > MAX_LISTED


def published(source: Table, hosts: dict[str, Table]) -> Table:
    """Publisher, kind and year of a source; a host's own row counts before its parent domain's; {} when unlisted."""
    from urllib.parse import urlsplit

    host = (urlsplit(source["url"]).hostname or "").removeprefix("www.")
    while host and host not in hosts and f"www.{host}" not in hosts:
        host = host.partition(".")[2]
    found = dict(hosts.get(host) or hosts.get(f"www.{host}") or {})
    year = _year(source["title"], urlsplit(source["url"]).path)
    return found | ({"year": year} if year else {})


def _year(title: str, path: str) -> str | None:
    """When a source was published: as its title ends, else as its address says, else the one year in its title."""
    end = title.rstrip("]")
    closing = _SINGLE_YEAR.findall(end[end.rfind("(") :]) if end.endswith(")") else ()
    named = closing or _YEAR.findall(path)[:1]
    if not named and len(set(_YEAR.findall(title))) == 1:
        named = _SINGLE_YEAR.findall(title)
    return named[-1] if named else None


_SINGLE_YEAR = lazy(r"(?<![-–\d])(?:19|20)\d\d(?![-–]\d{4}|[–\d])")
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?=\d{0,4}(?:\D|$))")


def _wrong_names(names: Table) -> Iterator[tuple[str, str, int]]:
    """``(wrong name, table, number of the row)``: those listed, and places with the wrong kind of unit."""
    borne = {row["en"] for row in names["places"] if row.get("generic")}
    for table in ("places", "institutions"):
        for number, row in enumerate(names[table]):
            yield from ((wrong, table, number) for wrong in row.get("wrong", ()))
            name = row.get("en", "")
            if row.get("generic") in NOT_A_CITY and name not in CITIES_TOO:
                yield f"{name} City", table, number
            elif row.get("kind") == "city" and name not in borne:
                yield f"{name} Province", table, number


def _english(concept: Table) -> list[tuple[str, int, str, str]]:
    """``(status, entry, en, pos)`` of every English form of a concept."""
    pos = concept.get("pos", "noun")
    rows = [("preferred", 0, concept["preferred"], pos)]
    for status, key in (("admitted", "admitted"), ("short", "short"), ("ignore", "ignore")):
        rows += [(status, entry, en, pos) for entry, en in enumerate(concept.get(key, ()))]
    rows += [("abbreviation", entry, en, "noun") for entry, en in enumerate(concept.get("abbreviations", ()))]
    for status, key in (("deprecated", "deprecated"), ("wrong", "wrong"), ("pattern", "patterns")):
        rows += [(status, entry, item["en"], item.get("pos") or pos) for entry, item in enumerate(concept.get(key, ()))]
    return rows


def _add_forms(forms: dict[str, None], origin: str, text: str, pos: str, plurals: tuple[str, ...], exact: bool) -> None:
    for form, inflection in inflected(text, pos, plurals):
        for surface in (form,) if exact else spellings(form):
            forms[FIELD.join((surface, origin, inflection, "" if text == surface else text))] = None


def _pattern(en: str, pos: str) -> tuple[list[object], list[str]]:
    """What a row of ``patterns`` holds after its status and entry, and where ``anchors`` lists the row."""
    parsed = parse(en)
    head = head_slot(parsed, pos)
    classes: list[str] = []
    slots: list[dict[str, str] | None] = []
    words: list[list[tuple[str, ...]]] = []  # of the choices of each slot; a class counts as a word
    for number, slot in enumerate(parsed):
        last = head >= 0 and number == len(parsed) - 1
        if slot.kind == "class":
            classes.append(class_id(slot.values[0]) + ("+" if number == head or last else ""))
            slots.append(None)
            words.append([(CLASS + classes[-1],)])
            continue
        slot_pos = pos if number == head else "noun" if last else "phrase"
        choices: list[Choice] = []
        for value in slot.values:
            choices += member_choices(value, slot_pos, False, True) if value else [Choice("", (), "", False, "")]
        by_first: dict[str, str] = {}
        for choice in choices:
            surface = choice.surface
            row = surface if choice.base == surface else FIELD.join((surface, choice.base, choice.inflection))
            first = choice.words[0] if choice.words else ""
            by_first[first] = f"{by_first[first]}{ROW}{row}" if first in by_first else row
        slots.append(by_first)
        words.append([choice.words for choice in choices] if all(choice.words for choice in choices) else [])
    return [head, classes, slots], _anchors(words)


def _anchors(slots: list[list[tuple[str, ...]]]) -> list[str]:
    """Keys one of which a text has when a pattern stands there: few pairs of neighbours, or else words or a class.

    ``slots`` are the words of the choices of each slot, none where a slot may be empty; a class counts as a word.
    """
    pairs, singles = [], []
    for choices, following in zip(slots, [*slots[1:], []], strict=True):
        if not choices:
            continue
        firsts = {words[0] for words in following}
        keys = {" ".join(words[:2]) for words in choices if len(words) > 1}
        keys |= {f"{words[0]} {first}" for words in choices if len(words) == 1 for first in firsts}
        if firsts or all(len(words) > 1 for words in choices):
            pairs.append(keys)
        singles.append({words[0] for words in choices})
    best = min((keys for keys in pairs if len(keys) <= MAX_ANCHORS), key=_classes, default=None)
    if best is None:
        telling = [words for words in singles if words.isdisjoint(EVERYWHERE)]
        best = min(telling or singles, key=_classes)
    return sorted(best)


def _classes(keys: set[str]) -> tuple[int, int]:
    """How many classes the vaguest of some keys names, and how many keys there are."""
    return max(key.count(CLASS) for key in keys), len(keys)


def _member_rows(morpheme: Table) -> Iterator[str]:
    pos, key = morpheme.get("pos", "noun"), class_id(morpheme["key"])
    for marked in (True, False):
        for member in morpheme.get("marked" if marked else "plain", ()):
            inner = {choice.surface for choice in member_choices(member, pos, marked, head=False)}
            for choice in member_choices(member, pos, marked, head=True):
                head_only = choice.surface not in inner
                fields = (key, choice.surface, choice.base, str(int(marked)), choice.inflection, str(int(head_only)))
                yield FIELD.join(fields)
