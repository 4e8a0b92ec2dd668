"""What of a site is kept between builds: whatever changes, the site is that of a cold build, and nothing is made twice."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Template
from markupsafe import Markup

from publishing import site
from publishing.catalogue.national_counts import NationalCount
from publishing.files.cache import Cache
from publishing.reviews import Change, RedactedReview, Withdrawal
from publishing.site import pages
from publishing.site.fingerprints import Fingerprints
from publishing.site.kept_texts import KeptTexts
from publishing.site.search import indexing
from tests.support.redacted_reviews import LESSONS, TODAY, make_review


@dataclass(frozen=True)
class State:
    """What a site is built of."""

    reviews: tuple[RedactedReview, ...]
    gone: tuple[Withdrawal, ...] = ()
    day: dt.date = TODAY
    national: tuple[NationalCount, ...] = ()


CORRECTED = Change(date=dt.date(2025, 6, 1), note="A day was put right.")
SHARED = LESSONS[1].model_copy(update={"same_as": ("2025-001/2",)})
VARIANTS: Sequence[Mapping[str, Any]] = (
    {},
    {"changes": (CORRECTED,)},
    {"region": "london", "themes": ("recall",)},
    {"offence": "rape", "offence_year": 2015},
    {"lessons": (LESSONS[0], SHARED)},
    {"lessons": ()},
    {"content_notes": ("other words",)},
)
reviews = st.dictionaries(st.sampled_from(("2024-007", "2025-001", "2025-002")), st.sampled_from(VARIANTS), min_size=1)
states = st.builds(
    lambda made, gone, day, national: State(
        tuple(make_review(public_id, **changes) for public_id, changes in made.items()),
        (Withdrawal(public_id="2025-002", on=TODAY, reason="legal"),) if gone else (),
        day,
        national,
    ),
    reviews,
    st.booleans(),
    st.sampled_from((TODAY, TODAY + dt.timedelta(1), TODAY + dt.timedelta(60))),
    st.sampled_from(((), (NationalCount("murder", 2018, 12, "Ministry of Justice"),))),
)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(state: State, cache: Cache | None = None) -> dict[str, bytes]:
    """Every file of the Markdown of a site."""
    with tempfile.TemporaryDirectory() as name:
        kept = KeptTexts(cache)
        pages.write_pages(state.reviews, state.gone, Path(name), state.day, state.national, kept=kept)
        kept.keep_used()
        return contents(Path(name))


def published(state: State, cache: Cache | None = None) -> dict[str, bytes]:
    """Every file of a whole site."""
    with tempfile.TemporaryDirectory() as name:
        site.publish(state.reviews, state.gone, Path(name), state.day, national=state.national, kept_pages=cache)
        return contents(Path(name))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of templates that are rendered."""
    names: list[str] = []
    render = Template.render

    def note(self: Template, *args: Any, **kwargs: Any) -> str:
        names.append(str(self.name))
        return render(self, *args, **kwargs)

    monkeypatch.setattr(Template, "render", note)
    return names


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept", lasting=False)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(states, min_size=2, max_size=3))
@pytest.mark.slow
def test_over_any_changes_pages_are_those_of_a_cold_build(changes: list[State]) -> None:
    """Reviews come, change and go, are withdrawn, other cases are counted, days pass."""
    with tempfile.TemporaryDirectory() as name:
        cache = Cache(Path(name, "kept"), lasting=False)
        for state in changes:
            assert written(state, cache) == written(state)


@pytest.mark.build
def test_a_whole_site_is_that_of_a_cold_build(cache: Cache, rendered: list[str]) -> None:
    """Pages, texts to take away and the index of search: made again only where something changed."""
    first = make_review()
    before = State((first, make_review("2025-002", region="london", themes=("mappa",))))
    cold = published(before)
    assert published(before, cache) == cold
    rendered.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "_html_to_index", lambda *_: pytest.fail("indexed again"))
        assert published(before, cache) == cold
    # what is no page: it is not kept
    assert {name for name in rendered if not name.endswith((".xml", ".txt", "404.html"))} == set()
    corrected = State((first, make_review("2025-002", region="london", themes=("mappa",), changes=(CORRECTED,))))
    warm = published(corrected, cache)
    assert rendered.count("review.md.j2") == rendered.count("review_text.md.j2") == 1
    assert warm == published(corrected)


def test_what_is_gone_is_kept_nowhere(cache: Cache) -> None:
    """The words of a review that was taken out are in no entry."""
    told = make_review("2025-002", content_notes=("marigolds",))
    written(State((make_review(), told)), cache)
    assert any("marigolds" in path.read_text(encoding="utf-8") for path in cache.folder.iterdir())
    written(State((make_review(),)), cache)
    assert not any("marigolds" in path.read_text(encoding="utf-8") for path in cache.folder.iterdir())


def test_another_template_renders_everything_anew(
    cache: Cache, rendered: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that includes it is another too, so every page is."""
    kept = KeptTexts(cache)
    assert kept.rendered({"page": 1}, lambda: "first") == "first"
    assert KeptTexts(cache).rendered({"page": 1}, lambda: "second") == "first"
    (tmp_path / "templates" / "pages").mkdir(parents=True)
    (tmp_path / "templates" / "pages" / "_parts.md.j2").write_text("Other words.", encoding="utf-8")
    monkeypatch.setattr("publishing.site.kept_texts.project_root", lambda: tmp_path)
    assert KeptTexts(cache).rendered({"page": 1}, lambda: "second") == "second"


def test_a_value_that_does_not_say_what_it_is_made_of_is_refused() -> None:
    """Nobody could tell whether it changed."""
    describe = Fingerprints().describe
    outside = dt.date(2025, 3, 1)
    for unknown in (object(), lambda: outside, iter(())):
        with pytest.raises(TypeError):
            describe(unknown)


def test_values_that_templates_show_otherwise_are_described_otherwise() -> None:
    """A number and its digits, what is escaped and what is safe, the order of a list."""
    describe = Fingerprints().describe
    values: tuple[object, ...] = (1, "1", True, Markup("1"), [1], [1, 2], [2, 1], {"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert len({json.dumps(describe(value)) for value in values}) == len(values)
