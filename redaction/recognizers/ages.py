"""Ages of people; not how long something lasted, nor the ages at which the law draws a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.calendar import MONTH_NAMES, MONTH_STEMS, WEEKDAY_NAMES
from redaction.lexicon.gazetteer import is_place
from redaction.lexicon.numbers import NUMBER_WORD, ORDINALS, TEENS, TENS, UNITS, parse_number
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import title_set
from redaction.lexicon.words import is_english_word, is_proper
from redaction.recognizers.base import Recognizer
from redaction.recognizers.search_windows import find_at_words, find_near, windows
from redaction.recognizers.sentence_lengths import says_of_a_court
from redaction.text.tokens import Tokens
from redaction.vetoes.things import find_medicines

_SAID_SCORE = 0.9
"""The words say that a number is an age: "aged", "years old"."""
_GROWN = 16
_MEANT_SCORE = 0.75
"""Only the words around it do: "he was 34"."""

_N = rf"(?:(?:1[01]\d|\d{{1,2}})[½¼¾]?(?![\d%°½¼¾]|[.:/,]\d)|(?i:{NUMBER_WORD})(?!\w))"
_SEP = r"(?:[ ]|[-‑–]|[ ]?\n)"
_AND = r"(?:[ ](?:and|to|or)[ ]|,[ ]|[-–]|[ ]and[ ]a[ ]half[ ]?)"
_TITLES = rf"{alternatives(title_set('with an age'))}\.?"
_CAP = r"[A-ZÀ-ÖØ-ÞȘȚŁŚŻŽŠČ][\w’'-]{1,30}"
_KIN = alternatives(pattern_words("ages", "people"))
_WAS = (
    r"(?:was|is|were|had[ ](?:just[ ])?(?:been|turned|reached)|has[ ](?:just[ ])?turned|turned|turns"
    r"|turning|reached|being|[’']s|would[ ]have[ ]been|will[ ]be|would[ ]be|becoming|became)"
)
_ABOUT = (
    r"(?:then|now|just|only|still|already|about|nearly|almost|around|approximately|some|barely|not[ ]yet"
    r"|at[ ]that[ ]time|at[ ]the[ ]time|then[ ]only|then[ ]just|himself|herself|also)"
)
_CLOSED = (
    r"(?=[ ]?(?:[.,;:)!?|\]\n\"”–—]|$)|[ ](?:and|when|at(?![ ]least)|or|but|with|in[ ](?:19|20)\d\d|on"
    r"|who|years?[ ]old|years?[ ]of[ ]age|he|she|they|had|while|now|then|if|as|by|the|a|his|her)\b(?![ ]"
    r"(?:a[ ]half|per|times)))"
)

_OF_LIFE = r"(?:years?|yrs?|months?|mths?|weeks?|wks?)(?![ ](?:ago|later|earlier|before|after|in|of|for|on))"
_TEENAGE = alternatives(("eleven", "twelve", *TEENS))
_UP_TO_SEVENTIES = rf"{alternatives(TENS[:6])}(?:-{alternatives(UNITS)})?"
_YOUTH = rf"(?:{_TEENAGE}|{_UP_TO_SEVENTIES})"
"""No hour of the clock; eleven and twelve only where nothing else fits."""
_DECADE = r"(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies"
_SINCE_WHEN = (
    r"(?:left|came[ ]to|moved[ ]to|brought[ ]to|school|care|diagnosed|identified|expelled|excluded"
    r"|started|began|drinking|using)"
)
_NEAR_NUMBER = r"(?i:about|around|approximately|approx\.?|nearly|almost|just|only|between|c\.)"
_OWNERS = r"(?i:his|her|their|my|whose|two|three|four|five|young|of)"
_CHILDREN = rf"(?i:{_KIN}s?|(?:grand|step)?children|(?:grand|step)child|twins|babies|half-(?:brother|sister)s?)"
_TITLED = rf"{_TITLES}[ ]{_CAP}(?:[ ]{_CAP})?"

_FORMS: tuple[tuple[str, str], ...] = (
    # "34-year-old", "six-month-old", "34 years old", "34 years of age", "34yo"
    (
        "old",
        rf"(?<![\w.])(?P<a>(?:(?:aged?|age[ ]of)[ ])?{_N}(?:[ ]and[ ]a[ ]half)?{_SEP}?(?:(?:years?|yrs?"
        rf"|months?|weeks?|days?)['’]?){_SEP}(?:old(?![\w-]|s\b)|of[ ]age(?!\w))|{_N}[ ]?y(?:/?o|\.o\.)(?!\w))",
    ),
    # "aged 34", "aged 3, 5 and 7", "aged between 3 and 7", "aged six months", Source(Origin.AGE, " 34")
    (
        "aged",
        rf"(?<!\w)(?P<b>(?i:(?:the[ ])?aged?)(?:[ ]*[:=|]{{1,2}}[ ]*|[ ](?:of[ ])?)(?:{_NEAR_NUMBER}[ ]?)?"
        rf"{_N}(?:{_AND}{_N}){{0,6}}(?:[ ]"
        rf"(?:months?|weeks?|days?|years?)(?![ ](?:ago|later|old|earlier|before|after)))?)(?!\w)",
    ),
    # "in his mid-thirties", "in her 40s", "in their late teens"
    (
        "decade",
        r"\b(?i:in|into|out[ ]of|reached|entering)[ ](?:his|her|their|my|the)[ ](?P<c>(?:(?:early|mid|late"
        r"|very[ ]early)(?:[ -]to[ -](?:mid|late))?[ -]?)?"
        rf"(?:[1-9]0['’]?s|teens|{_DECADE})(?:[ ](?:or|to)[ ](?:[1-9]0s|{_DECADE}))?)(?!\w)",
    ),
    # "he was 34", "who was then nineteen", "Mr Fallon was 28", "turned 18"
    (
        "was",
        rf"(?:(?<!\w)(?:[Hh]e|[Ss]he|who|I|{_KIN}|{_TITLED}|(?P<subject>{_CAP}(?:[ ]"
        rf"{_CAP})?))(?:[ ]|(?=[’']s)){_WAS}(?:[ ]{_ABOUT}){{0,2}}[ ](?P<d>{_N}(?:[ ]?(?:yrs?|years?)(?:[ ](?:and[ ])?{_N}[ ]?(?:months?|mths?))|[ ]?yrs?)?){_CLOSED})",
    ),
    ("turned", rf"\b(?:turned|turning|turns)[ ](?P<e>{_N})(?=\W)(?![ ](?:to|into|of|degrees|per))"),
    # "Balbir Singh, 57, is", "their son, Jaspreet, 15.", "Mr Fallon, 28 and a father of two"
    (
        "after",
        rf"(?<!\w)(?:{_KIN},?[ ]{_CAP}(?:[ ]{_CAP}){{0,2}}|{_TITLED}|(?P<person>{_CAP}"
        rf"(?:[ ]{_CAP}){{1,3}}))(?:,[ ](?:then[ ]|now[ ])?(?P<f>{_N})(?=[,.;)]|[ ]and[ ]an?[ ]|\n|$)|[ ]\("
        rf"(?P<g>{_N})(?:[ ]?yrs?|[ ]?years?)?\))",
    ),
    # "Mia (4 yrs)": in brackets behind a name alone
    (
        "named",
        rf"(?<!\w)(?P<who>{_CAP})[ ]\((?P<n>{_N}[ ]?(?:yrs?|years?|months?|mths?|weeks?|wks?))\)",
    ),
    # "Mia, 18 months, was": no sentence, and nobody's time
    (
        "told",
        rf"(?<!\w)(?<!\b(?i:at|in|on|to)[ ])(?<!\b(?i:from)[ ])(?<!\bHMP[ ])(?!(?:At|In|On|To|From|The|HMP)\b)(?P<owner>{_TITLED}|{_CAP}(?:[ ]{_CAP}){{0,2}}),[ ]"
        rf"(?P<p>{_N}[ ]?{_OF_LIFE})(?=[.,;)]|[ ](?:and|who|was|were|lived|lives|had)\b|$)",
    ),
    # "he was 13 years and his sister 15 years when"
    (
        "years",
        rf"\b(?:(?:[Hh]e|[Ss]he|who|{_KIN}|{_CAP})[ ](?:was|is)|and[ ](?:his|her|their)[ ]{_KIN})[ ](?P<q>{_N}[ ]{_OF_LIFE})(?=[ ]and[ ](?:his|her|their)[ ]{_KIN}\b|[ ]when[ ](?:he|she|they)\b)",
    ),
    # "baby (11/12)": months, as clinics write them
    ("twelfths", r"(?<!\w)(?:baby|child|infant|toddler|son|daughter|boy|girl)[ ]\((?P<o>\d{1,2}/12)\)"),
    (
        "kin",
        rf"(?<!\w)(?i:{_KIN})s?[ ](?:\(|(?<!ther[ ])(?<!parent[ ])(?<!mum[ ])"
        rf"(?<!dad[ ])of[ ])(?P<h>{_N}(?:[ ]and[ ]{_N})?)(?=\W|$)(?![%°]|[.:/]\d|[ ]"
        rf"(?:months?|weeks?|days?|stone|minutes?|hours?|others?|people|children|per|cases|the|his|her)\b)",
    ),
    # "his daughters, 9 and 11", "their children, 3, 5 and 8, were"
    (
        "kinlist",
        rf"(?<!\w){_OWNERS}[ ](?:(?:two|three|four|five|young|elder|older|younger|own|other)[ ]){{0,2}}"
        rf"{_CHILDREN},[ ](?:then[ ]|now[ ])?"
        rf"(?P<m>{_N}(?:(?:,[ ]|,?[ ]and[ ]){_N}){{0,6}})(?=[,.;)]|[ ](?:who|were|was|are|is|and|had|have|has)\b|[ ]?\n|$)",
    ),
    # "at fourteen.", "By nineteen he had", "At 16 he left school"
    (
        "at",
        rf"\b(?:[Aa]t|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill?|[Ff]rom|[Bb]efore)[ ](?P<i>(?i:{_YOUTH})|1[1-9]|2[0-4])"
        rf"(?=[ ](?:he|she|they|I)\b|[.;](?!\d)|,[ ](?:he|she|they|I|and|when|after|with)\b)",
    ),
    # "left Ysgol Bryn Eithin at 16 without", "came to England at nine": what people do at an age, not at an hour
    (
        "since",
        rf"\b{_SINCE_WHEN}\b(?:[ ][\w’'-]{{1,20}}){{0,4}}?[ ](?:at|from|since)[ ](?P<j>(?i:{_YOUTH})|1[3-9])"
        rf"(?=[.,;)]|[ ](?:without|with|to|and|after|because|when|for|following|having|but)\b)",
    ),
    (
        "came",
        rf"\b(?:came|moved|brought|fled|travelled|emigrated)[ ]to[ ](?:the[ ])?(?:UK|U\.K\.|United[ ]Kingdom"
        rf"|England|Britain|Wales|Scotland|Ireland|Europe)[ ]at[ ](?P<k>{_N})(?=\W)",
    ),
    # "with Lowenna and with Jory, nine."
    ("child", rf"\b(?:with|and|to|son|daughter|child)[ ](?P<young>{_CAP}),[ ](?P<l>{_N})(?=[.,;)])"),
)
_FORM = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS) + ")")
# a number that ends as an age does; forms are tried around these alone
_NO_DATE_OR_TIME = rf"(?![\d%°/]|[.:,]\d|[ ]{alternatives(MONTH_STEMS)})"
_UNIT_OF_AGE = r"(?:years?|yrs?|months?|weeks?|days?|y[/.]?o)\b"
_TRIGGER = re.compile(
    rf"\b(?:{_KIN}s?[ ](?:of[ ]|\()|turn(?:ed|s|ing)[ ])"
    rf"|\b(?:(?:1[01]\d|\d{{1,2}})[½¼¾]?{_NO_DATE_OR_TIME}|(?i:{NUMBER_WORD})\b|(?:teens|[1-9]0['’]?s|{_DECADE})\b)"
    rf"(?:{_SEP}?{_UNIT_OF_AGE}|{_CLOSED}|[ ](?:to|without|because|after|following|having|for)\b)"
)

# the keys of words with which one of those begins
_BEGINS = re.compile(rf"\d|(?:{_KIN}s?|turn(?:ed|s|ing)|{NUMBER_WORD}|teens|\w+ies)$", re.I)

_YEARS_OLD = re.compile(r"[ ]years?[ ](?:old|of[ ]age)\b")
_LIMIT_AFTER = re.compile(
    r"[ -](?:and|or|years[ ]and|years[ ]or)[ ](?:over|above|older|under|younger|below|more)|s\b|[ ]"
    r"(?:cohort|group)|\+"
)
_LIMIT_BEFORE = re.compile(
    r"\b(?:under|over|below|above|minimum|maximum|least|beyond|up to|than)(?:[ -](?:the|age|aged?"
    r"|of))*[ -]$",
    re.I,
)
_YOUNG_ADULTS = re.compile(r"(?:18|16)(?:[ ](?:to|and)[ ]|[-–])(?:2[0145]|17)\b")
_THING = re.compile(rf"[ -]{{1,2}}(?:\w+[ ]){{0,2}}?{alternatives(pattern_words('ages', 'things'))}\b")
_NOBODY = frozenset((*pattern_words("ages", "nobody"), *WEEKDAY_NAMES, *MONTH_NAMES))


_AT_THAT_AGE = re.compile(r"[ ](?:at[ ]th[ae]t?[ ]|when[ ]|then\b)")
_BIRTHDAY = re.compile(
    rf"\b(?:[Hh]is|[Hh]er|[Mm]y|[Yy]our|{_CAP}['’]s)[ ](?!18th|(?i:eighteenth))(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|(?i:{alternatives(ORDINALS)}))(?=[ ]birthday\b)"
)
"""Somebody's ninth birthday tells an age; at the eighteenth the law draws a line."""


