"""Accessibility: axe-core finds nothing against WCAG 2.2 AA on any kind of page, and the keyboard goes everywhere."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.serving import VIOLATIONS, Server

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LOOKS = [
    "color-contrast", "link-in-text-block", "meta-viewport", "scrollable-region-focusable", "skip-link", "target-size",
]  # fmt: skip
"""Rules of axe-core that colours and width decide; a page's elements, names and order are the same in all of them."""
KINDS = (
    "", "reviews/", "agencies/", "years/2018/", "reviews/2025-001/", "reviews/2025-001/learning/", "reviews/2024-009/",
    "lessons/", "lessons/repeated/", "lessons/status/in-progress/", "themes/", "themes/home-visits/", "themes/home-visits/pack/", "regions/", "offences/murder/",
    "search/", "search/?q=recall&region=wales", "search/?q=zzyzx", "support/", "about/", "about/labels/",
    "about/glossary/", "themes/stalking/", "404.html",
)  # fmt: skip


Modes = tuple[tuple[Literal["light", "dark"], int], ...]
MODES: Modes = (("light", 1280), ("dark", 320))
"""Colours and width in which each kind of page is tried by `make test`, wide by every rule; `make soak` tries the other two as well."""


@pytest.mark.parametrize("modes", [MODES, pytest.param((("light", 320), ("dark", 1280)), marks=pytest.mark.soak)])
@pytest.mark.parametrize("address", KINDS)
def test_axe_finds_nothing(page: Page, server: Server, address: str, modes: Modes) -> None:
    """No violation of WCAG 2.2 AA, wide and narrow, light and dark, filters open and shut."""
    axe = Axe()
    for scheme, width in modes:
        only = {"type": "rule", "values": LOOKS} if modes == MODES and width < 600 else {"type": "tag", "values": TAGS}
        page.emulate_media(color_scheme=scheme)
        page.goto(server.root + address)
        if "?q=" in address:
            expect(page.locator("#search-status")).to_contain_text("for “")
        page.set_viewport_size({"width": width, "height": 800})
        found = axe.run(page, options={"runOnly": only, "preload": False, **VIOLATIONS})
        # what is wrong and where, for whoever mends it
        assert not [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found.response["violations"]]


def press_until(page: Page, target: str, most: int = 60) -> None:
    """Tab forward until the element that the selector names has the focus, and show that a reader sees where it is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        # asked at once: results that come meanwhile take the focus away
        shown = page.evaluate(
            """selector => {
              const focused = document.activeElement;
              if (!focused?.matches(selector)) return null;
              const style = getComputedStyle(focused);
              return style.boxShadow !== "none" || style.outlineStyle !== "none";
            }""",
            target,
        )
        if shown is not None:
            assert shown
            return
    raise AssertionError(f"the keyboard never reached {target}")


def test_the_keyboard_leads_from_home_to_a_citation(page: Page, server: Server) -> None:
    """Home, search, a filter, a lesson, and the review's citation copied, without a mouse."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(server.root)
    press_until(page, "#home-q")
    page.keyboard.type("recall")
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_contain_text("results for")
    press_until(page, "#type-1")
    page.keyboard.press("Space")
    expect(page.locator("#search-status")).to_contain_text("in Lessons")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    press_until(page, ".past-filters")
    page.keyboard.press("Enter")
    press_until(page, "#search-results a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reviews/[\d-]+/#lesson-\d+$"))
    press_until(page, '[data-copy="cite-text"]', most=120)
    page.keyboard.press("Enter")
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert "Candour, Ministry of Justice" in page.evaluate("navigator.clipboard.readText()")


def test_the_skip_link_comes_first(page: Page, server: Server) -> None:
    """The first Tab offers the content, past the site's links."""
    page.goto(server.root + "reviews/2025-001/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "md-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#")


def test_nothing_moves_for_who_asked_that_nothing_moves(page: Page, server: Server) -> None:
    """With reduced motion there is no animation and no transition."""
    page.emulate_media(reduced_motion="reduce")
    for address in ("", "reviews/2025-001/", "search/"):
        page.goto(server.root + address)
        moving = """[...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
          return long(style.transitionDuration) || style.animationName !== "none";
        }).map((element) => element.outerHTML.slice(0, 80))"""
        assert page.evaluate(moving) == []
