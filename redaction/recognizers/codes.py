"""Codes that stand for one person, case or thing: by shape, by check digit, and by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stdnum import iban, luhn
from stdnum.gb import nhs, upn

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.recognizers.base import Document, Recognizer
from redaction.recognizers.windows import windows

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

    `check` says whether it is genuine: then it is found wherever it stands. Otherwise it needs one of the words of
    `context` near it, or scores `bare` (0: then it is no finding).
    """

    kind: str
    pattern: str
    check: Callable[[str], bool] | None = None
    context: str = ""
    bare: float = 0.0
    strict: bool = False  # what fails its check is no finding, whatever stands near


CASE = r"case|court|appeal|application|indictment|judgment|ref|no\b|nos\b|claim|petition"
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
    Shape("court-case", r"[TSAUB](?:19|20)\d{6}", context=CASE, bare=0.95),
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
        r"\d{1,6}(?= of (?:\d{1,2}[/.-]\d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?i:jan|feb|mar|apr|may|jun|jul|aug"
        r"|sep|oct|nov|dec)))",
        context=r"\blogs?\b|incident|\bcad\b|crime|occurrence|storm|police|reference|\bref\b",
    ),
    Shape(
        "court-case",
        r"\d{3,6}/\d\d",
        lambda code: int(code.split("/")[0]) > 366 and _not_years(code),
        CASE,
        0.6,
        strict=True,
    ),
    Shape("court-case", r"(?:19|20)\d\d/\d{3,6}(?:/[A-Z]\d)?", _not_years, CASE, strict=True),
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

VALUE = r"(?=[A-Za-z/.:_-]{0,12}\d)[A-Za-z0-9](?:[A-Za-z0-9]|[/.:_-](?=[A-Za-z0-9])){1,30}"
NUMERIC = r"\d[\d -]{2,20}\d"

LABELS: tuple[tuple[str, str, int], ...] = (
    ("crn", r"CRN", 3),
    ("pnc", r"PNC(?:ID)?", 3),
    ("cro", r"CRO", 3),
    ("urn", r"URN|UPRN|UAN|USN|DID|ULN|USI", 3),
    ("nhs", r"NHS", 6),
    ("nino", r"NINO|(?:NI|national insurance)(?= n)", 6),
    ("mappa", r"(?:ViSOR|MAPPA|PPUD|MARAC)(?= (?:id|ref|no|num|rec|case))|ViSOR", 4),
    (
        "prison-number",
        r"(?:prison|prisoner|NOMIS|NOMS|inmate|custody|detention|cell)(?= (?:id|ref|rec|no\b|no\.|num))",
        3,
    ),
    (
        "tag",
        r"(?:tag|EM|GPS|serial|HMU|PID|device|unit|bracelet|model)(?= (?:id|ref|no\b|no\.|num|serial))|"
        r"(?:tag )?serial",
        3,
    ),
    (
        "collar",
        r"(?:collar|warrant|shoulder|epaulette|badge|force|staff|employee|payroll|personnel)(?= (?:id|no\b"
        r"|no\.|num))|collar",
        2,
    ),
    ("passport", r"passports?|travel document|BRP|biometric residence permit", 5),
    (
        "account",
        r"(?:bank |current |savings )?(?:account|a/c|sort code|roll|policy|membership|customer|tenancy|rent"
        r"|card)(?= (?:id|ref|no\b|no\.|num))|account|a/c",
        5,
    ),
    ("driving-licence", r"(?:driving |driver )?licen[cs]e(?= (?:id|ref|no\b|no\.|num))", 5),
    ("vehicle", r"(?:registration|index)(?= (?:mark|no\b|no\.|num|plate))|VIN|VRM|chassis", 3),
    (
        "crime-reference",
        r"(?:crime|incident|occurrence|crimestoppers|niche|intelligence|investigation)(?= (?:id|ref|rec|rep"
        r"|log|no\b|no\.|num))|CAD|CRIS|NICHE|log|STORM",
        3,
    ),
    (
        "social-care",
        r"(?:LCS|Liquid ?logic|Mosaic|Care ?First|EHCP|EHM|SystmOne|RiO|EMIS|patient|pupil|child|client"
        r"|hospital|MRN|medical)(?= (?:id|ref|rec|no\b|no\.|num))|UPN",
        3,
    ),
    (
        "home-office",
        r"Home Office|UKVI|(?:immigration|asylum|visa)(?= (?:id|ref|no\b|no\.|num))|HO(?= ref)|(?:port|CID)"
        r"(?= ref)",
        4,
    ),
    (
        "court-case",
        r"(?:case|court|claim|appeal|indictment|petition|application|complaint|judgment|decision|file|docket"
        r"|warrant)s?(?= (?:id|ref|rec|no\b|no\.|nos\b|num))",
        3,
    ),
    (
        "reference",
        r"(?:our|your|their|her|his|my) ref(?:erence)?s?|refs?|references?|file|ID|identifier|identification"
        r"|serial|UID",
        4,
    ),
    ("plot", r"(?:plot|parcel|lot|block|folio)s?(?= no)|sheet/plan", 1),
    ("reference", r"numbers?|nos?\.|nos|no(?= [A-Za-z]*\d+[/A-Za-z])", 4),
)
"""Words that announce a code: kind, the word, and how many digits the value has at least. A code without letters or
strokes needs as many; years don't count."""

