"""Every byte of every file that would be published is searched for every identity of every case. Fails closed.

The rule is section 1 of the blueprint; docs/decisions/0004-gate.md says how it is read and why.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import platform
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path

from publishing.errors import LeakError
from publishing.files.cache import key_of
from publishing.files.listing import prefix_within
from publishing.progress import track
from publishing.release import gate_verdicts
from publishing.release.gate_verdicts import A_NAME, GateVerdicts, encode_name
from publishing.release.shipped_files import shipped_hashes
from publishing.reviews import RedactedReview
from publishing.settings import PUBLIC_ID
from publishing.vocabulary import published_titles
from redaction import (
    Identity,
    Leak,
    LeakSearch,
    Part,
    Policy,
    Strength,
    UnpackingError,
    json_strings,
    parsed_json,
    unpack,
)

_ID = re.compile(rf"(?<![\d-]){PUBLIC_ID}(?![\d-])", re.ASCII)

_ADDRESS = re.compile(rf"/reviews/({PUBLIC_ID})(?:/|$)", re.ASCII)

Owners = Mapping[str, Collection[str]]

"""Public references, each with its cases: there are several where a broken case claims another's reference."""


@dataclass(frozen=True)
class DeclaredIdentities:
    """Whom to look for: what each case declares, and for each public reference every case that claims its page and records."""

    identities: Mapping[str, Sequence[Identity]]
    pages: Owners = field(default_factory=dict)

    def search(self, only: Collection[str] | None = None) -> LeakSearch:
        """The search over every case, or over some alone."""
        return self._search_for_all if only is None else self._search_for(only)

    @cached_property
    def _search_for_all(self) -> LeakSearch:
        return self._search_for(None)

    def _search_for(self, only: Collection[str] | None) -> LeakSearch:
        folders = {case: [case] for case in self.identities if _is_telling(case) and case not in self.pages}
        return LeakSearch(self.identities, names=folders, public=published_titles(), only=only)

    def verdicts(self, reviews: Path) -> GateVerdicts:
        """What was searched before for the cases of a reviews folder, by today's rule."""
        chosen = sorted(filter(None, (i.published_as for declared in self.identities.values() for i in declared)))
        rule = key_of(determined_by={"program": _program(), "titles": published_titles(), "chosen": chosen})
        return GateVerdicts(reviews, rule, self.identities, self.pages)


