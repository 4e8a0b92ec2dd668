"""Search: what Pagefind was given, read back from its own files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import cbor2
import pytest

from publishing.catalogue.lessons import all_lessons
from publishing.errors import BuildError
from publishing.reviews import RedactedReview
from publishing.site.search import facets, indexing, synonyms
from tests.support.redacted_reviews import TODAY


def decoded(path: Path) -> Any:
    """An index file's content."""
    raw = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
    return json.loads(raw) if raw[:1] == b"{" else cbor2.loads(raw)


@pytest.fixture(scope="module")
def records(staging: Path) -> dict[str, dict[str, Any]]:
    """Every record of the index, by its address."""
    fragments = [decoded(path) for path in (staging / "site/pagefind/fragment").iterdir()]
    return {fragment["url"]: fragment for fragment in fragments}


def test_each_review_and_each_lesson_is_a_record(records: dict[str, Any], reviews: tuple[RedactedReview, ...]) -> None:
    """A lesson is found by itself, at its own anchor."""
    expected = {f"/reviews/{review.public_id}/" for review in reviews}
    expected |= {f"/reviews/{review.public_id}/#lesson-{lesson.id}" for review in reviews for lesson in review.lessons}
    assert {url for url in records if url.startswith("/reviews/")} == expected
    assert "/about/labels/" in records
    assert not [url for url in records if url.startswith(("/themes", "/lessons", "/search", "/reviews/2024-009"))]


def test_filters_are_what_facets_say(records: dict[str, Any], reviews: tuple[RedactedReview, ...]) -> None:
    """The index, which has a review's from its page, and what answers saved searches know the same."""
    for entry in (*reviews, *all_lessons(reviews)):
        review = entry if isinstance(entry, RedactedReview) else entry.review
        anchor = "" if isinstance(entry, RedactedReview) else f"#lesson-{entry.lesson.id}"
        filters = records[f"/reviews/{review.public_id}/{anchor}"]["filters"]
        wanted = {name: sorted(values) for name, values in facets.facets_of(entry, TODAY).items() if values}
        assert {name: sorted(values) for name, values in filters.items() if values} == wanted
    lesson = records["/reviews/2025-001/#lesson-1"]["filters"]
    assert (lesson["theme"], lesson["case"]) == (["home-visits"], ["home-visits", "recall", "recording"])
    assert (lesson["status"], lesson["state"], lesson["owner"]) == (
        ["in-progress"], ["overdue"], ["hm-prison-and-probation-service"]
    )  # fmt: skip
    assert records["/reviews/2025-001/#lesson-2"]["filters"]["theme"] == lesson["case"]
    assert records["/about/labels/"]["filters"] == {"type": ["page"]}


def test_results_say_where_and_when(records: dict[str, Any]) -> None:
    """Titles are made of the vocabulary, commas and all."""
    assert records["/reviews/2025-003/"]["meta"]["about"] == "Kent, Surrey and Sussex, 2018"
    assert records["/reviews/2025-001/#lesson-1"]["meta"] == {
        "title": "Lesson 1 of review 2025-001",
        "about": "Greater Manchester, 2018",
        "date": "2025-02-03 2025-001 001",
        "version": "2025-02-03",
    }


def test_the_text_of_a_review_is_searched_and_its_furniture_is_not(records: dict[str, Any]) -> None:
    """Paragraph numbers, buttons, counts and citations are no words of a review."""
    content = records["/reviews/2025-001/"]["content"]
    assert "[Victim 1](aged 25) had asked for help twice" in content
    assert "Exit this page" not in content
    assert "Times replaced" not in content
    assert "Ministry of Justice" not in content


def test_every_numbered_paragraph_is_an_anchor(records: dict[str, Any]) -> None:
    """A result can lead to the paragraph: the index knows where each begins, and its number is no word."""
    record = records["/reviews/2025-001/"]
    anchors = {anchor["id"]: anchor["location"] for anchor in record["anchors"]}
    words = record["content"].split()
    assert words[anchors["p1"] : anchors["p1"] + 2] == ["[Practitioner", "1]:"]
    assert words[anchors["p2"] : anchors["p2"] + 2] == ["[Victim", "1](aged"]


def test_only_what_search_needs_is_shipped(staging: Path) -> None:
    """Pagefind's own interfaces are left out."""
    names = sorted(path.name for path in (staging / "site/pagefind").iterdir() if path.is_file())
    assert [name for name in names if "ui" in name or "highlight" in name] == []
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= set(names)


@pytest.fixture(scope="module")
def meta(staging: Path) -> Any:
    """What the browser is told of the index first."""
    bundle = staging / "site/pagefind"
    entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
    return decoded(bundle / f"pagefind.{entry['languages']['en']['hash']}.pf_meta")


@pytest.fixture(scope="module")
def words(staging: Path, meta: Any) -> dict[str, Any]:
    """Every word of the index with its pages, by the files that the browser is told of."""
    folder = staging / "site/pagefind/index"
    assert {path.stem for path in folder.iterdir()} == {name for *_, name in meta[2]}
    return {word: pages for *_, name in meta[2] for word, pages, _ in decoded(folder / f"{name}.pf_index")[0]}


def test_filters_are_in_canonical_order(staging: Path, meta: Any) -> None:
    """Filters and their values are sorted, and every name that a file gives is a file."""
    assert [name for name, _ in meta[3]] == sorted(name for name, _ in meta[3])
    for name, file in meta[3]:
        found, values = decoded(staging / f"site/pagefind/filter/{file}.pf_filter")
        assert found == name
        assert [value for value, _ in values] == sorted(value for value, _ in values)


def test_records_are_named_in_the_order_of_newest_first(
    staging: Path, meta: Any, reviews: tuple[RedactedReview, ...]
) -> None:
    """Search sorts by these names: each review before its lessons, pages about the site last; all begin alike."""
    names = [name for name, _ in meta[1]]
    assert names == sorted(names)
    assert len({name.rpartition("_")[0] for name in names}) == 1
    urls = [decoded(staging / f"site/pagefind/fragment/{name}.pf_fragment")["url"] for name in names]
    assert urls[:3] == ["/reviews/2025-005/", "/reviews/2025-005/#lesson-1", "/reviews/2025-005/#lesson-2"]
    assert urls[-1] == "/support/"
    assert meta[4] == []


def test_little_words_are_not_in_the_index(words: dict[str, Any]) -> None:
    """And words that carry something are."""
    assert not synonyms.ignored_words() & words.keys()
    assert {"recal", "appoint", "lesson"} <= words.keys()


def test_a_group_of_wordings_is_one_word(staging: Path, meta: Any, words: dict[str, Any]) -> None:
    """It stands where each of them does, over all its words, and each wording weighs no more than one word."""
    number, pages = 0, {}
    for step, places, in_meta in words["zzrosh0"]:
        number += step
        pages[number] = places
        assert in_meta == []
    glossaries = [
        number
        for number in pages
        if decoded(staging / f"site/pagefind/fragment/{meta[1][number][0]}.pf_fragment")["url"] == "/about/glossary/"
    ]
    (glossary,) = glossaries
    # RoSH: risk of serious harm; where the weight changes, places are counted from the start again
    assert pages[glossary][0] == -25
    rosh = pages[glossary][1]
    four = pages[glossary].index(-7)
    assert pages[glossary][four + 1 : four + 5] == [rosh + 1, 1, 1, 1]


def test_a_pagefind_that_fails_is_an_error(staging: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that dies is told, and the build does not wait for it."""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    with pytest.raises(BuildError, match="Pagefind stopped"):
        indexing.build_index(staging / "site", [], TODAY)
