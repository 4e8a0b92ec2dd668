"""Whom readers can write to: addresses that are ones, on the pages that name them, and no example's on a site of real reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from publishing import site
from publishing.errors import BuildError
from publishing.reviews import RedactedReview, Withdrawal
from publishing.site.contacts import Contacts
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.paths import contents

REAL = {
    "corrections_contact": "sfo.corrections@justice.gov.uk",
    "press_contact": "https://www.gov.uk/contact-press",
    "feedback_contact": "https://forms.justice.gov.uk/sfo-feedback",
    "security_contact": "mailto:security@justice.gov.uk",
}
GOOD: list[tuple[str, str]] = [
    ("team@justice.gov.uk", "mailto:team@justice.gov.uk"),
    ("mailto:team@justice.gov.uk", "mailto:team@justice.gov.uk"),
    ("first_last+sfo@a-b.co.uk", "mailto:first_last+sfo@a-b.co.uk"),
    ("https://www.gov.uk", "https://www.gov.uk"),
    ("https://forms.justice.gov.uk/report?kind=sfo&new=1", "https://forms.justice.gov.uk/report?kind=sfo&new=1"),
]
BAD: list[object] = [
    "team",
    "team@justice",
    "team@@justice.gov.uk",
    ".team@justice.gov.uk",
    "te..am@justice.gov.uk",
    "the team <team@justice.gov.uk>",
    "team@justice.gov.uk\n",
    "team@justice.gov.uk\nCanonical: https://elsewhere.org/",
    "team@justice.gov.uk, press@justice.gov.uk",
    "team@justice.gov.uk?subject=x",
    "team@justice.gov.uk](https://elsewhere.org",
    "team@jüstice.gov.uk",
    "team@-justice.gov.uk",
    "team@127.0.0.1",
    "http://www.gov.uk/",
    "https://user@www.gov.uk/",
    "https://www.gov.uk/a)b",
    'https://www.gov.uk/"onclick',
    "https://www.gov.uk/a b",
    "javascript:alert(1)",
    "tel:+442070000000",
    "{{ 7 * 7 }}",
    42,
    ["team@justice.gov.uk"],
    True,
]


@pytest.mark.parametrize(("value", "link"), GOOD)
def test_an_address_is_a_link(value: str, link: str) -> None:
    """By e-mail or on the web; readers see it without `mailto:`."""
    found = Contacts.parse({**REAL, "press_contact": value}, invented=False)
    contact = found.get("press")
    assert found.faults == ()
    assert contact is not None
    assert (contact.text, contact.link) == (value.removeprefix("mailto:"), link)


@pytest.mark.parametrize("value", BAD, ids=repr)
@pytest.mark.parametrize("invented", [False, True], ids=["real", "invented"])
def test_what_is_no_address_is_refused(value: object, invented: bool) -> None:
    """For every kind, on any site; no page names it."""
    for kind in REAL:
        found = Contacts.parse({**REAL, kind: value}, invented)
        assert [fault.split(" (")[0] for fault in found.faults] == [kind]
        with pytest.raises(BuildError, match="readers could reach nobody"):
            found.refuse_faulty()
        assert len(found.known) == 3


EXAMPLES = [
    "team@example.org",
    "team@www.example.com",
    "https://example.net/report",
    "team@justice.example",
    "team@moj.test",
    "team@site.invalid",
    "https://here.localhost/",
]


@pytest.mark.parametrize("value", EXAMPLES)
def test_an_example_is_for_invented_cases_alone(value: str) -> None:
    """A near miss, whose name only looks like one, is somebody's."""
    for kind in REAL:
        assert "is still the address of an example" in Contacts.parse({**REAL, kind: value}, invented=False).faults[0]
        assert Contacts.parse({**REAL, kind: value}, invented=True).faults == ()
    for mine in ("team@notexample.org", "team@example.org.uk", "team@test.gov.uk"):
        assert Contacts.parse({**REAL, "press_contact": mine}, invented=False).faults == ()


def test_all_but_corrections_may_be_left_out() -> None:
    """Whoever is harmed by a page must be able to say so."""
    none = dict.fromkeys(REAL, "")
    assert Contacts.parse(none, invented=True) == Contacts()
    (fault,) = Contacts.parse(none, invented=False).faults
    assert fault.startswith("corrections_contact")
    assert fault.endswith("is missing")


# --- on the site ------------------------------------------------------------------------------------------------------


def test_the_samples_contacts_stand_on_their_pages(staging: Path) -> None:
    """Corrections, press and the weaknesses of the site, each as a link."""
    pages = {
        name: (staging / "site/about" / name / "index.html").read_text("utf-8")
        for name in ("corrections", "journalists")
    }
    assert '<a href="mailto:corrections@example.org">corrections@example.org</a>' in pages["corrections"]
    assert '<a href="mailto:security@example.org">security@example.org</a>' in pages["corrections"]
    assert '<a href="mailto:press@example.org">press@example.org</a>' in pages["journalists"]


def test_a_site_of_real_reviews_is_not_built_with_examples(house: Path, set_options: Callable[..., None]) -> None:
    """Each contact is named with what to do; what stood stands. A withdrawal is never prevented, and names no example."""
    before = contents(house / "build")
    set_options(invented_cases="false")
    with pytest.raises(BuildError) as refused:
        build_small(house / "reviews", house / "build", AS_OF)
    said = str(refused.value).splitlines()
    assert [line.split(" (")[0] for line in said[1:-1]] == [f"mkdocs.yml, extra, {kind}" for kind in REAL]
    assert "Write an e-mail address" in said[-1]
    assert contents(house / "build") == before
    withdraw_small("2025-001", "legal", house / "reviews", house / "build", AS_OF)
    set_options(invented_cases="false", **REAL)
    assert build_small(house / "reviews", house / "build", AS_OF).published == ("2025-002",)


@pytest.mark.build
def test_real_contacts_stand_on_their_pages(
    tmp_path: Path,
    set_options: Callable[..., None],
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
) -> None:
    """And no example anywhere; without a security contact there is no security.txt, without another no word of it."""
    set_options(invented_cases="false", **REAL)
    site.publish(reviews[:1], withdrawals, tmp_path / "one", dt.date(2025, 11, 25))
    about = tmp_path / "one/site/about"
    text = (tmp_path / "one/site/.well-known/security.txt").read_text(encoding="utf-8")
    assert "\nContact: mailto:security@justice.gov.uk\n" in text
    assert 'href="mailto:sfo.corrections@justice.gov.uk"' in (about / "corrections/index.html").read_text("utf-8")
    assert 'href="https://www.gov.uk/contact-press"' in (about / "journalists/index.html").read_text("utf-8")
    assert 'href="https://forms.justice.gov.uk/sfo-feedback"' in (about / "index.html").read_text("utf-8")
    assert not [name for name, data in contents(tmp_path / "one").items() if b"example.org" in data]
    assert not [name for name, data in contents(tmp_path / "one").items() if b"cases on this site are invented" in data]

    set_options(invented_cases="false", corrections_contact="a@gov.uk", **dict.fromkeys(list(REAL)[1:], '""'))
    site.publish(reviews[:1], withdrawals, tmp_path / "two", dt.date(2025, 11, 25))
    assert "what is wrong with this page" not in (tmp_path / "two/site/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "two/site/.well-known").exists()
    about = tmp_path / "two/site/about"
    assert "weakness" not in (about / "corrections/index.html").read_text(encoding="utf-8")
    assert "Asking us" not in (about / "journalists/index.html").read_text(encoding="utf-8")
