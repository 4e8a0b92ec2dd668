"""Where a name ends among the words that were taken for one with it: "Balraj NOT", "SN Wendy Hayward", "TAHMINA SAYS JUBED"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding
from redaction.lexicon.calendar import MONTHS, WEEKDAYS, WEEKLY
from redaction.lexicon.pattern_words import pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import TITLE_WORDS, TITLES
from redaction.lexicon.words import is_english_word, is_only_a_word, is_proper
from redaction.names.parsing import PARTICLES
from redaction.names.similarity import without_title
from redaction.propagation.explained_initials import explained_letters
from redaction.propagation.mentions import STYLES, couple_at
from redaction.vetoes.letters import is_trade_abbreviation

_LISTS = (
    *("openers", "never a name", "abbreviations", "beside names"),
    *("deeds", "deeds of initials", "deeds of the borne"),
)
_NO_NAME = frozenset(pattern_words("people", "never a name")) - frozenset(pattern_words("people", "borne"))
"""Words that are nobody's name, so that a capital says nothing."""
_TITLES_AND_BETWEEN = TITLE_WORDS | {"and", ""}
"""Titles, and what stands between two of one name; signs alone are no word."""
_OF_NICKNAMES = ("the", "of", "and")
"""Words within what somebody is called ("Dale the Snake"), or between two titles of one name."""
_BESIDE = (
    frozenset(word.casefold() for name in _LISTS for word in pattern_words("people", name))
    - frozenset(pattern_words("people", "borne"))
    - PARTICLES
    - TITLE_WORDS
)
_DEEDS = frozenset(pattern_words("people", "deeds"))
"""What parts two names in capitals, though somebody may be called so ("TAHMINA SAYS JUBED")."""
_LONG = 4
"""Letters from which on such a word with one capital, in the midst or at the end of a name, is believed to be none."""
_WORD = regex.compile(r"\S+")
_LETTERS = regex.compile(r"\p{Lu}{2,4}")
_DAY_BEFORE, _FIGURE_AFTER = regex.compile(r"\d(?:st|nd|rd|th)?[ ]$"), regex.compile(r",?[ ]\d")
_DONE = regex.compile(r"(?!BLESSED|BELOVED)\p{Lu}{3,}(?<!E)ED")
"""What was done to somebody; the two that are left out are forenames too."""
_CODE = regex.compile(r"\p{Lu}{1,8}\d{1,3}`?")
_PAIR = regex.compile(r"[^\P{Lu}AEIOUY]{2}")
"""Two letters of which no name consists: initials, and never JO or NG behind it."""
_KINDRED = ("FAMILY", "BROTHERS", "SISTERS")
_PARAGRAPH_ENDS = regex.compile(r"\n\s*\n")
_GOES_ON = regex.compile(r"[ ]\p{Ll}")
_AFTER = ",;:"
_SIGNS = "\"'“”‘’()[],.;:*_"


