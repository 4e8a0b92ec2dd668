"""Pages: each address of the blueprint, standard sections, and a review's text as nothing but text."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jinja2 import UndefinedError

from publishing.reviews import Block, Lesson, RedactedReview, Section, Update, Withdrawal
from publishing.site import pages, templating
from publishing.site.review_blocks import review_blocks
from publishing.vocabulary import terms
from tests.support.paths import GOLDEN
from tests.support.redacted_reviews import with_same_lessons


def page(staging: Path, address: str) -> str:
    """The Markdown of an address."""
    return (staging / "markdown" / address / "index.md").read_text(encoding="utf-8")


def page_at(folder: Path, address: str) -> str:
    """The Markdown of an address, in a folder that a test wrote."""
    return (folder / address / "index.md").read_text(encoding="utf-8")


def front_matter(markdown: str) -> dict[str, str]:
    """What a page says of itself."""
    return yaml.safe_load(markdown.split("---\n")[1])


@pytest.mark.parametrize(
    "address",
    [
        "", "reviews", "reviews/2025-001", "reviews/2025-001/learning", "reviews/2024-009", "lessons", "lessons/status/in-progress",
        "themes", "themes/home-visits", "themes/home-visits/pack", "regions", "regions/wales", "offences", "offences/murder", "agencies",
        "agencies/police", "years", "years/2018", "search", "support", "about",
    ],
)  # fmt: skip
def test_every_address_has_a_page(staging: Path, address: str) -> None:
    """The addresses of the blueprint are all there, each with one H1 and a title."""
    markdown = page(staging, address)
    assert front_matter(markdown)["title"]
    assert len(re.findall(r"^# ", markdown, re.MULTILINE)) == 1


@pytest.mark.parametrize("name", ["review", "learning", "theme", "theme-pack", "withdrawn"])
def test_pages_are_as_they_were_agreed(staging: Path, name: str) -> None:
    """A page changes only when somebody means it to: compare with tests/golden/site."""
    addresses = {
        "review": "reviews/2025-001",
        "learning": "reviews/2025-001/learning",
        "theme": "themes/home-visits",
        "theme-pack": "themes/home-visits/pack",
        "withdrawn": "reviews/2024-009",
    }
    assert page(staging, addresses[name]) == (GOLDEN / "site" / f"{name}.md").read_text(encoding="utf-8")


def test_a_title_is_made_of_the_vocabulary(staging: Path) -> None:
    """A review is named by reference, offence, region and year."""
    assert front_matter(page(staging, "reviews/2025-004"))["title"] == (
        "Review 2025-004: robbery with a firearm, London, 2020"
    )


def test_sections_stand_in_the_vocabularys_order(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """Whatever order a file has, the page has the standard one; the key facts follow the summary and the statement."""
    keys = [key for key in terms("sections") if key != "lessons"]
    sections = tuple(Section(key=key, blocks=(Block(text="Text.", number=1),)) for key in reversed(keys))
    pages.write_pages([make_review(sections=sections)], [], tmp_path, today)
    headings = re.findall(r"^## (.+)$", (tmp_path / "reviews/2025-001/index.md").read_text(encoding="utf-8"), re.M)
    expected = [term.title for term in terms("sections").values()]
    assert [heading for heading in headings if heading in expected] == expected
    assert headings[:3] == ["Summary", terms("sections")["family-statement"].title, "Key facts"]


def test_structured_lessons_are_shown_with_or_without_a_section(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """A Lessons section never replaces the lessons that are followed up."""
    section = Section(key="lessons", blocks=(Block(text="In the reviewer's words.", number=1),))
    pages.write_pages([make_review(sections=(section,)), make_review("2025-002")], [], tmp_path, today)
    for public_id in ("2025-001", "2025-002"):
        assert '<h3 id="lesson-2">' in (tmp_path / f"reviews/{public_id}/index.md").read_text(encoding="utf-8")
    assert "In the reviewer's words." in (tmp_path / "reviews/2025-001/index.md").read_text(encoding="utf-8")


def test_lists_are_split_at_fifty(make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date) -> None:
    """No page lists more than 50 entries, and every entry is on one; where the list once was leads on."""
    many = tuple(Lesson(id=number, text="Ask.", level="local") for number in range(1, 61))
    reviews = [make_review(f"2025-{number:03}", lessons=many) for number in range(1, 5)]
    pages.write_pages(reviews, [], tmp_path, today)
    lists = [tmp_path / "lessons" / part / "index.md" for part in ("", "page-2", "page-3", "page-4", "page-5")]
    found = [len(re.findall(r"^\| \[2025-\d+, lesson ", path.read_text("utf-8"), re.MULTILINE)) for path in lists]
    assert found == [50, 50, 50, 50, 40]
    assert not (tmp_path / "lessons/page-6").exists()
    assert front_matter(page_at(tmp_path, "recommendations"))["to"] == "../lessons/"
    region = [path.read_text(encoding="utf-8") for path in (tmp_path / "regions/greater-manchester").rglob("index.md")]
    assert sorted(len(re.findall(r"^- ", text, re.MULTILINE)) for text in region) == [44, 50, 50, 50, 50]


def test_a_lesson_says_who_taught_it_before_and_again(staging: Path) -> None:
    """By the offences and not by publication; what was said before is quoted, and the group is one link away."""
    earlier, later = page(staging, "reviews/2025-001"), page(staging, "reviews/2025-002")
    assert (
        "- **Taught after a later offence:** [lesson 2 of review 2025-002](../../reviews/2025-002/index.md#lesson-2) (offence of 2019)."
        in earlier
    )
    assert (
        "- **Taught as well:** [lesson 2 of review 2025-003](../../reviews/2025-003/index.md#lesson-2) (offence of 2018)"
        in earlier
    )
    assert "**Taught after an earlier offence:**" not in earlier
    assert (
        "- **Taught after an earlier offence:** [lesson 2 of review 2025-001](../../reviews/2025-001/index.md#lesson-2) (offence of 2018); "
        in later
    )
    assert (
        "- **The first of them said:** <q>Say what would lead to recall before it is needed, and who decides.</q> "
        "**What became of it:** not answered."
    ) in later
    assert "**Taught after a later offence:**" not in later
    assert "[The same lesson in 5 reviews](../../lessons/repeated/index.md#repeated-2025-001-2)" in later


def test_a_repeated_lesson_stands_in_its_latest_words_on_a_line_through_the_years(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """The earliest offence first, whatever was published when; what a person did not call the same is in no group."""
    done = Update(date=dt.date(2018, 5, 1), status="implemented")
    first = Lesson(id=1, text="Look at the *bedroom*.", level="local", owner="A council", updates=(done,))
    last = Lesson(id=1, text="See the bedroom.", level="local", same_as=("2025-002/1", "2031-009/4"))
    other = Lesson(id=1, text="See the bedroom.", level="local")
    reviews = [
        make_review("2025-001", offence_year=2020, publish_on=dt.date(2025, 6, 1), lessons=(last,)),
        make_review("2025-002", offence_year=2016, publish_on=dt.date(2025, 1, 1), lessons=(first,)),
        make_review("2025-003", offence_year=2019, lessons=(other,)),
    ]
    pages.write_pages(reviews, [], tmp_path, today)
    text = page_at(tmp_path, "lessons/repeated")
    assert text.count("<h2") == 1
    assert '<h2 id="repeated-2025-002-1" markdown="span">See the bedroom.</h2>' in text
    assert "Taught by 2 reviews, of offences from 2016 to 2020." in text
    assert "was called implemented in May 2018. 1 lesson of a later offence says the same." in text
    assert re.findall(r'<span class="year">(\d+)</span> \[Lesson 1 of review ([\d-]+)\]', text) == [
        ("2016", "2025-002"),
        ("2020", "2025-001"),
    ]
    assert "of review 2025-002](../../reviews/2025-002/index.md#lesson-1), for A council.\n\n    Look at the" in text
    assert r"Look at the \*bedroom\*." in text
    everything = [path for path in tmp_path.rglob("*") if path.is_file() and b"2031-009" in path.read_bytes()]
    assert everything == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("reviews/2025-001", "**Progress:** Not answered"),
        ("lessons", "| No date | Not answered |"),
        ("lessons", "[No progress reported](status/no-response/index.md)"),
        ("lessons", '<option value="no-response">No progress reported</option>'),
        ("lessons/status/no-response", "# Lessons by status: no progress reported"),
        ("lessons/status/no-response", "No owner named. Not answered."),
        ("trends", "| No progress reported | 5 |"),
        ("search", 'value="no-response"><label for="status-2">No progress reported</label>'),
    ],
)
def test_a_lesson_without_an_update_has_one_name(staging: Path, address: str, said: str) -> None:
    """What was reported, in every list, table and filter; beside the lesson itself whether anybody answered at all."""
    assert said in page(staging, address)
    assert "no response" not in page(staging, address).lower()


def test_an_answer_is_told_with_what_was_reported_since(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """In one sentence and nowhere beside "no response"; what was not accepted is not overdue."""
    lessons = (
        Lesson(id=1, text="Ask.", level="local", response="accepted", due="2025-09"),
        Lesson(id=2, text="Look.", level="local", response="not-accepted", due="2025-09", owner="SPO"),
    )
    pages.write_pages([make_review(lessons=lessons)], [], tmp_path, today)
    one, two = re.findall(r"^\| \[2025-001, lesson .*", page_at(tmp_path, "lessons"), re.MULTILINE)
    assert one.endswith(
        '| September 2025<br><strong class="tag tag--late">Overdue</strong> | Accepted, no progress reported for 9 months |'
    )
    assert two.endswith("| SPO | September 2025 | Not accepted |")
    assert "| Senior Probation Officers | 1 | 0 of 1 | 0 | 0 | 0 | 0 | 0 |" in page_at(tmp_path, "lessons")
    assert "- **Answer:**" not in page_at(tmp_path, "reviews/2025-001")


def test_every_file_of_open_data_is_told_of(staging: Path) -> None:
    """And every table that trends.csv counts, by the name that its rows have."""
    data = page(staging, "data").replace("\\_", "_")
    written = {path.name for path in (staging / "markdown/data").iterdir() if path.is_file()} - {"index.md"}
    assert {name for name in written if f"]({name})" not in data} == set()
    rows = csv.DictReader((staging / "markdown/data/trends.csv").open(encoding="utf-8"))
    assert {row["table"] for row in rows} <= set(re.findall(r"^- `([a-z-]+)` ", data, re.MULTILINE))


def test_an_agencys_lessons_are_those_that_are_for_it(staging: Path) -> None:
    """Not every lesson of the cases in which it had a part; each says whom it is for."""
    police, prisons = page(staging, "agencies/police"), page(staging, "agencies/prisons")
    assert "## Lessons" not in police
    assert (
        '<p class="lede">Lessons that are for this agency, and reviews of cases in which it had a part. 5&nbsp;reviews.</p>'
        in police
    )
    assert "5&nbsp;lessons.</p>" in prisons
    assert "2018. For: HM Prison and Probation Service. In progress" in prisons
    assert "For: " not in page(staging, "regions/wales")


def test_repeated_lessons_are_split_too(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """Ten groups to a page, ten lessons to a group, and links that know which page."""
    lessons = tuple(Lesson(id=n, text=f"Do thing {n}.", level="local") for n in range(1, 12))
    reviews = with_same_lessons(*(make_review(f"2025-{n:03}", lessons=lessons) for n in range(1, 13)))
    pages.write_pages(reviews, [], tmp_path, today)
    first, second = (tmp_path / "lessons/repeated" / part / "index.md" for part in ("", "page-2"))
    assert len(re.findall(r"^<h2", first.read_text(encoding="utf-8"), re.M)) == 10
    text = second.read_text(encoding="utf-8")
    assert len(re.findall(r'^- <span class="year">', text, re.M)) == 10
    assert "2 lessons between the first and the others" in text
    assert "lessons/repeated/page-2/index.md#repeated-" in (tmp_path / "reviews/2025-007/index.md").read_text("utf-8")


def test_a_withdrawn_review_is_nowhere(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """Its address keeps a notice with the day and the kind of reason; no list and no record names it."""
    gone = Withdrawal(public_id="2025-002", on=dt.date(2025, 5, 6), reason="legal")
    pages.write_pages([make_review(), make_review("2025-002")], [gone], tmp_path, today)
    notice = (tmp_path / "reviews/2025-002/index.md").read_text(encoding="utf-8")
    assert "6&nbsp;May&nbsp;2025" in notice
    assert "a legal reason" in notice
    assert "murder" not in notice
    elsewhere = [path for path in tmp_path.rglob("*.md") if "2025-002" in path.read_text(encoding="utf-8")]
    assert {path.relative_to(tmp_path).parts[:2] for path in elsewhere} == {("reviews", "2025-002")}
    assert not (tmp_path / "data/reviews/2025-002.json").exists()


def test_a_sentence_keeps_its_spaces(staging: Path) -> None:
    """What a template puts between links is not trimmed with what it interpolates."""
    links = "themes](../themes/index.md), [regions](../regions/index.md), [agencies](../agencies/index.md) or [years]"
    assert links in page(staging, "offences")


def test_what_is_less_exact_says_so(make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date) -> None:
    """A year that is a span of years has the reason beside it, as words of their own."""
    pages.write_pages([make_review(offence_year="2015-2019")], [], tmp_path, today)
    assert "2015-2019</a> (not given more exactly, to protect identity)</dd>" in page_at(tmp_path, "reviews/2025-001")


def test_small_counts_are_not_shown(staging: Path) -> None:
    """Fewer than five redactions of a kind are told in words."""
    assert "| Reference numbers | fewer than five |" in page(staging, "reviews/2025-001")
    assert "| Names of people | 12 |" in page(staging, "reviews/2025-001")


def test_a_familys_statement_stands_apart(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """After a word of care, with its own numbers, no link put into it, and not on the page for teams."""
    said = Section(key="family-statement", blocks=(Block(text="She never heard of MAPPA. We miss her.", number=7),))
    summary = Section(key="summary", blocks=(Block(text="MAPPA was not used.", number=1),))
    pages.write_pages([make_review(sections=(summary, said))], [], tmp_path, today)
    markdown = page_at(tmp_path, "reviews/2025-001")
    statement = markdown.split('<div class="statement"')[1].split("</div>\n\n## Key facts")[0]
    assert "She never heard of MAPPA. We miss her." in statement
    assert "numbered after the review’s own, from 7: a number stays" in statement
    assert statement.index("It speaks of their loss") < statement.index('id="p7"') < statement.index("We miss her")
    assert "[MAPPA](../../about/glossary.md#mappa) was not used." in markdown
    assert "We miss her" not in page_at(tmp_path, "reviews/2025-001/learning")


@pytest.mark.parametrize(
    ("heading", "drawn"),
    [
        ("When | What", "timeline timeline--1"),
        ("No. | Date | Event", "timeline timeline--2"),
        ("Event | Detail", "timeline timeline--1"),
        ("Event | Source | Date", ""),
    ],
)
def test_a_chronology_is_drawn_along_the_column_that_says_when(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date, heading: str, drawn: str
) -> None:
    """The first or second column whose heading says so; a table that says it later stays a plain table."""
    columns = heading.count("|") + 1
    table = f"| {heading} |\n|{' --- |' * columns}\n|{' x |' * columns}"
    sections = (
        Section(key="summary", blocks=(Block(text="Short.", number=1),)),
        Section(key="chronology", blocks=(Block(text=table, number=2),)),
    )
    pages.write_pages([make_review(sections=sections)], [], tmp_path, today)
    assert f'<div class="{f"scroll {drawn}".strip()}" role="region"' in page_at(tmp_path, "reviews/2025-001")


def test_reviews_that_taught_the_same_lesson_are_related_first(staging: Path) -> None:
    """Each with the lessons that are alike; none of them is named again for its themes."""
    related = page(staging, "reviews/2025-001").split("## Related reviews")[1].split("## Cite")[0]
    taught, themes = related.split("### They are about the same themes")
    assert "### They taught the same lesson" in taught
    assert "its [lesson 1](../../reviews/2025-005/index.md#lesson-1) and [lesson 1](#lesson-1) here" in taught
    named = [set(re.findall(r"^- \[Review (\S+):", part, re.MULTILINE)) for part in (taught, themes)]
    assert named[0]
    assert not named[0] & named[1]


def test_footnotes_are_numbered_through_the_review(make_review: Callable[..., RedactedReview]) -> None:
    """Two sections may each have a note 1; a note nobody refers to is still shown."""
    sections = tuple(
        Section(key=key, blocks=(Block(text="Said.[^1]"), Block(text=f"[^1]: {note}"), Block(text="[^9]: Lonely.")))
        for key, note in (("summary", "First."), ("findings", "Second."))
    )
    shown = review_blocks(make_review(sections=sections))
    assert [passage.markdown for passage in shown["summary"]] == ["Said.[^1]", "[^1]: First.", "\\[^9\\]: Lonely."]
    assert [passage.markdown for passage in shown["findings"]] == ["Said.[^3]", "[^3]: Second.", "\\[^9\\]: Lonely."]


def test_an_unknown_word_in_a_template_is_an_error() -> None:
    """A template that names what does not exist fails; it never leaves a gap on a page."""
    with pytest.raises(UndefinedError):
        templating.page_templates().from_string("{{ nothing.at_all }}").render()


def test_the_site_never_calls_a_review_anonymous(staging: Path) -> None:
    """Reviews are redacted and risk-assessed: nobody can promise more."""
    for path in (staging / "markdown").rglob("*.md"):
        assert not re.search(r"anonym(ous|is)", path.read_text(encoding="utf-8"), re.IGNORECASE), path.name


def test_what_happened_is_told_on_a_reviews_own_page_alone(staging: Path) -> None:
    """Nobody meets the details of an offence on a list, on the home page or among the lessons."""
    told = ("missed his first appointment", "rang the office", "how the record of the last meeting begins")
    meeting = [
        str(path.relative_to(staging / "markdown"))
        for path in sorted((staging / "markdown").rglob("*.md"))
        if any(words in path.read_text(encoding="utf-8") for words in told)
    ]
    assert meeting
    assert [path for path in meeting if not re.fullmatch(r"reviews/\d{4}-\d{3}/index\.md", path)] == []
