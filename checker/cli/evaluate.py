"""``yigai evaluate``: measure findings against annotated pages and print the figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers

if TYPE_CHECKING:
    from checker.evaluation.annotation import Span, Trap
    from checker.evaluation.figures import Evaluation, Precision, Recall


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated spans, JSON Lines.")],
    pages: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The annotated pages; found beside GOLD by default.")
    ] = None,
    traps: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Places that must stay silent, JSON Lines.")
    ] = None,
    findings: Annotated[
        Path | None,
        typer.Option(metavar="JSONL", help="Measure these findings instead of checking the pages."),
    ] = None,
    leave_page_out: Annotated[
        bool, typer.Option("--leave-page-out", help="Per page, without what was observed on that page only.")
    ] = False,
    glossary: Layers = None,
    format: Annotated[str, typer.Option(metavar="WORD", help="text or json.")] = "text",
    verbose: Annotated[bool, typer.Option("--verbose", help="List unsupported findings and missed spans.")] = False,
    scorecard: Annotated[bool, typer.Option("--scorecard", help="Write the figures of each rule as Markdown.")] = False,
    controls: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Clean English for the scorecard; a folder `controls` beside GOLD's by default."
        ),
    ] = None,
) -> None:
    """Count findings against annotated pages: found spans, precision beside chance, traps sprung."""
    from checker.config import ConfigError, one_of
    from checker.evaluation.annotation import find_pages, read_gold, read_traps
    from checker.evaluation.counting import evaluate as counted
    from checker.evaluation.places import read_findings
    from checker.reports.visible import visible

    one_of(format, ("text", "json"), "value of format:")
    if scorecard and (findings or leave_page_out or verbose or format != "text"):
        raise ConfigError("--scorecard goes with neither --findings, --leave-page-out, --verbose nor --format json")
    if findings and leave_page_out:
        raise ConfigError("--leave-page-out is for pages that are checked; --findings were found before")
    spans = read_gold(gold)
    silent = read_traps(traps) if traps else ()
    names = sorted({span.file for span in spans} | {trap.file for trap in silent})
    texts = {name: _text(path) for name, path in find_pages(gold, names, pages).items()}
    if scorecard:
        sys.stdout.write(_scorecard(gold, texts, spans, silent, controls, glossary))
        return
    if findings:
        places = read_findings(findings, names)
    else:
        from checker.cli.setup import glossary_with
        from checker.evaluation.places import check_pages
        from checker.pipeline import Checker

        places = check_pages(texts, Checker(glossary_with(glossary)), leave_page_out)
    figures = counted(texts, spans, silent, places)
    if format == "json":
        import json
        from dataclasses import asdict

        json.dump(asdict(figures), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    if verbose:
        for line in _details(figures, texts):
            typer.echo(visible(line))
    for line in _lines(figures):
        typer.echo(visible(line))


def _scorecard(
    gold: Path,
    texts: Mapping[str, str],
    spans: Sequence[Span],
    traps: Sequence[Trap],
    controls: Path | None,
    layers: list[str] | None,
) -> str:
    from checker.cli.setup import glossary_with
    from checker.config import ConfigError
    from checker.scorecard import as_markdown, measured

    if controls is not None and not any(controls.glob("*.txt")):
        raise ConfigError(f"{controls}: there are no .txt files of clean English")
    folder = controls or gold.resolve().parent.parent / "controls"
    clean = {path.name: _text(path) for path in sorted(folder.glob("*.txt"))}
    return as_markdown(measured(texts, spans, traps, clean, glossary_with(layers)), f"`{gold.name}`")


def _text(path: Path) -> str:
    from checker.document import Document
    from checker.evaluation.annotation import GoldError
    from checker.readers.text import read_text

    document = read_text(str(path), path.read_bytes())
    if not isinstance(document, Document):
        raise GoldError(f"{path}: {document.message}")
    return document.text


def _lines(figures: Evaluation) -> Iterator[str]:
    yield f"{'rule':<34} {'places':>7} {'supported':>10} {'precision':>10}"
    for score in figures.rules:
        total = score.supported + score.unsupported
        name = f"{score.rule} {score.name}{'' if score.above_info else ' (info)'}"
        yield f"{name:<34} {total:>7} {score.supported:>10} {score.supported / total:>10.2f}"
    yield ""
    yield f"{'annotated spans':<34} {'spans':>7} {'found':>10} {'recall':>10}   above info"
    yield from _recalls("", figures.recall_by_detectable)
    yield from _recalls("category ", figures.recall_by_category)
    yield from _recalls("mass lines: ", figures.mass_lines)
    yield from _recalls("glossary, ", figures.glossary_recall_by_page)
    yield ""
    yield "precision above info, by page: " + "; ".join(
        f"{name[:12]} {_share(value)}" for name, value in figures.precision_by_page.items()
    )
    yield f"precision without mass lines: {_share(figures.precision_beside_mass)}"
    for item in figures.sprung:
        yield f"trap sprung: {item.trap.file}:{item.trap.start} {item.trap.quote!r} by {item.place.rule}"
    chance = "" if figures.chance is None else f"  chance level {figures.chance:.2f}"
    left_out = f"  ({figures.left_out} more inside repeated text left out)" if figures.left_out else ""
    yield f"precision above info: {_share(figures.precision)}{chance}{left_out}"
    glossary = figures.recall_by_detectable.get("glossary")
    if glossary:
        yield f"recall of glossary spans: {_part(glossary)}"
    yield f"traps sprung: {len(figures.sprung)} of {figures.traps}"


def _recalls(what: str, groups: Mapping[str, Recall]) -> Iterator[str]:
    for name, value in groups.items():
        share = value.found / value.spans
        label = (what + name)[:34]
        yield f"{label:<34} {value.spans:>7} {value.found:>10} {share:>10.2f}   {value.found_above_info}"


def _share(value: Precision) -> str:
    return f"{value.supported}/{value.places}" + ("" if value.share is None else f" = {value.share:.2f}")


def _part(value: Recall) -> str:
    return f"{value.found}/{value.spans} = {value.found / value.spans:.2f} ({value.found_above_info} above info)"


def _details(figures: Evaluation, texts: Mapping[str, str]) -> Iterator[str]:
    for place in figures.unsupported:
        around = _around(texts[place.file], place.start, place.end)
        yield f"unsupported  {place.file}:{place.start}  {place.rule}  {around}  ({place.message})"
    for span in figures.missed:
        around = _around(texts[span.file], span.start, span.end)
        kind = f"{span.detectable}/{span.category}"
        yield f"missed  {span.file}:{span.start}  {kind}  {around}  ({span.zh}: {span.suggestion})"
    yield ""


def _around(text: str, start: int, end: int) -> str:
    before, quote, after = text[max(0, start - 40) : start], text[start:end][:160], text[end : end + 40]
    return f"{before}[{quote}]{after}"
