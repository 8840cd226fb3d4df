"""The workbench on an address of this machine."""

from __future__ import annotations

import ipaddress
import socket
import sys

import uvicorn

from checker.config import ConfigError
from checker.server.application import application
from checker.server.patience import Patience
from checker.server.settings import Settings
from glossary import Glossary

_OPEN = (
    "yigai: whoever reaches this address over the network can use the workbench: there is no password, and what is sent "
    "is not encrypted"
)
_WRITES = "; with --write they can also write proposals into the folder"


def run(settings: Settings, glossary: Glossary, host: str, port: int) -> None:
    """Serve until interrupted; says where on standard error. Raises ConfigError when the address cannot be had.

    Nothing that is asked or sent is logged.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen()
        except (OSError, OverflowError) as problem:
            raise ConfigError(f"{host}:{port}: {getattr(problem, 'strerror', None) or problem}") from problem
        name, port = listening.getsockname()[:2]
        shown = f"[{name}]" if ":" in name else name
        print(f"yigai: workbench at http://{shown}:{port}/ (Ctrl-C ends it)", file=sys.stderr, flush=True)
        if not ipaddress.ip_address(name).is_loopback:
            print(_OPEN + (_WRITES if settings.write else ""), file=sys.stderr, flush=True)
        patience = Patience(settings.limits)

        async def look() -> None:
            patience.look(server.server_state.connections)

        config = uvicorn.Config(
            application(settings, glossary),
            http="h11",
            ws="none",
            proxy_headers=False,
            access_log=False,
            log_level="critical",
            server_header=False,
            limit_concurrency=400,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=3,
            callback_notify=look,
            timeout_notify=1,
        )
        server = uvicorn.Server(config)
        server.run(sockets=[listening])
