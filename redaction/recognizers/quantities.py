"""Quantities that are shown in bands: lengths of sentences, numbers of victims, and how long somebody has done their work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.numbers import NUMBER, NUMBER_WORD, parse_number
from redaction.recognizers.base import Recognizer
from redaction.recognizers.search_windows import find_in_windows
from redaction.recognizers.sentence_lengths import says_of_a_court

_SCORE = 0.85
_UNIT = r"(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)"


def _length_pattern(name: str) -> str:
    """The pattern of a length of time ("five years and four months") as a group of this name."""
    return (
        rf"\b(?<![.£])(?P<{name}>(?i:(?:{NUMBER}½?|an?)(?:[ ]and[ ]a[ ]half)?(?:[ ]|[-‑]|[ ]?\n)(?:calendar[ ])?{_UNIT}"
        rf"(?:(?:,[ ]|[ ]and[ ]|[ ]){NUMBER}[ ]{_UNIT}){{0,2}}))(?!\w)"
    )


# words after which a length of time is a sentence
_PASSED_SHAPES = (
    r"sentenc(?:ed?|es|ing)(?:[ ]\w+){0,6}?[ ](?:to|of)|sentenced[ ][^.;\n]{0,90}?[ ]to",
    r"Court(?:[ ]\([^)\n]{0,80}\))?(?:,?[ ]on[ ][^,.;\n]{4,24})?,?[ ]to",
    r"min(?:imum|\.)?(?:[ ]term)?(?:[ ](?:of|was|is|being|to[ ]serve)|:)?(?:[ ]at[ ]least)?",
    r"(?:must|to|will|shall|should|would)[ ](?:now[ ]|then[ ]|have[ ]to[ ])?serve(?:[ ]at[ ]least)?",
    r"tariff(?:[ ]period)?(?:[ ](?:of|was|is|being|set[ ]at)|:)",
    r"(?:custodial|concurrent|consecutive|determinate|licence|extension|extended|total|overall|prison|further|additional"
    r"|operational|supervision)[ ](?:licence[ ])?(?:term|period|sentence|element|part)s?[ ](?:of|for|was|being)",
    r"terms?[ ](?:of[ ]imprisonment[ ])?of|imprison(?:ed|ment)(?:[ ]for|[ ]of)|jailed[ ]for",
    r"detained[ ]for|detention[ ](?:of|for)|(?<!been[ ]in[ ])(?<!was[ ]in[ ])(?<!held[ ]in[ ])(?<!kept[ ]in[ ])custody[ ]for|(?:extended|additional)[ ]licence[ ]of",
    r"suspended(?:[ ]\w+){0,2}?[ ]for",
    r"disq(?:ualified|d|\.)?(?:[ ]from[ ]driving)?(?:[ ]for)?|curfew[ ](?:of|for)|banned(?:[ ]from[ ]driving)?[ ]for|disqualification[ ](?:of|for)",
    r"(?:sentence|tariff|community[ ]order|suspended[ ]sentence[ ]order|SSO|YRO|DTO|CO)[:,]?",
    r"order[ ](?:of|for|lasting|was[ ]made[ ]to[ ]run[ ]for|to[ ]run[ ]for|made[ ]for|with[ ]a[ ]length[ ]of)",
    r"(?:received|given|got|imposed|handed|serving|got[ ]him|passed)(?:[ ]an?)?(?:[ ]sentence[ ]of)?",
    r"discharge[ ](?:of|for)|extension[ ]of|extended[ ]by|starting[ ]point[ ]of|released[ ]from|recalled[ ]from",
)
_PASSED = rf"(?:{'|'.join(_PASSED_SHAPES)})(?:[ ](?:a[ ]total[ ]of|about|nearly|almost))?[ ]"
# words before which it is one
_QUALIFIERS = (
    r"(?:(?:of|in|immediate|concurrent|consecutive|suspended|custodial|determinate|extended|further|youth|young|the|a|total"
    r"|an|his|her|their|standard|life|minimum|prison|criminal)[ ]){0,3}"
)
_SENTENCES = (
    r"imprisonment|custody|prison|detention|custodial|determinate|community[ ]orders?|community[ ]sentences?",
    r"suspended[ ](?:sentence|prison)|sentences?(?![ ]plan)|prison[ ]terms?|jail|gaol|tariff|minimum[ ]terms?",
    r"terms?[ ]of[ ]imprisonment|conditional[ ]discharge|restraining[ ]orders?|youth[ ]rehabilitation|referral[ ]orders?",
    r"driving[ ]ban|curfew|disqualification|ban|extensions?|extended[ ]licence|licence[ ]extension",
    r"supervision[ ]order|probation[ ]order|(?-i:CO(?![\w-]))|DTO|SSO|YOI|IPP|supervn|behind[ ]bars|suspended",
)
_SERVED = rf"(?:['’]s?)?[ -]{_QUALIFIERS}(?:{'|'.join(_SENTENCES)})(?!\w)"
_LENGTHS = re.compile(
    rf"\b(?P<lead>(?i:{_PASSED})){_length_pattern('passed')}|{_length_pattern('served')}(?=(?i:{_SERVED}))"
)
# what else the same sentence is made of: "(six years' custody and a three-year extension)", "suspended for 18 months"
_BETWEEN_PARTS = (
    r"(?:[ ,(]|[ ](?:in|on|of)[ ](?:custody|licence|imprisonment)|custody|imprisonment|extended|licence|being|comprising"
    r"|made up of|consisting of|and|with|an?|plus|extension){1,6}?"
)
_PART_BEHIND = r"(?:['’]s?)?[ -](?:in[ ]custody|custod|extension|extended|licence|on[ ](?:extended[ ])?licence)"
_PARTS = re.compile(rf"(?:['’]s?)?{_BETWEEN_PARTS}{_length_pattern('part')}(?={_PART_BEHIND})")
# hours of unpaid work, as many as a court may order: what they are for is said before or behind them
_WORK = r"(?:unpaid(?:[ ]work|(?=[ ]?(?:[.,;:)\n]|$)|[ ](?:and|plus)\b))|UPW|community[ ](?:service|payback))"
_HOURS = re.compile(
    rf"(?<![\w.£,:/-])(?P<hours>\d{{1,3}}|{NUMBER_WORD})(?:[ ]|-|[ ]?\n)(?:hours?|hrs)\b['’]?",
    re.I,
)
_WORK_BEHIND = re.compile(rf"(?:[ ](?:of|for))?[ ]{_WORK}\b", re.I)
_WORK_BEFORE = re.compile(rf"\b{_WORK}(?:[ ]work)?(?:[ ](?:requirement|of|for))*[:,]?[ ]$", re.I)
_LISTED = (
    r"(?:[ ]?[,+&/:]|[ ](?:of|with|for|and|plus|an?|days?|months?|mths?|RAR|BBR|supervision|requirements?|\d{1,3}))"
)
"""What stands between the parts of an order that are listed."""
_AMONG_REQUIREMENTS = re.compile(
    rf"\b(?:RAR|BBR|order|supervision|supervn|requirements?)\b{_LISTED}*[ ]$|\b(?:mo?n?ths|months)[,+/& ]{{1,3}}$", re.I
)
_BEFORE_REQUIREMENTS = re.compile(
    rf"(?:,|[ ]?[+&/]|[ ]and|,?[ ]plus)[ ](?:an?[ ])?(?:{NUMBER}[ ](?:days?[ ])?(?:of[ ])?RAR\b|RAR(?=[ ]?[.,;:)\d]|$))",
    re.I,
)
_FEWEST_HOURS, _MOST_HOURS = 40, 300
_USUAL_HOURS = frozenset({48, 72})
"""What is as often two days or three: such hours are work where they are said to be, right beside."""
# a part of a sentence without its unit: "ten years and an extended licence of four", "with five more on licence"
# only in reach of other years, and where nobody is counted: "40 people in custody and 22 on licence" are a caseload
_IN_CUSTODY = r"\b(?:years?|yrs?|months?|mths?)\b['’]?[^.;\n]{0,40}?[ (](?:and|with|plus|a[ ]further)[ ]"
_COUNTS_PEOPLE = re.compile(r"\b(?:people|cases?|caseload|whom|those|men|women|last|past)\b[^.;\n]*$", re.I)
_BARE_PARTS = re.compile(
    rf"\b(?:custodial[ ]term|extended[ ]licence|licence[ ]period|extension(?:[ ]period)?)[ ]of[ ](?P<of>{NUMBER})(?=[.,;)\n]|[ ]and\b|$)"
    rf"|{_IN_CUSTODY}(?P<on>{NUMBER})(?=[ ](?:more[ ]|further[ ])?on[ ](?:extended[ ])?licence\b)",
    re.I,
)
# how long somebody has done their work: a member of staff is known by it
_EXPERIENCE = re.compile(
    rf"{_length_pattern('years')}(?=['’]?s?[ ](?!of[ ])(?:\w+[ ])?(?:experience|service|standing|seniority)\b(?![ ]by\b)|[ ]of[ ](?:\w+[ ])?experience\b(?![ ]of[ ](?:his|her|their)\b))"
    rf"|\b(?:qualified|in[ ](?:the[ ])?(?:post|role|job)|done[ ](?:the|this)[ ](?:job|work)|been[ ]an?[ ](?:(?!of\b|by\b)\w+[ ]){{0,3}}(?:officer|practitioner|manager))"
    rf"(?:[ ]as[ ][\w ]{{0,24}})?[ ]for[ ](?:only[ ]|just[ ]|over[ ]|nearly[ ]|about[ ]|almost[ ])?{_length_pattern('long')}"
    rf"|\bin[ ]post[ ](?:only[ ]|just[ ]|over[ ]|nearly[ ]|about[ ]|almost[ ])?{_length_pattern('held')}(?![ ](?:before|after|ago|earlier|later?)\b)"
)
_STANDARD = re.compile(
    r"(?:['’]s?)?[ -](?:(?:of|on|the|statutory|standard|fixed[- ]term|full)[ ]){0,2}(?:post[- ]sentence"
    r"|PSS|recall|fixed|notice|supervision[ ]period|waiting|or[ ](?:more|less|over|longer|under)|and[ ]"
    r"(?:over|under|above)|maximum|ago|later|earlier|before|after[ ](?!release)|into|from[ ]now)",
    re.I,
)
_MAXIMUM = re.compile(
    r"\b(?:maximum|max|recall|sentences[ ]of|less than|more than|fewer than|under|over|up to|within"
    r"|at least|every|each)\b[^.;]{0,24}$",
    re.I,
)
_MINIMUM = re.compile(r"\bminimum\b|\bserve[ ]at[ ]least\b", re.I)
_MINIMUM_ALONE = re.compile(r"min(?:imum|\.)?[ ]", re.I)
_NOT_PASSED = re.compile(
    r"^(?:received|given|got|imposed|handed|serving|released|recalled|extended by|got him|passed)", re.I
)
_CRIME_OR_JAIL = re.compile(
    r"(?:['’]s?)?(?:[ ](?:immediate|concurrent|consecutive|in|of|the))*[ ](?:imprisonment|custody|custod"
    r"|prison|detention|jail|for[ ](?!a[ ]|an[ ]interview|appointments?|himself|herself|review)|inside"
    r"|YOI|suspended|sentence|and[ ](?:was|a)|after[ ](?:trial|a))|[.;]",
    re.I,
)
_YEARS_PASSED = re.compile(
    r"(?!['’]?s?[ ](?:ago|later|earlier|of|old|experience|to|more|service|warranty|support|apart))"
)

_VICTIMS = re.compile(
    rf"\b(?<![.,-])(?P<n>(?i:{NUMBER}|several|multiple|both|a[ ]number[ ]of))(?:[ ](?:of[ ]the|of[ ]his"
    rf"|further|other|more|different|separate|female|male|adult|child|young|new|previous|known|identified"
    rf"|alleged|additional|surviving|elderly|vulnerable|women|named|direct|intended|potential))*[ ]victims"
    rf"(?!\w)"
)
_PEOPLE = r"people|persons|women|men|children|girls|boys|adults"
_HARM = r"(?:killed|injured|hurt|wounded|stabbed|shot|burned|raped|assaulted|attacked|asleep)"
_WERE_HARMED = (
    rf"(?P<n>(?i:{NUMBER}))(?:[ ](?:other|more|further|young|elderly))?[ ](?:{_PEOPLE}|passengers|pedestrians|residents)"
    rf"[ ](?:(?:were|was|had[ ]been|are)[ ](?:\w+ly[ ])?{_HARM}|died|had[ ]died|lost[ ]their[ ]lives)"
)
_HARMED_SO_MANY = (
    rf"(?:killed|murdered|injured|stabbed|wounded|raped|shot|struck)[ ](?P<k>(?i:{NUMBER}))[ ]"
    rf"(?:other[ ]|more[ ]|further[ ]|young[ ])?(?:{_PEOPLE}|others|victims)(?!\w)"
)
_HARMED = re.compile(rf"\b(?<![.,-]){_WERE_HARMED}|\b{_HARMED_SO_MANY}")
_SOME_HOURS = re.compile(r"hours|hrs", re.I)
_LICENCE_OR_TERM = re.compile(r"licence|term|extension", re.I)
_A_UNIT = re.compile(r"year|yr|month|mth|week|wk|day", re.I)
_A_VICTIM = re.compile(r"victims")
_A_PERSON = re.compile(rf"\b(?:{_PEOPLE}|passengers|pedestrians|residents|others)\b")
_ONE = frozenset({"1", "one", "0"})


class QuantityRecognizer(Recognizer):
    """Finds the quantities that policy bands; `kind` is "length" (of a sentence, or of somebody's experience) or "victims"."""

    name = "Quantities"
    entities = (Entity.QUANTITY,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Every such quantity in the text; findings don't overlap."""
        text = document.text
        lengths = (*_find_lengths(text), *_find_hours(text), *_find_bare_parts(text), *_find_experience(text))
        spans = dict.fromkeys(lengths, "length") | dict.fromkeys(_find_victims(text), "victims")
        return [
            Finding(*span, Entity.QUANTITY, _SCORE, Source(Origin.QUANTITY, kind), kind)
            for span, kind in sorted(spans.items())
        ]


def _find_lengths(text: str) -> Iterator[tuple[int, int]]:
    for found in find_in_windows(_LENGTHS, text, _A_UNIT, 130, 60):
        name = "passed" if found["passed"] is not None else "served"
        span = found.span(name)
        if _is_standard(text, found, span):
            continue
        yield span
        while further := _PARTS.match(text, span[1], span[1] + 120):
            span = further.span("part")
            yield span


def _find_hours(text: str) -> Iterator[tuple[int, int]]:
    """Hours of unpaid work."""
    for found in find_in_windows(_HOURS, text, _SOME_HOURS, 40, 20):
        start, end = found.span()
        hours, before = parse_number(found["hours"]), text[max(0, start - 60) : start]
        if hours is None or not _FEWEST_HOURS <= hours <= _MOST_HOURS:
            continue
        is_said = _WORK_BEHIND.match(text, end) or _WORK_BEFORE.search(before)
        is_among = _AMONG_REQUIREMENTS.search(before) or _BEFORE_REQUIREMENTS.match(text, end)
        if is_said or (is_among and hours not in _USUAL_HOURS):
            yield start, end


def _find_bare_parts(text: str) -> Iterator[tuple[int, int]]:
    for found in find_in_windows(_BARE_PARTS, text, _LICENCE_OR_TERM, 40, 40):
        name = "of" if found["of"] else "on"
        if name == "of" or not _COUNTS_PEOPLE.search(text, max(0, found.start("on") - 110), found.start("on")):
            yield found.span(name)


def _find_experience(text: str) -> Iterator[tuple[int, int]]:
    for found in find_in_windows(_EXPERIENCE, text, _A_UNIT, 80, 40):
        yield found.span(next(name for name in ("years", "long", "held") if found[name]))


def _is_standard(text: str, found: re.Match[str], span: tuple[int, int]) -> bool:
    """A period that the law or the trade fixes for everybody, or one that is no sentence at all."""
    if _STANDARD.match(text, span[1]):
        return True
    lead = found["lead"] or ""
    years = "y" in text[slice(*span)].casefold()
    passed = _YEARS_PASSED if years else _CRIME_OR_JAIL
    if _NOT_PASSED.match(lead) and not re.search("sentence of", lead, re.I) and not passed.match(text, span[1]):
        return True
    if lead.casefold().startswith(("released", "recalled")):
        return True
    if _MINIMUM_ALONE.fullmatch(lead):
        # "contact weekly, min 12 weeks"
        start = found.start("lead")
        return text[:start].endswith("for ") or not says_of_a_court(text, start, span[1])
    before = text[max(0, span[0] - 30) : span[0]]
    return bool(_MAXIMUM.search(before)) and not _MINIMUM.search(before)


def _find_victims(text: str) -> Iterator[tuple[int, int]]:
    for pattern, trigger in ((_VICTIMS, _A_VICTIM), (_HARMED, _A_PERSON)):
        for found in find_in_windows(pattern, text, trigger, 60, 40):
            group = next(name for name, value in found.groupdict().items() if value is not None)
            if found[group].casefold() not in _ONE:
                yield found.span(group)
