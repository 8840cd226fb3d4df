"""Glossary YAML in: safe, strict, every mistake with its place. Knows the keys of an entry and nothing of their use."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import yaml

from glossary.concept import KINDS
from glossary.keyed_rows import ENTRY, FIELD, KEY, ROW
from glossary.lazy_pattern import lazy
from glossary.problems import Problem, frame
from glossary.templates import is_template

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR = "tag:yaml.org,2002:str"
_ID = lazy(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CLASS_KEY = lazy(r"@[a-z][a-z0-9-]*|[\u3400-\u9fff]+\.[a-z][a-z0-9-]*")
_MONTH = lazy(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
MAX_DEPTH = 40
MAX_PROBLEMS = 1_000  # told of one file
_BRACKET = lazy(r"[\[\]{}]")
_MANY_MARKS = lazy(r"(?:[-?:][ \t]+){6}|^[ \t]{80}", re.MULTILINE)

RENDERING_KEYS = ("en", "trigger", "near", "unless", "why", "write", "pos", "observed", "right_example")
CONCEPT_KEYS = (
    "id", "zh", "zh_variants", "preferred", "plural", "abbreviations", "admitted", "deprecated", "wrong", "patterns",
    "ignore", "pos", "short", "optional", "case", "strictness", "status", "valid", "replaced_by", "broader",
    "distinct_from", "definition", "examples", "sources",
)  # fmt: skip
SOURCE_KEYS = ("url", "title", "rendering", "read")
ROW_KEYS = (
    "zh",
    "en",
    "kind",
    "in",
    "generic",
    "wrong",
    "sources",
    "write",
    "near",
    "admitted",
    "abbreviations",
    "full",
    "valid",
)
MORPHEME_KEYS = ("zh", "sense", "modifier", "marked", "plain", "pos")
CHOICES = {
    "pos": ("noun", "verb", "adjective", "phrase", "name"),
    "case": ("any", "exact"),
    "strictness": ("enforce", "prefer", "note"),
    "status": ("approved", "proposed", "withdrawn"),
    "trigger": ("anywhere", "near", "page", "source"),
    "region": ("hk", "tw"),
    "kind": KINDS,
}


class EntryReader:
    """Turns the YAML nodes of one file into plain values and collects the problems it meets."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.problems: list[Problem] = []

    def problem(self, node: yaml.Node | None, message: str) -> None:
        """Record a mistake at a node."""
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
        self._add(line, column, message)

    def _add(self, line: int, column: int, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.file, line, column, message, frame(self._lines, line, column)))

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    def root(self) -> yaml.Node | None:
        """The document's root node; None when it is empty or cannot be parsed (a problem is recorded)."""
        try:
            if "&" in self.text or "*" in self.text:
                for token in yaml.scan(self.text, Loader=_Loader):
                    if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                        mark = token.start_mark
                        message = "anchors and aliases are not allowed; write the value out, in quotes if it is text"
                        self._add(mark.line + 1, mark.column + 1, message)
                        return None
            if _may_nest(self.text) and _depth(self.text) > MAX_DEPTH:
                self.problems.append(Problem(self.file, 1, 1, "not a glossary file: nested too deeply"))
                return None
            node: yaml.Node | None = yaml.compose(self.text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            found = error.problem_mark or error.context_mark
            line, column = (found.line + 1, found.column + 1) if found else (1, 1)
            self._add(line, column, f"not valid YAML: {error.problem or error.context or error}")
            return None
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            self.problems.append(Problem(self.file, 1, 1, f"not valid YAML: {error or 'nested too deeply'}"))
            return None
        return node

    def mapping(self, node: yaml.Node, keys: tuple[str, ...] | None, what: str) -> dict[str, yaml.Node]:
        """The entries of a mapping node; unknown and doubled keys are problems. ``keys`` None allows any."""
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"expected a mapping ({what}), found {_kind(node)}")
            return {}
        entries: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self.string(key_node, "a key")
            if key is None:
                continue
            if key in entries:
                self.problem(key_node, f"the key {key!r} stands twice in this {what}")
            elif keys is not None and key not in keys:
                self.problem(key_node, f"unknown key {key!r} in {what}; expected one of: {', '.join(keys)}")
            else:
                entries[key] = value
        return entries

    def string(self, node: yaml.Node, what: str) -> str | None:
        """A string scalar that is not blank."""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, f"expected text ({what}), found {_kind(node)}")
            return None
        if node.tag != _STR:
            self.problem(node, f"expected text ({what}), found {_kind(node)}; put it in quotes")
            return None
        value = str(node.value)
        if not value.strip():
            self.problem(node, f"expected text ({what}), found nothing")
            return None
        if value != value.strip():
            self.problem(node, f"blanks before or after {value.strip()!r}")
        return value.strip()

    def strings(self, node: yaml.Node, what: str) -> list[str]:
        """A list of strings; one string alone counts as a list of one."""
        if isinstance(node, yaml.ScalarNode):
            one = self.string(node, what)
            return [] if one is None else [one]
        return [made for item in self.items(node, what) if (made := self.string(item, what)) is not None]

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"expected a list ({what}), found {_kind(node)}")
            return []
        return list(node.value)

    def choice(self, node: yaml.Node, key: str) -> str | None:
        """A string out of the values allowed for ``key``."""
        value = self.string(node, key)
        if value is not None and value not in CHOICES[key]:
            self.problem(node, f"{key} is {value!r}; expected one of: {', '.join(CHOICES[key])}")
            return None
        return value


