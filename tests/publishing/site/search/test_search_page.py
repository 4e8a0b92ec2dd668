"""The page of search, in Chromium: what is found, how it is narrowed, said, marked, copied and reached by keyboard."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.serving import Server

pytestmark = pytest.mark.browser


def test_search_finds_a_lesson_by_a_phrase(page: Page, server: Server) -> None:
    """From the search box at home to the lesson on its review's page."""
    page.goto(server.root)
    page.get_by_label("Search reviews and lessons").fill('"lead to recall before it is needed"')
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#search-status")).to_contain_text("results for")
    first = page.get_by_role("link", name="Lesson 2 of review 2025-001")
    first.click()
    expect(page).to_have_url(server.root + "reviews/2025-001/#lesson-2")
    expect(page.locator("#lesson-2")).to_be_in_viewport()


def test_filters_narrow_count_and_stay_in_the_address(page: Page, server: Server) -> None:
    """A filter narrows the results, shows counts, is in the address, and goes with the back button."""
    page.goto(server.root + "search/?q=recall")
    status = page.locator("#search-status")
    expect(status).to_contain_text("results for “recall”")
    everything = status.inner_text()
    page.locator("#filters summary").click()
    region = page.get_by_label("Region")
    expect(region.locator("option[value=wales]")).to_have_text("Wales (2)")
    expect(region.locator("option[value=north-east]")).to_be_disabled()
    region.select_option("wales")
    expect(status).to_have_text("2 results for “recall” in Wales")
    expect(page).to_have_url(server.root + "search/?q=recall&region=wales")
    page.get_by_label("Type").select_option("lesson")
    expect(status).to_have_text("1 result for “recall” in Lesson, Wales")
    page.reload()
    expect(status).to_have_text("1 result for “recall” in Lesson, Wales")
    page.go_back()
    expect(status).to_have_text("2 results for “recall” in Wales")
    page.go_back()
    expect(status).to_have_text(everything)


def test_the_newest_come_first_where_a_reader_wants_it(page: Page, server: Server) -> None:
    """By the day of publication, and the choice is in the address."""
    page.goto(server.root + "search/?q=recall&type=review")
    page.get_by_label("Order").select_option("newest")
    expect(page).to_have_url(server.root + "search/?q=recall&type=review&sort=newest")
    expect(page.locator("#search-results li").first).to_contain_text("Review 2025-005")


def test_a_shared_search_opens_as_it_was(page: Page, server: Server) -> None:
    """The address alone is enough, and a value that nobody knows is ignored."""
    page.goto(server.root + "search/?q=recall&theme=home-visits&status=nonsense")
    expect(page.get_by_label("Theme")).to_have_value("home-visits")
    expect(page.get_by_label("Status of the lesson")).to_have_value("")
    expect(page.locator("#search-status")).to_contain_text("in Home visits")


def test_a_search_without_results_helps(page: Page, server: Server) -> None:
    """It says so, tells screen readers, and offers ways on."""
    page.goto(server.root + "search/?q=zzyzx")
    expect(page.locator("#search-status")).to_have_text("No results for “zzyzx”")
    expect(page.locator("#search-status")).to_have_attribute("role", "status")
    expect(page.get_by_role("heading", name="Nothing was found")).to_be_visible()


@pytest.mark.parametrize("typed", ["zzyzx", "recxyzzy", "aaaaaaa"])
def test_letters_in_common_are_no_result(page: Page, server: Server, typed: str) -> None:
    """Pagefind would fall back to a word's first letters; what shares no more than those is not shown."""
    page.goto(f"{server.root}search/?q={typed}")
    expect(page.locator("#search-status")).to_have_text(f"No results for “{typed}”")


def test_forms_of_a_word_are_results(page: Page, server: Server) -> None:
    """Endings and accents do not matter."""
    for typed in ("recalled", "missing", "appointments", "récall"):
        page.goto(f"{server.root}search/?q={typed}")
        expect(page.locator("#search-results li").first).to_be_visible()


def test_results_show_nothing_of_the_account(page: Page, server: Server) -> None:
    """A review shows what it contains, and where its words stand; what they are is behind the content note."""
    page.goto(server.root + "search/?q=nobody+rang+back&type=review")
    result = page.locator("#search-results > li").first
    expect(result).to_contain_text("This review describes: domestic abuse, fatal violence.")
    expect(result).not_to_contain_text("rang")
    place = result.locator(".sections a").first
    expect(place).to_have_text("Chronology, paragraph 3")
    place.click()
    expect(page).to_have_url(re.compile(r"/reviews/2025-\d+/#p3$"))
    expect(page.locator("#p3")).to_be_in_viewport()


