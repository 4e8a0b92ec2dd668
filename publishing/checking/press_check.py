"""The press check: what a public text shares with articles, sentencing remarks or another review, offline.

The texts are kept in the case's private folder `press/`. What is shared lets somebody who searches for a few words, a number or a day find the case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from publishing.errors import PublishingError, WordRefusedError
from publishing.files import atomic_writes, disk_room
from publishing.intake.word import package
from publishing.intake.word import text as word_text
from redaction import HOLIDAY, MONTHS, NUMBER_WORDS, is_only_a_word, is_retained
from redaction.strict_files import plain_text
from redaction.strict_files.faults import FaultsError

PRESS = "press"
"""The folder's name."""

WORDS = 5
"""How many words in a row make a phrase, unless told otherwise."""

KINDS = {"phrase": "Phrase", "date": "Date", "number": "Number", "rare": "Rare word"}
"""What can be shared, as people read it."""

_SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx")
_NAME = re.compile(r"[^\W_][\w .,()&'’-]{0,100}")
_LABEL = re.compile(r"\[[^\[\]\n]*\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])[£$€]?(\d+(?:[.,]\d+)*)(?=(?:st|nd|rd|th|m|k|%)?(?![\w]))")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?:\.?,? (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y2>\d{{4}}))?(?!\d)"
    rf"|(?P<m3>{_MONTH})\.?,? (?P<y3>\d{{4}})"
    r"|(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)|(?P<d5>\d{1,2})[/.](?P<m5>\d{1,2})[/.](?P<y5>\d{4}|\d\d)"
    rf"|(?P<feast>{HOLIDAY})(?: (?P<y6>\d{{4}}))?)(?!\w)",
    re.IGNORECASE,
)
_SPELT = {word: str(number) for word, number in NUMBER_WORDS.items() if number > 1}
_SHORTEST = 4


@dataclass(frozen=True)
class SharedWording:
    """What appears in texts[part] (code-point offsets) and in each of the press texts named in `sources`."""

    part: int
    start: int
    end: int
    kind: str
    sources: tuple[str, ...]


def find_shared(
    texts: Sequence[str], press: Mapping[str, str], words: int = WORDS, usual: Collection[str] = ()
) -> tuple[SharedWording, ...]:
    """Everything that public texts share with press texts: sorted, none overlapping; a phrase absorbs what it contains.

    Args:
        texts: the public text in parts; labels in square brackets are nobody's words.
        press: name → text.
        words: how many in a row make a phrase.
        usual: words that other reviews use too, in lower case; without any, a word is rare if no dictionary has it.
    """
    bare = [_LABEL.sub(lambda label: "\0" * len(label[0]), text) for text in texts]
    # only what the public text says is looked for: a press text may be a book
    phrases: dict[tuple[str, ...], set[str]] = {gram: set() for text in bare for gram in _grams(text, words)}
    rare: dict[str, set[str]] = {_plain(match[0]): set() for text in bare for match in _WORD.finditer(text)}
    rare |= {word.removesuffix("'s"): set() for word in rare}
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    dates: list[tuple[_Day, str]] = []
    for name, text in press.items():
        tokens = [_plain(match[0]) for match in _WORD.finditer(text)]
        for gram in zip(*(tokens[start:] for start in range(words)), strict=False):
            if gram in phrases:
                phrases[gram].add(name)
        for token in rare.keys() & set(tokens):
            rare[token].add(name)
        for _, _, number in _find_numbers(text):
            numbers[number].add(name)
        dates += [(day, name) for _, _, day in _find_dates(text)]
    found: list[SharedWording] = []
    for part, text in enumerate(bare):
        hits = [
            *_find_phrases(text, part, phrases, words),
            *_same_days(text, part, dates),
            *(
                SharedWording(part, s, e, "number", tuple(sorted(numbers[n])))
                for s, e, n in _find_numbers(text)
                if n in numbers
            ),
            *_rare(text, part, rare, usual),
        ]
        ends: list[SharedWording] = []
        for hit in hits:
            if not any(hit.start < other.end and other.start < hit.end for other in ends):
                ends.append(hit)
        found += sorted(ends, key=lambda hit: hit.start)
    return tuple(found)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("’", "'").casefold()


def _pieces(text: str) -> Iterator[list[re.Match[str]]]:
    """The words between labels, piece by piece."""
    for piece in re.finditer(r"[^\0]+", text):
        yield list(_WORD.finditer(text, piece.start(), piece.end()))


def _grams(text: str, words: int) -> Iterator[tuple[str, ...]]:
    for tokens in _pieces(text):
        plain = [_plain(token[0]) for token in tokens]
        yield from zip(*(plain[start:] for start in range(words)), strict=False)


def _find_phrases(
    text: str, part: int, known: Mapping[tuple[str, ...], Collection[str]], words: int
) -> Iterator[SharedWording]:
    """The longest runs of words in which every `words` consecutive ones appear in a press text."""
    for tokens in _pieces(text):
        plain = [_plain(token[0]) for token in tokens]
        run: tuple[int, int, set[str]] | None = None
        for place in range(len(tokens) - words + 1):
            names = known.get(tuple(plain[place : place + words]))
            if not names:
                continue
            if run and place <= run[1]:
                run = (run[0], place + words, run[2] | set(names))
                continue
            if run:
                yield SharedWording(
                    part, tokens[run[0]].start(), tokens[run[1] - 1].end(), "phrase", tuple(sorted(run[2]))
                )
            run = (place, place + words, set(names))
        if run:
            yield SharedWording(part, tokens[run[0]].start(), tokens[run[1] - 1].end(), "phrase", tuple(sorted(run[2])))


