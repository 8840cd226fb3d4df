"""A workbench for tests: as an application that is called directly, and small files to send to it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

ADDRESS = "http://127.0.0.1:8765"
PAGE = """\
Lanjiang: The county hospital joined a medical association with nine township health centers on 3 May 2021 .

Graded diagnosis and treatment is the aim , and the medical league brings doctors to the villages. The hospital of
Sichuan Province reports progress in medical insurance and in the health system reform.
"""


@contextmanager
def workbench(**settings: Any) -> Iterator[Any]:
    """A client of a workbench with one process; it says of itself that its forms are its own."""
    pytest.importorskip("starlette", reason="the workbench needs yigai[serve]")
    from starlette.testclient import TestClient

    from checker.server.application import application
    from checker.server.settings import Settings
    from glossary import load

    app = application(Settings(**{"workers": 1, **settings}), load())
    with TestClient(
        app, base_url=ADDRESS, headers={"origin": ADDRESS, "accept-language": "en"}, raise_server_exceptions=False
    ) as client:
        yield client


def checked(client: Any, text: str = PAGE, **fields: str) -> str:
    """Check a pasted text; returns the address of the page of its check."""
    answer = client.post("/check", data={"text": text, **fields}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def sent(client: Any, name: str, content: bytes, **files: tuple[str, bytes]) -> str:
    """Check a file; returns the address of the page of its check."""
    answer = client.post("/check", files={"file": (name, content), **files}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def number_of(page: str, quote: str) -> int:
    """The number of the finding whose card quotes these words."""
    for number, card in re.findall(r'<article id="f-(\d+)"(.*?)</article>', page, re.DOTALL):
        shown = re.search(r"<b>(.*?)</b>", card, re.DOTALL)
        if shown and html.unescape(shown[1]).strip() == quote:
            return int(number)
    raise AssertionError(f"no card quotes {quote!r}")


def decide(client: Any, address: str, **fields: object) -> Any:
    """Decide on a finding as the script does; returns what is told."""
    answer = client.post(f"{address}/decide", data=fields, headers={"accept": "application/json"})
    return answer.json()


def word_file(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs."""
    from docx import Document

    made = Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
