"""Published reviews that are like one to be signed: how many share its key facts, and what to leave out so that more do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from publishing.reviews import KeyFacts
from publishing.vocabulary import counted

_TOGETHER = {
    "supervision": "supervision",
    "mappa_level": "MAPPA level",
    "risk_of_serious_harm": "risk of serious harm",
    "provider": "provider",
}
"""Facts that tell much together and that no national count holds against each other."""

_OPTIONAL = ("mappa_level", "provider")
"""Those that a case may leave out."""


def describe_published_alike(facts: KeyFacts, published: Sequence[KeyFacts]) -> Iterator[str]:
    """How many of the other published reviews share a review's key facts, in sentences for its signer; none where none is published.

    Args:
        facts: as they are to be published.
        published: those of every other published review.
    """
    if not published:
        return
    sharing = sum(facts == other for other in published)
    together = _count_sharing(facts, published, _TOGETHER)
    yield (
        f"Of {counted(len(published), 'other published review')}, {_number(sharing)} all its key facts, and {_number(together)} its "
        f"{_list(_TOGETHER.values())} together."
    )
    if not together:
        yield _advise(facts, published)


def _advise(facts: KeyFacts, published: Sequence[KeyFacts]) -> str:
    """What to leave out so that another review shares the rest: as little as possible."""
    given = [name for name in _OPTIONAL if getattr(facts, name) is not None]
    for size in range(1, len(given) + 1):
        ways = [
            (_count_sharing(facts, published, _TOGETHER.keys() - {*left_out}), left_out)
            for left_out in combinations(given, size)
        ]
        most, left_out = max(ways, key=lambda way: way[0])
        if most:
            named = _list(_TOGETHER[name] for name in left_out)
            return f"No other review has these together. Without its {named}, {_number(most)} the rest: leave that out of the key facts if it is not needed."
    return (
        "No other review has these together, and leaving out what may be left out does not change that: read the text as somebody would "
        "who knows all of them."
    )


def _count_sharing(facts: KeyFacts, published: Sequence[KeyFacts], names: Iterable[str]) -> int:
    compared = tuple(names)
    return sum(all(getattr(facts, name) == getattr(other, name) for name in compared) for other in published)


def _number(count: int) -> str:
    return f"{count or 'none'} {'shares' if count < 2 else 'share'}"


def _list(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
