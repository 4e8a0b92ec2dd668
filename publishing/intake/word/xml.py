"""WordprocessingML's elements: names, attributes and switches, as Word writes them and as the strict standard does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""WordprocessingML, as Word writes it and as the strict standard does."""
TEXT_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
TEXT_OUTLINE = "{http://schemas.microsoft.com/office/word/2010/wordml}textOutline"

BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}
"""Elements that stand for a character of the text."""

_OFF = frozenset(("0", "false", "off", "none"))


def word(element: Element) -> str:
    """An element's name if it is WordprocessingML's, else nothing."""
    return _word(str(element.tag))


@lru_cache(maxsize=4096)
def _word(tag: str) -> str:
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return name if namespace in NAMESPACES else ""


def local(element: Element) -> str:
    """An element's name, of whatever namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element, name: str = "val") -> str | None:
    """An attribute of WordprocessingML."""
    return next((found for space in NAMESPACES if (found := element.get(f"{{{space}}}{name}")) is not None), None)


def attribute(element: Element, name: str) -> str | None:
    """An attribute of that name, of whatever namespace."""
    return next((found for key, found in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool:
    """Whether a property that is switched by its presence is on."""
    return element is not None and (value(element) or "1").casefold() not in _OFF


def is_off(text: str | None) -> bool:
    """Whether a switch written as an attribute is off, or not there."""
    return (text or "0").casefold() in _OFF


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that WordprocessingML name."""
    return next((found for found in element if word(found) == name), None) if element is not None else None


def within(element: Element | None, *names: str) -> Element | None:
    """The first child of the first child of those names."""
    for name in names:
        element = child(element, name)
    return element


def prefixed(beside: Element, name: str) -> str:
    """The tag of an element of that name, in the namespace that another one has."""
    return f"{str(beside.tag).rpartition('}')[0]}}}{name}"


def paragraph_text(element: Element) -> str:
    """What a paragraph says as it is written, without the paragraphs of the text boxes in it."""
    return "".join(_own_text(element))


def _own_text(element: Element) -> Iterator[str]:
    for part in element:
        if local(part) == "t":
            yield part.text or ""
        elif word(part) in BREAKS:
            yield BREAKS[word(part)]
        elif local(part) == "AlternateContent":
            first = next(iter(part), None)
            yield from _own_text(first) if first is not None else ()
        elif word(part) not in ("p", "pPr"):
            yield from _own_text(part)


def top_paragraphs(element: Element) -> Iterator[Element]:
    """The paragraphs of a document that are in no table and no text box, in their order."""
    for part in element:
        if word(part) == "p":
            yield part
        elif word(part) in ("body", "sdt", "sdtContent", "customXml"):
            yield from top_paragraphs(part)


def number(element: Element | None) -> int:
    """A property that is a whole number, within what a page can hold; 0 for any other."""
    said = (value(element) or "") if element is not None else ""
    return min(int(said), 10_000) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def renewed_property(paragraph: Element, name: str) -> Element:
    """A new, empty property of a paragraph, in place of any that it had of that name."""
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = Element(prefixed(paragraph, "pPr"))
        paragraph.insert(0, properties)
    for part in [part for part in properties if word(part) == name]:
        properties.remove(part)
    return SubElement(properties, prefixed(paragraph, name))
