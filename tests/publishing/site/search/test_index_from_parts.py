"""An index made of what was kept of each review: the same to the byte as one made at once, and nothing goes through Pagefind twice."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pagefind.service import get_executable

from publishing.files.cache import Cache
from publishing.site.kept_texts import KeptTexts
from publishing.site.search import indexing
from publishing.site.search.pagefind_program import PagefindProgram
from tests.support.redacted_reviews import LESSONS, TODAY, make_review

ABOUT = "about/labels"
NOTES = '<p><strong>This review describes:</strong> <span data-pagefind-meta="notes">fatal violence, loss</span></p>'
BODIES = {
    "plain": "<p>He was recalled. She rang the office twice, and twice nobody rang back about home-visits.</p>",
    "notes": f"{NOTES}<p>A risk of serious harm, RoSH/MAPPA, and a recall.</p>",
    "accents": "<p>Her mother, née Smith, and the café: nee is not née.</p>",
    "other accents": "<p>Née and née, nee, cafè and CAFÉ.</p>",
    "picture": '<p>A picture of the office.</p><img src="/a.png" alt="The café, née office">',
    "filters": '<p data-pagefind-filter="region:kent" data-pagefind-sort="date:2">Kent</p><h2 id="p1">Recall</h2>',
}
"""What Pagefind says of a text in ways that another text may have a say in: meta fields, spellings, filters."""
UNMARKED = {"unmarked": "<p>Nobody finds this page.</p>", "empty": ""}

State = Mapping[str, tuple[str, int]]
"""Pages by their folder: each a body, and for a review so many lessons."""
states = st.fixed_dictionaries(
    {ABOUT: st.tuples(st.sampled_from(sorted({*BODIES, *UNMARKED})), st.just(0))},
    optional={
        f"reviews/{public_id}": st.tuples(st.sampled_from(sorted({*BODIES, "empty"})), st.sampled_from((0, 1, 2)))
        for public_id in ("2024-007", "2025-001", "2025-002", "2025-003")
    },
)
FIRST: State = {ABOUT: ("accents", 0), "reviews/2025-001": ("notes", 2), "reviews/2025-002": ("plain", 1)}


def index(state: State, cache: Cache | None = None) -> dict[str, bytes]:
    """Every file of the index of a site."""
    with tempfile.TemporaryDirectory() as name:
        site, kept = Path(name), KeptTexts(cache)
        for folder, (body, _) in state.items():
            mark = "" if body == "unmarked" else " data-pagefind-body"
            path = site / folder / "index.html"
            path.parent.mkdir(parents=True)
            html = (
                f"<html><body><article{mark}><h1>{folder}</h1>{ {**BODIES, **UNMARKED}[body] }</article></body></html>"
            )
            path.write_text(
                html if body != "empty" else f"<html><body><article{mark}></article></body></html>", "utf-8"
            )
        reviews = [
            make_review(folder.removeprefix("reviews/"), lessons=LESSONS[:lessons])
            for folder, (_, lessons) in state.items()
            if folder != ABOUT
        ]
        indexing.build_index(site, reviews, TODAY, kept)
        kept.keep_used()
        bundle = site / "pagefind"
        return {path.relative_to(bundle).as_posix(): path.read_bytes() for path in bundle.rglob("*") if path.is_file()}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept", lasting=False)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of what Pagefind is given, but for the page that it is always given."""
    addresses: list[str] = []
    ask = PagefindProgram.ask

    def note(self: PagefindProgram, question: str, **details: Any) -> dict[str, Any]:
        addresses.extend([details["url"]] if details.get("url", "/") != "/" else [])
        return ask(self, question, **details)

    monkeypatch.setattr(PagefindProgram, "ask", note)
    return addresses


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(states, min_size=2, max_size=4))
@pytest.mark.slow
def test_over_any_changes_an_index_is_that_of_a_cold_build(changes: list[State]) -> None:
    """Reviews come, change and go, and with them meta fields, spellings and filters; put to Pagefind together or one by one."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        cache = Cache(Path(name, "kept"), lasting=False)
        for state in changes:
            cold = index(state)
            assert index(state, cache) == cold
            patch.setattr(indexing, "PARTS_AT_ONCE", 1)
            assert index(state) == cold
            patch.undo()


def test_only_what_changed_goes_through_pagefind(cache: Cache, asked: list[str]) -> None:
    """A review with its lessons, a page about the site; of what is gone nothing is kept."""
    index(FIRST, cache)
    lessons = [f"/reviews/2025-001/#lesson-{number}" for number in (1, 2)]
    assert sorted(asked) == [
        "/about/labels/",
        "/reviews/2025-001/",
        *lessons,
        "/reviews/2025-002/",
        "/reviews/2025-002/#lesson-1",
    ]
    asked.clear()
    index(FIRST, cache)
    assert asked == []
    changed = {**FIRST, "reviews/2025-001": ("plain", 2)}
    index(changed, cache)
    assert asked == ["/reviews/2025-001/", *lessons]
    asked.clear()
    index({ABOUT: FIRST[ABOUT]}, cache)
    assert asked == []
    assert len(list(cache.folder.iterdir())) == 1


def test_another_pagefind_is_asked_about_everything(
    cache: Cache, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one says of a review is nothing that another's program could search."""
    index(FIRST, cache)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(shutil.copy(get_executable(), tmp_path / "another")))
    asked.clear()
    index(FIRST, cache)
    assert len(asked) == 6


