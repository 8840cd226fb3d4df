"""The words of the interface in English and Chinese, and which of the two somebody reads."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request

LANGUAGES = {"en": "English", "zh": "中文"}
COOKIE = "lang"
_TAGS = {"en": "en", "zh": "zh-CN"}
_ACCEPTED = re.compile(r"\s*([a-z]{2,8})(?:-[\w-]*)?\s*(?:;\s*q=([\d.]{1,5}))?\s*(?:,|$)", re.IGNORECASE)


@cache
def table(name: str = "words.yaml") -> dict[str, Any]:
    """A table of ours; ``words.yaml``: key, language, then the words, ``[one, many]`` where English tells them apart."""
    import yaml

    made: dict[str, Any] = yaml.safe_load(files("checker.server").joinpath(name).read_text(encoding="utf-8"))
    return made


class Words:
    """The interface in one language: ``words("key", name=value)``, ``words.count("key", 3)``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.tag = _TAGS[language]
        self._table = table()

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with values put in; KeyError when there is no such key."""
        words = self._table[key][self.language]
        return str(words[-1] if isinstance(words, list) else words).format(**values)

    def count(self, key: str, number: int) -> str:
        """The words of a key for a number of things, which stands as ``{n}`` in them."""
        words = self._table[key][self.language]
        if isinstance(words, list):
            words = words[number != 1]
        return str(words).format(n=f"{number:,}")

    def pattern(self, key: str) -> str:
        """The words of a key as they stand in the table, for a script that puts the values in."""
        return str(self._table[key][self.language])

    def of(self, group: str, word: str) -> str:
        """The words of ``group.word``, or the word itself where the table has none."""
        return self(f"{group}.{word}") if f"{group}.{word}" in self._table else word

    def rule(self, code: str, name: str) -> str:
        """What a rule is called, whose English name is ``name``."""
        names = table("rule_names.zh.yaml") if self.language == "zh" else {}
        return str(names.get(code) or name.replace("-", " "))


def language_of(request: Request) -> str:
    """What was asked for in the address, else in the cookie, else what the browser prefers; English otherwise."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    ranked = sorted(
        ((_weight(match[2]), -match.start(), match[1].lower()) for match in _ACCEPTED.finditer(
            request.headers.get("accept-language", "")[:400]
        )),
        reverse=True,
    )  # fmt: skip
    return next((name for weight, _, name in ranked if name in LANGUAGES and weight > 0), "en")


def _weight(given: str | None) -> float:
    try:
        return float(given) if given else 1.0
    except ValueError:
        return 0.0
