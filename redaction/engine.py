"""Redactor: one review in, safe text out, stage after stage."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence

from redaction.document import Document
from redaction.findings import Finding
from redaction.ner.tagger_reader import TaggerReader
from redaction.policy import Policy
from redaction.presidio import Analyzer, Writer
from redaction.recognizers import RECOGNIZERS
from redaction.register import Register
from redaction.results import Anchor, Decision, Redaction
from redaction.stages.finding import Finder
from redaction.stages.protection import protect
from redaction.stages.rendering import render
from redaction.stages.reporting import report
from redaction.stages.rereading import read_again
from redaction.stages.state import BREAK, State
from redaction.stages.writing import detections_of
from redaction.text.normalise import normalise
from redaction.word_memory import forget_words

MOST_ROUNDS = 10
"""How often at most what was written is read again for more."""


class Redactor:
    """Finds what identifies people in a review and replaces it. Slow to build, quick to use; keep one.

    `without` takes stages out for measuring: names of recognizers, "propagation", "misspellings".
    """

    def __init__(self, policy: Policy | None = None, *, without: frozenset[str] = frozenset()) -> None:
        self.policy = policy or Policy.load()
        recognizers = [r for r in RECOGNIZERS if r.name not in without]
        self._tagger = None if "tagger" in without else TaggerReader()
        entities = (entity for recognizer in recognizers for entity in recognizer.entities)
        self._finder = Finder(Analyzer([r() for r in recognizers]), self.policy, entities, without)
        self._writer = Writer()
        self._at_work = threading.Lock()

    def redact(
        self,
        texts: Sequence[str],
        register: Register | None = None,
        *,
        anchor: Anchor | None = None,
        decisions: Sequence[Decision] = (),
        by_year: Collection[int] = (),
    ) -> Redaction:
        """Redact the texts of one review: a name seen in one is masked in all, under one label.

        What is written is read again until nothing more is found,
        so that redacting twice changes nothing more. Threads take turns.

        `by_year` are the positions of texts whose dates are told by their year alone: in lessons and action plans, beside days
        that are published, a month from the anchor would tell the anchor.
        """
        # the readers hold what they have read: another review's end would forget it in the midst of this one
        with self._at_work:
            try:
                return self._redact(texts, register or Register(), anchor, decisions, frozenset(by_year))
            finally:
                self._forget()

    def _redact(
        self,
        texts: Sequence[str],
        register: Register,
        anchor: Anchor | None,
        decisions: Sequence[Decision],
        by_year: frozenset[int],
    ) -> Redaction:
        identities = register.identities()

        def find_more(written: str) -> list[Finding]:
            return self._finder.find(self._document(written), identities, decisions)[0]

        normalised = normalise(BREAK.join(texts))
        document = self._document(normalised.text)
        findings, people = self._finder.find(document, identities, decisions)
        flaggable = self._finder.flaggable(document)
        state = State(texts, normalised, document, identities, anchor, decisions, findings, people, flaggable, by_year)
        protect(state)
        render(state, self.policy)
        for _ in range(MOST_ROUNDS):
            more = read_again(state, find_more)
            render(state, self.policy)
            if not more:
                break
        return self._result(state)

    def _document(self, text: str) -> Document:
        """A text to read; the tagger begins at once, in the background."""
        if self._tagger:
            self._tagger.begin(text)
        tag = self._tagger.read if self._tagger else None
        return Document(text, tag)

    def _result(self, state: State) -> Redaction:
        detections = detections_of(state.edits, state.texts)
        written = tuple(
            self._writer.write(text, [d for d in detections if d.part == part]) for part, text in enumerate(state.texts)
        )
        flags, doubts, questions = report(state)
        return Redaction(written, tuple(detections), flags, doubts, questions)

    def _forget(self) -> None:
        """Keep no word of a review longer than it is worked on."""
        if self._tagger:
            self._tagger.forget()
        forget_words()
