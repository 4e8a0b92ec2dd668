"""A case that is open in the workbench: its text before and after, what was found in it, and what is left to decide."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from publishing.checking.rewritten_passages import refusals_for_rewrites
from publishing.checking.stale_decisions import DecisionFit, compare_decisions
from publishing.checking.undecided import Undecided, find_undecided, held_by_policy, refusals_for_undecided
from publishing.checking.withheld_facts import is_withheld
from publishing.redacting.jobs import RedactionJob
from publishing.release import comparison
from publishing.reviews import RedactedReview, Review, ReviewText
from publishing.workbench.excerpts import Excerpt, sentence_around
from publishing.workbench.shown_details import Label, ShownDetection, UndecidedDetail
from redaction import (
    DATE_REMOVED,
    DETAIL_REMOVED,
    LABEL,
    Detection,
    Doubt,
    Entity,
    Flag,
    Policy,
    Redaction,
    fold_text,
    is_of_family,
    parse_name,
)

_LABELLED_ENTITIES = ("PERSON", "PLACE", "ORGANISATION")


@dataclass(frozen=True, repr=False)
class OpenText:
    """The text of a case that can be read and decided about, be it that facts are still missing: what its pages show of it."""

    folder: Path
    review: ReviewText
    job: RedactionJob
    redaction: Redaction
    seen: str
    policy: Policy

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], tuple[ShownDetection, ...]]:
        """For each detection the id of its finding, and the findings."""
        numbers: dict[tuple[str, str], int] = {}
        places: dict[int, list[Excerpt]] = {}
        firsts: dict[int, tuple[str, Detection]] = {}
        ids: list[str] = []
        for detection in self.redaction.detections:
            text = self.job.texts[detection.part]
            words = text[detection.start : detection.end]
            number = numbers.setdefault((fold_text(words), str(detection.entity)), len(numbers) + 1)
            places.setdefault(number, []).append(sentence_around(text, detection.start, detection.end))
            firsts.setdefault(number, (words, detection))
            ids.append(f"finding-{number}")
        actions = {fold_text(d.text): d.action for d in self.job.decisions}
        findings = [
            ShownDetection(
                f"finding-{number}",
                words,
                str(first.entity),
                first.source,
                first.score,
                first.replacement,
                tuple(places[number]),
                actions.get(fold_text(words), ""),
            )
            for number, (words, first) in firsts.items()
        ]
        return tuple(ids), tuple(self._with_warnings(findings))

    def _with_warnings(self, findings: Sequence[ShownDetection]) -> Iterator[ShownDetection]:
        """The findings, with those marked that need a second person or a second look."""
        declared = self.review.declared
        protected = {fold_text(name) for p in (declared.people if declared else ()) if p.protected for name in p.names}
        labels = {f.replacement for f in findings if f.declared and fold_text(f.words) in protected}
        bearers = _labels_by_name(findings)
        for finding in findings:
            name = " ".join(parse_name(finding.words).words)
            yield replace(
                finding,
                protects=finding.source.startswith("protected") or finding.replacement in labels,
                shared=finding.entity == "PERSON" and len(bearers.get(name, ())) > 1,
            )

    @property
    def finding_ids(self) -> tuple[str, ...]:
        """For each detection the id of its finding."""
        return self._groups[0]

    @property
    def findings(self) -> tuple[ShownDetection, ...]:
        """What was found, in the order of the text."""
        return self._groups[1]

    @cached_property
    def undecided(self) -> Undecided:
        """What the engine points out and nobody decided."""
        return find_undecided(self.job.texts, self.redaction, self.job.decisions)

    @cached_property
    def _undecided(self) -> tuple[tuple[UndecidedDetail, ...], dict[tuple[int, int, int], str]]:
        groups: dict[tuple[str, str], list[tuple[str, str, bool, Flag | Doubt]]] = {}
        for entity, reason, is_doubt, where in self._flags_and_doubts():
            words = _whole_words(self.job.texts[where.part], where.start, where.end)
            groups.setdefault((fold_text(words), entity), []).append((words, reason, is_doubt, where))
        held = held_by_policy(self.undecided, self.policy)
        entries: list[UndecidedDetail] = []
        spans: dict[tuple[int, int, int], str] = {}
        for number, ((_, entity), group) in enumerate(groups.items(), start=1):
            words, reason, is_doubt, first = group[0]
            sort = first.source.rpartition(":")[2] if isinstance(first, Flag) else "doubt"
            places = tuple(sentence_around(self.job.texts[w.part], w.start, w.end) for *_, w in group)
            holds = isinstance(first, Flag) or first.probability >= self.policy.doubts_hold
            withheld = any(isinstance(where, Flag) and is_withheld(where) for *_, where in group)
            alone = any(where in held.flags or where in held.doubts for *_, where in group) or self._is_found(words)
            entries.append(
                UndecidedDetail(
                    f"to-do-{number}",
                    words,
                    entity,
                    sort,
                    reason,
                    places,
                    is_doubt,
                    holds,
                    alone or withheld,
                    withheld,
                    *self._ways_to_decide(first),
                )
            )
            spans |= {(where.part, where.start, where.end): f"to-do-{number}" for *_, where in group}
        return tuple(entries), spans

    def _ways_to_decide(self, found: Flag | Doubt) -> tuple[str, str, str]:
        """The decisions that keep and replace what is to be decided, and the words in its place."""
        if isinstance(found, Doubt):
            return "reject", "add", ""
        if not is_withheld(found):
            return "reject", "accept", ""
        replaced = any(
            d.part == found.part and d.start < found.end and found.start < d.end for d in self.redaction.detections
        )
        words = fold_text(self.job.texts[found.part][found.start : found.end])
        added = any(d.action == "add" and fold_text(d.text) == words for d in self.job.decisions)
        # what is replaced already stays so: only the year or the label in its place is in question
        keep = "add" if added else "accept" if replaced else "reject"
        return keep, "add", DATE_REMOVED if found.entity is Entity.DATE else DETAIL_REMOVED

    def _is_found(self, words: str) -> bool:
        """Whether words are a part of some that were found, or have such in them: to keep them could bring those back."""
        said = f" {fold_text(words).strip()} "
        return any(said in found or found in said for found in self._found_words)

    @cached_property
    def _found_words(self) -> frozenset[str]:
        return frozenset(f" {fold_text(finding.words).strip()} " for finding in self.findings)

    @property
    def undecided_details(self) -> tuple[UndecidedDetail, ...]:
        """What is to be decided, flags first and of these the likeliest; words that appear in several places are there once."""
        return self._undecided[0]

    @property
    def undecided_spans(self) -> dict[tuple[int, int, int], str]:
        """The span of each of them, (part, start, end), and its id."""
        return self._undecided[1]

    def _flags_and_doubts(self) -> Iterator[tuple[str, str, bool, Flag | Doubt]]:
        for flag in sorted(self.undecided.flags, key=lambda flag: -(flag.probability or 0)):
            reason = flag.reason.rstrip(".")
            yield str(flag.entity), f"{reason[:1].upper()}{reason[1:]}.", False, flag
        # the surest first: the first of a group tells whether the group holds
        for doubt in sorted(self.undecided.doubts, key=lambda doubt: -doubt.probability):
            reason = f"The tagger would say {str(doubt.kind).lower()}, with {doubt.probability:.0%}, and is not sure."
            yield str(doubt.kind), reason, True, doubt

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every label in place of somebody or something, with the words behind it."""
        found: dict[str, list[ShownDetection]] = {}
        for finding in self.findings:
            if finding.entity in _LABELLED_ENTITIES and finding.replacement.startswith("["):
                found.setdefault(finding.replacement, []).append(finding)
        return tuple(Label(words, tuple(found[words])) for words in sorted(found, key=_label_order))

    def fresh_label(self, label: str) -> str:
        """A label like another, with a number that none has: "[Person 4]" where there are three."""
        start = re.sub(r" \d+\]$|\]$", "", label)
        said = [*self.redaction.texts, *(d.replacement or "" for d in self.job.decisions)]
        used = [int(n or 1) for text in said for n in re.findall(rf"{re.escape(start)}(?: (\d+))?\]", text)]
        return f"{start} {max(used, default=0) + 1}]"

    def label_bearer(self, replacement: str, words: Sequence[str]) -> tuple[bool, str]:
        """Who bears the label in a replacement for words, as a decision keeps it: (whether somebody of their own, or other words of theirs).

        Numbers are the engine's, and move when the text changes: what is meant is the person.
        """
        # a family is nobody of a label of their own
        label = next((said for said in LABEL.findall(replacement) if not is_of_family(said)), "")
        chosen = {fold_text(said) for said in words}
        leads = {fold_text(d.text): fold_text(d.same_as) for d in self.job.decisions if d.same_as}

        def is_chosen(said: str) -> bool:
            """Whether words are among them, or were joined with words that are."""
            passed: set[str] = set()
            while said not in chosen and said in leads and said not in passed:
                passed.add(said)
                said = leads[said]
            return said in chosen

        behind = next((known.findings for known in self.labels if known.words == label), ())
        other = next((f.words for f in behind if not is_chosen(fold_text(f.words))), "")
        return not other and label[-2:-1].isdecimal(), other

    @property
    def decided(self) -> tuple[DecisionFit, ...]:
        """Every decision; those that no longer fit are there too."""
        return compare_decisions(self.job.texts, self.redaction, self.job.decisions)


