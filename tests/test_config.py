"""Settings: where they are read, which wins, and how mistakes in them are shown."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from checker.annotate import FORMATS as ANNOTATED
from checker.cli.config import setting_lines
from checker.cli.setup import checker_for
from checker.config import (
    CHOICES,
    PROFILES,
    ConfigError,
    Configuration,
    Settings,
    find_config,
    one_of,
    read_config,
    read_configuration,
    settings,
)
from checker.document import Document
from checker.reports import FORMATS
from tests.command_here import command_here


def written(folder: Path, name: str, content: str) -> Path:
    """A configuration file in ``folder``."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_the_closest_file_wins(tmp_path: Path) -> None:
    """The search goes up from the working folder; a pyproject.toml without our table is passed over."""
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below) is None
    top = written(tmp_path, "pyproject.toml", "[tool.yigai]\npreview = true\n")
    written(tmp_path / "a", "pyproject.toml", "[project]\nname = 'x'\n")
    assert find_config(below) == top
    own = written(below, "yigai.toml", "preview = false\n")
    assert find_config(below) == own


def test_every_key(tmp_path: Path) -> None:
    """All keys are read, and house styles are found from the file's folder."""
    path = written(
        tmp_path,
        "yigai.toml",
        'glossary = ["house.yaml"]\nformat = "concise"\nmin-confidence = "low"\nfail-on = "error"\n'
        'select = ["TRM"]\nignore = "CON203"\npreview = true\nsubject = "other"\ndate = "2021"\nspelling = "gb"\n',
    )
    made = settings({}, read_config(path))
    assert made.glossary == (str(tmp_path / "house.yaml"),)
    assert (made.format, made.fail_on) == ("concise", "error")
    assert made.options.select == ("TRM",)
    assert made.options.ignore == ("CON203",)
    assert (made.options.min_confidence, made.options.preview, made.options.subject) == ("low", True, "other")
    assert (made.options.date, made.options.spelling) == ("2021", "gb")


def test_precedence() -> None:
    """The command line goes over the file, the file over the profile it or the command line names."""
    made = settings({"fail-on": None, "min-confidence": "high"}, {"profile": "scraped", "min-confidence": "low"})
    assert made.fail_on == PROFILES["scraped"]["fail-on"]
    assert made.options.min_confidence == "high"
    assert settings({"profile": "glossary-only"}, {"select": ("TRM101",)}).options.select == ("TRM101",)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('preview = true\nslect = ["TRM"]\n', 2, "did you mean 'select'?"),
        ('\nformat = "jason"\n', 2, "did you mean 'json'?"),
        ("preview = 'yes'\n", 1, "true or false"),
        ("select = [1]\n", 1, "list of strings"),
        ("fail-on = 3\n", 1, "one of"),
        ('date = "yesterday"\n', 1, "ISO date"),
        ('date = "2020-13-01"\n', 1, "ISO date"),
        ('date = "2021-02-29"\n', 1, "ISO date"),
    ],
)
def test_mistakes_name_file_line_and_nearest_word(tmp_path: Path, content: str, line: int, words: str) -> None:
    """An unknown key or an impossible value is an error at its line, with what was probably meant."""
    path = written(tmp_path, "yigai.toml", content)
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert words in str(caught.value)


def test_a_mistake_in_a_pyproject_table(tmp_path: Path) -> None:
    """The line is that of our table, also where another table has a key of the same name."""
    path = written(tmp_path, "pyproject.toml", "[tool.other]\nprofil = 1\n[tool.yigai]\nprofil = 'draft'\n")
    with pytest.raises(ConfigError, match=r":4: unknown key 'profil'; did you mean 'profile'\?"):
        read_config(path)


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    """A syntax error names the file and keeps the parser's line."""
    with pytest.raises(ConfigError, match=r"yigai.toml: not TOML: .*line 1"):
        read_config(written(tmp_path, "yigai.toml", "preview: true\n"))


def test_nothing_near() -> None:
    """Without a near word the possible ones are listed."""
    with pytest.raises(ConfigError, match="possible: auto, us, gb"):
        one_of("klingon", CHOICES["spelling"], "spelling")


def test_the_formats_are_the_reports() -> None:
    """The configuration knows the reports there are, and the files that findings are written into."""
    assert CHOICES["format"] == FORMATS + ANNOTATED


OVERRIDES = """\
profile = "draft"
fail-on = "error"

[[overrides]]
paths = ["archive/**", "old"]
profile = "scraped"
ignore = ["CON"]

[[overrides]]
paths = ["archive/2021/*.txt"]
date = "2021"
ignore = ["SPC"]
"""


