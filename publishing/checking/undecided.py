"""What the engine points out and nobody has decided: flagged details, and doubts of the tagger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publishing.checking.withheld_facts import is_withheld
from publishing.vocabulary import counted
from redaction import Decision, Doubt, Flag, Policy, Redaction, decision_spans

_ALWAYS_HELD = frozenset({"details:event"})
"""Flags that nobody signs undecided, whatever policy says: one event with a public date tells when everything was."""


@dataclass(frozen=True, repr=False)
class Undecided:
    """Flags and doubts of one review that no decision covers, in the text's order."""

    flags: tuple[Flag, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.flags or self.doubts)

    def counts(self) -> dict[str, int]:
        """How many of each kind, never a word of them: what sort of detail a flag is, and "doubt"."""
        kinds = Counter(flag.source.rpartition(":")[2] for flag in self.flags)
        kinds.update({"doubt": len(self.doubts)} if self.doubts else {})
        return dict(sorted(kinds.items()))


def find_undecided(texts: Sequence[str], redaction: Redaction, decisions: Sequence[Decision]) -> Undecided:
    """The flags and doubts of a redaction that a person has still to decide.

    Args:
        texts: the texts as they went into the redaction.
        redaction: what came out.
        decisions: those of the case. A flag or doubt is decided where the words of one cover it, whatever it says; what tells a
            withheld fact where whoever decided knew that, or wrote what stands in its place.
    """
    spans = [decision_spans(text, decisions) if decisions else [] for text in texts]
    # that a date is rightly found does not say that its year may be told where the key facts hold it back
    knowing = [d for d in decisions if d.knowing or (d.action == "add" and d.replacement)]
    knowing_spans = [decision_spans(text, knowing) if knowing else [] for text in texts]

    def is_open(found: Flag | Doubt) -> bool:
        first, last = _without_stops(texts[found.part], found.start, found.end)
        decided = knowing_spans if isinstance(found, Flag) and is_withheld(found) else spans
        return not any(start <= first and last <= end for start, end in decided[found.part])

    return Undecided(tuple(filter(is_open, redaction.flags)), tuple(filter(is_open, redaction.doubts)))


def _without_stops(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the signs at its ends, such as a full stop: decisions are about words."""
    while end - start > 1 and not text[end - 1].isalnum():
        end -= 1
    while end - start > 1 and not text[start].isalnum():
        start += 1
    return start, end


def refusals_for_undecided(left: Undecided, policy: Policy) -> Iterator[str]:
    """Why a review may not be signed while this is undecided, as policy says."""
    held = held_by_policy(left, policy)
    if held.flags:
        yield f"nobody decided {describe_undecided(Undecided(held.flags))}: decide each one in the workbench"
    if held.doubts:
        yield f"nobody decided {describe_undecided(Undecided((), held.doubts))} of which the tagger is sure to {policy.doubts_hold:.0%} or more: decide each one in the workbench"


def refusals_for_note(
    note: str, texts: Sequence[str], redaction: Redaction, decisions: Sequence[Decision], policy: Policy
) -> Iterator[str]:
    """Why a note that is one of the texts of a redaction may not be signed, as policy says; the other texts do not count."""
    left = find_undecided(texts, redaction, decisions)
    flags = tuple(flag for flag in left.flags if texts[flag.part] == note)
    doubts = tuple(doubt for doubt in left.doubts if texts[doubt.part] == note)
    if held := held_by_policy(Undecided(flags, doubts), policy):
        yield f"the note has {describe_undecided(held)} that nobody decided: say it without"


def held_by_policy(left: Undecided, policy: Policy) -> Undecided:
    """The undecided flags and doubts with which policy lets nobody sign."""
    flags = tuple(flag for flag in left.flags if policy.flags == "hold" or flag.source in _ALWAYS_HELD)
    return Undecided(flags, tuple(doubt for doubt in left.doubts if doubt.probability >= policy.doubts_hold))


def describe_undecided(left: Undecided) -> str:
    """How many details of each kind: "2 flagged details (1 faith, 1 occupation) and 1 doubt"."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in Undecided(left.flags).counts().items())
    said = [f"{counted(len(left.flags), 'flagged detail')} ({kinds})"] if left.flags else []
    said += [counted(len(left.doubts), "doubt")] if left.doubts else []
    return " and ".join(said)
