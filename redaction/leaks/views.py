"""A text as it is searched: folded, squeezed and as a reader sees it, with the way back to how it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

import ahocorasick

from redaction.leaks.decoding import ESCAPED, json_strings, parsed_json, read_otherwise, undone
from redaction.leaks.markup import join_markup, untagged
from redaction.leaks.patterns import RUN_TOGETHER, Pattern
from redaction.lexicon.retained_terms import retained_spans
from redaction.lexicon.titles import TITLE_WORDS
from redaction.names.inside_words import changes, is_inside
from redaction.names.searchable import is_full_name
from redaction.text.folding import Folded, fold, fold_text

TAGGED = "with tags inside it"

_ANYWHERE = 12
"""Letters with which a form is found even inside a longer word."""


class View:
    """A text with its folded and squeezed forms, and the way back to how it is written, worked out when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded(text)
        self._spans: list[tuple[int, int]] | None = None

    @cached_property
    def squeezed(self) -> str:
        """The folded text with its words run together."""
        return self.folded.replace(" ", "")

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word of the folded text starts in the squeezed one, and its end."""
        return [0, *accumulate(map(len, self.folded.split()))]

    @cached_property
    def _way_back(self) -> Folded:
        return fold(self.text)

    def spans_of(self, finder: ahocorasick.Automaton | None) -> list[tuple[int, int]]:
        """Where a finder's phrases are in the folded text (asked for one finder alone)."""
        if self._spans is None:
            self._spans = [(end - len(p[0]), end) for end, p in finder.iter(self.folded)] if finder else []
        return self._spans

    @cached_property
    def kept(self) -> list[tuple[int, int]]:
        """Where terms of the trade are in the text."""
        return retained_spans(self.text, self._way_back)

    def is_kept(self, start: int, end: int) -> bool:
        """Whether a span of the text is inside a term of the trade."""
        return any(first <= start and end <= last for first, last in self.kept)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the folded text is in the text."""
        return self._way_back.offsets[start], self._way_back.offsets[end - 1] + 1

    def raw(self, start: int, end: int) -> str:
        """A span of the folded text as it is written, letters and digits alone."""
        first, last = self.span(start, end)
        return "".join(c for c in self.text[first:last] if c.isalnum())

    def holds(self, pattern: Pattern, start: int, end: int) -> bool:
        """Whether what was found in the squeezed text is that form and no accident of run-together words."""
        first, last = self.unsqueezed(start, end)
        if len(pattern.squeezed) < RUN_TOGETHER and is_full_name(pattern):
            return is_inside(self.text, self._way_back, first, last, pattern.text)
        inside = " " in self.folded[first:last]
        if (pattern.is_code or pattern.is_number) and self._is_decimal(first, last, inside):
            return False
        if self.folded[first - 1] == self.folded[last] == " ":
            return True
        if pattern.is_code and len(pattern.squeezed) > 6 and not inside:
            return True
        if len(pattern.squeezed) >= _ANYWHERE and not pattern.is_number:
            return True
        if is_full_name(pattern) and is_inside(self.text, self._way_back, first, last, pattern.text):
            return True
        return changes(self.text, self._way_back, first) and changes(self.text, self._way_back, last)

    def unsqueezed(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the squeezed text is in the folded one."""
        return self._unsqueezed(start), self._unsqueezed(end - 1) + 1

    def _unsqueezed(self, place: int) -> int:
        """Where a character of the squeezed text is in the folded one."""
        return place + bisect_right(self._starts, place)

    def _is_decimal(self, start: int, end: int, parted: bool) -> bool:
        """Whether a code's parts, or its neighbours, are joined to it by a point or comma, as in coordinates."""
        first, last = self.span(start, end)
        return is_fraction(self.text, first, last) or (
            parted and re.search(r"\d[.,]\s*\d", self.text[first:last]) is not None
        )

    def stands_as_name(self, start: int, end: int) -> bool:
        """Capitalised, and not because a sentence starts there."""
        return self.is_capital(self.span(start, end)[0])

    def is_capital(self, first: int) -> bool:
        """Whether a name that begins at this place of the text has a capital, and not because a sentence starts there."""
        return self.text[first].isupper() and not _starts_sentence(self.text, first)

    def in_label(self, start: int, end: int) -> bool:
        """Whether it is in brackets, as the labels are that took the place of names."""
        first, last = self.span(start, end)
        opened = self.text.rfind("[", max(0, first - 60), first)
        return opened >= 0 and "]" not in self.text[opened:first] and self.text.find("]", last, last + 60) >= 0


