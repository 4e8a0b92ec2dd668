"""On paper: what a team takes to its meeting is one sheet of a review or two of a theme, and a review says what it says on the screen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from publishing import site
from publishing.reviews import Block, Lesson, RedactedReview, Section, Update
from tests.support.samples import Sample
from tests.support.serving import Server, serving

pytestmark = pytest.mark.browser

FULL = "A shared mailbox that receives public protection information must have a named owner and a deputy every day."


def sheets(page: Page) -> int:
    """How many sheets of A4 a page prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.fixture
def full(make_review: Callable[..., RedactedReview]) -> RedactedReview:
    """A review with as much to learn as the fullest samples have."""
    note = "Policy framework issued and quality assurance tool amended."
    updates = tuple(Update(date=dt.date(2025, 3, n), status="in-progress", note=note) for n in (1, 2))
    lessons = tuple(
        Lesson(
            id=number,
            text=FULL,
            why="Responsibility for the mailbox followed a rota that nobody held during leave.",
            themes=("information-sharing", "recording"),
            level="national",
            owner="HM Prison and Probation Service",
            response="accepted",
            due="2025-09",
            updates=updates,
        )
        for number in range(1, 6)
    )
    sections = (
        Section(key="summary", blocks=(Block(text="Short.", number=1),)),
        Section(key="good-practice", blocks=(Block(text=f"- {FULL}\n- {FULL}", number=2),)),
    )
    themes = ("risk-assessment", "mental-health", "accommodation", "mappa", "management-oversight", "recall")
    return make_review(lessons=lessons, sections=sections, themes=themes)


def test_what_a_team_takes_along_is_one_sheet(
    full: RedactedReview, tmp_path: Path, today: dt.date, browser: Browser
) -> None:
    """Five lessons with their reasons, good practice and questions; the review itself takes more."""
    site.publish([full], [], tmp_path, today)
    with serving(tmp_path / "site") as server:
        page = browser.new_page()
        page.goto(server.root + "reviews/2025-001/learning/")
        learning = sheets(page)
        page.goto(server.root + "reviews/2025-001/")
        review = sheets(page)
        page.close()
    assert learning == 1
    assert review > 1


def test_what_a_team_prints_of_a_theme_is_two_sheets(sample: Sample, browser: Browser) -> None:
    """Of every theme that has a page."""
    markdown = sample.out / "markdown/themes"
    themes = [path.name for path in markdown.iterdir() if "sheet" in packed(path)]
    assert len(themes) > 20
    with serving(sample.out / "site") as server:
        page = browser.new_page()
        counted = {}
        for theme in themes:
            page.goto(f"{server.root}themes/{theme}/pack/")
            counted[theme] = sheets(page)
        page.close()
    assert {theme: n for theme, n in counted.items() if n != 2} == {}


def packed(theme: Path) -> str:
    """The Markdown of a theme's pack, where it has one."""
    path = theme / "pack/index.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


LONG = {
    "one line each": "Ask again.",
    "lines that are just full": "Ask again, " * 15,
    "capitals and long words": "CONTACT WITH MULTIDISCIPLINARYSAFEGUARDINGREPRESENTATIVES " * 5,
    "as long as a sheet takes": "Ask whoever knows the person about what has changed since the last time. " * 25,
}


THEMES = ("domestic-abuse", "mental-health", "recall", "recording")
"""A theme for each kind of long words."""


def test_a_theme_with_far_too_much_is_cut_to_two_sheets(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date, browser: Browser
) -> None:
    """Three hundred lessons and points: what fits is printed, each with its source, and the first sheet is used."""
    reviews = [
        review
        for place, (theme, words) in enumerate(zip(THEMES, LONG.values(), strict=True))
        for review in far_too_much(make_review, theme, words, place * 10)
    ]
    site.publish(reviews, [], tmp_path, today)
    with serving(tmp_path / "site") as server:
        page = browser.new_page()
        for theme in THEMES:
            page.goto(f"{server.root}themes/{theme}/pack/")
            shown = page.locator(".sheet").first.locator("li").count()
            assert sheets(page) == 2
            assert 1 <= shown < 300
            assert 1 <= page.locator(".sheet").last.locator("ul li").count() < 300
            assert f"{300 - shown} more lessons did not fit on this sheet" in packed(
                tmp_path / "markdown/themes" / theme
            )
        page.close()


def far_too_much(
    make_review: Callable[..., RedactedReview], theme: str, words: str, first: int
) -> Iterator[RedactedReview]:
    """Ten reviews of a theme, numbered from one after `first`, each with thirty lessons and thirty points."""
    owner = "The Executive Director of Public Protection and Rehabilitation for the Region"
    lessons = tuple(
        Lesson(id=n, text=words.strip(), level="local", owner=owner, response="accepted", due="2025-09")
        for n in range(1, 31)
    )
    sections = (
        Section(key="summary", blocks=(Block(text="Short.", number=1),)),
        Section(
            key="good-practice",
            blocks=(
                Block(
                    text="\n".join(f"- They asked about it again: {words.strip(' ,.')}." for _ in range(30)), number=2
                ),
            ),
        ),
    )
    for n in range(first + 1, first + 11):
        yield make_review(f"2025-{n:03}", lessons=lessons, sections=sections, themes=(theme,))


def test_a_printed_review_keeps_its_numbers_and_its_timeline(page: Page, server: Server) -> None:
    """Paragraphs can be cited from paper; nothing that needs a screen is on it."""
    page.set_viewport_size({"width": 658, "height": 990})  # A4 within its margins
    page.goto(server.root + "reviews/2025-001/")
    page.emulate_media(media="print")
    # what stands to the left of the sheet's own margin is cut off
    number = page.get_by_role("link", name="Link to paragraph 2").bounding_box()
    assert number
    assert number["x"] >= 0
    assert page.locator(".timeline table").is_visible()
    assert not page.locator(".exit").is_visible()
    # a link whose words alone would stand on paper
    for words in ("What happens then", "the text as Markdown"):
        assert not page.get_by_text(words).is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_page_that_is_not_found_prints_black_on_white(page: Page, server: Server) -> None:
    """It has a style of its own; in dark colours too, and with backgrounds printed."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(server.root + "404.html")
    for element in ("header a", "main p", "main a"):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{element}')).color") == "rgb(0, 0, 0)"
    for element in ("body", "header", "aside"):
        ground = page.evaluate(f"getComputedStyle(document.querySelector('{element}')).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


def test_the_longest_chart_stands_on_one_sheet_with_its_heading(page: Page, server: Server) -> None:
    """Thirty themes, their table beside them; the sentence above is not left behind on the sheet before."""
    page.set_viewport_size({"width": 658, "height": 990})
    page.goto(server.root + "trends/")
    page.emulate_media(media="print")
    height = page.evaluate(
        """() => {
          const figure = document.querySelector(".figure:has(#chart-themes-title)"), body = figure.querySelector("tbody");
          figure.querySelector(".chart").setAttribute("viewBox", "0 0 330 1322");
          while (body.rows.length < 30) body.append(body.rows[0].cloneNode(true));
          return figure.getBoundingClientRect().height;
        }"""
    )
    assert 700 < height < 890
    before = "document.querySelector('.figure:has(#chart-themes-title)').previousElementSibling"
    assert page.evaluate(f"[{before}.tagName, getComputedStyle({before}).breakAfter]") == ["P", "avoid"]
