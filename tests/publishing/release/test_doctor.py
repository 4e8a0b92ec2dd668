"""What a machine lacks, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.cli import app
from publishing.release.doctor import check_machine
from tests.support.signers import open_list


def test_doctor_says_what_this_machine_lacks(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ready: exit 0 and what comes next; without a reviews folder: exit 1 and what to do."""
    # the command line silences every log of its process, which here is also the other tests'
    monkeypatch.setattr("logging.disable", lambda level: None)
    assert all(check.ready or check.optional for check in check_machine(house / "reviews", house / "build"))
    run = CliRunner().invoke
    done = run(app, ["doctor", "--reviews", str(house / "reviews"), "--out", str(house / "build")])
    assert done.exit_code == 0, done.output
    assert "The next build would publish 2 reviews." in done.output
    assert "not there: page of support: nobody has said that its numbers and hours were checked" in done.output
    refused = run(app, ["doctor", "--reviews", str(tmp_path / "none"), "--out", str(tmp_path / "build")])
    assert refused.exit_code == 1
    assert "NOT READY: reviews folder" in refused.output


def test_doctor_tells_how_the_list_of_signers_is_held_fast(keyed_house: Path) -> None:
    """With the very line to write; a list that is gone makes the machine not ready."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    hint = f"write first_signer: {open_list(reviews)} in mkdocs.yml"
    assert [check.ready for check in check_machine(reviews, out) if hint in check.words] == [False]
    (reviews / "signers.yml").unlink()
    assert "signers.yml is gone" in next(check.words for check in check_machine(reviews, out) if check.fatal)
