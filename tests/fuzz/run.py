"""Fuzz one target: ``python -m tests.fuzz.run html 600`` runs it for ten minutes.

Needs atheris (``pip install 'yigai[fuzz]'``). Found inputs stay in the folder given as third argument, by default
``fuzz-TARGET`` in the folder for temporary files; what broke a promise is written there too and shown.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["checker", "glossary"], enable_loader_override=False):
    from tests.fuzz.targets import TARGETS, checker

    checker()  # imports the rules
from tests.fuzz.seeds import seeds, words

LONGEST = 20  # seconds that one input may take
MEMORY = 3000  # MB


def main() -> None:
    """Run the target named on the command line."""
    name, *rest = sys.argv[1:]
    seconds = int(rest[0]) if rest else 600
    corpus = Path(rest[1]) if len(rest) > 1 else Path(tempfile.gettempdir()) / f"fuzz-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    dictionary = corpus.with_name(f"{corpus.name}.words")
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in words(name))
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    options = [
        f"-max_total_time={seconds}", f"-timeout={LONGEST}", f"-rss_limit_mb={MEMORY}", "-max_len=20000",
        "-print_final_stats=1", f"-dict={dictionary}", f"-artifact_prefix={corpus}/broken-", str(corpus),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
