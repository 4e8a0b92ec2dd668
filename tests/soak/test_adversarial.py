"""The hostile inputs of tests/redaction at their full size: a line of a megabyte, ten thousand names and labels."""

import time

import pytest

from redaction import Redactor, Register
from tests.support.paths import GOLD

pytestmark = pytest.mark.soak

PROSE = GOLD / "cobalt-turnip-93.md"
GRACE = 1.0
"""Seconds on top of what prose of that length takes, for what a short text costs."""
FULL = {
    "a line of a megabyte": "the order was made and he went " * 32_000,
    "100,000 digits": "1" * 100_000,
    "50,000 brackets": "[" * 50_000,
    "10,000 labels": "".join(f"[Person {n}] " for n in range(10_000)),
    "50,000 line breaks": "\n\n" * 25_000,
    "a run of 100,000 capitals": "A" * 100_000,
    "30,000 hyphens": "Smith-" * 30_000,
    "10,000 joined dates": "3 May and " * 10_000,
}


@pytest.fixture(scope="module")
def seconds_a_character() -> float:
    """What a review's prose takes on this machine, read for the first time."""
    redactor, prose = Redactor(), PROSE.read_text(encoding="utf-8")
    redactor.redact(["To begin with."])
    start = time.process_time()
    redactor.redact([prose])
    return (time.process_time() - start) / len(prose)


@pytest.mark.parametrize("name", FULL)
def test_a_full_sized_input_ends_in_time(redactor: Redactor, seconds_a_character: float, name: str) -> None:
    """No later than the prose of a review of that length: what is quadratic takes many times as long."""
    start = time.process_time()
    redactor.redact([FULL[name]])
    assert time.process_time() - start < GRACE + seconds_a_character * len(FULL[name])


def test_a_register_of_two_thousand_people_and_ten_thousand_names(redactor: Redactor) -> None:
    """Time grows with the text and the register, not with their product."""
    names = [f"Q{_letters(n)}a Z{_letters(n * 7)}ost" for n in range(10_000)]
    register = Register.parse(
        "format: 1\npeople:\n" + "".join(f"  - {{role: witness, names: [{n}]}}\n" for n in names[:2_000])
    )
    start = time.process_time()
    redacted = redactor.redact([". ".join(names)], register).texts[0]
    assert time.process_time() - start < 60
    assert not [name for name in names[:2_000] if name in redacted]


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))
