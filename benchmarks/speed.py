"""How fast redaction is: our Redactor against Presidio as it comes and against spaCy that only looks for names, in one process, by processor time.

Presidio and spaCy only detect; ours detects, names, dates and replaces. Each text goes to all, one straight after the other
and each first in turn, so that whatever else the machine does meets them alike; each repeat has an engine of its own,
because ours remembers what it has read. Run: python benchmarks/speed.py
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from redaction import Redactor
from redaction.evaluation import presidio_as_it_comes, read_folder
from redaction.evaluation.systems import MODEL

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3
_NO_NAMES = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")
"""What of spaCy's model finds no names."""
WARMING = "On Monday Mr Alan Arkwright of Leeds, reference AB123, was seen at the office."


@dataclass(frozen=True)
class Rival:
    """Words a second of processor time (median over the repeats), and how many times as fast ours is."""

    speed: float
    ratio: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class Speed:
    """Words a second of processor time of ours (median over the repeats), and what it is held against."""

    words: int
    repeats: int
    ours: float
    rivals: Mapping[str, Rival]

    def __str__(self) -> str:
        """One paragraph of text."""
        told = (
            f"{name} {rival.speed:,.0f}, so that Candour is {rival.ratio:.2f} times as fast "
            f"(between {rival.lowest:.2f} and {rival.highest:.2f} over the repeats)"
            for name, rival in self.rivals.items()
        )
        return (
            f"{self.words} words, {self.repeats} interleaved repeats, by processor time: Candour {self.ours:,.0f} words a second; "
            + "; ".join(told)
        )


ENGINES: dict[str, Callable[[], Redactor]] = {
    "With the tagger": Redactor,
    "Without the tagger": lambda: Redactor(without=frozenset({"tagger"})),
}
"""How each engine is built: the whole one, and rules alone."""


def _presidio() -> Callable[[str], object]:
    analyzer, _ = presidio_as_it_comes()
    return lambda text: analyzer.analyze(text, "en")


def _spacy() -> Callable[[str], object]:
    return spacy.load(MODEL, exclude=_NO_NAMES)


RIVALS: dict[str, Callable[[], Callable[[str], object]]] = {
    "Presidio as it comes": _presidio,
    "spaCy with nothing but its names": _spacy,
}
"""How each of the others is built."""


def measure(build: Callable[[], Redactor], texts: Sequence[str], repeats: int = REPEATS) -> Speed:
    """Time all on the same texts; a sentence of none of them warms up and does not count."""
    words = sum(len(text.split()) for text in texts)
    times = [_repeat(build(), texts) for _ in range(repeats)]
    ours = [mine for mine, *_ in times]
    rivals = {}
    for name, theirs in zip(RIVALS, zip(*(others for _, *others in times), strict=True), strict=True):
        ratios = [other / mine for other, mine in zip(theirs, ours, strict=True)]
        rivals[name] = Rival(words / statistics.median(theirs), statistics.median(ratios), min(ratios), max(ratios))
    return Speed(words, repeats, words / statistics.median(ours), rivals)


def _repeat(redactor: Redactor, texts: Sequence[str]) -> list[float]:
    """Seconds of ours, then of each rival."""
    engines = [lambda text: redactor.redact([text]), *(start() for start in RIVALS.values())]
    for engine in engines:
        engine(WARMING)
    spent = [0.0] * len(engines)
    for turn, text in enumerate(texts):
        for place in range(len(engines)):
            number = (place + turn) % len(engines)
            start = time.process_time()
            engines[number](text)
            spent[number] += time.process_time() - start
    return spent


def main() -> None:
    """Measure on the gold texts and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    print("\n".join(lines(gold_texts(), parser.parse_args().repeats)))


def gold_texts() -> list[str]:
    """The texts that redaction is measured on."""
    return [document.texts[0] for document in read_folder(ROOT / "tests" / "gold")]


def lines(texts: Sequence[str], repeats: int) -> Iterator[str]:
    """What each engine does with them."""
    for name, build in ENGINES.items():
        yield f"{name}. {measure(build, texts, repeats)}"


if __name__ == "__main__":
    main()
