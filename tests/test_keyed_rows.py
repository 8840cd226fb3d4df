"""Tables of rows under keys of one or two words: what is packed gives what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.keyed_rows import FEW, KeyedRows, Part, StoredRows, StoredWords, packed

WORDS = st.text(alphabet="abcé", min_size=1, max_size=3)
SECONDS = st.one_of(st.just(""), WORDS, WORDS.map("{{{}+".format))
PARTS = st.dictionaries(SECONDS, st.text(alphabet="ab}~ \n", min_size=1, max_size=6), min_size=1, max_size=20)
TABLES = st.lists(st.dictionaries(WORDS, PARTS, max_size=4), min_size=2, max_size=3)


@given(TABLES, st.sets(WORDS, max_size=2 * FEW), st.sets(WORDS, max_size=6))
def test_what_is_packed_gives_what_is_not(
    tables: list[dict[str, dict[str, str]]], words: set[str], firsts: set[str]
) -> None:
    """A table read from a kept file answers as the one it was made of, asked for few words and for many."""
    known = sorted(set().union(*tables))
    lines = [packed([table.get(word, {}) for table in tables]) for word in known]
    stored = StoredWords(
        {word: number for number, word in enumerate(known)},
        lambda number: (b"before" + lines[number] + b"behind", 6, 6 + len(lines[number])),
    )
    for number, table in enumerate(tables):
        built, kept = KeyedRows(table.items()), StoredRows(stored, number)
        assert dict(built.parts_of(firsts)) == {first: dict(part) for first, part in kept.parts_of(firsts)}
        assert kept.parts() == built.parts() == table
        assert kept.words() == built.words()
        for first in (*known, "none"):
            plain, part = (dict(table.parts_of({first})).get(first, Part()) for table in (built, kept))
            assert dict(part) == dict(plain)
            assert len(part) == len(plain)
            assert set(part.among(words)) == set(plain.among(words)) == words & plain.keys()
            assert [word in part for word in sorted(words)] == [word in plain for word in sorted(words)]
            assert ("" in part) == ("" in plain)
            assert {key for key in part.keys_from("{") if key[0] == "{"} == set(plain.keys_from("{"))


def test_a_key_that_a_part_lacks_is_an_error() -> None:
    """As with any mapping."""
    stored = StoredWords({"a": 0}, lambda number: (line, 0, len(line)))
    line = packed([{"b": "rows"}])
    ((_, part),) = StoredRows(stored, 0).parts_of({"a"})
    assert part["b"] == "rows"
    with pytest.raises(KeyError):
        part["c"]
