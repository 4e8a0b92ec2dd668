"""A backup is whole or not there; a restored folder is the very same, or nothing is restored."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import os
import random
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from publishing.audit_log import read_log
from publishing.checking.case_lock import hold_case_lock
from publishing.cli import app
from publishing.errors import PublishingError
from publishing.release.withdrawal_record import load_withdrawals
from publishing.safekeeping import backup, backup_file
from publishing.safekeeping.backup import back_up
from publishing.safekeeping.backup_file import DamagedBackupError
from publishing.safekeeping.restoring import restore
from tests.conftest import SmallDisk
from tests.support.building import build_small, withdraw_small
from tests.support.cases import CASE, OTHER
from tests.support.paths import ROOT, contents
from tests.support.signers import open_list

ON = dt.date(2025, 3, 5)

pytestmark = pytest.mark.usefixtures("logging_as_it_was")


def kept(reviews: Path) -> dict[str, bytes]:
    """Every file of a reviews folder that a backup is to hold, but for the audit log, which says that it was made."""
    again = tuple(
        f".candour/{name}"
        for name in ("cache/", "cases/", "gate/", "open/", "pages/", "readings/", "states/", "reserve", "audit.log")
    )
    return {name: data for name, data in contents(reviews).items() if not name.startswith(again)}


def candour(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def reviews(house: Path) -> Path:
    """Two signed cases with everything that may lie in a reviews folder."""
    folder = house / "reviews"
    kept_to_be_faster = ("pages/x/index.html", "cache/y", "cases/w", "gate/w", "readings/u", "states/z", "open/v")
    for name in ("undo/amber-kettle-21/00000001.json", "ticks/amber-kettle-21.json", *kept_to_be_faster):
        path = folder / ".candour" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    (folder / CASE / "press").mkdir()
    (folder / CASE / "press/naïve – article.txt").write_bytes(random.Random(1).randbytes(100_000))
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture
def file(reviews: Path) -> Path:
    """A backup of it."""
    path = reviews.parent / "backup.zip"
    back_up(reviews, path, reviews.parent / "build")
    return path


def test_a_drill_brings_back_the_very_same(house: Path, reviews: Path) -> None:
    """Back up, lose the folder, restore: every file, what can be worked out again left out, each its owner's alone."""
    before = kept(reviews)
    file = house / "kept.zip"
    made = candour("backup", file, "--reviews", reviews, "--out", house / "build")
    assert (made.exit_code, stat.S_IMODE(file.stat().st_mode)) == (0, 0o600)
    lost = reviews.rename(house / "lost")
    done = candour("restore", file, "--reviews", reviews, "--out", house / "build")
    assert (done.exit_code, done.stderr) == (0, "")
    assert kept(reviews) == before == kept(lost)
    assert not (reviews / ".candour/cache").exists()
    assert not (reviews / ".candour/pages").exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (reviews, *reviews.rglob("*")))
    checksum = made.stdout.partition("SHA-256): ")[2][:64]
    assert checksum == backup_file.checksum(file)
    assert checksum in done.stdout
    assert [line.did for line in read_log(reviews).lines] == ["signed", "signed", "built", "restored"]
    assert [line.did for line in read_log(lost).lines][-1] == "backed-up"
    assert build_small(reviews, house / "build", ON).published == ("2025-001", "2025-002")


def test_what_was_withdrawn_since_stays_withdrawn(house: Path, reviews: Path, file: Path) -> None:
    """The published record tells it, and no build of the older folder brings the page back."""
    withdraw_small(CASE, "legal", reviews, house / "build", ON)
    reviews.rename(house / "lost")
    done = restore(file, reviews, house / "build")
    assert done.withdrawn == ("2025-001",)
    assert [gone.public_id for gone in load_withdrawals(reviews)] == ["2025-001"]
    assert build_small(reviews, house / "build", ON).published == ("2025-002",)


def test_without_the_site_somebody_is_told_to_withdraw_again(house: Path, reviews: Path, file: Path) -> None:
    """Nothing says then what was withdrawn since."""
    reviews.rename(house / "lost")
    (warning,) = restore(file, reviews, house / "elsewhere").warnings
    assert "Withdraw that again before anybody builds" in warning


