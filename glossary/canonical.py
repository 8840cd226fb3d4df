"""The one way a glossary file is written: keys in order, short lists on a line, long ones an item a line.

Comments are kept: those on lines of their own stay before what they stand before, those at the end of a line stay
after the same value. Nothing else about the old layout survives, so that writing twice changes nothing.
"""

from __future__ import annotations

import bisect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import yaml
from yaml.resolver import Resolver

from glossary.problems import GlossaryError, Problem
from glossary.yaml_file import (
    CONCEPT_KEYS,
    MORPHEME_KEYS,
    RENDERING_KEYS,
    SOURCE_KEYS,
    read_concepts,
    read_morphemes,
)

WIDTH = 120

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR = "tag:yaml.org,2002:str"
_ORDER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("wrong", "deprecated", "patterns"), RENDERING_KEYS),
    "sources": SOURCE_KEYS,
    "zh_variants": ("zh", "region"),
    "valid": ("from", "until"),
    "examples": ("wrong", "right"),
}
_LISTS = frozenset(
    (
        "plural", "abbreviations", "admitted", "ignore", "short", "optional", "distinct_from", "trigger", "near",
        "unless", "observed", "marked", "plain",
    )
)  # fmt: skip
_ALWAYS_BLOCK = frozenset(["examples", "wrong", "right"])  # sentences read better one a line
_COMMENT = re.compile(r"#[^\r\n]*")  # behind brackets, commas and quotes the parser wants no blank before it
_NEVER_PLAIN_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")


@dataclass(eq=False)
class _Item:
    """A value with the comments that belong to it. ``value`` is a string, a list of items or items by key."""

    value: str | list[_Item] | dict[str, _Item]
    before: list[str] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def children(self) -> list[_Item]:
        """The items directly inside."""
        if isinstance(self.value, str):
            return []
        return list(self.value.values()) if isinstance(self.value, dict) else self.value

    @property
    def has_comments(self) -> bool:
        """Whether a comment belongs to anything inside."""
        return any(c.before or c.trailing or c.after or c.has_comments for c in self.children)


@dataclass(eq=False)
class _Anchor:
    """The place in the old text of an item: what comments are attached by."""

    item: _Item
    start: int
    end: int
    column: int


def canonical(file: str, text: str, morphemes: bool = False) -> str:
    """The canonical form of a file of concepts, or of ``morphemes``.

    Raises GlossaryError when the file has mistakes, for then its meaning is not known. What the file means is the same
    before and after; that is checked, not assumed.
    """
    meaning, problems = _meaning(file, text, morphemes)
    if problems:
        raise GlossaryError(problems)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    read = _with_comments(text)
    if read is None:
        return text
    item, footer = read
    keys = MORPHEME_KEYS if morphemes else CONCEPT_KEYS
    written = "\n".join([*_document(item, keys), *footer]) + "\n"
    if _meaning(file, written, morphemes) != (meaning, []):
        raise GlossaryError([Problem(file, 1, 1, "the canonical form would change what the file means; left alone")])
    return written


def edited(file: str, text: str, changes: dict[str, dict[str, Any]]) -> str:
    """The canonical form of a file of concepts with values set: by concept id, then by key; None takes a key out.

    Comments are kept, in a list those of the items that stay. Raises GlossaryError when the file has mistakes, before
    or after.
    """
    written = canonical(file, text)
    read = _with_comments(written)
    if read is None or not isinstance(read[0].value, list):
        return written
    for item in read[0].value:
        assert isinstance(item.value, dict)
        for key, value in changes.get(str(item.value["id"].value), {}).items():
            _set(item.value, key, value)
    written = "\n".join([*_document(read[0], CONCEPT_KEYS), *read[1]]) + "\n"
    _, problems = _meaning(file, written, False)
    if problems:
        raise GlossaryError(problems)
    return written


def entry_lines(entry: dict[str, Any], comments: dict[str, str] | None = None) -> list[str]:
    """The lines of one new concept; ``comments`` holds comments by key, without the ``#``."""
    item = _made(entry)
    assert isinstance(item.value, dict)
    for key, comment in (comments or {}).items():
        if key in item.value:
            item.value[key].trailing.append(f"# {comment}")
    return _document(_Item([item]), CONCEPT_KEYS)


