"""Writes what documentation takes from the code: the pages of rules and commands, tables, what is shown as printed.

Run ``python docs/generate.py`` after a change to a rule, a verb or the sample page; a test fails while they differ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from checker.cli.main import application
from checker.document import Document
from checker.glossary_lint.registry import glossary_rules
from checker.pipeline import Checker
from checker.reports.seen import seen_text
from checker.reports.text import Painter, finding_lines, seen_lines, summary_lines
from checker.rules.registry import all_rules
from glossary import load
from glossary.schema import concept_schema

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = "data/pages/county-community.txt"
DRAFT = "data/pages/insurance-payment.txt"
SHOWN_RULES = ("TRM101", "TRM102", "CON201")


def generated() -> dict[Path, str]:
    """Every generated file with its content."""
    readme, translator, editor = (
        REPOSITORY / name for name in ("README.md", "docs/tutorial-translator.md", "docs/tutorial-editor.md")
    )
    blocks = {"example": example(), "commands": commands(), "rules": rule_table()}
    schema = json.dumps(concept_schema(), ensure_ascii=False, indent=1) + "\n"
    return {
        readme: with_blocks(readme, blocks),
        translator: with_blocks(translator, {"finding": one_finding()}),
        editor: with_blocks(editor, {"names": names_in_use()}),
        REPOSITORY / "docs" / "rules.md": rule_pages(),
        REPOSITORY / "docs" / "command-line.md": command_line(),
        REPOSITORY / "glossary" / "concept.schema.json": schema,
    }


def with_blocks(path: Path, blocks: dict[str, str]) -> str:
    """The text of a page with what stands between its marks replaced."""
    content = path.read_text(encoding="utf-8")
    for name, block in blocks.items():
        content = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)",
            lambda match, block=block: f"{match[1]}{block}{match[2]}",  # type: ignore[misc]
            content,
            flags=re.DOTALL,
        )
    return content


def sample(path: str) -> Document:
    """A sample page, as it is read from the folder of the repository."""
    return Document(path, (REPOSITORY / path).read_bytes().decode("utf-8"))


def one_finding() -> str:
    """A finding of the draft that translators are shown, as ``yigai check`` prints it."""
    document = sample(DRAFT)
    found = Checker(load()).check([document]).findings
    shown = next(item for item in found if item.rule == "TRM101" and item.concept == "pooling-area")
    return "\n".join(["```", *finding_lines(shown, document, Painter(colour=False)), "```", ""])


def names_in_use() -> str:
    """The table of names in use on the sample pages, as ``yigai check data/pages`` prints it, cut to one concept."""
    paths = sorted(path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "data/pages").glob("*.txt"))
    lines = list(summary_lines(Checker(load()).check(map(sample, paths))))
    head = next(number for number, line in enumerate(lines) if line.startswith("names in use"))
    first = next(number for number, line in enumerate(lines) if line.startswith("  紧密型医联体"))
    return "\n".join(["```", *lines[head : head + 2], "  …", *lines[first : first + 2], "  …", "```", ""])


def example() -> str:
    """A finding of each of a few rules on a sample page and the summary, as ``yigai check`` prints them."""
    document = sample(EXAMPLE)
    result = Checker(load()).check([document])
    lines = [f"$ yigai check {EXAMPLE}"]
    above = [item for item in result.findings if item.severity != "info" and item.rule in SHOWN_RULES]
    first = {item.rule: item for item in reversed(above)}
    for finding in sorted(first.values(), key=lambda item: item.start):
        lines += ["…", "", *finding_lines(finding, document, Painter(colour=False)), ""]
    seen = seen_lines(seen_text(result, lambda path, record: document))
    return "\n".join(["```", *lines, "…", "", *summary_lines(result), *seen, "```", ""])


def commands() -> str:
    """A table of the verbs with the first sentence of their help."""
    app = application()
    rows = [
        f"| `yigai {verb.name}` | {' '.join((verb.callback.__doc__ or '').split())} |"
        for verb in app.registered_commands
        if verb.callback is not None
    ]
    rows += [
        f"| `yigai {group.name} {verb.name}` | {' '.join((verb.callback.__doc__ or '').split())} |"
        for group in app.registered_groups
        if group.typer_instance is not None
        for verb in group.typer_instance.registered_commands
        if verb.callback is not None
    ]
    return "\n".join(["| command | what it does |", "|---|---|", *rows, ""])


def command_line() -> str:
    """The help of every verb."""
    root = typer.main.get_command(application())
    lines = ["# Command line", "", "Made from the verbs' help by `python docs/generate.py`; do not edit.", ""]
    for name, verb in sorted(_verbs(root, "yigai")):
        context = verb.context_class(verb, info_name=name, max_content_width=100, terminal_width=100)
        lines += [f"## {name}", "", "```", verb.get_help(context), "```", ""]
    return "\n".join(lines)


def _verbs(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    for key, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _verbs(command, f"{name} {key}")
        else:
            yield f"{name} {key}", command


def rule_table() -> str:
    """A table of the rules."""
    rows = [
        f"| {rule.code} | [{rule.name}](docs/rules.md#{rule.name}-{rule.code.lower()}) | {rule.severity} |"
        for rule in all_rules()
    ]
    return "\n".join(["| code | name | highest severity |", "|---|---|---|", *rows, ""])


def rule_pages() -> str:
    """The pages of all rules, one heading lower."""
    pages = [re.sub(r"^#", "##", rule.page.strip(), flags=re.MULTILINE) for rule in (*all_rules(), *glossary_rules())]
    head = "# Rules\n\nMade from the rules' docstrings by `python docs/generate.py`; do not edit.\n\n"
    return head + "\n\n".join(pages) + "\n"


if __name__ == "__main__":
    for path, content in generated().items():
        path.write_text(content, encoding="utf-8", newline="\n")
