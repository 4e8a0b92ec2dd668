"""A Word document's text as headings and Markdown blocks: mammoth reads it, and every word of it is accounted for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

import mammoth

from publishing.errors import WordRefusedError
from publishing.intake.word.blocks import DOUBTFUL, STYLED, TITLE, TYPED, Blocks, Heading
from publishing.intake.word.headings import FOUND
from publishing.intake.word.html_tree import parse_html
from publishing.intake.word.leading_numbers import settle_numbers
from publishing.intake.word.markdown import PICTURE, MarkdownWriter
from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.places import describe_places, find_spots
from publishing.intake.word.styles import Styles, outline_level
from publishing.intake.word.xml import child, local, paragraph_text, prefixed, value, word

_PARTS = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml", "[Content_Types].xml")

_HEADING_STYLE = "candour-{}-{}"
_MARK = "\ue000{}\ue001"

"""Marks the place of a picture until its section is known."""


@dataclass(frozen=True, repr=False)
class WordText:
    """What a document says, in its order.

    `around` is what its headers and footers say, each line once; `numbers` how many paragraphs have lost the number before
    them; `wanted` the letters of every paragraph, which must be found again in what is made of it.
    """

    body: tuple[Heading | Blocks, ...]
    around: tuple[str, ...]
    notes: dict[str, str]
    numbers: int
    wanted: tuple[str, ...]


def read_word_text(package: Package) -> WordText:
    """Read a document that has none of the refused features.

    Raises:
        WordRefusedError: it is damaged, or some of its text could not be read.
    """
    document = package.xml[MAIN]
    styles = Styles(package)
    places = {element: spot.place for element, spot in find_spots(package, styles) if word(element) == "p"}
    _drop_contents(document, styles)
    numbers = settle_numbers(package, styles)
    _take_out_boxes(document)
    _mark_pictures(document)
    _name_headings(document)
    if not any(paragraph_text(p).strip() for p in _paragraphs(package)):
        raise WordRefusedError([_NO_TEXT])
    said = [(letters_and_digits(paragraph_text(p)), places.get(p, "")) for p in _paragraphs(package)]
    written = MarkdownWriter(parse_html(_html(package, styles)))
    if lost := _find_lost(said, letters_and_digits("".join(written.said))):
        raise WordRefusedError([LOST + describe_places(lost)])
    wanted = tuple(letters for letters, _ in said if letters)
    around = dict.fromkeys(
        line
        for start in ("word/header", "word/footer")
        for _, root in package.parts(start)
        for line in (" ".join(text.split()) for text in paragraphs(root))
        if re.search(r"[^\W\d]{2}", line)
    )
    return WordText(tuple(written.body), tuple(around), written.notes, numbers, wanted)


LOST = (
    "some of its text could not be read, and none may be lost. Look for equations, diagrams (SmartArt, charts) and unusual "
    "fields: write what they say as ordinary text, or make pictures of them"
)
_NO_TEXT = (
    "there is no text in it: if its pages are scanned pictures, ask whoever wrote the review for the Word file that was "
    "printed; otherwise see that the right file was chosen"
)
_SLACK = 500
"""Letters that a field or sign may show between two paragraphs and that are written nowhere in them."""


def _paragraphs(package: Package) -> Iterator[Element]:
    """Every paragraph that is read, the notes' first, in the order of what refers to them."""
    document = package.xml[MAIN]
    roots = [root for name in ("footnotes", "endnotes") for _, root in package.parts(f"word/{name}.xml")]
    notes = {(f"{word(note)}Reference", value(note, "id")): note for root in roots for note in root}
    for mark in dict.fromkeys((word(element), value(element, "id")) for element in document.iter()):
        yield from (p for p in (notes[mark].iter() if mark in notes else ()) if word(p) == "p")
    yield from (p for p in document.iter() if word(p) == "p")


def _find_lost(said: Sequence[tuple[str, str]], found: str) -> list[str]:
    """The places of paragraphs whose letters do not come next in what was made of the document."""
    lost: list[str] = []
    reached = 0
    for letters, place in said:
        at = found.find(letters, reached, reached + len(letters) + _SLACK)
        if at < 0:
            lost.append(place or "a place that has no number")
        else:
            reached = at + len(letters)
    return lost


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
    """The text of each paragraph of a part as it is written, text boxes' apart."""
    return (paragraph_text(element) for element in root.iter() if word(element) == "p")


def _name_headings(document: Element) -> None:
    """Give headings that have a level of their own a style that tells it to mammoth."""
    for paragraph in document.iter():
        level = outline_level(paragraph) if word(paragraph) == "p" else 0
        properties = child(paragraph, "pPr")
        if level and properties is not None:
            for part in [part for part in properties if word(part) == "pStyle"]:
                properties.remove(part)
            style = Element(prefixed(paragraph, "pStyle"))
            style.set(prefixed(paragraph, "val"), _HEADING_STYLE.format(paragraph.get(FOUND, STYLED), min(level, 6)))
            properties.insert(0, style)


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
    for level in range(1, 7):
        yield f"p.{_escape_style_name(_HEADING_STYLE.format(STYLED, level))} => h{level}:fresh"
        for kind in (TYPED, DOUBTFUL):
            yield f"p.{_escape_style_name(_HEADING_STYLE.format(kind, level))} => h{level}.{kind}:fresh"
    yield f"p[style-name='Title'] => h1.{TITLE}:fresh"
    for name, level in styles.headings():
        if re.fullmatch(r"[\w-]+", name):
            yield f"p.{_escape_style_name(name)} => h{min(level, 6)}:fresh"


def _escape_style_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", lambda m: "\\" + m[0], name)
