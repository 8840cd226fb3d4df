"""The workbench under load and attack: slow clients, big and many forms, two who write at once, script in every field."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from checker.document import Document
from checker.finding import DocumentReport, Finding, Fix, Related, Result, SourceReference, Summary
from tests.conftest import REPOSITORY, Run
from tests.small_tree import small_tree
from tests.workbench import PAGE, checked, decide, sent, workbench

pytest.importorskip("starlette", reason="the workbench needs yigai[serve]")

from checker.server.bench import Bench, Outcome, Submission, WorkError
from checker.server.checks import Checks
from checker.server.decisions import Claims, Decision
from checker.server.patience import Patience
from checker.server.proposals import Assessed, Proposal
from checker.server.settings import LIMITS, Settings

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202eevil\x1b[31m{{7*191}}"
TAGS = re.compile(r"<script>alert|<img src=x|\u202e|\x1b|1337")
SERVE = """
from checker.server.run import run
from checker.server.settings import LIMITS, Settings
from glossary import load
run(Settings(workers=1, limits=LIMITS._replace(head=2, body=2)), load(), "127.0.0.1", 0)
"""
PROPOSAL = {"file": "organisation/groups.yaml", "url": "https://english.www.gov.cn/a/2021/z", "what": "write"}


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A workbench that takes 300 kB in all."""
    with workbench(limits=LIMITS._replace(receiving=300_000)) as made:
        yield made


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of entries."""
    return small_tree(tmp_path_factory.mktemp("tree"))


# -- slow clients, and those that go away


def test_slow_clients_are_cut_off_and_nobody_else_waits(tmp_path: Path) -> None:
    """Against a real server: silent, half a head, half a form, an answer not fetched, and one that goes away."""
    running = subprocess.Popen(
        [sys.executable, "-P", "-c", SERVE], cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert running.stderr is not None
    try:
        found = re.search(r":(\d+)/", running.stderr.readline())
        assert found is not None
        head = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Length: {10**6}\r\n"
        form = f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=half".encode()
        fetch = b"GET /static/style.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        with contextlib.ExitStack() as stack:
            slow = []
            for start in (b"", b"GET / HTTP/1.1\r\nHost: 127", head.encode(), form, fetch * 800):
                one = stack.enter_context(socket.create_connection(("127.0.0.1", int(found[1]))))
                one.settimeout(0.2)
                with contextlib.suppress(TimeoutError):
                    one.sendall(start)
                slow.append(one)
            gone = socket.create_connection(("127.0.0.1", int(found[1])))
            gone.sendall(form)
            gone.close()
            with socket.create_connection(("127.0.0.1", int(found[1]))) as quick:
                quick.sendall(b"GET /rules HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                assert quick.recv(15) == b"HTTP/1.1 200 OK"
            for number, one in enumerate(slow[:4]):
                one.settimeout(20)
                with contextlib.suppress(ConnectionResetError):
                    assert one.recv(1) == b"", number
            time.sleep(4)  # the last is not read from before it is cut off
            slow[4].settimeout(20)
            with contextlib.suppress(ConnectionResetError):
                got = sum(iter(lambda: len(slow[4].recv(1 << 16)), 0))
                assert got < 800 * (REPOSITORY / "checker/server/static/style.css").stat().st_size
    finally:
        running.terminate()
        said = running.stderr.read()
        running.wait(20)
        running.stderr.close()
    assert said == ""


def test_patience_tells_slow_clients_from_a_slow_workbench() -> None:
    """Asking, sending and receiving have their time, the work itself as much as it takes; a crowd is thinned."""
    now = [0.0]

    def connection(cycle: Any, waiting: int = 0) -> Any:
        closed: list[float] = []
        transport = SimpleNamespace(get_write_buffer_size=lambda: waiting, abort=lambda: closed.append(now[0]))
        made = type("Connection", (), {"cycle": cycle, "transport": transport, "closed": closed})
        return made()

    silent = connection(None)
    sending = connection(type("Sending", (), {"response_complete": False, "more_body": True}))
    working = connection(type("Working", (), {"response_complete": False, "more_body": False}))
    receiving = connection(type("Done", (), {"response_complete": True, "more_body": False}), waiting=1000)
    patience = Patience(LIMITS._replace(head=10, body=50, crowd=5), lambda: now[0])
    for second in range(100):
        now[0] = second
        patience.look([silent, sending, working, receiving])
    assert (silent.closed[0], sending.closed[0], working.closed, receiving.closed[0]) == (11, 51, [], 51)
    crowd = [connection(None) for _ in range(5)]
    for now[0] in (200.0, 201.0):
        patience.look([*crowd, working])
    assert [one.closed for one in crowd] == [[201.0]] * 5
    assert working.closed == []


# -- too much


def test_all_forms_together_have_a_limit(client: Any) -> None:
    """What would be too much for the memory is turned away in words; when it is gone there is room again."""
    for _ in range(2):
        answer = client.post("/check", files={"file": ("a.txt", b"Fine words. " * 40_000)})
        assert answer.status_code == 503
        assert "Too many texts" in answer.text
    for _ in range(3):
        sent(client, "a.txt", b"Fine. " * 20_000)


def test_forms_of_many_fields_are_refused(client: Any) -> None:
    """No form of ours has as many; neither encoding builds lists without end."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/check", content=b"&a=b" * 50_000, headers=headers).status_code == 400
    assert client.post("/check", files=[(f"f{n}", ("a.txt", b"x")) for n in range(50)]).status_code == 400


