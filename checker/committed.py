"""The glossary of a working tree as it stands in a commit, laid out in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from glossary.layers import DATA


class NotCommittedError(Exception):
    """There is no such commit, or the glossary is not in it; the message says which."""


def committed_terms(terms: Path, revision: str, folder: Path) -> Path:
    """Write the glossary of ``terms`` as of ``revision`` into ``folder``; returns its folder of concepts.

    Raises NotCommittedError when git, the repository, the commit or the glossary in it is missing.
    """
    beside = terms.resolve().parent
    if revision.startswith("-"):
        raise NotCommittedError(f"{revision!r} is no commit")
    prefix = _git(beside, "rev-parse", "--show-prefix").decode().strip()
    tree = f"{revision}:{prefix}"
    listed = _git(beside, "ls-tree", "--full-tree", "-z", "--name-only", tree).decode().split("\0")
    wanted = [name for name in (terms.name, "morphemes", *DATA) if name in listed]
    if terms.name not in wanted:
        raise NotCommittedError(f"{terms} is not in {revision}")
    root = Path(_git(beside, "rev-parse", "--show-toplevel").decode().strip())
    archive = _git(root, "archive", "--format=tar", tree, "--", *wanted)
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder / terms.name


def _git(folder: Path, *arguments: str) -> bytes:
    # A hook's own variables name the index of the commit being made; what is read here is an older one.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise NotCommittedError("git is not installed") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        raise NotCommittedError(lines[0].removeprefix("fatal: "))
    return done.stdout
