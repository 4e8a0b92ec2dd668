"""Render: the words that replace each finding, fitted into their sentences, as edits of the source."""

from __future__ import annotations

import regex

from redaction.entities import Entity
from redaction.findings import KNOWN_PHRASE, Finding, Origin
from redaction.labels import SOMEBODY, is_of_family
from redaction.policy import Policy
from redaction.propagation.mentions import title_of
from redaction.propagation.protected_people import is_protected, phrase_for
from redaction.replacements.grammar import article_before, fit_age, fix_article, possessive
from redaction.replacements.markdown_links import without_links
from redaction.replacements.other_names import tell_other_names
from redaction.replacements.prepositions import fix_preposition
from redaction.replacements.pseudonyms import pseudonyms, requested_replacements
from redaction.replacements.relative_dates import RelativeDates
from redaction.replacements.repetition import REACH, said_after, said_before
from redaction.stages.state import Edit, OpenMention, State

_BEFORE, _AFTER = 32, 16
"""Characters around a finding that its replacement may take in."""


def render(state: State, policy: Policy) -> None:
    """Work out the edits: sorted, none overlapping."""
    edits: list[Edit] = []
    replacements, state.open = _replacements(state, policy)
    for finding, replacement in zip(state.findings, replacements, strict=True):
        start, end, words = _adjust_grammar(state.text, finding, replacement)
        first, last = state.normalised.to_source(start, end)
        if edits and first < edits[-1].end:
            # the words taken in are another's already: leave them and replace the span alone
            first, last = state.normalised.to_source(finding.start, finding.end)
            first, words = max(first, edits[-1].end), replacement
        if edits and (closing := _in_brackets_again(state.source, edits[-1], first, last, words)):
            first, last, finding = edits[-1].start, last + closing, edits.pop().finding
        if edits and _continues(state.source, edits[-1], first, last, words):
            # a nickname or forename of its own before the surname, or a code in two parts: one label
            first, finding = edits[-1].start, edits.pop().finding
        if first < last:
            edits.append(Edit(first, last, words, finding))
    state.edits = without_links(state.source, edits)


def _replacements(state: State, policy: Policy) -> tuple[list[str], list[OpenMention]]:
    """What replaces each finding: what people asked for, else a pseudonym, else a date, age or quantity told in bands.

    Besides, the mentions that can mean several people, and are nobody's.
    """
    by_year = {finding.span for finding in state.findings if state.is_told_by_year(finding)}
    dates = RelativeDates(
        state.text, state.findings, state.anchor, policy.dates, born=state.people.born, by_year=by_year
    )
    told = pseudonyms(state.text, state.findings, state.people, state.decisions)
    own = [
        label if label is not None else _scheme(finding) or dates.render(finding)
        for finding, label in zip(state.findings, told.labels, strict=True)
    ]
    own = tell_other_names(state.text, state.findings, own)
    labelled = [(state.words(finding), label) for finding, label in zip(state.findings, own, strict=True)]
    requested = requested_replacements(labelled, state.decisions)
    protected = [
        f.source.origin is Origin.PROTECTED or is_protected(state.text, f, state.people) for f in state.findings
    ]
    if any(protected):
        by_two = requested_replacements(labelled, [d for d in state.decisions if d.seconded])
        requested = [two if kept else one for one, two, kept in zip(requested, by_two, protected, strict=True)]
    replacements = [
        wish or phrase_for(state.text, finding, label)
        for finding, label, wish in zip(state.findings, own, requested, strict=True)
    ]
    undecided = [OpenMention(state.findings[at], labels) for at, labels in told.several.items() if not requested[at]]
    return replacements, undecided


def _scheme(finding: Finding) -> str | None:
    """What a law called after somebody is said to be."""
    return f"[{finding.subtype}]" if finding.source.rule == KNOWN_PHRASE else None


def _adjust_grammar(text: str, finding: Finding, replacement: str) -> tuple[int, int, str]:
    """The span with the article or preposition before it where that must change, and the words that replace it."""
    before = text[max(0, finding.start - _BEFORE) : finding.start]
    if finding.entity is Entity.AGE:
        fitted = fit_age(before, text[finding.end : finding.end + _AFTER], replacement)
        if fitted is None:
            return finding.start, finding.end, replacement
        return finding.start - fitted[0], finding.end + fitted[1], fitted[2]
    start, end = _with_repetition(text, finding, replacement)
    owner = possessive(text[finding.start : finding.end], before, text[finding.end : finding.end + 3])
    if owner is not None and replacement.startswith("["):
        return start, finding.end + 1, replacement + owner
    if start < finding.start:
        return start, end, replacement
    named = finding.entity is Entity.PERSON and replacement != SOMEBODY and not is_of_family(replacement)
    if (
        named
        and title_of(text[finding.start : finding.end])
        and (article := article_before(before, text[finding.end : finding.end + _AFTER]))
    ):
        # "a Mrs Ames" is told as who she is
        return finding.start - article, end, replacement
    fix = fix_preposition if finding.entity is Entity.DATE else fix_article
    if fixed := fix(before, replacement):
        return finding.start - fixed[0], end, fixed[1]
    return finding.start, end, replacement


def _with_repetition(text: str, finding: Finding, label: str) -> tuple[int, int]:
    """The span with what says once more, right before or after, what the label says."""
    before, name = text[max(0, finding.start - REACH) : finding.start], text[finding.start : finding.end]
    after = text[finding.end : finding.end + REACH]
    start = finding.start - said_before(before, name, after, label, finding.entity)
    return start, finding.end + said_after(after, label, finding.entity, text[start : finding.start])


_MEANS = frozenset({": ", " = ", "="})
"""Between initials and the name that they are said to mean: "J.M.: Julie Mellor"."""
_INITIALS = regex.compile(r"(?:\p{Lu}\.?){2,4}")
_ENTRY_ENDS = regex.compile(r"[,;|\n]|[ ][(|]|\.?(?:\n|$)|$")
_OPENED = {" (": ")", " (“": "”)", ' ("': '")', " (‘": "’)", " ('": "')"}


def _in_brackets_again(source: str, last: Edit, start: int, end: int, words: str) -> int:
    """How many characters close a bracket that holds nothing but a label that is there before it: "Jane Marcet (JM)"; 0 for none."""
    if last.finding.entity is not Entity.PERSON or last.words != words or words == SOMEBODY or is_of_family(words):
        return 0
    closing = _OPENED.get(source[last.end : start], "")
    return len(closing) if closing and source.startswith(closing, end) else 0


def _continues(source: str, last: Edit, start: int, end: int, words: str) -> bool:
    """Whether one label, of a person or of something removed, would be there twice with a mere space between, or as what its initials mean."""
    if last.words != words:
        return False
    person, gap = last.finding.entity is Entity.PERSON, source[last.end : start]
    if person and gap in _MEANS:
        # "TC: Tom Cole says" is who speaks
        is_entry = gap != ": " or _ENTRY_ENDS.match(source, end) is not None
        return is_entry and _INITIALS.fullmatch(source, last.start, last.end) is not None
    return gap == " " and (person or words.endswith(" removed]"))
