"""Invented reviews, already redacted, and one built site that every test of this folder reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from publishing import site
from publishing.reviews import RedactedReview, Withdrawal
from tests.support import redacted_reviews
from tests.support.redacted_reviews import TODAY, WITHDRAWN
from tests.support.serving import VIEW, Server, make_as_new, serving, watched_page, watching
from tests.support.sharing import make_once


@pytest.fixture(scope="session")
def make_review() -> Callable[..., RedactedReview]:
    """Build an invented review; keyword arguments change its key facts, `lessons` and the rest."""
    return redacted_reviews.make_review


@pytest.fixture(scope="session")
def reviews() -> tuple[RedactedReview, ...]:
    """Six reviews, alike enough to be related and to fill filters."""
    return redacted_reviews.six_reviews()


@pytest.fixture(scope="session")
def withdrawals() -> tuple[Withdrawal, ...]:
    """One review that was taken down."""
    return WITHDRAWN


@pytest.fixture(scope="session")
def staging(
    reviews: tuple[RedactedReview, ...], withdrawals: tuple[Withdrawal, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The whole site, built once for the session: markdown/ and site/."""
    return make_once(tmp_path_factory, "six-reviews", lambda folder: site.publish(reviews, withdrawals, folder, TODAY))


@pytest.fixture(scope="session")
def today() -> dt.date:
    """The day that the site is built for."""
    return TODAY


@pytest.fixture(scope="session")
def server(staging: Path) -> Iterator[Server]:
    """The built site, being served."""
    with serving(staging / "site") as running:
        yield running


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """The one page in which tests follow each other, each as in a new one."""
    context = browser.new_context(viewport=VIEW)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, server: Server) -> Iterator[Page]:
    """A page as new; whatever goes wrong in it, or leaves the site, fails the test."""
    with watching(tab, server.root, partial(make_as_new, tab, server.root)):
        yield tab


@pytest.fixture
def first_page(browser: Browser, server: Server) -> Iterator[Page]:
    """The same, of a browser that has read nothing of the site: for what is sent, and how long it takes to come."""
    with watched_page(browser, server.root) as opened:
        yield opened
