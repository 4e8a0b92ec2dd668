"""A forgotten case leaves no private trace, and whatever is left is told; what is published is not forgotten."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from publishing.audit_log import read_log
from publishing.cli import app
from publishing.errors import PublishingError
from publishing.files.cache import Cache
from publishing.intake.case_files import fingerprint
from publishing.release import kept_releases, swap
from publishing.release.case_traces import remove_traces
from publishing.safekeeping import forgetting
from publishing.safekeeping.forgetting import forget
from publishing.workbench.case_decisions import RequestedDecision
from publishing.workbench.case_edits import CaseEditor
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.checklist_progress import ChecklistProgress, TextReading
from redaction import Redactor
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.cases import CASE, OTHER, edit_case, sign_case, write_case
from tests.support.paths import contents

ON = dt.date(2025, 3, 5)
TRACES = (b"whitlock", b"moorhouse", b"a4821ck", b"tennyson", b"amber-kettle", b"a checker, for amber")

pytestmark = pytest.mark.usefixtures("logging_as_it_was")


def candour(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


@pytest.fixture
def withdrawn(house: Path, redactor: Redactor) -> Path:
    """A house whose first case was edited, ticked, listed, open, cached, corrected, kept in a release, and withdrawn."""
    reviews = house / "reviews"
    register = reviews / OTHER / "register.yml"
    register.write_text(
        register.read_text(encoding="utf-8").replace("27 Tennyson Road", "4 Byron Lane"), encoding="utf-8"
    )
    source = reviews / OTHER / "review.md"
    source.write_text(source.read_text(encoding="utf-8").replace("27 Tennyson Road", "4 Byron Lane"), encoding="utf-8")
    folder = edit_case(house)
    decision = RequestedDecision("add", "Darren Whitlock's brother")
    CaseEditor(reviews).decide(folder, [decision], fingerprint(folder))
    ChecklistProgress(reviews).update(CASE, TextReading("0" * 64, "Sal"), (), ())
    page = reviews / ".candour/pages" / CASE / "0/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("Keisha Moorhouse")
    (reviews / f".candour/ticks/.{CASE}.json.abc123.part").write_text("half written")
    sign_case(folder, redactor)
    queue = CaseQueue(reviews, house / "build", redactor)
    queue.warm()
    queue.presence.open_page(CASE)
    build_small(reviews, house / "build", AS_OF)
    assert kept_releases.list_releases(house / "build")
    withdraw_small(CASE, "victim-request", reviews, house / "build", ON)
    return house


def traces(house: Path) -> set[str]:
    """Files anywhere that tell of the case, by name or content."""
    found = {name for name, data in contents(house).items() if any(t in data.lower() for t in TRACES)}
    return found | {p.relative_to(house).as_posix() for p in house.rglob("*") if CASE in p.name}


def test_nothing_of_it_is_left(withdrawn: Path) -> None:
    """Folder, undo steps, ticks, previews, cache, kept releases, whatever was half written: all gone, and the audit log says it was."""
    assert len(traces(withdrawn)) > 5
    done = candour(
        "forget", CASE, "--yes-forget", "2025-001", "--reviews", withdrawn / "reviews", "--out", withdrawn / "build"
    )
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Nothing of it was found." in done.stdout
    assert "backups and other copies" in done.stdout
    assert traces(withdrawn) == set()
    (line,) = [line for line in read_log(withdrawn / "reviews").lines if line.did == "deleted"]
    assert (line.review, line.by) == ("2025-001", "")
    assert not read_log(withdrawn / "reviews").broken


def test_the_rest_goes_on_and_it_never_comes_back(withdrawn: Path) -> None:
    """Later builds publish the other case and keep the notice."""
    forget(withdrawn / "reviews", CASE, "2025-001", withdrawn / "build")
    result = build_small(withdrawn / "reviews", withdrawn / "build", ON)
    assert (result.published, result.withdrawn) == (("2025-002",), ("2025-001",))


def test_the_reference_is_typed(withdrawn: Path) -> None:
    """Asked for, and nothing but the very reference will do."""
    places = ("--reviews", withdrawn / "reviews", "--out", withdrawn / "build")
    before = contents(withdrawn)
    for typed in ("2025-002\n", "yes\n", f"{CASE}\n"):
        refused = candour("forget", CASE, *places, typed=typed)
        assert (refused.exit_code, "is not its reference" in refused.stderr) == (1, True)
    assert candour("forget", CASE, *places, typed="").exit_code == 1
    assert candour("forget", "nobody", *places, typed="2025-001\n").exit_code == 1
    assert contents(withdrawn) == before
    assert candour("forget", "2025-001", *places, typed="2025-001\n").exit_code == 0
    assert traces(withdrawn) == set()


def test_what_is_published_is_not_forgotten(house: Path) -> None:
    """Nor what is signed while nothing says that it is not published."""
    before = contents(house)
    with pytest.raises(PublishingError, match="2025-001 stands published. Withdraw it first"):
        forget(house / "reviews", CASE, "2025-001", house / "build")
    (house / "build/markdown/data/reviews/2025-001.json").rename(house / "aside.json")
    with pytest.raises(PublishingError, match="stands published"):
        forget(house / "reviews", CASE, "2025-001", house / "build")
    (house / "aside.json").rename(house / "build/markdown/data/reviews/2025-001.json")
    with pytest.raises(PublishingError, match="Say where the site is"):
        forget(house / "reviews", CASE, "2025-001", house / "elsewhere")
    assert contents(house) == before


def test_a_draft_is_forgotten_by_its_reference_or_its_name(tmp_path: Path) -> None:
    """It was never signed, so no site is needed; where no reference can be read its name is typed."""
    write_case(tmp_path / "reviews", status="draft")
    forget(tmp_path / "reviews", CASE, "2025-001", tmp_path / "build")
    (write_case(tmp_path / "reviews") / "review.md").write_text("nothing yet")
    forget(tmp_path / "reviews", CASE, CASE, tmp_path / "build")
    assert traces(tmp_path) == set()


def test_what_is_left_elsewhere_is_told_by_place_alone(withdrawn: Path) -> None:
    """In another case's folder, beside the cases, in .candour: exit code 1, and no name."""
    reviews = withdrawn / "reviews"
    (reviews / OTHER / "press").mkdir()
    (reviews / OTHER / "press/whitlock-jailed.txt").write_text("Darren Whitlock was jailed.")
    (reviews / "notes.txt").write_text("A4821CK")
    (reviews / ".candour/strange").mkdir()
    (reviews / ".candour/strange/x.json").write_text('{"who": "Keisha Moorhouse"}')
    done = candour("forget", CASE, "--yes-forget", "2025-001", "--reviews", reviews, "--out", withdrawn / "build")
    assert done.exit_code == 1
    found = [line for line in done.stderr.splitlines() if line.endswith("was found")]
    assert [line.partition(":")[0] for line in found] == [".candour/strange", "notes.txt", OTHER]
    for name in ("whitlock", "moorhouse", "a4821ck"):
        assert name not in done.output.casefold()


