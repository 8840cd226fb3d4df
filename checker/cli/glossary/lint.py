"""``yigai glossary lint``: mistakes in the entries, each at its line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.glossary.folder import Controls, Folder, control_documents, tell_installed, working_folder

if TYPE_CHECKING:
    from checker.finding import Finding, Severity
    from checker.glossary_lint.desk import Desk


def lint(
    path: Folder = None,
    format: Annotated[
        str, typer.Option(metavar="WORD", help="text (default), concise, json, jsonl, sarif, github, csv or html.")
    ] = "text",
    controls: Controls = None,
    select: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Only these rules.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Not these rules.")] = None,
    fail_on: Annotated[
        str, typer.Option(metavar="WORD", help="The severity from which exit code 1 is given.")
    ] = "warning",
    show: Annotated[
        str, typer.Option(metavar="WORD", help="The lowest severity shown: info, warning (default) or error.")
    ] = "warning",
    impact: Annotated[
        bool, typer.Option("--impact", help="Then say what the edit since the last commit changes on pages.")
    ] = False,
    pages: Annotated[Path, typer.Option(metavar="DIR", help="The pages for --impact.")] = Path("data/pages"),
) -> None:
    """Report mistakes in glossary entries: schema, clashes, dead forms, sources, failing examples."""
    from checker.config import one_of
    from checker.finding import SEVERITIES, Result, Summary
    from checker.glossary_lint.desk import Desk
    from checker.glossary_lint.registry import findings, without_accepted
    from checker.reports import BINARY, FORMATS, report
    from glossary.version import VERSION
    from glossary.working_tree import read_tree

    one_of(format, tuple(name for name in FORMATS if name not in BINARY), "value of format:")
    one_of(fail_on, SEVERITIES, "value of fail-on:")
    lowest = [*SEVERITIES].index(one_of(show, SEVERITIES, "value of show:"))  # type: ignore[arg-type]
    chosen, left_out = _split(select), _split(ignore)
    folder = working_folder(path)
    gc.disable()  # nearly all that is made is kept to the end of this short run; looking for garbage took a sixth of it
    clean = control_documents(controls)
    tree = read_tree(folder)
    tell_installed(tree)
    desk = Desk(tree, clean)
    found = findings(
        desk,
        lambda rule: (not chosen or any(map(rule.matches, chosen))) and not any(map(rule.matches, left_out)),
        two_processes=True,
    )
    found = without_accepted(found, desk)
    shown = [finding for finding in found if SEVERITIES.index(finding.severity) >= lowest]
    if format == "text":
        for line in _lines(shown, found, desk):
            print(line)
    else:
        by_rule: dict[str, int] = {}
        for finding in shown:
            by_rule[finding.rule] = by_rule.get(finding.rule, 0) + 1
        signature = {"version": VERSION, "glossary": desk.glossary.signature}
        summary = Summary(0, 0, len(shown), dict(sorted(by_rule.items())), {}, (), (), signature)
        report(format)(Result((), tuple(shown), (), summary, {}), sys.stdout, lambda path, record: None)
    if impact and not any(finding.severity == "error" for finding in found):
        from checker.cli.glossary.impact import print_impact

        sys.stdout.flush()
        print_impact(folder, [pages.as_posix()], "HEAD", clean, sys.stdout if format == "text" else sys.stderr)
    raise typer.Exit(_exit_code(found, fail_on))


def _lines(shown: list[Finding], found: list[Finding], desk: Desk) -> Iterator[str]:
    from collections import Counter

    from checker.reports.text import Painter, finding_lines

    paint = Painter(sys.stdout.isatty())
    files = {file.name: file for file in desk.tree.files}
    for finding in shown:
        yield from finding_lines(finding, desk.document(files[finding.path]), paint)
        yield ""
    counts: Counter[str] = Counter(finding.severity for finding in found)
    words = ", ".join(
        f"{counts[severity]} {word}{'' if counts[severity] == 1 else 's'}"
        for severity, word in (("error", "error"), ("warning", "warning"), ("info", "note"))
    )
    hidden = (
        " (--show info lists them)" if counts["info"] and not any(item.severity == "info" for item in shown) else ""
    )
    yield f"{len(desk.entries)} concepts, {len(desk.tree.morphemes)} morphemes: {words}{hidden}"


def _exit_code(found: list[Finding], fail_on: str) -> int:
    from checker.finding import SEVERITIES

    bad: tuple[Severity, ...] = SEVERITIES[[*SEVERITIES].index(fail_on) :]  # type: ignore[arg-type]
    return int(any(finding.severity in bad for finding in found))


def _split(words: list[str] | None) -> tuple[str, ...]:
    """Rules may be given several times or with commas; raises ConfigError for one that there is not."""
    from checker.config import refuse_rule
    from checker.glossary_lint.registry import glossary_rules

    named = tuple(part.strip() for word in words or () for part in word.split(",") if part.strip())
    rules = glossary_rules()
    for word in named:
        if not any(rule.matches(word) for rule in rules):
            refuse_rule(word, ["GLS", *(name for rule in rules for name in (rule.code, rule.name))])
    return named
