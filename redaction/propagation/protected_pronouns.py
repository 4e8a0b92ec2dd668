"""Pronouns of people protected by law: what tells their sex right after their name is told without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import regex

from redaction.data import load_yaml
from redaction.lexicon.pattern_words import alternatives

_BEFORE_OWNED = regex.compile(
    r"(?<!\p{L})(?:at|in|from|to|of|with|by|on|about|into|near|through|via|after|before|against|under|for|withdrawn)[ ]$"
)
_OWNED = regex.compile(r"[ ](?P<next>\p{L}[\p{L}'’-]*)")


class Case(Enum):
    """What a pronoun is in its sentence; unclear is "her" in "gave her money"."""

    SUBJECT = "subject"
    OBJECT = "object"
    OWNER = "owner"
    REFLEXIVE = "reflexive"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Pronoun:
    """A pronoun that tells somebody's sex, "male" or "female": text[start:end], with the verb that changes with it."""

    start: int
    end: int
    sex: str
    case: Case


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml("pronouns.yml")
    return data


@cache
def _sexes() -> dict[str, str]:
    """Each pronoun with the sex that it tells."""
    return {pronoun: sex for sex in ("male", "female") for pronoun in _data()[sex]}


@cache
def _pronoun() -> regex.Pattern[str]:
    """A pronoun, with the verb that changes with it."""
    words, adverbs = ("|".join(map(regex.escape, names)) for names in (_sexes(), _data()["adverbs"]))
    others = "|".join(map(regex.escape, _data()["no_verbs"]))
    verb = rf"(?P<adverb>[ ](?:{adverbs}|\p{{Ll}}+ly))?[ ](?P<verb>(?!(?:{others})\b)\p{{Ll}}+s(?<!ss)|\p{{Ll}}+sn['’]t)(?![\p{{L}}'’])"
    subject = rf"(?P<subject>he|she)(?:(?P<short>['’](?:s|d|ll))(?P<been>[ ]been)?(?!\p{{L}})|{verb})?"
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}'’-])(?:{subject}|(?P<other>{words}))(?![\p{{L}}\p{{N}}'’-])", regex.IGNORECASE
    )


@cache
def _someone() -> regex.Pattern[str]:
    """Somebody of one's own, after "her": "GP", "two young sons"."""
    data = load_yaml("protected_people.yml")
    people = alternatives([*data["relations"], *data["at work"], *data["posts"]])
    return regex.compile(rf"[ ](?:{alternatives(data['modifiers'])}[ ])*{people}(?![\p{{L}}-])")


def pronouns_after(
    text: str, begin: int, name: tuple[int, int], reach: int, sex: str
) -> Iterator[tuple[int, int, bool]]:
    """Where pronouns are that mean somebody who is named, with verbs that change, and whether no pronoun before tells of others.

    Args:
        text: the text as read.
        begin: where the sentence begins; a pronoun of the same sex before the name means somebody else, and so may all others.
        name: where the name is.
        reach: where the sentence ends, or somebody else is named whom they may mean.
        sex: of whom is named, "male" or "female".
    """
    before = [pronoun.sex for pronoun in pronouns_in(text, begin, name[0])]
    if sex in before:
        return
    alone, did_something = not before, False
    for pronoun in pronouns_in(text, name[1], reach):
        alone = alone and pronoun.sex == sex
        # "she told her": the second is somebody else
        is_another = did_something and pronoun.case is Case.OBJECT
        if pronoun.sex != sex or pronoun.case is Case.UNCLEAR or is_another:
            # "gave her money" may be hers, or given to her: said otherwise it could be false
            continue
        did_something |= pronoun.case is Case.SUBJECT
        yield pronoun.start, pronoun.end, alone


def pronouns_in(text: str, start: int, end: int) -> Iterator[Pronoun]:
    """The pronouns of text[start:end] that tell a sex, in order."""
    return (
        Pronoun(found.start(), found.end(), _sex(found), _case(text, found))
        for found in _pronoun().finditer(text, start, end)
    )


def without_sex(text: str, start: int, end: int, label: str | None) -> str:
    """A pronoun, with its verb, in words that tell no sex: "they", or a label where that might be read as several people."""
    found = _pronoun().fullmatch(text, start, end)
    if found is None:
        raise ValueError("no pronoun")
    word = _word(found)
    owner = (word == "his" and _OWNED.match(text, end) is not None) or (
        word == "her" and _is_owner(text, start, end) is True
    )
    if label is not None and not word.endswith("self"):
        return label + ("'s" if owner or word in ("his", "hers") else text[start + len(word) : end])
    alone = _data()["alone"].get(word) if not owner else None
    told: str = alone or _data()[_sex(found)][word]
    if found["short"]:
        told += found["short"] if found["short"][1:] != "s" else "’re" if not found["been"] else "’ve"
        told += found["been"] or ""
    if found["verb"]:
        told += f"{found['adverb'] or ''} {_plural(found['verb'])}"
    if len(word) > 1 and text[start : start + len(word)].isupper():
        return told.upper()
    return told[0].upper() + told[1:] if text[start].isupper() else told


def _word(found: regex.Match[str]) -> str:
    word: str = found["subject"] or found["other"]
    return word.lower()


def _sex(found: regex.Match[str]) -> str:
    return _sexes()[_word(found)]


def _case(text: str, found: regex.Match[str]) -> Case:
    word = _word(found)
    if found["subject"]:
        return Case.SUBJECT
    if word.endswith("self"):
        return Case.REFLEXIVE
    if word in ("his", "hers"):
        return Case.OWNER
    is_owner = word == "her" and _is_owner(text, *found.span())
    return Case.UNCLEAR if is_owner is None else Case.OWNER if is_owner else Case.OBJECT


def _is_owner(text: str, start: int, end: int) -> bool | None:
    """Whether what follows "her" is hers: "at her home", "her teacher", but not "took her home" or "told her what"; None where it may be either."""
    following = _OWNED.match(text, end)
    if following is None or following["next"].lower() in _data()["not_owned"]:
        return False
    before = text[max(0, start - 12) : start]
    if following["next"] == "home":
        return regex.search(_data()["before_home"], before) is not None
    if following["next"].lower() in _data()["owned"] or _BEFORE_OWNED.search(before) or _someone().match(text, end):
        return True
    return None


def _plural(verb: str) -> str:
    """The form that goes with "they"."""
    known: str | None = _data()["verbs"].get(verb.replace("’", "'").lower())
    if known:
        return known
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if regex.search(r"(?:sh|ch|ss|x|zz)es$", verb) else verb.removesuffix("s")
