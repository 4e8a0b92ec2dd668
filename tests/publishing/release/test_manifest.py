"""The manifest of a release: it names every file of the site, and tells whatever became of a copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from publishing.cli import app
from publishing.release.build import build
from tests.support.building import AS_OF, build_small, publish_small, withdraw_small
from tests.support.paths import contents

pytestmark = pytest.mark.usefixtures("logging_as_it_was")
PAGE = "reviews/2025-001/index.html"


def check(out: Path, copy: Path) -> Result:
    """Compare a copy with the manifest of what was released, as somebody does who has no reviews folder."""
    return CliRunner().invoke(app, ["check", "--manifest", str(out / "manifest.txt"), "--site", str(copy)])


@pytest.fixture
def out(house: Path) -> Path:
    """A released site, and the cases that it was made of gone."""
    shutil.rmtree(house / "reviews")
    return house / "build"


@pytest.fixture
def copy(out: Path, tmp_path: Path) -> Path:
    """What a web server has of it."""
    return Path(shutil.copytree(out / "site", tmp_path / "served"))


def test_a_copy_of_the_release_is_the_same(out: Path, copy: Path) -> None:
    """Each file by its SHA-256, in order; nothing of this machine, of the Markdown or of the manifest itself."""
    named = {
        line.split("  ", 1)[1]: line.split("  ", 1)[0]
        for line in (out / "manifest.txt").read_text("utf-8").splitlines()
    }
    assert named == {name: hashlib.sha256(data).hexdigest() for name, data in contents(out / "site").items()}
    assert list(named) == sorted(named)
    done = check(out, copy)
    assert (done.exit_code, done.stdout) == (
        0,
        f"The same as what was released: all {len(named)} files, and no other.\n"
        "The manifest is not signed: nothing tells who made it, so trust it as far as the place where you kept it. "
        "A signer signs it with candour sign-manifest.\n",
    )


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_it_is_checked_without_candour_too(out: Path, copy: Path) -> None:
    """By GNU sha256sum, in the copy's folder."""
    command = ["sha256sum", "--check", "--strict", "--quiet", str(out / "manifest.txt")]
    assert subprocess.run(command, cwd=copy, capture_output=True).returncode == 0
    (copy / PAGE).write_text("other words", encoding="utf-8")
    assert subprocess.run(command, cwd=copy, capture_output=True).returncode == 1


def link(copy: Path) -> None:
    """Put a link in a page's place, to a file with the same bytes."""
    kept = shutil.move(copy / PAGE, copy.parent / "kept.html")
    (copy / PAGE).symlink_to(kept)


TAMPERED: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "one letter": (
        lambda copy: (copy / PAGE).write_bytes((copy / PAGE).read_bytes().replace(b"a", b"b", 1)),
        [f"changed: {PAGE}"],
    ),
    "a page taken away": (lambda copy: (copy / PAGE).unlink(), [f"missing: {PAGE}"]),
    "a page added": (
        lambda copy: (copy / "reviews/new.html").write_text("x", encoding="utf-8"),
        ["added: reviews/new.html"],
    ),
    "a hidden file": (lambda copy: (copy / ".htaccess").write_text("x", encoding="utf-8"), ["added: .htaccess"]),
    "a page under another name": (
        lambda copy: (copy / PAGE).rename(copy / "reviews/other.html"),
        [f"missing: {PAGE}", "added: reviews/other.html"],
    ),
    "a link in a page's place": (link, [f"changed: {PAGE}"]),
    "a folder in a page's place": (
        lambda copy: ((copy / PAGE).unlink(), (copy / PAGE).mkdir()),
        [f"missing: {PAGE}"],
    ),
    "a name that a terminal obeys": (
        lambda copy: (copy / "\x1b[2J.html").write_text("x", encoding="utf-8"),
        ["added: \\x1b[2J.html"],
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_became_of_a_copy_is_told(out: Path, copy: Path, what: str) -> None:
    """Exit 1, each file in plain words, and what to do."""
    tamper, lines = TAMPERED[what]
    tamper(copy)
    done = check(out, copy)
    first, *said, last = done.stderr.splitlines()
    assert (done.exit_code, first) == (1, "This copy is not what was released:")
    assert said == lines
    assert "Put the whole site folder on the web server again" in last


HASH = "0" * 64
NONE: dict[str, str] = {
    "empty": "",
    "half of one": f"{HASH}  index.html\n{HASH[:30]}",
    "a last line without its end": f"{HASH}  index.html",
    "a file named twice": f"{HASH}  index.html\n{HASH}  index.html\n",
    "another format": f"SHA256 (index.html) = {HASH}\n",
    "a file outside": f"{HASH}  ../secret\n",
    "a file from the root": f"{HASH}  /etc/passwd\n",
}


@pytest.mark.parametrize("what", NONE)
def test_what_is_no_manifest_is_refused(out: Path, copy: Path, what: str) -> None:
    """Nothing is compared by it."""
    (out / "manifest.txt").write_text(NONE[what], encoding="utf-8")
    done = check(out, copy)
    assert done.exit_code == 1
    assert "manifest.txt is not a manifest as a build writes it" in done.stderr


def test_no_manifest_and_no_copy_are_told(out: Path, copy: Path, tmp_path: Path) -> None:
    """Exit 1, with what to do."""
    assert "There is no folder" in check(out, tmp_path / "nowhere").stderr
    (out / "manifest.txt").unlink()
    done = check(out, copy)
    assert done.exit_code == 1
    assert "There is no manifest" in done.stderr


def test_it_follows_every_release(house: Path) -> None:
    """A withdrawal writes it anew; a build after it changes no byte; what was in its place does not stay."""
    out = house / "build"
    before = (out / "manifest.txt").read_bytes()
    withdraw_small("2025-001", "legal", house / "reviews", out, AS_OF)
    assert check(out, out / "site").exit_code == 0
    after = (out / "manifest.txt").read_bytes()
    assert after != before
    (out / "manifest.txt").write_text("not what it was", encoding="utf-8")
    build_small(house / "reviews", out, AS_OF)
    assert (out / "manifest.txt").read_bytes() == after
    assert os.name != "posix" or (out / "manifest.txt").stat().st_mode & 0o777 == 0o644


def test_a_hash_that_looks_like_a_code_stops_no_release(house: Path) -> None:
    """Nobody could mend it: the gate reads the files and not their hashes."""
    out = house / "build"
    first = (out / "manifest.txt").read_text(encoding="utf-8")[:7]
    register = house / "reviews/amber-kettle-21/register.yml"
    register.write_text(register.read_text(encoding="utf-8").replace("A4821CK", first), encoding="utf-8")
    build(house / "reviews", out, AS_OF, publish=publish_small)
    assert (out / "manifest.txt").read_text(encoding="utf-8").startswith(first)
