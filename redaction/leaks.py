"""Whether any identity is left in bytes.

One search is built over every case, then asked about every file. It answers whose identity it found and how that was
hidden, never the identity itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate

import ahocorasick
import yaml

from redaction.forms import Folded, Form, Strength, fold, fold_text, forms_of
from redaction.lexicon import is_common, kept_spans
from redaction.register import Identity, Kind
from redaction.titles import TITLE_WORDS
from redaction.unpacking import Part, json_strings, parsed_json, parts, unescaped, untagged

ESCAPED = "in an HTML entity or another escape"
TAGGED = "with tags inside it"

_RUN_TOGETHER = 8
"""Letters that a form needs to be searched for with its words run together or cut elsewhere."""

_ANYWHERE = 12
"""Letters with which a form is found even inside a longer word."""


@cache
def common_words() -> frozenset[str]:
    """Names that are ordinary words too: the reviewed list, common.yml."""
    return frozenset(word for group, words in _groups().items() if group != "initials" for word in words.split())


@cache
def _abbreviations() -> frozenset[str]:
    """Abbreviations of the trade, that are nobody's initials."""
    return frozenset(_groups()["initials"].split())


def _groups() -> dict[str, str]:
    groups: dict[str, str] = yaml.safe_load(files("redaction").joinpath("common.yml").read_text(encoding="utf-8"))
    return groups


@dataclass(frozen=True)
class Leak:
    """An identity that was found: who declared it, what it proves, and how it was hidden ("" in plain sight)."""

    owner: str
    strength: Strength
    how: str
    what: str = "an identity"


@dataclass(frozen=True)
class _Pattern:
    """A form to search for, and everyone who declared it."""

    text: str
    kind: str
    owners: frozenset[str]
    common: bool

    @cached_property
    def squeezed(self) -> str:
        return self.text.replace(" ", "")

    @property
    def what(self) -> str:
        return "the folder's name" if self.kind == "folder" else "an identity"

    @cached_property
    def is_initials(self) -> bool:
        return self.kind == "initials" or all(len(word) == 1 for word in self.text.split())

    @cached_property
    def is_number(self) -> bool:
        return self.squeezed.isdigit()

    @cached_property
    def is_code(self) -> bool:
        return any(c.isdigit() for c in self.squeezed) and not self.is_number and " " not in self.text


