"""What the engine points out and nobody has decided."""

from __future__ import annotations

from typing import Literal

import pytest

from publishing.checking.undecided import Undecided, describe_undecided, find_undecided, refusals_for_undecided
from redaction import Decision, Doubt, Entity, Flag, Policy, Redaction

TEXTS = ("He is a bus driver and a Sikh.", "The **bus** driver rang. Polish is spoken.")


def flag(part: int, words: str, source: str) -> Flag:
    """A flag of words where they first stand."""
    start = TEXTS[part].index(words)
    return Flag(part, start, start + len(words), Entity.OTHER, source, "why")


REDACTION = Redaction(
    TEXTS,
    (),
    (flag(0, "a bus driver", "details:occupation"), flag(0, "Sikh", "demographics:faith")),
    (Doubt(1, 25, 31, Entity.PLACE, 0.95),),
)

CASES = [
    ((), {"occupation": 1, "faith": 1, "doubt": 1}),
    ((Decision("reject", "Sikh"),), {"occupation": 1, "doubt": 1}),
    ((Decision("reject", "is a bus driver"),), {"faith": 1, "doubt": 1}),
    ((Decision("accept", "A BUS DRIVER"),), {"faith": 1, "doubt": 1}),
    ((Decision("add", "Polish", Entity.PLACE),), {"occupation": 1, "faith": 1}),
    ((Decision("reject", "bus driver"),), {"occupation": 1, "faith": 1, "doubt": 1}),
    ((Decision("reject", "nothing of it"),), {"occupation": 1, "faith": 1, "doubt": 1}),
]


@pytest.mark.parametrize(("decisions", "left"), CASES)
def test_a_decision_that_covers_a_detail_decides_it(decisions: tuple[Decision, ...], left: dict[str, int]) -> None:
    """Whatever it says, however it is written; half of a detail, or words elsewhere, decide nothing."""
    assert find_undecided(TEXTS, REDACTION, decisions).counts() == left


@pytest.mark.parametrize(
    "words",
    [
        "I marked it medium. Nobody asked.",
        "may need a SARA? Shout if not",
        "Subject: transfers",
        "one\n> of two. And two",
        "09:31",
    ],
)
@pytest.mark.parametrize("around", ['He said: "{}" Then he left.', "> {}\n> end", "{}"])
@pytest.mark.parametrize("action", ["reject", "accept", "add"])
def test_whatever_is_pointed_out_can_be_decided(
    words: str, around: str, action: Literal["accept", "reject", "add"]
) -> None:
    """By its very words: several sentences, a colon, a full stop at the end, lines of a quotation."""
    text = around.format(words)
    start = text.index(words)
    flag = Flag(0, start, start + len(words), Entity.OTHER, "details:quotation", "why")
    redaction = Redaction((text,), (), (flag,))
    assert not find_undecided((text,), redaction, (Decision(action, words),))
    assert find_undecided((text,), redaction, (Decision(action, words[:4]),))


def test_what_is_left_is_told_in_numbers_alone() -> None:
    """No word of a review."""
    left = find_undecided(TEXTS, REDACTION, ())
    assert describe_undecided(left) == "2 flagged details (1 faith, 1 occupation) and 1 doubt"
    assert describe_undecided(Undecided(left.flags[:1])) == "1 flagged detail (1 occupation)"
    assert not find_undecided(TEXTS, Redaction(TEXTS, ()), ())
    assert "driver" not in repr(left)


def test_a_public_event_is_decided_before_anybody_signs() -> None:
    """Whatever policy says of other flags: it tells when everything beside it was."""
    policy = Policy.load().model_copy(update={"flags": "warn"})
    event, fact = (Flag(0, 0, 4, Entity.OTHER, f"details:{kind}", "why") for kind in ("event", "fact"))
    assert list(refusals_for_undecided(Undecided((fact,)), policy)) == []
    refused = list(refusals_for_undecided(Undecided((event, fact)), policy))
    assert refused == ["nobody decided 1 flagged detail (1 event): decide each one in the workbench"]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"doubts_hold": 1.0}, 0),
        ({"doubts_hold": 0.95}, 1),
        ({"doubts_hold": 1.0, "flags": "hold"}, 1),
        ({"doubts_hold": 0.5, "flags": "hold"}, 2),
    ],
)
def test_policy_says_what_refuses_a_signature(changed: dict[str, object], refused: int) -> None:
    """Flags only where policy holds them; doubts from policy's probability on."""
    policy = Policy.load().model_copy(update=changed)
    assert len(list(refusals_for_undecided(find_undecided(TEXTS, REDACTION, ()), policy))) == refused
