"""The open data: valid by other people's validators, the same twice, and nothing in it that pages do not show."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
import rdflib
from csvw import CSVW
from frictionless import Package
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

from publishing.catalogue.open_data import files as opendata
from publishing.catalogue.open_data import tables
from publishing.catalogue.open_data.questions import answer, questions
from publishing.reviews import KeyFacts, Lesson, RedactedReview, Update, Withdrawal
from publishing.site import public_record
from tests.support.datasette_pages import ask_datasette

TODAY = dt.date(2025, 11, 3)
GONE = Withdrawal(public_id="2024-009", on=dt.date(2025, 5, 6), reason="legal")
TEXT = '=HYPERLINK("x"), "quoted"\nand on a second line; é 🙂'


def review(public_id: str = "2025-001", **changes: object) -> RedactedReview:
    """An invented review with awkward words."""
    facts = {
        "outcome": "convicted", "offence": "murder", "offence_year": 2018, "region": "kent-surrey-and-sussex",
        "supervision": "licence", "risk_of_serious_harm": "high", "agencies": ("probation", "police"),
        "themes": ("recall", "home-visits"), "reasonable_steps": "not-taken", "mappa_level": 2,
    }  # fmt: skip
    facts.update({name: changes.pop(name) for name in list(changes) if name in KeyFacts.model_fields})
    said = (
        Update(date=dt.date(2025, 3, 1), status="not-started", note="+44 is no number"),
        Update(date=dt.date(2025, 6, 1), status="implemented"),
    )
    lessons = (
        Lesson(
            id=1, text=TEXT, why="-1", themes=("recall",), level="local", owner="@home", due="2025-09", updates=said
        ),
        Lesson(id=7, text="Ask.", level="national", response="accepted", due="2025-10"),
    )
    return RedactedReview.model_validate(
        {
            "public_id": public_id, "publish_on": dt.date(2025, 2, 3), "facts": facts, "content_notes": (),
            "sections": ({"key": "summary", "blocks": ({"text": "The narrative never leaves its page."},)},),
            "lessons": lessons, "redactions": {}, **changes,
        }
    )  # fmt: skip


CHANGES = (
    {"date": dt.date(2025, 5, 1), "note": "The finding about the narrative was put right."},
    {"date": dt.date(2025, 8, 9), "note": "The finding about the narrative was put right again."},
)
REVIEWS = (
    review(),
    review("2025-002", offence_year="2015-2019", region="england", offence="homicide", took="under-3"),
    review("2024-003", lessons=(), publish_on=dt.date(2024, 2, 3), region="wales", changes=CHANGES),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open data of three reviews."""
    folder = tmp_path_factory.mktemp("markdown")
    opendata.write_open_data(REVIEWS, [GONE], folder, TODAY)
    return folder / "data"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open data of a site without any review."""
    folder = tmp_path_factory.mktemp("nothing")
    opendata.write_open_data([], [], folder, TODAY)
    return folder / "data"


@pytest.mark.parametrize("which", ["data", "empty"])
def test_csvw_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    """By the library of the CSV on the Web test suite, with types, terms, keys and references."""
    folder: Path = request.getfixturevalue(which)
    described = CSVW(str(folder / "csv-metadata.json"), validate=True)
    assert described.is_valid, described.warnings


def test_csvw_sees_what_is_wrong(data: Path, tmp_path: Path) -> None:
    """A term that is none, and a reference to no review, are noticed: the test above tests something."""
    for path in data.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    lessons = (tmp_path / "lessons.csv").read_bytes()
    (tmp_path / "lessons.csv").write_bytes(lessons.replace(b",local,", b",nowhere,"))
    with pytest.raises(ValueError, match="invalid lexical value"):
        assert CSVW(str(tmp_path / "csv-metadata.json"), validate=True).is_valid
    (tmp_path / "lessons.csv").write_bytes(lessons.replace(b",2025-001,", b",2025-009,"))
    with pytest.raises(ValueError, match="not found in table"):
        assert CSVW(str(tmp_path / "csv-metadata.json"), validate=True).is_valid


@pytest.mark.parametrize("which", ["data", "empty"])
def test_the_data_package_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    """By Frictionless's own library: types, terms, keys, references, sizes and hashes."""
    folder: Path = request.getfixturevalue(which)
    found = Package(str(folder / "datapackage.json")).validate()
    assert found.valid, found.flatten(["resourceName", "type", "message"])
    assert found.stats["tasks"] == len(tables.DATASETS)


