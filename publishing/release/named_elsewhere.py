"""What a case declares and the published site says already, of somebody or something else: told at signing, before a release stops."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from publishing.release import gate
from publishing.reviews import Review
from redaction import Identity

_MOST_TOLD = 3

Stamp = tuple[str, int, int]
"""A page's name, when it was written and how long it is."""

_SECRET, _MOST_ANSWERS = secrets.token_bytes(32), 8
_answers: dict[bytes, tuple[str, ...]] = {}
"""Names of pages by a keyed hash of what was asked: whom a register declares is nobody's to remember."""


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


def _pages_that_hold(case: str, identities: Sequence[Identity], root: Path, pages: Sequence[Stamp]) -> tuple[str, ...]:
    """The pages; the page of signing is shown again and again, and a search takes about a second for 400 pages."""
    asked = hmac.digest(_SECRET, repr((case, identities, root, pages)).encode(), "sha256")
    found = _answers.get(asked)
    if found is None:
        found = tuple(_search(case, identities, root, pages))
        if len(_answers) >= _MOST_ANSWERS:
            _answers.clear()  # another thread may do so at any moment
        _answers[asked] = found
    return found


def _search(case: str, identities: Sequence[Identity], root: Path, pages: Sequence[Stamp]) -> Iterator[str]:
    guard = gate.DeclaredIdentities({case: tuple(identities)})
    search = guard.search()
    for name, *_ in pages:
        if any(gate.find_hits_in_bytes(name, (root / name).read_bytes(), search, guard.pages)):
            yield name
