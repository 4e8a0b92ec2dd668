"""Kept releases, and going back to one: what was withdrawn never comes back and never lies on, and nobody's page is lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
import shutil
import stat
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from publishing import intake
from publishing.audit_log import read_log
from publishing.checking import canonical_text
from publishing.checking.signature_files import read_history, write_history
from publishing.cli import app
from publishing.errors import BuildError, LeakError, PublishingError, UnreadableRegisterError
from publishing.release import kept_releases, rollback, swap
from publishing.release.kept_releases import list_releases
from publishing.release.rollback import roll_back
from publishing.release.same_lessons import sign_same_as
from publishing.release.withdrawal import withdraw
from publishing.reviews import RedactedReview
from publishing.site import public_record
from redaction import Redactor
from tests.support.building import AS_OF, build_small, publish_small, withdraw_small
from tests.support.cases import CASE, OTHER, SIGNED_AT, edit_case, sign_case, write_case
from tests.support.paths import contents
from tests.support.signers import DAY, SAM, open_key

ON = dt.date(2025, 3, 5)

pytestmark = pytest.mark.usefixtures("logging_as_it_was")

go_back = partial(roll_back, name=None, as_of=ON, publish=publish_small)


def shown(out: Path) -> list[str]:
    return [review.public_id for review in public_record.load_public_record(out / "markdown")[0]]


def text(out: Path, public_id: str = "2025-001") -> str:
    return (out / "site/reviews" / public_id / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def out(house: Path, redactor: Redactor) -> Path:
    """A site whose first review was corrected; the release before is kept."""
    sign_case(edit_case(house), redactor)
    build_small(house / "reviews", house / "build", AS_OF)
    assert "The court was told late." in text(house / "build")
    return house / "build"


@pytest.fixture
def third(out: Path, redactor: Redactor) -> Path:
    """The same with a third review published since."""
    sign_case(
        write_case(
            out.parent / "reviews",
            "cedar-03",
            public_id="2025-003",
            person="Ivo Quill",
            victim="Una Quill",
            code="B1234CD",
            lesson="A home visit needs two people.",
        ),
        redactor,
    )
    build_small(out.parent / "reviews", out, AS_OF)
    return out


def kept_texts(out: Path) -> bytes:
    return b"\n".join(data for release in list_releases(out) for data in contents(release.folder).values())


# --- what is kept


def test_a_build_keeps_what_it_replaced_for_its_owner_alone(out: Path) -> None:
    """Beside the site, whole, and nobody else may look into it."""
    (release,) = list_releases(out)
    assert release.whole
    assert "The court was not told." in text(release.folder)
    assert stat.S_IMODE(release.folder.parent.stat().st_mode) == 0o700
    assert release.folder.parent.name == ".build.candour-releases"


def test_the_same_site_once_more_keeps_nothing(out: Path) -> None:
    """Nor does a nightly build of another day push the releases out, if readers see no difference."""
    before = list_releases(out)
    for day in range(1, 6):
        build_small(out.parent / "reviews", out, AS_OF + dt.timedelta(days=day))
    assert list_releases(out) == before


def test_only_so_many_are_kept(out: Path, redactor: Redactor) -> None:
    """The oldest goes; how many is a setting."""
    for _ in range(4):
        sign_case(edit_case(out.parent, "The court was told", "The court was told again"), redactor)
        build_small(out.parent / "reviews", out, AS_OF)
    kept = list_releases(out)
    assert len(kept) == 3
    assert [release.name for release in kept] == sorted((release.name for release in kept), reverse=True)
    assert kept_releases.keep(out.parent / "nothing", out, 0, ()) == ()
    assert list_releases(out) == ()


def test_a_full_disk_gives_up_the_oldest(out: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build needs the room more; what is kept is only for going back."""
    sign_case(edit_case(out.parent, "told late", "told very late"), redactor)
    build_small(out.parent / "reviews", out, AS_OF)
    newest, _ = list_releases(out)
    free = iter([0, 0, 10**9])
    monkeypatch.setattr("publishing.files.disk_room.free_bytes", lambda folder: next(free))
    kept_releases.make_room(out)
    assert list_releases(out) == (newest,)


