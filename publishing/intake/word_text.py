"""A Word document's text as headings and Markdown blocks: mammoth reads it, and every word of it is accounted for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

import mammoth

from publishing.errors import WordRefusedError
from publishing.intake.word_package import MAIN, Package
from publishing.intake.word_styles import Styles
from publishing.intake.word_xml import local, word

_PARTS = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml", "[Content_Types].xml")
_PICTURE = re.compile("\ue000(\\d+)\ue001")
_MARK = "\ue000{}\ue001"
"""Stands where a picture stood until its section is known."""
_NOTE = re.compile(r"#n-((?:foot|end)note)-(\d+)")


@dataclass(frozen=True)
class Heading:
    """A heading and its level, from 1; `title` is the document's own title."""

    level: int
    text: str
    title: bool = False


@dataclass(frozen=True)
class Blocks:
    """Markdown blocks, each with every sign escaped that could mean something; `pictures` stood among them."""

    texts: tuple[str, ...]
    pictures: tuple[int, ...] = ()


@dataclass(frozen=True, repr=False)
class WordText:
    """What a document says, in its order.

    `around` is what its headers and footers say, each line once; `wanted` the letters of every paragraph, which must be
    found again in what is made of it.
    """

    body: tuple[Heading | Blocks, ...]
    around: tuple[str, ...]
    crossed_out: bool
    notes: dict[str, str]
    wanted: tuple[str, ...]


def read(package: Package) -> WordText:
    """Read a document that has none of the refused features.

    Raises:
        WordRefusedError: it is damaged.
    """
    document = package.xml[MAIN]
    styles = Styles(package)
    _drop_contents(document, styles)
    _take_out_boxes(document)
    _mark_pictures(document)
    wanted = tuple(filter(None, (letters(text) for text in paragraphs(document))))
    written = _Writer(_parse(_html(package, styles)))
    around = dict.fromkeys(
        line
        for start in ("word/header", "word/footer")
        for _, root in package.parts(start)
        for line in (" ".join(text.split()) for text in paragraphs(root))
        if re.search(r"[^\W\d]{2}", line)
    )
    return WordText(tuple(written.body), tuple(around), written.crossed_out, written.notes, wanted)


# --- making the document plain before mammoth reads it


def _drop_contents(document: Element, styles: Styles) -> None:
    """Take out tables of contents: they repeat the headings."""
    for parent in list(document.iter()):
        for element in list(parent):
            if styles.are_contents(element):
                parent.remove(element)


def _take_out_boxes(document: Element) -> None:
    """Put the paragraphs of each text box after the paragraph that it hangs on."""
    for _ in range(10):  # boxes within boxes
        moved = False
        parents = {element: parent for parent in document.iter() for element in parent}
        for paragraph in [element for element in document.iter() if word(element) == "p"]:
            boxes = list(_boxes(paragraph))
            if not boxes or any(word(a) == "txbxContent" for a in _ancestors(paragraph, parents)):
                continue
            inside = [p for box in boxes for p in list(box)]
            for box in boxes:
                box.clear()
            parent = parents[paragraph]
            place = list(parent).index(paragraph) + 1
            parent[place:place] = inside
            moved = True
        if not moved:
            return


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes of a paragraph, each once: Word writes every one in a new and in an old way."""
    if local(paragraph) == "AlternateContent":
        ways = [[box for box in way.iter() if word(box) == "txbxContent" and len(box)] for way in paragraph]
        chosen = next((way for way in ways if way), [])
        for way in ways:
            for box in way:
                if way is not chosen:
                    box.clear()
        yield from chosen
        return
    for element in paragraph:
        if word(element) == "txbxContent":
            if len(element):
                yield element
        else:
            yield from _boxes(element)


def _ancestors(element: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    while element in parents:
        element = parents[element]
        yield element


def _mark_pictures(document: Element) -> None:
    number = 0
    kinds = ("drawing", "pict")
    for run in [element for element in document.iter() if word(element) == "r"]:
        for part in list(run):
            held = part if local(part) == "AlternateContent" else None
            if word(part) in kinds or (held is not None and any(word(inner) in kinds for inner in held.iter())):
                place = list(run).index(part)
                run.remove(part)
                if any(local(inner) in _PICTURES for inner in part.iter()):
                    number += 1
                    namespace = str(run.tag).rpartition("}")[0]
                    text = SubElement(run, f"{namespace}}}t")
                    text.text = _MARK.format(number)
                    run.remove(text)
                    run.insert(place, text)


_PICTURES = frozenset("pic blip imagedata chart relIds wgp wpc inkCont".split())


def paragraphs(root: Element) -> Iterator[str]:
    """The text of each paragraph as it is written, text boxes' apart."""
    for paragraph in root.iter():
        if word(paragraph) == "p":
            yield "".join(_own_text(paragraph))


