"""Every byte of every file that would be published is searched for every identity of every case. Fails closed.

The rule is section 1 of the blueprint; docs/decisions/0004-gate.md says how it is read and why.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import stat
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from publishing import room
from publishing.errors import BuildError, FullDiskError, LeakError
from publishing.reviews import RedactedReview
from publishing.settings import PUBLIC_ID
from publishing.vocabulary import vocabulary
from redaction import Identity
from redaction.forms import Strength
from redaction.leaks import Leak, LeakSearch
from redaction.unpacking import Part, UnpackingError, json_strings, parsed_json, parts

_ID = re.compile(rf"(?<![\d-]){PUBLIC_ID}(?![\d-])", re.ASCII)
_ADDRESS = re.compile(rf"/reviews/({PUBLIC_ID})(?:/|$)", re.ASCII)

_PACKAGES = ("mkdocs", "mkdocs-material")
"""Packages whose files a site holds as they are."""

_TEMPORARY = "this machine's folder for temporary files"

Owners = Mapping[str, Collection[str]]
"""Public references, each with its cases: there are several where a broken case claims another's reference."""


@dataclass(frozen=True)
class Guard:
    """Whom to look for: what each case declares, and for each public reference every case that claims its page and records."""

    identities: Mapping[str, Sequence[Identity]]
    pages: Owners = field(default_factory=dict)

    def search(self) -> LeakSearch:
        """The search over every case."""
        titles = [term.title for terms in vocabulary().values() for term in terms.values()]
        folders = {case: [case] for case in self.identities if _is_telling(case) and case not in self.pages}
        return LeakSearch(self.identities, names=folders, public=titles)


def claimed(claims: Iterable[tuple[str, str | None]]) -> Owners:
    """The cases of each public reference, from (case, reference or None)."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for case, public_id in claims:
        if public_id:
            owners[public_id].add(case)
    return owners


@dataclass(frozen=True)
class Hit:
    """One file in which something was found; `case` is "" where the file itself could not be searched."""

    path: str
    case: str
    words: str

    def __str__(self) -> str:
        """The line that users see."""
        return f"{self.path}: {self.words}"


def check(folder: Path, guard: Guard) -> None:
    """Search everything under a folder.

    Args:
        folder: what would be published (site, Markdown and all).
        guard: whom to look for.

    Raises:
        LeakError: with a line for every file and case where something was found or that could not be searched.
    """
    found = sorted({str(hit) for hit in hits(folder, guard)})
    if found:
        raise LeakError(found)


def check_signed(reviews: Mapping[str, RedactedReview], guard: Guard) -> None:
    """Search signed texts, by the rule for a case's own page.

    Raises:
        LeakError: an identity stands in one.
    """
    search = guard.search()
    found = {
        f"{case}: its signed text holds {leak.what} declared by case {leak.owner}{_hidden(leak)}"
        for case, review in reviews.items()
        for text in review.strings()
        for leak in search.text(text, case)
    }
    if found:
        raise LeakError(sorted(found))


def hits(folder: Path, guard: Guard) -> Iterator[Hit]:
    """Everything found under a folder, file by file."""
    search, owners = guard.search(), guard.pages
    shipped = shipped_hashes()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        yield from _name_hits(name, search, owners)
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            continue
        if not stat.S_ISREG(mode):
            yield Hit(name, "", "is a link or no plain file; only plain files are published")
            continue
        try:
            data = path.read_bytes()
        except OSError:
            yield Hit(name, "", "cannot be read, so it cannot be searched")
            continue
        if hashlib.sha256(data).hexdigest() not in shipped:
            yield from _content_hits(name, data, search, owners)


def _files(folder: Path) -> Iterator[Path]:
    """Every file, link and empty folder under a folder."""

    def stop(error: OSError) -> None:
        raise LeakError([f"{Path(error.filename).name}: the folder cannot be read, so it cannot be searched"])

    for root, folders, files in os.walk(folder, onerror=stop):
        folders.sort()
        yield from (Path(root, name) for name in sorted(files))
        inner = (Path(root, name) for name in folders)
        yield from (path for path in inner if path.is_symlink() or _is_empty(path))


def _is_empty(folder: Path) -> bool:
    return os.access(folder, os.R_OK) and not any(folder.iterdir())


def _name_hits(name: str, search: LeakSearch, owners: Owners) -> Iterator[Hit]:
    for leak in _left(Part(name), search, _owners_of(name, owners)):
        words = f"its name holds {leak.what} declared by case {leak.owner}{_hidden(leak)}"
        yield Hit(_veiled(name, search), leak.owner, words)


def _veiled(name: str, search: LeakSearch) -> str:
    """A path without the part that names somebody."""
    return "/".join("(a name)" if search.text(part) else part for part in name.split("/"))


def _content_hits(name: str, data: bytes, search: LeakSearch, owners: Owners) -> Iterator[Hit]:
    own = _owners_of(name, owners)
    found: dict[tuple[str, Strength], Leak] = {}
    try:
        for part in parts(data):
            whose = own or _owners_of_fragment(part, owners)
            for leak in _left(part, search, whose):
                found.setdefault((leak.owner, leak.strength), leak)
            if not whose:
                for leak in _records(name, part, search, owners):
                    found.setdefault((leak.owner, leak.strength), leak)
    except UnpackingError as error:
        yield Hit(name, "", f"cannot be searched: {error}")
    for leak in found.values():
        if leak.strength is Strength.STRONG or (leak.owner, Strength.STRONG) not in found:
            yield Hit(name, leak.owner, f"{leak.what} declared by case {leak.owner}{_hidden(leak)}")


def _left(part: Part, search: LeakSearch, whose: Collection[str]) -> Iterator[Leak]:
    """What is left in a text that is that of each of some cases, or nobody's."""
    for case in whose or (None,):
        yield from search.part(part, case)