@pytest.mark.parametrize("exchange", [True, False])
def test_where_two_folders_cannot_change_places_the_old_one_is_kept_too(
    house: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    """The fallback of three renames hands the old site on as the exchange does."""
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    sign_case(edit_case(house), redactor)
    build_small(house / "reviews", house / "build", AS_OF)
    (release,) = list_releases(house / "build")
    assert "The court was not told." in text(release.folder)
    assert "The court was told late." in text(house / "build")


# --- withdrawal


def test_a_withdrawn_text_goes_from_every_kept_release_at_once(third: Path) -> None:
    """Not a word of it lies on; the other reviews of the release can still be gone back to."""
    assert b"A recall must be decided" in kept_texts(third)
    withdraw_small(CASE, "victim-request", third.parent / "reviews", third, ON)
    assert len(list_releases(third)) == 2
    left = kept_texts(third)
    assert b"2025-002" in left
    for words in (b"A recall must be decided", b"The court was told late", b"2025-001.json"):
        assert words not in left
    assert not [release for release in list_releases(third) if release.whole]
    assert not list(third.parent.glob(".build.candour-releases/**/2025-001*"))


def test_a_build_that_takes_a_page_down_keeps_no_text_of_it(out: Path) -> None:
    """Withdrawn by the facts of the case: the site that it replaces is kept without it."""
    path = out.parent / "reviews" / CASE / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("status: approved", "status: withdrawn"), encoding="utf-8")
    build_small(out.parent / "reviews", out, ON)
    assert len(list_releases(out)) == 2
    assert b"A recall must be decided" not in kept_texts(out)


def test_what_a_killed_purge_left_the_next_command_takes_away(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record by which it is found goes last; withdrawing again, and any build, begin anew."""
    remove = Path.unlink

    def die(path: Path, missing_ok: bool = False) -> None:
        if ".build.candour-releases" in str(path) and path.name != "index.html":
            raise KeyboardInterrupt
        remove(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "unlink", die)
        withdraw_small(CASE, "legal", out.parent / "reviews", out, ON)
    assert b"A recall must be decided" in kept_texts(out)
    withdraw_small(CASE, "legal", out.parent / "reviews", out, ON)
    assert b"A recall must be decided" not in kept_texts(out)


def test_a_kept_copy_that_cannot_be_removed_is_an_error(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is down, and in capitals what lies on and where: exit code 1, not a line among others."""
    (release,) = list_releases(out)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(kept_releases, "_strip", refuse)
    with pytest.raises(
        PublishingError, match=f"Withdrawn: 2025-001(?s:.)*STILL LIES IN THE KEPT RELEASE {release.name}"
    ):
        withdraw_small(CASE, "legal", out.parent / "reviews", out, ON)
    assert shown(out) == ["2025-002"]


# --- going back


def test_going_back_brings_the_very_bytes(out: Path) -> None:
    """Nothing was withdrawn or published since: every file is as it stood, and what was replaced is kept in its turn."""
    (release,) = list_releases(out)
    before, bad = contents(release.folder), contents(out)
    (out / "README.md").write_text("not the build's own")
    result = go_back(out.parent / "reviews", out)
    assert (result.rewritten, result.newer, result.published) == (False, (), ("2025-001", "2025-002"))
    assert contents(out) == {**before, "README.md": b"not the build's own"}
    left, again = list_releases(out)
    assert left.left
    assert contents(left.folder) == bad
    assert again == release
    assert read_log(out.parent / "reviews").lines[-1].did == "rolled-back"


def test_going_back_twice_does_not_go_forward(out: Path, redactor: Redactor) -> None:
    """The release that somebody went back from is passed over; by its name it can be had."""
    sign_case(edit_case(out.parent, "told late", "told very late"), redactor)
    build_small(out.parent / "reviews", out, AS_OF)
    assert "told very late" in text(out)
    go_back(out.parent / "reviews", out)
    assert "told late" in text(out)
    left = next(release for release in list_releases(out) if release.left)
    go_back(out.parent / "reviews", out)
    assert "told very late" not in text(out)
    roll_back(out.parent / "reviews", out, left.name, ON, publish_small)
    assert "told very late" in text(out)


def test_what_was_withdrawn_since_stays_withdrawn(third: Path) -> None:
    """To the oldest release, before which nothing was withdrawn: the notice stands, and the record tells it."""
    withdraw_small(CASE, "legal", third.parent / "reviews", third, ON)
    oldest = list_releases(third)[-1]
    result = roll_back(third.parent / "reviews", third, oldest.name, ON, publish_small)
    assert (result.rewritten, result.withdrawn, result.newer) == (True, ("2025-001",), ("2025-003",))
    assert shown(third) == ["2025-002", "2025-003"]
    assert "has been withdrawn" in text(third)
    assert b"A recall must be decided" not in b"\n".join(contents(third).values())


@pytest.mark.parametrize("record", ["withdrawals.yml", "build/markdown/data/withdrawals.json"])
def test_either_record_of_a_withdrawal_is_enough(out: Path, record: str) -> None:
    """One was lost, and the kept release is an older copy that somebody put back by hand: the page stays down."""
    (release,) = list_releases(out)
    copied = shutil.copytree(release.folder, out.parent / "copied")
    withdraw_small(CASE, "legal", out.parent / "reviews", out, ON)
    shutil.rmtree(release.folder)
    copied.rename(release.folder)
    if record == "withdrawals.yml":
        (out.parent / "reviews" / record).unlink()
    else:
        (out.parent / record).write_text("[]")
    go_back(out.parent / "reviews", out)
    assert shown(out) == ["2025-002"]
    assert b"A recall must be decided" not in kept_texts(out)


def test_a_case_that_says_itself_that_it_is_withdrawn_stays_away(out: Path) -> None:
    """Though no build has taken it down yet."""
    path = out.parent / "reviews" / CASE / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("status: approved", "status: withdrawn"), encoding="utf-8")
    assert go_back(out.parent / "reviews", out).withdrawn == ("2025-001",)


