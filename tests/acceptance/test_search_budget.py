"""What a first search costs with the samples' own language, as they are and mixed to two thousand reviews."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import re
import shutil
from pathlib import Path
from typing import Any

import cbor2
import pytest
from playwright.sync_api import Browser, expect

from publishing.reviews import RedactedReview
from publishing.site import public_record
from publishing.site.search import indexing
from tests.support.samples import Sample
from tests.support.serving import Server, serving

pytestmark = pytest.mark.browser

BUDGET = 300_000
SEARCHES = (
    "RoSH", "risk of serious harm", "MAPPA", "probation", "person", "person on probation", "risk", "victim", "police",
    "recall", "domestic abuse", "home visits", "lack of management oversight", "probation practitioner", "the of",
    '"risk of serious harm"', '"the person on probation"', '"high risk of serious harm to the public"',
)  # fmt: skip
"""Words of the trade, the commonest of all among them, phrases, and words with little ones between them."""

FEW = ("RoSH", "probation", "the of", "person on probation", '"the person on probation"',
       '"high risk of serious harm to the public"')  # fmt: skip

PARAGRAPH = re.compile(r"<p>.*?</p>", re.S)


def cost(browser: Browser, server: Server, words: str) -> int:
    """Bytes over the wire of a first search, beyond the page of search, and with the first ten results."""
    page = browser.new_page()
    page.goto(server.root + "search/", wait_until="networkidle")
    server.sent.clear()
    page.get_by_label("Words or phrase").fill(words)
    plain = words.replace('"', "")
    expect(page.locator("#search-status")).to_contain_text(f"for “{plain}”", timeout=60_000)
    if words != "the of":
        expect(page.locator("#search-results li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(size for _, size in server.sent)


def check_budget(browser: Browser, site: Path, searches: tuple[str, ...] = SEARCHES) -> None:
    """Every search keeps the budget."""
    with serving(site) as server:
        costs = {words: cost(browser, server, words) for words in searches}
    print(f"\n{costs}")
    assert {words: size for words, size in costs.items() if size > BUDGET} == {}


def decoded(path: Path) -> Any:
    """An index file's content."""
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))


def edges(site: Path) -> dict[str, int]:
    """The first and the last word of every file of the index, and how many records have each in their text."""
    found = {}
    for path in sorted((site / "pagefind/index").iterdir()):
        for word, pages, _ in {entry[0]: entry for entry in (decoded(path)[0][0], decoded(path)[0][-1])}.values():
            if word.isascii() and len(word) > 2:
                found[word] = sum(bool(places) for _, places, _ in pages)
    return found


def check_edges(browser: Browser, site: Path, most: int) -> None:
    """Pagefind in the browser finds the files of words by what it is told of their first and last words."""
    words = edges(site)
    chosen = dict(random.Random(0).sample(sorted(words.items()), min(most, len(words))))
    page = browser.new_page()
    with serving(site) as server:
        page.goto(server.root + "search/", wait_until="networkidle")
        found = page.evaluate(
            """async (words) => {
              const pagefind = await import(new URL("../pagefind/pagefind.js", location.href).href);
              await pagefind.options({ basePath: new URL("../pagefind/", location.href).pathname });
              const counts = {};
              for (const word of words) counts[word] = (await pagefind.search(word)).results.length;
              return counts;
            }""",
            list(chosen),
        )
    page.close()
    assert {word: (count, found[word]) for word, count in chosen.items() if found[word] < count} == {}


@pytest.mark.parametrize("searches", [FEW, pytest.param(SEARCHES, marks=pytest.mark.soak)], ids=["few", "all"])
def test_a_first_search_of_the_samples_is_small(sample: Sample, browser: Browser, searches: tuple[str, ...]) -> None:
    """The published samples: a word, the commonest, little ones, and phrases; `make soak` tries two dozen."""
    check_budget(browser, sample.out / "site", searches)


def test_every_file_of_the_index_is_found(sample: Sample, browser: Browser) -> None:
    """The words at both edges of each."""
    check_edges(browser, sample.out / "site", 1_000)


def mixed(sample: Sample, folder: Path, count: int) -> Path:
    """The samples' site with `count` reviews: each a sample's page with paragraphs and lessons of any, and its index."""
    chance = random.Random(1)
    reviews, _ = public_record.load_public_record(sample.out / "markdown")
    site = sample.out / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("pagefind"))
    pages = {r.public_id: (site / "reviews" / r.public_id / "index.html").read_text("utf-8") for r in reviews}
    paragraphs = [p for html in pages.values() for p in PARAGRAPH.findall(html.partition("<article")[2])]
    lessons = [lesson for review in reviews for lesson in review.lessons]
    made: list[RedactedReview] = []
    for number in range(count):
        review = chance.choice(reviews)
        public_id = f"{2030 + number // 900}-{number % 900 + 1:03}"
        html = PARAGRAPH.sub(lambda _: chance.choice(paragraphs), pages[review.public_id])
        page = folder / "reviews" / public_id / "index.html"
        page.parent.mkdir()
        page.write_text(html.replace(review.public_id, public_id), encoding="utf-8")
        taught = (lesson.model_copy(update={"id": n}) for n, lesson in enumerate(chance.sample(lessons, 4), start=1))
        made.append(review.model_copy(update={"public_id": public_id, "lessons": tuple(taught)}))
    indexing.build_index(folder, made, dt.date(2026, 12, 1))
    return folder


@pytest.mark.soak
def test_a_first_search_of_two_thousand_reviews_is_small(sample: Sample, browser: Browser, tmp_path: Path) -> None:
    """Ten thousand reviews and lessons, of 2,400 words and 35: the same words and phrases, and any file of the index."""
    site = mixed(sample, tmp_path / "site", 2_000)
    check_budget(browser, site)
    check_edges(browser, site, 300)
