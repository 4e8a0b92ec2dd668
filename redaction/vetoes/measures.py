"""Heights, weights, doses, distances, speeds, temperatures, sizes, scores, counts, and lengths of time that are no sentence."""

from __future__ import annotations

from redaction.entities import Entity
from redaction.lexicon.numbers import NUMBER_WORD, UP_TO_TWELVE
from redaction.lexicon.pattern_words import alternatives
from redaction.vetoes.rules import COUNTED, NUMBERS, any_of, matching, number_and, word_and, words

_FREE = r"(?<![\w£$€]|\d[.,/:])"
"""Where a number begins: not within a word, a sum of money or another number."""
_DIGITS = r"\d{1,4}(?:,\d{3})?(?:[.·]\d{1,3})?"
_WORDS = rf"(?i:{NUMBER_WORD}(?:[ ]and[ ]a[ ]half)?|half[ ]an?)"
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_RANGE = rf"(?:[ ]?(?:-|–|x|×|/|to|and|or)[ ]?{_NUMBER})?"

_FEET = r"(?i:ft\.?|feet|foot)"
_INCHES = r"(?:[ ]?(?i:in(?:ch(?:es)?|s)?\b\.?)|[\"”″]|['’]{2})"
_UP_TO_FEET = r"(?:[3-7]|(?i:three|four|five|six|seven))"
_UP_TO_INCHES = (
    rf"(?:\d{{1,2}}(?:\.\d|½)?|(?i:nothing|{NUMBER_WORD}))(?![\d.:/]?\d|[ ](?:weeks|months|years|children|stone))"
)
_HEIGHT = rf"{_FREE}{_UP_TO_FEET}[ -]?{_FEET}(?!\w)(?:[ ]?{_UP_TO_INCHES}{_INCHES}?)?"
_HEIGHT_MARKED = rf"{_FREE}[3-7][ ]?['’′][ ]?(?:1[01]|\d)(?:\.\d|½)?(?:[\"”″]|['’]{{2}}|(?=[\s,.;)]))"
_STONES = rf"{_FREE}(?:(?:[4-9]|1\d|2[02-9])[ ]?st\.?(?!\w)|{_NUMBER}[ -]stones?(?!\w)|\d{{1,2}}STONES?\b)"
_STONE = rf"{_STONES}(?:[ ](?:and[ ])?(?:\d{{1,2}}|(?i:{NUMBER_WORD}))(?![:./]?\d)(?:[ ]?(?i:lbs?|pounds)\b)?)?"

