"""Recommendations: for every lesson, on a given day, what was promised, by whom, by when, and whether it was done."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from publishing.catalogue.lessons import ReviewLesson
from publishing.owners import spell_owner
from publishing.reviews import Lesson
from publishing.vocabulary import counted, terms, title

CLOSED = ("implemented", "rejected")
"""Statuses after which nothing more is awaited."""

NOT_ACCEPTED = "not-accepted"
"""The answer of an owner who will not do what a lesson asks; nobody waits for it."""

NOBODY = "No owner named"

_LABEL = re.compile(r"\[([^\[\]]*?)(?: \d+)?\]")
_JOINT = re.compile(r"(?:,| of the) \[")


@dataclass(frozen=True)
class Recommendation:
    """A lesson on a day. `silent` is the whole months since anything was said; None where it is closed.

    `outcome_unknown`: it was due before its review was published, and nobody has said since whether it was done.
    """

    taught: ReviewLesson
    status: str
    closed: bool
    overdue: bool
    outcome_unknown: bool
    silent: int | None

    @property
    def progress(self) -> str:
        """What has become of it, in words: "In progress", "Accepted, no progress reported for 7 months", "Not answered"."""
        return _progress_words(self.taught, self.silent)

    @property
    def unanswered(self) -> bool:
        """Whether nobody has accepted or rejected it, nor said anything since."""
        return not self.taught.lesson.answers and self.taught.lesson.response is None


@dataclass(frozen=True)
class ImplementationRate:
    """How many lessons of one owner, theme or year there are, and how many of them are in which state."""

    key: str
    label: str
    lessons: int
    implemented: int
    partly: int
    rejected: int
    overdue: int
    outcome_unknown: int
    unanswered: int


def recommendations_on(taught: Iterable[ReviewLesson], as_of: dt.date) -> tuple[Recommendation, ...]:
    """Every lesson and what has become of it by a day, in the order given."""
    return tuple(assess_lesson(entry, as_of) for entry in taught)


def due_state(lesson: Lesson, published: dt.date, as_of: dt.date) -> Literal["", "overdue", "unknown"]:
    """What the month by which a lesson was promised says on a day: nothing while it lasts, or where nothing more is awaited.

    "overdue": it is over, and the lesson is neither implemented nor rejected. "unknown": it was over before the review was
    `published`, and nobody has said anything since it ended: it may have been done.
    """
    if _is_closed(lesson) or lesson.due is None or _month(as_of) <= lesson.due:
        return ""
    said_since = any(_month(answer.date) > lesson.due for answer in lesson.answers)
    return "overdue" if said_since or _month(published) <= lesson.due else "unknown"


def _month(day: dt.date) -> str:
    return f"{day.year}-{day.month:02}"


def _progress_words(taught: ReviewLesson, silent: int | None) -> str:
    """What was last reported, or else what its owner answered; both with how long nothing more was, while it is open."""
    lesson, newest = taught.lesson, taught.latest
    since = f" for {counted(silent, 'month')}" if silent else ""
    if _is_closed(lesson):
        return title("lesson_statuses", lesson.status) if lesson.status in CLOSED else title("responses", NOT_ACCEPTED)
    if newest:
        return title("lesson_statuses", newest.status) + (f", nothing more reported{since}" if since else "")
    if lesson.response:
        return f"{title('responses', lesson.response)}, no progress reported{since or ' yet'}"
    return "Not answered"


def _is_closed(lesson: Lesson) -> bool:
    """Whether nothing more is awaited: it was done, or turned down."""
    return lesson.status in CLOSED or lesson.response == NOT_ACCEPTED


def owner_group(owner: str | None) -> str:
    """An owner as rates count it, in one spelling: numbers of labels say nothing across reviews, so `[Prison 2]` is `[Prison]`.

    The words between an office and its label say nothing either: “Governor, [Prison]” is “Governor of [Prison]”.
    """
    return spell_owner(_LABEL.sub(r"[\1]", _JOINT.sub(" of [", owner))) if owner else NOBODY


def owner_title(group: str) -> str:
    """What readers see for a group of owners; those whose names were removed are seldom one body."""
    label = _LABEL.fullmatch(group)
    if label:
        return f"{_plural_label(label[1])}, names removed"
    return f"{group}, names removed" if _LABEL.search(group) else group


def rates_by_owner(found: Sequence[Recommendation]) -> tuple[ImplementationRate, ...]:
    """Rates by owner, those with most lessons first."""
    rates = _rates_by(found, lambda r: (owner_group(r.taught.lesson.owner),), owner_title)
    return tuple(sorted(rates, key=lambda rate: (rate.key == NOBODY, -rate.lessons, rate.key)))


def rates_by_theme(found: Sequence[Recommendation]) -> tuple[ImplementationRate, ...]:
    """Rates by the lessons' themes (their review's where they name none), in the vocabulary's order."""
    rates = {r.key: r for r in _rates_by(found, lambda r: r.taught.themes, lambda key: title("themes", key))}
    return tuple(rates[key] for key in terms("themes") if key in rates)


def rates_by_publication_year(found: Sequence[Recommendation]) -> tuple[ImplementationRate, ...]:
    """Rates by the year in which the review was published, newest first."""
    rates = _rates_by(found, lambda r: (str(r.taught.review.publish_on.year),), lambda key: key)
    return tuple(sorted(rates, key=lambda rate: rate.key, reverse=True))


def overall_rate(found: Sequence[Recommendation]) -> ImplementationRate:
    """The rate over all of them."""
    return _rate_of("all", "All lessons", found)


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from one day to another: from 31 January to 28 February there is one; never below zero."""
    months = (last.year - first.year) * 12 + last.month - first.month
    month_end = calendar.monthrange(last.year, last.month)[1]
    if last < dt.date(last.year, last.month, min(first.day, month_end)):
        months -= 1
    return max(months, 0)


def assess_lesson(entry: ReviewLesson, as_of: dt.date) -> Recommendation:
    """A lesson and what has become of it by a day."""
    lesson = entry.lesson
    closed = _is_closed(lesson)
    due = due_state(lesson, entry.review.publish_on, as_of)
    last = entry.latest.date if entry.latest else entry.review.publish_on
    return Recommendation(
        taught=entry,
        status=lesson.status,
        closed=closed,
        overdue=due == "overdue",
        outcome_unknown=due == "unknown",
        silent=None if closed else months_between(last, as_of),
    )


def _plural_label(kind: str) -> str:
    """The plural of a label's words: police forces, councils, charities, churches, approved premises."""
    if kind.endswith("s"):
        return kind
    if re.search(r"[^aeiou]y$", kind):
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(("ch", "sh", "x")) else f"{kind}s"


def _rates_by(
    found: Sequence[Recommendation], keys: Callable[[Recommendation], Iterable[str]], label: Callable[[str], str]
) -> list[ImplementationRate]:
    groups: dict[str, list[Recommendation]] = defaultdict(list)
    for recommendation in found:
        for key in dict.fromkeys(keys(recommendation)):
            groups[key].append(recommendation)
    return [_rate_of(key, label(key), group) for key, group in groups.items()]


def _rate_of(key: str, label: str, group: Sequence[Recommendation]) -> ImplementationRate:
    return ImplementationRate(
        key=key,
        label=label,
        lessons=len(group),
        implemented=sum(r.status == "implemented" for r in group),
        partly=sum(r.status == "partly-implemented" for r in group),
        rejected=sum(r.status == "rejected" for r in group),
        overdue=sum(r.overdue for r in group),
        outcome_unknown=sum(r.outcome_unknown for r in group),
        unanswered=sum(r.unanswered for r in group),
    )
