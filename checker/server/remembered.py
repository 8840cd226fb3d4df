"""What the handlers of requests share: the checks that are remembered, the processes, the settings."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request

if TYPE_CHECKING:
    from checker.server.checks import Check, Checks
    from checker.server.pool import Pool
    from checker.server.settings import Settings
    from checker.server.stores import Stores
    from glossary import Concept, Glossary


class Proposed:
    """The entries written since the workbench was started, by id, and the lock under which one at a time is written."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.lock = asyncio.Lock()


def check_of(request: Request) -> Check | None:
    """The check whose token stands in the address; None when it is forgotten."""
    return checks_of(request).get(request.path_params["token"])


def checks_of(request: Request) -> Checks:
    """The checks that are remembered."""
    made: Checks = request.app.state.checks
    return made


def pool_of(request: Request) -> Pool:
    """The processes that do the work."""
    made: Pool = request.app.state.pool
    return made


def settings_of(request: Request) -> Settings:
    """What the workbench was started with."""
    made: Settings = request.app.state.settings
    return made


def stores_of(request: Request) -> Stores | None:
    """The reader of the store, where the workbench was started with one."""
    made: Stores | None = request.app.state.stores
    return made


def glossary_of(request: Request) -> Glossary:
    """The glossary in use."""
    made: Glossary = request.app.state.glossary
    return made


def proposed_of(request: Request) -> Proposed:
    """The entries that were written since the start."""
    made: Proposed = request.app.state.proposed
    return made
