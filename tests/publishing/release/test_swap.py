"""The swap: old or new, whole; never neither, never half."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from publishing.errors import BuildError, FullDiskError
from publishing.release import swap


def write(folder: Path, text: str) -> None:
    for name in ("markdown/index.md", "site/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def siblings(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


def build(out: Path, text: str) -> None:
    with swap.staging(out) as folder:
        write(folder, text)
        swap.carry_over(out, folder)
        swap.swap(folder, out)


def test_a_first_build_makes_the_folder_and_those_above_it(tmp_path: Path) -> None:
    """<out> need not exist."""
    out = tmp_path / "srv" / "www" / "build"
    build(out, "new")
    assert (out / "site/index.html").read_text() == "new"
    assert siblings(out) == ["build"]


def test_a_second_build_replaces_the_first_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """The exchange is whole, and the old site is gone."""
    out = tmp_path / "build"
    build(out, "old")
    (out / "site" / "gone.html").write_text("x")
    build(out, "new")
    assert (out / "site/index.html").read_text() == "new"
    assert not (out / "site" / "gone.html").exists()
    assert siblings(out) == ["build"]


def test_what_else_stood_there_is_carried_over(tmp_path: Path) -> None:
    """README.md, hidden files and folders of others stay."""
    out = tmp_path / "build"
    out.mkdir()
    (out / "README.md").write_text("read me")
    (out / "extra").mkdir()
    (out / "extra" / ".keep").write_text("")
    build(out, "new")
    assert (out / "README.md").read_text() == "read me"
    assert (out / "extra" / ".keep").exists()


def test_staging_is_private_and_the_result_is_readable(tmp_path: Path) -> None:
    """0700 while it is built, normal modes once it stands."""
    out = tmp_path / "build"
    with swap.staging(out) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        write(folder, "new")
        (folder / "site" / "index.html").chmod(0o600)
        swap.swap(folder, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o755
    assert stat.S_IMODE((out / "site/index.html").stat().st_mode) == 0o644


def test_staging_is_removed_when_a_step_fails(tmp_path: Path) -> None:
    """An exception leaves what stood, and nothing else."""
    out = tmp_path / "build"
    build(out, "old")

    def fail() -> None:
        with swap.staging(out) as folder:
            write(folder, "new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / "site/index.html").read_text() == "old"
    assert siblings(out) == ["build"]


def test_leftovers_of_killed_builds_are_cleaned(tmp_path: Path) -> None:
    """A killed build's staging goes at the next build; a neighbour's does not."""
    out = tmp_path / "build"
    write(tmp_path / ".build.candour-new-abc", "half")
    write(tmp_path / ".other.candour-new-abc", "theirs")
    build(out, "new")
    assert siblings(out) == [".other.candour-new-abc", "build"]


def test_two_builds_cannot_run_at_once(tmp_path: Path) -> None:
    """The second says so at once and touches nothing."""
    out = tmp_path / "build"
    refused: list[str] = []

    def second() -> None:
        try:
            with swap.staging(out):
                pass
        except BuildError as error:
            refused.append(str(error))

    with swap.staging(out) as folder:
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        assert folder.is_dir()
    assert refused == [
        "build: another build or withdrawal is at work on it. Wait until it has finished, then try again."
    ]
    build(out, "after")


def test_a_killed_builds_lock_does_not_bind(tmp_path: Path) -> None:
    """The lock is the system's: a file that was left behind says nothing."""
    out = tmp_path / "build"
    (tmp_path / ".build.candour-lock").touch()
    build(out, "new")
    assert siblings(out) == ["build"]


def test_a_link_to_the_folder_is_followed(tmp_path: Path) -> None:
    """Where <out> is a link, what it points to is exchanged, and the link stays."""
    real = tmp_path / "real"
    out = tmp_path / "build"
    build(real, "old")
    out.symlink_to(real)
    build(out, "new")
    assert out.is_symlink()
    assert (real / "site/index.html").read_text() == "new"


# --- where there is no exchange


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system or filesystem without renameat2's exchange."""
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)


@pytest.mark.usefixtures("no_exchange")
def test_the_fallback_replaces_too(tmp_path: Path) -> None:
    """Two renames do what one exchange does."""
    out = tmp_path / "build"
    build(out, "old")
    build(out, "new")
    assert (out / "site/index.html").read_text() == "new"
    assert siblings(out) == ["build"]


