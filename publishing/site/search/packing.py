"""Pagefind 1.5.2's index, written from its records: the same for the same records, and small for whoever searches.

What a first search costs grows with the number of reviews in three places, and each is mended here:
the list of all records (names that follow each other pack well, and nothing is sorted by it), the places of a word
(a common one is a file of its own, so that only who asks for it pays) and words that every text has (left out).
A group of synonyms (synonyms.py) is one word more, so that asking for all of them is one small file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from operator import sub
from pathlib import Path
from typing import Any

import cbor2

from publishing.site.search.records import PREFIX, MetaPlaces, Record, read_numbers

_PLACES_PER_FILE = 8_000
"""Places of words in one index file, or little more: 10 kB packed."""
_PACKED = 6
"""How hard zlib is to try: at 9, files are half a per cent smaller and take twice as long."""
_LIST = 0x80
"""What CBOR says of a list, beside its length."""

IndexedWord = tuple[str, int, bytes]
"""A stem; the numbers that tell its places, counted; its entry in CBOR: itself, its pages and its spellings."""


def pack_index(bundle: Path, records: Sequence[Record]) -> None:
    """Write an index into the folder that Pagefind's own program is in.

    Args:
        bundle: the folder; `pagefind-entry.json` in it is completed.
        records: of one language, the newest review's first.
    """
    entry = bundle / "pagefind-entry.json"
    known = json.loads(entry.read_text(encoding="utf-8"))
    fields = sorted({field for record in records for field in record.fields})
    names = _write_fragments(bundle / "fragment", records)
    data = [
        known["version"],
        [[name, record.length] for name, record in zip(names, records, strict=True)],
        _write_chunks(bundle / "index", _merge_words(records, fields)),
        _write_filters(bundle / "filter", records),
        [],  # nothing is sorted by Pagefind: the names of records are in order
        fields,
    ]
    name = _write_file(bundle, cbor2.dumps(data), "pagefind.en_", 10, ".pf_meta").removeprefix("pagefind.")
    known["languages"]["en"].update(hash=name, page_count=len(records))
    entry.write_text(
        json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8", newline="\n"
    )


def _write_fragments(folder: Path, records: Sequence[Record]) -> list[str]:
    """Name each record by its number, after a part that is another for every other site."""
    folder.mkdir()
    site = hashlib.sha256()
    for record in records:
        site.update(record.unpacked)
    names = [f"en_{site.hexdigest()[:7]}_{number:05}" for number in range(len(records))]
    for name, record in zip(names, records, strict=True):
        (folder / f"{name}.pf_fragment").write_bytes(record.fragment)
    return names


def _write_filters(folder: Path, records: Sequence[Record]) -> list[list[str]]:
    """Write a file for each filter that something is found by; their names, and those of the files."""
    folder.mkdir()
    filters: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(records):
        for name, values in record.filters.items():
            for value in values:
                filters[name][value].append(number)
    return [
        [
            name,
            _write_file(
                folder, cbor2.dumps([name, [list(item) for item in sorted(found.items())]]), "en_", 7, ".pf_filter"
            ),
        ]
        for name, found in sorted(filters.items())
    ]


# --- words


def _merge_words(records: Sequence[Record], fields: Sequence[str]) -> Iterator[IndexedWord]:
    """Every word of every record, in order."""
    meta = _MetaFields(fields)
    # for each word, of each record that has it, three things in a row: a list of lists takes twice as long
    pages: dict[str, list[Any]] = defaultdict(list)
    spellings: dict[str, dict[str, list[tuple[int, Any, Any]]]] = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(records):
        for word, size, places in zip(
            record.words.split("\n"), read_numbers(record.sizes), _places(record, meta), strict=True
        ):
            pages[word] += (number, size, places)
        for spelt in record.spellings:
            spellings[spelt.word][spelt.form].append((number, spelt.places, meta.number(spelt.in_meta)))
    for word in sorted(pages.keys() | spellings.keys()):
        found = pages.get(word, [])
        spelt_so = [[form, _in_steps(where)] for form, where in spellings.get(word, {}).items()]
        head = _begin_list(3) + cbor2.dumps(word) + _begin_list(len(found) // 3)
        size = sum(found[1::3])
        found[::3] = map(_begin_page, map(sub, found[::3], [0, *found[::3]]))
        del found[1::3]
        yield word, size, b"".join((head, *found, cbor2.dumps(spelt_so)))


def _places(record: Record, meta: _MetaFields) -> list[bytes]:
    """The places of each word of a record, and those in meta fields, in CBOR."""
    ends = accumulate(read_numbers(record.lengths), initial=0)
    found = [record.places[start:end] for start, end in pairwise(ends)]
    for at, in_meta in enumerate(record.in_meta):
        found[at] += meta.encode(in_meta)
    return found


class _MetaFields:
    """The numbers that this index gives to meta fields."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._numbers = {field: -number - 1 for number, field in enumerate(fields)}
        self._encoded: dict[tuple[str | int, ...], bytes] = {}

    def number(self, in_meta: MetaPlaces) -> list[int]:
        """Places with the numbers of their fields, as Pagefind has them: below nought."""
        return [self._numbers[place] if isinstance(place, str) else place for place in in_meta]

    def encode(self, in_meta: MetaPlaces) -> bytes:
        """The same in CBOR; most are the same in every review."""
        key = tuple(in_meta)
        if key not in self._encoded:
            self._encoded[key] = cbor2.dumps(self.number(in_meta))
        return self._encoded[key]