_SPELLED = rf"{_FREE}{_NUMBER}{_RANGE}(?:[ ]|-|[ ]?\n){any_of('units', 'spelled')}(?!\w)"
_SHORT = rf"{_FREE}{_DIGITS}{_RANGE}[ ]?{any_of('units', 'short')}(?!\w)"
_POINTED = rf"{_FREE}\d{{1,3}}[.]\d{{1,3}}[ ]?{any_of('units', 'pointed')}(?!\w)"
_MINUTES = rf"{_FREE}\d{{1,2}}(?:h\d{{1,2}}m?|m\d{{1,2}}s)(?!\w)"
_LONG_M = rf"{_FREE}\d{{1,4}}[ ]?m[ ](?:tall|long|wide|high|deep)(?!\w)"
_DEGREES = r"(?<!\w)-?\d{1,3}(?:\.\d)?[ ]?°[ ]?[CF]?"
_LIMIT = rf"(?:\bat[ ])?{_FREE}\d{{2,3}}[ ]in[ ]an?[ ]\d\d(?!\d)(?:[ ](?:mph[ ])?(?:limit|zone))?|\bin[ ]an?[ ](?i:twenty|thirty|forty|fifty|sixty|seventy)(?!-|[ ](?:year|month|week|day|minute|hour|strong|bed|seat|page))|{_FREE}\d\d[ ](?:mph[ ])?(?:limit|zone)\b"
_SPED = (
    r"\b(?:did|doing|going|reached|clocked[ ]at)[ ](?:(?:over|about|nearly|almost|at[ ]least)[ ])?"
    rf"(?P<it>\d{{2,3}}|(?i:{NUMBER_WORD}))(?=[ ](?:on|along|down|up|round|through|in[ ]an?)\b)"
)
_SCHOOL_YEAR = r"(?<!\d[ ])\b(?:Year|[Yy]r|Class|Key[ ]Stage)[ ](?P<it>1[0-3]|\d)(?![\w/:-]|\.\d|[ ](?:months?|mths?|wks?|weeks?)\b)"
_SIZE = rf"(?i:\b(?:shoe[ ]|boot[ ]|dress[ ])?sizes?|\bwaist|\bcollar|\binside[ ]leg)[ ](?:\d{{1,3}}(?:\.\d|½)?|{_WORDS})(?!\w)"
_HOURS = (
    rf"{_FREE}{_NUMBER}{_RANGE}[ ]?-?(?i:hours?|hrs?|(?<=\d[ ]?)h)(?!\w)(?:[ ]?\d{{1,2}}[ ]?(?i:minutes|mins?|m)(?!\w))?"
    rf"(?![^.;\n]{{0,24}}\b{any_of('units', 'sentence of hours')}\b)"
)
_HOURS_OF_A_DAY = (
    rf"{_FREE}(?:[1-9]|1\d|2[0-4]|48|72|(?i:{alternatives(UP_TO_TWELVE)}|twenty-four))-(?i:hours?)(?![\w-])"
)
"""No order has so few hours of work: a curfew, a shift, a rule."""
_SUPPLY = (
    rf"{_FREE}\d{{1,2}}/(?:7|52|12)"
    r"(?=[ ](?i:supply|of[ ]\w+(?:ine|one|pam|am|ol))\b|(?<=\b(?i:an?|another|his|her)[ ]\d\d?/\d\d?)[ ](?i:script|course|prescription)\b)"
)
"""As doctors write so many days, weeks or months: "28/7 supply"."""
_SENTENCE_BEFORE = rf"\b{any_of('units', 'sentence of hours')}\b[^.;\n]{{0,30}}"

_TOOL = any_of("instruments", "tools")
_SCORE = r"\d{1,3}(?:\.\d{1,2})?(?:/\d{1,3})?%?"
_DAY_AND_MONTH = r"(?:3[01]|[12]?\d)/(?:1[0-2]|0?[1-9])(?!\d)"
_BETWEEN = r"(?:[ ](?:scores?|scored|total|of|is|was|at|stood|now|then|today|has|percentage|level|V\d|raw)){0,3}(?:[ ]?[=:|][ ]?|[ ])"
_ON_TOOL = rf"(?<![\w-]){_TOOL}(?:[ ]?\((?:[\w ]{{1,12}})\))?{_BETWEEN}(?!(?<=\|[ ]?){_DAY_AND_MONTH})(?:{_SCORE}|{_WORDS}(?:-odd)?)(?![\d/])"
_TOOL_ALONE = r"(?<![\w-])(?:PHQ-?9|GAD-?7|HCR-?20|PCL-?5|CORE-10|AQ-10|RM2000|EQ-5D|\d[xX×]\d[xX×]\d)(?!\w)"
_CUE = any_of("instruments", "scored")
_SCORED = rf"\b{_CUE}(?:[ ](?:of|was|is|at|as|at[ ]a|a|now|only|still|him|her))?(?:[ ]?[=:][ ]?|[ ])(?P<it>{_SCORE}(?!\d|[./]\d))"
_GRADED = r"\b[Gg]raded[ ](?P<it>[A-E]/?\d/?[\dA-E])\b"
_LATE_DAY = r"(?:1[3-9]|2\d|3[01])/(?:1[0-2]|0?[1-9])(?!\d)"
"""More than the whole, and so no score."""
_OUT_OF = rf"{_FREE}(?!{_LATE_DAY})\d{{1,3}}/\d{{1,3}}(?=[ ](?:(?:on|for)[ ](?:the|his|her|their)[ ])?{any_of('instruments', 'out of')}\b)"
_DATED = r"\b(?i:on|dated?|date[ ](?:is|was)|appt|appointment|d\.?o\.?b\.?|since|until|w/c|next|due)[ ]"
"""Before a fraction that may be a day and month, whatever comes behind."""
_SHARE = rf"{_FREE}{_NUMBER}[ ](?:of|out[ ]of)[ ](?:the[ ]|his[ ]|her[ ]|their[ ])?{_NUMBER}(?![/.:]?\d|[ ](?:{'|'.join(('weeks', 'months', 'years'))}))"
_ORDER = (
    r"(?i:first|second|third|fourth|fifth|sixth|seventh|eldest|oldest|youngest|father|mother|mum|dad|parents?|one|only)"
)
_OF_SO_MANY = rf"\b{_ORDER}[ ]of[ ](?P<it>(?i:{NUMBER_WORD}|\d))(?![\w-]|[ ](?:weeks|months|years))"
_PARTS = rf"(?i:\b(?!twenty|thirty){NUMBER_WORD}-(?:thirds?|quarters?|fifths?|tenths?|halves))\b"
_ROUND_THE_CLOCK = r"(?<!\bon[ ])(?<![\d/])24/7(?![\d/]|[ ]\p{Lu}{2})"

