"""Organisations and premises that say where something happened: by the words beside a name and by list.

The kind stays ("[Police force 1] did not tell [Police force 2]" still teaches), the name is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import is_place
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word
from redaction.names.short_names import is_short_form, sex_of_forename
from redaction.recognizers.base import Recognizer
from redaction.recognizers.organisations.names import (
    end_of,
    is_distinctive,
    is_foreign,
    is_places,
    organisation_at,
    organisation_end,
    organisation_start,
)
from redaction.recognizers.organisations.prisons import find_bare_prisons, find_more_prisons, prison_end
from redaction.recognizers.organisations.pubs_and_chains import find_chains, find_pubs
from redaction.recognizers.organisations.short_forms import find_short_forms
from redaction.recognizers.organisations.tables import (
    AROUND,
    LOWER,
    STRONG,
    WEAK,
    Cue,
    organisation_tables,
    plain,
)
from redaction.recognizers.organisations.widening import widen_names
from redaction.spans import Span
from redaction.text.phrases import PhraseMatch
from redaction.text.tokens import JOINED, TITLE_KEYS, Tokens

_SURE = {STRONG: 0.85, LOWER: 0.82, WEAK: 0.82}
_MAYBE = 0.62
"""For a single word before one that is a surname as well ("Charlotte Church"): a person who is surely found wins."""
_HARDLY = 0.45
"""For such a name that begins with a forename where nothing leads to a place: whatever rule takes it for a person wins."""
_OF_CONGREGATIONS = frozenset("bethany bethel christ ebenezer emmanuel faith grace hope immanuel lydia zion".split())
"""Forenames by which congregations are called."""
_LEADS_TO_PLACE = frozenset("at behind by from in inside into near of opposite outside the to via".split())
_LISTED_SCORE = 0.88
_ALIAS_SCORE = 0.8
_CUED_BEFORE_SCORE = 0.9
_COURT_AT_SCORE = 0.85
_HOUSE_SCORE = 0.82
_EMPLOYER_SCORE = 0.5
_SAINT_SCORE = 0.79


class OrganisationRecognizer(Recognizer):
    """Prisons, courts, forces, schools, surgeries, … by the words around their names."""

    name = "organisations"
    entities = (Entity.ORGANISATION,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Names with their kind; then the short forms of those names, wherever they appear."""
        text = document.text
        words = document.tokens
        found = _longest_findings(
            [
                *_find_listed(words),
                *_find_cued_before(words),
                *_find_cued_after(words),
                *find_bare_prisons(words),
                *find_pubs(words),
                *find_chains(words),
                *_find_employers(words),
                *_find_houses(words),
                *_find_hospitals(words),
            ]
        )
        yield from widen_names(text, found)
        short = list(find_short_forms(words, found))
        yield from short
        yield from _find_saints(words, [*found, *short])


def kind_of(name: str) -> str:
    """The kind of organisation that a name says it is; "Organisation" where it says nothing."""
    words = Tokens(name)
    table = organisation_tables()
    for hit in (*table.names.every(words), *table.before.every(words), *reversed(list(table.after.every(words)))):
        return hit.value.kind
    return "Organisation"


def _find_listed(words: Tokens) -> Iterator[Finding]:
    """Names that are known whole, and their aliases."""
    table = organisation_tables()
    for hit in table.names.every(words):
        written = words.written(hit.first, hit.stop)
        last = written.split()[-1]
        if not last[0].isupper() or is_retained(written):
            continue
        first = hit.first
        if words.keys[first] == "the" and hit.stop - first > 1:
            first += 1
        if plain(written) in table.aliases or plain(words.written(first, hit.stop)) in table.aliases:
            alias = table.aliases.get(plain(written)) or table.aliases[plain(words.written(first, hit.stop))]
            yield organisation_at(
                words, first, hit.end, _ALIAS_SCORE, Source(Origin.ORGANISATIONS, "alias"), hit.value.kind, alias
            )
        else:
            yield organisation_at(
                words, first, hit.end, _LISTED_SCORE, Source(Origin.ORGANISATIONS, "list"), hit.value.kind
            )


def _find_cued_before(words: Tokens) -> Iterator[Finding]:
    """Names after words such as "HMP" and "Ysgol"; after "HMPs" each of a list."""
    table = organisation_tables()
    for hit in table.before.every(words):
        if not words.capital[hit.first] or (words.gaps[hit.stop - 1] != JOINED and hit.value.kind != "Prison"):
            continue
        if hit.stop >= len(words):
            continue
        kind = hit.value.kind
        stop = prison_end(words, hit.stop) if kind == "Prison" else organisation_end(words, hit.stop)
        if stop is None or is_retained(words.written(hit.first, stop)):
            continue
        yield organisation_at(
            words, hit.first, end_of(words, stop), _CUED_BEFORE_SCORE, Source(Origin.ORGANISATIONS, "before"), kind
        )
        if kind == "Prison":
            yield from find_more_prisons(words, stop)


