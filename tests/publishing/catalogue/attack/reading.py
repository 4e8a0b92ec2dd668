"""An attacker reads every published file: what each says of each review, and every count of cases that any of them has.

Nothing here is the product's: the vocabulary is read as the data that it is, files as what they are.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import cbor2
import yaml
from lxml import etree

from tests.support.paths import ROOT

WORDS = ("offences", "regions", "supervision", "providers", "agencies", "themes")
FACTS = {"offence": "offences", "region": "regions", "supervision": "supervision", "provider": "providers"}
VOCABULARY: dict[str, Any] = yaml.safe_load((ROOT / "publishing" / "vocabulary.yml").read_text(encoding="utf-8"))
ENDS = ("offence_year_from", "offence_year_to")
ATOM = "{http://www.w3.org/2005/Atom}"

_REFERENCE = re.compile(r"(?<![\w-])(20\d\d-\d{3})(?![\w-])")
_YEAR = re.compile(r"(?<![\d-])(201[5-9])(?:[-–](201[5-9]))?(?![\d-])")
_CHROME = re.compile(
    r"(?i)open government licence|about/licence|/licence/|licence page"
    # a row of every review's table of redactions, whatever the review is of
    r"|Prisons, courts, offices, schools and other organisations"
    # where letters about any review go
    r"|By letter: [^\n<]+"
)
_TITLE = re.compile(r"[Rr]eview (20\d\d-\d{3}): ([^\n<>\"|\]]+?, (?:19|20)\d\d(?:[-–]20\d\d)?)(?!\d)")
_LESSON = re.compile(
    r"[Ll]esson \d+ of review (20\d\d-\d{3})(?:\]\([^)]*\)|</a>), ([^\n<]+?, (?:19|20)\d\d(?:-20\d\d)?)(?!\d)"
)
_FILTER = re.compile(r'data-pagefind-filter="([a-z]+):([\w-]+)"')
_NATIONALLY = re.compile(r"(20\d\d), ([A-Za-z ]+): ([\d,]+) nationally")
_PLAIN = {".md", ".html", ".txt", ".svg", ".webmanifest", ""}
_PROGRAMS = {".js", ".css", ".png", ".pagefind", ".woff2", ".map"}


@dataclass
class Evidence:
    """What was read. `told` has each value with where it stands: by review, then by kind of fact."""

    told: dict[str, dict[str, dict[str, set[str]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    )
    national: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    counts: dict[tuple[str, str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    years: dict[str, str] = field(default_factory=dict)
    files: int = 0

    def tell(self, review: str, kind: str, value: str, where: str) -> None:
        """Write a fact of a review down."""
        self.told[review][kind][value].add(where)

    def said_of(self, review: str) -> dict[str, dict[str, list[str]]]:
        """Every value told of a review, with the first few files that tell it."""
        return {
            kind: {value: sorted(places)[:4] for value, places in values.items()}
            for kind, values in self.told[review].items()
        }


def read(folder: Path, *, words_of_the_text: bool) -> Evidence:
    """Read every file under a folder.

    `words_of_the_text`: whether a term anywhere in what is written of one review alone is a fact of it. That is so in
    invented corpora, whose texts have no such word; a true review's text says "licence" and means another.
    """
    found = Evidence()
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name, data in contents.items():
        if name.endswith("data/reviews.csv"):
            for row in _rows(data):
                found.years[row["review"]] = row["published"][:4]
    for name, data in sorted(contents.items()):
        found.files += 1
        _read(found, name, data, words_of_the_text)
    _read_filters(found, contents)
    return found


def _read(found: Evidence, name: str, data: bytes, words_of_the_text: bool) -> None:
    ending = Path(name).suffix
    if ending in _PROGRAMS or name.endswith((".pf_index", ".pf_meta", ".pf_filter")):
        return
    if ending == ".csv":
        records: list[dict[str, Any]] = list(_rows(data))
        _read_rows(found, name, records)
        pieces: Iterable[str] = map(_as_piece, records)
    elif ending == ".db":
        records = list(_database_rows(data))
        _read_rows(found, name, records)
        pieces = map(_as_piece, records)
    elif ending in (".json", ".jsonld"):
        document = json.loads(data)
        _read_objects(found, name, document)
        pieces = map(_as_piece, _objects(document))
    elif ending == ".xml":
        pieces = _read_entries(found, name, data)
    elif ending == ".pf_fragment":
        document = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
        _read_fragment(found, name, document)
        # a page that is no review's may name one in a sentence and other things in the next
        whole = _REFERENCE.search(document["url"])
        pieces = [json.dumps(document, ensure_ascii=False)] if whole else document["content"].split(". ")
    elif ending == ".gz":
        pieces = gzip.decompress(data).decode().splitlines()
    else:
        assert ending in _PLAIN, f"{name}: an attacker who cannot read it proves nothing"
        pieces = _read_page(found, name, data.decode())
    own = _REFERENCE.search(name)
    for piece in pieces:
        _read_piece(found, name, piece, own[1] if own else None, words_of_the_text)


# --- what is laid out as data


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(data.decode(), newline=""))


def _as_piece(row: dict[str, Any]) -> str:
    """A row as it is written, without the first and the last year of its period: neither is told as the year."""
    return json.dumps({name: value for name, value in row.items() if name not in ENDS}, ensure_ascii=False)


def _database_rows(data: bytes) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(data)
        made.row_factory = sqlite3.Row
        names = [row["name"] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        yield from (dict(row) for name in names for row in made.execute(f"SELECT * FROM {name}"))


def _read_rows(found: Evidence, name: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        _read_facts(found, row.get("review", ""), row, name)
        _read_count(found, row)


def _read_count(found: Evidence, row: dict[str, Any]) -> None:
    """A number of trends, or a national one, under whatever name a file has them."""
    if {"year", "table", "row", "column", "count"} <= row.keys() and row["column"] in (
        "Reviews",
        f"Reviews in {row['year']}",
    ):
        found.counts[row["year"], row["table"], row["row"]].add(int(row["count"]))
    number = next((row[key] for key in ("national", "count", "nationally") if str(row.get(key, "")).isdigit()), None)
    if {"offence", "year"} <= row.keys() and number is not None:
        found.national[row["offence"], int(row["year"])].add(int(number))


def _objects(document: Any) -> Iterator[dict[str, Any]]:
    """Objects, the lists of a document one by one and not the document as a whole."""
    if isinstance(document, list):
        for one in document:
            yield from _objects(one)
    elif isinstance(document, dict):
        lists = [
            value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if lists and "public_id" not in document and "review" not in document:
            yield from _objects([*lists])
        else:
            yield document


def _read_objects(found: Evidence, name: str, document: Any) -> None:
    for one in _objects(document):
        review = one.get("review") or one.get("public_id") or ""
        _read_facts(found, str(review), {**one, **one.get("facts", {})}, name)
        _read_count(found, one)
        for kind, times in (one.get("redactions") or {}).items():
            assert times is None or times >= 5, f"{name}: says how often {kind} was redacted"


def _read_facts(found: Evidence, review: str, row: dict[str, Any], name: str) -> None:
    if not _REFERENCE.fullmatch(review):
        return
    if ends := [str(row[name]) for name in ENDS if name in row]:
        found.tell(review, "year", "-".join(dict.fromkeys(ends)), name)
    for kind in (*FACTS, "offence_year", "agencies"):
        value = row.get(kind)
        values = (
            value.split("; ")
            if kind == "agencies" and isinstance(value, str)
            else value
            if isinstance(value, list)
            else [value]
        )
        for one in values:
            if one not in (None, ""):
                found.tell(review, {"offence_year": "year", "agencies": "agency"}.get(kind, kind), str(one), name)


def _read_entries(found: Evidence, name: str, data: bytes) -> list[str]:
    """A feed: its entries, their categories, and what belonging to it says."""
    pieces = []
    of = re.search(r"feeds/(regions|themes)/([\w-]+)\.xml$", name)
    for entry in etree.fromstring(data).iter(f"{ATOM}entry"):
        text = etree.tostring(entry, encoding="unicode")
        pieces.append(text)
        if not (known := _REFERENCE.search(text)):
            continue
        if of and of[1] == "regions":
            found.tell(known[1], "region", of[2], name)
        for category in entry.iter(f"{ATOM}category"):
            kind, _, value = category.get("term", "").partition(":")
            if kind in FACTS:
                found.tell(known[1], kind, value, name)
    return pieces or data.decode().splitlines()


def _read_fragment(found: Evidence, name: str, fragment: dict[str, Any]) -> None:
    known = _REFERENCE.search(fragment["url"])
    for kind, values in fragment["filters"].items() if known else ():
        for value in values:
            if known and kind in ("offence", "region", "year", "agency", "supervision", "provider"):
                found.tell(known[1], kind, value, name)


def _read_filters(found: Evidence, contents: dict[str, bytes]) -> None:
    """Pagefind's filters: which pages have a value, by the numbers that the index gives them."""
    load = {n: cbor2.loads(gzip.decompress(d).removeprefix(b"pagefind_dcd")) for n, d in contents.items()
            if n.endswith((".pf_meta", ".pf_filter"))}  # fmt: skip
    pages = next((index[1] for name, index in load.items() if name.endswith(".pf_meta")), ())
    addresses = {}
    for name, data in contents.items():
        if name.endswith(".pf_fragment"):
            addresses[Path(name).stem] = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))["url"]
    for name, index in load.items():
        if not name.endswith(".pf_filter") or index[0] not in ("offence", "region", "year", "agency"):
            continue
        for value, numbers in index[1]:
            for number in numbers:
                if known := _REFERENCE.search(addresses[pages[number][0]]):
                    found.tell(known[1], index[0], value, name)