_HARMED = any_of("counted", "harmed")
_ADJECTIVES = r"(?:[ ](?:of[ ](?:the|his|her|their)|more|other|younger|older|elder|young|own|small|little|different|adult|full|tuna|missed|late))?"
_COUNT = (
    rf"{_FREE}(?:\d{{1,3}}(?:,\d{{3}})?|(?i:{NUMBER_WORD})){_ADJECTIVES}[ ]{any_of('counted', 'relatives', 'company', 'nouns')}(?!\w)"
    rf"(?![^.;\n]{{0,20}}\b{_HARMED})"
)
_COUNTED_BEHIND = rf"\b{any_of('counted', 'nouns')},[ ](?P<it>\d{{1,3}}|(?i:{NUMBER_WORD}))(?=[,.;:)\n]|[ ](?:in|of)[ ](?:all|them)\b)"
"""How many there are of the things named right before: "silent calls, eleven, from a mobile"; after people it is an age."""
_TIMES_MORE = (
    rf"\b(?:\d{{1,3}}|(?i:{NUMBER_WORD}))[ ]times\b[^.,;\n]{{0,30}}?[ ]and[ ](?P<it>\d{{1,3}}|(?i:{NUMBER_WORD}))"
    rf"(?=[ ]by[ ]{any_of('counted', 'means')}\b)"
)
"""So many more of the times: "seen 14 times in person and 17 by telephone"."""
_SOMEWHERE = r"(?:[ ](?:in|on|at|of|to|from)[ ](?:the[ ]|an?[ ]|his[ ]|her[ ]|their[ ])?[\w-]+)"
_NUMBER_OF = rf"\b(?i:the[ ]number)[ ]of[ ][\w-]+{_SOMEWHERE}{{0,2}}[ ](?:was|is|stood[ ]at|rose[ ]to|fell[ ]to)[ ](?:now[ ]|then[ ]|about[ ])?(?P<it>\d{{1,3}}|(?i:{NUMBER_WORD}))(?![\w-])"
"""With no verb between, of which somebody could be the subject ("the number of checks made when she was 15")."""
_AGE_BEFORE = (
    rf"\b(?:aged?|old|year-old)[ ](?:about[ ])?|(?:\d|\b{NUMBER_WORD})(?:,|[ ]and|[ ]or)[ ]|\p{{Lu}}\p{{Ll}}+,[ ]"
)
_FIGURES = (
    r"\b(?i:numbers|figures|scores|readings)(?:[ ]only)?:[ ](?P<it>\d{1,3}(?:,[ ]\d{1,3}){2,})(?=[.;]?(?:\s|$))(?![ ])"
)
"""Figures in a row that are said to be no more than that: a row alone may be the ages of a family."""
_OF_THE_HOURS = rf"{_NUMBER}[ ](?i:hours|hrs|days|sessions)[ ](?:out[ ])?of[ ]the[ ](?P<it>\d{{1,3}}|(?i:{NUMBER_WORD}))(?![\w-]|[ ]\w+s\b|[ ](?:year|month|week))"
_COUNTED_SUBJECT = rf"{_FREE}(?:\d{{1,3}}|(?i:{NUMBER_WORD}))(?=[ ](?:were|are|have[ ]been|had[ ]been|of[ ](?:them|those|these)|in[ ]the[ ]same|in[ ]all|{any_of('counted', 'people')})\b)"
_COUNT_AFTER_PREPOSITION = rf"\b(?:in|into|among|per)[ ](?P<it>(?i:{NUMBER_WORD}))(?=[.,;:)\n]|$|[ ](?:and|or|but|from|of|at)\b)(?!,?[ ](?:and|or)[ ]\d)"
_ONLY_ONE = r"(?i:\bt?here[ ](?:is|was)[ ]only[ ](?P<it>one))\b(?![ ](?:year|month|week)s?[ ]old)"
_ALL_OF = (
    rf"\b(?i:all)[ ](?P<it>(?i:{NUMBER_WORD}))(?=[ ](?:of[ ](?:his|her|their|them|us)|children)\b|[ ]?[+&.,;:)|\n]|$)"
)

