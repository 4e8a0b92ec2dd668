"""Organisations and premises that say where something happened: by the words beside a name, by list, by spaCy.

The kind is kept ("[Police force 1] did not tell [Police force 2]" still teaches), the name is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.gazetteer import Sort, is_area, is_place, is_town, not_places
from redaction.lexicon import is_common, is_kept
from redaction.recognizers.base import Document, Recognizer
from redaction.recognizers.organisation_names import (
    end_of,
    is_foreign,
    is_places,
    is_telling,
    name_end,
    name_start,
    organisation_at,
)
from redaction.recognizers.organisation_tables import LOWER, STRONG, WEAK, Cue, plain, tables
from redaction.recognizers.shared import entities_of, words_of
from redaction.recognizers.short_forms import find_short_forms
from redaction.recognizers.widening import widened
from redaction.words import COMMA, JOINED, LEADING, TITLES, Hit, Words

_SURE = {STRONG: 0.85, LOWER: 0.82, WEAK: 0.82}
_MAYBE = 0.62
"""For a single word before one that is a surname as well ("Charlotte Church"): a person who is surely found wins."""
_AROUND = 90
"""How many characters before and after a name are looked at for what it is."""


class OrganisationRecognizer(Recognizer):
    """Prisons, courts, forces, schools, surgeries, … by the words around their names."""

    name = "organisations"
    entities = (Entity.ORGANISATION,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Names with their kind; then the short forms of those names, wherever they stand."""
        words = words_of(text, doc)
        found = _longest(
            [
                *_listed(words),
                *_cued_before(words),
                *_cued_after(words),
                *_bare_prisons(words),
                *_pubs(words),
                *_employers(words),
                *_houses(words),
            ]
        )
        yield from widened(text, found)
        yield from find_short_forms(words, found)


class NerOrganisationRecognizer(Recognizer):
    """Organisations as spaCy's named-entity recognition sees them."""

    name = "ner-organisations"
    entities = (Entity.ORGANISATION,)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """SpaCy's ORG of several words that are not all ordinary words, abbreviations or terms of the trade."""
        for entity in entities_of(doc):
            if entity.label_ != "ORG":
                continue
            words = Words(_BORDER.split(entity.text)[0])
            first, stop = 0, len(words)
            while first < stop and (words.keys[first] in LEADING or not words.capital[first]):
                first += 1
            if (
                stop - first < 2
                or is_kept(words.written(first, stop))
                or any(k.isdigit() for k in words.keys[first:stop])
            ):
                continue
            if any(k in tables().brands for k in words.keys[first:stop]):
                continue
            if any(is_telling(words, index) and words.keys[index] not in not_places() for index in range(first, stop)):
                start = entity.start_char
                # "Roots and Ladders Oldham": the town is part of the name
                score = (
                    0.77
                    if stop - first > 2
                    and is_town(words, stop - 1, stop) is Sort.TOWN
                    and entity.text[words.ends[stop - 2]] == " "
                    and not is_places(words.written(first, stop))
                    else 0.45
                )
                yield Finding(
                    start + words.starts[first],
                    start + end_of(words, stop),
                    Entity.ORGANISATION,
                    score,
                    "spacy:org",
                    "Organisation",
                )


def kind_of(name: str) -> str:
    """The kind of organisation that a name says it is; "Organisation" where it says nothing."""
    words = Words(name)
    table = tables()
    for hit in (*table.names.every(words), *table.before.every(words), *reversed(list(table.after.every(words)))):
        return hit.value.kind
    return "Organisation"


def _listed(words: Words) -> Iterator[Finding]:
    """Names that are known whole, and their aliases."""
    table = tables()
    for hit in table.names.every(words):
        written = words.written(hit.first, hit.stop)
        last = written.split()[-1]
        if not last[0].isupper() or is_kept(written):
            continue
        first = hit.first
        if words.keys[first] == "the" and hit.stop - first > 1:
            first += 1
        if plain(written) in table.aliases or plain(words.written(first, hit.stop)) in table.aliases:
            alias = table.aliases.get(plain(written)) or table.aliases[plain(words.written(first, hit.stop))]
            yield organisation_at(words, first, hit.end, 0.8, "organisations:alias", f"{hit.value.kind}|{alias}")
        else:
            yield organisation_at(words, first, hit.end, 0.88, "organisations:list", hit.value.kind)