@pytest.mark.parametrize(
    ("name", "before", "after", "fault"),
    [
        ("reviews.csv", b",2018,2018\r\n", b",2018,recently\r\n", "type-error"),
        ("review_themes.csv", b"2025-001,recall", b"2025-009,recall", "foreign-key"),
        ("changes.csv", b",corrected,", b",corrupted,", "constraint-error"),
    ],
)
def test_the_data_package_sees_what_is_wrong(
    data: Path, tmp_path: Path, name: str, before: bytes, after: bytes, fault: str
) -> None:
    """A year that is none, a theme of no review, and an event that nobody knows."""
    for path in data.glob("*.*"):
        (tmp_path / path.name).write_bytes(
            path.read_bytes().replace(before, after) if path.name == name else path.read_bytes()
        )
    found = Package(str(tmp_path / "datapackage.json")).validate()
    assert fault in {kind for _, kind in found.flatten(["resourceName", "type"])}


def test_one_coarse_review_changes_no_columns_type(data: Path) -> None:
    """Its period stands in two columns of whole numbers, in CSV and JSON alike."""
    with (data / "reviews.csv").open(encoding="utf-8", newline="") as file:
        years = {row["review"]: (row["offence_year_from"], row["offence_year_to"]) for row in csv.DictReader(file)}
    assert years == {"2024-003": ("2018", "2018"), "2025-001": ("2018", "2018"), "2025-002": ("2015", "2019")}
    rows = json.loads((data / "reviews.json").read_text(encoding="utf-8"))["reviews"]
    assert [(row["offence_year_from"], row["offence_year_to"]) for row in rows] == [
        (2018, 2018),
        (2018, 2018),
        (2015, 2019),
    ]


def test_lists_are_tables_too(data: Path) -> None:
    """One row for each term of each list, and no other."""
    for listed, many, table, name in (
        ("reviews", "themes", "review_themes", "theme"),
        ("reviews", "agencies", "review_agencies", "agency"),
        ("lessons", "themes", "lesson_themes", "theme"),
    ):
        key = "id" if listed == "lessons" else "review"
        rows = json.loads((data / f"{listed}.json").read_text(encoding="utf-8"))[listed]
        single = json.loads((data / f"{table}.json").read_text(encoding="utf-8"))[table]
        assert [(row[key], row[name]) for row in single] == [(row[key], term) for row in rows for term in row[many]]


