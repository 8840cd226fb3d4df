"""The glossary as the checker needs it: every form folded and inflected, patterns as slots, by the words they need."""

from __future__ import annotations

import itertools
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from glossary.concept import APPROVED, packed_concept
from glossary.folding import fold
from glossary.forms import head_noun, inflected, spellings
from glossary.keyed_rows import FIELD, KEY, ROW, KeyedRows
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
MAX_NEED = 40  # words and pairs of words one of which a template needs besides
NEEDS = 4  # such lists of a template
CLASS = "{"  # before a class where it stands for a word
SLOT = "|"  # before each slot of a pattern
EVERYWHERE = frozenset("a and as at be by do for from has in is it not of on or the to with".split())
FREQUENT = frozenset(
    "care chinese county doctor doctors health hospital hospitals institutions insurance level management medical medicine "
    "out people public reform s service services set system systems total township traditional treatment under up".split()
)  # in texts of the field
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
    "county township", "counties townships", "urban employees", "human resources and social security", "pooling area",
    "pooling areas", "coordinating area",
)  # fmt: skip

NOT_A_CITY = ("province", "autonomous region")
CITIES_TOO = ("Jilin", "Hainan", "Hebei", "Taiwan")  # provinces whose names a city or a district bears too

Table = dict[str, Any]


def compile_tables(concepts: list[Table], morphemes: list[Table], names: Table) -> Table:
    """The tables of a glossary, made so that a check of one page need not unpack what the page does not name.

    ``morphemes`` and ``names`` are JSON texts, one an entry, ``concepts`` what `packed_concept` makes of them; ``ids``
    are the ids of the concepts, ``classes`` the keys of the morphemes. The others are `KeyedRows`; where nothing else is
    said their key is the first two words of a form, or its only one. Fields are parted by FIELD.

    ``forms``: rows ``third word, words behind it, surface`` and then for each origin ``concept, status, entry,
    inflection, base`` (indexes into ``concepts`` and into the concept's list for that status; a base that is the surface
    is left out). ``members``: rows ``surface, base, marked, inflection, words, classes`` (as they are named in
    ``patterns``). ``patterns``: the index of the concept, a blank, ``status, entry, number of the head, number of a
    slot, which word of the keys in ``anchors`` it begins with (0 or 1)``, what a text must have besides (`_needs`), and
    then, each after SLOT, the slots: a class (after CLASS, with ``+`` where it takes the plural), or first
    words and rows in turn, parted by KEY, the rows ``surface, base, inflection, words``, of which the surface stands
    alone where it is the base and blanks part its words. ``anchors``: numbers of ``patterns`` by what a text must have of
    each: a pair of neighbours or one of them, words or classes. ``place_names``: folded names. ``wrong_names``: rows
    ``folded, as written, table, number`` of names that are wrong for a row of ``names``.
    """
    forms: dict[str, dict[str, None]] = defaultdict(dict)
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
                patterns.append(f"{number} {status}{FIELD}{entry}{FIELD}{row}")
                continue
            exact = status == "abbreviation" or concept.get("case") == "exact"
            for text in map(fold, literal_expansions(en) if is_template(en) else (en,)):
                plurals = _listed_plurals(concept, text) if status in APPROVED else ()
                _add_forms(forms, origin, text, pos, plurals, exact)
    places = [*CHINA_MARKS]
    places += [name for row in (*names["places"], *names["institutions"]) if (name := fold(row.get("en", "")))]
    wrong_names = [FIELD.join((fold(wrong), wrong, table, str(number))) for wrong, table, number in _wrong_names(names)]
    kept = {key: value for key, value in names.items() if key != "hosts"}
    return {
        "ids": [concept["id"] for concept in concepts],
        "forms": _forms(forms),
        "members": _members(morphemes),
        "patterns": patterns,
        "anchors": anchors,
        "place_names": _by_words(places, 0),
        "wrong_names": _by_words(wrong_names, 0),
        "classes": [item["key"] for item in morphemes],
        "modifiers": [number for number, item in enumerate(morphemes) if item.get("modifier")],
        "names": json.dumps(kept, ensure_ascii=False),
        "concepts": [packed_concept(concept) for concept in concepts],
        "morphemes": [json.dumps(item, ensure_ascii=False) for item in morphemes],
    }


