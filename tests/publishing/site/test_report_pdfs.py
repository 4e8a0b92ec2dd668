"""Annual reports as PDF: of the page alone, the same for the same page, read back by the gate, and left out where Chromium fails."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from publishing.files.cache import Cache
from publishing.site import printing, report_pdfs
from publishing.site.chromium import CHROMIUM
from publishing.site.kept_texts import KeptTexts
from publishing.site.site_options import SiteOptions
from redaction import DRAWN_IN_PDF, LeakSearch, Register, unpack

OPTIONS = SiteOptions(address="https://learning.example.org/sfo/", invented=True)
PAGE = "trends/2025/index.html"
PDF = "trends/2025/trends-and-lessons-2025.pdf"


@pytest.fixture
def site(staging: Path, tmp_path: Path) -> Path:
    """A built site to print the reports of."""
    return Path(shutil.copytree(staging / "site", tmp_path / "site"))


def drawn(pdf: bytes) -> str:
    """What the gate reads on the pages of a PDF."""
    return next(part.text for part in unpack(pdf) if part.how == DRAWN_IN_PDF)


@pytest.mark.usefixtures("chromium")
def test_a_report_is_printed_and_its_page_leads_to_it(site: Path, today: dt.date) -> None:
    """Its words, day, address and page numbers, and nothing of the frame or of this machine."""
    before = (site / PAGE).read_text(encoding="utf-8")
    assert list(report_pdfs.write_report_pdfs(site, today, OPTIONS)) == []
    page, pdf = (site / PAGE).read_text(encoding="utf-8"), (site / PDF).read_bytes()
    link = re.search(r'<p class="onward"><a href="(\S+)">(.*?)</a> \(PDF, (\d+) pages, (\d+) kB\)</p>', page)
    assert link
    assert (link[1], link[2], int(link[4])) == (Path(PDF).name, "Trends and lessons, 2025", len(pdf) // 1000)
    assert page.replace(link[0], "<!-- printed report -->") == before
    text = drawn(pdf)
    for words in (
        "Trends and lessons, 2025",
        "What keeps going wrong",
        "The cases in this report are invented.",
        "As published on",
        "https://learning.example.org/sfo/trends/2025/",
    ):
        assert words in text
    assert f"Page 1 of {link[3]}" in text.replace("\n", "")
    for words in ("Exit this page", "Search this site", "Tell us what", "All years", "Skip to content"):
        assert words not in text
    assert b"(https://learning.example.org/sfo/reviews/2025-001/#lesson-1)" in pdf
    assert not re.search(rb"file:|Linux|/tmp|\.\./", pdf)


@pytest.mark.usefixtures("chromium")
def test_the_same_page_gives_the_same_bytes(staging: Path, tmp_path: Path, today: dt.date) -> None:
    """Whenever and wherever it is printed; where the site's address is not known, no link leads anywhere."""
    nowhere = replace(OPTIONS, address="")
    made = []
    for name in ("one", "another-place"):
        site = Path(shutil.copytree(staging / "site", tmp_path / name / "site"))
        assert list(report_pdfs.write_report_pdfs(site, today, nowhere)) == []
        assert [path.name for path in site.parent.iterdir()] == ["site"]
        made.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    assert made[0] == made[1]
    assert b"/URI (" not in made[0][Path(PDF)]
    assert f"(D:{today:%Y%m%d}".encode() in made[0][Path(PDF)]


