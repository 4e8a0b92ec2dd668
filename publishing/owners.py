"""Who lessons are for: each post and body in one spelling, and the agencies whose lessons they are; the words are owners.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from publishing.files.shipped_data import load_shipped_yaml
from publishing.vocabulary import terms


class _KnownOwners(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    spellings: dict[str, tuple[str, ...]]
    others: tuple[str, ...]
    agencies: dict[str, tuple[str, ...]]


@cache
def known_owners() -> _KnownOwners:
    """What owners.yml says."""
    return _KnownOwners.model_validate(load_shipped_yaml("publishing", "owners.yml"))


def spell_owner(owner: str) -> str:
    """A post or body as it is spelled everywhere; one that is not listed stays as it is written."""
    return _spellings().get(_bare(owner), owner)


def owner_agencies(owner: str | None) -> tuple[str, ...]:
    """The agencies, in the vocabulary's order, whose lessons those of an owner are; none where its words tell none."""
    text = _others().sub(" ", _plain(owner or ""))
    return tuple(key for key in terms("agencies") if key in _told_by() and _told_by()[key].search(text))


@cache
def _spellings() -> dict[str, str]:
    known = known_owners().spellings
    return {_bare(written): title for title, others in known.items() for written in (title, *others)}


@cache
def _told_by() -> dict[str, re.Pattern[str]]:
    known = known_owners().agencies
    return {key: _words_pattern(words) for key, words in known.items()}


@cache
def _others() -> re.Pattern[str]:
    return _words_pattern(known_owners().others)


def _words_pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, map(_plain, words)))})\b")


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("&", "and").casefold().split())


def _bare(text: str) -> str:
    return _plain(text).rstrip(".").removeprefix("the ")
