"""Forms to search for, each with everyone who declared it: which are strong, which are ordinary words, and how they are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import ahocorasick
import yaml

from redaction.forms import Form, Strength
from redaction.lexicon import is_common

RUN_TOGETHER = 8
"""Letters that a form needs to be searched for with its words run together or cut elsewhere."""


@cache
def common_words() -> frozenset[str]:
    """Names that are ordinary words too: the reviewed list, common.yml."""
    return frozenset(word for group, words in _groups().items() if group != "initials" for word in words.split())


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations of the trade, that are nobody's initials."""
    return frozenset(_groups()["initials"].split())


def _groups() -> dict[str, str]:
    groups: dict[str, str] = yaml.safe_load(files("redaction").joinpath("common.yml").read_text(encoding="utf-8"))
    return groups


@dataclass(frozen=True)
class Pattern:
    """A form to search for, and everyone who declared it."""

    text: str
    kind: str
    owners: frozenset[str]
    common: bool

    @cached_property
    def squeezed(self) -> str:
        """The form with its words run together."""
        return self.text.replace(" ", "")

    @property
    def what(self) -> str:
        """What a hit is called in a message."""
        return "the folder's name" if self.kind == "folder" else "an identity"

    @cached_property
    def is_initials(self) -> bool:
        """Whether single letters are all there is of it."""
        return self.kind == "initials" or all(len(word) == 1 for word in self.text.split())

    @cached_property
    def is_number(self) -> bool:
        """Whether it is digits alone."""
        return self.squeezed.isdigit()

    @cached_property
    def is_code(self) -> bool:
        """Whether it is one word of letters and digits."""
        return any(c.isdigit() for c in self.squeezed) and not self.is_number and " " not in self.text


def is_strong(form: Form) -> bool:
    """Forms say so themselves, but letters alone ("d p") are initials, and a handle may be a word ("l ayers": layers)."""
    is_word = form.kind == "handle" and is_common(form.text)
    return form.strength is Strength.STRONG and len(form.text.replace(" ", "")) > 3 and not is_word


_SHORTEST_FULL = 6
_SHORTEST_SINGLE = 3


def is_full_name(form: Form | Pattern) -> bool:
    """Whether a strong form is a full name to look for inside longer words; "d mark" is no name enough."""
    words = form.text.split()
    spelled = [word for word in words if len(word) > 1]
    ordinary = len(spelled) < len(words) and all(map(is_common, spelled))
    return form.kind in ("full", "inverted") and len("".join(words)) >= _SHORTEST_FULL and not ordinary


def is_single_name(form: Form | Pattern) -> bool:
    """Whether a weak form is one name of a person and no English word, so that it is looked for as a part of longer words."""
    single = form.kind in ("surname", "plural", "given", "nickname")
    return single and len(form.text.replace(" ", "")) >= _SHORTEST_SINGLE and not any(map(is_common, form.text.split()))


def finder_of(patterns: Iterable[tuple[str, object]]) -> ahocorasick.Automaton | None:
    """An automaton over the patterns, or None if there are none. A pattern may have several payloads."""
    payloads: dict[str, list[object]] = defaultdict(list)
    for key, payload in patterns:
        payloads[key].append(payload)
    if not payloads:
        return None
    automaton = ahocorasick.Automaton()
    for key, values in payloads.items():
        automaton.add_word(key, tuple(values))
    automaton.make_automaton()
    return automaton


def hits(finder: ahocorasick.Automaton | None, text: str) -> Iterator[tuple[int, Pattern]]:
    """Every (index of the last character, pattern) of a search."""
    if finder is not None:
        for end, payloads in finder.iter(text):
            for payload in payloads:
                yield end, payload