def read_concepts(file: str, text: str, field: str, layer: bool = False) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The entries of one file as plain mappings (the fields of Concept), and every problem met.

    In a layer an entry needs only its ``id``; what it leaves out is inherited.
    """
    reader = EntryReader(file, text)
    root = reader.root()
    if root is None:
        return [], reader.problems
    concepts = []
    for node in reader.items(root, "concepts"):
        plain = _concept(reader, node, layer)
        if plain is not None:
            concepts.append(
                {**plain, "file": file, "line": node.start_mark.line + 1} | ({} if layer else {"field": field})
            )
    return concepts, reader.problems


def read_morphemes(file: str, text: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The morpheme classes of one file as plain mappings (the fields of Morpheme), and every problem met."""
    reader = EntryReader(file, text)
    root = reader.root()
    if root is None:
        return [], reader.problems
    classes = []
    for key, node in reader.mapping(root, None, "table of morphemes").items():
        if not _CLASS_KEY.fullmatch(key):
            reader.problem(node, f"{key!r} is no morpheme key; expected Han.sense (级.grade) or @heads")
        entries = reader.mapping(node, MORPHEME_KEYS, "morpheme")
        plain: dict[str, Any] = {"key": key, "file": file, "line": node.start_mark.line}
        for name in ("zh", "sense"):
            if name in entries:
                plain[name] = reader.string(entries[name], name) or ""
            else:
                reader.problem(node, f"the morpheme {key} has no {name}")
                plain[name] = ""
        for name in ("marked", "plain"):
            if name in entries:
                plain[name] = _words(reader, entries[name], name)
        if "pos" in entries:
            plain["pos"] = reader.choice(entries["pos"], "pos") or "noun"
        if "modifier" in entries:
            plain["modifier"] = getattr(entries["modifier"], "value", "") == "true"
        if not plain.get("marked") and not plain.get("plain"):
            reader.problem(node, f"the morpheme {key} has no members")
        classes.append(plain)
    return classes, reader.problems


def _distinct(reader: EntryReader, node: yaml.Node, what: str) -> list[str]:
    values = reader.strings(node, what)
    distinct: dict[str, None] = {}
    for value in values:
        if value in distinct:
            reader.problem(node, f"{value!r} stands twice in {what}")
        distinct[value] = None
    return list(distinct)