_GAP = (
    r"(?:[ ](?:numbers?|nos?\.?|num\.?|ref(?:erence|s)?\.?|references|ids?|identifier|records?|serial"
    r"|code|mark|plate|reports?|log)){0,3}"
    r"(?:[ ](?:is|was|being|as|under|given|recorded as|shown as|with)"
    r"(?=[ ]))?[ \t]{0,3}[:=#,|–—-]{0,2}\s{0,3}[\"'“‘(\[#`*]{0,2}"
)
_LABELLED = re.compile(
    r"\b(?<![/@])(?:"
    + "|".join(f"(?P<k{n}>(?i:{label}))" for n, (_, label, _) in enumerate(LABELS))
    + rf")(?:'s)?(?i:{_GAP})(?P<value>{VALUE})(?![\w@])"
)
_OF_DAY = re.compile(r" of \d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?!\d)")
_REACH = 72
_NEXT = re.compile(rf"(?:\s?(?:,|;|&|/)\s?|,?\s(?:and|or|to)\s(?:(?:no|nos|ref)\.?\s)?)(?P<value>{VALUE})(?![\w@])")
_NEXT_PLOT = re.compile(r"(?:,|,? and| or) (?P<value>\d[\d/.]{0,12}(?<![/.]))(?![\w@])")
_LAW = re.compile(
    r"\b(?:law|act|protocol|decree|regulations?|directive|rules?|section|article|ordinance|code|order"
    r"|instrument|resolution"
    r"|recommendation|table|figure|annex|appendix|chapter|paragraph|psi|pso|pi|ai|circular|form|bill"
    r"|convention)s?[ ]?$",
    re.I,
)
_STATUTE = re.compile(r"\b(?:SI|S\.I\.?|EU|EC|EEC|OJ|PI|PSI|AI)\)?(?: No\.?)?[ ]$")
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d|\d{1,2}[:.]\d\d(?:[ap]m)?|\d+(?:st|nd|rd|th"
    r"|am|pm|[ap])|\d{1,2}/\d{1,2}"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-](?:\d\d|(?:19|20)\d\d))?")

RANK = (
    r"(?:[AT]/)?(?:W?PC|W?DC|PCSO|DS|DI|DCI|PS|TDC|T/DC|Sgt|Sergeant|Insp|Inspector|Constable|Cons"
    r"|Officer|CSO|SC|SO|PO|Det Con|Det Sgt)s?\.?"
)
_NAME = r"[A-Z][\w’'-]{0,30}"
_NUMBERED = r"(?P<value>[A-Z]{0,2}\d{2,6}[A-Z]{0,2})(?![\w/:.]?\d|\w|%)"
_COLLAR = re.compile(
    rf"\b(?P<rank>{RANK})[ ](?:(?:{_NAME}[ ]){{1,3}}\(?|(?:{_NAME}[ ]){{0,3}}\(|(?:{_NAME},?[ ]){{1,3}})?"
    rf"{_NUMBERED}(?P<close>\))?"
)
_FOLLOWS = re.compile(
    r"\s*(?:per cent|percent|years?|months?|weeks?|days?|hours?|minutes?|times|miles|metres|people|cases)"
)

# a place where a code may begin: a digit is near, and it is no small number, year or clock time standing by itself
_START = re.compile(
    r"\b(?<![/£$€¥#@])(?<!\d[.,])(?=(?:[A-Z]{1,4}[ -])?(?:[A-Z0-9]{1,6}[/-]){0,3}[A-Za-z]{0,9}\d)"
    r"(?!(?:\d{1,2}|(?:19|20)\d\d)(?:st|nd|rd|th|am|pm|s)?(?:[.,;:)|%](?!\d)|\s(?!\d|of\s\d|[A-Z]{1,4}\b)|$))"
    r"(?!\d{1,2}(?:[/.]\d{1,2}[/.](?:\d{4}|\d\d)|[.:]\d\d|/\d{1,2})(?:am|pm)?(?![\w/-]))"
    r"|(?=\[(?:19|20)\d\d\][ ][A-Z])"
)
_END = r"(?![\w£@]|[/-][A-Za-z0-9]|[.,:]\d)"
_COMPILED = tuple(
    (shape, re.compile(f"(?:{shape.pattern}){_END}"), re.compile(shape.context, re.I) if shape.context else None)
    for shape in SHAPES
)
_BEFORE, _AFTER = 48, 24


