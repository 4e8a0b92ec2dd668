"""The tagger, reading each paragraph once, in the background."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from redaction.ner.paragraphs import paragraphs
from redaction.ner.tag_labels import TAG_LABELS
from redaction.ner.tagger import TaggedWord, Tagger

THREADS = 2
"""How many paragraphs are read at a time."""
MOST_PARAGRAPHS = 20_000
"""How many paragraphs' readings are kept at most: some twenty megabytes."""

_Columns = NDArray[np.float32]
"""A row for each word: start and end (code points), mask, replaced, and the position of its kind in TAG_LABELS."""


class TaggerReader:
    """Reads in the background on threads of its own, which end with the review."""

    def __init__(self) -> None:
        self._tagger = Tagger()
        self._kept = _KeptReadings()
        self._known: dict[str, Future[_Columns]] = {}
        self._threads: ThreadPoolExecutor | None = None

    def begin(self, text: str) -> None:
        """Have what is new of a text read while something else is done."""
        for part in paragraphs(text):
            if part not in self._known:
                self._known[part] = self._begin_paragraph(part)

    def read(self, text: str) -> tuple[TaggedWord, ...]:
        """The words of a text, in order."""
        self.begin(text)
        found: list[TaggedWord] = []
        start = 0
        for part in paragraphs(text):
            found += _words(self._known[part].result(), start)
            start += len(part)
        return tuple(found)

    def forget(self) -> None:
        """Keep no word of a review longer than it is worked on, and no thread; of its readings numbers alone are kept."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        for part, reading in self._known.items():
            if not reading.cancelled() and not reading.exception():
                self._kept.put(part, reading.result())
        self._known.clear()

    def _begin_paragraph(self, part: str) -> Future[_Columns]:
        kept = self._kept.get(part)
        if kept is not None:
            reading: Future[_Columns] = Future()
            reading.set_result(kept)
            return reading
        if self._threads is None:
            self._threads = ThreadPoolExecutor(THREADS)
        return self._threads.submit(lambda: _columns(self._tagger.read(part)))


class _KeptReadings:
    """What the tagger read of paragraphs, for when the same review is redacted again: after a decision, or as signed.

    A paragraph is known by a hash with a key of this process alone, so that no word of it is kept, nor can one be guessed.
    """

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._readings: OrderedDict[bytes, _Columns] = OrderedDict()

    def get(self, paragraph: str) -> _Columns | None:
        name = self._name(paragraph)
        if name in self._readings:
            self._readings.move_to_end(name)
        return self._readings.get(name)

    def put(self, paragraph: str, reading: _Columns) -> None:
        self._readings[self._name(paragraph)] = reading
        while len(self._readings) > MOST_PARAGRAPHS:
            self._readings.popitem(last=False)

    def _name(self, paragraph: str) -> bytes:
        return blake2b(paragraph.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32).digest()


def _columns(words: Sequence[TaggedWord]) -> _Columns:
    """As numbers; a paragraph is so short that single precision holds every offset."""
    return np.array([(w.start, w.end, w.mask, w.replaced, TAG_LABELS.index(w.kind)) for w in words], dtype=np.float32)


def _words(columns: _Columns, offset: int) -> Iterator[TaggedWord]:
    for start, end, mask, replaced, kind in columns.tolist():
        yield TaggedWord(offset + int(start), offset + int(end), mask, replaced, TAG_LABELS[int(kind)])
