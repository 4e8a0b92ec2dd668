"""How fast redaction is: our Redactor against Presidio as it comes, in one process, by processor time.

Presidio only detects; ours detects, names, dates and replaces. Each text goes to both, one straight after the other
and each first in turn, so that whatever else the machine does meets both alike; each repeat has an engine of its own,
because ours remembers what it has read. Run: python benchmarks/speed.py
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
WARMING = "On Monday Mr Alan Arkwright of Leeds, reference AB123, was seen at the office."


@dataclass(frozen=True)
class Speed:
    """Words a second of processor time of each (medians over the repeats), and how many times as fast ours is."""

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
            f"Presidio as it comes {self.presidio:,.0f}, by processor time: {self.ratio:.2f} times as fast "
            f"(between {self.lowest:.2f} and {self.highest:.2f} over the repeats)"
        )


ENGINES: dict[str, Callable[[], Redactor]] = {
    "With the tagger": Redactor,
    "Without the tagger": lambda: Redactor(without=frozenset({"tagger"})),
}
"""How each engine is built: the whole one, and rules alone."""


def measure(build: Callable[[], Redactor], texts: Sequence[str], repeats: int = REPEATS) -> Speed:
    """Time both on the same texts; a sentence of neither warms up and does not count."""
    words = sum(len(text.split()) for text in texts)
    times = [_repeat(build(), texts) for _ in range(repeats)]
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


def _repeat(redactor: Redactor, texts: Sequence[str]) -> tuple[float, float]:
    analyzer, _ = presidio_as_it_comes()

    def ours(text: str) -> object:
        return redactor.redact([text])

    def presidio(text: str) -> object:
        return analyzer.analyze(text, "en")

    for engine in (ours, presidio):
        engine(WARMING)
    return _seconds(ours, presidio, texts)


def _seconds(
    ours: Callable[[str], object], theirs: Callable[[str], object], texts: Sequence[str]
) -> tuple[float, float]:
    spent = {ours: 0.0, theirs: 0.0}
    for turn, text in enumerate(texts):
        for run in (ours, theirs) if turn % 2 else (theirs, ours):
            start = time.process_time()
            run(text)
            spent[run] += time.process_time() - start
    return spent[ours], spent[theirs]


def main() -> None:
    """Measure on the gold texts and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    repeats = parser.parse_args().repeats
    texts = [document.texts[0] for document in read_folder(ROOT / "tests" / "gold")]
    for name, build in ENGINES.items():
        print(f"{name}. {measure(build, texts, repeats)}")


if __name__ == "__main__":
    main()
