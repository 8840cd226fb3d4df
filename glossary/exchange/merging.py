"""Entries that came in, laid into a working tree: new ones as proposed, known ones merged, differences as conflicts.

A known concept is told by its id, else by its Chinese in either script. Nothing that stands is changed unless asked:
terms, sources and examples are added, a different value is a conflict at its line.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from glossary.chinese import in_simplified
from glossary.exchange import Incoming, Name
from glossary.exchange.merged_terms import (
    Clash,
    chinese_is_known,
    chinese_of,
    entry_of,
    form_of,
    put_name,
    readable,
    variants_of,
)
from glossary.exchange.words import HAN
from glossary.folding import fold
from glossary.new_entry import slug
from glossary.templates import is_template
from glossary.working_tree import WorkingTree
from glossary.yaml_file import CONCEPT_KEYS, can_be_split

REFERENCES = ("broader", "replaced_by", "distinct_from")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTED_ID = re.compile(r"[a-z]*-?\d+|[0-9a-f]{8}-[0-9a-f-]{27}")  # such ids mean nothing outside their file
_DEFAULTS = {"pos": "noun", "case": "any", "strictness": "enforce"}


class Message(NamedTuple):
    """Something to tell of a place of the file that came in: a line or a cell."""

    place: str
    text: str


@dataclass(eq=False)
class Shelved:
    """A concept of the tree while entries are laid in; ``entry`` has the shape of the YAML, ``before`` as it was."""

    entry: dict[str, Any]
    before: dict[str, Any] | None
    file: Path
    added: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the tree did not have it."""
        return self.before is None

    @property
    def changes(self) -> dict[str, Any]:
        """The values that differ from before, by key."""
        old = self.before or {}
        return {key: self.entry.get(key) for key in CONCEPT_KEYS if self.entry.get(key) != old.get(key)}