def test_the_change_log_tells_of_every_event_once(data: Path) -> None:
    """The oldest first; of a withdrawn review its withdrawal alone; what a correction says stands on the page."""
    with (data / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [
        "2024-003/published", "2025-002/published", "2025-001/published", "2024-003/correction-1", "2024-009/withdrawn",
        "2024-003/correction-2",
    ]  # fmt: skip
    assert [row["reason"] for row in rows if row["reason"]] == ["legal"]
    assert b"finding" not in (data / "changes.csv").read_bytes() + (data / "changes.json").read_bytes()


def test_every_json_file_has_a_schema(data: Path, tmp_path: Path) -> None:
    """Those of the public record too; each is valid by its own, and a strange one is not."""
    public_record.write_public_record(REVIEWS, [GONE], tmp_path)
    (tmp_path / "data/national.json").write_text(
        '[{"offence": "murder", "year": 2018, "count": 114, "source": "Invented"}]', encoding="utf-8"
    )
    names = {"review": "reviews/2025-001", "withdrawals": "withdrawals", "national": "national"}
    for schema, name in names.items():
        rules = Draft202012Validator(json.loads((data / f"{schema}.schema.json").read_text(encoding="utf-8")))
        document = json.loads((tmp_path / f"data/{name}.json").read_text(encoding="utf-8"))
        rules.check_schema(rules.schema)
        assert rules.is_valid(document), list(rules.iter_errors(document))
        strange = {**document, "case": "x"} if isinstance(document, dict) else [*document, {"case": "x"}]
        assert not rules.is_valid(strange)


@pytest.mark.parametrize("dataset", tables.DATASETS, ids=lambda dataset: dataset.name)
@pytest.mark.parametrize("which", ["data", "empty"])
def test_json_is_valid_by_its_schema(dataset: tables.Dataset, which: str, request: pytest.FixtureRequest) -> None:
    """The schema is a valid schema, and the file is valid by it."""
    folder: Path = request.getfixturevalue(which)
    schema = json.loads((folder / f"{dataset.name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    document = json.loads((folder / f"{dataset.name}.json").read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(document))
    document[dataset.name] = [{}]
    assert list(Draft202012Validator(schema).iter_errors(document))


def test_csv_is_rfc_4180(data: Path) -> None:
    """UTF-8, lines ended by CR and LF, quotes doubled, as many fields in each line; and it says what the JSON says."""
    for dataset in tables.DATASETS:
        text = (data / f"{dataset.name}.csv").read_bytes().decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert rows[0] == [column.name for column in dataset.columns]
        assert {len(row) for row in rows} == {len(dataset.columns)}
        outside_quotes = re.sub(r'"(?:[^"]|"")*"', "", text)
        assert outside_quotes.count("\n") == outside_quotes.count("\r\n") == len(rows)
        document = json.loads((data / f"{dataset.name}.json").read_text(encoding="utf-8"))
        assert len(rows) - 1 == len(document[dataset.name])


def test_no_field_is_a_formula(data: Path) -> None:
    """A spreadsheet runs nothing; JSON has the words as they are."""
    for path in data.glob("*.csv"):
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)], path.name
    with (data / "lessons.csv").open(encoding="utf-8", newline="") as file:
        first = next(row for row in csv.DictReader(file) if row["review"] == "2025-001")
    assert (first["text"], first["why"], first["owner"]) == (f"'{TEXT}", "'-1", "'@home")
    lessons = json.loads((data / "lessons.json").read_text(encoding="utf-8"))["lessons"]
    assert TEXT in [lesson["text"] for lesson in lessons]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("＝SUM(A1)", True), ("＋44", True), ("－1", True), ("＠home", True), ("﹦1", True), ("﹣1", True), ("⁺1", True),
        ("\u200b=1", True), ("\u00a0+1", True), ("\t1", True), ("=1", True),
        ("", False), ("a=1", False), ("–1", False), ("'=1", False), ("(=1)", False), ("１＋１", False),
    ],
)  # fmt: skip
def test_signs_of_any_width_get_their_apostrophe(text: str, guarded: bool) -> None:
    """Excel in Japanese and others take a fullwidth sign for the plain one; the words stay as they are."""
    dataset = next(found for found in tables.DATASETS if found.name == "updates")
    row = {column.name: "x" for column in dataset.columns} | {"note": text}
    (cell,) = [row["note"] for row in csv.DictReader(io.StringIO(opendata.csv_text(dataset, [row]), newline=""))]
    assert cell == (f"'{text}" if guarded else text)


