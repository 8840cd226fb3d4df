"""What the rules on the glossary share: the tree, its forms folded and looked up, and how a finding is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from checker.document import Document
from checker.finding import Finding, Severity
from checker.glossary_lint.form import Form, beginnings_of, forms_of
from checker.options import Options
from checker.page import Page
from checker.spotting.spotter import Spotter
from checker.together import spot_together
from glossary import Glossary
from glossary.digest import sha256
from glossary.folding import fold
from glossary.working_tree import TreeFile, WorkingTree


class Desk:
    """A working tree laid out for the rules, with the clean English of ``controls`` beside it."""

    def __init__(self, tree: WorkingTree, controls: Sequence[Document] = ()) -> None:
        self.tree = tree
        self.controls = controls

    @property
    def glossary(self) -> Glossary:
        """What can be used of the tree."""
        return self.tree.glossary

    @cached_property
    def spotter(self) -> Spotter:
        """The one spotter of the tree's glossary."""
        return Spotter(self.glossary)

    @cached_property
    def entries(self) -> list[tuple[TreeFile, int, dict[str, Any]]]:
        """``(file, number in it, entry)`` of every concept that is not withdrawn."""
        return [item for item in self.tree.concepts if item[2].get("status") != "withdrawn"]

    @cached_property
    def forms(self) -> list[Form]:
        """Every English form of every concept that is not withdrawn."""
        return [form for file, number, entry in self.entries for form in forms_of(file, number, entry)]

    @cached_property
    def approved(self) -> dict[str, list[Form]]:
        """The approved forms by folded string; abbreviations, which are case-exact, are left out."""
        found: dict[str, list[Form]] = defaultdict(list)
        for form in self.forms:
            if form.approved and form.status != "abbreviation":
                for surface in form.surfaces:
                    found[surface].append(form)
        return found

    @cached_property
    def approved_beginnings(self) -> set[str]:
        """The `beginnings_of` the approved forms."""
        return beginnings_of(self.approved)

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The folded strings that some concept exempts."""
        return frozenset(surface for form in self.forms if form.status == "ignore" for surface in form.surfaces)

    @cached_property
    def ignored_beginnings(self) -> set[str]:
        """The `beginnings_of` the strings that some concept exempts."""
        return beginnings_of(self.ignored)

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The entries by id, withdrawn ones too; of a doubled id the first."""
        found: dict[str, dict[str, Any]] = {}
        for _, _, entry in self.tree.concepts:
            found.setdefault(entry["id"], entry)
        return found

    @cached_property
    def marked(self) -> dict[str, int]:
        """How many marked members each morpheme class has."""
        return {entry["key"]: len(entry.get("marked", ())) for _, entry in self.tree.morphemes}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many members each morpheme class has."""
        return {
            entry["key"]: len(entry.get("marked", ())) + len(entry.get("plain", ())) for _, entry in self.tree.morphemes
        }

    def pages(self, texts: Sequence[tuple[str, Options]]) -> list[Page]:
        """A page for each text with its options, spotted together."""
        pages = [Page(Document("text", text), self.spotter, options) for text, options in texts]
        spot_together(pages)
        return pages

    @cached_property
    def control_pages(self) -> list[Page]:
        """The pages of clean English, spotted together."""
        pages = [Page(document, self.spotter, Options()) for document in self.controls]
        spot_together(pages)
        return pages

    def form_at(self, concept_id: str, status: str, en: str) -> Form | None:
        """The form of a concept with this status and text."""
        return self._by_text.get((concept_id, status, en))

    @cached_property
    def _by_text(self) -> dict[tuple[str, str, str], Form]:
        return {(form.entry["id"], form.status, form.en): form for form in self.forms}

    def related(self, one: dict[str, Any], other: dict[str, Any]) -> bool:
        """Whether either of two entries names the other as broader, distinct or its successor."""
        return any(
            b["id"] in (a.get("broader"), a.get("replaced_by"), *a.get("distinct_from", ()))
            for a, b in ((one, other), (other, one))
        )

    # -- findings ----------------------------------------------------------------------------------------------

    def at_form(self, form: Form, message: str, severity: Severity, suggestion: str | None = None) -> Finding:
        """A finding at a form's text."""
        return self.at(form.file, form.path, message, severity, form.entry, suggestion)

    def at_key(
        self, file: TreeFile, number: int, entry: dict[str, Any], key: str, message: str, severity: Severity
    ) -> Finding:
        """A finding at the value of a concept's key (``examples/right/0``), or at the concept where it is missing."""
        return self.at(file, f"{number}/{key}", message, severity, entry)

    def at(
        self,
        file: TreeFile,
        path: str,
        message: str,
        severity: Severity,
        entry: dict[str, Any] | None = None,
        suggestion: str | None = None,
    ) -> Finding:
        """A finding at the value that ``path`` leads to, or at the nearest one above it that is there."""
        spans = file.spans
        where = path
        while where and where not in spans:
            where = where.rpartition("/")[0]
        start, end = spans.get(where, (0, 0))
        return self.at_span(file, start, end, message, severity, entry, suggestion)

    def at_span(
        self,
        file: TreeFile,
        start: int,
        end: int,
        message: str,
        severity: Severity,
        entry: dict[str, Any] | None = None,
        suggestion: str | None = None,
    ) -> Finding:
        """A finding at a span of a file's text, in code points. Its rule is filled in by `findings`."""
        document = self.document(file)
        line, column = document.position(start)
        end_line, end_column = document.position(end)
        quote = file.text[start:end]
        content = "\n".join([entry["id"] if entry else file.name, fold(quote), message])
        return Finding(
            path=file.name, record=None, rule="", name="", category="glossary",
            mqm="Terminology / terminology resource", severity=severity, confidence="high", start=start, end=end,
            line=line, column=column, end_line=end_line, end_column=end_column, quote=quote, message=message,
            fingerprint=sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            concept=entry["id"] if entry and "id" in entry else None, zh=entry["zh"] if entry else None,
            suggestion=suggestion,
        )  # fmt: skip

    def document(self, file: TreeFile) -> Document:
        """The text of a file as reports take it."""
        return self._documents.setdefault(file.name, Document(file.name, file.text))

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}
