"""How the tagger sees a text: word pieces, and for each the shape of its word and what the dictionaries say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from tokenizers import Tokenizer

from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word, is_proper
from redaction.word_memory import remembered

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_SHAPES = ("none", "lower", "title", "upper", "mixed", "digits", "digits and letters")
_KNOWN = ("unknown", "common", "proper", "common and proper", "kept")
SHAPES = len(_SHAPES) * len(_KNOWN)
"""How many shapes there are."""
WINDOW = 254
"""The most word pieces read at once, beside the two that open and close a window."""
_OVERLAP = 64
_OPEN, _CLOSE = 101, 102


@dataclass(frozen=True)
class WordPieces:
    """Word pieces of a text in order: ids, the shape of each one's word, and where each is (code points)."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        """The number of pieces."""
        return len(self.ids)

    def window(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """The ids and shapes of pieces[start:end] between the marks that open and close a window."""
        return [_OPEN, *self.ids[start:end], _CLOSE], [0, *self.shapes[start:end], 0]

    def has_letters(self, start: int, end: int) -> bool:
        """Whether a word with a letter is in pieces[start:end]."""
        return any(_SHAPES[shape // len(_KNOWN)] not in ("none", "digits") for shape in self.shapes[start:end])


def word_pieces(tokenizer: Tokenizer, text: str) -> WordPieces:
    """Cut a text into word pieces."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    shapes: list[int] = []
    words = _WORD.finditer(text)
    word = next(words, None)
    for start, _ in encoded.offsets:
        while word is not None and word.end() <= start:
            word = next(words, None)
        shapes.append(_shape(word[0]) if word is not None and word.start() <= start else 0)
    return WordPieces(tuple(encoded.ids), tuple(shapes), tuple(encoded.offsets))


def windows(read: WordPieces, breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut pieces into windows, (first, last), of whole paragraphs where they fit; `breaks` are the offsets at which paragraphs begin.

    A paragraph that is too long is read in windows that overlap.
    """
    starts = first_pieces(read, breaks)
    first = 0
    for here, after in zip(starts, [*starts[1:], len(read)], strict=True):
        if after - first <= WINDOW:
            continue
        if here > first:
            yield first, here
            first = here
        while after - first > WINDOW:
            yield first, first + WINDOW
            first += WINDOW - _OVERLAP
    if first < len(read):
        yield first, len(read)


def first_pieces(read: WordPieces, breaks: Sequence[int]) -> list[int]:
    """The index of the first piece of each paragraph that has any."""
    found: list[int] = []
    waiting = sorted({0, *breaks})
    position = 0
    for index, (start, _) in enumerate(read.spans):
        moved = False
        while position < len(waiting) and waiting[position] <= start:
            position, moved = position + 1, True
        if moved:
            found.append(index)
    return found or [0]


@remembered
def _shape(word: str) -> int:
    """One number for how a word is written and whether a dictionary or list of terms knows it."""
    if word.isdigit():
        written = "digits"
    elif any(c.isdigit() for c in word):
        written = "digits and letters"
    elif word.islower():
        written = "lower"
    elif word.isupper() and len(word) > 1:
        written = "upper"
    elif (word[0].isupper() and word[1:].islower()) or len(word) == 1:
        written = "title"
    else:
        written = "mixed"
    if is_retained(word):
        known = "kept"
    else:
        known = {
            (False, False): "unknown",
            (True, False): "common",
            (False, True): "proper",
            (True, True): "common and proper",
        }[is_english_word(word), is_proper(word)]
    return _SHAPES.index(written) * len(_KNOWN) + _KNOWN.index(known)
