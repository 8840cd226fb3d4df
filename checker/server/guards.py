"""What every request passes: who may ask (no other site, no strange name of this machine), how much may be sent, and
the headers under which a browser shows the answer.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # stricter would take the Origin from our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""On every answer, unless it has its own."""

Refusal = Callable[[Request, int, str], Awaitable[Response]]
"""Makes the page that says why a request is refused: its status, and a key of the interface's words."""


class TooLargeError(Exception):
    """More was sent than may be."""


class TooManyError(Exception):
    """More is being sent by all together than there is room for."""


class Guard:
    """Refuses what must not reach the workbench; ``hosts`` are the names it has, besides addresses of numbers.

    A name that somebody else's page could have been given (DNS rebinding) is refused with 421, with 403 a form of
    another site and whatever its pages ask for but a person's click on a link; a body of more than ``upload`` bytes
    with 413, and with 503 what would make the bodies of all requests at work more than ``receiving`` bytes.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], upload: int, receiving: int, refusal: Refusal) -> None:
        self._app = app
        self._hosts = hosts
        self._upload = upload
        self._receiving = receiving
        self._received = 0
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send)
        refused = self._refused(scope["method"], headers)
        if refused is None and _length(headers) > self._upload:
            refused = 413, "error.too_large"
        if refused is not None:
            response = await self._refusal(Request(scope), *refused)
            response.headers["connection"] = "close"
            await response(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:  # as it comes: a length may be missing, or wrong
            nonlocal size
            message = await receive()
            more = len(message.get("body", b""))
            size += more
            self._received += more
            if size > self._upload:
                raise TooLargeError
            if self._received > self._receiving:
                raise TooManyError
            return message

        try:
            await self._app(scope, counted, send)
        finally:
            self._received -= size

    def _refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 421, "error.host"
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in ("GET", "HEAD"):
            elsewhere = site in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate"
            return (403, "error.cross_site") if elsewhere else None
        same = site == "same-origin" if site is not None else origin is not None and origin.partition("://")[2] == host
        return None if same else (403, "error.cross_site")

    def _is_ours(self, host: str) -> bool:
        try:
            name = ("" if "@" in host else urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self._hosts
        return True


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else 0


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
