"""``yigai fix``: apply the repairs that cannot change what a text says."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, checker_for, configuration, split_rules

if TYPE_CHECKING:
    from checker.acceptance.run import Acceptance
    from checker.document import Document
    from checker.finding import CheckError, Finding
    from checker.fixing import Edit, Mended
    from checker.pipeline import Checker

_Words = list[str] | None


def fix(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, glob patterns, or - for standard input."),
    ],
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change and write nothing.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Also write the right rendering for wrong ones, as it is suggested.")
    ] = False,
    select: Annotated[_Words, typer.Option(metavar="RULES", help="Only what these rules find.")] = None,
    ignore: Annotated[_Words, typer.Option(metavar="RULES", help="Not what these rules find.")] = None,
    min_confidence: Annotated[str | None, typer.Option(metavar="WORD", help="low, medium (default) or high.")] = None,
    glossary: Layers = None,
) -> None:
    """Repair spacing, marks and doubled words in place, and nothing that could change what the text says."""
    from checker.acceptance.run import Acceptance
    from checker.document import Document
    from checker.fixing import KINDS
    from checker.readers.walk import Listing, find_files, read_files

    given = {
        "glossary": glossary or None,
        "min-confidence": min_confidence,
        "select": split_rules(select),
        "ignore": split_rules(ignore),
    }
    config = configuration()
    checker = checker_for(config, given)
    accepted = Acceptance(checker.rules)
    failed = changed = False
    for entry in find_files(paths).entries:
        content = sys.stdin.buffer.read() if entry == "-" else _content(entry)
        read = list(read_files(Listing((entry,), 0)) if content is None else _read(str(entry), content))
        for error in (item for item in read if not isinstance(item, Document)):
            _say(f"{error.path}: {error.message}")
            failed = True
        documents = [item for item in read if isinstance(item, Document)]
        if content is None or not documents:
            continue
        document = documents[0]
        new: bytes | None
        if document.kind == "docx":
            mended, new = _mended_word(document, content, checker, accepted, unsafe_fixes)
        elif document.kind not in KINDS or len(documents) > 1 or document.units:
            _say(f"{document.path}: {document.kind} files are checked, but not mended")
            _pass_on(entry, content, diff)
            continue
        else:
            mended, new = _mended(document, content, checker, accepted, unsafe_fixes)
        if new is None:
            _say(f"{document.path}: its encoding cannot be written back; left as it is")
            _pass_on(entry, content, diff)
            failed = True
        elif diff:
            mark = "\ufeff" if content.startswith(codecs.BOM_UTF8) and document.kind != "docx" else ""
            for line in _diff(document.path, mark + document.text, mark + mended.text):
                sys.stdout.write(line)
        elif entry == "-":
            sys.stdout.flush()
            sys.stdout.buffer.write(new)
        elif new != content:
            refused = _write(Path(str(entry)), content, new)
            if refused is not None:
                _say(f"{document.path}: {refused}; left as it is")
                failed = True
                continue
        if mended.applied:
            changed = True
            counted = ", ".join(f"{count} {rule}" for rule, count in sorted(mended.applied.items()))
            _say(f"{document.path}: {counted}")
    raise typer.Exit(2 if failed else int(diff and changed))


def _pass_on(entry: object, content: bytes, diff: bool) -> None:
    """What is piped through comes out, also where it is not mended."""
    if entry == "-" and not diff:
        sys.stdout.buffer.write(content)


def _write(path: Path, old: bytes, new: bytes) -> str | None:
    """Replace the content of a file; returns why not, if not."""
    from glossary.atomic import write_atomically

    if not path.is_file():
        return "it is no file that can be written"
    if _content(str(path)) != old:
        return "it was changed meanwhile"
    try:
        write_atomically(path, new)
    except OSError as problem:
        return f"it cannot be written: {problem.strerror}"
    return None


def _content(entry: object) -> bytes | None:
    """The bytes of a file of ordinary size; None where reading it will say what is wrong."""
    from checker.readers.walk import read_bytes

    if not isinstance(entry, str):
        return None
    content = read_bytes(entry, entry)
    return content if isinstance(content, bytes) else None


def _read(name: str, content: bytes) -> Iterator[Document | CheckError]:
    from checker.readers.walk import read_content

    return read_content(name, content)


def _mended(
    document: Document, content: bytes, checker: Checker, accepted: Acceptance, unsafe: bool
) -> tuple[Mended, bytes | None]:
    """The document of a file of text after its repairs, and the file; None where that cannot be written."""
    from checker.document import Document
    from checker.fixing import applied, encoded_like, mend

    def change(old: Document, edits: Sequence[Edit]) -> Document | None:
        text = applied(old.text, edits)
        new = encoded_like(content, document, text)
        made = [] if new is None else list(_read(document.path, new))
        return made[0] if len(made) == 1 and isinstance(made[0], Document) and made[0].text == text else None

    mended = mend(document, change, _check(checker, accepted), unsafe)
    return mended, encoded_like(content, document, mended.text)


def _mended_word(
    document: Document, content: bytes, checker: Checker, accepted: Acceptance, unsafe: bool
) -> tuple[Mended, bytes]:
    """The document of a Word file after its repairs, and the file."""
    from checker.docx_repairs import WordRepairs
    from checker.fixing import mend

    repairs = WordRepairs(content)
    mended = mend(document, repairs.changed, _check(checker, accepted), unsafe, repairs.may_change)
    return mended, repairs.content(mended.document)


def _check(checker: Checker, accepted: Acceptance) -> Callable[[Document], list[Finding]]:
    def check(document: Document) -> list[Finding]:
        page = checker.page(document)
        found = checker.findings(page)
        return accepted.sift(document, page.places, found, found, checker.rules_of(page.options))

    return check


def _say(message: str) -> None:
    from checker.reports.visible import visible

    print(visible(f"yigai: {message}"), file=sys.stderr)


def _diff(path: str, old: str, new: str) -> Iterator[str]:
    """A unified diff that ``patch`` takes; on a terminal with nothing in it that steers it."""
    import difflib

    from checker.reports.visible import visible

    show = sys.stdout.isatty()
    for line in difflib.unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}"):
        ended = line.endswith("\n")
        body = line[:-1] if ended else line
        yield (line[0] + visible(body[1:]) if show else body) + "\n"
        if not ended:
            yield "\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    made = text.split("\n")
    return [f"{line}\n" for line in made[:-1]] + ([made[-1]] if made[-1] else [])
