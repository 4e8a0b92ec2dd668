"""docs/running.md tells those who run Candour what to type: each command is there, with each of its options."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer

from publishing.cli import app
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
TOLD = sorted(set(re.findall(r"(?:^|[`/ ])candour ([a-z-]+[^`\n>&|(]*)", PAGE)))
"""What stands behind each `candour `, to the end of its line or code."""


@pytest.mark.parametrize("told", TOLD)
def test_what_is_to_be_typed_can_be_typed(told: str) -> None:
    """A command that there is, within its group if it is in one, and options that it has."""
    words = iter(told.split())
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[next(words)]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_command_of_those_who_run_it_is_told() -> None:
    """Building, going back, keeping and clearing."""
    assert {"build", "releases", "rollback", "backup", "restore", "audit", "forget", "withdraw", "check", "doctor"} <= {
        told.split()[0] for told in TOLD
    }


def test_what_it_leads_to_is_there() -> None:
    """Links, and the settings that it names."""
    for link in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / link).is_file()
    assert "kept_releases:" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert (ROOT / "redaction/policy.yml").is_file()
