"""Passages of a review in other words: what they may be, and where they stand (docs/decisions/0022-passages-in-other-words.md).

A passage is one whole block of a section, so what stays and what was changed can be read side by side. The family's
statement has none: its words are the family's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import Field

from publishing import prose
from publishing.intake.field_types import Day, Text
from publishing.intake.lost_words import CHECKS_OF_A_BLOCK
from publishing.intake.source_text import MOST_LINES, SourceText
from publishing.intake.strict_model import StrictModel
from publishing.reviews import Block, Rewrite, Section
from publishing.vocabulary import terms

_HEADING = re.compile(r"(#{1,6}) ")
_NAMES = {
    "bullet_list": "a list with bullets",
    "ordered_list": "a numbered list",
    "blockquote": "a quotation",
    "table": "a table",
    "footnote_reference": "a footnote",
}


class RewriteEntry(StrictModel):
    """A passage of the review in other words. The source stays as it is."""

    passage: Text = Field(description="the whole passage, exactly as review.md has it")
    words: Text = Field(description="what is redacted and published in its place")
    by: Text = Field(description="who wrote it")
    second: Text | None = Field(None, description="the second person, where the passage names somebody protected")
    on: Day = Field(description="when")
    reason: Text = Field(description="why")


def canonical(passage: str) -> str:
    """A passage as the review's own blocks are written, so that line ends and spaces make no difference."""
    return prose.blocks(passage)[0].text


def explain_refused(passage: str, words: str) -> str | None:
    """Why these words may not stand in place of a passage; None where they may. No word of either is in the answer."""
    for name, text in (("passage", passage), ("words", words)):
        if fault := next(SourceText(text, name).oversizes(), None):
            return f"{name}: {fault.text}"
        if len(prose.blocks(text)) != 1:
            return f"{name}: one paragraph, list, table, quotation, heading or footnote must stand here, no more and no less"
    old, new = canonical(passage), canonical(words)
    if _kind(old) != _kind(new):
        return f"words: what stands here must stay {_describe(old)}"
    if prose.note_label(old) != prose.note_label(new):
        return "words: the footnote's mark must stay"
    if set(prose.note_references(old)) != set(prose.note_references(new)):
        return "words: the marks of footnotes must be those of the passage"
    if (begins := _first_number(old)) != _first_number(new) or begins > MOST_LINES:
        return "words: the list must begin with the number that it has"
    # a list that goes on is held against the numbers before it
    before = "".join(f"{number}. x\n" for number in range(1, begins))
    lost = (fault for check in CHECKS_OF_A_BLOCK for fault in check(SourceText(before + words, "words")))
    if fault := next(lost, None):
        return f"words: {fault.text}"
    return "words: these are the passage's own" if old.split() == new.split() else None


def _first_number(block: str) -> int:
    """The number that a numbered list begins with; 1 for any other block."""
    return int(prose.tree(block)[0].attrs.get("start", 1))


def _kind(block: str) -> list[str]:
    """What a block is; of a heading its level too."""
    return [node.tag if node.type == "heading" else node.type for node in prose.tree(block)]


def _describe(block: str) -> str:
    level = _HEADING.match(block)
    return f"a heading with {len(level[1])} #" if level else _NAMES.get(prose.tree(block)[0].type, "a paragraph")


def may_be_rewritten(section: Section) -> bool:
    """Whether a section's passages may be put into other words: not those of a file of its own, such as the family's."""
    return not terms("sections")[section.key].file


def apply_rewrites(
    sections: Sequence[Section], entries: Iterable[RewriteEntry]
) -> tuple[tuple[Section, ...], tuple[Rewrite, ...]]:
    """Sections with every passage that has other words in these, and each rewrite with where it stands.

    A passage is always the source's: what a rewrite made is never looked up again.
    """
    rewrites = [
        Rewrite(**{**e.model_dump(), "passage": canonical(e.passage), "words": canonical(e.words)}) for e in entries
    ]
    by_passage = {rewrite.passage: rewrite for rewrite in rewrites}
    places: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    changed = tuple(
        _change(section, by_passage, places) if may_be_rewritten(section) else section for section in sections
    )
    return changed, tuple(r.model_copy(update={"places": tuple(places[r.passage])}) for r in rewrites)


def _change(
    section: Section, rewrites: Mapping[str, Rewrite], places: defaultdict[str, list[tuple[str, int]]]
) -> Section:
    def blocks() -> Iterator[Block]:
        for position, block in enumerate(section.blocks):
            rewrite = rewrites.get(block.text)
            if rewrite:
                places[block.text].append((section.key, position))
            yield Block(text=rewrite.words) if rewrite else block

    return section.model_copy(update={"blocks": tuple(blocks())})
