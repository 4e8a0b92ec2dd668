"""Names run together with other letters: `#justiceforadalovell`, `AdaLovell1987`, `lovell_family`. What counts as one, and what does not.

A full name of eight letters is found inside any word, and a shorter one, or one that begins with an initial, where the writing changes
around it. A single name is found only as a whole part of a word: between capitals, digits or underscores, and in a hashtag
between words of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypeVar

import regex

from redaction.lexicon.gazetteer import towns
from redaction.lexicon.words import is_english_word, is_proper
from redaction.text.folding import Folded, fold_text

T = TypeVar("T")

ANYWHERE = 8
"""Letters with which a full name is found even where nothing shows where it begins and ends."""
PLAIN = 5
"""Letters that a single name needs where it has no capital."""
_LONGEST_WORD = 30
"""Letters; whatever is longer is in no dictionary."""
_MOST_PARTS = 4
"""Parts that one name has at most: Mary, Jane, O, Brien."""

JOINERS = frozenset("_-.@")
"""What joins the words of a handle, an address or a file name."""
_OTHER_SURNAMES = frozenset(("mc", "mac", "fitz", "o"))
"""Parts that make another name of the one after them: McDonald is not Donald."""

_MARKS = r"[\p{M}\p{Cf}]*"
_RUN = regex.compile(r"[\p{L}\p{M}\p{N}\p{Cf}]+")
_RUN_BEFORE = regex.compile(r"(?r)[\p{L}\p{M}\p{N}\p{Cf}]+")
_CHANGE = regex.compile(
    rf"\p{{Ll}}{_MARKS}(?=\p{{Lu}})|\p{{Lu}}{_MARKS}(?=\p{{Lu}}{_MARKS}\p{{Ll}})|\p{{L}}{_MARKS}(?=\p{{Nd}})|\p{{Nd}}{_MARKS}(?=\p{{L}})"
)
_TAG = regex.compile(r"(?<![\p{L}\p{M}\p{N}])[#@](?P<word>\p{L}{6,40}+)(?![\p{L}\p{M}\p{N}])")
_SIGN = re.compile(
    r"[A-Z0-9\x80-\u2009\u2028-\U0010ffff](?:(?<=[^\W\d_]{3}.)|(?=[^\W\d_]{2})(?:(?<=[^\W_].)|(?<=\d)))", re.DOTALL
)
"""Where the writing may change beside three letters: fast to find, for a class comes first."""


def is_inside(text: str, folded: Folded, start: int, end: int, name: str) -> bool:
    """Whether a full name (`patterns.is_full_name`) that was found at folded.text[start:end], with its spaces or without, is meant there.

    Its words are run together, or joined as those of an address are; the word around it is in no dictionary.
    """
    if " " in folded.text[start:end] and not _are_joined(text, folded, start, end):
        return False
    words = name.split()
    enough = len("".join(words)) >= ANYWHERE
    begins, ends = changes(text, folded, start), changes(text, folded, end)
    if not (begins or (enough and len(words[0]) > 1)) or not (ends or (enough and len(words[-1]) > 1)):
        return False
    return not _is_known(folded, start, end)


def changes(text: str, folded: Folded, place: int) -> bool:
    """Whether a word ends before a place of the folded text, or the writing changes as if one did: `camelCase`, `word12`, `RIPAda`."""
    if " " in folded.text[place - 1 : place + 1]:
        return True
    before, after = (text[offset] for offset in folded.offsets[place - 1 : place + 1])
    if before.isdigit() != after.isdigit():
        return True
    if before.isupper() and after.isupper():
        return folded.text[place + 1] != " " and text[folded.offsets[place + 1]].islower()
    return before.islower() and after.isupper()


def _are_joined(text: str, folded: Folded, start: int, end: int) -> bool:
    offsets = folded.offsets
    gaps = (place for place in range(start, end) if folded.text[place] == " ")
    return all(JOINERS.issuperset(text[offsets[gap - 1] + 1 : offsets[gap + 1]]) for gap in gaps)


def _is_known(folded: Folded, start: int, end: int) -> bool:
    """Whether the word around is a word of English, a proper name or a town as it is."""
    first = folded.text.rfind(" ", max(0, start - _LONGEST_WORD), start) + 1
    last = folded.text.find(" ", end, end + _LONGEST_WORD)
    word = folded.text[first:last]
    return 0 < first < last and (is_english_word(word) or is_proper(word) or word in towns())


def parts_named(text: str, names: Mapping[str, T]) -> Iterator[tuple[int, int, T]]:
    """Where parts of words are one of these names (folded, run together): (start, end, what the name maps to); never a whole word."""
    for cuts in _cuts(text):
        words = [_folded(text[start:end]) for start, end in pairwise(cuts)]
        for first in range(len(words)):
            if first and words[first - 1] in _OTHER_SURNAMES:
                continue
            for last in range(first + 1, min(first + _MOST_PARTS, len(words)) + 1):
                found = names.get("".join(words[first:last]))
                if found is not None and last - first < len(words):
                    yield cuts[first], cuts[last], found
    yield from _hashed(text, names)


def _hashed(text: str, names: Mapping[str, T]) -> Iterator[tuple[int, int, T]]:
    """Where a hashtag or handle in one case is a name with words of English before and after it: `#forada`, `#adawasloved`."""
    for tag in _TAG.finditer(text) if names else ():
        word = _folded(tag["word"])
        if len(word) != len(tag["word"]) or is_english_word(word) or is_proper(word) or word in towns():
            continue
        for first in range(len(word)):
            for last in range(first + PLAIN, min(len(word), first + _LONGEST_WORD) + 1):
                found = names.get(word[first:last]) if last - first < len(word) else None
                if found is not None and _are_words(word[:first]) and _are_words(word[last:]):
                    yield tag.start("word") + first, tag.start("word") + last, found


def _are_words(letters: str) -> bool:
    """Whether letters run together can be parted into words of English."""
    ends = [0]
    for end in range(1, len(letters) + 1):
        words = (letters[start:end] for start in ends)
        if any((len(word) > 1 or word in ("a", "i")) and is_english_word(word) for word in words):
            ends.append(end)
    return ends[-1] == len(letters)


def _cuts(text: str) -> Iterator[list[int]]:
    """For each word in which the writing changes, where its parts begin, and where it ends."""
    end = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < end:
            continue
        run = _RUN.match(text, sign.start())
        if run is None:
            continue
        start, end = _RUN_BEFORE.match(text, 0, run.end()).start(), run.end()
        cuts = [change.end() for change in _CHANGE.finditer(text, start, end)]
        if cuts:
            yield [start, *cuts, end]


def _folded(part: str) -> str:
    return part.lower() if part.isascii() else fold_text(part).replace(" ", "")