def _own_text(element: Element) -> Iterator[str]:
    for part in element:
        if local(part) == "t":
            yield part.text or ""
        elif word(part) in ("tab", "br", "cr"):
            yield " "
        elif local(part) == "AlternateContent":
            first = next(iter(part), None)
            yield from _own_text(first) if first is not None else ()
        elif word(part) != "p":
            yield from _own_text(part)


def letters(text: str) -> str:
    """What must not be lost of a text: its letters and digits."""
    return "".join(c for c in _PICTURE.sub("", text) if c.isalnum())


# --- mammoth


def _html(package: Package, styles: Styles) -> str:
    """The document as mammoth's HTML; it is given the parsed parts alone, so it meets no bomb and no picture."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as plain:
        for name, root in package.xml.items():
            if name == MAIN or name in _PARTS or name == "_rels/.rels" or name.startswith("word/_rels/document"):
                plain.writestr(name, tostring(root, encoding="utf-8", xml_declaration=True))
    try:
        result = mammoth.convert_to_html(
            held,
            style_map="\n".join(_style_map(styles)),
            id_prefix="n-",
            include_embedded_style_map=False,
        )
    except Exception:  # noqa: BLE001 - whatever a part that is no Word may make of mammoth; its text is private
        raise WordRefusedError(
            ["the file is damaged: open it in Word, save it as a new .docx, and try again"]
        ) from None
    return str(result.value)


def _style_map(styles: Styles) -> Iterator[str]:
    """Which styles are headings: by their own level in the outline, or that of the style they are based on."""
    yield "p[style-name='Title'] => h1.title:fresh"
    for name, level in styles.headings():
        if re.fullmatch(r"[\w-]+", name):
            yield f"p.{_escaped(name)} => h{min(level, 6)}:fresh"


def _escaped(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", lambda m: "\\" + m[0], name)


# --- mammoth's HTML as Markdown


@dataclass
class _Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    """HTML that mammoth wrote, as a tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        node = _Node(tag, {name: text or "" for name, text in attrs})
        self.stack[-1].children.append(node)
        if tag not in ("br", "img", "input"):
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.stack[-1].children.append(_Node(tag, {name: text or "" for name, text in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of that name."""
        if tag in (node.tag for node in self.stack[1:]):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.stack[-1].children.append(data)


def _parse(html: str) -> _Node:
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.stack[0]


_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_BLOCKS = ("p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6")


class _Writer:
    """Blocks of Markdown from mammoth's HTML."""

    def __init__(self, root: _Node) -> None:
        self.notes: dict[str, str] = {}
        self.body: list[Heading | Blocks] = []
        self.crossed_out = False
        self._pictures: list[int] = []
        children = list(root.children)
        if children and isinstance(children[-1], _Node) and _are_notes(children[-1]):
            for item in children.pop().children:  # type: ignore[union-attr]
                if isinstance(item, _Node):
                    self._note(item)
        texts: list[str] = []
        for node in children:
            if isinstance(node, _Node) and re.fullmatch("h[1-6]", node.tag):
                self._flush(texts)
                text = " ".join(self._words(node).split())
                if text:
                    self.body.append(Heading(int(node.tag[1]), text, node.attrs.get("class") == "title"))
            else:
                texts += self._block(node)
        self._flush(texts)

    def _flush(self, texts: list[str]) -> None:
        if texts or self._pictures:
            self.body.append(Blocks(tuple(texts), tuple(self._pictures)))
        texts.clear()
        self._pictures.clear()

    def _block(self, node: _Node | str) -> list[str]:
        if isinstance(node, str):
            text = self._inline([node])
            return [text] if text else []
        if node.tag in ("ul", "ol"):
            text = "\n".join(self._items(node))
            return [text] if text else []
        if node.tag == "table":
            return self._table(node)
        if any(isinstance(c, _Node) and c.tag in _BLOCKS for c in node.children):
            return [text for c in node.children for text in self._block(c)]
        text = self._inline(node.children)
        return [text] if text else []

    def _items(self, node: _Node) -> Iterator[str]:
        number = 0
        for item in node.children:
            if not isinstance(item, _Node):
                continue
            number += 1
            marker = f"{number}. " if node.tag == "ol" else "- "
            inline = [c for c in item.children if isinstance(c, str) or c.tag not in _BLOCKS]
            inner = [
                text for c in item.children if isinstance(c, _Node) and c.tag in _BLOCKS for text in self._block(c)
            ]
            first = self._inline(inline) or (inner.pop(0) if inner else "")
            lines = "\n".join([first, *inner]).split("\n")
            yield "\n".join([marker + lines[0], *(" " * len(marker) + line for line in lines[1:])])

    def _table(self, node: _Node) -> list[str]:
        """A table; one of a single cell is a box around paragraphs."""
        rows = [[cell for cell in row.children if isinstance(cell, _Node)] for row in _rows(node)]
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
        """Leave the places empty into which cells of rows above reach down."""
        while hanging.get(len(line), 0) > 0:
            hanging[len(line)] -= 1
            line.append("")

    def _cell(self, cell: _Node) -> str:
        texts = [text for inner in cell.children for text in self._cell_block(inner)]
        lines = [line.strip() for text in texts for line in text.removesuffix("\\").split("\n")]
        return " ".join(line.removesuffix("\\") for line in lines if line)

    def _cell_block(self, node: _Node | str) -> list[str]:
        """A block within a cell; of a table within it, the cells' own texts."""
        if isinstance(node, _Node) and node.tag == "table":
            return [self._cell(cell) for row in _rows(node) for cell in row.children if isinstance(cell, _Node)]
        return self._block(node)

    def _note(self, item: _Node) -> None:
        kind, number = item.attrs.get("id", "n-note-0").rsplit("-", 2)[-2:]
        texts = [text for c in item.children for text in self._block(c)]
        label = _label(kind, number)
        first, *rest = texts or [""]
        lines = "\n\n".join([first, *rest]).split("\n")
        self.notes[label] = "\n".join(
            [f"[^{label}]: {lines[0]}", *("    " + line if line else "" for line in lines[1:])]
        )

    # --- within a line

    def _inline(self, nodes: list[_Node | str]) -> str:
        text = "".join(self._spans(nodes, emphasis=True))
        return "\n".join(line.strip() for line in text.split("\n")).strip().removesuffix("\\").strip()

    def _spans(self, nodes: list[_Node | str], *, emphasis: bool) -> list[str]:
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
                written.append(_emphasised(inner, _EMPHASIS[node.tag], before, nodes[place + 1 :]))
            else:
                self.crossed_out = self.crossed_out or node.tag == "s"
                written += self._spans(node.children, emphasis=emphasis)
        return written

    def _text(self, text: str) -> str:
        self._pictures += [int(number) for number in _PICTURE.findall(text)]
        text = re.sub(r"[\t\n\xa0]", " ", _PICTURE.sub("", text))
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)

    def _words(self, node: _Node) -> str:
        """The words of a heading; a note on it has no place there, and its text is missed later."""
        text = ""
        for inner in node.children:
            if isinstance(inner, str):
                self._pictures += [int(number) for number in _PICTURE.findall(inner)]
                plain = _PICTURE.sub("", inner)
                text += plain
            elif not _NOTE.fullmatch(inner.attrs.get("href", "")):
                text += " " if inner.tag == "br" else self._words(inner)
        return text


def _emphasised(inner: str, stars: str, before: str, after: list[_Node | str]) -> str:
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
    """Whether stars against a sign would still count: a space, a sign or nothing stands outside."""
    left = bare[0] != "\\" or not before or not before[-1].isalnum()
    right = bare[-1].isalnum() or not following or not following[0].isalnum()
    return left and right


def _beginning(node: _Node | str) -> str:
    if isinstance(node, str):
        return node
    return next((text for c in node.children if (text := _beginning(c))), "")


def _are_notes(node: _Node) -> bool:
    items = [c for c in node.children if isinstance(c, _Node)]
    return (
        node.tag == "ol"
        and bool(items)
        and all(re.fullmatch(r"n-(foot|end)note-\d+", i.attrs.get("id", "")) for i in items)
    )


def _label(kind: str, number: str) -> str:
    return number if kind == "footnote" else f"e{number}"


def _rows(node: _Node) -> Iterator[_Node]:
    for inner in node.children:
        if isinstance(inner, _Node):
            if inner.tag == "tr":
                yield inner
            else:
                yield from _rows(inner)


def _number(text: str | None) -> int:
    return max(1, min(int(text), 60)) if text and text.isdigit() else 1
