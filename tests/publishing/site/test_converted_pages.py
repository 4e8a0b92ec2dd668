"""Pages that were converted before: the site is the same to the byte, faults included, and nothing is converted twice."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from publishing.errors import BuildError
from publishing.files.cache import Cache
from publishing.files.reuse import Cause
from publishing.progress import told_to
from publishing.settings import project_root
from publishing.site import mkdocs
from publishing.site.kept_texts import KeptTexts
from publishing.site.site_options import read_mkdocs_settings
from tests.support.hearing import Heard

DAY = dt.date(2025, 3, 1)
REVIEW, LEARNING, NOTICE = (
    "reviews/2025-001/index.md",
    "reviews/2025-001/learning/index.md",
    "reviews/2025-002/index.md",
)


def _menu_pages(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for item in nav:
            yield from _menu_pages(item)
    elif isinstance(nav, dict):
        for within in nav.values():
            yield from _menu_pages(within)


MENU = dict.fromkeys(_menu_pages(read_mkdocs_settings()["nav"]), "# A page of the menu\n\nWords.\n")


def write(folder: Path, pages: Mapping[str, str]) -> None:
    for path, text in {**MENU, **pages}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def build(pages: Mapping[str, str], cache: Cache | None = None) -> dict[str, bytes] | str:
    """Every file of the site that has such pages, or what its maker is told."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name, "markdown"), pages)
        site, kept = Path(name, "site"), KeptTexts(cache)
        try:
            mkdocs.build_html(Path(name, "markdown"), site, DAY, kept=kept)
        except BuildError as error:
            return str(error)
        kept.keep_used()
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The Markdown of every page that is converted."""
    texts: list[str] = []
    convert = Markdown.convert

    def note(self: Markdown, source: str) -> Any:
        texts.append(source)
        return convert(self, source)

    monkeypatch.setattr(Markdown, "convert", note)
    return texts


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "pages")


def test_what_did_not_change_is_not_converted_again(cache: Cache, converted: list[str]) -> None:
    """One page changed: that alone; and a page of the menu keeps the title that the menu gives it."""
    linked = "[about](../../about/privacy.md), [its first](learning/index.md#first), [own first](#first), a note.[^1]"
    pages = {
        REVIEW: f"---\ntemplate: review.html\nkind: learning\ntitle: A\n---\n# One\n\n## First\n\n{linked}\n\n[^1]: The note.\n",
        LEARNING: "# Two\n\n## First\n",
    }
    first = build(pages, cache)
    assert isinstance(first, dict)
    assert first == build(pages)
    converted.clear()
    assert build(pages, cache) == first
    assert not converted
    changed = build({**pages, LEARNING: "# Two\n\n## First\n\nMore.\n"}, cache)
    assert converted == ["# Two\n\n## First\n\nMore.\n"]
    assert isinstance(changed, dict)
    assert b"More." in changed["reviews/2025-001/learning/index.html"]


def test_it_is_told_which_pages_were_converted_and_why(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that changed, those that are new, and all of them where what they are converted with is another."""

    def build_again(pages: Mapping[str, str]) -> dict[str, tuple[Cause, ...]]:
        shutil.rmtree(tmp_path / "markdown", ignore_errors=True)
        write(tmp_path / "markdown", pages)
        kept = KeptTexts(Cache(cache.folder))
        mkdocs.build_html(tmp_path / "markdown", tmp_path / "site", DAY, kept=kept)
        kept.keep_used()
        reuse = kept.reuse_of_pages()
        assert reuse
        assert reuse.kept + len(reuse.again) == len(MENU) + len(pages)
        return dict(reuse.again)

    pages = {REVIEW: "# One\n", LEARNING: "# Two\n"}
    assert build_again(pages) == dict.fromkeys((*MENU, REVIEW, LEARNING), (Cause.NEW,))
    assert build_again(pages) == {}
    changed = {REVIEW: "# Other\n", LEARNING: "# Two\n", NOTICE: "# Three\n"}
    assert build_again(changed) == {REVIEW: (Cause.TEXT,), NOTICE: (Cause.NEW,)}
    monkeypatch.setattr("publishing.site.converted_pages._LIBRARIES", ("Markdown",))
    assert set(build_again(changed).values()) == {(Cause.PROGRAM,)}


def test_what_a_build_that_failed_converted_is_not_told_of_the_next(cache: Cache) -> None:
    """A page that it kept, and that is gone, is none of the site's."""
    assert isinstance(build({REVIEW: "# One\n\n[gone](../2025-002/index.md)\n", LEARNING: "# Two\n"}, cache), str)
    assert build({REVIEW: "# One\n"}, cache) == build({REVIEW: "# One\n"})


def test_the_same_words_at_another_address_are_another_page(cache: Cache) -> None:
    """Links are told from where a page is: as a page of its own or as a folder's first."""
    words, note = "# One\n\n[the note](note.md)\n", "# Note\n"
    build({"reviews/2025-001/index.md": words, "reviews/2025-001/note.md": note}, cache)
    pages = {"reviews/2025-001/other.md": words, "reviews/2025-001/note.md": note}
    assert build(pages, cache) == build(pages)


