"""The hooks, run by pre-commit itself in a repository of the test's own, with a good installed glossary beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.small_tree import PAGE, TERMS, small_tree

FILE = "glossary/terms/organisation/groups.yaml"

BAD_EDITS = {
    "an unknown key": ("  preferred: tiered care\n", "  prefered: tiered care\n", "prefered", "GLS801"),
    "no YAML": ("zh_variants: [医疗联合体]", "zh_variants: [医疗联合体", "preferred: medical consortium", "GLS801"),
    "a doubled id": ("- id: tiered-care\n", "- id: medical-consortium\n", None, "GLS802"),
    "another order of keys": (
        "  zh: 分级诊疗\n  preferred: tiered care\n", "  preferred: tiered care\n  zh: 分级诊疗\n",
        "  preferred: tiered care", "GLS803",
    ),
    "the Chinese of another concept": ("  zh: 分级诊疗\n", "  zh: 医联体\n", None, "GLS804"),
    "wrong and admitted": ("admitted: [medical alliance]", "admitted: [medical association]", "en: medical association",
                           "GLS807"),
    "a class that is not there": ("{联.union}", "{联.unoin}", "{联.unoin}", "GLS811"),
    "Traditional characters": ("  zh: 分级诊疗\n", "  zh: 分級診療\n", "分級診療", "GLS815"),
    "an unlisted host": ("https://english.www.gov.cn/a/2020/y", "https://blog.example.org/y", "blog.example.org", "GLS818"),
    "a successor that is not there": (
        "  preferred: tiered care\n", "  preferred: tiered care\n  replaced_by: nobody\n", "replaced_by", "GLS820",
    ),
    "an example that fails": ("joined a medical association.", "joined a medical club.", "medical club", "GLS821"),
}  # fmt: skip


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository with the test's own `yigai`, configuration and caches."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "PATH": os.pathsep.join([str(folder.parent / "bin"), os.environ["PATH"]]),
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Keeper",
        "GIT_AUTHOR_EMAIL": "keeper@example.org",
        "GIT_COMMITTER_NAME": "Keeper",
        "GIT_COMMITTER_EMAIL": "keeper@example.org",
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=110
    )


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A repository with a good glossary, the hooks installed and everything committed."""
    pytest.importorskip("pre_commit")
    folder = tmp_path_factory.mktemp("keeper") / "repository"
    small_tree(folder)
    command = folder.parent / "bin" / "yigai"
    command.parent.mkdir()
    program = "from checker.cli.main import main; main()"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -c '{program}' \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    hooks = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    # A local repository: nothing is cloned or built.
    hooks = [{**hook, "exclude": "^data/controls/"} if hook["id"] == "yigai-check" else hook for hook in hooks]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    for step in (
        ["git", "init", "-q", "."],
        ["git", "add", "-A"],
        ["git", "commit", "-q", "-m", "A good glossary"],
        [sys.executable, "-m", "pre_commit", "install"],
    ):
        done = run(folder, *step)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def edited(folder: Path, old: str, new: str) -> subprocess.CompletedProcess[str]:
    """Commit an edit of the entries, from a clean state."""
    run(folder, "git", "reset", "-q", "--hard")
    assert old in TERMS
    (folder / FILE).write_text(TERMS.replace(old, new), encoding="utf-8")
    return run(folder, "git", "commit", "-a", "-m", "An edit")


@pytest.mark.parametrize("kind", BAD_EDITS)
def test_a_bad_edit_is_refused(committed: Path, kind: str) -> None:
    """The commit fails, and the hook names the file, the line and the rule; the installed glossary is not looked at."""
    old, new, words, rule = BAD_EDITS[kind]
    done = edited(committed, old, new)
    output = done.stdout + done.stderr
    assert done.returncode != 0, output
    lines = TERMS.replace(old, new).splitlines()
    number = lines.index("- id: tiered-care") + 1 if words is None and "- id: tiered-care" in lines else None
    if words is not None:
        number = next(n for n, line in enumerate(lines, 1) if words in line)
    elif number is None:
        number = max(n for n, line in enumerate(lines, 1) if line.startswith("- id:"))
    if kind == "the Chinese of another concept":
        number += 1
    assert f"{FILE}:{number}:" in output, output
    assert rule in output


def test_a_good_edit_passes_and_shows_its_impact(committed: Path) -> None:
    """The commit is made, and the hook's output says what comes and goes on the sample pages."""
    new = TERMS.replace("admitted: [medical alliance]", "admitted: [medical alliance, medic union]")
    new = new.replace("      - The hospital leads a medic union.\n", "").replace(
        "    wrong:\n      - The hospital joined a medical association.\n",
        "    wrong: The hospital joined a medical association.\n",
    )
    run(committed, "git", "reset", "-q", "--hard")
    (committed / FILE).write_text(new, encoding="utf-8")
    done = run(committed, "git", "commit", "-a", "-m", "A good edit")
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    assert "medical-consortium (医联体): “medic union” — → admitted" in output
    column = PAGE.splitlines()[1].index("medic union") + 1
    assert f"gone 1: data/pages/one.txt:2:{column} “medic union” TRM102" in output
    assert "controls 0 → 0" in output
    run(committed, "git", "reset", "-q", "--hard", "HEAD~1")


def test_pages_are_checked_and_exclusions_honoured(committed: Path) -> None:
    """A page with a wrong rendering is refused; one that the configuration excludes is not looked at."""
    run(committed, "git", "reset", "-q", "--hard")
    wrong = "In Sichuan the Health and Health Commission met. The Health and Health Commission decided.\n"
    for name in ("data/controls/two.txt", "data/pages/two.txt"):
        (committed / name).write_text(wrong, encoding="utf-8")
    run(committed, "git", "add", "data/controls/two.txt")
    excluded = run(committed, "git", "commit", "-m", "Excluded")
    assert excluded.returncode == 0, excluded.stdout + excluded.stderr
    run(committed, "git", "add", "data/pages/two.txt")
    refused = run(committed, "git", "commit", "-m", "Refused")
    assert refused.returncode != 0
    assert "data/pages/two.txt:1:" in refused.stdout + refused.stderr
    run(committed, "git", "reset", "-q", "--hard", "HEAD~1")
