"""Nobody's identity is in the built samples. Reads bytes by itself and shares no code with the gate: a second opinion."""

from __future__ import annotations

import gzip
import html
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import cbor2
import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.samples import Sample

CASES = sorted(path.parent for path in (ROOT / "reviews").glob("*/review.md"))

# --- exceptions: a case, declared words that may stand all the same, and why; each must still be needed ---------------

_COMMON = "an English word, used as one in this review"
_TITLE = "a title or a rank, not a name; the review says it of a role"

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("saffron-anvil-16", "reading"): "a town's name that is an English word, used as one here",
    ("ochre-sundial-85", "js"): "initials that are also the extension of the site's scripts",
    ("pewter-gable-12", "banks"): _COMMON,
    ("pewter-gable-12", "constant"): _COMMON,
    ("pewter-gable-12", "court"): _COMMON,
    ("pewter-gable-12", "field"): _COMMON,
    ("pewter-gable-12", "judge"): _TITLE,
    ("pewter-gable-12", "long"): _COMMON,
    ("pewter-gable-12", "may"): _COMMON,
    ("pewter-gable-12", "page"): _COMMON,
    ("pewter-gable-12", "will"): _COMMON,
    ("copper-lantern-11", "judge"): _TITLE,
    ("flint-orchard-16", "manager"): _TITLE,
    ("nutmeg-davit-01", "grant"): _COMMON,
    ("plover-hinge-01", "justice"): "the Ministry of Justice, which publishes the site",
    ("russet-gimbal-01", "of"): "initials that are an English word",
    ("pewter-gable-12", "grace"): _COMMON,
    ("pewter-gable-12", "mark"): _COMMON,
    ("pewter-gable-12", "price"): _COMMON,
    ("pewter-gable-12", "rose"): _COMMON,
    ("pewter-gable-12", "young"): _COMMON,
    ("pewter-orchard-12", "nan"): "a grandmother, who is not the woman of that nickname",
    ("granite-thimble-47", "her"): _COMMON,
    ("granite-thimble-47", "judge"): _TITLE,
    ("thistle-harbour-24", "judge"): _TITLE,
    ("thistle-harbour-24", "father"): _COMMON,
    ("cinder-trestle-03", "brown"): _COMMON,
    ("cinder-trestle-03", "old"): _COMMON,
    ("cinder-trestle-03", "small"): _COMMON,
    ("juniper-ladle-01", "his"): _COMMON,
    ("juniper-ladle-01", "judge"): _TITLE,
    ("velvet-quarry-19", "justice"): "the Ministry of Justice, which publishes the site",
}

# --- plain reading ----------------------------------------------------------------------------------------------------

_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae"})
_ACCENTS, _OTHER = re.compile("[\u0300-\u036f]+"), re.compile("[^a-z0-9|]+")
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])


def plain(text: str) -> str:
    """Lower case, no accents, nothing invisible; what is no letter or digit is one space; `|` parts what isn't one text."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).translate(_LETTERS))
        text = _ACCENTS.sub("", text)
    text = text.casefold().replace("|", " | ")
    return f" {' '.join(_OTHER.sub(' ', text).split())} "


def strings(value: Any) -> Iterator[str]:
    """Every string inside parsed JSON or CBOR, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, str):
        yield value


def readings(data: bytes) -> Iterator[str]:
    """Every way to read a file: as text, unpacked, as JSON or CBOR, with entities, escapes and tags taken away."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    data = data.removeprefix(b"pagefind_dcd")
    if data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(":memory:")) as made:
            made.deserialize(data)
            yield " | ".join(made.iterdump())
    if data.startswith(b'{"url"'):
        # a search fragment counts words and places in it: its numbers are no text
        data = re.sub(rb"(?<=[\[:,])\d+(?=[,\]}])", b" ", data)
    text = data.decode("utf-8", "replace")
    yield re.sub(r"</?\w+|>", "|", text)
    if "\ufffd" in text:
        yield data.decode("utf-16-le", "ignore")
    for parse in (json.loads, cbor2.loads):
        try:
            yield " | ".join(strings(parse(data)))
            break
        except (ValueError, EOFError, cbor2.CBORDecodeError):
            continue
    shown = html.unescape(text)
    if "<" in text:
        yield re.sub(r"<[^>]*>", "", shown)
        yield re.sub(r"<[^>]*>", " ", shown)
    elif "&" in text:
        yield shown
    if "%" in text:
        yield re.sub(r"</?\w+|>", "|", unquote(text))


@dataclass(frozen=True)
class File:
    """A built file: its path, all its readings in plain form, their words, and whose page or record it is."""

    name: str
    text: str
    words: frozenset[str]
    public_id: str | None

    def holds(self, needle: str) -> bool:
        """Whether the words stand in it, one after the other."""
        return self.words.issuperset(needle.split()) and f" {needle} " in self.text


def public_id_of(name: str, data: bytes) -> str | None:
    """Which review a page, a record or a search fragment belongs to."""
    if name.endswith(".pf_fragment"):
        record = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
        name = record["url"]
    match = re.search(r"\breviews/(\d{4}-\d{3})\b", name)
    return match[1] if match else None


@pytest.fixture(scope="session")
def files(sample: Sample) -> tuple[File, ...]:
    """Everything under the built folder, read once; a file's own path counts as its text."""
    assert sample.done.returncode == 0, "the samples could not be built"
    found = []
    for path in sorted(sample.out.rglob("*")):
        if path.is_file():
            name, data = path.relative_to(sample.out).as_posix(), path.read_bytes()
            text = " | ".join(dict.fromkeys(plain(reading) for reading in (name, *readings(data))))
            found.append(File(name, text, frozenset(text.split()), public_id_of(name, data)))
    return tuple(found)


