"""How much of marked texts a system finds, and how much else it takes away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redaction.evaluation.figures import Tally
from redaction.evaluation.marked import FLAGGED, RECURRING, GoldMark, MarkedText
from redaction.evaluation.systems import Masked
from redaction.names.surface_forms import forms_of
from redaction.register import Register
from redaction.text.folding import fold_text

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr father sister brother pastor imam madam "
    "master pc dc ds di dci dsi det sgt sergeant inspector insp superintendent supt constable detective chief officer "
    "judge justice hhj recorder cllr councillor governor captain capt major colonel corporal private lance "
    "lieutenant".split()
)
"""Words that a person's mark may begin with and that may stay: they name nobody."""

NAMING_NOTHING = frozenset(
    "the a an on in at of by since until about around from to for that this next last previous following coming "
    "before after night morning evening afternoon week weekend wk year".split()
)
"""Words that any other mark may hold and that may stay: "on Thursday night" and "the Crown" tell nothing but for the others."""

Counts = Counter[tuple[str, bool]]
"""(measure, hit or not) → how often."""

_WORD = re.compile(r"[^\W_]+")
_CONTEXT = 40


@dataclass(frozen=True)
class Slip:
    """A miss (a mark not wholly covered) or a false alarm (unmarked words taken away), and how often it happened.

    `kind` is the mark's letter, or what the system took the words for; `words` are those marked, or those taken for
    nothing; `context` is that of the first; `characters` counts the letters and digits left standing, or taken.
    """

    kind: str
    words: str
    context: str
    characters: int
    times: int = 1


def tally(document: MarkedText, masked: Sequence[Masked]) -> Tally:
    """The counts of one document for every measure (see `MEASURES` in the report for what each means)."""
    counts: Counts = Counter()
    declared = _declared(document.register)
    for text, marks, covered in _parts(document, masked):
        for mark in marks:
            _count_mark(counts, text, mark, covered, declared)
        _count_characters(counts, text, marks, covered)
    names = dict.fromkeys(name for name, _ in counts)
    return {name: (counts[name, True], counts[name, True] + counts[name, False]) for name in names}


def misses(document: MarkedText, masked: Sequence[Masked]) -> Iterator[Slip]:
    """Every mark that is not wholly covered; flagged ones need not be."""
    for text, marks, covered in _parts(document, masked):
        for mark in marks:
            left = sum(not covered[position] for position in _needed(text, mark))
            if mark.counts and left:
                yield Slip(mark.kind, text[mark.start : mark.end], _context(text, mark.start, mark.end), left)


def false_alarms(document: MarkedText, masked: Sequence[Masked]) -> Iterator[Slip]:
    """Every masked span that takes away words that are in no mark."""
    for part, (text, marks) in enumerate(zip(document.texts, document.marks, strict=True)):
        marked = _cover(text, [mark for mark in marks if mark.value != RECURRING])
        for span in masked:
            if span.part != part:
                continue
            lost = "".join(" " if marked[i] else text[i] for i in range(span.start, span.end))
            words = " ".join(_WORD.findall(lost))
            if words:
                letters = len(words.replace(" ", ""))
                yield Slip(span.label, words, _context(text, span.start, span.end), letters)


def worst(slips: Sequence[Slip], count: int) -> tuple[Slip, ...]:
    """The slips that weigh most: alike ones together, people and codes first, then by characters in all."""
    groups: dict[tuple[str, str], Slip] = {}
    for slip in slips:
        key = (slip.kind, slip.words.casefold())
        same = groups.get(key)
        groups[key] = (
            replace(same, characters=same.characters + slip.characters, times=same.times + 1) if same else slip
        )
    return tuple(
        sorted(groups.values(), key=lambda s: (s.kind not in ("P", "C"), -s.characters, s.kind, s.words))[:count]
    )


def _parts(document: MarkedText, masked: Sequence[Masked]) -> Iterator[tuple[str, tuple[GoldMark, ...], bytearray]]:
    for part, (text, marks) in enumerate(zip(document.texts, document.marks, strict=True)):
        yield text, marks, _cover(text, [span for span in masked if span.part == part])


def _cover(text: str, spans: Sequence[GoldMark] | Sequence[Masked]) -> bytearray:
    """For each character whether a span covers it."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    return covered


def _needed(text: str, mark: GoldMark) -> list[int]:
    """Positions of the letters and digits that must be covered: what names nothing need not be, unless there is nothing else."""
    words = list(_WORD.finditer(text, mark.start, mark.end))
    naming_nothing = {"P": TITLES, FLAGGED: frozenset()}.get(mark.kind, NAMING_NOTHING)
    words = [word for word in words if word[0].casefold() not in naming_nothing] or words
    return [position for word in words for position in range(*word.span())]


def _found(text: str, mark: GoldMark, covered: bytearray) -> bool:
    return all(covered[position] for position in _needed(text, mark))


def _count_mark(counts: Counts, text: str, mark: GoldMark, covered: bytearray, declared: frozenset[str]) -> None:
    found = _found(text, mark, covered)
    if mark.kind == FLAGGED:
        counts["masked.Q", found] += 1
    if not mark.counts:
        return
    names = [mark.kind, "all"] + (["people_and_codes"] if mark.kind in ("P", "C") else [])
    for name in names:
        counts[f"recall.{name}", found] += 1
        for position in _needed(text, mark):
            counts[f"characters.{name}", bool(covered[position])] += 1
    if _bare(text[mark.start : mark.end]) in declared:
        counts["declared", found] += 1


def _count_characters(counts: Counts, text: str, marks: Sequence[GoldMark], covered: bytearray) -> None:
    replaced = _cover(text, [mark for mark in marks if mark.counts])
    flagged = _cover(text, [mark for mark in marks if not mark.counts and mark.value != RECURRING])
    for character, taken, right, neutral in zip(text, covered, replaced, flagged, strict=True):
        if character.isspace():
            continue
        if taken:
            counts["precision_flagged_wrong", bool(right)] += 1
            if not neutral:
                counts["precision", bool(right)] += 1
        if not right and not neutral:
            counts["survives", not taken] += 1


def _declared(register: Register | None) -> frozenset[str]:
    """Every folded form of what a register declares."""
    identities = register.identities() if register else ()
    return frozenset(form.text for identity in identities for form in forms_of(identity))


def _bare(words: str) -> str:
    """A mark's words folded, without titles and a possessive's s."""
    folded = fold_text(words).split()
    while len(folded) > 1 and folded[0] in TITLES:
        folded.pop(0)
    if len(folded) > 1 and folded[-1] == "s":
        folded.pop()
    return " ".join(folded)


def _context(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[max(0, start - _CONTEXT) : start]}⟦{text[start:end]}⟧{text[end : end + _CONTEXT]}".split())
