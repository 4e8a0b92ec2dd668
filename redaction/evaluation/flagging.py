"""What is left to a person: how many of the details to flag are pointed out, and how many flags there are to decide."""

from __future__ import annotations

from redaction.evaluation.figures import Tally
from redaction.evaluation.marked import FLAGGED, MarkedText
from redaction.results import Redaction


def flag_tally(document: MarkedText, redaction: Redaction) -> Tally:
    """The counts of one document, redacted: "pointed.Q", marks that a flag or a label meets, and "flags", per 1,000 words."""
    shown = [(f.part, f.start, f.end) for f in redaction.flags] + [
        (d.part, d.start, d.end) for d in redaction.detections
    ]
    marks = [(part, m.start, m.end) for part, marks in enumerate(document.marks) for m in marks if m.kind == FLAGGED]
    pointed = sum(any(p == part and s < end and start < e for p, s, e in shown) for part, start, end in marks)
    words = sum(len(text.split()) for text in document.texts)
    return {"pointed.Q": (pointed, len(marks)), "flags": (1000 * len(redaction.flags), words)}
