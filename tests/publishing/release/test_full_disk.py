"""A disk without room: a page comes down all the same, whatever cannot be written is told as such, and what was there stays."""

from __future__ import annotations

import datetime as dt
import errno
import gzip
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from publishing.checking import intruder, load_signed_text, press_check
from publishing.cli import app
from publishing.errors import BuildError, FullDiskError, PublishingError
from publishing.files import disk_room, locks
from publishing.intake import new
from publishing.intake.case_files import fingerprint
from publishing.intake.word import template
from publishing.release import manifest, reserve
from publishing.release.build import build
from publishing.release.responding import respond
from publishing.release.signoff import sign_off
from publishing.release.withdrawal import withdraw
from publishing.site import public_record
from publishing.workbench.case_decisions import RequestedDecision
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.checklist_progress import TextReading
from publishing.workbench.edit_history import Deed
from redaction import Redactor
from tests.conftest import SmallDisk
from tests.support.building import AS_OF, planting
from tests.support.cases import write_case
from tests.support.paths import contents
from tests.support.tally import Tally

ON = dt.date(2025, 3, 5)
CASE, PUBLIC_ID, OTHER = "amber-kettle-21", "2025-001", "2025-002"
LESSON = "decided within one working day"
NOTICES = {f"site/reviews/{PUBLIC_ID}/index.html", f"site/reviews/{PUBLIC_ID}/learning/index.html"}
MEGABYTE = 1 << 20
FULL = r"The disk is full: about \d+ MB (is|are) needed in {}; make room and run it again\. What stood before stands\."

Disks = Callable[[int], SmallDisk]


pytestmark = pytest.mark.usefixtures("one_redactor", "logging_as_it_was")


@pytest.fixture
def published(whole_house: Path) -> Path:
    """Two signed cases and their whole site, to be put on a disk."""
    return whole_house


@pytest.fixture
def house(real_house: Path) -> Path:
    """The same, to change: what is taken away in place is the whole site."""
    return real_house


@pytest.fixture(scope="module")
def withdrawn(whole_house: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the site that an ordinary withdrawal makes, and the build after it."""
    house = shutil.copytree(whole_house, tmp_path_factory.mktemp("withdrawn") / "house")
    withdraw(CASE, "legal", house / "reviews", house / "build", ON)
    build(house / "reviews", house / "build", ON)
    return contents(house / "build")


def candour(*arguments: object) -> Result:
    """Run the command line over the house on a disk, in this process: a process of its own takes longer than its work."""
    with pytest.MonkeyPatch.context() as patch:
        # from here the way to the disk leads through what looks like a link to /
        patch.setattr(Path, "resolve", lambda path, strict=False: path.absolute())
        return CliRunner().invoke(app, [str(argument) for argument in arguments])


def candour_there(disk: SmallDisk, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process that sees the disk."""
    command = disk.command(sys.executable, "-m", "publishing.cli", *arguments)
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def places(root: Path) -> list[object]:
    """The house on a disk, as the command line is told of it."""
    return ["--reviews", root / "reviews", "--out", root / "build"]


def withdrawing(root: Path) -> list[object]:
    """The withdrawal of the first case."""
    return ["withdraw", CASE, "--reason", "legal", "--as-of", ON.isoformat(), *places(root)]


def building(root: Path) -> list[object]:
    """A build of the house on the disk."""
    return ["build", "--as-of", ON.isoformat(), *places(root)]


def settle(disk: SmallDisk, house: Path) -> None:
    """Put a house on the disk."""
    shutil.copytree(house, disk.folder, dirs_exist_ok=True)


def texts(out: Path) -> dict[str, str]:
    """What every file under a folder says, unpacked."""
    plain = {name: gzip.decompress(d) if d[:2] == b"\x1f\x8b" else d for name, d in contents(out).items()}
    return {name: data.decode("utf-8", errors="replace") for name, data in plain.items()}


def telling(out: Path) -> set[str]:
    """Files that tell of the review: by its address, its lesson or its title."""
    return {name for name, text in texts(out).items() if PUBLIC_ID in text or LESSON in text}


def broken_links(site: Path) -> set[str]:
    """Links between the pages of a site that lead nowhere."""
    found = set()
    for page in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"#:]+)[#"]', page.read_text(encoding="utf-8")):
            target = page.parent / link
            if page.name != "404.html" and not (target / "index.html" if target.is_dir() else target).is_file():
                found.add(f"{page.relative_to(site)} -> {link}")
    return found


