"""The workbench asked directly: checking, deciding, taking home, forgetting, languages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.document import Document
from checker.finding import Finding
from tests.conftest import Run
from tests.workbench import PAGE, checked, decide, number_of, sent, word_file, workbench

XLIFF = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="zh-CN" target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source>县医院加入了医联体。</source><target>The county hospital joined a medical association.</target></trans-unit>
</body></file></xliff>
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A workbench without a store."""
    with workbench() as made:
        yield made


def test_a_pasted_text_is_marked_and_each_finding_has_a_card(client: Any) -> None:
    """Marks lead to cards, cards say what to write and name the concept."""
    page = client.get(checked(client)).text
    number = number_of(page, "medical association")
    assert f'href="#f-{number}"' in page
    assert 'value="medical consortium"' in page
    assert '<a href="/glossary/concept/medical-consortium" lang="zh">医联体</a>' in page


def test_nothing_to_check_says_so_and_keeps_what_was_filled_in(client: Any) -> None:
    """An empty form comes back with its choices."""
    answer = client.post("/check", data={"text": "  ", "source": "医联体", "spelling": "gb"})
    assert answer.status_code == 400
    assert "nothing to check" in answer.text
    assert "医联体</textarea>" in answer.text
    assert '<option value="gb" selected>' in answer.text


def test_chinese_stands_beside_the_english_in_step(client: Any) -> None:
    """With the Chinese pasted too, each pair is a row, and what needs the Chinese is checked."""
    text = "The county hospital joined a medical association.\n\nIt has 300 beds.\n"
    page = client.get(checked(client, text, source="县医院加入了医联体。\n\n它有500张床位。\n")).text
    assert page.count('<div class="pair">') == 2
    assert '<div lang="zh">' in page
    number_of(page, "300")


def test_two_files_make_a_pair(client: Any) -> None:
    """A file and the file of its Chinese are put side by side; sides that are swapped are refused in words."""
    english, chinese = b"The county hospital joined a medical association.", "县医院加入了医联体。".encode()
    page = client.get(sent(client, "a.txt", english, source_file=("a.zh.txt", chinese))).text
    assert '<div class="pair">' in page
    page = client.get(sent(client, "a.zh.txt", chinese, source_file=("a.txt", english))).text
    assert 'role="alert"' in page
    assert '<div class="pair">' not in page


def test_a_text_may_hold_both_languages(client: Any) -> None:
    """Lines that take turns are parted into a pair."""
    text = (
        "The county hospital joined a medical association.\n县医院加入了医联体。\nIt has 300 beds.\n它有500张床位。\n"
    )
    page = client.get(checked(client, text, both="1")).text
    assert page.count('<div class="pair">') == 2
    number_of(page, "300")


def test_lines_that_do_not_pair_are_refused_in_words(client: Any) -> None:
    """Line by line needs as many lines on both sides."""
    page = client.get(checked(client, "One.\nTwo.\n", source="一。\n", lines="1")).text
    assert "the English has 2 lines and the Chinese 1" in page


def test_accepted_findings_go_into_the_corrected_text(client: Any) -> None:
    """What is accepted is written, also in words of one's own; all else stays as it was."""
    address = checked(client)
    page = client.get(address).text
    told = decide(
        client, address, finding=number_of(page, "medical association"), action="accept", text="medical consortium"
    )
    assert told["message"] == ""
    assert told["states"]["accepted"] == 1
    own = number_of(page, "medical league")
    told = decide(client, address, finding=own, action="accept", text="consortium & co")
    assert told["message"] == ""
    answer = client.get(f"{address}/take/corrected")
    assert answer.text == PAGE.replace("medical association", "medical consortium").replace(
        "medical league", "consortium & co"
    )
    assert "pasted.corrected.txt" in answer.headers["content-disposition"]
    told = decide(client, address, finding=own, action="reopen")
    assert "medical league" in client.get(f"{address}/take/corrected").text


def test_safe_repairs_are_accepted_together(client: Any) -> None:
    """One button accepts what does not change what the text says."""
    address = checked(client)
    told = decide(client, address, action="repairs")
    assert told["states"]["accepted"] >= 2
    text = client.get(f"{address}/take/corrected").text
    assert "the aim, and" in text
    assert "2021." in text
    assert "medical association" in text


