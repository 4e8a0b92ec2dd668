"""How well redaction works: recall and precision against marked texts and against the benchmark's format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from redaction.engine import Redactor
from redaction.errors import RedactionError
from redaction.evaluation import benchmark, gold
from redaction.evaluation.benchmark import Judgement, peers, read_benchmark
from redaction.evaluation.figures import Figure, Tally, figures
from redaction.evaluation.flagging import flag_tally
from redaction.evaluation.gold import Slip
from redaction.evaluation.marked import GoldMark, MarkedText, halves, parse_marked, part_of, read_folder, read_text
from redaction.evaluation.report import EvaluationReport, MeasureRow, table
from redaction.evaluation.systems import (
    Masked,
    Masker,
    Once,
    candour,
    candour_pointing,
    candour_unsorted,
    presidio_as_it_comes,
    replaced_spans,
    spacy_alone,
)
from redaction.evaluation.truth import Falsehood, falsehoods, labels_of_people, split_people, truth_tally
from redaction.results import Redaction

OURS = "Candour"
"""What our own rows are called."""

WORST = 40
"""How many kinds of slips a report keeps of each sort."""


def evaluate(
    dataset: Path, redactor: Redactor, *, reviews: Path | None = None, baselines: bool = False
) -> EvaluationReport:
    """Measure a redactor on a folder of marked texts or on a JSON file in the benchmark's format.

    Registers are those beside the marked texts (`<name>.register.yml`) or under `reviews`; texts with a register are
    measured without it and with it. `baselines` adds Presidio as it comes and spaCy alone.

    Raises:
        RedactionError: the data set or a register cannot be read; no message holds a word of a text.
    """
    once = Once(redactor)
    if dataset.is_dir():
        systems = {OURS: candour(once)}
        documents = read_folder(dataset, reviews)
        systems |= others() if baselines else {}
        return on_marked(documents, systems, flagging=once)
    if dataset.is_file():
        judgements = read_benchmark(dataset)
        systems = ours_on_benchmark(once)
        systems |= others() if baselines else {}
        return on_benchmark(judgements, systems)
    raise RedactionError(
        "there is no such data set: give a folder of marked texts or a JSON file in the benchmark's format"
    )


def ours_on_benchmark(redactor: Redactor | Once) -> dict[str, Masker]:
    """Our rows on the benchmark.

    What the engine points out (replaced or flagged for a person), what it replaces alone, and what rules and tagger find together
    before policy keeps terms of the trade and leaves details to a person.
    """
    return {
        OURS: candour_pointing(redactor),
        f"{OURS}, what it replaces alone": candour(redactor),
        f"{OURS}, rules and tagger before policy": candour_unsorted(redactor),
    }


def others() -> dict[str, Masker]:
    """What anybody could use instead of ours, by name."""
    return {
        "Presidio as it comes": presidio_as_it_comes()[1],
        "spaCy alone, every label masked": spacy_alone(),
    }


def on_marked(
    documents: Sequence[MarkedText], systems: Mapping[str, Masker], *, flagging: Redactor | Once | None = None
) -> EvaluationReport:
    """Measure systems on marked texts, part by part; what ours slips on is kept for texts that may be tuned on.

    With `flagging`, our rows say too what is pointed out to a person, how many flags there are to decide, and, where marks say
    who and when, how much of what is told is not true.
    """
    rows: list[MeasureRow] = []
    missed: list[Slip] = []
    wrong: list[Slip] = []
    for name, masker in systems.items():
        redactions = [flagging.redact(d.texts, anchor=d.anchor) for d in documents] if flagging and name == OURS else []
        masked = (
            [replaced_spans(d.texts, r) for d, r in zip(documents, redactions, strict=True)]
            if redactions
            else [masker(document.texts, None) for document in documents]
        )
        tallies = [gold.tally(_unregistered(d), m) for d, m in zip(documents, masked, strict=True)]
        if redactions:
            besides = (_besides(d, redaction) for d, redaction in zip(documents, redactions, strict=True))
            tallies = [{**tally, **shown} for tally, shown in zip(tallies, besides, strict=True)]
        rows += _rows(name, False, documents, tallies)
        if name != OURS:
            continue
        for document, spans in zip(documents, masked, strict=True):
            if document.part == "tuned on":
                missed += gold.misses(document, spans)
                wrong += gold.false_alarms(document, spans)
        registered = [document for document in documents if document.register is not None]
        if registered:
            rows += _rows(name, True, registered, [_registered_tally(d, masker, flagging) for d in registered])
    return EvaluationReport("marked texts", tuple(rows), gold.worst(missed, WORST), gold.worst(wrong, WORST))


def on_benchmark(documents: Sequence[Judgement], systems: Mapping[str, Masker]) -> EvaluationReport:
    """Measure systems on documents of the benchmark."""
    rows = [
        MeasureRow(
            name,
            "all",
            False,
            len(documents),
            figures([benchmark.tally(d, masker((d.text,), None)) for d in documents]),
        )
        for name, masker in systems.items()
    ]
    return EvaluationReport("benchmark", tuple(rows))


def _besides(document: MarkedText, redaction: Redaction) -> Tally:
    """What only our own system can be asked: what it points out to a person, and whether what it tells is true."""
    return {**flag_tally(document, redaction), **truth_tally(_unregistered(document), redaction)}


def _registered_tally(document: MarkedText, masker: Masker, flagging: Redactor | Once | None) -> Tally:
    """What is measured of ours where the register is given."""
    if flagging is None:
        return gold.tally(document, masker(document.texts, document.register))
    redaction = flagging.redact(document.texts, document.register, anchor=document.anchor)
    return {**gold.tally(document, replaced_spans(document.texts, redaction)), **truth_tally(document, redaction)}


def _rows(name: str, register: bool, documents: Sequence[MarkedText], tallies: Sequence[Tally]) -> list[MeasureRow]:
    return [
        MeasureRow(name, part, register, len(positions), figures([tallies[position] for position in positions]))
        for part, positions in halves(documents).items()
    ]


def _unregistered(document: MarkedText) -> MarkedText:
    """The same without what it declares: a register that is not given can't be measured."""
    return replace(document, register=None)


__all__ = [
    "OURS",
    "EvaluationReport",
    "Falsehood",
    "Figure",
    "GoldMark",
    "Judgement",
    "MarkedText",
    "Masked",
    "Masker",
    "MeasureRow",
    "Once",
    "RedactionError",
    "Slip",
    "candour",
    "evaluate",
    "falsehoods",
    "figures",
    "labels_of_people",
    "on_benchmark",
    "on_marked",
    "others",
    "ours_on_benchmark",
    "parse_marked",
    "part_of",
    "peers",
    "presidio_as_it_comes",
    "read_benchmark",
    "read_folder",
    "read_text",
    "spacy_alone",
    "split_people",
    "table",
    "truth_tally",
]