@pytest.mark.usefixtures("chromium")
def test_a_page_that_is_the_same_is_not_printed_again(
    staging: Path, tmp_path: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another day, or where what was kept of it is damaged, it is; and what is of no page is kept no more."""
    printed: list[Path] = []
    print_to_pdf = printing.print_to_pdf

    def note(page: bytes, room: Path) -> bytes:
        printed.append(room)
        return print_to_pdf(page, room)

    monkeypatch.setattr(printing, "print_to_pdf", note)
    cache = Cache(tmp_path / "kept", lasting=False)

    def write(name: str, day: dt.date) -> bytes:
        site = Path(shutil.copytree(staging / "site", tmp_path / name / "site"))
        assert list(report_pdfs.write_report_pdfs(site, day, OPTIONS, KeptTexts(cache))) == []
        return (site / PDF).read_bytes()

    first, count = write("first", today), len(printed)
    assert write("again", today) == first
    assert len(printed) == count
    entries = sorted(cache.folder.iterdir())
    assert len(entries) == count
    whole = entries[0].read_text(encoding="utf-8")
    cut = whole.replace(whole[len(whole) // 2 : -4], "")
    for damage in ("{}", whole.replace('"pdf": "', '"pdf": "%'), cut):
        entries[0].write_text(damage, encoding="utf-8")
        assert write(f"damaged {len(damage)}", today) == first
    assert len(printed) == count + 3
    write("later", today + dt.timedelta(1))
    assert len(printed) == 2 * count + 3
    assert not set(entries) & set(cache.folder.iterdir())


@pytest.mark.usefixtures("chromium")
def test_a_link_leads_where_it_leads_on_the_page(site: Path, today: dt.date) -> None:
    """One with a question for several things too."""
    page = (site / PAGE).read_text(encoding="utf-8")
    link = '<p><a href="../../search/?theme=risk&amp;year=2025">Search</a></p>'
    (site / PAGE).write_text(page.replace("</h1>", f"</h1>{link}", 1), encoding="utf-8")
    assert list(report_pdfs.write_report_pdfs(site, today, OPTIONS)) == []
    assert b"(https://learning.example.org/sfo/search/?theme=risk&year=2025)" in (site / PDF).read_bytes()


WRITTEN = {
    "Darren Whitlock": "Darren Whitlock",
    "Tomasz Lovell": "Tom<b>asz</b> <i>Lovell</i>",
    "Ada Quarmby": "<span style='font-size:30pt'>Ada<br>Quarmby</span>",
    "Ruth Moorhouse": "<svg width='300' height='40'><text x='0' y='20'>Ruth Moorhouse</text></svg>",
    "Griffin Zażółć": "Griffin Zażółć",
    "Effie Świerczyńska": "<b>Ef</b>fie Świerczyńska",
}
"""Names, and how pages have them: in pieces, on two lines, in a chart, with ligatures, with letters of other fonts."""


@pytest.mark.usefixtures("chromium")
def test_a_name_on_a_page_that_chromium_printed_is_found(tmp_path: Path) -> None:
    """Each of them by the gate; others are no leak."""
    people = "format: 1\npeople: [{{role: victim, names: [{}]}}]\n"
    search = LeakSearch({name: Register.parse(people.format(name)).identities() for name in WRITTEN})
    page = "<!doctype html><meta charset='utf-8'><title>A report</title>{}"
    seen = page.format("".join(f"<p>Seen by {written} twice.</p>" for written in WRITTEN.values()))
    leaks = search.bytes(printing.print_to_pdf(seen.encode(), tmp_path / "room"))
    assert {leak.owner for leak in leaks if leak.how == DRAWN_IN_PDF} == set(WRITTEN)
    other = page.format("<p>Seen by Dorothy Whitmarsh and griffins twice.</p>")
    assert search.bytes(printing.print_to_pdf(other.encode(), tmp_path / "room")) == ()


def stand_in(folder: Path, script: str) -> str:
    """A program in Chromium's place, which prints at `$out`."""
    path = folder / "browser"
    path.write_text(
        f'#!/bin/sh\nfor each; do case "$each" in --print-to-pdf=*) out="${{each#*=}}";; esac; done\n{script}\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


FAILURES: dict[str, tuple[str | None, str]] = {
    "there is none": (None, "there is no Chromium on this machine"),
    "it is switched off": ("", "since CANDOUR_CHROMIUM is empty"),
    "it fails": ("exit 3", "Chromium failed at the report of 2025"),
    "it prints nothing": ("exit 0", "Chromium failed at the report of 2025"),
    "its letters cannot be read": ("printf '%%PDF-1.4\\n/Type0' > \"$out\"", "could not be read back"),
    "it prints something else": ("printf '%%PDF-1.4\\n(Other words) Tj' > \"$out\"", "could not be read back"),
}


@pytest.mark.skipif(os.name != "posix", reason="a script stands in for the browser")
@pytest.mark.parametrize("failure", FAILURES)
def test_a_site_without_pdf_is_whole_and_says_so(
    failure: str, site: Path, today: dt.date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages stay as they are, without a link that leads nowhere."""
    script, told = FAILURES[failure]
    if script is None:
        monkeypatch.delenv(CHROMIUM)
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        monkeypatch.setenv(CHROMIUM, script and stand_in(tmp_path, script))
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    said = list(report_pdfs.write_report_pdfs(site, today, OPTIONS))
    assert said
    assert told in said[0]
    assert str(tmp_path) not in "".join(said)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_site_without_reports_says_nothing(tmp_path: Path, today: dt.date) -> None:
    """Of years of which no review is left a page stands, which is no report."""
    page = tmp_path / "trends/2019/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<h1>Trends and lessons, 2019</h1>", encoding="utf-8")
    assert list(report_pdfs.write_report_pdfs(tmp_path, today, OPTIONS)) == []
