"""Times of the clock, and days, months and feasts that come again and again."""

from __future__ import annotations

from redaction.dates.holidays import HOLIDAY
from redaction.entities import Entity
from redaction.lexicon.calendar import MONTH_NAMES, SEASONS, SHORT_MONTHS, WEEKDAY_NAMES
from redaction.lexicon.numbers import NUMBER_WORD, UP_TO_TWELVE
from redaction.lexicon.pattern_words import alternatives
from redaction.vetoes.rules import COUNTED, NAMED, NUMBERS, any_of, matching, word_and, words

_HALF = r"(?:[ ]?(?i:[ap]\.?m\b\.?|hrs?\b|hours\b))"
_HOUR = r"(?:[01]?\d|2[0-4])"
_COLON = rf"(?<![\w:.])(?:{_HOUR}:[0-5]\d(?::[0-5]\d)?)(?!:?\d){_HALF}?"
_FOUR = r"(?:[01]\d|2[0-4])[0-5]\d"
_NO_YEAR = r"(?!(?:19|20)\d\d(?!\d|[ ]?h(?:rs?|ours)\b))"
_WITH_HOURS = (
    rf"(?<!\w){_FOUR}{_HALF}(?!\w)|(?<![\w.:]){_HOUR}(?:[.:][0-5]\d)?(?:[ ]?(?i:[ap]\.?m\b)\.?|[ ]?(?i:o['’ ]?clock)\b)"
)
# what is no day and month: "08.15", "9.00"
_POINT = rf"(?<![\w.,£/])(?:{_HOUR}\.(?:1[3-9]|[2-5]\d|00))(?!\d|\.\d|[ ]?(?i:kg|mg|km)\b){_HALF}?"
_TIME = rf"(?:{_HOUR}[.:][0-5]\d|{_NO_YEAR}{_FOUR})"
_TO = rf"(?<![\w.,£/]){_TIME}[ ]?(?:-|–|to|until|till)[ ]?{_TIME}(?!\d|[./]\d){_HALF}?"
_MONTHS_SHORT = alternatives(name[:3] for name in MONTH_NAMES)
_BESIDES = rf"(?:\d[/.-]\d{{1,4}}|\d(?:st|nd|rd|th)|(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}})|(?:19|20)\d\d|(?i:\d[ ]{_MONTHS_SHORT}[a-z]{{0,6}}))[*_]*,?[ ]"
_AFTER_DATE = rf"{_BESIDES}[*_]*(?P<it>{_NO_YEAR}(?:{_FOUR}|0\d\.[0-5]\d))(?!\d|[./-]\d){_HALF}?"
_AFTER_COMMA = rf"(?:\d[/.-]\d{{2}}|\d(?:st|nd|rd|th)|(?:19|20)\d\d|(?i:\d[ ]{_MONTHS_SHORT}[a-z]{{0,6}},?))[*_]*,?[ ](?P<it>{_HOUR}\.[0-5]\d)(?!\d|[./-]\d)"
_AT = rf"\b{any_of('times', 'at')}[ ](?P<it>{_NO_YEAR}{_FOUR})(?!\d|[./-]\d|[ ]of[ ]){_HALF}?"
_AT_POINT = rf"\b(?i:at|past)[ ](?P<it>{_HOUR}\.[0-5]\d)(?!\d|\.\d|[ ]?(?i:kg|mg|km|m|l|per)\b){_HALF}?"
_ROUNDS = r"(?<![\d/])(?:(?:[01]\d|2[0-4])/){3,}(?:[01]\d|2[0-4])(?![\d/])"
"""Hours of the day at which something is given: "08/12/16/20"."""
_BARE = rf"(?<![\w.:/£(-]){_NO_YEAR}{_FOUR}(?![\w/:-]|\.\d|[ ]of[ ]\d|[ ]?\|)"
_ANNOUNCED = rf"\b{any_of('times', 'announced')}[ ]?[:#]?[ ]?"
_CURFEW = rf"(?<![\w.:/-]){_NO_YEAR}{_FOUR}[-–]{_FOUR}(?![\w/-])"

_SMALL = alternatives((*UP_TO_TWELVE, "twenty", "twenty-five"))
_SPOKEN = rf"(?i:\b(?:half|quarter|{_SMALL})[ ](?:past|to)[ ](?:{alternatives(UP_TO_TWELVE)}|midnight|noon)\b)"
_HALF_EIGHT = rf"(?i:\bhalf[ ](?:past[ ])?{alternatives(UP_TO_TWELVE)}\b)(?![ ](?:of|hours?|years?|months?|weeks?))"
_O_CLOCK = rf"(?i:\b{NUMBER_WORD}[ ]o['’]?clock\b)"
_BY_THE_CLOCK = rf"\b{any_of('times', 'hours of')}[ ](?:at|from|by)[ ](?P<it>(?i:{alternatives(UP_TO_TWELVE)}))(?![ -]\w*(?:year|month|week|day))"
_HEARD = (
    r"(?i:listed)(?:[ ]before[ ]the[ ]\w+|[ ]for[ ](?:\w+[ ])?(?:hearing|mention|trial|plea|sentence))?[ ](?:at|from)"
)
_AT_AN_HOUR = (
    rf"\b(?:{_HEARD}|(?i:curfew|shift|kick-off)[ ](?:is|was))"
    rf"[ ](?P<it>(?i:{alternatives(UP_TO_TWELVE)}))(?![\w-]|[ ]\w*(?:year|month|week|day|of)|[ ]as\b)"
)
"""Of what people do at nine, as often the age is told ("she rang Childline at nine"): only courts and curfews have hours alone."""