class AgeRecognizer(Recognizer):
    """Finds ages; the span is the words that give it ("aged 34", "52-year-old", "fourteen")."""

    name = "Ages"
    entities = (Entity.AGE,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Every age of a person in the text; findings don't overlap."""
        return sorted(_find_ages(document.tokens), key=lambda finding: finding.start)


def _find_ages(words: Tokens) -> Iterator[Finding]:
    text = words.text
    for found in find_near(_BIRTHDAY, words, "birthday".__eq__, 60, 1):
        yield Finding(found.start("nth"), found.end("nth"), Entity.AGE, _MEANT_SCORE, Source(Origin.AGE, "birthday"))
    ends = find_at_words(_TRIGGER, words, [key for key in words.positions if _BEGINS.match(key)])
    stretches = windows(text, (end.span() for end in ends), 80, 40)
    for found in (found for stretch in stretches for found in _FORM.finditer(text, *stretch)):
        form, start, end = _form_and_span(found)
        if not is_limit(text, start, end) and not _is_nobodys(text, found, form, end):
            yield Finding(
                start,
                end,
                Entity.AGE,
                _SAID_SCORE if form in {"old", "aged"} else _MEANT_SCORE,
                Source(Origin.AGE, form),
            )


def _form_and_span(found: re.Match[str]) -> tuple[str, int, int]:
    group = next(name for name in "abcdefghijklmnopq" if found[name] is not None)
    form = next(name for name, _ in _FORMS if found[name] is not None)
    end = found.end(group)
    more = _YEARS_OLD.match(found.string, end)
    return form, found.start(group), more.end() if more else end


def is_limit(text: str, start: int, end: int) -> bool:
    """A line the law draws ("under 18", "aged 18 and over", "18 to 25 cohort"), not somebody's age."""
    if _LIMIT_AFTER.match(text, end) or _LIMIT_BEFORE.search(text, max(0, start - 20), start):
        return True
    if re.match(r"aged?[ ](?:under|over|at least)", text[start : start + 16]):
        return True
    return bool(_YOUNG_ADULTS.search(text, start, end))


def _is_nobodys(text: str, found: re.Match[str], form: str, end: int) -> bool:
    if form == "old" and _THING.match(text, end):
        return True
    if form == "old" and re.search(r"(?:days?|weeks?)['’]?[ ]old$", found[0]):
        return not re.search(rf"\b{_KIN}\b", text[max(0, found.start() - 40) : found.end() + 12])
    if form == "child":
        return found["young"] in _NOBODY
    if form == "named":
        # "Burglary (4 years)"
        return found["who"] in _NOBODY or is_english_word(found["who"]) or is_retained(found["who"])
    if form == "told":
        return _is_told_of_nobody(text, found)
    if form == "years" and says_of_a_court(text, *found.span("q")):
        return True
    if form == "was" and found["d"].casefold() == "one" and not re.search(rf"\b{_KIN}\b", found[0]):
        # "the nurse was one" of several, unless more says that it is an age
        return end == found.end("d") and not _AT_THAT_AGE.match(text, end)
    if form == "was" and (subject := found["subject"]):
        return not _NOBODY.isdisjoint(subject.split()) or subject.isupper()
    if form == "after" and (person := found["person"]):
        return not _NOBODY.isdisjoint(person.split()) or any(word.isupper() for word in person.split()[1:2])
    return False


def _is_told_of_nobody(text: str, found: re.Match[str]) -> bool:
    """Whether a length of time behind a comma is none of a life: "Burglary, 4 years", "Leeds, 18 months", "Ms Ward, 2 years"."""
    who = found["owner"]
    words = Tokens(who)
    years = parse_number(re.split(r"[ -]", found["p"])[0]) or 0
    if who.isupper() or is_retained(who) or is_place(words, 0, len(words)) or not _NOBODY.isdisjoint(who.split()):
        return True
    if is_english_word(who) and not is_proper(who.casefold()):
        return True
    if any(find_medicines(who, words)):
        return True
    # nobody with a title or a post is a child
    too_young = years < _GROWN and re.match(rf"{_TITLES}[ ]|[A-Z]{{2,}}[ ]", who) is not None
    return too_young or says_of_a_court(text, *found.span("p"))
