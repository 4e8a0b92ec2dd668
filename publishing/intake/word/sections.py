"""A document's text under the standard headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from publishing import prose
from publishing.errors import WordRefusedError
from publishing.intake.cross_references import refers_by_number
from publishing.intake.word import text as word_text
from publishing.intake.word.blocks import DOUBTFUL, TITLE, TYPED, Blocks, Heading
from publishing.intake.word.headings import section_named, without_number
from publishing.intake.word.places import describe_places
from publishing.intake.word.questions import TEXT, WITHIN, Question, UnmappedHeadingsError, ask_about
from publishing.intake.word.template import guidance
from publishing.intake.word.text import WordText
from publishing.vocabulary import counted, terms
from publishing.vocabulary import section_headings as standard

OTHERS = 0
"""The number under which an answer for all other headings stands."""

_NOTE_LABEL = re.compile(r"\[\^(e?\d+)\]")


class Sections:
    """A document's text under the standard headings; `chosen` is what its headings are said to be, by their numbers.

    Raises:
        UnmappedHeadingsError: with every heading that somebody must be asked about.
        WordRefusedError: it has no headings, or an answer is none.
    """

    def __init__(self, text: WordText, chosen: Mapping[int, str]) -> None:
        self.text = text
        self.cover: list[str] = []
        self._chosen = chosen
        self._guidance: list[str] = []
        self._sections: dict[str, list[str]] = {}
        self._pictures: list[tuple[int, str]] = []
        self._typed: list[str] = []
        self._references: list[str] = []
        self._sort()

    def _sort(self) -> None:
        headings = [item for item in self.text.body if isinstance(item, Heading)]
        self._check_chosen(len(headings))
        levels = [h.level for n, h in enumerate(headings, start=1) if self._is_section(n, h)]
        # where none names a section, every one is asked about
        top = min(levels, default=max((h.level for h in headings if h.kind != TITLE), default=0))
        if not top:
            raise WordRefusedError([_NO_HEADINGS])
        current: str | None = None
        number = 0
        questions: list[Question] = []
        for item in self.text.body:
            if isinstance(item, Blocks):
                self._keep(current, item)
                continue
            number += 1
            answer = self._answer(number, item, top, begun=current is not None)
            if isinstance(answer, Question):
                questions.append(answer)
            elif answer in standard():
                current = answer
                self._begin(current, number, item)
            elif answer == TEXT:
                self._keep(current, Blocks((item.block,)))
            elif current is None:
                self.cover.append(item.text)
            else:
                depth = min(max(item.level - top + 2, 3), 4)
                self._sections[current].append(f"{'#' * depth} {_cautious(without_number(item.text))}")
                self._note_typed(number, item, None)
        if questions:
            raise UnmappedHeadingsError(questions)
        if not self._sections:
            raise WordRefusedError([_NO_SECTIONS])

    def _check_chosen(self, count: int) -> None:
        for number, key in self._chosen.items():
            if number != OTHERS and not 1 <= number <= count:
                raise WordRefusedError([f"there is no heading no. {number}: the document has {count}"])
            if key not in (WITHIN, TEXT) and (key not in standard() or number == OTHERS):
                raise WordRefusedError([
                    f"what {'the other headings are' if number == OTHERS else f'heading no. {number} is'} said to be is no "
                    f"section; sections are: {', '.join(standard())}; and there are {WITHIN} and {TEXT}"
                ])  # fmt: skip

    def _is_section(self, number: int, heading: Heading) -> bool:
        if number in self._chosen:
            return self._chosen[number] in standard()
        return heading.kind not in (TITLE, DOUBTFUL) and section_named(heading.text) is not None

    def _answer(self, number: int, heading: Heading, top: int, *, begun: bool) -> str | Question:
        """What a heading is: a section's key, WITHIN, TEXT, or a question; WITHIN before the first section is the cover."""
        if number in self._chosen:
            return self._chosen[number]
        named = section_named(heading.text)
        if heading.kind == DOUBTFUL:
            suggested = "" if heading.level <= top else WITHIN if begun else TEXT
            return self._chosen.get(OTHERS) or ask_about(number, heading, suggested)
        if named and heading.level <= top and (begun or heading.kind != TITLE):
            return named
        if heading.level > top or (not begun and (heading.kind == TITLE or heading.level < top)):
            return WITHIN
        return self._chosen.get(OTHERS) or ask_about(number, heading)

    def _begin(self, key: str, number: int, heading: Heading) -> None:
        if key in self._sections:
            self._sections[key].append(f"### {_cautious(without_number(heading.text))}")
        self._sections.setdefault(key, [])
        self._note_typed(number, heading, key)

    def _note_typed(self, number: int, heading: Heading, key: str | None) -> None:
        if heading.kind == TYPED and number not in self._chosen:
            self._typed.append(terms("sections")[key].title if key else f"heading no. {number}")

    def _keep(self, current: str | None, item: Blocks) -> None:
        where = terms("sections")[current].title if current else "before the first section"
        self._pictures += [(number, where) for number in item.pictures]
        if current is None:
            self.cover += [line for text in item.texts for line in prose.plain(text).split("\n")]
        else:
            for text in item.texts:
                # what the template says of a section was left in: it is nobody's review
                is_guidance = prose.plain(text) in guidance().values()
                (self._guidance if is_guidance else self._sections[current]).append(text)

    def markdown(self) -> str:
        """The body of review.md: each section with the footnotes that it refers to first.

        Raises:
            WordRefusedError: some of the document's text is not in it.
        """
        left = dict(self.text.notes)
        written: list[str] = []
        said = [
            *self.cover,
            *map(prose.plain, self._guidance),
            *(h.text for h in self.text.body if isinstance(h, Heading)),
        ]
        for place, (key, texts) in enumerate(self._sections.items(), start=1):
            named = {label for text in texts for label in _NOTE_LABEL.findall(text)}
            wanted = list(left) if place == len(self._sections) else [label for label in left if label in named]
            notes = [left.pop(label) for label in wanted]
            blocks = [block.text for text in [*texts, *notes] for block in prose.blocks(text)]
            plain = [prose.plain(block) for block in blocks]
            title = terms("sections")[key].title
            written.append("\n\n".join([f"## {title}", *blocks]))
            paragraphs = [text for block, text in zip(blocks, plain, strict=True) if not prose.is_heading(block)]
            self._references += [
                f"paragraph {n} of {title}" for n, text in enumerate(paragraphs, 1) if refers_by_number(text)
            ]
            said += plain
        self._check_nothing_lost(said)
        return "\n\n".join(written) + "\n"

    def _check_nothing_lost(self, said: Sequence[str]) -> None:
        found = word_text.letters_and_digits("".join(said))
        reached = 0
        for text in self.text.wanted:
            at = found.find(text, reached)
            if at < 0 and text not in found:
                raise WordRefusedError([word_text.LOST])
            reached = max(reached, at)

    def notes(self) -> Iterator[str]:
        """What was left out or should be looked at."""
        yield from (f"picture no. {number} was left out ({where})" for number, where in self._pictures)
        if self._typed:
            yield (
                "lines that are in no heading's style were taken for headings, as they look like headings and name sections or "
                f"have a section's number before them; check each: {'; '.join(self._typed)}"
            )
        if self.text.numbers:
            yield (
                f"the numbers before {counted(self.text.numbers, 'paragraph')} were left out: the page numbers its paragraphs "
                "itself, from 1 on"
            )
        if self._references:
            yield (
                "the text refers to paragraphs, sections or pages by numbers that the published page does not have; say in words "
                f"what is meant, unless it is another document's number{describe_places(self._references)}"
            )
        if self.cover or self.text.around:
            yield (
                "what stands on the cover, in headers and in footers is not part of the review: it is kept with the case as "
                "private notes, before its facts; declare the names in it in the register"
            )
        if self._guidance:
            yield "the template's own words on what belongs in a section were left in, and are not taken over"
        for key, texts in self._sections.items():
            if not texts:
                yield f"the section {terms('sections')[key].title} is empty: write it or delete its heading"
        for key, term in terms("sections").items():
            if term.required and key not in self._sections:
                yield f"the section {term.title} is missing: write it before the review can be checked"


_NO_HEADINGS = (
    "it has no headings, and no line that looks like one, so its sections cannot be told: in Word, give each section's heading "
    "the style Heading 1 or 2. Headings in a table do not count: there, choose Layout, Convert to Text. Or start from the template "
    "(in the workbench on the page Import from Word, or with candour template FILE.docx)"
)
_NO_SECTIONS = (
    "none of its headings was said to be a section, so nothing would be left of it: say so of one at least, or give a heading "
    "in Word the name of a section"
)


def _cautious(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