def test_nobodys_page_is_lost(third: Path) -> None:
    """A review published since stays: a page goes away by withdrawal alone."""
    result = go_back(third.parent / "reviews", third)
    assert (result.newer, result.rewritten) == (("2025-003",), True)
    assert shown(third) == ["2025-001", "2025-002", "2025-003"]


def test_the_gate_searches_it_with_todays_identities(out: Path) -> None:
    """Somebody was declared since who is in the older release: nothing is swapped."""
    register = out.parent / "reviews" / OTHER / "register.yml"
    register.write_text(
        register.read_text(encoding="utf-8") + "organisations: [The court was not told]\n", encoding="utf-8"
    )
    before = contents(out)
    with pytest.raises(LeakError, match=f"reviews/2025-001/index.html: .*declared by case {OTHER}"):
        go_back(out.parent / "reviews", out)
    assert contents(out) == before
    register.write_text("people: [", encoding="utf-8")
    with pytest.raises(UnreadableRegisterError):
        go_back(out.parent / "reviews", out)
    assert contents(out) == before


@pytest.mark.parametrize("change", ["text", "update", "junk"])
def test_a_kept_release_that_somebody_changed_is_refused(out: Path, change: str) -> None:
    """Only texts go back that somebody signed once."""
    (release,) = list_releases(out)
    record = release.folder / "markdown/data/reviews/2025-001.json"
    said = json.loads(record.read_text(encoding="utf-8"))
    if change == "text":
        said["sections"][0]["blocks"][0]["text"] += " Nobody signed this."
    if change == "update":
        said["lessons"][0]["updates"] = [{"date": "2025-01-01", "status": "implemented", "note": None}]
    record.write_text("{" if change == "junk" else json.dumps(said), encoding="utf-8")
    before = contents(out)
    with pytest.raises((PublishingError, BuildError), match="nobody is known to have signed|cannot be read"):
        go_back(out.parent / "reviews", out)
    assert contents(out) == before


def test_where_signers_have_keys_a_key_vouches_for_what_goes_back(keyed_house: Path, redactor: Redactor) -> None:
    """An older text with its key goes back; a line of signoff.yml that no key made vouches for nothing."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    edit_case(keyed_house, "told late", "told very late")
    folder = reviews / CASE
    sign_case(folder, redactor, at=SIGNED_AT + 3 * DAY, sealer=open_key(reviews, SAM))
    build_small(reviews, out, AS_OF)
    (release,) = list_releases(out)
    record = release.folder / "markdown/data/reviews/2025-001.json"
    honest, history = record.read_text(encoding="utf-8"), (folder / "signoff.yml").read_text(encoding="utf-8")
    said = json.loads(honest)
    said["sections"][0]["blocks"][0]["text"] += " Nobody signed this."
    record.write_text(json.dumps(said), encoding="utf-8")
    forged = dataclasses.replace(
        read_history(folder)[0], sha256=hashlib.sha256(canonical_text(RedactedReview.model_validate(said))).hexdigest()
    )
    write_history(folder, (forged, *read_history(folder)))
    before = contents(out)
    with pytest.raises(PublishingError, match="nobody is known to have signed what the release has of 2025-001"):
        go_back(reviews, out)
    assert contents(out) == before
    record.write_text(honest, encoding="utf-8")
    (folder / "signoff.yml").write_text(history, encoding="utf-8")
    go_back(reviews, out)
    assert "told late" in text(out)


@pytest.mark.parametrize("step", ["swap.carry_over", "gate.check_folder", "swap._open_to_readers", "swap._exchange"])
def test_a_fault_in_any_step_leaves_what_stood(out: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A full disk wherever it strikes: the site and the kept releases are as they were, and the disk is named."""
    before = contents(out.parent)

    def fail(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"publishing.release.{step}", fail)
    with pytest.raises(PublishingError, match="The disk is full"):
        go_back(out.parent / "reviews", out)
    assert contents(out.parent) == before


