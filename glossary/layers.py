"""The glossary in use: the curated concepts with house-style layers over them, loaded, looked up, signed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from glossary.cache import cache_key, kept_tables, signature_of
from glossary.compiled import Table, compile_tables
from glossary.concept import Concept, Morpheme, unpacked_concept
from glossary.digest import sha256
from glossary.problems import GlossaryError, Problem
from glossary.version import VERSION

ROOT = Path(__file__).parent
GOOD_LISTS = ("admitted", "short", "abbreviations", "ignore")
MAX_BYTES = 4_000_000  # of one file
DATA = ("names.yaml", "pairs.yaml", "sources.yaml")


class Glossary:
    """Concepts and morphemes with their compiled tables. Make one with `load`. It can be pickled, for other machines."""

    def __init__(self, tables: Table, signature: str) -> None:
        self.tables = tables
        self.signature = signature
        self._made: dict[int, Concept] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return Glossary, (self.tables, self.signature)

    @cached_property
    def concepts(self) -> Sequence[Concept]:
        """Every concept that is not withdrawn, in file order."""
        made = [self.concept_at(number) for number in range(len(self.tables["ids"]))]
        return [concept for concept in made if concept.status != "withdrawn"]

    def concept_at(self, number: int) -> Concept:
        """The concept at an index of the compiled tables."""
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = Concept.unpacked(self._concept_text(number))
        return made

    def plain_concepts(self) -> list[Table]:
        """Every concept as the mapping it was made of, withdrawn ones too."""
        return [unpacked_concept(self._concept_text(number)) for number in range(len(self.tables["ids"]))]

    def _concept_text(self, number: int) -> str:
        text: str | bytes = self.tables["concepts"][number]
        return text if isinstance(text, str) else text.decode()

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {concept_id: number for number, concept_id in enumerate(self.tables["ids"])}

    def concept(self, concept_id: str) -> Concept | None:
        """The concept with this id, or None."""
        number = self._numbers.get(concept_id)
        return None if number is None else self.concept_at(number)

    @cached_property
    def morphemes(self) -> dict[str, Morpheme]:
        """The morpheme classes by key."""
        made = map(self._morpheme_at, range(len(self.tables["morphemes"])))
        return {morpheme.key: morpheme for morpheme in made}

    @cached_property
    def modifiers(self) -> list[Morpheme]:
        """The classes whose members must not be mixed on one page."""
        return [self._morpheme_at(number) for number in self.tables["modifiers"]]

    def morpheme(self, key: str) -> Morpheme:
        """One morpheme class; KeyError when there is none with this key."""
        return self._morpheme_at(self._morpheme_numbers[key])

    @cached_property
    def _morpheme_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.tables["classes"])}

    def _morpheme_at(self, number: int) -> Morpheme:
        plain = json.loads(self.tables["morphemes"][number])
        values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in plain.items()}
        return Morpheme(**values)

    @cached_property
    def names(self) -> Table:
        """The rows of names.yaml ("places", "institutions") and pairs.yaml ("pairs")."""
        made: Table = json.loads(self.tables["names"])
        return made

    def without_observed(self, page: str) -> Glossary:
        """This glossary without the wrong forms and patterns that were observed on ``page`` alone.

        ``page`` is the first 8 hex digits of the SHA-256 of the page's text.
        """
        concepts = self.plain_concepts()
        for concept in concepts:
            for key in ("wrong", "deprecated", "patterns"):
                if key in concept:
                    concept[key] = [item for item in concept[key] if item.get("observed") != [page]]
        return self._recompiled(concepts, f"{self.signature} without {page}")

    def without_patterns(self) -> Glossary:
        """This glossary with its patterns switched off, to measure what they find."""
        concepts = self.plain_concepts()
        for concept in concepts:
            concept.pop("patterns", None)
        return self._recompiled(concepts, f"{self.signature} without patterns")

    def _recompiled(self, concepts: list[Table], signature: str) -> Glossary:
        names = {**self.names, "hosts": {}}
        morphemes = [json.loads(text) for text in self.tables["morphemes"]]
        return Glossary(compile_tables(concepts, morphemes, names), signature)


def load(*layers: str | Path) -> Glossary:
    """The curated glossary with ``layers`` (YAML files or folders of them) laid over it, later ones last.

    Raises GlossaryError naming every mistake with file, line and column; OSError when a layer cannot be read.
    """
    curated = _files(ROOT / "terms")
    morphemes = _files(ROOT / "morphemes")
    extra = [path for layer in layers for path in _layer_files(Path(layer))]
    data = [path for name in DATA if (path := ROOT / name).is_file()]
    paths = [*curated, *morphemes, *data, *extra]
    signature = signature_of(paths, lambda: _signature(path.read_bytes() for path in paths))
    names = [str(path).removeprefix(f"{ROOT}{os.sep}") for path in paths]
    key = cache_key([*(name.encode() for name in names), signature.encode()], VERSION)

    def build() -> Table:
        contents = {path: path.read_bytes() for path in paths}
        if _signature(contents.values()) != signature:
            raise GlossaryError(
                [Problem(str(paths[-1]), 1, 1, "the glossary was edited while it was read; start again")]
            )
        return _build(contents, curated, morphemes, data, extra)

    return Glossary(kept_tables(key, build), signature[:16])


def load_tree(terms: Path) -> Glossary:
    """The glossary of a working tree: ``terms`` and, where they lie beside it, its morphemes, names and pairs.

    What the tree lacks is taken from the installed copy. Nothing is cached. Raises as `load`.
    """
    beside = terms.parent
    folder = beside / "morphemes" if (beside / "morphemes").is_dir() else ROOT / "morphemes"
    data = [path if (path := beside / name).is_file() else ROOT / name for name in DATA]
    curated, morphemes = _files(terms), _files(folder)
    contents = {path: path.read_bytes() for path in [*curated, *morphemes, *data]}
    return Glossary(_build(contents, curated, morphemes, data, []), _signature(contents.values())[:16])


def _signature(contents: Iterable[bytes]) -> str:
    digest = sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    # A plain walk: `rglob` takes ten times as long, and this runs at every start.
    found = (
        os.path.join(parent, name) for parent, _, names in os.walk(folder) for name in names if name.endswith(".yaml")
    )
    return [Path(name) for name in sorted(found)]


def _layer_files(layer: Path) -> list[Path]:
    if layer.is_dir():
        found = _files(layer)
        if not found:
            raise FileNotFoundError(f"{layer}: no .yaml files in this folder")
        return found
    if not layer.is_file():
        raise FileNotFoundError(f"{layer}: no such glossary layer")
    return [layer]


def _build(
    contents: dict[Path, bytes], curated: list[Path], morphemes: list[Path], data: list[Path], extra: list[Path]
) -> Table:
    # Only a glossary that is not in the cache needs a YAML parser.
    from glossary.yaml_file import read_concepts, read_hosts, read_morphemes, read_names

    problems: list[Problem] = []
    concepts: list[Table] = []
    for path in curated:
        made, found = read_concepts(_name(path), _text(path, contents[path], problems), path.parent.name)
        concepts += made
        problems += found
    _refuse_doubled(concepts, "id", problems)
    for path in extra:
        made, found = read_concepts(_name(path), _text(path, contents[path], problems), "house-style", layer=True)
        problems += found
        _refuse_doubled(made, "id", problems)
        _lay_over(concepts, made, problems)
    classes: list[Table] = []
    for path in morphemes:
        made, found = read_morphemes(_name(path), _text(path, contents[path], problems))
        classes += made
        problems += found
    _refuse_doubled(classes, "key", problems)
    names: Table = {"places": [], "institutions": [], "pairs": [], "hosts": {}}
    for path in data:
        text = _text(path, contents[path], problems)
        if path.name == "sources.yaml":
            names["hosts"], found = read_hosts(_name(path), text)
        else:
            made_names, found = read_names(_name(path), text)
            names |= made_names
        problems += found
    problems += check_templates(concepts, classes)
    if problems:
        raise GlossaryError(problems)
    return compile_tables(concepts, classes, names)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT.parent)) if path.is_relative_to(ROOT.parent) else str(path)


def _text(path: Path, content: bytes, problems: list[Problem]) -> str:
    if len(content) > MAX_BYTES:
        problems.append(Problem(_name(path), 1, 1, f"the file is larger than {MAX_BYTES:,} bytes"))
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(Problem(_name(path), 1, 1, f"not UTF-8 at byte {error.start}"))
        return ""


def _refuse_doubled(entries: list[Table], key: str, problems: list[Problem]) -> None:
    seen: dict[str, Table] = {}
    for entry in entries:
        first = seen.setdefault(entry[key], entry)
        if first is not entry:
            message = f"the {key} {entry[key]!r} is taken by {first['file']}:{first['line']}"
            problems.append(Problem(entry["file"], entry["line"], 1, message))


def _lay_over(concepts: list[Table], layer: list[Table], problems: list[Problem]) -> None:
    by_id = {concept["id"]: number for number, concept in enumerate(concepts)}
    for entry in layer:
        number = by_id.get(entry["id"])
        if number is None:
            if entry.get("zh") and entry.get("preferred"):
                concepts.append({"field": "house-style", **entry})
            else:
                message = f"{entry['id']!r} is not in the glossary; a new concept needs zh and preferred"
                problems.append(Problem(entry["file"], entry["line"], 1, message))
            continue
        base = concepts[number]
        merged = {**base, **entry}
        if "preferred" in entry and entry["preferred"] != base["preferred"]:
            admitted = [*merged.get("admitted", []), base["preferred"]]
            if "plural" not in entry:
                merged.pop("plural", None)
            merged["admitted"] = [form for form in dict.fromkeys(admitted) if form != entry["preferred"]]
        concepts[number] = merged


def check_templates(concepts: list[Table], classes: list[Table]) -> list[Problem]:
    """Templates that cannot be read, name an unknown class, or stand for too much."""
    from glossary.templates import MAX_CLASSES, MAX_EXPANSIONS, TemplateError, count_expansions, is_template, parse

    sizes = {entry["key"]: len(entry.get("marked", ())) + len(entry.get("plain", ())) for entry in classes}
    problems = []
    for concept in concepts:
        forms = [concept["preferred"], *(form for key in GOOD_LISTS for form in concept.get(key, ()))]
        forms += [item["en"] for key in ("deprecated", "wrong", "patterns") for item in concept.get(key, ())]
        for form in forms:
            if not is_template(form):
                continue
            message = None
            try:
                slots = parse(form)
            except TemplateError as error:
                message = str(error)
            else:
                keys = [slot.values[0] for slot in slots if slot.kind == "class"]
                unknown = [key for key in keys if key not in sizes]
                total = count_expansions(slots, sizes)
                if unknown:
                    message = f"{form!r} uses an unknown morpheme {unknown[0]!r}"
                elif len(keys) > MAX_CLASSES:
                    message = f"{form!r} uses {len(keys)} classes; at most {MAX_CLASSES}"
                elif total > MAX_EXPANSIONS:
                    message = f"{form!r} stands for {total:,} strings; at most {MAX_EXPANSIONS:,}"
            if message:
                problems.append(Problem(concept["file"], concept["line"], 1, f"{concept['id']}: {message}"))
    return problems
