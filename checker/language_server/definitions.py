"""Where concepts are written down: the file and the line of an entry, in a glossary that is worked on or the installed one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lsprotocol.types import Location, Position, Range
from pygls.uris import from_fs_path

from checker.language_server.glossary_files import GlossaryFiles
from glossary.concept import Concept
from glossary.layers import ROOT

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def concept_location(concept: Concept, files: GlossaryFiles, roots: Sequence[Path]) -> Location | None:
    """Where a concept is written down; a glossary in one of the ``roots`` goes for the installed one. Raises OSError."""
    for root in roots:
        terms = root / "glossary" / "terms"
        if terms.is_dir() and terms != ROOT / "terms":
            tree = files.latest.get(terms) or files.tree(terms)
            entry = next((entry for _, _, entry in tree.concepts if entry["id"] == concept.id), None)
            if entry is not None:
                return _location(Path(entry["file"]).absolute(), entry["line"])
    installed = ROOT.parent / concept.file
    path = installed if installed.is_file() else Path(concept.file)
    return _location(path.absolute(), concept.line) if path.is_file() else None


def id_at(text: str, offset: int) -> str | None:
    """The id of a concept that may stand at an offset: a word of small letters, digits and hyphens."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    return next((m.group() for m in _ID.finditer(line) if m.start() <= offset - start <= m.end()), None)


def _location(path: Path, line: int) -> Location:
    place = Position(max(line - 1, 0), 0)
    return Location(from_fs_path(str(path)) or path.as_uri(), Range(place, place))
