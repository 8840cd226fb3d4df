"""XML of strangers, parsed with limits: no entities, no network, no document type that is looked at, no huge tree."""

from __future__ import annotations

import re
from typing import IO, Any

from glossary.exchange import MAX_BYTES, ExchangeError

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root_of(content: bytes) -> Any:
    """The root element. Raises ExchangeError for what is not well formed, too large or defines entities.

    A document type is allowed, since older term bases name one, and does nothing.
    """
    from lxml import etree

    if len(content) > MAX_BYTES:
        raise ExchangeError(f"the file is larger than {MAX_BYTES:,} bytes")
    found = _ENTITY.search(content.replace(b"\0", b"") if b"\0" in content else content)
    if found:
        line = content.count(b"\n", 0, found.start()) + 1
        raise ExchangeError("the file defines entities, which are not read", line)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise ExchangeError(f"not well-formed XML: {_reason(problem)}", problem.lineno or 1) from problem
    except (ValueError, LookupError) as problem:
        raise ExchangeError(f"not well-formed XML: {problem}", 1) from problem
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise ExchangeError("the file defines entities, which are not read", 1)
    return root


def has_document_type(stream: IO[bytes]) -> bool:
    """Whether XML has a document type; False for what is not well formed before its root; nothing after is read."""
    from lxml import etree

    try:
        for _, root in etree.iterparse(stream, events=("start",), resolve_entities=False, no_network=True):
            return bool(root.getroottree().docinfo.doctype)
    except etree.XMLSyntaxError:
        pass
    return False


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its local name, in whatever namespace; "" where there is none."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(value) for key, value in element.items() if key.rsplit("}", 1)[-1] == name), "")


def words_in(element: Any) -> str:
    """The text of an element and what is in it, runs of blanks as one."""
    return " ".join("".join(element.itertext()).split())


def clean(text: str) -> str:
    """``text`` without the characters that XML has no place for."""
    return _NO_XML.sub("", text)


def _reason(problem: Any) -> str:
    message = str(problem.msg or problem).split(", line ")[0]
    return message.replace("xmlSAX2Characters: ", "").strip()
