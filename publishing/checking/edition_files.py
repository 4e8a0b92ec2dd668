"""report-<year>.json in the reviews folder: an annual report as it was published, with its foreword, and who signed it.

The signature covers the hashes of page and foreword, not their words: so these can be taken out when a review that the report
counts is withdrawn, and what is left is still signed. docs/decisions/0026-an-annual-report-stays-as-published.md says why.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, ValidationError

from publishing.checking.canonical_json import canonical_json
from publishing.checking.same_lessons import group_references, said_same
from publishing.checking.signed_text import hash_without_changes
from publishing.checking.signers import Sealer, Signer, SignerList, is_signed, load_signers
from publishing.errors import BuildError, PublishingError
from publishing.files import atomic_writes
from publishing.reviews import Edition, Model, RedactedReview

_NAME = re.compile(r"report-(\d{4})\.json", re.ASCII)


class SignedEdition(Model):
    """The file. `key` and `seal` are the signer's, where the reviews folder lists its signers; else empty."""

    format: Literal[1] = 1
    edition: Edition
    page_sha256: str
    foreword_sha256: str
    by: str
    at: AwareDatetime
    key: str = ""
    seal: str = ""

    def sealed_bytes(self) -> bytes:
        """What the key signs: everything but the words of page and foreword, of which it signs the hashes."""
        words = {"page", "foreword", *(("same",) if self.edition.same is None else ())}
        said = self.model_dump(mode="json", exclude={"seal": True, "edition": words})
        return canonical_json({"purpose": "candour: an annual report is signed", **said})


def edition_path(reviews: Path, year: int) -> Path:
    """Where the report of a year is kept."""
    return reviews / f"report-{year}.json"


def text_hashes(reviews: Iterable[RedactedReview]) -> dict[str, str]:
    """What each review says, without updates and notes on changes, as a hash by its reference."""
    return {review.public_id: hash_without_changes(review) for review in reviews}


def stands(edition: Edition, published: Sequence[RedactedReview]) -> bool:
    """Whether an edition may be shown as it was published: it knows one of its year, and all it knows are published and say the same.

    And the lessons that it tells as the same are still called so.
    """
    return (
        bool(edition.page)
        and _says_the_same(edition, published)
        and _knows_its_year(edition, published)
        and not _was_taken_back(edition, published)
    )


def reports_on_nothing(edition: Edition, published: Sequence[RedactedReview]) -> bool:
    """Whether an edition knows no review of its year, though all that it knows say the same: Candour makes no such report."""
    return _says_the_same(edition, published) and not _knows_its_year(edition, published)


def _says_the_same(edition: Edition, published: Iterable[RedactedReview]) -> bool:
    now = text_hashes(published)
    return all(now.get(public_id) == said for public_id, said in edition.reviews.items())


def _knows_its_year(edition: Edition, published: Iterable[RedactedReview]) -> bool:
    return any(review.publish_on.year == edition.year and review.public_id in edition.reviews for review in published)


def has_fallen(edition: Edition, published: Iterable[RedactedReview], gone: Collection[str]) -> bool:
    """Whether an edition stands no more for good: a review that it knows is withdrawn, or says something else now; or what it tells as the same is not."""
    reviews = tuple(published)
    now = text_hashes(reviews)
    other = any(public_id in gone or now.get(public_id, said) != said for public_id, said in edition.reviews.items())
    return other or _was_taken_back(edition, reviews)


def _was_taken_back(edition: Edition, published: Iterable[RedactedReview]) -> bool:
    """Whether lessons that an edition tells as the same all stand published, and are one group no more; what was called the same later is no harm."""
    groups = group_references(said_same(published))
    told = (set(names) for names in edition.same or ())
    return any(names <= groups.keys() and not names <= groups[min(names)] for names in told)


def sign_edition(reviews: Path, edition: Edition, by: str, at: dt.datetime, sealer: Sealer | None) -> SignedEdition:
    """Sign an edition and write its file, in the place of one for the same year.

    Raises:
        PublishingError: it cannot be written.
    """
    signed = SignedEdition(
        edition=edition,
        page_sha256=_sha256(edition.page),
        foreword_sha256=_sha256(edition.foreword),
        by=sealer.name if sealer else " ".join(by.split()),
        at=at.replace(microsecond=0),
        key=sealer.fingerprint if sealer else "",
    )
    if sealer:
        signed = signed.model_copy(update={"seal": sealer.seal(signed.sealed_bytes())})
    _write(reviews, signed)
    return signed


