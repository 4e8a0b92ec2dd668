"""The site as readers meet it: in Chromium, under a sub-path, with nobody else to ask."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

if TYPE_CHECKING:
    from publishing.reviews import RedactedReview
    from tests.publishing.site.conftest import Server

pytestmark = pytest.mark.browser


PAGES = (
    "", "reviews/", "reviews/2025-001/", "reviews/2025-001/learning/", "reviews/2024-009/", "lessons/", "themes/",
    "themes/home-visits/", "regions/wales/", "offences/", "agencies/", "agencies/police/", "years/2018/", "search/", "support/", "about/", "about/redaction/",
    "trends/", "trends/2025/", "recommendations/", "data/", "about/disclosure-control/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_nobody_and_fit_a_narrow_screen(page: Page, server: Server, address: str) -> None:
    """No error, no request to elsewhere, no cookie, no storage; at 320 pixels (400% zoom) nothing scrolls sideways."""
    page.goto(server.root + address)
    assert page.locator("h1").count() == 1
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


CONTRAST = """() => {
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility({ opacityProperty: true })) continue;
    const [r, g, b] = parse(getComputedStyle(element).color);
    const pair = [luminance([r, g, b]), luminance(ground(element))].sort((one, other) => other - one);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) faint.push(element.outerHTML.slice(0, 80));
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [*PAGES, "search/?q=recall&region=wales"])
def test_every_word_stands_out_from_its_ground(page: Page, server: Server, address: str, scheme: str) -> None:
    """Contrast of 4.5 to 1 at least, on every kind of page, light and dark."""
    page.emulate_media(color_scheme=scheme)
    page.goto(server.root + address)
    if "?" in address:
        expect(page.locator("#search-status")).to_contain_text("results for")
    assert page.evaluate(CONTRAST) == []


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


def test_a_result_does_not_say_a_heading_twice(page: Page, server: Server) -> None:
    """The link to a place has its heading; what follows is the text."""
    page.goto(server.root + "search/?q=lesson&type=review")
    places = page.locator("#search-results .sections li")
    expect(places.first).to_be_visible()
    said = [place.split(": ", 1) for place in places.all_inner_texts()]
    assert not [pair for pair in said if len(pair) == 2 and pair[1].startswith(pair[0])]


def test_a_result_leads_to_the_paragraph(page: Page, server: Server) -> None:
    """The excerpt's link lands on the paragraph that holds the words, and shows it."""
    page.goto(server.root + "search/?q=nobody+rang+back&type=review")
    place = page.locator("#search-results .sections a").first
    expect(place).to_have_text("Chronology, paragraph 3")
    expect(page.locator("#search-results .sections mark").first).to_be_visible()
    place.click()
    expect(page).to_have_url(re.compile(r"/reviews/2025-\d+/#p3$"))
    expect(page.locator("#p3")).to_be_in_viewport()


def test_an_excerpt_shows_what_it_leaves_out(page: Page, server: Server) -> None:
    """Dots stand where a paragraph goes on, and a phrase is marked as one."""
    page.goto(server.root + "search/?q=%22record+of+the+last+meeting+begins%22&type=review")
    place = page.locator("#search-results .sections li").first
    expect(place.locator("mark")).to_have_text(["record of the last meeting begins."])
    assert re.search(r": [^…]", place.inner_text())
    for words, cut in (("personal+data", "^… "), ("cookies+visitors", " …$")):
        page.goto(f"{server.root}search/?q={words}&type=page")
        expect(page.locator("#search-results li > p:last-child").first).to_have_text(re.compile(cut))


def test_abbreviations_find_what_they_stand_for(page: Page, server: Server) -> None:
    """RoSH finds “risk of serious harm”, the reader is told, and a phrase in quotes is only itself."""
    page.goto(server.root + "search/?q=RoSH")
    status = page.locator("#search-status")
    expect(status).to_contain_text("for “RoSH”. Also searched for “risk of serious harm”, “risk of harm”")
    expect(page.locator("#search-results")).to_contain_text("Glossary")
    page.goto(server.root + 'search/?q="RoSH"')
    expect(status).to_have_text('1 result for “"RoSH"”')
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
    expect(status).to_contain_text(f"for “{typed}”")
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
    assert rows[0] == ["type", "title", "about", "published", "address", "excerpt"]
    assert rows[1][:5] == ["lesson", "Lesson 2 of review 2025-002", "Wales, 2019", "2025-02-03", address]
    context.close()


def test_a_printed_page_says_that_its_case_is_invented(page: Page, server: Server) -> None:
    """On paper there is no header and no button, but the notice is."""
    page.goto(server.root + "reviews/2025-001/")
    page.emulate_media(media="print")
    expect(page.get_by_text("The cases on this site are invented.")).to_be_visible()
    expect(page.get_by_role("button", name="Copy citation")).not_to_be_visible()
    expect(page.locator("#exit")).not_to_be_visible()


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