@pytest.mark.usefixtures("no_exchange")
def test_a_failed_second_rename_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fallback undoes its first step if the second fails."""
    out = tmp_path / "build"
    build(out, "old")
    rename = os.rename

    def fail(source: str | Path, target: str | Path) -> None:
        if Path(source).name.startswith(".build.candour-new"):
            raise OSError(errno.EIO, "Input/output error")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(BuildError, match="could not be put in its place"):
        build(out, "new")
    assert (out / "site/index.html").read_text() == "old"
    assert siblings(out) == ["build"]


@pytest.mark.usefixtures("no_exchange")
def test_a_kill_between_the_renames_is_mended_by_the_next_build(tmp_path: Path) -> None:
    """The old site comes back first, so that even a build that fails leaves it standing."""
    out = tmp_path / "build"
    build(out, "old")
    # what a kill between the two renames leaves
    os.rename(out, tmp_path / ".build.candour-old-abc")
    write(tmp_path / ".build.candour-new-abc", "new")
    with pytest.raises(RuntimeError), swap.staging(out):
        raise RuntimeError
    assert (out / "site/index.html").read_text() == "old"
    assert siblings(out) == ["build"]


def test_the_exchange_is_real_here(tmp_path: Path) -> None:
    """On Linux two folders change places in one system call."""
    write(tmp_path / "one", "1")
    write(tmp_path / "two", "2")
    assert swap._exchange(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one/site/index.html").read_text() == "2"


@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "renames"])
def test_a_new_site_that_stands_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, exchange: bool
) -> None:
    """Once it is in its place, a disk that fails before the old one is closed to others is no reason to say that nothing changed."""
    if not exchange:
        request.getfixturevalue("no_exchange")
    out = tmp_path / "build"
    build(out, "old")
    chmod = Path.chmod

    def fail(path: Path, mode: int) -> None:
        if mode == 0o700 and (out / "site/index.html").read_text() == "new":
            raise OSError(errno.EIO, "Input/output error")
        chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", fail)
    build(out, "new")
    assert (out / "site/index.html").read_text() == "new"
    assert siblings(out) == ["build"]


def test_a_refusing_system_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount point cannot be exchanged: the message says what to do."""
    out = tmp_path / "build"
    build(out, "old")

    def busy(one: Path, other: Path) -> bool:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(swap, "_exchange", busy)
    with pytest.raises(BuildError, match="a mounted folder cannot be swapped"):
        build(out, "new")
    assert (out / "site/index.html").read_text() == "old"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.EACCES, "Permission denied", "/srv/private/reviews"), "Permission denied"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (FullDiskError("the reviews folder", 1), "The disk is full"),
        (BuildError("withdrawals.yml cannot be read"), "withdrawals.yml cannot be read"),
        (KeyError("a private word"), "KeyError"),
    ],
)
@pytest.mark.parametrize("exchange", [True, False])
def test_a_fault_after_the_exchange_never_says_that_the_old_site_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, told: str, exchange: bool
) -> None:
    """Whoever withdraws or goes back must know that readers see the new site, whatever strikes afterwards."""
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    out = tmp_path / "build"
    build(out, "old")
    with pytest.raises(BuildError) as refused, swap.staging(out) as folder:
        write(folder, "new")
        swap.swap(folder, out)
        raise fault
    said = str(refused.value)
    assert (out / "site/index.html").read_text() == "new"
    assert "the new site is in its place" in said
    assert told in said
    assert "not changed" not in said
    assert "What stood before stands" not in said
    assert "private" not in said
    build(out, "newer")
    assert siblings(out) == ["build"]


def test_an_old_site_that_cannot_be_moved_aside_does_not_hinder_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be exchanged, the last of three renames only tidies up: the new site stands before it."""
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    out = tmp_path / "build"
    build(out, "old")
    rename, done = os.rename, 0

    def rename_twice(*places: Path) -> None:
        nonlocal done
        done += 1
        if done > 2:
            raise OSError(errno.EACCES, "Permission denied")
        rename(*places)

    monkeypatch.setattr(os, "rename", rename_twice)
    build(out, "new")
    assert (out / "site/index.html").read_text() == "new"
    monkeypatch.undo()
    build(out, "newer")
    assert siblings(out) == ["build"]
