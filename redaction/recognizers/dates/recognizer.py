"""Dates in every British form, ranges and feasts included; never years alone, durations or times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redaction.dates.parsing import TAIL
from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import BIRTH, Finding, Origin, Source
from redaction.recognizers.base import Recognizer
from redaction.recognizers.dates.acceptance import ACCEPT, called, month_alone
from redaction.recognizers.dates.birth_words import Named
from redaction.recognizers.dates.births import births
from redaction.recognizers.dates.forms import BY_FORM, FORM, FORMS, SPACE, WEEKDAY

_LEADS = (
    # "w/c", "the week beginning"
    rf"(?:[Tt]he{SPACE})?(?:[Ww]/[CcEeBb]|[Ww]\.[Cc]\.?|[Ww][Cc]|[Ww]eek(?:end)?{SPACE}(?:commencing|beginning"
    rf"|starting|ending|of|to)):?(?:{SPACE}(?:on{SPACE})?(?:the{SPACE})?)?",
    # "the very end of", "the first week of", "the last Monday in"
    rf"(?:[Tt]he{SPACE})?(?:(?:very|back){SPACE})?(?:end|beginning|start|middle|close|turn|latter part|early part|"
    rf"(?:first|second|latter|early|third|last|final|fourth){SPACE}(?:half|part|quarter|week|weekend"
    rf"|fortnight|days|few days|{WEEKDAY})){SPACE}(?:of|in){SPACE}(?:the{SPACE})?",
    rf"(?:[Tt]he{SPACE})(?:month|spring|summer|autumn|winter){SPACE}of{SPACE}",
    rf"(?:[Tt]he{SPACE})?(?:[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater|EARLY|MID|LATE)(?:-?{SPACE}?(?:to"
    rf"|or)[ -](?:mid|late))?(?:-|{SPACE})?(?:in{SPACE})?",
    rf"(?:[Tt]hat(?:{SPACE}same)?|[Tt]his|[Ll]ast|[Nn]ext|[Tt]he{SPACE}(?:following|next|previous|preceding|same)){SPACE}",
    # "the" belongs to the date only behind a preposition
    rf"(?:(?<=\b[Oo]n\s)|(?<=\b[Oo]f\s)|(?<=\b[Tt]o\s)|(?<=\b[Aa]nd\s)|(?<=\b[Ff]rom\s)|(?<=\b[Ss]ince\s)|(?<=\b[Uu]ntil\s)|"
    rf"(?<=\b[Bb]y\s)|(?<=\b[Bb]efore\s)|(?<=\b[Aa]fter\s))the{SPACE}",
)
_TAIL = re.compile(TAIL)
_LEAD = re.compile(rf"(?<![\w-])(?:{'|'.join(_LEADS)})$")
_THE = re.compile(rf"(?<![\w-])[Tt]he{SPACE}$")
_JOIN = re.compile(rf"{SPACE}?[-–—]{SPACE}?|{SPACE}(?:to|until|till|and|or|through to){SPACE}|{SPACE}?[/&]{SPACE}?")
_AFTER_WEEKDAY = re.compile(rf"[,.]?{SPACE}(?:the{SPACE})?")
_LEADING = frozenset(
    str.split(
        "commencing beginning starting ending of to in on the w/c w/e w/b wc w.c. w.c early mid late "
        "earlier later that this last next following previous preceding same part and from since "
        "until by"
    )
)  # the last word of whatever leads into a date
_A_WEEKDAY = re.compile(rf",{SPACE}an?{SPACE}")
_COMMA = re.compile(rf",{SPACE}")
_NAME_LIKELY = 0.5
_SCORES = {"daymonth": 0.7, "nth": 0.7, "season": 0.7, "alone": 0.7, "numeric": 0.96, "iso": 0.96}
"""How sure each form is; a day in figures is surer than the address that a number in it might begin."""


@dataclass(frozen=True)
class _Atom:
    form: str
    start: int
    end: int
    has_year: bool


class DatesRecognizer(Recognizer):
    """Finds dates; `subtype` is "birth" for a date of birth, `source` names the form ("date:day")."""

    name = "Dates"
    entities = (Entity.DATE,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Every date in the text, without the preposition before it; findings don't overlap."""
        text = document.text
        names = called(text)
        atoms = _joined(text, [_led(text, atom) for atom in _atoms(text, names)])
        born = births(text, [(atom.start, atom.end) for atom in atoms], _named(document))
        found = [_finding(atom, born) for atom in atoms]
        return sorted([*found, *_birth_years(text, born - {f.span for f in found})], key=lambda f: f.start)


