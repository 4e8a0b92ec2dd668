"""Addresses that once led somewhere: lists that moved, and every address of a review that was withdrawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from publishing.reviews import Change, RedactedReview, Withdrawal
from publishing.site import pages
from tests.support.serving import Server

MOVED = {"recommendations/": "lessons/"}
GONE = ("reviews/2024-009/", "reviews/2024-009/learning/", "reviews/2024-009/#lesson-1", "reviews/2024-009/#p3")


@pytest.mark.parametrize("address", MOVED)
def test_an_old_address_names_the_new_one(staging: Path, address: str) -> None:
    """In the page itself, by a relative address, so that any web server will do; search engines leave it out."""
    path = staging / "site" / address / "index.html"
    html = path.read_text(encoding="utf-8")
    (to,) = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', html)
    assert (path.parent / to).resolve() == (staging / "site" / MOVED[address]).resolve()
    assert (path.parent / to / "index.html").is_file()
    assert '<meta name="robots" content="noindex">' in html


def lists(folder: Path) -> set[str]:
    """Every page of Markdown that is no review's."""
    pages = (path.relative_to(folder).as_posix() for path in folder.rglob("index.md"))
    return {page for page in pages if not re.match(r"reviews/\d{4}-\d{3}/", page)}


@pytest.mark.parametrize("how", ["withdrawn", "corrected"])
def test_no_address_of_a_list_is_lost(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date, how: str
) -> None:
    """The last review of a year, a region, an offence, an agency, a theme and a status goes, or is of others now."""
    facts = {"offence_year": "2015-2019", "region": "wales", "offence": "rape", "publish_on": dt.date(2024, 3, 1)}
    last = make_review("2024-002", agencies=("housing",), themes=("stalking",), **facts)
    pages.write_pages([make_review(), last], [], tmp_path / "before", today)
    change = Change(date=today, note="Facts were wrong.")
    if how == "withdrawn":
        gone = [Withdrawal(public_id="2024-002", on=today, reason="legal")]
        pages.write_pages([make_review()], gone, tmp_path / "after", today)
    else:
        pages.write_pages([make_review(), make_review("2024-002", changes=(change,))], [], tmp_path / "after", today)
    lost = {
        "years/2015-2019/index.md",
        "agencies/housing/index.md",
        "trends/2024/index.md",
    }
    assert lost <= lists(tmp_path / "before")
    assert lists(tmp_path / "before") <= lists(tmp_path / "after")
    page = (tmp_path / "after/years/2015-2019/index.md").read_text(encoding="utf-8")
    assert "Nothing that is published now stands here" in page
    assert "../../years/index.md" in page


def test_what_is_left_does_not_tell_what_went(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """The same pages stand empty whatever the withdrawn review was about."""
    found = []
    for number, themes in enumerate((("stalking",), ("recall", "firearms"))):
        gone = make_review("2024-002", themes=themes, offence_year=2011 + number)
        pages.write_pages([make_review(), gone], [], tmp_path / f"before-{number}", today)
        pages.write_pages(
            [make_review()], [Withdrawal(public_id="2024-002", on=today, reason="legal")], tmp_path / f"{number}", today
        )
        found.append(contents(tmp_path / f"{number}"))
    assert found[0] == found[1]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_where_nothing_was_taken_away_nothing_stands_empty(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """A site without withdrawals and corrections has no such page."""
    pages.write_pages([make_review()], [], tmp_path, today)
    assert not (tmp_path / "themes/stalking").exists()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_browsers_go_on_from_an_old_address(browser: Browser, server: Server, script: bool) -> None:
    """Under a sub-path, with the site's own policy, with JavaScript and without."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    for old, new in MOVED.items():
        page.goto(server.root + old)
        expect(page).to_have_url(server.root + new)
    context.close()


@pytest.mark.browser
def test_filters_go_along_from_an_old_address(page: Page, server: Server) -> None:
    """Whoever kept or shared an address with filters finds what it showed."""
    page.goto(server.root + "recommendations/?state=overdue&order=due#every-lesson")
    expect(page).to_have_url(re.compile(re.escape(server.root) + r"lessons/\?.*state=overdue"))
    expect(page.get_by_label("State")).to_have_value("overdue")
    expect(page.locator("#progress-said")).to_have_text("5 lessons.")


@pytest.mark.browser
@pytest.mark.parametrize("address", GONE)
def test_every_address_of_a_withdrawn_review_is_its_notice(browser: Browser, server: Server, address: str) -> None:
    """The page, what to learn from it, a lesson and a paragraph: all say that it was withdrawn, and why."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    answer = page.goto(server.root + address)
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("h1")).to_have_text("Review 2024-009 has been withdrawn")
    expect(page.get_by_text("a victim or family asked for it")).to_be_visible()
    context.close()
