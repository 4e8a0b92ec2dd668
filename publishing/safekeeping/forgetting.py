"""Forgetting a case: every private trace of it goes, and what is left is searched for whoever and whatever it declared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from publishing import audit_log, intake
from publishing.checking import signature_files
from publishing.checking.case_lock import hold_case_lock
from publishing.errors import PublishingError
from publishing.release import gate, kept_releases, reserve, swap
from publishing.release.case_traces import remove_traces
from publishing.release.signoff import case_folder
from publishing.release.withdrawal import references_of
from publishing.release.withdrawal_record import gather_withdrawals, store_withdrawals
from publishing.settings import today
from publishing.site import public_record
from redaction import Identity, RegisterError, fold_text

_PRIVATE = ".candour"
_MADE_OF_ALL = ("open", "states", "gate", "cases", "readings", "release")
"""What can be worked out again, and does not tell by its names which case it is of."""

_NEEDED_LAST = ("review.md", "signed.json", "register.yml")
"""As long as these are there, a forgetting that was stopped can be begun anew."""


@dataclass(frozen=True)
class Forgotten:
    """What is left.

    `left` are places where something that the case declared was found, or that could not be searched; `shared` are other cases that
    declare some of the same, which stays there; `searched` is how many files were searched; `declared` is whether it had a register.
    """

    searched: int
    left: tuple[str, ...]
    shared: tuple[str, ...]
    declared: bool
    under_version_control: bool
    warnings: tuple[str, ...]


def reference_to_type(reviews: Path, case: str) -> str:
    """What somebody types to have a case forgotten: its public reference, or its name where it has none.

    Raises:
        PublishingError: there is no such case.
    """
    return next(iter(references_of(case_folder(reviews, case))), case)


def forget(reviews: Path, case: str, typed: str, out: Path, by: str = "") -> Forgotten:
    """Remove every private trace of a case that is not published, or is withdrawn.

    Args:
        reviews: the reviews folder.
        case: the case.
        typed: `reference_to_type`, as somebody typed it.
        out: where the public site is, to know whether the case is published, and what releases are kept.
        by: who says so, for the audit log.

    Raises:
        PublishingError: another reference was typed, the case is or may be published, its register cannot be read, or something of it
            could not be removed.
    """
    folder = case_folder(reviews, case)
    if typed.strip() != reference_to_type(reviews, case):
        raise PublishingError(f"{case}: nothing was forgotten, because what was typed is not its reference.")
    with swap.lock_site(out), hold_case_lock(folder):
        references = references_of(folder)
        refuse_published(reviews, case, out)
        # the published record may be the only one that knows of a withdrawal: the reference is never given again
        store_withdrawals(reviews, public_record.load_public_record(out / "markdown")[1])
        identities, shared, declared = _to_search_for(reviews, folder)
        stuck = [*map(kept_releases.explain_stuck, kept_releases.purge(out, references))]
        if not swap.drop_kept_pages(out):
            stuck.append(swap.explain_stuck_pages(out))
        _remove(reviews, folder)
        warnings = audit_log.record(reviews, "deleted", review=next(iter(references), ""), by=by)
    with suppress(OSError):
        # Windows takes away no lock that is held
        (reviews / _PRIVATE / f"{case}.lock").unlink(missing_ok=True)
    searched, left = _search_what_is_left(reviews, out, gate.DeclaredIdentities({case: identities}))
    return Forgotten(
        searched=searched,
        left=left,
        shared=shared,
        declared=declared,
        under_version_control=any(
            (above / ".git").exists() for above in (reviews.resolve(), *reviews.resolve().parents)
        ),
        warnings=(*stuck, *warnings),
    )


def refuse_published(reviews: Path, case: str, out: Path) -> None:
    """Refuse a case whose page stands, or of which nothing says that it does not.

    Raises:
        PublishingError: with the reason.
    """
    folder = case_folder(reviews, case)
    references = references_of(folder)
    standing, gone = public_record.load_public_record(out / "markdown")
    withdrawn = {withdrawal.public_id for withdrawal in gather_withdrawals(reviews, gone, (), today())}
    public = {review.public_id for review in standing} | (public_record.published_page_ids(out / "site") - withdrawn)
    if known := sorted(public & set(references)):
        raise PublishingError(
            f"{folder.name}: nothing was forgotten: {', '.join(known)} stands published. Withdraw it first: "
            f"candour withdraw {folder.name} --reason …"
        )
    signed = any((folder / name).exists() for name in (signature_files.SIGNED, signature_files.SIGNOFF))
    unsaid = set(references) - withdrawn or not references
    if signed and unsaid and not (out / "markdown" / public_record.WITHDRAWN).is_file():
        raise PublishingError(
            f"{folder.name}: nothing was forgotten: it was signed, and there is no site in {out.name} that would say whether it is "
            "published. Say where the site is: --out DIR"
        )


def _to_search_for(reviews: Path, folder: Path) -> tuple[tuple[Identity, ...], tuple[str, ...], bool]:
    """What the case declares and no other does, the other cases that declare some of it, and whether it has a register at all."""
    try:
        register = intake.load_register(folder)
    except RegisterError as error:
        raise PublishingError(
            f"{folder.name}: nothing was forgotten: {error} Mend register.yml first, so that what is left can be searched for its names."
        ) from None
    declared = register.identities() if register else ()
    own = {fold_text(name) for identity in declared for name in identity.names}
    others: Mapping[str, set[str]] = {
        other.name: _names(other) & own for other in intake.case_folders(reviews) if other != folder
    }
    known = set[str]().union(*others.values()) if others else set()
    left = (replace(i, names=tuple(n for n in i.names if fold_text(n) not in known)) for i in declared)
    shared = tuple(case for case, names in others.items() if names)
    return tuple(identity for identity in left if identity.names), shared, register is not None


def _names(folder: Path) -> set[str]:
    """What another case declares; nothing where its register cannot be read."""
    try:
        register = intake.load_register(folder)
    except RegisterError:
        return set()
    return {fold_text(name) for identity in (register.identities() if register else ()) for name in identity.names}


def _remove(reviews: Path, folder: Path) -> None:
    """Remove every private trace of a case, and last its folder."""
    try:
        remove_traces(reviews, folder.name)
        _remove_shared(reviews / _PRIVATE)
        _remove_case(folder)
    except OSError as error:
        raise PublishingError(
            f"{folder.name}: it is not wholly forgotten: something of it could not be removed ({error.strerror}). "
            "See that you may write to the reviews folder, then forget it again."
        ) from None


def _remove_shared(private: Path) -> None:
    """Remove what is made of all cases together and can be worked out again."""
    for name in _MADE_OF_ALL:
        if (private / name).exists():
            shutil.rmtree(private / name)
    for path in (private / "cache").glob("*.json"):
        # an older cache did not tell which case a file is of
        path.unlink()


def _remove_case(folder: Path) -> None:
    """Remove a case's folder, and last the files without which this could not be begun anew."""
    entries = sorted(
        folder.iterdir(), key=lambda path: (path.name in _NEEDED_LAST, path.name != "review.md", path.name)
    )
    for path in entries:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    folder.rmdir()


def _search_what_is_left(reviews: Path, out: Path, guard: gate.DeclaredIdentities) -> tuple[int, tuple[str, ...]]:
    """How many files the reviews folder and the kept releases have, and in which of them something was found."""
    places = [(reviews, ""), *((release.folder, "kept releases") for release in kept_releases.list_releases(out))]
    with reserve.release_reserve(out, reviews):
        # room that is kept back is a million random bytes, which take long to search
        searched = sum(path.is_file() for place, _ in places for path in place.rglob("*"))
        return searched, tuple(sorted({line for place, name in places for line in _search(place, name, guard)}))


def _search(folder: Path, name: str, guard: gate.DeclaredIdentities) -> Iterator[str]:
    """Where the gate's own search finds something; files go by the folder that they are in, since their names may tell."""
    for hit in gate.find_hits(folder, guard):
        first, *rest = hit.path.split("/")
        where = name or (first if len(rest) == 0 or first != _PRIVATE else f"{first}/{rest[0]}")
        what = "something that it declared was found" if hit.case else "a file could not be searched"
        yield f"{where}: {what}"
