"""What `candour build` makes of the samples: the pages that it should, nothing else, whole, and the same twice."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from publishing.vocabulary import terms
from tests.support.paths import ROOT, contents
from tests.support.samples import AS_OF, Sample

TODAY = dt.date.fromisoformat(AS_OF)

# --- what should be published, worked out afresh from what the case folders say ---------------------------------------


@cache
def front_matter(case: Path) -> dict[str, Any]:
    """What a sample says of itself."""
    return yaml.load((case / "review.md").read_text(encoding="utf-8").split("---\n")[1], yaml.CSafeLoader)


def is_signed(case: Path) -> bool:
    """Whether the newest signature is complete and its text is there."""
    path = case / "signoff.yml"
    if not path.is_file() or not (case / "signed.json").is_file():
        return False
    newest = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["signatures"][-1]
    return newest["state"] == "signed"


def is_publishable(case: Path) -> bool:
    """Approved, convicted, weighed, told, signed and out of its embargo."""
    matter = front_matter(case)
    disclosure = matter["disclosure"]
    informed = disclosure["victims_informed"]
    return (
        matter["status"] == "approved"
        and matter["outcome"] in ("convicted", "convicted-of-lesser")
        and disclosure["proceedings"] != "pending"
        and not (isinstance(informed, dt.date) and informed > TODAY)
        and disclosure["considered_on"] <= TODAY
        and matter["publish_on"] <= TODAY
        and is_signed(case)
    )


CASES = sorted(path.parent for path in (ROOT / "reviews").glob("*/review.md"))
IDS = {case: front_matter(case)["public_id"] for case in CASES}
PUBLISHABLE = {IDS[case] for case in CASES if is_publishable(case)}
WITHDRAWN = {IDS[case] for case in CASES if front_matter(case)["status"] == "withdrawn"}
UNPUBLISHED = sorted(set(IDS.values()) - PUBLISHABLE - WITHDRAWN)


# --- reading the site -------------------------------------------------------------------------------------------------


@dataclass
class Page(HTMLParser):
    """The words, links, anchors and loaded things of an HTML page, and where it leads on to by itself, if anywhere."""

    path: Path
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    words: str = ""
    leads_to: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a browser would follow or fetch."""
        given = {name: value or "" for name, value in attrs}
        if name := given.get("id"):
            self.ids.add(name)
        if tag in ("a", "area") and "href" in given:
            self.links.append(given["href"])
        elif "href" in given:
            self.loads.append(given["href"])
        self.loads += [given[name] for name in ("src", "data", "poster", "background", "action") if given.get(name)]
        self.loads += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        self.loads += re.findall(r"url\(([^)]*)\)", given.get("style", ""))
        if given.get("http-equiv", "").lower() == "refresh":
            self.leads_to = given.get("content", "").partition("=")[2]
            self.loads.append(self.leads_to)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words += data


