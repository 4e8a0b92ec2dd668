"""Rules that are tried at some words alone, or in some lines, find what a search of the whole text finds."""

import pytest
import regex

from redaction.lexicon.pattern_words import alternatives
from redaction.vetoes.rules import AnchoredRule, Rule, Starts, matching, word_and

TEXTS = (
    "",
    "Unit 4, unit 5; sub-unit 6, l'unit 7, _unit 8, UNIT 9, un\u0131t 10, units 11",
    "\u0301unit 1 un\u0131t 2 \u00e9unit 3",
    "unit 4 unit 5 unit",
    "the unit\n4 or the unit 5\n\nunit 6",
)
PATTERN = r"(?<!\w)(?i:unit)s?[ ](?P<it>\d+)(?!\d)"


def _spans(rule: AnchoredRule | Rule, text: str) -> list[tuple[int, int]]:
    found = rule.vetoes(text, Starts(text)) if isinstance(rule, AnchoredRule) else rule.vetoes(text)
    return [(veto.start, veto.end) for veto in found]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_is_found(text: str) -> None:
    searched = _spans(matching("unit", PATTERN), text)
    assert _spans(word_and("unit", ("unit",), PATTERN), text) == searched
    assert _spans(matching("unit", PATTERN, in_lines_with="(?i:nit)"), text) == searched


def test_something_is_found() -> None:
    assert [len(_spans(matching("unit", PATTERN), text)) for text in TEXTS] == [0, 6, 0, 2, 2]


def test_the_longest_word_is_first_whatever_its_letters() -> None:
    words = ("CO", "count", "courts", "court", "JAN", "January", "May", "MAYOR", "")
    for word in words:
        found = regex.compile(alternatives(words), regex.I).match(word + " x")
        assert found
        assert found[0] == word
