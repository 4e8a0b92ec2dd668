"""What a search index says is read to its last string, whatever stands between strings."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import UnpackingError, unpack
from redaction.leaks.unpacking import BREAK

PREFIX = b"pagefind_dcd"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.floats() | st.text(max_size=300),
    lambda inner: (
        st.lists(inner, max_size=40) | st.dictionaries(st.integers(-300, 300) | st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=40,
)


def strings_of(value: Any) -> list[str]:
    """Every string of a value in order, keys too."""
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in strings_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings_of(one)]
    return [value] if isinstance(value, str) else []


def read(data: bytes) -> str:
    """What the gate reads in an index of such CBOR."""
    return next(part.text for part in unpack(PREFIX + data))


@given(VALUES)
def test_every_string_is_read_in_order(value: Any) -> None:
    """Between numbers of every length and lists within lists."""
    assert read(cbor2.dumps([value])) == BREAK.join(strings_of(value))


@pytest.mark.parametrize(
    "data",
    [
        b"\x9f\x01\x18\x63\x64Zebu\xff",
        b"\xbf\x38\x64\xf8\x20\x64Zebu\xff",
        b"\xd8\x64\x98\x01\x64Zebu",
        b"\x18\x18\x64Zebu\x18\x0a\x98\x0a",
    ],
)
def test_what_follows_a_byte_that_looks_like_a_string_is_read(data: bytes) -> None:
    """The second byte of a number, a tag or a length is none of its own, nor is a newline the end of anything."""
    assert read(data) == "Zebu"


@pytest.mark.parametrize(
    "data", [b"\x64Zebu\x18", b"\x01\x38", b"\x01\xd8", b"\x98", b"\x01\x19\x01", b"\x64Zeb", b"\x1c"]
)
def test_an_index_that_breaks_off_is_not_taken_for_read(data: bytes) -> None:
    """Whatever it lacks at its end, so that nothing of it is published."""
    with pytest.raises(UnpackingError):
        list(unpack(PREFIX + data))