def assert_taken_away(out: Path) -> None:
    """Nothing tells of the review but its notices and the record of withdrawals; home and the other review can be read."""
    assert telling(out) == {*NOTICES, "markdown/data/withdrawals.json", "manifest.txt"}
    assert manifest.compare_with_manifest(out / "manifest.txt", out / "site") > 2
    assert all("has been withdrawn" in (out / notice).read_text(encoding="utf-8") for notice in NOTICES)
    assert [review.public_id for review in public_record.load_public_record(out / "markdown")[0]] == [OTHER]
    assert [(gone.public_id, gone.reason) for gone in public_record.load_public_record(out / "markdown")[1]] == [
        (PUBLIC_ID, "legal")
    ]
    assert f'href="../reviews/{OTHER}/index.html"' in (out / "site/reviews/index.html").read_text(encoding="utf-8")
    assert "A handover needs a spoken briefing." in (out / f"site/reviews/{OTHER}/index.html").read_text(
        encoding="utf-8"
    )
    assert 'href="reviews/index.html"' in (out / "site/index.html").read_text(encoding="utf-8")
    assert {link for link in broken_links(out / "site") if "data/" not in link} == set()


def no_reserve(disk: SmallDisk) -> None:
    """A house built before any room was kept back, or any page, which goes first."""
    shutil.rmtree(disk.folder / ".build.candour-pages")
    (disk.folder / ".build.candour-reserve").unlink()
    (disk.folder / "reviews/.candour/reserve").unlink()


@pytest.mark.parametrize(
    ("leave", "before"),
    [
        pytest.param(0, None, id="no room at all"),
        pytest.param(3 * MEGABYTE, None, id="it runs out while the site is written"),
        pytest.param(0, no_reserve, id="no room was kept back"),
    ],
)
def test_a_page_comes_down_without_room(
    small_disk: Disks,
    published: Path,
    withdrawn: dict[str, bytes],
    leave: int,
    before: Callable[[SmallDisk], None] | None,
) -> None:
    """It is taken away in place and recorded; with room again, the next build makes what an ordinary withdrawal makes."""
    # with room again, pages are kept again
    disk = small_disk(30)
    settle(disk, published)
    if before:
        before(disk)
    disk.fill(leave)
    done = candour(*withdrawing(disk.folder))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Withdrawn: 2025-001. Its page is now a notice" in done.stdout
    assert re.search(
        r"it lacks search, every list.* about \d+ MB are needed in the folder that holds build\.", done.stdout
    )
    out = disk.folder / "build"
    assert_taken_away(out)
    assert PUBLIC_ID in (disk.folder / "reviews/withdrawals.yml").read_text(encoding="utf-8")
    checked = candour("check", "--reviews", disk.folder / "reviews", "--site", out / "site")
    assert checked.exit_code == 0, checked.stderr
    disk.make_room()
    built = candour(*building(disk.folder))
    assert built.exit_code == 0, built.stderr
    assert contents(out) == withdrawn
    assert sorted(path.name for path in disk.folder.iterdir()) == [
        ".build.candour-pages",
        ".build.candour-reserve",
        "build",
        "reviews",
    ]
    assert len(list((disk.folder / ".build.candour-pages").iterdir())) > 50


def test_it_is_recorded_where_the_reviews_folders_disk_is_full(small_disk: Disks, published: Path, house: Path) -> None:
    """The room kept back there is enough; the site has room elsewhere and is written as ever."""
    disk = small_disk(6)
    settle(disk, published / "reviews")
    disk.fill()
    result = withdraw(CASE, "legal", disk.folder, house / "build", ON)
    assert result.warnings == ()
    assert PUBLIC_ID in (disk.folder / "withdrawals.yml").read_text(encoding="utf-8")
    assert public_record.published_page_ids(house / "build/site") == {PUBLIC_ID, OTHER}
    assert (house / "build/site/lessons/index.html").stat().st_size > 5000