class LeakSearch:
    """Searches texts and bytes for every identity of every owner.

    Args:
        identities: what each owner (a case) declares.
        names: further names of an owner that must not be found anywhere, such as the name of its folder.
        public: phrases that are published by intention (titles of regions and other terms): an identity that is one
            of them is not searched for, and a single word is passed over inside one.
        common: folded words that are names and ordinary words too (without it, common.yml's): such a name counts only
            where it stands as a name.
    """

    def __init__(
        self,
        identities: Mapping[str, Iterable[Identity]],
        *,
        names: Mapping[str, Iterable[str]] | None = None,
        public: Iterable[str] = (),
        common: Collection[str] | None = None,
    ) -> None:
        self._public = frozenset(fold_text(phrase).strip() for phrase in public)
        self._common = common_words() if common is None else frozenset(common)
        strong: dict[Form, set[str]] = defaultdict(set)
        weak: dict[Form, set[str]] = defaultdict(set)
        chosen: dict[str, frozenset[str]] = {}
        for owner, declared in identities.items():
            declared = tuple(declared)
            chosen[owner] = _chosen_names(declared)
            for form in (form for identity in declared for form in forms_of(identity)):
                if form.text in self._public or form.text in chosen[owner] or len(form.text) < 2:
                    continue
                (strong if _is_strong(form) else weak)[form].add(owner)
        for owner, written in (names or {}).items():
            for text in filter(None, (fold_text(name).strip() for name in written)):
                strong[Form(text, Strength.STRONG, "folder")].add(owner)
        everyone = frozenset[str]().union(*chosen.values()) if chosen else frozenset()
        self._spaced, self._squeezed = self._strong_finders(self._patterns(strong))
        weak_patterns = self._patterns(weak)
        self._elsewhere = _finder((f" {p.text} ", p) for p in weak_patterns if self._counts_elsewhere(p, everyone))
        self._weak: dict[str, list[_Pattern]] = defaultdict(list)
        for pattern in weak_patterns:
            for owner in pattern.owners:
                self._weak[owner].append(pattern)
        self._own_finders: dict[str, ahocorasick.Automaton | None] = {}
        self._public_finder = _finder((f" {phrase} ", phrase) for phrase in self._public if " " in phrase)

    # --- asking -------------------------------------------------------------------------------------------------

    def bytes(self, data: bytes, own: str | None = None) -> tuple[Leak, ...]:
        """What is left in a file's bytes; `own` is the owner whose page or record it is.

        Raises:
            UnpackingError: the bytes cannot be read to the end.
        """
        found: dict[tuple[str, Strength], Leak] = {}
        for part in parts(data):
            for leak in self.part(part, own):
                found.setdefault((leak.owner, leak.strength), leak)
        return tuple(found.values())

    def text(self, text: str, own: str | None = None) -> tuple[Leak, ...]:
        """What is left in a text."""
        return self.part(Part(text), own)

    def part(self, part: Part, own: str | None = None) -> tuple[Leak, ...]:
        """What is left in one of the texts that a file holds."""
        found: dict[tuple[str, Strength], Leak] = {}
        seen = read_as_seen(part.text)
        for text, how in _views(part.text, seen):
            for owner, what in self._strong(_View(text), part.exact).items():
                leak = Leak(owner, Strength.STRONG, _joined(part.how, how), what)
                found.setdefault((owner, leak.strength), leak)
        weak = self._weak_elsewhere(_View(seen)) if part.exact else set()
        if own is not None and own in self._weak:
            weak |= self._weak_own(part, own)
        for owner in weak:
            if (owner, Strength.STRONG) not in found:
                found[owner, Strength.WEAK] = Leak(owner, Strength.WEAK, part.how)
        return tuple(found.values())

    # --- strong forms: anywhere -----------------------------------------------------------------------------------

    def _patterns(self, forms: Mapping[Form, set[str]]) -> list[_Pattern]:
        return [
            _Pattern(form.text, form.kind, frozenset(owners), self._is_common(form)) for form, owners in forms.items()
        ]

    def _is_common(self, form: Form) -> bool:
        """Whether a form reads as ordinary words: a common word, or an initial before one ("a young")."""
        words = form.text.split()
        if len(words) == 2 and words[0] in ("a", "i"):
            return True
        if form.kind == "inverted" or (len(words) == 2 and len(words[0]) == 1):
            words = [word for word in words if len(word) > 1]
            return bool(words) and all(word in self._common for word in words)
        return form.text in self._common

    @staticmethod
    def _strong_finders(patterns: list[_Pattern]) -> tuple[ahocorasick.Automaton | None, ahocorasick.Automaton | None]:
        squeezed: list[_Pattern] = []
        spaced: list[_Pattern] = []
        for pattern in patterns:
            enough = 6 if pattern.is_code else _RUN_TOGETHER
            loose = len(pattern.squeezed) >= enough and not pattern.common and pattern.kind not in ("folder", "handle")
            (squeezed if loose else spaced).append(pattern)
        return (
            _finder((f" {pattern.text} ", pattern) for pattern in spaced),
            _finder((pattern.squeezed, pattern) for pattern in squeezed),
        )

    def _strong(self, view: _View, exact: bool) -> dict[str, str]:
        """Each owner of whom something strong was found, and what it is."""
        owners: dict[str, str] = {}
        for end, pattern in _hits(self._spaced, view.folded):
            start = end - len(pattern.text)
            if not pattern.owners <= owners.keys() and _stands_whole(view, pattern, start, end, exact):
                owners |= dict.fromkeys(pattern.owners, pattern.what)
        if self._squeezed is not None:
            for end, pattern in _hits(self._squeezed, view.squeezed):
                start = end + 1 - len(pattern.squeezed)
                if not pattern.owners <= owners.keys() and view.holds(pattern, start, end + 1):
                    owners |= dict.fromkeys(pattern.owners, pattern.what)
        return owners

    # --- weak forms: one word -------------------------------------------------------------------------------------

    def _counts_elsewhere(self, pattern: _Pattern, chosen: Collection[str]) -> bool:
        """Whether a single word says anything on pages of others: two letters or four digits do not."""
        return (
            not pattern.is_initials
            and pattern.kind not in ("code", "handle")
            and not pattern.common
            and pattern.text not in chosen
        )

    def _weak_elsewhere(self, view: _View) -> set[str]:
        owners: set[str] = set()
        for end, pattern in _hits(self._elsewhere, view.folded):
            start = end - len(pattern.text)
            if pattern.owners <= owners or self._is_masked(view, start, end):
                continue
            if view.stands_as_name(start, end):
                owners |= pattern.owners
        return owners

    def _weak_own(self, part: Part, own: str) -> set[str]:
        if own not in self._own_finders:
            self._own_finders[own] = _finder((f" {pattern.text} ", pattern) for pattern in self._weak[own])
        content = _content(part.text)
        for text, prose in ((read_as_seen(content), True), (_unseen_words(content), False)):
            view = _View(text)
            for end, pattern in _hits(self._own_finders[own], view.folded):
                start = end - len(pattern.text)
                if (part.exact or len(pattern.text) > 4) and self._counts_here(view, pattern, start, end, prose):
                    return {own}
        return set()

    def _counts_here(self, view: _View, pattern: _Pattern, start: int, end: int, prose: bool) -> bool:
        """Whether a single word on its own case's page is that name, and not an ordinary word or a term."""
        if pattern.kind == "code":
            return prose
        if not prose and (pattern.common or len(pattern.text) < 3 or pattern.is_initials):
            return False
        if self._is_masked(view, start, end):
            return False
        if pattern.is_initials:
            return view.raw(start, end).isupper() and pattern.squeezed not in _abbreviations()
        if pattern.common:
            return view.stands_as_name(start, end) and not view.in_label(start, end)
        # in lower case a word of the dictionary is just that; so are two letters ("ed", "al")
        ordinary = len(pattern.text) < 3 or is_common(pattern.text)
        return not ordinary or view.raw(start, end)[:1].isupper()

    def _is_masked(self, view: _View, start: int, end: int) -> bool:
        """Whether a word stands inside a phrase that is published by intention, or a term of the trade."""
        if any(first <= start and end <= last for first, last in view.spans_of(self._public_finder)):
            return True
        first, after = view.span(start, end)
        return any(s <= first and after <= e for s, e in view.kept)


