"""What a release is made from: the cases of the reviews folder, what was signed of them, and everyone whom any declares."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from publishing import intake
from publishing.checking import decisions, explain_unfilled, explain_unpublishable, public_references
from publishing.checking.same_lessons import leave_out_contradicted
from publishing.errors import BuildError, CaseError
from publishing.files.reuse import Reuse
from publishing.release import gate
from publishing.release.loaded_cases import load_cases
from publishing.release.withdrawal import public_id_of
from publishing.release.withdrawal_record import load_withdrawals
from publishing.reviews import RedactedReview, Review
from redaction import Decision

_HELD = "today's engine finds details in its signed text that nobody decided on: check it and sign it again"


@dataclass(frozen=True)
class GatheredCases:
    """Everything of the reviews folder: what may be used, what was signed of it, and everyone to guard."""

    reviews: tuple[Review, ...]
    unfilled: tuple[CaseError, ...]
    faulty: tuple[CaseError, ...]
    signed: Mapping[str, RedactedReview]
    unseconded: Mapping[str, str]
    decisions: Mapping[str, tuple[Decision, ...]]
    guard: gate.DeclaredIdentities
    reuse: Reuse

    @classmethod
    def read(cls, reviews: Path, as_of: dt.date, report: Callable[[str], None]) -> GatheredCases:
        """Read everything; raise if a register cannot be read or a signature does not hold, with every fault there is."""
        whole = load_cases(reviews, as_of, report)
        found, texts = whole.cases, whole.signed
        if whole.tampered:
            raise BuildError(
                "\n".join(
                    [*whole.tampered.values(), *map(str, found.faulty), "Nothing was published: mend these first."]
                )
            )
        guard = gather_declared(reviews, found)
        decided = {case: decisions.as_made(file, reviews) for case, file in found.decided.items()}
        return cls(found.reviews, found.unfilled, found.faulty, texts, whole.unseconded, decided, guard, whole.reuse)

    @property
    def approved(self) -> list[Review]:
        """Cases that somebody approved."""
        return [review for review in self.reviews if review.status == "approved"]

    def withdrawn(self, standing: Iterable[RedactedReview]) -> list[str]:
        """References of cases that say themselves that they are withdrawn, and that were ever published."""
        public = {review.public_id for review in standing} | {text.public_id for text in self.signed.values()}
        return [r.public_id for r in self.reviews if r.status == "withdrawn" and r.public_id in public]

    def sort_out(
        self, as_of: dt.date, held: Iterable[str], gone: Iterable[str]
    ) -> tuple[dict[str, RedactedReview], tuple[tuple[str, str], ...]]:
        """What is published, by case, and every other case with the reason."""
        published: dict[str, RedactedReview] = {}
        left_out = [(draft.case, explain_unfilled(draft.faults)) for draft in self.unfilled]
        for review in self.reviews:
            text = self.signed.get(review.case)
            if public_references(review, text) & set(gone):
                left_out.append((review.case, "withdrawn"))
            elif reason := explain_unpublishable(review, text, as_of):
                left_out.append((review.case, reason))
            elif review.case in held:
                left_out.append((review.case, _HELD))
            elif reason := self.unseconded.get(review.case):
                left_out.append((review.case, reason))
            elif text is not None:
                published[review.case] = text
        _refuse_twins(published)
        return leave_out_contradicted(published, self.reviews), tuple(left_out)


def _refuse_twins(published: Mapping[str, RedactedReview]) -> None:
    uses = Counter(text.public_id for text in published.values())
    for public_id, count in uses.items():
        if count > 1:
            cases = ", ".join(case for case, text in published.items() if text.public_id == public_id)
            raise BuildError(f"{cases}: signed under the same public reference, {public_id}. Sign one of them again.")


def published_texts(reviews: Path, as_of: dt.date, report: Callable[[str], None]) -> tuple[RedactedReview, ...]:
    """The signed texts that may be published on a day, by their references; raises what a build does."""
    cases = GatheredCases.read(reviews, as_of, report)
    published, _ = cases.sort_out(as_of, (), {withdrawal.public_id for withdrawal in load_withdrawals(reviews)})
    gate.check_signed_texts(published, cases.guard)
    return tuple(sorted(published.values(), key=lambda review: review.public_id))


def gather_declared(reviews: Path, found: intake.Intake) -> gate.DeclaredIdentities:
    """Everyone whom any case declares, faulty cases and drafts included, and whose each page may be."""
    folders = [folder.name for folder in intake.case_folders(reviews)]
    identities = {case: found.registers[case].identities() if case in found.registers else () for case in folders}
    claims = [(case, public_id_of(reviews / case)) for case in folders]
    claims += [(review.case, review.public_id) for review in found.reviews]
    return gate.DeclaredIdentities(identities, gate.cases_by_reference(claims))
