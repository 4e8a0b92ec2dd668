"""Addresses that once led somewhere: lists that moved, and every address of a review that was withdrawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from publishing.site import moved

if TYPE_CHECKING:
    from tests.publishing.site.conftest import Server

MOVED = {
    "reviews/2018/": "years/2018/",
    "lessons/2019/": "years/2019/",
    "lessons/agencies/police/": "agencies/police/",
}
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


def test_an_address_in_use_is_left_alone(tmp_path: Path) -> None:
    """A review that has an old list's address keeps it; every page of a long list leads to the same page of the new one."""
    for name in ("years/2018/index.md", "years/2018/page-2/index.md", "reviews/2018/index.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("here before", encoding="utf-8")
    moved.write(tmp_path)
    assert (tmp_path / "reviews/2018/index.md").read_text(encoding="utf-8") == "here before"
    assert "../../../years/2018/page-2/index.md" in (tmp_path / "lessons/2018/page-2/index.md").read_text(
        encoding="utf-8"
    )


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
