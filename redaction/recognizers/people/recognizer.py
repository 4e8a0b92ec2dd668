"""People by what announces a name (titles, ranks, roles, labels) and "SURNAME, Forename"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.calendar import WEEKDAYS
from redaction.lexicon.gazetteer import is_place
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUE_PATTERN, CUES, TITLE_PATTERN, TITLES, role_of, title_set
from redaction.lexicon.words import is_only_a_word, is_proper
from redaction.names.short_names import sex_of_forename
from redaction.recognizers.base import Recognizer
from redaction.recognizers.people.name_edges import OPENERS, person_end
from redaction.recognizers.people.name_patterns import NAME_WORD, PERSON
from redaction.recognizers.people.name_words import is_ordinary_name
from redaction.recognizers.search_windows import find_at_words, first_keys
from redaction.text.tokens import Tokens
from redaction.vetoes.letters import is_trade_abbreviation

_TITLE_SCORE = 0.9
_INVERTED_SCORE = 0.85
_LABEL_SCORE = 0.85
_ROLE_SCORE = 0.75

_TITLED = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<title>(?:{TITLE_PATTERN})(?:[ ](?:and|&)[ ]{alternatives(title_set('second'))}\.?)?[ ])"
    rf"(?:(?P<number>\d{{2,5}})[ ])?(?P<name>{PERSON})"
)
_SURNAME_IN_CAPITALS = r"\p{Lu}[\p{Lu}'’-]{1,40}(?:[ ]\p{Lu}[\p{Lu}'’-]{1,40})?"
_INVERTED = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<surname>{_SURNAME_IN_CAPITALS}),[ ](?P<name>{NAME_WORD}(?:[ ]{NAME_WORD}){{0,2}})(?![\p{{L}}])"
)
_CUED = regex.compile(rf"(?<![\p{{L}}\d-])(?P<cue>{CUE_PATTERN})(?:,|:)?[ ](?:\(|[\"'‘“])?(?P<name>{PERSON})")
_LABELLED = regex.compile(
    rf"(?m)(?:^|[|(>*-][ ]*){alternatives(pattern_words('people', 'labels'))}[ ]*[:|][ ]*(?P<name>{PERSON})"
)
_FIRST_TITLE_KEYS, _FIRST_CUE_KEYS = first_keys(TITLES), first_keys(CUES)


class PeopleRecognizer(Recognizer):
    """People by what announces their names."""

    name = "people"
    entities = (Entity.PERSON,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Names after titles, roles and labels, and inverted names."""
        text, words = document.text, document.tokens
        yield from _find_titled(text, words)
        yield from _find_inverted(text)
        for match in find_at_words(_CUED, words, _FIRST_CUE_KEYS):
            if _is_told_where(text, match):
                continue
            yield from _find_announced_name(text, match, _ROLE_SCORE, "role", CUES[match["cue"]])
        for match in _LABELLED.finditer(text):
            yield from _find_announced_name(text, match, _LABEL_SCORE, "label", "")


def _find_titled(text: str, words: Tokens) -> Iterator[Finding]:
    """A title or rank with the name after it; behind a collar number, which is a code of its own, the name alone."""
    for match in find_at_words(_TITLED, words, _FIRST_TITLE_KEYS):
        end = person_end(text, match.start("name"), match.end("name"), least=1)
        if end > match.start("name") and not _is_no_name(match["title"], text[match.start("name") : end]):
            start = match.start("name") if match["number"] else match.start()
            yield Finding(
                start, end, Entity.PERSON, _TITLE_SCORE, Source(Origin.PEOPLE, "title"), role_of(match["title"])
            )


_ALSO_WORDS = frozenset(title_set("also words"))
_OF_OFFICES = frozenset(pattern_words("people", "of offices"))
_NO_NAMES = OPENERS - {word.casefold() for word in pattern_words("people", "borne")}


def _is_no_name(title: str, name: str) -> bool:
    """Whether what follows only goes on with the line, behind a post in capitals ("OM REPLY") or a short word ("Sr Officer", "Gov UK")."""
    if title.rstrip(". ") in _ALSO_WORDS and name.split()[0] in _OF_OFFICES:
        return True
    return title.isupper() and name.isupper() and name.casefold() in _NO_NAMES


def _find_inverted(text: str) -> Iterator[Finding]:
    """Surname first, in capitals: "TREWHELLA, Martin"."""
    for match in _INVERTED.finditer(text):
        if match["surname"] in TITLES or is_retained(match["surname"]) or _are_words(match):
            continue
        source, (name, *_) = Source(Origin.PEOPLE, "inverted"), match["name"].split()
        known = is_retained(name) or name in CUES or name in TITLES
        # "WALKER, SARA" is nobody's risk assessment, "JONES, Major" no rank
        is_post = known and name.isupper() and sex_of_forename(name.casefold()) is None
        if not is_post:
            yield Finding(match.start(), match.end(), Entity.PERSON, _INVERTED_SCORE, source)
        if (is_post or is_trade_abbreviation(name)) and match["surname"] not in CUES:
            # "Bryony SEWELL, PO", "Luay AL-DULAIMY, CRN": what she is, or what he has, and no forename
            yield Finding(match.start(), match.end("surname"), Entity.PERSON, _INVERTED_SCORE, source)


def _are_words(match: regex.Match[str]) -> bool:
    """Whether a comma of a note in capitals parts words: "TOOK THE PHONE, WOULD LIKE LETTERS", "LATE, Sun 8 July"."""
    names = [name.casefold() for name in match["name"].split()]
    if all(map(is_only_a_word, names)):
        return True
    no_surname = all(map(is_only_a_word, match["surname"].split()))
    return no_surname and (names[0] in WEEKDAYS or (len(names) > 1 and not OPENERS.isdisjoint(names)))


_NAMED_BEFORE = regex.compile(r"\p{Lu}\p{Ll}+,[ ]$")


def _is_told_where(text: str, match: regex.Match[str]) -> bool:
    """Whether a town only says where somebody of a role is: "Ruth Aske, sister, Sheffield"."""
    if not _NAMED_BEFORE.search(text, max(0, match.start() - 24), match.start()) or text[match.end("cue")] != ",":
        return False
    name = Tokens(match["name"])
    return is_place(name, 0, len(name)) and sex_of_forename(name.keys[0]) is None


def _find_announced_name(text: str, match: regex.Match[str], score: float, rule: str, role: str) -> Iterator[Finding]:
    """The name that a role or label announces, where there is one."""
    start, last = match.start("name"), match.end("name")
    first = text[start:last].split(" ")[0]
    # "The keyworker, Tom Yard, left": between commas the whole is a name
    whole = text[match.end("cue") : start] == ", " and text[last : last + 1] == "," if rule == "role" else False
    end = person_end(text, start, last, least=2 if whole and is_proper(first) else 0)
    if end > start and not is_ordinary_name(text[start:end]):
        yield Finding(start, end, Entity.PERSON, score, Source(Origin.PEOPLE, rule), role)
