"""Pages of figures, in Chromium: charts, tables and what filters lessons."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.serving import VIOLATIONS, Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 360),
        pytest.param("light", 360, marks=pytest.mark.soak),
        pytest.param("dark", 1280, marks=pytest.mark.soak),
    ],
)
@pytest.mark.parametrize("address", ["trends/", "trends/2025/", "lessons/", "data/", "about/disclosure-control/"])
def test_axe_finds_nothing_on_pages_of_figures(
    browser: Browser, server: Server, address: str, scheme: str, width: int
) -> None:
    """Charts, wide tables and filters, in both colours, wide and narrow."""
    # axe puts a script into the page, which the site's own policy forbids
    context = browser.new_context(bypass_csp=True, color_scheme="light" if scheme == "light" else "dark")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server.root + address)
    found = Axe().run(page, options=VIOLATIONS)
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


def test_lessons_filter_sort_and_keep_it_in_the_address(page: Page, server: Server) -> None:
    """Without a server: from the site's own data; taking the filter away brings the list back as it was written."""
    page.goto(server.root + "lessons/")
    rows = page.locator("#progress-table tbody tr")
    whole = rows.count()
    page.get_by_label("Progress", exact=True).select_option("no-response")
    expect(page.locator("#progress-said")).to_contain_text("lessons.")
    chosen = rows.count()
    assert 0 < chosen < whole
    assert urlsplit(page.url).query == "status=no-response"
    page.get_by_label("Order").select_option("silent")
    expect(rows).to_have_count(chosen)
    page.reload()
    expect(rows).to_have_count(chosen)
    expect(rows.first).to_contain_text("Not answered")
    expect(page.get_by_label("Progress", exact=True)).to_have_value("no-response")
    page.get_by_label("Progress", exact=True).select_option("")
    page.get_by_label("Order").select_option("")
    expect(rows).to_have_count(whole)


def test_filtered_rows_say_what_the_written_ones_say(page: Page, server: Server) -> None:
    """The script's rows and the template's are the same words."""
    page.goto(server.root + "lessons/")
    rows = page.locator("#progress-table tbody tr")
    written = sorted(rows.all_inner_texts())
    page.get_by_label("Order").select_option("due")
    expect(page.locator("#progress-said")).to_contain_text("lessons.")
    assert sorted(rows.all_inner_texts()) == written


@pytest.mark.parametrize("address", ["trends/", "trends/2025/", "lessons/", "data/"])
def test_no_column_of_figures_is_out_of_sight_on_a_phone(page: Page, server: Server, address: str) -> None:
    """Tables fit, or their rows are cards; what stands before a cell of a card is its column's heading."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.root + address)
    wide = "tables => tables.filter(t => t.scrollWidth > t.clientWidth).map(t => t.getAttribute('aria-label'))"
    assert page.locator(".scroll").evaluate_all(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    said = """tables => tables.flatMap(t => [...t.querySelectorAll("td")].map(cell =>
      [getComputedStyle(cell, "::before").content, `"${t.querySelectorAll("th")[cell.cellIndex].textContent}: "`]))"""
    cells = [(before, heading) for before, heading in page.locator(".cards").evaluate_all(said) if before != "none"]
    assert [pair for pair in cells if pair[0] != pair[1]] == []
    assert bool(cells) == (address != "data/")


def test_lessons_are_a_table_without_javascript(browser: Browser, server: Server) -> None:
    """Every lesson, and no filter that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.root + "lessons/")
    assert page.locator("#progress-table tbody tr").count() > 5
    assert not page.locator("#progress-form").is_visible()
    context.close()


def test_filtered_rows_say_that_no_progress_was_reported_after_an_answer(page: Page, server: Server) -> None:
    """An accepted lesson of which nothing was said since, chosen by its owner: the script says it as the template does."""

    def accepted(route: Route) -> None:
        answer = route.fetch()
        data = answer.json()
        data["recommendations"][0] |= {
            "response": "accepted",
            "status": "no-response",
            "history": [],
            "progress": "Accepted, no progress reported yet",
        }
        route.fulfill(response=answer, json={**data, "recommendations": data["recommendations"][:2]})

    page.route("**/data/recommendations.json", accepted)
    page.goto(server.root + "lessons/")
    page.get_by_label("Owner", exact=True).select_option("HM Prison and Probation Service")
    row = page.locator("#progress-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Accepted, no progress reported yet")
    expect(row).not_to_contain_text("Answer:")
