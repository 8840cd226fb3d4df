"""``yigai lsp``: what an editor shows while somebody types."""

from __future__ import annotations

import os
import sys


def lsp() -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol."""
    from checker.cli.setup import checker_for
    from checker.config import ConfigError

    try:
        from checker.language_server.features import server
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise ConfigError("the language server needs pygls: pip install 'yigai[lsp]'") from problem
    with open(os.dup(sys.stdout.fileno()), "wb") as answers:  # the server closes its own when the editor leaves
        server(checker_for).start_io(sys.stdin.buffer, answers)
