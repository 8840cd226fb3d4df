"""What several verbs need before they can start: the configuration and the glossary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checker.config import Configuration
    from checker.document import Document
    from checker.options import Options
    from checker.pipeline import Checker
    from glossary import Glossary

Layers = Annotated[
    list[str] | None,
    typer.Option("--glossary", metavar="PATH", help="A house style, laid over the curated glossary; repeatable."),
]


def configuration() -> Configuration:
    """What the closest configuration file says, nothing without one; raises ConfigError."""
    from checker.config import closest_configuration

    return closest_configuration(Path.cwd())


def checker_for(config: Configuration, given: Mapping[str, object]) -> Checker:
    """The checker of a run with ``given`` on the command line, which checks each page with the settings for it.

    Raises ConfigError or GlossaryError.
    """
    from functools import cache

    from checker.pipeline import Checker
    from glossary import load

    for override in config.overrides:
        refuse_unknown_rules(override.values)
    refuse_unknown_rules(config.values)
    chosen = config.settings(given)
    refuse_unknown_rules({"select": chosen.options.select, "ignore": chosen.options.ignore})

    def options_of(path: str) -> Options:
        return config.settings(given, path).options

    by_path: Callable[[str], Options] | None = cache(options_of) if config.overrides else None
    return Checker(load(*chosen.glossary), chosen.options, by_path)


def refuse_unknown_rules(source: Mapping[str, object]) -> None:
    """Raises ConfigError when ``select`` or ``ignore`` names a rule that there is not."""
    named = [word for key in ("select", "ignore") for word in _words(source.get(key))]
    if not named:
        return
    from checker.config import RULE_FAMILIES, refuse_rule
    from checker.rules.registry import all_rules, names_rules

    for word in named:
        if not names_rules(word):
            refuse_rule(word, [*RULE_FAMILIES, *(name for rule in all_rules() for name in (rule.code, rule.name))])


def _words(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def split_rules(words: Sequence[str] | None) -> tuple[str, ...] | None:
    """Rules may be given several times or with commas."""
    if not words:
        return None
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def glossary_with(layers: Sequence[str] | None) -> Glossary:
    """The curated glossary with ``layers``, by default those of the configuration, laid over it.

    Raises ConfigError, GlossaryError, or OSError when a layer cannot be read.
    """
    from glossary import load

    return load(*configuration().settings({"glossary": layers or None}).glossary)


def read_pair(english: str, chinese: str, lines: bool) -> Document:
    """The document of an English file with a Chinese one beside it, ``lines`` for texts translated line by line.

    Raises ConfigError when either cannot be read or the two cannot be checked against each other.
    """
    from checker.bitext import SourceText
    from checker.config import ConfigError
    from checker.document import Document
    from checker.pipeline import refused
    from checker.readers.sources import line_pairs
    from checker.readers.walk import Listing, read_files

    sides = []
    for path in (english, chinese):
        read = next(read_files(Listing((path,), 0)))
        if not isinstance(read, Document):
            raise ConfigError(f"{read.path}: {read.message}")
        sides.append(read)
    pairs = line_pairs(sides[0].readable, sides[1].readable) if lines else None
    document = sides[0]._replace(source=SourceText(chinese, sides[1].readable, pairs))
    error = refused(document)
    if error is not None:
        raise ConfigError(f"{error.path}: {error.message}")
    return document
