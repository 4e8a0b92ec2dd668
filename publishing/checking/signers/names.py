"""Names of people as they are compared: two spellings are no two people."""

from __future__ import annotations

import re

from redaction import fold_text, is_only_a_word

_WITHIN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONE_LETTERS = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_POSTS = frozenset(
    "board chair chief commissioner committee coordinator deputy director executive governor head inspector "
    "lead leader manager minister officer panel secretary senior supervisor team unit".split()
)


def has_letters(name: str) -> bool:
    """Whether somebody is named at all: a name has letters."""
    return bool(_folded_words(name))


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's as far as spelling tells.

    Capitals, accents, look-alikes, dots, brackets (with or without what stands in them) and the order of words are ignored.
    """
    return bool(_spellings(one) & _spellings(other))


def are_two_names(one: str, other: str) -> bool:
    """Whether two names are two people's as far as spelling tells; each has letters."""
    return has_letters(one) and has_letters(other) and not same_person(one, other)


def names_a_post(name: str) -> bool:
    """Whether this names a post ("Head of Casework") and nobody who holds it."""
    words = fold_text(name).split()
    return not _POSTS.isdisjoint(words) and all(word in _POSTS or is_only_a_word(word) for word in words)


def _spellings(name: str) -> set[tuple[str, ...]]:
    whole, without = _folded_words(name), _folded_words(_WITHIN_BRACKETS.sub(" ", name))
    return {words for words in (whole, without) if words}


def _folded_words(name: str) -> tuple[str, ...]:
    """The words of a name that have letters, in order of the alphabet; initials that stand together are one word."""
    letters = "".join(c for c in fold_text(name.replace(".", " ")) if c.isalpha() or c == " ")
    return tuple(sorted(_LONE_LETTERS.sub(r"\1", letters).split()))
