"""What a case declares and the published site says already, of somebody or something else: told at signing, before a release stops."""

from __future__ import annotations

from pathlib import Path

from publishing.release import gate
from publishing.reviews import Review

_MOST_TOLD = 3


def describe_named_elsewhere(review: Review, out: Path) -> tuple[str, ...]:
    """That pages which are no review's own hold what a case declares, and what to do; nothing where none does.

    Args:
        review: the case.
        out: where the site is; its Markdown is searched, by the gate's own rule.
    """
    if review.declared is None:
        return ()
    guard = gate.DeclaredIdentities({review.case: review.declared.identities()})
    search, root = guard.search(), out / "markdown"
    pages = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*.md")))
    found = [
        name
        for name in pages
        if not name.startswith("reviews/")
        and any(gate.find_hits_in_bytes(name, (root / name).read_bytes(), search, guard.pages))
    ]
    if not found:
        return ()
    more = f" and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
    return (
        f"the published site holds something that the register declares ({', '.join(found[:_MOST_TOLD])}{more}): the next "
        "release would stop. If that page speaks of this case, change the page. If it means somebody or something else of "
        "the same name, say so in register.yml under namesakes, with the reason",
    )
