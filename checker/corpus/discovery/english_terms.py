"""English phrases that the glossary lacks: other renderings of what it has, and terms it does not have."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property

from checker.corpus.discovery.finds import Find
from checker.corpus.discovery.likeness import Likeness, Likenesses
from checker.known_words import is_known
from checker.phrases.counts import Count, Units, c_values, parts
from checker.pinyin import is_pinyin
from glossary import Glossary
from glossary.folding import fold

# Words of all administrative English: a phrase of such words alone is no term of any field.
_GENERIC = frozenset(
    "work working management method mechanism system environment experience content task issue difficulty position "
    "process level role key major basic overall general practical operation operating mode model measure policy plan "
    "project program programme goal target stage responsibility requirement condition standard quality construction "
    "development improvement implementation activity effort achievement force capacity capability ability efficiency "
    "coordination innovation support guarantee basis foundation framework pattern structure form type area field rate "
    "unit organization institution department staff personnel member team group leader leadership meeting report "
    "information resource planning demand need interest benefit advantage opportunity challenge strategic strategy "
    "comprehensive coordinated sustainable special professional technical individual collective unified specific joint "
    "common public social economic national provincial municipal local regional internal external high quality level "
    "long term city province country county town village district state world society office center centre service "
    "services people masses person direction scale space influence spirit concept idea thought progress momentum "
    "motivation stage list order change step world-class time line point side step result purpose principle service "
    "scope cost price fund money investment market enterprise company industry product building facility equipment "
    "government center data technology network platform website page news article press editor new area zone day "
    "annual daily monthly leading grand opening strict scientific modern advanced orderly balanced normal total rapid "
    "smooth innovative complementary distinctive characteristic core party planning unit urban rural decision making communist evaluation "
    "regulatory allocation research scientific assessment treatment "
    "study practice knowledge skill professionalism reform good life living home family child school student".split()
)
FREE = 0.3  # share of its places in which a term must be no part of a longer phrase
COMMON = 2.5  # weight below which a word stands in the names of so many concepts that it tells nothing
LEAST = 1.2  # score below which a phrase is not worth a keeper's time
SHORTENED = 0.6  # of a known term inside: what is new is only the rest


class EnglishTerms:
    """Judges the phrases counted in English pages with one glossary."""

    def __init__(self, glossary: Glossary) -> None:
        self.likenesses = Likenesses(glossary)
        self._glossary = glossary

    def renderings(self, counts: Mapping[Units, Count]) -> Iterator[Find]:
        """Phrases that look like another rendering of a known concept, unordered; one place is enough."""
        found: list[tuple[Units, Count, Likeness]] = []
        for units, count in counts.items():
            if not count.free + count.quoted or 2 * count.known > count.count:
                continue
            like = self.likenesses.best(units) if self._is_plain(units, count) else None
            if like is not None:
                found.append((units, count, like))
        for units, count, like in found:
            longer = any(_inside(units, other) and o.count >= count.count for other, o, _ in found)
            if not longer:
                score = like.score * (1 + math.log10(count.count) / 2)
                yield _find("likeness", count, score, like.concept.id, like.concept.zh, _reasons(like))

    def terms(self, counts: Mapping[Units, Count], at_least: int) -> Iterator[Find]:
        """Terms that no concept has, unordered."""
        frequent = {units: count for units, count in counts.items() if count.count >= at_least and "of" not in units}
        values = c_values({units: count.count for units, count in frequent.items()})
        for units, value in values.items():
            count = frequent[units]
            if count.free + count.quoted < max(1, FREE * count.count) or not self._is_plain(units, count):
                continue
            words = [word for unit in units for word in unit.split("-") if word != "and"]
            told = [word for word in words if word.removesuffix("'s") not in _GENERIC]
            if (not told and not count.quoted) or (units[0].endswith("'s") and units[1:] in frequent):
                continue
            known = sum(map(self.likenesses.is_field_word, words)) / len(words)
            score = value * (0.4 + 0.6 * known) * (1 if units[-1] in self.likenesses.heads else 0.6)
            score *= (1.5 if count.quoted else 1) * (1 + 0.3 * math.log2(count.pages))
            score *= SHORTENED if 2 * count.known > count.count else 1
            if not count.quoted and all(self.likenesses.weight(word) < COMMON for word in told):
                score *= 0.6
            elif len(told) < 2 and len(words) < 3:
                score *= 0.7
            if score >= LEAST:
                yield _find("english", count, score)

    def _is_plain(self, units: Units, count: Count) -> bool:
        """Whether a phrase is English and names no place, person or body."""
        words = [word.removesuffix("'s") for unit in units for word in unit.split("-")]
        if any(word in self._names for word in words) or " ".join(units) in self._bodies:
            return False
        capital = count.capital == count.count
        return all(is_known(word) or len(word) < 3 or self.likenesses.is_field_word(word) for word in words) and not (
            capital and any(is_pinyin(word) and not self.likenesses.is_field_word(word) for word in words)
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words of place names."""
        rows = self._glossary.names["places"]
        words = {word for row in rows for form in (row["en"], row.get("full", "")) for word in fold(form).split(" ")}
        return frozenset(words - {"", "city", "province", "autonomous", "region", "special", "administrative"})

    @cached_property
    def _bodies(self) -> frozenset[str]:
        """The names of institutions and of what they are part of."""
        named = (
            fold(form) for row in self._glossary.names["institutions"] for form in (row["en"], *row.get("admitted", ()))
        )
        return frozenset(
            " ".join(part) for name in named for part in (*parts(tuple(name.split(" "))), tuple(name.split(" ")))
        )


def _inside(units: Units, other: Units) -> bool:
    return len(units) < len(other) and units in parts(other)


def _find(
    method: str,
    count: Count,
    score: float,
    concept: str | None = None,
    zh: str | None = None,
    why: tuple[str, ...] = (),
) -> Find:
    quoted = (f"{count.quoted} times in quotation marks",) if count.quoted else ()
    return Find(
        method, count.shown, score, count.count, count.pages, tuple(count.contexts), concept, zh, None, why + quoted
    )


def _reasons(like: Likeness) -> tuple[str, ...]:
    said = [f"{a.words} says what {a.known} says ({a.morpheme})" for a in like.agreements]
    shared = [f"both have {', '.join(like.shared)}"] if like.shared else []
    return (f"like {like.form}", *said, *shared, f"head: {like.head}")