class Merging:
    """Lays entries into a tree. ``file`` is where new concepts go; by default ``imported.yaml`` of their field.

    With ``replace`` what came in wins over what stands.
    """

    def __init__(self, tree: WorkingTree, replace: bool = False, file: Path | None = None) -> None:
        self.tree = tree
        self.replace = replace
        self.file = file
        self.conflicts: list[Message] = []
        self.left_out: list[Message] = []
        self.lost: Counter[str] = Counter()
        self.shelf: dict[str, Shelved] = {}
        self._by_head: dict[str, str] = {}
        self._by_form: dict[str, list[str]] = {}
        self._fields = {path.name for path in tree.terms.iterdir() if path.is_dir()}
        for found, _, plain in tree.concepts:
            entry = entry_of(plain)
            self._shelve(Shelved(entry, copy.deepcopy(entry), found.path))

    def take(self, entries: Iterable[Incoming]) -> None:
        """Lay entries in, one after the other; references between them last."""
        taken = [(incoming, self._taken(incoming)) for incoming in entries]
        ids = {incoming.id: shelved.entry["id"] for incoming, shelved in taken if shelved and incoming.id}
        for incoming, shelved in taken:
            if shelved is not None:
                self._references(incoming, shelved, ids)

    @property
    def changed(self) -> list[Shelved]:
        """The concepts that are new or differ from before."""
        return [shelved for shelved in self.shelf.values() if shelved.is_new or shelved.changes]

    def _shelve(self, shelved: Shelved) -> None:
        name = shelved.entry["id"]
        self.shelf[name] = shelved
        self._by_head.setdefault(fold(shelved.entry["zh"]), name)
        for zh in chinese_of(shelved.entry):
            self._by_form.setdefault(fold(zh), []).append(name)

    def _taken(self, incoming: Incoming) -> Shelved | None:
        chinese = [form._replace(text=_seen(form.text)) for form in incoming.chinese]
        incoming.chinese = [form for form in chinese if form.text.isprintable()]
        if not any(HAN.search(form.text) or fold(form.text) in self._by_form for form in incoming.chinese):
            told = f"{chinese[0].text!r} is no Chinese term" if chinese else "no Chinese term"
            self.left_out.append(Message(incoming.at("zh"), told))
            return None
        english = [name._replace(text=_seen(name.text)) for name in incoming.english]
        names = [name for name in english if self._readable(name, incoming.own)]
        for key in ("plural", "distinct_from", "sources"):
            if key in incoming.values:
                incoming.values[key] = self._usable(key, incoming.values[key], incoming.at(key))
        shelved, certain = self._match(incoming)
        if shelved is None:
            return self._created(incoming, names) if certain else None
        self._merge(shelved, incoming, names)
        return shelved

    def _readable(self, name: Name, own: bool) -> bool:
        why = readable(name, own)
        if why:
            self.left_out.append(Message(name.place, f"{name.text!r}: {why}"))
        return not why

    def _usable(self, key: str, values: list[Any], place: str) -> list[Any]:
        """The values of a list that may stand in an entry, each once; the others are left out."""
        kept: list[Any] = []
        for value in values if key == "sources" else dict.fromkeys(values):
            if key == "plural" and is_template(value):
                self.left_out.append(Message(place, f"{value!r}: brackets and bars stand for alternatives here"))
            elif key == "sources" and not can_be_split(value["url"]):
                self.left_out.append(Message(place, f"{value['url']!r} is no web address"))
            else:
                kept.append(value)
        return kept

    def _match(self, incoming: Incoming) -> tuple[Shelved | None, bool]:
        """The concept that an entry is about; the flag is False when that cannot be told."""
        forms = [fold(form.text) for form in incoming.chinese]
        by_id = self.shelf.get(incoming.id or "")
        if by_id is not None:
            if {fold(zh) for zh in chinese_of(by_id.entry)} & set(forms):
                return by_id, True
            known = f"the id {incoming.id} is {by_id.entry['zh']} here, {incoming.chinese[0].text} there"
            self.conflicts.append(Message(incoming.place, known))
            return None, False
        if forms[0] in self._by_head:
            return self.shelf[self._by_head[forms[0]]], True
        found = list(dict.fromkeys(name for form in forms for name in self._by_form.get(form, ())))
        if len(found) > 1:
            english = {fold(name.text) for name in incoming.english}
            found = [name for name in found if fold(self.shelf[name].entry["preferred"]) in english] or found
        if len(found) > 1:
            told = f"{incoming.chinese[0].text}: its Chinese names several concepts: {', '.join(found)}"
            self.conflicts.append(Message(incoming.place, told))
        return (self.shelf[found[0]] if len(found) == 1 else None), len(found) < 2

    def _created(self, incoming: Incoming, names: list[Name]) -> Shelved | None:
        named = [form for form in incoming.chinese if HAN.search(form.text)]
        head = next((form for form in named if form.region is None), named[0])
        first = next((n for status in ("preferred", None, "admitted") for n in names if n.status == status), None)
        if first is None:
            self.left_out.append(Message(incoming.place, f"{head.text}: no English name that may be used"))
            return None
        entry: dict[str, Any] = {"zh": in_simplified(head.text), "preferred": first.text}
        own = incoming.id if incoming.id and _ID.fullmatch(incoming.id) else ""
        entry["id"] = self._free(own if own and not _COUNTED_ID.fullmatch(own) else slug(first.text) or own)
        if not entry["id"]:
            self.left_out.append(Message(first.place, f"{head.text}: no id can be made of the English"))
            return None
        entry["status"] = "proposed"
        entry |= variants_of(entry["zh"], [form for form in incoming.chinese if form is not head])
        for name in names:
            status = "admitted" if name.status in ("preferred", None) else name.status
            try:
                put_name(entry, name._replace(status=status), replace=False, exact=True)
            except Clash as clash:
                self.conflicts.append(Message(name.place, f"{entry['id']}: {clash}"))
        entry |= {key: value for key, value in incoming.values.items() if key not in REFERENCES and value}
        entry = {key: value for key, value in entry.items() if value != _DEFAULTS.get(key)}
        self._shelve(Shelved(entry, None, self.file or self._file(incoming.subject)))
        return self.shelf[entry["id"]]

    def _free(self, name: str) -> str:
        """The id, with a number where it is taken."""
        if not name or name not in self.shelf:
            return name
        return next(made for number in range(2, 10_000) if (made := f"{name}-{number}") not in self.shelf)

    def _file(self, subject: str | None) -> Path:
        wanted = slug(subject or "")
        return self.tree.terms / (wanted if wanted in self._fields else "imported") / "imported.yaml"

    def _merge(self, shelved: Shelved, incoming: Incoming, names: list[Name]) -> None:
        entry = shelved.entry
        for form in incoming.chinese:
            if not chinese_is_known(entry, form):
                entry.setdefault("zh_variants", []).append(form_of(form.text, form.region))
                shelved.added.append(form.text)
                self._by_form.setdefault(fold(form.text), []).append(entry["id"])
        for name in names:
            try:
                done = put_name(entry, name, self.replace)
            except Clash as clash:
                self.conflicts.append(Message(name.place, f"{entry['id']}: {clash}"))
            else:
                shelved.added += [done] if done else []
        for key, value in incoming.values.items():
            if key not in REFERENCES:
                self._value(shelved, key, value, incoming.at(key))

    def _value(self, shelved: Shelved, key: str, value: Any, place: str) -> None:
        entry = shelved.entry
        if isinstance(value, dict):
            inner = entry.get(key, {})
            for name, below in value.items():
                made, done = self._settled(f"{key}.{name}", inner.get(name), below, entry, place)
                inner = {**inner, name: made}
                shelved.added += [f"{key}.{name}"] if done else []
            entry[key] = inner
            return
        standing = entry.get(key, _DEFAULTS.get(key) if not shelved.is_new else None)
        made, done = self._settled(key, standing, value, entry, place)
        if done:
            entry[key] = made
            shelved.added.append(f"another {key}" if standing and not isinstance(value, list) else key)

    def _settled(self, key: str, old: Any, new: Any, entry: dict[str, Any], place: str) -> tuple[Any, bool]:
        """``(value, changed)`` of a key; a list grows, a different text is a conflict unless it may be replaced."""
        if isinstance(new, list):
            standing = [old] if isinstance(old, str) else list(old or ())
            known = {item["url"] if isinstance(item, dict) else item for item in standing}
            more = [item for item in new if (item["url"] if isinstance(item, dict) else item) not in known]
            return (standing + more, True) if more else (old, False)
        if old is None or (self.replace and old != new):
            return new, old != new
        if old != new:
            self.conflicts.append(Message(place, f"{entry['id']}: {key} is {new!r} there, {old!r} here"))
        return old, False

    def _references(self, incoming: Incoming, shelved: Shelved, ids: dict[str, str]) -> None:
        for key in REFERENCES:
            value = incoming.values.get(key, [])
            targets = [ids.get(target, target) for target in ([value] if isinstance(value, str) else value)]
            known = [target for target in targets if target in self.shelf]
            self.lost["references to concepts that are not there"] += len(targets) - len(known)
            found = [target for target in known if target != shelved.entry["id"]]
            if found:
                self._value(shelved, key, found if key == "distinct_from" else found[0], incoming.at(key))


def _seen(text: str) -> str:
    """A term without the characters that nobody sees, such as the blanks of no width that word processors leave."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")
