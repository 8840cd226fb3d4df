"""``yigai serve``: the web workbench."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.setup import Layers, checker_for, configuration

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen. By default only this machine can reach it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8765,
    glossary: Layers = None,
    store: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The store of many pages, to look into; it is only read.")
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder of entries that proposals may be written into, as glossary/terms."),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A name of this machine to answer to; repeatable.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes that check; 0: as many as processors, up to 4.")] = 0,
) -> None:
    """Open the web workbench: check texts, search the glossary, look into a store. Keeps no text, calls no network."""
    from checker.config import ConfigError

    try:
        from checker.server.run import run
        from checker.server.settings import Settings
    except ImportError as problem:
        missing = (problem.name or "more").partition(".")[0]
        raise ConfigError(f"the workbench needs {missing}: pip install 'yigai[serve]'") from problem
    config = configuration()
    given = {"glossary": glossary or None}
    checker = checker_for(config, given)
    settings = config.settings(given)
    tree = None
    if write is not None:
        tree = write / "terms" if (write / "terms").is_dir() else write
        if not tree.is_dir():
            raise ConfigError(f"{write}: there is no such folder of entries")
    if store is not None:
        from checker.corpus.store import open_store

        open_store(str(store)).close()  # says at once what is wrong with it
    run(
        Settings(
            layers=tuple(os.path.abspath(layer) for layer in settings.glossary),
            options=settings.options,
            author=settings.author,
            hosts=frozenset({"localhost", *(item.lower().rstrip(".") for item in name or ()), *_named(host)}),
            store=store,
            tree=tree,
            write=tree is not None,
            workers=jobs or min(os.cpu_count() or 1, 4),
        ),
        checker.glossary,
        "127.0.0.1" if host == "localhost" else host,
        port,
    )


def _named(host: str) -> tuple[str, ...]:
    return () if host in _LOOPBACK else (host.lower(),)
