"""Citing a review: text, BibTeX, data for machines; none of it weakens the page."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from publishing import site
from publishing.reviews import RedactedReview
from tests.support.serving import Server


def html(staging: Path, public_id: str = "2025-001") -> str:
    """A review's page."""
    return (staging / f"site/reviews/{public_id}/index.html").read_text(encoding="utf-8")


def json_ld(page: str) -> list[str]:
    """The data blocks of a page, as they stand."""
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)


def test_machines_read_what_readers_read(staging: Path) -> None:
    """schema.org Report: the title, the reference, the day and the themes, all from the vocabulary."""
    (block,) = json_ld(html(staging))
    data = json.loads(block)
    assert data["@type"] == "Report"
    assert data["name"] == "Review 2025-001: murder, Greater Manchester, 2018"
    assert data["reportNumber"] == "2025-001"
    assert data["datePublished"] == "2025-02-03"
    assert data["keywords"] == ["Home visits", "Recall", "Recording"]
    assert data["version"] == data["dateModified"]
    # without the site's address, the page's own wherever it stands
    assert data["url"] == "./"


def test_without_the_sites_address_there_is_no_sitemap(staging: Path) -> None:
    """It would be an empty list: what it lists are whole addresses."""
    assert not list((staging / "site").glob("sitemap*"))
    assert "Sitemap" not in (staging / "site/robots.txt").read_text(encoding="utf-8")


def test_nothing_breaks_out_of_the_data(staging: Path) -> None:
    """No <, > or & stands in a data block, whatever a title holds; and no other page has one."""
    for path in (staging / "site").rglob("*.html"):
        for block in json_ld(path.read_text(encoding="utf-8")):
            assert not set(block) & set("<>&")
    assert not json_ld((staging / "site/reviews/2025-001/learning/index.html").read_text(encoding="utf-8"))


def test_a_title_cannot_end_the_block(tmp_path: Path) -> None:
    """MkDocs' environment escapes what would."""
    from mkdocs.config import load_config

    from publishing.settings import project_root

    environment = load_config(str(project_root() / "mkdocs.yml"), docs_dir=str(tmp_path)).theme.get_env()
    text = environment.from_string("{{ {'name': value} | tojson }}").render(
        value='</script><script>alert("1")</script>'
    )
    assert "<" not in text
    assert json.loads(text)["name"].startswith("</script>")


def test_bibtex_is_whole(staging: Path) -> None:
    """Braces are balanced and the entry has what a bibliography needs."""
    entry = unescape(re.sub(r"<[^>]+>", "", re.search(r'<pre [^>]*id="cite-bibtex".*?</pre>', html(staging), re.S)[0]))
    assert entry.count("{") == entry.count("}")
    assert entry.startswith("@techreport{candour-2025-001,\n")
    assert "title = {Review 2025-001: murder, Greater Manchester, 2018}" in entry
    assert "author = {{Ministry of Justice}}" in entry
    assert "url = {address of this page}" in entry


@pytest.mark.build
def test_a_site_that_knows_its_address_says_it(
    make_review: Callable[..., RedactedReview], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, today: dt.date
) -> None:
    """With CANDOUR_SITE_URL citations, data, cards and security.txt carry whole addresses, without a script."""
    monkeypatch.setenv("CANDOUR_SITE_URL", "https://learning.example.org/sfo/")
    site.publish([make_review()], [], tmp_path, today)
    page = html(tmp_path)
    assert page.count("https://learning.example.org/sfo/reviews/2025-001/") >= 5
    assert json.loads(json_ld(page)[0])["url"] == "https://learning.example.org/sfo/reviews/2025-001/"
    assert '<meta property="og:image" content="https://learning.example.org/sfo/assets/social-card.png">' in page
    assert 'href="/sfo/reviews/"' in (tmp_path / "site/404.html").read_text(encoding="utf-8")
    listed = re.findall(
        r"<loc>https://learning.example.org/sfo/(.*?)</loc>", (tmp_path / "site/sitemap.xml").read_text("utf-8")
    )
    assert {"", "reviews/2025-001/", "themes/recall/", "about/"} <= set(listed)
    assert not [address for address in listed if re.search("learning|2024-009|reviews/2018|lessons/agencies", address)]
    archive = (tmp_path / "site/sitemap.xml.gz").read_bytes()
    assert int.from_bytes(archive[4:8], "little") == int(dt.datetime(2025, 11, 3, tzinfo=dt.UTC).timestamp())
    assert gzip.decompress(archive) == (tmp_path / "site/sitemap.xml").read_bytes()
    assert "Sitemap: https://learning.example.org/sfo/sitemap.xml" in (tmp_path / "site/robots.txt").read_text("utf-8")
    canonical = "Canonical: https://learning.example.org/sfo/.well-known/security.txt"
    assert canonical in (tmp_path / "site/.well-known/security.txt").read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_citation_is_copied(browser: Browser, server: Server) -> None:
    """Text and BibTeX go to the clipboard with the page's address, and readers are told."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server.root + "reviews/2025-001/")
    for name, words in (
        ("Copy citation", "Candour, Ministry of Justice. Published 3"),
        ("Copy BibTeX", "@techreport{"),
    ):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#copied")).to_have_text("Copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert words in copied
        assert server.root + "reviews/2025-001/" in copied
    context.close()


@pytest.mark.browser
def test_where_nothing_may_be_copied_the_text_is_selected(first_page: Page, server: Server) -> None:
    """A browser that refuses leaves the reader one key press away."""
    first_page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    first_page.goto(server.root + "reviews/2025-001/")
    first_page.get_by_role("button", name="Copy citation").click()
    expect(first_page.locator("#copied")).to_contain_text("Press Ctrl and C")
    assert "Review 2025-001" in first_page.evaluate("getSelection().toString()")


@pytest.mark.browser
def test_without_javascript_a_citation_is_there_to_be_read(browser: Browser, server: Server) -> None:
    """No button that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.root + "reviews/2025-001/")
    expect(page.locator("#cite-bibtex")).to_be_visible()
    expect(page.get_by_role("button", name="Copy citation")).not_to_be_visible()
    context.close()
