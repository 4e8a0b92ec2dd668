"""The bytes that are hashed and signed."""

from __future__ import annotations

import hashlib
import json


def canonical_json(value: object) -> bytes:
    """The bytes that are hashed: sorted keys, UTF-8, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sha256(value: object) -> str:
    """The hash of a value's canonical JSON."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
