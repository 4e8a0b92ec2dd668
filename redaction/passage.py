"""A text while it is read: what is worked out of it once, for all who read it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from redaction.forms import Folded, fold
from redaction.gazetteer import country_spans
from redaction.lexicon import term_spans
from redaction.peoples import Span, in_place
from redaction.tagger import Word


@dataclass
class Passage:
    """A text, and what is worked out of it when it is first asked for; `tagged` gives the tagger's words, where it reads along."""

    text: str
    tagged: Callable[[str], tuple[Word, ...]] | None = None

    @cached_property
    def folded(self) -> Folded:
        """The text folded, with the way back."""
        return fold(self.text)

    @cached_property
    def peoples(self) -> tuple[tuple[Span, ...], ...]:
        """Languages and peoples that stand as such, in order, those told in one breath together."""
        return tuple(in_place(self.text, self.folded))

    @cached_property
    def kept(self) -> list[Span]:
        """Where words stand that are no name, unless declared: kept terms, countries of several words, and languages and peoples in their place; sorted."""
        told = [(run[0][0], run[-1][1]) for run in self.peoples]
        return sorted([*term_spans(self.text, self.folded), *country_spans(self.text, self.folded), *told])

    @cached_property
    def words(self) -> tuple[Word, ...] | None:
        """What the tagger makes of the text; None where it is taken out."""
        return self.tagged(self.text) if self.tagged else None

    def likelihood(self, start: int, end: int) -> float | None:
        """How likely the tagger holds the likeliest word of a span to identify somebody; None where it is taken out."""
        if self.words is None:
            return None
        first = bisect_left(self.words, start, key=lambda word: word.end)
        inside = takewhile(lambda word: word.start < end, islice(self.words, first, None))
        return max((word.mask for word in inside), default=0.0)