def rows_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every table of a database."""
    with closing(sqlite3.connect(path)) as made:
        made.row_factory = sqlite3.Row
        names = [row["name"] for row in made.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: [dict(row) for row in made.execute(f"SELECT * FROM {name}")] for name in names}


def test_the_database_says_what_the_json_says(data: Path) -> None:
    """Each table with its columns in their order; words as they are, lists joined, true as 1; keys and references hold."""
    told = rows_of(data / "candour.db")
    assert told.keys() == {"about", *(table.name for table in tables.DATASETS)}
    for table in tables.DATASETS:
        rows = json.loads((data / f"{table.name}.json").read_text(encoding="utf-8"))[table.name]
        names = [column.name for column in table.columns]
        as_cells = [
            {name: "; ".join(row[name]) if isinstance(row[name], list) else row[name] for name in names} for row in rows
        ]
        assert sorted(told[table.name], key=str) == sorted(as_cells, key=str)
        assert not told[table.name] or list(told[table.name][0]) == names
    assert TEXT in [row["text"] for row in told["lessons"]]
    with closing(sqlite3.connect(data / "candour.db")) as made:
        assert made.execute("PRAGMA foreign_key_check").fetchall() == []
        assert made.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_datasette_opens_the_database_with_its_metadata(data: Path) -> None:
    """Every table by its page; what each is about, the licence, and what each column says stand on it."""
    addresses = {table.name: f"/candour/{table.name}" for table in tables.DATASETS}
    answers = ask_datasette(data, ["/", "/candour", *addresses.values()])
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "Open Government Licence v3.0" in answers["/candour"].text
    for table in tables.DATASETS:
        page = html.unescape(answers[addresses[table.name]].text)
        assert table.about in page
        assert table.columns[-1].about in page


@pytest.mark.parametrize("which", ["data", "empty"])
def test_each_feed_is_json_too(which: str, request: pytest.FixtureRequest) -> None:
    """Valid by its schema, with the entries of the Atom feed, and no other words than its titles."""
    folder: Path = request.getfixturevalue(which) / "feeds"
    rules = Draft202012Validator(
        json.loads((folder / "feed.schema.json").read_text(encoding="utf-8")), format_checker=FormatChecker()
    )
    for path in sorted(folder.rglob("*.xml")):
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert not list(rules.iter_errors(told))
        entries = feedparser.parse(path.read_bytes()).entries
        assert [(e.id, e.link, e.title) for e in entries] == [(i["id"], i["url"], i["title"]) for i in told["items"]]
        assert all(item["content_text"] == item["title"] for item in told["items"])
    assert not rules.is_valid({**told, "items": [{"id": "x"}]})


@pytest.mark.parametrize("address", ["", "https://reviews.example/"])
def test_the_catalogue_record_is_dcat(tmp_path: Path, address: str) -> None:
    """By an RDF library: a catalogue, its dataset with a licence and a day, and each distribution is a file that is there."""
    opendata.write_open_data(REVIEWS, [GONE], tmp_path, TODAY, address)
    base = address or "https://elsewhere.example/"
    read = rdflib.Graph().parse(
        tmp_path / "data/catalogue.jsonld", format="json-ld", publicID=f"{base}data/catalogue.jsonld"
    )
    (dataset,) = read.objects(read.value(predicate=rdflib.RDF.type, object=rdflib.DCAT.Catalog), rdflib.DCAT.dataset)
    assert (dataset, rdflib.RDF.type, rdflib.DCAT.Dataset) in read
    assert str(read.value(dataset, rdflib.DCTERMS.modified)) == TODAY.isoformat()
    assert read.value(dataset, rdflib.DCTERMS.title)
    assert read.value(dataset, rdflib.DCTERMS.description)
    files = [str(read.value(one, rdflib.DCAT.downloadURL)) for one in read.objects(dataset, rdflib.DCAT.distribution)]
    assert len(files) >= 2 * len(tables.DATASETS)
    assert all((tmp_path / found.removeprefix(base)).is_file() for found in files)


@pytest.mark.parametrize("which", ["data", "empty"])
def test_feeds_are_valid_atom(which: str, request: pytest.FixtureRequest) -> None:
    """By a feed parser and by RFC 4287's own rules: what must stand once stands once, ids are IRIs, times have zones."""
    feeds = sorted((request.getfixturevalue(which) / "feeds").rglob("*.xml"))
    assert len(feeds) >= 40
    atom = "{http://www.w3.org/2005/Atom}"
    ids = []
    for path in feeds:
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == "atom10"
        root = etree.fromstring(path.read_bytes())
        for element in (root, *root.findall(f"{atom}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{atom}{name}")) == 1
            assert element.findtext(f"{atom}id").startswith("urn:uuid:")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+00:00", element.findtext(f"{atom}updated"))
            assert [link for link in element.findall(f"{atom}link") if link.get("rel", "alternate") == "alternate"]
        assert root.find(f"{atom}author/{atom}name") is not None
        assert len({e.findtext(f"{atom}id") for e in root.findall(f"{atom}entry")}) == len(root.findall(f"{atom}entry"))
        ids.append(root.findtext(f"{atom}id"))
    assert len(set(ids)) == len(ids)


