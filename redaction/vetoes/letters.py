"""Letters that abbreviate something of the trade, and are nobody's initials unless the text says whose."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.spans import Span
from redaction.word_memory import remembered

_LETTERS = pattern_words("people", "trade initials")
_WRITTEN = regex.compile(rf"(?<![\w.&/]){alternatives(_LETTERS)}(?![\w&/]|\.\p{{Lu}})")
_SPEAKS = regex.compile(rf"['’]s\b|[ ]{alternatives(pattern_words('people', 'deeds'))}\b")
_KEY = r"(?:[ ]?[=:–-][ ]?|[ ]is[ ]|[ ]stands[ ]for[ ]|[ ]\()\p{Lu}\p{Ll}"


def abbreviates(text: str, start: int, end: int) -> bool:
    """Whether letters of the trade stand for something here: not for a person who speaks, nor for one whom the text tells with them."""
    letters = text[start:end]
    return _WRITTEN.fullmatch(letters) is not None and not _SPEAKS.match(text, end) and letters not in _explained(text)


def find_letters(text: str) -> Iterator[Span]:
    """Wherever such letters abbreviate something."""
    return (Span(*found.span()) for found in _WRITTEN.finditer(text) if abbreviates(text, *found.span()))


@remembered
def _explained(text: str) -> frozenset[str]:
    """The letters of the trade of which the text says whose they are: a log may hold them by the thousand."""
    return frozenset(letters for letters in _LETTERS if _is_key(letters).search(text))


def _is_key(letters: str) -> regex.Pattern[str]:
    """Where a text says whose letters are: "SW = Stuart Wharton", "Simon Wheelwright (SW)", "she signs “SW”", or a signature."""
    signed = (
        rf"\p{{Lu}}\p{{Ll}}+[ ][(\[][\"'“‘]?{letters}[\"'”’]?[)\],]|[ ]sign(?:s|ed)?[ ](?:as[ ])?[\"'“‘]{letters}\b"
    )
    named = rf"(?<!\w){letters}[ ][(]\p{{Lu}}\p{{Ll}}"
    signature = rf"(?<!\w){letters}[\])]|[\"“]{letters}[\"”]|(?m:^[ \t>*_]*{letters}[ \t*_]*$)"
    return regex.compile(rf"(?<!\w){letters}{_KEY}|{signed}|{named}|{signature}")