def _in_steps(where: Sequence[tuple[int, Any, Any]]) -> list[list[Any]]:
    """Records with their distance from the one before."""
    before = [0, *(number for number, _, _ in where)]
    return [[number - last, places, in_meta] for last, (number, places, in_meta) in zip(before, where, strict=False)]


@cache
def _begin_page(step: int) -> bytes:
    """The beginning of what is said of a record: its distance from the one before; places and places in meta follow."""
    return _begin_list(3) + cbor2.dumps(step)


def _begin_list(length: int) -> bytes:
    first, *others = cbor2.dumps(length)
    return bytes((first | _LIST, *others))


def _write_chunks(folder: Path, words: Iterator[IndexedWord]) -> list[list[str]]:
    """Write the words in files; for each the first and last word that it may have, as Pagefind looks them up, and its name."""
    folder.mkdir()
    bounds, names = [], []
    for chunk in _chunks(words):
        bounds.append([chunk[0][0], chunk[-1][0]])
        content = b"".join((_begin_list(1), _begin_list(len(chunk)), *(entry for _, _, entry in chunk)))
        names.append(_write_file(folder, content, "en_", 10, ".pf_index"))
    for before, after in pairwise(bounds):
        before[1], after[0] = _distinguishing_prefixes(before[1], after[0])
    return [[*bound, name] for bound, name in zip(bounds, names, strict=True)]


def _chunks(words: Iterator[IndexedWord]) -> Iterator[list[IndexedWord]]:
    """Words of one file together."""
    chunk: list[IndexedWord] = []
    size = 0
    for word in words:
        if chunk and size + word[1] > _PLACES_PER_FILE:
            yield chunk
            chunk, size = [], 0
        chunk.append(word)
        size += word[1]
    if chunk:
        yield chunk


def _distinguishing_prefixes(last: str, first: str) -> tuple[str, str]:
    """The shortest beginnings of two words that follow each other by which they differ."""
    same = next((n for n, (one, other) in enumerate(zip(last, first, strict=False)) if one != other), len(last))
    return last[: same + 1], first[: same + 1]


def _write_file(folder: Path, content: bytes, prefix: str, digits: int, suffix: str) -> str:
    """Write an index file under a name made from its content; returns the name without its suffix."""
    content = PREFIX + content
    name = prefix + hashlib.sha256(content).hexdigest()[:digits]
    (folder / f"{name}{suffix}").write_bytes(gzip.compress(content, _PACKED, mtime=0))
    return name
