"""What several verbs need before they can start: the configuration and the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
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
