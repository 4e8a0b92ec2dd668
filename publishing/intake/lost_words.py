"""What Markdown would take out of a text, or change in it, unasked: each is a fault, so that nothing vanishes.

Every check is one function; `CHECKS` lists them all. None repeats a word of the review.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from publishing import prose
from publishing.intake.source_text import SourceText
from redaction.strict_files.faults import Fault
from redaction.strict_files.plain_text import TURNS_DIRECTION

_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://\S+|(?:mailto|tel):\S+"
    r"|(?:www\.|/|\.\.?/|#[a-z])\S*"
    r"|[\w./-]+\.[a-z]{2,5}(?:[?#]\S*)?"
    r"|[^\s@%]+@[\w.-]+",
    re.IGNORECASE,
)
"""What leads somewhere as a link's address: a web or mail address, a place on the page, a file with its ending."""


def find_lost_words(text: SourceText) -> list[Fault]:
    """Everything that a page would not show, or would show otherwise, each with its line and what to do."""
    return [fault for check in CHECKS for fault in check(text)]


def _long_rows(text: SourceText) -> Iterator[Fault]:
    for table in text.tree.walk():
        if table.type != "table":
            continue
        head, *bodies = table.children
        columns = len(head.children[0].children)
        for row in (row for body in bodies for row in body.children):
            line = row.map[0] if row.map else 0
            # what stands before it are a quotation's marks, and its own edge is no cell
            cells = escapedSplit(text.lines[line].lstrip(" >").removeprefix("|"))
            if any(cell.strip() for cell in cells[columns:]):
                yield text.fault(
                    line,
                    "this row has more cells than the table's first line, and the page would leave them out: "
                    r"give that line a heading for each column, or write \| where | is no edge",
                )


def _notes(text: SourceText) -> Iterator[Fault]:
    """One text, anywhere in the review, serves every mark; each text has a mark, and each mark a text."""
    opened = [token for token in text.tokens if token.type == "footnote_reference_open"]
    counts = Counter(token.meta["label"] for token in opened)
    marks = list(_note_marks(text))
    marked = {label for _, label, within in marks if within != label}
    first: dict[str, int] = {}
    for token in opened:
        label, line = token.meta["label"], _line(token)
        if label in first:
            said = f"this footnote's label has a text already on line {text.number(first[label])}"
            yield text.fault(line, f"{said}: number it anew, here and where it is referred to")
        first.setdefault(label, line)
        if not prose.NOTE_LABEL.fullmatch(label):
            yield text.fault(
                line, "a footnote's label may hold letters without accents, digits, - and _: number it anew"
            )
        elif token.level:
            yield text.fault(line, "a footnote's text stands within a list or a quotation: move it out of it")
        elif label not in marked:
            yield text.fault(
                line, "nothing refers to this footnote: put its mark where it belongs, or make it a paragraph"
            )
    for line, label, _ in marks:
        if label not in counts:
            yield text.fault(line, "a footnote is referred to here and has no text: add it, or delete the mark")


def _note_marks(text: SourceText) -> Iterator[tuple[int, str, str | None]]:
    """Each footnote's mark: its line, its label, and the label of the footnote whose text it stands in."""
    within = None
    for token in text.tokens:
        if token.type == "footnote_reference_open":
            within = token.meta["label"]
        elif token.type == "footnote_reference_close":
            within = None
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield _line(token), child.meta["label"], within


def _fences(text: SourceText) -> Iterator[Fault]:
    for token in text.tokens:
        for fence in prose.find_fences(token.content) if token.type == "inline" else ():
            if not fence.paired:
                yield text.fault(
                    _line(token) + fence.line,
                    "this line of ` or ~ has no partner in its own paragraph: put one before and one after each paragraph "
                    "of such a passage, and no list or heading between, or delete these lines",
                )
            elif fence.words:
                yield text.fault(
                    _line(token) + fence.line, "words after these marks are not shown: put them on a line of their own"
                )


def _numbers(text: SourceText) -> Iterator[Fault]:
    """Numbers of lists that the page would change, and lines that are no list but begin as one does."""
    for parent in text.tree.walk():
        reached, before = 0, None
        for node in parent.children:
            if node.type == "heading":
                reached = 0
            elif node.type == "ordered_list":
                numbers = [int(item.info) for item in node.children]
                interrupts = parent.is_root and before and before.map and before.map[1] == _line(node)
                if alone := next((item for item in node.children if not item.children), None):
                    yield text.fault(
                        _line(alone), f"a number stands alone, and the page would leave it out: {_NO_LIST}"
                    )
                elif numbers[0] > 1 and numbers[0] != reached + 1:
                    yield text.fault(_line(node), f"this number begins a list, and follows none: {_NO_LIST}")
                elif interrupts and len(numbers) == 1:
                    yield text.fault(_line(node), f"this line would be a list and leave its paragraph: {_NO_LIST}")
                elif wrong := _first_changed(numbers):
                    said = "the page counts a list one by one and would change this number: mend it"
                    yield text.fault(_line(node.children[wrong]), said)
                reached = numbers[-1]
            before = node if node.type == "paragraph" else None


def _first_changed(numbers: list[int]) -> int | None:
    """The position of the first number of a list that is not the next one; all of them 1 is a common way to write it."""
    if set(numbers) == {1}:
        return None
    return next((place for place, number in enumerate(numbers) if number != numbers[0] + place), None)


_NO_LIST = r"if it is no list, write \ before what follows the number, as in 1986\."


def _links(text: SourceText) -> Iterator[Fault]:
    for token in text.tokens:
        for child in token.children or ():
            if child.type not in ("link_open", "image"):
                continue
            address = str(child.attrs.get("href") or child.attrs.get("src") or "")
            if address and not _ADDRESS.fullmatch(address):
                said = "words in round brackets right after square ones are taken for a link's address and not shown"
                yield text.fault(_line(token), f"{said}: put a space between the brackets")
            elif child.attrs.get("title"):
                said = "words in quotation marks after a link's address are not shown: put them into the text"
                yield text.fault(_line(token), said)
            elif child.type == "image" and not child.content.strip():
                said = "a picture without words stands here, and no page has pictures: say what it shows, or delete it"
                yield text.fault(_line(token), said)


def _depth(text: SourceText) -> Iterator[Fault]:
    if deep := next((token for token in text.tokens if token.map and prose.is_too_deep([token])), None):
        said = "lists or quotations stand within each other far too deeply here: take some of their marks away"
        yield text.fault(_line(deep), said)


def _direction(text: SourceText) -> Iterator[Fault]:
    said = "a hidden sign here turns the direction of the text around: type this line anew"
    for number, line in enumerate(text.lines):
        # as itself, or as an entity such as &#8238;
        if TURNS_DIRECTION.search(line) or ("&#" in line and TURNS_DIRECTION.search(unescape(line))):
            yield text.fault(number, said)


def _line(token: Token | Node) -> int:
    return token.map[0] if token.map else 0


CHECKS_OF_A_BLOCK: tuple[Callable[[SourceText], Iterator[Fault]], ...] = (
    _long_rows,
    _fences,
    _numbers,
    _links,
    _depth,
    _direction,
)
"""Those that need to know nothing of the rest of the text."""

CHECKS = (_notes, *CHECKS_OF_A_BLOCK)
