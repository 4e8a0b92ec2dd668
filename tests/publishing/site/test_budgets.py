"""Budgets: bytes and clicks, at a few reviews and (soak) at two thousand."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from publishing import site
from publishing.reviews import Block, Lesson, RedactedReview, Section
from publishing.site import pages
from publishing.vocabulary import terms
from tests.support.serving import Server, serving

PAGE, SEARCH, CLICKS = 150_000, 300_000, 3


class Links(HTMLParser):
    """Where a page's links lead, as files, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.leads, self.loads = path, set[Path](), set[Path]()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag points at, within the site."""
        found = dict(attrs)
        address = found.get("href") or found.get("src") or ""
        if not address or re.match(r"[a-z]+:|#", address):
            return
        target = (self.path.parent / address.split("#")[0].split("?")[0]).resolve()
        target = target / "index.html" if target.is_dir() else target
        if tag == "a" and target.suffix == ".html":
            self.leads.add(target)
        elif tag == "script" or found.get("rel") in ("stylesheet", "preload"):
            self.loads.add(target)


def clicks(root: Path) -> dict[Path, int]:
    """How many clicks each page is from home, by links alone."""
    found, edge = {root / "index.html": 0}, [root / "index.html"]
    for count in range(1, CLICKS + 1):
        edge = [page for path in edge for page in sorted(Links(path).leads - set(found)) if not found.get(page)]
        found |= dict.fromkeys(edge, count)
    return found


def packed(path: Path) -> int:
    """Bytes over the wire."""
    return len(gzip.compress(path.read_bytes(), mtime=0))


def weight(path: Path) -> int:
    """A page with its styles (and theirs) and scripts, packed."""
    loads = Links(path).loads
    return sum(map(packed, {path, *loads}))


def check_clicks(root: Path, reviews: list[RedactedReview] | tuple[RedactedReview, ...]) -> None:
    """Every review, and with it every lesson at its anchor, is near enough to home without a script."""
    found = clicks(root.resolve())
    for review in reviews:
        page = root.resolve() / "reviews" / review.public_id / "index.html"
        assert page in found, review.public_id
        html = page.read_text(encoding="utf-8")
        assert all(f'id="lesson-{lesson.id}"' in html for lesson in review.lessons)


def test_everything_is_three_clicks_from_home(staging: Path, reviews: tuple[RedactedReview, ...]) -> None:
    """By links alone, with no script."""
    check_clicks(staging / "site", reviews)


def test_every_page_is_light(staging: Path) -> None:
    """Any page, with all the styles and scripts it loads, is at most 150 kB over the wire."""
    weights = {path: weight(path) for path in (staging / "site").rglob("*.html")}
    assert max(weights.values()) <= PAGE
    assert max(len(Links(path).loads) for path in weights) <= 8


