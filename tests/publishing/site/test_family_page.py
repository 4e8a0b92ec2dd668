"""What a family reads before publication: the public text word for word, with a note before it; and the letter to go with it."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from docx.enum.text import WD_COLOR_INDEX
from playwright.sync_api import Browser

from publishing import prose
from publishing.reviews import Block, Change, Section
from publishing.site import pages, site_options, support
from publishing.site.contacts import Contacts
from publishing.site.family_letter import write_letter
from publishing.site.family_page import write_family_page
from publishing.site.readability import reading_age
from publishing.site.site_options import SiteOptions
from tests.support.redacted_reviews import TODAY, make_review
from tests.support.serving import VIOLATIONS

SIGNED, LATER = dt.date(2025, 10, 1), dt.date(2025, 12, 1)


def written(publish_on: dt.date = LATER, *, replaces: bool = False, **changes: object) -> str:
    """The page of an invented review with hostile text in it."""
    page = write_family_page(make_review(**changes), SIGNED, publish_on, TODAY, replaces=replaces)
    return page.html.decode()


def plain(page: str) -> str:
    """A page's words."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<style>.*?</style>", "", page))).split())


def cover(page: str) -> str:
    """The words of the note before the review."""
    return plain(page.partition("<article")[0])


def test_the_text_is_there_word_for_word_and_is_text() -> None:
    """Every paragraph, lesson and note of it; what looks like markup, a template or a script is shown as it was written."""
    review = make_review()
    page = written()
    article = plain(page.partition("<article")[2])
    for said in review.strings():
        bare = prose.plain(re.sub(r"\[\^\d\](: )?", "", said))
        for words in re.findall(r"[\w’']+(?: [\w’']+)+", bare):
            assert words in article
    assert '<script>alert("x")</script> & so on, {{ review }}.' in article
    assert "<script" not in page.lower()
    assert "A home must be seen, not heard about: [Manager 1] <b>said</b> so." in article
    assert "The second time by letter." in article


def test_nothing_is_loaded_and_nothing_leads_out() -> None:
    """No address but of telephones and of places in the file, each of which is there once; and a browser is told to load nothing."""
    page = written()
    links = set(re.findall(r'href="([^"]*)"', page))
    places = re.findall(r' id="([^"]*)"', page)
    assert len(places) == len(set(places))
    assert {link[1:] for link in links if link.startswith("#")} <= set(places)
    assert all(link.startswith(("#", "tel:")) for link in links)
    assert {"#fn:1", "#fnref:1", "#p1", "#lesson-1", "#cover:support"} <= links
    assert not re.search(r"https?:|//|url\(|@import| src=| style=", page)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page


def test_the_note_says_what_it_is_by_when_to_answer_and_where_support_is() -> None:
    """In the order in which somebody needs it, before a word of the review."""
    said = cover(written())
    assert "Not published yet. Please do not pass on." in said
    assert "It will not be on the website before 1 December 2025 ." in said
    assert "It describes: domestic abuse, fatal violence." in said
    assert "Please tell us before 1 December 2025 ." in said
    assert "Tell the person who gave you this, or write to corrections@example.org." in said
    assert "call 999 and ask for the police" in said
    assert "signed on 1 October 2025" in said
    assert "[Practitioner" not in said
    assert "You can also ask for words of your own to stand on the page." in said
    spoken = Section(key="family-statement", blocks=(Block(text="She laughed.", number=9),))
    said = cover(written(sections=(*make_review().sections, spoken)))
    assert "Words of the family stand on the page. They can be changed, or taken away." in said
    past = cover(written(dt.date(2025, 2, 3)))
    assert "It can be put there any day now." in past
    assert "Please tell us as soon as you can ." in past
    assert "before 3 February" not in past
    assert "An earlier text of this review is on the website already." in cover(written(replaces=True))


def test_every_sheet_says_that_it_is_not_published_and_which_copy_it_is() -> None:
    """On paper in the margins, in a browser at the top; another text has another mark, the same text the same."""
    page = written()
    (mark,) = set(re.findall(r"[Cc]opy ([0-9a-f]{4}-[0-9a-f]{4})", page))
    assert '@top-left { content: "Not published yet. Please do not pass on."; }' in page
    assert f'@bottom-left {{ content: "Review 2025-001. Copy {mark} of 3 November 2025"; }}' in page
    assert f"<title>Not published yet, please do not pass on: review 2025-001, copy {mark}</title>" in page
    assert mark in written(replaces=True)
    corrected = written(changes=(Change(date=dt.date(2025, 10, 1), note="A year was wrong."),))
    assert mark not in corrected
    assert "A year was wrong." in corrected