def test_a_place_is_named_by_a_standard_heading(page: Page, server: Server) -> None:
    """Never by a review's own sub-heading, which may tell of the offence."""
    page.goto(server.root + "search/?q=%22Nobody+asked%22&type=review")
    expect(page.locator("#search-results .sections a").first).to_have_text(re.compile(r"^Findings, paragraph \d+$"))
    page.goto(server.root + "search/?q=counted&type=review")
    expect(page.locator("#search-results .sections a").first).to_have_text("Lesson 1")


def test_a_lesson_is_shown_as_lists_show_it(page: Page, server: Server) -> None:
    """Its whole text, marked, without why it was taught, even where the words stand in that."""
    page.goto(server.root + "search/?q=counted&type=lesson")
    result = page.locator("#search-results > li").first
    expect(result).to_contain_text("A home must be seen, not heard about: [Manager 1] <b>said</b> so.")
    expect(result).not_to_contain_text("counted")
    expect(result).not_to_contain_text("¶")
    page.goto(server.root + "search/?q=heard&type=lesson")
    expect(result.locator("mark").first).to_have_text("heard")


def test_a_reader_can_leave_the_search_page_at_once(page: Page, server: Server) -> None:
    """The button of a review, in sight wherever the page is, wide and narrow."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(server.root + "search/?q=recall")
        expect(page.locator("#search-results li").first).to_be_visible()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport()


def test_an_excerpt_of_a_page_shows_what_it_leaves_out(page: Page, server: Server) -> None:
    """Dots stand where a page about the site goes on."""
    for words, cut in (("personal+data", "^… "), ("cookies+visitors", " …$")):
        page.goto(f"{server.root}search/?q={words}&type=page")
        expect(page.locator("#search-results li > p:last-child").first).to_have_text(re.compile(cut))


def test_content_notes_are_found(page: Page, server: Server) -> None:
    """A reader can look for what a review contains."""
    page.goto(server.root + "search/?q=%22domestic+abuse%22&type=review")
    expect(page.locator("#search-status")).to_have_text("5 results for “domestic abuse” in Review")


def test_an_irregular_plural_is_found(page: Page, server: Server) -> None:
    """Which is another word to Pagefind."""
    page.goto(server.root + "search/?q=womans")
    expect(page.locator("#search-status")).to_contain_text("Also searched for “women”")


def test_a_word_is_not_another_that_begins_like_it(page: Page, server: Server, staging: Path) -> None:
    """“Visit” is none of “visitors”, as “stabbed” is not “stable”; a word that is still being typed may become any."""
    fragments = [path.read_bytes() for path in (staging / "site/pagefind/fragment").iterdir()]
    records = [json.loads(gzip.decompress(fragment).removeprefix(b"pagefind_dcd")) for fragment in fragments]
    texts = [record["content"].lower() for record in records]
    visits = [text for text in texts if re.search(r"\bvisits?\b", text)]
    assert len(visits) < len([text for text in texts if re.search(r"\bvisit", text)])
    page.goto(server.root + "search/?q=visit")
    expect(page.locator("#search-status")).to_have_text(f"{len(visits)} results for “visit”")
    page.goto(server.root + "search/?q=appoi&type=review")
    expect(page.locator("#search-status")).to_have_text("6 results for “appoi” in Review")


def test_a_withdrawn_reference_leads_to_its_notice(page: Page, server: Server) -> None:
    """It is in no index; a reference that never was leads nowhere."""
    page.goto(server.root + "search/?q=2024-009")
    expect(page.locator("#search-status")).to_have_text("Review 2024-009 is no longer published.")
    expect(page.get_by_role("heading", name="Nothing was found")).to_be_hidden()
    page.get_by_role("link", name="Review 2024-009 has been withdrawn").click()
    expect(page).to_have_url(server.root + "reviews/2024-009/")
    page.goto(server.root + "search/?q=2024-008")
    expect(page.locator("#search-status")).to_have_text("No results for “2024-008”")
    expect(page.get_by_role("heading", name="Nothing was found")).to_be_visible()


def test_abbreviations_find_what_they_stand_for(page: Page, server: Server) -> None:
    """RoSH finds “risk of serious harm”, the reader is told, and a phrase in quotes is only itself."""
    page.goto(server.root + "search/?q=RoSH")
    status = page.locator("#search-status")
    expect(status).to_contain_text("for “RoSH”. Also searched for “risk of serious harm”, “risk of harm”")
    expect(page.locator("#search-results")).to_contain_text("Glossary")
    page.goto(server.root + 'search/?q="RoSH"')
    expect(status).to_have_text("1 result for “RoSH”")
    page.goto(server.root + "search/?q=a+multi-agency+public+protection+arrangements+level&sort=newest")
    expect(status).to_contain_text("Also searched for “MAPPA”")
    expect(page.locator("#search-results > li").last).to_contain_text("Glossary")


def test_one_wording_finds_what_another_finds(page: Page, server: Server) -> None:
    """The same results whichever is typed, and all words of the wording that stands there are marked."""
    found = []
    for typed in ("RoSH", "risk of serious harm", "Risk of harm"):
        page.goto(f"{server.root}search/?q={typed}")
        expect(page.locator("#search-status")).to_contain_text(f"for “{typed}”")
        expect(page.locator("#search-results")).to_contain_text("Glossary")
        found.append(page.locator("#search-results > li").all_inner_texts())
    assert found[0] == found[1] == found[2]
    expect(page.locator("#search-results mark").first).to_contain_text("risk of serious harm")


@pytest.mark.parametrize(
    ("typed", "results"),
    [
        ('"lead to recall before it is needed"', 10),
        ('"recall before it is needed to lead"', 0),
        ('"lead to recall after it is needed"', 0),
        ('"lead recall"', 0),
        ('"recall lead"', 0),
    ],
)
def test_a_phrase_with_little_words_is_found_by_the_others(
    page: Page, server: Server, typed: str, results: int
) -> None:
    """In their order and as far from each other; the reader is told which words are not searched for."""
    page.goto(f"{server.root}search/?q={typed}")
    status = page.locator("#search-status")
    plain = typed.replace('"', "")
    expect(status).to_contain_text(f"for “{plain}”")
    assert (int(re.match(r"\d+", status.inner_text())[0]) if "No results" not in status.inner_text() else 0) == results
    said = "such as “the” and “of”, are not searched for"
    assert (said in status.inner_text()) == (" it " in typed)


def test_little_words_alone_are_not_searched_for(page: Page, server: Server) -> None:
    """Their places are most of an index: nothing is fetched, and the reader is told; beside others they do no harm."""
    server.sent.clear()
    page.goto(server.root + "search/?q=the+of")
    expect(page.locator("#search-status")).to_contain_text("No results for “the of”. Words that nearly every text has")
    assert not [path for path, _ in server.sent if path.endswith(".pf_index")]
    page.goto(server.root + "search/?q=the+recall+of&type=lesson")
    expect(page.locator("#search-status")).to_contain_text("results for “the recall of”")
    assert "not searched" not in page.locator("#search-status").inner_text()


def test_nothing_found_offers_what_would_be(page: Page, server: Server) -> None:
    """The words without filters, and each word by itself, with how many results each has."""
    page.goto(server.root + "search/?q=curfew+rang&region=wales")
    instead = page.locator("#search-instead")
    expect(instead).to_contain_text("rang (")
    page.goto(server.root + "search/?q=glossary&region=wales")
    instead.get_by_role("link", name="glossary without filters").click()
    expect(page.locator("#search-status")).to_contain_text("for “glossary”")


def test_results_are_copied(browser: Browser, server: Server) -> None:
    """As citations and as CSV, each with its whole address, quotes and all."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server.root + "search/?q=recall&type=lesson&region=wales")
    page.get_by_role("button", name="Copy as citations").click()
    expect(page.locator("#search-copied")).to_have_text("Copied 1 result.")
    address = f"{server.root}reviews/2025-002/#lesson-2"
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"Lesson 2 of review 2025-002. Candour, Ministry of Justice. Published 3 February 2025. {address}"
    )
    page.get_by_role("button", name="Copy as CSV").click()
    expect(page.locator("#search-copied")).to_have_text("Copied 1 result.")
    rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert rows[0] == ["type", "title", "about", "published", "address", "text"]
    text = "Say what would lead to recall before it is needed, and who decides."
    assert rows[1] == ["lesson", "Lesson 2 of review 2025-002", "Wales, 2019", "2025-02-03", address, text]
    context.close()


def test_filters_alone_never_fetch_the_index(page: Page, server: Server) -> None:
    """Without words nothing is searched: Pagefind would fetch everything."""
    server.sent.clear()
    page.goto(server.root + "search/?region=wales")
    expect(page.locator("#search-status")).to_contain_text("Type a word")
    assert not [path for path, _ in server.sent if "/pagefind/" in path]


def test_a_lessons_text_is_shown_as_text(page: Page, server: Server) -> None:
    """A tag within a lesson is words in a result, too."""
    page.goto(server.root + "search/?q=heard&type=lesson")
    expect(page.locator("#search-results")).to_contain_text("[Manager 1] <b>said</b> so.")
    assert page.locator("#search-results b, #search-results script").count() == 0


def test_search_works_with_the_keyboard_alone(page: Page, server: Server) -> None:
    """Type, Enter, Tab to a result, Enter."""
    page.goto(server.root + "search/")
    page.get_by_label("Words or phrase").focus()
    page.keyboard.type("recall")
    page.keyboard.press("Enter")
    result = page.locator("#search-results a").first
    expect(result).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        if result.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/reviews/2025-"))
