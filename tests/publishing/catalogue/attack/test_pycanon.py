"""How many national cases share a published review's facts, counted by pycanon, which knows nothing of this project."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pycanon.anonymity.utils.aux_anonymity import get_equiv_class

from publishing.reviews import KeyFacts

from . import nation as invented
from .attacking import members, years
from .nation import Case

K = 5


def as_told(case: Case, facts: KeyFacts) -> dict[str, object]:
    """A case as somebody sees it who knows what a page tells: as exactly as that, and of further facts whether it has them."""
    offence, year, region = facts.offence, str(facts.offence_year), facts.region
    told = [("supervision", facts.supervision), ("provider", facts.provider), *(("agency", a) for a in facts.agencies)]
    return {
        "offence": offence if case.offence in members("offences", offence) else case.offence,
        "year": year if case.year in years(year) else str(case.year),
        "region": region if case.region in members("regions", region) else case.region,
    } | {f"{kind} {value}": (kind, value) in case.further for kind, value in told if value not in (None, "not-given")}


def alike(cases: tuple[Case, ...], case: Case, facts: KeyFacts) -> int:
    """How many cases cannot be told from one: its equivalence class in the table of the whole nation."""
    table = pd.DataFrame([as_told(other, facts) for other in cases])
    own = cases.index(case)
    return next(len(rows) for rows in get_equiv_class(table, list(table.columns)) if own in rows)


@pytest.mark.parametrize(
    "first",
    [pytest.param(0, marks=pytest.mark.slow), *(pytest.param(n, marks=pytest.mark.soak) for n in (50, 100, 150))],
)
def test_each_published_review_is_one_of_k_cases(first: int, tmp_path: Path) -> None:
    """In 50 invented nations, in `make soak` in 200; given exactly, some of the same reviews would be one of fewer."""
    published: list[tuple[tuple[Case, ...], Case, KeyFacts, KeyFacts]] = []
    for seed in range(first, first + 50):
        made = invented.nation(seed)
        for text in invented.signed(made, invented.officially(made, tmp_path, seed), K):
            case = made.published[text.public_id]
            published.append((made.cases, case, text.facts, invented.review(text.public_id, case).facts))
    assert min(alike(cases, case, told) for cases, case, told, _ in published) >= K
    assert any(alike(cases, case, exact) < K for cases, case, _, exact in published)
