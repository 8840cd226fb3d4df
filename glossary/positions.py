"""Where each value of a glossary file stands: the map from a value's path to its place, made only when asked for."""

from __future__ import annotations

from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Span = tuple[int, int]


def value_spans(text: str) -> dict[str, Span]:
    """For each value its span in ``text`` (code points, end exclusive), by its path, such as ``3/wrong/0/en``.

    A path joins list indexes and mapping keys with ``/``. A scalar's span is its own, quotes included; that of a
    mapping's value which is itself a list or mapping is its key, that of a list's item the item's first scalar. Of a
    doubled key the last counts. Empty for a text that is not YAML.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    spans: dict[str, Span] = {}
    if root is not None:
        _walk(root, "", spans)
    return spans


def _walk(node: yaml.Node, path: str, spans: dict[str, Span]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = f"{path}{key.value}" if isinstance(key, yaml.ScalarNode) else path
            spans[below] = _span(value if isinstance(value, yaml.ScalarNode) and value.value else key)
            _walk(value, below + "/", spans)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            spans[f"{path}{number}"] = _span(_first_scalar(item))
            _walk(item, f"{path}{number}/", spans)


def _first_scalar(node: yaml.Node) -> yaml.Node:
    while not isinstance(node, yaml.ScalarNode) and node.value:
        first = node.value[0]
        node = first[1] if isinstance(first, tuple) else first
    return node


def _span(node: yaml.Node) -> Span:
    return node.start_mark.index, max(node.end_mark.index, node.start_mark.index)
