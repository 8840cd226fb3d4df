"""``yigai lsp``: what an editor shows while somebody types."""

from __future__ import annotations

import os
import sys

MESSAGE = 256 * 1024 * 1024
"""How many bytes one message of an editor may have."""

_HEAD = 65536


def lsp() -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol."""
    from typing import BinaryIO, cast

    from checker.cli.setup import checker_for
    from checker.config import ConfigError

    try:
        from checker.language_server.features import server
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise ConfigError("the language server needs pygls: pip install 'yigai[lsp]'") from problem
    with open(os.dup(sys.stdout.fileno()), "wb") as answers:  # the server closes its own when the editor leaves
        server(checker_for).start_io(cast(BinaryIO, _Messages()), answers)


class _Messages:
    """Standard input as the server reads it; whoever announces a message of any length does not get the memory for it."""

    def readline(self) -> bytes:
        """The next line of a head."""
        return sys.stdin.buffer.readline(_HEAD)

    def read(self, size: int) -> bytes:
        """A message. Raises ConfigError."""
        if size > MESSAGE:
            from checker.config import ConfigError

            raise ConfigError(f"a message of {size:,} bytes was announced on standard input; no editor sends that")
        return sys.stdin.buffer.read(size)
