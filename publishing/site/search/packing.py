"""Pagefind 1.5.2's index, written anew: the same for the same site, and small for whoever searches.

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
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import cbor2

from publishing.site.search import synonyms

_PREFIX = b"pagefind_dcd"
_PLACES_PER_FILE = 8_000
"""Places of words in one index file, or little more: 10 kB packed."""
_TEXT_WEIGHT = 24
"""Pagefind's weight of a word of running text."""

IndexedWord = tuple[str, list[Any], list[Any]]
"""A stem; its pages, each with its distance from the page before, its places and its places in meta; its spellings."""


def pack_index(bundle: Path) -> None:
    """Rewrite an index in place.

    Args:
        bundle: the folder that Pagefind wrote, of one language; its records were added with the newest review's first.
    """
    (meta,) = bundle.glob("pagefind.*.pf_meta")
    version, pages, _, filters, _, fields = _decode(meta)
    names, contents = _name_fragments(bundle / "fragment", [hash_ for hash_, _ in pages])
    words = _read_words(bundle / "index")
    words.update((word[0], word) for word in _synonym_words(contents))
    data = [
        version,
        [[name, length] for name, (_, length) in zip(names, pages, strict=True)],
        _write_chunks(bundle / "index", sorted(words.values(), key=lambda word: word[0])),
        sorted([name, _sort_filter(bundle / "filter" / f"{file}.pf_filter")] for name, file in filters),
        [],  # nothing is sorted by Pagefind: the names of records are in order
        fields,
    ]
    name = _rewrite_file(meta, data, "pagefind.en_", 10).removeprefix("pagefind.")
    entry = bundle / "pagefind-entry.json"
    known = json.loads(entry.read_text(encoding="utf-8"))
    known["languages"]["en"]["hash"] = name
    entry.write_text(
        json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8", newline="\n"
    )


def _name_fragments(folder: Path, hashes: list[str]) -> tuple[list[str], list[list[str]]]:
    """Name each record by its number, after a part that is another for every other site; its new name, and its words."""
    paths = [folder / f"{hash_}.pf_fragment" for hash_ in hashes]
    raw = [gzip.decompress(path.read_bytes()) for path in paths]
    site = hashlib.sha256(b"".join(raw)).hexdigest()[:7]
    names = [f"en_{site}_{number:05}" for number in range(len(paths))]
    for path, name in zip(paths, names, strict=True):
        path.rename(path.with_stem(name))
    return names, [json.loads(data.removeprefix(_PREFIX))["content"].split() for data in raw]


# --- words


def _read_words(folder: Path) -> dict[str, IndexedWord]:
    """Every word of the index but the ignored ones; its files are deleted."""
    found: dict[str, IndexedWord] = {}
    for path in sorted(folder.glob("*.pf_index")):
        found.update((word, (word, pages, spellings)) for word, pages, spellings in _decode(path)[0])
        path.unlink()
    return {word: entry for word, entry in found.items() if word not in synonyms.ignored_words()}


def _synonym_words(contents: list[list[str]]) -> Iterator[IndexedWord]:
    """For each group of synonyms its token, wherever one of them appears: a wording weighs as much as one word.

    One token more is in every record: filters alone are a search for it.
    """
    pages: dict[str, list[Any]] = {}
    last: dict[str, int] = {}
    for number, words in enumerate(contents):
        places: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for group, at, length in synonyms.find_wordings(words):
            places[group.token][length].extend(range(at, at + length))
        places[synonyms.EVERY][1] = [0]
        for token, by_length in places.items():
            here: list[int] = []
            for length, positions in sorted(by_length.items()):
                # a negative number is the weight of the places after it, the first of which is counted from the start
                here += [-(_TEXT_WEIGHT // length) - 1, *(at - before for before, at in pairwise([0, *positions]))]
            pages.setdefault(token, []).append([number - last.get(token, 0), here, []])
            last[token] = number
    yield from ((token, found, []) for token, found in pages.items())


def _write_chunks(folder: Path, words: list[IndexedWord]) -> list[list[str]]:
    """Write the words in files; for each the first and last word that it may have, as Pagefind looks them up, and its name."""
    chunks: list[list[IndexedWord]] = [[]]
    size = 0
    for word in words:
        places = sum(len(places) + len(in_meta) + 1 for _, places, in_meta in word[1])
        if chunks[-1] and size + places > _PLACES_PER_FILE:
            chunks.append([])
            size = 0
        chunks[-1].append(word)
        size += places
    bounds = [[chunk[0][0], chunk[-1][0]] for chunk in chunks if chunk]
    for before, after in pairwise(bounds):
        before[1], after[0] = _distinguishing_prefixes(before[1], after[0])
    names = [_write_file(folder, [chunk], "en_", 10, ".pf_index") for chunk in chunks if chunk]
    return [[*bound, name] for bound, name in zip(bounds, names, strict=True)]


def _distinguishing_prefixes(last: str, first: str) -> tuple[str, str]:
    """The shortest beginnings of two words that follow each other by which they differ."""
    same = next((n for n, (one, other) in enumerate(zip(last, first, strict=False)) if one != other), len(last))
    return last[: same + 1], first[: same + 1]


# --- files


def _sort_filter(path: Path) -> str:
    """Sort a filter and its values, which Pagefind writes in any order."""
    name, values = _decode(path)
    data = [name, sorted([value, sorted(pages)] for value, pages in values)]
    return _rewrite_file(path, data, "en_", 7)


def _decode(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(_PREFIX))


def _rewrite_file(path: Path, data: Any, prefix: str, digits: int) -> str:
    path.unlink()
    return _write_file(path.parent, data, prefix, digits, path.suffix)


def _write_file(folder: Path, data: Any, prefix: str, digits: int, suffix: str) -> str:
    """Write an index file under a name made from its content; returns the name without its suffix."""
    content = _PREFIX + cbor2.dumps(data)
    name = prefix + hashlib.sha256(content).hexdigest()[:digits]
    (folder / f"{name}{suffix}").write_bytes(gzip.compress(content, mtime=0))
    return name
