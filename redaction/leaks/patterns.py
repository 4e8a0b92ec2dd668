"""Surface forms to search for, each with everyone who declared it, and how they are found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import ahocorasick

from redaction.lexicon.words import is_beginning, is_english_word
from redaction.names.surface_forms import DECLARED_INITIALS, INITIALS, LETTERS, PREMISES, Form, Strength

RUN_TOGETHER = 8

"""Letters that a form needs to be searched for with its words run together or cut elsewhere."""


@dataclass(frozen=True)
class Pattern:
    """A form to search for, and everyone who declared it."""

    text: str
    kind: str
    owners: frozenset[str]
    common: bool

    @property
    def squeezed(self) -> str:
        """The form with its words run together."""
        return self.text.replace(" ", "")

    @property
    def what(self) -> str:
        """What a hit is called in a message."""
        return "the folder's name" if self.kind == "folder" else "an identity"

    @property
    def is_initials(self) -> bool:
        """Whether single letters are all there is of it."""
        return self.kind in (INITIALS, DECLARED_INITIALS, LETTERS) or all(len(word) == 1 for word in self.text.split())

    @property
    def is_surname(self) -> bool:
        """Whether it is a surname alone."""
        return self.kind in ("surname", "plural")

    @property
    def is_number(self) -> bool:
        """Whether it is digits alone."""
        return self.squeezed.isdigit()

    @property
    def is_code(self) -> bool:
        """Whether it is one word of letters and digits."""
        # most forms are letters alone: that is told at once
        return not (" " in self.text or self.text.isalpha() or self.is_number) and any(c.isdigit() for c in self.text)


def is_strong(form: Form) -> bool:
    """Forms say so themselves, but letters alone ("d p") are initials, a handle may be a word ("l ayers": layers), and many live in a flat 2."""
    is_word = form.kind == "handle" and is_english_word(form.text)
    return (
        form.strength is Strength.STRONG
        and len(form.text.replace(" ", "")) > 3
        and not is_word
        and form.kind != PREMISES
    )


_ENDINGS = (
    "e",
    "s",
    "es",
    "ed",
    "er",
    "ers",
    "ing",
    "ly",
    "al",
    "ic",
    "ant",
    "ent",
    "ance",
    "ence",
    "ate",
    "ion",
    "ism",
    "ous",
    "ive",
    "ize",
)
_SHORTEST_STEM = 5


def stems_of(pattern: Pattern) -> Iterator[Pattern]:
    """A rare surname as an index of search may have it, without an ending (Snowball's English stemmer); no beginning of a known word."""
    name = pattern.text
    stems = [name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)]
    stems += [f"{name[:-1]}i"] if name.endswith("y") else []
    for stem in dict.fromkeys(stems):
        if len(stem) >= _SHORTEST_STEM and not is_beginning(stem):
            yield replace(pattern, text=stem)


def hits(finder: ahocorasick.Automaton | None, text: str) -> Iterator[tuple[int, Pattern]]:
    """Every (index of the last character, pattern) of a search."""
    if finder is not None:
        for end, payloads in finder.iter(text):
            for payload in payloads:
                yield end, payload
