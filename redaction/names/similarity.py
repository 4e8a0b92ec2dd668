"""Whether two names can be one person's: typing slips, short forms, initials."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from redaction.lexicon.titles import TITLE_WORDS
from redaction.names.parsing import PARTICLES, Name
from redaction.names.short_names import are_of_two_sexes, is_known_short_for, is_short_for
from redaction.names.sounds import consonants_of, forenames_sound_alike, sound_alike
from redaction.text.folding import fold_text

_LONGEST_WORD = 60
"""Letters that a name of one word has at most."""


def same_person(one: Name, other: Name) -> bool:
    """Whether two full names are one person's: the same surname, and forenames that can be one."""
    if not (one.given and other.given and one.surname and other.surname):
        return False
    if sorted(one.words) == sorted(other.words):
        return True
    if _is_part(one.words, other.words) or _is_part(other.words, one.words):
        return True
    surname = (
        one.surname.replace(" ", "") == other.surname.replace(" ", "")
        or one_slip_apart(one.surname, other.surname)
        or sound_alike(one.surname, other.surname)
    )
    return surname and _same_forename(one.given[0], other.given[0])


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether words are two or more in a row of others, initials aside: "My Anh" of "Quach My Anh"."""
    if sum(len(word) > 1 for word in part) < 2:
        return False
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


def _same_forename(one: str, other: str) -> bool:
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    if are_of_two_sexes(one, other) and not is_known_short_for(short, long):
        return False
    return (
        short == long
        or (len(short) == 1 and long.startswith(short))
        or (len(short) >= 3 and long.startswith(short))
        or is_short_for(short, long)
        or one_slip_apart(one, other)
        or forenames_sound_alike(one, other)
    )


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two words of five letters or more are one typing slip apart; the first letter is rarely the slip."""
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return bool(OSA.distance(one, other, score_cutoff=1) <= 1)


def share_a_name(one: Name, other: Name) -> bool:
    """Whether a word of one name is one of the other's, in another spelling or a short form, or its initials."""
    if any(
        len(words.words) == 1 and words.words[0] == "".join(w[0] for w in whole.words)
        for words, whole in ((one, other), (other, one))
    ):
        return True
    return any(
        first == second
        or one_slip_apart(first, second)
        or sound_alike(first, second)
        or is_short_for(first, second)
        or is_short_for(second, first)
        for first in one.words
        for second in other.words
        if min(len(first), len(second)) > 1
    )


def one_letter_variants(word: str) -> set[str]:
    """The word, and the word without any one of its letters: two words a slip apart have one of these in common.

    What is longer than any name has itself alone: with all its letters the work would grow with their square.
    """
    if len(word) > _LONGEST_WORD:
        return {word}
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def similarity_keys(name: Name) -> set[str]:
    """What two names have in common that can be one person's."""
    pairs = {" ".join(name.words[at : at + 2]) for at in range(len(name.words) - 1)}
    whole = (name.surname.replace(" ", ""), " ".join(sorted(name.words)), f"~{consonants_of(name.surname)}")
    return {*one_letter_variants(name.surname), *whole, *pairs}


def genders_agree(one: str | None, other: str | None) -> bool:
    """Whether two genders can be one person's; None is not known."""
    return one is None or other is None or one == other


def without_title(written: str) -> str:
    """The name without the titles before it, as it was written."""
    words = written.split()
    while (
        len(words) > 1
        and all(part in TITLE_WORDS for part in fold_text(words[0]).split())
        and fold_text(words[0]).strip() not in PARTICLES
    ):
        words.pop(0)
    return " ".join(words)
