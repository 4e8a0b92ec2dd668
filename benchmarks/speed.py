"""How fast redaction is: our Redactor against Presidio as it comes, in one process.

Presidio only detects; ours detects, names, dates and replaces. Each text goes to both, one straight after the other
and each first in turn, so that whatever else the machine does meets both alike. Run: python benchmarks/speed.py
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from redaction import Redactor
from redaction.evaluation import presidio_as_it_comes, read_folder

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3


@dataclass(frozen=True)
class Speed:
    """Words a second of each (medians over the repeats), and how many times as fast ours is."""

    words: int
    repeats: int
    ours: float
    presidio: float
    ratio: float
    lowest: float
    highest: float

    def __str__(self) -> str:
        """One paragraph of text."""
        return (
            f"{self.words} words, {self.repeats} interleaved repeats: Candour {self.ours:,.0f} words a second, "
            f"Presidio as it comes {self.presidio:,.0f}: {self.ratio:.2f} times as fast "
            f"(between {self.lowest:.2f} and {self.highest:.2f} over the repeats)"
        )


def engines() -> dict[str, Redactor]:
    """The whole engine, and rules alone."""
    return {"With the tagger": Redactor(), "Without the tagger": Redactor(without=frozenset({"tagger"}))}


def measure(redactor: Redactor, texts: Sequence[str], repeats: int = REPEATS) -> Speed:
    """Time both on the same texts; the first pass of each warms up and does not count."""
    analyzer, _ = presidio_as_it_comes()

    def ours(text: str) -> object:
        return redactor.redact([text])

    def presidio(text: str) -> object:
        return analyzer.analyze(text, "en")

    words = sum(len(text.split()) for text in texts)
    ours(texts[0])
    presidio(texts[0])
    times = [_seconds(ours, presidio, texts) for _ in range(repeats)]
    ratios = [theirs / mine for mine, theirs in times]
    return Speed(
        words,
        repeats,
        words / statistics.median(mine for mine, _ in times),
        words / statistics.median(theirs for _, theirs in times),
        statistics.median(ratios),
        min(ratios),
        max(ratios),
    )


def _seconds(
    ours: Callable[[str], object], theirs: Callable[[str], object], texts: Sequence[str]
) -> tuple[float, float]:
    spent = {ours: 0.0, theirs: 0.0}
    for turn, text in enumerate(texts):
        for run in (ours, theirs) if turn % 2 else (theirs, ours):
            start = time.perf_counter()
            run(text)
            spent[run] += time.perf_counter() - start
    return spent[ours], spent[theirs]


def main() -> None:
    """Measure on the gold texts and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    repeats = parser.parse_args().repeats
    texts = [document.texts[0] for document in read_folder(ROOT / "tests" / "gold")]
    for name, redactor in engines().items():
        print(f"{name}. {measure(redactor, texts, repeats)}")


if __name__ == "__main__":
    main()