def _words(reader: EntryReader, node: yaml.Node, what: str) -> list[str]:
    """A list of strings without those with marks of templates, which go into the tables as they stand."""
    made = []
    for value in _distinct(reader, node, what):
        if is_template(value):
            reader.problem(node, f"{value!r} in {what} is a template; only words may stand there")
        else:
            made.append(value)
    return made


def _concept(reader: EntryReader, node: yaml.Node, layer: bool) -> dict[str, Any] | None:
    entries = reader.mapping(node, CONCEPT_KEYS, "concept")
    if not entries:
        return None
    plain: dict[str, Any] = {}
    for key in ("id",) if layer else ("id", "zh", "preferred"):
        if key not in entries:
            reader.problem(node, f"the concept has no {key}")
            return None
    for key, value in entries.items():
        made = _READ[key](reader, value, key)
        if made is not None:
            plain.update(made)
    if "id" in plain and not _ID.fullmatch(plain["id"]):
        reader.problem(entries["id"], f"{plain['id']!r} is no id; expected lower-case words joined by hyphens")
    return plain if "id" in plain and (layer or ("zh" in plain and "preferred" in plain)) else None


def _text(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any] | None:
    value = reader.string(node, key)
    return None if value is None else {key: value}


def _optional_text(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any] | None:
    return {key: None} if _is_null(node) else _text(reader, node, key)


