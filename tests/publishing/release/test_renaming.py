"""A case renamed: whole or not at all, with everything that is kept about it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from publishing import intake
from publishing.checking.case_lock import hold_case_lock
from publishing.checking.signing import load_signed_text
from publishing.errors import PublishingError
from publishing.files.cache import Cache
from publishing.intake.case_files import REVIEW, fingerprint
from publishing.intake.new import create_case
from publishing.redacting.jobs import job_for
from publishing.release import renaming, swap
from publishing.release.renaming import finish_interrupted, rename_case
from publishing.workbench.case_edits import CaseEditor
from publishing.workbench.checklist_progress import ChecklistProgress, TextReading
from publishing.workbench.edit_history import Deed
from tests.support.building import AS_OF, build_small
from tests.support.cases import CASE, OTHER, write_case

NEW = "slate-harbour-40"
DRAFT = "plain-drawer-02"


@pytest.fixture
def reviews(house: Path) -> Path:
    """Two published cases and a draft, each with everything that the workbench keeps about it."""
    reviews = house / "reviews"
    write_case(
        reviews, DRAFT, public_id="2025-003", status="draft", person="Osric Penhale", victim="Ilse Varga", code="X7"
    )
    for case in (CASE, OTHER, DRAFT):
        leave_traces(reviews, case)
    return reviews


def leave_traces(reviews: Path, case: str) -> None:
    """What work on a case leaves in `.candour`."""
    folder = reviews / case
    data = (folder / REVIEW).read_bytes() + b"\n"
    CaseEditor(reviews).write(folder, {REVIEW: data}, fingerprint(folder), [Deed("facts")], "Ada")
    ChecklistProgress(reviews).update(case, TextReading("abc", "Ada"), ["quotes"], ["quotes"])
    Cache.of_reviews(reviews).put(job_for(intake.load_case(folder), ()).key("engine"), {"texts": [case]})
    (reviews / ".candour" / "pages" / case / "site").mkdir(parents=True)


def kept(reviews: Path, case: str) -> list[str]:
    """Every path of `.candour` in which a case's name is."""
    state = reviews / ".candour"
    return sorted(p.relative_to(state).as_posix() for p in state.rglob("*") if case in p.relative_to(state).as_posix())


def everything(root: Path) -> dict[str, bytes]:
    """Every file there is, and what it holds."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


# --- another name


def test_a_renamed_case_is_the_same_case(house: Path, reviews: Path) -> None:
    """Its signature, its reference, its steps to undo and its place in the cache; the next build publishes the same."""
    before = kept(reviews, CASE)
    assert len(before) >= 5
    rename_case(reviews, house / "build", CASE, NEW)
    assert not (reviews / CASE).exists()
    assert kept(reviews, CASE) == []
    assert kept(reviews, NEW) == [path.replace(CASE, NEW) for path in before]
    assert CaseEditor(reviews).next_step(reviews / NEW, back=True)
    assert Cache.of_reviews(reviews).get(job_for(intake.load_case(reviews / NEW), ()).key("engine")) == {
        "texts": [CASE]
    }
    text = load_signed_text(reviews / NEW, dt.date.max)
    assert text
    assert text.public_id == "2025-001"
    assert build_small(reviews, house / "build", AS_OF).published == ("2025-001", "2025-002")


@pytest.mark.parametrize("name", [OTHER, OTHER.upper(), "..", "a/b", ".candour", "", "nul", "x" * 201])
def test_a_name_that_cannot_be_is_refused(house: Path, reviews: Path, name: str) -> None:
    """Another case's, a path, or none: nothing changes."""
    before = everything(house)
    with pytest.raises(PublishingError):
        rename_case(reviews, house / "build", CASE, name)
    assert everything(house) == before


def test_what_another_case_of_that_name_left_is_not_inherited(house: Path, reviews: Path) -> None:
    """A folder that was deleted by hand left its steps behind: they are nobody's."""
    leave = write_case(reviews, NEW, public_id="2025-009", person="A. Nother", victim="B. Nother", code="X8")
    leave_traces(reviews, NEW)
    shutil.rmtree(leave)
    before = kept(reviews, CASE)
    rename_case(reviews, house / "build", CASE, NEW)
    assert kept(reviews, NEW) == [path.replace(CASE, NEW) for path in before]


def test_a_case_signed_with_a_key_keeps_its_name(keyed_house: Path) -> None:
    """Its name is sealed with it: under another nobody could believe the signature, and no build would go on."""
    before = everything(keyed_house)
    with pytest.raises(PublishingError, match="signed with a key, and its name is part of what was signed"):
        rename_case(keyed_house / "reviews", keyed_house / "build", CASE, NEW)
    assert everything(keyed_house) == before


class Killed(BaseException):
    """The process ends here: nothing that catches errors catches this."""


def count_renames(monkeypatch: pytest.MonkeyPatch, die_at: int) -> list[int]:
    """Have the process killed at a step that renames; nothing of it runs afterwards."""
    real, done = os.rename, [0]

    def rename(source: object, target: object) -> None:
        done[0] += 1
        if done[0] == die_at:
            raise Killed
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr("publishing.release.renaming.os.rename", rename)
    # a killed process runs no finally either
    monkeypatch.setattr(renaming, "_finish", lambda reviews: None)
    return done


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_killed_while_renaming_it_has_the_old_name_and_all_that_is_kept(
    house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Up to the last step; the next start of the workbench, or the next renaming, puts everything back."""
    before = everything(reviews)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        count_renames(patch, step)
        rename_case(reviews, house / "build", CASE, NEW)
    finish_interrupted(reviews)
    assert everything(reviews) == before
    assert kept(reviews, NEW) == []


def test_killed_after_it_was_renamed_it_has_the_new_name(
    house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where somebody has made a case of the old name meanwhile: it gets nothing of the other's."""
    with monkeypatch.context() as patch:
        assert count_renames(patch, 0) is not None
        rename_case(reviews, house / "build", CASE, NEW)
    create_case(reviews, CASE)
    finish_interrupted(reviews)
    assert len(kept(reviews, NEW)) >= 5
    assert kept(reviews, CASE) == []


def test_a_folder_that_cannot_be_renamed_keeps_everything(
    house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system refuses the last step: what was moved before goes back at once."""
    before = everything(reviews)
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if target == reviews / NEW:
            raise OSError(13, "refused")
        real(source, target)

    monkeypatch.setattr("publishing.release.renaming.os.rename", rename)
    with pytest.raises(PublishingError, match="it was not renamed"):
        rename_case(reviews, house / "build", CASE, NEW)
    assert everything(reviews) == before


# --- locks


def test_nobody_renames_while_others_are_at_work(house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build or withdrawal, somebody who signs, another who renames: each is waited for, then refused."""
    monkeypatch.setattr("publishing.checking.case_lock._PATIENCE", 0.1)
    monkeypatch.setattr(renaming, "_PATIENCE", 0.1)
    for lock, words in (
        (swap.lock_site(house / "build"), "another build or withdrawal is at work"),
        (hold_case_lock(reviews / DRAFT), "somebody else is changing or signing it"),
        (renaming._hold_names(reviews), "Somebody else renames a case"),
    ):
        with lock, pytest.raises(PublishingError, match=words):
            rename_case(reviews, house / "build", DRAFT, NEW)
        assert (reviews / DRAFT).is_dir()
    rename_case(reviews, house / "build", DRAFT, NEW)
    with pytest.raises(PublishingError, match="no case of that name"):
        rename_case(reviews, house / "build", DRAFT, NEW)
