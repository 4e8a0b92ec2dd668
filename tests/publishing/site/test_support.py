"""The page of support: who helps, when and how, without a voice too; and whether anybody has checked it."""

from __future__ import annotations

import datetime as dt

import pytest

from publishing.site import support
from publishing.site.support import load_support


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The details are said to have been checked on a day."""
    data = {**support._data(), "checked": dt.date(2026, 3, 2)}
    monkeypatch.setattr(support, "_data", lambda: data)


def said(title: str) -> str:
    """All the words under a heading."""
    (kind,) = (kind for kind in load_support() if kind.title == title)
    return " ".join(kind.words)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("", "call 18000 with the Relay UK app or a textphone"),
        ("If someone close to you was killed", "paid for by the Ministry of Justice and given by Victim Support"),
        ("If someone close to you was killed", "Support After Murder and Manslaughter"),
        ("If someone close to you was killed", "Advocacy After Fatal Domestic Abuse"),
        ("If you live in Wales", "0808 80 10 800. gov.wales/live-fear-free"),
        ("If you are being stalked", "Suzy Lamplugh Trust. Hours are on their site. 0808 802 0300."),
        ("If you are made to work, or kept against your will", "Hours are on their site. 08000 121 700."),
        ("If you are struggling to cope", "116 123"),
        (
            "If you use text relay, and before you ring",
            "put 18001 before any other number here, with the Relay UK app or a textphone",
        ),
    ],
)
def test_who_helps_is_told_with_when_and_how(title: str, words: str) -> None:
    """Where nobody is sure of the hours, readers are sent to the organisation's own site."""
    assert words in said(title)


def test_every_number_has_hours_or_says_where_they_are() -> None:
    """And every organisation has a site."""
    for kind in load_support()[1:-1]:
        for paragraph in kind.markdown.split("\n\n"):
            assert paragraph.startswith("**")
            assert "](https://" in paragraph
            assert "(tel:" not in paragraph or "day or night" in paragraph or "Hours are on their site." in paragraph


def test_the_page_says_that_details_change() -> None:
    """It claims no day on which they were checked while nobody has written one."""
    last = said("If you use text relay, and before you ring")
    assert "Numbers and hours change. If nobody answers, look at the organisation’s own site." in last
    assert "checked" not in last


def test_what_was_checked_says_when(checked: None) -> None:
    """A day as it is read aloud."""
    assert said("If you use text relay, and before you ring").endswith("We last checked them on 2 March 2026.")
