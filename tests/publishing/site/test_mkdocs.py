"""The built HTML: strict, self-contained, whole, and the same twice."""

from __future__ import annotations

import datetime as dt
import filecmp
import logging
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from publishing import settings as project
from publishing import site
from publishing.errors import BuildError
from publishing.reviews import RedactedReview, Withdrawal
from publishing.site import mkdocs

OUTSIDE = {
    "https://www.bbc.co.uk/weather",
    "https://247sexualabusesupport.org.uk/",
    "https://999bsl.co.uk/",
    "https://aafda.org.uk/",
    "https://mensadviceline.org.uk/",
    "https://samm.org.uk/",
    "https://www.callhelpline.org.uk/",
    "https://www.childline.org.uk/",
    "https://www.gov.wales/live-fear-free",
    "https://www.modernslaveryhelpline.org/",
    "https://www.nationaldahelpline.org.uk/",
    "https://www.nspcc.org.uk/",
    "https://www.relayuk.bt.com/",
    "https://www.samaritans.org/",
    "https://www.suzylamplugh.org/",
    "https://www.victimsupport.org.uk/",
    "https://www.equalityadvisoryservice.com/",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
"""Every link that leaves the site, for a reader to follow."""


class Page(HTMLParser):
    """The addresses, anchors and words of a built page."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.words: list[str] = []
        self._within = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag points at."""
        found = {name: value or "" for name, value in attrs}
        self._within = tag
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        self.loads += [found[name] for name in ("src", "srcset", "poster", "data") if name in found]
        self.loads += [found["href"]] if tag == "link" else []
        data = found.get("type") == "application/ld+json"  # it runs nothing, so the policy lets it be
        self.inline += [tag] if tag in ("script", "style") and "src" not in found and not data else []
        self.inline += [name for name in found if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        """Keep words that a reader sees."""
        if self._within not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        """The page's words, white space as one space."""
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def built(staging: Path) -> dict[Path, Page]:
    """Every page of the built site."""
    return {path: Page(path) for path in sorted((staging / "site").rglob("*.html"))}


def test_every_page_says_that_the_cases_are_invented(built: dict[Path, Page]) -> None:
    """The setting is on for the sample cases: no page, the 404 page included, leaves it unsaid."""
    assert all("The cases on this site are invented." in page.text for page in built.values())


def test_every_page_is_described_by_what_it_is_about(staging: Path, built: dict[Path, Page]) -> None:
    """None has the site's own description, and a review has its first lesson."""
    described = {
        path: re.search(r'<meta name="description" content="([^"]+)"', path.read_text("utf-8")) for path in built
    }
    said = {path: found[1] for path, found in described.items() if found}
    assert {path.name for path in built.keys() - said.keys()} == {"404.html"}
    assert not [path for path, words in said.items() if words == project.read_mkdocs_settings()["site_description"]]
    assert said[staging / "site/reviews/2025-001/index.html"].startswith(
        "A home must be seen, not heard about: [Manager 1] &lt;b&gt;said"
    )


def test_nothing_is_loaded_from_elsewhere(built: dict[Path, Page]) -> None:
    """No page asks another host for anything, and links that leave are the few we mean."""
    for page in built.values():
        assert not [address for address in page.loads if urlsplit(address).netloc]
        assert {link for link in page.links if urlsplit(link).netloc} <= OUTSIDE


def test_no_page_runs_inline_script(built: dict[Path, Page]) -> None:
    """Every script and style is a file of the site, so that a strict content security policy can hold."""
    assert {path.name for path, page in built.items() if page.inline} <= {"404.html"}
    assert [page.inline for path, page in built.items() if path.name == "404.html"] == [["style", "script", "script"]]


def test_every_link_leads_somewhere(staging: Path, built: dict[Path, Page]) -> None:
    """Each relative link and anchor exists, from every page, without a site_url."""
    root = staging / "site"
    dead = []
    for path, page in built.items():
        for address in page.links + page.loads:
            parts = urlsplit(address)
            if parts.netloc or parts.scheme in ("mailto", "tel"):
                continue
            target = root / parts.path.lstrip("/") if parts.path.startswith("/") else path.parent / unquote(parts.path)
            target = target.resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in built[target].ids):
                dead.append((path.relative_to(root).as_posix(), address))
    assert not dead


def test_anchors_are_unique_and_promised_ones_are_ours(staging: Path, built: dict[Path, Page]) -> None:
    """`#lesson-1` and `#p1` lead to the lesson and the paragraph, whatever a review calls its headings."""
    page = built[staging / "site/reviews/2025-001/index.html"]
    assert len(page.ids) == len(set(page.ids))
    assert {"lesson-1", "lesson-2", "p1", "p2", "section-lesson-1", "section-p1"} <= set(page.ids)
    assert all(len(page.ids) == len(set(page.ids)) for page in built.values())


def test_a_reviews_text_is_text(staging: Path, built: dict[Path, Page]) -> None:
    """Labels, tags and braces stand on the page as they stand in the review."""
    html = (staging / "site/reviews/2025-001/index.html").read_text(encoding="utf-8")
    text = built[staging / "site/reviews/2025-001/index.html"].text
    assert "[Practitioner 1]: No. That is how" in text
    assert '[Victim 1](aged 25) had asked for help twice.1 <script>alert("x")</script> & so on, {{ review }}.' in text
    assert "[Victim 1](aged) rang the office | nobody rang back" in text
    assert "[Manager 1] <b>said</b> so." in text
    assert "<script>alert" not in html
    assert "<b>" not in html


def test_two_builds_are_byte_for_byte_the_same(
    staging: Path,
    reviews: tuple[RedactedReview, ...],
    withdrawals: tuple[Withdrawal, ...],
    today: dt.date,
    tmp_path: Path,
) -> None:
    """The same input gives the same files, search index and archives' times included."""
    site.publish(list(reversed(reviews)), withdrawals, tmp_path, today)
    first = sorted(path.relative_to(staging) for path in staging.rglob("*") if path.is_file())
    second = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert first == second
    assert filecmp.cmpfiles(staging, tmp_path, first, shallow=False)[1:] == ([], [])


def test_no_file_knows_the_machine_or_the_hour(staging: Path, tmp_path: Path) -> None:
    """No path of this machine and no other day than the build's stands in a page."""
    for path in (staging / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert str(staging) not in html
        assert os.getcwd() not in html


def test_the_themes_own_scripts_and_search_are_not_shipped(staging: Path) -> None:
    """What no page asks for is not published."""
    names = {path.name for path in (staging / "site/assets").rglob("*")}
    assert not [name for name in names if name.endswith(".map") or name.startswith(("bundle.", "palette."))]
    assert "lunr" not in names
    assert not (staging / "site/partials").exists()
    assert (staging / "site/robots.txt").is_file()


@pytest.mark.parametrize("disabled", [logging.NOTSET, logging.CRITICAL])
def test_a_broken_link_stops_the_build(
    staging: Path, tmp_path: Path, today: dt.date, disabled: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """MkDocs' warnings are errors, told in its own words, and nothing is printed; also where logging is switched off."""
    logging.disable(disabled)
    markdown = tmp_path / "markdown"
    markdown.mkdir()
    for path in (staging / "markdown").rglob("*"):
        if path.is_file():
            target = markdown / path.relative_to(staging / "markdown")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (markdown / "about/privacy.md").write_text("# Privacy\n\n[gone](nowhere.md)\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"nowhere\.md"):
        mkdocs.build_html(markdown, tmp_path / "site", today)
    assert logging.root.manager.disable == disabled
    assert capfd.readouterr().err == ""
    logging.disable(logging.NOTSET)


def test_the_environment_is_left_as_it_was(staging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building sets no variable and no logger for what comes after."""
    assert "SOURCE_DATE_EPOCH" not in os.environ
    assert logging.getLogger("mkdocs").propagate


def test_a_page_does_not_grow_with_the_number_of_reviews(built: dict[Path, Page], staging: Path) -> None:
    """Reviews stand outside the nav: no page's frame lists them."""
    about = (staging / "site/about/privacy/index.html").read_text(encoding="utf-8")
    assert not re.search(r"reviews/2025-", about)
