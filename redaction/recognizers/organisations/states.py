"""Foreign states and what is theirs: a government, an army or a consulate says where somebody comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Origin, Source
from redaction.lexicon.gazetteer import names_country
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_nationality
from redaction.recognizers.base import Finding, Recognizer

_STATE_SCORE = 0.8
_BODY_ABROAD_SCORE = 0.81
"""Surer than the name of the country in it."""
_BODIES = r"Government|Armed Forces|Army|Navy|Air Force|General Staff|Consulate(?:[ -]General)?|Embassy|High Commission|Parliament|State|Republic|authorities"
_OF_PEOPLE = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?P<people>\p{{Lu}}\p{{Ll}}+)[ ](?:{_BODIES})(?![\p{{L}}])")
_STATE = regex.compile(
    r"(?<![\p{L}\p{N}])(?:(?:Federal|Islamic|People['’]s|Democratic|Hellenic|Socialist|Arab)[ ]){0,3}"
    r"(?:Republic|Kingdom|Federation|Principality|Grand Duchy)[ ]of[ ](?:the[ ])?\p{Lu}\p{L}+(?:[ ](?:and[ ])?\p{Lu}\p{L}+)?"
)
_WORD = r"\p{Lu}[\p{L}'’-]+"
# local courts of a kind that no part of this country has; a whole country's highest courts tell no more than the country
_FOREIGN_COURTS = (
    r"Court[ ]of[ ](?:First[ -][Ii]nstance|Arbitration)"
    r"|(?:(?:Regional|District|Land|Higher|Central|Federal)[ ])?(?:State Security|Martial|Assize|Social|Labour|Land|Finance)[ ]Courts?"
)
_COURT = regex.compile(
    r"(?<![\p{L}\p{N}])(?:(?:Assize|Regional|District|Civil|Criminal|Labour|Commercial)[ ])?"
    rf"(?:{_FOREIGN_COURTS})(?:[ ]of[ ](?:Appeal|First[ -][Ii]nstance))?(?![\p{{L}}])"
)
_LANDS = r"(?:[Dd]istricts?|[Mm]unicipalit(?:y|ies)|[Pp]rovinces?|[Cc]ount(?:y|ies)|[Vv]oivodship|[Cc]anton|[Pp]refecture|[Gg]overnorate)"
_LAND = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_LANDS}[ ]of[ ](?!the[ ]|Appeal){_WORD}(?:[ ]and[ ]{_WORD})?")
_OFFICES = (
    r"(?:[Mm]unicipality|Municipal Council|Governor['’]s Office|Prefecture|Bar(?: Association)?(?![ ]Council)"
    r"|Chamber of (?:Commerce|Notaries|Advocates))"
)
_OFFICE = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_WORD}(?:[ ]{_WORD})?[ ]{_OFFICES}(?![\p{{L}}])")
_OURS = frozenset({"British", "English", "Welsh", "Scottish", "Irish"})


class StateRecognizer(Recognizer):
    """States of other countries and their bodies."""

    name = "states"
    entities = (Entity.ORGANISATION, Entity.PLACE)

    def find(self, document: Document) -> Iterable[Finding]:
        """ "The Turkish Embassy" is a body, "the Republic of Turkey" an area; Britain's own are national and stay."""
        text = document.text
        yield from _find_bodies(text)
        for pattern, entity, kind in (
            (_COURT, Entity.ORGANISATION, "Court"),
            (_OFFICE, Entity.ORGANISATION, "Public body"),
            (_LAND, Entity.PLACE, "Area"),
        ):
            for match in pattern.finditer(text):
                if not is_retained(match[0]):
                    yield Finding(
                        match.start(),
                        match.end(),
                        entity,
                        _BODY_ABROAD_SCORE,
                        Source(Origin.STATES, kind.split()[-1].lower()),
                        kind,
                    )
        for match in _STATE.finditer(text):
            if not is_retained(match[0]):
                yield Finding(
                    match.start(), match.end(), Entity.PLACE, _STATE_SCORE, Source(Origin.STATES, "name"), "Area"
                )


def _find_bodies(text: str) -> Iterator[Finding]:
    for match in _OF_PEOPLE.finditer(text):
        people, whole = match["people"], match[0]
        # the Czech Republic is a country, its government a body
        if people not in _OURS and is_nationality(people) and not is_retained(whole) and not names_country(whole):
            yield Finding(
                match.start(),
                match.end(),
                Entity.ORGANISATION,
                _STATE_SCORE,
                Source(Origin.STATES, "body"),
                "Public body",
            )
