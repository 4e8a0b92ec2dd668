"""What a Word file may hold that a reader does not see, and that therefore stops its import or is told: one row a feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publishing.intake.word.drawings import is_cover, is_in_front
from publishing.intake.word.formatting import Formatting
from publishing.intake.word.hidden import Run
from publishing.intake.word.package import Package
from publishing.intake.word.places import describe_places, find_spots
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import child, is_off, local, value, word

_TRACKED = frozenset(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange "
    "tblGridChange numberingChange cellIns cellDel cellMerge delText delInstrText".split()
)
_EMBEDDED = frozenset("object OLEObject altChunk subDoc control contentPart".split())


@dataclass(frozen=True)
class Inspection:
    """What of a file stops its import, and what whoever imports it should look at: plain words with places."""

    refused: tuple[str, ...]
    told: tuple[str, ...]


def inspect(package: Package, name: str) -> Inspection:
    """Everything that a reader of a file of that name does not see, each with where it is and what to do in Word."""
    styles = Styles(package)
    formatting = Formatting(package, styles)
    found: list[list[str]] = [[] for _ in FEATURES]
    for element, spot in find_spots(package, styles):
        run = Run(element, spot, formatting)
        for places, feature in zip(found, FEATURES, strict=True):
            if feature.is_at(element, run):
                places.append(spot.place)
    said = [
        (feature, feature.words.format(count=count) + describe_places(places))
        for places, feature in zip(found, FEATURES, strict=True)
        if (count := max(len(places), feature.count(package, name.casefold())))
    ]
    return Inspection(
        tuple(words for feature, words in said if feature.stops),
        tuple(words for feature, words in said if not feature.stops),
    )


def _nowhere(element: Element, run: Run) -> bool:
    return False


def _nothing(package: Package, name: str) -> int:
    return 0


@dataclass(frozen=True)
class Feature:
    """Something that stops an import, or is told: what to say, whether it is in a place, how often in a file of a name."""

    words: str
    is_at: Callable[[Element, Run], bool] = _nowhere
    count: Callable[[Package, str], int] = _nothing
    stops: bool = True


# --- finding


def _is_tracked(element: Element, run: Run) -> bool:
    return word(element) in _TRACKED


def _is_comment(element: Element, run: Run) -> bool:
    return word(element) == "commentReference"


def _comments(package: Package, name: str) -> int:
    """Comments that are written or begin somewhere, whether or not a mark refers to them."""
    kinds = [word(element) for _, root in package.parts("word/") for element in root.iter()]
    return max(kinds.count("comment"), kinds.count("commentRangeStart"))


def _is_embedded(element: Element, run: Run) -> bool:
    return local(element) in _EMBEDDED


def _embedded(package: Package, name: str) -> int:
    parts = sum(part.startswith(("word/embeddings/", "word/activeX/", "word/afchunk")) for part in package.names)
    return max(parts, _linked_in(package))


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
    enforced = edits is not None and not is_off(value(edits, "enforcement"))
    locked = writes is not None and any(value(writes, name) for name in ("hash", "hashValue"))
    return enforced + locked


FEATURES = (
    Feature("tracked changes ({count}): in Word, Review, Accept All Changes (or reject them)", _is_tracked),
    Feature("comments ({count}): in Word, Review, Delete All Comments in Document", _is_comment, _comments),
    Feature(
        "hidden text ({count}): in Word, show it (Ctrl+Shift+8), then delete it or unhide it (Font, Hidden)",
        lambda element, run: run.is_switched_off(),
    ),
    Feature(
        "hidden text in the colour of what is behind it ({count}): in Word, delete it; or, if it belongs in the review, select "
        "it and clear its formatting (Ctrl+Space), shading and highlight",
        lambda element, run: run.is_unreadable(),
    ),
    Feature(
        "hidden text too small or too tight to be read ({count}): in Word, delete it; or, if it belongs in the review, select "
        "it and clear its formatting (Ctrl+Space, and Ctrl+Q for its lines)",
        lambda element, run: run.is_too_small(),
    ),
    Feature(
        "embedded objects ({count}), such as a sheet or another file: delete them, or paste their text",
        _is_embedded,
        _embedded,
    ),
    Feature(
        "shapes drawn in front of the text ({count}), which may cover words: in Word, delete them, and what they were to black "
        "out with them; or, if they belong there, select each and choose Layout Options, In Line with Text",
        lambda element, run: is_cover(element),
    ),
    Feature(
        "text is crossed out in Word; the page cannot show that, and it stands as ordinary text: keep it or delete it",
        lambda element, run: run.is_crossed_out(),
        stops=False,
    ),
    Feature(
        "pictures or text boxes lie in front of the text in Word, and may cover words there that are now to be seen: look there",
        lambda element, run: is_in_front(element),
        stops=False,
    ),
    Feature("macros: in Word, save it as Word Document (.docx), which has none", count=_macros),
    Feature("protection against editing: in Word, Review, Restrict Editing, Stop Protection", count=_protection),
)
