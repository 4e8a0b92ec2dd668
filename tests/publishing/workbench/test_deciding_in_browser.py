"""Deciding by keys, and drafts that survive, in Chromium against a workbench of its own."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from publishing.checking import decisions
from redaction import Redactor
from tests.support.cases import CASE
from tests.support.running import Running
from tests.support.serving import VIOLATIONS
from tests.support.workbench import write_case

pytestmark = pytest.mark.browser

SUMMARY = """Darren Whitlock lived at 27 Tennyson Road. Keisha Moorhouse met him on 14 June 2018.

On 3 July 2018 he rang Bramley. The dog was old. His sister was a nurse. The dog slept."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reviews folder with one case, which has something of every sort to decide."""
    root = tmp_path_factory.mktemp("deciding")
    write_case(root / "reviews", summary=SUMMARY)
    return root


@pytest.fixture
def case(page: Page, workbench: Running, house: Path) -> Page:
    """The case's page, on which nobody has decided anything, and keys are on."""
    (house / "reviews" / CASE / "decisions.yml").unlink(missing_ok=True)
    page.goto(f"{workbench.root}/case/{CASE}")
    return page


def decided(house: Path) -> dict[str, str]:
    """The action of each decision, by its words."""
    return {d.text: d.action for d in decisions.load(house / "reviews" / CASE)}


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    with page.expect_navigation():
        page.keyboard.press(key)


def follow(page: Page, link: Locator) -> None:
    """Click what leads to another page, and wait for that."""
    with page.expect_navigation():
        link.click()


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_a_case_is_decided_by_single_letters(case: Page, house: Path) -> None:
    """Next, keep, accept, one before, undo and do again; the focus is on what is to be decided next, until nothing is."""
    case.keyboard.press("a")
    assert focused(case) == "to-do-1"
    assert decided(house) == {}, "what nobody looks at is not decided"
    press(case, "k")
    first = next(iter(decided(house)))
    assert decided(house) == {first: "reject"}
    assert focused(case) == "to-do-1"
    case.keyboard.press("n")
    assert focused(case) in ("to-do-2", *(f"finding-{n}" for n in range(1, 20)))
    case.keyboard.press("p")
    assert focused(case) == "to-do-1"
    press(case, "u")
    assert decided(house) == {}
    press(case, "r")
    assert decided(house) == {first: "reject"}
    case.keyboard.press("n")
    while case.locator("[data-undecided]").count():
        assert case.locator(".finding[data-undecided]:focus").count() == 1
        press(case, "a")
    assert set(decided(house).values()) == {"reject", "accept"}
    expect(case.get_by_role("status").first).to_contain_text("Nothing that is shown here is left to decide.")
    assert focused(case) == "findings"
    case.keyboard.press("n")
    expect(case.locator("#keys-said")).to_have_text("Nothing that is shown is left to decide.")


def test_letters_in_a_field_and_with_other_keys_decide_nothing(case: Page, house: Path, workbench: Running) -> None:
    """Nor do they once they are turned off, and everything is there without them."""
    case.keyboard.press("n")
    case.get_by_label("Words that were missed").fill("")
    case.get_by_label("Words that were missed").press_sequentially("makuncrp")
    expect(case.get_by_label("Words that were missed")).to_have_value("makuncrp")
    case.locator("#to-do-1").focus()
    for keys in ("Control+k", "Alt+a", "Meta+k", "x"):
        case.keyboard.press(keys)
    assert decided(house) == {}
    case.get_by_text("Keys", exact=True).click()
    assert Axe().run(case, options=VIOLATIONS).response["violations"] == []
    follow(case, case.get_by_role("button", name="Turn these keys off"))
    expect(case.locator("#keys:not([data-on])")).to_have_count(1)
    case.locator("#to-do-1").focus()
    for key in "kanpcur":
        case.keyboard.press(key)
    assert focused(case) == "to-do-1"
    assert decided(house) == {}
    case.get_by_text("Keys", exact=True).click()
    follow(case, case.get_by_role("button", name="Turn these keys on"))
    expect(case.locator("#keys[data-on]")).to_have_count(1)


