"""A review in Word, numbered by hand, with 20 people and 4 lessons: how many keys and clicks it takes to publish it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from publishing import intake
from tests.support import hand_numbered
from tests.support.paths import ROOT
from tests.support.running import Running
from tests.support.serving import VIOLATIONS

pytestmark = pytest.mark.browser

_SPEC = importlib.util.spec_from_file_location("publishing_day", ROOT / "benchmarks" / "publishing_day.py")
assert _SPEC
assert _SPEC.loader
day = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = day
_SPEC.loader.exec_module(day)

NAMED = {word for name in hand_numbered.PEOPLE for word in name.split()} | {
    "Wyrmbridge",
    "Saltpan",
    "Cobbler",
    "X482913",
}
"""What no public file may say."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for a reviews folder, which is not there yet."""
    return tmp_path_factory.mktemp("day")


def test_a_day_from_word_to_a_published_page_and_down_again(
    page: Page, workbench: Running, house: Path, tmp_path: Path
) -> None:
    """By the way of the docs, in the keys and clicks that they name and in sixty at most; then withdrawn by its reference."""
    file = tmp_path / "review.docx"
    file.write_bytes(hand_numbered.document_bytes())
    hands = day.Hands(page)
    day.go_the_whole_way(hands, workbench.root, file)
    assert hands.total <= day.MOST
    told = (ROOT / "docs" / "publishing-in-a-day.md").read_text(encoding="utf-8")
    assert "\n".join(day.table(hands)) in told

    (folder,) = intake.case_folders(house / "reviews")
    review = intake.load_case(folder)
    assert review.declared
    roles = {name: person.role for person in review.declared.people for name in person.names}
    for name, role in hand_numbered.PEOPLE.items():
        assert [said for written, said in roles.items() if name in written] == [role]
    assert tuple(lesson.text for lesson in review.lessons) == hand_numbered.LESSONS
    text = page.locator("article").inner_text()
    for said in (*hand_numbered.LESSONS, "[Victim 1] was killed at her home", "He grew up in [Town 1]"):
        assert said in text
    public = b"".join(path.read_bytes() for path in (house / "build" / "markdown").rglob("*.md")).decode()
    assert [word for word in sorted(NAMED) if re.search(rf"\b{word}\b", public)] == []

    reference = review.public_id
    page.goto(workbench.root + "/withdraw")
    page.get_by_role("link", name=re.compile(f"Review {reference}: ")).click()
    page.get_by_label("Reason").select_option("victim-request")
    page.get_by_label("Type the reference").fill("2025-009")
    page.get_by_role("button", name="Withdraw it now").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Type {reference}")
    assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
    expect(page.get_by_label("Reason")).to_have_value("victim-request")
    page.get_by_label("Type the reference").fill(reference)
    page.get_by_role("button", name="Withdraw it now").click()
    expect(page.get_by_text(re.compile("Withdrawing .*: done"))).to_be_visible(timeout=300_000)
    page.goto(f"{workbench.root}/preview/reviews/{reference}/")
    expect(page.locator("article")).to_contain_text("has been withdrawn")
    gone = b"".join(path.read_bytes() for path in (house / "build").rglob("*") if path.is_file())
    assert hand_numbered.LESSONS[1].encode() not in gone
