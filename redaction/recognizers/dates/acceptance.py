"""What is a date only in some places: a month that is a name, a fraction, a weekday of office hours."""

from __future__ import annotations

import re
from collections.abc import Callable

from redaction.lexicon.calendar import MONTH_NAMES
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.titles import title_set
from redaction.recognizers.dates.forms import MONTH, SPACE, WEEKDAY

_NAME_MONTHS = frozenset({"April", "May", "June", "August", "Jan", "Mar", "Dec", "Jun"})
"""Months that are names or other words as well: alone they are dates only where a date is expected."""
_STRONG = re.compile(
    r"(?:\b(?:in|since|until|till|til|during|throughout|mid|early|late|last|next|this|that|each|every"
    r"|through|between|month of|end of|start of|beginning of|middle of|of|follow(?:s|ed) in|around|circa"
    r"|c\.)[\s-]{1,3}(?:the[ ])?)$",
    re.I,
)
_WEAK = re.compile(r"(?:\b(?:from|by|to|for|before|after|and|or|as of|on|at)\s{1,3}|[-–—/&]\s?)$", re.I)
_TITLE = re.compile(rf"\b{alternatives(title_set('before dates'))}\.?\s{{1,2}}$")
_CAPITAL_NEXT = re.compile(r"[ \t]{1,2}([A-Z][\w’'-]*)")
_NO_SURNAMES = (
    *title_set("behind months"),
    *MONTH_NAMES,
    *"HMP HMPPS OASys MAPPA MARAC CRC NPS PDU GP I Police Probation Council".split(),
    *"The A In On At He She They It His Her Their No".split(),
)
_NOT_A_SURNAME = re.compile(rf"{alternatives(_NO_SURNAMES)}|[A-Z]{{2,}}")
_CALLED = re.compile(
    rf"\b{alternatives(title_set('before names of months'))}\.? (?:[A-Z][\w’'-]+ )?(April|May|June|August|Jan)\b"
)
_SPEAKS = re.compile(
    r"(?:['’]s\b)?[ ](?:said|says|told|tells|asked|was|is|had|has|rang|did|would|could|will|can|wrote"
    r"|felt|thought|came|went|lives|lived|left|and|who|be|have|not|also|only|well|the|it|need|we|they|he"
    r"|she|I|you)\b|,|\?"
)
_PAPER = re.compile(
    r"\s?(?:newspaper|Times|Mirror|Mail|People|Express|Telegraph|Sport|school|School|roast|league|League"
    r"|Star)\b|\.com"
)
_NOUN_NEXT = re.compile(rf"[ ]{alternatives(pattern_words('dates', 'things of a feast'))}\b")
_CELL_BEFORE = re.compile(r"(?:^|[|\n])[ \t>*-]{0,4}$")
_CELL_AFTER = re.compile(r"[ \t]{0,3}(?:$|[|\n:–—-])")
_DATE_BEFORE = re.compile(
    r"(?:\b(?:on|since|from|by|until|till|til|as of|of|before|after|between|w/c|w/e|release[ds]?|appt"
    r"|appointment|dated?|due|next|last|seen|dob|again|back|for|to|and)|[-–|(])[:\s]{1,3}$",
    re.I,
)
_WEEK_BEFORE = re.compile(r"\bw/?[cbe]:?[ ]$", re.I)
_WEEKDAY_BEFORE = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?[ ]$", re.I)
_DAY_NEXT = re.compile(
    r"[ ](?:the[ ])?(?:3[01]|[12]\d|0?[1-9])(?:[/.]\d|(?:st|nd|rd|th)[,.;:)]|(?:st|nd|rd|th)?[ ](?:of[ ])?"
    rf"{MONTH})"
)
_ON_BEFORE = re.compile(
    r"\b(?:on|until|till|til|by|since|from|before|after|for|between|to|rebooked|booked|due|dated|w/[cbe])\s{1,2}$", re.I
)
_SCORE_BEFORE = re.compile(
    r"\b(?:scored?|scores|rated|rating|rates|pain|mood|out of|section|paragraph|para|page|ratio|tier"
    r"|level|version|v|grade|took|about|only|attended|around|nearly|every|blood pressure|bp)\W{1,3}"
    r"(?:\w+\s){0,1}$",
    re.I,
)
_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "24/7", "1/5", "1/8", "1/10", "50/50", "9/11"})
_GOES_ON = (
    r"and|he|she|they|it|was|were|is|but|at|to|when|because|with|in|by|from|until|the|a|an|his|her|their|there|who|no|not"
    r"|of (?:the|that|this) (?:same )?month|of the following|that|had|has|for|as|after|before|or|we|I|you|about|so|did|then"
    r"|only|where|which|without|having|would|could|inst"
)
_AFTER_NTH = re.compile(rf"\s*(?:[.,;:!?)|*\]\n–—\"”’-]|$)|\s+(?:{_GOES_ON})\b")
_WEEKDAY_NEXT = re.compile(rf",\s+an?\s+{WEEKDAY}")
_NOT_NTH = re.compile(
    r"\s+(?:Battalion|Circuit|Division|Regiment|Floor|Century|Party|Army|Avenue|Street|Edition|Amendment"
    r"|Cavalry|Squadron|Airborne|Scout|Chamber|Section|Senate|Panel|Earl|Duke|Baron|Report|Review"
    r"|Annual)\b"
)
_OFFICE_HOURS = re.compile(r"\bMon(?:day)?\s?(?:to|-|–|through)\s?Fri(?:day)?\b")
_LISTED_DAY = re.compile(r"\b\d{1,2}(?=[ ]?,|(?:st|nd|rd|th),)|(?<=,[ ])\d{1,2}(?=\D)")
_BANK = re.compile(r"sort ?code\W{0,3}$|account\W{0,3}$", re.I)
_INSTRUMENT = re.compile(r"\b(?:PI|PSI|PSO|AI|RR|SI|HC|No|no|number|nos|ref)\.?[ ]?$")


