"""`candour import`: a review in Word becomes a case: review.md in standard sections, and register.yml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from xml.etree.ElementTree import Element

import yaml

from publishing import prose
from publishing.errors import WordRefusedError
from publishing.intake.body import find_section
from publishing.intake.new import create_case
from publishing.intake.word import package as word_package
from publishing.intake.word import refusals
from publishing.intake.word import text as word_text
from publishing.intake.word.blocks import Blocks, Heading
from publishing.intake.word.package import Package
from publishing.intake.word.template import guidance
from publishing.intake.word.text import WordText
from publishing.intake.word.xml import local
from publishing.intake.wrong_terms import term_spellings
from publishing.vocabulary import section_headings as standard
from publishing.vocabulary import terms
from redaction import REGISTER, is_only_a_word, is_retained
from redaction.strict_files.plain_text import CONTROL
from redaction.strict_files.suggestions import nearest_word

WITHIN = "within"
"""What may be chosen for a heading besides a section: a heading within the section before it."""

_NOTE_LABEL = re.compile(r"\[\^(e?\d+)\]")


@dataclass(frozen=True)
class Imported:
    """A new case, and what whoever imported it should know; no word of the review is in a note."""

    folder: Path
    notes: tuple[str, ...]


class UnmappedHeadingsError(WordRefusedError):
    """Headings that name no standard section: number of each in the document, what to call it, and the nearest section."""

    def __init__(self, headings: Sequence[tuple[int, str, str]]) -> None:
        self.headings = tuple(headings)
        known = ", ".join(f"{key} ({term.title})" for key, term in standard().items())
        super().__init__(
            (
                *(
                    f"heading no. {number}{f' ({shown})' if shown else ''} names no standard section; is it {best}?"
                    for number, shown, best in headings
                ),
                f"say what each one is with --heading NUMBER=SECTION, or --heading NUMBER={WITHIN} for a heading within the "
                f"section before it; or name it so in Word, or make it Heading 3 there. Sections: {known}",
            )
        )


def import_case(file: Path, reviews: Path, case: str, headings: Mapping[int, str] | None = None) -> Imported:
    """Make a case from a .docx: a draft whose facts are still to be filled in.

    Args:
        file: the Word file; its name matters for macros alone.
        reviews: the reviews folder; made if need be.
        case: the new case's name.
        headings: what the headings of those numbers are: keys of sections, or WITHIN.

    Raises:
        WordRefusedError: with everything that must be done to the file first.
        UnmappedHeadingsError: with every heading that names no section.
        CaseError: the name cannot be a case's, or there is something of that name already.
    """
    return import_bytes(word_package.read_docx(file), file.name, reviews, case, headings)


def import_bytes(
    data: bytes, name: str, reviews: Path, case: str, headings: Mapping[int, str] | None = None
) -> Imported:
    """The same from a file's bytes."""
    package = word_package.unpack(data)
    if reasons := refusals.refusals_for_import(package, name):
        raise WordRefusedError(reasons)
    people, companies, ignored = _properties(package)
    sections = _Sections(word_text.read_word_text(package), dict(headings or {}))
    body = sections.markdown()

    def change(file: str, text: str) -> str:
        if file == REGISTER:
            return _register_text(text, people, companies)
        head, _, _ = text.rpartition("---\n## Summary\n")
        return f"{head}{''.join(_comments(sections.cover, sections.text.around))}---\n{body}"

    folder = create_case(reviews, case, change)
    return Imported(folder, (*sections.notes(), *_property_notes(people, companies, ignored)))


# --- sections


