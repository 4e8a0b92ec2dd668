"""A thousand leaks planted in a built site: whatever hides in a file of its own or within a page is found, each of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.errors import LeakError
from publishing.release.site_check import check_site
from tests.redaction.leaks.test_hiding_places import KINDS, Places
from tests.support.cases import write_case
from tests.support.tally import Tally

pytestmark = pytest.mark.soak

DECLARED = {
    "umber-pantry-71": ["Darren Whitlock", "A4821CK", "27 Tennyson Road", "St Ambrose Barlow Primary"],
    "walnut-anchor-08": ["Ffion Cadwaladr", "X412398", "14 Marlpit Crescent", "Hollins Grange Nursery"],
}
REGISTER = """format: 1
people: [{{role: person-on-probation, names: [{}]}}]
codes: [{}]
places: ["{}, Swinton"]
organisations: [{}]
"""
PAGE = b"<html><body><p>Nothing.</p>\n%b\n</body></html>"


def plant(site: Path, places: Places, words: list[str]) -> Iterator[tuple[str, str]]:
    """Put words into every hiding place: as a file of its own, and in the midst of a page where it is text; the file, and what it is."""
    for (place, hide), word in itertools.product(places.items(), words):
        data = hide(word)
        ways = {"a file of its own": ("bin", data)}
        if data.isascii() and not data.startswith((b"%PDF", b"<?xml")):
            ways["within a page"] = ("html", PAGE % data)
        for way, (suffix, content) in ways.items():
            path = site / "planted" / f"{len(list((site / 'planted').iterdir()))}.{suffix}"
            path.write_bytes(content)
            yield f"planted/{path.name}", f"{place}, {way}: {word}"


@pytest.fixture
def site(house: Path) -> Path:
    """A built site, and the reviews whose registers declare whom it may not name."""
    for case, declared in DECLARED.items():
        write_case(house / "reviews", case, register=REGISTER.format(*declared))
    (house / "build/site/planted").mkdir()
    return house / "build/site"


def found_in(house: Path) -> set[str]:
    """The files of a site in which something is found."""
    with pytest.raises(LeakError) as caught:
        check_site(house / "reviews", house / "build/site")
    return {line.partition(": ")[0] for line in caught.value.findings}


@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_planted_leaks_are_found(site: Path, house: Path, kind: str, tally: Tally) -> None:
    """Eight identities of two cases, in every hiding place, as a file of its own and within a page; a thousand over the four kinds."""
    planted = dict(plant(site, KINDS[kind], [*itertools.chain(*DECLARED.values())]))
    found = found_in(house)
    for file, what in planted.items():
        tally(what, () if file in found else ["not found"])
