"""JSON as people read it is written as Python's own encoder writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.files.indented_json import indented_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_it_is_what_python_writes(value: Any, sort_keys: bool) -> None:
    """Byte for byte, whatever is in it."""
    told = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=sort_keys) + "\n"
    assert indented_json(value, sort_keys=sort_keys) == told.encode()


@pytest.mark.parametrize("value", ['\x00\x1f\x7f\u2028\\"/', (1, -(2**70)), {"b": {}, "a": []}, {"é": [[], [{}]]}])
def test_signs_large_numbers_and_empty_things(value: Any) -> None:
    """What encoders are apt to write each in its own way."""
    assert indented_json(value) == (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
