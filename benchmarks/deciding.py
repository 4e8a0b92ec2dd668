"""How many keys and clicks it takes to decide a whole case in the workbench: in Chromium, on the page as people get it.

Everything that is pointed out is kept and everything that was found is accepted, so that each way of working decides the
same; what is decided is held against what should be. Run: python benchmarks/deciding.py [--case CASE] [WAY …]
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.running import Running  # noqa: E402  the workbench as people start it

CASE = "quartz-meadow-15"
WAIT = 120_000
"""Milliseconds for a page."""
UNDECIDED = """() => [...document.querySelectorAll("li.finding")]
    .filter(item => !item.textContent.includes("Decided:"))
    .map(item => item.querySelector("button[aria-label^='Keep: '], button[aria-label^='Accept: ']"))
    .filter(button => button)"""
"""The button that decides each detail, as far as nobody has decided."""


@dataclass
class Hands:
    """Somebody at the page, whose keys and clicks are counted."""

    page: Page
    keys: int = 0
    clicks: int = 0
    decisions: int = 0

    def press(self, key: str, *, decides: bool = False) -> None:
        """One key."""
        self.keys += 1
        self._do(lambda: self.page.keyboard.press(key), decides)

    def click(self, selector: str, *, decides: bool = False) -> None:
        """One click."""
        self.clicks += 1
        self._do(lambda: self.page.locator(selector).first.click(), decides)

    def left(self) -> int:
        """How many details nobody has decided."""
        return int(self.page.evaluate(f"({UNDECIDED})().length"))

    def _do(self, act: Callable[[], None], decides: bool) -> None:
        if not decides:
            act()
            return
        self.decisions += 1
        with self.page.expect_navigation(timeout=WAIT):
            act()


def by_mouse(hands: Hands) -> None:
    """One click each."""
    while hands.left():
        hands.page.evaluate(f"({UNDECIDED})()[0].id = 'wanted'")
        hands.click("#wanted", decides=True)


def by_tab(hands: Hands) -> None:
    """Tab from where the focus is to the button, then Enter."""
    hands.click("a[href='#to-do']")
    while hands.left():
        hands.page.evaluate(f"({UNDECIDED})().forEach(button => button.dataset.wanted = 'yes')")
        while not hands.page.evaluate("document.activeElement.dataset.wanted === 'yes'"):
            hands.press("Tab")
        hands.press("Enter", decides=True)


def by_keys(hands: Hands) -> None:
    """Single letters."""
    hands.press("n")
    while hands.left():
        is_found = hands.page.evaluate("document.activeElement.id.startsWith('finding')")
        hands.press("a" if is_found else "k", decides=True)


def together(hands: Hands) -> None:
    """What is pointed out one kind after the other, all that was found at once, and the rest by keys."""
    while hands.page.locator("button[value=keep]").count():
        hands.click("button[value=keep]", decides=True)
    if hands.page.locator("button[name=answer][value=accept]").count():
        hands.page.locator("button[name=answer][value=accept]").last.evaluate("button => { button.id = 'wanted' }")
        hands.click("#wanted", decides=True)
    if hands.left():
        hands.click("h1")
        by_keys(hands)


WAYS = {"mouse": by_mouse, "tab": by_tab, "keys": by_keys, "together": together}


def measure(case: str, way: str) -> str:
    """Decide a copy of a case, on which nobody has decided anything, and say what it took."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        reviews = Path(name) / "reviews"
        shutil.copytree(ROOT / "reviews" / case, reviews / case, ignore=shutil.ignore_patterns("decisions.yml"))
        running = Running(reviews, Path(name) / "build")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(WAIT)
            page.goto(running.start)
            page.goto(f"{running.root}/case/{case}")
            hands = Hands(page)
            details = hands.left()
            start = time.monotonic()
            WAYS[way](hands)
            seconds = time.monotonic() - start
            assert not hands.left()
            written = (reviews / case / "decisions.yml").read_text(encoding="utf-8")
            decided = len(re.findall(r"^- action:", written, re.MULTILINE))
        finally:
            browser.close()
            running.close()
    return (
        f"{way}: {details} details to decide, {decided} decided; {hands.keys} keys and {hands.clicks} clicks, "
        f"{hands.decisions} pages to wait for, {seconds:.0f} s"
    )


def main() -> None:
    """Print what each way takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ways", nargs="*", choices=[*WAYS, []], default=[*WAYS], metavar="WAY", help=", ".join(WAYS))
    parser.add_argument("--case", default=CASE, help="a case of the sample reviews")
    said = parser.parse_args()
    for way in said.ways:
        print(measure(said.case, way), flush=True)


if __name__ == "__main__":
    main()
