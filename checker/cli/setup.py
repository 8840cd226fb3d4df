"""What several verbs need before they can start: the configuration and the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checker.document import Document
    from glossary import Glossary

Layers = Annotated[
    list[str] | None,
    typer.Option(
        "--glossary", metavar="PATH", help="A house style, laid over the curated glossary; repeatable."
    ),
]


def configured() -> dict[str, object]:
    """The settings of the closest configuration file, empty without one; raises ConfigError."""
    from checker.config import find_config, read_config

    path = find_config(Path.cwd())
    return read_config(path) if path else {}


def glossary_with(layers: Sequence[str] | None) -> Glossary:
    """The curated glossary with ``layers``, by default those of the configuration, laid over it.

    Raises ConfigError, GlossaryError, or OSError when a layer cannot be read.
    """
    from checker.config import settings
    from glossary import load

    return load(*settings({"glossary": layers or None}, configured()).glossary)


def read_pair(english: str, chinese: str, lines: bool) -> Document:
    """The document of an English file with a Chinese one beside it, ``lines`` for texts translated line by line.

    Raises ConfigError when either cannot be read or the two cannot be checked against each other.
    """
    from dataclasses import replace

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
    pairs = line_pairs(sides[0].text, sides[1].text) if lines else None
    document = replace(sides[0], source=SourceText(chinese, sides[1].text, pairs))
    error = refused(document)
    if error is not None:
        raise ConfigError(f"{error.path}: {error.message}")
    return document
