"""What each fuzzing target does with its bytes. A broken promise is an AssertionError or worse."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

from checker.acceptance.file import AcceptanceError, AcceptedFile, accepted_yaml
from checker.batch.containers import MODULES, ContainerError, Fields, File
from checker.bitext import SourceText
from checker.blocks import sentences
from checker.dates import chinese_dates, date_mismatches, english_dates
from checker.document import Document
from checker.finding import CheckError
from checker.numbers import chinese_numbers, english_figure, english_numbers, mismatches
from checker.options import Options
from checker.page import Page
from checker.pipeline import Checker
from checker.readers import FORMATS, WITH_COLUMNS, Reading
from checker.readers.walk import read_content
from glossary.canonical import canonical
from glossary.exchange import ExchangeError, formats
from glossary.problems import GlossaryError
from glossary.yaml_file import read_concepts, read_morphemes
from tests.fuzz.packages import package
from tests.tiny import tiny_glossary

Target = Callable[[bytes], None]


@cache
def checker() -> Checker:
    """A checker with a small glossary: the readers and the parsers are to be fuzzed, not the size of the glossary."""
    return Checker(tiny_glossary(), Options(subject="health-reform", min_confidence="low"))


def holds(document: Document) -> None:
    """What every document promises, whatever it was read from."""
    text = document.text
    if document.view is not None:
        assert len(document.view) == len(text)
    last = 0
    for unit in document.units:
        assert last <= unit.start < unit.end <= len(text)
        last = unit.end
    for start, end, _ in document.outside:
        assert 0 <= start <= end <= len(text)
    if document.source is not None:
        for link in document.source.pairs or ():
            assert 0 <= link.start <= link.end <= len(text)
            assert 0 <= link.source_start <= link.source_end <= len(document.source.text)
    page = checker().page(document)
    position = 0
    for start, end in page.blocks:
        assert position <= start < end <= len(text)
        position = end
    for start, end in sentences(page.text, page.blocks):
        assert page.block_at(start) is not None
        assert start < end


def reader(name: str) -> Target:
    """The reader of a format. Bytes that are no archive stand for the parts of an Office file."""
    module = import_module(f"checker.readers.{FORMATS[name]}")

    def run(content: bytes) -> None:
        if name in ("docx", "xlsx"):
            whole = content if content.startswith(b"PK") else package(name, content)
            found = list(read_content(f"page.{name}", whole, Reading(name)))
        elif FORMATS[name] in WITH_COLUMNS:
            found = list(module.read(f"page.{name}", content, Reading(name)))
        else:
            found = list(module.read(f"page.{name}", content))
        assert found
        for item in found:
            assert isinstance(item, Document | CheckError)
            if isinstance(item, Document):
                holds(item)

    return run


def container(kind: str) -> Target:
    """The reader of a kind of files of many pages."""
    module = import_module(f"checker.batch.containers.{MODULES[kind]}")

    def run(content: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
            file.write(content)
            file.flush()
            with contextlib.suppress(ContainerError, OSError):
                list(module.pages(File("pages", file.name), Fields()))

    return run


def glossary(content: bytes) -> None:
    """The loader: any text gives entries or problems with a place; the canonical form is one and means the same."""
    text = content.decode("utf-8", "replace")
    lines = text.count("\n") + text.count("\r") + text.count("\u2028") + text.count("\u2029") + text.count("\x85") + 2
    for read, classes in ((read_concepts, False), (read_morphemes, True)):
        arguments = ("fuzz.yaml", text) if classes else ("fuzz.yaml", text, "test")
        found, problems = read(*arguments)  # type: ignore[operator]
        for problem in problems:
            assert 1 <= problem.line <= lines
        if problems:
            continue
        try:
            written = canonical("fuzz.yaml", text, classes)
        except GlossaryError:
            continue
        assert canonical("fuzz.yaml", written, classes) == written
        again, problems = read(*(arguments[0], written, *arguments[2:]))  # type: ignore[operator]
        assert not problems
        assert len(again) == len(found)


def exchange(kind: str, module: str) -> Target:
    """The reader of an exchange format: entries and terms whose places are told, or an error."""
    import_module(f"glossary.exchange.{module}")

    def run(content: bytes) -> None:
        try:
            found = formats.read(kind, content)
        except ExchangeError:
            return
        for entry in found.entries:
            assert entry.place
            assert all(name.place for name in (*entry.chinese, *entry.english))

    return run


def accepted(content: bytes) -> None:
    """A file of accepted findings is refused, or says the same when it is written and read again."""
    try:
        file = AcceptedFile(Path("yigai-accepted.yaml"), content.decode("utf-8", "replace"))
    except AcceptanceError:
        return
    again = AcceptedFile(file.path, accepted_yaml(file.entries.values(), file.head))
    assert {key: entry[:6] for key, entry in again.entries.items()} == {
        key: entry[:6] for key, entry in file.entries.items()
    }


def numbers(content: bytes) -> None:
    """Numbers and dates of two texts: places inside the text, values that can be written, and a text agrees with itself."""
    english, _, chinese = content.decode("utf-8", "replace").partition("\0")
    ours, theirs = english_numbers(english), chinese_numbers(chinese)
    for text, found in ((english, ours), (chinese, theirs)):
        for number in found:
            assert 0 <= number.start < number.end <= len(text)
            english_figure(number.value, number.kind)
    mismatches(theirs, ours)
    assert not mismatches(ours, ours)
    date_mismatches(chinese_dates(chinese), english_dates(english))


def alignment(content: bytes) -> None:
    """The links of two texts: in order on both sides, inside the texts, not over each other."""
    english, _, chinese = content.decode("utf-8", "replace").partition("\0")
    page = Page(Document("page", english, source=SourceText("source", chinese)), checker().spotter)
    assert page.parallel is not None
    end = source_end = 0
    for link in page.parallel.links:
        assert end <= link.start <= link.end <= len(english)
        assert source_end <= link.source_start <= link.source_end <= len(chinese)
        end, source_end = max(end, link.end), max(source_end, link.source_end)


def whole_check(content: bytes) -> None:
    """A whole check: every finding quotes what stands at its place."""
    document = Document("page", content.decode("utf-8", "replace"))
    for finding in checker().check([document]).findings:
        assert 0 <= finding.start <= finding.end <= len(document.text)
        assert document.text[finding.start : finding.end] == finding.quote
        assert document.position(finding.start) == (finding.line, finding.column)
        for start, end in finding.also:
            assert 0 <= start < end <= len(document.text)


TARGETS: dict[str, Target] = {
    **{name: reader(name) for name in FORMATS},
    **{kind: container(kind) for kind in MODULES},
    "glossary": glossary,
    "tbx": exchange("tbx", "tbx_reading"),
    "terms": exchange("csv", "csv"),
    "memory": exchange("tmx", "tmx"),
    "accepted": accepted,
    "numbers": numbers,
    "alignment": alignment,
    "check": whole_check,
}
