"""What was said about a lesson: recorded, redacted with its review, and signed by itself; the review's text stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.checking import decisions, lesson_signatures, signing, update_log
from publishing.checking.case_lock import hold_case_lock
from publishing.checking.signers import unlock
from publishing.checking.undecided import refusals_for_note
from publishing.checking.withheld_facts import tells_withheld
from publishing.errors import PublishingError, SigningRefusedError
from publishing.files import disk_room
from publishing.files.cache import Cache
from publishing.redacting.jobs import assemble, job_for, redact_cached, start_engine
from publishing.release.loaded_cases import load_one_case
from publishing.release.signoff import case_folder
from publishing.release.withdrawal import refuse_withdrawn
from publishing.reviews import NO_RESPONSE, Review, Update
from publishing.settings import today
from publishing.vocabulary import terms
from redaction.strict_files.faults import FaultsError, describe_faults

if TYPE_CHECKING:
    from redaction import Redactor


@dataclass(frozen=True)
class Response:
    """What was recorded; `note` is the note as it will be public, `warnings` what somebody should know."""

    public_id: str
    lesson: int
    date: dt.date
    status: str
    note: str | None
    warnings: tuple[str, ...] = ()


def respond(
    reviews: Path,
    case: str,
    lesson: int,
    status: str,
    note: str | None,
    by: str,
    date: dt.date | None = None,
    redactor: Redactor | None = None,
    ask_passphrase: Callable[[], str] | None = None,
    out: Path | None = None,
) -> Response:
    """Record what was said about a lesson on a day, and sign it; `redactor` is the one to use, if there is one.

    `out` is where the site is, whose record of withdrawals is read too. `ask_passphrase` asks for the signer's passphrase, where the reviews folder lists its signers.

    Raises:
        PublishingError: there is no such case or lesson, the status is none, the day is taken or still to come, the
            case cannot be read, or the update may not be signed. Nothing was recorded, unless the message says so.
    """
    said = Update(date=date or today(), status=_known(status), note=" ".join(note.split()) if note else None)
    folder = case_folder(reviews, case)
    if said.date > today():
        raise PublishingError(f"{case}: the day of an update cannot be in the future: give the day it was said")
    sealer = unlock(reviews, case, by, ask_passphrase)
    by = sealer.name if sealer else by
    review = load_one_case(folder)
    refuse_withdrawn(reviews, case, review.public_id, out)
    with_it, recorded = _add_update(review, lesson, said)
    update = _redact_update(reviews, with_it, lesson, said, redactor or start_engine())
    now = dt.datetime.now(dt.UTC)
    _refuse_withheld(folder, review, update)
    lesson_signatures.text_with_update(folder, review, lesson, update, by, now)
    if not recorded:
        _append_update(folder, review, lesson, said, by)
    signature = lesson_signatures.sign_update(folder, review, lesson, update, by, now, sealer)
    signing.remember_signatures(reviews, [case])
    return Response(review.public_id, lesson, update.date, update.status, update.note, signature.warnings)


def _known(status: str) -> str:
    choices = [key for key in terms("lesson_statuses") if key != NO_RESPONSE]
    if status not in choices:
        raise PublishingError("The status is none of: " + ", ".join(choices))
    return status


def _add_update(review: Review, lesson: int, said: Update) -> tuple[Review, bool]:
    """The review with an update added, and whether its files have that very update already, still to be signed."""
    one = next((known for known in review.lessons if known.id == lesson), None)
    if one is None:
        ids = ", ".join(str(known.id) for known in review.lessons) or "none"
        raise PublishingError(f"{review.case}: there is no lesson of this number; its lessons are {ids}")
    if said in one.updates:
        return review, True
    if said.date in {update.date for update in one.updates}:
        raise PublishingError(f"{review.case}: another update of this lesson has this day: choose another day")
    changed = one.model_copy(update={"updates": tuple(sorted((*one.updates, said), key=lambda update: update.date))})
    lessons = tuple(changed if known is one else known for known in review.lessons)
    return review.model_copy(update={"lessons": lessons}), False


def _redact_update(reviews: Path, with_it: Review, lesson: int, said: Update, redactor: Redactor) -> Update:
    """The update as it will be public; raise where its note has details that nobody decided."""
    job = job_for(with_it, decisions.load(reviews / with_it.case))
    redaction = redact_cached(job, redactor, Cache.of_reviews(reviews))
    if said.note and (held := list(refusals_for_note(said.note, job.texts, redaction, job.decisions, redactor.policy))):
        raise SigningRefusedError(with_it.case, held)
    public = assemble(with_it, redaction)
    return next(u for known in public.lessons if known.id == lesson for u in known.updates if u.date == said.date)


def _refuse_withheld(folder: Path, review: Review, update: Update) -> None:
    """Refuse a note that tells what the signed key facts hold back."""
    signed = signing.load_signed_text(folder, dt.date.max)
    if signed and (told := tells_withheld(update.note or "", review.facts, signed.facts)):
        reasons = [f"the note tells the {name}, which the key facts hold back: say it without" for name in told]
        raise SigningRefusedError(folder.name, reasons)


def _append_update(folder: Path, review: Review, lesson: int, said: Update, by: str) -> None:
    """Write the update into the case's files, which must be as they were read."""
    case = folder.name
    try:
        with hold_case_lock(folder):
            if intake.load_case(folder) != review:
                raise PublishingError(f"{case}: its files were changed meanwhile: look, and record it again")
            update_log.append_update(folder, lesson, said, by)
    except FaultsError as error:
        raise PublishingError("\n".join(f"{case}: {fault}" for fault in describe_faults(error.faults))) from None
    except OSError as error:
        unwritten = PublishingError(f"{case}: updates.yml cannot be written: check that you may write to its folder")
        raise disk_room.explain_write_error(error, unwritten) from None
