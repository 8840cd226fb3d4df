"""The workbench on an address of this machine."""

from __future__ import annotations

import socket
import sys

import uvicorn

from checker.config import ConfigError
from checker.server.application import application
from checker.server.settings import Settings
from glossary import Glossary


def run(settings: Settings, glossary: Glossary, host: str, port: int) -> None:
    """Serve until interrupted; says where on standard error. Raises ConfigError when the address cannot be had.

    Nothing that is asked or sent is logged.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except (OSError, OverflowError) as problem:
            raise ConfigError(f"{host}:{port}: {getattr(problem, 'strerror', None) or problem}") from problem
        name, port = listening.getsockname()[:2]
        shown = f"[{name}]" if ":" in name else name
        print(f"yigai: workbench at http://{shown}:{port}/ (Ctrl-C ends it)", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            application(settings, glossary),
            access_log=False,
            log_level="critical",
            server_header=False,
            limit_concurrency=400,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=3,
        )
        uvicorn.Server(config).run(sockets=[listening])
