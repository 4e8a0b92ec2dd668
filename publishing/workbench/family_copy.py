"""What goes out to a family before publication, and when: the signed text alone, and nothing while any doubt about it is left.

docs/decisions/0023-what-a-family-is-shown.md says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from publishing import audit_log, intake
from publishing.checking import (
    embargo_day,
    explain_unpublishable,
    intruder,
    load_signatures,
    load_signed_text,
    signed_text,
    text_sha256,
)
from publishing.checking.canonical_json import sha256
from publishing.checking.vouching import refusal_for_missing_second
from publishing.errors import PublishingError, UnreadableRegisterError
from publishing.release import gate
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.reviews import RedactedReview
from publishing.settings import day_of, today
from publishing.site import printing
from publishing.site.family_letter import write_letter
from publishing.site.family_page import FamilyPage, write_family_page
from publishing.workbench.case_edits import StaleCaseError
from publishing.workbench.open_case import OpenCase
from publishing.workbench.published_reviews import PublishedReviews
from redaction import Identity, RegisterError

KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What can be had, by the ending of its file: the page as HTML or PDF, and the letter. Each with its media type."""

_ROOM = "print"
"""In `.candour/`: a folder for each case whose page is being printed."""


class FamilyCopies:
    """What families are shown of the cases of one reviews folder."""

    def __init__(self, reviews: Path, published: PublishedReviews) -> None:
        self._reviews = reviews
        self._published = published

    def refusals(self, case: OpenCase) -> tuple[str, ...]:
        """Every reason why nobody outside may be shown the text of a case now."""
        return (*self._over(case), *_doubts(case))

    def refusals_for_letter(self, case: OpenCase) -> tuple[str, ...]:
        """Why there is no letter: it announces what is to come, and tells nothing of the text."""
        return tuple(self._over(case))

    def make(self, case: OpenCase, kind: str, by: str) -> tuple[str, bytes]:
        """A file to give to a family or to victim liaison, and its name, which tells nothing private. Of the text it is recorded who made it.

        Args:
            case: the case as it is now.
            kind: one of KINDS.
            by: who makes it.

        Raises:
            PublishingError: with every reason why not; or no PDF can be made, or what was made cannot be recorded.
            LeakError: an identity that some case declares is left in the text.
        """
        public_id = case.review.public_id
        if kind == "docx":
            _refuse(case, self.refusals_for_letter(case))
            return f"letter-{public_id}.docx", write_letter(public_id, _publish_on(case), today())
        page = self._page(case)
        data = page.html if kind == "html" else printing.print_to_pdf(page.html, self._room(case))
        unlogged = audit_log.record(self._reviews, "shown", review=public_id, by=by, more=f"{kind}, copy {page.mark}")
        if unlogged:
            raise PublishingError(
                "Nothing was given out: it could not be written to the audit log, and what leaves the house before it is published must "
                "be on record. Check that you may write to .candour in the reviews folder."
            )
        return f"review-{public_id}-not-published-{page.mark}.{kind}", data

    def _page(self, case: OpenCase) -> FamilyPage:
        _refuse(case, self.refusals(case))
        text = _signed(case)
        gate.check_signed_texts({case.folder.name: text}, self._guard())
        signed = max(day_of(s.at) for s in load_signatures(case.folder) if s.covers == "text")
        standing = self._published.load().find(text.public_id) is not None
        return write_family_page(text, signed, _publish_on(case), today(), replaces=standing)

    def _over(self, case: OpenCase) -> Iterator[str]:
        site = self._published.load()
        public_id = case.review.public_id
        if public_id in {w.public_id for w in gather_withdrawals(self._reviews, site.withdrawals, (), today())}:
            yield "it was withdrawn, and is not published again"
        elif case.before and site.texts.get(public_id) == signed_text.hash_without_changes(case.before):
            yield "this very text stands published: give the address of its page"

    def _guard(self) -> gate.DeclaredIdentities:
        """Everybody whom any case declares: what a build searches for too."""
        identities: dict[str, tuple[Identity, ...]] = {}
        problems: dict[str, str] = {}
        for folder in intake.case_folders(self._reviews):
            try:
                register = intake.load_register(folder)
            except RegisterError as error:
                problems[folder.name] = str(error)
            else:
                identities[folder.name] = tuple(register.identities()) if register else ()
        if problems:
            raise UnreadableRegisterError(problems)
        return gate.DeclaredIdentities(identities)

    def _room(self, case: OpenCase) -> Path:
        place = self._reviews / ".candour" / _ROOM
        try:
            for made in (place.parent, place):
                made.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            raise PublishingError("No PDF was made: the reviews folder cannot be written to.") from None
        # the browser's command line, which the whole machine may read, does not name the case
        return place / sha256(case.folder.name)[:16]


def _doubts(case: OpenCase) -> Iterator[str]:
    """Why the text may still be another one than what will be published."""
    if case.tampered:
        yield f"{case.tampered}: check it and sign it again"
        return
    if reason := explain_unpublishable(case.review, case.before, dt.date.max):
        yield reason.partition(": candour ")[0]
    if case.before is None:
        return
    if case.is_changed:
        yield "the text was changed since it was signed: read it, and sign it again"
    if second := refusal_for_missing_second(case.folder):
        yield second.partition(" (candour ")[0]
    if any(any(intruder.refusals_for_right_guess(case.folder, text_sha256(t))) for t in (case.text, case.comparable)):
        yield "a blind reader guessed right from this text"


def _signed(case: OpenCase) -> RedactedReview:
    """The text as a build will have it on the first day: as it is signed, with what was said of its lessons up to then."""
    text = load_signed_text(case.folder, max(today(), _publish_on(case)))
    if text is None or case.before is None or text_sha256(text) != text_sha256(case.before):
        raise StaleCaseError(case.folder.name)
    return text


def _publish_on(case: OpenCase) -> dt.date:
    return embargo_day(case.review, case.before)


def _refuse(case: OpenCase, reasons: tuple[str, ...]) -> None:
    if reasons:
        raise PublishingError("\n".join(f"{case.folder.name}: nothing goes out: {reason}" for reason in reasons))