_WEEKDAY_BEGINNINGS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = rf"(?i:{alternatives(WEEKDAY_NAMES)}|(?:tues?|weds?|thurs?|mon|fri|sat|sun)(?![a-z]))"
_DAYS = rf"(?i:{alternatives(WEEKDAY_NAMES)}|(?:mon|tues|weds|thurs|fri|sat|sun))s"
_PART = r"(?:[ ](?:mornings?|afternoons?|evenings?|nights?|lunchtimes?))?"
_MONTH = rf"(?i:{alternatives((*MONTH_NAMES, *SHORT_MONTHS))})"
_SEASON = rf"(?i:{alternatives(SEASONS)})"
_NO_DAY_NEXT = r"(?!\w|[ ]\d{1,2}(?![\d:.]|[ ]?(?i:[ap]m)\b))"
_DAY_OF_AGAIN = rf"(?:{_WEEKDAY}|{_MONTH}|{_SEASON}|{HOLIDAY}|(?i:weekend|bank[ ]holiday)){_NO_DAY_NEXT}"
_AND = r"(?:,[ ]|,?[ ](?:and|or|&)[ ]|[ ]?[/&+][ ]?)"
_AGAIN = rf"\b{any_of('recurring', 'again')}[ ](?:single[ ])?{_DAY_OF_AGAIN}{_PART}(?:{_AND}(?:{any_of('recurring', 'again')}[ ])?{_WEEKDAY}{_NO_DAY_NEXT})*"
_PLURAL = rf"(?<!\w){_DAYS}(?!\w|[ ](?:the[ ])?\d|['’])(?:{_AND}{_DAYS}(?!\w))*{_PART}"
_PARTS_OF_DAYS = rf"(?<!\w){_WEEKDAY}(?:{_AND}{_WEEKDAY})*[ ](?:mornings|afternoons|evenings|nights|lunchtimes)\b"
_ON_A_DAY = rf"\b(?:on|of)[ ]an?[ ]{_WEEKDAY}{_PART}(?!\w)|\b(?i:any|every|each)[ ]day[ ](?:but|except)(?:[ ]on)?[ ](?:an?[ ])?{_WEEKDAY}"
_NTH = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_OF_THE_MONTH = rf"(?i:\b{_NTH}[ ]{_WEEKDAY}[ ](?:of|in)[ ](?:the|each|every)[ ]month)\b"
_EVERY_YEAR = rf"\b(?i:every|each)[ ]year[ ](?:in|at|on|around)[ ](?:{_MONTH}|{_SEASON}|{HOLIDAY})(?!\w|[ ]\d)"
_OFFICE = r"(?i:\bmon(?:day)?[ ]?(?:to|-|–)[ ]?(?:fri|sat|sun)(?:day)?\b)"
_ANY_YEAR = (
    rf"\b{any_of('recurring', 'general')}\b[^.;\n]{{0,24}}?[ ](?:in|at|over|around|by|during)[ ]"
    rf"(?P<it>(?:{_MONTH}[ ]or[ ]{_MONTH}|{_SEASON}|{HOLIDAY}))(?!\w|,?[ ](?:of[ ]|the[ ])?(?:\d|year))"
)
_NUMBERED = rf"(?<!\w)\d{{1,3}}(?:st|nd|rd|th)(?=[ -]{any_of('recurring', 'numbered')}\b)"
_NUMBERED_OR_BEGUN = rf"(?<!\w)\d{{1,3}}(?:st|nd|rd|th)(?=[ -]{any_of('recurring', 'numbered or begun')}\b)"
_NTH_OF_MANY = r"(?<!\w)\d{1,3}(?:st|nd|rd|th)(?=[ ][\p{Ll}-]+[ ](?:of|in)[ ](?:the|his|her|their|that|this|all|a)\b)"
_OF_A_MONTH = rf"(?:\b(?i:on|by|since|until|till|from|to|of|before|after|between|and|dated)[ ](?:the[ ])?|(?:{_WEEKDAY}|{_MONTH})[ ](?:the[ ])?)"
"""Before a day of a month: "on the 12th officers in the area came"; the 12th call of the week is none."""
_CENTILE = r"(?<!\w)\d{1,3}(?:st|nd|rd|th)[ -](?:per)?centile\b"
_WEEKLY = rf"(?P<it>(?<!\w){_WEEKDAY})(?=[ ]{any_of('recurring', 'things')}\b)"
_ONE_DAY = r"\b(?i:on|last|next|this|that|by|since|until|till|for|from)[ ]"
_PAIR = rf",[ ](?P<it>{_WEEKDAY}(?:{_AND}{_WEEKDAY})+)(?=[,.;)])"
_SHORT_YEAR = r"(?<![\w\d])['’]\d\d(?![\w.])"
_IN_THE_MORNING = (
    rf"(?<![\w.:/])(?:{_HOUR}|(?i:{alternatives(UP_TO_TWELVE)}))(?=[ ]in[ ]the[ ](?:morning|afternoon|evening|night)\b)"
)
_HOURS_OF_A_ROW = r"\|[^|\n]*\d[/.:]\d[^\n]*\|[ ]?(?P<it>\d{1,2}\.\d)(?=[ ]?\|)"
"""In the row of a day a cell with a number to one place: how many hours somebody worked."""
_AFTER_ANY = rf"\b(?i:any)[ ](?:other[ ])?(?:{HOLIDAY}|bank[ ]holiday|weekend|{_WEEKDAY}){_NO_DAY_NEXT}{_PART}(?:{_AND}{_WEEKDAY}{_NO_DAY_NEXT})*"
_HABIT = rf"\b{any_of('recurring', 'habits')}[ ](?:on[ ])?{_WEEKDAY}{_NO_DAY_NEXT}(?:{_AND}{_WEEKDAY}{_NO_DAY_NEXT})+(?=[ ]?[^\w\s]|\n|$|[ ](?:and|but|at|from)[ ])"
"""With nothing behind that says of one week ("closed Friday and Saturday after the fire")."""

