"""Text as a reader sees it: hidden characters, look-alikes, emphasis and entities gone, with the way back.

A name can hide from a pattern and not from a person: `**Dan**iel`, `Dan&#105;el`, a zero-width space, a Cyrillic
letter that looks Latin. Detection runs on the normalised text; replacement happens in the source.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

LOOKALIKES = str.maketrans(
    # Cyrillic, Greek and others that a reader takes for these Latin letters (Unicode TR39's confusables, the common ones)
    "аеорсухіјѕһԁԛԝӏАВЕЅКМНІОРСТХУЈαοινκρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıℓ‐‑’‘ʼ“”",
    "aeopcyxijshdqwlABESKMHIOPCTXYJaoivkptuxABEZHIKMNOPTYXagil--'''\"\"",
)
"""Letters of other alphabets that look Latin."""

_HIDDEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_MARKUP: tuple[tuple[str, str], ...] = (
    ("hidden", rf"[{_HIDDEN}]+"),
    ("entity", r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});"),
    ("pipe", r"\\\|"),
    ("escape", r"\\(?=[!-/:-@\[-`{-~])"),
    ("emphasis", r"(?!(?<!\S)\*\s)\*+|~~|`+|(?<![^\W_])_+|_+(?![^\W_])"),
    # a word that was broken at the line's end is one word
    ("broken", r"(?<=[^\W\d_])-\n(?:[ \t]*>)?[ \t]*(?=[a-zß-ÿ])"),
    ("wrap", r"(?<=[^\s|])\n(?:[ \t]*>)?[ \t]*(?=[^\s|#>*+\-\d\[])"),
    ("other", r"[^\x00-\x7f]"),
)
_NARROW = 45
"""Characters that every line of a paragraph has but for the last."""
_RUNS_ON = re.compile(r"(?:^|\s)[a-zß-ÿ].*[^.,;:!?)\s]$")
"""A line of a sentence that goes on: it has words in small letters, and nothing ends it."""
_SPECIAL = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _MARKUP))
_MARKERS = re.compile(r"\*+|~~|`+|_+")
COLUMN_GAP = r"\t+|(?<=[^\s.!?:;,]) {2,}(?=\S)"
"""What parts the columns of a table without pipes: a tab, or more than the space between words and sentences."""
_CELLS = re.compile(rf".*?(?:\||{COLUMN_GAP})")


@dataclass(frozen=True)
class NormalisedText:
    """`text` as read; character i of it was written at `source[starts[i]:ends[i]]`."""

    source: str
    text: str
    starts: list[int]
    ends: list[int]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the text is in the source, widened so that emphasis stays balanced."""
        first, last = self.starts[start], self.ends[end - 1]
        return _balance(self.source, first, last)

    def from_source(self, first: int, last: int) -> tuple[int, int] | None:
        """Where a span of the source is in the text; None where nothing of it is read."""
        start, end = bisect_left(self.starts, first), bisect_left(self.starts, last)
        return (start, end) if start < end else None


def normalise(source: str) -> NormalisedText:
    """Read a source text (Markdown or plain)."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def emit(text: str, start: int, end: int) -> None:
        pieces.append(text)
        starts.extend([start] * len(text))
        ends.extend([end] * len(text))

    position = 0
    for match in _SPECIAL.finditer(source):
        if match.start() < position:
            continue
        if match.start() > position:
            pieces.append(source[position : match.start()])
            starts.extend(range(position, match.start()))
            ends.extend(range(position + 1, match.start() + 1))
        position = match.end()
        kind = match.lastgroup
        if kind == "entity":
            emit(_readable(html.unescape(match[0])), match.start(), match.end())
        elif kind == "wrap":
            emit("\n" if _parts_rows(source, match) else " ", match.start(), match.end())
        elif kind == "pipe":
            # it stays apart from the pipes that part cells
            emit("¦", match.start(), match.end())
        elif kind == "other":
            combined = _with_marks(source, match.start())
            position = match.start() + len(combined)
            emit(_readable(combined), match.start(), position)
            if unicodedata.combining(match[0]) and pieces[-1] == match[0] and len(pieces) > 1:
                _compose(pieces, starts, ends)
    if position < len(source):
        pieces.append(source[position:])
        starts.extend(range(position, len(source)))
        ends.extend(range(position + 1, len(source) + 1))
    return NormalisedText(source, "".join(pieces), starts, ends)


def _parts_rows(source: str, wrap: re.Match[str]) -> bool:
    """Whether a line ends here for good: a heading, or a row above another one."""
    start = source.rfind("\n", 0, wrap.start()) + 1
    if source[start : start + 1] in ("|", "#") or _ends_early(source, start, wrap):
        return True
    return all(
        _CELLS.match(source, *line) for line in ((start, wrap.start()), (wrap.end(), _line_end(source, wrap.end())))
    )


def _ends_early(source: str, start: int, wrap: re.Match[str]) -> bool:
    """Whether a short line could have held the next word too, as a line beside it does: rows of a log or an address.

    A sentence goes on over its line's end, and so may a name in it.
    """
    line = source[start : wrap.start()]
    if not line.strip(" \t>") or _RUNS_ON.search(line):
        return False
    last = _line_end(source, wrap.end())
    word = source.find(" ", wrap.end(), last)
    length = wrap.start() - start + 1 + (word if word >= 0 else last) - wrap.end()
    before = start - 1 - (source.rfind("\n", 0, max(0, start - 1)) + 1)
    return length <= min(_NARROW, max(before, last - wrap.end()))


def _line_end(source: str, start: int) -> int:
    end = source.find("\n", start)
    return len(source) if end < 0 else end


def _with_marks(source: str, start: int) -> str:
    """The character at `start` with the combining marks that follow it."""
    end = start + 1
    while end < len(source) and unicodedata.combining(source[end]):
        end += 1
    return source[start:end]


def _compose(pieces: list[str], starts: list[int], ends: list[int]) -> None:
    """Join a combining mark to the plain letter before it: `e` + acute is one letter to a reader."""
    mark = pieces.pop()
    before = pieces.pop()
    joined = unicodedata.normalize("NFC", before[-1:] + mark) if before else mark
    if before and len(joined) == 1:
        pieces.append(before[:-1] + joined)
        ends[-2] = ends[-1]
        del starts[-1], ends[-1]
    else:
        pieces.extend((before, mark))


def _readable(text: str) -> str:
    """A character or entity as a reader sees it: composed, Latin where it looks Latin."""
    plain = unicodedata.normalize("NFKC", text).translate(LOOKALIKES)
    if "\N{FRACTION SLASH}" in plain:
        # "3½" is no 31 of anything
        return text
    return " " if plain.isspace() else plain


def _balance(source: str, start: int, end: int) -> tuple[int, int]:
    """Take in a neighbouring emphasis marker where the span holds only one half of a pair."""
    for marker in sorted({m[0] for m in _MARKERS.finditer(source, start, end)}, key=len, reverse=True):
        if source.count(marker, start, end) % 2:
            if source.endswith(marker, 0, start):
                start -= len(marker)
            elif source.startswith(marker, end):
                end += len(marker)
    return start, end
