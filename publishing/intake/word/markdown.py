"""Blocks of Markdown from mammoth's HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publishing.intake.word.blocks import STYLED, Blocks, Heading
from publishing.intake.word.html_tree import HtmlNode
from publishing.intake.word.leading_numbers import FIRST_ITEM, ITEM

PICTURE = re.compile("\ue000(\\d+)\ue001")

_NOTE = re.compile(r"#n-((?:foot|end)note)-(\d+)")

_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*"}

_BLOCKS = ("p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6")


class MarkdownWriter:
    """Blocks of Markdown from mammoth's HTML; `said` are its words in their order, those of the notes first."""

    def __init__(self, root: HtmlNode) -> None:
        self.notes: dict[str, str] = {}
        self.body: list[Heading | Blocks] = []
        self.said: list[str] = []
        self._pictures: list[int] = []
        children = list(root.children)
        if children and isinstance(children[-1], HtmlNode) and _are_notes(children[-1]):
            for item in children.pop().children:  # type: ignore[union-attr]
                if isinstance(item, HtmlNode):
                    self._note(item)
        texts: list[str] = []
        for node in children:
            if isinstance(node, HtmlNode) and re.fullmatch("h[1-6]", node.tag):
                self._flush(texts)
                self._heading(node)
            else:
                texts += self._block(node)
        self._flush(texts)

    def _flush(self, texts: list[str]) -> None:
        if texts or self._pictures:
            self.body.append(Blocks(tuple(texts), tuple(self._pictures)))
        texts.clear()
        self._pictures.clear()

    def _heading(self, node: HtmlNode) -> None:
        block = self._inline(node.children)
        text = " ".join(_words(node).split())
        if text:
            self.body.append(Heading(int(node.tag[1]), text, node.attrs.get("class", STYLED), block))

    def _block(self, node: HtmlNode | str) -> list[str]:
        if isinstance(node, str):
            text = self._inline([node])
            return [text] if text else []
        if node.tag in ("ul", "ol"):
            text = "\n".join(self._items(node))
            return [text] if text else []
        if node.tag == "table":
            return self._table(node)
        if any(isinstance(c, HtmlNode) and c.tag in _BLOCKS for c in node.children):
            return [text for c in node.children for text in self._block(c)]
        text = self._inline(node.children)
        return [text] if text else []

    def _items(self, node: HtmlNode) -> Iterator[str]:
        number = 0
        for item in node.children:
            if not isinstance(item, HtmlNode):
                continue
            number = _item_number(item) or number + 1
            marker = f"{number}. " if node.tag == "ol" else "- "
            inline = self._inline([c for c in item.children if isinstance(c, str) or c.tag not in _BLOCKS])
            inner = [
                text for c in item.children if isinstance(c, HtmlNode) and c.tag in _BLOCKS for text in self._block(c)
            ]
            first = inline or (inner.pop(0) if inner else "")
            lines = "\n".join([first, *inner]).split("\n")
            yield "\n".join([marker + lines[0], *(" " * len(marker) + line for line in lines[1:])])

    def _table(self, node: HtmlNode) -> list[str]:
        """A table; one of a single cell is a box around paragraphs."""
        rows = [[cell for cell in row.children if isinstance(cell, HtmlNode)] for row in _rows(node)]
        rows = [row for row in rows if row]
        if len(rows) == 1 and len(rows[0]) == 1:
            return [text for inner in rows[0][0].children for text in self._block(inner)]
        grid: list[list[str]] = []
        hanging: dict[int, int] = {}
        for row in rows:
            line: list[str] = []
            for cell in row:
                self._skip(line, hanging)
                span = _number(cell.attrs.get("colspan"))
                for place in range(len(line), len(line) + span):
                    hanging[place] = _number(cell.attrs.get("rowspan")) - 1
                line += [self._cell(cell), *[""] * (span - 1)]
            self._skip(line, hanging)
            grid.append(line)
        width = max((len(line) for line in grid), default=0)
        if not width or not any(text for line in grid for text in line):
            return []
        padded = [line + [""] * (width - len(line)) for line in grid]
        lines = [f"| {' | '.join(line)} |" for line in (padded[0], ["---"] * width, *padded[1:])]
        return ["\n".join(lines)]

    @staticmethod
    def _skip(line: list[str], hanging: dict[int, int]) -> None:
        """Leave empty the places that cells of the rows above reach down into."""
        while hanging.get(len(line), 0) > 0:
            hanging[len(line)] -= 1
            line.append("")

    def _cell(self, cell: HtmlNode) -> str:
        texts = [text for inner in cell.children for text in self._cell_block(inner)]
        lines = [line.strip() for text in texts for line in text.removesuffix("\\").split("\n")]
        return " ".join(line.removesuffix("\\") for line in lines if line)

    def _cell_block(self, node: HtmlNode | str) -> list[str]:
        """A block within a cell; of a table within it, the cells' own texts."""
        if isinstance(node, HtmlNode) and node.tag == "table":
            return [self._cell(cell) for row in _rows(node) for cell in row.children if isinstance(cell, HtmlNode)]
        return self._block(node)

    def _note(self, item: HtmlNode) -> None:
        kind, number = item.attrs.get("id", "n-note-0").rsplit("-", 2)[-2:]
        texts = [text for c in item.children for text in self._block(c)]
        label = _label(kind, number)
        first, *rest = texts or [""]
        lines = "\n\n".join([first, *rest]).split("\n")
        self.notes[label] = "\n".join(
            [f"[^{label}]: {lines[0]}", *("    " + line if line else "" for line in lines[1:])]
        )

    # --- within a line

    def _inline(self, nodes: list[HtmlNode | str]) -> str:
        text = "".join(self._spans(nodes, emphasis=True))
        return "\n".join(line.strip() for line in text.split("\n")).strip().removesuffix("\\").strip()

    def _spans(self, nodes: list[HtmlNode | str], *, emphasis: bool) -> list[str]:
        written: list[str] = []
        for place, node in enumerate(nodes):
            if isinstance(node, str):
                written.append(self._text(node))
            elif node.tag == "br":
                written.append("\\\n")
            elif node.tag == "input":
                written.append("☒ " if "checked" in node.attrs else "☐ ")
            elif node.tag == "a" and (note := _NOTE.fullmatch(node.attrs.get("href", ""))):
                written.append(f"[^{_label(note[1], note[2])}]")
            elif node.tag == "a" and "-ref-" in node.attrs.get("href", ""):
                continue  # the way back from a note
            elif node.tag in _EMPHASIS and emphasis:
                inner = "".join(self._spans(node.children, emphasis=False))
                before = written[-1] if written else ""
                written.append(_emphasise(inner, _EMPHASIS[node.tag], before, nodes[place + 1 :]))
            else:
                written += self._spans(node.children, emphasis=emphasis)
        return written

    def _text(self, text: str) -> str:
        self._pictures += [int(number) for number in PICTURE.findall(text)]
        text = re.sub(r"[\t\n\xa0]", " ", ITEM.sub("", PICTURE.sub("", text)))
        self.said.append(text)
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _words(node: HtmlNode) -> str:
    """The words of a heading; a note on it has no place there, and its text is missed later."""
    text = ""
    for inner in node.children:
        if isinstance(inner, str):
            text += PICTURE.sub("", inner)
        elif not _NOTE.fullmatch(inner.attrs.get("href", "")):
            text += " " if inner.tag == "br" else _words(inner)
    return text