def _cued_before(words: Words) -> Iterator[Finding]:
    """Names after words such as "HMP" and "Ysgol"; after "HMPs" each of a list."""
    table = tables()
    for hit in table.before.every(words):
        if not words.capital[hit.first] or (words.gaps[hit.stop - 1] != JOINED and hit.value.kind != "Prison"):
            continue
        if hit.stop >= len(words):
            continue
        kind = hit.value.kind
        stop = _prison_end(words, hit.stop) if kind == "Prison" else name_end(words, hit.stop)
        if stop is None or is_kept(words.written(hit.first, stop)):
            continue
        yield organisation_at(words, hit.first, end_of(words, stop), 0.9, "organisations:before", kind)
        if kind == "Prison":
            yield from _more_prisons(words, stop)


def _prison_end(words: Words, first: int) -> int | None:
    """Where the name after "HMP" ends: by the list of prisons, else with its capitals."""
    known = tables().prisons.at(words, first)
    if known is not None:
        stop = known.stop
        return stop + 1 if words.gaps[stop - 1] == JOINED and words.keys[stop] in ("prison", "yoi") else stop
    return name_end(words, first, most=3)


def _more_prisons(words: Words, index: int) -> Iterator[Finding]:
    """The rest of "HMPs Risley, Forest Bank and Altcourse"."""
    while index < len(words):
        if words.gaps[index - 1] == JOINED and words.keys[index] in ("and", "or", "then", "to"):
            index += 1
        elif words.gaps[index - 1] != COMMA and words.text[words.ends[index - 1] : words.starts[index]] not in (
            "/",
            " / ",
        ):
            return
        elif words.keys[index] in ("and", "then"):
            index += 1
        known = tables().prisons.at(words, index) if index < len(words) and words.capital[index] else None
        if known is None:
            return
        yield organisation_at(words, index, known.end, 0.86, "organisations:list", "Prison")
        index = known.stop


def _bare_prisons(words: Words) -> Iterator[Finding]:
    """Prisons named without "HMP": those so called by nothing else, the others where prison is spoken of."""
    for hit in tables().prisons.every(words):
        first = hit.first + 1 if words.keys[hit.first] == "the" else hit.first
        beside = hit.first and words.joined_before(hit.first) and words.capital[hit.first - 1]
        if not words.capital[first] or (beside and words.keys[hit.first - 1] not in LEADING):
            continue
        if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]:
            continue
        known = hit.value and not is_common(words.keys[first])
        at_work = hit.value and (known or hit.stop - first > 1) and _AT_WORK.match(words.text, hit.end)
        spoken = at_work or _spoken_of(words, hit, "prison")
        if (known or at_work or is_town(words, hit.first, hit.stop) is None) and spoken:
            yield organisation_at(words, first, hit.end, 0.8, "organisations:prison", "Prison")
        elif known and is_town(words, hit.first, hit.stop) is None and not is_area(words, hit.first, hit.stop):
            yield organisation_at(words, first, hit.end, 0.6, "organisations:prison", "Prison")


_AT_WORK = re.compile(r"[ ](?:officers?|governors?|staff|nurses?|chaplains?|keyworkers?|wings?)\b")


def _spoken_of(words: Words, hit: Hit[Any], what: str) -> bool:
    start, end = words.starts[hit.first], hit.end
    cue = tables().cues[what]
    return bool(cue.search(words.text, max(0, start - _AROUND), start) or cue.search(words.text, end, end + _AROUND))


def _cued_after(words: Words) -> Iterator[Finding]:
    """Names before words such as "Crown Court" and "Ltd"."""
    table = tables()
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
        start = name_start(words, first, cue.kind, rule) if words.joined_before(first) else first
        if start == first:
            beyond = _place_after(words, hit) if capital else None
            if beyond is not None:
                yield organisation_at(words, first, end_of(words, beyond), 0.85, "organisations:shape", "Court")
            continue
        # "Soar Valley Recovery Service Ltd": the words go on
        name = words.written(start, stop)
        if is_kept(name) or (is_kept(words.written(start, first)) and not is_place(words, start, first)):
            continue
        if words.joined_before(start) and words.written(start - 1, start) == "The" and words.joined_before(start - 1):
            start -= 1  # a capital inside the sentence: the article is part of the name
        score = _MAYBE if _like_a_person(words, start, hit, rule) else _SURE[rule]
        yield organisation_at(words, start, hit.end, score, "organisations:shape", cue.kind)


