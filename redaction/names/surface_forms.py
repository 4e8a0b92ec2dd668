"""Every way an identity is written. Register, propagation and leak search share these forms."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from redaction.lexicon.pattern_words import pattern_words
from redaction.names.parsing import PARTICLES, Name, parse_name
from redaction.names.thing_spellings import (
    is_within_building,
    parts_of_address,
    postcodes_of,
    spellings_of_body,
    spellings_of_code,
)
from redaction.register import Identity, IdentityKind
from redaction.text.folding import fold_text


class Strength(StrEnum):
    """What finding a form proves: STRONG identifies anywhere; WEAK is a single word that may mean something else."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True)
class Form:
    """One folded way to write an identity.

    `kind` is one of full, inverted, handle, surname, plural, given, nickname, initials, letters, place, organisation,
    phrase, spelling, premises, code, born. "letters" are initials that are declared by themselves ("SW"), and not only
    because a name begins with them; a "phrase" is a place or a body whose words no comma parts, a "spelling" one in other
    words than are declared ("HM Prison Garth"), "premises" are of one building ("Flat 2").
    """

    text: str
    strength: Strength
    kind: str


LETTERS = "letters"
"""The kind of initials that are declared by themselves."""

DECLARED_INITIALS = "declared initials"
"""The kind of initials that are declared with full stops or spaces: "A.P."."""

INITIALS = "initials"
"""The kind of initials that nobody declared: those of a name that somebody did."""
PHRASE = "phrase"
"""The kind of a place or a body that is declared without a comma."""
SPELLING = "spelling"
"""The kind of a place or a body in other words than are declared."""
PREMISES = "premises"
"""The kind of a part of an address that tells one building's rooms apart, and says nothing elsewhere."""
_WORDS_OF_ONE_LETTER = frozenset("ai")
"""Nobody is looked for by these, though a record of an interview may mark with them who speaks."""
MOST_LETTERS = 4
"""Capitals at most that are somebody's initials, or an abbreviation."""
_TERMS = frozenset(letters.casefold() for letters in pattern_words("people", "trade initials"))

_NO_INITIALS = frozenset(letters.casefold() for letters in pattern_words("people", "initials of nobody"))
"""Initials that are abbreviations of the trade: never searched for on their own. Words such as "of" may be: capitals tell."""


def forms_of(identity: Identity) -> tuple[Form, ...]:
    """Every folded form of an identity, without repetition: strong ones first, initials that nobody declared last."""
    if identity.kind is IdentityKind.PERSON:
        found = [form for name in identity.names for form in _person_forms(name)]
    elif identity.kind is IdentityKind.CODE:
        found = [form for name in identity.names for form in _code_forms(name)]
    else:
        found = [form for name in identity.names for form in _place_forms(name, identity.kind)]
    unique: dict[str, Form] = {}
    for form in sorted(found, key=lambda f: (f.strength is Strength.WEAK, f.kind == INITIALS)):
        if form.text and form.text not in unique:
            unique[form.text] = form
    return tuple(unique.values())


def born_forms(day: dt.date) -> tuple[Form, ...]:
    """Every folded form of a day of birth; figures with two for the year may be something else ("14.3.87")."""
    days, months = {f"{day.day}", f"{day.day:02}"}, {f"{day.month}", f"{day.month:02}"}
    named = {fold_text(name[day.month]).strip() for name in (calendar.month_name, calendar.month_abbr)}
    named |= {"sept"} if day.month == 9 else set()
    years = (f"{day.year}", f"{day.year % 100:02}")
    spoken = {*days, *(f"{d}{ending}" for d in days for ending in ("st", "nd", "rd", "th"))}
    words = [f"{d} {of}{month} {y}" for d in spoken for of in ("", "of ") for month in named for y in years]
    words += [f"{month} {d} {y}" for d in spoken for month in named for y in years]
    figures = [f"{d} {m} {years[0]}" for d in days for m in months] + [
        f"{years[0]} {m} {d}" for d in days for m in months
    ]
    joined = [f"{d}{month}{y}" for d in days for month in named for y in years]
    joined += [f"{day:%d%m}{years[0]}", f"{years[0]}{day:%m%d}"]
    strong = dict.fromkeys([*words, *figures, *joined])
    weak = dict.fromkeys(f"{d} {m} {years[1]}" for d in days for m in months)
    return (
        *(Form(text, Strength.STRONG, "born") for text in strong),
        *(Form(text, Strength.WEAK, "born") for text in weak),
    )


