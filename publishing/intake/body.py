"""The body of review.md: standard sections under H2 headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it.token import Token

from publishing import prose
from publishing.intake.lost_words import find_lost_words
from publishing.intake.source_text import SourceText
from publishing.intake.wrong_terms import term_spellings
from publishing.reviews import Section
from publishing.vocabulary import section_headings, terms
from redaction.strict_files.faults import Fault
from redaction.strict_files.suggestions import is_repeatable, nearest_word, simplify

_NUMBERING = re.compile(r"^\s*\d+(\.\d+)*[.)]?\s+")


@dataclass(frozen=True)
class _Heading:
    level: int
    text: str
    line: int
    after: int
    underlined: bool


class Body:
    """The body of one file, split at its headings. `faults` holds everything wrong with it."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self._text = SourceText(text, file, first_line)
        self.sections: tuple[Section, ...] = ()
        self.faults: list[Fault] = list(self._text.oversizes())
        if self.faults:
            return
        self.sections = self._sections()
        self.faults += find_lost_words(self._text)

    def _sections(self) -> tuple[Section, ...]:
        """Standard sections in the order of the page, with their blocks."""
        headings = list(_find_headings(self._text.tokens))
        self._check_beginning(headings)
        found: dict[str, Section] = {}
        places: dict[str, int] = {}
        tops = [h for h in headings if h.level <= 2]
        ends = [*(heading.line for heading in tops[1:]), len(self._text.lines)]
        for heading, end in zip(tops, ends, strict=False):
            key = self._key(heading)
            if key is None:
                continue
            if key in places:
                where = f"it stands already on line {self._text.number(places[key])}"
                self._fault(heading.line, f"{terms('sections')[key].title} is a section once: {where}; join the two")
                continue
            places[key] = heading.line
            found[key] = Section(key=key, blocks=prose.blocks("\n".join(self._text.lines[heading.after : end])))
            if not any(_has_content(block.text) for block in found[key].blocks):
                self._fault(
                    heading.line,
                    f"{terms('sections')[key].title} is empty: write it or delete its heading",
                    unfilled=True,
                )
        for key, term in terms("sections").items():
            if term.required and key not in places:
                said = f"the section {term.title} is missing: add ## {term.title}"
                self.faults.append(Fault(self._text.file, None, said, unfilled=True))
        return tuple(found[key] for key in terms("sections") if key in found)

    def _check_beginning(self, headings: Sequence[_Heading]) -> None:
        start = min((token.map[0] for token in self._text.tokens if token.map), default=None)
        first = next((h.line for h in headings if h.level <= 2), None)
        if start is not None and (first is None or start < first):
            self._fault(start, "text stands before the first section: put it under a heading such as ## Summary")

    def _key(self, heading: _Heading) -> str | None:
        if heading.level == 1:
            self._fault(heading.line, "a heading with one # is a title, and the page has its own: use ## for sections")
            return None
        key = find_section(heading.text)
        if key is None:
            self._fault(heading.line, _explain_unknown_heading(heading))
        elif file := terms("sections")[key].file:
            self._fault(heading.line, f"{terms('sections')[key].title} stands in a file of its own: move it to {file}")
            return None
        return key

    def _fault(self, line: int, text: str, *, unfilled: bool = False) -> None:
        self.faults.append(self._text.fault(line, text, unfilled=unfilled))


def _find_headings(tokens: Sequence[Token]) -> Iterator[_Heading]:
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            text = "".join(_words_of_heading(child) for child in following.children or ())
            yield _Heading(int(token.tag[1]), text, token.map[0], token.map[1], not token.markup.startswith("#"))


def _words_of_heading(token: Token) -> str:
    if token.type == "footnote_ref":
        return f"[^{token.meta['label']}]"  # no standard heading has a footnote
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def find_section(heading: str) -> str | None:
    """The standard section that a heading names, by its title or an alias; None for any other heading."""
    return _section_spellings().get(_simplify_heading(heading))


@cache
def _section_spellings() -> dict[str, str]:
    """The key of each section by every way to write it."""
    known = [(key, spelling) for key, term in terms("sections").items() for spelling in (term.title, *term.aliases)]
    return {_simplify_heading(spelling): key for key, spelling in reversed(known)}


def _has_content(markdown: str) -> bool:
    return not prose.is_heading(markdown) and prose.note_label(markdown) is None


def _simplify_heading(heading: str) -> str:
    return simplify(_NUMBERING.sub("", heading).replace("&", " and "))


def _explain_unknown_heading(heading: _Heading) -> str:
    if heading.underlined:
        return "dashes under a line make it a heading: leave an empty line between, or delete the dashes"
    known = section_headings()
    spellings = term_spellings(known)
    best = nearest_word(heading.text, spellings, cutoff=0) or next(iter(known))
    shown = f'"{heading.text}"' if is_repeatable(heading.text, (best, *spellings[best])) else "this heading"
    return (
        f"{shown} is not a standard section; did you mean {known[best].title}? "
        "Headings within a section have three #; docs/formats.md lists the sections"
    )
