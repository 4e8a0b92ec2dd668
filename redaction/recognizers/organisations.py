"""Organisations and premises that say where something happened: by the words beside a name, by list, by spaCy.

The kind is kept ("[Police force 1] did not tell [Police force 2]" still teaches), the name is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.gazetteer import Sort, every, is_area, is_place, is_town, not_places
from redaction.lexicon import is_common, is_kept
from redaction.recognizers.base import Document, Recognizer
from redaction.recognizers.shared import entities_of, words_of
from redaction.recognizers.widening import widened
from redaction.words import COMMA, JOINED, LEADING, TITLES, Hit, Phrases, Words

STRONG, WEAK, LOWER = "strong", "weak", "lower"
_SURE = {STRONG: 0.85, LOWER: 0.82, WEAK: 0.82}
_MAYBE = 0.62
"""For a single word before one that is a surname as well ("Charlotte Church"): a person who is surely found wins."""
_LINKS = frozenset(("upon", "le", "y", "yr", "an", "ar", "cum", "sub", "under", "by", "super", "next"))
_AROUND = 90
"""How many characters before and after a name are looked at for what it is."""


@dataclass(frozen=True)
class Cue:
    """What words beside a name say: its kind, and how sure they are."""

    kind: str
    rule: str


@dataclass(frozen=True)
class Tables:
    """organisations.yml, ready to look words up in."""

    after: Phrases[Cue]
    before: Phrases[Cue]
    names: Phrases[Cue]
    prisons: Phrases[bool]
    at: Phrases[str]
    pubs: Phrases[str]
    aliases: dict[str, str]
    generic: frozenset[str]
    paired: frozenset[str]
    brands: frozenset[str]
    surnames: frozenset[str]
    abbreviations: frozenset[str]
    cues: dict[str, re.Pattern[str]]


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
        yield from _short_forms(words, found)


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
            if any(_telling(words, index) and words.keys[index] not in not_places() for index in range(first, stop)):
                start = entity.start_char
                # "Roots and Ladders Oldham": the town is part of the name
                score = (
                    0.77
                    if stop - first > 2
                    and is_town(words, stop - 1, stop) is Sort.TOWN
                    and entity.text[words.ends[stop - 2]] == " "
                    and not _is_places(words.written(first, stop))
                    else 0.45
                )
                yield Finding(
                    start + words.starts[first],
                    start + _end(words, stop),
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


@cache
def tables() -> Tables:
    """The words and names of organisations.yml."""
    data: dict[str, Any] = yaml.safe_load(files("redaction").joinpath("organisations.yml").read_text(encoding="utf-8"))
    kinds: dict[str, dict[str, Any]] = data["kinds"]
    particular = data["particular"]
    after = [
        (p, Cue(kind, WEAK if kind in particular else STRONG))
        for kind, row in kinds.items()
        for p in row.get("after", ())
    ]
    after += [(p, Cue(kind, WEAK)) for kind, row in kinds.items() for p in row.get("weak", ())]
    after += [(p, Cue(kind, LOWER)) for kind, row in kinds.items() for p in row.get("lower", ())]
    names = [
        (p, Cue(kind, STRONG)) for kind, row in kinds.items() for p in (*row.get("names", ()), *row.get("aliases", ()))
    ]
    pubs = data["pubs"]
    return Tables(
        after=Phrases(_by_case(after)),
        before=Phrases((p, Cue(kind, STRONG)) for kind, row in kinds.items() for p in row.get("before", ())),
        names=Phrases(names),
        prisons=Phrases(
            [(p, True) for p in data["prisons"]["alone"]]
            + [(p, False) for p in data["prisons"]["like a word or a place"]]
        ),
        at=Phrases((p, "Court") for p in kinds["Court"]["at"]),
        pubs=Phrases(
            [(f"the {a} {b}", "pair") for a in pubs["first"] for b in pubs["second"]]
            + [(f"the {s}", "single") for s in pubs["single"]]
        ),
        aliases={_plain(short): full for row in kinds.values() for short, full in row.get("aliases", {}).items()},
        generic=frozenset(data["generic"].split()),
        paired=frozenset(data["paired"]),
        surnames=frozenset(key for name in data["surnames"] for key in Words(name).keys),
        abbreviations=frozenset(phrase.casefold() for phrase, _ in after if phrase.isupper()),
        brands=frozenset(key for name in data["brands"] for key in Words(name).keys),
        cues={
            name: re.compile(rf"\b(?:{'|'.join(map(re.escape, cues))})\b", re.I) for name, cues in data["cues"].items()
        },
    )


def _by_case(rows: list[tuple[str, Cue]]) -> list[tuple[str, Cue]]:
    """Each phrase once; "weak lower" is the rule of one that is WEAK with a capital and LOWER without."""
    merged: dict[str, Cue] = {}
    for phrase, cue in rows:
        key = _plain(phrase)
        known = merged.get(key)
        if known is None:
            merged[key] = cue
        elif cue.rule == LOWER and LOWER not in known.rule:
            merged[key] = Cue(known.kind, f"{known.rule} {LOWER}")
    return list(merged.items())


def _plain(phrase: str) -> str:
    return ", ".join(" ".join(Words(part).keys) for part in phrase.split(", "))


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
        if _plain(written) in table.aliases or _plain(words.written(first, hit.stop)) in table.aliases:
            alias = table.aliases.get(_plain(written)) or table.aliases[_plain(words.written(first, hit.stop))]
            yield _finding(words, first, hit.end, 0.8, "organisations:alias", f"{hit.value.kind}|{alias}")
        else:
            yield _finding(words, first, hit.end, 0.88, "organisations:list", hit.value.kind)


def _cued_before(words: Words) -> Iterator[Finding]:
    """Names after words such as "HMP" and "Ysgol"; after "HMPs" each of a list."""
    table = tables()
    for hit in table.before.every(words):
        if not words.capital[hit.first] or (words.gaps[hit.stop - 1] != JOINED and hit.value.kind != "Prison"):
            continue
        if hit.stop >= len(words):
            continue
        kind = hit.value.kind
        stop = _prison_end(words, hit.stop) if kind == "Prison" else _name_end(words, hit.stop)
        if stop is None or is_kept(words.written(hit.first, stop)):
            continue
        yield _finding(words, hit.first, _end(words, stop), 0.9, "organisations:before", kind)
        if kind == "Prison":
            yield from _more_prisons(words, stop)


def _prison_end(words: Words, first: int) -> int | None:
    """Where the name after "HMP" ends: by the list of prisons, else with its capitals."""
    known = tables().prisons.at(words, first)
    if known is not None:
        stop = known.stop
        return stop + 1 if words.gaps[stop - 1] == JOINED and words.keys[stop] in ("prison", "yoi") else stop
    return _name_end(words, first, most=3)


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
        yield _finding(words, index, known.end, 0.86, "organisations:list", "Prison")
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
            yield _finding(words, first, hit.end, 0.8, "organisations:prison", "Prison")
        elif known and is_town(words, hit.first, hit.stop) is None and not is_area(words, hit.first, hit.stop):
            yield _finding(words, first, hit.end, 0.6, "organisations:prison", "Prison")


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
        start = _name_start(words, first, cue.kind, rule) if words.joined_before(first) else first
        if start == first:
            beyond = _place_after(words, hit) if capital else None
            if beyond is not None:
                yield _finding(words, first, _end(words, beyond), 0.85, "organisations:shape", "Court")
            continue
        # "Soar Valley Recovery Service Ltd": the words go on
        name = words.written(start, stop)
        if is_kept(name) or (is_kept(words.written(start, first)) and not _is_place(words, start, first)):
            continue
        if words.joined_before(start) and words.written(start - 1, start) == "The" and words.joined_before(start - 1):
            start -= 1  # a capital inside the sentence: the article is part of the name
        score = _MAYBE if _like_a_person(words, start, hit, rule) else _SURE[rule]
        yield _finding(words, start, hit.end, score, "organisations:shape", cue.kind)


def _like_a_person(words: Words, start: int, hit: Hit[Cue], rule: str) -> bool:
    """Whether forename and surname would look the same: "Charlotte Church", "Ben Chambers"."""
    if hit.first - start != 1 or hit.stop - hit.first != 1 or rule == LOWER:
        return False
    if _is_places(words.written(start, hit.first)) or words.possessive(start):
        return False
    return rule == WEAK or words.keys[hit.first] in tables().surnames


def _name_start(words: Words, first: int, kind: str, rule: str) -> int:
    """Where the name that ends before the word `first` begins; `first` itself where none tells anything."""
    start, index, most = first, first, 2 if rule == LOWER else 6
    while most and words.joined_before(index):
        index -= 1
        key = words.keys[index]
        if words.capital[index]:
            if key in LEADING or key in TITLES or _ends_another(words, index, kind):
                break
            start = index
            most -= 1
        elif start == first or not _links(words, index, kind):
            break
    start = _with_list(words, start, kind)
    if _named_after_title(words, start, first) or (rule == LOWER and _is_named_already(words, start, first)):
        return first
    return start if _tells(words, start, first, rule) else first


def _ends_another(words: Words, index: int, kind: str) -> bool:
    """Whether this word is an abbreviation of the trade, which no name takes in ("NPS Bolton Crown Court")."""
    written = words.written(index, index + 1)
    return written.isupper() and len(written) > 2 and is_kept(written)


def _links(words: Words, index: int, kind: str) -> bool:
    """Whether a small word goes on with the name: "Stratford upon Avon", "Hall and Sons", "Church of the Nativity"."""
    key = words.keys[index]
    if not words.joined_before(index):
        return False
    before = index - 1
    if key == "the":
        return (
            words.keys[before] in ("of", "on", "in", "by") and words.joined_before(before) and words.capital[before - 1]
        )
    if not words.capital[before] or words.keys[before] in LEADING:
        return key == "of" and words.keys[before] == "of"
    titled = before > 0 and words.keys[before - 1] in TITLES
    if key == "and":
        return not titled and (
            words.text[words.starts[index]] == "&" or kind in tables().paired or _is_place(words, before, before + 1)
        )
    if key == "of":
        return (
            not titled
            and is_common(words.keys[before])
            and words.keys[before] not in ("officer", "manager", "head", "director", "governor")
        )
    if key in ("on", "in"):
        return _is_place(words, before, index + 2)
    return key in _LINKS and not titled


def _with_list(words: Words, start: int, kind: str) -> int:
    """Take in the counties before a comma: "Barnet, Enfield and Haringey"."""
    if kind not in ("Probation office", "Hospital", "Court", "Police force"):
        return start
    while start > 0 and words.gaps[start - 1] == COMMA and words.capital[start - 1]:
        for count in (3, 2, 1):
            if start - count >= 0 and is_area(words, start - count, start) and words.capital[start - count]:
                start -= count
                break
        else:
            return start
    return start


def _is_named_already(words: Words, start: int, first: int) -> bool:
    """Whether the words end a name of their own ("Tameside Council children's services")."""
    return any(
        hit.stop == first for index in range(start + 1, first) if (hit := tables().after.at(words, index)) is not None
    )


def _named_after_title(words: Words, start: int, first: int) -> bool:
    """Whether what stands before the cue is somebody's name: "Mr Justice Court"."""
    return words.joined_before(start) and words.keys[start - 1] in TITLES and first - start < 2


