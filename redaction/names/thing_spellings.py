"""How places, bodies and codes are written otherwise than they are declared: other words for one body, parts of an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from redaction.data import load_yaml
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.text.folding import fold_text

_OWN_WORDS = "X"
_NO_OWN_WORDS = frozenset(["", "the", "a", "an", "local"])
_POSTCODE = re.compile(
    rf"\b{alternatives(pattern_words('addresses', 'postal areas'))}\d[A-Z\d]? ?\d[A-Z]{{2}}\b", re.IGNORECASE
)
_PNC = re.compile(r"(?P<century>19|20)?(?P<year>\d\d)[/ -](?P<serial>\d{1,7})(?P<letter>[A-Z])", re.IGNORECASE)
_SERIAL = 7
"""Figures of a serial of the Police National Computer, with the zeros that are often left off before it."""


@cache
def _bodies() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The lists of same_bodies.yml: of each form the folded words before a body's own words, and those after them."""
    return tuple(
        tuple(dict.fromkeys((fold_text(before).strip(), fold_text(after).strip()) for before, _, after in parted))
        for parted in ([form.partition(_OWN_WORDS) for form in forms] for forms in load_yaml("same_bodies.yml"))
    )


def spellings_of_body(name: str) -> Iterator[str]:
    """Every folded way to write a place or an organisation, itself first: "HMP Garth", "HM Prison Garth", "Garth prison"."""
    folded = fold_text(name.replace("&", " and ")).strip()
    for spelling in (folded, *_other_words(folded.removeprefix("the "))):
        yield spelling
        # "&" folds to nothing
        yield re.sub(r"(?<=\w) and (?=\w)", " ", spelling)


def _other_words(name: str) -> Iterator[str]:
    for forms in _bodies():
        own = [name[len(before) : len(name) - len(after)] for before, after in forms if _is_form(name, before, after)]
        shortest = min((words.strip() for words in own), key=len, default="")
        if shortest not in _NO_OWN_WORDS:
            yield from (f"{before} {shortest} {after}".strip() for before, after in forms)


def _is_form(name: str, before: str, after: str) -> bool:
    words = f" {name} "
    return words.startswith(f" {before} " if before else " ") and words.endswith(f" {after} " if after else " ")


def parts_of_address(place: str) -> Iterator[str]:
    """The folded parts of an address that may be written without the rest: its flat, its street, both; without town and postcode."""
    parts = [part for part in (fold_text(part).strip() for part in _POSTCODE.sub(" ", place).split(",")) if part]
    street = next((at for at, part in enumerate(parts) if not is_within_building(part)), len(parts))
    yield " ".join(parts[: street + 1])
    yield from parts[: street + 1]


def postcodes_of(place: str) -> Iterator[str]:
    """The postcodes in an address, folded, with their gap and without."""
    for match in _POSTCODE.finditer(place):
        postcode = fold_text(match[0]).replace(" ", "")
        yield f"{postcode[:-3]} {postcode[-3:]}"
        yield postcode


def is_within_building(part: str) -> bool:
    """Whether a part of an address says where in a building, and not which: "Flat 2", "First floor", "14"."""
    known = pattern_words("addresses", "within a building")
    return all(word in known or len(word) == 1 or any(c.isdigit() for c in word) for word in part.split())


def spellings_of_code(code: str) -> Iterator[str]:
    """Every folded way to write a reference, itself first: with and without gaps, a PNC number by two figures of its year or four."""
    folded = fold_text(code).strip()
    yield folded
    yield folded.replace(" ", "")
    pnc = _PNC.fullmatch(code.strip())
    if pnc is None:
        return
    year, serial, letter = pnc["year"], pnc["serial"].lstrip("0") or "0", pnc["letter"].casefold()
    for years in (year, *(f"{century}{year}" for century in ([pnc["century"]] if pnc["century"] else ["19", "20"]))):
        for number in dict.fromkeys((serial, serial.zfill(_SERIAL))):
            yield f"{years} {number}{letter}"
            yield f"{years}{number}{letter}"
