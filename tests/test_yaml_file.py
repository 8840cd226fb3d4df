"""Glossary YAML: what is refused, and that each mistake is shown at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary import Glossary, GlossaryError, load
from glossary.cache import KEPT, KEYED
from glossary.compiled import published
from glossary.working_tree import read_tree
from glossary.yaml_file import read_concepts, read_morphemes, read_names
from tests.small_tree import TERMS, small_tree

GOOD = "- id: x\n  zh: 医\n  preferred: medicine\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        (GOOD + "  zh: 药\n", 4, 3, "stands twice"),
        (GOOD + "  colour: red\n", 4, 3, "unknown key 'colour'"),
        (GOOD + "  definition: no\n", 4, 15, "put it in quotes"),
        (GOOD + "  definition: 2019-01-01\n", 4, 15, "put it in quotes"),
        (GOOD + "  admitted: &a [b]\n", 4, 13, "anchors and aliases"),
        (GOOD + "  status: done\n", 4, 11, "expected one of: approved"),
        (GOOD + "  wrong: [{en: y}]\n", 4, 11, "has no trigger"),
        (GOOD + "  wrong: [{en: y, trigger: [near]}]\n", 4, 11, "nothing to be near to"),
        (GOOD + '  valid: {from: "March"}\n', 4, 17, "is no date"),
        (GOOD + "  sources: [{url: x}]\n", 4, 13, "needs url and title"),
        ("- id: x\n  preferred: medicine\n", 1, 3, "has no zh"),
        ("- id: X Y\n  zh: 医\n  preferred: m\n", 1, 7, "is no id"),
        ("- id: x\n  zh: [医\n", 3, 1, "not valid YAML"),
        ("id: x\n", 1, 1, "expected a list"),
    ],
)
def test_mistakes_have_a_place(text: str, line: int, column: int, words: str) -> None:
    """Each mistake names line and column, says what was expected and shows the line."""
    _, problems = read_concepts("f.yaml", text, "field")
    problem = next(p for p in problems if words in p.message)
    assert (problem.line, problem.column) == (line, column)
    assert str(problem).startswith(f"f.yaml:{line}:{column}: ")


def test_a_good_entry_has_no_problems() -> None:
    """The smallest entry reads as it stands."""
    concepts, problems = read_concepts("f.yaml", GOOD, "field")
    assert not problems
    assert concepts == [{"id": "x", "zh": "医", "preferred": "medicine", "file": "f.yaml", "line": 1, "field": "field"}]


def test_unsafe_tags_are_refused() -> None:
    """A Python tag is data of a wrong kind, never an object."""
    _, problems = read_concepts("f.yaml", GOOD + "  definition: !!python/object/apply:os.system [echo]\n", "field")
    assert problems


def test_deep_nesting_is_refused() -> None:
    """A million brackets are an error, not a crash."""
    _, problems = read_concepts("f.yaml", GOOD + "  admitted: " + "[" * 100_000, "field")
    assert problems


def test_morpheme_keys_are_checked() -> None:
    """A key without a sense, a doubled member and an empty class are mistakes."""
    text = "级:\n  zh: 级\n  sense: s\n  marked: [a, a]\n级.a:\n  zh: 级\n  sense: s\n"
    _, problems = read_morphemes("m.yaml", text)
    words = " ".join(problem.message for problem in problems)
    assert "no morpheme key" in words
    assert "twice" in words
    assert "no members" in words


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A curated glossary of one file, in the place of the installed one, with a cache of its own."""
    root = tmp_path / "root"
    for name, text in (
        ("terms/field/a.yaml", GOOD),
        ("morphemes/m.yaml", "级.a:\n  zh: 级\n  sense: s\n  plain: [grade]\n"),
    ):
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("glossary.layers.ROOT", root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_a_layer_replaces_what_it_names(small: Path) -> None:
    """A house style moves the old preferred form to the admitted ones and may withdraw a concept."""
    layer = small / "house.yaml"
    layer.write_text("- id: x\n  preferred: our own word\n", encoding="utf-8")
    changed = load(layer).concept("x")
    assert changed is not None
    assert changed.preferred == "our own word"
    assert changed.admitted == ("medicine",)
    layer.write_text("- id: x\n  status: withdrawn\n", encoding="utf-8")
    assert [item.id for item in load(layer).concepts] == []
    assert [item.id for item in load().concepts] == ["x"]


def test_a_broken_layer_is_an_error_with_its_place(small: Path) -> None:
    """GlossaryError lists the file of the layer; an unknown id without a full entry is refused."""
    layer = small / "house.yaml"
    layer.write_text("- id: nobody-knows-this\n  preferred: x\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"house\.yaml:1:"):
        load(layer)


def test_an_id_stands_once_in_a_layer(small: Path) -> None:
    """A copied entry whose id was left as it was is a mistake at its line, and not two concepts of one id."""
    layer = small / "house.yaml"
    layer.write_text("- {id: n, zh: 药, preferred: drug}\n- {id: n, zh: 房, preferred: room}\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"the id 'n' is taken by .*house\.yaml:1"):
        load(layer)


@pytest.mark.parametrize("damage", ["{", "00000000\n{}", "[]", "", "GOOD\n{}"])
def test_a_damaged_cache_is_rebuilt(small: Path, damage: str) -> None:
    """Junk in the cache folder is passed over silently and replaced."""
    load()
    (index,) = (small / "cache" / "yigai").glob("*.tables")
    good = index.read_bytes()
    index.write_bytes(damage.encode().replace(b"GOOD", good))
    assert [item.id for item in load().concepts] == ["x"]
    assert index.read_bytes() == good


def test_a_cache_that_is_damaged_anywhere_is_rebuilt(small: Path) -> None:
    """Whichever byte of the file is wrong, the glossary is what it was, and the file is written anew."""
    made = _unpacked(load())
    (index,) = (small / "cache" / "yigai").glob("*.tables")
    good = index.read_bytes()
    for place in range(0, len(good), 7):
        index.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert _unpacked(load()) == made
        assert index.read_bytes() == good


def _unpacked(glossary: Glossary) -> list[object]:
    """All that the tables of a glossary hold, be they kept or just made."""
    tables = glossary.tables
    lines = [*tables["concepts"], *tables["morphemes"], *tables["patterns"], tables["names"]]
    keyed = [tables[name].parts() for name in KEYED]
    return [*(line.encode() if isinstance(line, str) else line for line in lines), *keyed, tables["ids"]]


def test_entries_keep_their_place_behind_one_that_cannot_be_read(tmp_path: Path) -> None:
    """What is said of a concept stands at that concept, though one before it has a mistake."""
    tree = read_tree(small_tree(tmp_path, TERMS.replace("  preferred: medical consortium\n", "")))
    ((file, number, entry),) = tree.concepts
    start, end = file.spans[f"{number}/id"]
    assert file.text[start:end] == entry["id"] == "tiered-care"


def test_a_cache_that_others_may_write_is_not_read(small: Path) -> None:
    """A file that others could have planted is never taken for ours."""
    load()
    (index,) = (small / "cache" / "yigai").glob("*.tables")
    house = small / "house.yaml"
    house.write_text("- id: x\n  preferred: planted\n", encoding="utf-8")
    load(house)
    (planted,) = {*index.parent.glob("*.tables")} - {index}
    planted.replace(index)
    assert "planted" in load().tables["forms"].parts()
    index.chmod(0o666)
    assert "planted" not in load().tables["forms"].parts()


def test_a_glossary_that_is_used_stays_in_the_cache(small: Path) -> None:
    """However many house styles are tried beside it, the one that is loaded again and again is not removed."""
    load()
    (used,) = (small / "cache" / "yigai").glob("*.tables")
    for number in range(2 * KEPT):
        house = small / "house.yaml"
        house.write_text(f"- id: x\n  preferred: medicine {number}\n", encoding="utf-8")
        load(house)
        load()
    assert used.exists()
    assert len([*used.parent.glob("*.tables")]) == KEPT


def test_no_home_folder_is_no_error(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no cache can be written the glossary loads all the same."""
    (small / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(small / "file" / "below"))
    assert load().concepts


@pytest.mark.parametrize(
    ("title", "path", "year"),
    [
        ("Health services in villages (1949-1980) (Some Journal 2017)", "/a", "2017"),
        ("Everybody insured by 2020", "/2016-06/06/content.htm", "2016"),
        ("A short name 2021-12-10", "/news/1", "2021"),
        ("Reform from 2003 to 2011", "/news/1", None),
        ("No year", "/news/1", None),
    ],
)
def test_the_year_of_a_source(title: str, path: str, year: str | None) -> None:
    """It is when the source came out, not what it is about."""
    assert published({"title": title, "url": f"https://example.org{path}"}, {}).get("year") == year


def test_a_name_holds_nothing_that_parts_compiled_tables() -> None:
    """It is refused at its row, not when the table is read."""
    _, (problem,) = read_names("names.yaml", "places:\n- {zh: 甲县, en: Jia}\n- {zh: 乙县, en: Yi, wrong: [Y^i]}\n")
    assert "'Y^i'" in problem.message
    assert problem.line == 3
