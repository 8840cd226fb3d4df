"""The canonical form: comments and meaning survive, twice is once, files are replaced whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import GlossaryError
from glossary.atomic import write_atomically
from glossary.canonical import WIDTH, canonical, comments
from glossary.yaml_file import read_concepts
from tests.command_here import command_here
from tests.small_tree import TERMS, small_tree

MESSY = """\
# header

# section
- zh: "乙"   # yǐ
  id: b          # coined once
  preferred: 'it''s "b": c'
  # before admitted
  admitted: [a, # about a
     b]  # end of list
  wrong:
    # first wrong
    - {trigger: page, en: "medical # association"}  # after the first
    - en: x y
      # inside
      trigger: [anywhere]
  plural: []  # none
  broader: null
  definition: "no"
  examples: {wrong: [A sentence.], right: [B one., "C: two."]}
  # hangs on b
- {id: c, preferred: c d, zh: 丙}
# footer
"""


def meaning(text: str) -> list[dict[str, Any]]:
    """What a file says, without empty keys."""
    entries, problems = read_concepts("f.yaml", text, "")
    assert not problems
    return [{k: v for k, v in entry.items() if k != "line" and v not in ([], None)} for entry in entries]


def test_meaning_and_comments_survive() -> None:
    """A file with comments everywhere says the same afterwards, and every comment is still there."""
    written = canonical("f.yaml", MESSY)
    assert meaning(written) == meaning(MESSY)
    assert sorted(comments(written)) == sorted(comments(MESSY))
    assert len(comments(written)) == 13


def test_comments_stay_with_their_value() -> None:
    """What stood behind or before a value still stands there."""
    written = canonical("f.yaml", MESSY).splitlines()
    assert "- id: b  # coined once" in written
    assert "  zh: 乙  # yǐ" in written
    assert written[written.index("  # before admitted") + 1] == "  admitted:  # end of list"
    assert '    - {en: "medical # association", trigger: [page]}  # after the first' in written
    assert written[written.index("      # inside") + 1] == "      trigger: [anywhere]"
    assert written[written.index("  # hangs on b") + 2] == "- id: c"
    assert written[-1] == "# footer"


def test_twice_is_once() -> None:
    """The canonical form of the canonical form is itself."""
    written = canonical("f.yaml", MESSY)
    assert canonical("f.yaml", written) == written
    assert canonical("f.yaml", TERMS) == TERMS


def test_no_comment_is_lost() -> None:
    """Comments behind marks without a blank, at the head of folded text, and behind the last item of a list."""
    old = """\
- id: b
  zh: "乙"#glued
  preferred: b c
  admitted: [a b,#first
    c d]#list
  definition: >-  # head of folded
    Some text
    that is folded.
  examples:
    wrong:  # all
      - One.  # one
      - Two.  # two
    right: [Three.]  # three
"""
    written = canonical("f.yaml", old)
    assert sorted(comments(written)) == sorted(comments(old))
    assert len(comments(old)) == 8
    assert "      - Two.  # two" in written.splitlines()
    assert "    right: Three.  # three" in written.splitlines()
    assert canonical("f.yaml", written) == written


def test_a_comment_behind_long_text_stays() -> None:
    """Text that must be folded keeps its comment however often it is written."""
    old = f"- id: b\n  zh: 乙\n  preferred: b c\n  definition: {'many words ' * 20}x  # checked by Li\n"
    written = canonical("f.yaml", old)
    assert "  definition: >-  # checked by Li" in written.splitlines()
    assert canonical("f.yaml", written) == written


WORDS = st.text(st.sampled_from("ab #:-?,[]{}&*!|>'\"%@`\\~=01医，. "), min_size=1, max_size=30).filter(
    lambda text: text.strip()
)
SENTENCES = st.lists(
    st.sampled_from("care hospital # : - 'tis {a} [b] 医联体 no 2019".split()), min_size=1, max_size=60
)


@given(st.lists(WORDS | SENTENCES.map(" ".join), min_size=1, max_size=6, unique_by=str.strip))
def test_any_text_survives(texts: list[str]) -> None:
    """Whatever stands in a value, it is read back as it was, and lines are no longer than they must be."""
    import yaml

    texts = [text.strip() for text in texts]
    entry = {"id": "x", "zh": "医", "preferred": texts[0], "definition": texts[-1], "admitted": texts}
    old = yaml.safe_dump([entry], allow_unicode=True, width=1000)
    written = canonical("f.yaml", old)
    assert meaning(written) == meaning(old)
    assert canonical("f.yaml", written) == written
    assert all(len(line) <= WIDTH for line in written.splitlines() if "  " not in line.strip())


def test_mistakes_are_left_alone() -> None:
    """A file that the loader refuses is not rewritten."""
    with pytest.raises(GlossaryError):
        canonical("f.yaml", "- id: x\n  zh: 医\n  prefered: y\n")


def test_replaced_in_one_step(tmp_path: Path) -> None:
    """Permissions stay, a link stays a link, nothing is left over."""
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old", encoding="utf-8")
    os.chmod(real, 0o640)
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_the_command(tmp_path: Path) -> None:
    """`--check` and `--diff` change nothing and exit 1; without them the file is written, and then it is clean."""
    entries = small_tree(tmp_path, MESSY)
    file = entries / "organisation" / "groups.yaml"
    checked = command_here("glossary", "format", "--check", cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (1, "would change glossary/terms/organisation/groups.yaml\n")
    shown = command_here("glossary", "format", "--diff", cwd=tmp_path)
    assert shown.returncode == 1
    assert "+- id: b  # coined once" in shown.stdout
    assert file.read_text(encoding="utf-8") == MESSY
    assert command_here("glossary", "format", cwd=tmp_path).returncode == 0
    assert file.read_text(encoding="utf-8") == canonical("f.yaml", MESSY)
    assert command_here("glossary", "format", "--check", cwd=tmp_path).returncode == 0
