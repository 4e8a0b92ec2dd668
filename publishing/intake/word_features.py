"""What a Word file may hold that a reader does not see, and that therefore stops its import: one row a feature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publishing.intake.word_package import Package

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""WordprocessingML, as Word writes it and as the strict standard does."""

_TRACKED = frozenset(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange "
    "tblGridChange numberingChange cellIns cellDel cellMerge delText delInstrText".split()
)
_EMBEDDED = frozenset("object OLEObject altChunk subDoc control contentPart".split())
_OFF = frozenset(("0", "false", "off", "none"))
_TINY = 4
"""Half points: text of two points and less is there to be overlooked."""


def word(element: Element) -> str:
    """An element's name if it is WordprocessingML's, else nothing."""
    namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
    return name if namespace in NAMESPACES else ""


def local(element: Element) -> str:
    """An element's name, of whatever namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element, name: str = "val") -> str | None:
    """An attribute of WordprocessingML."""
    return next((found for space in NAMESPACES if (found := element.get(f"{{{space}}}{name}")) is not None), None)


def on(element: Element | None) -> bool:
    """Whether a property that is switched by its presence is on."""
    return element is not None and (value(element) or "1").casefold() not in _OFF


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that WordprocessingML name."""
    return next((found for found in element if word(found) == name), None) if element is not None else None


def refusals(package: Package, name: str) -> list[str]:
    """Everything that stops the import of a file, each in plain words with what to do in Word."""
    return [
        feature.words.format(count=count) for feature in FEATURES if (count := feature.count(package, name.casefold()))
    ]


@dataclass(frozen=True)
class Feature:
    """Something that stops an import: how often it is in a file of a given name, and what to say of it."""

    words: str
    count: Callable[[Package, str], int]


# --- counting


def _texts(package: Package) -> Iterator[Element]:
    """Every element of the parts that hold text: the document, notes, headers, footers, comments."""
    for name, root in package.parts("word/"):
        if not name.startswith(("word/_rels/", "word/theme/", "word/glossary/")):
            yield from root.iter()


def _tracked(package: Package, name: str) -> int:
    return sum(word(element) in _TRACKED for element in _texts(package))


def _comments(package: Package, name: str) -> int:
    written = sum(word(element) == "comment" for element in _texts(package))
    marks = sum(word(element) in ("commentReference", "commentRangeStart") for element in _texts(package))
    return max(written, marks)


def _hidden(package: Package, name: str) -> int:
    styles = _hidden_styles(package)
    return sum(_is_hidden(element, styles) for element in _texts(package))


def _is_hidden(element: Element, styles: frozenset[str]) -> bool:
    kind = word(element)
    if kind == "r":
        properties = child(element, "rPr")
        style, own = child(properties, "rStyle"), child(properties, "vanish")
        by_style = style is not None and value(style) in styles and own is None
        return (on(own) or by_style or _tiny(properties)) and _says_something(element)
    if kind == "p":
        style = child(child(element, "pPr"), "pStyle")
        return style is not None and value(style) in styles and _says_something(element)
    return kind == "trPr" and on(child(element, "hidden"))


def _hidden_styles(package: Package) -> frozenset[str]:
    """Ids of styles that hide their text, themselves or by what they are based on."""
    root = package.xml.get("word/styles.xml")
    styles = {value(s, "styleId") or "": s for s in root if word(s) == "style"} if root is not None else {}

    def hides(style: Element | None, left: int = 20) -> bool:
        if style is None or not left:
            return False
        own = child(child(style, "rPr"), "vanish")
        based = child(style, "basedOn")
        return (
            on(own) if own is not None else hides(styles.get(value(based) or "" if based is not None else ""), left - 1)
        )

    return frozenset(name for name, style in styles.items() if hides(style))


def _tiny(properties: Element | None) -> bool:
    size = child(properties, "sz")
    said = value(size) if size is not None else None
    return said is not None and said.isascii() and said.isdigit() and int(said) <= _TINY


def _says_something(element: Element) -> bool:
    return any(local(part) in ("t", "delText") and (part.text or "").strip() for part in element.iter())


def _embedded(package: Package, name: str) -> int:
    parts = sum(part.startswith(("word/embeddings/", "word/activeX/", "word/afchunk")) for part in package.names)
    return max(parts, sum(local(element) in _EMBEDDED for element in _texts(package)), _linked_in(package))


def _linked_in(package: Package) -> int:
    """Relationships to whole documents that Word would show as part of this one."""
    kinds = ("/oleObject", "/package", "/control", "/aFChunk", "/subDocument")
    return sum(
        (element.get("Type") or "").endswith(kinds)
        for part, root in package.xml.items()
        if part.startswith("word/") and part.endswith(".rels")
        for element in root
    )


def _macros(package: Package, name: str) -> int:
    parts = sum("vbaproject" in part.casefold() or "vbadata" in part.casefold() for part in package.names)
    types = package.xml.get("[Content_Types].xml")
    enabled = sum("macroEnabled" in (kind.get("ContentType") or "") for kind in types) if types is not None else 0
    return parts + enabled + name.endswith((".docm", ".dotm"))


def _protection(package: Package, name: str) -> int:
    settings = package.xml.get("word/settings.xml")
    if settings is None:
        return 0
    edits = child(settings, "documentProtection")
    writes = child(settings, "writeProtection")
    enforced = edits is not None and (value(edits, "enforcement") or "0").casefold() not in _OFF
    locked = writes is not None and any(value(writes, name) for name in ("hash", "hashValue"))
    return enforced + locked


FEATURES = (
    Feature("tracked changes ({count}): in Word, Review, Accept All Changes (or reject them)", _tracked),
    Feature("comments ({count}): in Word, Review, Delete All Comments in Document", _comments),
    Feature(
        "hidden text ({count}): in Word, show it (Ctrl+Shift+8), then delete it or unhide it (Font, Hidden)", _hidden
    ),
    Feature("embedded objects ({count}), such as a sheet or another file: delete them, or paste their text", _embedded),
    Feature("macros: in Word, save it as Word Document (.docx), which has none", _macros),
    Feature("protection against editing: in Word, Review, Restrict Editing, Stop Protection", _protection),
)
