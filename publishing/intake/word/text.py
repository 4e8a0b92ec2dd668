"""A Word document's text as headings and Markdown blocks: mammoth reads it, and every word of it is accounted for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

import mammoth

from publishing.errors import WordRefusedError
from publishing.intake.word.blocks import Blocks, Heading
from publishing.intake.word.html_tree import parse_html
from publishing.intake.word.markdown import PICTURE, MarkdownWriter
from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import local, word

_PARTS = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml", "[Content_Types].xml")

_MARK = "\ue000{}\ue001"

"""Marks the place of a picture until its section is known."""


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


def read_word_text(package: Package) -> WordText:
    """Read a document that has none of the refused features.

    Raises:
        WordRefusedError: it is damaged.
    """
    document = package.xml[MAIN]
    styles = Styles(package)
    _drop_contents(document, styles)
    _take_out_boxes(document)
    _mark_pictures(document)
    wanted = tuple(filter(None, (letters_and_digits(text) for text in paragraphs(document))))
    written = MarkdownWriter(parse_html(_html(package, styles)))
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


def letters_and_digits(text: str) -> str:
    """What must not be lost of a text: its letters and digits."""
    return "".join(c for c in PICTURE.sub("", text) if c.isalnum())


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
            yield f"p.{_escape_style_name(name)} => h{min(level, 6)}:fresh"


def _escape_style_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", lambda m: "\\" + m[0], name)
