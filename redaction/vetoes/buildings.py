"""Buildings, streets, wards and schools with a person's name: places and bodies, and nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from redaction.entities import Entity
from redaction.lexicon.gazetteer import tables
from redaction.lexicon.pattern_words import alternatives
from redaction.vetoes.rules import Veto, any_of, words

_WORD = r"\p{Lu}[\p{L}\p{M}’'-]+"
_UNTITLED = rf"(?!(?-i:{alternatives(words('buildings', 'titled'))})\.?[ ])"
_NAME = rf"(?:{_UNTITLED}(?:St\.?[ ])?{_WORD}[ ]){{1,3}}?"
_STREET = rf"(?P<street>{_NAME}(?-i:{alternatives(words('buildings', 'streets'))}))"
_BODY = rf"(?P<body>{_NAME}(?-i:{alternatives(words('buildings', 'bodies'))}))"
_WHERE = rf"(?:\b{any_of('buildings', 'at')}(?:[ ]the)?|\b[Tt]he|(?<!\w)\d{{1,3}}[a-d]?,?)[ ]"
_NOT_BEFORE = r"(?![\p{L}\p{M}]|['’]s[ ]\p{Ll}|[ ](?:said|says|rang|told|was[ ](?:seen|told|asked)|had|has|who|did)\b)"
_AT_STREET = regex.compile(rf"{_WHERE}{_STREET}{_NOT_BEFORE}")
_AT_BODY = regex.compile(rf"{_WHERE}{_BODY}{_NOT_BEFORE}")
_HOSPITAL = regex.compile(rf"(?<!\w)(?-i:{alternatives(words('buildings', 'hospitals'))})(?!\w)")
_NO_PERSON = frozenset({Entity.PERSON})


@cache
def _endings() -> frozenset[str]:
    listed = (*tables()["streets"]["sure"], *tables()["buildings"])
    named = (word for kind in ("streets", "bodies", "also") for word in words("buildings", kind))
    return frozenset(word.casefold() for word in (*listed, *named))


def is_building(name: str) -> bool:
    """Whether a name of several words ends as those of buildings, streets and wards do: it is no town."""
    parts = name.split()
    return len(parts) > 1 and parts[-1].casefold().rstrip(".") in _endings()


def find_buildings(text: str) -> Iterator[Veto]:
    """Every building, street, ward or school with a name: where it is announced as a place, and wherever the same words are again."""
    known: dict[str, Entity] = {}
    for found in _AT_STREET.finditer(text):
        known[found["street"]] = Entity.ADDRESS
    for found in _AT_BODY.finditer(text):
        known[found["body"]] = Entity.ORGANISATION
    for found in _HOSPITAL.finditer(text):
        yield Veto(found.start(), found.end(), "building", _NO_PERSON, Entity.ORGANISATION)
    if known:
        for found in regex.finditer(rf"(?<!\w){alternatives(known)}(?!\w)", text):
            yield Veto(found.start(), found.end(), "building", _NO_PERSON, known[found[0]])
