"""The glossary as the checker needs it: every form folded and inflected, patterns as slots, by the words they need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from glossary.concept import APPROVED
from glossary.folding import fold
from glossary.forms import head_noun, inflected, spellings
from glossary.lazy_pattern import lazy
from glossary.templates import (
    WORD,
    Choice,
    class_keys,
    count_expansions,
    head_slot,
    is_template,
    literal_expansions,
    member_choices,
    parse,
)

MAX_LISTED = 6  # strings of a template that are kept as forms; larger templates stay templates

# None of these can stand in a folded form, and none needs an escape in JSON.
ROW, FIELD, PART, CHOICE = "~", "\x7f", "`", "^"

# Besides names of places and bodies, what stands on no page but one about China.
CHINA_MARKS = (
    "china", "chinese", "yuan", "rmb", "renminbi", "cpc", "tcm", "our province", "our prefecture", "state council",
    "party committee", "party group", "party branch", "party building", "autonomous prefecture", "prefecture level",
    "new crown", "neo crown", "drg dip", "national health commission", "health and health", "three medicals",
    "urban and rural residents", "autonomous regions", "autonomous region", "municipalities directly under",
    "plenary session", "deng xiaoping", "rural cooperative medical", "employing unit", "national medical insurance",
    "national medical security", "township hospitals", "county city", "counties cities", "five year plan",
)  # fmt: skip

NOT_A_CITY = ("province", "autonomous region")
CITIES_TOO = ("Jilin", "Hainan", "Hebei", "Taiwan")  # provinces whose names a city or a district bears too

Table = dict[str, Any]


def compile_tables(concepts: list[Table], morphemes: list[Table], names: Table) -> Table:
    """The tables of a glossary, made so that a check of one page need not unpack what the page does not name.

    ``concepts``, ``morphemes`` and ``names`` are JSON texts, one an entry; ``ids`` are the ids of the concepts.
    ``forms``: look-up key -> rows ``surface, concept, status, entry, inflection, base`` (indexes into ``concepts`` and
    into the concept's list for that status). ``members``: look-up key -> rows ``class, surface, base, marked,
    inflection, head only``. ``patterns``: rows ``concept, status, entry, head, slots, classes, words``, approved
    and exempt ones first; a slot is "#" or a list of ``surface, base, inflection``; a text must hold every class (``+``
    where it takes the plural) and a word of each of the groups of words. ``place_names``: look-up key -> folded names.
    ``wrong_names``: look-up key -> rows ``folded, as written, table, number`` of names that are wrong for a row of
    ``names``. A look-up key is the first two words of a form with a blank between, or its only one. Rows, fields and lists are
    strings parted by ROW, FIELD, PART and CHOICE.
    """
    forms: dict[str, dict[str, None]] = {}
    patterns: list[tuple[bool, str]] = []
    for number, concept in enumerate(concepts):
        for source in concept.get("sources", ()):
            source |= published(source, names["hosts"])
        if concept.get("status") == "withdrawn":
            continue
        for status, entry, en, pos in _english(concept):
            origin = FIELD.join((str(number), status, str(entry)))
            if class_keys(en) or _is_large(en):
                good = status in APPROVED or status == "ignore"
                patterns.append((not good, FIELD.join((origin, *_pattern(en, pos)))))
                continue
            exact = status == "abbreviation" or concept.get("case") == "exact"
            for text in map(fold, literal_expansions(en) if is_template(en) else (en,)):
                own = status in APPROVED and head_noun(text) == head_noun(fold(concept["preferred"]))
                plurals = tuple(map(fold, concept.get("plural", ()))) if own else ()
                _add_forms(forms, origin, text, pos, plurals, exact)
    members: dict[str, list[str]] = {}
    for item in morphemes:
        for surface, row in _member_rows(item):
            members.setdefault(lookup_key(words_of(surface)), []).append(row)
    places: dict[str, list[str]] = {}
    for mark in CHINA_MARKS:
        places.setdefault(lookup_key(words_of(mark)), []).append(mark)
    for row in [*names["places"], *names["institutions"]]:
        if row.get("en") and (name := fold(row["en"])):
            places.setdefault(lookup_key(words_of(name)), []).append(name)
    wrong_names: dict[str, list[str]] = {}
    for wrong, table, number in _wrong_names(names):
        folded = fold(wrong)
        wrong_names.setdefault(lookup_key(words_of(folded)), []).append(FIELD.join((folded, wrong, table, str(number))))
    kept = {key: value for key, value in names.items() if key != "hosts"}
    return {
        "ids": [concept["id"] for concept in concepts],
        "forms": {key: ROW.join(rows) for key, rows in forms.items()},
        "members": {key: ROW.join(rows) for key, rows in members.items()},
        "patterns": [row for _, row in sorted(patterns, key=lambda pattern: pattern[0])],
        "place_names": {key: ROW.join(rows) for key, rows in places.items()},
        "wrong_names": {key: ROW.join(rows) for key, rows in wrong_names.items()},
        "modifiers": [number for number, item in enumerate(morphemes) if item.get("modifier")],
        "names": json.dumps(kept, ensure_ascii=False),
        "concepts": [json.dumps(concept, ensure_ascii=False) for concept in concepts],
        "morphemes": [json.dumps(item, ensure_ascii=False) for item in morphemes],
    }


@lru_cache(maxsize=1 << 16)
def words_of(surface: str) -> tuple[str, ...]:
    """The words of a folded form."""
    plain = surface.replace(" ", "")
    return tuple(surface.split(" ") if plain.isascii() and plain.isalnum() else WORD.findall(surface))


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
    year = _YEAR.search(source["title"]) or _YEAR.search(urlsplit(source["url"]).path)
    return found | ({"year": year.group()} if year else {})


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
            rows = forms.setdefault(lookup_key(words_of(surface)), {})
            rows[FIELD.join((surface, origin, inflection, text))] = None


def _pattern(en: str, pos: str) -> tuple[str, str, str, str]:
    parsed = parse(en)
    head = head_slot(parsed, pos)
    slots: list[str] = []
    classes: list[str] = []
    groups: list[str] = []
    for number, slot in enumerate(parsed):
        last = head >= 0 and number == len(parsed) - 1
        if slot.kind == "class":
            slots.append("#")
            classes.append(class_id(slot.values[0]) + ("+" if number == head or last else ""))
            continue
        slot_pos = pos if number == head else "noun" if last else "phrase"
        choices: list[Choice] = []
        for value in slot.values:
            choices += member_choices(value, slot_pos, False, True) if value else [Choice("", (), "", False, "")]
        slots.append(CHOICE.join(ROW.join((choice.surface, choice.base, choice.inflection)) for choice in choices))
        if all(slot.values):
            groups.append(" ".join(dict.fromkeys(choice.words[0] for choice in choices if choice.words)))
    return str(head), PART.join(slots), " ".join(classes), CHOICE.join(groups)


def _member_rows(morpheme: Table) -> Iterator[tuple[str, str]]:
    pos, key = morpheme.get("pos", "noun"), class_id(morpheme["key"])
    for marked in (True, False):
        for member in morpheme.get("marked" if marked else "plain", ()):
            inner = {choice.surface for choice in member_choices(member, pos, marked, head=False)}
            for choice in member_choices(member, pos, marked, head=True):
                head_only = choice.surface not in inner
                fields = (key, choice.surface, choice.base, str(int(marked)), choice.inflection, str(int(head_only)))
                yield choice.surface, FIELD.join(fields)