class _View:
    """A text with its folded and squeezed forms, and the way back to how it is written, worked out when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded(text)
        self._spans: list[tuple[int, int]] | None = None

    @cached_property
    def squeezed(self) -> str:
        return self.folded.replace(" ", "")

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word of the folded text starts in the squeezed one, and its end."""
        return [0, *accumulate(map(len, self.folded.split()))]

    @cached_property
    def _way_back(self) -> Folded:
        return fold(self.text)

    def spans_of(self, finder: ahocorasick.Automaton | None) -> list[tuple[int, int]]:
        """Where a finder's phrases stand in the folded text (asked for one finder alone)."""
        if self._spans is None:
            self._spans = [(end - len(p[0]), end) for end, p in finder.iter(self.folded)] if finder else []
        return self._spans

    @cached_property
    def kept(self) -> list[tuple[int, int]]:
        return kept_spans(self.text, self._way_back)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the folded text stands in the text."""
        return self._way_back.offsets[start], self._way_back.offsets[end - 1] + 1

    def raw(self, start: int, end: int) -> str:
        """A span of the folded text as it is written, letters and digits alone."""
        first, last = self.span(start, end)
        return "".join(c for c in self.text[first:last] if c.isalnum())

    def holds(self, pattern: _Pattern, start: int, end: int) -> bool:
        """Whether what was found in the squeezed text is that form and no accident of run-together words."""
        inside = bisect_left(self._starts, end) - bisect_right(self._starts, start)
        if (pattern.is_code or pattern.is_number) and self._is_decimal(start, end, bool(inside)):
            return False
        if self._is_word_edge(start) and self._is_word_edge(end):
            return True
        if pattern.is_code and len(pattern.squeezed) > 6 and not inside:
            return True
        if len(pattern.squeezed) >= _ANYWHERE and not pattern.is_number:
            return True
        return self._changes(start) and self._changes(end)

    def _is_word_edge(self, place: int) -> bool:
        index = bisect_left(self._starts, place)
        return index < len(self._starts) and self._starts[index] == place

    def _written(self, place: int) -> int:
        """Where a character of the squeezed text stands in the text."""
        return self._way_back.offsets[place + bisect_right(self._starts, place)]

    def _changes(self, place: int) -> bool:
        """Whether the writing changes here as it does at a word's edge: `camelCase`, `word12`."""
        if self._is_word_edge(place):
            return True
        before, after = self.text[self._written(place - 1)], self.text[self._written(place)]
        return before.isdigit() != after.isdigit() or (before.islower() and after.isupper())

    def _is_decimal(self, start: int, end: int, parted: bool) -> bool:
        """Whether a code's parts, or its neighbours, are joined to it by a point or comma, as in coordinates."""
        first, last = self._written(start), self._written(end - 1) + 1
        return is_fraction(self.text, first, last) or (
            parted and re.search(r"\d[.,]\s*\d", self.text[first:last]) is not None
        )

    def stands_as_name(self, start: int, end: int) -> bool:
        """Capitalised, and not because a sentence starts there."""
        first, _ = self.span(start, end)
        return self.text[first].isupper() and not _starts_sentence(self.text, first)

    def in_label(self, start: int, end: int) -> bool:
        """Whether it stands in brackets, as the labels do that took the place of names."""
        first, last = self.span(start, end)
        opened = self.text.rfind("[", max(0, first - 60), first)
        return opened >= 0 and "]" not in self.text[opened:first] and self.text.find("]", last, last + 60) >= 0


# --- forms ------------------------------------------------------------------------------------------------------------