def _texts(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    return {key: _distinct(reader, node, key)}


def _plain_texts(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    return {key: _words(reader, node, key)}


def _chosen(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any] | None:
    value = reader.choice(node, key)
    return None if value is None else {key: value}


def _renderings(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    return {key: [made for item in reader.items(node, key) if (made := _one_rendering(reader, item, key))]}


def _one_rendering(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any] | None:
    entries = reader.mapping(node, RENDERING_KEYS, f"{key} rendering")
    if "en" not in entries:
        reader.problem(node, f"the {key} rendering has no en")
        return None
    plain: dict[str, Any] = {}
    for name, value in entries.items():
        if name == "trigger":
            kinds = [item for item in reader.strings(value, name) if item in CHOICES["trigger"]]
            if len(kinds) != len(reader.strings(value, name)):
                reader.problem(value, f"trigger: expected a list out of: {', '.join(CHOICES['trigger'])}")
            plain[name] = kinds
        elif name in ("near", "unless", "observed"):
            plain[name] = reader.strings(value, name)
        elif name == "pos":
            plain[name] = reader.choice(value, "pos")
        else:
            plain[name] = reader.string(value, name)
    if key != "patterns" and not plain.get("trigger"):
        reader.problem(node, f"the {key} rendering {plain.get('en')!r} has no trigger")
    if "near" in plain.get("trigger", ()) and not plain.get("near"):
        reader.problem(node, f"{plain.get('en')!r} has the trigger near and nothing to be near to")
    return plain if plain.get("en") else None


def _chinese_forms(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    forms: list[dict[str, Any]] = []
    for item in reader.items(node, key):
        if isinstance(item, yaml.MappingNode):
            entries = reader.mapping(item, ("zh", "region"), "Chinese form")
            if "zh" not in entries:
                reader.problem(item, "the Chinese form has no zh")
                continue
            form: dict[str, Any] = {"zh": reader.string(entries["zh"], "zh") or ""}
            if "region" in entries:
                form["region"] = reader.choice(entries["region"], "region")
            forms.append(form)
        elif (value := reader.string(item, key)) is not None:
            forms.append({"zh": value})
    return {key: forms}


def _valid(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in reader.mapping(node, ("from", "until"), "validity").items():
        made = None if _is_null(value) else reader.string(value, name)
        if made is not None and not _MONTH.fullmatch(made):
            reader.problem(value, f"{made!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD in quotes")
        plain[f"valid_{name}"] = made
    return plain


def _examples(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    entries = reader.mapping(node, ("wrong", "right"), key)
    return {f"{name}_examples": reader.strings(value, name) for name, value in entries.items()}


def _sources(reader: EntryReader, node: yaml.Node, key: str) -> dict[str, Any]:
    sources = []
    for item in reader.items(node, key):
        entries = reader.mapping(item, SOURCE_KEYS, "source")
        plain = {name: reader.string(value, name) for name, value in entries.items()}
        url = plain.get("url")
        if not url or not plain.get("title"):
            reader.problem(item, "a source needs url and title")
            continue
        if not can_be_split(url):
            reader.problem(entries["url"], f"{url!r} is no web address")
            continue
        sources.append(plain)
    return {key: sources}


def can_be_split(address: str) -> bool:
    """Whether the library takes an address apart: not with half a pair of brackets in its host, say."""
    from urllib.parse import urlsplit

    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _may_nest(text: str) -> bool:
    """Whether a text could be nested beyond what the parser's own recursion stands; cheap, errs on the safe side."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match.group() in "[{" else -1
        if depth > MAX_DEPTH:
            return True
    return bool(_MANY_MARKS.search(text))


def _depth(text: str) -> int:
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


def _is_null(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    kind = str(node.tag).rsplit(":", 1)[-1]
    names = {"int": "a number", "float": "a number", "bool": "a truth value", "null": "nothing", "timestamp": "a date"}
    return names.get(kind, kind)


_READ: dict[str, Callable[[EntryReader, yaml.Node, str], dict[str, Any] | None]] = {
    **dict.fromkeys(("id", "zh", "preferred", "definition"), _text),
    **dict.fromkeys(("replaced_by", "broader"), _optional_text),
    **dict.fromkeys(("abbreviations", "admitted", "ignore", "short", "optional", "distinct_from"), _texts),
    **dict.fromkeys(("pos", "case", "strictness", "status"), _chosen),
    **dict.fromkeys(("deprecated", "wrong", "patterns"), _renderings),
    "plural": _plain_texts,
    "zh_variants": _chinese_forms,
    "valid": _valid,
    "examples": _examples,
    "sources": _sources,
}


def read_names(file: str, text: str) -> tuple[dict[str, Any], list[Problem]]:
    """The tables of names.yaml (``places``, ``institutions``) or pairs.yaml (``pairs``): rows of plain mappings."""
    reader = EntryReader(file, text)
    root = reader.root()
    if root is None:
        return {}, reader.problems
    if isinstance(root, yaml.SequenceNode):
        return {"pairs": [_row(reader, node) for node in root.value]}, reader.problems
    tables = reader.mapping(root, ("places", "institutions"), "table of names")
    return {
        key: [_row(reader, item) for item in reader.items(node, key)] for key, node in tables.items()
    }, reader.problems


def read_hosts(file: str, text: str) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """The table of sources.yaml: host -> publisher and kind."""
    reader = EntryReader(file, text)
    root = reader.root()
    table: dict[str, dict[str, str]] = {}
    for host, node in reader.mapping(root, None, "table of hosts").items() if root is not None else ():
        entries = reader.mapping(node, ("publisher", "kind"), "host")
        row = {
            key: reader.choice(value, key) if key == "kind" else reader.string(value, key)
            for key, value in entries.items()
        }
        if not row.get("publisher") or not row.get("kind"):
            reader.problem(node, f"the host {host} needs publisher and kind")
            continue
        table[host] = {key: value for key, value in row.items() if value}
    return table, reader.problems


def _row(reader: EntryReader, node: yaml.Node) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in reader.mapping(node, ROW_KEYS, "row").items():
        if key == "sources":
            row |= _sources(reader, value, key)
        elif key == "valid":
            row |= _valid(reader, value, key)
        elif isinstance(value, yaml.SequenceNode):
            row[key] = reader.strings(value, key)
        else:
            row[key] = reader.string(value, key)
    for name in (row.get("en") or "", *row.get("wrong", ())):
        if not {FIELD, ROW, KEY, ENTRY}.isdisjoint(name):  # compiled tables are parted at them
            reader.problem(node, f"{name!r}: no name holds {FIELD}, {ROW}, {KEY} or {ENTRY}")
    return row