def called(text: str) -> frozenset[str]:
    """Months that are somebody's name in this text ("Aunt April")."""
    return frozenset(_CALLED.findall(text))


_MOST_PARAGRAPHS = 12
"""A number of three parts at the head of a line with a last part beyond this is a day, unless the text has the one before or after it too."""


def _accept_numeric(text: str, found: re.Match[str]) -> bool:
    first, second, last = (int(part) for part in re.findall(r"\d+", found[0]))
    if not (1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12):
        return False
    before = text[max(0, found.start() - 24) : found.start()]
    if found["n"].strip() == "":
        return last > 1900 and bool(_ON_BEFORE.search(before) or _CELL_BEFORE.search(before))
    if _BANK.search(before):
        return False
    # "3.4.12" at the head of a line is a paragraph's number
    return not (
        found["n"] == "."
        and len(found[0]) < 8
        and first < 10
        and second < 10
        and re.search(r"(?:^|\n)[ \t>*#]*$", before)
        and (
            last <= _MOST_PARAGRAPHS
            or re.search(rf"^[ \t>*#]*{first}\.{second}\.(?:{last - 1}|{last + 1})\b", text, re.M)
        )
    )


def _accept_day(text: str, found: re.Match[str]) -> bool:
    listed = [int(day) for day in _LISTED_DAY.findall(found[0])]
    if listed != sorted(listed) and not _ON_BEFORE.search(text, max(0, found.start() - 10), found.start()):
        # "case 19 of 24, 6 November"
        return False
    return not re.search(
        r"\b(?:section|level|rule|option|regulation|article)\s$", text[max(0, found.start() - 12) : found.start()], re.I
    )


def _accept_month_day(text: str, found: re.Match[str]) -> bool:
    if re.search(r"(?:st|nd|rd|th)$|\d{4}$", found[0]):
        return True
    if re.match(
        r"[ ]?(?:[a-z]+s\b|of\b|people|per\b|staff|other|further|more|months?|years?|weeks?|days?|cases)",
        text[found.end() : found.end() + 12],
    ):
        return False
    return not found[0].startswith(("may", "march"))


