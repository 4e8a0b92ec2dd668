"""Signing while the engine points out details that nobody decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.checking import load_signatures
from publishing.errors import SigningRefusedError
from publishing.release.responding import respond
from publishing.release.signoff import sign_off
from redaction import Doubt, Entity, Flag, Policy, Redaction, Redactor
from tests.support.cases import CASE, write_case

DAY = dt.date(2025, 3, 2)
SUMMARY = "Darren Whitlock is a barber. He killed Keisha Moorhouse."


class Pointing:
    """A Redactor that also points out a detail and doubts another."""

    def __init__(self, redactor: Redactor, **policy: object) -> None:
        self._redactor = redactor
        self.policy = redactor.policy.model_copy(update=policy)

    def redact(self, texts: Sequence[str], *rest: Any, **more: Any) -> Redaction:
        """What the Redactor finds, with one flag and one doubt in the first text."""
        start = texts[0].index("a barber")
        return replace(
            self._redactor.redact(texts, *rest, **more),
            flags=(Flag(0, start, start + 8, Entity.OTHER, "details:occupation", "why"),),
            doubts=(Doubt(0, start + 2, start + 8, Entity.PERSON, 0.7),),
        )


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    write_case(tmp_path / "reviews", summary=SUMMARY)
    return tmp_path / "reviews"


def test_what_nobody_decided_is_told_and_kept(reviews: Path, redactor: Redactor) -> None:
    """The signature goes through; the signer is told in numbers, and signoff.yml keeps that they let it stand."""
    outcome = sign_off(reviews, CASE, "A Checker", redactor=Pointing(redactor))  # type: ignore[arg-type]
    told = [warning for warning in outcome.warnings if "nobody decided" in warning]
    assert told == ["1 flagged detail (1 occupation) and 1 doubt stand as they are, because nobody decided them"]
    assert load_signatures(reviews / CASE)[-1].undecided == (("doubt", 1), ("occupation", 1))
    assert "barber" not in (reviews / CASE / "signoff.yml").read_text(encoding="utf-8")


def test_what_is_decided_is_not_told(reviews: Path, redactor: Redactor) -> None:
    """A decision that covers it settles it, and the private file says nothing then."""
    entry = {"action": "reject", "text": "a barber"}
    (reviews / CASE / "decisions.yml").write_text(yaml.safe_dump({"format": 1, "decisions": [entry]}))
    outcome = sign_off(reviews, CASE, "A Checker", redactor=Pointing(redactor, flags="hold"))  # type: ignore[arg-type]
    assert not [warning for warning in outcome.warnings if "nobody decided" in warning]
    assert "undecided" not in (reviews / CASE / "signoff.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("policy", [{"flags": "hold"}, {"doubts_hold": 0.7}])
def test_policy_can_refuse_the_signature(reviews: Path, redactor: Redactor, policy: dict[str, object]) -> None:
    """Where policy holds, nothing is written until each is decided."""
    with pytest.raises(SigningRefusedError, match="nobody decided 1") as caught:
        sign_off(reviews, CASE, "A Checker", redactor=Pointing(redactor, **policy))  # type: ignore[arg-type]
    assert "barber" not in str(caught.value)
    assert not (reviews / CASE / "signed.json").exists()


def test_by_default_nothing_is_held(reviews: Path) -> None:
    """A plain case can be signed from the command line."""
    assert Policy.load().flags == "warn"
    assert Policy.load().doubts_hold == 0.9


class Holding:
    """A Redactor whose policy lets less be signed undecided."""

    def __init__(self, redactor: Redactor, **policy: object) -> None:
        self.redact = redactor.redact
        self.policy = redactor.policy.model_copy(update=policy)


NOTE = "The Buddhist who chairs the panel was told."


def test_a_note_is_held_like_a_text(tmp_path: Path, redactor: Redactor) -> None:
    """Of a correction and of an answer to a lesson: what policy holds is not signed, and not repeated."""
    reviews = tmp_path / "reviews"
    folder = write_case(reviews)
    holding: Any = Holding(redactor, flags="hold")
    sign_off(reviews, CASE, "A Checker", redactor=holding)
    with pytest.raises(SigningRefusedError, match="the note has 1 flagged detail .* that nobody decided") as caught:
        sign_off(reviews, CASE, "A Checker", note=NOTE, redactor=holding)
    assert "Buddhist" not in str(caught.value)
    with pytest.raises(SigningRefusedError, match="the note has 1 flagged detail"):
        respond(reviews, CASE, 1, "in-progress", NOTE, "A Checker", DAY, redactor=holding)
    assert not (folder / "updates.yml").exists()
    assert len(load_signatures(folder)) == 1
    entry = {"action": "reject", "text": "Buddhist"}
    (folder / "decisions.yml").write_text(yaml.safe_dump({"format": 1, "decisions": [entry]}))
    respond(reviews, CASE, 1, "in-progress", NOTE, "A Checker", DAY, redactor=holding)


def test_what_the_review_itself_leaves_undecided_holds_no_note(reviews: Path, redactor: Redactor) -> None:
    """The text was signed with it; the note is clean."""
    sign_off(reviews, CASE, "A Checker", redactor=Pointing(redactor))  # type: ignore[arg-type]
    holding: Any = Pointing(redactor, flags="hold", doubts_hold=0.1)
    respond(reviews, CASE, 1, "in-progress", "Guidance was drafted.", "A Checker", DAY, redactor=holding)
