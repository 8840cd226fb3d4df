"""Which numbers of a Chinese segment its English does not have, and the figures to write there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from checker.numbers.number import Kind, Number
from glossary.forms import ordinal

Fault = Literal["power-of-ten", "different", "points", "missing"]


class Mismatch(NamedTuple):
    """A number of the source that its translation does not have. ``target`` stands in its place, None where none does;
    ``right`` is the figure to write there, None where only a person can tell."""

    source: Number
    target: Number | None
    fault: Fault
    right: str | None


def mismatches(
    source: Sequence[Number], target: Sequence[Number], nearby: Sequence[Number] = (), everything: bool = False
) -> list[Mismatch]:
    """The numbers of a Chinese segment that its English segment does not have.

    ``nearby`` holds the numbers of the English round the segment, in which a number counts as met but never as wrong,
    unless a figure of the segment that stands for nothing else is off from it by a power of ten.
    ``everything`` also asks for the numbers whose weight is "none".
    """
    left = [number for number in target if number.weight == "strong"]
    missing: list[Number] = []
    elsewhere: list[Number] = []
    points: list[Mismatch] = []
    unlike: list[Number] = []

    def meets(number: Number, other: Number) -> bool:
        """Whether they agree; a count is no percentage points where others might be these."""
        counted = number.kind == "points" and other.kind == "count"
        return agree(number, other) and not (counted and any(_comparable(number, rival) for rival in left))

    for number in source:
        same = next((other for other in left if other.kind == number.kind and other.value == number.value), None)
        if same is not None:
            left.remove(same)
        else:
            unlike.append(number)
    for number in unlike:
        equal = next((other for other in left if meets(number, other)), None)
        if equal is not None:
            left.remove(equal)
            if number.kind == equal.kind == "count" and not _close(number, equal, number.value, equal.value):
                elsewhere.append(number)  # 1.92万公顷 is 192 square kilometers, but may not be meant by "nearly 200"
        elif number.weight != "none" or everything:
            (elsewhere if any(meets(number, other) for other in (*target, *nearby)) else missing).append(number)
    found: list[Mismatch] = []
    for number in list(missing):
        mixed = next(
            (t for t in left if {t.kind, number.kind} == {"share", "points"} and t.value == number.value), None
        )
        if mixed is not None:
            points.append(Mismatch(number, mixed, "points", english_figure(number.value, number.kind)))
            missing.remove(number)
            left.remove(mixed)
    for number in [*missing, *elsewhere]:
        as_it_stands = number if number in missing else number._replace(others=())
        shifted = next((other for other in left if _is_shifted(as_it_stands, other)), None)
        if shifted is not None:
            found.append(Mismatch(number, shifted, "power-of-ten", english_figure(number.value, number.kind)))
            left.remove(shifted)
            if number in missing:
                missing.remove(number)
    for number in sorted(missing, key=lambda number: number.weight != "strong"):
        rivals = [other for other in left if _comparable(number, other)] if number.weight != "none" else []
        if rivals:
            rival = min(rivals, key=lambda other: _distance(number, other))
            left.remove(rival)
            right = None if number.kind == "ratio" else english_figure(number.value, number.kind)
            found.append(Mismatch(number, rival, "different", right))
        elif number.weight == "strong" or (everything and number.weight == "none"):
            found.append(Mismatch(number, None, "missing", None))
    return sorted([*points, *found], key=lambda item: item.source.start)


def lacking(source: Sequence[Number], nearby: Sequence[Number]) -> list[Number]:
    """Those of the numbers of a Chinese segment whose weight is not "none" and with which nothing ``nearby`` agrees."""
    return [number for number in source if number.weight != "none" and not _is_met(number, nearby)]


def _is_met(number: Number, nearby: Sequence[Number]) -> bool:
    value, kind = number.value, number.kind
    for other in nearby:  # most are the same figure
        if other.value == value and other.kind == kind != "ratio":
            return True
    return any(agree(number, other) for other in nearby)


def agree(source: Number, target: Number) -> bool:
    """Whether an English number is what a Chinese one says, rounded as English writers round."""
    if source.kind == target.kind != "ratio" and source.value == target.value:
        return True
    if source.kind == target.kind or (
        "ordinal" in (source.kind, target.kind) and "count" in (source.kind, target.kind)
    ):
        if source.kind == "ratio" and len(source.others) == len(target.others) == 2:
            return source.value == target.value or _clock(source.others) == _clock(target.others)
        if _close(source, target, source.value, target.value):
            return True
        return any(_close(source, target, value, target.value) for value in source.others) or any(
            _close(source, target, source.value, value) for value in target.others
        )
    if source.kind == "share" and target.kind == "count":  # "53 and 67 percent", "one in ten"
        return any(_close(source, target, value, target.value) for value in (source.value * 100, *source.others))
    if source.kind == "share" and target.kind == "ratio":
        return source.value == target.value
    if source.kind == "ratio" and target.kind == "share":
        return source.value == target.value
    if source.kind == "count" and target.kind == "ratio":
        return not {source.value, *source.others}.isdisjoint(target.others)
    if source.kind == "ratio" and target.kind == "count":  # 17:00: "5 p.m."
        return len(source.others) == 2 and not source.others[1] and source.others[0] % 12 == target.value % 12
    if source.kind == "points" and (target.kind == "count" or (target.kind == "share" and target.weight == "none")):
        return target.value in (source.value * 100, *source.others)  # "0.8 of a percentage point", "half a point"
    if source.kind == "count" and target.kind in ("share", "points"):
        return bool(source.others) and target.value in source.others
    return False


def _clock(pair: tuple[Decimal, ...]) -> tuple[Decimal, Decimal]:
    return pair[0] % 12, pair[1]


def _close(source: Number, target: Number, wanted: Decimal, given: Decimal) -> bool:
    if wanted == given:
        return True
    if not wanted or not given:
        return False
    step = source.step * wanted / source.value if source.value else source.step
    if source.open and wanted < given < wanted + step:
        return True
    if target.reach and min(given, given + target.reach) <= wanted <= max(given, given + target.reach):
        return True
    apart = abs(wanted - given)
    if apart * 100 > 6 * wanted:
        return False
    coarse = target.step * given / target.value if target.value else target.step
    if wanted != source.value and apart * 100 <= wanted:  # after a conversion of units
        return True
    if coarse > step and (apart * 2 <= coarse or ((source.rough or target.rough) and apart < coarse)):
        return True
    return source.rough and target.rough and apart * 2 <= step


def _is_shifted(source: Number, target: Number) -> bool:
    """Whether the two differ by a power of ten and nothing else."""
    if source.kind != target.kind or source.kind in ("ratio", "ordinal") or not target.value or not source.value:
        return False
    for value in (source.value, *(source.others if source.kind == "count" else ())):
        ratio = target.value / value
        for power in (10, 100, 1000, 10**4, 10**5, 10**6, 10**8):
            if ratio == power or ratio * power == 1:
                return True
        if source.step < target.step * 10 and len(str(int(source.value))) > 3:
            for power in (10, 100, 1000, 10**4):
                for factor in (Decimal(power), Decimal(1) / power):
                    if abs(ratio / factor - 1) * 1000 < 2:
                        return True
    return False


def _comparable(source: Number, target: Number) -> bool:
    if source.kind == target.kind:
        return True
    return {source.kind, target.kind} == {"share", "points"}


def _distance(source: Number, target: Number) -> tuple[float, int]:
    if not source.value or not target.value:
        return 99.0, target.start
    ratio = float(target.value / source.value)
    return max(ratio, 1 / ratio), target.start


def english_figure(value: Decimal, kind: Kind = "count") -> str:
    """A value as English writes it: "1.2455 trillion", "12,600", "98.6 percent"."""
    if kind == "share":
        return f"{_plain(value * 100)} percent"
    if kind == "points":
        return f"{_plain(value * 100)} percentage point{'' if value * 100 == 1 else 's'}"
    if kind == "ordinal":
        return ordinal(str(int(value)))
    for word, power in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if value >= power:
            return f"{_plain(value / power)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{float(value):,.6f}".rstrip("0").rstrip(".")