@dataclass(frozen=True, repr=False)
class OpenCase(OpenText):
    """A case of which nothing is missing, so that it can be signed; `tampered` says why what is stored as signed is not believed."""

    review: Review
    text: RedactedReview
    before: RedactedReview | None
    tampered: str
    comparable: RedactedReview
    """The text without the answers to its lessons that came since it was signed."""

    def signing_obstacles(self) -> Iterator[str]:
        """Why nobody may sign here yet: every flagged detail is decided first, and every doubt that policy holds on."""
        if left := len(self.undecided.flags):
            yield f"{left} flagged {'detail is' if left == 1 else 'details are'} not decided: keep or replace each"
        yield from refusals_for_undecided(Undecided((), self.undecided.doubts), self.policy)
        yield from refusals_for_rewrites(self.review, self.folder.parent)

    @property
    def is_changed(self) -> bool:
        """Whether what would be signed now is not what is signed."""
        return self.before is not None and comparison.is_changed(self.comparable, self.before)

    @property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """What is signed and what would be, for every block that differs."""
        old = tuple(self.before.strings()) if self.before else ()
        new = tuple(self.text.strings())
        if self.before:
            old = old[: len(old) - len(self.before.changes)]
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        return tuple(
            ("\n\n".join(old[a:b]), "\n\n".join(new[c:d]))
            for kind, a, b, c, d in matcher.get_opcodes()
            if kind != "equal"
        )


def _whole_words(text: str, start: int, end: int) -> str:
    """The whole words around a span: a decision is about words, and the span may end within one (the 1950 of "1950s")."""
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    return text[start:end]


def _labels_by_name(findings: Sequence[ShownDetection]) -> dict[str, set[str]]:
    """For each word of the full names in a review the labels of those who bear it."""
    bearers: dict[str, set[str]] = {}
    for finding in findings:
        words = parse_name(finding.words).words if finding.entity == "PERSON" else ()
        for word in words if len(words) > 1 else ():
            bearers.setdefault(word, set()).update(LABEL.findall(finding.replacement))
    return bearers


def _label_order(label: str) -> tuple[str, int]:
    """[Person 2] before [Person 10]."""
    name, _, number = label.strip("[]").rpartition(" ")
    return (name, int(number)) if number.isdecimal() else (label.strip("[]"), 0)