def load_editions(reviews: Path, standing: Iterable[Edition]) -> tuple[Edition, ...]:
    """Every edition of a reviews folder, by year.

    Args:
        reviews: the reviews folder.
        standing: those that stand published. An edition stands alone, with no chain of signatures that dates it; so one by a key that was
            retired since holds only where it is one of these.

    Raises:
        BuildError: one cannot be read, was changed after it was signed, or was signed with a key that counts no more.
        SignersError: the list of signers does not hold.
    """
    listed = load_signers(reviews)
    by_year = {edition.year: edition for edition in standing}
    paths = sorted(path for path in reviews.iterdir() if _NAME.fullmatch(path.name))
    return tuple(_load(path, listed, by_year).edition for path in paths)


def must_be_signed_anew(reviews: Path, year: int) -> bool:
    """Whether the file of a year is as it was signed, but by somebody whose signature, as is known now, did not count then.

    Raises:
        SignersError: the list of signers does not hold.
    """
    listed = load_signers(reviews)
    path = edition_path(reviews, year)
    if listed is None or not path.is_file():
        return False
    try:
        signed = _read(path)
    except BuildError:
        return False
    if not signed.key:
        return signed.at < listed.signers[0].since
    signer = listed.find(signed.key)
    return signer is not None and _is_sealed_by(signer, signed) and not signer.may_sign(signed.at)


def take_words_out(reviews: Path, editions: Iterable[Edition]) -> tuple[str, ...]:
    """Take page and foreword out of the files of editions that stand no more; what hindered it, in words."""
    failed = []
    for edition in editions:
        path = edition_path(reviews, edition.year)
        try:
            kept = SignedEdition.model_validate_json(path.read_bytes())
            bare = kept.edition.model_copy(update={"page": "", "foreword": ""})
            if bare != kept.edition:
                _write(reviews, kept.model_copy(update={"edition": bare}))
        except (OSError, ValidationError, PublishingError):
            failed.append(f"{path.name} still has the words of a report that stands no more: delete it by hand")
    return tuple(failed)


def _read(path: Path) -> SignedEdition:
    unreadable = BuildError(f"{path.name} cannot be read, so the report that was published would be lost: restore it")
    if path.is_symlink():
        raise unreadable
    try:
        return SignedEdition.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        # its words are of reviews, so the error says where and not what
        raise unreadable from None


def _load(path: Path, listed: SignerList | None, standing: Mapping[int, Edition]) -> SignedEdition:
    signed = _read(path)
    edition = signed.edition
    words = ((edition.page, signed.page_sha256), (edition.foreword, signed.foreword_sha256))
    changed = any(text and _sha256(text) != said for text, said in words)
    if changed or path.name != edition_path(path.parent, edition.year).name or not _is_vouched_for(signed, listed):
        raise BuildError(
            f"{path.name} was changed after it was signed, or by nobody who may sign: restore the file. A report that was never published, "
            f"that stands no more, or whose signer might not sign is signed anew: candour report {edition.year}"
        )
    signer, public = listed.find(signed.key) if listed else None, standing.get(edition.year)
    if signer and signer.until and not _is_published(edition, public):
        mend = (
            f"restore the file, or, if the report stands no more, sign it anew (candour report {edition.year})"
            if public
            else f"put the published site back, or sign the report anew (move the file away, build, then candour report {edition.year})"
        )
        raise BuildError(
            f"{path.name}: its signer was retired since, and it is not what stands published, so nobody knows when it was signed: {mend}"
        )
    return signed


def _is_published(edition: Edition, public: Edition | None) -> bool:
    """Whether an edition is what stands published, which knows fewer reviews once the words were taken out of both."""
    if public is None or edition.page:
        return edition == public
    blank: dict[str, object] = {"reviews": {}, "same": None}
    return public.reviews.keys() <= edition.reviews.keys() and public.model_copy(update=blank) == edition.model_copy(
        update=blank
    )


def _is_vouched_for(signed: SignedEdition, listed: SignerList | None) -> bool:
    if listed is None:
        return not signed.key
    signer = listed.find(signed.key) if signed.key else None
    return signer is not None and signer.may_sign(signed.at) and _is_sealed_by(signer, signed)


def _is_sealed_by(signer: Signer, signed: SignedEdition) -> bool:
    return signer.name == signed.by and is_signed(signer.key, signed.seal, signed.sealed_bytes())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(reviews: Path, signed: SignedEdition) -> None:
    path = edition_path(reviews, signed.edition.year)
    data = json.dumps(signed.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        atomic_writes.write(path, data.encode())
    except OSError:
        raise PublishingError(
            f"{path.name} cannot be written: check that you may write to the reviews folder"
        ) from None