def _set(entry: dict[str, _Item], key: str, value: Any) -> None:
    old = entry.pop(key, None)
    if value is None:
        return
    made = entry[key] = _made(value)
    if old is not None:
        made.before, made.trailing, made.after = old.before, old.trailing, old.after
        if isinstance(made.value, list):
            stay = {_plain(child): child for child in old.children}
            made.value = [stay.get(_plain(child), child) for child in made.value]


def _plain(item: _Item) -> Any:
    """What an item says, without its comments, as something that can be compared and hashed."""
    if isinstance(item.value, dict):
        return frozenset((key, _plain(child)) for key, child in item.value.items())
    return item.value if isinstance(item.value, str) else tuple(map(_plain, item.value))


def _made(value: Any) -> _Item:
    if isinstance(value, dict):
        return _Item({key: _made(below) for key, below in value.items()})
    return _Item([_made(below) for below in value]) if isinstance(value, list | tuple) else _Item(str(value))


def _meaning(file: str, text: str, morphemes: bool) -> tuple[list[dict[str, Any]], list[Problem]]:
    entries, problems = read_morphemes(file, text) if morphemes else read_concepts(file, text, "")
    kept = [
        {key: value for key, value in entry.items() if key not in ("file", "line") and value not in ([], None)}
        for entry in entries
    ]
    return kept, problems


# -- from the old text -----------------------------------------------------------------------------------------


def _with_comments(text: str) -> tuple[_Item, list[str]] | None:
    """The values of a file with their comments, and the comments after everything; None for an empty file."""
    root = yaml.compose(text, Loader=_Loader)
    if root is None:
        return None
    anchors: list[_Anchor] = []
    scalars: list[tuple[int, int]] = []
    item = _item(root, text, anchors, scalars)
    return item, _attach(text, anchors, scalars)


def _item(node: yaml.Node, text: str, anchors: list[_Anchor], scalars: list[tuple[int, int]]) -> _Item:
    if isinstance(node, yaml.ScalarNode):
        start = node.start_mark.index
        if node.style in ("|", ">"):  # behind its mark may stand a comment
            start = min(max(text.find("\n", start), start), node.end_mark.index)
        scalars.append((start, node.end_mark.index))
        return _Item("" if node.tag == "tag:yaml.org,2002:null" else str(node.value))
    if isinstance(node, yaml.MappingNode):
        made: dict[str, _Item] = {}
        for key, value in node.value:
            scalars.append((key.start_mark.index, key.end_mark.index))
            made[key.value] = _anchored(key, value, text, anchors, scalars)
        return _Item(made)
    return _Item([_anchored(item, item, text, anchors, scalars) for item in node.value])


def _anchored(
    first: yaml.Node, value: yaml.Node, text: str, anchors: list[_Anchor], scalars: list[tuple[int, int]]
) -> _Item:
    start, column = first.start_mark.index, first.start_mark.column
    if first is value:
        # The item of a block list begins at its dash, which no node covers.
        line_start = start - column
        head = text[line_start:start]
        if head.strip(" ") and not head.strip(" -"):
            column = len(head) - len(head.lstrip(" "))
            start = line_start + column
    number = len(anchors)
    item = _item(value, text, anchors, scalars)
    anchors.insert(number, _Anchor(item, start, _last_end(value), column))
    return item


def _last_end(node: yaml.Node) -> int:
    # The end mark of a block collection stands at the next token; its last scalar says where it really ends.
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last_end(last[1] if isinstance(last, tuple) else last)


_start, _end = attrgetter("start"), attrgetter("end")


