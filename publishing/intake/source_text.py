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

    def long_lines(self) -> Iterator[Fault]:
        """Lines longer than a paragraph may be: parsers take hours over a pasted picture, so nothing else is looked at."""
        for number, line in enumerate(self.lines):
            if len(line) > LONGEST_LINE:
                yield self.fault(
                    number, "this line is far longer than a paragraph: was a picture or a file pasted here?"
                )
