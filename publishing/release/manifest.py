"""The manifest of a release: the SHA-256 of every file of the site, so that a copy can be compared with what was released.

It stands beside the site and not in it (`<out>/manifest.txt`), in the format of GNU `sha256sum`: `sha256sum -c
../manifest.txt` inside the site's folder, or inside a copy of it, checks it without Candour. It is made after the gate, of
files that the gate has searched, and holds nothing but their names and hashes; the gate does not read it itself, because a
hash may hold by chance what looks like somebody's code, and nobody could mend that.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from publishing.errors import BuildError, ManifestError
from publishing.files.listing import prefix_within

NAME = "manifest.txt"
"""Beside site/, in <out>."""

SIGNATURE = ".sig"
"""Ends the name of a manifest's signature, which stands beside it once somebody has signed."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n\r\\]+)")
_OUTSIDE = re.compile(r"^/|(^|/)\.{0,2}(/|$)")
"""A name that leads out of a folder, or has an empty part."""


def signature_path(manifest: Path) -> Path:
    """Where the signature of a manifest is."""
    return manifest.with_name(manifest.name + SIGNATURE)


def write_manifest(out: Path) -> None:
    """Write the manifest of out/site into out; a signature of the one before goes.

    Raises:
        OSError: it cannot be written.
    """
    site = out / "site"
    lines = (f"{_hash(site / name)}  {name}\n" for name in sorted(_names(site)))
    data = "".join(lines).encode()
    signature_path(out / NAME).unlink(missing_ok=True)
    (out / NAME).write_bytes(data)


def compare_with_manifest(manifest: Path, site: Path) -> int:
    """Compare a copy of a site with the manifest of its release; how many files it has.

    Raises:
        BuildError: there is no such manifest or folder, or the manifest is none.
        ManifestError: a file of the copy was changed, is missing or was added.
    """
    wanted = _read(manifest)
    if not site.is_dir():
        raise BuildError(f"There is no folder {site}: say where the copy of the site is with --site DIR")
    there = set(_names(site))
    found = [f"changed: {name}" for name in sorted(wanted.keys() & there) if _hash_of_copy(site / name) != wanted[name]]
    found += [f"missing: {name}" for name in sorted(wanted.keys() - there)]
    found += [f"added: {name}" for name in sorted(there - wanted.keys())]
    if found:
        raise ManifestError([_in_sight(line) for line in found])
    return len(wanted)


def _read(manifest: Path) -> dict[str, str]:
    """The hash of each file by its name."""
    try:
        lines = manifest.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise BuildError(
            f"There is no manifest in {manifest} that can be read: each build writes one as manifest.txt"
        ) from None
    found = [match for line in lines[:-1] if (match := _LINE.fullmatch(line)) and not _OUTSIDE.search(match[2])]
    hashes = {match[2]: match[1] for match in found}
    if not hashes or len(hashes) != len(lines) - 1 or lines[-1]:
        raise BuildError(
            f"{manifest.name} is not a manifest as a build writes it (manifest.txt beside site/), or only a part of one. "
            "Nothing was compared: get the one that was kept when the site was published."
        )
    return hashes


def _names(site: Path) -> Iterator[str]:
    """The files and links under a folder, by their paths there."""

    def stop(error: OSError) -> None:
        raise BuildError(f"{Path(error.filename).name}: the folder cannot be read, so it cannot be compared") from None

    for root, folders, files in os.walk(site, onerror=stop):
        above = prefix_within(site, root)
        links = [name for name in folders if Path(root, name).is_symlink()]
        yield from (f"{above}{name}" for name in (*files, *links))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_of_copy(path: Path) -> str:
    """The hash of a file; "" where it is a link, no plain file, or cannot be read."""
    try:
        return _hash(path) if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return ""


def _in_sight(line: str) -> str:
    """A line with whatever a terminal would not print, or would obey, as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in line)
