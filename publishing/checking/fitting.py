"""Whether what a person wrote beside a review still stands in it: decisions, and the people of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redaction import Decision, Identity, Redaction, Register
from redaction.forms import fold_text, forms_of
from redaction.register import Kind


@dataclass(frozen=True)
class Decided:
    """A decision, whether its words still stand in the review, and whether those that they were joined with do."""

    decision: Decision
    stands: bool
    joined: bool

    @property
    def fits(self) -> bool:
        """Whether it does what it was made for."""
        return self.stands and self.joined


def held_against(texts: Sequence[str], redaction: Redaction, decisions: Sequence[Decision]) -> tuple[Decided, ...]:
    """Every decision held against the texts as they went into a redaction; those that no longer fit are there too."""
    whole = _whole(texts)
    found = {fold_text(texts[d.part][d.start : d.end]) for d in redaction.detections}
    return tuple(
        Decided(d, _stands(d.text, whole), d.same_as is None or fold_text(d.same_as) in found) for d in decisions
    )


def misfits(
    texts: Sequence[str], redaction: Redaction, decisions: Sequence[Decision], register: Register | None
) -> Iterator[str]:
    """What a signer is told of decisions and people that stand nowhere in the review: numbers, never words."""
    for number, decided in enumerate(held_against(texts, redaction, decisions), start=1):
        if not decided.stands:
            yield f"decision no. {number} stands nowhere in the review: correct its words in decisions.yml, or delete it"
        elif not decided.joined:
            yield (
                f"decision no. {number} gives the label of words that are not found in the review any more: "
                "correct it in decisions.yml, or delete it"
            )
    whole = _whole(texts)
    people = [i for i in register.identities() if i.kind is Kind.PERSON] if register else []
    for number, person in enumerate(people, start=1):
        if not _is_named(person, whole):
            yield (
                f"people no. {number} of the register: none of their names stands in the review: "
                "write the names in register.yml as the review has them"
            )


def _whole(texts: Sequence[str]) -> str:
    return fold_text("\n\n".join(texts))


def _stands(words: str, whole: str) -> bool:
    return f" {fold_text(words).strip()} " in whole


def _is_named(person: Identity, whole: str) -> bool:
    """Whether any form of a name stands there; initials made of a name may be any short word, so they prove nothing."""
    written = any(_stands(name, whole) for name in person.names)
    return written or any(f" {form.text} " in whole for form in forms_of(person) if form.kind != "initials")