@pytest.mark.parametrize("leave", [0, 3 * MEGABYTE], ids=["no room at all", "it runs out"])
def test_a_build_says_that_the_disk_is_full(small_disk: Disks, published: Path, leave: int) -> None:
    """How much is needed and where, and no path; what was there stays, and nothing is left beside it."""
    disk = small_disk(12)
    settle(disk, published)
    shutil.rmtree(disk.folder / "reviews/.candour/cache")
    disk.fill(leave)
    before = contents(disk.folder / "build")
    done = candour(*building(disk.folder))
    assert done.exit_code == 1
    assert re.fullmatch(FULL.format("the folder that holds build"), done.stderr.strip())
    assert contents(disk.folder / "build") == before
    assert sorted(path.name for path in disk.folder.iterdir()) == [
        ".build.candour-reserve",
        "build",
        "filler",
        "reviews",
    ]


def test_a_first_build_on_a_full_disk_says_what_it_needs(small_disk: Disks, published: Path) -> None:
    """There is no site yet to go by."""
    disk = small_disk(8)
    settle(disk, published)
    shutil.rmtree(disk.folder / "build")
    disk.fill()
    done = candour_there(disk, *building(disk.place))
    assert done.returncode == 1
    assert "about 6 MB are needed in the folder that holds build" in done.stderr
    assert not (disk.folder / "build").exists()


def test_a_full_cache_stops_no_build(small_disk: Disks, published: Path, tmp_path: Path) -> None:
    """Nothing can be remembered, and everything is published."""
    disk = small_disk(4)
    settle(disk, published / "reviews")
    shutil.rmtree(disk.folder / ".candour")
    disk.fill()
    said: list[str] = []
    result = build(disk.folder, tmp_path / "build", AS_OF, report=said.append)
    assert result.published == (PUBLIC_ID, OTHER)
    assert [line for line in said if "no room could be kept back" in line]


@pytest.mark.parametrize("blocks", range(8))
def test_a_signature_is_whole_or_is_not_made(
    small_disk: Disks, published: Path, redactor: Redactor, blocks: int
) -> None:
    """However little room there is: what was signed before counts, or what was signed now, and a build takes it."""
    disk = small_disk(4)
    settle(disk, published / "reviews")
    folder = disk.folder / CASE
    path = folder / "review.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("The court was not told.", "The court was told late."),
        encoding="utf-8",
    )
    before = load_signed_text(folder, dt.date.max)
    disk.fill(blocks * 4096)
    refused = None
    try:
        sign_off(disk.folder, CASE, "Another Checker", redactor=redactor)
    except FullDiskError as error:
        refused = str(error)
    assert blocks or refused
    if refused:
        assert re.fullmatch(FULL.format("the reviews folder"), refused)
        assert load_signed_text(folder, dt.date.max) == before
        disk.make_room()
        sign_off(disk.folder, CASE, "Another Checker", redactor=redactor)
    text = load_signed_text(folder, dt.date.max)
    assert text is not None
    assert "told late" in "\n".join(text.strings())


WRITERS: dict[str, Callable[[Path, Redactor], object]] = {
    "a new case": lambda reviews, _: new.create_case(reviews, "cedar-lantern-07"),
    "a text for the press check": lambda reviews, _: press_check.add_press_text(
        reviews / CASE, "article", b"words " * 1000
    ),
    "a guess": lambda reviews, _: intruder.add_guess(
        reviews / CASE, intruder.Guess("A Reader", ON, "0" * 64, {}, "wrong")
    ),
    "an answer to a lesson": lambda reviews, redactor: respond(
        reviews, CASE, 1, "in-progress", None, "A Checker", ON, redactor
    ),
    "a decision": lambda reviews, redactor: CaseQueue(reviews, reviews / "none", redactor).editor.decide(
        reviews / CASE, [RequestedDecision("reject", "court", by="A Checker")], fingerprint(reviews / CASE)
    ),
    "a form of the workbench": lambda reviews, redactor: CaseQueue(reviews, reviews / "none", redactor).editor.write(
        reviews / CASE, {"review.md": b"---\n"}, fingerprint(reviews / CASE), [Deed("facts")], "A Checker"
    ),
    "what is typed and not saved": lambda reviews, redactor: CaseQueue(reviews, reviews / "none", redactor).drafts.keep(
        CASE, "facts", {"approved_by": ["Head of Casework"]}, "A Checker"
    ),
    "ticks": lambda reviews, redactor: CaseQueue(reviews, reviews / "none", redactor).progress.update(
        CASE, TextReading("0" * 64, "A Checker"), (), ()
    ),
    "the page before one signs": lambda reviews, redactor: _preview(CaseQueue(reviews, reviews / "none", redactor)),
    "a template": lambda reviews, _: template.write_template(reviews / "template.docx"),
}


