"""The file of accepted findings: ``yigai-accepted.yaml``.

An entry accepts ``count`` places of what one rule finds in one page at one fingerprint; with a reason it is a
suppression, without one part of a baseline. The fingerprint holds the words around, so that an entry lapses when the
text changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.acceptance.names import displayed, sayable
from checker.config import ConfigError
from checker.finding import Place

if TYPE_CHECKING:
    import yaml

    from glossary.yaml_file import EntryReader

FILE_NAME = "yigai-accepted.yaml"
ENTRY_KEYS = ("path", "rule", "fingerprint", "count", "quote", "reason")
_HEAD = (
    "# Findings of yigai that are accepted. With a reason: a decision; without one: a fault that was there before.\n"
)
_SIZE_LIMIT = 16 * 1024 * 1024  # bytes: reading takes seventy times as much memory


class AcceptanceError(ConfigError):
    """A file of accepted findings that cannot be used; the message names the place."""


class Entry(NamedTuple):
    """One accepted finding. ``path`` is relative to the folder of the file, with ``/``; ``quote`` is for people.

    ``place`` is where its fingerprint stands in the file, ``lead`` the lines of comment above it, ``written`` its own
    lines as they stand, which hold for it as long as nothing else of it changes.
    """

    path: str
    rule: str
    fingerprint: str
    count: int  # type: ignore[assignment]  # hides tuple.count
    quote: str = ""
    reason: str = ""
    place: Place = (0, 0)
    lead: str = ""
    written: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is told from other entries by."""
        return self.path, self.rule, self.fingerprint


class AcceptedFile:
    """One ``yigai-accepted.yaml``, or the ``text`` that an editor has of it.

    Raises AcceptanceError when it is there and cannot be used.
    """

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        self.text = ""
        self.head = _HEAD
        self.tail = ""
        self.entries: dict[tuple[str, str, str], Entry] = {}
        if text is not None or path.is_file():
            self.text = (self._content() if text is None else text).replace("\r\n", "\n")
            self._read()

    def _content(self) -> str:
        try:
            if self.path.stat().st_size > _SIZE_LIMIT:
                raise AcceptanceError(f"{self.path}: larger than {_SIZE_LIMIT:,} bytes")
            return self.path.read_bytes().decode("utf-8-sig")
        except OSError as problem:
            raise AcceptanceError(f"{self.path}: {problem.strerror}") from problem
        except UnicodeDecodeError as problem:
            raise AcceptanceError(f"{self.path}: not UTF-8: {problem.reason}") from problem

    def _read(self) -> None:
        from glossary.yaml_file import EntryReader

        reader = EntryReader(displayed(self.path), self.text)
        root = reader.root()
        starts = _line_starts(self.text)
        lines = [self.text[start:end] for start, end in itertools.pairwise(starts)]
        last = -1  # the line on which the last entry ends
        for node in reader.items(root, "accepted findings") if root is not None else ():
            values = reader.mapping(node, ENTRY_KEYS, "accepted finding")
            for key in ("path", "rule", "fingerprint"):
                if key not in values or not values[key].value:
                    reader.problem(node, f"an accepted finding needs the key {key!r}")
            if reader.problems:
                break
            words = {key: _words(reader, value, key) for key, value in values.items() if key != "count"}
            count = values["count"].value if "count" in values else "1"
            if not (isinstance(count, str) and count.isascii() and count.isdecimal() and 0 < len(count) < 10):
                reader.problem(values["count"], "count must be a whole number")
                count = "1"
            mark, end = values["fingerprint"].start_mark, values["fingerprint"].end_mark
            place = (starts[mark.line] + mark.column, starts[end.line] + end.column)
            first = node.start_mark.line
            lead = _lead(lines, first, last + 1)
            last = max(value.end_mark.line for value in values.values())
            written = "".join(lines[first : last + 1]).rstrip("\n") + "\n"
            entry = Entry(
                words["path"], words["rule"], words["fingerprint"], int(count), words.get("quote", ""),
                words.get("reason", ""), place, lead, written,
            )  # fmt: skip
            if entry.key in self.entries:
                reader.problem(node, "the same finding is accepted twice")
            self.entries[entry.key] = entry
        if reader.problems:
            raise AcceptanceError(str(reader.problems[0]))
        after = _lead(lines, len(lines), last + 1)
        first_entry = next(iter(self.entries.values()), None)
        if first_entry is not None:
            self.tail = after
        elif after:
            self.head = after
        if first_entry is not None and first_entry.lead:  # what stands at the top belongs to the file
            self.head = first_entry.lead
            self.entries[first_entry.key] = first_entry._replace(lead="")

    def write(self) -> None:
        """Write the entries, by path, rule and fingerprint. Raises OSError; the old file is then untouched."""
        from glossary.atomic import write_atomically

        write_atomically(self.path, accepted_yaml(self.entries.values(), self.head, self.tail))


def accepted_yaml(entries: Iterable[Entry], head: str = _HEAD, tail: str = "") -> str:
    """The text of a file of entries, by path, rule and fingerprint, between the comments ``head`` and ``tail``."""
    import yaml

    made = [head]
    for entry in sorted(entries, key=lambda entry: entry.key):
        if _is_entry(entry.written):
            made.append(entry.lead + entry.written)
            continue
        values = {
            key: sayable(value) if isinstance(value, str) else value
            for key in ENTRY_KEYS
            if (value := getattr(entry, key)) != ""
        }
        made.append(entry.lead + yaml.safe_dump([values], sort_keys=False, allow_unicode=True, width=2**30))
    return "".join([*made, tail])


def _is_entry(text: str) -> bool:
    """Whether lines are a whole entry of their own, and no part of a list in brackets, say."""
    import yaml

    if not text.startswith("- "):
        return False
    try:
        made = yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return len(made) == 1 and set(made[0]) <= set(ENTRY_KEYS)


def _words(reader: EntryReader, node: yaml.Node, key: str) -> str:
    """A string as it stands; names of files may begin and end with blanks."""
    if node.tag == "tag:yaml.org,2002:str":
        return str(node.value)
    return reader.string(node, key) or ""


def _line_starts(text: str) -> list[int]:
    # PyYAML counts lines at these ends too; inside quotes our own writer escapes them.
    starts = [0]
    for number, char in enumerate(text):
        if char in "\n\r\x85\u2028\u2029":
            starts.append(number + 1)
    return [*starts, len(text)]


def _lead(lines: Sequence[str], line: int, least: int = 0) -> str:
    """The lines of comment above a 0-based line, down to line ``least``, with empty ones among them; each has its end."""
    first = line
    while least < first <= len(lines) and lines[first - 1].lstrip()[:1] in ("", "#"):
        first -= 1
    found = [*itertools.dropwhile(lambda text: not text.strip(), lines[first:line])]
    made = "".join(found)
    return made if not made or made[-1] in "\n\r" else made + "\n"