def _attach(text: str, anchors: list[_Anchor], scalars: list[tuple[int, int]]) -> list[str]:
    """Give every comment to the value it belongs to; returns those that stand after everything."""
    footer: list[str] = []
    starts, ends = sorted(anchors, key=_start), sorted(anchors, key=_end)
    outermost = min((anchor.column for anchor in anchors), default=0)
    seen: dict[int, tuple[int, _Anchor | None]] = {}  # by column: how many were looked at, and the last that fits
    for place, comment in _found_comments(text, scalars):
        line_start = text.rfind("\n", 0, place) + 1
        column = place - line_start
        if text[line_start:place].strip():
            ended = ends[bisect.bisect_right(ends, line_start, key=_end) : bisect.bisect_right(ends, place, key=_end)]
            begun = starts[
                bisect.bisect_left(starts, line_start, key=_start) : bisect.bisect_right(starts, place, key=_start)
            ]
            chosen = _nearest(ended, line_start) if ended else max(begun, key=_start, default=None)
            (chosen.item.trailing if chosen else footer).append(comment)
            continue
        number = bisect.bisect_right(starts, place, key=_start)
        following = starts[number] if number < len(starts) else None
        if column and (following is None or following.column < column):
            looked, known = seen.get(column, (0, None))
            new = (anchor for anchor in reversed(starts[looked:number]) if outermost < anchor.column <= column)
            earlier = next(new, known)
            seen[column] = number, earlier
            if earlier:
                earlier.item.after.append(comment)
                continue
        lines = following.item.before if following else footer
        if lines and "\n\n" in text[text.rfind(lines[-1], 0, place) : place]:
            lines.append("")
        lines.append(comment)
        if following and re.match(r"[ \t]*\n[ \t]*\n", text[place + len(comment) :]):
            lines.append("")
    for anchor in anchors:
        before = anchor.item.before
        anchor.item.before = [line for n, line in enumerate(before) if line or (n and before[n - 1])]
    return footer


def _nearest(ended: list[_Anchor], line_start: int) -> _Anchor:
    """Of the items that end before a comment, in that order, the one it is about: what ends last, and all of that on its line."""
    those = [anchor for anchor in ended if anchor.end == ended[-1].end]
    here = [anchor for anchor in those if anchor.start >= line_start]
    return min(here, key=_start) if here else max(those, key=_start)


# -- to the new text -------------------------------------------------------------------------------------------


