"""Dates in every British form, ranges and feasts included; never years alone, durations or times of day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.holidays import HOLIDAY
from redaction.recognizers.base import Document, Recognizer

# -- words --------------------------------------------------------------------------------------------------------

_FULL = "January February March April May June July August September October November December"
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
_WELSH = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"


def _any(words: str) -> str:
    return "|".join(words.split())


# "may" and "march" in small letters are verbs, unless a year stands behind them
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?!\d)"
_MONTH = (
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
_WEEKDAY = (
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
_W = rf"(?:[^\S\n]{{1,3}}(?:{_LINE})?|{_LINE})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:[ ]?(?:st|nd|rd|th)(?![a-z]))?(?!\d)"
_AND = rf"(?:{_W}?[-–—/]{_W}?|{_W}(?:to|and|or|until|till|through){_W}|{_W}?&{_W}?|,{_W})"
_DAYS = rf"(?:{_DAY}(?:{_AND}(?:{_WEEKDAY}{_W})?(?:the{_W})?{_DAY}){{0,5}}|(?i:{_ORDINALS}))"
_SHORT_YEAR = r"(?:['’]\d\d(?!\d)|\d\d(?=\s*(?:[,;)|\]\n]|\.(?!\d)|$)))"
_OF_YEAR = rf"(?:,?{_W}(?:of{_W})?{_YEAR}|[/.-]{_YEAR}|,?{_W}{_SHORT_YEAR}|[/-]\d\d(?![\d/-]))"

# -- the forms ----------------------------------------------------------------------------------------------------

_FORMS: dict[str, str] = {
    "iso": r"(?:19|20)\d\d(?P<s>[-/.])(?:0?[1-9]|1[0-2])(?P=s)(?:0[1-9]|[12]\d|3[01])(?!\d)(?:T\d\d:\d\d"
    r"(?::\d\d)?Z?)?",
    "numeric": r"\d{1,2}(?P<n>[/.-]|[ ][/.-][ ]|[ ])\d{1,2}(?P=n)(?:(?:19|20)\d\d|['’]?\d\d)(?![\d/-]|\.\d|:\d)",
    "day": rf"{_DAYS}(?:{_W}?|[/.-])(?:(?:of|day{_W}of){_W}(?:the{_W})?)?{_MONTH}(?:{_OF_YEAR})?",
    "monthday": rf"{_MONTH}{_W}(?:the{_W})?{_DAY}(?:{_AND}{_DAY}){{0,3}}(?![:.]?\d|[%/]|[ ]?[ap]m\b)(?:,?{_W}{_YEAR})?",
    "month": rf"{_MONTH}(?:[/–-]{_MONTH})?(?:,?{_W}(?:of{_W})?(?:{_YEAR}|['’]\d\d(?!\d))|[/-]{_YEAR}|[/-]\d\d"
    rf"(?![\d/-]))",
    "holiday": rf"(?:{HOLIDAY})(?!\w)(?:,?{_W}(?:of{_W}|in{_W})?(?:{_YEAR}|['’]\d\d(?!\d)))?",
    "season": rf"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?![\w-])(?:{_W}(?:of{_W}|in{_W})?{_YEAR}"
    rf"(?:[/–-]\d{{2,4}}(?!\d))?)?",
    "nth": rf"the{_W}{_DAY}(?<=[a-z])(?:{_AND}(?:the{_W})?{_DAY}(?<=[a-z])){{0,5}}",
    "alone": _MONTH_ALONE,
    # "Thursday 14th", but not the first words of "Thursday 14th June"
    "weekday": rf"{_WEEKDAY}(?:{_W}(?:the{_W})?{_DAY}(?<=[a-z])(?!{_W}(?:of{_W})?{_MONTH}))?",
    "monthyear": r"(?:0[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/-])",
    "daymonth": r"(?:3[01]|[12]\d|0?[1-9])[/.](?:0?[1-9]|1[0-2])(?![\d/%-]|\.\d|:\d|[ ]?[ap]m\b)",
}
# what a date may begin with, tried first: most words begin none
_BEGINS = (
    r"(?=[\dA-Z]|the|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|dydd|spr|sum|aut|win"
    r"|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe|bank|pub|early|late|[^\x00-\x7f])"
)
_FORM = re.compile(
    rf"\b{_BEGINS}"
    r"(?<![£$€%#@&+=])(?:(?<![\dA-Z)][/.:-])(?<![\w)][.:-])|(?<=[Mm]id-)|(?<=[Ll]ate-)|(?<=arly-))"
    r"(?<!\d,)(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()) + r")(?!\w)"
)

_BY_FORM = {name: re.compile(rf"(?:{form})(?!\w)") for name, form in _FORMS.items()}

_LEAD = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?:[Tt]he{_W})?(?:[Ww]/[CcEeBb]|[Ww]\.[Cc]\.?|[Ww][Cc]|[Ww]eek(?:end)?{_W}(?:commencing|beginning"
    rf"|starting|ending|of|to)):?(?:{_W}(?:on{_W})?(?:the{_W})?)?"
    rf"|(?:[Tt]he{_W})?(?:(?:very|back){_W})?(?:end|beginning|start|middle|close|turn|latter part|early part|"
    rf"(?:first|second|latter|early|third|last|final|fourth){_W}(?:half|part|quarter|week|weekend"
    rf"|fortnight|days|few days|{_WEEKDAY})){_W}(?:of|in){_W}(?:the{_W})?"
    rf"|(?:[Tt]he{_W})(?:month|spring|summer|autumn|winter){_W}of{_W}"
    rf"|(?:[Tt]he{_W})?(?:[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater|EARLY|MID|LATE)(?:-?{_W}?(?:to"
    rf"|or)[ -](?:mid|late))?(?:-|{_W})?(?:in{_W})?"
    rf"|(?:[Tt]hat(?:{_W}same)?|[Tt]his|[Ll]ast|[Nn]ext|[Tt]he{_W}(?:following|next|previous|preceding|same)){_W}"
    rf"|(?:(?<=\bon\s)|(?<=\bof\s)|(?<=\bto\s)|(?<=\band\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\buntil\s)|"
    rf"(?<=\bby\s))the{_W}"
    rf")$"
)
_THE = re.compile(rf"(?<![\w-])[Tt]he{_W}$")
_JOIN = re.compile(rf"{_W}?[-–—]{_W}?|{_W}(?:to|until|till|and|or|through to){_W}|{_W}?[/&]{_W}?")
_AFTER_WEEKDAY = re.compile(rf"[,.]?{_W}(?:the{_W})?")
_LEADING = frozenset(
    str.split(
        "commencing beginning starting ending of to in on the w/c w/e w/b wc w.c. w.c early mid late "
        "earlier later that this last next following previous preceding same part and from since "
        "until by"
    )
)  # the last word of whatever leads into a date
_COMMA = re.compile(rf",{_W}")

# -- what decides the doubtful ones -------------------------------------------------------------------------------

NAME_MONTHS = frozenset({"April", "May", "June", "August", "Jan", "Mar", "Dec", "Jun"})
"""Months that are names or other words as well: alone they are dates only where a date stands."""
_STRONG = re.compile(
    r"(?:\b(?:in|since|until|till|til|during|throughout|mid|early|late|last|next|this|that|each|every"
    r"|through|between|month of|end of|start of|beginning of|middle of|of|follow(?:s|ed) in|around|circa"
    r"|c\.)[\s-]{1,3}(?:the[ ])?)$",
    re.I,
)
_WEAK = re.compile(r"(?:\b(?:from|by|to|for|before|after|and|or|as of|on|at)\s{1,3}|[-–—/&]\s?)$", re.I)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Lady|Lord|Judge|Justice|PC|DC|DS|DI|PS|Sgt|Sister|Nurse|Aunt"
    r"|Aunty|Auntie|Uncle|Nan|Rev|Father|Officer|Detective|Constable)\.?\s{1,2}$"
)
_CAPITAL_NEXT = re.compile(r"[ \t]{1,2}([A-Z][\w’'-]*)")
_NOT_A_SURNAME = re.compile(
    r"Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Lady|Lord|Judge|Justice|PC|DC|DS|DI|PS|Sgt|HMP|HMPPS|OASys|MAPPA"
    r"|MARAC|CRC|NPS|PDU|GP|I|Police|Probation|Council|The|A|In|On|At|He|She|They|It|His|Her|Their|No"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|[A-Z]{2,}"
)
_CALLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Judge|PC|DC|DS|Sgt|Aunt|Aunty|Auntie|Nan)\.? (?:[A-Z][\w’'-]+ )?(April"
    r"|May|June|August|Jan)\b"
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
_NOUN_NEXT = re.compile(
    r"[ ](?:card|cards|party|parties|dinner|lunch|tree|present|presents|shopping|jumper|gift|gifts|egg"
    r"|eggs|leave|Road|Street|Lane|Close|Avenue|bonus|costume|decorations|carol|carols|pudding|hamper"
    r"|term|school|School|clean|cleaning|roll|onion|Gardens|Price|House|camp|job|coat|clothes|wedding"
    r"|play|course|water)\b"
)
_CELL_BEFORE = re.compile(r"(?:^|[|\n])[ \t>*-]{0,4}$")
_CELL_AFTER = re.compile(r"[ \t]{0,3}(?:$|[|\n:–—-])")
_DATE_BEFORE = re.compile(
    r"(?:\b(?:on|since|from|by|until|till|til|as of|of|before|after|between|w/c|w/e|release[ds]?|appt"
    r"|appointment|dated?|due|next|last|seen|dob|again|back|for|to|and)|[-–|(])[:\s]{1,3}$",
    re.I,
)
_ON_BEFORE = re.compile(
    r"\b(?:on|until|till|til|by|since|from|before|after|for|between|to|rebooked|booked|due|dated)\s{1,2}$", re.I
)
_SCORE_BEFORE = re.compile(
    r"\b(?:scored?|scores|rated|rating|rates|pain|mood|out of|section|paragraph|para|page|ratio|tier"
    r"|level|version|v|grade|took|about|only|attended|around|nearly|every|blood pressure|bp)\W{1,3}"
    r"(?:\w+\s){0,1}$",
    re.I,
)
_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "24/7", "1/5", "1/8", "1/10", "50/50", "9/11"})
_AFTER_NTH = re.compile(
    r"\s*(?:[.,;:!?)|\]\n–—\"”’-]|$)|\s+(?:and|he|she|they|it|was|were|is|but|at|to|when|because|with|in"
    r"|by|from|until|the|a|an|his|her|their|there|who|no|not|of (?:the|that|this) (?:same )?month"
    r"|of the following|that|had|has|for|as|after|before|or|we|I|you|about|so|did|then|only|where|which"
    r"|without|having|would|could|inst)\b"
)
_NOT_NTH = re.compile(
    r"\s+(?:Battalion|Circuit|Division|Regiment|Floor|Century|Party|Army|Avenue|Street|Edition|Amendment"
    r"|Cavalry|Squadron|Airborne|Scout|Chamber|Section|Senate|Panel|Earl|Duke|Baron|Report|Review"
    r"|Annual)\b"
)
_OFFICE_HOURS = re.compile(r"\bMon(?:day)?\s?(?:to|-|–|through)\s?Fri(?:day)?\b")
_BANK = re.compile(r"sort ?code\W{0,3}$|account\W{0,3}$", re.I)
_INSTRUMENT = re.compile(r"\b(?:PI|PSI|PSO|AI|RR|SI|HC|No|no|number|nos|ref)\.?[ ]?$")
_BORN_BEFORE = re.compile(
    r"(?:\bborn|\bb\.|\bd\.?o\.?b\.?|\bdate of birth|\bbirth ?date|\bbirthday)(?:\W{1,4}(?:(?:on|is|was"
    r"|in|of|being|fell|falls|given|as|recorded)\W{1,2}){0,3}|[ ](?:in|at)[ ][A-Z][\w’' -]{1,30}"
    r"(?:,)? on )(?:the )?$",
    re.I,
)
_BORN_AFTER = re.compile(
    r"\W{1,3}(?:(?:was|is|which was|being)\s)?(?:his|her|their|my|[A-Z]\w+['’]s)\s(?:\w{2,14}\s)?birthday"
)
_BIRTH_YEAR = re.compile(
    rf"(?<!\w)[Bb]orn{_W}(?:in{_W})?(?:[A-Z][\w’'-]{{1,30}}(?:,)?{_W}in{_W})?(?P<year>(?:19|20)\d\d)(?!\d"
    rf"|[-/]\d)(?:(?:,{_W}|{_W}and{_W})(?P<also>(?:19|20)\d\d)(?!\d))?"
)


@dataclass(frozen=True)
class _Atom:
    form: str
    start: int
    end: int
    has_year: bool


class DatesRecognizer(Recognizer):
    """Finds dates; `kind` is "birth" for a date of birth, `source` names the form ("date:day")."""

    name = "Dates"
    entities = (Entity.DATE,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Every date in the text, without the preposition before it; findings don't overlap."""
        names = frozenset(_CALLED.findall(text))
        atoms = _joined(text, [_led(text, atom) for atom in _atoms(text, names)])
        found = [_finding(text, atom) for atom in atoms]
        return sorted([*found, *_birth_years(text)], key=lambda f: f.start)


