"""SHA-256 without OpenSSL, whose loading takes longer than all that one page has to hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256  # of CPython from 3.12 on
    except ImportError:
        try:
            from _sha256 import sha256  # of 3.11
        except ImportError:
            from hashlib import sha256

__all__ = ["sha256"]