# --- pages


def _read_page(found: Evidence, name: str, text: str) -> list[str]:
    """A page, in Markdown or HTML: where it stands, its key facts, charts and tables; its lines, for whoever reads on."""
    text = html.unescape(text)
    place = re.search(r"(?:^|/)(offences|regions|agencies|years)/([\w-]+)/(?:page-\d+/)?index\.\w+$", name)
    if place:
        kind = {"offences": "offence", "regions": "region", "agencies": "agency", "years": "year"}[place[1]]
        # an agency's page begins with the lessons that are for it, as their owners say, whoever had a part in the case
        listed = re.split(r"\n## Reviews\n|<h2 id=\"reviews\">", text)[-1] if kind == "agency" else text
        for known in set(_REFERENCE.findall(listed)) if kind != "agency" or listed != text else ():
            found.tell(known, kind, place[2], name)
    if own := re.search(r"reviews/(20\d\d-\d{3})/index\.\w+$", name):
        for kind, value in _FILTER.findall(text):
            if kind in (*FACTS, "year", "agency"):
                found.tell(own[1], kind, value, name)
        for label, value in re.findall(r"<dt>(Supervision|Supervised by)</dt>\s*<dd>([^<]+)", text):
            kind = "supervision" if label == "Supervision" else "provider"
            found.tell(own[1], kind, _key(FACTS[kind], value), name)
        for times in re.findall(r"(?m)^\| [A-Z][^|]+ \| ([\d,]+) \|$", text.partition("Times replaced")[2]):
            assert int(times.replace(",", "")) >= 5, f"{name}: says how often a detail was redacted"
    for year, offence, number in _NATIONALLY.findall(text):
        key = "all" if offence.startswith("all ") else _key("offences", offence)
        found.national[key, int(year)].add(int(number.replace(",", "")))
    for year, offence, number in re.findall(
        r"(?:\| |<td[^>]*>)(20\d\d)(?: \| |</td>\s*<td[^>]*>)([A-Z][\w ]+)(?: \| |</td>\s*<td[^>]*>)([\d,]+)(?: \||</td>)",
        text,
    ):
        key = "all" if offence == "All" else _key("offences", offence)
        found.national[key, int(year)].add(int(number.replace(",", "")))
    if trends := re.search(r"(?:^|/)trends/(?:(20\d\d)/)?index\.\w+$", name):
        _read_charts(found, trends[1] or "all", text)
        _read_tables(found, trends[1] or "all", text)
    return [line for line in re.split(r"\n|(?=<(?:li|tr|article|p|div|h\d)\b)", text) if line.strip()]


