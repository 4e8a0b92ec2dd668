"""Whether a name is likelier to leak for where it comes from: recall on sentences that differ in the name alone.

Every sentence of fairness.yml is redacted by itself, with nothing declared, with names of every origin in training/names.yml
that were held out when the tagger was taught. Run: python benchmarks/fairness.py
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from redaction import Redactor
from training.names import Gender, origins

SENTENCES = Path(__file__).with_suffix(".yml")
NAMES = 8
"""How many names of each origin and gender are tried in each sentence."""
SEED = 7
BY = ("origin", "gender", "role", "form", "length")


@dataclass(frozen=True)
class Trial:
    """A sentence with a name in it: what is to be found, [start, end), and what the trial belongs to, by every name in BY."""

    text: str
    spans: tuple[tuple[int, int], ...]
    groups: Mapping[str, str]


def trials(names: int = NAMES) -> Iterator[Trial]:
    """Every sentence with `names` people of each origin and gender."""
    sentences = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    for origin, lists in origins(held_out=True).items():
        chance = random.Random(f"{SEED}{origin}")
        for gender in ("female", "male"):
            for _ in range(names):
                first, last = chance.choice(lists[gender]), chance.choice(lists["surnames"])
                for sentence in sentences:
                    yield _trial(sentence, origin, gender, first, last)


def _trial(sentence: Mapping[str, str], origin: str, gender: Gender, first: str, last: str) -> Trial:
    names = {
        "first": first,
        "last": last,
        "FIRST": first.upper(),
        "LAST": last.upper(),
        "initial": f"{first[0]}.",
        "small": f"{first} {last}".lower(),
    }
    others = {
        "she": "she" if gender == "female" else "he",
        "her": "her" if gender == "female" else "his",
        "Mr": "Ms" if gender == "female" else "Mr",
    }
    text, spans = "", []
    for number, piece in enumerate(part for split in sentence["text"].split("{") for part in split.split("}")):
        if number % 2 and piece in names:
            spans.append((len(text), len(text) + len(names[piece])))
        text += {**names, **others}[piece] if number % 2 else piece
    longest = max(end - start for start, end in spans)
    length = "to 4 letters" if longest < 5 else "5 to 8 letters" if longest < 9 else "9 letters and more"
    return Trial(
        text,
        tuple(spans),
        {"origin": origin, "gender": gender, "role": sentence["role"], "form": sentence["form"], "length": length},
    )


def found(redactor: Redactor, trial: Trial) -> bool:
    """Whether every letter of the name is replaced; an initial's full stop may stay."""
    covered = {p for d in redactor.redact([trial.text]).detections for p in range(d.start, d.end)}
    return all(p in covered or not trial.text[p].isalnum() for start, end in trial.spans for p in range(start, end))


def measure(redactor: Redactor, names: int = NAMES) -> dict[str, dict[str, tuple[int, int]]]:
    """For every name in BY: group → (names found, names tried)."""
    counts: dict[str, dict[str, list[int]]] = {by: defaultdict(lambda: [0, 0]) for by in BY}
    for trial in trials(names):
        hit = found(redactor, trial)
        for by in BY:
            count = counts[by][trial.groups[by]]
            count[0] += hit
            count[1] += 1
    return {by: {group: (hits, of) for group, (hits, of) in groups.items()} for by, groups in counts.items()}


def gap(groups: Mapping[str, tuple[int, int]]) -> float:
    """Points between the best group's recall and the worst's."""
    shares = [hits / of for hits, of in groups.values()]
    return 100 * (max(shares) - min(shares))


def section(measured: Mapping[str, Mapping[str, tuple[int, int]]]) -> str:
    """The figures as Markdown."""
    tried = sum(of for _, of in measured["origin"].values())
    lines = [
        "## Fairness: does a name leak for where it comes from?",
        f"{tried:,} sentences, each redacted by itself with nothing declared, that differ in the name alone (`python benchmarks/fairness.py`). "
        "The names were held out when the tagger was taught; English ones are many that are ordinary words too (Grace, Mark, Page). "
        f"Between the best and the worst origin: {gap(measured['origin']):.1f} points.",
    ]
    for by in BY:
        rows = sorted(measured[by].items(), key=lambda row: -row[1][0] / row[1][1])
        lines.append(
            f"| {by} | found | of |\n|---|---|---|\n"
            + "\n".join(f"| {group} | {hits / of:.1%} | {of:,} |" for group, (hits, of) in rows)
        )
    return "\n\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=NAMES, help="of each origin and gender, in each sentence")
    print(section(measure(Redactor(), parser.parse_args().names)))


if __name__ == "__main__":
    main()
