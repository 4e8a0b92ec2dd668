"""Foreign states and what is theirs: a government, an army or a consulate says where somebody comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from redaction.entities import Entity
from redaction.lexicon import is_kept, is_people
from redaction.recognizers.base import Document, Finding, Recognizer

_BODIES = r"Government|Armed Forces|Army|Navy|Air Force|General Staff|Consulate(?:[ -]General)?|Embassy|Parliament|State|Republic|authorities"
_OF_PEOPLE = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?P<people>\p{{Lu}}\p{{Ll}}+)[ ](?:{_BODIES})(?![\p{{L}}])")
_STATE = regex.compile(
    r"(?<![\p{L}\p{N}])(?:(?:Federal|Islamic|People['’]s|Democratic|Hellenic|Socialist|Arab)[ ]){0,3}"
    r"(?:Republic|Kingdom|Federation|Principality|Grand Duchy)[ ]of[ ](?:the[ ])?\p{Lu}\p{L}+(?:[ ](?:and[ ])?\p{Lu}\p{L}+)?"
)
_OURS = frozenset({"British", "English", "Welsh", "Scottish", "Irish"})


class StateRecognizer(Recognizer):
    """States of other countries and their bodies."""

    name = "states"
    entities = (Entity.ORGANISATION, Entity.PLACE)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """ "The Turkish Embassy" is a body, "the Republic of Turkey" an area; Britain's own are national and stay."""
        yield from _bodies(text)
        for match in _STATE.finditer(text):
            if not is_kept(match[0]):
                yield Finding(match.start(), match.end(), Entity.PLACE, 0.8, "states:name", "Area")


def _bodies(text: str) -> Iterator[Finding]:
    for match in _OF_PEOPLE.finditer(text):
        if match["people"] not in _OURS and is_people(match["people"]) and not is_kept(match[0]):
            yield Finding(match.start(), match.end(), Entity.ORGANISATION, 0.8, "states:body", "Public body")
