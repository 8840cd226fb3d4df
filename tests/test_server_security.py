"""What strangers may try on the workbench: hostile text, other sites, strange names, too much, paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.workbench import ADDRESS, PAGE, checked, decide, number_of, sent, workbench

HOSTILE = "<script>alert(1)</script>\"'></textarea><img src=x onerror=alert(2)>\u202eevil\x00\x1b[31m{{7*191}}"
TAGS = re.compile(r"<script>alert|<img src=x|</textarea><img")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A workbench without a store."""
    with workbench() as made:
        yield made


def inert(page: str) -> bool:
    """Whether nothing of the hostile text is mark-up, hides, or has been worked out."""
    return (
        not TAGS.search(page)
        and "\u202e" not in page
        and "\x00" not in page
        and "\x1b" not in page
        and "1337" not in page
    )


def test_a_hostile_text_is_shown_and_not_obeyed(client: Any) -> None:
    """Everywhere on the page of its check, in its report, and in its field of the form."""
    text = f"{PAGE}\nThe medical association {HOSTILE} said so .\n"
    chinese = f"县医院参加了由九家乡镇卫生院组成的医联体，时间是2021年5月3日。\n\n医联体{HOSTILE}说。\n"
    assert '<div class="pair">' in client.get(checked(client, text, source=chinese)).text
    assert inert(client.get(checked(client, text, source=chinese)).text)
    address = checked(client, text)
    page = client.get(address).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert inert(page)
    again = client.get(f"/?from={address.rsplit('/', 1)[-1]}").text
    assert not TAGS.search(again)
    assert again.count("</textarea>") == 2


def test_hostile_names_and_wordings_are_shown_and_not_obeyed(client: Any) -> None:
    """The name of a file, what is written, a reason, a query, an id, a language."""
    address = sent(client, f"../../{HOSTILE}.txt", PAGE.encode())
    page = client.get(address).text
    number = number_of(page, "medical association")
    assert decide(client, address, finding=number, action="accept", text=HOSTILE)["message"] == ""
    other = number_of(page, "medical league")
    decide(client, address, finding=other, action="dismiss", reason=HOSTILE)
    page = client.get(address).text
    assert inert(page)
    assert "../" not in page
    for place in ("/glossary", "/?from=", "/rules/", "/glossary/concept/", "/check/", "/glossary/propose"):
        answer = client.get(place, params={"q": HOSTILE, "field": HOSTILE, "lang": HOSTILE, "from": HOSTILE})
        assert inert(answer.text), place
    name = client.get(f"{address}/take/corrected").headers["content-disposition"]
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.%-]+", name)


def test_every_answer_carries_the_headers(client: Any) -> None:
    """Pages, files, refusals: nothing inline, nothing from elsewhere, no frame, nothing kept."""
    address = checked(client)
    for place in (
        "/",
        address,
        "/glossary",
        "/rules/TRM101",
        "/nothing",
        f"{address}/take/corrected",
        "/static/style.css",
    ):
        headers = client.get(place).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == ("no-store" if "static" not in place else "max-age=31536000, immutable")


def test_no_page_needs_what_the_policy_forbids(client: Any) -> None:
    """No inline script, style or handler, and no address of another host but in links."""
    for place in (
        "/",
        checked(client),
        "/glossary?q=医联体",
        "/glossary/concept/medical-consortium",
        "/glossary/propose",
    ):
        page = client.get(place).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", page), place
        assert not re.search(r"""(?:src|action)="https?:""", page), place


def test_a_form_of_another_site_is_refused(client: Any) -> None:
    """By what the browser says of the request, or of where it comes from; also where it says nothing."""
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": ADDRESS.replace("8765", "8766")},
        {"origin": ""},
    ):
        answer = client.post("/check", data={"text": PAGE}, headers=headers, follow_redirects=False)
        assert answer.status_code == 403, headers
        assert "another site" in answer.text
    fine = client.post("/check", data={"text": PAGE}, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False)
    assert fine.status_code == 303


def test_a_name_that_is_not_ours_is_refused(client: Any) -> None:
    """A name of somebody else's that leads here (DNS rebinding) gets nothing."""
    for host in ("evil.example:8765", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1", "a@localhost"):
        assert client.get("/", headers={"host": host}).status_code == 421, host
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765", "LOCALHOST"):
        assert client.get("/", headers={"host": host}).status_code == 200, host


def test_too_much_is_refused_with_a_page_that_says_so(client: Any) -> None:
    """By the length that is announced, and by what comes where none is."""
    big = b"x" * (9 * 1024 * 1024)
    answer = client.post("/check", files={"file": ("a.txt", big)})
    assert answer.status_code == 413
    assert "more than 8 MB" in answer.text

    def pieces() -> Iterator[bytes]:
        yield b"text="
        for _ in range(9):
            yield b"x" * 1024 * 1024

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/check", content=pieces(), headers=headers).status_code == 413


def test_no_path_of_a_client_is_opened(client: Any, tmp_path: Any) -> None:
    """A name is a label: of a file, of an asset, of a file of entries."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the medical association of secrets", encoding="utf-8")
    address = sent(client, str(secret), b"Nothing here.")
    assert "secrets" not in client.get(address).text
    for name in ("../words.yaml", "..%2fwords.yaml", "%2e%2e/words.yaml", "/etc/passwd", "words.yaml"):
        assert client.get(f"/static/{name}").status_code == 404, name
    answer = client.post(
        "/glossary/propose", data={"zh": "某某词", "preferred": "some term", "file": f"../../{secret}"}
    )
    assert answer.status_code == 422
    assert "Choose a file" in answer.text


def test_what_is_no_form_is_refused(client: Any) -> None:
    """Bodies of other kinds, broken ones, and numbers that are none."""
    assert client.post("/check", json={"text": PAGE}).status_code == 400
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/check", content=b"--x\r\nbroken", headers=headers).status_code in (303, 400)
    assert client.post("/check", content=b"a", headers={"content-type": "multipart/form-data"}).status_code == 400
    address = checked(client)
    for fields in ({"finding": "0"}, {"finding": "999"}, {"finding": "x"}, {"finding": "1", "action": "burn"}, {}):
        assert client.post(f"{address}/decide", data=fields).status_code == 400, fields
    assert client.get("/check").status_code == 405
    assert client.post("/glossary").status_code == 405


def test_damaged_and_hostile_files_are_refused_in_words(client: Any) -> None:
    """What is no Word file, XML with entities of its own, bytes of no text."""
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'
    )
    for name, content in (("a.docx", b"PK\x03\x04nothing"), ("a.xlf", bomb), ("a.txt", bytes(range(256)) * 20)):
        page = client.get(sent(client, name, content)).text
        assert 'role="alert"' in page, name
        assert "root:" not in page


def test_nothing_of_a_text_is_written_or_logged(client: Any, tmp_path: Any, monkeypatch: Any, capfd: Any) -> None:
    """A text larger than what libraries keep in memory by themselves leaves no file and no line."""
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = []
    rolled = tempfile.SpooledTemporaryFile.rollover
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda self: (made.append(self), rolled(self)))
    address = sent(client, "big.txt", b"Quiet secret words.\n" * 100_000)
    client.get(address)
    assert made == []
    assert list(tmp_path.iterdir()) == []
    said = capfd.readouterr()
    assert "secret" not in said.out + said.err
