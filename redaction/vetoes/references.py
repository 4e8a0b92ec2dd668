"""What numbers are the numbers of: sections, rooms, instructions, items of a list, paragraphs; and fractions that are no day and month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from redaction.entities import Entity
from redaction.lexicon.calendar import MONTH_NAMES, SHORT_MONTHS
from redaction.lexicon.pattern_words import alternatives
from redaction.spans import Span
from redaction.vetoes.rules import COUNTED, NUMBERS, Rule, any_of, matching, word_and, words

_NO = r"\d{1,4}[A-Za-z]?(?:\.\d{1,3}){0,3}(?:\(\w{1,4}\)){0,3}"
_AND_NO = rf"(?:(?:[ ]?[-–][ ]?|[ ](?:and|or|to|&)[ ]|/){_NO}(?![\w/.]|[ ](?:years?|months?|weeks?|days?)\b))?"
_MONTH_NEXT = rf"[ ](?:of[ ])?{alternatives((*MONTH_NAMES, *SHORT_MONTHS))}(?![a-z])"
"""A home visit 9 February: no ninth visit."""
_NUMBERED = rf"\b{any_of('numbered', 'things')}[ ](?:no\.?[ ])?(?:\d{{1,2}}[ ]of[ ])?{_NO}(?!\w){_AND_NO}(?![./:-]?\d|{_MONTH_NEXT})"
_SECTION = r"(?<![\w.’'])(?:[Ss]{1,2}\.?[ ]?|[Ss]ec\.?[ ]?|§[ ]?|[Rr]\.|[Pp]{1,2}\.[ ]?)\d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*(?:/\d{1,3}[A-Z]?)?(?![\w/])"
_OF_PAPER = rf"(?<!\w){any_of('numbered', 'instructions')}s?[ ]?(?:[Nn]o\.?[ ]?)?\d{{1,3}}/(?:19|20)\d\d(?![\d/])|(?<!\w)PS[IO]s?[ ]\d{{4}}(?![\d/])"
_SEE = r"(?:\([Ss]ee|\b(?i:see[ ]also|cf\.?|rows?|entries))[ ](?P<it>\d{1,3}(?:(?:,[ ]|[ ](?:and|to|&)[ ])\d{1,3})*)(?=[).;:\]\n]|,[ ]\D)"
_FORM_OF_DATES = r"(?<![\w./-])\d\d?/\d\d?(?=[ ](?:style|format|notation)\b)"
_BORN = r"\b(?i:d\.?o\.?b\.?|born|dated?|on):?[ ]"
_CATEGORY = r"\bMAPPA[ ](?:nominal|eligible|case|offender|level|cat(?:egory)?)[ ](?P<it>[1-4]/[1-4])(?![/\d])"
_POINTED_TO = r"\b(?:[Ss]ee|[Ii]tems?|[Pp]oints?)[ ](?P<it>\d{1,2}[a-h])(?=[.;:)\n]|$|,?[ ]\p{Ll})"
_LIST = r"(?m)^[ \t>*-]*(?P<it>\(\d{1,2}\))(?=\s)"
_AGE_LIMIT = r"\b(?i:under|over|above|below)[ ](?:the[ ]age[ ]of[ ])?(?P<it>\d{1,2})(?=,[ ])"
_MONEY = r"[£€$][ ]?\d[\d,]*(?:\.\d\d)?(?:[km]\b)?"
_SHEET_HEAD = r"(?m)^[ \t>*#=]*(?i:sheet|page|issue|no\.?|week|day)[ ](?P<it>\d{1,3}[ ]?/)(?=[ ]\p{L})"

_FRACTION = r"(?<![\w./£-])(?P<top>\d{1,3})/(?P<whole>\d{1,3})(?![\d/-]|\.\d)"
_ROUND = frozenset({20, 24, 25, 30, 40, 50, 60, 80, 100})
"""What scores are out of, and no month."""
_DATED = regex.compile(r"(?i:\b(?:in|since|until|till|from|by|dated?|of|on|w/c|before|after|between|to|and))[ ]$")
_POINTED = r"(?<![\w.,£/-])(?P<first>\d{1,3})\.(?P<second>\d{1,2})(?![\d.]|[ap]m)"
_CELL_EDGE = regex.compile(r"\|[ *_]*$"), regex.compile(r"[ *_]*\|")
_DATE_IN_ROW = regex.compile(r"\d[ /-](?:\d{1,2}\b|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))")
_PARAGRAPH = regex.compile(
    r"(?m)^[ \t>*_#|]*(?P<it>(?P<major>[1-9]\d?)\.(?P<minor>[1-9]\d?))\.?(?=[*_]*(?:[ \t]+|[ \t]*\|[ \t]*)[*_]*[\p{L}(\"‘“])"
)
_AGES_HEAD = regex.compile(r"(?im)^[ \t|*_]*ages?\b[^\n]{0,12}?[;|\t]")
_ROW = regex.compile(r"(?m)^[ \t]*\|?[ \t]*(?P<it>\d{1,3})(?=[ \t]*[;|\t])")


def _fractions(text: str) -> Iterator[Span]:
    """Numbers with a stroke between that are no day and month: "131/84", "22/80", "28/30"."""
    for found in _COMPILED_FRACTION.finditer(text):
        top, whole = int(found["top"]), int(found["whole"])
        month_and_year = top <= 12 and (
            found["top"].startswith("0") or _DATED.search(text, max(0, found.start() - 12), found.start())
        )
        a_date = 1 <= top <= 31 and 1 <= whole <= 12
        if a_date or month_and_year or (top <= 12 and whole not in _ROUND and whole < 40):
            continue
        yield Span(*found.span())


def _decimals(text: str) -> Iterator[Span]:
    """Numbers with a point that are no day and month, and those alone in a cell of a row with a date: "83.2", "| 6.5 |"."""
    for found in _COMPILED_POINTED.finditer(text):
        first, second = int(found["first"]), int(found["second"])
        a_date = 1 <= first <= 31 and 1 <= second <= 12
        in_cell = (
            len(found["second"]) == 1
            and _CELL_EDGE[0].search(text, max(0, found.start() - 6), found.start())
            and _CELL_EDGE[1].match(text, found.end())
            and _DATE_IN_ROW.search(text, text.rfind("\n", 0, found.start()) + 1, found.start())
        )
        if not a_date or in_cell:
            yield Span(*found.span())


def _paragraphs(text: str) -> Iterator[Span]:
    """The numbers of paragraphs, wherever they are named: "4.6" where lines begin with 4.5 or 4.7 too; a day alone has no neighbour."""
    numbers = {(int(found["major"]), int(found["minor"])) for found in _PARAGRAPH.finditer(text)}
    known = {(a, b) for a, b in numbers if (a, b - 1) in numbers or (a, b + 1) in numbers}
    if len(known) < _FEWEST:
        return
    for found in _COMPILED_POINTED.finditer(text):
        if (int(found["first"]), int(found["second"])) in known and not found["first"].startswith("0"):
            yield Span(*found.span())


def _rows(text: str) -> Iterator[Span]:
    """The numbers with which the rows of a list begin, where they go on from one another and are under no head of ages."""
    rows = [(int(found["it"]), Span(*found.span("it"))) for found in _ROW.finditer(text)]
    following = [(first, second) for first, second in pairwise(rows) if second[0] == first[0] + 1]
    if len(following) >= _FEWEST and not _AGES_HEAD.search(text):
        yield from sorted({span for pair in following for _, span in pair})


_FEWEST = 3
"""So many lines that are numbered one after another are paragraphs."""
_COMPILED_FRACTION, _COMPILED_POINTED = regex.compile(_FRACTION), regex.compile(_POINTED)
_NO_ADDRESS = COUNTED | {Entity.PERSON}
"""The number of a room or a level is part of an address, and of a code."""

RULES = (
    matching("section", _SECTION),
    matching("list", _LIST),
    matching("list", _POINTED_TO, COUNTED | {Entity.PERSON, Entity.CODE}),
    matching("list", _SHEET_HEAD),
    matching("limit", _AGE_LIMIT, frozenset({Entity.DATE})),
    matching("money", _MONEY, NUMBERS - {Entity.QUANTITY}),
    matching("list", _SEE, frozenset({Entity.AGE})),
    matching("form", _FORM_OF_DATES, COUNTED, not_after=_BORN),
    matching("category", _CATEGORY, COUNTED),
    Rule("paragraph", _paragraphs),
    Rule("row", _rows, COUNTED),
    Rule("fraction", _fractions),
    Rule("decimal", _decimals, COUNTED | {Entity.PERSON, Entity.CODE}),
)
ANCHORED = (
    word_and("numbered", words("numbered", "things"), _NUMBERED, _NO_ADDRESS),
    word_and("instruction", (*words("numbered", "instructions"), "PSI", "PSO"), _OF_PAPER),
)
