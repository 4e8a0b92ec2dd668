"""The site as readers meet it: in Chromium, under a sub-path, with nobody else to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.serving import make_as_new

if TYPE_CHECKING:
    from publishing.reviews import RedactedReview
    from tests.publishing.site.conftest import Server

pytestmark = pytest.mark.browser


PAGES = (
    "", "reviews/", "reviews/2025-001/", "reviews/2025-001/learning/", "reviews/2024-009/", "lessons/", "themes/",
    "themes/home-visits/", "themes/home-visits/pack/", "regions/wales/", "offences/", "agencies/", "agencies/police/", "years/2018/", "search/", "support/", "about/", "about/redaction/",
    "trends/", "trends/2025/", "data/", "about/disclosure-control/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_nobody_and_fit_a_narrow_screen(page: Page, server: Server, address: str) -> None:
    """No error, no request to elsewhere, no cookie, no storage; nothing scrolls sideways, also at 320 pixels (400% zoom)."""
    page.goto(server.root + address)
    assert page.locator("h1").count() == 1
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    for width in (1210, 1000, 780, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


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


@pytest.mark.parametrize("address", [*PAGES, "search/?q=recall&region=wales"])
def test_every_word_stands_out_from_its_ground(page: Page, server: Server, address: str) -> None:
    """Contrast of 4.5 to 1 at least, on every kind of page, light and dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(server.root + address)
    if "?" in address:
        expect(page.locator("#search-status")).to_contain_text("results for")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate(CONTRAST) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.evaluate(CONTRAST) == []


def test_a_printed_page_says_that_its_case_is_invented(page: Page, server: Server) -> None:
    """On paper there is no header and no button, but the notice is."""
    page.goto(server.root + "reviews/2025-001/")
    page.emulate_media(media="print")
    expect(page.get_by_text("The cases on this site are invented.")).to_be_visible()
    expect(page.get_by_role("button", name="Copy citation")).not_to_be_visible()
    expect(page.locator("#exit")).not_to_be_visible()


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


@pytest.mark.parametrize(
    "address", ["reviews/2025-001/", "reviews/2025-001/learning/", "themes/recall/pack/", "support/"]
)
def test_who_may_have_to_leave_can(page: Page, server: Server, address: str) -> None:
    """Every review, what to learn from it, what a team prints and the page of support have the button, on any screen and without a script."""
    page.goto(server.root + address)
    for width in (1280, 1210, 1000, 390):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport(ratio=1)


def test_helplines_can_be_rung(page: Page, server: Server) -> None:
    """Every number of the page of support is a link that a telephone dials."""
    page.goto(server.root + "support/")
    links = page.locator("a[href^='tel:']")
    assert links.count() >= 10
    for link in links.all():
        assert link.get_attribute("href") == f"tel:{link.inner_text().replace(' ', '')}"


def test_the_sites_links_say_where_a_reader_is(page: Page, server: Server) -> None:
    """A theme is within themes, a region within reviews; breadcrumbs lead up from each, and never to the page itself."""
    for address, name, crumbs in (
        ("themes/home-visits/", "Themes", ["Home", "Themes"]),
        ("regions/wales/", "Reviews", ["Home", "Reviews", "Regions"]),
        ("regions/", "Reviews", ["Home", "Reviews"]),
        ("reviews/2025-001/learning/", "Reviews", ["Home", "Reviews", "Review 2025-001"]),
        ("data/", "Trends", ["Home", "Trends"]),
        ("about/redaction/", "About", ["Home", "About"]),
        ("lessons/", "Lessons and progress", ["Home"]),
    ):
        page.goto(server.root + address)
        expect(page.locator(".top__nav a[aria-current]")).to_have_text([name])
        expect(page.get_by_role("navigation", name="Breadcrumb").get_by_role("link")).to_have_text(crumbs)


