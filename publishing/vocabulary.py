"""The words that cases and pages share; the terms themselves are data in vocabulary.yml."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from publishing.files.shipped_data import load_shipped_yaml


class Term(BaseModel):
    """One term: `title` is what readers see; its key in the vocabulary is what addresses use.

    No case is filed under a `coarse` term: signing puts it in place of one `within` it, where an exact one could single
    somebody out. A section with a `file` of its own has no heading in review.md. Supervision that `may_have_ended` tells dates as
    after its `anchor`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    title: str
    aliases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    required: bool = False
    file: str | None = None
    publishes: bool = False
    sexual: bool = False
    anchor: str | None = None
    may_have_ended: bool = False
    from_: int | None = Field(default=None, alias="from")
    until: int | None = None
    replaced_by: str | None = None
    within: str | None = None
    coarse: bool = False


@cache
def vocabulary() -> dict[str, dict[str, Term]]:
    """Every list of terms by its name ("offences", "themes", …), in the order pages show them."""
    data: dict[str, dict[str, Any]] = load_shipped_yaml("publishing", "vocabulary.yml")
    return {name: {key: Term.model_validate(term) for key, term in terms.items()} for name, terms in data.items()}


def terms(name: str) -> dict[str, Term]:
    """The terms of one list."""
    return vocabulary()[name]


def exact_terms(name: str) -> dict[str, Term]:
    """The terms of one list that a case may hold: all but coarse ones, which signing alone puts in place of another."""
    return {key: term for key, term in terms(name).items() if not term.coarse}


def section_headings() -> dict[str, Term]:
    """The sections that are under a heading of review.md: all but those with a file of their own."""
    return {key: term for key, term in terms("sections").items() if not term.file}


def published_titles() -> list[str]:
    """The title of every term: published by intention, so that a search for identities passes them over."""
    return [term.title for known in vocabulary().values() for term in known.values()]


def counted(number: int, one: str, many: str | None = None, *, thousands: Literal["", ","] = "") -> str:
    """A number and its noun: "1 review", "2 reviews"; pages mark thousands ("1,200 lessons"), messages do not."""
    return f"{number:{thousands}} {one if number == 1 else many or f'{one}s'}"


def title(name: str, key: str) -> str:
    """What readers see for a term."""
    return vocabulary()[name][key].title
