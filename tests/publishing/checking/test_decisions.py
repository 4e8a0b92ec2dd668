from __future__ import annotations

from pathlib import Path

import pytest

from publishing.checking import decisions
from publishing.errors import CaseError
from redaction import Decision, Entity


def test_decisions_are_read_in_order(folder: Path) -> None:
    """`on` is a field and not a truth value; who decided, when and why stay in the file."""
    (folder / "decisions.yml").write_text(
        "format: 1\n"
        "decisions:\n"
        "  - {action: reject, text: Sobers, by: Ada, on: 2025-01-20, reason: A dog.}\n"
        "  - {action: add, text: the lad, entity: PERSON, replacement: '[Victim 1]'}\n"
        "  - {action: accept, text: Daz}\n"
    )
    assert decisions.load(folder) == (
        Decision("reject", "Sobers"),
        Decision("add", "the lad", Entity.PERSON, "[Victim 1]"),
        Decision("accept", "Daz"),
    )


def test_no_file_is_no_decision(folder: Path) -> None:
    """Most cases have none."""
    assert decisions.load(folder) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format: 2\n", "line 1: format: must be 1"),
        ("- {action: add}\n", "must hold fields"),
        ("format: 1\ndecisions:\n  - {action: add}\n", "line 3: decisions no. 1, text: is missing"),
        ("format: 1\ndecisions:\n  - {action: add, text: Secret, entity: NAME}\n", "entity: must be one of PERSON"),
        ("format: 1\ndecisions:\n  - {action: add, text: 0117}\n", "line 3: decisions no. 1, text: must be text"),
        ("format: 1\ndecisions:\n  - {action: add, text: Secret, on: today}\n", "on: must be a day"),
        ("format: [", "cannot be read as YAML"),
        ("", "must hold fields"),
    ],
)
def test_faulty_decisions_are_refused_without_their_words(folder: Path, text: str, message: str) -> None:
    """A decision that is misread would publish what somebody wanted replaced."""
    (folder / "decisions.yml").write_text(text)
    with pytest.raises(CaseError) as caught:
        decisions.load(folder)
    assert message in str(caught.value)
    assert "Secret" not in str(caught.value)


def test_contradicting_decisions_are_refused(folder: Path) -> None:
    """Nobody can tell which of the two was meant."""
    entries = "  - {action: reject, text: Secret}\n  - {action: add, text: secret}\n"
    (folder / "decisions.yml").write_text(f"format: 1\ndecisions:\n{entries}")
    with pytest.raises(CaseError, match=r"decisions\.yml line 4: .* contradicts no\. 1") as caught:
        decisions.load(folder)
    assert "ecret" not in str(caught.value)


@pytest.mark.parametrize(
    ("people", "seconded"),
    [
        ("by: A. Checker, second: B. Reader", True),
        ("by: A. Checker", False),
        ("by: A. Checker, second: a.  checker", False),
        ("second: B. Reader", False),
    ],
)
def test_two_people_are_two_different_names(folder: Path, people: str, seconded: bool) -> None:
    """What protects somebody for life is not undone by one person."""
    text = f"format: 1\ndecisions:\n  - {{action: reject, text: his sister, {people}}}\n"
    (folder / "decisions.yml").write_text(text, encoding="utf-8")
    assert [decision.seconded for decision in decisions.load(folder)] == [seconded]