def part_names(text: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those of people cut to the names in them; what is declared or decided stays as it is."""
    explained: frozenset[str] | None = None
    findings = list(findings)
    surnames = _surnames(text, findings)
    for finding in findings:
        words = list(_WORD.finditer(text, finding.start, finding.end))
        if finding.entity is Entity.PERSON and couple_at(text, finding.start):
            yield replace(finding, subtype="family")
            continue
        if finding.entity is not Entity.PERSON or finding.score >= DECLARED or len(words) < 2:
            yield finding
            continue
        if explained is None:
            explained = explained_letters(text)
        yield from _parted(text, finding, words, explained, surnames)


def _parted(
    text: str,
    finding: Finding,
    words: list[regex.Match[str]],
    explained: frozenset[str],
    surnames: frozenset[str],
) -> Iterator[Finding]:
    """The names in a finding, in order; the finding as it is where no word of it is a border."""
    titles = len(words) - len(without_title(text[finding.start : finding.end]).split())
    capitalised = [_is_capitalised(word) for word in words]
    several = sum(capitalised)
    apart = False
    names: list[list[regex.Match[str]]] = [words[:titles]]
    for at, word in enumerate(words[titles:], titles):
        last = at == len(words) - 1
        if at and _are_apart(text, words[at - 1], word):
            apart = True
            names.append([])
        if _begins_a_name(words[titles:at], word):
            apart = True
            names.append([word])
        elif _is_of_date(text, word, first=at == 0):
            apart = True
            names.append([])
        elif _is_border(text, word, first=at == 0, last=last, mixed=several > capitalised[at]):
            names.append([])
        elif _is_code(word) or _goes_on(words[titles:at], word, surnames):
            apart = True
            names.append([])
        elif at == 0 and _is_author(words, explained):
            # letters that may be somebody's go too, apart from whom they stand before
            names += [[word], []] if word[0] in explained or not is_trade_abbreviation(word[0]) else [[]]
        else:
            names[-1].append(word)
    kept = [name for name in names if any(_bare(word).casefold() not in TITLE_WORDS for word in name)]
    if apart:
        kept = [name for name in kept if not all(_is_no_name(_bare(word)) for word in name)]
    if not kept or kept == [words]:
        yield finding
        return
    for name in kept:
        start, end = name[0].start(), name[-1].end()
        if name[-1] is not words[-1]:
            end = start + len(text[start:end].rstrip(_AFTER))
        yield replace(finding, start=start, end=end, subtype=finding.subtype if name is kept[0] else "")


def _is_border(text: str, match: regex.Match[str], *, first: bool, last: bool, mixed: bool) -> bool:
    """Whether a word is no part of a name: one of those that stand beside names, if it is written otherwise than the name.

    Written like the name ("Paul Still") it may be a surname, and is none only if nobody bears it. `mixed` says whether another
    word has one capital and small letters.
    """
    word = _bare(match)
    if word == "I":
        return last and mixed and _GOES_ON.match(text, match.end()) is not None
    beside = word.casefold() in _BESIDE
    if word.isupper() and len(word) > 1:
        if mixed and not first:
            return (beside or _is_term(word)) and word not in TITLES
        return (beside or (not first and not last and word.casefold() in _DEEDS)) and not mixed
    if word.islower():
        return beside and mixed and word not in _OF_NICKNAMES
    return not first and len(word) >= _LONG and word.casefold() in _NO_NAME


def _surnames(text: str, findings: Iterable[Finding]) -> frozenset[str]:
    """What ends a full name somewhere, and is no word: "FARAH NUUR" tells that "NUUR SEEN" is NUUR."""
    people = (text[f.start : f.end].split() for f in findings if f.entity is Entity.PERSON)
    ends = (words[-1].strip(_SIGNS) for words in people if len(words) > 1)
    return frozenset(name.casefold() for name in ends if len(name) >= _LONG and not is_english_word(name))


def _goes_on(before: list[regex.Match[str]], match: regex.Match[str], surnames: frozenset[str]) -> bool:
    """Whether a word in capitals goes on with a sentence behind a surname that is known, or behind any name tells what was done."""
    word = _bare(match)
    if (
        not before
        or word in _KINDRED
        or not (word.isupper() and all(w[0].isupper() for w in before))
        or not is_only_a_word(word)
    ):
        return False
    known = len(before) == 1 and _bare(before[0]).casefold() in surnames
    return known or (_DONE.fullmatch(word) is not None and not is_english_word(_bare(before[-1])))


def _are_apart(text: str, one: regex.Match[str], other: regex.Match[str]) -> bool:
    """Whether a paragraph ends between two words, or both are initials: "staff: HB GC"."""
    if _PARAGRAPH_ENDS.search(text, one.end(), other.start()):
        return True
    return all(_PAIR.fullmatch(_bare(word)) and _bare(word) != "NG" for word in (one, other))


def _is_code(match: regex.Match[str]) -> bool:
    """Whether capitals and figures are of a zone or a user ("Z1 Savio", "LINC11 Wells"), and no name with a figure misread in it."""
    return _CODE.fullmatch(_bare(match)) is not None


def _begins_a_name(before: list[regex.Match[str]], match: regex.Match[str]) -> bool:
    """Whether a title begins a name of its own, as in "Tell Mr Blagrove"; "Mr and Mrs Blagrove" is one of both."""
    if _bare(match).casefold() not in STYLES:
        return False
    return any(_bare(word).casefold() not in _TITLES_AND_BETWEEN for word in before)


def _is_no_name(word: str) -> bool:
    return len(word) == 1 or is_only_a_word(word)


def _is_of_date(text: str, match: regex.Match[str], *, first: bool) -> bool:
    """Whether a word is the month or weekday of a date beside the name: "2 JULY, IAN rang", "saw Lorimer Friday 10am", "rings Ian Tuesdays"."""
    word = _bare(match).casefold()
    if word in MONTHS:
        return first and _DAY_BEFORE.search(text, max(0, match.start() - 6), match.start()) is not None
    if word in WEEKLY:
        return True
    return not first and word in WEEKDAYS and _FIGURE_AFTER.match(text, match.end()) is not None


def _is_term(word: str) -> bool:
    """Whether a word in capitals is a term of the trade and nothing else: "PACE" and "SEN" are surnames too."""
    return is_retained(word) and not is_english_word(word) and not is_proper(word)


def _is_author(words: list[regex.Match[str]], explained: frozenset[str]) -> bool:
    """Whether the first word is letters of whoever wrote an entry, or of the trade, and a name begins after it."""
    letters, *rest = (w[0] for w in words)
    if not rest or not _LETTERS.fullmatch(letters) or letters in TITLES:
        return False
    if letters in explained or is_trade_abbreviation(letters):
        return True
    return len(rest) > 1 and not any(word.isupper() and len(word) > 2 for word in rest)


def _is_capitalised(word: regex.Match[str]) -> bool:
    bare = _bare(word)
    return bare[:1].isupper() and not bare.isupper()


def _bare(word: regex.Match[str]) -> str:
    return str(word[0]).strip(_SIGNS)