def test_feeds_carry_titles_and_links_and_no_text(data: Path) -> None:
    """No word of a lesson, a note or a section is in a feed."""
    for path in (data / "feeds").rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"HYPERLINK|Ask\.|narrative|is no number|@home", text)
        assert not re.search(r"<(summary|content)", text)


def test_feeds_links_lead_to_pages(data: Path) -> None:
    """Without an address of the site links are relative to the feed; with one they are whole. Ids are the same."""
    for name in ("all.xml", "themes/recall.xml", "withdrawals.xml"):
        parsed = feedparser.parse((data / "feeds" / name).read_bytes())
        up = "../" * (name.count("/") + 2)
        assert parsed.entries
        assert all(
            re.fullmatch(rf"{re.escape(up)}reviews/\d{{4}}-\d{{3}}/(#lesson-\d|#changes-since-publication)?", e.link)
            for e in parsed.entries
        )
    titles = [entry.title for entry in feedparser.parse((data / "feeds" / "all.xml").read_bytes()).entries]
    assert titles[:3] == [
        "Review 2025-002: homicide, England, 2015-2019",
        "Lesson 1 of review 2025-002, on recall: implemented",
        "Lesson 7 of review 2025-002, on recall, home visits: no progress reported",
    ]  # fmt: skip


def test_an_address_makes_links_whole(data: Path, tmp_path: Path) -> None:
    """Ids do not change when the site gets an address."""
    opendata.write_open_data(REVIEWS, [GONE], tmp_path, TODAY, "https://reviews.example/")
    with_address = feedparser.parse((tmp_path / "data/feeds/all.xml").read_bytes())
    without = feedparser.parse((data / "feeds/all.xml").read_bytes())
    assert with_address.entries[0].link == "https://reviews.example/reviews/2025-002/"
    assert [e.id for e in with_address.entries] == [e.id for e in without.entries]
    assert with_address.feed.id == without.feed.id
    as_json = json.loads((tmp_path / "data/feeds/all.json").read_bytes())
    assert as_json["items"][0]["url"] == with_address.entries[0].link
    assert as_json["feed_url"] == "https://reviews.example/data/feeds/all.json"
    assert CSVW(str(tmp_path / "data/csv-metadata.json"), validate=True).is_valid


def test_corrections_and_withdrawals_have_a_feed(data: Path, tmp_path: Path) -> None:
    """It says that a review has gone or was corrected, and when; the words of a note stand on the page alone."""
    entries = feedparser.parse((data / "feeds/withdrawals.xml").read_bytes()).entries
    assert [(entry.title, entry.updated[:10], entry.published[:10]) for entry in entries] == [
        ("Review 2024-003 was corrected", "2025-08-09", "2025-08-09"),
        ("Review 2024-009 has been withdrawn", "2025-05-06", "2025-05-06"),
        ("Review 2024-003 was corrected", "2025-05-01", "2025-05-01"),
    ]
    assert entries[0].link.endswith("reviews/2024-003/#changes-since-publication")
    # each keeps its name when another comes
    earlier = REVIEWS[2].model_copy(update={"changes": REVIEWS[2].changes[:1]})
    opendata.write_open_data([earlier], [GONE], tmp_path, TODAY)
    before = feedparser.parse((tmp_path / "data/feeds/withdrawals.xml").read_bytes()).entries
    assert [entry.id for entry in before] == [entry.id for entry in entries[1:]]


def test_a_withdrawn_review_s_corrections_are_gone_from_the_feed(tmp_path: Path) -> None:
    """Its withdrawal alone is told."""
    opendata.write_open_data(REVIEWS, [GONE.model_copy(update={"public_id": "2024-003"})], tmp_path, TODAY)
    entries = feedparser.parse((tmp_path / "data/feeds/withdrawals.xml").read_bytes()).entries
    assert [entry.title for entry in entries] == ["Review 2024-003 has been withdrawn"]


