"""The page of search, in Chromium: what is found, how it is narrowed, said, marked, copied and reached by keyboard."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from publishing.site.pages.saved_searches import saved_searches
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


def test_filters_stand_open_narrow_count_and_are_taken_away(page: Page, server: Server) -> None:
    """Several values or several themes, with what each would leave; the address, the back button and chips keep the state."""
    page.goto(server.root + "search/?q=recall")
    status, regions = page.locator("#search-status"), page.locator(".facet", has_text="Region")
    expect(status).to_contain_text("results for “recall”")
    everything = status.inner_text()
    expect(page.get_by_role("group", name="Theme of the lesson").get_by_label("Recall")).to_be_visible()
    regions.locator("summary").click()
    # nobody's region is offered, and once the numbers are known nothing is that would leave no result
    expect(regions.locator("li")).to_have_count(4)
    expect(regions.locator("li:visible")).to_have_text(["Greater Manchester 6", "Kent, Surrey and Sussex 2", "Wales 2"])
    regions.get_by_label("Wales").check()
    expect(status).to_have_text("2 results for “recall” in Wales")
    regions.get_by_label("Kent, Surrey and Sussex").check()
    expect(status).to_have_text("4 results for “recall” in Kent, Surrey and Sussex, Wales")
    expect(page).to_have_url(server.root + "search/?q=recall&region=kent-surrey-and-sussex&region=wales")
    page.get_by_role("button", name="Take away: Kent, Surrey and Sussex").click()
    expect(status).to_have_text("2 results for “recall” in Wales")
    page.get_by_role("checkbox", name="Lessons").check()
    expect(status).to_have_text("1 result for “recall” in Lessons, Wales")
    page.reload()
    expect(status).to_have_text("1 result for “recall” in Lessons, Wales")
    expect(regions.get_by_label("Wales")).to_be_visible()
    page.go_back()
    expect(status).to_have_text("2 results for “recall” in Wales")
    for _ in range(3):
        page.go_back()
    expect(status).to_have_text(everything)


def test_filters_alone_answer(first_page: Page, server: Server) -> None:
    """Without words: the themes of a lesson and of its case apart, all of each; years from and to; the newest first."""
    server.sent.clear()
    first_page.goto(server.root + "search/")
    expect(first_page.locator("#search-start")).to_be_visible()
    assert not [path for path, _ in server.sent if "/pagefind/" in path]
    first_page.get_by_role("group", name="Theme of the lesson").get_by_label("Home visits").check()
    first_page.get_by_role("group", name="Theme of the case").get_by_label("Recording").check()
    first_page.get_by_label("From").select_option("2019")
    status = first_page.locator("#search-status")
    expect(status).to_have_text("2 results in Home visits, Case: Recording, From 2019")
    expect(first_page.locator("#search-results h3")).to_have_text(
        ["Lesson 1 of review 2025-002", "Lesson 2 of review 2025-002"]
    )
    assert first_page.locator("#search-results mark").count() == 0
    first_page.get_by_role("button", name="Clear all filters").click()
    expect(first_page).to_have_url(server.root + "search/")
    expect(first_page.locator("#search-results li")).to_have_count(0)
    first_page.goto(server.root + "search/?state=overdue&owner=hm-prison-and-probation-service")
    expect(status).to_have_text("5 results in HM Prison and Probation Service, Overdue")
    expect(first_page.locator("#search-results h3").first).to_have_text("Lesson 1 of review 2025-005")


def test_saved_searches_list_what_search_finds(page: Page, server: Server, staging: Path) -> None:
    """Each page has what the same filters find, says so where that is nothing, and leads there; a script is not needed for it."""
    page.goto(server.root + "search/")
    listed = page.locator("#search-saved a")
    expect(listed).to_have_count(10)
    titles = listed.all_inner_texts()
    for search in saved_searches():
        page.goto(f"{server.root}search/{search.key}/")
        expect(page.locator("h1")).to_have_text(search.title)
        count = page.locator(".entries > ul > li").count()
        expect(page.get_by_text("Nothing that is published answers this today.")).to_have_count(0 if count else 1)
        more = page.get_by_role("link", name="Narrow or copy this list in search")
        expect(more).to_have_count(1 if count else 0)
        if not count:
            continue
        more.click()
        expect(page.locator("#search-status")).to_contain_text(f"{count} result")
        expect(page.locator("#search-saved")).to_be_hidden()
    assert titles == [search.title for search in saved_searches()]


def test_addresses_of_before_find_what_they_found(page: Page, server: Server) -> None:
    """A year by itself, and a theme where reviews were asked for."""
    page.goto(server.root + "search/?q=recall&type=review&theme=home-visits&year=2019")
    expect(page.locator("#search-status")).to_have_text(
        "1 result for “recall” in Reviews, Case: Home visits, From 2019, To 2019"
    )


def test_the_back_button_keeps_what_was_shown_and_where(page: Page, server: Server) -> None:
    """As many results as had been shown, and the place on the page."""
    page.goto(server.root + "search/?q=recall")
    page.get_by_role("button", name="Show more results").click()
    expect(page.locator("#search-results > li")).to_have_count(11)
    last = page.locator("#search-results h3 a").last
    last.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    assert page.evaluate("history.state.scroll") > 0
    last.click()
    expect(page.locator("h1")).not_to_have_text("Search reviews and lessons")
    page.go_back()
    expect(page.locator("#search-results > li")).to_have_count(11)
    expect(last).to_be_in_viewport()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("recall xyzzy", "“xyzzy” is in no review, lesson or page. Shown is what the other words find."),
        ("recall appoi", "No text has “appoi” itself: shown is what begins like it."),
    ],
)
def test_a_word_that_is_nowhere_says_so(page: Page, server: Server, typed: str, said: str) -> None:
    """And what is shown instead is said, too."""
    page.goto(f"{server.root}search/?q={typed}")
    expect(page.locator("#search-words")).to_have_text(said)
    expect(page.locator("#search-results li").first).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "text"),
    [("hmoe", "home"), ("rceall", "recall"), ("recall xisits", "recall visits"), ("Hmoe xyzzyq", "home xyzzyq")],
)
def test_a_misspelt_word_is_offered_as_texts_have_it(page: Page, server: Server, typed: str, text: str) -> None:
    """Whether other words were found or nothing was; a word that is like none stays as it is."""
    page.goto(f"{server.root}search/?q={typed}")
    expect(page.locator("#search-status")).to_contain_text("for “")
    offered = page.get_by_role("link", name=text, exact=True)
    offered.click()
    expect(page.locator("#q")).to_have_value(text)
    expect(page.locator("#search-results li").first).to_be_visible()


def test_what_is_like_no_word_is_offered_nothing(page: Page, server: Server) -> None:
    """Neither a name that is in no text, nor a word of three letters."""
    for typed in ("xyzzyq", "xyz"):
        page.goto(f"{server.root}search/?q={typed}")
        expect(page.get_by_role("heading", name="Nothing was found")).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(page.locator("#search-instead")).to_be_hidden()


@pytest.mark.parametrize("how", ["aborted", "missing"])
def test_a_search_works_without_the_words_for_spelling(browser: Browser, server: Server, how: str) -> None:
    """It says what it found or did not, and offers nothing; once they can be loaded, the next search offers again."""
    page = browser.new_page()
    lost = ["pagefind/words.json", "data/withdrawals.json"]
    for path in lost:
        page.route(f"**/{path}", lambda route: route.abort() if how == "aborted" else route.fulfill(status=404))
    status = page.locator("#search-status")
    page.goto(f"{server.root}search/?q=recall xisits")
    expect(page.locator("#search-words")).to_contain_text("“xisits” is in no review, lesson or page.")
    page.wait_for_load_state("networkidle")
    expect(status).to_have_text(re.compile(r"^\d+ results for “recall xisits”$"))
    for typed in ("hmoe", "2099-001"):
        page.locator("#q").fill(typed)
        expect(status).to_have_text(f"No results for “{typed}”")
        expect(page.get_by_role("heading", name="Nothing was found")).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(status).to_have_text(f"No results for “{typed}”")
    page.unroute_all()
    page.locator("#q").fill("rceall")
    expect(page.get_by_role("link", name="recall", exact=True)).to_be_visible()
    page.close()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_words_for_spelling_are_the_same_on_every_machine(tmp_path: Path, seed: str) -> None:
    """More words than fit qualify, all in three reviews: the same of them are left out, whatever order sets have."""
    program = """
