"""The tagger: a small network, trained for this work, that tells for each word whether it would identify somebody, and how.

Its weights, its word pieces and its thresholds lie in redaction/ner/model/, with a card that says what it was trained on, what it
is not for and where it fails. It is read by ONNX Runtime on the processor; nothing is sent or fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events
from tokenizers import Tokenizer

from redaction.errors import ModelError
from redaction.ner.tag_labels import TAG_LABELS, TagLabel
from redaction.ner.word_pieces import WordPieces, windows, word_pieces

FOLDER = files("redaction.ner").joinpath("model")
"""The model that ships."""
MODEL = "tagger.onnx"
PIECES = "tokenizer.json"
SUMS = "checksums.txt"


_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


_FLAG = TAG_LABELS.index(TagLabel.FLAG)
assert len(TAG_LABELS) - 1 == _FLAG, "the kinds that policy replaces come before the one that it flags"


class TaggedWord(NamedTuple):
    """A word as the tagger reads it; offsets are code points.

    `mask` is the probability that it identifies somebody, `replaced` that it does and is of a kind that policy replaces, and `kind`
    the likeliest of those kinds.
    """

    start: int
    end: int
    mask: float
    replaced: float
    kind: TagLabel


class Tagger:
    """Reads paragraphs, from any thread; slow to build, quick to use.

    The same paragraph always gives the same words, whatever is around it.
    """

    def __init__(self, folder: Traversable = FOLDER) -> None:
        """Load the model.

        Raises:
            ModelError: a file is missing, or not the one that the folder's list of checksums names.
        """
        # on Windows ONNX Runtime hands events to the system, and obeys this alone
        disable_telemetry_events()
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        self._session = InferenceSession(
            _checked(folder, MODEL),
            options,
            providers=["CPUExecutionProvider"],
            # a sum and its norm in two steps take a fifth less time than in one
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        self._tokenizer = Tokenizer.from_str(_checked(folder, PIECES).decode("utf-8"))

    def read(self, paragraph: str) -> tuple[TaggedWord, ...]:
        """The words of a paragraph, in order; offsets are code points of the paragraph."""
        read = word_pieces(self._tokenizer, paragraph)
        return tuple(_words(paragraph, read, self._probabilities(read))) if len(read) else ()

    def _probabilities(self, read: WordPieces) -> NDArray[np.float32]:
        """For each piece the probability of mask and, as shares of one, of each kind; where windows overlap their mean."""
        total = np.zeros((len(read), 1 + len(TAG_LABELS)), dtype=np.float32)
        times = np.zeros((len(read), 1), dtype=np.float32)
        seen: dict[tuple[tuple[int, ...], tuple[int, ...]], NDArray[np.float32]] = {}
        for first, last in windows(read, ()):
            if not read.has_letters(first, last):
                # numbers alone tell nothing: rules know their shapes
                times[first:last] += 1
                continue
            # what is repeated a thousand times is read once
            window = read.ids[first:last], read.shapes[first:last]
            if window not in seen:
                seen[window] = self._shares(*read.window(first, last))
            total[first:last] += seen[window]
            times[first:last] += 1
        return total / times

    def _shares(self, ids: list[int], shapes: list[int]) -> NDArray[np.float32]:
        """One window at a time: in a batch the scale of eight-bit numbers would depend on the neighbours."""
        (logits,) = self._session.run(None, {"ids": np.array([ids]), "shapes": np.array([shapes])})
        return _normalised(logits[0, 1:-1])


def _normalised(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    mask = 1.0 / (1.0 + np.exp(-logits[:, :1]))
    kinds = np.exp(logits[:, 1:] - logits[:, 1:].max(axis=1, keepdims=True))
    return np.concatenate([mask, kinds / kinds.sum(axis=1, keepdims=True)], axis=1)


def _words(text: str, read: WordPieces, found: NDArray[np.float32]) -> Iterator[TaggedWord]:
    """Whole words: as likely as their likeliest piece, of the kinds of all their pieces."""
    spans: list[tuple[int, int]] = []
    rows: list[int] = []
    position = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while position < len(read) and read.spans[position][1] <= start:
            position += 1
        last = position
        while last < len(read) and read.spans[last][0] < end:
            last += 1
        if last > position:
            spans.append((start, end))
            rows += (position, last)
    if not spans:
        return
    # every other segment lies between two words; the row added is never summed, it lets the last one end
    found = np.concatenate([found, found[-1:]])
    masks = np.maximum.reduceat(found[:, 0], rows)[::2]
    shares = np.add.reduceat(found[:, 1:], rows, axis=0)[::2] / np.subtract(rows[1::2], rows[::2])[:, None]
    replaced = masks * (1.0 - shares[:, _FLAG])
    kinds = shares[:, :_FLAG].argmax(axis=1)
    for (start, end), mask, hidden, kind in zip(spans, masks.tolist(), replaced.tolist(), kinds.tolist(), strict=True):
        yield TaggedWord(start, end, mask, hidden, TAG_LABELS[kind])


def _checked(folder: Traversable, name: str) -> bytes:
    """A file of the model, if it is the very one that was shipped.

    Raises:
        ModelError: it is missing or another.
    """
    data = _bytes(folder, name)
    if f"{hashlib.sha256(data).hexdigest()}  {name}" not in _bytes(folder, SUMS).decode("utf-8").splitlines():
        raise ModelError(name)
    return data


def _bytes(folder: Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError:
        raise ModelError(name) from None