def test_an_account_trusts_a_restored_list_of_signers_anew(keyed_house: Path) -> None:
    """Keys are in no backup, and a build believes no list that it finds: the command says what to do, and then it builds."""
    reviews, again = keyed_house / "reviews", keyed_house / "again"
    back_up(reviews, keyed_house / "kept.zip", keyed_house / "build")
    done = candour("restore", keyed_house / "kept.zip", "--reviews", again, "--out", keyed_house / "build")
    assert (done.exit_code, "candour signer trust FINGERPRINT" in done.stdout) == (0, True)
    with pytest.raises(PublishingError, match="does not know this list of signers yet"):
        build_small(again, keyed_house / "other", ON)
    assert candour("signer", "trust", open_list(reviews), "--reviews", again).exit_code == 0
    assert build_small(again, keyed_house / "other", ON).published == ("2025-001", "2025-002")


# --- where a backup may be -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("build/backup.zip", "That folder is public"),
        ("build/site/backup.zip", "That folder is public"),
        ("copied/deep/backup.zip", "That folder is public"),
        ("reviews/backup.zip", "inside the reviews folder would be lost with it"),
        ("reviews/amber-kettle-21/backup.zip", "inside the reviews folder would be lost with it"),
        ("nowhere/backup.zip", "The folder for the backup is not there"),
        ("there.zip", "no backup is written over"),
        ("build", "That is a folder"),
    ],
)
def test_no_backup_where_it_should_not_be(house: Path, reviews: Path, place: str, said: str) -> None:
    """Where it would be public, lost or in place of another file: refused in plain words, and nothing is written."""
    (house / "there.zip").write_text("an older backup")
    (house / "copied/deep").mkdir(parents=True)
    (house / "copied/index.html").touch()
    before = contents(house)
    result = candour("backup", house / place, "--reviews", reviews, "--out", house / "build")
    assert result.exit_code == 1
    assert said in result.stderr
    assert contents(house) == before


def test_a_link_is_refused_without_its_name(house: Path, reviews: Path) -> None:
    """What it leads to would not be in the backup; the name of a file may name somebody."""
    (reviews / CASE / "press/whitlock.txt").symlink_to(house / "elsewhere")
    with pytest.raises(
        PublishingError, match=f"{CASE}: a file in this folder cannot be backed up: it is a link"
    ) as error:
        back_up(reviews, house / "kept.zip", house / "build")
    assert "whitlock" not in str(error.value)


def test_a_case_is_read_while_nobody_signs_it(house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever signs just then is waited for."""
    monkeypatch.setattr("publishing.checking.case_lock._PATIENCE", 0.2)
    with (
        hold_case_lock(reviews / OTHER),
        pytest.raises(PublishingError, match="somebody else is changing or signing it just now"),
    ):
        back_up(reviews, house / "kept.zip", house / "build")
    assert not (house / "kept.zip").exists()


def test_a_folder_that_changes_meanwhile_is_read_again(
    house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once: the backup has the new state whole. All the while: there is no backup."""
    add, changes = backup_file.add, itertools.count()
    edited = reviews / OTHER / "review.md"

    def change_once(*given: object) -> object:
        if next(changes) == 1:
            edited.write_text(edited.read_text(encoding="utf-8") + "\nOne more.\n", encoding="utf-8")
        return add(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_file, "add", change_once)
    back_up(reviews, house / "kept.zip", house / "build")
    restore(house / "kept.zip", house / "again", house / "build")
    assert kept(house / "again") == kept(reviews)

    def change(*given: object) -> object:
        (reviews / OTHER / f"new-{next(changes)}.txt").touch()
        return add(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_file, "add", change)
    with pytest.raises(PublishingError, match="changed all the while"):
        back_up(reviews, house / "other.zip", house / "build")
    assert not (house / "other.zip").exists()
    assert not list(house.glob(".candour-backup-*"))


# --- faults ----------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from publishing.safekeeping import backup_file, backup, restoring
house, at, which = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
calls = 0
def dying(work):
    def call(*given):
        global calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*given)
    return call
if which == "backup":
    backup_file.add = dying(backup_file.add)
    backup_file.add_contents = dying(backup_file.add_contents)
    os.rename = dying(os.rename)
    backup.back_up(house / "reviews", house / "killed.zip", house / "build")
