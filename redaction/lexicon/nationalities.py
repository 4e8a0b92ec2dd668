"""Peoples and languages: their words, and where one is meant as such and is nobody's name.

"Shona" is a language, and a forename. Beside an interpreter, a speaker or a letter it is the language; everywhere else whoever reads
may take it for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import ahocorasick
import regex

from redaction.data import load_text, load_yaml
from redaction.lexicon.pattern_words import alternatives
from redaction.text.folding import Folded, finder_of_names, fold_text

Offsets = tuple[int, int]

_REACH = 80
"""Characters before and after a word that are read for what it means."""
_JOIN = regex.compile(r"[ ]|[-/]|,[ ]|,?[ ](?:and|or)[ ](?:some[ ]|a[ ]little[ ]|also[ ])?|[ ]\(")
"""What is between languages that are named together: "Kurdish (Sorani)", "Urdu and Punjabi"."""


@cache
def _tables() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("nationalities.yml")
    return data


@cache
def nationalities() -> tuple[str, ...]:
    """Nationalities, peoples, faiths and languages that are flagged wherever they appear, as they are written."""
    return tuple(_tables()["peoples"])


@cache
def nationalities_borne() -> frozenset[str]:
    """Those of them that people bear as a forename or surname, casefolded."""
    return frozenset(word.casefold() for word in _tables()["borne"])


@cache
def _languages() -> tuple[str, ...]:
    text = load_text("languages.txt")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _finder() -> ahocorasick.Automaton:
    return finder_of_names({fold_text(name).strip() for name in (*nationalities(), *_languages())})


def _pattern_of(name: str) -> str:
    """A pattern for any word that nationalities.yml lists under this name."""
    listed = _tables()["families"] if name == "families" else _tables()["places"][name]
    return alternatives(listed)


@cache
def _before() -> regex.Pattern[str]:
    """What comes before a language and shows that it is one."""
    little = rf"(?:{_pattern_of('little')}[ ])*"
    announced = r"[ ]?[:|(–-][ ]?"
    shapes = (
        rf"{_pattern_of('speaking')}[ ]{little}",
        rf"understands?[ ](?:no|some|only|little|basic|a[ ]little|a[ ]bit[ ]of)[ ]{little}",
        rf"{_pattern_of('of')}[ ]of[ ]{little}",
        rf"{_pattern_of('in')}(?:[ ]{_pattern_of('between')}){{0,2}}[ ]in(?:to)?[ ]{little}",
        rf"{_pattern_of('first')}[ ](?:languages?|tongues?|dialects?)(?:[ ](?:is|was|being|of))?[ ]?(?:[:|(–-]|,)?[ ]?{little}",
        rf"(?:languages?|dialect)(?:[ ](?:needed|required|spoken|used|requested))?(?:[ ](?:is|was)[ ]|{announced}){little}",
        rf"{_pattern_of('fluent')}[ ]",
        rf"(?P<booked>interpreters?{announced})",
    )
    return regex.compile(rf"(?<![\p{{L}}])(?i:{'|'.join(shapes)})$")


@cache
def _after() -> regex.Pattern[str]:
    """What follows a language or people and shows that it is one."""
    not_a_listener = (
        r"(?!(?:to|with|about|at|in|on|for|of|from|over|and|as|by|through|up|out|a|the|his|her|\p{L}+ly)\b)"
    )
    shapes = (
        rf"[ -](?:{_pattern_of('kinds')}[ ])?{_pattern_of('nouns')}(?![\p{{L}}'’-])",
        rf"-speaking|[ ]speaking[ ]{not_a_listener}\p{{L}}+",
        r",?[ ](?:is|was|being)[ ](?:not[ ])?(?:his|her|their|the|my|a)[ ](?:\p{L}+[ ]){0,2}(?:language|tongue|dialect)\b",
        r"[ ](?:is|was|are|were|being)[ ](?:also[ ]|only[ ]|mostly[ ]|not[ ])?(?:spoken|written)(?![ ](?:to|with|about|of|by|off|up|out)\b)",
        r"[ ]into[ ](?:English|Welsh)\b",
    )
    return regex.compile(rf"\)?(?i:{'|'.join(shapes)})")


_ARTICLE = regex.compile(r"(?<![\p{L}])(?i:an?|the|another|several|many|two|three|other)[ ]$")
_ITS_NOUN = regex.compile(r"[ -](?!(?:wh|th)\p{L}|(?!family)\p{L}+(?:ed|ly)\b)\p{Ll}{3,}(?![\p{L}'’])")
"""What follows an article and a people: "a Tamil family", but not "the Shona who"."""


@cache
def _families() -> regex.Pattern[str]:
    return regex.compile(rf"[ ]{_pattern_of('families')}(?![\p{{L}}])")


_NOT_THAT = regex.compile(r"['’]s?(?![\p{L}])|(?:[ ]and)?[ ]\p{Lu}\p{Ll}")
"""What shows that the last word is a name after all: it owns something, or a surname or another name follows."""
_CLAUSE = regex.compile(
    r"[ ](?:was|is|had|has|will|did|would|could|can|\p{Ll}+ed|(?!(?:as|his|its|this|always|sometimes)\b)\p{Ll}+s|rang|told|said|came|went|left|took|thought|knew)\b"
)


def find_nationalities(text: str, folded: Folded) -> Iterator[tuple[Offsets, ...]]:
    """Languages and peoples that are meant as such, those named together as one; in order. `folded` is the text's folding."""
    for run in _find_runs(text, folded):
        start, end = run[0][0], run[-1][1]
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        if _after().match(after) or (_ARTICLE.search(before) and _has_noun(text[start:end], after)):
            yield run
        elif (shown := _before().search(before)) and not (shown["booked"] and _has_borne_word(text, run)):
            # "spoke Urdu and Shona listened", "learns Shona is gone": the last one begins a clause of her own
            doubtful = len(run) > 1 or _has_borne_word(text, run)
            if _NOT_THAT.match(after) or (doubtful and _CLAUSE.match(after)):
                run = run[:-1]
            if run:
                yield run


def _has_borne_word(text: str, run: tuple[Offsets, ...]) -> bool:
    """Whether one of the words may be somebody's name: "Interpreter: Shona" may well be hers."""
    return any(text[start:end].casefold() in nationalities_borne() for start, end in run)


def _has_noun(people: str, after: str) -> bool:
    """Whether an article before these words belongs to a noun behind them; "the White family" is a surname's."""
    return bool(_ITS_NOUN.match(after)) and not (
        people.casefold() in nationalities_borne() and _families().match(after)
    )


def _find_runs(text: str, folded: Folded) -> Iterator[tuple[Offsets, ...]]:
    run: list[Offsets] = []
    for start, end in _find_names(text, folded):
        if run and not _JOIN.fullmatch(text, run[-1][1], start):
            yield tuple(run)
            run = []
        run.append((start, end))
    if run:
        yield tuple(run)


def _find_names(text: str, folded: Folded) -> Iterator[Offsets]:
    """Every language and people with a capital, the longest at each place, none overlapping."""
    spans = sorted((start, -end) for start, end, _ in folded.where(_finder()))
    reached = 0
    for start, end in spans:
        if start >= reached and text[start].isupper():
            reached = -end
            yield start, reached
