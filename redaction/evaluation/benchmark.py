"""The Text Anonymization Benchmark's format and measures (Pilán et al., 2022), as its own evaluation defines them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from redaction.errors import RedactionError
from redaction.evaluation.figures import Tally
from redaction.evaluation.systems import Masked

_FORGIVEN_WORDS = (
    "mr|mrs|ms|and|or|from|until|to|about|after|as|at|before|between|by|during|for|in|into|of|on|over|since|with"
    "|the|a|an|no|nr"
)
_FORGIVEN = re.compile(rf"\b(?:{_FORGIVEN_WORDS})\b|[’']s\b|[,.\-;:/&()\[\]–'\" ’“”]", re.IGNORECASE)
_TOKEN = re.compile(r"\w+")

_REASONS = {"json_invalid": "it is not JSON", "missing": "a field is missing"}
_FORMAT = (
    'a JSON list of {"doc_id", "text", "annotations": {annotator: {"entity_mentions": '
    '[{"start_offset", "end_offset", "entity_id", "identifier_type"}]}}}'
)


class _Mention(BaseModel):
    start_offset: int = Field(ge=0)
    end_offset: int
    identifier_type: Literal["DIRECT", "QUASI", "NO_MASK"]
    entity_id: str | None = None


class _Annotation(BaseModel):
    entity_mentions: list[_Mention]


class _Document(BaseModel):
    doc_id: str
    text: str
    annotations: dict[str, _Annotation]


@dataclass(frozen=True)
class BenchmarkEntity:
    """What one annotator took for one thing: where it is mentioned, and whether each mention must be masked."""

    mentions: tuple[tuple[int, int], ...]
    masked: tuple[bool, ...]
    direct: bool


@dataclass(frozen=True)
class Judgement:
    """A document of the benchmark: what each annotator marked, to be masked or not.

    `linked` says whether mentions are tied together by entity ids; without that there is no recall over entities.
    """

    name: str
    text: str
    annotators: tuple[tuple[BenchmarkEntity, ...], ...]
    linked: bool = True


def read_benchmark(path: Path) -> tuple[Judgement, ...]:
    """Read a JSON file in the benchmark's format.

    Raises:
        RedactionError: it cannot be read or is not in that format; the message names the place, never a word of a text.
    """
    try:
        documents = TypeAdapter(list[_Document]).validate_json(path.read_bytes())
    except OSError:
        raise RedactionError("the data set cannot be read") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = f"{_place(first['loc'])}{_REASONS.get(first['type'], 'a field is not what it should be')}"
        raise RedactionError(
            f"the data set is not in the benchmark's format: {where}; it should be {_FORMAT}"
        ) from None
    if not documents:
        raise RedactionError("the data set holds no document")
    for position, document in enumerate(documents, 1):
        for annotation in document.annotations.values():
            if any(not m.start_offset < m.end_offset <= len(document.text) for m in annotation.entity_mentions):
                raise RedactionError(f"document {position}: a mention's offsets do not lie within the text")
    linked = _linked(documents)
    return tuple(
        Judgement(d.doc_id, d.text, tuple(_entities(a.entity_mentions) for a in d.annotations.values()), linked)
        for d in documents
    )


def _place(loc: tuple[int | str, ...]) -> str:
    """Where a fault is, by position alone: keys may be anything, so they are not repeated."""
    positions = (part for part in loc if isinstance(part, int))
    return "".join(
        f"{name} {position + 1}: " for name, position in zip(("document", "mention"), positions, strict=False)
    )


def _linked(documents: Sequence[_Document]) -> bool:
    """Whether entity ids tie mentions together: where every mention has an id of its own, none do."""
    for document in documents:
        for annotation in document.annotations.values():
            ids = [mention.entity_id for mention in annotation.entity_mentions]
            if None in ids:
                return False
            if len(set(ids)) < len(ids):
                return True
    # in a small file everything may be mentioned once; DIRECT shows that somebody classed the entities
    kinds = {m.identifier_type for d in documents for a in d.annotations.values() for m in a.entity_mentions}
    return "DIRECT" in kinds


def _entities(mentions: Sequence[_Mention]) -> tuple[BenchmarkEntity, ...]:
    groups: dict[str, list[_Mention]] = {}
    for position, mention in enumerate(mentions):
        groups.setdefault(mention.entity_id or f"mention {position}", []).append(mention)
    return tuple(
        BenchmarkEntity(
            tuple((m.start_offset, m.end_offset) for m in group),
            tuple(m.identifier_type != "NO_MASK" for m in group),
            group[0].identifier_type == "DIRECT",
        )
        for group in groups.values()
    )


def tally(document: Judgement, masked: Sequence[Masked]) -> Tally:
    """The counts of one document: ER_di, ER_qi, R and P, micro-averaged over annotators."""
    covered = bytearray(len(document.text))
    for span in masked:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    counts = {"R": [0, 0], "P": [0, 0]}
    if document.linked:
        counts |= {"ER_di": [0, 0], "ER_qi": [0, 0]}
    for entities in document.annotators:
        for entity in (entity for entity in entities if any(entity.masked)):
            if document.linked:
                _add(counts["ER_di" if entity.direct else "ER_qi"], _entity_masked(document.text, entity, covered))
            # every mention of an entity to mask counts here, as in the benchmark's own evaluation
            for start, end in (token for mention in entity.mentions for token in _tokens(document.text, *mention)):
                _add(counts["R"], _masked(document.text, start, end, covered))
    reaches = [_reach(document.text, entities) for entities in document.annotators if entities]
    for start, end in _runs(covered):
        for first, last in _tokens(document.text, start, end):
            for reach in reaches:
                _add(counts["P"], reach[first] >= last)
    return {name: (hits, of) for name, (hits, of) in counts.items()}


def peers(document: Judgement, least: float) -> Tally:
    """The counts of one document where each annotator judges what at least the share `least` of the others mask.

    With two annotators that is how far they agree; with more, what a panel of them would reach.
    """
    counts: dict[str, tuple[int, int]] = {}
    for position, judge in enumerate(document.annotators):
        others = document.annotators[:position] + document.annotators[position + 1 :]
        votes = [[reach > 0 for reach in _reach(document.text, entities)] for entities in others]
        covered = bytearray(sum(vote) >= least * len(others) for vote in zip(*votes, strict=True))
        judged = replace(document, annotators=(judge,))
        for name, (hits, of) in tally(judged, [Masked(0, *run) for run in _runs(covered)]).items():
            before = counts.get(name, (0, 0))
            counts[name] = before[0] + hits, before[1] + of
    return counts


def _add(count: list[int], hit: bool) -> None:
    count[0] += hit
    count[1] += 1


def _entity_masked(text: str, entity: BenchmarkEntity, covered: bytearray) -> bool:
    mentions = (mention for mention, must in zip(entity.mentions, entity.masked, strict=True) if must)
    return all(_masked(text, *mention, covered) for mention in mentions)


def _masked(text: str, start: int, end: int, covered: bytearray) -> bool:
    """Whether all of a span is covered but for what is forgiven."""
    if all(covered[start:end]):
        return True
    left = {position for position in range(start, end) if not covered[position]}
    for match in _FORGIVEN.finditer(text[start:end]):
        left.difference_update(range(start + match.start(), start + match.end()))
    return not left


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text[start:end]):
        yield start + match.start(), start + match.end()


def _reach(text: str, entities: Sequence[BenchmarkEntity]) -> list[int]:
    """For each character how far a mention goes on that covers it and must be masked (0: none does)."""
    reach = [0] * len(text)
    for entity in entities:
        for (start, end), must in zip(entity.mentions, entity.masked, strict=True):
            for position in range(start, end) if must else ():
                reach[position] = max(reach[position], end)
    return reach


def _runs(covered: bytearray) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rb"\x01+", covered):
        yield match.span()