def test_files_that_swell_are_refused(client: Any) -> None:
    """A Word file and a workbook of a few kB that hold hundreds of megabytes."""
    for name, part in (("a.docx", "word/document.xml"), ("a.xlsx", "xl/workbook.xml")):
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made, made.open(part, "w") as entry:
            for _ in range(200):
                entry.write(b" " * 2**20)
        page = client.get(sent(client, name, stream.getvalue())).text
        assert 'role="alert"' in page, name
        assert 'class="document"' not in page, name


def test_a_page_shows_so_many_findings_and_says_how_many_more(client: Any) -> None:
    """All are counted and reported; the page stays of a size that a browser can lay out."""
    syllables = ("bdfghjklm", "aeiou", "nrst", "aeiou", "lmnt")
    names = itertools.islice(map("".join, itertools.product(*syllables)), 2300)
    address = sent(client, "a.txt", "".join(f"We saw the {name} {name} again.\n\n" for name in names).encode())
    total = len(client.app.state.checks.get(address.rsplit("/", 1)[-1]).numbered)
    assert total > 2000
    page = client.get(address).text
    assert page.count("<article") == 2000
    assert f"{total - 2000:,} more finding" in page
    report = client.get(f"{address}/take/html").text
    assert report.count('<article id="f-') == total


def test_what_is_kept_is_measured_by_what_was_found_too() -> None:
    """A small text with very many findings counts for what it takes."""
    finding = Finding(
        "a.txt", None, "TRM101", "wrong-rendering", "terminology", "terminology", "warning", "high",
        0, 1, 1, 1, 1, 2, "a", "a message", "0" * 16, also=tuple((n, n + 1) for n in range(1000)),
    )  # fmt: skip
    summary = Summary(1, 0, 1, {}, {}, (), (), {})
    outcome = Outcome((Document("a.txt", "a"),), Result((), (finding,) * 20, (), summary, {}))
    checks = Checks(LIMITS._replace(remembered=25_000_000))
    tokens = [checks.add(Submission("a.txt", b"a"), outcome, True).token for _ in range(5)]
    assert [checks.get(token) is not None for token in tokens] == [False, False, False, True, True]


def test_claims_find_what_comparing_all_with_all_finds() -> None:
    """The quick way to tell whether edits meet, against the slow one."""
    from checker.fixing import Edit

    draw = random.Random(7)
    for _ in range(300):
        decisions: dict[int, Decision] = {}
        claims = Claims({}, ())
        for number in range(1, 12):
            start = draw.randrange(40)
            edits = (Edit(start, start + draw.randrange(5), "", "TRM101"),)
            meets = {
                other
                for other, decision in decisions.items()
                for one, two in itertools.product(decision.edits, edits)
                if one.start == two.start or (one.start < two.end and two.start < one.end)
            }
            holder = claims.holder(edits)
            assert (holder in meets) if meets else holder is None
            if not meets:
                decisions[number] = Decision("accepted", edits=edits)
                claims.add(number, edits)
        assert Claims(decisions, decisions).holder((Edit(0, 40, "", ""),)) is None


# -- other sites


def test_pages_elsewhere_cannot_ask_for_anything(client: Any) -> None:
    """No image, script or request of theirs reaches the workbench; a link that a person follows does."""
    for site, mode, status in (
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
        ("cross-site", "navigate", 200),
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
    ):
        answer = client.get("/glossary?q=x", headers={"sec-fetch-site": site, "sec-fetch-mode": mode})
        assert answer.status_code == status, (site, mode)


def test_no_link_leads_to_another_host(client: Any) -> None:
    """An address that begins with two slashes, or with what becomes them, does not come back as a link."""
    for place in ("//evil.example/", "/%2Fevil.example/", "/%5Cevil.example", "/\\evil.example/"):
        page = client.get(f"http://127.0.0.1:8765{place}").text
        addresses = re.findall(r'href="([^"]*)"', page)
        assert [address for address in addresses if re.match(r"[/\\]{2}|https?:", address)] == [], place