def test_without_javascript_every_review_and_lesson_is_three_clicks_away(
    browser: Browser, server: Server, reviews: tuple[RedactedReview, ...]
) -> None:
    """A real browser without scripts follows every link that it shows, three times; search says what to do instead."""
    wanted = {f"{server.root}reviews/{r.public_id}/#lesson-{lesson.id}" for r in reviews for lesson in r.lessons}
    wanted |= {f"{server.root}reviews/{r.public_id}/" for r in reviews}
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found, edge, clicks = {server.root}, [server.root], 0
    while not wanted <= found:
        clicks += 1
        assert clicks <= 3
        reached: set[str] = set()
        for address in edge:
            page.goto(address, wait_until="domcontentloaded")
            reached |= set(
                page.locator("a").evaluate_all(
                    "links => links.filter((link) => link.checkVisibility()).map((link) => link.href)"
                )
            )
        here = {place.partition("#")[0] for place in reached if place.startswith(server.root)}
        edge = sorted(place for place in here - found if place.endswith("/"))
        found |= here | reached
    page.goto(server.root + "search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    context.close()


@pytest.mark.parametrize("way", ["button", "keyboard"])
def test_exit_this_page_takes_the_pages_place(page: Page, server: Server, way: str) -> None:
    """The button, or Shift three times, replaces the review in the history."""
    elsewhere = server.root + "about/"
    page.goto(server.root)
    page.goto(server.root + "reviews/2025-001/")
    page.locator("#exit").evaluate("(link, address) => { link.href = address; }", elsewhere)
    if way == "button":
        page.get_by_role("link", name="Exit this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_url(elsewhere)
    page.go_back()
    expect(page).to_have_url(server.root)


@pytest.mark.parametrize("address", ["reviews/2025-001/", "reviews/2025-001/learning/", "support/"])
def test_who_may_have_to_leave_can(page: Page, server: Server, address: str) -> None:
    """Every review, what to learn from it and the page of support have the button, on any screen and without a script."""
    page.goto(server.root + address)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport()


def test_helplines_can_be_rung(page: Page, server: Server) -> None:
    """Every number of the page of support is a link that a telephone dials."""
    page.goto(server.root + "support/")
    links = page.locator("a[href^='tel:']")
    assert links.count() >= 10
    for link in links.all():
        assert link.get_attribute("href") == f"tel:{link.inner_text().replace(' ', '')}"


def test_the_sites_links_say_where_a_reader_is(page: Page, server: Server) -> None:
    """A theme is within themes, a review within reviews."""
    for address, name in (("themes/home-visits/", "Themes"), ("reviews/2025-001/", "Reviews"), ("lessons/", "Lessons")):
        page.goto(server.root + address)
        expect(page.locator(".top__nav a[aria-current]")).to_have_text([name])


def test_typing_capitals_is_not_leaving(page: Page, server: Server) -> None:
    """Shift with another key between is somebody typing."""
    page.goto(server.root + "reviews/2025-001/")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    expect(page).to_have_url(server.root + "reviews/2025-001/")


def test_a_colour_choice_is_the_one_thing_kept(page: Page, server: Server) -> None:
    """Dark, if the reader asks for it; nothing is stored when they ask for nothing."""
    page.goto(server.root)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Colours").select_option("dark")
    page.goto(server.root + "reviews/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.evaluate("Object.keys(localStorage)") == ["candour-colours"]
    page.get_by_label("Colours").select_option("")
    assert page.evaluate("localStorage.length") == 0


def test_a_paragraphs_number_is_its_link(page: Page, server: Server) -> None:
    """In the margin, on one line however long; on a narrow screen before the paragraph and within the page."""
    page.goto(server.root + "reviews/2025-001/")
    link = page.get_by_role("link", name="Link to paragraph 2")
    link.evaluate("element => { element.textContent = '1234'; }")
    beside = page.locator("#p2 + p").bounding_box()
    number = link.bounding_box()
    assert beside
    assert number
    assert number["x"] + number["width"] <= beside["x"]
    assert number["height"] < 1.2 * beside["height"]
    page.set_viewport_size({"width": 320, "height": 640})
    assert (link.bounding_box() or {"x": -1})["x"] >= 0
    link.press("Enter")
    expect(page).to_have_url(server.root + "reviews/2025-001/#p2")


def test_lines_are_sixty_to_seventy_five_characters(page: Page, server: Server) -> None:
    """A paragraph of running text holds that many characters a line on a wide screen."""
    page.goto(server.root + "about/redaction/")
    average = page.evaluate(
        """() => {
          const text = [...document.querySelectorAll(".text > p")].at(-1);
          const range = document.createRange();
          range.selectNodeContents(text);
          const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
          return text.textContent.length / lines.size;
        }"""
    )
    assert 55 <= average <= 75


def test_nothing_moves_while_a_page_loads(page: Page, server: Server) -> None:
    """No layout shift, on a review and at home."""
    for address in ("", "reviews/2025-001/"):
        page.goto(server.root + address)
        shift = page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
                .observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift == 0


def test_pages_and_a_first_search_are_light(page: Page, server: Server) -> None:
    """A review with styles and scripts is at most 150 kB over the wire, a first search 300 kB beyond its page."""
    server.sent.clear()
    page.goto(server.root + "reviews/2025-001/", wait_until="networkidle")
    assert sum(size for _, size in server.sent) <= 150_000
    page.goto(server.root + "search/", wait_until="networkidle")
    server.sent.clear()
    page.get_by_label("Words or phrase").fill("recall")
    expect(page.locator("#search-status")).to_contain_text("results for")
    page.wait_for_load_state("networkidle")
    assert sum(size for _, size in server.sent) <= 300_000
    assert all(urlsplit(path).path.startswith("/some/where/") for path, _ in server.sent)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["trends/", "trends/2025/", "recommendations/", "data/", "about/disclosure-control/"]
)
def test_axe_finds_nothing_on_pages_of_figures(browser: Browser, server: Server, address: str, scheme: str) -> None:
    """Charts, wide tables and filters, in both colours, wide and narrow."""
    # axe puts a script into the page, which the site's own policy forbids
    context = browser.new_context(bypass_csp=True, color_scheme="light" if scheme == "light" else "dark")
    page = context.new_page()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(server.root + address)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_charts_take_the_pages_colours_and_stay_readable(page: Page, server: Server) -> None:
    """Light, dark and print: words in the page's ink, bars that stand out from the paper, letters of 12 pixels or more."""
    read = """() => { const c = document.querySelector(".chart"), of = (e, n) => getComputedStyle(e)[n];
      return [of(c.querySelector("text"), "fill"), of(document.body, "color"), of(c.querySelector(".bar"), "fill"),
              14 * c.getBoundingClientRect().width / 330]; }"""
    bars = set()
    for scheme, media in (("light", "screen"), ("dark", "screen"), ("light", "print")):
        page.emulate_media(
            color_scheme="light" if scheme == "light" else "dark", media="print" if media == "print" else "screen"
        )
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(server.root + "trends/")
            words, ink, bar, size = page.evaluate(read)
            assert words == ink
            assert size >= (12 if width == 320 else 14)
            bars.add(bar)
    assert len(bars) == 3
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(read)[:2] == ["rgb(0, 0, 0)"] * 2


def test_recommendations_filter_sort_and_keep_it_in_the_address(page: Page, server: Server) -> None:
    """Without a server: from the site's own data; taking the filter away brings the list back as it was written."""
    page.goto(server.root + "recommendations/")
    rows = page.locator("#recommendations-table tbody tr")
    whole = rows.count()
    page.get_by_label("Status").select_option("no-response")
    expect(page.locator("#recommendations-said")).to_contain_text("lessons.")
    chosen = rows.count()
    assert 0 < chosen < whole
    assert urlsplit(page.url).query == "status=no-response"
    page.get_by_label("Order").select_option("silent")
    expect(rows).to_have_count(chosen)
    page.reload()
    expect(rows).to_have_count(chosen)
    expect(rows.first).to_contain_text("Nothing said for")
    expect(page.get_by_label("Status")).to_have_value("no-response")
    page.get_by_label("Status").select_option("")
    page.get_by_label("Order").select_option("")
    expect(rows).to_have_count(whole)


def test_filtered_rows_say_what_the_written_ones_say(page: Page, server: Server) -> None:
    """The script's rows and the template's are the same words."""
    page.goto(server.root + "recommendations/")
    rows = page.locator("#recommendations-table tbody tr")
    written = sorted(rows.all_inner_texts())
    page.get_by_label("Order").select_option("due")
    expect(page.locator("#recommendations-said")).to_contain_text("lessons.")
    assert sorted(rows.all_inner_texts()) == written


def test_recommendations_are_a_table_without_javascript(browser: Browser, server: Server) -> None:
    """Every lesson, and no filter that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.root + "recommendations/")
    assert page.locator("#recommendations-table tbody tr").count() > 5
    assert not page.locator("#recommendations-form").is_visible()
    context.close()


def test_filtered_rows_do_not_say_no_response_beside_an_answer(page: Page, server: Server) -> None:
    """An accepted lesson of which nothing was said since: the script says it as the template does."""

    def accepted(route: Route) -> None:
        answer = route.fetch()
        data = answer.json()
        data["recommendations"][0] |= {"response": "accepted", "status": "no-response", "history": []}
        route.fulfill(response=answer, json={**data, "recommendations": data["recommendations"][:1]})

    page.route("**/data/recommendations.json", accepted)
    page.goto(server.root + "recommendations/?status=no-response")
    row = page.locator("#recommendations-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("No progress reported")
    expect(row).to_contain_text("Answer: accepted")