def test_the_whole_site_goes_back_and_is_searched(real_house: Path, redactor: Redactor) -> None:
    """With pages, index, feeds and data as readers get them, after a withdrawal."""
    reviews, out = real_house / "reviews", real_house / "build"
    sign_case(edit_case(real_house), redactor)
    from publishing.release.build import build

    build(reviews, out, AS_OF)
    withdraw(OTHER, "legal", reviews, out, ON)
    assert roll_back(reviews, out, None, ON).rewritten
    assert "The court was not told." in text(out)
    assert b"A handover needs" not in b"\n".join(contents(out).values())
    assert (out / "site/pagefind").is_dir()


# --- on the command line


def candour(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command_line_lists_and_goes_back(third: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is, what it takes, what went back, and what to do next."""
    monkeypatch.setattr(rollback, "roll_back", partial(_small, rollback.roll_back))
    listed = candour("releases", "--out", third)
    names = [release.name for release in list_releases(third)]
    assert [line.split()[0] for line in listed.stdout.splitlines()[:2]] == names
    assert "They take 1 MB" in listed.stdout
    places = ("--reviews", third.parent / "reviews", "--out", third)
    done = candour("rollback", names[-1], *places)
    assert done.exit_code == 0
    for words in ("Published since, and still there: 2025-003", "written again", "stop scheduled builds"):
        assert words in done.stdout
    missing = candour("rollback", "2001-01-01-000000", *places)
    assert (missing.exit_code, "no kept release of that name" in missing.stderr) == (1, True)
    assert candour("rollback", "../../reviews", *places).exit_code == 1
    empty = candour("rollback", "--reviews", third.parent / "reviews", "--out", third.parent / "none")
    assert (empty.exit_code, "No release is kept yet" in empty.stderr) == (1, True)
    assert "No release is kept yet" in candour("releases", "--out", third.parent / "none").stdout
    assert candour("rollback", *places, "--as-of", "soon").exit_code == 2


def _small(work: object, *given: object) -> object:
    assert callable(work)
    return work(*given, publish=publish_small)


def test_a_leak_in_what_goes_back_is_exit_code_1(out: Path) -> None:
    """As for a build; what stood stands."""
    (release,) = list_releases(out)
    (release.folder / "site/new.html").write_text("<p>Ffion Cadwaladr</p>")
    before = contents(out)
    result = candour("rollback", "--reviews", out.parent / "reviews", "--out", out)
    assert result.exit_code == 1
    assert "The release was stopped" in result.stderr
    assert "Cadwaladr" not in result.output
    assert contents(out) == before
    assert os.listdir(out.parent / ".build.candour-releases") == [release.name]


def test_what_a_program_alone_called_the_same_does_not_come_back(out: Path) -> None:
    """A release of before anybody said it has pages that tell it, and records that do not: it is written again."""
    (release,) = list_releases(out)
    for path in (release.folder / "markdown/data/reviews").iterdir():
        record = json.loads(path.read_text(encoding="utf-8"))
        for lesson in record["lessons"]:
            del lesson["same_as"]
        path.write_text(json.dumps(record), encoding="utf-8")
    page = release.folder / "site/reviews/2025-001/index.html"
    page.write_text(page.read_text(encoding="utf-8") + "Taught again", encoding="utf-8")
    assert list_releases(out)[0].whole
    assert go_back(out.parent / "reviews", out).rewritten
    assert "The court was not told." in text(out)
    assert "Taught again" not in text(out)


def test_lessons_that_are_no_longer_called_the_same_do_not_come_back(house: Path) -> None:
    """The release before said so; it was taken back and that was signed, so the site is written without it."""
    reviews, build = house / "reviews", house / "build"
    path = reviews / CASE / "review.md"
    before = path.read_text(encoding="utf-8")
    other = intake.load_case(reviews / OTHER).public_id
    said = before.replace("    level: national\n", f"    level: national\n    same_as: {other}/1\n", 1)

    def same() -> list[tuple[str, ...]]:
        found, _ = public_record.load_public_record(build / "markdown")
        return [lesson.same_as for review in found for lesson in review.lessons if lesson.same_as]

    for text, expected in ((said, [(f"{other}/1",)]), (before, [])):
        path.write_text(text, encoding="utf-8", newline="\n")
        sign_same_as(reviews, CASE, "An Officer")
        build_small(reviews, build, AS_OF)
        assert same() == expected
    done = go_back(reviews, build)
    assert done.rewritten
    assert same() == []


def test_no_setting_is_read_once_the_site_was_exchanged(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read then would be told as if nothing had changed, while the release stands."""
    exchange = swap.swap

    def exchange_and_hide_settings(folder: Path, site: Path) -> None:
        exchange(folder, site)
        monkeypatch.setattr("publishing.site.site_options.read_mkdocs_settings", _vanished)

    monkeypatch.setattr(swap, "swap", exchange_and_hide_settings)
    go_back(out.parent / "reviews", out)
    assert "The court was told late." not in text(out)


def _vanished() -> dict[str, object]:
    raise FileNotFoundError