def test_opening_it_to_the_network_warns(tmp_path: Path) -> None:
    """Whoever listens on more than this machine is told what that means, and the more with --write."""
    code = "from checker.cli.main import main; main()"
    command = [sys.executable, "-P", "-c", code, "serve", "--port", "0", "--host", "0.0.0.0", "--jobs", "1"]
    small_tree(tmp_path)
    for options, words in (([], "there is no password"), (["--write", "glossary/terms"], "can also write proposals")):
        running = subprocess.Popen([*command, *options], cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8")
        assert running.stderr is not None
        try:
            assert "http://0.0.0.0:" in running.stderr.readline()
            assert words in running.stderr.readline()
        finally:
            running.kill()
            running.wait(20)
            running.stderr.close()


# -- two who write at once


def test_proposals_written_at_once_all_stand_in_the_file(tree: Path) -> None:
    """Nobody's entry is lost, the same one is written once, and each shows at once as proposed."""
    proposals = [
        {**PROPOSAL, "zh": "处方流转", "preferred": "prescription transfer"},
        {**PROPOSAL, "zh": "药品追溯", "preferred": "tracing of medicines"},
        {**PROPOSAL, "zh": "床位周转", "preferred": "bed turnover"},
        {**PROPOSAL, "zh": "床位周转", "preferred": "bed turnover"},
    ]
    with workbench(tree=tree, write=True, workers=2) as client, ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(lambda one: client.post("/glossary/propose", data=one, follow_redirects=False), proposals)
        )
        assert sorted(answer.status_code for answer in answers) == [303, 303, 303, 422]
        page = client.get("/glossary/concept/bed-turnover").text
        assert "not yet approved" in page
        assert "/glossary/concept/bed-turnover" in client.get("/glossary?q=床位周转").text
        assert "/glossary/concept/bed-turnover" in client.get("/glossary/proposed/bed-turnover").text
    entries = yaml.safe_load((tree / "organisation/groups.yaml").read_text(encoding="utf-8"))
    names = [entry["id"] for entry in entries]
    assert sorted(names[2:]) == ["bed-turnover", "prescription-transfer", "tracing-of-medicines"]


def test_a_file_changed_by_hand_meanwhile_is_not_written_over(tree: Path) -> None:
    """What an editor saved while the entry was linted stays, and whoever proposed is told."""
    path = tree / "organisation" / "groups.yaml"

    class Interrupted(Bench):
        def assess(self, proposal: Proposal) -> Assessed:
            made = super().assess(proposal)
            path.write_text(path.read_text(encoding="utf-8") + "\n# By hand.\n", encoding="utf-8")
            return made

    bench = Interrupted(Settings(tree=tree, write=True))
    with pytest.raises(WorkError) as caught:
        bench.write_proposal(Proposal("诊疗科目", "registered specialties", "organisation/groups.yaml"))
    assert caught.value.reason == "changed"
    text = path.read_text(encoding="utf-8")
    assert text.endswith("# By hand.\n")
    assert "registered specialties" not in text


# -- script in every field


def test_whatever_is_proposed_is_text(tree: Path) -> None:
    """In the file, which stays readable YAML that says the same, in the patch, and on the page of the entry."""
    nasty = f"{HOSTILE} : {{}} # - &a *a !!python/object:os.system |"
    fields = ("definition", "wrong_example", "right_example", "title", "wrong1", "why1")
    data = {**PROPOSAL, **dict.fromkeys(fields, nasty), "zh": f"恶意{nasty}", "preferred": nasty}
    data["admitted"] = "</textarea><script>alert(1)</script>"
    with workbench(tree=tree, write=True) as client:
        shown = client.post("/glossary/propose", data={**data, "what": "show"}).text
        assert not TAGS.search(shown)
        answer = client.post("/glossary/propose", data=data)
        assert answer.status_code == 200, answer.text
        assert not TAGS.search(answer.text)
        entry = yaml.safe_load((tree / "organisation/groups.yaml").read_text(encoding="utf-8"))[-1]
        told = nasty.replace("\u202e", "").replace("\x1b", "")
        assert entry["definition"] == entry["wrong"][0]["why"] == entry["sources"][0]["title"] == told
        assert entry["status"] == "proposed"
        page = client.get(f"/glossary/concept/{entry['id']}").text
        assert "&lt;script&gt;" in page
        assert not TAGS.search(page)
        assert not TAGS.search(client.get("/glossary?q=evil").text)