class CodeRecognizer(Recognizer):
    """Finds codes; `kind` says which, `source` the rule ("code:crn")."""

    name = "Codes"
    entities = (Entity.CODE,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Every code in the text; findings don't overlap."""
        starts = list(_START.finditer(text))
        return _disjoint([*_by_shape(text, starts), *_by_label(text, starts), *_collars(text, starts)])


def _by_shape(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    end = 0
    for start in starts:
        at = start.start()
        if at < end:
            continue
        for shape, pattern, context in _COMPILED:
            if (found := pattern.match(text, at)) and (score := _score(text, found, shape, context)):
                end = found.end()
                yield _finding(at, end, score, shape.kind)
                break


def _score(text: str, found: re.Match[str], shape: Shape, context: re.Pattern[str] | None) -> float:
    if shape.kind == "court-case" and _STATUTE.search(text, max(0, found.start() - 24), found.start()):
        return 0.0
    if shape.check is not None:
        if shape.check(found[0]):
            return 0.95 if not shape.strict else max(shape.bare, 0.85)
        if shape.strict:
            return 0.0
    if context is not None and _near(text, found, context):
        return 0.9 if shape.check is None else 0.8
    return shape.bare


def _near(text: str, found: re.Match[str], context: re.Pattern[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    return bool(context.search(before) or context.search(text[found.end() : found.end() + _AFTER]))


def _by_label(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    """Values that a word before them announces."""
    for window in windows(text, [s.span() for s in starts], _REACH, 40):
        for found in _LABELLED.finditer(text, *window):
            if _LAW.search(text[max(0, found.start() - 24) : found.start()]):
                continue
            kind, _, least = next(LABELS[n] for n in range(len(LABELS)) if found[f"k{n}"] is not None)
            yield from _listed(text, _whole_log(text, found, kind), kind, least)


def _whole_log(text: str, found: re.Match[str], kind: str) -> tuple[int, int]:
    """A control room's log is one code with its day and its letters: "CAD 7714/02OCT20", "1187 of 04/04/18"."""
    start, end = found.span("value")
    if kind != "crime-reference":
        return start, end
    if found[0].startswith(("CAD ", "CRIS ", "STORM ")) and start - found.start() <= 6:
        start = found.start()
    of_day = _OF_DAY.match(text, end)
    return start, of_day.end() if of_day else end


def _listed(text: str, span: tuple[int, int], kind: str, least: int) -> Iterator[Finding]:
    """The value and those that follow it in a list ("nos. 1234/05 and 4567/06")."""
    plot = kind == "plot"
    while plot or _is_code(text, span, least):
        yield _finding(*span, 0.85, kind)
        further = (_NEXT_PLOT if plot else _NEXT).match(text, span[1])
        if further is None:
            return
        span, least = further.span("value"), max(least, 4)


def _is_code(text: str, span: tuple[int, int], least: int) -> bool:
    value = text[slice(*span)]
    digits = sum(c.isdecimal() for c in value)
    if _DATE.fullmatch(value) or _YEAR.fullmatch(value) or _FOLLOWS.match(text, span[1]):
        return False
    mixed = not value.isdecimal() and digits >= 3 and bool(re.search(r"[A-Z/]|\d[.:_-]\d", value))
    return mixed or digits >= least


def _collars(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    for window in windows(text, [s.span() for s in starts], 110, 12):
        yield from _in_ranks(text, window)


def _in_ranks(text: str, window: tuple[int, int]) -> Iterator[Finding]:
    for found in _COLLAR.finditer(text, *window):
        value = found["value"]
        digits = sum(c.isdecimal() for c in value)
        alone = text[found.end("rank") : found.start("value")].strip() == ""
        if _YEAR.fullmatch(value) and not alone and not found["close"]:
            continue
        if digits < 3 or (not found["close"] and _FOLLOWS.match(text, found.end())):
            continue
        yield _finding(*found.span("value"), 0.85, "collar")


def _finding(start: int, end: int, score: float, kind: str) -> Finding:
    return Finding(start, end, Entity.CODE, score, f"code:{kind}", kind)


def _disjoint(findings: list[Finding]) -> list[Finding]:
    """The longest and surest of those that overlap, in the text's order."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, -f.score)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
        elif finding.end > kept[-1].end and finding.score >= kept[-1].score:
            last = kept.pop()
            kept.append(_finding(last.start, finding.end, finding.score, finding.kind))
    return kept
