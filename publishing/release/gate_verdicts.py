"""What the gate searched before and found nothing in: a file that has not changed is searched for what was declared since, alone.

PRIVATE: kept in the reviews folder as hashes. Whoever can write there can change registers too, so that this gives nobody more power;
`candour check` asks no earlier verdict. docs/decisions/0034-verdicts-of-the-gate-are-kept.md says why it is sound.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.files.cache import Cache, key_of
from publishing.files.reuse import Cause, Reuse
from redaction import Identity

FOLDER = "gate"
"""The folder beside the other caches."""

_ENTRY = "verdicts"

A_NAME = "a name"
"""What the name of a file is searched as, by itself."""


class GateVerdicts:
    """The verdicts of the last search of a release, and what is still to be searched for in each file.

    Args:
        reviews: the reviews folder.
        rule: a hash of how the gate reads its rule: its code, its libraries, and what is published by intention.
        identities: what each case declares.
        pages: for each public reference every case that claims its page and records.
    """

    def __init__(
        self,
        reviews: Path,
        rule: str,
        identities: Mapping[str, Sequence[Identity]],
        pages: Mapping[str, Collection[str]],
    ) -> None:
        self._cache = Cache.of_reviews(reviews, FOLDER)
        self._rule = rule
        self._pages = frozenset(pages)
        self._cases = _fingerprints(identities, pages)
        self._passed: set[str] = set()
        self._files: dict[str, str] = {}
        last = _parse(self._cache.get(_ENTRY))
        self._worthless = _find_cause(last, rule, self._pages)
        self._passed_before = last.passed if self._worthless is None else frozenset()
        self._unsearched = frozenset(case for case, declared in self._cases.items() if declared not in last.cases)

    def unsearched(self, what: str, data: bytes) -> frozenset[str] | None:
        """The cases whose identities were not searched for in such data; None where it was not searched at all, or not passed."""
        key = _key(what, data)
        if key in self._passed:
            # the open data are the same in Markdown and in HTML
            return frozenset()
        return self._unsearched if key in self._passed_before else None

    def note_passed(self, what: str, data: bytes, file: str = "") -> None:
        """Note that nothing that any case declares is left in such data, the content of a file where that is told."""
        key = _key(what, data)
        self._passed.add(key)
        if file:
            self._files[file] = key

    def reuse_of_files(self) -> Reuse:
        """The contents of which files were searched for everybody, and why."""
        again = {
            file: (self._worthless or (Cause.FILES if self._was_there(file) else Cause.UNSEEN),)
            for file, key in self._files.items()
            if key not in self._passed_before
        }
        return Reuse(len(self._files) - len(again), again)

    def _was_there(self, file: str) -> bool:
        return _key(A_NAME, encode_name(file)) in self._passed_before

    def reuse_of_cases(self) -> Reuse:
        """For which cases the other files were searched again, and why."""
        again = dict.fromkeys(sorted(self._unsearched), (Cause.DECLARED_OR_PAGES,)) if self._passed_before else {}
        return Reuse(len(self._cases) - len(again), again)

    def store(self) -> None:
        """Keep what passed, for the next search; a folder that cannot be written to only costs time."""
        kept = _Kept(
            rule=self._rule, pages=self._pages, cases=frozenset(self._cases.values()), passed=frozenset(self._passed)
        )
        self._cache.put(_ENTRY, kept.model_dump(mode="json"))


class _Kept(BaseModel):
    """What is stored: the rule, the public references, the fingerprints of cases, and the keys of the files that passed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str = ""
    pages: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()


def _find_cause(last: _Kept, rule: str, pages: frozenset[str]) -> Cause | None:
    """Why no verdict of the last search counts any more."""
    if not last.rule:
        return Cause.NEW
    if last.rule != rule:
        return Cause.GATE
    # while a page was somebody's own, its records were not searched
    return None if last.pages <= pages else Cause.PAGES


def _parse(stored: object) -> _Kept:
    try:
        return _Kept.model_validate(stored or {})
    except ValidationError:
        return _Kept()


def _fingerprints(identities: Mapping[str, Sequence[Identity]], pages: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Of each case a hash of what it declares and of the pages that are its own."""
    own: dict[str, list[str]] = {case: [] for case in identities}
    for reference, cases in sorted(pages.items()):
        for case in cases:
            own.setdefault(case, []).append(reference)
    return {
        case: key_of(determined_by={"case": case, "declared": list(map(repr, declared)), "pages": own[case]})
        for case, declared in identities.items()
    }


def encode_name(file: str) -> bytes:
    """The name of a file as what is searched."""
    return file.encode("utf-8", errors="surrogateescape")


def _key(what: str, data: bytes) -> str:
    return hashlib.sha256(encode_name(what) + b"\0" + data).hexdigest()