def test_whatever_a_finding_says_is_text(client: Any, found: Callable[..., Finding]) -> None:
    """Its message, advice, concept, reasons, sources and Chinese; also what a person answers, in the file of it."""
    document = Document(f"{HOSTILE}.txt", f"We {HOSTILE} met.")
    finding = found(
        document, HOSTILE, name=HOSTILE, message=HOSTILE, suggestion=HOSTILE, concept=HOSTILE, zh=HOSTILE, why=HOSTILE,
        admitted=(HOSTILE,), source_quote=HOSTILE, related=(Related(0, 1, HOSTILE),), fixes=(Fix(3, 4, HOSTILE),),
        sources=(SourceReference(HOSTILE, "javascript:alert(1)", HOSTILE, HOSTILE),),
    )  # fmt: skip
    report = DocumentReport(document.path, None, 2, "other", HOSTILE, "fine", (HOSTILE,), {}, (), {})
    summary = Summary(1, 0, 1, {}, {}, (), (HOSTILE,), {})
    outcome = Outcome((document,), Result((report,), (finding,), (), summary, {}))
    check = client.app.state.checks.add(Submission(document.path, document.text.encode()), outcome, False)
    address = f"/check/{check.token}"
    page = client.get(address).text
    assert page.count("&lt;script&gt;") > 10
    assert not TAGS.search(page)
    assert "javascript:" not in page
    assert not TAGS.search(client.get(f"{address}/take/html").text)
    reason = f"{HOSTILE}\n- {{path: x}} # no"
    decide(client, address, finding=1, action="dismiss", reason=reason)
    entries = yaml.safe_load(client.get(f"{address}/take/accepted").content)
    assert [entry["reason"] for entry in entries] == [
        " ".join(reason.split()).replace("\u202e", "").replace("\x1b", "")
    ]
    assert not TAGS.search(client.get(address).text)


def test_whatever_stands_in_a_store_is_text(yigai: Run, tmp_path: Path) -> None:
    """Names of pages, texts in both languages, renderings, findings; lists, charts, concordance and pages of concepts."""
    duckdb = pytest.importorskip("duckdb", reason="a store needs yigai[corpus]")
    pytest.importorskip("matplotlib", reason="charts need yigai[corpus]")
    store = tmp_path / "s.duckdb"
    pages = [REPOSITORY / "data/pages" / name for name in ("county-community.txt", "hospital-about.txt")]
    assert yigai("corpus", "add", *pages, "--store", store, "--jobs", 1).returncode == 0
    with duckdb.connect(str(store)) as con:
        con.execute("UPDATE documents SET path = path || $h, site = $h, reasons = [$h], date = '2019'", {"h": HOSTILE})
        con.execute("UPDATE documents SET date = '2021' WHERE document = (SELECT min(document) FROM documents)")
        con.execute("UPDATE mentions SET rendering = rendering || $h, zh = zh || $h", {"h": HOSTILE})
        con.execute("UPDATE texts SET text = text || $h, source = '医联体' || $h", {"h": HOSTILE})
        rows = con.execute("SELECT document, number, object FROM findings").fetchall()
        for document, number, row in rows:
            told = json.dumps({**json.loads(row), "message": HOSTILE, "zh": HOSTILE, "quote": HOSTILE})
            con.execute("UPDATE findings SET object = ? WHERE document = ? AND number = ?", [told, document, number])
        numbers = [row[0] for row in con.execute("SELECT document FROM documents").fetchall()]
    with workbench(store=store) as client:
        places = ["/corpus", "/corpus/pages", "/corpus/trends", "/glossary/concept/medical-consortium"]
        places += [f"/corpus/page/{number}" for number in numbers]
        places += ["/corpus/concordance?q=evil", "/corpus/concordance?q=医联体"]
        for place in places:
            answer = client.get(place)
            assert answer.status_code == 200, place
            assert not TAGS.search(answer.text), place
            assert place == "/corpus/trends" or "&lt;script&gt;" in answer.text, place
        charts = re.findall(r"/corpus/chart/[\w-]+\.svg", client.get("/corpus/trends").text)
        assert charts
        assert not any(TAGS.search(client.get(chart).text) for chart in charts)


def test_addresses_of_checks_cannot_be_guessed(client: Any) -> None:
    """Each has 24 bytes of chance; none is found by a part of it."""
    tokens = [checked(client, PAGE).rsplit("/", 1)[-1] for _ in range(5)]
    assert len(set(tokens)) == 5
    assert {len(token) for token in tokens} == {32}
    assert client.get(f"/check/{tokens[0][:-1]}").status_code == 404
