"""A text while it is read: what is worked out of it once, for all who read it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile

from redaction.findings import Finding
from redaction.lexicon.gazetteer import country_spans
from redaction.lexicon.nationalities import find_nationalities
from redaction.lexicon.retained_terms import retained_spans
from redaction.ner.tagger import TaggedWord
from redaction.spans import Span
from redaction.text.folding import Folded, fold
from redaction.text.tokens import Tokens
from redaction.vetoes.rules import Veto
from redaction.vetoes.table import vetoes_in


@dataclass
class Document:
    """A text, and what is worked out of it when it is first asked for.

    `tag` gives the tagger's words, where it reads along. `found` is what each recognizer that has read the text found, by its name.
    """

    text: str
    tag: Callable[[str], tuple[TaggedWord, ...]] | None = None
    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    @cached_property
    def folded(self) -> Folded:
        """The text folded, with the way back."""
        return fold(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """The text as tokens."""
        return Tokens(self.text)

    @cached_property
    def nationalities(self) -> tuple[tuple[Span, ...], ...]:
        """Languages and peoples meant as such, in order, those told in one breath together."""
        return tuple(tuple(Span(*span) for span in run) for run in find_nationalities(self.text, self.folded))

    @cached_property
    def retained(self) -> list[Span]:
        """Where words are no name unless declared: retained terms, countries of several words, nationalities; sorted."""
        told = [Span(run[0].start, run[-1].end) for run in self.nationalities]
        terms = [*retained_spans(self.text, self.folded), *country_spans(self.text, self.folded)]
        return sorted([*(Span(*span) for span in terms), *told])

    @cached_property
    def vetoes(self) -> tuple[Veto, ...]:
        """What is no date, age, person or quantity, whoever reads; sorted."""
        return vetoes_in(self.text, self.tokens)

    @cached_property
    def tagged_words(self) -> tuple[TaggedWord, ...] | None:
        """What the tagger makes of the text; None where it does not read along."""
        return self.tag(self.text) if self.tag else None

    def likelihood(self, start: int, end: int) -> float | None:
        """How likely the tagger holds the likeliest word of a span to identify somebody; None where it does not read along."""
        if self.tagged_words is None:
            return None
        first = bisect_left(self.tagged_words, start, key=lambda word: word.end)
        inside = takewhile(lambda word: word.start < end, islice(self.tagged_words, first, None))
        return max((word.mask for word in inside), default=0.0)