def month_alone(text: str, found: re.Match[str], names: frozenset[str]) -> bool:
    """Whether a month without day or year is one; `names` are months that are names in this text."""
    before, word = text[max(0, found.start() - 24) : found.start()], found[0]
    if _TITLE.search(before):
        return False
    following = _CAPITAL_NEXT.match(text, found.end())
    surname = following is not None and not _NOT_A_SURNAME.fullmatch(following[1])
    if word in _NAME_MONTHS or word in {"March", "Sep", "Oct", "Nov", "Feb", "Apr", "Jul", "Aug"}:
        strong = bool(_STRONG.search(before))
        weak = bool(_WEAK.search(before))
        if word == "March":
            return (
                strong
                or weak
                or not re.match(r"[ ](?:on|of|past|the|for|through|in|with)\b", text[found.end() : found.end() + 8])
            )
        if strong and before.rstrip().endswith("that") and _SPEAKS.match(text, found.end()):
            # "found that April had asked"
            return False
        if strong:
            return not (surname and before.rstrip().endswith(("of", "that", "between")))
        if word in names or surname:
            return False
        if weak:
            return not _SPEAKS.match(text, found.end()) or bool(
                re.match(r"[ ](?:and|the|he|she|they|we|was|is|to)\b|,", text[found.end() : found.end() + 6])
            )
        cell = bool(_CELL_BEFORE.search(before) and _CELL_AFTER.match(text, found.end()))
        ranged = bool(
            re.match(
                rf"{SPACE}?(?:to|–|-|until|and){SPACE}?(?:the{SPACE}(?:end|start){SPACE}of{SPACE})?{MONTH}",
                text[found.end() : found.end() + 40],
            )
        )
        return cell or ranged
    return True


def _accept_holiday(text: str, found: re.Match[str]) -> bool:
    if re.search(r"\d$", found[0]):
        return True
    before = text[max(0, found.start() - 8) : found.start()]
    if _NOUN_NEXT.match(text, found.end()) or re.search(r"\bFather $|\bSt $", before):
        return False
    return not (found[0] == "Calan" or (found[0] == "Christmas" and _TITLE.search(before)))


def _accept_season(text: str, found: re.Match[str]) -> bool:
    if re.search(r"\d$", found[0]):
        return True
    before = text[max(0, found.start() - 16) : found.start()]
    if _NOUN_NEXT.match(text, found.end()) or not found[0][0].islower():
        return False
    return bool(
        re.search(
            r"\b(?:the|that|this|last|next|early|late|mid|following|in|since|until|by|previous)[ -]$", before, re.I
        )
    ) and not re.match(
        r"[ ](?:and|or) (?:winter|summer|spring|autumn) (?:clothes|term)", text[found.end() : found.end() + 24]
    )


def _accept_nth(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 16) : found.start()]
    dated = bool(_ON_BEFORE.search(before))
    if _NOT_NTH.match(text, found.end()):
        return False
    if not re.search(r"\d", found[0]):
        # "the sixteenth, a Tuesday", "on the twenty-third"; but "on the fifth" is as often the fifth of what is counted
        is_late = re.search(r"teenth|twelfth|eleventh|twent|thirt", found[0], re.I) is not None
        is_named = _WEEKDAY_NEXT.match(text, found.end()) is not None
        return is_named or (dated and is_late and _AFTER_NTH.match(text, found.end()) is not None)
    if dated and _CAPITAL_NEXT.match(text, found.end()):
        return True
    if not _AFTER_NTH.match(text, found.end()):
        return False
    early = (
        re.search(r"\b(?:1st|2nd|3rd)$", found[0]) is not None
        and found[0].count("the") == 1
        and " and " not in found[0]
    )
    return dated or not early


