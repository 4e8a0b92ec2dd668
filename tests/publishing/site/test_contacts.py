"""Whom readers can write to: addresses that are ones, on the pages that name them, and no example's on a site of real reviews."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from markupsafe import Markup

from publishing import site
from publishing.errors import BuildError
from publishing.reviews import RedactedReview, Withdrawal
from publishing.site import pages
from publishing.site.contacts import MINISTRY, Contact, Contacts
from publishing.site.site_options import load_site_options
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.paths import contents

REAL = {
    "corrections_contact": "sfo.corrections@justice.gov.uk",
    "press_contact": "https://www.gov.uk/contact-press",
    "feedback_contact": "https://forms.justice.gov.uk/sfo-feedback",
    "security_contact": "mailto:security@justice.gov.uk",
}
TELEPHONE, POST = "020 7123 4567", "Review team, 1 Marsham Street, London SW1P 4DF"
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


def test_telephone_and_post_may_be_missing_or_empty() -> None:
    """Settings from before there were any are sound: letters then go to the ministry, as they did."""
    old = Contacts.parse(REAL, invented=False)
    assert (old.faults, old.telephone, old.post) == ((), None, MINISTRY)
    empty = Contacts.parse({**REAL, "corrections_telephone": "", "corrections_post": ""}, invented=False)
    assert (empty.faults, empty.telephone, empty.post) == ((), None, "")
    full = Contacts.parse({**REAL, "corrections_telephone": TELEPHONE, "corrections_post": POST}, invented=False)
    assert full.telephone == Contact(TELEPHONE, Markup("tel:02071234567"))
    assert (full.faults, full.post) == ((), POST)


@pytest.mark.parametrize("value", ["+44 20 7123 4567", "0300 123 4567", "01632 96000", "07911 123456"])
def test_a_telephone_number_of_the_kingdom_is_one(value: str) -> None:
    """With the code of the country or without, in groups of any length."""
    found = Contacts.parse({**REAL, "corrections_telephone": value}, invented=False)
    assert (found.faults, found.telephone and found.telephone.text) == ((), value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("corrections_telephone", value) for value in ("ring us", "12", "999", "0800", "020 7123 4567 ext. 9", 2071234567,
          "020 7123 4567\n", "tel:02071234567", "+1 202 555 0100", "[x](y)", True)),
        *(("corrections_post", value) for value in ("Petty France", "102 Petty France, London", "1 A Street\nLondon SW1H 9AJ",
          "<b>1</b> A Street, London SW1H 9AJ", "x" * 220 + " SW1H 9AJ", 42, ["SW1H 9AJ"])),
    ],
)  # fmt: skip
@pytest.mark.parametrize("invented", [False, True], ids=["real", "invented"])
def test_what_is_no_telephone_number_or_postal_address_is_refused(name: str, value: object, invented: bool) -> None:
    """On any site; no page names it."""
    found = Contacts.parse({**REAL, name: value}, invented)
    assert [fault.split(" (")[0] for fault in found.faults] == [name]
    assert found.telephone is None
    assert found.post in ("", MINISTRY)
    with pytest.raises(BuildError, match="020 7123 4567"):
        found.refuse_faulty()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("corrections_telephone", "01632 960 001"),
        ("corrections_telephone", "+44 20 7946 0123"),
        ("corrections_telephone", "0161 496 0411"),
        ("corrections_post", "Example House, 1 Any Street, London SW1H 9AJ"),
    ],
)
def test_nobodys_number_and_address_are_for_invented_cases_alone(name: str, value: str) -> None:
    """Those that are kept for drama, and what calls itself an example."""
    assert Contacts.parse({**REAL, name: value}, invented=True).faults == ()
    (fault,) = Contacts.parse({**REAL, name: value}, invented=False).faults
    assert fault.startswith(name)
    assert "of an example" in fault


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
    faulty = [*REAL, "corrections_telephone"]
    assert [line.split(" (")[0] for line in said[1:-1]] == [f"mkdocs.yml, extra, {kind}" for kind in faulty]
    assert "Write an e-mail address" in said[-1]
    assert contents(house / "build") == before
    withdraw_small("2025-001", "legal", house / "reviews", house / "build", AS_OF)
    set_options(invented_cases="false", corrections_telephone=TELEPHONE, **REAL)
    assert build_small(house / "reviews", house / "build", AS_OF).published == ("2025-002",)


@pytest.mark.build
def test_real_contacts_stand_on_their_pages(
    tmp_path: Path,
    set_options: Callable[..., None],
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
) -> None:
    """And no example anywhere; without a security contact there is no security.txt, without another no word of it."""
    set_options(invented_cases="false", corrections_telephone=TELEPHONE, corrections_post=POST, **REAL)
    site.publish(reviews[:1], withdrawals, tmp_path / "one", dt.date(2025, 11, 25))
    about = tmp_path / "one/site/about"
    text = (tmp_path / "one/site/.well-known/security.txt").read_text(encoding="utf-8")
    assert "\nContact: mailto:security@justice.gov.uk\n" in text
    assert 'href="mailto:sfo.corrections@justice.gov.uk"' in (about / "corrections/index.html").read_text("utf-8")
    assert 'href="https://www.gov.uk/contact-press"' in (about / "journalists/index.html").read_text("utf-8")
    assert 'href="https://forms.justice.gov.uk/sfo-feedback"' in (about / "index.html").read_text("utf-8")
    for page in (about / "corrections/index.html", tmp_path / "one/site/reviews/2025-001/index.html"):
        text = page.read_text(encoding="utf-8")
        assert f'<a href="tel:02071234567">{TELEPHONE}</a>' in text
        assert f"By letter: {POST}</li>" in text
        assert 'By e-mail: <a href="mailto:sfo.corrections@justice.gov.uk">' in text
    assert not [name for name, data in contents(tmp_path / "one").items() if b"example.org" in data]
    assert not [name for name, data in contents(tmp_path / "one").items() if b"cases on this site are invented" in data]

    none = {"corrections_telephone": '""', "corrections_post": '""'}
    set_options(invented_cases="false", corrections_contact="a@gov.uk", **none, **dict.fromkeys(list(REAL)[1:], '""'))
    site.publish(reviews[:1], withdrawals, tmp_path / "two", dt.date(2025, 11, 25))
    assert "what is wrong with this page" not in (tmp_path / "two/site/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "two/site/.well-known").exists()
    about = tmp_path / "two/site/about"
    assert "weakness" not in (about / "corrections/index.html").read_text(encoding="utf-8")
    assert "Asking us" not in (about / "journalists/index.html").read_text(encoding="utf-8")
    assert not re.search(r"By telephone|By letter", (about / "corrections/index.html").read_text(encoding="utf-8"))


def test_a_review_says_who_may_see_it_and_how_to_have_it_taken_down(
    tmp_path: Path, set_options: Callable[..., None], reviews: Sequence[RedactedReview], staging: Path
) -> None:
    """Every review; and what it says of search engines is what the settings ask of them."""
    for review in reviews:
        page = (staging / f"markdown/reviews/{review.public_id}/index.md").read_text(encoding="utf-8")
        said = page.split("## Who may see this page\n")[1].split("\n## ")[0]
        assert "Search engines may show it." in said
        assert "Anyone can ask for a correction, or for this page to come down." in said
        assert "need give no reason" in said
        assert "[01632 960 001](tel:01632960001)" in said
        assert "put 18001 before the number, with the Relay UK app or a textphone" in said
        assert '<a href="../../about/corrections/">What happens then</a>' in said
    set_options(unlisted="[review]")
    pages.write_pages(reviews[:1], [], tmp_path / "unlisted", AS_OF)
    page = (tmp_path / "unlisted/reviews/2025-001/index.md").read_text(encoding="utf-8")
    assert "Search engines are asked to leave it out" in page
    assert "Search engines may show it" not in page


@pytest.mark.parametrize("said", ["review", "review, pack", "{review: true}", "[1]", "true"])
def test_kinds_of_page_to_leave_out_are_a_list(set_options: Callable[..., None], said: str) -> None:
    """In plain text a template would find letters: search engines would be asked not to show what the page says they may."""
    set_options(unlisted=said)
    with pytest.raises(
        BuildError, match=r"mkdocs.yml, extra, unlisted: must be a list of kinds of page, in square brackets"
    ):
        load_site_options()
