"""Texts marked by hand with what must be replaced: `{P|Ada}` is a person, unmarked text must survive.

A mark may say who or when: `{P:victim|Ada}` (the same id for every mention of one person, `mum+dad` for two named
together) and `{D:2021-03-14|14 March}` (also 2021-03, 2021, 2021-W11, a span with "/"; `*` for a recurring or general
time that must stay). With these, whether what is told is true can be measured (redaction/evaluation/truth.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import yaml

from redaction.dates.holidays import HOLIDAY
from redaction.entities import MARKS
from redaction.errors import RedactionError
from redaction.evaluation.told_dates import days_of_value
from redaction.lexicon.calendar import MONTHS, SEASONS, WEEKDAYS
from redaction.lexicon.pattern_words import alternatives
from redaction.register import Register
from redaction.results import Anchor

FLAGGED = "Q"
"""The mark of what is flagged for a person and not replaced: it counts neither for nor against a system."""

NEUTRAL = "I"
"""The mark of what counts neither way: the letter of a pseudonym that the author used already.

So does a date with a value that tells no day by itself, and so may stay or go: "in 2016", "the next day", "two weeks later".
"""

RECURRING = "*"
"""The value of a date that tells no day, and so must stay."""

_OPENING = re.compile(r"\{\w*(?::[^|{}\n]*)?\||\[\[\w+\|")
"""Where a mark begins, one of another notation too, which would otherwise be measured as text that must survive."""
_MARK = re.compile(
    rf"\{{(?P<kind>[{''.join(MARKS)}{NEUTRAL}])(?::(?P<value>[^|{{}}\n]+))?\|(?P<words>[^{{}}]*[^{{}}\W_][^{{}}]*)\}}"
)
_TELLS_A_DAY = re.compile(
    rf"\b(?i:{alternatives((*MONTHS, *WEEKDAYS, *SEASONS))})\b|\d\D+\d|\d(?:st|nd|rd|th)\b|(?:{HOLIDAY})"
)
_BODY = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_PUBLIC_FIELDS = frozenset({"text", "why", "owner", "note"})

Part = Literal["tuned on", "held aside"]


@dataclass(frozen=True)
class GoldMark:
    """What one mark covers: offsets into the text without marks, the mark's letter, and who or when it is ("": not said)."""

    start: int
    end: int
    kind: str
    value: str = ""

    @property
    def counts(self) -> bool:
        """Whether a system must replace it."""
        return self.kind not in (FLAGGED, NEUTRAL) and self.value != RECURRING


@dataclass(frozen=True)
class MarkedText:
    """A document: its texts that a reader would see, without marks, and the marks of each."""

    name: str
    texts: tuple[str, ...]
    marks: tuple[tuple[GoldMark, ...], ...]
    register: Register | None = None
    anchor: Anchor | None = None
    measured_only: bool = False

    @property
    def part(self) -> Part:
        """The half it belongs to."""
        return "held aside" if self.measured_only else part_of(self.name)


def part_of(name: str) -> Part:
    """Whether a case may be tuned on; fixed by a hash of its name before anybody saw a figure."""
    return "tuned on" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 < 2 else "held aside"


def parse_marked(text: str) -> tuple[str, tuple[GoldMark, ...]]:
    """Take the marks out of a text.

    Returns:
        The text without marks, and every mark in the text's order; marks never nest.

    Raises:
        RedactionError: a mark has no end, holds nothing or another mark, its letter is none of `MARKS`, or a date's value
            is no time.
    """
    pieces: list[str] = []
    marks: list[GoldMark] = []
    position = length = 0
    for opening in _OPENING.finditer(text):
        match = _MARK.match(text, opening.start())
        if match is None or not _has_sound_value(match):
            line = text.count("\n", 0, opening.start()) + 1
            raise RedactionError(
                f"line {line}: a mark is not well formed; write {{P|words}} or {{P:who|words}}, with one of "
                f"{' '.join(MARKS)}, no mark inside a mark, and as the value of a date a time such as 2021-03-14"
            )
        before = text[position : match.start()]
        start = length + len(before)
        length = start + len(match["words"])
        pieces += (before, match["words"])
        either_way = match["kind"] == "D" and match["value"] and not _TELLS_A_DAY.search(match["words"])
        kind = NEUTRAL if either_way and match["value"] != RECURRING else match["kind"]
        marks.append(GoldMark(start, length, kind, match["value"] or ""))
        position = match.end()
    return "".join((*pieces, text[position:])), tuple(marks)


