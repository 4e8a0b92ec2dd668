"""What reviews commend as good practice, point by point, where it seems to tell of nobody but those who did their work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from publishing import prose
from publishing.files.shipped_data import load_shipped_yaml
from publishing.reviews import Block, RedactedReview
from redaction import LABEL, ROLES, is_only_a_word, is_retained

SECTION = "good-practice"
"""The section of a review that sets it out."""

_TYPED_NUMBER = re.compile(r"\d+\.[\d.]*\s+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_BEGINS, _ENDS = re.compile(r"[\"“‘(]?[A-Z\[]"), re.compile(r"[.!?][\"”’)]?$")
_LEAST_WORDS = 6
"""A sentence of fewer is often none ("The pre-sentence report."); a label counts as one word."""

_WITH_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_A-Z]\w*")


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[str, ...]
    people: str
    harm: str
    first_person: str


@dataclass(frozen=True)
class PracticePoint:
    """One point as plain words, with the permanent number of its paragraph in the review, if it has one."""

    review: RedactedReview
    text: str
    number: int | None


def practice_points(reviews: Iterable[RedactedReview]) -> tuple[PracticePoint, ...]:
    """The points of good practice of reviews, in their order: each paragraph and each item of a list is one.

    Sub-headings, footnotes, tables and fragments are left to the review's own page; and so is what seems to tell of a victim, a
    relative or the like, as far as labels and words show it: beside them often stands what was done to them.
    """
    return tuple(
        PracticePoint(review, line, block.number)
        for review in reviews
        for section in review.sections
        if section.key == SECTION
        for block in section.blocks
        for line in _lines(block)
    )


def _lines(block: Block) -> Iterator[str]:
    if prose.is_heading(block.text) or prose.is_table(block.text) or prose.note_label(block.text) is not None:
        return
    for line in prose.plain(block.text).splitlines():
        words = _TYPED_NUMBER.sub("", line.strip(), count=1)
        if _is_whole(words) and not _tells_of_others(words):
            yield words


def _is_whole(words: str) -> bool:
    """Whether this can stand by itself: sentences, one of them of some length, in nobody's first person."""
    sentences = _BETWEEN_SENTENCES.split(LABEL.sub("[x]", words))
    return (
        bool(_BEGINS.match(words) and _ENDS.search(words))
        and any(len(sentence.split()) >= _LEAST_WORDS for sentence in sentences)
        and not _first_person().search(_QUOTED.sub("", words))
    )


def _tells_of_others(words: str) -> bool:
    """Whether it seems to: by a label, by a word, or by what may be a name that a family chose to be published."""
    said = LABEL.sub(" ", words)
    return bool(_labels_of_others().search(words) or _words_of_others().search(said)) or not all(
        is_only_a_word(word) or is_retained(word) for word in _WITH_CAPITAL.findall(said)
    )


@cache
def _labels_of_others() -> re.Pattern[str]:
    """The label of somebody who was not there to do a job: a victim, a child, a witness, the person on probation."""
    roles = "|".join(re.escape(role.label) for role in ROLES.values() if not role.staff)
    return re.compile(rf"\[(?:(?:{roles})(?: \d+)?|(?:{'|'.join(map(re.escape, _words().labels))})\b[^\]]*)\]")


@cache
def _words_of_others() -> re.Pattern[str]:
    return _any_of(f"{_words().people} {_words().harm}")


@cache
def _first_person() -> re.Pattern[str]:
    return _any_of(_words().first_person)


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words.split()))})\b", re.IGNORECASE)


@cache
def _words() -> _Words:
    """The words and labels that leave a point out: good_practice.yml."""
    return _Words.model_validate(load_shipped_yaml("publishing.catalogue", "good_practice.yml"))