def test_a_changed_kind_changes_the_label_that_is_proposed(case: Page, house: Path) -> None:
    """By the key that opens the form; the old label comes back with the old kind."""
    item = case.locator("li.finding[data-undecided]", has_text="Bramley becomes")
    item.focus()
    case.keyboard.press("c")
    kind, label = item.get_by_label("Kind"), item.get_by_label("In their place")
    expect(kind).to_be_focused()
    before = label.input_value()
    kind.select_option("PERSON")
    expect(label).to_have_value("")
    kind.select_option("PLACE")
    expect(label).to_have_value(before)
    kind.select_option("PERSON")
    follow(case, item.get_by_role("button", name="Change everywhere"))
    expect(case.locator("li.finding", has_text="Bramley becomes").locator(".becomes")).to_have_text("[Person 1]")


def test_a_filter_stays_while_things_are_decided_one_by_one_and_together(case: Page, house: Path) -> None:
    """All dates at once, with the number said before; one step back brings them all back."""
    case.get_by_label("Of the kind").select_option("DATE")
    follow(case, case.get_by_role("button", name="Show these"))
    expect(case.locator("li.finding")).to_have_count(2)
    follow(case, case.get_by_role("button", name="Accept 2: Date, in 2 places"))
    expect(case.get_by_role("status").first).to_contain_text("Nothing that is shown here is left")
    expect(case.get_by_label("Of the kind")).to_have_value("DATE")
    assert len(decided(house)) == 2
    press(case, "u")
    expect(case.get_by_label("Of the kind")).to_have_value("DATE")
    assert decided(house) == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_both_texts_stand_side_by_side_or_one_below_the_other(case: Page, width: int) -> None:
    """Every passage begins where its other one does; narrow, each stands right below its other one."""
    case.set_viewport_size({"width": width, "height": 800})
    rows = case.evaluate(
        """() => [...document.querySelectorAll('#text .original')].map(e => [e, e.nextElementSibling].map(
            side => { const box = side.getBoundingClientRect(); return [box.top, box.bottom, box.left] }))"""
    )
    assert rows
    for (top, bottom, left), (other_top, _, other_left) in rows:
        if width == 1280:
            assert (top, left < other_left) == (other_top, True)
        else:
            assert (left, bottom <= other_top) == (other_left, True)


def test_what_is_typed_survives_a_killed_workbench(browser: Browser, tmp_path: Path, redactor: Redactor) -> None:
    """Typed, not saved, killed: the next start offers it back; saved, it is gone; nothing was left in the browser."""
    reviews = tmp_path / "reviews"
    write_case(reviews)
    kept = reviews / ".candour" / "drafts" / CASE / "facts.json"
    first = Running(reviews, tmp_path / "build", redactor)
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(first.start)
        page.goto(f"{first.root}/case/{CASE}/facts")
        page.get_by_label("Approved by").fill("Head of Nowhere")
        expect(page.get_by_text("What you type here is kept until you save it.")).to_be_visible()
        page.get_by_label("Year of the offence").fill("2017")
        page.keyboard.press("Tab")
        until = time.monotonic() + 30
        while "2017" not in kept.read_text(encoding="utf-8"):
            assert time.monotonic() < until
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        first.kill()
        page.get_by_role("group", name="Outcome in court").get_by_label("Acquitted").check()
        expect(page.get_by_text("What you type here cannot be kept")).to_be_visible()
    second = Running(reviews, tmp_path / "build", redactor)
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(second.start)
        page.goto(f"{second.root}/case/{CASE}/facts")
        expect(page.get_by_label("Approved by")).to_have_value("Head of Casework")
        assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
        follow(page, page.get_by_role("link", name="Go on with it"))
        expect(page.get_by_label("Approved by")).to_have_value("Head of Nowhere")
        expect(page.get_by_label("Year of the offence")).to_have_value("2017")
        assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
        assert kept.exists()
        # saved at once after a letter: what is on its way must not come back as a draft
        page.get_by_label("Approved by").press("End")
        page.keyboard.type("!")
        follow(page, page.get_by_role("button", name="Save", exact=True))
        expect(page.get_by_role("status").first).to_contain_text("Saved")
        assert not kept.exists()
    assert "approved_by: Head of Nowhere!" in (reviews / CASE / "review.md").read_text(encoding="utf-8").replace(
        '"', ""
    )
    second.close()
