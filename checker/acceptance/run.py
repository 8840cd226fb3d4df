"""What is accepted, in files and in comments, applied to the findings of a run, page by page."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from checker.acceptance.file import FILE_NAME, AcceptedFile, Entry
from checker.acceptance.names import displayed, meant, seen_from_file, shortened
from checker.acceptance.notes import ChosenRule, note
from checker.acceptance.sifting import Sifted, sift_comments
from checker.document import Document
from checker.finding import Finding, Place
from checker.rules.acceptance.acceptance_without_reason import RULE as WITHOUT_REASON
from checker.rules.acceptance.lapsed_acceptance import RULE as LAPSED


class Acceptance:
    """What is accepted, applied to the findings of a run, page by page.

    ``rules`` are those that run; ``folder`` is where a file is made when there is none for a page yet. With ``prune``
    the files are rid of lapsed entries at the end of the run.
    """

    def __init__(self, rules: Iterable[ChosenRule], folder: Path | None = None, prune: bool = False) -> None:
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
        rules: Sequence[ChosenRule],
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
            within = seen_from_file(path, file.path)
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
        return self._counts[file.path].get(seen_from_file(path, file.path), {})

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
                # What standard input gave is no file that could be gone.
                if entry.path != "-" and not any(
                    os.path.lexists(file.path.parent / name) for name in (entry.path, meant(entry.path))
                ):
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
            document = Document(displayed(path), file.text)
            if LAPSED.code in self._codes:
                for entry, left in self._lapsed(file):
                    what = "no longer occurs" if left == 0 else f"has {left} of {entry.count} places left"
                    quote = f" “{entry.quote}”" if entry.quote else ""
                    message = f"What is accepted here ({entry.rule}{quote} in {entry.path}) {what}."
                    made.append(note(document, LAPSED, [entry.place], message))
            bare = [entry.place for entry in file.entries.values() if not entry.reason]
            if bare and WITHOUT_REASON.code in self._codes:
                count = "1 entry gives" if len(bare) == 1 else f"{len(bare)} entries give"
                made.append(note(document, WITHOUT_REASON, bare, f"{count} no reason."))
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
            key = (seen_from_file(finding.path, file.path), finding.rule, finding.fingerprint)
            counts[file.path][key] += finding.count
            quotes.setdefault(key, shortened(finding.shown or finding.quote))
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
        return [(displayed(path), count) for path, count in sorted(added.items())]

    def _without_lapsed(self) -> list[tuple[str, int]]:
        """Take lapsed entries out of the files, or lower their counts; returns each file and how many."""
        done = []
        for path, file in sorted(self._files.items()):
            lapsed = self._lapsed(file)
            for entry, left in lapsed:
                if left:
                    file.entries[entry.key] = entry._replace(count=left, written="")
                else:
                    del file.entries[entry.key]
            if lapsed:
                file.write()
                self._files[path] = AcceptedFile(path)
                done.append((displayed(path), len(lapsed)))
        return done