def _accept_weekday(text: str, found: re.Match[str]) -> bool:
    word = found[0].rstrip(".")
    before = text[max(0, found.start() - 12) : found.start()]
    if _PAPER.match(text, found.end()) or re.search(r"Sheffield $|Mail on $", before) or _TITLE.search(before):
        return False
    if re.search(r"\b(?:Ruby|Joe) $", before):
        return False
    around = text[max(0, found.start() - 14) : found.end() + 14]
    if hours := _OFFICE_HOURS.search(around):
        return not (hours.start() <= min(14, found.start()) < hours.end())
    if word == "Sun":
        return bool(_DAY_NEXT.match(text, found.end())) or bool(
            re.search(
                r"\b(?:on|every|each|last|next|this|until|by|Sat(?:urday)?(?: and| &|/|-| to)?)\s?$|[|/&-]\s?$", before
            )
        )
    if word in {"Sat", "Wed", "Mon"}:
        sentence = re.search(r"(?:^|[.!?\n]\s*)$", before)
        return not sentence or bool(
            re.match(r"[ ]?(?:[|,&/-]|\d|to\b|and\b|am\b|pm\b)", text[found.end() : found.end() + 5])
        )
    return True


def _accept_month_year(text: str, found: re.Match[str]) -> bool:
    return not _INSTRUMENT.search(text[max(0, found.start() - 8) : found.start()])


def _accept_roman(text: str, found: re.Match[str]) -> bool:
    """With a whole year, or where a date is expected: "3.ii.15" is the number of a paragraph too."""
    before = text[max(0, found.start() - 24) : found.start()]
    dated = _ON_BEFORE.search(before) or _CELL_BEFORE.search(before)
    return bool(re.search(r"\d{4}$", found[0]) or (dated and int(found[0].split(found["r"])[0]) <= 31))


def _accept_day_month(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 24) : found.start()]
    day, month = found[0].replace(".", "/").split("/")
    dated = bool(_DATE_BEFORE.search(before) or _WEEKDAY_BEFORE.search(before))
    if "." in found[0]:
        # "on 14.03" is a date; "9.30" and "4.31" are a time and a number
        # a time of the clock has two figures for the minutes
        told = bool(re.search(r"\b[Oo]n[ ]$", before)) and (len(month) == len(day) == 2 or len(month) == 1)
        return (told or bool(_WEEKDAY_BEFORE.search(before) or _WEEK_BEFORE.search(before))) and not re.match(
            r"[ap]m|[ ]?(?:per|hours|hrs|points|out|miles|metres|kg|stone)", text[found.end() : found.end() + 8]
        )
    if (
        _SCORE_BEFORE.search(before)
        or _INSTRUMENT.search(before)
        or (
            re.match(r"[ ]?(?:of|split|share|hours|ths?|majority|for|in|on)\b", text[found.end() : found.end() + 8])
            and not re.search(r"\b[Oo]n[ ]$", before)
        )
    ):
        return False
    cell = bool(_CELL_BEFORE.search(before))
    if found[0] in _FRACTIONS:
        # "on 1/5", "Sat 1/5", "w/c 1/10"
        day_named = _WEEKDAY_BEFORE.search(before) or _WEEK_BEFORE.search(before)
        return cell or bool(re.search(r"\b[Oo]n[ ]$", before) or (day_named and int(month) <= 12))
    if (dated and int(month) != 10) or re.search(r"\b(?:[Oo]n|w/c)[ ]$", before):
        return True
    # what is more than a whole is no fraction, and no score
    return cell or month.startswith("0") or day.startswith("0") or int(day) > int(month) or int(month) > 10


ACCEPT: dict[str, Callable[[str, re.Match[str]], bool]] = {
    "numeric": _accept_numeric,
    "day": _accept_day,
    "monthday": _accept_month_day,
    "holiday": _accept_holiday,
    "season": _accept_season,
    "nth": _accept_nth,
    "weekday": _accept_weekday,
    "monthyear": _accept_month_year,
    "roman": _accept_roman,
    "daymonth": _accept_day_month,
}
"""Whether a match of such a form is a date, by what is around it; a form that is not here always is."""
