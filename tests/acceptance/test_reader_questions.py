"""Questions that journalists, researchers, teams and families come with, each answered from home in at most four actions.

They were written down before the page was made; three are answered without JavaScript too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.samples import Sample
from tests.support.serving import serving

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Question:
    """Who asks what, what they do from home, and where on the last page what answers it."""

    asked: str
    actions: tuple[tuple[str, ...], ...]
    where: str
    answer: str
    scripts: tuple[bool, ...] = (True,)


SEARCH = ("follow", "Search")
QUESTIONS = (
    Question(
        "A journalist: which lessons are about recall in domestic abuse cases since 2018?",
        (SEARCH, ("tick", "Theme of the lesson", "Recall"), ("tick", "Theme of the case", "Domestic abuse"), ("choose", "From", "2018")),
        "#search-results", "A decision not to recall must be recorded by the manager who makes it",
    ),
    Question(
        "The same, as a page.",
        (SEARCH, ("follow", "Lessons about recall in cases of domestic abuse")),
        ".entries", "A decision not to recall must be recorded by the manager who makes it", (True, False),
    ),
    Question(
        "An inspector: what is overdue for HM Prison and Probation Service?",
        (SEARCH, ("follow", "Overdue lessons for HM Prison and Probation Service")),
        ".entries", "For: HM Prison and Probation Service", (True, False),
    ),
    Question(
        "The press: which lessons has nobody answered?",
        (SEARCH, ("follow", "Lessons that nobody has answered")),
        ".entries", "Not answered", (True, False),
    ),
    Question(
        "A researcher: which reviews are there of cases in London?",
        (SEARCH, ("tick", "What", "Reviews"), ("open", "Region"), ("tick", "Region", "London")),
        "#search-status", "in Reviews, London",
    ),
    Question(
        "A researcher: what was taught about post-sentence supervision, from offences of 2016 to 2019?",
        (("search", "post sentence supervision"), ("tick", "What", "Lessons"), ("choose", "From", "2016"), ("choose", "To", "2019")),
        "#search-results", "post-sentence supervision",
    ),
    Question(
        "A team: where is “professional curiosity” said, word for word?",
        (("search", "“professional curiosity”"), ("tick", "What", "Reviews")),
        "#search-results .sections a", "Lesson",
    ),
    Question(
        "A team: what was learned about home visits, and what of it is done?",
        (SEARCH, ("tick", "Theme of the lesson", "Home visits"), ("open", "Progress last reported"), ("tick", "Progress last reported", "Implemented")),
        "#search-status", "in Home visits, Implemented",
    ),
    Question(
        "A family: what does MAPPA mean?",
        (("search", "MAPPA"), ("tick", "What", "Pages about this site")),
        "#search-results h3", "Glossary",
    ),
    Question(
        "A family: how do we ask for a page to be put right, or taken down?",
        (("follow", "Corrections and withdrawals"),),
        "h1", "Corrections, complaints and withdrawals", (True, False),
    ),
)  # fmt: skip


def act(page: Page, kind: str, *words: str) -> None:
    """One thing that a reader does."""
    if kind == "follow":
        page.get_by_role("link", name=words[0], exact=True).first.click()
    elif kind == "search":
        page.get_by_label("Search reviews and lessons").fill(words[0])
        page.keyboard.press("Enter")
    elif kind == "open":
        page.locator(".facet > summary", has_text=words[0]).click()
    elif kind == "tick":
        group, box = words
        page.get_by_role("group", name=group, exact=True).get_by_role("checkbox", name=re.compile(rf"^{box}\b")).check()
    else:
        page.get_by_label(words[0], exact=True).select_option(words[1])


def test_each_question_is_answered_in_four_actions(sample: Sample, browser: Browser) -> None:
    """From home, with JavaScript, and without it where the table says so."""
    assert len(QUESTIONS) == 10
    assert sum(False in question.scripts for question in QUESTIONS) >= 3
    with serving(sample.out / "site") as server:
        for script in (True, False):
            context = browser.new_context(java_script_enabled=script)
            page = context.new_page()
            for question in (question for question in QUESTIONS if script in question.scripts):
                assert len(question.actions) <= 4
                page.goto(server.root)
                for action in question.actions:
                    act(page, *action)
                expect(page.locator(question.where).first, question.asked).to_contain_text(
                    re.compile(re.escape(question.answer), re.I)
                )
                assert page.get_by_text("No results", exact=False).count() == 0, question.asked
            context.close()
