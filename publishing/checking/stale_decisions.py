"""Whether what a person wrote beside a review still does something there: decisions, and the people of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from redaction import Decision, Identity, IdentityKind, Redaction, Register, fold_text, forms_of

_LABEL = regex.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True)
class DecisionFit:
    """A decision, whether its words still appear in the review, whether those that they were joined with do, and whether it is done.

    What one person decides about words around somebody protected by law is not done.
    """

    decision: Decision
    is_present: bool
    joined: bool
    is_done: bool = True

    @property
    def fits(self) -> bool:
        """Whether it does what it was made for."""
        return self.is_present and self.joined and self.is_done


def compare_decisions(
    texts: Sequence[str], redaction: Redaction, decisions: Sequence[Decision]
) -> tuple[DecisionFit, ...]:
    """Every decision compared with the texts that went into a redaction, including those that no longer fit."""
    whole = _folded_text(texts)
    replaced = [(fold_text(texts[d.part][d.start : d.end]), d.replacement) for d in redaction.detections]
    found = {words for words, _ in replaced}
    return tuple(
        DecisionFit(
            d,
            _appears(d.text, whole),
            d.same_as is None or fold_text(d.same_as) in found,
            d.seconded or not d.replacement or _is_done(d, d.replacement, replaced),
        )
        for d in decisions
    )


def _is_done(decision: Decision, wished: str, replaced: Sequence[tuple[str, str]]) -> bool:
    """Whether words are replaced by what is wished for, fitted into its sentence, or with the label that those joined with them have."""
    told = [by for words, by in replaced if _appears(decision.text, words)]
    if decision.same_as:
        wished, told = _LABEL.sub(" ", wished), [_LABEL.sub(" ", by) for by in told]
    wish, others = fold_text(wished).strip(), [fold_text(by).strip() for by in told]
    return any(wish in other or (other and other in wish) for other in others)


def warnings_for_stale_decisions(
    texts: Sequence[str], redaction: Redaction, decisions: Sequence[Decision], register: Register | None
) -> Iterator[str]:
    """What a signer is told about decisions and people that appear nowhere in the review: numbers, never words."""
    protects = any(identity.protected for identity in register.identities()) if register else False
    for number, decided in enumerate(compare_decisions(texts, redaction, decisions), start=1):
        if not decided.is_present:
            yield f"decision no. {number} stands nowhere in the review: correct its words in decisions.yml, or delete it"
        elif not decided.joined:
            yield (
                f"decision no. {number} gives the label of words that are not found in the review any more: "
                "correct it in decisions.yml, or delete it"
            )
        elif not decided.is_done:
            yield (
                f"decision no. {number} is not done: its words touch others that are replaced"
                + (
                    " or somebody protected by law, so that a second person decides it too (second:)"
                    if protects
                    else ""
                )
                + ": write it again, or delete it"
            )
    whole = _folded_text(texts)
    people = [i for i in register.identities() if i.kind is IdentityKind.PERSON] if register else []
    for number, person in enumerate(people, start=1):
        if not is_mentioned(person, whole):
            yield (
                f"people no. {number} of the register: none of their names stands in the review: "
                "write the names in register.yml as the review has them"
            )


def _folded_text(texts: Sequence[str]) -> str:
    return fold_text("\n\n".join(texts))


def _appears(words: str, whole: str) -> bool:
    return f" {fold_text(words).strip()} " in whole


def is_mentioned(person: Identity, whole: str) -> bool:
    """Whether any form of a name appears in a folded text; initials made of a name may be any short word, so they prove nothing."""
    written = any(_appears(name, whole) for name in person.names)
    return written or any(f" {form.text} " in whole for form in forms_of(person) if form.kind != "initials")