def test_findings_that_meet_are_not_both_accepted(client: Any) -> None:
    """A second correction of the same words is refused by the number of the first."""
    address = sent(client, "page.txt", PAGE.encode())
    check = client.app.state.checks.get(address.rsplit("/", 1)[-1])
    first, finding = next((n, item) for n, item in check.numbered if item.quote == "medical association")
    findings = (
        *check.outcome.result.findings,
        finding._replace(start=finding.start - 2, quote="a medical association"),
    )
    check.outcome = check.outcome._replace(result=check.outcome.result._replace(findings=findings))
    assert decide(client, address, finding=first, action="accept", text="x")["message"] == ""
    told = decide(client, address, finding=len(findings), action="accept", text="y")
    assert f"finding {first}" in told["message"]
    assert told["states"]["accepted"] == 1


def test_a_finding_without_a_suggestion_needs_words(client: Any) -> None:
    """Accepting nothing would delete what stands there."""
    address = checked(client, "The hospital is good .\n\nLearning from the county hospitals in the reform of health.\n")
    findings = client.app.state.checks.get(address.rsplit("/", 1)[-1]).numbered
    bare = next((n for n, finding in findings if finding.suggestion is None and not finding.fixes), None)
    assert bare is not None
    assert "write what should stand there" in decide(client, address, finding=bare, action="accept", text="")["message"]


def test_lines_of_the_site_are_taken_out_together(found: Callable[..., Finding]) -> None:
    """All places go, whatever they say; of other findings only those with the same words are written over."""
    from checker.server.decisions import Decision as Decided
    from checker.server.decisions import corrected_text, edits_for

    document = Document("page.txt", "Home > News\nTiered care. Tiered care! Tiered cure.\nShare this")
    site = found(document, "Home > News", category="furniture", also=((48, 58),))
    term = found(document, "Tiered care", suggestion="tiered care", also=((25, 36), (38, 49)))
    decisions = {
        number: Decided("accepted", text, edits=edits_for(document, finding, text))
        for number, finding, text in ((1, site, ""), (2, term, "tiered care"))
    }
    assert len(decisions[1].edits) == 2
    assert (
        corrected_text(document, {2: decisions[2]}) == "Home > News\ntiered care. tiered care! Tiered cure.\nShare this"
    )
    assert corrected_text(document, {1: decisions[1]}).startswith("\nTiered care.")


def test_what_is_dismissed_is_a_suppression_that_the_command_takes(client: Any, yigai: Run, tmp_path: Path) -> None:
    """The downloaded file silences the finding beside the page; a dismissal needs a reason."""
    address = sent(client, "page.txt", PAGE.encode())
    page = client.get(address).text
    number = number_of(page, "medical association")
    assert "reason" in decide(client, address, finding=number, action="dismiss", reason=" ")["message"]
    assert decide(client, address, finding=number, action="dismiss", reason="a society")["states"]["dismissed"] == 1
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    before = yigai("check", "page.txt", "--format", "concise", cwd=tmp_path).stdout
    (tmp_path / "yigai-accepted.yaml").write_bytes(client.get(f"{address}/take/accepted").content)
    after = yigai("check", "page.txt", "--format", "concise", cwd=tmp_path)
    assert "“medical association”" in before
    assert "“medical association”" not in after.stdout
    assert "a society" in (tmp_path / "yigai-accepted.yaml").read_text(encoding="utf-8")


def test_deciding_works_without_a_script(client: Any) -> None:
    """A plain form leads back to its card, which then says what was decided."""
    address = checked(client)
    number = number_of(client.get(address).text, "medical association")
    data = {"finding": number, "action": "accept", "text": "medical consortium"}
    answer = client.post(f"{address}/decide", data=data, follow_redirects=False)
    assert answer.headers["location"] == f"{address}#f-{number}"
    assert f'id="f-{number}" class="card warning accepted"' in client.get(address).text


def test_a_word_file_is_corrected_and_annotated(client: Any) -> None:
    """Both files open again: one with the new words, one with a comment and the old."""
    from docx import Document

    content = word_file(
        "In Sichuan the county hospital joined a medical association for health system reform.", "Tiered care in China."
    )
    address = sent(client, "draft.docx", content)
    page = client.get(address).text
    number = number_of(page, "medical association")
    assert decide(client, address, finding=number, action="accept", text="medical consortium")["message"] == ""
    corrected = Document(io.BytesIO(client.get(f"{address}/take/corrected").content))
    assert "joined a medical consortium" in corrected.paragraphs[0].text
    annotated = Document(io.BytesIO(client.get(f"{address}/take/annotated").content))
    assert "joined a medical association" in annotated.paragraphs[0].text
    assert any("medical consortium" in comment.text for comment in annotated.comments)


