"""A name is not likelier to leak for where it comes from (benchmarks/fairness.py measures more names)."""

import importlib.util
import sys
from itertools import islice

import pytest

from redaction import Redactor
from tests.support.paths import ROOT

_PATH = ROOT / "benchmarks" / "fairness.py"
_SPEC = importlib.util.spec_from_file_location("fairness", _PATH)
assert _SPEC is not None
assert _SPEC.loader is not None
fairness = importlib.util.module_from_spec(_SPEC)
sys.modules["fairness"] = fairness
_SPEC.loader.exec_module(fairness)


@pytest.mark.parametrize("every", [pytest.param(5, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.soak)])
def test_no_origin_leaks_more_than_others(redactor: Redactor, monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    """One woman and one man of each origin, of names that no training saw: nearly all are found.

    In each fifth sentence, another fifth from name to name; `make soak` has every sentence.
    """
    trials = fairness.trials
    monkeypatch.setattr(fairness, "trials", lambda names: islice(trials(names), 0, None, every))
    measured = fairness.measure(redactor, names=1)
    worst = min(hits / of for hits, of in measured["origin"].values())
    hits, of = (sum(counts) for counts in zip(*measured["origin"].values(), strict=True))
    assert hits / of > 0.99
    assert worst > 0.96


def test_the_names_were_held_out_and_every_origin_has_some() -> None:
    """Sixteen origins at least, and no name that training may use."""
    from training.names import origins

    seen = {n for lists in origins(held_out=False).values() for names in lists.values() for n in names}
    tried = {n for lists in origins(held_out=True).values() for names in lists.values() for n in names}
    assert len(origins(held_out=True)) >= 16
    assert not seen & tried