_TIME = r"(?i:(?:calendar[ ]|working[ ])?(?:days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?))"
_LENGTH = rf"{_NUMBER}{_RANGE}(?:[ ]|-){_TIME}(?!\w)"
_MAXIMUM = rf"(?<!\b(?i:his|her|their|term|minimum|judge['’]s|court['’]s)[ ])\b(?i:maximum|average|starting[ ]point)(?:[ ](?:sentence|term|penalty))?(?:[ ](?:for|of)[ ](?:an?|the|this|that|such)(?:[ ]an?)?(?:[ ]\p{{Ll}}+){{1,3}}?)?(?:[ ](?:is|was|being|there))?[ ](?P<it>{_LENGTH})"
"""What the law and its guidelines say, of no one case."""
_WAITED = rf"\b(?i:delay|wait|gap|absence|lapse|interval)[ ]of[ ](?:about[ ]|some[ ]|over[ ]|nearly[ ]|almost[ ])?(?P<it>{_LENGTH})"
_SIDE = rf"\b(?i:range)(?:[ ](?:of|is|was))?[ ](?P<it>{_NUMBER}[ ](?:to|-|–)[ ]{_NUMBER})(?!\w)"
_WITHIN = rf"\b{any_of('lengths', 'before')}[ ](?:about[ ]|the[ ])?(?P<it>{_LENGTH})(?!['’]|[ ](?:imprisonment|custody|sentence))"
_AFTERWARDS = rf"{_FREE}{_LENGTH}['’]?(?=[ ]{any_of('lengths', 'behind')}\b)"
_PREGNANT = rf"{_FREE}{_LENGTH}(?=[ ](?:pregnant|gestation)\b)"
_RAR = rf"{_FREE}{_NUMBER}[ ]RAR(?:[ ]days?)?\b|{_FREE}{_NUMBER}[ -]days?[ ](?:of[ ])?(?:a[ ])?(?i:RAR|rehabilitation|accredited|programme)\b|{_FREE}{_NUMBER}[ ]rehabilitation[ ]activity[ ]days\b"
_REQUIRED = rf"\b{any_of('lengths', 'requirements')}[ ](?:of[ ])?(?P<it>{_DIGITS}[ ]?(?i:d|days?))(?!\w)"
_DONE = rf"(?<=\()(?P<it>{_DIGITS})(?=[ ]{any_of('counted', 'done')}\b)"
_BUS = r"\b(?i:bus|tram|train|route)[ ](?:is|was)[ ](?:the|a)[ ](?P<it>\d{1,3}[A-Z]?(?:[ ]and[ ](?:then[ ])?(?:the|a)[ ]\d{1,3}[A-Z]?)?)(?!\w)|\bthe[ ](?P<it>\d{1,3}[A-Z]?)(?=[ ](?:bus|tram)\b)"
_WORKING = rf"{_FREE}{_NUMBER}{_RANGE}[ ]working[ ]days?\b"