def test_a_correction_brings_a_review_up_in_feeds(data: Path) -> None:
    """Whoever follows all reviews, or a region, sees it as updated on that day."""
    for name in ("all.xml", "regions/wales.xml"):
        entries = feedparser.parse((data / "feeds" / name).read_bytes()).entries
        corrected = next(entry for entry in entries if entry.title.startswith("Review 2024-003"))
        assert (corrected.published[:10], corrected.updated[:10]) == ("2024-02-03", "2025-08-09")


def test_the_same_reviews_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    """Whatever order they come in."""
    opendata.write_open_data(REVIEWS[::-1], [GONE], tmp_path, TODAY)
    files = [path.relative_to(data) for path in data.rglob("*") if path.is_file()]
    assert files
    for name in files:
        assert (tmp_path / "data" / name).read_bytes() == (data / name).read_bytes()


def test_adding_a_review_changes_only_what_it_should(data: Path, tmp_path: Path) -> None:
    """Rows and entries of other reviews stay as they were; feeds of other themes and regions are untouched."""
    more = review("2025-004", region="london", themes=("mappa",), publish_on=dt.date(2025, 10, 1))
    opendata.write_open_data([*REVIEWS, more], [GONE], tmp_path, TODAY)
    changed = {
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.is_file() and (tmp_path / "data" / path.relative_to(data)).read_bytes() != path.read_bytes()
    }
    assert changed == {
        *(f"{table.name}.{ending}" for table in tables.DATASETS for ending in ("csv", "json")), "datapackage.json", "candour.db",
        *(f"feeds/{feed}.{ending}" for feed in ("all", "themes/mappa", "regions/london") for ending in ("xml", "json")),
    }  # fmt: skip
    for name in (table.name for table in tables.DATASETS if table.name != "trends"):
        before = (data / f"{name}.csv").read_text(encoding="utf-8")
        after = (tmp_path / "data" / f"{name}.csv").read_text(encoding="utf-8")
        assert after.startswith(before)
        assert "2025-004" in after.removeprefix(before)


def test_the_example_runs_and_has_ten_lines_at_most(data: Path) -> None:
    """The page's Python works on the files as they are."""
    code = opendata.python_example()
    assert len(code.splitlines()) <= 10
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=data, capture_output=True, text=True, check=True)
    assert "recall: 2 of 4 implemented" in done.stdout


def test_nobody_is_told_of_as_one_body_whose_name_was_removed(tmp_path: Path) -> None:
    """Labels of two reviews are seldom one prison: who is overdue is counted as the page counts owners."""
    late = [Lesson(id=i, text="Ask.", level="local", owner=f"[Prison{' 2' * (i - 1)}]", due="2025-08") for i in (1, 2)]
    reviews = [review("2025-001", lessons=(*late, late[0].model_copy(update={"id": 3, "owner": None}))),
               review("2025-002", lessons=late[:1])]  # fmt: skip
    opendata.write_open_data(reviews, [], tmp_path, TODAY)
    (asked,) = [question for question in questions() if question.key == "overdue"]
    found = answer(asked, (tmp_path / "data/candour.db").read_bytes())
    assert found.columns == ("owner_group", "lessons")
    assert found.rows == (("Prisons, names removed", 3), ("No owner named", 1))


def test_recommendations_are_held_against_the_day(data: Path) -> None:
    """Overdue, unanswered and silent are as of the day of the build, and are not for what is closed."""
    found = {
        r["id"]: r for r in json.loads((data / "recommendations.json").read_text(encoding="utf-8"))["recommendations"]
    }
    assert (found["2025-001/lesson-1"]["overdue"], found["2025-001/lesson-1"]["months_silent"]) == (False, None)
    late = found["2025-001/lesson-7"]
    assert (late["overdue"], late["unanswered"], late["months_silent"]) == (True, False, 9)
    assert (late["owner_group"], late["progress"]) == ("No owner named", "Accepted, no progress reported for 9 months")
