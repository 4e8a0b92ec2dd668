"""Cases read before: one whose files have not changed is not parsed again.

PRIVATE: kept in `.candour/cases` of the reviews folder, which is as private as the cases; what no case is any more goes with the next build.
Registers are read anew each time: whom the gate looks for is never taken from what was kept.
docs/decisions/0037-cases-are-kept-as-they-were-read.md says why.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.files.cache import Cache, telling_key
from publishing.files.program import hash_program
from publishing.files.reuse import Cause, Reuse
from publishing.intake.case_files import READ_FILES, fingerprint
from publishing.intake.decisions_file import DecisionsFile
from publishing.reviews import Review
from redaction import REGISTER

FOLDER = "cases"
"""The folder beside the other caches."""

_MADE_OF = (Cause.FILES, Cause.FILES, Cause.PROGRAM)

_FILES = tuple(name for name in READ_FILES if name != REGISTER)


class SoundCase(BaseModel):
    """A case without a fault: the review without its register, and what its decisions.yml says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    review: Review
    decided: DecisionsFile


class KeptCases:
    """The cases of one reviews folder as they were read last."""

    def __init__(self, reviews: Path) -> None:
        self._cache = Cache.of_reviews(reviews, FOLDER)
        self._used: set[str] = set()

    def key(self, folder: Path) -> str:
        """Where a case is kept: in a folder of its name, under a hash of the bytes of its files but for its register, and of this program."""
        determined = telling_key(
            determined_by={
                "files": [folder.name, fingerprint(folder, _FILES)],
                "links": [name for name in _FILES if (folder / name).is_symlink()],
                "program": hash_program(),
            }
        )
        return f"{folder.name}/{determined}"

    def find(self, key: str) -> SoundCase | None:
        """What is kept under a key."""
        try:
            case = SoundCase.model_validate_json((self._cache.get(key) or {}).get("case", ""))
        except ValidationError:
            return None
        self._used.add(key)
        return case

    def put(self, key: str, case: SoundCase) -> None:
        """Keep a case."""
        self._used.add(key)
        self._cache.put(key, {"case": case.model_dump_json(exclude={"review": {"declared"}})})

    def drop_unused(self) -> None:
        """Drop what no case of the folder is any more."""
        self._cache.keep_only(self._used)

    def reuse(self) -> Reuse:
        """Which cases were read anew, and why; those that are never kept are not among them."""
        causes = self._cache.find_causes(_MADE_OF)
        return Reuse(len(self._used) - len(causes), {key.rpartition("/")[0]: why for key, why in causes.items()})
