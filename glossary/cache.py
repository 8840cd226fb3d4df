"""What is worked out once and kept in the user's cache folder, keyed by the content it was made of.

Only ever JSON, read only where nobody else can have written it; what is damaged or missing is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

FORMAT = 11
ENTRY = "|"  # parts entries; can stand in none
LOOKED_UP = ("forms", "members", "place_names", "wrong_names")
LISTED = ("ids", "patterns")
KEPT = 6  # compiled glossaries
CODE = ("compiled.py", "forms.py", "templates.py", "folding.py", "yaml_file.py", "layers.py", "cache.py")


def cache_folder() -> Path:
    """The user's own cache folder for yigai."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(os.path.expanduser("~"), "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(os.path.expanduser("~"), "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "yigai"


def cache_key(contents: list[bytes], version: str) -> str:
    """SHA-256 over the sources, the tool's version, the format of what is kept, and the code that made it."""
    digest = hashlib.sha256(f"{version} {FORMAT} {_code_state()}".encode())
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _code_state() -> str:
    # While the package is edited its version stands still.
    folder = Path(__file__).parent
    return " ".join(str(os.stat(folder / name).st_mtime_ns) for name in CODE)


def read_kept(path: Path) -> bytes | None:
    """A file of the cache; None when there is none or others could have written it."""
    try:
        state = path.stat()
        if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
            return None
        return path.read_bytes()
    except OSError:
        return None


def keep(path: Path, text: str) -> None:
    """Write a file of the cache, whole or not at all; a folder that cannot be written is no error."""
    import tempfile

    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise


def trim(folder: Path, pattern: str, number: int) -> list[Path]:
    """Remove all but the newest ``number`` files of a folder that match; returns what was removed."""
    removed = []
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)[:-number]:
            path.unlink()
            removed.append(path)
    return removed


def read_tables(key: str) -> dict[str, Any] | None:
    """The compiled tables kept under ``key`` (see `glossary.compiled`), or None."""
    index, entries = (read_kept(path) for path in _files(key))
    if index is None or entries is None:
        return None
    try:
        tables: dict[str, Any] = json.loads(index)
        for name in LOOKED_UP:
            keys, rows = tables[name]
            tables[name] = dict(zip(keys.split(ENTRY), rows.split(ENTRY), strict=True))
        for name in LISTED:
            tables[name] = tables[name].split(ENTRY) if tables[name] else []
        names, *lines = entries.split(b"\n")
        number = len(tables["ids"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if lines[-1:] != [b""] or len(lines) <= number:
        return None
    return tables | {"names": names, "concepts": lines[:number], "morphemes": lines[number:-1]}


def keep_tables(key: str, tables: dict[str, Any]) -> None:
    """Keep compiled tables under ``key``; older ones are removed.

    The index is JSON of a few long ASCII strings without escapes, which takes a fifth of the time to read that a
    mapping of many would; the entries are lines of JSON, parsed one by one when asked for.
    """
    index, entries = _files(key)
    keep(entries, "\n".join([tables["names"], *tables["concepts"], *tables["morphemes"], ""]))
    kept: dict[str, object] = {"modifiers": tables["modifiers"]}
    kept |= {name: [ENTRY.join(tables[name].keys()), ENTRY.join(tables[name].values())] for name in LOOKED_UP}
    kept |= {name: ENTRY.join(tables[name]) for name in LISTED}
    keep(index, json.dumps(kept))
    for old in trim(index.parent, "*.index.json", KEPT):
        with contextlib.suppress(OSError):
            _files(old.name.partition(".")[0])[1].unlink()


def _files(key: str) -> tuple[Path, Path]:
    folder = cache_folder()
    return folder / f"{key}.index.json", folder / f"{key}.entries.jsonl"
