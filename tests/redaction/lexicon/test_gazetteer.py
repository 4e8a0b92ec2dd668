"""Countries are left for a person to weigh, and are nobody's name, town or body."""

import pytest

from redaction import Redactor
from redaction.lexicon.gazetteer import countries
from redaction.text.tokens import Tokens

COUNTRIES = [
    "Czech Republic",
    "Dominican Republic",
    "France",
    "Hong Kong",
    "Jamaica",
    "Malawi",
    "New Zealand",
    "Pakistan",
    "Saudi Arabia",
    "Sierra Leone",
    "Sri Lanka",
    "Togo",
    "Trinidad and Tobago",
    "United Arab Emirates",
]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_is_flagged_and_stays(redactor: Redactor, country: str) -> None:
    """A label such as "[Person 1] [Person 2]" for New Zealand teaches nothing and counts people that are none."""
    text = f"She flew to {country} with her aunt. He had been deported to {country}."
    found = redactor.redact([text])
    assert found.texts[0] == text
    assert [text[f.start : f.end] for f in found.flags if f.source.endswith(":country")] == [country, country]


@pytest.mark.parametrize(
    "text, gone",
    [
        ("Jordan missed his appointment and Chad rang.", ("Jordan", "Chad")),
        ("Ms India France was seen at home.", ("India", "France")),
        ("The Sri Lanka Restaurant employed him.", ("Sri Lanka",)),
        ("Saint Martin's School rang.", ("Saint Martin",)),
        ("He lived at 14 Jamaica Street, Leeds.", ("Jamaica",)),
    ],
)
def test_whoever_bears_its_name_is_masked(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    """People, a business, a school, a street."""
    (written,) = redactor.redact([text]).texts
    assert not any(name in written for name in gone)


def test_every_country_that_is_tried_is_one() -> None:
    """The list above names countries alone."""
    for country in COUNTRIES:
        words = Tokens(country)
        assert countries().whole(words, 0, len(words))
