"""One to three capitals that speak, own or sign as a person does: "K said", "DHB's", a line that is only "EM"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUES, TITLES
from redaction.vetoes.letters import is_a_post

_BARE_SCORE = 0.45
_DOTTED_SCORE = 0.5

_DOES = rf"(?:{alternatives((*pattern_words('people', 'deeds'), *pattern_words('people', 'deeds of initials')))}|didn['’]?t)"
_LETTER = r"[B-HJ-Z]"
"""One capital that may stand for somebody: "A" and "I" are words."""
_SPEAKS = rf"(?<![\p{{L}}\p{{N}}./&@-])(?P<name>\p{{Lu}}{{1,3}})(?=['’]s[ ]|[ ]{_DOES}\b)"
_SIGNED = r"(?m:^[>* \t-]*(?P<signed>\p{Lu}{1,3})[ ]*$)"
_CALLED = rf"\b(?:called|named|known[ ]as|signed|by)[ ][\"'‘“]?(?P<known>{_LETTER})(?![\p{{L}}\p{{N}}.&'’])"
_WITHIN_SENTENCE = rf"(?<=\p{{Ll}}{{2}},?[ ])(?P<letter>{_LETTER}\.?)(?=['’]s[ ]|[ ]\p{{Ll}}{{2}}|[,;)])"
_INITIALS = regex.compile(rf"{_SPEAKS}|{_SIGNED}|{_CALLED}|{_WITHIN_SENTENCE}")
_DOTTED = regex.compile(r"(?<![\p{L}\p{N}.])(?:\p{Lu}\.-?){1,2}(?:[OD]['’])?\p{Lu}\.?(?![\p{L}\p{N}])")
_ABBREVIATIONS = frozenset(pattern_words("people", "abbreviations"))
_NUMBERED = regex.compile(rf"(?i:\b{alternatives(pattern_words('people', 'lettered'))})[ ]$")


def find_initials(text: str) -> Iterator[Finding]:
    """Initials that stand for somebody, bare and with full stops."""
    for match in _INITIALS.finditer(text):
        for group in ("name", "signed", "known", "letter"):
            if match[group] and _stands_for_somebody(text, match, group):
                yield Finding(
                    match.start(group), match.end(group), Entity.PERSON, _BARE_SCORE, Source(Origin.PEOPLE, "initials")
                )
    for match in _DOTTED.finditer(text):
        if "".join(c for c in match[0] if c.isalpha()) not in _ABBREVIATIONS:
            yield Finding(match.start(), match.end(), Entity.PERSON, _DOTTED_SCORE, Source(Origin.PEOPLE, "initials"))


def _stands_for_somebody(text: str, match: regex.Match[str], group: str) -> bool:
    """Whether letters are no term, title or word, and number nothing ("category B")."""
    letters = match[group]
    if is_retained(letters) or letters in TITLES or letters in CUES or (group == "name" and letters in ("I", "A")):
        return False
    start = match.start(group)
    return not _NUMBERED.search(text, max(0, start - 12), start) and not is_a_post(text, start)