def _find_cued_after(words: Tokens) -> Iterator[Finding]:
    """Names before words such as "Crown Court" and "Ltd"."""
    table = organisation_tables()
    for hit in table.after.every(words):
        cue, first = hit.value, hit.first
        capital = words.capital[hit.stop - 1] if words.keys[first] == "and" else words.capital[first]
        lower = LOWER in cue.rule
        if (not capital and not lower) or words.text[words.starts[first] - 1 : words.starts[first]] == "-":
            continue
        if (
            capital
            and words.written(first, hit.stop).casefold() in table.abbreviations
            and not words.written(first, hit.stop).isupper()
        ):
            continue
        rule = LOWER if not capital or cue.rule == LOWER else cue.rule.split()[0]
        stop = hit.stop
        start = organisation_start(words, first, cue.kind, rule) if words.joined_before(first) else first
        if start == first:
            beyond = _place_end(words, hit) if capital else None
            if beyond is not None:
                yield organisation_at(
                    words, first, end_of(words, beyond), _COURT_AT_SCORE, Source(Origin.ORGANISATIONS, "shape"), "Court"
                )
            continue
        # "Soar Valley Recovery Service Ltd": the words go on
        name = words.written(start, stop)
        if is_retained(name) or (is_retained(words.written(start, first)) and not is_place(words, start, first)):
            continue
        if words.joined_before(start) and words.written(start - 1, start) == "The" and words.joined_before(start - 1):
            start -= 1  # a capital inside the sentence: the article is part of the name
        score = _SURE[rule]
        if _is_like_a_person(words, start, hit, rule):
            score = _HARDLY if _is_somebody(words, start) else _MAYBE
        yield organisation_at(words, start, hit.end, score, Source(Origin.ORGANISATIONS, "shape"), cue.kind)


def _is_like_a_person(words: Tokens, start: int, hit: PhraseMatch[Cue], rule: str) -> bool:
    """Whether forename and surname would look the same: "Charlotte Church", "Ben Chambers"."""
    if hit.first - start != 1 or hit.stop - hit.first != 1 or rule == LOWER:
        return False
    if is_places(words.written(start, hit.first)) or words.possessive(start):
        return False
    return rule == WEAK or words.keys[hit.first] in organisation_tables().surnames


def _is_somebody(words: Tokens, first: int) -> bool:
    """Whether a forename that no congregation is called by begins the name, and no word before it leads to a place: "met Kelly Church"."""
    forename = words.keys[first]
    led_to = words.joined_before(first) and words.keys[first - 1] in _LEADS_TO_PLACE
    known = sex_of_forename(forename) is not None or is_short_form(forename)
    return known and forename not in _OF_CONGREGATIONS and not led_to


def _place_end(words: Tokens, hit: PhraseMatch[Cue]) -> int | None:
    """Where "the Crown Court at Bolton" ends."""
    at = organisation_tables().at.at(words, hit.first)
    stop = at.stop if at is not None else hit.stop
    if at is None or stop + 1 >= len(words) or words.keys[stop] not in ("at", "of", "in", "sitting"):
        return None
    if words.gaps[stop - 1] != JOINED or words.gaps[stop] != JOINED or not words.capital[stop + 1]:
        return None
    return organisation_end(words, stop + 1, most=3)


_BORDER = re.compile(r"[\n|(\[]")
_EMPLOYED = re.compile(
    r"\b(?:work(?:s|ed|ing)?|job|employ(?:ed|ment)|shifts?|agency|labour(?:er|ing)|placement|apprentice(?:ship)?|interview|"
    r"dismissed|sacked|warehouse|driver|driving|cleaner|cook|chef) (?:at|for|by|with|from) (?=[A-Z])"
)


def _find_employers(words: Tokens) -> Iterator[Finding]:
    """Who somebody "worked for", where it is no everyday word, no person and no place."""
    for match in _EMPLOYED.finditer(words.text):
        index = words.beginning_at(match.end())
        if index is not None and words.keys[index] not in TITLE_KEYS:
            stop = organisation_end(words, index, most=4)
            if (
                stop is None
                or stop - index < 2
                or is_retained(words.written(index, stop))
                or is_place(words, index, stop)
            ):
                continue
            if any(is_distinctive(words, i) and not is_foreign(words, i) for i in range(index, stop)):
                yield organisation_at(
                    words,
                    index,
                    end_of(words, stop),
                    _EMPLOYER_SCORE,
                    Source(Origin.ORGANISATIONS, "employer"),
                    "Employer",
                )