# --- who is declared --------------------------------------------------------------------------------------------------


@cache
def register(case: Path) -> dict[str, Any]:
    """What a sample declares."""
    path = case / "register.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def front_matter(case: Path) -> dict[str, Any]:
    """What a sample says of itself."""
    return yaml.safe_load((case / "review.md").read_text(encoding="utf-8").split("---\n")[1])


def names(case: Path) -> list[str]:
    """Every name of a person that a sample declares, but for those chosen for publication."""
    people = register(case).get("people", [])
    chosen = {plain(person["published_as"]).strip() for person in people if "published_as" in person}
    written = [str(name) for person in people for name in person["names"]]
    return [name for name in written if plain(name).strip() not in chosen]


def spoken(name: str) -> str:
    """`SURNAME, Forename` as it is said."""
    surname, comma, forename = name.partition(",")
    return f"{forename} {surname}" if comma else name


def initials(words: str) -> bool:
    """Whether a name is letters alone, such as T.V."""
    return all(len(word) == 1 for word in words.split())


def anywhere(case: Path) -> Iterator[str]:
    """Codes, full names, and places and organisations of several words, in plain form: nowhere in the output."""
    declared = register(case)
    yield from (plain(str(code)).strip() for code in declared.get("codes", []))
    several = [*names(case), *map(spoken, names(case)), *declared.get("places", []), *declared.get("organisations", [])]
    forms = (plain(str(text)).strip() for text in several)
    yield from (words for words in forms if " " in words and not initials(words))


def on_own_pages(case: Path) -> Iterator[str]:
    """Names, initials, places and organisations of one word, and each word of a full name: not on the case's own pages."""
    declared = register(case)
    for text in [*names(case), *declared.get("places", []), *declared.get("organisations", [])]:
        words = plain(str(text)).strip()
        if " " not in words or initials(words):
            yield words
    yield from (word for name in names(case) for word in plain(name).split() if len(word) > 2)


def days(case: Path) -> Iterator[str]:
    """The day that dates are told from, and birthdays: not on the case's own pages."""
    matter, people = front_matter(case), register(case).get("people", [])
    for day in filter(None, [matter.get("anchor"), *(person.get("born") for person in people)]):
        yield from (plain(f"{day:{form}}").strip().lstrip("0") for form in ("%Y-%m-%d", "%d %B %Y", "%d/%m/%Y"))


def left(found: dict[str, set[str]], case: Path) -> str:
    """What to say of a failure: which files, and how many identities; never which (they are invented, but habits count)."""
    return "\n".join(f"{case.name}: {len(words)} declared in {name}" for name, words in sorted(found.items()))


def search(files: Iterable[File], needles: Iterable[str], case: Path) -> dict[str, set[str]]:
    """Which needles stand in which files, but for the exceptions."""
    wanted = {needle for needle in needles if needle and (case.name, needle) not in EXCEPTIONS}
    found = {file.name: {needle for needle in wanted if file.holds(needle)} for file in files}
    return {name: needles for name, needles in found.items() if needles}


def own(files: Iterable[File], case: Path) -> list[File]:
    """A case's pages, records and search fragments."""
    public_id = front_matter(case)["public_id"]
    return [file for file in files if file.public_id == public_id]


# --- the tests --------------------------------------------------------------------------------------------------------

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@each_case
def test_no_code_full_name_or_place_of_several_words_is_anywhere(files: tuple[File, ...], case: Path) -> None:
    """Of any case, published or not, in any file under build/, its path included."""
    found = search(files, anywhere(case), case)
    assert not found, left(found, case)


