"""A person's name taken apart: titles, forenames, particles, surname."""

from __future__ import annotations

from dataclasses import dataclass

from redaction.lexicon.titles import TITLE_WORDS
from redaction.text.folding import fold_text

PARTICLES = frozenset(
    "ap ab ferch verch mac mc o de da do dos das di del della du la le van von der den ter ten al el bin bint ibn abu umm "
    "abd st saint".split()
)

"""Words that belong to the surname after them."""

_SUFFIXES = frozenset("jr snr sr jnr junior senior ii iii obe mbe kc qc".split())


@dataclass(frozen=True)
class Name:
    """A person's name taken apart, folded: `given` in order, `surname` as one string ("ap rhys", "" if none known)."""

    given: tuple[str, ...]
    surname: str

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the name in its usual order."""
        return (*self.given, *self.surname.split())


def parse_name(written: str) -> Name:
    """Take a written name apart: titles dropped, "SURNAME, Forename Middle" turned round, particles kept with the surname.

    A hyphenated name is one word with a space in its folded form; a single word is a given name.
    """
    last, comma, first = written.partition(",")
    surname_first = bool(comma and first.strip())
    surname = _untitled(last)
    words = _untitled(" ".join((first, *surname))) if surname_first else surname
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    if surname_first:
        count = min(len(surname), len(words))
        return Name(tuple(words[: len(words) - count]), " ".join(words[len(words) - count :]))
    if len(words) < 2:
        return Name(tuple(words), "")
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return Name(tuple(words[:cut]), " ".join(words[cut:]))


def _untitled(written: str) -> list[str]:
    """The folded words of a name or a part of one, without the titles before them."""
    words = [w for w in (fold_text(part).strip() for part in written.split()) if w]
    while words and words[0] in TITLE_WORDS and len(words) > 1:
        words.pop(0)
    return words