def test_a_word_of_the_trade_is_explained_in_the_file() -> None:
    """Only those that the review uses; each leads to its line."""
    page = written(content_notes=())
    assert "cover:words" not in page
    assert "It describes" not in cover(page)
    text = make_review()
    summary = text.sections[0].blocks[0].model_copy(update={"text": "The SPO read OASys."})
    sections = (text.sections[0].model_copy(update={"blocks": (summary,)}), *text.sections[1:])
    page = written(sections=sections)
    assert '<a href="#cover:word-spo">SPO</a>' in page
    assert '<div id="cover:word-spo"><dt>SPO: senior probation officer</dt>' in page
    assert "cover:word-crn" not in page


def test_without_a_contact_the_person_who_gave_it_is_named_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contact that nobody reads is none; and a page of a real review does not call itself an example."""
    contacts = Contacts.parse({"corrections_contact": "corrections@example.org"}, invented=False)
    monkeypatch.setattr(site_options, "load_site_options", lambda: SiteOptions(contacts=contacts))
    said = cover(written())
    assert "Tell the person who gave you this. Each paragraph" in said
    assert "invented" not in said
    assert "example.org" not in "".join(p.text for p in letter())


def test_support_is_what_the_sites_own_page_says(tmp_path: Path) -> None:
    """All of it that helps somebody with paper in hand."""
    pages.write_pages([], [], tmp_path, TODAY)
    page = (tmp_path / "support/index.md").read_text(encoding="utf-8")
    known = support.load_support()
    assert known[0].title == ""
    assert all(kind.markdown in page for kind in known)
    assert set(re.findall(r"^## (.*)$", page, re.MULTILINE)) - {kind.title for kind in known} == {
        "If you know something about a case",
        "Leaving this site quickly",
    }
    assert not re.search(r"[*\[\]]|https?:", " ".join(words for kind in known for words in kind.words))


def letter(publish_on: dt.date = LATER) -> list[docx.text.paragraph.Paragraph]:
    """The paragraphs of the letter."""
    return list(docx.Document(io.BytesIO(write_letter("2025-001", publish_on, TODAY))).paragraphs)


def test_the_letter_has_what_is_known_and_marks_the_rest() -> None:
    """Reference, day, contact and support; in yellow and brackets what a person must write, the name of the recipient first of all."""
    paragraphs = letter()
    said = "\n".join(p.text for p in paragraphs)
    gaps = [r.text for p in paragraphs for r in p.runs if r.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert "Its number is 2025-001." in said
    assert "It will not be on the website before 1 December 2025." in said
    assert "corrections@example.org" in said
    assert "0808 168 9111" in said
    assert "{{" not in said
    assert "[[" not in said
    assert {"[name]", "[Name and address]", "[Your name]"} <= set(gaps)
    assert "".join(gaps) == "".join(re.findall(r"\[[^\]]*\]", said))
    headings = [p.text for p in paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings[:2] == ["A review that we plan to publish", "What we plan to do"]
    past = "\n".join(p.text for p in letter(dt.date(2025, 2, 3)))
    assert "before [day]." in past
    assert "February" not in past


def test_the_letter_reaches_nothing_outside_itself() -> None:
    """No link, picture, template or macro in the file."""
    with zipfile.ZipFile(io.BytesIO(write_letter("2025-001", LATER, TODAY))) as package:
        assert sorted(package.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/styles.xml",
        ]  # fmt: skip
        assert not any(b"External" in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_can_be_read_by_everybody(browser: Browser, width: int) -> None:
    """Axe finds nothing, nothing scrolls sideways, nothing is asked of anybody, and the banner stays in sight."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(written())
    assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#lesson-2").scroll_into_view_if_needed()
    assert page.locator(".mark").evaluate("e => e.getBoundingClientRect().top") == 0
    assert asked == []
    page.close()


def test_both_are_read_with_ease_at_twelve() -> None:
    """The note and the letter, by the measure that the site's own pages are held to."""
    note = re.sub(r"(?s)^.*?<main>|<article.*", "", written())
    sentences = re.sub(r"</(?:p|li|h\d)>", "\n", note)
    assert reading_age(html.unescape(re.sub(r"<[^>]*>", "", sentences))) < 12
    assert reading_age("\n".join(paragraph.text for paragraph in letter())) < 12
