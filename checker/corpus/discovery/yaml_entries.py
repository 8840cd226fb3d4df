"""The finds as glossary YAML: whole entries marked ``proposed``; what lacks a language, or a decision, as comments."""

from __future__ import annotations

from collections.abc import Container, Iterator

from checker.corpus.discovery.finds import METHODS, Discovered, Find
from glossary.canonical import entry_lines
from glossary.new_entry import slug
from glossary.search import pinyin

_HEAD = (
    "# What `yigai corpus discover` found. Entries are proposed: nothing of them is enforced until someone approves them",
    "# with a source. Comments are finds that lack one language, or other renderings of concepts the glossary has.",
)


def entries(discovered: Discovered, taken: Container[str]) -> str:
    """The text of a YAML file of the finds. ``taken`` holds the ids of the concepts that there are."""
    used: set[str] = set()
    lines = list(_HEAD)
    for method, title in METHODS.items():
        finds = [find for find in discovered.finds if find.method == method]
        if finds:
            lines += ["", f"# {title}"]
        for find in finds:
            lines += _entry(find, taken, used)
    return "\n".join(lines) + "\n"


def _entry(find: Find, taken: Container[str], used: set[str]) -> Iterator[str]:
    seen = f"# {find.places} times on {find.pages} pages" if find.pages else f"# {find.places} times"
    if find.zh and find.english:
        yield ""
        yield f"{seen}; {_comment(find)}"
        entry = {"id": _id(find.english, taken, used), "zh": find.zh, "preferred": find.english, "status": "proposed"}
        yield from entry_lines(entry, {"zh": pinyin(find.zh)})
    elif find.concept:
        yield ""
        yield f"# {find.concept} ({find.zh}): admit, deprecate or call wrong: {_flat(find.text)}"
        yield f"#   {seen[2:]}; {_comment(find)}"
    else:
        yield ""
        yield f"{seen}"
        zh, english = (find.zh, "") if find.zh else ("", _flat(find.text))
        name = _id(english, taken, used) if english else ""
        yield f"# - id: {name}".rstrip()
        yield f"#   zh: {zh}".rstrip()
        yield f"#   preferred: {english}".rstrip()
        yield "#   status: proposed"


def _comment(find: Find) -> str:
    return _flat("; ".join(find.evidence))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _id(english: str, taken: Container[str], used: set[str]) -> str:
    first = slug(english) or "term"
    name, number = first, 2
    while name in taken or name in used:
        name, number = f"{first}-{number}", number + 1
    used.add(name)
    return name