@pytest.mark.parametrize("width", [320, 390])
def test_the_head_fits_a_phone(browser: Browser, server: Server, width: int) -> None:
    """Name and menu on one line, the search box on the next, the banner on a third; the menu opens without a script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(server.root + "regions/wales/")
    menu = page.locator("summary", has_text="Menu")
    tops = [page.locator(".brand"), menu, page.get_by_role("searchbox"), page.get_by_text("Tell us what is wrong")]
    boxes = [box for found in tops if (box := found.bounding_box())]
    assert len(boxes) == len(tops)
    name, button, search, banner = boxes
    assert abs(name["y"] + name["height"] / 2 - button["y"] - button["height"] / 2) < 8
    assert name["y"] + name["height"] <= search["y"] < search["y"] + search["height"] <= banner["y"]
    assert banner["height"] < 30
    expect(page.get_by_role("link", name="Trends")).not_to_be_visible()
    menu.click()
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link")).to_have_count(7)
    page.get_by_role("searchbox").fill("recall")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(server.root + "search/?q=recall")
    context.close()


def test_what_is_wrong_with_a_page_is_told_with_its_address(page: Page, server: Server) -> None:
    """By e-mail to whom mkdocs.yml names; whoever reads it need not ask where."""
    page.goto(server.root + "reviews/2025-001/")
    link = page.get_by_role("link", name="Tell us what is wrong with this page")
    assert link.get_attribute("href") == "mailto:feedback@example.org?subject=Candour%3A%20/reviews/2025-001/"


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


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_home_answers_on_one_screen(page: Page, server: Server, width: int, height: int) -> None:
    """What this is, the search, and where the latest learning begins: before anybody scrolls."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(server.root)
    for seen in (
        page.get_by_role("heading", level=1),
        page.get_by_role("searchbox"),
        page.get_by_role("heading", name="What was learned lately"),
    ):
        box = seen.first.bounding_box()
        assert box
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height


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


def test_nothing_moves_while_a_page_loads(first_page: Page, server: Server) -> None:
    """No layout shift, on a review and at home."""
    for address in ("", "reviews/2025-001/"):
        first_page.goto(server.root + address)
        shift = first_page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
                .observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift == 0


def test_pages_and_a_first_search_are_light(first_page: Page, server: Server) -> None:
    """A review with styles and scripts is at most 150 kB over the wire, a first search 300 kB beyond its page."""
    server.sent.clear()
    first_page.goto(server.root + "reviews/2025-001/", wait_until="networkidle")
    assert sum(size for _, size in server.sent) <= 150_000
    first_page.goto(server.root + "search/", wait_until="networkidle")
    server.sent.clear()
    first_page.get_by_label("Words or phrase").fill("recall")
    expect(first_page.locator("#search-status")).to_contain_text("results for")
    first_page.wait_for_load_state("networkidle")
    assert sum(size for _, size in server.sent) <= 300_000
    assert all(urlsplit(path).path.startswith("/some/where/") for path, _ in server.sent)


LEFT = """() => [
  localStorage.length, sessionStorage.length, document.cookie, innerWidth, innerHeight, document.activeElement.tagName,
  [...document.querySelectorAll(":hover")].length, scrollY,
  ...["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(forced-colors: active)"].map(
    (query) => matchMedia(query).matches
  ),
]"""


def test_a_page_that_was_used_is_as_a_new_one(page: Page, first_page: Page, server: Server) -> None:
    """Tests follow each other in one page: whatever one does to it, the next finds what a browser that was just begun has."""
    page.context.grant_permissions(["clipboard-read"])
    page.route("**/*.css", lambda route: route.fulfill(body="a {}", content_type="text/css"))
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce", forced_colors="active")
    page.goto(server.root + "reviews/2025-001/")
    page.evaluate("localStorage.a = sessionStorage.a = 'kept', document.cookie = 'a=kept; path=/'")
    page.locator("footer a").last.hover()
    page.locator("footer a").last.focus()
    used = page.evaluate(LEFT)
    make_as_new(page, server.root)
    asked = "navigator.permissions.query({ name: 'clipboard-read' }).then((said) => said.state)"
    for one in (page, first_page):
        one.goto(server.root + "reviews/2025-001/")
    assert page.evaluate(LEFT) == first_page.evaluate(LEFT)
    assert page.evaluate(asked) == first_page.evaluate(asked) != "granted"
    rules = "[...document.styleSheets].map((sheet) => sheet.cssRules.length)"
    assert page.evaluate(rules) == first_page.evaluate(rules) != [1]
    assert [one for one, other in zip(used, page.evaluate(LEFT), strict=True) if one == other] == []
