"""The words that signed texts use: what is usual is no news in a paper. Each text is read again only when it is signed anew."""

from __future__ import annotations

import sys
from pathlib import Path

from publishing import intake
from publishing.checking import press_check, signature_files

_ENOUGH_TEXTS = 10


class SignedWords:
    """The words of the signed texts of one reviews folder."""

    def __init__(self, reviews: Path) -> None:
        self._reviews = reviews
        self._known: dict[str, tuple[object, frozenset[str] | None]] = {}

    def usual(self, folder: Path) -> frozenset[str]:
        """The words of every other case's signed text; none where there are too few texts to say what is usual."""
        others = (other for other in intake.case_folders(self._reviews) if other.name != folder.name)
        known = [words for words in map(self._words, others) if words is not None]
        return frozenset().union(*known) if len(known) >= _ENOUGH_TEXTS else frozenset()

    def _words(self, folder: Path) -> frozenset[str] | None:
        """The words of a case's signed text, verified or not; None where nobody signed it."""
        try:
            about = (folder / signature_files.SIGNED).stat()
        except OSError:
            return None
        state = (about.st_ino, about.st_size, about.st_mtime_ns)
        known = self._known.get(folder.name)
        if known is None or known[0] != state:
            text = signature_files.load_unverified_text(folder)
            # most words are those of other texts too
            words = press_check.comparable_words(list(text.strings())) if text else None
            known = self._known[folder.name] = (state, words and frozenset(map(sys.intern, words)))
        return known[1]
