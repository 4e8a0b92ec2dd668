"""What a case declares and the published site says already, of somebody or something else: told at signing, before a release stops."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from publishing.release import gate
from publishing.reviews import Review
from redaction import Identity

_MOST_TOLD = 3

Stamp = tuple[str, int, int]
"""A page's name, when it was written and how long it is."""


def describe_named_elsewhere(review: Review, out: Path) -> tuple[str, ...]:
    """That pages which are not the case's own hold what it declares, and what to do; nothing where none does.

    Args:
        review: the case.
        out: where the site is; its Markdown is searched, by the gate's own rule.
    """
    if review.declared is None:
        return ()
    root = out / "markdown"
    others = tuple(stamp for stamp in _stamps(root) if not stamp[0].startswith(f"reviews/{review.public_id}/"))
    found = _pages_that_hold(review.case, review.declared.identities(), root, others)
    if not found:
        return ()
    more = f" and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
    return (
        f"the published site holds something that the register declares ({', '.join(found[:_MOST_TOLD])}{more}): the next "
        "release may stop. If that page speaks of this case, change the page. If it means somebody or something else of "
        "the same name, say so in register.yml under namesakes, with the reason",
    )


def _stamps(root: Path) -> Iterator[Stamp]:
    for path in sorted(root.rglob("*.md")):
        state = path.stat()
        yield path.relative_to(root).as_posix(), state.st_mtime_ns, state.st_size


@lru_cache(maxsize=8)  # the page of signing is shown again and again, and a search takes about a second for 400 pages
def _pages_that_hold(
    case: str, identities: tuple[Identity, ...], root: Path, pages: tuple[Stamp, ...]
) -> tuple[str, ...]:
    guard = gate.DeclaredIdentities({case: identities})
    search = guard.search()
    return tuple(
        name
        for name, *_ in pages
        if any(gate.find_hits_in_bytes(name, (root / name).read_bytes(), search, guard.pages))
    )