def _set(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda kept: kept["records"][0].update({name: value})


def _cut(name: str) -> Callable[[dict[str, Any]], object]:
    """Without the end: four letters are three bytes."""
    return lambda kept: kept["records"][0].update({name: kept["records"][0][name][:-4]})


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept.clear(),
        lambda kept: kept.update(records=None),
        lambda kept: kept.update(records={"../outside.html": "QQ=="}),
        lambda kept: kept.update(files={"../outside.html": "QQ=="}),
        lambda kept: kept["records"][0].pop("fragment"),
        lambda kept: kept["records"][0].update(path="../outside.html"),
        _set("fragment", "no base64"),
        _set("fragment", "QQ=="),
        _set("fragment", 7),
        _cut("fragment"),
        _cut("sizes"),
        _cut("lengths"),
        _cut("places"),
        _set("lengths", "QQ=="),
        _set("length", -1),
        _set("words", "one"),
        _set("fields", []),
        _set("in_meta", [["nowhere", 0]]),
        _set("in_meta", [[]] * 10_000),
        _set("filters", {"type": 7}),
        _set("spellings", [{"word": "nee", "form": "née", "places": ["0"], "in_meta": []}]),
    ],
)  # fmt: skip
def test_what_was_damaged_where_it_is_kept_is_made_again(
    cache: Cache, asked: list[str], damage: Callable[[dict[str, Any]], object]
) -> None:
    """It is neither trusted nor the end of a build; and whoever can write beside the site writes nowhere else by it."""
    whole = index(FIRST, cache)
    for path in cache.folder.iterdir():
        entry = json.loads(path.read_text(encoding="utf-8"))
        damaged = copy.deepcopy(entry)
        damage(damaged["value"])
        assert damaged != entry
        path.write_text(json.dumps(damaged), encoding="utf-8")
    asked.clear()
    assert index(FIRST, cache) == whole
    assert len(asked) == 6
    asked.clear()
    assert index(FIRST, cache) == whole
    assert asked == []
    assert not list(cache.folder.parent.rglob("outside*"))


def test_what_was_cut_off_is_made_again(cache: Cache, asked: list[str]) -> None:
    """As a full disk leaves it."""
    whole = index(FIRST, cache)
    for path in cache.folder.iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    asked.clear()
    assert index(FIRST, cache) == whole
    assert len(asked) == 6
