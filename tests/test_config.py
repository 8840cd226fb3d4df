"""Settings: where they are read, which wins, and how mistakes in them are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.config import CHOICES, PROFILES, ConfigError, find_config, one_of, read_config, settings
from checker.reports import FORMATS


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
    """The configuration knows the reports there are."""
    assert CHOICES["format"] == FORMATS
