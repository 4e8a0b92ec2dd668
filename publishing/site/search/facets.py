"""What search can be narrowed by: the values of each review and each lesson, as the index, saved searches and the page have them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from publishing.catalogue.lessons import ReviewLesson, review_of
from publishing.catalogue.recommendations import assess_lesson, owner_group, owner_title
from publishing.reviews import RedactedReview
from publishing.vocabulary import terms, title

STATES = {"overdue": "Overdue", "outcome-unknown": "Outcome not known", "unanswered": "Not answered"}
"""What a lesson's state may be called for, beside what was last reported of it."""

TYPES = {"lesson": "Lessons", "review": "Reviews", "page": "Pages about this site"}

_VOCABULARIES = {
    "theme": "themes",
    "case": "themes",
    "offence": "offences",
    "region": "regions",
    "agency": "agencies",
    "judgement": "reasonable_steps",
    "status": "lesson_statuses",
}

Facets = Mapping[str, tuple[str, ...]]
"""The values that an entry has of each facet, by the facet's name in an address of search."""

Told = tuple[RedactedReview | ReviewLesson, Facets]
"""A review or a lesson, and its values on a day."""


def facets_of(entry: RedactedReview | ReviewLesson, as_of: dt.date) -> Facets:
    """A review's or a lesson's values on a day.

    `theme` is of a lesson alone, its own or else its review's; `case` is of its review. A lesson has its review's agencies.
    """
    facts = review_of(entry).facts
    common = {
        "offence": (facts.offence,),
        "region": (facts.region,),
        "year": (str(facts.offence_year),),
        "judgement": (facts.reasonable_steps,),
        "agency": tuple(facts.agencies),
        "case": tuple(facts.themes),
    }
    if isinstance(entry, RedactedReview):
        return {"type": ("review",), **common}
    found = assess_lesson(entry, as_of)
    states = (found.overdue, found.outcome_unknown, found.unanswered)
    return {
        "type": ("lesson",),
        **common,
        "theme": tuple(entry.themes),
        "owner": (slug_owner(entry.lesson.owner),),
        "status": (entry.lesson.status,),
        "state": tuple(key for key, holds in zip(STATES, states, strict=True) if holds),
    }


def slug_owner(owner: str | None) -> str:
    """An owner as an address has it: small letters, numbers and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", owner_group(owner).lower()).strip("-")


def tell(entries: Iterable[RedactedReview | ReviewLesson], as_of: dt.date) -> tuple[Told, ...]:
    """The values of each entry on a day, worked out once for all that asks for them."""
    return tuple((entry, facets_of(entry, as_of)) for entry in entries)


def options(told: Sequence[Told]) -> dict[str, dict[str, str]]:
    """For each facet the values that anything published has, with their titles: nothing is offered that finds nothing."""
    found: dict[str, set[str]] = {}
    for _, values_by_name in told:
        for name, values in values_by_name.items():
            found.setdefault(name, set()).update(values)
    owners = {slug_owner(e.lesson.owner): owner_group(e.lesson.owner) for e, _ in told if isinstance(e, ReviewLesson)}
    titles: dict[str, dict[str, str]] = {
        **{name: {key: title(words, key) for key in terms(words)} for name, words in _VOCABULARIES.items()},
        "year": {year: year for year in sorted(found.get("year", ()), reverse=True)},
        "owner": {slug: owner_title(group) for slug, group in sorted(owners.items(), key=lambda item: item[1].lower())},
        "state": STATES,
    }
    offered = {
        name: {key: words for key, words in known.items() if key in found.get(name, ())}
        for name, known in titles.items()
    }
    return {"type": TYPES, **offered}


def years_from_to(periods: Iterable[str]) -> range:
    """Every year from the first to the last of these years and periods, the last one first."""
    years = [year for period in periods for year in _years(period)]
    return range(max(years), min(years) - 1, -1) if years else range(0)


def answers(told: Iterable[Told], wanted: Mapping[str, Sequence[str]]) -> list[RedactedReview | ReviewLesson]:
    """The entries that a search narrowed by these values finds: of themes every one, of anything else any.

    `from` and `to` are years of the offence; a period answers where any of its years does.
    """
    return [entry for entry, facets in told if _answers(facets, wanted)]


TOGETHER = ("theme", "case")
"""Facets of which an entry has to have every value that is asked for."""


def _answers(facets: Facets, wanted: Mapping[str, Sequence[str]]) -> bool:
    for name, values in wanted.items():
        if name in ("from", "to"):
            first, last = _years(facets["year"][0])
            if not (last >= int(values[0]) if name == "from" else first <= int(values[0])):
                return False
        elif not (all if name in TOGETHER else any)(value in facets.get(name, ()) for value in values):
            return False
    return True


def _years(year: str) -> tuple[int, int]:
    """The first and the last year of "2018" or "2015-2019"."""
    first, _, last = year.partition("-")
    return int(first), int(last or first)
