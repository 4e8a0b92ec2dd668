"""Words and terms as data: what is an ordinary word, what dictionaries capitalise, what is always kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import ahocorasick
import yaml

from redaction.forms import Folded, finder_of_names, fold_text
from redaction.peoples import peoples


@cache
def _words() -> frozenset[str]:
    return frozenset(_lines("words.txt"))


@cache
def _proper() -> frozenset[str]:
    text = files("redaction").joinpath("forenames.yml").read_text(encoding="utf-8")
    return frozenset(line.casefold() for line in (*_lines("proper.txt"), *yaml.safe_load(text)))


@cache
def _peoples() -> frozenset[str]:
    return frozenset(word.casefold() for word in peoples())


@cache
def _kept() -> dict[str, bool]:
    """Each kept term, folded, and whether it is an abbreviation, kept in capitals alone ("SARA", but not "Sara")."""
    groups: dict[str, list[str]] = yaml.safe_load(files("redaction").joinpath("kept.yml").read_text(encoding="utf-8"))
    kept: dict[str, bool] = {}
    for term in (term for terms in groups.values() for term in terms):
        folded = fold_text(term).strip()
        kept[folded] = kept.get(folded, True) and term.isupper()
    return kept


@cache
def _kept_finder() -> ahocorasick.Automaton:
    return finder_of_names(_kept())


def _lines(name: str) -> Iterable[str]:
    text = files("redaction").joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def is_word(word: str) -> bool:
    """Whether this is an English word and no dictionary lists it as a proper name too."""
    folded = word.casefold()
    return folded in _words() and folded not in _proper()


def is_common(word: str) -> bool:
    """Whether this is an English word, be it a name as well ("grace", "mark", "young")."""
    return word.casefold() in _words()


def is_proper(word: str) -> bool:
    """Whether dictionaries write this word with a capital: a name of a person or place, a brand, a feast."""
    return word.casefold() in _proper()


def is_people(word: str) -> bool:
    """Whether this is a nationality, people, faith or language."""
    return word.casefold() in _peoples()


@lru_cache(maxsize=65536)
def is_kept(term: str) -> bool:
    """Whether this very term, as it is written, is one of the trade that is always kept."""
    folded = fold_text(term).strip()
    capitals = _kept().get(folded)
    if capitals is None:
        capitals = _kept().get(folded.removeprefix("the "))
    return capitals is not None and (not capitals or _in_capitals(term))


def term_spans(text: str, folded: Folded) -> list[tuple[int, int]]:
    """Where kept terms of the trade stand in `text`, of which `folded` is the folding: (start, end), sorted."""
    spans = []
    for start, stop, term in folded.where(_kept_finder()):
        if not _kept()[term] or _in_capitals(text[start:stop]):
            stop += 2 if text.startswith(("'s", "’s"), stop) else 0
            spans.append((start, stop))
    return sorted(spans)


def _in_capitals(written: str) -> bool:
    """Whether it is all capitals but for a plural's s ("CRCs")."""
    return written.removesuffix("s").isupper()
