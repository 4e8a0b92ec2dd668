"""The words before a date that must go with what it is told as: "on" a day, "in" a month, "one evening in" a month."""

from __future__ import annotations

import calendar
import re

from redaction.replacements.relative_dates import DATE_REMOVED, SPELL_TOLD, YEAR_TOLD

_COUNTED = re.compile(r"\[\d+ \w+ (?:after|before) ")
_MONTH_TOLD = re.compile(rf"(?:{'|'.join(list(calendar.month_name)[1:])}) \d{{4}}")
_IN_BEFORE = re.compile(r"\bin\s{1,2}$")
_PREPOSITION = re.compile(r"(?<![\w-])(on|at|in|over|during|between)(\s{1,2})$", re.I)
_PART_OF_DAY = re.compile(
    r"(?<![\w-])(?<!\bnot )(?<!\bnever )(?<!\bonly )(?:on|in|during)\s(?:the\s)?(?P<part>morning|afternoon|evening|night)\sof\s$",
    re.I,
)


def preposition(before: str, told: str) -> str:
    """The preposition for the one that stood before a date ("on"), now that the date is told so; "" for none."""
    word = before.strip().casefold()
    if word not in {"on", "at", "in", "over", "during", "between"}:
        return before.strip()
    several = " and " in told or " to " in told or told == DATE_REMOVED
    chosen = word
    if word == "between":
        chosen = word if several and told != DATE_REMOVED else "in"
    elif _COUNTED.match(told):
        chosen = ""
    elif told.startswith("[the day of"):
        chosen = "on"
    elif _is_longer_than_a_day(told):
        chosen = "during" if word == "during" else "in"
    return chosen.capitalize() if before.strip()[:1].isupper() else chosen


def fix_preposition(before: str, told: str) -> tuple[int, str] | None:
    """How to mend the preposition before a date told so: (characters of `before` to take in, new text), or None.

    "on" + "2018" → "in 2018"; "on" + "[3 days after release]" → the label alone; "on the evening of" + "2018" → "one evening in 2018".
    """
    part = _PART_OF_DAY.search(before)
    if part and " to " not in told and " and " not in told and _is_longer_than_a_day(told):
        one = "One" if part[0][0].isupper() else "one"
        return len(part[0]), f"{one} {part['part'].lower()} in {told}"
    found = _PREPOSITION.search(before)
    if not found:
        return None
    word = preposition(found[1], told)
    if word == "in" and _IN_BEFORE.search(before[: found.start()]):
        # "moved in on 3 May": not "moved in in 2018"
        word = "during"
    if word.casefold() == found[1].casefold():
        return None
    return len(found[0]), f"{word}{found[2]}{told}" if word else told


def _is_longer_than_a_day(told: str) -> bool:
    """Whether what is told is a week, a month or a year."""
    return told.startswith("[the month of") or any(p.match(told) for p in (YEAR_TOLD, SPELL_TOLD, _MONTH_TOLD))