else:
    restoring._write = dying(restoring._write)
    restoring._prove = dying(restoring._prove)
    os.rename = dying(os.rename)
    restoring.restore(house / "backup.zip", house / "again", house / "build")
"""


def die(house: Path, at: int, which: str) -> int:
    """Run a backup or a restore that is killed, as kill -9 does, at one of its steps."""
    command = [sys.executable, "-c", KILLED, str(house), str(at), which]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode


@pytest.mark.parametrize("which", ["backup", "restore"])
@pytest.mark.build
def test_a_kill_half_way_leaves_nothing_that_looks_whole(house: Path, file: Path, which: str) -> None:
    """At the third file, at the last step and right before the renaming; the next try clears up and works."""
    count = len(kept(house / "reviews")) + 1
    before = kept(house / "reviews")
    for at in (3, count + 1, count + 2):
        assert die(house, at, which) == -signal.SIGKILL
        assert not (house / "killed.zip").exists()
        assert not (house / "again").exists()
        assert kept(house / "reviews") == before
    if which == "backup":
        assert list(house.glob(".candour-backup-*.part"))
        for left in house.glob(".candour-backup-*.part"):
            os.utime(left, (0, 0))
        back_up(house / "reviews", house / "killed.zip", house / "build")
        assert not list(house.glob(".candour-backup-*.part"))
    else:
        assert list(house.glob(".again.candour-restoring-*"))
        restore(file, house / "again", house / "build")
        assert not list(house.glob(".again.candour-restoring-*"))
        assert kept(house / "again") == before


def test_a_backup_cut_off_anywhere_is_refused(house: Path, file: Path) -> None:
    """At fifty places, the last byte among them."""
    data = file.read_bytes()
    for length in sorted({*range(0, len(data), len(data) // 48), len(data) - 1}):
        file.write_bytes(data[:length])
        with pytest.raises(DamagedBackupError):
            restore(file, house / "again", house / "build")
        assert not (house / "again").exists()


def test_a_changed_byte_is_refused_or_changes_nothing(house: Path, file: Path) -> None:
    """At sixty places: what is restored is what was backed up, or nothing is."""
    data, before, refused = file.read_bytes(), kept(house / "reviews"), 0
    for place in random.Random(7).sample(range(len(data)), 60):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            restore(file, house / "again", house / "build")
        except PublishingError:
            refused += 1
            assert not (house / "again").exists()
        else:
            assert kept(house / "again") == before
            (house / "again").rename(house / f"again-{place}")
    assert refused > 45


def test_a_disk_that_writes_something_else_restores_nothing(
    house: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is read back: one byte that changed on its way to the disk is refused."""
    real = os.fsync

    def spoil(handle: int) -> None:
        os.pwrite(handle, b"\0", 0)
        real(handle)

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(PublishingError, match=r"is this disk sound\? Nothing was restored"):
        restore(file, house / "again", house / "build")
    assert not (house / "again").exists()


