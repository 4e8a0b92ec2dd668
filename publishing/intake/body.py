"""The body of review.md: standard sections under H2 headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from publishing import prose
from publishing.intake.wrong_terms import term_spellings
from publishing.reviews import Section
from publishing.vocabulary import section_headings, terms
from redaction.strict_files.faults import Fault
from redaction.strict_files.suggestions import is_repeatable, nearest_word, simplify

_NUMBERING = re.compile(r"^\s*\d+(\.\d+)*[.)]?\s+")

LONGEST_LINE = 20_000
"""Characters of a line; a page has some 3,000."""


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
        self._file = file
        self._first_line = first_line
        self._lines = text.split("\n")
        self._tokens: list[Token] = []
        self.faults: list[Fault] = []
        self.sections: tuple[Section, ...] = ()
        if not self._check_lengths():
            return
        self._tokens = _markdown_reader().parse(text)
        self.sections = self._sections()
        self._check_notes()

    def _check_lengths(self) -> bool:
        """Whether every line is as long as a paragraph may be: parsers take hours over a pasted picture."""
        for number, line in enumerate(self._lines):
            if len(line) > LONGEST_LINE:
                self._fault(number, "this line is far longer than a paragraph: was a picture or a file pasted here?")
        return not self.faults

    def _sections(self) -> tuple[Section, ...]:
        """Standard sections in the order of the page, with their blocks."""
        headings = list(_find_headings(self._tokens))
        self._check_beginning(headings)
        found: dict[str, Section] = {}
        places: dict[str, int] = {}
        tops = [h for h in headings if h.level <= 2]
        ends = [*(heading.line for heading in tops[1:]), len(self._lines)]
        for heading, end in zip(tops, ends, strict=False):
            key = self._key(heading)
            if key is None:
                continue
            if key in places:
                where = f"it stands already on line {self._number(places[key])}"
                self._fault(heading.line, f"{terms('sections')[key].title} is a section once: {where}; join the two")
                continue
            places[key] = heading.line
            found[key] = Section(key=key, blocks=prose.blocks("\n".join(self._lines[heading.after : end])))
            if not any(_has_content(block.text) for block in found[key].blocks):
                self._fault(
                    heading.line,
                    f"{terms('sections')[key].title} is empty: write it or delete its heading",
                    unfilled=True,
                )
        for key, term in terms("sections").items():
            if term.required and key not in places:
                self.faults.append(Fault(self._file, None, f"the section {term.title} is missing: add ## {term.title}"))
        return tuple(found[key] for key in terms("sections") if key in found)

    def _check_beginning(self, headings: Sequence[_Heading]) -> None:
        start = min((token.map[0] for token in self._tokens if token.map), default=None)
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

    def _check_notes(self) -> None:
        """Refuse a footnote that has two texts, or none: one text, anywhere in the review, serves every reference."""
        defined = [(t.meta["label"], t.map[0]) for t in self._tokens if t.type == "footnote_reference_open" and t.map]
        for label, count in Counter(label for label, _ in defined).items():
            if count > 1:
                first, again, *_ = (line for other, line in defined if other == label)
                said = f"this footnote's label has a text already on line {self._number(first)}"
                self._fault(again, f"{said}: number it anew, here and where it is referred to")
        labels = {label for label, _ in defined}
        for token in self._tokens:
            for child in token.children or ():
                if child.type == "footnote_ref" and child.meta["label"] not in labels and token.map:
                    self._fault(
                        token.map[0], "a footnote is referred to here and has no text: add it, or delete the mark"
                    )

    def _fault(self, line: int, text: str, *, unfilled: bool = False) -> None:
        self.faults.append(Fault(self._file, self._number(line), text, unfilled))

    def _number(self, line: int) -> int:
        return self._first_line + line


@cache
def _markdown_reader() -> MarkdownIt:
    # the same dialect as publishing.prose, so that both see the same headings
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable(["code", "fence", "reference", "html_block", "backticks", "autolink", "html_inline"])
    return reader.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)


def _find_headings(tokens: Sequence[Token]) -> Iterator[_Heading]:
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            text = "".join(child.content for child in following.children or () if child.type == "text")
            yield _Heading(int(token.tag[1]), text, token.map[0], token.map[1], not token.markup.startswith("#"))


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
