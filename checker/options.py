"""The switches of a check, whatever set them: command line, configuration file or profile."""

from typing import Literal, NamedTuple

from checker.finding import Confidence


class Options(NamedTuple):
    """Switches that change findings. ``select`` and ``ignore`` hold rule codes, names or code prefixes ("TRM")."""

    min_confidence: Confidence = "medium"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    subject: Literal["auto", "health-reform", "other"] = "auto"
    date: str | None = None
    spelling: Literal["auto", "us", "gb"] = "auto"
    numbers: Literal["sure", "all"] = "sure"
