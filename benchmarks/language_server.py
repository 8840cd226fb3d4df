"""Prints how long the language server takes: to start, to mark a draft after a key is pressed, to show a card, to complete.

Run ``python benchmarks/language_server.py [KILOBYTES] [TIMES]`` (20 and 20 by default). A client of its own speaks with
``yigai lsp`` over standard input and output. The draft is made of our own damaged pages; each key is one change in its
middle. Counted is from sending ``didChange`` to receiving ``publishDiagnostics`` of that version, so with the pause in
which the server waits for a further key.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from checker.cli.setup import checker_for
from checker.language_server.buffers import Buffers
from checker.language_server.pages import Pages
from checker.language_server.server import PAGE_DELAY

PAGES = Path(__file__).resolve().parent.parent / "data" / "pages"
SERVER = [
    sys.executable,
    "-P",
    "-c",
    "import sys; sys.argv[1:] = ['lsp']; from checker.cli.main import command; command()",
]
GOAL = 0.2
URI = "file:///tmp/yigai-benchmark/draft.txt"


def draft(kilobytes: int) -> str:
    """Our own pages one after the other, cut to a size in kB of UTF-8."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.txt")) if ".zh." not in path.name]
    whole = "\n\n".join(pages * (1 + kilobytes * 1000 // sum(map(len, pages))))
    return whole.encode("utf-8")[: kilobytes * 1000].decode("utf-8", "ignore")


def processor_time(text: str) -> float:
    """Seconds of this processor that checking a draft again takes after one key: what no other program can lengthen."""
    buffer = Buffers().open(types.TextDocumentItem(URI, "plaintext", 0, text))
    pages = Pages(Buffers(), checker_for)
    taken = []
    for version in range(12):
        buffer = buffer.with_text(f"{buffer.text[:5000]}x{buffer.text[5000:]}", version)
        begun = time.process_time()
        pages.checked(buffer)
        taken.append(time.process_time() - begun)
    return statistics.median(taken[2:])


async def measure(kilobytes: int, times: int) -> None:
    """Print the times of one server with one draft."""
    client = LanguageClient("benchmark", "1")
    published: dict[int, asyncio.Future[int]] = {}

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def publish(params: types.PublishDiagnosticsParams) -> None:
        waiting = published.get(params.version or 0)
        if waiting is not None and not waiting.done():
            waiting.set_result(len(params.diagnostics))

    def waiting_for(version: int) -> asyncio.Future[int]:
        published[version] = asyncio.get_running_loop().create_future()
        return published[version]

    begun = time.perf_counter()
    await client.start_io(*SERVER)
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri="file:///tmp"))
    client.initialized(types.InitializedParams())
    print(f"start to initialized:           {time.perf_counter() - begun:6.2f} s")
    text = draft(kilobytes)
    first = waiting_for(1)
    begun = time.perf_counter()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "plaintext", 1, text)))
    count = await asyncio.wait_for(first, 60)
    print(f"first marks of {kilobytes} kB:           {time.perf_counter() - begun:6.2f} s, {count} marks")
    middle = text[: len(text) // 2]
    place = types.Position(middle.count("\n"), 0)
    taken = []
    for version in range(2, times + 2):
        waiting = waiting_for(version)
        which = types.VersionedTextDocumentIdentifier(version, URI)
        change = types.TextDocumentContentChangePartial(types.Range(place, place), "abcdefghij "[version % 11])
        begun = time.perf_counter()
        client.text_document_did_change(types.DidChangeTextDocumentParams(which, [change]))
        await asyncio.wait_for(waiting, 60)
        taken.append(time.perf_counter() - begun)
        await asyncio.sleep(0.05)
    spread = sorted(taken)
    print(
        f"a key to its marks:             {statistics.median(taken) * 1000:6.0f} ms in the middle, "
        f"{spread[int(0.9 * len(spread))] * 1000:.0f} ms for nine of ten, {spread[-1] * 1000:.0f} ms at most; "
        f"{PAGE_DELAY * 1000:.0f} ms of it is the pause"
    )
    print(
        f"goal, the pause counted:        {GOAL * 1000:6.0f} ms: {'met' if statistics.median(taken) <= GOAL else 'MISSED'}"
    )
    print(f"the check alone, warm:          {processor_time(text) * 1000:6.0f} ms of processor time")
    which_text = types.TextDocumentIdentifier(URI)
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        await client.text_document_hover_async(types.HoverParams(which_text, types.Position(number, 20)))
        taken.append(time.perf_counter() - begun)
    print(f"a card:                         {statistics.median(taken) * 1000:6.0f} ms")
    version = times + 2
    end = types.Position(text.count("\n") + 1, 0)
    change = types.TextDocumentContentChangePartial(types.Range(end, end), "\n医联")
    which = types.VersionedTextDocumentIdentifier(version, URI)
    client.text_document_did_change(types.DidChangeTextDocumentParams(which, [change]))
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        await client.text_document_completion_async(types.CompletionParams(which_text, types.Position(end.line + 5, 0)))
        taken.append(time.perf_counter() - begun)
    print(f"a completion:                   {statistics.median(taken) * 1000:6.0f} ms")
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


if __name__ == "__main__":
    asyncio.run(measure(*(int(word) for word in (sys.argv[1:] + ["20", "20"][len(sys.argv) - 1 :]))))
