"""WordprocessingML's elements: names, attributes and switches, as Word writes them and as the strict standard does."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""WordprocessingML, as Word writes it and as the strict standard does."""
TEXT_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
TEXT_OUTLINE = "{http://schemas.microsoft.com/office/word/2010/wordml}textOutline"

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


def number(element: Element | None) -> int:
    """A property that is a whole number, within what a page can hold; 0 for any other."""
    said = (value(element) or "") if element is not None else ""
    return min(int(said), 10_000) if said.isascii() and said.isdigit() and len(said) < 9 else 0