def test_an_xliff_file_is_checked_with_its_source_and_annotated(client: Any) -> None:
    """The Chinese of a unit stands beside it; the download has a note."""
    address = sent(client, "job.xlf", XLIFF.encode())
    page = client.get(address).text
    assert '<div class="pair">' in page
    assert "/take/corrected" not in page
    number = number_of(page, "medical association")
    assert "not corrected here" in decide(client, address, finding=number, action="accept", text="x")["message"]
    assert b"<note from=" in client.get(f"{address}/take/annotated").content


def test_a_web_page_keeps_its_mark_up(client: Any) -> None:
    """Only the words are replaced, and what is written is escaped."""
    content = b"<html><body><p>The <i>county</i> hospital joined a medical association in Sichuan.</p></body></html>"
    address = sent(
        client,
        "page.html",
        content,
    )
    page = client.get(address).text
    number = number_of(page, "medical association")
    decide(client, address, finding=number, action="accept", text="<b>consortium</b>")
    made = client.get(f"{address}/take/corrected").content
    assert made == content.replace(b"medical association", b"&lt;b&gt;consortium&lt;/b&gt;")


def test_reports_leave_out_what_was_dismissed(client: Any) -> None:
    """Both reports are files that say the rest."""
    address = checked(client)
    number = number_of(client.get(address).text, "medical association")
    decide(client, address, finding=number, action="dismiss", reason="a society")
    report = client.get(f"{address}/take/html").text
    assert "medical league" in report
    assert "“medical association” is" not in report
    assert client.get(f"{address}/take/xlsx").content.startswith(b"PK")


def test_the_corrected_text_can_be_checked_again(client: Any) -> None:
    """The form comes filled with it, and what was dismissed stays so."""
    address = checked(client)
    number = number_of(client.get(address).text, "medical association")
    decide(client, address, finding=number, action="accept", text="medical consortium")
    token = address.rsplit("/", 1)[-1]
    graded = number_of(client.get(address).text, "Graded diagnosis and treatment")
    decide(client, address, finding=graded, action="dismiss", reason="quoted")
    form = client.get(f"/?from={token}").text
    assert "joined a medical consortium with" in form
    assert f'name="from" value="{token}"' in form
    again = client.get(checked(client, client.get(f"{address}/take/corrected").text, **{"from": token})).text
    assert re.search(r'class="card warning dismissed" [^>]*data-rule="TRM103"', again)
    assert 'value="quoted"' in again


def test_a_check_is_forgotten_when_asked_and_after_a_while(client: Any) -> None:
    """Its page is then gone in words."""
    from checker.server.checks import Checks
    from checker.server.settings import LIMITS

    address = checked(client)
    assert client.post(f"{address}/forget", follow_redirects=False).status_code == 303
    gone = client.get(address)
    assert gone.status_code == 404
    assert "no longer in memory" in gone.text
    now = [0.0]
    kept = client.app.state.checks.get(checked(client).rsplit("/", 1)[-1])
    checks = Checks(LIMITS._replace(checks=2, idle=10.0), lambda: now[0])
    tokens = [checks.add(kept.submission, kept.outcome, True).token for _ in range(3)]
    assert [checks.get(token) is not None for token in tokens] == [False, True, True]
    now[0] = 11.0
    assert checks.get(tokens[2]) is None


def test_the_language_is_asked_for_kept_or_preferred(client: Any) -> None:
    """?lang= wins and is remembered; else the browser's own preference."""
    assert '<html lang="zh-CN">' in client.get("/", headers={"accept-language": "fr, zh-TW;q=0.8, en;q=0.1"}).text
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "fr"}).text
    answer = client.get("/?lang=zh")
    assert "检查译文" in answer.text
    assert '<html lang="zh-CN">' in client.get("/rules").text
    client.cookies.clear()


def test_every_word_of_the_interface_is_there_in_both_languages() -> None:
    """Each key that a template or module names is in the table, and each key of the table is named somewhere."""
    pytest.importorskip("starlette", reason="the workbench needs yigai[serve]")
    from checker.server.language import table

    folder = Path(__file__).resolve().parent.parent / "checker" / "server"
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in [*folder.glob("*.py"), *folder.glob("templates/*.html")]
    )
    named = set(re.findall(r"""["']([a-z]+\.[\w-]+)["']""", sources))
    groups = {*re.findall(r"""["']([a-z_]+)\.["'] ~""", sources), *re.findall(r"t\.of\('([a-z_]+)'", sources)}
    groups |= {"error", *re.findall(r"choice\('([a-z]+)'", sources)}
    keys = table()
    assert {
        word
        for word in named
        if re.fullmatch(r"(nav|check|result|take|card|glossary|concept|propose|corpus|error)\..*", word)
    } - {
        "card.html",
        "check.html",
        "result.html",
        "glossary.html",
        "concept.html",
        "propose.html",
        "corpus.html",
    } <= keys.keys()
    assert {key for key in keys if key not in named and key.split(".")[0] not in groups} == set()
    assert all(set(row) == {"en", "zh"} for row in keys.values())


