"""What the next build would publish, and what it would leave out and why; nothing is redacted or built for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import decisions, embargo_day, explain_unfilled, explain_unpublishable, public_references
from publishing.release.loaded_cases import load_cases
from publishing.release.notices import Notices, find_notices
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.site import public_record
from publishing.vocabulary import counted


@dataclass(frozen=True)
class Forecast:
    """Cases by what a build on a day would make of them.

    `new` are not on the published site; `changed` are there with another text; `coming` only wait for their day.
    `stops` says why a build would stop before it publishes anything. `notices` are what to know before the next
    signature.
    `again` are to be looked at again, since the given day or by it.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    coming: tuple[tuple[dt.date, str], ...]
    left_out: tuple[tuple[str, str], ...]
    again: tuple[tuple[dt.date, str], ...]
    stops: tuple[str, ...]
    notices: Notices

    def lines(self) -> Iterator[str]:
        """For a person to read."""
        count = counted(len(self.new) + len(self.changed) + len(self.unchanged), "review")
        if self.stops:
            yield "The next build would stop and publish nothing:"
            yield from self.stops
            yield f"Once that is mended it would publish {count}."
        else:
            yield f"The next build would publish {count}."
        yield from (f"new: {case}" for case in self.new)
        yield from (
            f"changed: {case}: another text of it is signed than stands on the site: the next build publishes it"
            for case in self.changed
        )
        yield from (f"waits for its day: {case}: {day}" for day, case in self.coming)
        yield from (f"left out: {case}: {reason}" for case, reason in self.left_out)
        yield from (f"to check: {line}" for line in self.notices.lines())
        if self.notices.unread:
            yield (
                f"not redacted yet with today's files and engine: {', '.join(self.notices.unread)}: candour build does it, "
                "and tells whether the text is still what is signed"
            )
        yield from (f"to be looked at again by {day}: {case}" for day, case in self.again)


def forecast_build(reviews: Path, out: Path, as_of: dt.date) -> Forecast:
    """Look ahead.

    Raises:
        PublishingError: a register, the published records or the record of withdrawals cannot be read.
    """
    whole = load_cases(reviews, as_of)
    found = whole.cases
    standing, gone = public_record.load_public_record(out / "markdown")
    public = {review.public_id: review for review in standing}
    withdrawn = {withdrawal.public_id for withdrawal in gather_withdrawals(reviews, gone, (), as_of)}
    kinds: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    coming: list[tuple[dt.date, str]] = []
    left_out = [(draft.case, explain_unfilled(draft.faults)) for draft in found.unfilled]
    left_out += [(error.case, fault) for error in found.faulty for fault in error.faults]
    for review in found.reviews:
        if review.case in whole.tampered:
            continue
        text = whole.signed.get(review.case)
        taken = public_references(review, text) & withdrawn
        reason = (
            "withdrawn" if taken else explain_unpublishable(review, text, as_of) or whole.unseconded.get(review.case)
        )
        if reason is None and text is not None:
            kind = (
                "new" if text.public_id not in public else "unchanged" if public[text.public_id] == text else "changed"
            )
            kinds[kind].append(review.case)
        elif (
            not taken
            and (day := embargo_day(review, text)) > as_of
            and explain_unpublishable(review, text, day) is None
        ):
            # it waits for its day and nothing else
            coming.append((day, review.case))
        else:
            left_out.append((review.case, reason or ""))
    decided = {case: decisions.as_made(file, reviews) for case, file in found.decided.items()}
    return Forecast(
        new=tuple(kinds["new"]),
        changed=tuple(kinds["changed"]),
        unchanged=tuple(kinds["unchanged"]),
        coming=tuple(sorted(coming)),
        left_out=tuple(left_out),
        again=tuple(sorted((r.reassess_by, r.case) for r in found.reviews if r.reassess_by)),
        stops=tuple(whole.tampered.values()),
        notices=find_notices(reviews, found.reviews, decided, whole.signed, withdrawn),
    )
