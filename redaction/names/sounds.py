"""How a name sounds, roughly: what other spellings and transliterations of it have in common."""

from __future__ import annotations

import regex
from anyascii import anyascii
from rapidfuzz.distance import OSA

from redaction.names.short_names import sex_of_forename
from redaction.text.folding import fold_text
from redaction.word_memory import remembered

_SPELLINGS = (
    (r"szcz|shch|scz|sci(?=[aou])|sch|tch|ch|cz|sh|sz|zh|ci(?=[aou])|c(?=[eiy])|z", "s"),
    (r"x(?=[^aeiou]|$)", "s"),
    (r"ph", "f"),
    (r"(?<=[bdgklmnprstvx])h", ""),
    (r"ck|c|q", "k"),
    (r"w", "v"),
    (r"ou|oo", "u"),
    (r"ee|ea|ey|ie|y", "i"),
    (r"h(?=[^aeiou]|$)", ""),
    (r"(?<=[aeiou])h", ""),
    (r"(\w)\1+", r"\1"),
)
"""What is written for one sound, and the letter that stands for it here; in this order."""
_SPELLED = tuple((regex.compile(pattern), letter) for pattern, letter in _SPELLINGS)
_VOWELS = regex.compile(r"(?<!^)[aeiou]")
_SHORTEST, _LONG = 4, 5
"""Letters that two spellings of one name have at least, and from which on one sound may differ."""


_OTHER_SCRIPT = regex.compile(r"(?!\p{Latin})\p{L}")
_CYRILLIC = str.maketrans("aeopcyxiABEKMHOPCTXy", "аеорсухіАВЕКМНОРСТХу")
"""Latin letters, and the Cyrillic ones for which they stand in a text as it is read."""


def is_in_other_script(written: str) -> bool:
    """Whether a name is not written in Latin letters."""
    return _OTHER_SCRIPT.search(written) is not None


def latin_of(written: str) -> str:
    """A name in another script as it is written in Latin letters, folded."""
    cyrillic = regex.search(r"\p{Cyrillic}", written) is not None
    latin: str = anyascii(written.translate(_CYRILLIC) if cyrillic else written)
    return fold_text(latin).strip()


@remembered
def sound_of(word: str) -> str:
    """A folded name as it sounds: "kowalczuk" and "kovalchuk", "mustapha" and "mustafa" are one."""
    sound = word.replace(" ", "")
    for pattern, letter in _SPELLED:
        sound = pattern.sub(letter, sound)
    return sound


def consonants_of(word: str) -> str:
    """The consonants of a folded name's sound, and the vowel that it may begin with: what all its spellings have in common."""
    return str(_VOWELS.sub("", sound_of(word)))


def sound_alike(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name: the same consonants, and one vowel's difference in long ones."""
    if min(len(one), len(other)) < _SHORTEST or consonants_of(one) != consonants_of(other):
        return False
    first, second = sound_of(one), sound_of(other)
    apart = 1 if min(len(first), len(second)) >= _LONG else 0
    return first == second or bool(OSA.distance(first, second, score_cutoff=apart) <= apart)


def forenames_sound_alike(one: str, other: str) -> bool:
    """The same of two forenames; not of two that are known ("ahmed" and "ahmad" may be brothers)."""
    return sound_alike(one, other) and not (sex_of_forename(one) and sex_of_forename(other))
