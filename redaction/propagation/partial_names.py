"""Whom a part of a name can mean: "Deio P", "Will T-O", "Mrs T", "Gaz", or the letter with which somebody signs.

Each function takes a mention and says of whom it may be a part of the name, as a test of one person; None where it is no such part.
"""

from __future__ import annotations

from collections.abc import Callable

from redaction.names.parsing import PARTICLES
from redaction.names.short_names import are_of_two_sexes, is_known_short_for, is_short_for
from redaction.names.surface_forms import MOST_LETTERS
from redaction.propagation.mentions import STYLES, Mention, takes_surname
from redaction.propagation.persons import PersonInText

_OF_ANYBODY = frozenset("abcxyz")
"""Letters by which a text calls people whom it does not name: "A told B"."""
_SEVERAL = 4
"""Letters of a short form of somebody of whom no surname is known: "Dan" may be another than Danielle."""

MayMean = Callable[[PersonInText], bool]


def name_and_initials(mention: Mention) -> MayMean | None:
    """Of one part of a full name and initials of the other: "Deio P", "Maughan J", "Will T-O"."""
    name = mention.name
    if len(name.given) != 1 or not name.surname or not _are_initials(mention.written, name.surname):
        return None
    word, letters = name.given[0], name.surname
    return lambda person: any(
        (full.given[0] == word and _abbreviates(letters, full.surname))
        or (full.surname == word and len(full.given[0]) > 1 and full.given[0][0] == letters)
        for full in person.names
        if full.given and full.surname
    )


def title_and_initials(mention: Mention) -> MayMean | None:
    """Of a surname, behind a title that its bearer has: "Mrs T", "Mrs C-D"; "Mr T, his father" is not the one on probation."""
    letters = " ".join(mention.name.words)
    if not takes_surname(mention.title) or letters in _OF_ANYBODY or not _are_initials(mention.written, letters):
        return None
    return lambda person: (
        (mention.title in person.titles or (person.declared and not person.titles))
        and not (mention.kin and person.role == "person-on-probation")
        and any(_abbreviates(letters, name.surname or " ".join(name.given)) for name in person.names)
    )


def short_form(mention: Mention) -> MayMean | None:
    """Of a forename in short, or a forename of somebody who is only declared by a short form of it.

    Whoever is met by a forename alone may be another of the family: "Ali ran, Alison did not".
    """
    words = mention.name.words
    if len(words) != 1 or takes_surname(mention.title):
        return None
    return lambda person: (
        not person.titles - STYLES
        and any(
            is_short_for(words[0], given)
            if name.surname
            else person.declared and not are_of_two_sexes(words[0], given) and _is_short(words[0], given)
            for name in person.names
            for given in name.given
        )
    )


def first_letter(mention: Mention) -> MayMean | None:
    """Of a forename the letter that it begins with, alone, as who signs or writes a message does."""
    letter = " ".join(mention.name.words)
    if len(letter) != 1 or mention.title or letter in _OF_ANYBODY:
        return None
    return lambda person: any(name.given and name.given[0][0] == letter for name in person.names)


def _is_short(one: str, other: str) -> bool:
    """Whether one of two forenames is known to be short for the other, or begins it with several letters."""
    begins = len(one) >= _SEVERAL and other.startswith(one)
    return begins or is_known_short_for(one, other) or is_known_short_for(other, one)


def _abbreviates(letters: str, surname: str) -> bool:
    """Whether folded letters stand for a surname: its first, or the first of each of its parts ("t o", "ds")."""
    parts = surname.split()
    firsts = "".join(part[0] for part in parts)
    own = "".join(part[0] for part in parts if part not in PARTICLES)
    return letters == surname[:1] or letters.replace(" ", "") in {firsts, own}


def _are_initials(written: str, letters: str) -> bool:
    """Whether what a name ends with is initials: one letter, or capitals of which each begins a part of a surname."""
    parts = letters.split()
    several = len(parts) == 1 and len(letters) < MOST_LETTERS and written[-2:].isupper()
    return several or all(len(part) == 1 for part in parts)