_DAY_IN_FIGURES = re.compile(r"\d+(?P<s>\s?[/.‐‑–-]\s?)\d+(?P=s)\d+|\d\d \d\d \d{4}|\d{8}")


def is_day_written(text: str, start: int, end: int) -> bool:
    """Whether what matches a form of a day of birth is written as a day is, and not as numbers in a row ("14, 3, 87")."""
    written = text[start:end]
    if re.search(r"[A-Za-z]", written):
        return "\n\n" not in written
    around = text[max(0, start - 2) : start] + " " + text[end : end + 2]
    return _DAY_IN_FIGURES.fullmatch(written) is not None and re.search(r"\d[./-] | [./-]\d", around) is None


def is_one_phrase(written: str) -> bool:
    """Whether no comma, full stop or paragraph parts the words: "at HMP Garth, prison staff" names no Garth prison."""
    return re.search(r"[,;:|]\s|(?<=[a-z]{3})\.\s|\n\s*\n", written) is None


def _code_forms(code: str) -> Iterator[Form]:
    for spelling in spellings_of_code(code):
        # a code of a few digits is a number like any other: it identifies only as a whole word
        strength = Strength.STRONG if len(spelling.replace(" ", "")) >= 5 else Strength.WEAK
        yield Form(spelling, strength, "code")


def _place_forms(place: str, kind: IdentityKind) -> Iterator[Form]:
    whole = fold_text(place).strip()
    yield from _thing_forms(whole, PHRASE if is_one_phrase(place) else str(kind))
    for spelling in spellings_of_body(place):
        yield from _thing_forms(spelling, SPELLING)
    if kind is IdentityKind.PLACE:
        for part in parts_of_address(place):
            if " " in part:
                yield Form(part, Strength.STRONG, PREMISES if is_within_building(part) else str(kind))
        for postcode in postcodes_of(place):
            yield Form(postcode, Strength.STRONG, str(kind))


def _thing_forms(words: str, kind: str) -> Iterator[Form]:
    for form in (words, words.removeprefix("the ")):
        if form == words or " " in form:
            yield Form(form, Strength.STRONG if " " in form else Strength.WEAK, kind)


def _person_forms(written: str) -> Iterator[Form]:
    name = parse_name(written)
    if written.lstrip().startswith("@") or any(c.isdigit() for c in written):
        yield Form(fold_text(written).strip(), Strength.STRONG, "handle")
        return
    letters = " ".join(name.words).split()
    if letters and all(len(letter) == 1 for letter in letters):
        # "A.P." is declared as initials; "AP" may be a term of the trade
        joined = "".join(letters)
        if joined in _WORDS_OF_ONE_LETTER:
            return
        yield Form(" ".join(letters), Strength.WEAK, DECLARED_INITIALS)
        if joined not in _NO_INITIALS:
            yield Form(joined, Strength.WEAK, DECLARED_INITIALS)
        return
    if (
        len(letters) == 1
        and 1 < len(letters[0]) <= MOST_LETTERS
        and (written_as_initials(written) or letters[0] in _TERMS)
    ):
        yield Form(letters[0], Strength.WEAK, LETTERS)
        return
    if len(name.surname) == 1:
        # "Delroy P": an initial is no surname to look for by itself
        yield Form(" ".join(name.words), Strength.WEAK, "full")
        yield from _given_forms(name.given[:1], "given")
        return
    if not name.surname:
        yield from _given_forms(name.given, "nickname" if len(name.given) == 1 else "given")
        return
    for surname in _joins(name.surname):
        yield from _full_forms(name.given, surname)
        yield Form(surname, Strength.WEAK, "surname")
        yield Form(f"{surname}s", Strength.WEAK, "plural")
        if surname.endswith(("s", "x", "z", "ch", "sh")):
            yield Form(f"{surname}es", Strength.WEAK, "plural")
    yield from _surname_parts(name.surname)
    yield from _given_forms(name.given[:1], "given")
    for middle in name.given[1:]:
        if len(middle) > 1 and middle not in PARTICLES:
            yield Form(middle, Strength.WEAK, "given")
    yield from _initials(name)
    yield from _handles(name)