def _document(root: _Item, keys: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    if isinstance(root.value, list):
        for number, item in enumerate(root.value):
            lines += [""] if number else []
            lines += item.before
            lines += _behind(_dashed(_mapping(item, 2, keys), 0), item.trailing)
    elif isinstance(root.value, dict):
        for key, item in root.value.items():
            lines += item.before
            lines += _behind([f"{_scalar(key, False)}:"], item.trailing)
            lines += _mapping(item, 2, keys)
    return lines


def _mapping(item: _Item, indent: int, keys: tuple[str, ...]) -> list[str]:
    """The lines of a mapping, a key a line, each with its full indent."""
    assert isinstance(item.value, dict)
    pad = " " * indent
    lines: list[str] = []
    for key in _ordered(item.value, keys):
        child = item.value[key]
        if child.value == "" or (not isinstance(child.value, str) and not child.children):
            # An empty key says nothing; what was said about it is kept.
            told = (*child.before, *child.trailing, *child.after)
            lines += [pad + comment if comment else "" for comment in told]
            continue
        lines += [pad + comment if comment else "" for comment in child.before]
        lines += _entry(key, child, indent)
        lines += [pad + comment for comment in child.after]
    return lines


def _ordered(value: dict[str, _Item], keys: tuple[str, ...]) -> list[str]:
    return sorted(value, key=lambda key: keys.index(key) if key in keys else len(keys))


def _entry(key: str, item: _Item, indent: int) -> list[str]:
    pad = " " * indent
    value = _settled(key, item)
    behind = "".join(f"  {comment}" for comment in item.trailing)
    if isinstance(value, str):
        return _text_lines(f"{pad}{key}:", value, indent + 2, behind)
    children = list(value.values()) if isinstance(value, dict) else value
    block = key in _ALWAYS_BLOCK or (isinstance(value, list) and any(isinstance(c.value, dict) for c in children))
    if not block and not any(c.before or c.trailing or c.after or c.has_comments for c in children):
        line = f"{pad}{key}: {_flow(value, _ORDER.get(key, ()))}{behind}"
        if len(line) <= WIDTH:
            return [line]
    lines = [f"{pad}{key}:{behind}"]
    if isinstance(value, dict):
        return [*lines, *_mapping(_Item(value), indent + 2, _ORDER.get(key, ()))]
    for child in value:
        lines += [f"{pad}  {comment}" if comment else "" for comment in child.before]
        lines += _list_item(child, indent + 2, _ORDER.get(key, ()))
        lines += [f"{pad}  {comment}" for comment in child.after]
    return lines


def _settled(key: str, item: _Item) -> str | list[_Item] | dict[str, _Item]:
    """The value in the shape its key calls for: one example is text, what may be several is a list."""
    value = item.value
    if isinstance(value, str):
        return [_Item(value)] if key in _LISTS else value
    if key == "zh_variants" and isinstance(value, list):
        return [_chinese_form(form) for form in value]
    if key in ("wrong", "right") and isinstance(value, list) and len(value) == 1:
        only = value[0]
        if isinstance(only.value, str) and not (only.before or only.after):
            item.trailing += only.trailing
            return only.value
    return value


def _chinese_form(item: _Item) -> _Item:
    """A Chinese form without a region is written as text alone."""
    if isinstance(item.value, dict) and set(item.value) == {"zh"} and not item.has_comments:
        return _Item(item.value["zh"].value, item.before, item.trailing, item.after)
    return item


def _list_item(item: _Item, indent: int, keys: tuple[str, ...]) -> list[str]:
    pad = " " * indent
    behind = "".join(f"  {comment}" for comment in item.trailing)
    if isinstance(item.value, str):
        return _text_lines(f"{pad}-", item.value, indent + 2, behind)
    if not item.has_comments:
        line = f"{pad}- {_flow(item.value, keys)}{behind}"
        if len(line) <= WIDTH:
            return [line]
    return _behind(_dashed(_mapping(item, indent + 2, keys), indent), item.trailing)


def _dashed(lines: list[str], indent: int) -> list[str]:
    # The dash stands before the first line that is no comment; comments before it are set at its indent.
    for number, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            head = [line[2:] for line in lines[:number]]
            return [*head, f"{' ' * indent}- {line[indent + 2 :]}", *lines[number + 1 :]]
    return lines


def _behind(lines: list[str], comments: list[str]) -> list[str]:
    return [lines[0] + "".join(f"  {comment}" for comment in comments), *lines[1:]]


def _flow(value: str | list[_Item] | dict[str, _Item], keys: tuple[str, ...]) -> str:
    if isinstance(value, str):
        return _scalar(value, True)
    if isinstance(value, list):
        return f"[{', '.join(_flow(item.value, keys) for item in value)}]"
    parts = []
    for key in _ordered(value, keys):
        settled = _settled(key, value[key])
        if settled:
            parts.append(f"{key}: {_flow(settled, ())}")
    return f"{{{', '.join(parts)}}}"


def _text_lines(head: str, value: str, indent: int, behind: str) -> list[str]:
    line = f"{head} {_scalar(value, False)}{behind}"
    if len(line) <= WIDTH or "  " in value or not value.isprintable() or " " not in value:
        return [line]
    folded = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{head} >-{behind}", *(" " * indent + part for part in folded)]


_RESOLVER: Any = Resolver()  # its type is not declared


def _scalar(value: str, flow: bool) -> str:
    if _may_be_plain(value, flow):
        return value
    if not value.isprintable():
        return _escaped(value)
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _may_be_plain(value: str, flow: bool) -> bool:
    if not value or value[0] in _NEVER_PLAIN_FIRST or value != value.strip() or not value.isprintable():
        return False
    if ": " in value or " #" in value or value.endswith(":") or value in ("---", "..."):
        return False
    if flow and any(mark in value for mark in ",[]{}?"):
        return False
    return bool(_RESOLVER.resolve(yaml.ScalarNode, value, (True, False)) == _STR)


def _escaped(value: str) -> str:
    return '"' + "".join(_escape(char) for char in value) + '"'


def _escape(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def comments(text: str) -> list[str]:
    """Every comment of a YAML text, in order."""
    root = yaml.compose(text, Loader=_Loader)
    scalars: list[tuple[int, int]] = []
    if root is not None:
        _item(root, text, [], scalars)
    return [comment for _, comment in _found_comments(text, scalars)]


def _found_comments(text: str, scalars: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """``(offset, comment)`` of the comments that are not part of a value; ``scalars`` are the spans of the values."""
    scalars = sorted(scalars)
    place = 0
    while match := _COMMENT.search(text, place):
        number = bisect.bisect_right(scalars, match.start(), key=lambda span: span[0]) - 1
        if number >= 0 and match.start() < scalars[number][1]:
            place = max(scalars[number][1], match.start() + 1)
            continue
        yield match.start(), match.group().rstrip()
        place = match.end()