def _find_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _NUMBER.finditer(text):
        yield match.start(), match.end(), match[1].replace(",", "")
    for match in _WORD.finditer(text):
        if number := _SPELT.get(match[0].casefold()):
            yield match.start(), match.end(), number


@dataclass(frozen=True)
class _Day:
    """As much of a day as is said: "June 2018" has no day, "14 June" no year; a feast gives its day and month."""

    year: int | None
    month: int | str
    day: int | None

    def same(self, other: _Day) -> bool:
        """Whether both can be one day, and both say more than the month."""
        return (
            self.month == other.month
            and (self.year == other.year or None in (self.year, other.year))
            and (self.day == other.day or None in (self.day, other.day))
            and ((self.year and other.year) or (self.day and other.day)) is not None
        )


def _find_dates(text: str) -> Iterator[tuple[int, int, _Day]]:
    for match in _DATE.finditer(text):
        said = match.groupdict()
        if feast := said["feast"]:
            year = said["y6"]
            yield match.start(), match.end(), _Day(int(year) if year else None, feast.casefold(), 1)
            continue
        year, month, day = (next((v for n in range(1, 6) if (v := said.get(f"{p}{n}"))), None) for p in "ymd")
        assert month is not None
        number = int(month) if month.isdecimal() else MONTHS[month.casefold()]
        full = int(year) + 2000 if year and len(year) == 2 else int(year) if year else None
        yield match.start(), match.end(), _Day(full, number, int(day) if day else None)


def _same_days(text: str, part: int, dates: Sequence[tuple[_Day, str]]) -> Iterator[SharedWording]:
    for start, end, day in _find_dates(text):
        if names := {name for other, name in dates if day.same(other)}:
            yield SharedWording(part, start, end, "date", tuple(sorted(names)))


def _rare(
    text: str, part: int, known: Mapping[str, Collection[str]], usual: Collection[str]
) -> Iterator[SharedWording]:
    for match in _WORD.finditer(text):
        word = _plain(match[0])
        stem = word.removesuffix("'s")
        if len(stem) < _SHORTEST or not stem.isalpha() or is_retained(match[0]):
            continue
        names = known.get(word) or known.get(stem)
        if names and stem not in usual and (usual or not is_only_a_word(stem)):
            yield SharedWording(part, match.start(), match.end(), "rare", tuple(sorted(names)))


def comparable_words(texts: Sequence[str]) -> frozenset[str]:
    """The words of texts, as `find_shared` compares them."""
    return frozenset(_plain(match[0]).removesuffix("'s") for text in texts for match in _WORD.finditer(text))


# --- the private folder


def load_press_texts(folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The press texts of a case by their files' names, and the names of files that cannot be read here."""
    found: dict[str, str] = {}
    unreadable: list[str] = []
    place = folder / PRESS
    names = sorted(path.name for path in place.iterdir()) if place.is_dir() and not place.is_symlink() else []
    for name in names:
        if name.startswith("."):
            continue
        try:
            found[name] = _extract_text(place / name)
        except (FaultsError, WordRefusedError):
            unreadable.append(name)
    return found, tuple(unreadable)


def add_press_text(folder: Path, name: str, data: bytes) -> None:
    """Put a text into the case's private folder.

    Args:
        folder: the case's folder.
        name: the file's name; .txt is put after a name that has no kind.
        data: the file.

    Raises:
        PublishingError: the name or the file is none that can be read here, or there is one of that name.
    """
    name = " ".join(name.split())
    name = name if name.casefold().endswith(_SUFFIXES) else f"{name}.txt"
    if not _NAME.fullmatch(name):
        raise PublishingError("Nothing was kept: call it something short, in letters and digits.")
    path = folder / PRESS / name
    if path.exists() or path.is_symlink():
        raise PublishingError("Nothing was kept: there is a text of this name already.")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        atomic_writes.write(path, data)
    except OSError as error:
        unkept = PublishingError("Nothing was kept: the case’s folder cannot be written to.")
        raise disk_room.explain_write_error(error, unkept, need=len(data)) from None
    try:
        _extract_text(path)
    except (FaultsError, WordRefusedError):
        path.unlink()
        raise PublishingError(
            "Nothing was kept: it is no text that can be read here. Open it where it comes from, copy its words, and paste them."
        ) from None


def remove_press_text(folder: Path, name: str) -> None:
    """Take a text out of the private folder; a name that is not there is passed over."""
    if name in {path.name for path in (folder / PRESS).glob("*")}:
        (folder / PRESS / name).unlink()


def _extract_text(path: Path) -> str:
    if path.suffix.casefold() == ".docx":
        data = package.read_docx(path)
        return "\n".join(word_text.paragraphs(package.unpack(data).xml[package.MAIN]))
    text = plain_text.read_utf8(path)
    if path.suffix.casefold() not in (".html", ".htm"):
        return text
    page = _Page()
    page.feed(text)
    return "".join(page.said)


class _Page(HTMLParser):
    """The words of a saved web page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Scripts and styles are no words; every other tag parts them."""
        self._silent += tag in ("script", "style")
        self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """See above."""
        self._silent = max(0, self._silent - (tag in ("script", "style")))
        self.said.append(" ")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self.said.append(data)
