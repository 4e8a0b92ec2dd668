"""Initials that a text itself explains: "SW = Sunniva Wragg", "Sioned Wynne (SW)". They are hers, whatever the trade means by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, EXPLAINED, Finding, Origin, Source
from redaction.names.parsing import PARTICLES, parse_name
from redaction.propagation.coreference import PeopleInText
from redaction.text.folding import fold_text
from redaction.vetoes.letters import is_a_post

_INITIALS = r"\p{Lu}{2,4}"
_WORD = r"\p{Lu}[\p{L}\p{M}'’-]{1,40}"
_NAME = rf"{_WORD}(?:[ ]\p{{Ll}}{{1,3}}){{0,2}}(?:[ ]{_WORD}){{1,3}}"
_EXPLAINED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<before>{_INITIALS})[\"”’']?(?:[ ]?[=:–][ ]?|[ ](?:is|for|means)[ ])(?P<after>{_NAME})"
    rf"|(?<![\p{{L}}\p{{N}}])(?P<named>{_NAME})[ ]\((?:\p{{Ll}}+[ ]){{0,3}}[\"“‘']?(?P<behind>{_INITIALS})(?=[\"”’',;)]|[ ]and[ ])"
    rf"|(?<![\p{{L}}\p{{N}}])(?P<lead>{_INITIALS})[ ]\((?P<inside>{_NAME})[,;)]"
)


def explained_initials(text: str, people: PeopleInText) -> Iterator[Finding]:
    """Everywhere that initials are which the text says are somebody's; as sure as what is declared, for the author says so."""
    for initials, person in _explained(text, people).items():
        for match in regex.finditer(rf"(?<![\p{{L}}\p{{N}}/&.-]){initials}(?![\p{{L}}\p{{N}}/&-])", text):
            if not is_a_post(text, match.start()):
                source = Source(Origin.PROPAGATION, EXPLAINED)
                yield Finding(match.start(), match.end(), Entity.PERSON, DECLARED, source, person=person)


def explained_letters(text: str) -> frozenset[str]:
    """The initials of which the text says whose they are, whoever that is."""
    told = (_initials_and_name(match) for match in _EXPLAINED.finditer(text, overlapped=True))
    return frozenset(initials for initials, name in told if any(_parts_with(initials, name)))


def _explained(text: str, people: PeopleInText) -> dict[str, int | None]:
    """The initials that the text explains, each with the person whose name has them; None where it says so of several."""
    found: dict[str, int | None] = {}
    whose = {form.text: person.id for form, person in people.forms()}
    for match in _EXPLAINED.finditer(text, overlapped=True):
        initials, name = _initials_and_name(match)
        bearer = _bearer(initials, name, whose)
        if bearer is not None:
            found[initials] = bearer if found.get(initials, bearer) == bearer else None
    return found


def _initials_and_name(match: regex.Match[str]) -> tuple[str, str]:
    return match["before"] or match["behind"] or match["lead"], match["after"] or match["named"] or match["inside"]


def _bearer(initials: str, written: str, whose: Mapping[str, int]) -> int | None:
    """The person whom a written name means, or a part of it, that has these initials; `whose` are the forms of everybody."""
    known = (whose.get(fold_text(name).strip()) for name in _parts_with(initials, written))
    return next((bearer for bearer in known if bearer is not None), None)


def _parts_with(initials: str, written: str) -> Iterator[str]:
    """The parts of a written name that have these initials, the longest from each word first."""
    words = written.split(" ")
    for first in range(len(words) - 1):
        for last in range(len(words), first + 1, -1):
            name = " ".join(words[first:last])
            if initials.casefold() in _initials_of(name):
                yield name


def _initials_of(written: str) -> frozenset[str]:
    """The initials by which somebody of this name may sign: of every word, or of the first and the last."""
    name = parse_name(written)
    own = [word for word in " ".join(name.words).split() if word not in PARTICLES]
    if len(own) < 2:
        return frozenset()
    return frozenset({"".join(word[0] for word in own), own[0][0] + own[-1][0]})
