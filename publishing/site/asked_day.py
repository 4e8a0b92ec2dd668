"""The day that a page is written for, which notes what is asked of it: on a day with the same answers the page is the same."""

from __future__ import annotations

import calendar
import datetime as dt


class AskedDay:
    """Stands for a day in a template and in what a template calls.

    It is no `date`, so that nothing written in C reads the day without asking here: what is not answered here fails.
    `days` are the first and the last on which everything asked so far would have been answered the same.
    """

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self.days = (dt.date.min, dt.date.max)

    def is_one_of(self, days: object) -> bool:
        """Whether the day is one of those from a first to a last, as `days_in_words` has them; not where they are none."""
        try:
            first, last = map(dt.date.fromisoformat, days if isinstance(days, list) else ())
        except (TypeError, ValueError):
            return False
        return first <= self._day <= last

    def days_in_words(self) -> list[str]:
        """The first and the last day on which the answers would be the same, as `is_one_of` reads them."""
        return [day.isoformat() for day in self.days]

    @property
    def year(self) -> int:
        """Its year, which is asked for."""
        self._hold(self._day.replace(month=1, day=1), self._day.replace(month=12, day=31))
        return self._day.year

    @property
    def month(self) -> int:
        """The number of its month, which is asked for with its year."""
        end = calendar.monthrange(self._day.year, self._day.month)[1]
        self._hold(self._day.replace(day=1), self._day.replace(day=end))
        return self._day.month

    @property
    def day(self) -> int:
        """The number of its day, which tells it from every other."""
        return self._exactly().day

    def __lt__(self, other: dt.date) -> bool:
        """Whether it is before a day: so are all until then."""
        is_before = self._day < other
        self._hold(*((dt.date.min, _day_before(other)) if is_before else (other, dt.date.max)))
        return is_before

    def __gt__(self, other: dt.date) -> bool:
        """Whether it is after a day: so are all from then."""
        is_after = self._day > other
        self._hold(*((_day_after(other), dt.date.max) if is_after else (dt.date.min, other)))
        return is_after

    def __le__(self, other: dt.date) -> bool:
        """Whether it is not after a day."""
        return not self > other

    def __ge__(self, other: dt.date) -> bool:
        """Whether it is not before a day."""
        return not self < other

    def __eq__(self, other: object) -> bool:
        """Whether it is a day; nobody can ask by its hash."""
        return self._exactly() == other

    def __str__(self) -> str:
        """As a `date`."""
        return str(self._exactly())

    def __format__(self, how: str) -> str:
        """As a `date`."""
        return format(self._exactly(), how)

    def _exactly(self) -> dt.date:
        self._hold(self._day, self._day)
        return self._day

    def _hold(self, first: dt.date, last: dt.date) -> None:
        self.days = (max(self.days[0], first), min(self.days[1], last))


def _day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(1)


def _day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(1)
