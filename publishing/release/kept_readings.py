"""What came of comparing a case's redactions with its signed text: what decides it has not changed, so it is not compared again.

PRIVATE: kept in `.candour/readings` of the reviews folder, as counts and answers; never a word of a review.
"""

from __future__ import annotations

from pathlib import Path

from publishing.files.cache import Cache, key_of
from publishing.files.program import hash_program

FOLDER = "readings"
"""The folder beside the other caches."""


class KeptReadings:
    """The answers that were worked out for the cases of a reviews folder."""

    def __init__(self, reviews: Path) -> None:
        self._cache = Cache.of_reviews(reviews, FOLDER)
        self._redactions = Cache.of_reviews(reviews)

    def find(self, case: str, decided_by: list[str], redactions: list[str]) -> str | None:
        """An answer that is kept, as long as every redaction that it was worked out from is kept too.

        Args:
            case: whose it is.
            decided_by: hashes of all that decides it beside this program and the redactions.
            redactions: the keys of these in the cache.
        """
        if not all(map(self._redactions.touch, redactions)):
            return None
        answer = (self._cache.get(_key(case, decided_by, redactions)) or {}).get("answer")
        return answer if isinstance(answer, str) else None

    def put(self, case: str, decided_by: list[str], redactions: list[str], answer: str) -> None:
        """Keep an answer."""
        self._cache.put(_key(case, decided_by, redactions), {"answer": answer})

    def sweep(self) -> None:
        """Drop what no build has asked for in a long time."""
        self._cache.sweep()


def _key(case: str, decided_by: list[str], redactions: list[str]) -> str:
    key = key_of(determined_by={"program": hash_program(), "decided by": decided_by, "redactions": redactions})
    return f"{case}/{key}"