def _item_number(node: HtmlNode | str) -> int:
    """The number that is marked at the beginning of a list's item; 0 if none is."""
    if isinstance(node, HtmlNode):
        return next(
            (_item_number(inner) for inner in node.children if not isinstance(inner, HtmlNode) or inner.children), 0
        )
    return ord(node[0]) - FIRST_ITEM if ITEM.match(node) else 0


def _emphasise(inner: str, stars: str, before: str, after: list[HtmlNode | str]) -> str:
    """Emphasis where Markdown can show it: on whole words of one line."""
    bare = inner.strip()
    following = next((_beginning(node) for node in after if _beginning(node)), "")
    whole = (not before or not before[-1].isalnum()) and not following[:1].isalnum()
    if (
        not bare
        or "\n" in bare
        or not whole
        or before.endswith("*")
        or (inner == bare and not _ends(bare, before, following))
    ):
        return inner
    start, end = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{start}{stars}{bare}{stars}{end}"


def _ends(bare: str, before: str, following: str) -> bool:
    """Whether stars against a sign would still count: outside them is a space, a sign or nothing."""
    left = bare[0] != "\\" or not before or not before[-1].isalnum()
    right = bare[-1].isalnum() or not following or not following[0].isalnum()
    return left and right


def _beginning(node: HtmlNode | str) -> str:
    if isinstance(node, str):
        return node
    return next((text for c in node.children if (text := _beginning(c))), "")


def _are_notes(node: HtmlNode) -> bool:
    items = [c for c in node.children if isinstance(c, HtmlNode)]
    return (
        node.tag == "ol"
        and bool(items)
        and all(re.fullmatch(r"n-(foot|end)note-\d+", i.attrs.get("id", "")) for i in items)
    )


def _label(kind: str, number: str) -> str:
    return number if kind == "footnote" else f"e{number}"


def _rows(node: HtmlNode) -> Iterator[HtmlNode]:
    for inner in node.children:
        if isinstance(inner, HtmlNode):
            if inner.tag == "tr":
                yield inner
            else:
                yield from _rows(inner)


def _number(text: str | None) -> int:
    return max(1, min(int(text), 60)) if text and text.isdigit() else 1