RULES = (
    matching("temperature", _DEGREES),
    matching("speed", _LIMIT),
    matching("school year", _SCHOOL_YEAR, NUMBERS),
    matching("size", _SIZE),
    matching("score", _TOOL_ALONE),
    matching("score", _GRADED),
    matching("share", _OF_SO_MANY, COUNTED),
    matching("always", _ROUND_THE_CLOCK),
    matching("count", _ALL_OF, frozenset({Entity.QUANTITY, Entity.AGE})),
    matching("count", _COUNT_AFTER_PREPOSITION, frozenset({Entity.AGE, Entity.QUANTITY})),
    matching("count", _ONLY_ONE, frozenset({Entity.AGE})),
    matching("count", _TIMES_MORE, frozenset({Entity.AGE})),
    matching("count", _NUMBER_OF, frozenset({Entity.AGE})),
    matching("count", _FIGURES, frozenset({Entity.AGE})),
    matching("share", _OF_THE_HOURS, frozenset({Entity.AGE}), in_lines_with="of the "),
    matching("count", _DONE, COUNTED),
    matching("length", _WAITED, frozenset({Entity.QUANTITY})),
    matching("length", _SIDE, COUNTED),
    matching("numbered", _BUS),
)

ANCHORED = (
    word_and("score", words("instruments", "tools"), _ON_TOOL),
    word_and("score", words("instruments", "scored"), _SCORED),
    word_and("count", words("counted", "nouns"), _COUNTED_BEHIND, frozenset({Entity.AGE})),
    word_and("length", words("lengths", "requirements"), _REQUIRED, COUNTED),
    word_and("length", words("lengths", "before"), _WITHIN, frozenset({Entity.QUANTITY})),
    word_and("speed", ("did", "doing", "going", "reached", "clocked"), _SPED),
    word_and("length", ("maximum", "average", "starting"), _MAXIMUM, frozenset({Entity.QUANTITY})),
    number_and("height", _HEIGHT),
    number_and("height", _HEIGHT_MARKED),
    number_and("weight", _STONE),
    number_and("measure", _SPELLED),
    number_and("measure", _SHORT),
    number_and("measure", _POINTED),
    number_and("measure", _MINUTES),
    number_and("measure", _LONG_M),
    number_and("hours", _HOURS, not_after=_SENTENCE_BEFORE),
    number_and("hours", _HOURS_OF_A_DAY, COUNTED),
    number_and("length", _SUPPLY),
    number_and("score", _OUT_OF, not_after=_DATED),
    number_and("share", _SHARE, COUNTED),
    number_and("share", _PARTS, COUNTED),
    number_and("count", _COUNT, frozenset({Entity.QUANTITY, Entity.AGE}), not_after=rf"\b{_HARMED}[ ]"),
    number_and("count", _COUNTED_SUBJECT, frozenset({Entity.AGE}), not_after=_AGE_BEFORE),
    number_and("length", _AFTERWARDS, frozenset({Entity.QUANTITY})),
    number_and("length", _PREGNANT, COUNTED),
    number_and("length", _RAR, COUNTED),
    number_and("length", _WORKING, COUNTED),
)
