"""Sentences that help nobody any more: all they tell is how somebody can be reached, and the contact has been removed.

"The victim liaison officer is [Victim liaison officer 1], on [contact removed]" is one; "he rang her on [contact removed]" still
tells that he rang. It is pointed out and never held against signing: whether a sentence is worth its place is for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from publishing import prose
from publishing.files.shipped_data import load_shipped_yaml
from publishing.reviews import RedactedReview
from publishing.vocabulary import terms
from redaction import CONTACT_REMOVED

_X = re.escape(CONTACT_REMOVED)
_LABEL = r"\[[^\[\]]+\]"
_ON = r"(?:on|at|via|through)"
_SENTENCE = re.compile(r"(?:\[[^\[\]]*\]|[^.!?\[]|[.!?](?=\S))+[.!?]?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"")
"""What somebody said or wrote is evidence, whatever it asked for."""


def warnings_for_lost_contacts(text: RedactedReview) -> Iterator[str]:
    """One warning that names every place of a text where such a sentence stands, or none."""
    places = [place for place, words in _passages(text) if any(map(_helps_nobody, _sentences(words)))]
    if places:
        yield (
            f"a sentence only tells how somebody can be reached, and the contact is removed, in: {'; '.join(places)}. It helps no reader: "
            "leave it out, or say it in other words, unless it matters that there was a contact"
        )


def _passages(text: RedactedReview) -> Iterator[tuple[str, str]]:
    """Every paragraph, item or row that a review says in its own voice, with its place."""
    for section in text.sections:
        title = terms("sections")[section.key].title
        for place, block in enumerate(section.blocks, start=1):
            if not prose.is_quotation(block.text):
                where = f"paragraph {block.number}" if block.number else f"block {place}"
                yield f"{title}, {where}", prose.plain(block.text)
    for lesson in text.lessons:
        yield f"lesson {lesson.id}", "\n".join(filter(None, (lesson.text, lesson.why)))


def _sentences(words: str) -> Iterator[str]:
    for line in _QUOTED.sub("", words).splitlines():
        yield from (match[0].strip(" -–:;") for match in _SENTENCE.finditer(line))


def _helps_nobody(sentence: str) -> bool:
    return CONTACT_REMOVED in sentence and any(pattern.search(sentence) for pattern in _patterns())


@cache
def _patterns() -> Sequence[re.Pattern[str]]:
    """The forms of such a sentence."""
    words = _words()
    whom = rf"(?:me|us|him|her|them|the|their|your|his|my|direct|directly|{_LABEL})"
    forms = (
        # the officer is [..], on [contact removed]; I’m on [contact removed]
        rf"(?:\b(?:is|are)|[’'](?:s|m|re)) (?:(?:still |now )?(?:the |an? )?{_LABEL}(?:,? (?:and|or) {_LABEL})*,? |available |there )?{_ON} {_X}",
        # has a named officer, [..], on [contact removed]
        rf"\b(?:has|have) (?:an?|the) [\w’' -]{{1,50}}, {_LABEL}, {_ON} {_X}",
        # can be reached by telephone on [contact removed]
        rf"\b(?:can|may|should|must|will) be (?:{words['reachable']})\b[^;]*\b(?:{_ON}|by|from|to) {_X}",
        # Please ring the hub on [contact removed]
        rf"^(?:[\d.]+ )?(?:(?:please|pls|kindly|if [^,]{{1,60}},|for [^,]{{1,60}},) )*(?:{words['asks']}) (?:{whom} [^;]*)?{_X}",
        # the number is [contact removed]
        rf"\b(?:{words['things']}) (?:is|are) {_X}",
        # Tel: [contact removed]; nothing but somebody and the contact
        rf"^(?:[\d.]+ )?(?:{words['labels']})?[ .:]*(?:{_LABEL},? )?(?:(?:{_ON}|to) )?{_X}\W*$",
        # … (enquiries to [contact removed])
        rf"\((?:{words['labels']})[ .:]*(?:(?:{_ON}|to) )?{_X}\)",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


@cache
def _words() -> Mapping[str, str]:
    data = load_shipped_yaml("publishing.checking", "lost_contacts.yml")
    return {key: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for key, words in data.items()}