@pytest.mark.slow
def test_pages_do_not_grow_with_the_number_of_reviews(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """Three times as many reviews leave home, a review and the longest page of a list as long as they were."""
    longest = []
    for count in (60, 180):
        folder = tmp_path / str(count)
        pages.write_pages([make_review(f"2025-{n:03}") for n in range(1, count + 1)], [], folder, today)
        home, review = folder / "index.md", folder / "reviews/2025-025/index.md"
        lists = max(path.stat().st_size for path in folder.rglob("*.md"))
        longest.append((home.stat().st_size, review.stat().st_size, lists))
    for before, after in zip(*longest, strict=True):
        assert after <= before * 1.05


# --- two thousand reviews


def invented(number: int, make_review: Callable[..., RedactedReview]) -> RedactedReview:
    """A review of some 700 words, most of them common and some rare, as in any language."""
    chance = random.Random(number)

    def sentence(length: int) -> str:
        words = (VOCABULARY[int(chance.paretovariate(0.6)) % len(VOCABULARY)] for _ in range(length))
        return f"{' '.join(words).capitalize()}."

    def pick(name: str) -> str:
        return chance.choice(list(terms(name)))

    numbers = iter(range(1, 50))
    sections = tuple(
        Section(key=key, blocks=tuple(Block(text=sentence(40), number=next(numbers)) for _ in range(3)))
        for key in ("summary", "background", "assessment", "sentence-management", "findings", "judgement")
    )
    lessons = tuple(Lesson(id=n, text=sentence(25), level="local") for n in range(1, 5))
    facts = {"offence": pick("offences"), "region": pick("regions"), "offence_year": chance.randint(2006, 2024)}
    more: dict[str, Any] = {"themes": tuple(chance.sample(list(terms("themes")), 4)), "sections": sections}
    return make_review(f"{2000 + number // 900}-{number % 900 + 1:03}", lessons=lessons, **facts, **more)


WORDS = tuple(
    f"{a}{b}" for a in ("ck", "nd", "rt", "st", "ll", "mp", "sh") for b in ("", "en", "ing", "or", "ly", "ed")
)
VOCABULARY = [f"{a}{b}{c}" for a in "bcdfglmnprst" for b in ("a", "ei", "o", "u", "ia") for c in WORDS]
COMMON = VOCABULARY[20]


@pytest.fixture(scope="module")
def built(
    make_review: Callable[..., RedactedReview], tmp_path_factory: pytest.TempPathFactory, today: dt.date
) -> dict[int, tuple[Path, list[RedactedReview]]]:
    """Sites of two dozen, two hundred and two thousand invented reviews."""
    found = {}
    for count in (24, 200, 2000):
        reviews = [invented(number, make_review) for number in range(count)]
        folder = tmp_path_factory.mktemp(f"many-{count}")
        site.publish(reviews, [], folder, today)
        found[count] = folder / "site", reviews
    return found


def loaded(browser: Browser, server: Server, review: RedactedReview) -> dict[str, int]:
    """Bytes over the wire, as a browser that knows nothing of the site yet asks for them.

    Three pages; and, beyond the page of search, a first search: for an abbreviation, which is three searches, and for a
    word that six in ten of all reviews and lessons have.
    """
    sent = {}
    for name, address in (("home", ""), ("review", f"reviews/{review.public_id}/"), ("lessons", "lessons/")):
        page = browser.new_page()
        server.sent.clear()
        page.goto(server.root + address, wait_until="networkidle")
        sent[name] = sum(size for _, size in server.sent)
        page.close()
    for words in ("RoSH", COMMON):
        page = browser.new_page()
        page.goto(server.root + "search/", wait_until="networkidle")
        server.sent.clear()
        page.get_by_label("Words or phrase").fill(words)
        expect(page.locator("#search-status")).to_contain_text(f"for “{words}”", timeout=60_000)
        expect(page.locator("#search-results li").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        sent[words] = sum(size for _, size in server.sent)
        page.close()
    return sent


@pytest.mark.soak
def test_two_thousand_reviews_keep_the_budgets(
    built: dict[int, tuple[Path, list[RedactedReview]]], browser: Browser
) -> None:
    """Bytes grow in line with reviews, no page grows, everything is three clicks away, and a search stays small."""
    sizes, heaviest, wire = {}, {}, {}
    for count, (root, reviews) in built.items():
        sizes[count] = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
        heaviest[count] = max(weight(path) for path in root.rglob("*.html"))
        with serving(root) as server:
            wire[count] = loaded(browser, server, reviews[7])
    print(f"\nbytes: {sizes}; heaviest page over the wire: {heaviest}; in a browser: {wire}")
    assert sizes[2000] <= sizes[200] * 10 * 1.15
    assert heaviest[2000] <= PAGE
    assert heaviest[2000] <= heaviest[200] * 1.15
    assert all(sent[name] <= PAGE for sent in wire.values() for name in ("home", "review", "lessons"))
    assert wire[2000]["review"] <= wire[24]["review"] * 1.1
    assert all(sent[words] <= SEARCH for sent in wire.values() for words in ("RoSH", COMMON))
    check_clicks(*built[2000])
