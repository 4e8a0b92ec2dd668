"""Pages that fill in until the next build, where there was no room for one: each is written by itself, in HTML."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath

from jinja2 import Template

from publishing.catalogue.review_titles import lower_first
from publishing.reviews import Withdrawal
from publishing.site import phrasing, site_options
from publishing.site.environments import make_environment
from publishing.vocabulary import title

HOME = "index.html"
LIST = "reviews/index.html"
_LINKS = (
    (HOME, "Home"),
    (LIST, "Every review"),
    ("support/index.html", "Support if you are affected"),
    ("about/index.html", "About this site"),
)


def notice(address: PurePosixPath, withdrawal: Withdrawal) -> bytes:
    """What a page says whose review was withdrawn; `address` is the page's file in the site's folder."""
    reason = lower_first(title("withdrawal_reasons", withdrawal.reason))
    said = (
        f"This review was taken down on {phrasing.format_day(withdrawal.on)}.",
        f"Reason: {reason}.",
        "We do not say more, and we ask others not to publish copies of it.",
    )
    more = (("about/corrections/index.html", "Corrections and withdrawals"), *_LINKS)
    return _page(address, f"Review {withdrawal.public_id} has been withdrawn", said, more)


def filling(address: PurePosixPath, reviews: Iterable[str]) -> bytes:
    """What a page says until it is written again; home and the list of reviews lead on to the reviews that there are."""
    said = "This part of the site is being written again, and search with it. Please come back later."
    if address.as_posix() == LIST:
        every = tuple((f"reviews/{public_id}/index.html", f"Review {public_id}") for public_id in sorted(reviews))
        return _page(address, "Every review", (said, "Every review that is published can be read:"), every + _LINKS)
    if address.as_posix() == HOME:
        lead = "What was learned from serious further offences: reviews, redacted and risk-assessed."
        return _page(address, "Learning from serious further offences", (lead, said), _LINKS[1:])
    return _page(address, "This page will be back", (said,), _LINKS)


def _page(address: PurePosixPath, heading: str, paragraphs: Iterable[str], links: Iterable[tuple[str, str]]) -> bytes:
    root = "../" * len(address.parent.parts)
    return _template().render(root=root, heading=heading, paragraphs=paragraphs, links=links).encode()


@cache
def _template() -> Template:
    found = make_environment("templates")
    settings = site_options.load_site_options()
    found.globals.update(site=settings.name, invented=settings.invented)
    return found.get_template("stopgap.html.j2")
