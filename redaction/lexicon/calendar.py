"""Names of months, weekdays and seasons, in English, shortened and in Welsh: the one place that lists them."""

from __future__ import annotations

_MONTHS = (
    ("January", "Ionawr", "Jan"),
    ("February", "Chwefror", "Feb"),
    ("March", "Mawrth", "Mar"),
    ("April", "Ebrill", "Apr"),
    ("May", "Mai"),
    ("June", "Mehefin", "Jun"),
    ("July", "Gorffennaf", "Jul"),
    ("August", "Awst", "Aug"),
    ("September", "Medi", "Sept", "Sep"),
    ("October", "Hydref", "Oct"),
    ("November", "Tachwedd", "Nov"),
    ("December", "Rhagfyr", "Dec"),
)

_WEEKDAYS = (
    ("Monday", "Llun", "Mon"),
    ("Tuesday", "Mawrth", "Tues", "Tue"),
    ("Wednesday", "Mercher", "Weds", "Wed"),
    ("Thursday", "Iau", "Thurs", "Thur", "Thu"),
    ("Friday", "Gwener", "Fri"),
    ("Saturday", "Sadwrn", "Sat"),
    ("Sunday", "Sul", "Sun"),
)

ROMAN_MONTHS: dict[str, int] = {
    roman: month for month, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)
}
"""Months as some hands number them: "3.ii.15"."""

MONTH_NAMES: tuple[str, ...] = tuple(english for english, *_ in _MONTHS)
"""Months in English, in full."""

MONTH_STEMS: tuple[str, ...] = tuple(name[:3] for name in MONTH_NAMES)
"""The first three letters of each month, with which its short forms begin too."""

WELSH_MONTHS: tuple[str, ...] = tuple(welsh for _, welsh, *_ in _MONTHS)
"""Months in Welsh."""

SHORT_MONTHS: tuple[str, ...] = tuple(short for _, _, *shorts in _MONTHS for short in shorts)
"""Months in English, shortened; "May" has no short form."""

WEEKDAY_NAMES: tuple[str, ...] = tuple(english for english, *_ in _WEEKDAYS)
"""Weekdays in English, in full."""

WEEKLY = frozenset(f"{name.casefold()}s" for name in WEEKDAY_NAMES)
"""Weekdays that come again ("Tuesdays"): nobody is called so."""

WELSH_WEEKDAYS: tuple[str, ...] = tuple(welsh for _, welsh, *_ in _WEEKDAYS)
"""Weekdays in Welsh, without the word for day."""

MONTHS: dict[str, int] = {name.casefold(): number for number, names in enumerate(_MONTHS, start=1) for name in names}
"""Months in English, shortened and in Welsh, casefolded, with their numbers."""

WEEKDAYS: dict[str, int] = {name.casefold(): number for number, names in enumerate(_WEEKDAYS) for name in names}
"""Weekdays, casefolded; Monday is 0, as in datetime."""

SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""Seasons with the month in which each begins."""
