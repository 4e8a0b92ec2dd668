"""A page of national policy comes through redaction untouched."""

from pathlib import Path

import pytest
import yaml

from redaction import Redactor
from tests.support.paths import ROOT

_PAGE = Path(__file__).with_name("policy_page.md")
_KEPT = ROOT / "redaction" / "data" / "retained_terms.yml"


def test_a_page_of_policy_is_untouched(redactor: Redactor) -> None:
    """Bodies, laws, tools and terms of the trade are kept: a page of labels teaches nothing."""
    page = _PAGE.read_text(encoding="utf-8")
    assert redactor.redact([page]).texts == (page,)


@pytest.mark.parametrize("group", yaml.safe_load(_KEPT.read_text(encoding="utf-8")))
def test_kept_terms_are_sorted_and_each_stands_once(group: str) -> None:
    """A list that people extend stays readable, and no term is in it twice."""
    terms = [str(term) for term in yaml.safe_load(_KEPT.read_text(encoding="utf-8"))[group]]
    assert terms == sorted(terms, key=lambda term: (term.casefold(), term))
    assert len({term.casefold() for term in terms}) == len(terms)
