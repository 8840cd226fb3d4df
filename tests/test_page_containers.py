"""Files of many pages: what is read of each kind, and what damaged, hostile and foreign ones cost."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from checker.batch.containers import Fields, File, Item, Skipped, container_pages
from checker.batch.intake import Intake
from checker.batch.raw_page import RawPage, read_page
from checker.batch.seen import Seen
from checker.document import Document
from checker.finding import CheckError
from checker.readers import BY_CONTENT
from checker.readers.walk import find_files

HTML = "<html><head><title>T</title></head><body><p>The county hospital joined a consortium.</p></body></html>"
NO_FIELDS = Fields()


def items(path: Path, kind: str, fields: Fields = NO_FIELDS) -> list[Item]:
    """What a container holds."""
    return list(container_pages(kind, File("x", str(path)), fields))


def told(found: list[Item]) -> list[tuple[str | None, str]]:
    """Record and content of the pages, record and reason of the errors; what is skipped as ("", "skipped")."""
    return [
        (item.record, item.content.decode()) if isinstance(item, RawPage)
        else ("", "skipped") if isinstance(item, Skipped)
        else (item.record, item.reason)
        for item in found
    ]  # fmt: skip


def a_zip(path: Path, **members: str | bytes) -> Path:
    """A zip; ``__`` in a name is a slash, ``_`` a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def a_tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    """A tar of regular files."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def test_zip(tmp_path: Path) -> None:
    """Members are pages by their suffix; others are skipped, hidden ones passed over, archives in it refused."""
    path = a_zip(
        tmp_path / "x.zip", a__one_txt="One.", b_html=HTML, logo_png=b"\x89PNG", _hidden_txt="no", inner_zip=b"PK\x03\x04",
        fake_txt=b"PK\x03\x04rest", bytes_txt=b"\0\1\2", README_md="no",
    )  # fmt: skip
    found = [item for item in told(items(path, "zip")) if item[1] != HTML]
    assert found == [
        ("a/one.txt", "One."), ("", "skipped"), ("inner.zip", "nested"), ("fake.txt", "nested"), ("", "skipped"),
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tar(tmp_path: Path, mode: str) -> None:
    """As zip; links and devices are skipped, and names that lead out of the archive are only names."""
    path = a_tar(tmp_path / "x.tar", {"../../etc/passwd.txt": b"One.", "/abs.txt": b"Two.", "in.tar.gz": b""}, mode)
    with tarfile.open(tmp_path / "y.tar", mode) as archive:  # type: ignore[call-overload]
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert told(items(path, "tar")) == [
        ("../../etc/passwd.txt", "One."), ("/abs.txt", "Two."), ("in.tar.gz", "nested"),
    ]  # fmt: skip
    assert told(items(tmp_path / "y.tar", "tar")) == [("", "skipped")]


def test_names_in_archives_are_no_paths(tmp_path: Path) -> None:
    """A page reported as ``../../x.txt`` touches no file of this name."""
    page = next(iter(items(a_zip(tmp_path / "x.zip", ______x_txt="Inside."), "zip")))
    assert isinstance(page, RawPage)
    (document,) = read_page(page, BY_CONTENT)
    assert isinstance(document, Document)
    assert (document.path, document.record, document.text) == ("x", page.record, "Inside.")


def test_encrypted_members(tmp_path: Path) -> None:
    """A member with a password is an error, and the rest is read."""
    path = a_zip(tmp_path / "x.zip", a_txt="One.", b_txt="Two.")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag in the directory
    path.write_bytes(content)
    assert told(items(path, "zip")) == [("a.txt", "encrypted"), ("b.txt", "Two.")]


def test_bombs(tmp_path: Path) -> None:
    """What unpacks to far more than it should is refused before it is unpacked."""
    bomb = a_zip(tmp_path / "x.zip", a_txt=b" " * 20_000_000, b_txt="Two.")
    assert told(items(bomb, "zip")) == [("a.txt", "too-large"), ("b.txt", "Two.")]
    huge = a_tar(tmp_path / "x.tar.gz", {f"{n}.txt": b" " * 30_000_000 for n in range(4)})
    last = items(huge, "tar")[-1]
    assert isinstance(last, CheckError)
    assert (last.record, last.reason) == (None, "too-large")
    lines = tmp_path / "x.jsonl.gz"
    lines.write_bytes(gzip.compress(b" " * 100_000_000))
    assert told(items(lines, "jsonl"))[-1] == (None, "too-large")


def test_hostile_headers_of_tar(tmp_path: Path) -> None:
    """A header that claims gigabytes is not read."""
    member = tarfile.TarInfo("././@LongLink")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 10**10
    (tmp_path / "x.tar").write_bytes(member.tobuf(tarfile.GNU_FORMAT) + b"\0" * 20_000)
    assert told(items(tmp_path / "x.tar", "tar")) == [(None, "too-large")]


@pytest.mark.parametrize("kind", ["zip", "tar", "jsonl"])
def test_what_is_no_archive(tmp_path: Path, kind: str) -> None:
    """Bytes under a wrong name are one error of the file or the line."""
    (tmp_path / "x").write_bytes(b"nothing of the kind" * 100)
    (found,) = items(tmp_path / "x", kind)
    assert isinstance(found, CheckError)
    assert found.reason == "damaged"


def test_cut_off_archives(tmp_path: Path) -> None:
    """What stands before the end is read, and the rest is an error."""
    noise = bytes(range(32, 127)) * 3
    members = {f"{n}.txt": bytes(b ^ (n + 1) for b in noise) * 40 for n in range(6)}
    for mode in ("w", "w:gz"):
        path = a_tar(tmp_path / "x.tar", members, mode)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.5)])
        found = items(path, "tar")
        assert isinstance(found[-1], CheckError), mode
        assert found[-1].reason == "damaged"
    path = a_zip(tmp_path / "x.zip", a_txt="One.")
    path.write_bytes(path.read_bytes()[:-10])
    assert told(items(path, "zip")) == [(None, "damaged")]
    lines = tmp_path / "x.jsonl.gz"
    content = gzip.compress("".join(json.dumps({"text": f"Page {n}."}) + "\n" for n in range(5000)).encode())
    lines.write_bytes(content[: len(content) // 2])
    found = items(lines, "jsonl")
    assert isinstance(found[0], RawPage)
    assert told(found)[-1] == (None, "damaged")


def test_json_lines(tmp_path: Path) -> None:
    """Fields are guessed by name; HTML is told from text; lines that are no pages are errors of their own."""
    rows = [
        {"URL": "https://a.example/1", "content": HTML, "pub_date": "2021-03-04T05:06"},
        {"URL": "", "content": "Plain.", "pub_date": None},
        {"URL": "https://a.example/1", "content": None},
        {"URL": "https://a.example/3", "content": [1]},
    ]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join([*map(json.dumps, rows), "", "{", "[1]"]).encode())
    found = items(path, "jsonl")
    assert [(item.record, item.format, item.date) for item in found if isinstance(item, RawPage)] == [
        ("https://a.example/1", "html", "2021-03-04T05:06"), ("line 2", "text", None), ("https://a.example/1", "text", None),
    ]  # fmt: skip
    assert told(found)[3:] == [("https://a.example/3", "no-text"), ("line 6", "damaged"), ("line 7", "damaged")]
    (document,) = read_page(found[0], BY_CONTENT)  # type: ignore[arg-type]
    assert isinstance(document, Document)
    assert (document.kind, document.date) == ("html", "2021-03-04")


def test_chosen_fields(tmp_path: Path) -> None:
    """Fields may be named; a name that is not there, and no text at all, are errors that list what there is."""
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"zh": "中文", "uebersetzung": "Plain.", "nr": 7}) + "\n", encoding="utf-8")
    (page,) = items(path, "jsonl", Fields("uebersetzung", "nr"))
    assert isinstance(page, RawPage)
    assert (page.record, page.content) == ("7", b"Plain.")
    for fields, reason in ((NO_FIELDS, "no-text-field"), (Fields("words"), "no-field")):
        (error,) = items(path, "jsonl", fields)
        assert isinstance(error, CheckError)
        assert error.reason == reason
        assert "uebersetzung" in error.message


def test_parquet(tmp_path: Path) -> None:
    """Rows are pages, read a few at a time."""
    arrow = pytest.importorskip("pyarrow", reason="yigai[corpus] is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "x.parquet"
    columns = {"text": [f"Page {n}." for n in range(50)], "url": [f"https://a.example/{n}" for n in range(50)]}
    parquet.write_table(arrow.table({**columns, "other": [b"x" * 1000] * 50}), path)
    found = told(items(path, "parquet"))
    assert (len(found), found[49]) == (50, ("https://a.example/49", "Page 49."))
    path.write_bytes(path.read_bytes()[:-20])
    assert told(items(path, "parquet")) == [(None, "damaged")]


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a library is absent, the error names the extra that brings it."""
    for module in ("pyarrow", "pyarrow.parquet", "warcio.archiveiterator"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    (tmp_path / "x").write_bytes(b"")
    for kind in ("parquet", "warc"):
        (error,) = items(tmp_path / "x", kind)
        assert isinstance(error, CheckError)
        assert (error.reason, "yigai[corpus]" in error.message) == ("extra-missing", True)


@pytest.mark.parametrize("packed", [True, False])
def test_warc(tmp_path: Path, packed: bool) -> None:
    """Pages answered with 200 are read under their address; pictures, moved pages and the like are skipped."""
    warcio = pytest.importorskip("warcio", reason="yigai[corpus] is not installed")
    from warcio.statusandheaders import StatusAndHeaders

    path = tmp_path / "x.warc.gz"
    with path.open("wb") as stream:
        writer = warcio.WARCWriter(stream, gzip=packed)

        def add(address: str, status: str, mime: str, body: bytes, kind: str = "response") -> None:
            headers = [("Content-Type", mime)]
            if mime.endswith("gzip"):
                headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(address, kind, payload=io.BytesIO(body), http_headers=http))

        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
        add("https://a.example/1", "200 OK", "text/html; charset=utf-8", HTML.encode())
        add("https://a.example/2", "200 OK", "x-gzip", gzip.compress(HTML.encode()))
        add("https://a.example/3", "404 Not Found", "text/html", HTML.encode())
        add("https://a.example/4", "200 OK", "image/png", b"\x89PNG")
        add("https://a.example/5", "200 OK", "text/plain", b"Plain.")
    pages = [("https://a.example/1", HTML), ("https://a.example/2", HTML), ("", "skipped"), ("", "skipped")]
    assert told(items(path, "warc")) == [*pages, ("https://a.example/5", "Plain.")]
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 60])
    assert told(items(path, "warc"))[:4] == pages
    assert told(items(path, "warc"))[-1] == (None, "damaged")
    path.write_bytes(b"nothing of the kind\n" * 100)
    assert told(items(path, "warc")) == [(None, "damaged")]


def test_records_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """The second page of an address says so."""
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "a", "url": "u"}\n{"text": "b", "url": "u"}\n', encoding="utf-8")
    seen = Seen()
    found = list(Intake(find_files([str(path)], containers=True), seen.times))
    seen.close()
    assert [item.record for item in found] == ["u", "u (2)"]


def test_containers_in_folders(tmp_path: Path) -> None:
    """A folder is walked for them where they are wanted; JSON Lines without a text, such as findings, are skipped."""
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n', encoding="utf-8")
    (tmp_path / "findings.jsonl").write_text('{"version": 1, "type": "document"}\n', encoding="utf-8")
    a_zip(tmp_path / "b.zip", a_txt="One.")
    (tmp_path / "c.txt").write_text("One.", encoding="utf-8")
    with_them = find_files([str(tmp_path)], containers=True)
    assert [Path(str(entry)).name for entry in with_them.entries] == ["a.jsonl", "b.zip", "c.txt"]
    assert with_them.skipped == 1
    assert find_files([str(tmp_path)]).skipped == 3