class _Sections:
    """A document's text under the standard headings."""

    def __init__(self, text: WordText, chosen: Mapping[int, str]) -> None:
        self.text = text
        self.chosen = chosen
        self.cover: list[str] = []
        self.guidance: list[str] = []
        self.sections: dict[str, list[str]] = {}
        self.pictures: list[tuple[int, str]] = []
        self._sort()

    def _sort(self) -> None:
        numbered = list(enumerate((b for b in self.text.body if isinstance(b, Heading)), start=1))
        numbers = {id(heading): number for number, heading in numbered}
        self._check_chosen(len(numbered))
        top = min((h.level for n, h in numbered if not h.title and self._section(n, h)), default=0)
        if not top:
            raise (
                UnmappedHeadingsError([_describe_heading(n, h) for n, h in numbered if not h.title])
                if any(not h.title for _, h in numbered)
                else WordRefusedError([_NO_HEADINGS])
            )
        current: str | None = None
        unmapped: list[tuple[int, str, str]] = []
        for item in self.text.body:
            if isinstance(item, Blocks):
                self._keep(current, item)
                continue
            number = numbers[id(item)]
            key = self._section(number, item) if item.level <= top or number in self.chosen else None
            if key and not (item.title and current is None and number not in self.chosen):
                if key in self.sections:
                    self.sections[key].append(f"### {_cautious(item.text)}")
                self.sections.setdefault(key, [])
                current = key
            elif current is None and (item.title or item.level < top):
                self.cover.append(item.text)
            elif item.level <= top and self.chosen.get(number) != WITHIN:
                unmapped.append(_describe_heading(number, item))
            elif current is None:
                self.cover.append(item.text)
            else:
                depth = min(max(item.level - top + 2, 3), 4)
                self.sections[current].append(f"{'#' * depth} {_cautious(item.text)}")
        if unmapped:
            raise UnmappedHeadingsError(unmapped)

    def _check_chosen(self, count: int) -> None:
        for number, key in self.chosen.items():
            if not 1 <= number <= count:
                raise WordRefusedError([f"there is no heading no. {number}: the document has {count}"])
            if key != WITHIN and key not in standard():
                raise WordRefusedError(
                    [f"what heading no. {number} is said to be is no section; sections are: " + ", ".join(standard())]
                )

    def _section(self, number: int, heading: Heading) -> str | None:
        chosen = self.chosen.get(number)
        return None if chosen == WITHIN else chosen or find_section(heading.text)

    def _keep(self, current: str | None, item: Blocks) -> None:
        where = terms("sections")[current].title if current else "before the first section"
        self.pictures += [(number, where) for number in item.pictures]
        if current is None:
            self.cover += [line for text in item.texts for line in prose.plain(text).split("\n")]
        else:
            for text in item.texts:
                # what the template says of a section was left in: it is nobody's review
                is_guidance = prose.plain(text) in guidance().values()
                (self.guidance if is_guidance else self.sections[current]).append(text)

    def markdown(self) -> str:
        """The body of review.md: each section with the footnotes that it refers to first.

        Raises:
            WordRefusedError: some of the document's text is not in it.
        """
        left = dict(self.text.notes)
        written: list[str] = []
        said = [
            *self.cover,
            *map(prose.plain, self.guidance),
            *(h.text for h in self.text.body if isinstance(h, Heading)),
        ]
        for place, (key, texts) in enumerate(self.sections.items(), start=1):
            named = {label for text in texts for label in _NOTE_LABEL.findall(text)}
            wanted = list(left) if place == len(self.sections) else [label for label in left if label in named]
            notes = [left.pop(label) for label in wanted]
            blocks = [block.text for text in [*texts, *notes] for block in prose.blocks(text)]
            written.append("\n\n".join([f"## {terms('sections')[key].title}", *blocks]))
            said += [prose.plain(block) for block in blocks]
        self._check_nothing_lost(said)
        return "\n\n".join(written) + "\n"

    def _check_nothing_lost(self, said: Sequence[str]) -> None:
        found = word_text.letters_and_digits("".join(said))
        if any(text not in found for text in self.text.wanted):
            raise WordRefusedError([_LOST])

    def notes(self) -> Iterator[str]:
        """What was left out or should be looked at."""
        yield from (f"picture no. {number} was left out ({where})" for number, where in self.pictures)
        if self.cover or self.text.around:
            yield (
                "what stands on the cover, in headers and in footers is not part of the review: it is kept as private notes "
                "at the head of review.md; declare the names in it in register.yml"
            )
        if self.text.crossed_out:
            yield "some text was crossed out in Word; Markdown cannot show that, and it stands as ordinary text: check it"
        if self.guidance:
            yield "the template's own words on what belongs in a section were left in, and are not taken over"
        for key, texts in self.sections.items():
            if not texts:
                yield f"the section {terms('sections')[key].title} is empty: write it or delete its heading"
        for key, term in terms("sections").items():
            if term.required and key not in self.sections:
                yield f"the section {term.title} is missing: write it before the review can be checked"


