"""Why a review may not be signed, what a signer should know, and why a case is left out of a build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from publishing.checking import checklist, signers
from publishing.reviews import RedactedReview, Review
from publishing.vocabulary import published_titles, terms
from redaction import LeakSearch, Register, fold_text


def refusals_for_signing(review: Review, redacted: RedactedReview, by: str) -> Iterator[str]:
    """Every reason against signing."""
    if not signers.has_letters(by):
        yield "nobody is named as the signer"
    elif signers.same_person(by, review.approved_by or ""):
        yield "the signer is the approver; somebody else signs"
    if review.status == "withdrawn":
        yield "it is withdrawn, and no build publishes it"
    elif review.status != "approved":
        yield "it is not approved: status is draft"
    if not terms("outcomes")[review.facts.outcome].publishes:
        yield "its outcome is not one that is published"
    yield from _disclosure_gaps(review)
    yield from _identities_left(review, redacted)
    if redacted.public_id != review.public_id:
        yield "the text to sign is another review's"


def _disclosure_gaps(review: Review) -> Iterator[str]:
    disclosure = review.disclosure
    if disclosure.proceedings == "pending":
        yield "proceedings are still pending"
    if not disclosure.restrictions:
        yield "nobody has said which reporting restrictions there are (disclosure, restrictions)"
    if disclosure.victims_informed is None:
        yield "nobody has said when victims and families were told (disclosure, victims_informed)"
    if disclosure.considered_by is None or disclosure.considered_on is None:
        yield "nobody has weighed the harm of publishing it (disclosure, considered_by and considered_on)"


def _identities_left(review: Review, redacted: RedactedReview) -> Iterator[str]:
    """The places where an identity that the case declares is still in its public text."""
    if review.declared is None:
        return
    identities = review.declared.identities()
    # the gate's own rule, so that what is signed is not refused at the build
    search = LeakSearch({review.case: identities}, public=published_titles())
    for where, text in _passages(redacted):
        if search.text(text, review.case):
            yield f"a declared identity is left in the public text: {where}"


def _passages(review: RedactedReview) -> Iterator[tuple[str, str]]:
    """Every string that will be public, with its place."""
    yield from (("content_notes", note) for note in review.content_notes)
    for section in review.sections:
        title = terms("sections")[section.key].title
        yield from ((f"{title}, block {place}", block.text) for place, block in enumerate(section.blocks, start=1))
    for lesson in review.lessons:
        for name in ("text", "why", "owner"):
            if value := getattr(lesson, name):
                yield f"lesson {lesson.id}, {name}", value
        yield from ((f"lesson {lesson.id}, update of {u.date}", u.note) for u in lesson.updates if u.note)
    yield from ((f"the note on the change of {change.date}", change.note) for change in review.changes)


def warnings_for_signing(review: Review, confirmed: Collection[str]) -> Iterator[str]:
    """What a signer should know and may accept."""
    missing = checklist.unconfirmed_questions(confirmed)
    if missing:
        yield f"these questions of the checklist were not confirmed: {', '.join(missing)}"
    yield from _out_of_time(review)
    if review.declared is None:
        yield "the case has no register: nobody has said who and what it must not name"
    else:
        yield from _public_by_intention(review.declared)


_NEEDED_ROLES = ("person-on-probation", "victim")
"""Without these nobody can tell from a public text who did what to whom."""


def missing_roles(register: Register | None) -> tuple[str, ...]:
    """The roles of the person on probation and of the victims that nobody has in a register; both where there is none."""
    there = {person.role for person in register.people} if register else set()
    return tuple(role for role in _NEEDED_ROLES if role not in there)


def _public_by_intention(register: Register) -> Iterator[str]:
    labels = {fold_text(term.title): key for key, term in terms("regions").items()}
    for position, place in enumerate(register.places, start=1):
        if fold_text(place) in labels:
            yield (
                f"place no. {position} of the register is also the title of a published region "
                f"({labels[fold_text(place)]}): the gate cannot guard it"
            )
    for position, person in enumerate(register.people, start=1):
        if person.published_as:
            yield f"person no. {position} of the register is published under another name: did the family choose it?"


def _out_of_time(review: Review) -> Iterator[str]:
    """Terms that were not in use in the year of the offence."""
    facts = {"provider": ("providers", review.facts.provider), "supervision": ("supervision", review.facts.supervision)}
    for field, (name, key) in facts.items():
        term = terms(name).get(key or "")
        year = review.facts.offence_year
        if term and isinstance(year, int) and not (term.from_ or 0) <= year <= (term.until or 9999):
            yield f"{field}: {key} was not in use in the year of the offence: check both"


def explain_unfilled(faults: Collection[str]) -> str:
    """Why a draft that is not filled in is left out, with everything in it that is still empty."""
    return "\n  ".join(("a draft, still to be filled in:", *faults))


def public_references(review: Review, text: RedactedReview | None) -> set[str]:
    """The public references that a case has, or was signed under."""
    return {review.public_id, text.public_id} if text else {review.public_id}


def embargo_day(review: Review, text: RedactedReview | None) -> dt.date:
    """The first day on which a case may be published: the signed text holds it back too, whatever its files have said since."""
    return max(review.publish_on, text.publish_on) if text else review.publish_on


def explain_unpublishable(review: Review, text: RedactedReview | None, as_of: dt.date) -> str | None:
    """Why a case is left out on a day, in plain words; None if it may be published. `text` is as it was signed, if it was."""
    return next(_reasons(review, text, as_of), None)


def _reasons(review: Review, text: RedactedReview | None, as_of: dt.date) -> Iterator[str]:
    if review.status == "withdrawn":
        yield "withdrawn"
    if review.status != "approved":
        yield "a draft: nobody has approved it"
    outcome = terms("outcomes")[review.facts.outcome]
    if not outcome.publishes:
        yield f"its outcome ({outcome.title.lower()}) is not one that is published"
    yield from _disclosure_gaps(review)
    disclosure = review.disclosure
    if isinstance(disclosure.victims_informed, dt.date) and disclosure.victims_informed > as_of:
        yield f"victims and families are to be told on {disclosure.victims_informed}"
    if disclosure.considered_on is not None and disclosure.considered_on > as_of:
        yield f"the harm of publishing it is to be weighed on {disclosure.considered_on}"
    if text is None:
        yield f"nobody has signed it: candour sign-off {review.case} --by NAME"
    if (day := embargo_day(review, text)) > as_of:
        yield f"under embargo until {day}"


def normalise_name(name: str) -> str:
    """A name with single spaces, and none at its ends."""
    return " ".join(name.split())
