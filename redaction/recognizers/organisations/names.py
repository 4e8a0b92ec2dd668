"""Where the name of an organisation begins and ends, and whether it distinguishes one from another."""

from __future__ import annotations

from redaction.entities import Entity
from redaction.findings import Finding, Source
from redaction.lexicon.gazetteer import Sort, every, is_area, is_place, not_places
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word
from redaction.recognizers.organisations.tables import LOWER, STRONG, WEAK, organisation_tables
from redaction.text.tokens import COMMA, JOINED, LEADING, TITLE_KEYS, Tokens

_LINKS = frozenset(("upon", "le", "y", "yr", "an", "ar", "cum", "sub", "under", "by", "super", "next"))


def organisation_start(words: Tokens, first: int, kind: str, rule: str) -> int:
    """Where the name that ends before the word `first` begins; `first` itself where there is no distinctive name."""
    start, index, most = first, first, 2 if rule == LOWER else 6
    while most and words.joined_before(index):
        index -= 1
        key = words.keys[index]
        if words.capital[index]:
            if key in LEADING or key in TITLE_KEYS or _is_abbreviation_of_trade(words, index, kind):
                break
            start = index
            most -= 1
        elif start == first or not _continues_name(words, index, kind):
            break
    start = _list_start(words, start, kind)
    if _follows_title(words, start, first) or (rule == LOWER and _is_named_already(words, start, first)):
        return first
    return start if _is_distinctive_name(words, start, first, rule) else first


def _is_abbreviation_of_trade(words: Tokens, index: int, kind: str) -> bool:
    """Whether this word is an abbreviation of the trade, which no name takes in ("NPS Bolton Crown Court")."""
    written = words.written(index, index + 1)
    return written.isupper() and len(written) > 2 and is_retained(written)


def _continues_name(words: Tokens, index: int, kind: str) -> bool:
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
    titled = before > 0 and words.keys[before - 1] in TITLE_KEYS
    if key == "and":
        return not titled and (
            words.text[words.starts[index]] == "&"
            or kind in organisation_tables().paired
            or is_place(words, before, before + 1)
        )
    if key == "of":
        return (
            not titled
            and kind != "Police force"  # "PC Ann Carter of Kent Police"
            and words.text[words.starts[before] - 1 : words.starts[before]] != "-"
            and is_english_word(words.keys[before])
            and words.keys[before] not in ("officer", "manager", "head", "director", "governor")
        )
    if key in ("on", "in"):
        return is_place(words, before, index + 2)
    return key in _LINKS and not titled


def _list_start(words: Tokens, start: int, kind: str) -> int:
    """Take in the counties before a comma: "Barnet, Enfield and Haringey"."""
    if kind not in ("Probation office", "Probation provider", "Hospital", "Court", "Police force"):
        return start
    while start > 0 and words.gaps[start - 1] == COMMA and words.capital[start - 1]:
        for count in (3, 2, 1):
            if start - count >= 0 and is_area(words, start - count, start) and words.capital[start - count]:
                start -= count
                break
        else:
            return start
    return start


def _is_named_already(words: Tokens, start: int, first: int) -> bool:
    """Whether the words end a name of their own ("Tameside Council children's services")."""
    return any(
        hit.stop == first
        for index in range(start + 1, first)
        if (hit := organisation_tables().after.at(words, index)) is not None
    )


def _follows_title(words: Tokens, start: int, first: int) -> bool:
    """Whether what comes before the cue is somebody's name: "Mr Justice Court"."""
    return words.joined_before(start) and words.keys[start - 1] in TITLE_KEYS and first - start < 2


def _is_distinctive_name(words: Tokens, start: int, first: int, rule: str) -> bool:
    """Whether the words of a name distinguish one organisation of its kind from another."""
    if start == first:
        return False
    if (
        rule == LOWER
        and words.possessive(first - 1)
        and not is_place(words, start, first)
        and words.keys[start] != "st"
    ):
        return False
    if is_place(words, start, first) and not (
        start + 1 == first and words.keys[start] in ("reading", "march", "may", "over")
    ):
        return True
    indices = [i for i in range(start, first) if words.capital[i]]
    if rule == STRONG:
        generic = organisation_tables().generic
        return any(
            words.keys[i] not in generic and not is_retained(words.written(i, i + 1)) and not is_foreign(words, i)
            for i in indices
        )
    generic = organisation_tables().generic
    own = [
        i
        for i in indices
        if words.keys[i] not in generic and not is_retained(words.written(i, i + 1)) and not is_foreign(words, i)
    ]
    inside = words.joined_before(start) and not words.capital[start - 1]
    return any(is_distinctive(words, i) for i in own) or (len(own) > 1 and (rule == WEAK or inside))


def is_foreign(words: Tokens, index: int) -> bool:
    """Whether a word is a people, a language or a faith."""
    return words.keys[index] in not_places()


def is_distinctive(words: Tokens, index: int) -> bool:
    """Whether a word is no everyday one, no word of the trade and no bare abbreviation of it."""
    key = words.keys[index]
    if (
        not words.capital[index]
        or len(key) < 3
        or key in organisation_tables().generic
        or key in LEADING
        or key in TITLE_KEYS
    ):
        return False
    return not (
        is_english_word(key)
        or is_english_word(key.removesuffix("s"))
        or is_retained(words.written(index, index + 1))
        or key.isdigit()
    )


def organisation_end(words: Tokens, first: int, most: int = 5) -> int | None:
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


def is_places(written: str) -> bool:
    """Whether a name is nothing but places of this country ("Devon and Cornwall")."""
    words = Tokens(written)
    if any(words.possessive(i) for i in range(len(words))):
        return False
    named = {
        i
        for hit in every(words)
        if hit.value is not Sort.ABROAD and hit.end == words.ends[hit.stop - 1]
        for i in range(hit.first, hit.stop)
    }
    return all(i in named for i in range(len(words)) if words.capital[i])


def end_of(words: Tokens, stop: int) -> int:
    """Where the word before `stop` ends, without a possessive 's."""
    end = words.ends[stop - 1]
    return end - 2 if words.possessive(stop - 1) else end


def organisation_at(
    words: Tokens, first: int, end: int, score: float, source: Source, kind: str, canonical: str = ""
) -> Finding:
    """The finding that begins with the word `first` and ends at the character `end`."""
    return Finding(words.starts[first], end, Entity.ORGANISATION, score, source, kind, canonical)