_WHOLE_DATE = (
    rf"(?<![\w.,£/-])(?:{_WEEKDAY},?[ ])?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ ](?:of[ ])?{_MONTH}(?!\w|[ ]\p{{Lu}}\p{{Ll}})"
    r"(?:,?[ ](?:19|20)\d\d(?!\d))?"
)
"""A day with its month: nobody is called so, whatever stands beside it in capitals ("NOTIFIED 2 JULY, IAN HAS ASKED")."""

_DATES = frozenset({Entity.DATE})

RULES = (
    matching("date", _WHOLE_DATE, frozenset({Entity.PERSON})),
    matching("clock", _COLON),
    matching("clock", _WITH_HOURS),
    matching("clock", _POINT),
    matching("clock", _TO),
    matching("clock", _AFTER_DATE, not_after=_ANNOUNCED),
    matching("clock", _AFTER_COMMA),
    matching("clock", _AT_POINT),
    matching("clock", _ROUNDS),
    matching("clock", _BARE, NUMBERS, not_after=_ANNOUNCED),
    matching("clock", _CURFEW),
    matching("clock", _SPOKEN, COUNTED),
    matching("clock", _HALF_EIGHT, COUNTED),
    matching("clock", _O_CLOCK, COUNTED),
    matching("clock", _AT_AN_HOUR, COUNTED),
    matching("recurring", _ON_A_DAY, _DATES),
    matching("recurring", _OF_THE_MONTH, _DATES),
    matching("recurring", _EVERY_YEAR, _DATES),
    matching("recurring", _OFFICE, _DATES),
    matching("recurring", _PAIR, _DATES | NAMED),
    matching("clock", _IN_THE_MORNING, COUNTED, in_lines_with=" in the "),
    matching("year", _SHORT_YEAR, COUNTED - _DATES),
    matching("clock", _HOURS_OF_A_ROW),
    matching("numbered", _NUMBERED, _DATES),
    matching("numbered", _NUMBERED_OR_BEGUN, _DATES, not_after=_OF_A_MONTH),
    matching("numbered", _NTH_OF_MANY, _DATES, not_after=_OF_A_MONTH),
    matching("numbered", _CENTILE),
    matching("recurring", _AFTER_ANY, _DATES),
)
ANCHORED = (
    word_and("clock", words("times", "at"), _AT, not_after=_ANNOUNCED),
    word_and("clock", words("times", "hours of"), _BY_THE_CLOCK, COUNTED),
    word_and("recurring", words("recurring", "again"), _AGAIN, _DATES),
    word_and("recurring", words("recurring", "general"), _ANY_YEAR, _DATES),
    word_and("recurring", words("recurring", "habits"), _HABIT, _DATES | NAMED),
    word_and("recurring", _WEEKDAY_BEGINNINGS, _PLURAL, _DATES),
    word_and("recurring", _WEEKDAY_BEGINNINGS, _PARTS_OF_DAYS, _DATES),
    word_and("recurring", _WEEKDAY_BEGINNINGS, _WEEKLY, _DATES, not_after=_ONE_DAY),
)
