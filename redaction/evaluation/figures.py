"""Shares with their bootstrap intervals: what every measure comes down to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
SEED = 20180603

Tally = Mapping[str, tuple[int, int]]
"""One document's counts: measure → (hits, of how many)."""


@dataclass(frozen=True)
class Figure:
    """A share over all documents, between the ends of its 95% bootstrap interval over documents.

    `hits` and `of` are the counts behind it; a figure made of other figures (F1) has none: both are 0.
    """

    value: float
    low: float
    high: float
    hits: int = 0
    of: int = 0

    def __str__(self) -> str:
        """As a table shows it."""
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


def figures(tallies: Sequence[Tally]) -> dict[str, Figure]:
    """Every measure's share over the documents, micro-averaged; measures that count nothing are left out.

    Where both P and R are measured, F1 is added.
    """
    names = list(dict.fromkeys(name for tally in tallies for name in tally))
    if not names:
        return {}
    hits = np.array([[tally.get(name, (0, 0))[0] for name in names] for tally in tallies], dtype=float)
    of = np.array([[tally.get(name, (0, 0))[1] for name in names] for tally in tallies], dtype=float)
    weights = _resampled(len(tallies))
    totals, resampled = _ratio(hits.sum(axis=0), of.sum(axis=0)), _ratio(weights @ hits, weights @ of)
    found = {
        name: _figure(totals[column], resampled[:, column], int(hits[:, column].sum()), int(of[:, column].sum()))
        for column, name in enumerate(names)
        if of[:, column].sum()
    }
    if {"R", "P"} <= found.keys():
        r, p = names.index("R"), names.index("P")
        found["F1"] = _figure(_f1(totals[r], totals[p]), _f1(resampled[:, r], resampled[:, p]))
    return found


def _resampled(documents: int) -> npt.NDArray[np.float64]:
    """How often each document is drawn in each resample: (RESAMPLES, documents)."""
    drawn = np.random.default_rng(SEED).integers(0, documents, (RESAMPLES, documents))
    return np.stack([np.bincount(row, minlength=documents) for row in drawn]).astype(float)


def _ratio(hits: npt.NDArray[np.float64], of: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(hits, of, out=np.full_like(hits, np.nan), where=of > 0)


def _f1(recall: npt.NDArray[np.float64], precision: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return _ratio(np.asarray(2 * recall * precision), np.asarray(recall + precision))


def _figure(value: npt.ArrayLike, resampled: npt.NDArray[np.float64], hits: int = 0, of: int = 0) -> Figure:
    # a resample may draw no document that counts for a measure, or find nothing at all; F1 is then 0/0, which is 0
    known = resampled[~np.isnan(resampled)]
    low, high = np.percentile(known, (2.5, 97.5)) if known.size else (np.nan_to_num(value), np.nan_to_num(value))
    return Figure(float(np.nan_to_num(value)), float(low), float(high), hits, of)