def _is_strong(form: Form) -> bool:
    """Forms say so themselves, but letters alone ("d p") are initials, and a handle may be a word ("l ayers": layers)."""
    is_word = form.kind == "handle" and is_common(form.text)
    return form.strength is Strength.STRONG and len(form.text.replace(" ", "")) > 3 and not is_word


def _chosen_names(identities: Iterable[Identity]) -> frozenset[str]:
    """Names that families chose to publish, folded, whole and by their words."""
    whole = [fold_text(i.published_as).strip() for i in identities if i.kind is Kind.PERSON and i.published_as]
    return frozenset(whole) | frozenset(word for name in whole for word in name.split())


def _finder(patterns: Iterable[tuple[str, object]]) -> ahocorasick.Automaton | None:
    """An automaton over the patterns, or None if there are none. A pattern may have several payloads."""
    payloads: dict[str, list[object]] = defaultdict(list)
    for key, payload in patterns:
        payloads[key].append(payload)
    if not payloads:
        return None
    automaton = ahocorasick.Automaton()
    for key, values in payloads.items():
        automaton.add_word(key, tuple(values))
    automaton.make_automaton()
    return automaton


def _hits(finder: ahocorasick.Automaton | None, text: str) -> Iterator[tuple[int, _Pattern]]:
    """Every (index of the last character, pattern) of a search."""
    if finder is not None:
        for end, payloads in finder.iter(text):
            for payload in payloads:
                yield end, payload


def is_fraction(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a longer number: `12.17734`, `17734.5`."""
    return re.search(r"\d[.,]$", text[max(0, start - 2) : start]) is not None or (
        re.match(r"[.,]\d", text[end : end + 2]) is not None
    )


def _stands_whole(view: _View, pattern: _Pattern, start: int, end: int, exact: bool) -> bool:
    """Whether a hit on whole words is meant: not a number's decimals, not ordinary words in a row."""
    if not exact and len(pattern.squeezed) < 6:
        return False
    if pattern.is_number:
        first, last = view.span(start, end)
        return not is_fraction(view.text, first, last)
    if pattern.common:
        first, last = view.span(start, end)
        written = view.text[first:last]
        words = re.findall(r"[^\W\d_]+", written)
        # "a-whitlock" in an address is a name where "a whitlock" is not
        joined = re.fullmatch(r"[\w.-]+", written) is not None and not is_common(pattern.text.split()[-1])
        return joined or all(word[0].isupper() for word in words)
    return True


# --- texts ------------------------------------------------------------------------------------------------------------

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_PLAIN = bytes(ord(chr(b).lower()) if chr(b).isalnum() and b < 128 else 32 for b in range(256))


def folded(text: str) -> str:
    """`fold_text`, several times as fast where most of the text is ASCII."""
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
    seen = untagged(text) if "<" in text else text.replace("*", "").replace("`", "")
    for decoded in unescaped(seen):
        seen = decoded
    return seen


def _views(text: str, seen: str) -> Iterator[tuple[str, str]]:
    """The ways to read a text, each with how a name was hidden that only shows there."""
    yield text, ""
    for decoded in unescaped(text):
        yield decoded, ESCAPED
    if "<" in text:
        yield seen, TAGGED
    if "<" in seen:
        # tags that were themselves escaped, as in feeds
        yield untagged(seen), TAGGED


_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_HEAD = re.compile(r"<title>.*?</title>|<meta\b[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"\s(?!(?:class|style|d|viewbox|rel|type|role|points|transform|charset|http-equiv|name|property|lang|dir|for|fill"
    r"|stroke|xmlns[:\w]*|data-md-[\w-]*)\s*=)[a-zA-Z][\w:-]*\s*=\s*(\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"<!--(.*?)-->", re.DOTALL)


def _content(text: str) -> str:
    """What a page says itself: title, description and article, without the menus that every page has."""
    article = _ARTICLE.search(text)
    return "\n".join([*_HEAD.findall(text), article[0]]) if article else text


def _unseen_words(text: str) -> str:
    """What HTML holds besides what is seen: addresses, alternatives, titles, comments."""
    if "<" not in text:
        return ""
    seen = "\n".join([*(value[1:-1] for value in _ATTRIBUTE.findall(text)), *_COMMENTS.findall(text)])
    for decoded in unescaped(seen):
        seen = decoded
    return seen


_BEFORE_NAMES = frozenset({*TITLE_WORDS, "st"})


def _starts_sentence(text: str, place: int) -> bool:
    """Whether a capital at this place may be owed to a sentence, a line, a cell or a list item that starts there."""
    before = text[max(0, place - 40) : place]
    opened = before.rstrip("\"'“”‘’([ \t\u00a0")
    if not opened:
        return len(before) < 40
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


def _joined(*how: str) -> str:
    return ", ".join(filter(None, how))