def packed(
    files: dict[str, bytes], said: Callable[[list[dict[str, object]]], object] | None = None, attr: int = 0o100600
) -> bytes:
    """A backup made by hand, whose table of contents may lie."""
    listed: list[dict[str, object]] = [
        {"path": name, "size": len(data), "sha256": backup_file.hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    if said:
        said(listed)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"reviews/{name}")
            entry.external_attr, entry.compress_type = attr << 16, zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
        package.writestr("candour-backup.json", json.dumps({"format": 1, "files": listed}))
    return held.getvalue()


def no_contents() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("reviews/a/review.md", "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"/etc/passwd": b"x"}), "leads elsewhere"),
        (packed({"../outside": b"x"}), "leads elsewhere"),
        (packed({"a/../../outside": b"x"}), "leads elsewhere"),
        (packed({"a//b": b"x"}), "leads elsewhere"),
        (packed({"./a": b"x"}), "leads elsewhere"),
        (packed({"a\\..\\b": b"x"}), "not every system takes"),
        (packed({"C:evil": b"x"}), "not every system takes"),
        (packed({"a\nb": b"x"}), "not every system takes"),
        (packed({"a": b"/etc/passwd"}, attr=0o120777), "a link or a folder"),
        (packed({"a/": b""}, attr=0o040700), "a link or a folder"),
        (packed({"a": b"x"}, lambda listed: listed[0].update(size=2)), "larger than it says"),
        (packed({"a": bytes(5000)}, lambda listed: listed[0].update(size=10)), "larger than it says"),
        (packed({"a": b"x"}, lambda listed: listed[0].update(size=10**12)), "larger than it says"),
        (packed({"a": b"x"}, lambda listed: listed[0].update(sha256="0" * 64)), "not what was put in"),
        (packed({"a": b"x"}, lambda listed: listed.append(listed[0])), "not those that it names"),
        (packed({"a": b"x"}, lambda listed: listed.clear()), "not those that it names"),
        (packed({"a": b"x"}, lambda listed: listed[0].update(size="1")), "cannot be read"),
        (no_contents(), "does not say what is in it"),
        (b"", "another kind of file"),
        (b"just a text", "another kind of file"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)  # fmt: skip
def test_a_forged_backup_writes_nothing_anywhere(tmp_path: Path, data: bytes, said: str) -> None:
    """Paths that climb, links, bombs, lies: refused before a file is in place."""
    file = tmp_path / "forged.zip"
    file.write_bytes(data)
    result = candour("restore", file, "--reviews", tmp_path / "deep/reviews", "--out", tmp_path / "build")
    assert result.exit_code == 1
    assert said in result.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


def test_a_lie_about_the_length_is_seen_while_it_is_unpacked(tmp_path: Path) -> None:
    """The directory of the zip and the table of contents agree on a short length; the bytes go on, and are not written."""
    data = packed({"a": bytes(10_000_000)}, lambda listed: listed[0].update(size=100))
    file = tmp_path / "bomb.zip"
    # the lengths in the entry's two headers
    file.write_bytes(data.replace((10_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(DamagedBackupError):
        restore(file, tmp_path / "reviews", tmp_path / "build")
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_written_over(house: Path, file: Path) -> None:
    """A folder with anything in it is refused; an empty one is filled."""
    before = contents(house)
    with pytest.raises(PublishingError, match="not empty"):
        restore(file, house / "reviews", house / "build")
    with pytest.raises(PublishingError, match="is a file"):
        restore(file, file, house / "build")
    assert contents(house) == before
    (house / "empty").mkdir()
    restore(file, house / "empty", house / "build")
    assert kept(house / "empty") == kept(house / "reviews")


def test_a_full_disk_is_named(house: Path, reviews: Path, small_disk: Callable[[int], SmallDisk]) -> None:
    """For a backup and for a restore: how much room, and where; nothing is left behind."""
    (reviews / CASE / "press/large.bin").write_bytes(random.Random(2).randbytes(3_000_000))
    disk = small_disk(2)
    with pytest.raises(PublishingError, match="The disk is full: about 4 MB are needed in the folder of the backup"):
        back_up(reviews, disk.folder / "kept.zip", house / "build")
    assert list(disk.folder.iterdir()) == []
    back_up(reviews, house / "kept.zip", house / "build")
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(PublishingError, match="about 4 MB are needed in the folder that is to hold the reviews folder"),
    ):
        patch.setattr(Path, "resolve", lambda path, strict=False: path.absolute())
        restore(house / "kept.zip", disk.folder / "reviews", house / "build")
    assert list(disk.folder.iterdir()) == []


def test_a_missing_folder_or_backup_is_told(tmp_path: Path) -> None:
    """In words, with exit code 1."""
    assert (
        "The reviews folder is not there" in candour("backup", tmp_path / "a.zip", "--reviews", tmp_path / "no").stderr
    )
    assert (
        "There is no backup of that name" in candour("restore", tmp_path / "a.zip", "--reviews", tmp_path / "no").stderr
    )


def test_the_limit_of_one_file_holds(house: Path, reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be restored is not backed up."""
    monkeypatch.setattr(backup_file, "LARGEST", 50_000)
    with pytest.raises(PublishingError, match="larger than 0 MB"):
        back_up(reviews, house / "kept.zip", house / "build")
    assert backup.look(reviews / OTHER)
