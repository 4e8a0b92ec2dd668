"""The forms in which dates are written, as patterns; some need a second look at what stands around (date_doubts.py)."""

from __future__ import annotations

import re

from redaction.holidays import HOLIDAY

# -- words --------------------------------------------------------------------------------------------------------

_FULL = "January February March April May June July August September October November December"
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
_WELSH = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"


def _any(words: str) -> str:
    return "|".join(words.split())


# "may" and "march" in small letters are verbs, unless a year stands behind them
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?!\d)"
MONTH = (
    rf"(?:(?:{_any(_FULL)}|{_any(_FULL.upper())}|{_any(_WELSH)}|{_any(_SHORT)}|{_any(_SHORT.upper())})"
    rf"(?![A-Za-zÀ-ÿ])\.?"
    rf"|(?:{_any(_FULL.lower().replace('march ', '').replace('may ', ''))}|jan|feb|apr|jun|jul|aug|sept"
    rf"|oct|nov)(?![a-zà-ÿ])\.?"
    rf"|(?:march|may|mar|dec|sep)\.?(?=[ /-]{_YEAR}))"
)
_MONTH_ALONE = (
    rf"(?:{_any(_FULL)}|{_any(_SHORT)}|{_any(_WELSH.replace('Mai ', '').replace('Medi ', ''))})"
    rf"(?![A-Za-zÀ-ÿ-])"
)
_WEEKDAY_FULL = (
    r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)days?|(?:MON|TUES|WEDNES|THURS|FRI"
    r"|SATUR|SUN)DAY"
)
WEEKDAY = (
    rf"(?:{_WEEKDAY_FULL}|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)"
    rf"(?![A-Za-z])\.?|[Dd]ydd (?:Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul))"
)
_ORDINAL = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS = _any(" ".join(sorted(_ORDINAL.split(), key=len, reverse=True)))
# a space, or a line broken between the words of a date; the next item of a list ("2. …") is no part of it
_LINE = r"\n(?:>[ ]?)?(?![ ]*(?:\d{1,3}[.)]|[-*+])[ ])"
SPACE = rf"(?:[^\S\n]{{1,3}}(?:{_LINE})?|{_LINE})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:[ ]?(?:st|nd|rd|th)(?![a-z]))?(?!\d)"
_AND = rf"(?:{SPACE}?[-–—/]{SPACE}?|{SPACE}(?:to|and|or|until|till|through){SPACE}|{SPACE}?&{SPACE}?|,{SPACE})"
_DAYS = rf"(?:{_DAY}(?:{_AND}(?:{WEEKDAY}{SPACE})?(?:the{SPACE})?{_DAY}){{0,5}}|(?i:{_ORDINALS}))"
_SHORT_YEAR = r"(?:['’]\d\d(?!\d)|\d\d(?=\s*(?:[,;)|\]\n]|\.(?!\d)|$)))"
_OF_YEAR = rf"(?:,?{SPACE}(?:of{SPACE})?{_YEAR}|[/.-]{_YEAR}|,?{SPACE}{_SHORT_YEAR}|[/-]\d\d(?![\d/-]))"

# -- the forms ----------------------------------------------------------------------------------------------------

FORMS: dict[str, str] = {
    "iso": r"(?:19|20)\d\d(?P<s>[-/.])(?:0?[1-9]|1[0-2])(?P=s)(?:0[1-9]|[12]\d|3[01])(?!\d)(?:T\d\d:\d\d"
    r"(?::\d\d)?Z?)?",
    "numeric": r"\d{1,2}(?P<n>[/.-]|[ ][/.-][ ]|[ ])\d{1,2}(?P=n)(?:(?:19|20)\d\d|['’]?\d\d)(?![\d/-]|\.\d|:\d)",
    "day": rf"{_DAYS}(?:{SPACE}?|[/.-])(?:(?:of|day{SPACE}of){SPACE}(?:the{SPACE})?)?{MONTH}(?:{_OF_YEAR})?",
    "monthday": rf"{MONTH}{SPACE}(?:the{SPACE})?{_DAY}(?:{_AND}{_DAY}){{0,3}}(?![:.]?\d|[%/]|[ ]?[ap]m\b)(?:,?{SPACE}{_YEAR})?",
    "month": rf"{MONTH}(?:[/–-]{MONTH})?(?:,?{SPACE}(?:of{SPACE})?(?:{_YEAR}|['’]\d\d(?!\d))|[/-]{_YEAR}|[/-]\d\d"
    rf"(?![\d/-]))",
    "holiday": rf"(?:{HOLIDAY})(?!\w)(?:,?{SPACE}(?:of{SPACE}|in{SPACE})?(?:{_YEAR}|['’]\d\d(?!\d)))?",
    "season": rf"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?![\w-])(?:{SPACE}(?:of{SPACE}|in{SPACE})?{_YEAR}"
    rf"(?:[/–-]\d{{2,4}}(?!\d))?)?",
    "nth": rf"the{SPACE}{_DAY}(?<=[a-z])(?:{_AND}(?:the{SPACE})?{_DAY}(?<=[a-z])){{0,5}}",
    "alone": _MONTH_ALONE,
    # "Thursday 14th", but not the first words of "Thursday 14th June"
    "weekday": rf"{WEEKDAY}(?:{SPACE}(?:the{SPACE})?{_DAY}(?<=[a-z])(?!{SPACE}(?:of{SPACE})?{MONTH}))?",
    "monthyear": r"(?:0[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/-])",
    "daymonth": r"(?:3[01]|[12]\d|0?[1-9])[/.](?:0?[1-9]|1[0-2])(?![\d/%-]|\.\d|:\d|[ ]?[ap]m\b)",
}
# what a date may begin with, tried first: most words begin none
_BEGINS = (
    r"(?=[\dA-Z]|the|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|dydd|spr|sum|aut|win"
    r"|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe|bank|pub|early|late|[^\x00-\x7f])"
)
FORM = re.compile(
    rf"\b{_BEGINS}"
    r"(?<![£$€%#@&+=])(?:(?<![\dA-Z)][/.:-])(?<![\w)][.:-])|(?<=[Mm]id-)|(?<=[Ll]ate-)|(?<=arly-))"
    r"(?<!\d,)(?:" + "|".join(f"(?P<{name}>{form})" for name, form in FORMS.items()) + r")(?!\w)"
)

BY_FORM = {name: re.compile(rf"(?:{form})(?!\w)") for name, form in FORMS.items()}