def is_fraction(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a longer number: `12.17734`, `17734.5`."""
    return re.search(r"\d[.,]$", text[max(0, start - 2) : start]) is not None or (
        re.match(r"[.,]\d", text[end : end + 2]) is not None
    )


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_PLAIN = bytes(ord(chr(b).lower()) if chr(b).isalnum() and b < 128 else 32 for b in range(256))


def folded(text: str) -> str:
    """`fold_text`, faster where nearly all of the text is ASCII."""
    if 10 * len(text.encode("ascii", errors="ignore")) < 9 * len(text):
        # another script, or an image's bytes read as text
        return fold_text(text)
    plain = _NOT_ASCII.sub(lambda match: _folded_exotic(match[0]), text)
    words = plain.encode("ascii", errors="replace").translate(_PLAIN).split()
    return " " + (b" ".join(words) + b" ").decode("ascii") if words else " "


@lru_cache(1 << 16)
def _folded_exotic(text: str) -> str:
    inner = fold_text(f"a{text}a")
    # the letters on both sides show whether a space belongs there
    return inner[2:-2]


def read_as_seen(text: str) -> str:
    """A text as a reader sees it: JSON's strings a line each, HTML without tags, entities and escapes decoded."""
    data = parsed_json(text)
    if data is not None:
        text = "\n".join(json_strings(data))
    if "<!" in text:
        text = join_markup(text)
    seen = untagged(text) if "<" in text else text.replace("*", "").replace("`", "")
    return _undone(seen)


def _undone(text: str) -> str:
    """The text as the last round of steps leaves it."""
    for decoded in undone(text):
        text = decoded
    return text


def search_views(text: str, rounds: Sequence[str], seen: str) -> Iterator[tuple[str, str]]:
    """The ways to read a text, each with how a name was hidden that only shows there.

    Args:
        text: as it is written.
        rounds: the text after each round of undoing its escapes.
        seen: the text as a reader sees it.
    """
    yield text, ""
    for decoded in rounds:
        yield decoded, ESCAPED
    last = rounds[-1] if rounds else text
    if seen not in (text, last):
        yield seen, TAGGED
    if "<" in seen:
        # tags that were themselves escaped, as in feeds
        yield untagged(seen), TAGGED
    yield from read_otherwise(last)


_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_HEAD = re.compile(r"<title>.*?</title>|<meta\b[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"\s(?!(?:class|style|d|viewbox|rel|type|role|points|transform|charset|http-equiv|name|property|lang|dir|for|fill"
    r"|stroke|xmlns[:\w]*|data-md-[\w-]*)\s*=)[a-zA-Z][\w:-]*\s*=\s*(\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"<!--(.*?)-->", re.DOTALL)


def content(text: str) -> str:
    """What a page says itself: title, description and article, without the menus that every page has."""
    article = _ARTICLE.search(text)
    return "\n".join([*_HEAD.findall(text), article[0]]) if article else text


def unseen_words(text: str) -> str:
    """What HTML holds besides what is seen: addresses, alternatives, titles, comments."""
    if "<" not in text:
        return ""
    return _undone("\n".join([*(value[1:-1] for value in _ATTRIBUTE.findall(text)), *_COMMENTS.findall(text)]))


_BEFORE_NAMES = frozenset({*TITLE_WORDS, "st"})


def _starts_sentence(text: str, place: int) -> bool:
    """Whether a capital at this place may be owed to a sentence, a line, a cell or a list item that starts there."""
    before = text[max(0, place - 40) : place]
    opened = before.rstrip("\"'“”‘’([ \t\u00a0")
    if not opened:
        return len(before) < 40
    if before.endswith("#"):
        # a hashtag; a heading's sign has a space behind it
        return False
    last = opened[-1]
    if last in "\n\r!?…|•*#>;\x1e":
        return True
    if last == ".":
        word = re.search(r"([^\W\d_]+)\.$", opened)
        return not (word and (word[1].casefold() in _BEFORE_NAMES or len(word[1]) == 1))
    if last == "-":
        return re.search(r"(?:^|\n)\s*-$", opened) is not None and opened != before
    # a cell: `1,Murder` or `,"Grant …`
    return last == "," and not re.search(r"\s", before[len(opened) :])
