"""What a build did again and why, in sentences: for `candour build --explain`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publishing.files.reuse import Causes, Reuse

UNCHANGED = "nothing, because nothing that a build reads has changed, nor the site that stands"
"""What there is to say where a site was left as it stands."""

_SHOWN = 10
"""Names that a line lists; of more it says how many they are."""


@dataclass(frozen=True)
class Explanation:
    """What each stage of a build took as it was kept, and what it did again.

    `unkept` are cases that are never kept; `pages` are those that Markdown was converted to, None where no page is kept; `files` are those
    whose contents were searched; `declared` are the cases for which files that passed before were searched.
    """

    cases: Reuse
    unkept: int
    redacted: Reuse
    second_read: Reuse
    pages: Reuse | None
    files: Reuse
    declared: Reuse

    def lines(self) -> Iterator[str]:
        """A line for each stage and each reason."""
        yield from _say("cases read", self.cases)
        if self.unkept:
            yield (
                f"cases read: {self.unkept} more, because a case with faults or empty fields is read each time, and so is one that is written meanwhile"
            )
        yield from _say("cases redacted", self.redacted)
        yield from _say("signed texts read by the second reader", self.second_read)
        if self.pages is None:
            yield "pages converted: all, because none is kept: the disk has no room to spare for them"
        else:
            yield from _say("pages converted", self.pages)
        yield from _say("contents of files searched for everybody", self.files)
        if self.files.kept:
            yield from _say("cases whose identities were looked for in all other files", self.declared)


def _say(done: str, reuse: Reuse) -> Iterator[str]:
    total = reuse.kept + len(reuse.again)
    if not reuse.again:
        yield f"{done}: none of {total}"
    groups: defaultdict[Causes, list[str]] = defaultdict(list)
    for name, causes in sorted(reuse.again.items()):
        groups[causes].append(name)
    for causes, names in groups.items():
        why = " and ".join(causes)
        yield (
            f"{done}: all {total}, because {why}"
            if len(names) == total
            else f"{done}: {len(names)} of {total}, because {why}: {_list(names)}"
        )


def _list(names: Iterable[str]) -> str:
    """The first few of them, fit for a terminal."""
    shown = ["".join(c if c.isprintable() else "?" for c in name) for name in names]
    more = len(shown) - _SHOWN
    return ", ".join(shown[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
