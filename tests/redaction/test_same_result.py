"""A text is told the same by every process: nothing hangs on the order in which Python happens to keep a set."""

from __future__ import annotations

from pathlib import Path

import pytest

from redaction import Redaction, Redactor
from redaction.evaluation import read_folder
from redaction.findings import Finding

TEXTS = Path(__file__).resolve().parents[2] / "training" / "texts"


@pytest.mark.slow
def test_the_order_of_sets_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of findings differ by process, since that of None is an address: in n-072 somebody had one label or none by them."""
    redactor = Redactor(without=frozenset({"tagger"}))
    texts = [text.texts for text in read_folder(TEXTS) if text.name in ("n-014", "n-072", "n-178")]
    assert len(texts) == 3

    def told(sign: int) -> list[Redaction]:
        monkeypatch.setattr(Finding, "__hash__", lambda finding: sign * finding.start)
        return [redactor.redact(text) for text in texts]

    assert told(1) == told(-1) == told(7919)
