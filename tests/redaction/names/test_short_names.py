"""Short forms of forenames."""

import pytest

from redaction.names.short_names import is_short_for, sex_of_forename

SHORT = [
    ("bill", "william"), ("debs", "deborah"), ("jev", "jevaughn"), ("kene", "kenechukwu"), ("mena", "philomena"), ("muyi", "olumuyiwa"),
    ("josie", "josephine"), ("penny", "penelope"), ("atty", "attracta"), ("nuri", "nurettin"), ("rose", "rosemary"),
    ("dezzie", "desmond"), ("gaz", "garfield"), ("flick", "felicity"), ("gosia", "malgorzata"), ("paco", "francisco"), ("sasha", "oleksandr"),
]  # fmt: skip
OTHERS = [
    ("mark", "mark"),
    ("ian", "adrian"),
    ("al", "alan"),
    ("jo", "joan"),
    ("ann", "mariann"),
    ("clare", "claire"),
    ("tom", "thea"),
    ("gaz", "gavin"),
    ("ellen", "eleanor"),
]


@pytest.mark.parametrize("short,full", SHORT)
def test_is_a_short_form(short: str, full: str) -> None:
    """Known, or told by its letters."""
    assert is_short_for(short, full)


@pytest.mark.parametrize("short,full", OTHERS)
def test_is_no_short_form(short: str, full: str) -> None:
    """The same name, two letters, an end of three letters, another name."""
    assert not is_short_for(short, full)


def test_a_forename_tells_a_sex_where_nearly_everybody_has_it() -> None:
    """Others tell nothing."""
    assert (sex_of_forename("noreen"), sex_of_forename("abdirahman"), sex_of_forename("andrea")) == (
        "female",
        "male",
        "female",
    )
    # short forms tell what all their forenames do
    assert (sex_of_forename("penny"), sex_of_forename("bill"), sex_of_forename("pat")) == ("female", "male", None)
    # a town, a word, a name of both
    assert {sex_of_forename(name) for name in ("chester", "art", "rowan")} == {None}
    assert (sex_of_forename("beverley"), sex_of_forename("errol"), sex_of_forename("kim")) == ("female", "male", None)
