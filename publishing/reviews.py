"""The two types that flow through the house: a private Review and a RedactedReview that may be public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from redaction import Entity, Register

NO_RESPONSE = "no-response"
"""The status of a lesson of which nobody has said what was done."""


class Model(BaseModel):
    """Immutable; a field nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyFacts(Model):
    """The facts of a review that its page, the filters and the data show: keys of vocabulary.yml.

    Where the exact year would single somebody out, signing makes it a period, such as "2015-2019".
    """

    outcome: str
    offence: str
    offence_year: int | Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
    region: str
    provider: str | None = None
    supervision: str
    risk_of_serious_harm: str
    mappa_level: Literal[1, 2, 3] | None = None
    agencies: tuple[str, ...]
    themes: tuple[str, ...]
    reasonable_steps: str
    quality_rating: str | None = None


class Block(Model):
    """A paragraph, list, table, quotation, sub-heading or footnote, as Markdown.

    `number` is its permanent anchor (`#p12`), given when the review is signed; sub-headings and footnotes have none.
    """

    text: str
    number: int | None = None


class Section(Model):
    """A standard section: `key` is one of vocabulary.yml's sections."""

    key: str
    blocks: tuple[Block, ...]


class Update(Model):
    """What was said of a lesson on a day."""

    date: dt.date
    status: str
    note: str | None = None


class Lesson(Model):
    """One lesson. In a RedactedReview its updates are the signed ones, up to the day of the build, oldest first.

    `same_as` are lessons of other reviews ("2024-001/3") of which a person said that they are the same.
    """

    id: int = Field(ge=1)
    text: str
    why: str | None = None
    themes: tuple[str, ...] = ()
    level: str
    owner: str | None = None
    response: str | None = None
    due: str | None = None
    updates: tuple[Update, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[Update, ...]:
        """What was said of it: an update that says only that nobody answered is no answer."""
        return tuple(update for update in self.updates if update.status != NO_RESPONSE)

    @property
    def status(self) -> str:
        """The newest answer's status: that nobody answered since takes nothing back. Without any, "no-response"."""
        return max(self.answers, key=lambda update: update.date).status if self.answers else NO_RESPONSE


class Change(Model):
    """A correction of a published text: what was changed on a day, in the signer's words. Public."""

    date: dt.date
    note: str = Field(min_length=1)


class Disclosure(Model):
    """What was weighed before anyone outside sees a word; None is what nobody has done yet."""

    proceedings: Literal["concluded", "none", "pending"]
    restrictions: tuple[str, ...]
    victims_informed: dt.date | str | None = None
    considered_by: str | None = None
    considered_on: dt.date | None = None


class Rewrite(Model):
    """A passage of a review that a person put into other words, kept beside the source. PRIVATE.

    `passage` is a block as the source has it, `words` what is redacted and published in its place; `places` are its section
    and position there, as often as it stands in the source: none where it no longer fits.
    """

    passage: str
    words: str
    by: str
    on: dt.date
    reason: str
    second: str | None = None
    places: tuple[tuple[str, int], ...] = ()

    def __repr__(self) -> str:
        """No word of the review."""
        return "Rewrite()"

    __str__ = __repr__


class ReviewText(Model):
    """What of a case can be read and decided about before its facts are filled in. PRIVATE: holds original words.

    The blocks of `sections` are as `rewrites` have them; `lessons` carry every update the case folder has; `declared` is its
    register, None where it has none.
    """

    case: str
    content_notes: tuple[str, ...] = ()
    sections: tuple[Section, ...]
    lessons: tuple[Lesson, ...] = ()
    declared: Register | None = None
    rewrites: tuple[Rewrite, ...] = ()

    def __repr__(self) -> str:
        """Only the case: a review must never reach a log or a traceback."""
        return f"{type(self).__name__}({self.case!r})"

    __str__ = __repr__


class Review(ReviewText):
    """An approved review as its case folder has it. PRIVATE: holds original words.

    A draft may have no approver yet. `not_same_as` are, for lessons by their own references ("2025-001/1"), those of other reviews of which
    a person said that they only look alike; never published.
    """

    public_id: str
    status: Literal["draft", "approved", "withdrawn"]
    approved_by: str | None = None
    approved_on: dt.date | None = None
    publish_on: dt.date
    facts: KeyFacts
    anchor: dt.date | None = None
    notified: str | None = None
    completed: str | None = None
    reassess_by: dt.date | None = None
    disclosure: Disclosure
    not_same_as: dict[str, tuple[str, ...]] = {}


class RedactedReview(Model):
    """Everything of a review that may be public, and nothing else: the only type that site/ and catalogue/ accept.

    `redactions` counts what was replaced, by kind of detail; a count under five is None, never shown. A text signed before
    December 2026 has no kind of which nothing was replaced: `told_redactions` is what its page shows. `took` is the
    band of months between notification and completion.
    `changes` are the corrections since it was first published, oldest first.
    """

    format: Literal[1] = 1
    public_id: str
    publish_on: dt.date
    facts: KeyFacts
    content_notes: tuple[str, ...]
    sections: tuple[Section, ...]
    lessons: tuple[Lesson, ...]
    redactions: dict[str, int | None]
    took: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def told_redactions(self) -> dict[str, int | None]:
        """The counts as they are published: of every kind, so that none is told apart from few."""
        return {**{str(kind): self.redactions.get(str(kind)) for kind in Entity}, **self.redactions}

    def strings(self) -> Iterator[str]:
        """Every string of prose that will be public, in page order."""
        yield from self.content_notes
        for section in self.sections:
            yield from (block.text for block in section.blocks)
        for lesson in self.lessons:
            yield from (text for text in (lesson.text, lesson.why, lesson.owner) if text)
            yield from (update.note for update in lesson.updates if update.note)
        yield from (change.note for change in self.changes)


def lesson_reference(review: Review | RedactedReview, lesson: Lesson) -> str:
    """A lesson's public reference: 2024-001/3."""
    return f"{review.public_id}/{lesson.id}"


class Withdrawal(Model):
    """A page that was taken down: its address stays and says so. Public."""

    public_id: str
    on: dt.date
    reason: str


class Edition(Model):
    """An annual report as it was published: it stays so while every review that it counts stands as it counted it. Public.

    `reviews` are the reviews that it knows, each with the hash of its text (without updates). `same` are the groups of lessons that it
    tells as the same, by their references; None in one of before there were any. `page` is its Markdown, `foreword` plain text in
    paragraphs; both are empty once a review was withdrawn or corrected, or such a group is none any more, and it is then counted again.
    """

    year: int = Field(ge=1900, le=9999)
    as_of: dt.date
    reviews: dict[Annotated[str, Field(pattern=r"^\d{4}-\d{3}$")], str]
    same: tuple[tuple[str, ...], ...] | None = None
    page: str = ""
    foreword: str = ""