def _atoms(text: str, names: frozenset[str]) -> Iterator[_Atom]:
    at = 0
    while found := _FORM.search(text, at):
        form = next(name for name in _FORMS if found[name] is not None)
        atom = _accepted(text, form, found, names) or _otherwise(text, form, found.start(), names)
        if atom is not None:
            yield atom
        # a form that is refused may hide another one behind its first word ("9/10 June")
        at = atom.end if atom is not None else _past_word(text, *found.span())


def _accepted(text: str, form: str, found: re.Match[str], names: frozenset[str]) -> _Atom | None:
    if form == "alone" or (form == "month" and found[0].isalpha()):
        good = _month_alone(text, found, names)
    else:
        good = form not in _ACCEPT or _ACCEPT[form](text, found)
    if not good:
        return None
    length = len(found[0].rstrip(".,")) if form in {"alone", "weekday", "day"} else len(found[0])
    return _Atom(form, found.start(), found.start() + length, bool(re.search(r"\d{4}|['’/.-]\d\d$", found[0])))


def _otherwise(text: str, refused: str, start: int, names: frozenset[str]) -> _Atom | None:
    """What else may be read at the same place ("June" of "In June 12 of the 15")."""
    later = list(_FORMS)[list(_FORMS).index(refused) + 1 :]
    for form in later:
        if (found := _BY_FORM[form].match(text, start)) and (atom := _accepted(text, form, found, names)):
            return atom
    return None


