"""The words of published reviews, for a reader who spelt one of them otherwise."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from publishing.reviews import RedactedReview

FILE = "words.json"
_LEAST, _MOST = 3, 8_000
_LABEL = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[a-z]{4,}")


def write_known_words(folder: Path, reviews: Sequence[RedactedReview]) -> None:
    """Write each word that three reviews or more have, with how many have it; a page fetches it where nothing was found.

    A word of one or two may be a slip of the pen, and is no help to anybody. Numbers stand between the words, so that no two
    of them make a name.
    """
    counts = Counter(word for review in reviews for word in _words_of(review))
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[
        :_MOST
    ]  # ties too in the same order on each machine
    known = sorted(pair for pair in most if pair[1] >= _LEAST)
    path = folder / FILE
    path.write_text(json.dumps(known, separators=(",", ":")), encoding="utf-8", newline="\n")


def _words_of(review: RedactedReview) -> set[str]:
    return {word for text in review.strings() for word in _WORD.findall(_LABEL.sub(" ", text).lower())}
