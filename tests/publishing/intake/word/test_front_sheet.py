"""What the front sheet of a Word file states of the facts, and what it does not."""

from __future__ import annotations

import pytest

from publishing.intake.word.front_sheet import read_front_sheet


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Serious further offence: Murder", {"offence": "murder"}),
        ("SFO  Wounding with intent.", {"offence": "wounding-with-intent"}),
        ("Date of SFO 14th September 2021", {"offence_year": "2021"}),
        ("REGION Yorkshire and the Humber", {"region": "yorkshire-and-the-humber"}),
        ("RoSH level: Very High", {"risk_of_serious_harm": "very-high"}),
        ("MAPPA level 2", {"mappa_level": "2"}),
        ("Date of release: 03/06/2021", {"anchor": "2021-06-03"}),
        ("Notified 1.9.2021", {"notified": "2021-09"}),
        ("Index offence: Murder", {}),
        ("Regional office: Wales", {}),
        ("Region: Wales and others", {}),
        ("Supervision: Not given, to protect identity", {}),
        ("Date of release: 31 February 2021", {}),
        ("Date of release: June 2021", {}),
        ("Region", {}),
        ("Murder", {}),
    ],
)
def test_a_line_states_a_fact_in_so_many_words_or_none(line: str, facts: dict[str, str]) -> None:
    """A name of the field and a term or a day; never the offence of the supervision, and nothing that may mean something else."""
    assert read_front_sheet([line]) == facts


def test_two_lines_that_differ_state_nothing() -> None:
    """Said twice alike, it is said."""
    assert read_front_sheet(["Region: Wales", "Region: London", "SFO: Murder", "Further offence: murder"]) == {
        "offence": "murder"
    }