@pytest.fixture(scope="session")
def site(sample: Sample) -> Path:
    """The built site."""
    return sample.out / "site"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, Page]:
    """Every HTML page, read once."""
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def target(site: Path, page: Path, address: str) -> Path:
    """The file that an address of this site stands for."""
    path = unquote(urlsplit(address).path)
    if not path:
        return page
    found = (site / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve()
    return found / "index.html" if found.is_dir() else found


# --- the tests --------------------------------------------------------------------------------------------------------


def test_the_build_succeeds_and_says_what_it_left_out(sample: Sample) -> None:
    """Exit 0, nothing on standard error, and each case that is not published with its reason."""
    assert sample.done.returncode == 0
    assert sample.done.stderr == ""
    said = set(re.findall(r"^left out: (\S+): .+", sample.done.stdout, re.MULTILINE))
    assert said == {case.name for case in CASES if not is_publishable(case)}
    assert re.search(rf"^Published: {len(PUBLISHABLE)} reviews\.", sample.done.stdout, re.MULTILINE)
    # no Chromium is used in it
    assert "the annual reports have no PDF" in sample.done.stdout
    assert list(sample.out.rglob("*.pdf")) == []
    assert (sample.out / "site" / "index.html").is_file()


def test_the_samples_hold_every_kind_of_case() -> None:
    """At least ten to publish, and one each that is a draft, unsigned, under embargo, acquitted and withdrawn."""
    assert len(PUBLISHABLE) >= 10
    matters = [(front_matter(case), is_signed(case)) for case in CASES]
    assert any(matter["status"] == "draft" for matter, _ in matters)
    assert any(matter["outcome"] == "acquitted" for matter, _ in matters)
    approved = [(matter, done) for matter, done in matters if matter["status"] == "approved"]
    assert any(not done for _, done in approved)
    assert any(done and matter["publish_on"] > TODAY for matter, done in approved)
    assert WITHDRAWN


def test_there_is_one_page_for_each_publishable_review(site: Path) -> None:
    """Worked out here from front matter and signatures; the withdrawn one has a notice at its address."""
    found = {path.name for path in (site / "reviews").iterdir() if re.fullmatch(r"\d{4}-\d{3}", path.name)}
    assert found == PUBLISHABLE | WITHDRAWN
    for public_id in PUBLISHABLE:
        assert (site / "reviews" / public_id / "index.html").is_file()
        assert (site / "reviews" / public_id / "learning" / "index.html").is_file()


@pytest.mark.parametrize("public_id", UNPUBLISHED)
def test_what_may_not_be_published_is_nowhere(sample: Sample, public_id: str) -> None:
    """A draft's, an unsigned, an embargoed or an acquitted case's reference stands in no file and no file name."""
    for path in sample.out.rglob("*"):
        assert public_id not in path.name
        if path.is_file():
            data = path.read_bytes()
            assert public_id.encode() not in (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)


@pytest.mark.parametrize("public_id", sorted(WITHDRAWN))
def test_a_withdrawn_review_shows_a_notice_only(sample: Sample, pages: dict[Path, Page], public_id: str) -> None:
    """No record, no lesson, no link to it from any other page, and none of its sections' headings."""
    for name in ("index.html", "learning/index.html"):
        page = pages[sample.out / "site" / "reviews" / public_id / name]
        assert f"Review {public_id} has been withdrawn" in page.words
        assert "Summary" not in page.words
        assert not [anchor for anchor in page.ids if re.fullmatch(r"p\d+|lesson-\d+", anchor)]
    assert not (sample.out / "markdown" / "data" / "reviews" / f"{public_id}.json").exists()
    linked = [page.path for page in pages.values() if any(f"reviews/{public_id}" in link for link in page.links)]
    assert not [path for path in linked if public_id not in path.as_posix()]
    fragments = (site_text(path) for path in (sample.out / "site" / "pagefind" / "fragment").iterdir())
    assert not [text for text in fragments if public_id in text]


def site_text(path: Path) -> str:
    """A search fragment, unpacked."""
    return gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd").decode("utf-8")


def test_every_page_says_that_the_cases_are_invented(pages: dict[Path, Page]) -> None:
    """The 404 page too."""
    assert len(pages) > 50
    assert not [path for path, page in pages.items() if "The cases on this site are invented." not in page.words]


def test_a_reviews_page_has_what_its_signed_text_has(sample: Sample, pages: dict[Path, Page]) -> None:
    """Every lesson has its anchor, every numbered paragraph its own, and each lesson's words are there."""
    for case in CASES:
        if not is_publishable(case):
            continue
        text = json.loads((case / "signed.json").read_text(encoding="utf-8"))["text"]
        page = pages[sample.out / "site" / "reviews" / text["public_id"] / "index.html"]
        numbers = [block["number"] for section in text["sections"] for block in section["blocks"] if block["number"]]
        wanted = {f"p{number}" for number in numbers} | {f"lesson-{lesson['id']}" for lesson in text["lessons"]}
        assert wanted <= page.ids, case.name
        said = " ".join(page.words.split())
        missing = [lesson["id"] for lesson in text["lessons"] if " ".join(lesson["text"].split()) not in said]
        assert not missing, case.name


def test_every_lesson_is_a_search_record_of_its_own(sample: Sample, site: Path) -> None:
    """With its words, its anchor and the filters that the search page offers."""
    records = {}
    for path in (site / "pagefind" / "fragment").iterdir():
        record = json.loads(site_text(path))
        records[record["url"]] = record
    for case in CASES:
        if is_publishable(case):
            text = json.loads((case / "signed.json").read_text(encoding="utf-8"))["text"]
            for lesson in text["lessons"]:
                record = records[f"/reviews/{text['public_id']}/#lesson-{lesson['id']}"]
                assert " ".join(lesson["text"].split()) in " ".join(record["content"].replace("\u2011 ", "-").split())
                assert {"type", "theme", "case", "owner", "offence", "region", "year", "judgement", "status"} <= record[
                    "filters"
                ].keys()


def test_every_internal_link_and_fragment_resolves(site: Path, pages: dict[Path, Page]) -> None:
    """From every page, whatever it links to or loads."""
    dead = []
    for path, page in pages.items():
        for address in page.links + page.loads:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            found = target(site, path, address)
            fragment = unquote(parts.fragment)
            if not found.is_file() or (fragment and fragment not in pages[found].ids):
                dead.append(f"{path.relative_to(site)} -> {address}")
    assert not dead


OLD_ADDRESSES = {"recommendations/index.html": "lessons/index.html"}
"""Where a list once was, and where it is now; others are answered by nginx.conf and by the page that is shown where there is none."""


def empty_lists(pages: dict[Path, Page], site: Path) -> set[str]:
    """Lists that hold nothing, as they say, since a sample is withdrawn: a withdrawn review may have been the last there."""
    return {
        path.relative_to(site).as_posix()
        for path, page in pages.items()
        if "Nothing that is published now stands here" in page.words
    }


def test_lists_that_hold_something_are_those_of_what_is_published(site: Path, pages: dict[Path, Page]) -> None:
    """A list for each year, agency, region, offence and theme of a signed text, and every other term and year empty."""
    facts = [json.loads((c / "signed.json").read_text("utf-8"))["text"]["facts"] for c in CASES if is_publishable(c)]
    expected = {f"years/{one['offence_year']}" for one in facts}
    expected |= {f"offences/{one['offence']}" for one in facts} | {f"regions/{one['region']}" for one in facts}
    expected |= {f"agencies/{a}" for one in facts for a in one["agencies"] if not terms("agencies")[a].coarse}
    empty = empty_lists(pages, site)
    for folder in ("years", "offences", "regions", "agencies"):
        every = {f"{folder}/{path.name}" for path in (site / folder).iterdir() if path.is_dir()}
        assert {name for name in every if f"{name}/index.html" not in empty} == {
            name for name in expected if name.startswith(folder)
        }
    assert {f"years/{year}/index.html" for year in range(1996, 2027)} <= empty | {f"{n}/index.html" for n in expected}


def test_every_page_is_reached_from_home(site: Path, pages: dict[Path, Page]) -> None:
    """By links alone, without a script; but for the 404 page, notices, old addresses and empty lists: only old links find them."""
    waiting, reached = [site / "index.html"], {site / "index.html"}
    while waiting:
        page = waiting.pop()
        for address in pages[page].links:
            if not urlsplit(address).netloc:
                found = target(site, page, address)
                if found in pages and found not in reached:
                    reached.add(found)
                    waiting.append(found)
    left = {path.relative_to(site).as_posix() for path in pages.keys() - reached}
    notices = {
        f"reviews/{public_id}/{name}" for public_id in WITHDRAWN for name in ("index.html", "learning/index.html")
    }
    assert left == {"404.html"} | notices | OLD_ADDRESSES.keys() | empty_lists(pages, site)


def test_exactly_the_old_addresses_lead_on(site: Path, pages: dict[Path, Page]) -> None:
    """Each to the page of the list that stands now, by itself and by a link, and no other page leads on by itself."""
    led = {path: target(site, path, page.leads_to) for path, page in pages.items() if page.leads_to}
    expected = {site / old: site / now for old, now in OLD_ADDRESSES.items()}
    assert led == expected
    for path, to in expected.items():
        assert to in pages
        assert not pages[to].leads_to
        assert to in {target(site, path, address) for address in pages[path].links}


def test_no_page_loads_anything_from_another_host(pages: dict[Path, Page]) -> None:
    """No script, style, image, font, form or refresh has an address with a host."""
    away = {address for page in pages.values() for address in page.loads if re.match(r"\s*(?:[a-z]+:)?//", address)}
    assert away == set()


def test_no_style_and_no_script_asks_another_host(site: Path) -> None:
    """Styles fetch relative addresses; addresses with a host in scripts are names that are never fetched."""
    never_fetched = re.compile(
        r"http://www\.w3\.org/\S*"  # names of SVG and XLink
        r"|https://example\.com\$\{\w+\}"  # Pagefind parses addresses with it
    )
    asked = []
    for path in site.rglob("*"):
        if path.suffix == ".css":
            text = path.read_text(encoding="utf-8")
            fetched = re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s;]*)", text)
            asked += [address for address in fetched if re.match(r"(?:[a-z]+:)?//", address)]
        elif path.suffix in (".js", ".svg"):
            asked += re.findall(r"https?://[^\s\"'<>]+", never_fetched.sub("", path.read_text(encoding="utf-8")))
    assert asked == []


