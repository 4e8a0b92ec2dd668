"""Where somebody comes from, what they speak and believe."""

import pytest

from redaction.document import Document
from redaction.recognizers.demographics import DemographicRecognizer
from tests.support.recognizing import as_written, in_order, unmarked

CASES = [
    ("He speaks {Sorani} {Kurdish} and a little {Arabic}.", "people people people"),
    ("She came from {Ghana} and was a practising {Muslim}.", "country faith"),
    ("He was recognised as {a refugee} after fleeing {Sri Lanka}.", "status country"),
    ("They shared a {mosque} and a school gate.", "faith"),
    ("a {Romanian} interpreter, not a {Polish} one", "people people"),
    ("She is a {Turkish national} of {Kurdish origin}.", "people people"),
    ("He was sent back to {Hong Kong}.", "country"),
    ("She had a house in {northern Cyprus}.", "country"),
    ("He was beaten by {gendarmes}.", "country"),
    ("He stood for the {Green Party} and left the {People's Labour Party}.", "allegiance allegiance"),
    ("He was said to support the {PKK} and {National Action}.", "allegiance allegiance"),
    ("He was at HMP Isis when the national action plan was agreed.", ""),
    ("A Working Party met, and no Third Party was told of the party.", ""),
    ("His English is good, he is British and lives in England.", ""),
    ("The Welsh Government and the United Kingdom agreed.", ""),
    ("They polish the floor and eat turkey.", ""),
    ("The prison chaplain saw him twice.", ""),
    ("The European Court sat in Europe.", ""),
]


@pytest.mark.parametrize(("marked", "kinds"), CASES)
def test_finds_exactly_what_is_marked(marked: str, kinds: str) -> None:
    """Nationalities, languages, countries, faiths and status; nothing that everybody here has in common."""
    text, expected = unmarked(marked)
    found = in_order(DemographicRecognizer().find(Document(text)))
    assert as_written(text, found) == expected
    assert [f.source.rule for f in found] == kinds.split()
