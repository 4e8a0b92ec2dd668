"""Trends: every number on every page computed afresh from the published data, by code that shares nothing with it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.catalogue.national_counts import NationalCount
from publishing.checking import load_signed_text
from publishing.reviews import Lesson, RedactedReview, Update, Withdrawal
from publishing.site import pages
from tests.support.paths import ROOT

VOCABULARY: dict[str, Any] = yaml.safe_load((ROOT / "publishing" / "vocabulary.yml").read_text(encoding="utf-8"))
TODAY = dt.date(2026, 11, 23)
NATIONAL = (
    NationalCount("all", 2018, 493, "Invented"),
    NationalCount("murder", 2018, 114, "Invented"),
    NationalCount("rape", 2018, 149, "Invented"),
    NationalCount("kidnap", 2018, 3, "Invented"),
    NationalCount("rape", 2019, 40, "Invented"),
)


# --- the published data, read as anybody could


class Published:
    """data/reviews/*.json of a site's Markdown, and what follows from it, counted one by one."""

    def __init__(self, markdown: Path, year: str = "all") -> None:
        records = [
            json.loads(path.read_text(encoding="utf-8")) for path in (markdown / "data" / "reviews").glob("*.json")
        ]
        self.every = records
        self.records = [r for r in records if year == "all" or r["publish_on"].startswith(year)]
        self.lessons = [lesson for r in self.records for lesson in r["lessons"]]

    @staticmethod
    def term(words: str, label: str) -> str:
        """The key of a title."""
        return next(key for key, term in VOCABULARY[words].items() if term["title"] == label)

    def count(self, test: Callable[[dict[str, Any]], bool]) -> int:
        """Reviews for which something is so."""
        return len([record for record in self.records if test(record)])


def status(lesson: dict[str, Any]) -> str:
    """The newest answer's."""
    answers = [update for update in lesson["updates"] if update["status"] != "no-response"]
    return max(answers, key=lambda u: u["date"])["status"] if answers else "no-response"


def tables(markdown: str) -> dict[str, list[dict[str, str]]]:
    """Each table of a page by its label, as rows by column."""
    found = {}
    for label, body in re.findall(r'aria-label="Table: ([^"]+)"[^>]*>\n\n(.*?)\n\n</div>', markdown, re.DOTALL):
        lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in body.split("\n")]
        cells = [[re.sub(r"&#39;|’", "'", cell.strip()) for cell in line] for line in lines]
        found[label.replace("&#39;", "'")] = [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]
    return found


def charts(markdown: str) -> dict[str, list[tuple[str, int]]]:
    """Each chart by its name: labels and numbers from the top, as they are drawn, with the bars' lengths checked."""
    found = {}
    for svg in re.findall(r"<svg [^>]*aria-labelledby.*?</svg>", markdown):
        name = re.search(r'aria-labelledby="chart-([a-z-]+)-title', svg)[1]
        texts = re.findall(r'<text transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>([^<]*)</text>', svg)
        numbers = sorted((float(y), int(t.replace(",", ""))) for x, y, t in texts if float(x) > 0)
        labels: list[tuple[float, str]] = sorted((float(y), t) for x, y, t in texts if float(x) == 0)
        rows, top = [], 0.0
        for at, number in numbers:
            words = " ".join(t for y, t in labels if top < y <= at)
            rows.append((words.replace("&#x27;", "'").replace("&amp;", "&"), number))
            top = at
        lengths = [float(n) for n in re.findall(r'<path class="bar" d="M0,[\d.]+h([\d.]+)v', svg)]
        most = max([5, *(n for _, n in rows)])
        assert lengths == pytest.approx([275 * n / most for _, n in rows if n], abs=0.01)
        found[name] = rows
    return found


def check_small_charts(markdown: str, rows: list[dict[str, str]]) -> None:
    """A small chart of each theme that is drawn, all of one scale: the numbers of the table, the heights of the columns."""
    drawn = re.findall(r"<div><p>([^<]+)</p><svg [^>]*>(.*?)</svg></div>", markdown)
    by_theme = {row["Theme"]: [whole(row, year) for year in list(row)[1:]] for row in rows}
    assert len(drawn) == (min(12, len(rows)) if rows and len(rows[0]) > 2 else 0)
    most = max([5, *(n for title, _ in drawn for n in by_theme[title])])
    for title, svg in drawn:
        told = [int(n) for n in re.findall(r">(\d+)</text>", svg)]
        assert told == [*by_theme[title], *map(int, list(rows[0])[1:])]
        heights = [float(n) for n in re.findall(r'd="M[\d.,]+h[\d.]+v([\d.]+)h', svg)]
        assert heights == pytest.approx([56 * n / most for n in by_theme[title] if n], abs=0.02)


def whole(row: dict[str, str], column: str) -> int:
    """A cell's number."""
    return int(row[column].replace(",", ""))


# --- every number


def check_page(markdown: Path, address: str, year: str) -> None:
    """Recompute each table, chart and sentence of one page."""
    text = (markdown / address / "index.md").read_text(encoding="utf-8")
    data = Published(markdown, year)
    found, drawn = tables(text), charts(text)
    read = cache(partial(Published, markdown))
    check_facts(read, year, found)
    assert drawn["themes"] == [(row["Theme"], whole(row, list(row)[1])) for row in found["Themes"]]
    check_shared(read, year, found)
    check_lessons(data, found)
    check_times(markdown, year, found)
    check_sentences(text, data, year)
    if year == "all":
        check_years(markdown, found)
        check_small_charts(text, found["Themes, year by year"])


def check_facts(read: Callable[[str], Published], year: str, found: dict[str, list[dict[str, str]]]) -> None:
    """What each review has one of: every review is in one row alone."""
    data = read(year)
    simple = {
        "Offences": ("offences", "offence"),
        "Regions": ("regions", "region"),
        "Supervision": ("supervision", "supervision"),
        "Judgements on reasonable steps": ("reasonable_steps", "reasonable_steps"),
        "Ratings of the reviews": ("quality_ratings", "quality_rating"),
    }
    for heading, (words, field) in simple.items():
        first, *columns = list(found[heading][0])
        for column in columns:
            of = read(column.removeprefix("Reviews in ") if " in " in column else year)
            for row in found[heading]:
                key = None if row[first] == "Not rated" else data.term(words, row[first])
                assert whole(row, column) == of.count(lambda r, key=key, field=field: r["facts"][field] == key)
            assert sum(whole(row, column) for row in found[heading]) == len(of.records)
    for row in found["Years of the offences"]:
        of_year = [r for r in data.records if str(r["facts"]["offence_year"]) == row["Year of the offence"]]
        assert (whole(row, "Reviews"), whole(row, "Lessons")) == (len(of_year), sum(len(r["lessons"]) for r in of_year))
    assert sum(whole(row, "Reviews") for row in found["Years of the offences"]) == len(data.records)


def check_shared(read: Callable[[str], Published], year: str, found: dict[str, list[dict[str, str]]]) -> None:
    """What a review may have several of: agencies and themes."""
    data = read(year)
    for row in found["Agencies"]:
        key = data.term("agencies", row["Agency"])
        assert whole(row, "Reviews") == data.count(lambda r, key=key: key in r["facts"]["agencies"]) > 0
    assert {data.term("agencies", row["Agency"]) for row in found["Agencies"]} == {
        agency for r in data.records for agency in r["facts"]["agencies"]
    }
    for row in found["Themes"]:
        key = data.term("themes", row["Theme"])
        for column in list(row)[1:]:
            of = read(column.removeprefix("Reviews in ") if " in " in column else year)
            assert whole(row, column) == of.count(lambda r, key=key: key in r["facts"]["themes"])


def check_lessons(data: Published, found: dict[str, list[dict[str, str]]]) -> None:
    """Whom lessons are for, what was done, and which themes are taught again."""
    for row in found["Whom lessons are for"]:
        key = data.term("levels", row["Level"])
        assert whole(row, "Lessons") == len([lesson for lesson in data.lessons if lesson["level"] == key])
    for row in found["What has been done"]:
        key = data.term("lesson_statuses", row["Status"])
        assert whole(row, "Lessons") == len([lesson for lesson in data.lessons if status(lesson) == key])
    for row in found.get("Lessons repeated", []):
        key = data.term("themes", row["Theme"])
        about = [[lesson for lesson in r["lessons"] if key in lesson["themes"]] for r in data.records]
        assert whole(row, "Reviews") == len([lessons for lessons in about if lessons]) > 1
        assert whole(row, "Lessons") == sum(map(len, about))


def check_times(markdown: Path, year: str, found: dict[str, list[dict[str, str]]]) -> None:
    """Durations in bands."""
    bands = {"2 years or less": (0, 2), "3 or 4 years": (3, 4), "5 or 6 years": (5, 6), "7 years or more": (7, 99)}
    columns = list(found["From the offence to publication"][0])[1:]
    assert columns == list(found["From notification to completion"][0])[1:]
    for column in columns:
        data = Published(markdown, column.removeprefix("Reviews in ") if " in " in column else year)
        for row in found["From the offence to publication"]:
            if row["Wait"] in bands:
                low, high = bands[row["Wait"]]
                waited = [int(r["publish_on"][:4]) - r["facts"]["offence_year"] for r in data.records
                          if isinstance(r["facts"]["offence_year"], int)]  # fmt: skip
                assert whole(row, column) == len([n for n in waited if low <= n <= high])
        for row in found["From notification to completion"]:
            key = None if row["Duration"] == "Not given" else data.term("durations", row["Duration"])
            assert whole(row, column) == data.count(lambda r, key=key: r["took"] == key)


def check_sentences(text: str, data: Published, year: str) -> None:
    """Numbers in prose are those of the tables; percentages are right and given of twenty or more only.

    The other numbers of an annual report are test_annual_report's.
    """
    prose = "\n".join(line for line in text.split("\n") if not line.startswith(("|", "<figure", "<svg")))
    for part, of, what, percent in re.findall(
        r"([\d,]+) of ([\d,]+)(?: (reviews|lessons)(?: each)?)?(?: \((\d+)%\))?", prose
    ):
        part, of = int(part.replace(",", "")), int(of.replace(",", ""))
        if percent:
            assert of >= 20
            assert abs(int(percent) - 100 * part / of) <= 0.5
        assert part <= of
        if year == "all" and what:
            assert of == len(data.records if what == "reviews" else data.lessons)
    assert not re.search(r"\b1 (reviews|lessons|months)\b|\b(2|[3-9]|\d\d+) (review|lesson|month)\b", prose)
    assert not re.search(r"\b(one|1) (reviews|lessons) (were|are)\b", prose)
    done = len([lesson for lesson in data.lessons if status(lesson) == "implemented"])
    if len(data.lessons) > 1:
        assert re.search(rf"\b{done:,} of {len(data.lessons):,} lessons", prose)


def check_years(markdown: Path, found: dict[str, list[dict[str, str]]]) -> None:
    """The tables across years, and the national counts."""
    for row in found["Published each year"]:
        of = Published(markdown, row["Year"])
        assert (whole(row, "Reviews"), whole(row, "Lessons")) == (len(of.records), len(of.lessons))
    for row in found["Themes, year by year"]:
        for year in list(row)[1:]:
            key = Published.term("themes", row["Theme"])
            assert whole(row, year) == Published(markdown, year).count(lambda r, key=key: key in r["facts"]["themes"])
    for heading, words, field in (
        ("Regions", "regions", "region"),
        ("Judgements", "reasonable_steps", "reasonable_steps"),
    ):
        for row in found[f"{heading}, year by year"]:
            first, *years = list(row)
            key = Published.term(words, row[first])
            counts = [
                Published(markdown, year).count(lambda r, key=key, field=field: r["facts"][field] == key)
                for year in years
            ]
            assert [whole(row, year) for year in years] == counts
            assert any(counts)
    for row in found["Regions and themes"]:
        of_region = [
            r
            for r in Published(markdown).records
            if VOCABULARY["regions"][r["facts"]["region"]]["title"] == row["Region"]
        ]
        assert whole(row, "Reviews") == len(of_region)
        several, _, once = row["Themes"].partition("ne each: ")
        told = {words.casefold(): int(n) for words, n in re.findall(r"([A-Z]?[\w -]+?) \((\d+)\)", several)}
        told |= dict.fromkeys(once.casefold().split(", "), 1) if once else {}
        counts = Counter(
            VOCABULARY["themes"][theme]["title"].casefold() for r in of_region for theme in r["facts"]["themes"]
        )
        assert {words.strip(", "): n for words, n in told.items()} == counts
    for row in found.get("beside national counts", []):
        key = None if row["Offence"] == "All" else Published.term("offences", row["Offence"])
        of = Published(markdown).count(
            lambda r, key=key, year=int(row["Year of the offence"]): (
                r["facts"]["offence_year"] == year and key in (None, r["facts"]["offence"])
            )
        )
        assert whole(row, "Published here") == of
        if row["Nationally"] != "not shown":
            assert whole(row, "Nationally") - of >= 5


def corpus(make_review: Callable[..., RedactedReview], seed: int, size: int) -> list[RedactedReview]:
    """Invented reviews with facts drawn by chance."""
    chance = random.Random(seed)

    def some(words: str, most: int) -> tuple[str, ...]:
        keys = [key for key, term in VOCABULARY[words].items() if not term.get("coarse")]
        return tuple(chance.sample(keys, chance.randint(1, most)))

    found = []
    for number in range(1, size + 1):
        lessons = tuple(
            Lesson(
                id=i, text="Ask.", level=some("levels", 1)[0], themes=some("themes", 2) if chance.random() < 0.7 else (),
                owner=chance.choice([None, "[Prison 2]", "HM Prison and Probation Service"]),
                due=chance.choice([None, "2025-01", "2027-01"]),
                updates=tuple(
                    Update(date=dt.date(2025, month, 1), status=some("lesson_statuses", 1)[0])
                    for month in sorted(chance.sample(range(1, 12), chance.randint(0, 2)))
                ),
            )
            for i in range(1, chance.randint(0, 4) + 1)
        )  # fmt: skip
        found.append(
            make_review(
                f"2025-{number:03}",
                lessons=lessons,
                publish_on=dt.date(chance.choice([2023, 2024, 2024, 2025]), chance.randint(1, 12), 1),
                offence=some("offences", 1)[0], region=some("regions", 1)[0], supervision=some("supervision", 1)[0],
                offence_year=chance.choice([2016, 2018, 2018, 2019, "2015-2019"]), themes=some("themes", 5),
                agencies=some("agencies", 4), reasonable_steps=some("reasonable_steps", 1)[0],
                took=chance.choice([None, "under-3", "6-to-11"]),
            )
        )  # fmt: skip
    return found


def is_empty(folder: Path) -> bool:
    """Whether a list has nothing any more, and says so."""
    return "Nothing that is published now stands here." in (folder / "index.md").read_text(encoding="utf-8")


def addresses(markdown: Path) -> Iterable[tuple[str, str]]:
    """Every trends page that tells figures, and its year."""
    yield "trends", "all"
    years = (path for path in (markdown / "trends").iterdir() if path.is_dir() and not is_empty(path))
    yield from ((f"trends/{path.name}", path.name) for path in years)


@pytest.mark.parametrize(
    ("seed", "size"), [(1, 1), (2, 2), (3, 6), (4, 19), pytest.param(5, 60, marks=pytest.mark.soak)]
)
@pytest.mark.slow
def test_every_number_is_right_in_invented_corpora(
    make_review: Callable[..., RedactedReview], tmp_path: Path, seed: int, size: int
) -> None:
    """One review, two, few and many."""
    gone = Withdrawal(public_id="2025-002", on=TODAY, reason="legal")
    reviews = corpus(make_review, seed, size)
    pages.write_pages(reviews, [gone] if size > 2 else [], tmp_path, TODAY, NATIONAL)
    for address, year in addresses(tmp_path):
        check_page(tmp_path, address, year)
    check_data(tmp_path)


def check_data(markdown: Path) -> None:
    """trends.csv says what the pages say, and no more."""
    with (markdown / "data" / "trends.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for address, year in addresses(markdown):
        text = (markdown / address / "index.md").read_text(encoding="utf-8")
        shown = sorted(
            whole(row, column)
            for label, table in tables(text).items()
            if label not in ("beside national counts", "who must act now", "Regions and themes")
            for row in table
            for column in list(row)[1:]
        )
        counted = [row for row in rows if row["year"] == year and row["table"] != "regions-by-theme"]
        assert shown == sorted(int(row["count"]) for row in counted)
    for row in rows:
        if row["table"] == "regions-by-theme":
            theme = Published.term("themes", row["column"])
            assert int(row["count"]) == Published(markdown).count(
                lambda r, region=row["row"], theme=theme: (
                    r["facts"]["region"] == region and theme in r["facts"]["themes"]
                )
            )


@pytest.mark.slow
def test_every_number_is_right_in_the_samples(tmp_path: Path) -> None:
    """The reviews that the project publishes."""
    found = [load_signed_text(folder, TODAY) for folder in sorted((ROOT / "reviews").iterdir()) if folder.is_dir()]
    pages.write_pages([r for r in found if r and r.publish_on <= TODAY], [], tmp_path, TODAY, NATIONAL)
    assert len(list(addresses(tmp_path))) >= 3
    for address, year in addresses(tmp_path):
        check_page(tmp_path, address, year)
    check_data(tmp_path)


def test_small_numbers_of_what_is_not_published_are_hidden(
    tmp_path: Path, make_review: Callable[..., RedactedReview]
) -> None:
    """Three kidnaps nationally are not shown; those of no listed offence, which nobody shows, hide them."""
    pages.write_pages([make_review(), make_review("2025-002", offence="rape")], [], tmp_path, TODAY, NATIONAL)
    rows = tables((tmp_path / "trends/index.md").read_text(encoding="utf-8"))["beside national counts"]
    assert [(r["Year of the offence"], r["Offence"], r["Nationally"]) for r in rows] == [
        ("2019", "Rape", "40"), ("2018", "All", "493"), ("2018", "Murder", "114"), ("2018", "Rape", "149"),
        ("2018", "Kidnap", "not shown"),
    ]  # fmt: skip
    kept = json.loads((tmp_path / "data/national.json").read_text(encoding="utf-8"))
    assert sorted((row["offence"], row["count"]) for row in kept) == [
        ("all", 493),
        ("murder", 114),
        ("rape", 40),
        ("rape", 149),
    ]


def test_a_listed_rest_gives_nothing_away(tmp_path: Path, make_review: Callable[..., RedactedReview]) -> None:
    """Where the listed offences leave two others of all, another count is hidden with them: no sum tells the two."""
    national = [NationalCount("all", 2018, 22, "A"), NationalCount("murder", 2018, 20, "A")]
    pages.write_pages([make_review()], [], tmp_path, TODAY, national)
    rows = tables((tmp_path / "trends/index.md").read_text(encoding="utf-8"))["beside national counts"]
    assert [row["Nationally"] for row in rows] == ["22", "not shown"]
    nearly = [NationalCount("murder", 2018, 5, "A")]
    pages.write_pages([make_review()], [], tmp_path, TODAY, nearly)
    rows = tables((tmp_path / "trends/index.md").read_text(encoding="utf-8"))["beside national counts"]
    assert [row["Nationally"] for row in rows] == ["not shown"]


def test_a_site_without_reviews_has_its_pages(tmp_path: Path) -> None:
    """Nothing is published yet, and the page says so."""
    pages.write_pages([], [], tmp_path, TODAY)
    assert "No review has been published yet." in (tmp_path / "trends/index.md").read_text(encoding="utf-8")
    for page in ("index.md", "reviews/index.md"):
        text = (tmp_path / page).read_text(encoding="utf-8")
        assert "No review has been published yet." in text
        assert not re.search(r"\b0\W", text)
    assert "No lesson has been published yet." in (tmp_path / "lessons/index.md").read_text(encoding="utf-8")
    assert not [path for path in (tmp_path / "trends").iterdir() if path.is_dir()]


def test_a_withdrawn_review_is_no_longer_counted(tmp_path: Path, make_review: Callable[..., RedactedReview]) -> None:
    """Not in trends, lessons or data; its year says that it is empty if it was alone in it."""
    reviews = [make_review(), make_review("2023-002", publish_on=dt.date(2023, 1, 1), region="wales")]
    pages.write_pages(reviews, [Withdrawal(public_id="2023-002", on=TODAY, reason="legal")], tmp_path, TODAY)
    assert is_empty(tmp_path / "trends/2023")
    assert not is_empty(tmp_path / "trends/2025")
    files = [p for folder in ("trends", "lessons", "data") for p in (tmp_path / folder).rglob("*") if p.is_file()]
    naming = {p.name for p in files if b"2023-002" in p.read_bytes()}
    assert naming == {"candour.db", "changes.csv", "changes.json", "withdrawals.json", "withdrawals.xml"}


def test_adding_a_review_changes_only_what_it_should(
    tmp_path: Path, make_review: Callable[..., RedactedReview]
) -> None:
    """Pages of other reviews, themes, regions, offences and years are byte for byte as they were."""
    reviews = [
        make_review(themes=("stalking",)),
        make_review("2024-002", publish_on=dt.date(2024, 1, 1), region="wales", offence="rape", themes=("mappa",)),
    ]
    more = make_review("2025-009", region="london", offence="kidnap", offence_year=2020, themes=("firearms",))
    # lessons like those of others would rightly change the pages that say who else taught them
    own = ("Keys to the armoury are counted at dusk.", "Ferry timetables are read before a curfew is set.")
    more = more.model_copy(
        update={
            "lessons": tuple(
                lesson.model_copy(update={"text": text, "why": None})
                for lesson, text in zip(more.lessons, own, strict=False)
            )
        }
    )
    pages.write_pages(reviews, [], tmp_path / "before", TODAY)
    pages.write_pages([*reviews, more], [], tmp_path / "after", TODAY)
    before, after = ({p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
                     for root in (tmp_path / "before", tmp_path / "after"))  # fmt: skip
    changed = {name for name in after if before.get(name) != after[name]}
    assert before.keys() <= after.keys()
    expected = (
        r"index\.md|search/index\.md|about/(journalists|changes/index)\.md|(reviews|lessons|themes|regions|offences|agencies|years|trends)/index\.md"
        r"|trends/2025/index\.md|reviews/(2025-009|2020)/.*|(years/2020|lessons/2020|agencies/(police|prisons|probation)|regions/london|offences/kidnap|themes/firearms)/.*"
        r"|lessons/status/.*|themes/home-visits/(pack/)?index\.md|data/reviews/2025-009\.json"
        r"|search/(not-answered|overdue|overdue-for-hmpps|reasonable-steps-not-taken)/index\.md"
        r"|data/(changes|reviews|review_agencies|review_themes|lessons|lesson_themes|recommendations|updates|trends)\.(csv|json)"
        r"|data/feeds/(all|regions/london|themes/firearms)\.(xml|json)|data/(candour\.db|datapackage\.json|questions/index\.md)"
    )
    assert not [name for name in changed if not re.fullmatch(expected, name)]
    assert {"trends/2025/index.md", "trends/index.md", "lessons/index.md", "data/feeds/all.xml"} <= changed


class _Frame(HTMLParser):
    """Charts of a built page: each with its role, title and description."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.charts: list[dict[str, str | None]] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep charts and ids."""
        found = dict(attrs)
        self.tags |= {tag}
        self.ids |= {found["id"] or ""} if "id" in found else set()
        if tag == "svg":
            self.charts.append(found)


def test_charts_have_words_and_no_style_of_their_own(staging: Path) -> None:
    """In the built pages: an image with a title and a description, a table beside it, the page's colours and fonts."""
    html = (staging / "site/trends/index.html").read_text(encoding="utf-8")
    page = _Frame(html)
    assert len(page.charts) == 2
    for chart in page.charts:
        assert chart["role"] == "img"
        assert set((chart["aria-labelledby"] or "").split()) <= page.ids
    assert html.count("<table") >= len(page.charts)
    for svg in re.findall(r"<svg class=\"chart\".*?</svg>", html, re.DOTALL):
        assert not re.search(r"style=|font-family|fill=|stroke=|<script|<style|href", svg)