import sys
from itertools import product
from pathlib import Path
from publishing.site.search.spelling import write_known_words

class Review:
    def strings(self):
        return [" ".join(map("".join, product("abcdefghij", repeat=4)))]

write_known_words(Path(sys.argv[1]), [Review(), Review(), Review()])
"""
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], env={**os.environ, "PYTHONHASHSEED": seed}, check=True
    )
    words = [word for word, _ in json.loads((tmp_path / "words.json").read_text(encoding="utf-8"))]
    assert words == ["".join(letters) for letters in product("abcdefghij", repeat=4)][:8000]


def test_words_for_spelling_are_those_of_several_reviews(staging: Path) -> None:
    """Words alone: no label in brackets, and none that two reviews or fewer have."""
    words = dict(json.loads((staging / "site/pagefind/words.json").read_text(encoding="utf-8")))
    assert {"home", "recall"} <= words.keys()
    assert all(re.fullmatch("[a-z]{4,}", word) and count >= 3 for word, count in words.items())
    assert "practitioner" not in words


def test_quotes_and_hyphens_are_read_as_they_are_typed(page: Page, server: Server) -> None:
    """Curly quotes and guillemets are quotes; a hyphen is a space; a marked word ends where the word does."""
    status, found = page.locator("#search-status"), []
    for typed in ('"before it is needed"', "“before it is needed”", "« before it is needed »", "“before-it-is needed”"):
        page.goto(f"{server.root}search/?q={typed}&type=lesson")
        expect(status).to_contain_text("for “before")
        found.append(page.locator("#search-results h3").all_inner_texts())
    assert len(found[0]) == 5
    assert found == [found[0]] * 4
    expect(page.locator("#search-results mark").first).to_have_text("before it is needed")
    for typed in ("risk-assessed", "risk assessed", '"risk assessed"'):
        page.goto(f"{server.root}search/?q={typed}&type=page")
        expect(
            page.locator("#search-results mark").filter(has_text=re.compile("^risk-assessed$", re.I)).first
        ).to_be_visible()


def test_the_newest_come_first_where_a_reader_wants_it(page: Page, server: Server) -> None:
    """By the day of publication, and the choice is in the address."""
    page.goto(server.root + "search/?q=recall&type=review")
    page.get_by_label("Order").select_option("newest")
    expect(page).to_have_url(server.root + "search/?q=recall&type=review&sort=newest")
    expect(page.locator("#search-results li").first).to_contain_text("Review 2025-005")


def test_a_shared_search_opens_as_it_was(page: Page, server: Server) -> None:
    """The address alone is enough, and what nothing published has is left out aloud."""
    page.goto(server.root + "search/?q=recall&theme=recall&status=nonsense")
    expect(page.get_by_role("group", name="Theme of the lesson").get_by_label("Recall")).to_be_checked()
    expect(page.locator("#search-status")).to_have_text(re.compile("in Recall$"))
    expect(page.locator("#search-words")).to_contain_text("Nothing that is published has “nonsense”")


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
    page.get_by_label("Show sentences of reviews’ accounts").check()
    expect(result.locator("q").first).to_contain_text("nobody rang back.")
    page.reload()
    expect(result.locator("q").first).to_be_visible()
    page.goto(server.root + "search/?q=nobody+rang+back&type=review&sort=newest")
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
    expect(page.locator("#search-status")).to_have_text("5 results for “domestic abuse” in Reviews")


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
    expect(page.locator("#search-status")).to_have_text("6 results for “appoi” in Reviews")


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
    expect(page.locator("#search-results mark").filter(has_text="risk of serious harm").first).to_be_visible()


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


def test_little_words_alone_are_not_searched_for(first_page: Page, server: Server) -> None:
    """Their places are most of an index: nothing is fetched, and the reader is told; beside others they do no harm."""
    server.sent.clear()
    first_page.goto(server.root + "search/?q=the+of")
    expect(first_page.locator("#search-status")).to_contain_text(
        "No results for “the of”. Words that nearly every text has"
    )
    assert not [path for path, _ in server.sent if path.endswith(".pf_index")]
    first_page.goto(server.root + "search/?q=the+recall+of&type=lesson")
    expect(first_page.locator("#search-status")).to_contain_text("results for “the recall of”")
    assert "not searched" not in first_page.locator("#search-status").inner_text()


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
        f"Lesson 2 of review 2025-002. Candour, Ministry of Justice. Published 3 February 2025, version of 3 February 2025. {address}"
    )
    page.get_by_role("button", name="Copy as CSV").click()
    expect(page.locator("#search-copied")).to_have_text("Copied 1 result.")
    rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert rows[0] == ["type", "title", "about", "published", "version", "address", "text"]
    text = "Say what would lead to recall before it is needed, and who decides."
    assert rows[1] == [
        "lesson",
        "Lesson 2 of review 2025-002",
        "Wales, 2019",
        "2025-02-03",
        "2025-02-03",
        address,
        text,
    ]
    context.close()


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
    for _ in range(80):
        page.keyboard.press("Tab")
        if result.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/reviews/2025-"))