def _atoms(text: str, names: frozenset[str]) -> Iterator[_Atom]:
    at = 0
    while found := FORM.search(text, at):
        form = next(name for name in FORMS if found[name] is not None)
        atom = _accepted(text, form, found, names) or _otherwise(text, form, found.start(), names)
        if atom is not None:
            yield atom
        # a form that is refused may hide another one behind its first word ("9/10 June")
        at = atom.end if atom is not None else _past_word(text, *found.span())


def _accepted(text: str, form: str, found: re.Match[str], names: frozenset[str]) -> _Atom | None:
    if form == "alone" or (form == "month" and found[0].isalpha()):
        good = month_alone(text, found, names)
    else:
        good = form not in ACCEPT or ACCEPT[form](text, found)
    if not good:
        return None
    length = len(found[0].rstrip(".,")) if form in {"alone", "weekday", "day"} else len(found[0])
    return _Atom(form, found.start(), found.start() + length, bool(re.search(r"\d{4}|['’/.-]\d\d$", found[0])))


def _otherwise(text: str, refused: str, start: int, names: frozenset[str]) -> _Atom | None:
    """What else may be read at the same place ("June" of "In June 12 of the 15")."""
    later = list(FORMS)[list(FORMS).index(refused) + 1 :]
    for form in later:
        if (found := BY_FORM[form].match(text, start)) and (atom := _accepted(text, form, found, names)):
            return atom
    return None


def _past_word(text: str, start: int, end: int) -> int:
    at = start + 1
    while at < end and (text[at].isalnum() or text[at] in "/.-"):
        at += 1
    return at


def _led(text: str, atom: _Atom) -> _Atom:
    """The atom with the words that lead into it ("w/c", "early", "the end of", "that") or follow ("3rd inst.", "May next year")."""
    start = atom.start
    if atom.form in {"season", "holiday"} and (led := _THE.search(text, max(0, start - 8), start)):
        start = led.start()
    for _ in range(3):
        before = text[max(0, start - 48) : start]
        word = re.split(r"[\s-]", before.rstrip(" :-\n>"))[-1].lstrip("*_(|")
        if word.casefold() not in _LEADING:
            break
        led = _LEAD.search(before)
        if led is None or led[0] == "":
            break
        start -= len(led[0])
    tail = None if atom.has_year else _TAIL.match(text, atom.end)
    return _Atom(atom.form, start, tail.end() if tail else atom.end, atom.has_year)


def _joined(text: str, atoms: Iterable[_Atom]) -> list[_Atom]:
    """Ranges and lists as one: "3 May to 7 June 2018", "16 January, 20 March and 8 September 2003"."""
    merged: list[_Atom] = []
    for atom in atoms:
        if merged and atom.start <= merged[-1].end:
            last = merged.pop()
            merged.append(_Atom(last.form, min(last.start, atom.start), max(last.end, atom.end), atom.has_year))
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
        and right.form in {"day", "numeric", "daymonth", "nth", "monthday", "iso", "roman"}
        and _AFTER_WEEKDAY.fullmatch(text, left.end, right.start)
    ):
        return True
    if _JOIN.fullmatch(text, left.end, right.start):
        return True
    if left.form in {"day", "numeric", "daymonth", "monthday", "nth"} and right.form == "weekday":
        # "13 April, a Saturday"
        return bool(_A_WEEKDAY.fullmatch(text, left.end, right.start))
    return (
        not left.has_year and left.form == right.form == "day" and bool(_COMMA.fullmatch(text, left.end, right.start))
    )


def _finding(atom: _Atom, born: set[tuple[int, int]]) -> Finding:
    score = _SCORES.get(atom.form, 0.9)
    kind = BIRTH if (atom.start, atom.end) in born else ""
    return Finding(atom.start, atom.end, Entity.DATE, score, Source(Origin.DATE, atom.form), kind)


def _named(document: Document) -> Named:
    """Whether the tagger, where it reads along, takes a word for a name."""
    return lambda start, end: (document.likelihood(start, end) or 0.0) >= _NAME_LIKELY


def _birth_years(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """A year alone is no date, but a year of birth is; what is removed already is found no more."""
    for start, end in spans:
        if text[start] != "[":
            yield Finding(start, end, Entity.DATE, 0.9, Source(Origin.DATE, "birth-year"), BIRTH)
