"""Numbers in words and digits, up to ninety-nine in words, and ordinals up to thirty-one: the one place that lists them."""

from __future__ import annotations

import re

from redaction.lexicon.pattern_words import alternatives

UNITS: tuple[str, ...] = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UP_TO_TWELVE: tuple[str, ...] = (*UNITS, "ten", "eleven", "twelve")
TEENS: tuple[str, ...] = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS: tuple[str, ...] = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

NUMBER_WORDS = (
    {"zero": 0}
    | {word: number for number, word in enumerate((*UP_TO_TWELVE, *TEENS), start=1)}
    | {word: 10 * number for number, word in enumerate(TENS, start=2)}
)
"""Every single word for a number, with its value."""

_FIRST_NINE = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENTH_TO_NINETEENTH = ("tenth", "eleventh", "twelfth", *(f"{word}th" for word in TEENS))

ORDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        (
            *_FIRST_NINE,
            *_TENTH_TO_NINETEENTH,
            "twentieth",
            *(f"twenty-{word}" for word in _FIRST_NINE),
            "thirtieth",
            "thirty-first",
        ),
        start=1,
    )
}
ORDINALS |= {word.replace("-", " "): number for word, number in ORDINALS.items() if "-" in word}
"""Days of a month in words, with their numbers: "twenty-seventh", and "twenty seventh" as transcripts have it."""

NUMBER_WORD = rf"(?:{alternatives(TENS)}(?:[ -]{alternatives(UNITS)})?|{alternatives((*UP_TO_TWELVE, *TEENS))})"
"""A pattern for one to ninety-nine in words; use it under the flag that ignores case."""

NUMBER = rf"(?:\d{{1,3}}|{NUMBER_WORD})"
"""The same, or up to three digits."""

_OF_CENTURY = rf"{alternatives(TENS)}(?:[ -]{alternatives(UNITS)})?|{alternatives(('ten', 'eleven', 'twelve', *TEENS))}"
YEAR_WORDS = (
    rf"(?:(?:nineteen|twenty)[ -](?:{_OF_CENTURY})|two thousand(?:[ ](?:and[ ])?{NUMBER_WORD}|(?=[ ]?(?:[.,;:)\n]|$))))"
)
"""A pattern for a year in words ("twenty twenty-two", "nineteen ninety eight"); use it under the flag that ignores case."""


def parse_year_words(text: str) -> int | None:
    """The year that words say; None for anything else."""
    words = text.casefold().replace("-", " ").replace("two thousand", "twenty").replace(" and ", " ")
    century, _, rest = words.partition(" ")
    first = {"nineteen": 1900, "twenty": 2000}.get(century)
    if first is None:
        return None
    number = parse_number(rest) if rest else 0
    return None if number is None else first + number


def parse_number(text: str) -> int | None:
    """A number of up to three digits, or one to ninety-nine in words; None for anything else."""
    text = text.strip().casefold()
    if text.isdecimal():
        return int(text) if len(text) <= 3 else None
    parts = [NUMBER_WORDS.get(word) for word in re.split(r"[ -]+", text)]
    if not parts or None in parts:
        return None
    return sum(part for part in parts if part is not None)