def test_rules_go_by_a_chinese_name_in_chinese(client: Any) -> None:
    """Those of the table are rules; the list, a card and the filter show them, and say what stays English."""
    from checker.rules.registry import all_rules
    from checker.server.language import table

    assert table("rule_names.zh.yaml").keys() <= {rule.code for rule in all_rules()}
    assert "<span>误译</span>" in client.get("/rules?lang=zh").text
    page = client.get(checked(client)).text
    assert "<span>误译</span>" in page
    assert "TRM101 误译</option>" in page
    assert "问题说明为英文" in page
    client.cookies.clear()


def test_work_that_takes_too_long_is_ended_and_the_next_is_done() -> None:
    """The process is replaced; the one who asked is told."""
    import asyncio

    pytest.importorskip("starlette", reason="the workbench needs yigai[serve]")
    from checker.server.bench import Submission, WorkError
    from checker.server.pool import TIMEOUT, Pool
    from checker.server.settings import LIMITS, Settings

    async def run() -> tuple[str, int]:
        pool = Pool(Settings(workers=1, limits=LIMITS._replace(work=0.05)))
        pool.start()
        try:
            with pytest.raises(WorkError) as caught:
                await pool.run("check", Submission("a.txt", PAGE.encode() * 2000))
            outcome = None
            for _ in range(20):  # the limit is short, and the machine may be busy
                try:
                    outcome = await pool.run("check", Submission("a.txt", b"Fine."))
                    break
                except WorkError:
                    continue
            return caught.value.reason, -1 if outcome is None else len(outcome.documents)
        finally:
            await pool.close()

    assert asyncio.run(run()) == (TIMEOUT, 1)


def test_the_command_says_what_cannot_be_had(yigai: Run, tmp_path: Path) -> None:
    """A folder, a store, an address that cannot be used: one line and exit code 2."""
    pytest.importorskip("duckdb", reason="a store needs yigai[corpus]")
    (tmp_path / "no-store").write_text("text", encoding="utf-8")
    for options, words in (
        (["--write", "nowhere"], "nowhere: there is no such folder of entries"),
        (["--store", "nowhere"], "nowhere: there is no such store"),
        (["--store", "no-store"], "no-store"),
        (["--host", "203.0.113.7", "--port", "0"], "203.0.113.7"),
    ):
        done = yigai("serve", *options, cwd=tmp_path)
        assert done.returncode == 2, options
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_of_both_languages_keeps_its_chinese(client: Any, encoding: str) -> None:
    """The corrected file, and the text put back into the form, hold the Chinese lines; it is checked as before."""
    text = (
        "医联体建设取得进展。\nThe construction made progress .\n分级诊疗是目标。\nGraded diagnosis is the the aim.\n"
    )
    files = {"file": ("a.txt", text.encode(encoding))}
    sent_fields = {"both": "1", "confidence": "low", "spelling": "gb"}
    address = client.post("/check", files=files, data=sent_fields, follow_redirects=False).headers["location"]
    decide(client, address, action="repairs")
    wanted = text.replace("progress .", "progress.").replace("the the", "the")
    assert client.get(f"{address}/take/corrected").content == wanted.encode(encoding)
    page = client.get(f"/?from={address.rpartition('/')[2]}").text
    assert wanted in page
    assert 'name="both" value="1" checked' in page
    assert re.findall(r'value="([\w-]+)" selected', page) == ["text", "auto", "gb", "low"]


def test_a_page_stays_in_the_encoding_it_names(client: Any) -> None:
    """What a web page's encoding lacks becomes a reference, for UTF-8 under another name would garble all of it."""
    page = '<meta charset="big5"><p>醫院。The county hospital joined the medical association.</p>'
    address = sent(client, "a.html", page.encode("big5"))
    number = number_of(client.get(address).text, "medical association")
    decide(client, address, action="accept", finding=number, text="café 医")
    taken = client.get(f"{address}/take/corrected").content
    assert taken == page.replace("medical association", "caf&#233; &#21307;").encode("big5")
