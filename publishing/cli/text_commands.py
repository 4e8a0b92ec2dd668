"""Commands about the engine alone: redact, evaluate."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from publishing.cli.output import refuse, say, write

if TYPE_CHECKING:
    from redaction import Redaction


def redact(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text or Markdown file; - reads standard input.")],
    register: Annotated[Path | None, typer.Option(metavar="FILE", help="A register.yml of identities.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object: the text and every detection.")
    ] = False,
) -> None:
    """Redact one text."""
    from redaction import Redactor, Register

    if register and not register.is_file():
        refuse("The file given with --register is not there: give the path of a register.yml.")
    declared = Register.load(register) if register else None
    text = _read_text(file)
    redaction = Redactor().redact([text], declared)
    if as_json:
        say(json.dumps(_as_json(redaction), ensure_ascii=False))
    else:
        write(redaction.texts[0])


def evaluate(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="A folder of marked texts, or a JSON file of the benchmark.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    reviews: Annotated[
        Path | None, typer.Option("--reviews", metavar="DIR", help="Measure with the registers of these cases too.")
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Measure Presidio as it comes and spaCy alone in the same run.")
    ] = False,
) -> None:
    """Measure recall and precision of redaction; what it missed is shown in the words of the marked texts."""
    from redaction import Redactor
    from redaction import evaluate as measure

    report = measure(dataset, Redactor(), reviews=reviews, baselines=baselines)
    say(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report.as_text())


def _read_text(file: str) -> str:
    if file != "-" and Path(file).is_dir():
        refuse(
            "That is a folder, which cannot be read as a text. Give the path of a text file, or - for standard input."
        )
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        # offsets in the JSON count from the text as it is, so line ends are left as they are
        return data.decode("utf-8")
    except OSError:
        refuse("The file cannot be read. Give the path of a text file, or - for standard input.")
    except UnicodeDecodeError:
        refuse(
            "The file is not UTF-8 text. Save it as UTF-8 (in Word: Save as, Plain text, Unicode UTF-8), or import a .docx."
        )


def _as_json(redaction: Redaction) -> dict[str, Any]:
    detections = [
        {
            "start": d.start,
            "end": d.end,
            "entity": str(d.entity),
            "score": d.score,
            "source": d.source,
            "replacement": d.replacement,
        }
        for d in redaction.detections
    ]
    flags = [
        {
            "start": f.start,
            "end": f.end,
            "entity": str(f.entity),
            "source": f.source,
            "reason": f.reason,
            "probability": f.probability,
        }
        for f in redaction.flags
    ]
    doubts = [
        {"start": d.start, "end": d.end, "kind": str(d.kind), "probability": d.probability} for d in redaction.doubts
    ]
    questions = [{"start": q.start, "end": q.end, "labels": list(q.labels)} for q in redaction.questions]
    return {
        "text": redaction.texts[0],
        "detections": detections,
        "review": flags,
        "doubts": doubts,
        "questions": questions,
    }
