"""The tagger, reading each paragraph of a review once, in the background."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from redaction.ner.paragraphs import paragraphs
from redaction.ner.tagger import TaggedWord, Tagger

THREADS = 2
"""How many paragraphs are read at a time."""


class TaggerReader:
    """Reads in the background on threads of its own, which end with the review."""

    def __init__(self) -> None:
        self._tagger = Tagger()
        self._known: dict[str, Future[tuple[TaggedWord, ...]]] = {}
        self._threads: ThreadPoolExecutor | None = None

    def begin(self, text: str) -> None:
        """Have what is new of a text read while something else is done."""
        new = [part for part in paragraphs(text) if part not in self._known]
        if new and self._threads is None:
            self._threads = ThreadPoolExecutor(THREADS)
        for part in new:
            if part not in self._known:
                assert self._threads is not None
                self._known[part] = self._threads.submit(self._tagger.read, part)

    def read(self, text: str) -> tuple[TaggedWord, ...]:
        """The words of a text, in order."""
        self.begin(text)
        found: list[TaggedWord] = []
        start = 0
        for part in paragraphs(text):
            words = self._known[part].result()
            found += (TaggedWord(start + w.start, start + w.end, w.mask, w.replaced, w.kind) for w in words)
            start += len(part)
        return tuple(found)

    def forget(self) -> None:
        """Keep no word of a review longer than it is worked on, and no thread."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        self._known.clear()