def _past_word(text: str, start: int, end: int) -> int:
    at = start + 1
    while at < end and (text[at].isalnum() or text[at] in "/.-"):
        at += 1
    return at


def _numeric(text: str, found: re.Match[str]) -> bool:
    first, second, last = (int(part) for part in re.findall(r"\d+", found[0]))
    if not (1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12):
        return False
    before = text[max(0, found.start() - 24) : found.start()]
    if found["n"].strip() == "":
        return last > 1900 and bool(
            _BORN_BEFORE.search(before) or _ON_BEFORE.search(before) or _CELL_BEFORE.search(before)
        )
    if _BANK.search(before):
        return False
    # "3.4.12" at the head of a line is a paragraph's number
    return not (
        found["n"] == "."
        and len(found[0]) < 8
        and first < 10
        and second < 10
        and re.search(r"(?:^|\n)[ \t>*#]*$", before)
    )


def _day(text: str, found: re.Match[str]) -> bool:
    return not re.search(
        r"\b(?:section|level|rule|option|regulation|article)\s$", text[max(0, found.start() - 12) : found.start()], re.I
    )


def _month_day(text: str, found: re.Match[str]) -> bool:
    if re.search(r"(?:st|nd|rd|th)$|\d{4}$", found[0]):
        return True
    if re.match(
        r"[ ]?(?:[a-z]+s\b|of\b|people|per\b|staff|other|further|more|months?|years?|weeks?|days?|cases)",
        text[found.end() : found.end() + 12],
    ):
        return False
    return not found[0].startswith(("may", "march"))