def _find_houses(words: Tokens) -> Iterator[Finding]:
    """Such as "Hollinbank House" where an approved premises or a hostel is spoken of, there or elsewhere."""
    seen: list[tuple[int, int, str]] = []
    kinds: dict[str, str] = {}
    for index, key in enumerate(words.keys):
        if key not in ("house", "lodge") or not words.capital[index] or not words.joined_before(index):
            continue
        first = organisation_start(words, index, "Hostel", WEAK)
        if first == index:
            continue
        name = " ".join(words.keys[first : index + 1])
        seen.append((first, index + 1, name))
        start, end = words.starts[first], words.ends[index]
        around = words.text[max(0, start - AROUND) : start] + " " + words.text[end : end + AROUND]
        if re.search(r"\b(?:approved premises|AP|bail hostel|probation hostel)\b", around):
            kinds[name] = "Approved premises"
        elif organisation_tables().cues["hostel"].search(around):
            kinds.setdefault(name, "Hostel")
    for first, stop, name in seen:
        if name in kinds:
            yield organisation_at(
                words, first, end_of(words, stop), _HOUSE_SCORE, Source(Origin.ORGANISATIONS, "house"), kinds[name]
            )


_SAINT = re.compile(
    rf"(?<!\w)(?P<saint>St\.? [A-Z][a-z]+)['’]s(?![\w-]| [A-Z])(?: {alternatives(pattern_words('organisations', 'of saints'))}\b)?"
)
_SURNAMED = re.compile(r"(?P<first>[A-Z][a-z]+) (?P<last>St\.? [A-Z][a-z]+)")
_BORNE_BEFORE = re.compile(r"[A-Z][\w'’.-]*[ ]$")


def _find_saints(words: Tokens, known: Iterable[Finding]) -> Iterator[Finding]:
    """A church, a school or a hospital by its saint alone: "at St Osyth's"; of the kind that is `known` of it."""
    told = {f.span: f for f in known}
    surnames = {m["last"] for m in _SURNAMED.finditer(words.text) if not is_english_word(m["first"])}
    for match in _SAINT.finditer(words.text):
        if match["saint"] in surnames or _BORNE_BEFORE.search(words.text, max(0, match.start() - 24), match.start()):
            continue
        start, end = match.span()
        saint = told.get(Span(start, end)) or Finding(
            start, end, Entity.ORGANISATION, 0.0, Source(Origin.ORGANISATIONS, "saint"), "Organisation"
        )
        yield replace(saint, score=max(saint.score, _SAINT_SCORE))


_CALLED_SHORT = frozenset({"general", "royal", "victoria"})
_WHERE_TREATED = frozenset({"in", "at", "to", "from", "the", "by", "of", "and", "near"})
"""Before a hospital that is called so: somebody has a name of two such words too."""


def _find_hospitals(words: Tokens) -> Iterator[Finding]:
    """A hospital by its place and the beginning of its name: "Selby General", "the Northern General"."""
    for index, key in enumerate(words.keys):
        first = index - 1
        if key not in _CALLED_SHORT or not words.capital[index] or not words.joined_before(index):
            continue
        goes_on = index + 1 < len(words) and words.gaps[index] == JOINED and words.capital[index + 1]
        named = is_place(words, first, index) and sex_of_forename(words.keys[first]) is None
        station = index + 1 < len(words) and words.keys[index + 1] == "station"
        begins = key == "general" and not words.joined_before(first)
        near = begins or (first > 0 and words.keys[first - 1] in _WHERE_TREATED)
        if words.capital[first] and not goes_on and not station and near and (named or words.keys[first] == "northern"):
            end = end_of(words, index + 1)
            yield organisation_at(words, first, end, _HOUSE_SCORE, Source(Origin.ORGANISATIONS, "hospital"), "Hospital")


def _longest_findings(findings: list[Finding]) -> list[Finding]:
    """The longest of findings that overlap, in order; of equals the surer."""
    chosen: list[Finding] = []
    end = -1
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, -f.score)):
        if finding.start >= end:
            chosen.append(finding)
            end = finding.end
        elif (
            finding.end > end
            and finding.score > chosen[-1].score
            and finding.end - finding.start > chosen[-1].end - chosen[-1].start
        ):
            chosen[-1] = finding
            end = finding.end
    return chosen