def _program() -> list[str]:
    """What reads the rule: this module and the verdicts', redaction with its data, its libraries and its Python; what a reference is; and the files that are not searched."""
    own = [_hash(Path(file).read_bytes()) for file in (__file__, gate_verdicts.__file__)]
    shipped = key_of(determined_by={"shipped": sorted(shipped_hashes())})
    return [*own, Policy.load().fingerprint, platform.python_version(), PUBLIC_ID, shipped]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def cases_by_reference(claims: Iterable[tuple[str, str | None]]) -> Owners:
    """The cases of each public reference, from (case, reference or None)."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for case, public_id in claims:
        if public_id:
            owners[public_id].add(case)
    return owners


@dataclass(frozen=True)
class GateHit:
    """One file in which something was found; `case` is "" where the file itself could not be searched."""

    path: str
    case: str
    words: str

    def __str__(self) -> str:
        """The line that users see."""
        return f"{self.path}: {self.words}"


def check_folder(folder: Path, guard: DeclaredIdentities, verdicts: GateVerdicts | None = None) -> None:
    """Search everything under a folder.

    Args:
        folder: what would be published (site, Markdown and all).
        guard: whom to look for.
        verdicts: what was searched before; the verdicts of this search are kept in their place.

    Raises:
        LeakError: with a line for every file and case where something was found or that could not be searched.
    """
    found = sorted({str(hit) for hit in find_hits(folder, guard, verdicts)})
    if verdicts:
        verdicts.store()
    if found:
        raise LeakError(found)


def check_signed_texts(
    reviews: Mapping[str, RedactedReview], guard: DeclaredIdentities, verdicts: GateVerdicts | None = None
) -> None:
    """Search signed texts, by the rule for a case's own page.

    What passed before is searched for the cases alone whose identities were not searched for then.

    Raises:
        LeakError: one contains an identity.
    """
    search_for = cache(guard.search)
    found = set[str]()
    for case, review in reviews.items():
        name, texts = f"signed text of {case}", tuple(review.strings())
        data = json.dumps(texts).encode()
        unsearched = verdicts.unsearched(name, data) if verdicts else None
        search = search_for(unsearched) if unsearched is None or unsearched else None
        leaks = [leak for text in texts for leak in search.text(text, case)] if search else []
        if verdicts and not leaks:
            verdicts.note_passed(name, data)
        found.update(
            f"{case}: its signed text holds {leak.what} declared by case {leak.owner}{_hidden(leak)}" for leak in leaks
        )
    if found:
        raise LeakError(sorted(found))


def find_hits(folder: Path, guard: DeclaredIdentities, verdicts: GateVerdicts | None = None) -> Iterator[GateHit]:
    """Everything found under a folder, file by file; no path tells a name.

    What passed before is searched for the cases alone whose identities were not searched for then: a file's name by itself, and
    its content wherever it stands, if it is the same cases' own there.
    """
    search_for = cache(guard.search)

    def search(
        what: str, data: bytes, find: Callable[[LeakSearch], Iterator[GateHit]], file: str = ""
    ) -> Iterator[GateHit]:
        unsearched = verdicts.unsearched(what, data) if verdicts else None
        found = tuple(find(search_for(unsearched))) if unsearched is None or unsearched else ()
        if verdicts and not found:
            verdicts.note_passed(what, data, file)
        yield from found

    for name in track("searching files", list(_files(folder))):
        data = _read(folder / name)
        hits = [*search(A_NAME, encode_name(name), partial(_name_hits, name, owners=guard.pages))]
        if isinstance(data, str):
            hits.append(GateHit(name, "", data))
        elif data is not None:
            find = partial(_hits_of_file, name, data, owners=guard.pages)
            hits += search(_kind_of_content(name, guard.pages), data, find, name)
        for hit in hits:
            yield replace(hit, path=_hide_name(name, search_for(None)))


def _kind_of_content(name: str, owners: Owners) -> str:
    """What a file's name says of how its content is searched: whose it is, and whether it is a table."""
    return f"{_reference_of(name, owners)} {name.endswith('.csv')}"


def find_hits_in_bytes(name: str, data: bytes, search: LeakSearch, owners: Owners) -> Iterator[GateHit]:
    """Everything found in what a file holds, or is shown to hold; no path tells a name."""
    for hit in _content_hits(name, data, search, owners):
        yield replace(hit, path=_hide_name(name, search))


def _hits_of_file(name: str, data: bytes, search: LeakSearch, owners: Owners) -> Iterator[GateHit]:
    """What is found in a file, unless an installed package ships it."""
    if _hash(data) not in shipped_hashes():
        yield from _content_hits(name, data, search, owners)


def _read(path: Path) -> bytes | str | None:
    """The bytes of a file, None for a folder, or why what is there cannot be searched."""
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return "is a link or no plain file; only plain files are published"
    try:
        return path.read_bytes()
    except OSError:
        return "cannot be read, so it cannot be searched"


def _files(folder: Path) -> Iterator[str]:
    """Every file, link and empty folder under a folder, by its path there."""

    def stop(error: OSError) -> None:
        raise LeakError([f"{Path(error.filename).name}: the folder cannot be read, so it cannot be searched"])

    for root, folders, files in os.walk(folder, onerror=stop):
        folders.sort()
        above = prefix_within(folder, root)
        yield from (f"{above}{name}" for name in sorted(files))
        yield from (
            f"{above}{name}"
            for name in folders
            if os.path.islink(os.path.join(root, name)) or _is_empty(Path(root, name))
        )


def _is_empty(folder: Path) -> bool:
    return os.access(folder, os.R_OK) and not any(folder.iterdir())