def _tells(words: Words, start: int, first: int, rule: str) -> bool:
    """Whether the words of a name tell one organisation of its kind from another."""
    if start == first:
        return False
    if (
        rule == LOWER
        and words.possessive(first - 1)
        and not _is_place(words, start, first)
        and words.keys[start] != "st"
    ):
        return False
    if _is_place(words, start, first) and not (
        start + 1 == first and words.keys[start] in ("reading", "march", "may", "over")
    ):
        return True
    indices = [i for i in range(start, first) if words.capital[i]]
    if rule == STRONG:
        generic = tables().generic
        return any(
            words.keys[i] not in generic and not is_kept(words.written(i, i + 1)) and not _foreign(words, i)
            for i in indices
        )
    generic = tables().generic
    own = [
        i
        for i in indices
        if words.keys[i] not in generic and not is_kept(words.written(i, i + 1)) and not _foreign(words, i)
    ]
    inside = words.joined_before(start) and not words.capital[start - 1]
    return any(_telling(words, i) for i in own) or (len(own) > 1 and (rule == WEAK or inside))


def _foreign(words: Words, index: int) -> bool:
    return words.keys[index] in not_places()


def _telling(words: Words, index: int) -> bool:
    """Whether a word is no everyday one, no word of the trade and no bare abbreviation of it."""
    key = words.keys[index]
    if not words.capital[index] or len(key) < 3 or key in tables().generic or key in LEADING or key in TITLES:
        return False
    return not (
        is_common(key) or is_common(key.removesuffix("s")) or is_kept(words.written(index, index + 1)) or key.isdigit()
    )