@each_case
def test_no_single_name_is_on_the_cases_own_pages(files: tuple[File, ...], case: Path) -> None:
    """Pages, Markdown, public record and search fragments; the words of full names count too."""
    found = search(own(files, case), on_own_pages(case), case)
    assert not found, left(found, case)


@each_case
def test_no_anchor_and_no_birthday_is_on_the_cases_own_pages(files: tuple[File, ...], case: Path) -> None:
    """In figures or in words."""
    found = search(own(files, case), days(case), case)
    assert not found, left(found, case)


@each_case
def test_nothing_private_of_a_case_is_anywhere(files: tuple[File, ...], case: Path) -> None:
    """Its folder's name, who approved it, who weighed the harm, and who signed it."""
    matter, signoff = front_matter(case), case / "signoff.yml"
    signed = yaml.safe_load(signoff.read_text(encoding="utf-8"))["signatures"] if signoff.is_file() else []
    private = [case.name, matter["approved_by"], matter["disclosure"]["considered_by"], *(by["by"] for by in signed)]
    found = search(files, (plain(words).strip() for words in private if words), case)
    assert not found, left(found, case)


@each_case
def test_what_the_gold_marks_as_a_person_or_a_code_is_not_in_the_public_record(sample: Sample, case: Path) -> None:
    """Marked by hand and not by the register: of five characters or more, and no English word."""
    record = sample.out / "markdown" / "data" / "reviews" / f"{front_matter(case)['public_id']}.json"
    if not record.is_file():
        return
    said = " | ".join(plain(text) for text in strings(json.loads(record.read_text(encoding="utf-8"))))
    gold = (ROOT / "tests" / "gold" / f"{case.name}.md").read_text(encoding="utf-8")
    marked = {plain(words).strip() for words in re.findall(r"\{[PC]\|([^{}]*)\}", gold)}
    assert marked
    left_in = [w for w in marked if len(w) >= 5 and f" {w} " in said and (case.name, w) not in EXCEPTIONS]
    assert not left_in, f"{case.name}: {len(left_in)} marked texts stand in its public record"


def test_every_exception_is_needed(files: tuple[File, ...]) -> None:
    """A list of exceptions that nobody needs any more would hide a leak one day."""
    by_name = {case.name: case for case in CASES}
    for name, words in EXCEPTIONS:
        case = by_name[name]
        assert words in {*anywhere(case), *on_own_pages(case)}, f"{name}: an exception for what it does not declare"
        assert any(file.holds(words) for file in own(files, case)), f"{name}: an exception that is not needed"


def test_fragments_and_indexes_were_really_read(files: tuple[File, ...]) -> None:
    """A test that reads nothing finds nothing: phrases of a lesson, of a record's title and of a filter are seen."""
    fragments = [file for file in files if file.name.endswith(".pf_fragment")]
    assert {file.public_id for file in fragments} - {None}
    assert any("lesson 1 of review" in file.text for file in fragments)
    # the index holds stems
    assert any("recal" in file.words for file in files if file.name.endswith(".pf_index"))
    assert any("greater manchester" in file.text for file in files if file.name.endswith(".pf_filter"))
    assert not [file.name for file in files if not file.words]


@pytest.mark.parametrize(
    "data",
    [
        b"Darren Whitlock",
        b"<p>darren <b>WHITLOCK</b></p>",
        b"<p>Dar<b>ren</b>&#32;Whit&#108;ock</p>",
        b'{"a": "Darren\\u0020Whitl\\u006fck"}',
        b"?q=Darren%20Whitlock",
        "D\u0101rren\u00a0Whit\u200block".encode(),
        b'<img alt="darren-whitlock">',
        gzip.compress(b"pagefind_dcd" + b'{"content":"then Darren Whitlock left"}', mtime=0),
        gzip.compress(b"pagefind_dcd" + cbor2.dumps([["x", {"y": "Darren Whitlock"}]]), mtime=0),
        "Darren Whitlock".encode("utf-16-le") + b"\xff\xfe\xff",
    ],
    ids=[
        "plain",
        "tags",
        "tag and entities",
        "JSON escapes",
        "percent",
        "accents and hidden",
        "attribute",
        "fragment",
        "CBOR",
        "UTF-16",
    ],
)
def test_this_tests_own_reading_sees_through_disguises(data: bytes) -> None:
    """The reader itself is tried on names that are hidden."""
    assert any(" darren whitlock " in plain(reading) for reading in readings(data))