_CHARTS = {"offences": "offences", "regions": "regions", "supervision": "supervision", "agencies": "agencies"}


def _read_charts(found: Evidence, year: str, text: str) -> None:
    """Labels and numbers of each drawing, from the top."""
    for svg in re.findall(r"<svg .*?</svg>", text, re.DOTALL):
        name = re.search(r'aria-labelledby="chart-([a-z-]+)-title', svg)
        if not name or name[1] not in _CHARTS:
            continue
        label: list[str] = []
        placed = re.findall(r'<text transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>([^<]*)</text>', svg)
        for _, x, words in sorted((float(y), float(x), words) for x, y, words in placed):
            if x == 0:
                label.append(words)
            else:
                row = _key(_CHARTS[name[1]], " ".join(label))
                found.counts[year, name[1], row].add(int(words.replace(",", "")))
                label = []


def _read_tables(found: Evidence, year: str, text: str) -> None:
    for heading, words in (
        ("Offences", "offences"),
        ("Regions", "regions"),
        ("Supervision", "supervision"),
        ("Agencies", "agencies"),
    ):
        body = re.search(rf'aria-label="Table: {heading}"(.*?)(?:\n</div>|</table>)', text, re.DOTALL)
        cells = (
            r"\n\| ([^|]+) \| ([\d,]+) \|"
            if body and "<table" not in body[1]
            else r"<td[^>]*>([^<]+)</td>\s*<td[^>]*>([\d,]+)</td>"
        )
        for label, number in re.findall(cells, body[1] if body else ""):
            found.counts[year, words, _key(words, label)].add(int(number.replace(",", "")))