def _month_alone(text: str, found: re.Match[str], names: frozenset[str]) -> bool:
    before, word = text[max(0, found.start() - 24) : found.start()], found[0]
    if _TITLE.search(before):
        return False
    following = _CAPITAL_NEXT.match(text, found.end())
    surname = following is not None and not _NOT_A_SURNAME.fullmatch(following[1])
    if word in NAME_MONTHS or word in {"March", "Sep", "Oct", "Nov", "Feb", "Apr", "Jul", "Aug"}:
        strong = bool(_STRONG.search(before))
        weak = bool(_WEAK.search(before))
        if word == "March":
            return (
                strong
                or weak
                or not re.match(r"[ ](?:on|of|past|the|for|through|in|with)\b", text[found.end() : found.end() + 8])
            )
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
                rf"{_W}?(?:to|–|-|until|and){_W}?(?:the{_W}(?:end|start){_W}of{_W})?{_MONTH}",
                text[found.end() : found.end() + 40],
            )
        )
        return cell or ranged
    return True


def _holiday(text: str, found: re.Match[str]) -> bool:
    if re.search(r"\d$", found[0]):
        return True
    before = text[max(0, found.start() - 8) : found.start()]
    if _NOUN_NEXT.match(text, found.end()) or re.search(r"\bFather $|\bSt $", before):
        return False
    return not (found[0] == "Calan" or (found[0] == "Christmas" and _TITLE.search(before)))


def _season(text: str, found: re.Match[str]) -> bool:
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


def _nth(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 16) : found.start()]
    dated = bool(_ON_BEFORE.search(before))
    if _NOT_NTH.match(text, found.end()):
        return False
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