def _listed_plurals(concept: Table, text: str) -> tuple[str, ...]:
    """The plurals an entry lists for one of its names: its preferred one, or another with the same head.

    The other takes those of one word, and the lack of a plural, which a list with the preferred name itself says.
    """
    listed, preferred = tuple(map(fold, concept.get("plural", ()))), fold(concept["preferred"])
    if text == preferred or head_noun(text) != head_noun(preferred):
        return listed if text == preferred else ()
    return (text,) if preferred in listed else tuple(form for form in listed if " " not in form)


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
    return CLASS + "".join(char if char.isascii() else f"u{ord(char):x}" for char in key)


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


def _add_forms(
    forms: dict[str, dict[str, None]], origin: str, text: str, pos: str, plurals: tuple[str, ...], exact: bool
) -> None:
    for form, inflection in inflected(text, pos, plurals):
        for surface in (form,) if exact else spellings(form):
            forms[surface][FIELD.join((origin, inflection, "" if text == surface else text))] = None


def _forms(forms: dict[str, dict[str, None]]) -> KeyedRows:
    table = KeyedRows()
    for surface, origins in forms.items():
        words = words_of(surface)
        table.add(lookup_key(words), FIELD.join(("".join(words[2:3]), " ".join(words[3:]), surface, *origins)))
    return table


def _pattern(en: str, pos: str) -> tuple[str, list[str]]:
    """What a row of ``patterns`` holds after its status and entry, and where ``anchors`` lists the row."""
    parsed = parse(en)
    head = head_slot(parsed, pos)
    slots: list[str] = []
    words: list[list[tuple[str, ...]]] = []  # of the choices of each slot; a class counts as a word
    for number, slot in enumerate(parsed):
        last = head >= 0 and number == len(parsed) - 1
        if slot.kind == "class":
            slots.append(class_id(slot.values[0]) + ("+" if number == head or last else ""))
            words.append([(slots[-1],)])
            continue
        slot_pos = pos if number == head else "noun" if last else "phrase"
        choices: list[Choice] = []
        for value in slot.values:
            choices += member_choices(value, slot_pos, False, True) if value else [Choice("", (), "", False, "")]
        by_first: dict[str, str] = {}
        for choice in choices:
            surface = choice.surface
            simple = choice.words == tuple(surface.split())
            row = surface
            if choice.base != surface or not simple:
                # A blank stands for no words ("&"), nothing for those of the surface.
                words_field = "" if simple else " ".join(choice.words) or " "
                row = FIELD.join((surface, choice.base, choice.inflection, words_field))
            first = choice.words[0] if choice.words else ""
            by_first[first] = f"{by_first[first]}{ROW}{row}" if first in by_first else row
        slots.append(KEY.join(itertools.chain.from_iterable(by_first.items())))
        words.append([choice.words for choice in choices])
    anchors, pivot, side = _anchors(words)
    return SLOT.join((FIELD.join(map(str, (head, pivot, side, *_needs(words, anchors)))), *slots)), anchors


def _anchors(slots: list[list[tuple[str, ...]]]) -> tuple[list[str], int, int]:
    """Keys one of which a text has when a pattern stands there: few pairs of neighbours, or else words or a class.

    ``slots`` are the words of the choices of each slot, none for one that is absent; a class counts as a word. With the
    keys comes which slot begins with a word of theirs, or what follows it where it is absent, and which word that is.
    """
    pairs: list[tuple[set[str], int, int]] = []
    singles: list[tuple[set[str], int, int]] = []
    for number, choices, firsts in _needed_slots(slots):
        own = {words[0] for words in choices}
        inside = {" ".join(words[:2]) for words in choices if len(words) > 1}
        if firsts:
            begin = inside | {f"{words[0]} {first}" for words in choices if len(words) == 1 for first in firsts}
            if not any(first.startswith(CLASS) for first in own):
                pairs.append((begin, number, 0))
            pairs.append(({f"{words[-1]} {first}" for words in choices for first in firsts}, number + 1, 1))
        elif all(len(words) > 1 for words in choices):
            pairs.append((inside, number, 0))
        singles.append((own, number, 0))
    best = min((found for found in pairs if len(found[0]) <= MAX_ANCHORS), key=_frequency, default=None)
    if best is None:
        telling = [found for found in singles if found[0].isdisjoint(EVERYWHERE)]
        best = min(telling or singles, key=_frequency)
    return sorted(best[0]), *best[1:]


