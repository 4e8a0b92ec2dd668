"""Terms of the trade that are always retained: what they are and where they appear."""

from __future__ import annotations

from functools import cache

import ahocorasick

from redaction.data import load_yaml
from redaction.text.folding import Folded, finder_of_names, fold_text
from redaction.word_memory import remembered


@cache
def _retained() -> dict[str, bool]:
    """Each kept term, folded, and whether it is an abbreviation, kept in capitals alone ("SARA", but not "Sara")."""
    groups: dict[str, list[str]] = load_yaml("retained_terms.yml")
    kept: dict[str, bool] = {}
    for term in (term for terms in groups.values() for term in terms):
        folded = fold_text(term).strip()
        kept[folded] = kept.get(folded, True) and term.isupper()
    return kept


@cache
def _retained_finder() -> ahocorasick.Automaton:
    return finder_of_names(_retained())


@remembered
def is_retained(term: str) -> bool:
    """Whether this very term, as it is written, is one of the trade that is always kept."""
    folded = fold_text(term).strip()
    capitals = _retained().get(folded)
    if capitals is None:
        capitals = _retained().get(folded.removeprefix("the "))
    return capitals is not None and (not capitals or _in_capitals(term))


def retained_spans(text: str, folded: Folded) -> list[tuple[int, int]]:
    """Where retained terms of the trade are in `text`, of which `folded` is the folding: (start, end), sorted."""
    spans = []
    for start, stop, term in folded.where(_retained_finder()):
        if not _retained()[term] or _in_capitals(text[start:stop]):
            stop += 2 if text.startswith(("'s", "’s"), stop) else 0
            spans.append((start, stop))
    return sorted(spans)


def _in_capitals(written: str) -> bool:
    """Whether it is all capitals but for a plural's s ("CRCs")."""
    return written.removesuffix("s").isupper()
