"""The list of licences keeps up with the lock, and nobody guesses a licence."""

from __future__ import annotations

import re

import pytest

from supply.licences import COPYLEFT, PAGE, licence, page, read_page
from supply.lock import Pin, read_lock
from tests.support.paths import ROOT

ANEW = "make licences writes it anew"


def test_the_page_has_the_packages_of_the_lock() -> None:
    """Each version, and no other."""
    assert list(read_page()) == [pin.key for pin in read_lock()], ANEW


def test_the_page_tells_what_the_packages_say() -> None:
    """Of the packages that are installed here, which are the lock's."""
    assert PAGE.read_text(encoding="utf-8") == page(), ANEW


def test_every_licence_is_an_spdx_expression_and_none_is_gpl() -> None:
    """A licence that asks more of users than these is somebody's decision, and not a line in a list."""
    known = set(
        "0BSD Apache-2.0 Artistic-1.0-Perl BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC LGPL-2.1-or-later LGPL-3.0-or-later MIT MIT-0 MPL-2.0 "
        "PSF-2.0 Zlib".split()
    )
    told = {name for found in read_page().values() for name in re.split(r" (?:AND|OR) ", found)}
    assert told <= known


def test_what_copyleft_means_is_said_of_each() -> None:
    """Named with what it is needed for."""
    text = PAGE.read_text(encoding="utf-8").split("## How many of each")[0]
    kept = {key.split("==")[0]: found for key, found in read_page().items() if COPYLEFT.search(found)}
    assert {"certifi", "python-stdnum"} <= kept.keys()
    assert all(
        re.search(rf"^- {name} \((run|develop)\): {re.escape(found)}$", text, re.MULTILINE)
        for name, found in kept.items()
    )


@pytest.mark.parametrize("name", ["no-such-package", "candour-itself"])
def test_a_licence_that_nobody_knows_is_not_made_up(name: str) -> None:
    """The message says what to do."""
    with pytest.raises(LookupError, match=r"read its licence, and add it to supply/licences\.yml"):
        licence(Pin(name, "1", "", (), ()))


def test_what_somebody_read_is_still_in_the_lock() -> None:
    """No line is left of a package that has gone."""
    read = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "supply/licences.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert read <= {pin.name for pin in read_lock()}
