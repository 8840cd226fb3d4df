"""A small made-up site, written down as JSON Lines of pages, and the store and workbook made of it once for all tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

_PLACES = ("Luoyang", "Xinxiang", "Anyang", "Puyang", "Xuchang", "Shangqiu", "Zhoukou", "Nanyang", "Jiaozuo", "Hebi")
_TEXT = (
    "{place} City has {count} township health centers and {more} village clinics. The {name} of {place} leads tiered "
    "diagnosis and treatment. Each {name} shares {more} beds with {count} public hospitals in Henan.{extra}\n"
)


def write_site(path: Path) -> None:
    """Twelve pages of two sites: three names of 医联体, two of a body, a fault on many pages, and a page twice."""
    rows = []
    for number in range(12):
        place = _PLACES[number % len(_PLACES)]
        name = "medical alliance" if number in (1, 4) else "medical union" if number > 8 else "medical consortium"
        body = "National Health and Wellness Commission" if number % 3 == 0 else "National Health Commission"
        extra = f" The {body} came in {2010 + number}. A medical alliance needs care." if number in (0, 6) else ""
        extra += " The masses are glad." if number % 2 else f" The {body} came."
        text = _TEXT.format(place=place, count=number + 3, more=7 * number + 11, name=name, extra=extra)
        site = "www.north.example" if number < 7 else "health.south.example"
        section = "news" if number % 2 else "policy"
        rows.append(
            {
                "url": f"https://{site}/{section}/{number}.html",
                "date": f"{2018 + number // 3}-05-0{number % 9 + 1}",
                "text": text,
            }
        )
    rows.append({**rows[2], "url": "https://www.north.example/print/2.html"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="session")
def corpus_site(tmp_path_factory: pytest.TempPathFactory, yigai: Run) -> Path:
    """A folder with ``pages.jsonl``, the store ``s.duckdb`` made of it and its workbook ``r.xlsx``; not to be changed."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder / "pages.jsonl")
    for arguments in (
        ("add", "pages.jsonl", "--store", "s.duckdb", "--duplicates", "exact", "--jobs", "1"),
        ("report", "--store", "s.duckdb", "-o", "r.xlsx"),
    ):
        done = yigai("corpus", *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder
