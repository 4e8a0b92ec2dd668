"""What a stage of a build took from what was kept, and what it did again, with why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_SHORT, _WHOLE = "[0-9a-f]{10}", "[0-9a-f]{64}"


class Cause(StrEnum):
    """Why things were done again, in the words that people read."""

    NEW = "nothing usable was kept of them"
    UNSEEN = "they were not there before"
    FILES = "their files changed"
    TEXT = "their text changed"
    DECLARED = "what their registers declare changed"
    ANCHOR = "the day from which their dates are told changed"
    DECISIONS = "what was decided about them changed"
    DECLARED_OR_PAGES = "what their registers declare, or which pages are their own, changed"
    PAGES = "a page is no case's own any more"
    PROGRAM = "Candour, its settings or its libraries changed"
    GATE = "Candour, its libraries, a published term or a name that a family chose changed"


Causes = tuple[Cause, ...]


@dataclass(frozen=True)
class Reuse:
    """How many things one stage took as they were kept, and which it did again: by name, each with every cause."""

    kept: int
    again: Mapping[str, Causes]


def find_causes(made: Iterable[str], before: Iterable[str], made_of: Sequence[Cause]) -> dict[str, Causes]:
    """Why each entry was made: in what its key differs from the nearest of the same subject's that was there before.

    Args:
        made: keys that end as `cache.telling_key` makes them; what comes before says whose they are.
        before: the keys that were there before; what else is among them counts for nothing.
        made_of: what a change of each part of such a key means, in the order of its parts.
    """
    earlier: defaultdict[str, list[list[str]]] = defaultdict(list)
    for subject, parts in (_split(key, len(made_of)) for key in before):
        earlier[subject].append(parts)
    split = {key: _split(key, len(made_of)) for key in made}
    return {key: _differences(parts, earlier[subject], made_of) for key, (subject, parts) in split.items()}


def _split(key: str, number: int) -> tuple[str, list[str]]:
    """Whose an entry is, and the short hash of each part of its key."""
    match = re.fullmatch(rf"(.+)[/-]((?:{_SHORT}-){{{number}}}){_WHOLE}", key, re.DOTALL)
    return (match[1], match[2].split("-")[:-1]) if match else (key, [])


def _differences(parts: Sequence[str], earlier: Iterable[Sequence[str]], made_of: Sequence[Cause]) -> Causes:
    found = []
    for others in earlier:
        pairs = zip(made_of, parts, others, strict=True)
        found.append(tuple(dict.fromkeys(cause for cause, one, other in pairs if one != other)))
    return min(found, key=len, default=()) or (Cause.NEW,)