def test_pages_that_could_not_be_removed_are_told(withdrawn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "drop_kept_pages", lambda out: False)
    result = forget(withdrawn / "reviews", CASE, "2025-001", withdrawn / "build")
    assert any("WORDS OF IT MAY STILL LIE in .build.candour-pages" in warning for warning in result.warnings)


def test_what_another_case_declares_too_stays_and_is_told(house: Path) -> None:
    """Both cases name the same address: the other one needs it, and nothing else is left."""
    withdraw_small(CASE, "legal", house / "reviews", house / "build", ON)
    done = forget(house / "reviews", CASE, "2025-001", house / "build")
    assert (done.shared, done.left) == ((OTHER,), ())


def test_a_register_that_cannot_be_read_stops_it(withdrawn: Path) -> None:
    """Nobody could say what to search for."""
    (withdrawn / "reviews" / CASE / "register.yml").write_text("people: [")
    with pytest.raises(PublishingError, match="Mend register.yml first"):
        forget(withdrawn / "reviews", CASE, "2025-001", withdrawn / "build")
    assert (withdrawn / "reviews" / CASE / "signoff.yml").exists()


def test_a_forgetting_that_was_stopped_is_begun_anew(withdrawn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its register goes last: whatever is left is still searched for."""
    remove, calls = Path.unlink, 0

    def die(path: Path, missing_ok: bool = False) -> None:
        nonlocal calls
        calls += path.parent.name == CASE
        if path.parent.name == CASE and calls == 4:
            raise KeyboardInterrupt
        remove(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "unlink", die)
        forget(withdrawn / "reviews", CASE, "2025-001", withdrawn / "build")
    assert (withdrawn / "reviews" / CASE / "register.yml").is_file()
    typed = forgetting.reference_to_type(withdrawn / "reviews", CASE)
    assert forget(withdrawn / "reviews", CASE, typed, withdrawn / "build").left == ()
    assert traces(withdrawn) == set()


def test_a_history_of_versions_is_told(withdrawn: Path) -> None:
    """It cannot be cleared from here."""
    (withdrawn / "reviews/.git").mkdir()
    assert forget(withdrawn / "reviews", CASE, "2025-001", withdrawn / "build").under_version_control


def test_a_case_whose_name_begins_alike_keeps_its_own(withdrawn: Path) -> None:
    """Ticks and steps of another case are no traces of this one."""
    other = withdrawn / "reviews/.candour/ticks" / f"{CASE}.2.json"
    other.write_text("[]")
    steps = withdrawn / "reviews/.candour/undo" / f"{CASE}-2"
    steps.mkdir(parents=True)
    done = forget(withdrawn / "reviews", CASE, "2025-001", withdrawn / "build")
    assert other.exists()
    assert steps.exists()
    # their names begin with the forgotten one's, so the search tells of them
    assert all(line.startswith(".candour/") for line in done.left)
    shutil.rmtree(withdrawn / "reviews/.candour")


@pytest.mark.parametrize("name", ["undo", "drafts", "facts", "open"])
def test_a_case_called_like_a_folder_of_ours_takes_nothing_of_others_with_it(tmp_path: Path, name: str) -> None:
    """What is kept of other cases stays, whatever the forgotten one is called."""
    reviews = tmp_path / "reviews"
    write_case(reviews)
    write_case(reviews, name)
    kept = [reviews / f".candour/{kind}/{CASE}/facts.json" for kind in ("undo", "drafts")]
    for path in kept:
        path.parent.mkdir(parents=True)
        path.write_text("{}")
    forget(reviews, name, forgetting.reference_to_type(reviews, name), tmp_path / "build")
    assert all(path.exists() for path in kept)
    assert not (reviews / name).exists()


def test_a_forgotten_case_does_not_come_back_from_an_open_workbench(house: Path, redactor: Redactor) -> None:
    """Neither into the notes of who has what open, nor into the cache of a redaction that was under way."""
    reviews = house / "reviews"
    queue = CaseQueue(reviews, house / "build", redactor)
    queue.presence.open_page(OTHER)
    shutil.rmtree(reviews / OTHER)
    remove_traces(reviews, OTHER)
    queue.presence.open_page(CASE)
    Cache.of_reviews(reviews).put(f"{OTHER}/{'0' * 64}", {"texts": []})
    left = [path for path in (reviews / ".candour").rglob("*") if path.is_file()]
    assert not [path for path in left if OTHER in path.read_text(errors="replace") or OTHER in path.parts]
