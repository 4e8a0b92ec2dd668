"""The forms in which dates are written, as patterns; some need a second look at what is around them (acceptance.py)."""

from __future__ import annotations

import re

from redaction.dates.holidays import HOLIDAY
from redaction.lexicon.calendar import MONTH_NAMES, ROMAN_MONTHS, SHORT_MONTHS, WELSH_MONTHS
from redaction.lexicon.numbers import ORDINALS, YEAR_WORDS
from redaction.lexicon.pattern_words import alternatives

# -- words --------------------------------------------------------------------------------------------------------

_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?!\d)"
_CAPITALISED_MONTHS = alternatives(
    [*MONTH_NAMES, *SHORT_MONTHS, *WELSH_MONTHS, *(name.upper() for name in (*MONTH_NAMES, *SHORT_MONTHS))]
)
# "may" and "march" in small letters are verbs, unless a year follows
_SMALL_MONTHS = alternatives(
    {name.casefold() for name in (*MONTH_NAMES, *SHORT_MONTHS)} - {"march", "may", "mar", "dec", "sep"}
)
MONTH = (
    rf"(?:{_CAPITALISED_MONTHS}(?![A-Za-zÀ-ÿ])\.?|{_SMALL_MONTHS}(?![a-zà-ÿ])\.?"
    rf"|(?:march|may|mar|dec|sep)\.?(?=[ /-]{_YEAR}|[ ]['’]\d\d(?!\d)))"
)
# "Mai" and "Medi" without a day or year are too often something else
_MONTH_ALONE = alternatives({*MONTH_NAMES, *SHORT_MONTHS, *WELSH_MONTHS} - {"Mai", "Medi"}) + r"(?![A-Za-zÀ-ÿ-])"
_WEEKDAY_FULL = (
    r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)days?|(?:MON|TUES|WEDNES|THURS|FRI"
    r"|SATUR|SUN)DAY"
)
WEEKDAY = (
    rf"(?:{_WEEKDAY_FULL}|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)"
    rf"(?![A-Za-z])\.?|(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)(?=[ ]\d{{1,2}}(?:[/.]\d|st|nd|rd|th|[ ]\d{{1,2}}[.:]\d\d))"
    rf"|[Dd]ydd (?:Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul))"
)
# a space, or a line broken between the words of a date; the next item of a list ("2. …") is no part of it
_LINE = r"\n(?:>[ ]?)?(?![ ]*(?:\d{1,3}[.)]|[-*+])[ ])"
SPACE = rf"(?:[^\S\n]{{1,3}}(?:{_LINE})?|{_LINE})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:[ ]?(?:st|nd|rd|th)(?![a-z]))?(?!\d)"
_AND = rf"(?:{SPACE}?[-–—/]{SPACE}?|{SPACE}(?:to|and|or|until|till|through){SPACE}|{SPACE}?&{SPACE}?|,{SPACE})"
_NTH = rf"(?:{_DAY}(?<=[a-z])|(?i:{alternatives(ORDINALS)}))"
# a day without its ending, where nothing behind it is what it counts: "Fri 13.", "sat 23 22.40"
_ALONE = r"(?=[ ]?(?:[,;)|\]\n]|\.(?!\d)|$)|[ ]\d{1,2}[.:]\d\d|[ ](?:and|he|she|they|we|I|it|at)\b)"
_BARE_DAY = rf"(?:3[01]|[12]\d|[1-9])(?!\d){_ALONE}"
_DAYS = rf"(?:{_DAY}(?:{_AND}(?:{WEEKDAY}{SPACE})?(?:the{SPACE})?{_DAY}){{0,5}}|(?i:{alternatives(ORDINALS)}))"
_SPOKEN_YEAR = rf",?{SPACE}(?i:{YEAR_WORDS})(?![\w-])"
_SHORT_YEAR = r"(?:['’]\d\d(?!\d)|\d\d(?=\s*(?:[,;)|\]\n]|\.(?!\d)|$)|[ ]\d{1,3}[ ]?(?:mths?|months?|yrs?|years?|wks?|weeks?|hrs?|hours?)\b))"
"""Two figures of a year without an apostrophe: at the end, or before the length of a sentence ("21 oct 22 14 mths")."""
_OF_YEAR = rf"(?:,?{SPACE}(?:of{SPACE})?{_YEAR}|{_SPOKEN_YEAR}|[/.-]{_YEAR}|,?{SPACE}{_SHORT_YEAR}|[/-]\d\d(?![\d/-]))"

