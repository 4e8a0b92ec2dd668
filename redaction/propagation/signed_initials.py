"""Initials that stand as a person's do: who speaks in minutes, signs an entry, owns an action, or is on a list of staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from redaction.entities import ROLES, Entity
from redaction.findings import DECLARED, EXPLAINED, Finding, Origin, Source
from redaction.propagation.coreference import PeopleInText
from redaction.spans import Span
from redaction.vetoes.letters import CONTACT_LETTERS, is_a_term, is_trade_abbreviation

_LETTERS = r"(?P<letters>\p{Lu}{2})"
_SIGNED = regex.compile(
    rf"(?m)^[ \t>*_\[(-]*{_LETTERS}[ \t*_\])]*$|(?:[.!?][\"”)*_]*|\d[*_]{{0,3}})[ ][\[*_]*{_LETTERS}[ \t*_\])]*$"
)
"""Alone in a line, or at the end of one behind a sentence or a date."""
_SPEAKS = regex.compile(rf"(?m)(?:^[ \t>*_-]*|[.!?][\"”)]*[ ]){_LETTERS}[*_]*:[*_]*[ ]\P{{N}}")
_CELL = regex.compile(rf"(?<=\|)[ *_]*{_LETTERS}[ *_]*(?=\|)")
_LISTED = regex.compile(
    r"(?m)\b[Ii]nitials\b[^:\n]{0,40}:[ *_]*(?P<list>\p{Lu}{2,3}(?:(?:,[ ]|[ ]|/)\p{Lu}{2,3})+)[ .*_]*$"
)
_NOBODY = regex.compile(rf"NO|OK|NA|NB|AM|PM|{CONTACT_LETTERS}")
"""An answer in a cell, a note or a way to be in touch at the head of an entry."""
_OFTEN = 2
"""Times that letters stand so, for them to be their person's wherever they are no term."""


def signed_initials(text: str, people: PeopleInText) -> Iterator[Finding]:
    """Wherever letters stand as somebody's who is named in the text, or whom a list of staff has; whose they are only where one has them."""
    source = Source(Origin.PROPAGATION, EXPLAINED)
    listed = {letters for match in _LISTED.finditer(text) for letters in regex.findall(r"\p{Lu}+", match["list"])}
    for letters, spans in (_standing(text, people) | dict.fromkeys(sorted(listed), ())).items():
        bearers = people.with_initials(letters.casefold())
        if letters not in listed and (is_trade_abbreviation(letters) or not bearers):
            # "PO:" may be a post, whoever has these initials
            continue
        if any(person.declared and not ROLES[person.role].staff for person in bearers):
            # a list of staff has no victim's
            continue
        often = len(spans) >= _OFTEN or letters in listed
        for start, end in _everywhere(text, letters) if often else spans:
            yield Finding(
                start, end, Entity.PERSON, DECLARED, source, person=bearers[0].id if len(bearers) == 1 else None
            )


def _standing(text: str, people: PeopleInText) -> dict[str, Sequence[Span]]:
    """Where letters stand as somebody's; in cells only where other letters do that are of a person and of no trade."""
    found: dict[str, list[Span]] = defaultdict(list)
    cells = list(_CELL.finditer(text))
    owned = any(_are_somebodys(match["letters"], people) for match in cells)
    for match in (*_SIGNED.finditer(text), *_SPEAKS.finditer(text), *(cells if owned else ())):
        if not _NOBODY.fullmatch(match["letters"]):
            found[match["letters"]].append(Span(*match.span("letters")))
    return {letters: tuple(spans) for letters, spans in found.items()}


def _are_somebodys(letters: str, people: PeopleInText) -> bool:
    return not is_trade_abbreviation(letters) and len(people.with_initials(letters.casefold())) == 1


def _everywhere(text: str, letters: str) -> Iterator[Span]:
    """Everywhere that letters are, but as a term or before a name that they are the title of."""
    for match in regex.finditer(
        rf"(?<![\p{{L}}\p{{N}}/&.-]){letters}(?![\p{{L}}\p{{N}}/&-]|[ ]\p{{Lu}}\p{{Ll}})", text
    ):
        if not is_a_term(text, *match.span()):
            yield Span(*match.span())