def test_the_output_holds_nothing_else(sample: Sample) -> None:
    """The README, the manifest, the Markdown and the site; plain files of known kinds, none hidden, nothing beside it."""
    assert sorted(path.name for path in sample.out.iterdir()) == ["README.md", "manifest.txt", "markdown", "site"]
    for path in sample.out.rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or path.is_file()
        assert not path.name.startswith(".") or path.name == ".well-known"
    # Netlify and the like read _headers
    kinds = {path.suffix for path in sample.out.rglob("*") if path.is_file() and path.name != "_headers"}
    assert kinds <= {
        ".html", ".md", ".css", ".js", ".json", ".svg", ".png", ".webmanifest", ".txt", ".xml", ".gz", ".csv", ".db", ".jsonld",
        ".pagefind", ".pf_filter", ".pf_fragment", ".pf_index", ".pf_meta",
    }  # fmt: skip
    # but for pages as they were converted, and the room that is kept back for withdrawals
    private = [path for path in sample.out.parent.iterdir() if path.name.startswith(".build")]
    assert sorted(path.name for path in private) == [".build.candour-pages", ".build.candour-reserve"]
    assert not [path for path in private if path.stat().st_mode & 0o077]


def test_originals_stay_with_their_owner(sample: Sample) -> None:
    """What the build remembers of the originals lies in the reviews folder and nobody else can read it."""
    private = sample.reviews / ".candour"
    assert private.is_dir()
    assert not [path for path in (private, *private.rglob("*")) if path.stat().st_mode & 0o077]


def test_two_builds_are_the_same_byte_for_byte(sample: Sample, again: Path) -> None:
    """On another day, in another zone, into another folder: the day of --as-of alone counts."""
    one = {path.relative_to(sample.out): path for path in sample.out.rglob("*")}
    two = {path.relative_to(again): path for path in again.rglob("*")}
    assert one.keys() == two.keys()
    assert not [
        name.as_posix() for name in one if one[name].is_file() and one[name].read_bytes() != two[name].read_bytes()
    ]


def test_the_build_changes_nothing_of_the_cases(sample: Sample, again: Path) -> None:
    """What was signed and decided is only read, and nothing is added beside the private folder; by neither build."""
    for reviews in (sample.reviews, again.parent / "reviews"):
        kept = {name: data for name, data in contents(reviews).items() if not name.startswith(".candour/")}
        assert kept.keys() == sample.given.keys()
        assert not [name for name, data in kept.items() if data != sample.given[name]]
