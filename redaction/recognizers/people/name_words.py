"""Which words may be somebody's name: what no dictionary, gazetteer or list of terms knows, and what they know as a name."""

from __future__ import annotations

from functools import cache

import regex

from redaction.lexicon.calendar import MONTH_NAMES, WEEKDAY_NAMES, WEEKLY
from redaction.lexicon.gazetteer import country_words, not_places, tables, towns
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUES, TITLES
from redaction.lexicon.words import is_english_word, is_nationality, is_only_a_word, is_proper
from redaction.text.folding import fold_text
from redaction.word_memory import remembered

CALENDAR = (
    frozenset(name.casefold() for name in (*WEEKDAY_NAMES, *MONTH_NAMES)) - {"may"} | WEEKLY | {"easter", "christmas"}
)
"""Days, months and feasts that begin no name; "may" is an everyday word above all."""

DOTTED_INITIAL = regex.compile(r"\p{Lu}\.")
_LIKE_A_NAME = regex.compile(r"\p{Lu}[\p{L}'’]*\p{Ll}{2}|\p{Lu}{4,}")
_PARTS = regex.compile(r"[ \-]+")


@remembered
def is_unknown(word: str) -> bool:
    """Whether no dictionary, gazetteer or list of terms knows this capitalised word as anything but a name."""
    if len(word) < 3 or not _LIKE_A_NAME.match(word):
        return False
    folded = fold_text(word).strip()
    if not folded or is_retained(word) or word in CUES or word in TITLES or is_nationality(word):
        return False
    if " " in folded and all(is_english_word(part) or len(part) < 3 for part in folded.split()):
        return False
    return not any(
        is_english_word(form) or form in names_of_other_things()
        for form in (folded, folded.removesuffix("s"), folded.replace(" ", ""))
    )


def is_forename(word: str) -> bool:
    """Whether a capitalised word is a name and nothing else on the face of it."""
    folded = fold_text(word).strip()
    if word in TITLES or word in CUES or is_retained(word) or is_nationality(word) or folded in _never_forenames():
        return False
    return (is_proper(folded) and not is_english_word(folded)) or is_unknown(word)


def is_ordinary_name(name: str) -> bool:
    """Whether this is a word or term like any other, and nobody's name on the face of it."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or not any(c.isupper() for c in letters) or name in TITLES or name in CUES:
        return True
    return is_retained(name) or all(is_only_a_word(word) for word in _PARTS.split(name) if word)


def is_full_name(name: str) -> bool:
    """Whether two words or more are a full name: one is unknown, or the first is a proper name, or an initial leads."""
    words = name.split(" ")
    if len(words) < 2 or is_retained(name) or any(is_nationality(word) for word in words):
        return False
    if any(is_unknown(word) for word in words):
        return True
    first = fold_text(words[0]).strip()
    return len(words) < 4 and (
        (DOTTED_INITIAL.fullmatch(words[0]) is not None and not is_retained(words[-1]))
        or (
            is_proper(first)
            and first not in _never_forenames()
            and not is_retained(words[0])
            and words[0] not in TITLES
        )
    )


@cache
def names_of_other_things() -> frozenset[str]:
    """Folded capitalised words that name something else: places, countries and their peoples, months, days."""
    return towns() | _never_forenames()


@cache
def _never_forenames() -> frozenset[str]:
    """Of those, what is never a forename: towns may be (Ashley, Martin, Kelly)."""
    areas = {fold_text(name).strip() for name in tables()["areas"]}
    return not_places() | areas | country_words() | CALENDAR
