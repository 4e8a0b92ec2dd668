"""Codes by their shape and check digit: each kind with its pattern, its check and the words that appear beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import iban, luhn
from stdnum.gb import nhs, upn

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.calendar import MONTH_STEMS
from redaction.lexicon.pattern_words import alternatives


def code_finding(start: int, end: int, score: float, kind: str) -> Finding:
    """A finding of a code of this kind."""
    return Finding(start, end, Entity.CODE, score, Source(Origin.CODE, kind), kind)


CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The check letter of a PNC or CRO number is the one at (year and serial) modulo 23."""


def pnc_letter(code: str) -> str:
    """The check letter that belongs to a PNC number such as "2014/315580J" (the letter given is ignored)."""
    year, serial = code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").split("/")
    return CHECK_LETTERS[int(year[-2:] + serial.zfill(7)) % 23]


def _pnc(code: str) -> bool:
    return pnc_letter(code.upper()) == code[-1].upper()


def _nino(code: str) -> bool:
    return code[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


def _plate(code: str) -> bool:
    """The age identifier of a current registration: 01 to 49 or 51 to 99, and a middle year is never 50 or 00."""
    return code[2:4] not in {"00", "50"}


def _not_years(code: str) -> bool:
    """Not a year after a year ("2018/2019", "2018/19"), nor a date, nor a policy instrument."""
    parts = re.split(r"[/-]", code)
    if re.fullmatch(r"[A-Z]{2,6}(?:19|20)\d\d", code):  # "RM2000", "CJA2003"
        return False
    if parts[0] in {"PI", "PSI", "PSO", "AI", "PC", "COVID", "SARS", "ISO", "BS", "EN", "UN", "HMIP", "MAPPA"}:
        return False
    if all(re.fullmatch(r"(?:19|20)?\d\d", part) for part in parts) and len(parts) == 2:
        return False
    return not (len(parts) == 3 and all(part.isdecimal() for part in parts) and _is_date(*map(int, parts)))


def _is_date(first: int, second: int, third: int) -> bool:
    if first > 1900:
        return second <= 12 and third <= 31
    return first <= 31 and second <= 31 and min(first, second) <= 12 and (third < 100 or 1900 <= third < 2100)


def _luhn(code: str) -> bool:
    return luhn.is_valid(re.sub(r"[ -]", "", code))


def _digits(least: int) -> Callable[[str], bool]:
    return lambda code: sum(c.isdecimal() for c in code) >= least and _not_years(code)


def _not_round(code: str) -> bool:
    """A long number is a code; a round one ("1000000") is an amount."""
    return not code.endswith("00000")


@dataclass(frozen=True)
class Shape:
    """One kind of code.

    `check` says whether it is genuine: then it is found wherever it is. Otherwise it needs one of the words of
    `context` near it, or scores `bare` (0: then it is no finding).
    """

    kind: str
    pattern: str
    check: Callable[[str], bool] | None = None
    context: str = ""
    bare: float = 0.0
    strict: bool = False  # what fails its check is no finding, whatever is near


_CASE = r"case|court|appeal|application|indictment|judgment|ref|no\b|nos\b|claim|petition"
SHAPES: tuple[Shape, ...] = (
    Shape(
        "neutral-citation",
        r"\[(?:19|20)\d\d\] (?:UK(?:SC|PC|HL|UT|FTT)|EW(?:CA|HC|CC|FC|COP)|NI(?:CA|QB|KB|CC)|CS(?:OH|IH)"
        r"|HCJ(?:AC)?|SC)(?: (?:Crim|Civ|Fam|Admin|QB|KB|Ch|B|AAC|IAC|TCC|Comm))? ?\d{1,5}"
        r"(?: \([A-Z][A-Za-z]+\))?",
        bare=0.9,
    ),
    Shape("iban", r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?", iban.is_valid, "iban|bank|account"),
    Shape(
        "bank-card",
        r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|3[47]\d\d[ -]?\d{6}[ -]?\d{5}",
        _luhn,
        "card|visa|mastercard|debit|credit",
    ),
    Shape(
        "driving-licence",
        r"[A-Z]{1,5}9{0,4}\d{6}[A-Z9]{2}[A-Z0-9][A-Z]{2}(?: ?\d\d)?",
        lambda code: len(code.split(" ")[0]) == 16 and code[6:8] < "63",
        strict=True,
    ),
    Shape(
        "nino",
        r"(?i:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-Da-d]",
        _nino,
        "nino|national ins|ni no|ni number",
    ),
    Shape(
        "nino", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d", context="nino|national ins|ni no|ni number"
    ),
    Shape("pnc", r"(?:(?:19|20)\d\d|\d\d)/\d{1,7}[A-Z]", _pnc, r"pnc|police national", bare=0.6),
    Shape("pnc", r"(?:(?:19|20)\d\d|\d\d)/\d{1,7}[a-z]?", context=r"pnc|police national"),
    Shape("cro", r"SF\d\d/\d{1,6}[A-Z]?", context=r"cro\b|criminal records", bare=0.9),
    Shape("cro", r"\d{1,6}/\d\d[A-Z]", context=r"cro\b|criminal records|police", bare=0.85),
    Shape("prison-number", r"[A-Z]\d{4}[A-Z]{2}", bare=0.95),
    Shape("prison-number", r"[a-z]\d{4}[a-z]{2}|[A-Z]{2} ?\d{4}", context=r"prison|nomis|noms|prisoner"),
    Shape("crn", r"[A-Z]\d{6}", context="crn|delius|case record", bare=0.9),
    Shape("crn", r"[a-z]\d{6}", bare=0.6),
    Shape("court-case", r"[TSAUB](?:19|20)\d{6}", context=_CASE, bare=0.95),
    Shape("urn", r"\d\d[A-Z]{2}\d{7}", context="urn|unique", bare=0.95),
    Shape("upn", r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]", upn.is_valid, "upn|pupil", bare=0.85),
    Shape("vehicle", r"[A-HJ-PR-Y][A-HJ-PR-Y]\d\d ?[A-HJ-PR-Z]{3}", _plate, bare=0.55),
    Shape(
        "vehicle",
        r"[A-HJ-NPR-TV-Y]\d{2,3} [A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3} \d{2,3}[A-HJ-NPR-TV-Y]",
        context=r"registration|\breg\b|\bvrm\b|\bvrn\b|vehicle|\bcar\b|\bvan\b|plate|motor|lorry|drove|driv|ford"
        r"|vauxhall",
        bare=0.5,
    ),
    Shape(
        "vehicle",
        r"(?i:[a-z]{1,3}\d{1,4} ?[a-z]{0,3}|\d{1,4} ?[a-z]{1,3})",
        context=r"registration(?: number| mark| plate)?\W{0,4}$|\bregd?(?: no)?\W{0,4}$|\bvr[mn]\W{0,4}$"
        r"|number ?plate\W{0,4}$",
    ),
    Shape("nhs", r"\d{3}[ -]\d{3}[ -]\d{4}", nhs.is_valid, r"\bnhs\b|hospital"),
    Shape("nhs", r"\d{10}", lambda code: code[0] in "4679" and nhs.is_valid(code), r"\bnhs\b"),
    Shape("passport", r"[A-Z]{0,3}\d{6,9}[A-Z]?", context="passport|travel document|identity card"),
    Shape("sort-code", r"\d\d[- –]\d\d[- –]\d\d|\d{6}", context=r"sort ?code|bank|account"),
    Shape("account", r"\d{8}", context=r"sort ?code|bank|account"),
    Shape("tag", r"\d{4,9}", context=r"\btag(?: serial)?(?: number| no\.?)?\W{0,4}$|monitoring unit\W{0,4}$"),
    Shape(
        "log",
        r"\d{1,6}(?= of (?:\d{1,2}[/.-]\d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?i:"
        rf"{alternatives(MONTH_STEMS)})))",
        context=r"\blogs?\b|incident|\bcad\b|crime|occurrence|storm|police|reference|\bref\b",
    ),
    Shape(
        "court-case",
        r"\d{3,6}/\d\d",
        lambda code: int(code.split("/")[0]) > 366 and _not_years(code),
        _CASE,
        0.6,
        strict=True,
    ),
    Shape("court-case", r"(?:19|20)\d\d/\d{3,6}(?:/[A-Z]\d)?", _not_years, _CASE, strict=True),
    Shape("reference", r"[A-Z]{1,4}\d{5,12}[A-Z]{0,2}|\d{1,3}[A-Z]{1,3}\d{4,9}[A-Z]?", bare=0.7),
    Shape(
        "reference",
        r"(?:[A-Z]{1,6}\d{0,8}|\d{1,6}[A-Z]{0,3}\d{0,2})(?:[/-][A-Z0-9]{1,12}){2,5}|[A-Z]{2,6}[/-]?\d{4,12}"
        r"(?:[/-]\d{1,4})?"
        r"|[A-Z]\d{0,3}/\d{4,6}(?:/\d{1,4})?",
        _digits(4),
        strict=True,
    ),
    Shape("reference", r"[A-Z]{2,5}(?:[/-][A-Z0-9]{1,12}){1,4}", _digits(4), strict=True),
    Shape("long-number", r"\d{9,20}", _not_round, strict=True),
)
"""Codes by their shape, the surest first: the first that fits at a place wins."""
