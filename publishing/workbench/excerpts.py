"""A few words around a place in a text, for somebody who decides about it."""

from __future__ import annotations


def words_around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """At most so many words before and after a span, each with the space that parts it from the span."""
    before, after = text[:start], text[end:]
    return (
        " ".join(before.split()[-most:]) + " " * before.endswith((" ", "\n")),
        " " * after.startswith((" ", "\n")) + " ".join(after.split()[:most]),
    )
