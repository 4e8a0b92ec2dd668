"""What Pagefind 1.5.2 says of each record by itself, parted from what it says of the others that it was asked about.

Of a record depend on the others: its number, the numbers of the meta fields that it names (theirs are the places of all names
in order), the names of files, and in which order the spellings of a word are listed. All of that is packing.py's to say.
"""

from __future__ import annotations

import binascii
import gzip
import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Any

import cbor2
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from publishing.site.search import synonyms

PREFIX = b"pagefind_dcd"
_TEXT_WEIGHT = 24
"""Pagefind's weight of a word of running text."""
_NO_PLACES = cbor2.dumps([])

Places = list[int]
"""Places of a word in a text, as Pagefind counts them: each from the one before, a negative number for another weight."""
MetaPlaces = list[str | int]
"""Places of a word in what is said of a text: the name of a meta field, then the word's places in it, and so on."""


def _decode_bytes(value: object) -> object:
    return binascii.a2b_base64(value, strict_mode=True) if isinstance(value, str) else value


def _encode_bytes(value: bytes) -> str:
    return binascii.b2a_base64(value, newline=False).decode()


_Bytes = Annotated[bytes, BeforeValidator(_decode_bytes), PlainSerializer(_encode_bytes)]
_Size = Annotated[int, Field(ge=0)]


class Spelling(BaseModel):
    """A word as one record spells it, with accents: “née”, of the word “nee”."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    word: str
    form: str
    places: Places
    in_meta: MetaPlaces


class Record(BaseModel):
    """A page or a lesson in the index; little words are left out, and tokens of synonyms are in.

    `fragment` is the file that a result is shown from, packed; `length` the number of words, as Pagefind counts; `words` are parted by newlines.
    For each of these, in order, `sizes` has how many numbers tell its places, and one, and `lengths` how many bytes of `places` are its own:
    its places in CBOR and, where it is none of the first words, which are those that `in_meta` is about, an empty list. Both are arrays of
    numbers as bytes, for a list of them takes ten times as long to read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    fragment: _Bytes
    length: _Size
    filters: dict[str, list[str]]
    fields: list[str]
    words: str
    sizes: _Bytes
    lengths: _Bytes
    places: _Bytes
    in_meta: list[MetaPlaces]
    spellings: list[Spelling]

    @cached_property
    def unpacked(self) -> bytes:
        """The fragment as it is hashed and read."""
        return gzip.decompress(self.fragment)

    @model_validator(mode="after")
    def _check(self) -> Record:
        """Refuse what does not fit together: it was damaged where it was kept."""
        try:
            sound = self.unpacked.startswith(PREFIX)
        except (OSError, EOFError, zlib.error):
            sound = False
        number = self.words.count("\n") + 1
        flat = (*self.in_meta, *(spelling.in_meta for spelling in self.spellings))
        named = {name for places in flat for name in places if isinstance(name, str)}
        if not (
            sound
            and number == len(read_numbers(self.sizes)) == len(lengths := read_numbers(self.lengths))
            and sum(lengths) == len(self.places)
            and len(self.in_meta) <= number
            and named <= set(self.fields)
        ):
            raise ValueError("no record of the index")
        return self


def read_numbers(kept: bytes) -> array[int]:
    """The numbers of `sizes` or `lengths`.

    Raises:
        ValueError: the bytes are no whole number of them.
    """
    return array("I", kept)


def read_records(files: Mapping[str, bytes]) -> dict[str, Record]:
    """The records of an index as Pagefind made it, by their addresses; a page that it has left out is in none.

    Args:
        files: the files of the index, of one language, by their paths in its folder.
    """
    (meta,) = (content for path, content in files.items() if path.endswith(".pf_meta"))
    _, pages, _, _, _, fields = _decode(meta)
    words: list[dict[str, tuple[Places, MetaPlaces]]] = [{} for _ in pages]
    spellings: list[list[Spelling]] = [[] for _ in pages]
    for word, found, spelt in _indexed_words(files):
        for number, places, in_meta in _by_number(found):
            words[number][word] = places, _name_fields(in_meta, fields) if in_meta else []
        for form, where in spelt:
            for number, places, in_meta in _by_number(where):
                named = _name_fields(in_meta, fields)
                spellings[number].append(Spelling(word=word, form=form, places=places, in_meta=named))
    records = {}
    for (name, length), known, spelt in zip(pages, words, spellings, strict=True):
        fragment = files[f"fragment/{name}.pf_fragment"]
        shown = json.loads(gzip.decompress(fragment).removeprefix(PREFIX))
        known.update((token, (places, [])) for token, places in _token_places(shown["content"].split()))
        records[shown["url"]] = _make_record(fragment, length, shown, known, spelt)
    return records


def _indexed_words(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Every word but the ignored ones; its records, and its spellings."""
    for path, content in files.items():
        if path.endswith(".pf_index"):
            yield from (entry for entry in _decode(content)[0] if entry[0] not in synonyms.ignored_words())


def _by_number(found: Iterable[list[Any]]) -> Iterator[tuple[int, Places, list[int]]]:
    """The records of a word by their numbers, where Pagefind gives the distance from the record before."""
    number = 0
    for step, places, in_meta in found:
        number += step
        yield number, places, in_meta


def _name_fields(in_meta: list[int], fields: list[str]) -> MetaPlaces:
    return [fields[-place - 1] if place < 0 else place for place in in_meta]


def _make_record(
    fragment: bytes,
    length: int,
    shown: Mapping[str, Any],
    words: Mapping[str, tuple[Places, MetaPlaces]],
    spellings: list[Spelling],
) -> Record:
    # the words of meta fields first: only of them is there more to say
    ordered = sorted(words.items(), key=lambda item: not item[1][1])
    pieces = [_encode_places(tuple(places)) + (b"" if in_meta else _NO_PLACES) for _, (places, in_meta) in ordered]
    return Record(
        fragment=fragment,
        length=length,
        filters=shown["filters"],
        fields=sorted(shown["meta"]),
        words="\n".join(word for word, _ in ordered),
        sizes=_keep_numbers(len(places) + len(in_meta) + 1 for _, (places, in_meta) in ordered),
        lengths=_keep_numbers(map(len, pieces)),
        places=b"".join(pieces),
        in_meta=[in_meta for _, (_, in_meta) in ordered if in_meta],
        # as Pagefind lists them of this record alone: those in its text, then others
        spellings=sorted(spellings, key=lambda spelling: (spelling.word, not spelling.places, spelling.form)),
    )


def _keep_numbers(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()


@lru_cache(50_000)
def _encode_places(places: tuple[int, ...]) -> bytes:
    # most words are once in a text, and there are not that many places
    return cbor2.dumps(places)


def _token_places(words: list[str]) -> Iterator[tuple[str, Places]]:
    """For each group of synonyms that a text has a wording of its token, and its places: a wording weighs as much as one word.

    One token more is in every record: filters alone are a search for it.
    """
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for group, at, length in synonyms.find_wordings(words):
        found[group.token][length].extend(range(at, at + length))
    found[synonyms.EVERY][1] = [0]
    for token, by_length in found.items():
        places: Places = []
        for length, positions in sorted(by_length.items()):
            # a negative number is the weight of the places after it, the first of which is counted from the start
            places += [-(_TEXT_WEIGHT // length) - 1, *(at - before for before, at in pairwise([0, *positions]))]
        yield token, places


def _decode(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(PREFIX))
