"""Headers: a policy so strict that only the site's own files run, and pages that pass it in Chromium."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from publishing.settings import project_root
from publishing.site import headers
from tests.support.serving import Server


def policy(site: Path) -> dict[str, list[str]]:
    """The content security policy's directives."""
    lines = headers.response_headers(site)["Content-Security-Policy"].split("; ")
    return {name: sources for name, *sources in (line.split() for line in lines)}


def test_nothing_but_our_own_files_runs(staging: Path) -> None:
    """No unsafe-inline, no unsafe-eval, no other host; hashes are those of the 404 page alone."""
    found = policy(staging / "site")
    assert found["default-src"] == ["'none'"]
    assert found["script-src"][:2] == ["'self'", "'wasm-unsafe-eval'"]
    assert found["style-src"][0] == "'self'"
    assert len(found["script-src"]) == 4
    assert len(found["style-src"]) == 2
    every = [source for sources in found.values() for source in sources]
    assert not [source for source in every if "unsafe-inline" in source or source == "'unsafe-eval'" or "." in source]


def test_the_file_is_what_hosts_read(staging: Path) -> None:
    """A rule for every path and one for the open data, a header a line, as Netlify and Cloudflare Pages want it."""
    first, *lines = (staging / "site/_headers").read_text(encoding="utf-8").splitlines()
    assert (first, lines[-2:]) == ("/*", ["/data/*", "  Access-Control-Allow-Origin: *"])
    lines.remove("/data/*")
    assert all(re.fullmatch(r"  [A-Z][A-Za-z-]+: \S.*", line) for line in lines)


def test_what_hosts_are_given_for_nginx_names_every_header(staging: Path) -> None:
    """docs/nginx.conf keeps up with the file, the hashes of the 404 page too; tests/acceptance/test_nginx.py runs it."""
    given = (project_root() / "docs/nginx.conf").read_text(encoding="utf-8")
    for name, value in headers.response_headers(staging / "site").items():
        assert f'add_header {name} "{value}" always;' in given


@pytest.mark.browser
@pytest.mark.parametrize(
    "lost", ["themes/home-visits/page-2/", "themes/home-visits/page-31", "themes/home-visits/page-2/index.html"]
)
def test_a_list_that_grew_shorter_is_found_again(browser: Browser, server: Server, lost: str) -> None:
    """Its first page, on any web server; where the list itself is not there, the reader is told."""
    page = browser.new_page()
    page.goto(server.root + lost)
    page.wait_for_url(f"{server.root}themes/home-visits/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Theme: home visits")
    page.goto(f"{server.root}themes/no-such-theme/page-2/")
    page.wait_for_url(f"{server.root}themes/no-such-theme/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("reviews/2018/", "years/2018/"),
        ("reviews/2018", "years/2018/"),
        ("lessons/2019/page-2/", "years/2019/"),
        ("lessons/agencies/police/index.html", "agencies/police/"),
        ("lessons/agencies/police/page-3/", "agencies/police/"),
        ("recommendations/page-2/", "lessons/"),
    ],
)
def test_a_list_that_moved_is_found_again(browser: Browser, server: Server, old: str, now: str) -> None:
    """On any web server, without a page for each address."""
    page = browser.new_page()
    page.goto(server.root + old)
    page.wait_for_url(server.root + now)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Page not found")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "lost", ["/elsewhere.example/page-2/", "//elsewhere.example/page-2", "/elsewhere.example/page-2/index.html"]
)
def test_an_address_that_reads_as_another_site_stays_on_this_one(browser: Browser, server: Server, lost: str) -> None:
    """Two slashes at the beginning of a path are one: nobody is led, and nothing is asked, elsewhere."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    origin = server.root.removesuffix("some/where/")
    page.goto(origin + lost)
    page.wait_for_url(f"{origin}elsewhere.example/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert [url for url in asked if not url.startswith(origin)] == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "lost",
    [
        "themes/home-visits/home-page-2",
        "themes/home-visits/page-2x/",
        "themes/home-visits/page-/",
        "reviews/2018-001/",
        "lessons/agencies/police/x/",
    ],
)
def test_what_only_looks_like_a_page_of_a_list_stays(browser: Browser, server: Server, lost: str) -> None:
    """The reader is told that it is not there, at the address that was asked for."""
    page = browser.new_page()
    page.goto(server.root + lost)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.url == server.root + lost
    page.close()


def test_security_txt_is_where_rfc_9116_has_it(staging: Path) -> None:
    """With a contact and a day on which it expires, within a year of the build."""
    text = (staging / "site/.well-known/security.txt").read_text(encoding="utf-8")
    assert re.search(r"^Contact: (mailto:|https://)\S+$", text, re.MULTILINE)
    assert "\nExpires: 2026-11-01T00:00:00Z\n" in text


def test_the_manifest_names_files_that_are_there(staging: Path) -> None:
    """Icons are the site's own."""
    manifest = json.loads((staging / "site/manifest.webmanifest").read_text(encoding="utf-8"))
    assert all((staging / "site" / icon["src"]).is_file() for icon in manifest["icons"])
    assert (staging / "site/assets/social-card.png").stat().st_size < 60_000


@pytest.mark.browser
@pytest.mark.parametrize(
    "address", ["nowhere/", "reviews/2099-001/", "agencies/nobody/at/all/", "years/1066", "a.html"]
)
def test_a_missing_page_leads_on_under_a_sub_path(browser: Browser, server: Server, address: str) -> None:
    """The 404 page has its style, passes the policy, and its links work, though nobody told it of the sub-path."""
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(server.root + address)
    assert page.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="All reviews").click()
    expect(page).to_have_url(server.root + "reviews/")
    page.go_back()
    expect(page.get_by_text("if the address ends in “page-2/”")).to_be_visible()
    # the address itself is the one thing that was not found
    assert [text for text in wrong if "404" not in text] == []
    context.close()