def _preview(queue: CaseQueue) -> Path:
    return queue.previews.site(queue.open(CASE))


@pytest.mark.parametrize("what", WRITERS)
def test_whatever_cannot_be_written_says_so(small_disk: Disks, published: Path, redactor: Redactor, what: str) -> None:
    """One message for all of them, without a path; no file is changed, and none is left half written."""
    disk = small_disk(6)
    settle(disk, published / "reviews")
    disk.fill()
    before = contents(disk.folder)
    with pytest.raises(FullDiskError) as caught:
        WRITERS[what](disk.folder, redactor)
    where = "the folder that you chose" if what == "a template" else "the reviews folder"
    assert re.fullmatch(FULL.format(where), str(caught.value))
    after = contents(disk.folder)
    (disk.folder / "template.docx").unlink(missing_ok=True)
    assert {name: data for name, data in after.items() if name != "template.docx"} == before


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]), True),
        (shutil.Error([("a", "b", "[Errno 13] Permission denied: 'b'")]), False),
        (PermissionError(errno.EACCES, "Permission denied"), False),
        (OSError("No space left on device"), False),
        (ValueError(errno.ENOSPC), False),
    ],
)
def test_a_full_disk_is_told_from_other_faults(error: Exception, full: bool) -> None:
    """A quota that is used up is a full disk too; what only sounds like one is none."""
    assert disk_room.is_full(error) is full
    if isinstance(error, OSError):
        told = disk_room.explain_write_error(error, BuildError("otherwise"))
        assert isinstance(told, FullDiskError) is full