def _full_forms(given: tuple[str, ...], surname: str) -> Iterator[Form]:
    if not given:
        # "WHITLOCK, Mr" or "WHITLOCK, –" names no forename
        return
    spelled = [g for g in given if len(g) > 1]
    every = [" ".join(given)] + ([" ".join(spelled)] if spelled and len(spelled) < len(given) else [])
    first = list(_joins(given[0]))
    initials = " ".join(g[0] for g in given)
    for forename in dict.fromkeys([*every, *first]):
        yield Form(f"{forename} {surname}", Strength.STRONG, "full")
        yield Form(f"{surname} {forename}", Strength.STRONG, "inverted")
    yield Form(f"{given[0][0]} {surname}", Strength.STRONG, "full")
    yield Form(f"{initials} {surname}", Strength.STRONG, "full")
    if len(given) > 1:
        yield Form(f"{given[0]} {' '.join(g[0] for g in given[1:])} {surname}", Strength.STRONG, "full")
        yield Form(" ".join(given[:2]), Strength.STRONG, "full")


def _given_forms(given: tuple[str, ...], kind: str) -> Iterator[Form]:
    for word in given:
        for joined in _joins(word):
            if len(joined) > 1:
                yield Form(joined, Strength.STRONG if " " in joined else Strength.WEAK, kind)
        parts = word.split()
        if len(parts) > 1 and len(parts[0]) > 2:
            yield Form(parts[0], Strength.WEAK, kind)
    if len(given) > 1:
        yield Form(" ".join(given), Strength.STRONG, "full")


def _surname_parts(surname: str) -> Iterator[Form]:
    parts = [p for p in surname.split() if p not in PARTICLES and len(p) > 2]
    if len(surname.split()) > 1:
        for part in parts:
            yield Form(part, Strength.WEAK, "surname")


def initials_of(name: Name) -> frozenset[str]:
    """The letters by which somebody of a full name may sign, terms of the trade among them; none for a single name."""
    if not name.given or not name.surname:
        return frozenset()
    last = [w for w in name.surname.split() if w not in PARTICLES] or name.surname.split()
    return frozenset(
        {
            name.given[0][0] + last[-1][0],
            name.given[0][0] + "".join(w[0] for w in last),
            name.given[0][0] + last[0][0],
            "".join(g[0] for g in name.given) + last[0][0],
            "".join(w[0] for w in " ".join(name.given).split()) + "".join(w[0] for w in last),
            # Jean McAllister signs "JMc" too
            *((name.given[0][0] + "mc",) if last[-1].startswith("mc") and len(last[-1]) > 4 else ()),
        }
    )


def _initials(name: Name) -> Iterator[Form]:
    for letters in sorted(initials_of(name)):
        if letters not in _NO_INITIALS:
            yield Form(letters, Strength.WEAK, INITIALS)
            yield Form(" ".join(letters), Strength.WEAK, INITIALS)


def written_as_initials(written: str) -> bool:
    """Whether letters are capitals as initials are; the Mc of a surname may keep its small c ("JMc")."""
    letters = "".join(c for c in written if c.isalpha())
    return (letters[:-1] if letters.endswith("Mc") else letters).isupper()


def _handles(name: Name) -> Iterator[Form]:
    surname = name.surname.replace(" ", "")
    if not name.given:
        return
    first = name.given[0].replace(" ", "")
    for handle in (first + surname, first[0] + surname, surname + first, first + surname[0]):
        if len(handle) >= 6:
            yield Form(handle, Strength.STRONG if handle not in (first + surname[0],) else Strength.WEAK, "handle")


def _joins(word: str) -> tuple[str, ...]:
    """A hyphenated or apostrophed word apart and together: "o brien", "obrien"."""
    return (word, word.replace(" ", "")) if " " in word else (word,)
