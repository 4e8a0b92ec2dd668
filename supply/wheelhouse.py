"""A folder of everything that an installation needs, for a machine of this kind without internet (`make wheelhouse`)."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from supply.lock import ROOT, read_lock

LOCK = ROOT / "requirements.lock"
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
_FROM_SOURCE = "feedgen"
"""Published as source alone, and pure Python; whatever else has no wheel for this system stops it."""
_BUILD = ("wheel", "--no-deps", "--use-pep517", "--no-build-isolation", "--wheel-dir")
"""With the build tools that are installed here, which are the lock's: nothing is fetched to build with."""


def gather(folder: Path) -> None:
    """Fill a folder anew: a wheel of every package for this system and this Python, Candour's own, and their lock.

    What is published as source alone is built here from what the lock lets in, and the lock in the folder has the hash of its wheel.

    Raises:
        subprocess.CalledProcessError: pip said why it could not.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wanted = ("--require-hashes", "--only-binary", ":all:", "--no-binary", _FROM_SOURCE, "--requirement", str(LOCK))
    subprocess.run([*_PIP, "download", *wanted, "--dest", str(folder)], check=True)
    (source,) = folder.glob(f"{_FROM_SOURCE}-*.tar.gz")
    subprocess.run([*_PIP, *_BUILD, str(folder), str(source), str(ROOT)], check=True)
    source.unlink()
    (built,) = folder.glob(f"{_FROM_SOURCE}-*.whl")
    (pin,) = (pin for pin in read_lock(LOCK) if pin.name == _FROM_SOURCE)
    (of_source,) = pin.hashes
    of_wheel = hashlib.sha256(built.read_bytes()).hexdigest()
    (folder / LOCK.name).write_text(
        LOCK.read_text(encoding="utf-8").replace(of_source, of_wheel), encoding="utf-8", newline="\n"
    )


def main(folder: str) -> None:
    """Fill the folder, and say what to do with it."""
    gather(Path(folder))
    size = sum(path.stat().st_size for path in Path(folder).iterdir())
    print(f"Written: {folder}, {size // 1_000_000} MB. To install it: docs/supply.md, “Without internet”.")


if __name__ == "__main__":
    main(sys.argv[1])
