"""The text of a file as its writer has it: lines, the reader's tokens, and faults by line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from publishing import prose
from redaction.strict_files.faults import Fault

LONGEST_LINE = 20_000
"""Characters of a line; a page has some 3,000."""
LONGEST_TEXT = 1_000_000
"""Characters of a text; the longest real review has under 500,000. Readers of Markdown take time and memory by the hundredfold."""
MOST_LINES = 20_000
"""Lines of a text; a long review has some 2,000."""


class SourceText:
    """Markdown that a person wrote. Lines are counted from 0 here, `first_line` is the number of the first in its file."""

    def __init__(self, text: str, file: str, first_line: int = 1) -> None:
        self.file = file
        self.first_line = first_line
        self.lines = prose.clean(text).split("\n")

    @cached_property
    def tokens(self) -> list[Token]:
        """The reader's tokens; what is nested too deeply is not among them."""
        return prose.source_tokens("\n".join(self.lines))

    @cached_property
    def tree(self) -> Node:
        """The same as a tree."""
        return Node(self.tokens)

    def number(self, line: int) -> int:
        """The number of a line in its file."""
        return self.first_line + line

    def fault(self, line: int, words: str, *, unfilled: bool = False) -> Fault:
        """What is wrong on a line."""
        return Fault(self.file, self.number(line), words, unfilled)

    def oversizes(self) -> Iterator[Fault]:
        """What is longer than it can be: parsers take hours over a pasted picture, so nothing else is looked at."""
        if len(self.lines) > MOST_LINES or sum(map(len, self.lines)) > LONGEST_TEXT:
            words = f"is longer than a review can be ({LONGEST_TEXT:,} characters, {MOST_LINES:,} lines)"
            yield Fault(self.file, None, f"{words}: was a file pasted into it? Delete what is no part of it")
            return
        for number, line in enumerate(self.lines):
            if len(line) > LONGEST_LINE:
                said = "this line is far longer than a paragraph: was a picture or a file pasted here?"
                yield self.fault(number, said)
