"""What today's engine would write otherwise: which paragraphs, and never a word of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.cli import app
from publishing.release import policy_diff
from publishing.release.policy_diff import diff_policy
from redaction import Redaction
from tests.support.building import AS_OF
from tests.support.cases import CASE, edit_case
from tests.support.paths import contents


def test_nothing_changed_is_nothing_told(house: Path) -> None:
    """The house as it was signed."""
    assert diff_policy(house / "reviews", AS_OF) == policy_diff.PolicyDiff(2, ())


def test_the_paragraphs_are_told_by_their_numbers(house: Path) -> None:
    """An edited sentence, a new paragraph and a lesson, each counted; the command says it without a word."""
    edit_case(
        house,
        "The court was not told.",
        "The court was told late.\n\nNobody asked again who had been told of all this.",
    )
    edit_case(house, "within one working day", "within two working days")
    (diff,) = diff_policy(house / "reviews", AS_OF).changed
    assert (diff.case, diff.public_id, diff.paragraphs, diff.new, diff.elsewhere, diff.facts) == (
        CASE, "2025-001", (2,), 1, 1, False,
    )  # fmt: skip
    result = CliRunner().invoke(app, ["diff-policy", "--reviews", str(house / "reviews"), "--as-of", "2025-03-01"])
    assert result.exit_code == 0
    assert f"{CASE} (2025-001): paragraph 2; 1 new paragraph; 1 text elsewhere" in result.stdout
    assert not [word for word in ("court", "told", "working", "asked") if word in result.stdout.casefold().split()]


def test_an_engine_that_replaces_more_shows_where(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as they were signed, another engine: the summary alone would read otherwise, and no file of the case changes."""
    real = policy_diff.redact_all

    def another(jobs: list[object], **more: object) -> tuple[Redaction, ...]:
        done = real(jobs, **more)  # type: ignore[arg-type]
        return tuple(
            dataclasses.replace(one, texts=tuple(text.replace("on licence", "[supervised]") for text in one.texts))
            for one in done
        )

    monkeypatch.setattr(policy_diff, "redact_all", another)
    before = contents(house / "reviews")
    diff = diff_policy(house / "reviews", AS_OF)
    assert [(case.paragraphs, case.new, case.elsewhere) for case in diff.changed] == [((1,), 0, 0), ((1,), 0, 0)]
    kept = {name: data for name, data in contents(house / "reviews").items() if not name.startswith(".candour/cache")}
    assert kept == {name: data for name, data in before.items() if not name.startswith(".candour/cache")}