_NO_HEADINGS = (
    "it has no headings, so its sections cannot be told: in Word, give each section's heading the style Heading 1 or 2, "
    "or start from the template: candour template FILE.docx"
)


_LOST = (
    "some of its text could not be read, and none may be lost. Look for equations, diagrams (SmartArt, charts) and unusual "
    "fields: write what they say as ordinary text, or make pictures of them"
)


def _describe_heading(number: int, heading: Heading) -> tuple[int, str, str]:
    """A heading for an error: its words only where every one is in the dictionary and none is a name."""
    words = re.findall(r"[^\W\d_]+", heading.text)
    shown = heading.text if words and len(words) <= 8 and all(is_only_a_word(word) for word in words) else ""
    best = nearest_word(heading.text, term_spellings(standard()), cutoff=0) or ""
    return number, shown, best


def _cautious(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _comments(cover: Sequence[str], around: Sequence[str]) -> Iterator[str]:
    """Lines of the cover, headers and footers as notes in the front matter: private, and never part of the review."""
    for heading, lines in (("before its first section", cover), ("in its headers and footers", around)):
        plain = [" ".join(CONTROL.sub("", line).split()) for line in lines]
        if any(plain):
            yield f"\n# What the Word file says {heading}. Not part of the review; declare its names in register.yml:\n"
            yield from (f"#   {line}\n" for line in plain if line)


# --- properties


def _properties(package: Package) -> tuple[list[str], list[str], int]:
    """People and companies that the file's properties name, and how many generic ones are not taken over."""
    people = [text for name, text in _texts(package) if name in ("creator", "lastModifiedBy", "Manager")]
    companies = [text for name, text in _texts(package) if name == "Company"]
    generic = set(_generic_names())
    found: list[list[str]] = []
    for names in (people, companies):
        each = dict.fromkeys(part for text in names for part in _split_authors(text))
        found.append([name for name in each if name.casefold() not in generic and not is_retained(name)])
    return found[0], found[1], len({*people, *companies}) - len(found[0]) - len(found[1])


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
    text = files("publishing.intake").joinpath("generic_authors.yml").read_text(encoding="utf-8")
    return [name.casefold() for name in yaml.safe_load(text)]


def _register_text(text: str, people: Sequence[str], companies: Sequence[str]) -> str:
    """register.yml's text with what the properties name."""
    entries = "".join(
        f"\n  - {{role: other, names: [{_quote_name(name)}]}}   # from the Word file's properties" for name in people
    )
    if people:
        text = text.replace("people: []", f"people:{entries}", 1)
    if companies:
        named = ", ".join(map(_quote_name, companies))
        text = re.sub(r"^organisations: \[\]", lambda _: f"organisations: [{named}]", text, count=1, flags=re.MULTILINE)
    return text


def _quote_name(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _property_notes(people: Sequence[str], companies: Sequence[str], ignored: int) -> Iterator[str]:
    if people or companies:
        count = len(people) + len(companies)
        yield (
            f"{count} {'name' if count == 1 else 'names'} from the file's properties (author, last editor, company) now "
            "in register.yml, to be removed: say there who each is, or delete it"
        )
    if ignored > 0:
        yield "names of programs and of national bodies in the file's properties were not taken over"