def _weekday(text: str, found: re.Match[str]) -> bool:
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
        return bool(
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


def _month_year(text: str, found: re.Match[str]) -> bool:
    return not _INSTRUMENT.search(text[max(0, found.start() - 8) : found.start()])


def _day_month(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 24) : found.start()]
    day, month = found[0].replace(".", "/").split("/")
    dated = bool(_DATE_BEFORE.search(before))
    if "." in found[0]:
        # "on 14.03" is a date; "9.30" and "4.31" are a time and a number
        return (
            len(month) == 2
            and len(day) == 2
            and bool(re.search(r"\bon[ ]$", before))
            and not re.match(r"[ap]m|[ ]?(?:per|hours|hrs)", text[found.end() : found.end() + 6])
        )
    if (
        _SCORE_BEFORE.search(before)
        or _INSTRUMENT.search(before)
        or (
            re.match(r"[ ]?(?:of|split|share|hours|ths?|majority|for|in|on)\b", text[found.end() : found.end() + 8])
            and not re.search(r"\bon[ ]$", before)
        )
    ):
        return False
    cell = bool(_CELL_BEFORE.search(before))
    if found[0] in _FRACTIONS:
        return cell or bool(re.search(r"\bon[ ]$", before))
    if (dated and int(month) != 10) or re.search(r"\b(?:on|w/c)[ ]$", before):
        return True
    # what is more than a whole is no fraction, and no score
    return cell or month.startswith("0") or day.startswith("0") or int(day) > int(month) or int(month) > 10


_ACCEPT: dict[str, Callable[[str, re.Match[str]], bool]] = {
    "numeric": _numeric,
    "day": _day,
    "monthday": _month_day,
    "holiday": _holiday,
    "season": _season,
    "nth": _nth,
    "weekday": _weekday,
    "monthyear": _month_year,
    "daymonth": _day_month,
}


def _led(text: str, atom: _Atom) -> _Atom:
    """The atom with the words that lead into it: "w/c", "early", "the end of", "that"."""
    start = atom.start
    if atom.form == "season" and (led := _THE.search(text, max(0, start - 8), start)):
        start = led.start()
    for _ in range(3):
        before = text[max(0, start - 48) : start]
        word = re.split(r"[\s-]", before.rstrip(" :-\n>"))[-1]
        if word.casefold() not in _LEADING:
            break
        led = _LEAD.search(before)
        if led is None or led[0] == "":
            break
        start -= len(led[0])
    return _Atom(atom.form, start, atom.end, atom.has_year)


def _joined(text: str, atoms: Iterable[_Atom]) -> list[_Atom]:
    """Ranges and lists as one: "3 May to 7 June 2018", "16 January, 20 March and 8 September 2003"."""
    merged: list[_Atom] = []
    for atom in atoms:
        if merged and atom.start <= merged[-1].end:
            last = merged.pop()
            merged.append(_Atom(last.form, last.start, max(last.end, atom.end), atom.has_year))
        elif merged and _joins(text, merged[-1], atom):
            last = merged.pop()
            merged.append(_Atom(last.form, last.start, atom.end, atom.has_year))
        else:
            merged.append(atom)
    return merged


def _joins(text: str, left: _Atom, right: _Atom) -> bool:
    if right.start - left.end > 12:
        return False
    if (
        left.form == "weekday"
        and right.form in {"day", "numeric", "daymonth", "nth", "monthday", "iso"}
        and _AFTER_WEEKDAY.fullmatch(text, left.end, right.start)
    ):
        return True
    if _JOIN.fullmatch(text, left.end, right.start):
        return True
    return (
        not left.has_year and left.form == right.form == "day" and bool(_COMMA.fullmatch(text, left.end, right.start))
    )


def _finding(text: str, atom: _Atom) -> Finding:
    before = text[max(0, atom.start - 60) : atom.start]
    birth = _BORN_BEFORE.search(before) or _BORN_AFTER.match(text, atom.end)
    score = 0.7 if atom.form in {"daymonth", "nth", "season", "alone"} else 0.9
    return Finding(atom.start, atom.end, Entity.DATE, score, f"date:{atom.form}", "birth" if birth else "")


def _birth_years(text: str) -> Iterator[Finding]:
    """A year alone is no date, but a year of birth is."""
    for found in _BIRTH_YEAR.finditer(text):
        for year in ("year", "also"):
            if found[year] is not None:
                yield Finding(*found.span(year), Entity.DATE, 0.9, "date:birth-year", "birth")
