"""What must hold between the fields of a front matter: each rule is one function, and `RULES` lists them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from publishing import settings
from publishing.intake.front_matter import DisclosureEntry, FrontMatter
from publishing.intake.strict_model import UnderstoodFields
from publishing.vocabulary import terms
from redaction.strict_files.faults import Fault
from redaction.strict_files.strict_yaml import ValuePath, YamlDocument

Breaches = Iterator[tuple[ValuePath, str]]


@dataclass(frozen=True)
class UnderstoodFacts:
    """The fields as far as they were understood; a rule whose fields are missing or wrong is silent.

    `written` is the front matter as the file has it.
    """

    written: Mapping[str, Any]
    understood: UnderstoodFields

    def get(self, name: str) -> Any:
        """A field of the front matter, or None."""
        return self.understood.get((FrontMatter.__name__, name))

    def disclosed(self, name: str) -> Any:
        """A field of `disclosure`, or None."""
        return self.understood.get((DisclosureEntry.__name__, name))

    def lessons(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Each lesson as written, with its position."""
        yield from _numbered_entries(self.written.get("lessons"))


def _approval(fields: UnderstoodFacts) -> Breaches:
    status = fields.get("status")
    if status in ("approved", "withdrawn"):
        for name in ("approved_by", "approved_on"):
            if name not in fields.written:
                yield (name,), f"{name}: is missing, and the status is {status}"


def _embargo(fields: UnderstoodFacts) -> Breaches:
    approved, publish = fields.get("approved_on"), fields.get("publish_on")
    if approved and publish and publish < approved:
        yield ("publish_on",), "publish_on: is before approved_on; a review is approved first"


def _offence_year(fields: UnderstoodFacts) -> Breaches:
    year, approved = fields.get("offence_year"), fields.get("approved_on")
    if not year:
        return
    if year > settings.today().year:
        yield ("offence_year",), "offence_year: is in the future"
    elif approved and year > approved.year:
        yield ("offence_year",), "offence_year: is after the year of approved_on"


def _months(fields: UnderstoodFacts) -> Breaches:
    year, notified, completed = fields.get("offence_year"), fields.get("notified"), fields.get("completed")
    if notified and completed and completed < notified:
        yield ("completed",), "completed: is before notified"
    if year and notified and int(notified[:4]) < year:
        yield ("notified",), "notified: is before the year of the offence"
    approved: dt.date | None = fields.get("approved_on")
    if completed and approved and completed > f"{approved:%Y-%m}":
        yield ("completed",), "completed: is after approved_on; a review is completed before it is approved"


def _anchor(fields: UnderstoodFacts) -> Breaches:
    anchor, year = fields.get("anchor"), fields.get("offence_year")
    if anchor and year and anchor.year > year:
        yield ("anchor",), "anchor: is after the year of the offence; it is the release or the sentence before it"


def _consideration(fields: UnderstoodFacts) -> Breaches:
    considered, publish = fields.disclosed("considered_on"), fields.get("publish_on")
    if considered and publish and considered > publish:
        yield ("disclosure", "considered_on"), "disclosure, considered_on: is after publish_on; harm is weighed before"


def _restrictions(fields: UnderstoodFacts) -> Breaches:
    restrictions, offence = fields.disclosed("restrictions"), fields.get("offence")
    if not restrictions or "none" not in restrictions:
        return
    where = ("disclosure", "restrictions")
    if len(restrictions) > 1:
        yield where, "disclosure, restrictions: none cannot stand beside others: delete it"
    elif offence and terms("offences")[offence].sexual:
        yield (
            where,
            "disclosure, restrictions: [none] cannot be right for a sexual offence: the law gives lifelong anonymity, "
            "so write [sexual-offence-anonymity]",
        )


def _lesson_ids(fields: UnderstoodFacts) -> Breaches:
    first: dict[int, int] = {}
    for position, lesson in fields.lessons():
        number = lesson.get("id")
        if type(number) is not int:
            continue
        if number in first:
            yield (
                ("lessons", position, "id"),
                f"lessons no. {position + 1}, id: lessons no. {first[number] + 1} has this id; each lesson has its own",
            )
        first.setdefault(number, position)


def _update_days(fields: UnderstoodFacts) -> Breaches:
    for position, lesson in fields.lessons():
        days: set[dt.date] = set()
        for place, update in _numbered_entries(lesson.get("updates")):
            day = update.get("date")
            if not isinstance(day, dt.date):
                continue
            if day in days:
                yield (
                    ("lessons", position, "updates", place, "date"),
                    f"lessons no. {position + 1}, updates no. {place + 1}, date: another update has this day, "
                    "so nobody could tell which is the newest",
                )
            days.add(day)


def _same_lessons(fields: UnderstoodFacts) -> Breaches:
    own = fields.get("public_id")
    for position, lesson in fields.lessons():
        same, other = (_references(lesson.get(name)) for name in ("same_as", "not_same_as"))
        where = f"lessons no. {position + 1}, same_as"
        if own and any(reference.startswith(f"{own}/") for reference in same):
            yield (
                ("lessons", position, "same_as"),
                f"{where}: names a lesson of this very review; name another review's",
            )
        if both := sorted(same & other):
            yield ("lessons", position, "same_as"), f"{where}: {both[0]} is in not_same_as too: keep one"


RULES: tuple[Callable[[UnderstoodFacts], Breaches], ...] = (
    _approval,
    _embargo,
    _offence_year,
    _months,
    _anchor,
    _consideration,
    _restrictions,
    _lesson_ids,
    _update_days,
    _same_lessons,
)


def broken_rules(document: YamlDocument, understood: UnderstoodFields) -> list[Fault]:
    """Every rule that a front matter breaks."""
    if not isinstance(document.data, dict):
        return []
    fields = UnderstoodFacts(document.data, understood)
    return [document.fault(path, words) for rule in RULES for path, words in rule(fields)]


def _references(value: Any) -> set[str]:
    items = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return {item for item in items if isinstance(item, str)}


def _numbered_entries(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if isinstance(value, tuple):
        yield from ((position, item) for position, item in enumerate(value) if isinstance(item, dict))
