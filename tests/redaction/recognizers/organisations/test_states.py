"""Foreign states and what is theirs."""

import pytest

from redaction.recognizers.organisations.states import StateRecognizer
from tests.support.recognizing import check_marked

CASES = [
    "he wrote to the {Turkish Embassy}",
    "the {Polish Consulate} was not told",
    "asked the {Nigerian High Commission}",
    "lived in the Czech Republic",
    "conscripted into the {Iraqi Army}",
    "a citizen of the {Republic of Lithuania}",
    "extradited from the {Federal Republic of Germany}",
    "the Welsh Government and the British Army are national",
    "a Turkish restaurant",
    "the {Regional Labour Court} and the {Civil Court of First Instance}",
    "appealed to the {Federal Labour Court}",
    "in the {municipality of Sztum}",
    "the Crown Court, the Supreme Court and the Court of Appeal",
    "the Youth Court and the County Court",
    "the Home Office and the Government agreed",
    "she spoke Polish at the Army reserve centre",
]


@pytest.mark.parametrize("marked", CASES)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Bodies and names of other states, and none of our own."""
    check_marked(StateRecognizer(), marked)
