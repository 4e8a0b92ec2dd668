"""Folded text: case, accents, look-alikes and punctuation gone, with the way back to what was folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick
from anyascii import anyascii

from redaction.text.normalise import LOOKALIKES


@dataclass(frozen=True)
class Folded:
    """Folded text, one space at each end; `offsets[i]` is where character i is in the text that was folded."""

    text: str
    offsets: list[int]

    def where(self, finder: ahocorasick.Automaton) -> Iterator[tuple[int, int, str]]:
        """Every name of a finder (`finder_of_names`): where it starts and ends in the text that was folded, and the name."""
        for last, name in finder.iter(self.text):
            yield self.offsets[last - len(name)], self.offsets[last - 1] + 1, name


def finder_of_names(names: Iterable[str]) -> ahocorasick.Automaton:
    """Finds folded names, whole words alone, in one walk over a folded text; there must be one at least."""
    finder = ahocorasick.Automaton()
    for name in names:
        finder.add_word(f" {name} ", name)
    finder.make_automaton()
    return finder


class _Folding(dict[int, str]):
    """Character → folded characters, worked out once for each; anything that is no letter or digit is a space."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if unicodedata.category(character) in ("Cf", "Mn", "Me"):
            folded = ""
        else:
            plain = unicodedata.normalize("NFKD", character.translate(LOOKALIKES))
            letters = "".join(c for c in plain if not unicodedata.combining(c))
            folded = anyascii(letters).casefold()
            folded = "".join(c if c.isalnum() else " " for c in folded)
            if not folded.strip():
                folded = " "
        self[point] = folded
        return folded


_FOLDING = _Folding()

_SPACES = re.compile(" +")

_RUN = re.compile(r"(?P<plain>[A-Za-z0-9]+)|(?P<gap>[\x00-/:-@\[-`{-\x7f]+)|(?P<other>[^\x00-\x7f])")


def fold_text(text: str) -> str:
    """Folded text, one space at each end (fast; for when the way back is not needed)."""
    return _SPACES.sub(" ", f" {text.translate(_FOLDING)} ")


def fold(text: str) -> Folded:
    """Folded text with the way back; `fold(t).text == fold_text(t)`."""
    pieces: list[str] = [" "]
    offsets: list[int] = [0]
    gap = True
    for match in _RUN.finditer(text):
        start = match.start()
        if match.lastgroup == "plain":
            pieces.append(match[0].lower())
            offsets.extend(range(start, match.end()))
            gap = False
            continue
        # one gap is one space, however long
        for folded in " " if match.lastgroup == "gap" else _FOLDING[ord(match[0])]:
            if folded == " " and gap:
                continue
            gap = folded == " "
            pieces.append(folded)
            offsets.append(start)
    if not gap:
        pieces.append(" ")
        offsets.append(len(text))
    return Folded("".join(pieces), offsets)
