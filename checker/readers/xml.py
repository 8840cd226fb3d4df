"""XML of strangers, parsed with limits: no entities of its own, no network, no giant trees."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from checker.document import Document
from checker.finding import CheckError
from checker.readers.archive import RefusedError

_ENTITY = re.compile(rb"<!ENTITY", re.I)
_HEAD = 65536


def root_of(content: bytes) -> Any:
    """The root element. Raises RefusedError with the reason "unsafe" or "damaged"."""
    from lxml import etree

    if _ENTITY.search(content[:_HEAD].replace(b"\0", b"")):
        raise RefusedError("unsafe", "the file defines entities, which are not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        line = f" in line {problem.lineno}" if problem.lineno else ""
        raise RefusedError(
            "damaged", f"the file is no well-formed XML: the fault is{line or ' at its beginning'}"
        ) from problem
    except (ValueError, LookupError) as problem:
        raise RefusedError("damaged", "the file is no well-formed XML") from problem
    types: Any = root.getroottree().docinfo.internalDTD
    if types is not None and types.entities():
        raise RefusedError("unsafe", "the file defines entities, which are not read")
    return root


def refuse_nested(root: Any, *which: str) -> None:
    """Raise RefusedError where what parts a file stands inside its like, for which each text would be read many times.

    ``which`` are conditions of XPath.
    """
    for condition in which:
        if root.xpath(f"boolean(descendant::*[{condition}][ancestor::*[{condition}]])"):
            raise RefusedError("damaged", "the file has segments, units or files inside one another")


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name, in whatever namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(value) for key, value in element.items() if key.rsplit("}", 1)[-1] == name), None)


def document_of(path: str, content: bytes, kind: str, made: Callable[[str, Any], Document]) -> Document | CheckError:
    """What ``made`` makes of the root of a ``kind`` ("TMX", "XLIFF") file, or why not ("damaged", "unsafe")."""
    try:
        root = root_of(content)
        if local(root) != kind.lower():
            raise RefusedError("damaged", f"the file is no {kind}")
        return made(path, root)
    except RefusedError as problem:
        return CheckError(path, None, problem.reason, str(problem))