def _is_place(words: Words, first: int, stop: int) -> bool:
    return is_place(words, first, stop)


def _place_after(words: Words, hit: Hit[Cue]) -> int | None:
    """Where "the Crown Court at Bolton" ends."""
    at = tables().at.at(words, hit.first)
    stop = at.stop if at is not None else hit.stop
    if at is None or stop + 1 >= len(words) or words.keys[stop] not in ("at", "of", "in", "sitting"):
        return None
    if words.gaps[stop - 1] != JOINED or words.gaps[stop] != JOINED or not words.capital[stop + 1]:
        return None
    return _name_end(words, stop + 1, most=3)


def _name_end(words: Words, first: int, most: int = 5) -> int | None:
    """Where the capitalised words that begin at `first` end; None where there is no name."""
    stop = first
    while stop < len(words) and most:
        if words.capital[stop] and words.keys[stop] not in LEADING:
            most -= 1
        elif not (
            stop > first
            and words.keys[stop] in ("y", "yr", "of", "the", "upon", "le")
            and stop + 1 < len(words)
            and words.gaps[stop] == JOINED
            and (words.capital[stop + 1] or words.keys[stop + 1] in ("the", "yr"))
        ):
            break
        stop += 1
        if words.gaps[stop - 1] != JOINED:
            break
    while stop > first and not words.capital[stop - 1]:
        stop -= 1
    return stop if stop > first else None


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
            yield _finding(words, first, hit.end, 0.8 if spoken else 0.6, "organisations:pub", "Pub")


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
            stop = _name_end(words, index, most=4)
            if stop is None or stop - index < 2 or is_kept(words.written(index, stop)) or _is_place(words, index, stop):
                continue
            if any(_telling(words, i) and not _foreign(words, i) for i in range(index, stop)):
                yield _finding(words, index, _end(words, stop), 0.5, "organisations:employer", "Employer")


