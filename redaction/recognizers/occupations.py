"""What somebody does for a living: by the word for it, by what is said of it, and where they do it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from redaction.lexicon.details import any_of, flag_tables
from redaction.lexicon.pattern_words import pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.recognizers.search_windows import find_near
from redaction.text.phrases import Phrases
from redaction.text.tokens import Tokens

_SMALL = r"[\p{Ll}'-]+"
_ENDS = r"(?=[.,;)|\n]|[ ](?:at|for|in|with|on|until|when|which|and|since|before|after|who|but|from|by|to)\b)"
_HOW = r"(?:intermittently|nights|days|shifts|part[ -]time|full[ -]time)"
_AT_THE = rf"the[ ](?:{any_of('outdoor work')}|(?:{_SMALL}[ ]){{0,2}}line[ ]of[ ](?:an?[ ])?(?:\p{{Ll}}+[ ]?){{1,2}})"
_AT_A_PLACE = rf"(?:an?|the|her|his|their)[ ](?:{_SMALL}[ ]){{0,3}}?{any_of('places of work')}"
_IN_TRADE = rf"{any_of('trades')}(?![ ](?:planning|and[ ]risk))"
_SHAPES = (
    # "ran two restaurants", "keeps a phone shop"
    rf"(?:run|runs|ran|running|keeps?|kept|owns|owned|manages|managed)[ ](?:an?|the|two|three|her|his)[ ](?:{_SMALL}[ ]){{0,4}}?{any_of('businesses')}",
    # "drove a private hire car", "drives for a haulage firm"
    rf"(?:drives?|drove|driving)[ ](?:an?[ ](?:{_SMALL}[ ]){{0,2}}?{any_of('driven')}|for[ ]an?[ ](?:{_SMALL}[ ]){{1,3}}?firm)",
    # "worked on the land", "works in the family line of business", "working at a car wash", "worked in demolition"
    rf"[Ww]ork(?:s|ed|ing)?[ ](?:{_HOW}[ ])?(?:on|in|at|for)[ ](?:{_AT_THE}|{_AT_A_PLACE}|{_IN_TRADE})",
    # "the owner and editor of a publishing house"
    rf"(?:the|an?|his|her)[ ](?:co-)?{any_of('heads')}(?:[ ]and[ ](?:the[ ])?{_SMALL})?[ ]of[ ]an?[ ](?!{any_of('not led')})(?:{_SMALL}[ ]){{0,4}}?{_SMALL}{_ENDS}",
    r"in[ ](?:the|his|her)[ ](?:first|second|third|final|last)[ ]year[ ]of[ ]an?[ ][^,.;|]{3,40}?(?:degree|course|apprenticeship)",
    r"(?:\d+|\p{Ll}+(?:-\p{Ll}+)?)[ ](?:years|months|days|weeks)'[ ](?:service|experience)",
    # "the bakery where she works", "her uncle's carpet shop", "above the family cash-and-carry"
    rf"(?:the|an?)[ ](?:{_SMALL}[ ]){{0,2}}?{any_of('places of work')}[ ]where[ ](?:he|she|they)[ ]work(?:s|ed)?",
    rf"(?P<kin>(?:family|family's|father's|mother's|uncle's|aunt's|brother's|sister's|cousin's)[ ](?:{_SMALL}[ ])?{any_of('businesses')})",
    rf"stud(?:ies|ied|ying)[ ](?:for[ ]an?[ ](?:degree|diploma)[ ]in[ ])?{any_of('subjects')}",
    # whatever follows "worked as a" is an occupation, known or not
    r"(?:[Ww]ork(?:s|ed|ing)?|[Ee]mployed|[Tt]rain(?:s|ed|ing)|[Qq]ualified|[Rr]etrain(?:ed|ing)|[Ss]elf-employed|[Jj]obs?|[Ss]hifts?)"
    rf"[ ](?:\p{{Ll}}+[ ]){{0,3}}?as[ ](?P<as>an?[ ](?:{_SMALL}[ ]?){{1,4}}?){_ENDS}",
    # somebody retired had one
    rf"(?<=[(,][ ]?|\b(?:is|was|now)[ ])retired[ ](?!{any_of('not retired')})(?!from|in|and|to|on|at|with|after|because|early)(?:{_SMALL}[ ]){{0,2}}?{_SMALL}{_ENDS}",
    rf"(?:an?|the)[ ](?:retired|former|self-employed|part-time|out-of-work|unemployed)[ ](?!{any_of('not retired')}){_SMALL}(?:[ ]{any_of('workers')})?",
)
_SAID = regex.compile(rf"\b(?P<occupation>{'|'.join(_SHAPES)})(?![\p{{L}}])")
_BEFORE = regex.compile(
    r"\b(?:[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Tt]wo|(?:post|position|job|serv(?:ed|ing))[ ](?:of|as))[ ]"
    r"(?P<modifiers>(?:(?!(?:is|was|be|an?|the|as|of|and|or|to|by|from|for|with|in)[ ])[\p{L}-]+[ ]){0,4})$"
)
_AT = regex.compile(
    # where somebody has that occupation: "a teacher at a primary school"
    r"[ ](?:at|in|for|with|of)[ ]an?[ ](?!result|view|while|time|row|lot|bit|number|day|week|month|year|few|minute|moment)[\p{Ll}-]+"
    r"(?:[ ](?!and|who|in|at|on|for|to|with|from|until|when|where|which|that|but|or|of|as|by|before|after|since|is|was|had|has)[\p{Ll}-]+){0,2}"
)


def find_occupations(text: str, words: Tokens) -> Iterator[tuple[int, int]]:
    """What somebody is, with its article and the words between ("an apprentice tyre fitter"), and what is said of it."""
    for hit in _jobs().every(words):
        start = words.starts[hit.first]
        before = _BEFORE.search(text, max(0, start - 60), start)
        if not before or (hit.value == "of" and not before["modifiers"]):
            continue
        if not _is_of_the_trade(before["modifiers"]) and not is_retained(text[start : hit.end]):
            place = _AT.match(text, hit.end)
            yield before.start(), place.end() if place else hit.end
    for match in find_near(_SAID, words, _key_words().__contains__, 60, 160):
        if match["kin"] or not _is_of_the_trade(match["as"] or match["occupation"]):
            yield match.span("as" if match["as"] else "occupation")


@cache
def _key_words() -> frozenset[str]:
    """Words of which one is in whatever is said of somebody's work."""
    return frozenset(
        [
            *pattern_words("occupations", "keys"),
            *(word for head in flag_tables()["shapes"]["heads"] for word in head.split()),
        ]
    )


def _is_of_the_trade(words: str) -> bool:
    """Whether a role is one of those that every review is about."""
    return not frozenset(flag_tables()["not_occupation"]).isdisjoint(words.casefold().split())


@cache
def _jobs() -> Phrases[str]:
    listed = [(word, "alone") for word in flag_tables()["occupations"]] + [
        (word, "of") for word in flag_tables()["occupations_of"]
    ]
    return Phrases({form: value for word, value in listed for form in (word, f"{word}s")})