def test_overrides(tmp_path: Path) -> None:
    """Overrides hold for the pages their paths name, the last one first; the command line goes over them."""
    config = read_configuration(written(tmp_path, "yigai.toml", OVERRIDES))

    def of(page: str, **given: object) -> Settings:
        return config.settings({key.replace("_", "-"): value for key, value in given.items()}, str(tmp_path / page))

    assert of("draft.txt").options.ignore == ("RES4",)
    assert of("archive/a.txt").options.ignore == ("CON",)
    assert of("old/deep/a.txt").options.ignore == ("CON",)
    assert of("older/a.txt").options.ignore == ("RES4",)
    page = of("archive/2021/a.txt")
    assert (page.options.ignore, page.options.date) == (("SPC",), "2021")
    assert of("archive/2021/deep/a.txt").options.date is None
    assert of("archive/2021/a.txt", date="2020").options.date == "2020"
    assert of("archive/a.txt").fail_on == "error"
    assert config.settings({}, str(tmp_path.parent / "archive" / "a.txt")).options.ignore == ("RES4",)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("[[overrides]]\nignore = []\n", 1, "need paths"),
        ("preview = true\n[[overrides]]\npaths = ['a']\nformat = 'json'\n", 2, "whole run"),
        ("[[overrides]]\npaths = ['a']\n[[overrides]]\npaths = ['b']\nignor = []\n", 3, "did you mean 'ignore'?"),
        ("[[overrides]]\npaths = [1]\n", 1, "need paths"),
    ],
)
def test_mistakes_in_overrides(tmp_path: Path, content: str, line: int, words: str) -> None:
    """A mistake in an override is shown at its heading."""
    path = written(tmp_path, "yigai.toml", content)
    with pytest.raises(ConfigError) as caught:
        read_configuration(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert words in str(caught.value)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "profile": st.sampled_from(CHOICES["profile"]),
        "min-confidence": st.sampled_from(CHOICES["min-confidence"]),
        "fail-on": st.sampled_from(CHOICES["fail-on"]),
        "subject": st.sampled_from(CHOICES["subject"]),
        "spelling": st.sampled_from(CHOICES["spelling"]),
        "select": st.lists(st.sampled_from(["TRM", "CON201", "GAR3", "wrong-rendering"]), max_size=2),
        "ignore": st.lists(st.sampled_from(["TRM101", "CON", "RES4"]), max_size=2),
        "preview": st.booleans(),
        "date": st.sampled_from(["2021", "2021-10-12"]),
    },
)


def toml(table: dict[str, object]) -> str:
    """The lines of a table; JSON's values are TOML's here."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())


@effort(max_examples=25, deadline=None)
@given(VALUES, st.lists(st.tuples(st.sampled_from(["a/**", "b", "**/x.txt", "*.txt"]), VALUES), max_size=3),
       st.sampled_from(["x.txt", "a/x.txt", "b/c/y.txt"]), st.sampled_from([None, "draft", "scraped"]))  # fmt: skip
def test_what_is_shown_is_what_runs(
    tmp_path_factory: pytest.TempPathFactory,
    top: dict[str, object],
    overrides: list[tuple[str, dict[str, object]]],
    page: str,
    profile: str | None,
) -> None:
    """For any file, the TOML that ``config show`` prints for a page gives the options the page is checked with."""
    folder = tmp_path_factory.mktemp("config")
    tables = [f"[[overrides]]\npaths = [{json.dumps(paths)}]\n{toml(values)}" for paths, values in overrides]
    config = read_configuration(written(folder, "yigai.toml", toml(top) + "".join(tables)))
    given_options: dict[str, object] = {"profile": profile}
    path = str(folder / page)
    shown = tomllib.loads("\n".join(setting_lines(config, given_options, path)))
    alone = read_configuration(written(folder, "shown.toml", toml(shown)))
    checker = checker_for(config, given_options)
    assert checker.page(Document(path, "")).options == alone.settings({}).options
    assert config.settings(given_options, path).fail_on == alone.settings({}).fail_on


def test_config_show_writes_any_path_as_toml() -> None:
    """Paths with Chinese and with characters outside the basic plane stand as they are, and can be read back."""
    layers = ("稿/house.yaml", '𠮷 "a"\\b.yaml')
    config = Configuration(values={"glossary": layers})
    lines = list(setting_lines(config, {}, None))
    assert any("稿/house.yaml" in line for line in lines)
    assert tomllib.loads("\n".join(lines))["glossary"] == list(layers)


def test_config_show_names_the_places(tmp_path: Path) -> None:
    """Each value stands with the file and line, the override, the profile or the default it comes from."""
    written(tmp_path, "yigai.toml", OVERRIDES)
    done = command_here("config", "show", "archive/2021/a.txt", cwd=tmp_path)
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert lines["profile"].endswith("# yigai.toml:4, overrides for archive/**, old")
    assert lines["fail-on"].endswith("# yigai.toml:2")
    assert lines["ignore"].endswith("# yigai.toml:9, overrides for archive/2021/*.txt")
    assert lines["min-confidence"].endswith("# profile scraped")
    assert lines["spelling"].endswith("# default")


def test_a_check_follows_the_overrides(tmp_path: Path) -> None:
    """One run checks each page with its own rules and its own severity that fails."""
    text = "The Health and Health Commission of Guangdong said so.\n"
    for folder in ("strict", "lax", "off"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
    written(tmp_path, "yigai.toml", '[[overrides]]\npaths = ["off"]\nignore = ["TRM"]\n')
    done = command_here("check", "strict", "off", "--format", "concise", cwd=tmp_path)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["strict/a.txt"]
    assert command_here("check", "off", cwd=tmp_path).returncode == 0
