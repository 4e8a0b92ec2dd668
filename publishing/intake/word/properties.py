"""Whom a Word file's properties name: author, last editor, manager, company. They go to the register alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publishing.files.shipped_data import load_shipped_yaml
from publishing.intake.word.package import Package
from publishing.intake.word.xml import local
from publishing.vocabulary import counted
from redaction import is_retained
from redaction.strict_files.plain_text import CONTROL


@dataclass(frozen=True, repr=False)
class NamedInProperties:
    """People and companies that the properties name, and how many generic names were not taken over."""

    people: tuple[str, ...]
    companies: tuple[str, ...]
    ignored: int

    def declared_in(self, register: str) -> str:
        """The text of an empty register.yml with them in it."""
        entries = "".join(
            f"\n  - {{role: other, names: [{_quote_name(name)}]}}   # from the Word file's properties"
            for name in self.people
        )
        if self.people:
            register = register.replace("people: []", f"people:{entries}", 1)
        if self.companies:
            named = f"organisations: [{', '.join(map(_quote_name, self.companies))}]"
            register = re.sub(r"^organisations: \[\]", lambda _: named, register, count=1, flags=re.MULTILINE)
        return register

    def notes(self) -> Iterator[str]:
        """What whoever imports the file should know of them."""
        count = len(self.people) + len(self.companies)
        if count:
            yield (
                f"{counted(count, 'name')} from the file's properties (author, last editor, company) now in the register, to be "
                "removed: say who each is, or take it out"
            )
        if self.ignored > 0:
            yield "names of programs and of national bodies in the file's properties were not taken over"


def read_properties(package: Package) -> NamedInProperties:
    """The names in the properties of a file."""
    people = [text for name, text in _texts(package) if name in ("creator", "lastModifiedBy", "Manager")]
    companies = [text for name, text in _texts(package) if name == "Company"]
    generic = set(_generic_names())
    found: list[tuple[str, ...]] = []
    for names in (people, companies):
        each = dict.fromkeys(part for text in names for part in _split_authors(text))
        found.append(tuple(name for name in each if name.casefold() not in generic and not is_retained(name)))
    ignored = len({*people, *companies}) - len(found[0]) - len(found[1])
    return NamedInProperties(found[0], found[1], ignored)


def _texts(package: Package) -> Iterator[tuple[str, str]]:
    for _, root in package.parts("docProps/"):
        for element in root.iter():
            text = " ".join(CONTROL.sub("", _text(element)).split())
            if text:
                yield local(element), text


def _text(element: Element) -> str:
    return element.text or ""


def _split_authors(text: str) -> list[str]:
    """Word joins several authors with semicolons."""
    return [name for part in text.split(";") if len(name := part.strip()) > 1 and any(c.isalpha() for c in name)]


def _generic_names() -> list[str]:
    """Names that programs give, as data."""
    return [name.casefold() for name in load_shipped_yaml("publishing.intake", "generic_authors.yml")]


def _quote_name(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
