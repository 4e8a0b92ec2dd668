"""Cases that take long are named while they are read, and what no review can be is left out by name at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing import intake
from publishing.intake import slow_cases

Write = Callable[..., Path]

STATED = 60
"""Seconds within which sixteen such cases are left out (docs/threat-model.md)."""

HOSTILE = [
    "- a\n", "1. a\n\n", "> > > > a\n", ">" * 200 + " a\n", "|" * 900 + "\n", "|a|b|\n|-|-|\n|c|d|\n\n", "[" * 150 + "\n",
    "![a](b " * 90 + "\n", "*a **b _c " * 60 + "\n", "`a``b```c " * 90 + "\n", "```\na\n```\n\n", "&amp;&#91;" * 60 + "\n",
    "a[^1] " * 90 + "\n\n", "[^a]: b\n\n", "### a\n\n", "a\n",
]  # fmt: skip


@pytest.mark.soak
def test_sixteen_hostile_cases_are_left_out_by_name(write: Write) -> None:
    """4 MB each, of what Markdown's readers find hardest: within the time that is stated, beside a case that is sound."""
    reviews = write().parent
    for number, text in enumerate(HOSTILE):
        folder = write(f"hostile-{number:02}", body="## Summary\n\n" + text * (4_000_000 // len(text)))
        (folder / "review.md").write_text(
            (folder / "review.md").read_text(encoding="utf-8").replace("2025-001", f"2024-{number + 100}"),
            encoding="utf-8",
        )
    began = time.monotonic()
    found = intake.load_every_case(reviews)
    assert time.monotonic() - began < STATED
    assert [review.case for review in found.reviews] == ["cedar-lantern-07"]
    assert [error.case for error in found.faulty] == [f"hostile-{number:02}" for number in range(16)]
    assert all("is longer than a review can be" in str(error) for error in found.faulty)
    assert len(found.registers) == 17


def test_a_slow_case_is_named_while_it_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line each minute, with how long it has been; nobody is told of a case that is quick."""
    reviews = write().parent
    write("tangled-thicket-02", body="## Summary\n\n" + "- a\n" * 2_000)
    told: list[str] = []
    intake.load_every_case(reviews, told.append)
    assert told == []
    monkeypatch.setattr(slow_cases, "MINUTE", 0.05)
    intake.load_every_case(reviews, told.append)
    slow = [line for line in told if line.startswith("tangled-thicket-02: still being read, for ")]
    assert [line.split(" for ")[1].split(" min")[0] for line in slow] == [str(n) for n in range(1, len(slow) + 1)]
    assert slow
