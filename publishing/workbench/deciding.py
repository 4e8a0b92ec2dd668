"""What is decided at one go: which details a filter shows, which of them may be decided together, and which one comes next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from publishing.workbench.case_decisions import RequestedDecision
from publishing.workbench.open_case import OpenText
from publishing.workbench.shown_details import ShownDetection, UndecidedDetail
from redaction import Entity, fold_text

Detail = ShownDetection | UndecidedDetail
"""What somebody decides about."""

STATES = {
    "": "Everything",
    "undecided": "Not decided yet",
    "unsure": "What the engine is not sure of",
    "decided": "Decided",
}
"""Which details a filter shows by what was decided, and as people read it."""

_SORTS = {"tagger": "Other words that may tell", "others": "Other people", "fact": "Rare facts"}
_SORT = re.compile(r"[a-z][a-z ]{0,29}")


@dataclass(frozen=True)
class DetailFilter:
    """Which details are shown: of a kind, by what was decided, and in whose place a label stands. Empty is no filter.

    `kind` is an entity ("PERSON"), or the sort of what the engine points out ("quotation").
    """

    kind: str = ""
    state: str = ""
    label: str = ""

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> DetailFilter:
        """As an address says it; a kind or state that there is not is none."""
        kind, state = fields.get("kind", ""), fields.get("state", "")
        is_kind = kind in Entity.__members__ or _SORT.fullmatch(kind)
        return cls(kind if is_kind else "", state if state in STATES else "", fields.get("label", "")[:200])

    @classmethod
    def from_query(cls, query: str) -> DetailFilter:
        """As `query` says it."""
        return cls.from_fields(dict(parse_qsl(query)))

    @property
    def query(self) -> str:
        """As the query of an address; empty where nothing is filtered."""
        fields = {"kind": self.kind, "state": self.state, "label": self.label}
        return urlencode({name: said for name, said in fields.items() if said})

    def details(self, open_case: OpenText) -> tuple[UndecidedDetail, ...]:
        """What the engine points out, as far as it is shown; it has no label yet."""
        return tuple(
            detail
            for detail in open_case.undecided_details
            if not self.label
            and self.kind in ("", detail.entity, detail.sort)
            and self.state in ("", "undecided", "unsure" if detail.is_doubt else "")
        )

    def findings(self, open_case: OpenText) -> tuple[ShownDetection, ...]:
        """What was found, as far as it is shown."""
        return tuple(
            finding
            for finding in open_case.findings
            if self.kind in ("", finding.entity)
            and self.label in ("", finding.replacement)
            and self.state in ("", *_states_of(finding))
        )


def _states_of(finding: ShownDetection) -> Iterator[str]:
    if finding.decided:
        yield "decided"
    if finding.undecided:
        yield "undecided"
    if finding.unsure:
        yield "unsure"


def shown_kinds(open_case: OpenText, shown: DetailFilter) -> dict[str, dict[str, str]]:
    """The kinds that may be shown, as people read them: of what is pointed out in a case, and of what is found in any."""
    sorts = {detail.sort for detail in open_case.undecided_details}
    sorts |= {shown.kind} if _SORT.fullmatch(shown.kind) else set()
    return {
        "Pointed out": {sort: _SORTS.get(sort, sort.capitalize()) for sort in sorted(sorts)},
        "Found": {str(entity): str(entity).capitalize() for entity in Entity},
    }


_ACTIONS: dict[str, Callable[[Detail], str]] = {
    "accept": lambda _: "accept",
    "keep": lambda _: "reject",
    "replace": lambda detail: "add" if isinstance(detail, UndecidedDetail) and detail.is_doubt else "accept",
}
_FOUND, _POINTED_OUT = ("accept",), ("keep", "replace")


@dataclass(frozen=True)
class Batch:
    """Details of one kind that may be decided together ("" is everything that was found), and the answers there are."""

    kind: str
    title: str
    details: tuple[Detail, ...]
    answers: tuple[str, ...]

    @property
    def places(self) -> int:
        """In how many places they stand."""
        return sum(detail.count for detail in self.details)

    def decisions(self, answer: str, by: str) -> tuple[RequestedDecision, ...]:
        """One answer about all of them; words that are among them under two kinds are decided once."""
        by_words = {
            fold_text(detail.words): RequestedDecision(_ACTIONS[answer](detail), detail.words, _entity(detail), by=by)
            for detail in self.details
        }
        return tuple(by_words.values())


def _entity(detail: Detail) -> str | None:
    # what was found keeps its kind, whatever that is
    return detail.entity if isinstance(detail, UndecidedDetail) else None


def batches(open_case: OpenText, shown: DetailFilter) -> tuple[Batch, ...]:
    """What may be decided together of what is shown: flags and doubts of each sort, findings of each kind, and all findings.

    Nothing that was found is ever left alone together. What holds a signature by policy, what may bring back words that were
    found, and a name that several people bear are decided by themselves.
    """
    titles = shown_kinds(open_case, shown)
    details = [detail for detail in shown.details(open_case) if not detail.alone]
    findings = [finding for finding in shown.findings(open_case) if finding.undecided and not finding.shared]
    found = [
        *(
            Batch(sort, title, tuple(d for d in details if d.sort == sort), _POINTED_OUT)
            for sort, title in titles["Pointed out"].items()
        ),
        *(
            Batch(kind, title, tuple(f for f in findings if f.entity == kind), _FOUND)
            for kind, title in titles["Found"].items()
        ),
    ]
    filled = [batch for batch in found if batch.details]
    if sum(batch.answers == _FOUND for batch in filled) > 1:
        filled.append(Batch("", "Everything that was found", tuple(findings), _FOUND))
    return tuple(filled)


def next_undecided(before: OpenText, after: OpenText, at: str, shown: DetailFilter) -> str:
    """The id of what is to be decided after the detail `at`, from the beginning again after the last; empty where nothing is left."""
    order: list[Detail] = [*shown.details(before), *shown.findings(before)]
    start = next((number for number, detail in enumerate(order, start=1) if detail.name == at), 0)
    open_findings = (finding for finding in shown.findings(after) if finding.undecided)
    still_open: list[Detail] = [*shown.details(after), *open_findings]
    left = {_key(detail): detail.name for detail in still_open}
    rest = (left[_key(detail)] for detail in (*order[start:], *order[:start]) if _key(detail) in left)
    return next(rest, next(iter(left.values()), ""))


def place_of(open_case: OpenText, shown: DetailFilter, words: str) -> str:
    """The id of the detail with these words, as far as it is shown; empty where it is not."""
    every: list[Detail] = [*shown.details(open_case), *shown.findings(open_case)]
    return next((detail.name for detail in every if fold_text(detail.words) == fold_text(words)), "")


def _key(detail: Detail) -> tuple[str, str, bool]:
    return fold_text(detail.words), detail.entity, isinstance(detail, UndecidedDetail)