def _houses(words: Words) -> Iterator[Finding]:
    """Such as "Hollinbank House" where an approved premises or a hostel is spoken of, there or elsewhere."""
    seen: list[tuple[int, int, str]] = []
    kinds: dict[str, str] = {}
    for index, key in enumerate(words.keys):
        if key not in ("house", "lodge") or not words.capital[index] or not words.joined_before(index):
            continue
        first = _name_start(words, index, "Hostel", WEAK)
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
            yield _finding(words, first, _end(words, stop), 0.82, "organisations:house", kinds[name])


_REVERSED = re.compile(r"(?<![\w-])([A-Z]{2,8}(?:-[A-Z])?) \((?:the )?$")
_LETTERS = re.compile(r"(?<=\w) \((?:here(?:in)?after )?[\"“]the (?P<short>[A-Z]{3,10})[\"”]\)")
_BRACKET = re.compile(r"['’]?[ ]\((?:the[ ]|known as[ ]|also[ ]|or[ ])?[\"“]?([A-Z][A-Za-z&]{1,9})[\"”]?\)")


def _short_forms(words: Words, found: list[Finding]) -> Iterator[Finding]:
    """Short forms: in brackets after the name, its initials, what is left of it without the words of its kind."""
    full: dict[str, tuple[str, str]] = {}
    for finding in found:
        written = words.text[finding.start : finding.end]
        kind = finding.kind.split("|")[0]
        bracket = _BRACKET.match(words.text, finding.end)
        before = _REVERSED.search(words.text, max(0, finding.start - 20), finding.start)
        if before and not is_kept(before[1]):
            full.setdefault(before[1], (written, kind))
        if bracket and sum(c.isupper() for c in bracket[1]) > 1 and not is_kept(bracket[1]):
            full.setdefault(bracket[1], (written, kind))
        if finding.source in ("organisations:alias", "organisations:house") or LOWER in finding.source:
            continue
        initials = "".join(w[0] for w in re.findall(r"[A-Z][\w'’]*|&", written))
        if len(initials) >= 3 and initials.isupper() and not is_kept(initials):
            full.setdefault(initials, (written, kind))
        core = _core(written, kind)
        if core:
            full.setdefault(core, (written, kind))
    for letters in _LETTERS.finditer(words.text):
        if not is_kept(letters["short"]) and not _are_initials(letters["short"], words.text[: letters.start()][-120:]):
            full.setdefault(letters["short"], (letters["short"], "Organisation"))
    if not full:
        return
    table = Phrases((short, (short, *value)) for short, value in full.items())
    ends = [f.end for f in found]
    for hit in table.every(words):
        short, written, kind = hit.value
        whole = bisect_left(ends, hit.end)
        if whole < len(found) and found[whole].start <= words.starts[hit.first]:
            continue
        stands = words.written(hit.first, hit.stop)
        if (short.isupper() and not stands.startswith(short)) or not stands[0].isupper():
            continue
        if hit.stop - hit.first == 1 and not short.isupper() and _beside_capital(words, hit):
            continue
        yield _finding(
            words, hit.first, hit.end, 0.8 if short.isupper() else 0.5, "organisations:short", f"{kind}|{written}"
        )