def test_no_room_for_temporary_files_is_told_as_such(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate asks Pagefind for its own files there; another disk than the site's may be the full one."""
    from publishing.release import shipped_files

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shipped_files.shipped_hashes.cache_clear()
    monkeypatch.setattr(shipped_files.tempfile, "TemporaryDirectory", refuse)
    with pytest.raises(FullDiskError, match="in this machine's folder for temporary files;"):
        build(house / "reviews", house / "build", ON)


@pytest.mark.parametrize("code", [errno.EIO, errno.EROFS, errno.EACCES])
def test_a_disk_that_fails_is_no_fault_of_candours(house: Path, code: int) -> None:
    """A build says what the system said and that nothing was changed; a withdrawal, that the page is still there. No path."""

    def fail(site: Path) -> None:
        raise OSError(code, os.strerror(code), str(site / "secret"))

    before = contents(house / "build")
    told = (
        rf"^{{}}build was not changed: a file or folder could not be read or written \({os.strerror(code)}\)\. See that"
    )
    with pytest.raises(BuildError, match=told.format("")) as caught:
        build(house / "reviews", house / "build", ON, publish=planting(fail))
    assert str(house) not in str(caught.value)
    with pytest.raises(PublishingError, match=told.format(rf"{PUBLIC_ID}: IT WAS NOT TAKEN DOWN\. ")):
        withdraw(CASE, "legal", house / "reviews", house / "build", ON, publish=planting(fail))
    assert contents(house / "build") == before


# --- taking away in place, without a disk of its own


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says that no room is left."""
    monkeypatch.setattr(disk_room, "free_bytes", lambda folder: 0)


@pytest.mark.usefixtures("full")
@pytest.mark.build
def test_what_tells_of_it_is_cut_out_of_other_reviews(tmp_path: Path, sign: Callable[[Path], None]) -> None:
    """Their entries that lead to it go, though somebody signed that they teach the same; a lesson in the very same words, and all else, stays."""
    lesson = "A recall must be decided within one working day by a senior manager."
    reviews, out = tmp_path / "reviews", tmp_path / "build"
    sign(write_case(reviews, lesson=lesson))
    people = {"person": "Tomasz Wołkowski", "victim": "Ffion Cadwaladr", "code": "X412398"}
    other = write_case(reviews, "walnut-anchor-08", public_id=OTHER, lesson=lesson, **people)
    text = (other / "review.md").read_text(encoding="utf-8")
    said = text.replace("    level: national\n", f"    level: national\n    same_as: {PUBLIC_ID}/1\n", 1)
    (other / "review.md").write_text(said, encoding="utf-8", newline="\n")
    sign(other)
    build(reviews, out, AS_OF)
    page = out / f"site/reviews/{OTHER}/index.html"
    before = page.read_text(encoding="utf-8")
    assert PUBLIC_ID in before
    assert "Taught as well" in before
    withdraw(CASE, "legal", reviews, out, ON)
    after = page.read_text(encoding="utf-8")
    assert PUBLIC_ID not in after
    assert "Taught as well" not in after
    assert lesson in after
    assert set(after.splitlines()) <= set(before.splitlines())
    assert telling(out) - {page.relative_to(out).as_posix()} == {
        *NOTICES,
        "markdown/data/withdrawals.json",
        "manifest.txt",
        f"markdown/data/reviews/{OTHER}.json",
        f"site/data/reviews/{OTHER}.md",
        f"site/reviews/{OTHER}/learning/index.html",
    }
    assert all(PUBLIC_ID not in path.read_text(encoding="utf-8") for path in out.rglob(f"{OTHER}.*"))


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("packed", [False, True], ids=["as it is", "packed"])
def test_a_hand_written_page_that_quotes_it_goes(house: Path, packed: bool) -> None:
    """What quotes it anywhere else than in an entry is not kept, nor is what cannot be read; a page says that it will be back."""
    out = house / "build"
    words = f"<section>A recall must <em>be {LESSON}</em>.</section>"
    page = out / f"site/about/{'data.gz' if packed else 'licence/index.html'}"
    page.write_bytes(gzip.compress(words.encode()) if packed else words.encode())
    odd = out / "site/assets/font.woff2"
    odd.write_bytes(b"wOF2" + bytes(range(256)))
    withdraw(CASE, "legal", house / "reviews", out, ON)
    assert page.exists() is not packed
    assert packed or "This page will be back" in page.read_text(encoding="utf-8")
    assert not odd.exists()
    assert (out / "site/about/index.html").stat().st_size > 5000


@pytest.mark.usefixtures("full")
def test_what_is_not_of_candour_is_left_alone(house: Path) -> None:
    """README.md beside the site, as builds leave it."""
    readme = house / "build/README.md"
    readme.write_text(f"We publish {PUBLIC_ID} here.", encoding="utf-8")
    withdraw(CASE, "legal", house / "reviews", house / "build", ON)
    assert readme.read_text(encoding="utf-8") == f"We publish {PUBLIC_ID} here."


@pytest.mark.usefixtures("full")
def test_every_review_can_be_taken_away(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, the last without any other left; each again changes nothing."""
    reviews, out = house / "reviews", house / "build"
    for public_id in (PUBLIC_ID, OTHER):
        withdraw(public_id, "legal", reviews, out, ON)
        before = contents(out)
        assert "was withdrawn before" in withdraw(public_id, "legal", reviews, out, ON).message
        assert contents(out) == before
    assert public_record.load_public_record(out / "markdown")[0] == ()
    monkeypatch.undo()
    assert build(reviews, out, ON).withdrawn == (PUBLIC_ID, OTHER)
    assert withdraw(OTHER, "legal", reviews, out, ON).message.endswith("its notice stands.")


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("file", ["site/reviews/2025-001/index.html", "site/data/lessons.csv"])
def test_what_cannot_be_taken_away_is_told_in_capitals(house: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    """The file is named by its public address and everything else has gone; afterwards it can be done again."""
    out, real = house / "build", Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == out / file:
            raise PermissionError(errno.EACCES, "Permission denied")
        real(path, missing_ok)

    def no_truncate(path: Path, length: int) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        patched.setattr(os, "truncate", no_truncate)
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(PublishingError, match=rf"2025-001: IT WAS NOT WHOLLY TAKEN DOWN\..*: build/{file}\."):
            withdraw(CASE, "legal", house / "reviews", out, ON)
    withdraw(CASE, "legal", house / "reviews", out, ON)
    assert_taken_away(out)


def test_where_nothing_at_all_can_be_done_it_is_told_in_capitals(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the file that keeps other builds away, with what was kept back: the page is still public, and somebody must know."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(locks, "hold_lock", refuse)
    with pytest.raises(PublishingError, match=rf"{CASE}: IT WAS NOT TAKEN DOWN\..*about \d+ MB are needed"):
        withdraw(CASE, "legal", house / "reviews", house / "build", ON)


@pytest.mark.usefixtures("full")
def test_a_web_server_can_read_what_is_written(house: Path) -> None:
    """Whatever files this user makes otherwise."""
    before = os.umask(0o077)
    try:
        withdraw(CASE, "legal", house / "reviews", house / "build", ON)
    finally:
        os.umask(before)
    site = house / "build/site"
    assert {stat.S_IMODE(path.stat().st_mode) for path in site.rglob("*") if path.is_file()} == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in site.rglob("*") if path.is_dir()} == {0o755}


def test_the_room_kept_back_is_private_and_kept_again(house: Path) -> None:
    """Of the size that is told, for its owner alone, beside the site and in the reviews folder; a withdrawal restores it."""
    kept = [house / ".build.candour-reserve", house / "reviews/.candour/reserve"]
    assert [path.stat().st_size for path in kept] == [reserve.SIZE] * 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    kept[0].unlink()
    withdraw(CASE, "legal", house / "reviews", house / "build", ON)
    assert [path.stat().st_size for path in kept] == [reserve.SIZE] * 2


# --- killed in the middle

KILLED = """
import os, pathlib, signal, sys
left = int(sys.argv[1])
def counted(real):
    def call(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call
for owner, names in ((os, ("unlink", "replace", "rmdir", "truncate")), (pathlib.Path, ("unlink", "write_bytes"))):
    for name in names:
        setattr(owner, name, counted(getattr(owner, name)))
from publishing.cli import main
sys.argv = ["candour", *sys.argv[2:]]
main()
"""
"""A withdrawal that is killed before it changes one more file than it may."""


def _killed_after(changes: int, disk: SmallDisk, published: Path) -> bool:
    """Withdraw on a full disk, killed after some changes; False where it ended before."""
    for path in disk.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    settle(disk, published)
    disk.fill()
    untouched = contents(disk.folder / "build")
    command = disk.command(sys.executable, "-c", KILLED, changes, *withdrawing(disk.place))
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if done.returncode == 0:
        return False
    now = contents(disk.folder / "build")
    page = now.get(f"site/reviews/{PUBLIC_ID}/index.html", b"").decode()
    assert now == untouched or LESSON not in page
    again = candour(*withdrawing(disk.folder))
    assert again.exit_code == 0, again.stderr
    assert_taken_away(disk.folder / "build")
    assert PUBLIC_ID in (disk.folder / "reviews/withdrawals.yml").read_text(encoding="utf-8")
    return True


def test_a_kill_leaves_the_page_gone_first(small_disk: Disks, published: Path) -> None:
    """In the midst of it the review's own page has gone already; done again, it is taken away whole."""
    assert _killed_after(40, small_disk(12), published)


@pytest.mark.soak
def test_a_kill_at_every_change(small_disk: Disks, published: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    """The same, before each file that it changes: nothing was changed yet, or the page has gone."""
    disk, step = small_disk(12), pytestconfig.getoption("--every")
    while _killed_after(tally.tried * step, disk, published):
        tally("a kill")
    assert tally.tried * step > 200


def test_a_build_after_a_kill_does_not_bring_it_back(small_disk: Disks, published: Path) -> None:
    """Nobody withdraws again, and room is made: the record was written before the site was touched."""
    disk = small_disk(12)
    settle(disk, published)
    disk.fill()
    command = disk.command(sys.executable, "-c", KILLED, 40, *withdrawing(disk.place))
    assert subprocess.run(command, capture_output=True, timeout=120, check=False).returncode != 0
    disk.make_room()
    assert candour(*building(disk.folder)).exit_code == 0
    assert [review.public_id for review in public_record.load_public_record(disk.folder / "build/markdown")[0]] == [
        OTHER
    ]
    assert "has been withdrawn" in (disk.folder / f"build/site/reviews/{PUBLIC_ID}/index.html").read_text(
        encoding="utf-8"
    )
