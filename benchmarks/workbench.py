"""Prints how long the workbench takes to show a draft of 5 kB, and what ten people who check at once have to wait.

Run ``python benchmarks/workbench.py``; it needs yigai[serve,dev], and for the screen yigai[browser] and Chromium. Goals:
a draft on screen within a second; ten people at once on two cores without an error.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx

ROOT = Path(__file__).resolve().parent.parent
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PEOPLE = 10
ROUNDS = 5  # texts that each of them checks, one after the other


def main() -> None:
    """Measure one draft by HTTP and on screen, then ten people."""
    draft = (ROOT / "data" / "pages" / "county-community.txt").read_text(encoding="utf-8")
    draft = (draft + draft)[:5000]
    with workbench() as address:
        one_draft(address, draft)
        on_screen(address, draft)
        many_people(address)


@contextmanager
def workbench() -> Iterator[str]:
    """A workbench with two processes; its address."""
    code = "from checker.cli.main import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", "0", "--jobs", "2"]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8")
    assert running.stderr is not None
    found = re.search(r"http://[\d.]+:\d+", running.stderr.readline())
    assert found is not None
    try:
        with client(found[0]) as asking, ThreadPoolExecutor(4) as threads:  # until both processes have their glossary
            list(threads.map(lambda _: asking.post("/check", data={"text": "A text."}), range(8)))
        yield found[0]
    finally:
        running.terminate()
        running.wait(20)


def client(address: str) -> httpx.Client:
    """Somebody who asks the workbench from its own pages."""
    return httpx.Client(
        base_url=address, headers={"origin": address}, follow_redirects=True, timeout=120, trust_env=False
    )


def one_draft(address: str, draft: str) -> None:
    """From sending the form to having the whole page of the result."""
    taken = []
    with client(address) as asking:
        for _ in range(10):
            start = time.perf_counter()
            asking.post("/check", data={"text": draft}).raise_for_status()
            taken.append(time.perf_counter() - start)
    print(
        f"draft of {len(draft) / 1000:.0f} kB, by HTTP     median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s"
    )


def on_screen(address: str, draft: str) -> None:
    """From the click to cards that can be used, in Chromium."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        print("draft on screen              not measured: no Playwright or no Chromium")
        return
    taken = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        page = browser.new_page()
        for _ in range(6):
            page.goto(address)
            page.fill("#text", draft)
            start = time.perf_counter()
            page.click("form.check button.main")
            page.wait_for_selector("#filters:not([hidden])")
            taken.append(time.perf_counter() - start)
        browser.close()
    print(
        f"draft of {len(draft) / 1000:.0f} kB, on screen   median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s (goal: 1 s)"
    )


def many_people(address: str) -> None:
    """Each checks texts of different sizes, accepts something, and takes the corrected text home."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "pages").glob("*.txt"))]
    english = [text for text in pages if text.isascii() or sum(char > "\u2fff" for char in text) * 5 < len(text)]

    def person(number: int) -> tuple[list[float], int]:
        taken, errors = [], 0
        with client(address) as asking:
            for turn in range(ROUNDS):
                start = time.perf_counter()
                answer = asking.post("/check", data={"text": english[(number + turn) % len(english)]})
                taken.append(time.perf_counter() - start)
                place = str(answer.url)
                decided = asking.post(
                    f"{place}/decide", data={"action": "repairs"}, headers={"accept": "application/json"}
                )
                corrected = asking.get(f"{place}/take/corrected")
                errors += sum(one.status_code >= 400 for one in (answer, decided, corrected))
        return taken, errors

    start = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as threads:
        done = list(threads.map(person, range(PEOPLE)))
    whole = time.perf_counter() - start
    taken = sorted(seconds for those, _ in done for seconds in those)
    errors = sum(wrong for _, wrong in done)
    print(
        f"{PEOPLE} people, {len(taken)} texts        median {statistics.median(taken):.2f} s, "
        f"worst {taken[-1]:.2f} s, {len(taken) / whole:.1f} texts a second, {errors} errors"
    )


if __name__ == "__main__":
    main()