# -- the forms ----------------------------------------------------------------------------------------------------

FORMS: dict[str, str] = {
    "iso": r"(?:19|20)\d\d(?P<s>[-/.])(?:0?[1-9]|1[0-2])(?P=s)(?:0[1-9]|[12]\d|3[01])(?!\d)(?:T\d\d:\d\d"
    r"(?::\d\d)?Z?)?",
    "numeric": r"\d{1,2}(?P<n>[/.-]|[ ][/.-][ ]|[ ])\d{1,2}(?P=n)(?:(?:19|20)\d\d|['’]?\d\d)(?![\d/-]|\.\d|:\d)",
    "roman": rf"\d{{1,2}}(?P<r>[./-])(?i:{alternatives(ROMAN_MONTHS)})(?P=r)(?:(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)",
    "glued": rf"\d{{1,2}}(?:{alternatives(name.upper() for name in SHORT_MONTHS)})(?:(?:19|20)\d\d|\d\d)(?!\d)",
    "day": rf"{_DAYS}(?:{SPACE}?|[/.-])(?:(?:of|day{SPACE}of){SPACE}(?:the{SPACE})?)?{MONTH}(?:{_OF_YEAR})?",
    "monthday": rf"{MONTH}{SPACE}(?:the{SPACE})?{_DAY}(?:{_AND}{_DAY}){{0,3}}(?![:.]?\d|[%/]|[ ]?[ap]m\b)"
    rf"(?:,?{SPACE}{_YEAR})?",
    "month": rf"{MONTH}(?:[/–-]{MONTH})?(?:,?{SPACE}(?:of{SPACE})?(?:{_YEAR}|['’]\d\d(?!\d))|{_SPOKEN_YEAR}|[/-]{_YEAR}|[/-]\d\d"
    rf"(?![\d/-]))",
    "holiday": rf"(?:{HOLIDAY})(?!\w)(?:,?{SPACE}(?:of{SPACE}|in{SPACE})?(?:{_YEAR}|['’]\d\d(?!\d)))?",
    "season": rf"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?![\w-])(?:{SPACE}(?:of{SPACE}|in{SPACE})?(?:{_YEAR}"
    rf"(?:[/–-]\d{{2,4}}(?!\d))?|['’]\d\d(?!\d)))?",
    "inst": rf"(?:the{SPACE})?{_DAY}(?<=[a-z]){SPACE}(?:inst|ult|prox)\b\.?",
    "nth": rf"(?:(?:the{SPACE}|(?<=[Ww]/[CcEeBb][ ])){_NTH})(?:{_AND}(?:the{SPACE})?{_DAY}(?<=[a-z])){{0,5}}",
    "alone": _MONTH_ALONE,
    # "Thursday 14th", but not the first words of "Thursday 14th June"
    "weekday": rf"{WEEKDAY}(?:{SPACE}(?:the{SPACE})?{_NTH}(?!{SPACE}(?:of{SPACE})?{MONTH})|{SPACE}{_BARE_DAY})?",
    "monthyear": r"(?:0[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/-])",
    "daymonth": r"(?:3[01]|[12]\d|0?[1-9])[/.](?:0?[1-9]|1[0-2])(?![\d/%-]|\.\d|:\d|[ ]?[ap]m\b)",
}
# what a date may begin with, tried first: most words begin none
_BEGINS = (
    r"(?=[\dA-Z]|the|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|dydd|spr|sum|aut|win"
    r"|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe|bank|pub|early|late|chr|xma|box|new|nye|val|goo|eas|eid|ram|bon|fir|[^\x00-\x7f])"
)
FORM = re.compile(
    rf"\b{_BEGINS}"
    r"(?<![£$€%#@&+=])(?:(?<![\dA-Z)][/.:-])(?<![\w)][.:-])|(?<=[Mm]id-)|(?<=[Ll]ate-)|(?<=arly-))"
    r"(?<!\d,)(?:" + "|".join(f"(?P<{name}>{form})" for name, form in FORMS.items()) + r")(?!\w)"
)

BY_FORM = {name: re.compile(rf"(?:{form})(?!\w)") for name, form in FORMS.items()}
