"""The ``yigai`` command: puts the verbs together and what goes wrong into an exit code."""

import gc
import importlib
import os
import sys
from typing import Annotated

# One run makes few cycles; looking for them while modules and the glossary load costs more than it frees.
gc.set_threshold(100_000, 50, 50)

import typer  # noqa: E402

from glossary.kept_patterns import keep_compiled  # noqa: E402

# Where each verb is; only the one asked for is imported and set up.
VERBS = {
    "check": "checker.cli.check",
    "fix": "checker.cli.fix",
    "rule": "checker.cli.rule",
    "term": "checker.cli.term",
    "explain": "checker.cli.explain",
    "evaluate": "checker.cli.evaluate",
    "align": "checker.cli.align",
    "concordance": "checker.cli.concordance",
    "config": "checker.cli.config",
    "lsp": "checker.cli.lsp",
    "glossary": "checker.cli.glossary.app",
    "serve": "checker.cli.serve",
    "corpus": "checker.cli.corpus.app",
}


def application(*verbs: str) -> typer.Typer:
    """The command line with the verbs named, or with all."""
    app = typer.Typer(
        name="yigai",
        help="Check English versions of Chinese pages on health reform for wrong and mixed renderings.",
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(options)
    for verb in verbs or VERBS:
        module = importlib.import_module(VERBS[verb])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb)
        else:
            app.command(verb)(getattr(module, verb))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from glossary.version import VERSION

        typer.echo(f"yigai {VERSION}")
        raise typer.Exit


def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check English versions of Chinese pages on health reform for wrong and mixed renderings."""


def command() -> None:
    """The installed command: as `main`, without taking the interpreter apart at the end."""
    code: int | str | None = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    sys.stderr.flush()
    keep_compiled()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def main() -> None:
    """Run the command line and leave with its exit code: 0 clean, 1 findings, 2 could not be done."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not when a test has replaced it
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code: int | str | None = 0
    try:
        asked = ["rule"] if sys.argv[1:] == ["--version"] else sys.argv[1:2]  # the version needs no verb: the lightest
        application(*(asked if set(asked) <= VERBS.keys() else ()))(prog_name="yigai")
    except SystemExit as leaving:
        code = leaving.code
    except Exception as problem:
        code = _failed(problem)
    try:
        sys.stdout.flush()
    except OSError as problem:  # a closed pipe needs no word, and what has been said is not said again
        if code != 2 and not isinstance(problem, BrokenPipeError):
            code = _failed(problem)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the interpreter flushes again
    sys.exit(code)


def _open_closed_streams() -> None:
    """A stream that was closed by whoever started us leads nowhere; else the next file opened would take its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _failed(problem: Exception) -> int:
    """Say on standard error what cannot be done; a traceback only for what nobody foresaw."""
    from checker.config import ConfigError
    from checker.evaluation.annotation import GoldError
    from glossary import GlossaryError

    if isinstance(problem, GlossaryError):
        _say(f"the glossary cannot be used\n{problem}")
    elif isinstance(problem, ConfigError | GoldError):
        _say(str(problem))
    elif isinstance(problem, OSError):
        name = f"{problem.filename}: " if problem.filename else ""
        _say(f"{name}{problem.strerror or problem}")
    elif (database := sys.modules.get("duckdb")) and isinstance(problem, database.Error):
        _say(f"what stands in the store cannot be read or written: {str(problem).partition(chr(10))[0]}")
    else:
        import traceback

        traceback.print_exception(problem)
    return 2


def _say(message: str) -> None:
    """A message on standard error; what steers a terminal is made visible, since names and texts may be anybody's."""
    from checker.reports.visible import visible

    print("\n".join(map(visible, f"yigai: {message}".split("\n"))), file=sys.stderr)
