"""Accepted findings: the file ``yigai-accepted.yaml`` beside the pages, and comments in them.

An entry accepts ``count`` places of what one rule finds in one page at one fingerprint; with a reason it is a
suppression, without one part of a baseline. The fingerprint holds the words around, so that an entry lapses when the
text changes. Which rules there are and what they find is none of this module's business.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from checker.accept_comments import AcceptComment, accept_comments
from checker.config import ConfigError
from checker.document import Document
from checker.finding import Finding, Place
from checker.rules.acceptance.acceptance_without_reason import RULE as WITHOUT_REASON
from checker.rules.acceptance.lapsed_acceptance import RULE as LAPSED
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    import yaml

    from glossary.yaml_file import EntryReader

FILE_NAME = "yigai-accepted.yaml"
ENTRY_KEYS = ("path", "rule", "fingerprint", "count", "quote", "reason")
_HEAD = (
    "# Findings of yigai that are accepted. With a reason: a decision; without one: a fault that was there before.\n"
)
_NEEDS_CHINESE = "BIL"
_QUOTED = 60  # characters
_SIZE_LIMIT = 64 * 1024 * 1024  # bytes


class _Rule(Protocol):
    @property
    def code(self) -> str: ...
    def matches(self, selector: str) -> bool: ...


class AcceptanceError(ConfigError):
    """A file of accepted findings that cannot be used; the message names the place."""


class Entry(NamedTuple):
    """One accepted finding. ``path`` is relative to the folder of the file, with ``/``; ``quote`` is for people.

    ``place`` is where its fingerprint stands in the file, ``lead`` the lines of comment above it.
    """

    path: str
    rule: str
    fingerprint: str
    count: int  # type: ignore[assignment]  # hides tuple.count
    quote: str = ""
    reason: str = ""
    place: Place = (0, 0)
    lead: str = ""

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

        reader = EntryReader(_shown(self.path), self.text)
        root = reader.root()
        starts = _line_starts(self.text)
        lines = self.text.split("\n")
        for node in reader.items(root, "accepted findings") if root is not None else ():
            values = reader.mapping(node, ENTRY_KEYS, "accepted finding")
            for key in ("path", "rule", "fingerprint"):
                if key not in values:
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
            entry = Entry(
                words["path"], words["rule"], words["fingerprint"], int(count), words.get("quote", ""),
                words.get("reason", ""), place, _lead(lines, first),
            )  # fmt: skip
            if entry.key in self.entries:
                reader.problem(node, "the same finding is accepted twice")
            self.entries[entry.key] = entry
        if reader.problems:
            raise AcceptanceError(str(reader.problems[0]))
        first_entry = next(iter(self.entries.values()), None)
        if first_entry is not None and first_entry.lead:  # what stands at the top belongs to the file
            self.head = first_entry.lead
            self.entries[first_entry.key] = first_entry._replace(lead="")

    def write(self) -> None:
        """Write the entries, by path, rule and fingerprint. Raises OSError; the old file is then untouched."""
        from glossary.atomic import write_atomically

        write_atomically(self.path, accepted_yaml(self.entries.values(), self.head))


def accepted_yaml(entries: Iterable[Entry], head: str = _HEAD) -> str:
    """The text of a file of entries, by path, rule and fingerprint, after the comment ``head``."""
    import yaml

    made = [head]
    for entry in sorted(entries, key=lambda entry: entry.key):
        values = {
            key: _sayable(value) if isinstance(value, str) else value
            for key in ENTRY_KEYS
            if (value := getattr(entry, key)) != ""
        }
        made.append(entry.lead + yaml.safe_dump([values], sort_keys=False, allow_unicode=True, width=2**30))
    return "".join(made)


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


def _lead(lines: Sequence[str], line: int) -> str:
    """The lines of comment directly above a 0-based line."""
    first = line
    while 0 < first <= len(lines) and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return "".join(f"{text}\n" for text in lines[first:line])


class Acceptance:
    """What is accepted, applied to the findings of a run, page by page.

    ``rules`` are those that run; ``folder`` is where a file is made when there is none for a page yet. With ``prune``
    the files are rid of lapsed entries at the end of the run.
    """

    def __init__(self, rules: Iterable[_Rule], folder: Path | None = None, prune: bool = False) -> None:
        self._codes = frozenset(rule.code for rule in rules)
        self._folder = folder or Path.cwd()
        self._files: dict[Path, AcceptedFile] = {}
        self._of_folder: dict[str, AcceptedFile | None] = {}
        self._left: dict[tuple[Path, tuple[str, str, str]], int] = {}
        self._seen: Counter[tuple[Path, tuple[str, str, str]]] = Counter()
        self._pages: dict[tuple[Path, str], set[str]] = {}  # those checked, with the rules that looked at them
        self._counts: dict[Path, defaultdict[str, dict[tuple[str, str], int]]] = {}  # by page
        self._prune = prune
        self.accepted = 0
        self.pruned: list[tuple[str, int]] = []

    def sift(
        self,
        document: Document,
        blocks: Sequence[Place],
        shown: Sequence[Finding],
        found: Sequence[Finding],
        rules: Sequence[_Rule],
    ) -> list[Finding]:
        """``shown`` without what is accepted, with what is wrong with the comments of the page, by place.

        ``found`` are the findings of any confidence, by which it is judged whether a comment or an entry has lapsed;
        ``rules`` those that looked at the page.
        """
        return self.sift_entries(document.path, sift_comments(document, blocks, shown, found, rules))

    def sift_entries(self, path: str, sifted: Sifted) -> list[Finding]:
        """What is left of the findings of the page of a path, after its comments, without what the files accept."""
        file = self._file_for(path)
        shown: Sequence[Finding] = sifted.shown
        if file is not None and file.entries:
            within = _within(path, file.path)
            self._pages.setdefault((file.path, within), set()).update(sifted.rules)
            shown = self._without_entries(file, within, shown, sifted.found)
        self.accepted += sifted.accepted + len(sifted.shown) - len(shown)
        return sorted([*shown, *sifted.notes], key=lambda finding: (finding.start, finding.end, finding.rule))

    def entries_of(self, path: str) -> dict[tuple[str, str], int]:
        """How many places are accepted on the page of a path, by rule and fingerprint."""
        file = self._file_for(path)
        if file is None or not file.entries:
            return {}
        if file.path not in self._counts:
            counts = self._counts[file.path] = defaultdict(dict)
            for entry in file.entries.values():
                counts[entry.path][entry.rule, entry.fingerprint] = entry.count
        return self._counts[file.path].get(_within(path, file.path), {})

    def _without_entries(
        self, file: AcceptedFile, path: str, shown: Sequence[Finding], found: Mapping[tuple[str, str], int]
    ) -> list[Finding]:
        for (rule, fingerprint), count in found.items():
            self._seen[file.path, (path, rule, fingerprint)] += count
        kept = []
        for finding in shown:
            key = (path, finding.rule, finding.fingerprint)
            entry = file.entries.get(key)
            left = self._left.setdefault((file.path, key), entry.count if entry else 0)
            if finding.count <= left:
                self._left[file.path, key] = left - finding.count
            else:
                kept.append(finding)
        return kept

    def _file_for(self, path: str) -> AcceptedFile | None:
        """The closest file in the folder of a page or above it."""
        given = os.path.dirname(path)
        if given not in self._of_folder:
            folder = Path(os.path.abspath(path)).parent
            self._of_folder[given] = next(
                (self._opened(at / FILE_NAME) for at in (folder, *folder.parents) if (at / FILE_NAME).is_file()), None
            )
        return self._of_folder[given]

    def _opened(self, path: Path) -> AcceptedFile:
        if path not in self._files:
            self._files[path] = AcceptedFile(path)
        return self._files[path]

    def _lapsed(self, file: AcceptedFile) -> list[tuple[Entry, int]]:
        """The entries of a file that accept more places than there are, with the number that is left."""
        made = []
        for entry in file.entries.values():
            rules = self._pages.get((file.path, entry.path))
            if rules is None:
                if not any(os.path.lexists(file.path.parent / name) for name in (entry.path, _meant(entry.path))):
                    made.append((entry, 0))
            elif entry.rule in rules:
                left = self._seen[file.path, entry.key]
                if left < entry.count:
                    made.append((entry, left))
        return made

    def notes(self) -> list[Finding]:
        """What is wrong with the files that the run used: lapsed entries, and those without a reason. Raises OSError."""
        if self._prune:
            self.pruned = self._without_lapsed()
        made: list[Finding] = []
        for path, file in sorted(self._files.items()):
            document = Document(_shown(path), file.text)
            if LAPSED.code in self._codes:
                for entry, left in self._lapsed(file):
                    what = "no longer occurs" if left == 0 else f"has {left} of {entry.count} places left"
                    quote = f" “{entry.quote}”" if entry.quote else ""
                    message = f"What is accepted here ({entry.rule}{quote} in {entry.path}) {what}."
                    made.append(_note(document, LAPSED, [entry.place], message))
            bare = [entry.place for entry in file.entries.values() if not entry.reason]
            if bare and WITHOUT_REASON.code in self._codes:
                count = "1 entry gives" if len(bare) == 1 else f"{len(bare)} entries give"
                made.append(_note(document, WITHOUT_REASON, bare, f"{count} no reason."))
        return made

    def accept(self, findings: Iterable[Finding], reason: str = "") -> list[tuple[str, int]]:
        """Write entries for findings beside those there are; returns each file written and how many were new.

        An entry that is there keeps its reason unless another is given. Raises OSError.
        """
        added: Counter[Path] = Counter()
        counts: dict[Path, Counter[tuple[str, str, str]]] = defaultdict(Counter)
        quotes: dict[tuple[str, str, str], str] = {}
        for finding in findings:
            if finding.category == LAPSED.category:
                continue
            file = self._file_for(finding.path) or self._opened(self._folder / FILE_NAME)
            key = (_within(finding.path, file.path), finding.rule, finding.fingerprint)
            counts[file.path][key] += finding.count
            quotes.setdefault(key, _short(finding.shown or finding.quote))
            added[file.path] += 1
        for path, counted in counts.items():
            file = self._files[path]
            for key, count in counted.items():
                old = file.entries.get(key)
                used = (old.count - self._left.get((path, key), old.count)) if old else 0
                file.entries[key] = Entry(
                    *key, count + used, quotes[key], reason or (old.reason if old else ""), lead=old.lead if old else ""
                )
            file.write()
        return [(_shown(path), count) for path, count in sorted(added.items())]

    def _without_lapsed(self) -> list[tuple[str, int]]:
        """Take lapsed entries out of the files, or lower their counts; returns each file and how many."""
        done = []
        for path, file in sorted(self._files.items()):
            lapsed = self._lapsed(file)
            for entry, left in lapsed:
                if left:
                    file.entries[entry.key] = entry._replace(count=left)
                else:
                    del file.entries[entry.key]
            if lapsed:
                file.write()
                self._files[path] = AcceptedFile(path)
                done.append((_shown(path), len(lapsed)))
        return done


class Sifted(NamedTuple):
    """What the comments of a page leave of its findings.

    ``shown`` are those that are left, ``found`` counts the places of those of any confidence by rule and fingerprint;
    ``notes`` say what is wrong with the comments; ``rules`` are the codes of those that looked at the page;
    ``accepted`` is the number left out.
    """

    shown: tuple[Finding, ...]
    found: dict[tuple[str, str], int]
    notes: tuple[Finding, ...] = ()
    rules: tuple[str, ...] = ()
    accepted: int = 0


def without_accepted(findings: Iterable[Finding], accepted: Mapping[tuple[str, str], int]) -> list[Finding]:
    """The findings without those of which so many places are accepted, by rule and fingerprint."""
    left = dict(accepted)
    kept = []
    for finding in findings:
        key = finding.rule, finding.fingerprint
        if finding.count <= left.get(key, 0):
            left[key] -= finding.count
        else:
            kept.append(finding)
    return kept


def sift_comments(
    document: Document,
    blocks: Sequence[Place],
    shown: Sequence[Finding],
    found: Sequence[Finding],
    rules: Sequence[_Rule],
) -> Sifted:
    """What the comments of a page leave; the arguments as of `Acceptance.sift`. Knows of no other page and no file."""
    if document.source is None:
        rules = [rule for rule in rules if not rule.code.startswith(_NEEDS_CHINESE)]
    notes: tuple[Finding, ...] = ()
    count = len(shown)
    comments = accept_comments(document, blocks)
    if comments:
        notes = tuple(_comment_notes(document, comments, found, rules))
        shown = [kept for finding in shown if (kept := _outside(document, finding, comments, rules)) is not None]
        found = [kept for item in found if (kept := _outside(document, item, comments, rules)) is not None]
    places: Counter[tuple[str, str]] = Counter()
    for item in found:
        places[item.rule, item.fingerprint] += item.count
    codes = tuple(rule.code for rule in rules)
    return Sifted(tuple(shown), dict(places), notes, codes, count - len(shown))


def _outside(
    document: Document, finding: Finding, comments: Sequence[AcceptComment], rules: Sequence[_Rule]
) -> Finding | None:
    """The finding with the places that no comment accepts; None when all are accepted."""
    scopes = [comment.scope for comment in comments if _selects(comment, finding.rule, rules)]
    scopes += [(comment.start, comment.end) for comment in comments]  # the comment itself is no text
    kept = [place for place in finding.places if not any(_lies_in(place, scope) for scope in scopes)]
    if len(kept) == len(finding.places):
        return finding
    if not kept:
        return None
    (start, end), *also = kept
    line, column = document.position(start)
    end_line, end_column = document.position(end)
    quote, seen = document.text[start:end], document.shown(start, end)
    return finding._replace(start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column,
        quote=quote, shown=None if seen == quote else seen, also=tuple(also), count=len(kept),
        fixes=tuple(fix for fix in finding.fixes if not any(_lies_in((fix.start, fix.end), s) for s in scopes)),
    )  # fmt: skip


def _comment_notes(
    document: Document, comments: Sequence[AcceptComment], found: Sequence[Finding], rules: Sequence[_Rule]
) -> Iterable[Finding]:
    codes = {rule.code for rule in rules}
    for comment in comments if LAPSED.code in codes else ():
        place = (comment.start, comment.end)
        if not comment.rules:
            yield _note(document, LAPSED, [place], "This comment names no rule, so it accepts nothing.")
        elif any(rule.matches(word) for rule in rules for word in comment.rules) and not any(
            _selects(comment, finding.rule, rules) and _lies_in(at, comment.scope)
            for finding in found
            for at in finding.places
        ):
            message = f"What is accepted here ({', '.join(comment.rules)}) no longer occurs."
            yield _note(document, LAPSED, [place], message)
    bare = [(comment.start, comment.end) for comment in comments if not comment.reason]
    if bare and WITHOUT_REASON.code in codes:
        count = "1 comment gives" if len(bare) == 1 else f"{len(bare)} comments give"
        yield _note(document, WITHOUT_REASON, bare, f"{count} no reason.")


def _selects(comment: AcceptComment, code: str, rules: Sequence[_Rule]) -> bool:
    return any(rule.code == code and rule.matches(word) for rule in rules for word in comment.rules)


def _note(document: Document, rule: Rule, places: Sequence[Place], message: str) -> Finding:
    (start, end), *also = places
    line, column = document.position(start)
    end_line, end_column = document.position(end)
    quote = document.text[start:end]
    content = "\n".join([rule.code, document.path, quote])
    return Finding(
        document.path, document.record, *rule.label, rule.severity, rule.confidence, start, end, line, column,
        end_line, end_column, quote, message, hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        also=tuple(also), count=len(places),
    )  # fmt: skip


_SPELLED_OUT = lazy(r"\\u(d[89a-f][0-9a-f]{2})")


def _within(path: str, file: Path) -> str:
    if path == "-":
        return path
    return _sayable(os.path.relpath(os.path.abspath(path), file.parent).replace(os.sep, "/"))


def _sayable(text: str) -> str:
    """``text`` as YAML can hold it: lone surrogates, as in names of files that are not UTF-8, are spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _meant(name: str) -> str:
    """The name of a file that `_sayable` spelled out."""
    return _SPELLED_OUT.sub(lambda match: chr(int(match[1], 16)), name)


def _shown(path: Path) -> str:
    shown = os.path.relpath(path)
    return (str(path) if shown.startswith(os.pardir) else shown).replace(os.sep, "/")


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1]}…"


def _lies_in(place: Place, scope: Place) -> bool:
    return scope[0] <= place[0] and place[1] <= scope[1]
