"""Short forms of forenames, and the sex that a forename tells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import regex

from redaction.data import load_lines, load_yaml

_ENDING = regex.compile(r"(?:ie|ey|[yiaouezs])$")
_SHORTEST_STEM = 3
_SOUNDS_AS_Z = regex.compile(r"(?P<stem>[^aeiou]{0,2}[aeiou])(?:zz?(?:ie|y|er)?|zza)")
"""A British short form: "Gaz" of Gareth, "Dezzie" of Desmond, "Shazza" of Sharon; "Raza" is a name of its own."""
_BEFORE_Z = frozenset("rsz")
"""What such a form has a z for."""
_SHORTEST_ENDING = 4
"""Letters that a short form has at least which a forename ends with ("Mena" for Philomena), or holds."""


def is_short_for(short: str, full: str) -> bool:
    """Whether one folded forename is a short form of another: its beginning with or without an ending, its end, or known."""
    if not short or len(short) >= len(full) + 2 or short == full:
        return False
    if is_known_short_for(short, full):
        return True
    if are_of_two_sexes(short, full):
        return False
    sounds = _SOUNDS_AS_Z.fullmatch(short)
    # "Liz" is Elizabeth, and so no Lisa
    sounds = sounds if sounds and all(name.startswith(sounds["stem"]) for name in _known().get(short, ())) else None
    if sounds and full.startswith(sounds["stem"]) and full[len(sounds["stem"]) :][:1] in _BEFORE_Z:
        return True
    if len(short) >= _SHORTEST_ENDING and short in full:
        return True
    stem = _ENDING.sub("", short)
    stems = {short, stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem}
    return any(len(s) >= _SHORTEST_STEM and full.startswith(s) and len(full) > len(s) for s in stems)


def is_known_short_for(short: str, full: str) -> bool:
    """Whether a list says so; of a short form that is known in Britain the lists of elsewhere say too much ("Steph" for Steven)."""
    known = _known().get(short) or _known_elsewhere().get(short, frozenset())
    return full in known


def are_of_two_sexes(one: str, other: str) -> bool:
    """Whether two folded forenames tell different sexes: "daniel" and "danielle" are two people."""
    return {sex_of_forename(one), sex_of_forename(other)} == {"male", "female"}


def is_short_form(word: str) -> bool:
    """Whether this folded word is a known short form of a forename ("debs")."""
    return word in _known()


def sex_of_forename(forename: str) -> str | None:
    """ "male" or "female" where nearly everybody of this folded forename is, in Britain before the rest of the world."""
    return _sexes().get(forename) or _sex_of_short_form(forename)


@cache
def _sex_of_short_form(short: str) -> str | None:
    """The sex that all the forenames tell of which this is a known short form: "Bill", but not "Pat"."""
    full = _known().get(short, frozenset())
    told = {sex for name in full if (sex := _sexes().get(name))}
    return told.pop() if len(told) == 1 else None


@cache
def _known() -> Mapping[str, frozenset[str]]:
    return {short: frozenset(full) for short, full in _data()["short forms"].items()}


@cache
def _known_elsewhere() -> Mapping[str, frozenset[str]]:
    lines = (line.split() for line in load_lines("short_forms.txt"))
    return {short: frozenset(full) for short, *full in lines}


@cache
def _sexes() -> Mapping[str, str]:
    elsewhere = {name: sex for sex in ("male", "female") for name in load_lines(f"{sex}_forenames.txt")}
    return elsewhere | {name: sex for sex in ("male", "female") for name in _data()[sex]}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("short_names.yml")
    return data