def _like_a_person(words: Words, start: int, hit: Hit[Cue], rule: str) -> bool:
    """Whether forename and surname would look the same: "Charlotte Church", "Ben Chambers"."""
    if hit.first - start != 1 or hit.stop - hit.first != 1 or rule == LOWER:
        return False
    if is_places(words.written(start, hit.first)) or words.possessive(start):
        return False
    return rule == WEAK or words.keys[hit.first] in tables().surnames


def _place_after(words: Words, hit: Hit[Cue]) -> int | None:
    """Where "the Crown Court at Bolton" ends."""
    at = tables().at.at(words, hit.first)
    stop = at.stop if at is not None else hit.stop
    if at is None or stop + 1 >= len(words) or words.keys[stop] not in ("at", "of", "in", "sitting"):
        return None
    if words.gaps[stop - 1] != JOINED or words.gaps[stop] != JOINED or not words.capital[stop + 1]:
        return None
    return name_end(words, stop + 1, most=3)


def _pubs(words: Words) -> Iterator[Finding]:
    """Such as "The Red Lion"; "the Railway" where drinking is spoken of."""
    for hit in tables().pubs.every(words):
        first = hit.first + 1
        if not all(
            words.capital[i] or words.keys[i] in ("and", "to", "of", "in", "at", "o") for i in range(first, hit.stop)
        ):
            continue
        if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]:
            continue
        spoken = _spoken_of(words, hit, "pub")
        if hit.value == "pair" or spoken:
            yield organisation_at(words, first, hit.end, 0.8 if spoken else 0.6, "organisations:pub", "Pub")


_BORDER = re.compile(r"[\n|(\[]")
_EMPLOYED = re.compile(
    r"\b(?:work(?:s|ed|ing)?|job|employ(?:ed|ment)|shifts?|agency|labour(?:er|ing)|placement|apprentice(?:ship)?|interview|"
    r"dismissed|sacked|warehouse|driver|driving|cleaner|cook|chef) (?:at|for|by|with|from) (?=[A-Z])"
)


def _employers(words: Words) -> Iterator[Finding]:
    """Who somebody "worked for", where it is no everyday word, no person and no place."""
    for match in _EMPLOYED.finditer(words.text):
        index = words.beginning_at(match.end())
        if index is not None and words.keys[index] not in TITLES:
            stop = name_end(words, index, most=4)
            if stop is None or stop - index < 2 or is_kept(words.written(index, stop)) or is_place(words, index, stop):
                continue
            if any(is_telling(words, i) and not is_foreign(words, i) for i in range(index, stop)):
                yield organisation_at(words, index, end_of(words, stop), 0.5, "organisations:employer", "Employer")


def _houses(words: Words) -> Iterator[Finding]:
    """Such as "Hollinbank House" where an approved premises or a hostel is spoken of, there or elsewhere."""
    seen: list[tuple[int, int, str]] = []
    kinds: dict[str, str] = {}
    for index, key in enumerate(words.keys):
        if key not in ("house", "lodge") or not words.capital[index] or not words.joined_before(index):
            continue
        first = name_start(words, index, "Hostel", WEAK)
        if first == index:
            continue
        name = " ".join(words.keys[first : index + 1])
        seen.append((first, index + 1, name))
        start, end = words.starts[first], words.ends[index]
        around = words.text[max(0, start - _AROUND) : start] + " " + words.text[end : end + _AROUND]
        if re.search(r"\b(?:approved premises|AP|bail hostel|probation hostel)\b", around):
            kinds[name] = "Approved premises"
        elif tables().cues["hostel"].search(around):
            kinds.setdefault(name, "Hostel")
    for first, stop, name in seen:
        if name in kinds:
            yield organisation_at(words, first, end_of(words, stop), 0.82, "organisations:house", kinds[name])


def _longest(findings: list[Finding]) -> list[Finding]:
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
