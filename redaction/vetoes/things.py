"""Medicines, diseases, laws and models called after people, languages, ratings: words with a capital that name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from redaction.data import load_yaml
from redaction.entities import Entity
from redaction.labels import SCHEMES
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.titles import TITLE_WORDS
from redaction.spans import Span
from redaction.text.phrases import Phrases
from redaction.text.tokens import Tokens
from redaction.vetoes.letters import AFTER_CONTACT_LETTERS, CONTACT_LETTERS, find_letters
from redaction.vetoes.rules import NAMED, Rule, Veto, any_of, matching, word_and, words

_MEDICINE = "medicine"
_NEITHER = NAMED | {Entity.CODE}
_TITLED = rf"\b{any_of('buildings', 'titled')}\.?[ ]"
_NAME_BEFORE = rf"{_TITLED}|\b(?!The|In|At|His|Her|And|For|But|With)\p{{Lu}}\p{{Ll}}+[ ]"
_OWN = r"['’]?s?"

_DISEASE = rf"(?<!\w){any_of('conditions', 'unmistakable')}(?:['’]?s)?(?!\w)(?:[ ]{any_of('conditions', 'called')}\b)?"
_DISEASE_CALLED = (
    rf"(?<!\w){any_of('conditions', 'borne')}(?:['’]?s)?[ ](?:[Bb]ody[ ])?{any_of('conditions', 'called')}\b"
)
_ILL_WITH = rf"\b{any_of('conditions', 'ill with')}[ ](?P<it>(?-i:{alternatives(words('conditions', 'borne'))})['’]s)(?=[.,;:)\n]|[ ](?:and|or|but|since|for|in|at|when|so|who|which|has|is|was)\b|$)"
_MODEL = rf"(?<!\w)(?-i:{alternatives(words('named', 'modelled'))}){_OWN}[ ](?:[\p{{Ll}}-]+[ ])?{any_of('named', 'of models')}\b"
_AUTHOR = (
    rf"(?<!\w)(?-i:{alternatives(words('named', 'models'))}){_OWN}(?!\w|[ ](?:said|rang|told|was[ ]seen|attended))"
)
_NOBODY = rf"(?<!\w)(?-i:{alternatives(words('named', 'nobody'))})(?:['’]s)?(?!\w|[ ]\p{{Lu}}\p{{Ll}})"
_MAKES, _MAKES_AND_NAMES = (alternatives(words("named", listed)) for listed in ("makes", "makes that are names"))
_MAKE = rf"(?<!\w)(?-i:{_MAKES})(?:[ ](?:{_MAKES}|{_MAKES_AND_NAMES}))?(?:['’]s)?(?!\w|[ ]\p{{Lu}}\p{{Ll}})"
_MAKE_BEHIND_A_COLOUR = rf"(?i:\b{any_of('named', 'before makes')}[ ])(?P<it>(?-i:{_MAKES_AND_NAMES})(?:[ ](?-i:{_MAKES_AND_NAMES}))?)(?!\w|[ ]\p{{Lu}}\p{{Ll}})"
_NUMBER_OF_MAKE = (
    rf"(?<!\w)(?-i:{_MAKES}|{alternatives(words('named', 'numbered makes'))})[ ]\p{{Lu}}?\d{{1,4}}(?:[A-Za-z]{{1,2}})?"
    r"(?![\w/:-]|[.,]\d|[ ](?:years?|months?|weeks?|days?)\b)"
)
"""A model with its number: "iPhone 8", "Windows 10"."""
_RATING = rf"(?:\bRAG(?:[ ](?:rating|status))?[ ]?[:|=][ ]?|\|[ ])(?P<it>(?-i:{alternatives(words('named', 'ratings'))}))(?=[ ]?(?:\||$|\n|[.,;)]))"
_POSSESSIVE = r"(?<=[\p{L}\]]['’])[sS](?!\w)"
_NOTE = rf"(?<![\w.]){CONTACT_LETTERS}s?(?=[ ]{AFTER_CONTACT_LETTERS}(?!\w))"
_LETTERED = rf"\b(?i:{alternatives(pattern_words('people', 'lettered'))})[ ](?P<it>[A-Z])(?!\w)"
_SHORTHAND = rf"(?<![\p{{L}}\p{{M}}\d.'’&@#_/-])[bcdfghjklmnpqrstvxzBCDFGHJKLMNPQRSTVXZ][bcdfghjklmnpqrstvxz]{{2,}}+(?![\p{{L}}\p{{M}}\d'’@_-])(?<!\b(?i:{alternatives(TITLE_WORDS)}))"
"""Words without a vowel ("ptnr", "Shd", "msgs"): notes shorten so, and no name of three letters does."""
_SPOKEN_IN = r"(?i:\b(?:in|speaks?|spoke|speaking|into|from))[ ](?:English|Welsh)(?:,[ ]|,?[ ]and[ ]|[ ]or[ ])(?:in[ ])?(?P<it>\p{Lu}\p{Ll}+i)(?!\w)"

_STROKE = r"(?<![\p{L}\p{M}\d/.'’-])\p{L}/\p{L}(?![\p{L}\p{M}\d/'’-])"
"""A letter on each side of a stroke: "T/C", "A/L", "w/c"."""

RULES = (
    matching("stroke", _STROKE, frozenset({Entity.PERSON, Entity.PLACE, Entity.ORGANISATION})),
    matching("rating", _RATING, _NEITHER),
    matching("possessive", _POSSESSIVE, _NEITHER),
    matching("note", _NOTE, _NEITHER),
    matching("shorthand", _SHORTHAND, frozenset({Entity.PERSON})),
    Rule("letters", find_letters, _NEITHER),
    matching("language", _SPOKEN_IN, _NEITHER),
)
ANCHORED = (
    word_and("condition", words("conditions", "unmistakable"), _DISEASE, _NEITHER, not_after=_NAME_BEFORE),
    word_and("condition", words("conditions", "borne"), _DISEASE_CALLED, _NEITHER, not_after=_TITLED),
    word_and("condition", words("conditions", "ill with"), _ILL_WITH, _NEITHER, not_after=_TITLED),
    word_and("model", words("named", "modelled"), _MODEL, _NEITHER, not_after=_TITLED),
    word_and("model", words("named", "models"), _AUTHOR, _NEITHER, not_after=_NAME_BEFORE),
    word_and("nobody", words("named", "nobody"), _NOBODY, _NEITHER, not_after=_NAME_BEFORE),
    word_and("make", words("named", "makes"), _MAKE, _NEITHER, not_after=_NAME_BEFORE),
    word_and("make", words("named", "before makes"), _MAKE_BEHIND_A_COLOUR, _NEITHER),
    word_and("make", (*words("named", "makes"), *words("named", "numbered makes")), _NUMBER_OF_MAKE),
    word_and("lettered", pattern_words("people", "lettered"), _LETTERED, frozenset({Entity.PERSON})),
)


@cache
def _listed() -> Phrases[str]:
    medicines = load_yaml("medicines.yml")
    named = dict.fromkeys((*medicines["medicines"], *medicines["drugs"]), _MEDICINE)
    laws = {law: kind for kind in SCHEMES for law in words("schemes", kind)}
    return Phrases(named | laws)


@cache
def _endings() -> regex.Pattern[str]:
    return regex.compile(rf"\p{{L}}{{3,}}{alternatives(load_yaml('medicines.yml')['endings'])}")


@cache
def _named_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_TITLED})$")


def find_medicines(text: str, tokens: Tokens) -> Iterator[Span]:
    """Every medicine and drug, by the list or by its ending."""
    return (Span(veto.start, veto.end) for veto in find_things(text, tokens) if veto.kind == _MEDICINE)


def find_things(text: str, tokens: Tokens) -> Iterator[Veto]:
    """Medicines, drugs, and laws called after somebody."""
    for hit in _listed().every(tokens):
        start = tokens.starts[hit.first]
        if not _named_before().search(text, max(0, start - 12), start):
            yield Veto(start, hit.end, hit.value, _NEITHER)
    for key, places in tokens.positions.items():
        if _endings().fullmatch(key):
            for index in places:
                yield Veto(tokens.starts[index], tokens.ends[index], _MEDICINE, _NEITHER)