@pytest.mark.parametrize(
    "pages",
    [
        {REVIEW: "# One\n\n[gone](../2025-002/index.md)\n"},
        {REVIEW: "# One\n\n[gone](../2025-002/index.md#first)\n", NOTICE: "# Withdrawn\n"},
        {REVIEW: "# One\n\n[here](#nowhere)\n"},
        {REVIEW: "# One\n\n[outside](/about/privacy.md)\n"},
    ],
    ids=["page", "anchor", "own-anchor", "absolute"],
)
def test_a_page_that_was_right_or_wrong_before_is_judged_anew(cache: Cache, pages: Mapping[str, str]) -> None:
    """A link leads nowhere once its target is gone, and twice the same fault is told twice."""
    sound = {**pages, NOTICE: "# Two\n\n## First\n"}
    build(sound, cache)
    told = build(pages)
    assert isinstance(told, str)
    for _ in range(2):
        assert build(pages, cache) == told


@pytest.mark.parametrize("page", ["stray/index.md", "about/new.md"])
def test_a_page_that_no_menu_knows_is_told_all_the_same(cache: Cache, page: str) -> None:
    """MkDocs warns of pages that are neither in the menu nor said to be out of it."""
    told = build({page: "# Stray\n"})
    assert isinstance(told, str)
    assert "not included in the" in told
    assert build({page: "# Stray\n"}, cache) == told


@pytest.mark.parametrize("damage", ["{", '{"key": "x"}', "", None])
def test_an_entry_that_is_no_page_costs_time_alone(cache: Cache, damage: str | None) -> None:
    """Cut short, of another form, or one whose value is another thing."""
    pages = {REVIEW: "# One\n\nWords.\n"}
    first = build(pages, cache)
    for path in cache.folder.iterdir():
        entry = json.loads(path.read_text(encoding="utf-8"))
        entry["value"] = {"content": 1}
        path.write_text(json.dumps(entry) if damage is None else damage, encoding="utf-8")
    assert build(pages, cache) == first


def test_nothing_is_kept_of_a_page_that_is_gone(cache: Cache) -> None:
    """The words of a review that was taken out are in no entry."""
    build({REVIEW: "# One\n\nMarigold.\n"}, cache)
    assert any("Marigold" in path.read_text(encoding="utf-8") for path in cache.folder.iterdir())
    build({REVIEW: "# Withdrawn\n"}, cache)
    assert not any("Marigold" in path.read_text(encoding="utf-8") for path in cache.folder.iterdir())


def test_other_settings_convert_everything_anew(
    cache: Cache, converted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """mkdocs.yml says what Markdown can do."""
    pages = {REVIEW: "# One\n\nOne\n: two\n"}
    build(pages, cache)
    root = tmp_path / "root"
    root.mkdir()
    text = (project_root() / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text.replace("  - def_list\n", ""), encoding="utf-8")
    for name in ("templates", "site_src"):
        shutil.copytree(project_root() / name, root / name)
    monkeypatch.setattr(mkdocs, "project_root", lambda: root)
    converted.clear()
    other = build(pages, cache)
    assert converted
    assert isinstance(other, dict)
    assert b"<dl>" not in other["reviews/2025-001/index.html"]


def test_how_far_it_has_come_is_told_of_converting_and_of_framing(tmp_path: Path) -> None:
    """Each page counts in both, those that were kept too; a build that fails has ended its step."""
    pages = {REVIEW: "# One\n\nWords.\n"}
    heard, cache = Heard(), Cache(tmp_path / "pages")
    with told_to(heard):
        build(pages, cache)
        build(pages, cache)
        assert "could not be built" in build({REVIEW: "[nowhere](nowhere.md)"}, cache)
    total = len(MENU) + 1
    whole = [("converting pages", total, total), ("framing pages", total, total)]
    assert heard.steps[:4] == whole * 2
    assert len(heard.steps) > 4


_PARTS = st.sampled_from(
    [
        "## First",
        "## Second *in* `part`",
        "### First",
        "Words with a note.[^1]\n\n[^1]: The note.",
        "| a | b |\n|---|--:|\n| 1 | 2 |",
        "[about](../../about/privacy.md)",
        "[the other](../2025-002/index.md)",
        "[its first](../2025-002/index.md#first)",
        "[own first](#first)",
        "[one](../2025-001/index.md#second-in-part)",
        '<div id="first" markdown>Within *it*.</div>',
    ]
)
_SITES = st.fixed_dictionaries({REVIEW: st.lists(_PARTS, max_size=4)}, optional={NOTICE: st.lists(_PARTS, max_size=4)})


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_SITES, min_size=2, max_size=4))
def test_over_any_changes_it_is_the_site_of_a_cold_build(states: list[dict[str, list[str]]]) -> None:
    """Pages that come, change and go, links that lead nowhere for a while: the same bytes, or the same words of what is wrong."""
    with tempfile.TemporaryDirectory() as name:
        cache = Cache(Path(name, "pages"))
        for state in states:
            pages = {path: "\n\n".join(["# Title", *parts]) + "\n" for path, parts in state.items()}
            assert build(pages, cache) == build(pages)