def _needed_slots(
    slots: list[list[tuple[str, ...]]],
) -> Iterator[tuple[int, list[tuple[str, ...]], set[str]]]:
    """The slots that are never absent, the last one first: number, choices, and what may begin the words behind it."""
    firsts: set[str] = set()  # none where nothing need follow
    for number, choices in reversed([*enumerate(slots)]):
        own = {words[0] for words in choices if words}
        if () in choices:
            firsts = firsts and firsts | own
            continue
        yield number, choices, firsts
        firsts = own


def _needs(slots: list[list[tuple[str, ...]]], anchors: list[str]) -> Iterator[str]:
    """What a text has too where a pattern stands: of each, parted by KEY, a word, a class or a pair of neighbours."""
    found: list[set[str]] = []
    for _, choices, firsts in _needed_slots(slots):
        found.append({min((*words, *map(" ".join, itertools.pairwise(words))), key=_rarity) for words in choices})
        found.append({f"{words[-1]} {first}" for words in choices for first in firsts})
    known = {*anchors, *(word for key in anchors for word in key.split())}
    telling = [
        needed
        for needed in found
        if len(needed) <= MAX_NEED and not needed <= known and not any(CLASS in text and " " in text for text in needed)
    ]
    for needed in sorted(telling, key=lambda needed: sum(map(_rarity, needed)))[:NEEDS]:
        yield KEY.join(sorted(needed))


def _rarity(words: str) -> float:
    """How often a word or a pair of neighbours stands in a text of the field, about."""
    first, _, second = words.partition(" ")
    return min(_weight(first), _weight(second)) / 2 if second else _weight(first)


def _frequency(anchors: tuple[set[str], int, int]) -> int:
    """How often about any of some keys stands in a text of the field, as their words tell; a class is many words."""
    return sum([math.prod([_weight(word) for word in key.split()]) for key in anchors[0]])


def _weight(word: str) -> int:
    return 100 if word.startswith(CLASS) else 60 if word in EVERYWHERE else 30 if word in FREQUENT else 1


def _members(morphemes: list[Table]) -> KeyedRows:
    """The rows of ``members``: those of the classes that share a member are one, unless that changed their order."""
    made: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    last: dict[tuple[str, str], int] = {}  # of a key and a class, the number of its last row
    for morpheme in morphemes:
        name, pos = class_id(morpheme["key"]), morpheme.get("pos", "noun")
        for member, marked in [(member, mark) for mark in ("marked", "plain") for member in morpheme.get(mark, ())]:
            inner = {choice.surface for choice in member_choices(member, pos, False, head=False)}
            for surface, words, base, _, inflection in member_choices(member, pos, False, head=True):
                fields = surface, base, str(int(marked == "marked")), inflection, " ".join(words)
                key, row = lookup_key(words), FIELD.join(fields)
                rows = made[key]
                number = next((n for n in range(last.get((key, name), 0), len(rows)) if rows[n][0] == row), len(rows))
                if number == len(rows):
                    rows.append((row, []))
                rows[number][1].extend((f"{name}+", name) if surface in inner else (f"{name}+",))
                last[key, name] = number
    table = KeyedRows()
    for key, rows in made.items():
        table.add(key, ROW.join([f"{row}{FIELD}{' '.join(names)}" for row, names in rows]))
    return table