def _are_initials(short: str, before: str) -> bool:
    """Whether the words before a short form begin with its letters: then it is a term, and no name of its own."""
    initials = "".join(word[0] for word in re.findall(r"\w+", before)).upper()
    return short in initials


def _beside_capital(words: Words, hit: Hit[Any]) -> bool:
    before = (
        words.joined_before(hit.first) and words.capital[hit.first - 1] and words.keys[hit.first - 1] not in LEADING
    )
    after = hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]
    return before or after


def _core(written: str, kind: str) -> str:
    """A name without the words of its kind, where that still tells it: "Calderbrook" of "Calderbrook Pallets"."""
    words = Words(written)
    first, stop = 0, len(words)
    before = tables().before.at(words, 0)
    if before is not None:
        first = before.stop
    for index in range(first + 1, stop):
        after = tables().after.at(words, index)
        if after is not None and after.stop == stop:
            stop = index
            break
    if (first == 0 and stop == len(words)) or first >= stop or kind == "Solicitors":
        return ""
    core = words.written(first, stop)
    if _is_places(core) or is_kept(core) or _foreign(words, first):
        return ""
    if stop - first == 1:
        return (
            core
            if _telling(words, first) and not words.possessive(first) and len(core) > 3 and not core.isupper()
            else ""
        )
    return core if any(_telling(words, i) for i in range(first, stop)) or words.keys[first] == "st" else ""


def _is_places(written: str) -> bool:
    """Whether a name is nothing but places of this country ("Devon and Cornwall")."""
    words = Words(written)
    if any(words.possessive(i) for i in range(len(words))):
        return False
    named = {
        i
        for hit in every(words)
        if hit.value is not Sort.ABROAD and hit.end == words.ends[hit.stop - 1]
        for i in range(hit.first, hit.stop)
    }
    return all(i in named for i in range(len(words)) if words.capital[i])


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


def _end(words: Words, stop: int) -> int:
    """Where the word before `stop` ends, without a possessive 's."""
    end = words.ends[stop - 1]
    return end - 2 if words.possessive(stop - 1) else end


def _finding(words: Words, first: int, end: int, score: float, source: str, kind: str) -> Finding:
    return Finding(words.starts[first], end, Entity.ORGANISATION, score, source, kind)