def _key(words: str, title: str) -> str:
    plain = title.strip().replace("’", "'").casefold()
    return next(key for key, term in VOCABULARY[words].items() if term["title"].replace("’", "'").casefold() == plain)


# --- anything that is written of one review


def _read_piece(found: Evidence, name: str, piece: str, own: str | None, words_of_the_text: bool) -> None:
    named = set(_REFERENCE.findall(piece))
    about = named or ({own} if own else set())
    if not about:
        return
    for review, words in (*_TITLE.findall(piece), *_LESSON.findall(piece)):
        for kind, value in terms_in(words):
            found.tell(review, kind, value, name)
    if words_of_the_text and len(about) == 1 and (own is None or about == {own}):
        for kind, value in terms_in(_CHROME.sub("", piece)):
            if kind != "theme":
                found.tell(*about, kind, value, name)


@cache
def terms_in(text: str) -> tuple[tuple[str, str], ...]:
    """Every term of the vocabulary, by its title or its key, the longest first; and years of offences."""
    found = [("year", f"{first}-{last}" if last else first) for first, last in _YEAR.findall(text)]
    for match in _terms().finditer(text.replace("’", "'")):
        found += _known()[match[0].casefold()]
    return tuple(found)


@cache
def _known() -> dict[str, tuple[tuple[str, str], ...]]:
    kinds = {
        "offences": "offence",
        "regions": "region",
        "providers": "provider",
        "agencies": "agency",
        "themes": "theme",
    }
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for words in WORDS:
        for key, term in VOCABULARY[words].items():
            for name in {key, term["title"].replace("’", "'").casefold()}:
                found[name].append((kinds.get(words, words), key))
    # what is not given is said in one way of three kinds of facts, and tells of none
    return {name: tuple(values) for name, values in found.items() if "not-given" not in dict(values).values()}


@cache
def _terms() -> re.Pattern[str]:
    # a theme may have the name of an agency: then it is the theme's
    names = sorted(_known(), key=len, reverse=True)
    return re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