def _has_sound_value(match: re.Match[str]) -> bool:
    if match["kind"] != "D" or match["value"] in (None, RECURRING):
        return True
    try:
        days_of_value(match["value"])
    except ValueError:
        return False
    return True


def read_text(name: str, text: str, register: Register | None = None) -> MarkedText:
    """A marked document from its whole file: the body after the front matter and the public texts of its lessons.

    Raises:
        RedactionError: a mark is not well formed.
    """
    plain, marks = parse_marked(text)
    parts = list(_public_parts(plain))
    return MarkedText(
        name,
        tuple(plain[start:end] for start, end in parts),
        tuple(_within(marks, start, end) for start, end in parts),
        register,
        _anchor(plain),
        bool(re.search(r"^use: measured-only$", _head(plain), re.MULTILINE)),
    )


def _head(plain: str) -> str:
    front = _BODY.match(plain)
    return front[0] if front else ""


def _anchor(plain: str) -> Anchor | None:
    """The day that dates are told relative to, as a build takes it from the facts in the front matter; None without one."""
    facts = dict(re.findall(r"^(anchor|supervision|notified): *\"?([\w-]+)", _head(plain), re.MULTILINE))
    try:
        day = dt.date.fromisoformat(facts["anchor"])
        until = dt.date.fromisoformat(f"{facts['notified']}-01") if "notified" in facts else None
    except (KeyError, ValueError):
        return None
    event: Literal["release", "sentence"] = (
        "sentence" if facts.get("supervision", "").startswith(("community", "suspended")) else "release"
    )
    return Anchor(day, event, until)


def read_folder(folder: Path, reviews: Path | None = None) -> tuple[MarkedText, ...]:
    """Every marked text (`*.md`, `*.txt`) of a folder, by name.

    A register is read from `<name>.register.yml` beside the text, else from `<reviews>/<name>/register.yml`.

    Raises:
        RedactionError: there is no text, or a text or register cannot be read; no message holds a word of it.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".md", ".txt"))
    if not paths:
        raise RedactionError(
            "the folder holds no marked text: put *.md or *.txt files with marks such as {P|words} in it"
        )
    return tuple(_read_file(position, path, reviews) for position, path in enumerate(paths, 1))


def _read_file(position: int, path: Path, reviews: Path | None) -> MarkedText:
    where = f"marked text {position} by name"
    beside = [path.with_name(f"{path.stem}.register.yml")]
    if reviews is not None:
        beside.append(reviews / path.stem / "register.yml")
    try:
        texts = (file.read_text(encoding="utf-8-sig") for file in beside if file.is_file())
        register = next(map(Register.parse, texts), None)
        return read_text(path.stem, path.read_bytes().decode("utf-8-sig"), register)
    except (OSError, UnicodeDecodeError):
        raise RedactionError(f"{where}: it cannot be read as a UTF-8 text file") from None
    except RedactionError as error:
        raise RedactionError(f"{where}: {error}") from None


def _within(marks: Sequence[GoldMark], start: int, end: int) -> tuple[GoldMark, ...]:
    return tuple(
        replace(m, start=m.start - start, end=m.end - start) for m in marks if start <= m.start and m.end <= end
    )


def _public_parts(plain: str) -> Iterator[tuple[int, int]]:
    """Where the text is that a reader would see: the body first, then what lessons say."""
    front = _BODY.match(plain)
    if front is None:
        yield 0, len(plain)
        return
    yield front.end(), len(plain)
    try:
        # the closing line would start a second YAML document, which has no place here
        yield from _lesson_parts(yaml.compose(front[0].removesuffix("---\n"), Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        # front matter that nobody can read is intake's to report; the body is measured all the same
        return


def _lesson_parts(node: yaml.Node | None, inside: bool = False) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _lesson_parts(item, inside)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if inside and key.value in _PUBLIC_FIELDS and isinstance(value, yaml.ScalarNode):
                yield value.start_mark.index, value.end_mark.index
            elif inside or key.value == "lessons":
                yield from _lesson_parts(value, True)


def halves(documents: Sequence[MarkedText]) -> dict[str, list[int]]:
    """Positions of the documents of each part, and of all; a part that holds none is left out."""
    parts: dict[str, list[int]] = {"held aside": [], "tuned on": [], "all": list(range(len(documents)))}
    for position, document in enumerate(documents):
        parts[document.part].append(position)
    return {part: positions for part, positions in parts.items() if positions}
