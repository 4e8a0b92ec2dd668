"""Codes by the word that announces them: "CRN", "our reference", "crime number"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redaction.findings import Finding
from redaction.lexicon.pattern_words import alternatives
from redaction.recognizers.codes.shapes import code_finding
from redaction.recognizers.search_windows import windows

ANNOUNCED_SCORE = 0.85
"""A word says that a code follows; a rank does too."""

_VALUE = r"(?=[A-Za-z/.:_-]{0,12}\d)[A-Za-z0-9](?:[A-Za-z0-9]|[/.:_-](?=[A-Za-z0-9])){1,30}"

_LABELS: tuple[tuple[str, str, int], ...] = (
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
    + "|".join(f"(?P<k{n}>(?i:{label}))" for n, (_, label, _) in enumerate(_LABELS))
    + rf")(?:'s)?(?i:{_GAP})(?P<value>{_VALUE})(?![\w@])"
)
_OF_DAY = re.compile(r" of \d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?!\d)")
_REACH = 72
_NEXT = re.compile(rf"(?:\s?(?:,|;|&|/)\s?|,?\s(?:and|or|to)\s(?:(?:no|nos|ref)\.?\s)?)(?P<value>{_VALUE})(?![\w@])")
_NEXT_PLOT = re.compile(r"(?:,|,? and| or) (?P<value>\d[\d/.]{0,12}(?<![/.]))(?![\w@])")
_LAW = re.compile(
    r"\b(?:law|act|protocol|decree|regulations?|directive|rules?|section|article|ordinance|code|order"
    r"|instrument|resolution"
    r"|recommendation|table|figure|annex|appendix|chapter|paragraph|psi|pso|pi|ai|circular|form|bill"
    r"|convention)s?[ ]?$",
    re.I,
)
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d|\d{1,2}[:.]\d\d(?:[ap]m)?|\d+(?:st|nd|rd|th"
    r"|am|pm|[ap])|\d{1,2}/\d{1,2}"
)
YEAR = re.compile(r"(?:19|20)\d\d(?:[/-](?:\d\d|(?:19|20)\d\d))?")
FOLLOWS = re.compile(
    r"\s*(?:per cent|percent|years?|months?|weeks?|days?|hours?|minutes?|times|miles|metres|people|cases)"
)


def find_announced(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    """Values that a word before them announces."""
    for window in windows(text, [s.span() for s in starts], _REACH, 40):
        for found in _LABELLED.finditer(text, *window):
            if _LAW.search(text[max(0, found.start() - 24) : found.start()]):
                continue
            kind, _, least = next(_LABELS[n] for n in range(len(_LABELS)) if found[f"k{n}"] is not None)
            yield from _find_listed(text, _widen_log(text, found, kind), kind, least)


_EXHIBIT = re.compile(r"\b[Ee]xhibits?[ ](?:no\.?[ ]|ref\.?[ ])?[\"'“‘(`*]{0,2}(?P<initials>[A-Z]{2,4})/?\d{1,3}(?!\w)")
_PART_OF_A_PLATE = re.compile(
    r"\b(?i:part(?:ial)?[ -](?:index|reg(?:istration)?|vrm|plate|number ?plate))(?:[ ](?:of|is|was|being))?:?[ ](?P<value>[A-Z]{1,3}\d{0,3}(?:[ ][A-Z]{1,3})?)(?!\w)"
)


def find_exhibits(text: str) -> Iterator[Finding]:
    """Exhibits, which bear the initials of whoever seized them, where they are announced and wherever the same initials number one."""
    initials = {found["initials"] for found in _EXHIBIT.finditer(text)}
    if initials:
        for found in re.finditer(rf"(?<![\w/]){alternatives(initials)}/?\d{{1,3}}(?![\w/])", text):
            yield code_finding(*found.span(), ANNOUNCED_SCORE, "exhibit")


def find_parts_of_plates(text: str) -> Iterator[Finding]:
    """What a witness saw of a number plate: "part index KXF"."""
    for found in _PART_OF_A_PLATE.finditer(text):
        yield code_finding(*found.span("value"), ANNOUNCED_SCORE, "vehicle")


def _widen_log(text: str, found: re.Match[str], kind: str) -> tuple[int, int]:
    """A control room's log is one code with its day and its letters: "CAD 7714/02OCT20", "1187 of 04/04/18"."""
    start, end = found.span("value")
    if kind != "crime-reference":
        return start, end
    if found[0].startswith(("CAD ", "CRIS ", "STORM ")) and start - found.start() <= 6:
        start = found.start()
    of_day = _OF_DAY.match(text, end)
    return start, of_day.end() if of_day else end


def _find_listed(text: str, span: tuple[int, int], kind: str, least: int) -> Iterator[Finding]:
    """The value and those that follow it in a list ("nos. 1234/05 and 4567/06")."""
    plot = kind == "plot"
    while plot or _is_code(text, span, least):
        yield code_finding(*span, ANNOUNCED_SCORE, kind)
        further = (_NEXT_PLOT if plot else _NEXT).match(text, span[1])
        if further is None:
            return
        span, least = further.span("value"), max(least, 4)


def _is_code(text: str, span: tuple[int, int], least: int) -> bool:
    value = text[slice(*span)]
    digits = sum(c.isdecimal() for c in value)
    if _DATE.fullmatch(value) or YEAR.fullmatch(value) or FOLLOWS.match(text, span[1]):
        return False
    mixed = not value.isdecimal() and digits >= 3 and bool(re.search(r"[A-Z/]|\d[.:_-]\d", value))
    return mixed or digits >= least