def _name_hits(name: str, search: LeakSearch, owners: Owners) -> Iterator[GateHit]:
    for leak in _find_left(Part(name), search, _owners_of(name, owners)):
        words = f"its name holds {leak.what} declared by case {leak.owner}{_hidden(leak)}"
        yield GateHit(name, leak.owner, words)


def _hide_name(name: str, search: LeakSearch) -> str:
    """A path without the part that names somebody."""
    shown = "/".join("(a name)" if search.text(part) else part for part in name.split("/"))
    # the name may go over several parts
    return "(a name)" if search.text(shown) else shown


def _content_hits(name: str, data: bytes, search: LeakSearch, owners: Owners) -> Iterator[GateHit]:
    own = _owners_of(name, owners)
    found: dict[tuple[str, Strength], Leak] = {}
    try:
        for part in unpack(data):
            whose = own or _owners_of_fragment(part, owners)
            for leak in _find_left(part, search, whose):
                found.setdefault((leak.owner, leak.strength), leak)
            if not whose:
                for leak in _find_in_records(name, part, search, owners):
                    found.setdefault((leak.owner, leak.strength), leak)
    except UnpackingError as error:
        yield GateHit(name, "", f"cannot be searched: {error}")
    for leak in found.values():
        if leak.strength is Strength.STRONG or (leak.owner, Strength.STRONG) not in found:
            yield GateHit(name, leak.owner, f"{leak.what} declared by case {leak.owner}{_hidden(leak)}")


def _find_left(part: Part, search: LeakSearch, whose: Collection[str]) -> Iterator[Leak]:
    """The identities left in a text that belongs to each of some cases, or to none."""
    for case in whose or (None,):
        yield from search.part(part, case)


def _hidden(leak: Leak) -> str:
    return f" ({leak.how})" if leak.how else ""


# --- whose page or record it is -------------------------------------------------------------------------------------
def _owners_of(name: str, owners: Owners) -> Collection[str]:
    """The cases whose page or record a path is: `reviews/<public_id>/…`, `data/reviews/<public_id>.json`."""
    return owners.get(_reference_of(name, owners), ())


def _reference_of(name: str, owners: Owners) -> str:
    """The public reference of the page or record that a path is; "" where it is nobody's own."""
    *folders, file = name.split("/")
    return next((part for part in (*folders, file.split(".")[0]) if part in owners), "")


def _owners_of_fragment(part: Part, owners: Owners) -> Collection[str]:
    """The cases of a search record: Pagefind's say which page they are of."""
    if not part.how:
        return ()
    data = parsed_json(part.text)
    url = data.get("url") if isinstance(data, dict) else None
    match = _ADDRESS.search(url) if isinstance(url, str) else None
    return owners.get(match[1], ()) if match else ()


def _find_in_records(name: str, part: Part, search: LeakSearch, owners: Owners) -> Iterator[Leak]:
    """What is left in the records of single reviews inside a file that holds many: JSON objects, lines of CSV."""
    if name.endswith(".csv"):
        # a null byte was refused as binary already, and a field may be as long as it likes
        csv.field_size_limit(max(len(part.text), 131072))
        rows: Iterable[str] = ("\n".join(row) for row in csv.reader(io.StringIO(part.text)))
    else:
        rows = ("\n".join(json_strings(record)) for record in _single_records(parsed_json(part.text)))
    for row in rows:
        ids = set(_ID.findall(row))
        if len(ids) == 1 and (whose := owners.get(ids.pop())):
            yield from _find_left(Part(row), search, whose)


def _single_records(value: object) -> Iterator[object]:
    """The largest parts of parsed JSON that speak of one review alone."""
    if isinstance(value, dict | list):
        ids = set(_ID.findall("\n".join(json_strings(value))))
        if len(ids) == 1 and isinstance(value, dict):
            yield value
        elif ids:
            for inner in value.values() if isinstance(value, dict) else value:
                yield from _single_records(inner)


def _is_telling(case: str) -> bool:
    """Whether a case folder's name is more than one ordinary word."""
    words = re.findall(r"[^\W_]+", case)
    return len(words) > 1 or any(c.isdigit() for c in case)