def _hidden(leak: Leak) -> str:
    return f" ({leak.how})" if leak.how else ""


# --- whose page or record it is -------------------------------------------------------------------------------------


def _owners_of(name: str, owners: Owners) -> Collection[str]:
    """The cases whose page or record a path is: `reviews/<public_id>/…`, `data/reviews/<public_id>.json`."""
    path = PurePosixPath(name)
    for part in (*path.parts[:-1], path.name.split(".")[0]):
        if part in owners:
            return owners[part]
    return ()


def _owners_of_fragment(part: Part, owners: Owners) -> Collection[str]:
    """The cases of a search record: Pagefind's say which page they are of."""
    if not part.how:
        return ()
    data = parsed_json(part.text)
    url = data.get("url") if isinstance(data, dict) else None
    match = _ADDRESS.search(url) if isinstance(url, str) else None
    return owners.get(match[1], ()) if match else ()


def _records(name: str, part: Part, search: LeakSearch, owners: Owners) -> Iterator[Leak]:
    """What is left in the records of single reviews inside a file that holds many: JSON objects, lines of CSV."""
    if name.endswith(".csv"):
        # a null byte was refused as binary already, and a field may be as long as it likes
        csv.field_size_limit(max(len(part.text), 131072))
        rows: Iterable[str] = ("\n".join(row) for row in csv.reader(io.StringIO(part.text)))
    else:
        rows = ("\n".join(json_strings(record)) for record in _single(parsed_json(part.text)))
    for row in rows:
        ids = set(_ID.findall(row))
        if len(ids) == 1 and (whose := owners.get(ids.pop())):
            yield from _left(Part(row), search, whose)


def _single(value: object) -> Iterator[object]:
    """The largest parts of parsed JSON that speak of one review alone."""
    if isinstance(value, dict | list):
        ids = set(_ID.findall("\n".join(json_strings(value))))
        if len(ids) == 1 and isinstance(value, dict):
            yield value
        elif ids:
            for inner in value.values() if isinstance(value, dict) else value:
                yield from _single(inner)


def _is_telling(case: str) -> bool:
    """Whether a case folder's name is more than one ordinary word."""
    words = re.findall(r"[^\W_]+", case)
    return len(words) > 1 or any(c.isdigit() for c in case)


# --- what comes from installed packages -----------------------------------------------------------------------------


@cache
def shipped_hashes() -> frozenset[str]:
    """SHA-256 of every file that a site holds exactly as an installed package ships it.

    Raises:
        BuildError: Pagefind, whose files lie inside its program, cannot be run.
    """
    return frozenset([*_package_hashes(), *_pagefind_hashes()])


def _package_hashes() -> Iterator[str]:
    for package in _PACKAGES:
        try:
            files = distribution(package).files or []
        except PackageNotFoundError:
            continue
        for file in files:
            # what a site serves; not the package's code or page templates
            if file.hash and file.hash.mode == "sha256" and file.suffix not in (".py", ".pyi", ".html"):
                yield base64.urlsafe_b64decode(file.hash.value + "=").hex()


def _pagefind_hashes() -> Iterator[str]:
    """Pagefind writes its scripts and styles out of its own program: they are what it writes for an empty page."""
    spec = find_spec("pagefind_bin")
    program = Path(spec.origin).parent / "pagefind" if spec and spec.origin else None
    if program is None or not program.exists():
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "index.html")
            page.write_text(
                '<html lang="en"><body data-pagefind-body>page</body></html>', encoding="utf-8", newline="\n"
            )
            _run(program, page.parent)
            paths = sorted(Path(folder, "pagefind").glob("*"))
            yield from [_hash(path) for path in paths if path.suffix in (".js", ".css", ".pagefind")]
    except OSError as error:
        unwritable = BuildError(f"Nothing can be written in {_TEMPORARY}: make room in it, or name another in TMPDIR.")
        raise room.told(error, unwritable, _TEMPORARY) from None


def _run(program: Path, folder: Path) -> None:
    """Have Pagefind index a folder."""
    try:
        done = subprocess.run([program, "--site", folder], capture_output=True, check=False, timeout=60)
        failed = done.returncode != 0
    except OSError:
        failed = True
    if failed and room.free(folder) < room.MEGABYTE:
        raise FullDiskError(_TEMPORARY, room.MEGABYTE)
    if failed:
        raise BuildError("Pagefind cannot be run, so its own files cannot be told from others: install it again.")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
