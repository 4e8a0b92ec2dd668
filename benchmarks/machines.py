"""Whether the tagger marks the same words on another kind of processor: reads paragraphs, and compares with what another machine wrote.

Run on one machine `python benchmarks/machines.py --write FILE`, on the other `python benchmarks/machines.py --compare FILE`. An emulated
processor is another machine too: `qemu-x86_64 -cpu Haswell .venv/bin/python benchmarks/machines.py --compare FILE` (Debian's qemu-user).
"""

from __future__ import annotations

import argparse
import json
from itertools import islice
from pathlib import Path

from redaction.evaluation import read_folder
from redaction.ner.tagger import Tagger
from redaction.recognizers.tagger import words_to_mask

ROOT = Path(__file__).resolve().parents[1]
PARAGRAPHS = 300


def read(paragraphs: int) -> list[list[tuple[float, bool]]]:
    """For each word of the first paragraphs of the gold texts how likely it identifies somebody, and whether it is marked."""
    tagger = Tagger()
    texts = (text for document in read_folder(ROOT / "tests" / "gold") for text in document.texts[0].split("\n\n"))
    found = []
    for paragraph in islice(texts, paragraphs):
        words = tagger.read(paragraph)
        sure = frozenset(words_to_mask(words))
        found.append([(word.mask, word in sure) for word in words])
    return found


def main() -> None:
    """Write what is read here, or say how far it differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", type=Path, metavar="FILE")
    what.add_argument("--compare", type=Path, metavar="FILE")
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS)
    arguments = parser.parse_args()
    here = read(arguments.paragraphs)
    if arguments.write:
        arguments.write.write_text(json.dumps(here), encoding="utf-8")
        return
    there = json.loads(arguments.compare.read_text(encoding="utf-8"))
    pairs = [pair for mine, theirs in zip(here, there, strict=True) for pair in zip(mine, theirs, strict=True)]
    apart = max(abs(mine[0] - theirs[0]) for mine, theirs in pairs)
    other = sum(mine[1] != theirs[1] for mine, theirs in pairs)
    print(
        f"{len(here)} paragraphs, {len(pairs):,} words: {other} marked on one machine alone; no probability further apart than {apart:.3f}"
    )


if __name__ == "__main__":
    main()
