"""Whether any identity is left in bytes.

One search is built over every case, then asked about every file. It answers whose identity it found and how that was
hidden, never the identity itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import ahocorasick

from redaction.leaks.namesakes import Namesakes
from redaction.leaks.patterns import RUN_TOGETHER, Pattern, hits, is_strong, stems_of
from redaction.leaks.unpacking import Part, unpack
from redaction.leaks.views import View, content, is_fraction, read_as_seen, search_views, unseen_words
from redaction.lexicon.gate_words import gate_abbreviations, gate_common_words
from redaction.lexicon.words import is_english_word
from redaction.names.inside_words import PLAIN, parts_named
from redaction.names.searchable import is_full_name, is_rare_surname, is_single_name
from redaction.names.surface_forms import (
    PHRASE,
    PREMISES,
    SPELLING,
    Form,
    Strength,
    born_forms,
    forms_of,
    is_day_written,
    is_one_phrase,
    written_as_initials,
)
from redaction.register import Identity, IdentityKind
from redaction.text.finder import finder_of
from redaction.text.folding import fold_text


@dataclass(frozen=True)
class Leak:
    """An identity that was found: who declared it, what it proves, and how it was hidden ("" in plain sight)."""

    owner: str
    strength: Strength
    how: str
    what: str = "an identity"


_ANY_CASE = 6
"""Letters of a rare surname that is one however its letters are cased; a shorter one may be part of a hash."""
_Owners = dict[tuple[str, str], set[str]]
"""Everyone who declares a form, by its text and its kind."""

_BODIES = frozenset({"place", "organisation", PHRASE, SPELLING})
_CELL_BORDER = re.compile(r'["\t|;]|,(?! )')
"""What parts two cells of data; a comma in a sentence has a space behind it."""


class LeakSearch:
    """Searches texts and bytes for every identity of every owner.

    Args:
        identities: what each owner (a case) declares; the words of their namesakes are no leak but on the owner's own pages.
        names: further names of an owner that must not be found anywhere, such as the name of its folder.
        public: phrases that are published by intention (titles of regions and other terms): an identity that is one
            of them is not searched for, and a single word is passed over inside one.
        common: folded words that are names and ordinary words too (without it, gate_common_words.yml's): such a name counts only
            where it is used as a name.
        only: the owners whose identities are searched for, if not everybody's; which names are chosen, the others say too.
    """

    def __init__(
        self,
        identities: Mapping[str, Iterable[Identity]],
        *,
        names: Mapping[str, Iterable[str]] | None = None,
        public: Iterable[str] = (),
        common: Collection[str] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        self._public = frozenset(fold_text(phrase).strip() for phrase in public)
        self._common = gate_common_words() if common is None else frozenset(common)
        strong: _Owners = defaultdict(set)
        weak: _Owners = defaultdict(set)
        chosen: dict[str, frozenset[str]] = {}
        identities = {owner: tuple(declared) for owner, declared in identities.items()}
        self._namesakes = Namesakes(identities)
        for owner, declared in identities.items():
            chosen[owner] = _chosen_names(declared)
            if only is not None and owner not in only:
                continue
            for form in (form for identity in declared for form in (*forms_of(identity), *_born(identity))):
                if form.text in self._public or form.text in chosen[owner] or len(form.text) < 2:
                    continue
                (strong if is_strong(form) else weak)[form.text, form.kind].add(owner)
        for owner, written in (names or {}).items():
            if only is not None and owner not in only:
                continue
            for text in filter(None, (fold_text(name).strip() for name in written)):
                strong[text, "folder"].add(owner)
        everyone = frozenset[str]().union(*chosen.values()) if chosen else frozenset()
        weak_patterns = self._patterns(weak)
        rare = [p for p in weak_patterns if is_rare_surname(p) and self._counts_elsewhere(p, everyone)]
        rare += [stem for p in rare if p.kind == "surname" for stem in stems_of(p) if stem.text not in everyone]
        self._spaced, self._squeezed = self._strong_finders(self._patterns(strong), rare)
        self._elsewhere = finder_of((f" {p.text} ", p) for p in weak_patterns if self._counts_elsewhere(p, everyone))
        self._weak: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in weak_patterns:
            for owner in pattern.owners:
                self._weak[owner].append(pattern)
        self._parts: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in weak_patterns:
            if is_single_name(pattern) and not pattern.common:
                self._parts[pattern.squeezed].append(pattern)
        self._chosen = everyone
        self._own_finders: dict[str, ahocorasick.Automaton | None] = {}
        self._public_words = tuple(f" {phrase} " for phrase in self._public)
        self._public_finder = finder_of((f" {phrase} ", phrase) for phrase in self._public if " " in phrase)

    # --- asking -------------------------------------------------------------------------------------------------

    def bytes(self, data: bytes, own: str | None = None) -> tuple[Leak, ...]:
        """What is left in a file's bytes; `own` is the owner whose page or record it is.

        Raises:
            UnpackingError: the bytes cannot be read to the end.
        """
        found: dict[tuple[str, Strength], Leak] = {}
        for part in unpack(data):
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
        for text, how in search_views(part.text, part.undone, seen):
            for owner, what in self._strong(View(text), part, own).items():
                leak = Leak(owner, Strength.STRONG, _joined(part.how, how), what)
                found.setdefault((owner, leak.strength), leak)
        weak = self._weak_elsewhere(View(seen), part, own) if part.exact else set()
        if own is not None and own in self._weak:
            weak |= self._weak_own(part, own)
        for owner in weak:
            if (owner, Strength.STRONG) not in found:
                found[owner, Strength.WEAK] = Leak(owner, Strength.WEAK, part.how)
        return tuple(found.values())

    # --- strong forms: anywhere -----------------------------------------------------------------------------------

    def _patterns(self, forms: _Owners) -> list[Pattern]:
        return [
            Pattern(text, kind, frozenset(owners), self._is_common(text, kind))
            for (text, kind), owners in forms.items()
        ]

    def _is_common(self, text: str, kind: str) -> bool:
        """Whether a form reads as ordinary words: a common word, or an initial before one ("a young")."""
        words = text.split()
        if len(words) == 2 and words[0] in ("a", "i"):
            return True
        if kind == "inverted" or (len(words) == 2 and len(words[0]) == 1):
            words = [word for word in words if len(word) > 1]
            return bool(words) and all(word in self._common for word in words)
        return text in self._common

    @staticmethod
    def _strong_finders(
        patterns: list[Pattern], rare: list[Pattern]
    ) -> tuple[ahocorasick.Automaton | None, ahocorasick.Automaton | None]:
        squeezed: list[Pattern] = []
        spaced: list[Pattern] = [*rare]
        for pattern in patterns:
            enough = 6 if pattern.is_code else RUN_TOGETHER
            apart = pattern.common or pattern.kind in ("folder", "handle", "born")
            loose = len(pattern.squeezed) >= enough and not apart
            if loose or (is_full_name(pattern) and not apart):
                squeezed.append(pattern)
            if not loose:
                spaced.append(pattern)
        return (
            finder_of((f" {pattern.text} ", pattern) for pattern in spaced),
            finder_of((pattern.squeezed, pattern) for pattern in squeezed),
        )

    def _strong(self, view: View, part: Part, own: str | None) -> dict[str, str]:
        """Each owner of whom something strong was found, and what it is."""
        owners: dict[str, str] = {}
        for end, pattern in hits(self._spaced, view.folded):
            start = end - len(pattern.text)
            if pattern.owners <= owners.keys() or not _stands_whole(view, pattern, start, end, part.exact):
                continue
            if pattern.is_surname and self._is_masked(view, start, end):
                continue
            if not self._is_of_cells(view, pattern, start, end):
                whose = self._namesakes.owners_counted(pattern, own, view, start, end, packed=bool(part.how))
                owners |= dict.fromkeys(whose, pattern.what)
        if self._squeezed is not None:
            for end, pattern in hits(self._squeezed, view.squeezed):
                start = end + 1 - len(pattern.squeezed)
                if pattern.owners <= owners.keys() or not view.holds(pattern, start, end + 1):
                    continue
                place = view.unsqueezed(start, end + 1)
                if not _is_one(view, pattern, *place):
                    continue
                if not self._is_of_cells(view, pattern, *place):
                    whose = self._namesakes.owners_counted(pattern, own, view, *place, packed=bool(part.how))
                    owners |= dict.fromkeys(whose, pattern.what)
        return owners

    # --- weak forms: one word -------------------------------------------------------------------------------------

    def _counts_elsewhere(self, pattern: Pattern, chosen: Collection[str]) -> bool:
        """Whether a single word says anything on pages of others: two letters or four digits do not."""
        return (
            not pattern.is_initials
            and pattern.kind not in ("code", "handle", "born", PREMISES)
            and not pattern.common
            and pattern.text not in chosen
        )

    def _weak_elsewhere(self, view: View, part: Part, own: str | None) -> set[str]:
        owners: set[str] = set()
        for end, pattern in hits(self._elsewhere, view.folded):
            start = end - len(pattern.text)
            if pattern.owners <= owners or self._is_masked(view, start, end):
                continue
            if view.stands_as_name(start, end):
                owners |= self._namesakes.owners_counted(pattern, own, view, start, end, packed=bool(part.how))
        for start, end, patterns in parts_named(view.text, self._parts):
            long = [p for p in patterns if len(p.squeezed) >= PLAIN and p.text not in self._chosen]
            if long and view.is_capital(start) and not view.is_kept(start, end):
                whose = (self._namesakes.owners_counted_in_word(p, own, view.text, start, end) for p in long)
                owners |= frozenset[str]().union(*whose)
        return owners

    def _weak_own(self, part: Part, own: str) -> set[str]:
        if own not in self._own_finders:
            self._own_finders[own] = finder_of((f" {pattern.text} ", pattern) for pattern in self._weak[own])
        said = content(part.text)
        for text, prose in ((read_as_seen(said), True), (unseen_words(said), False)):
            view = View(text)
            for end, pattern in hits(self._own_finders[own], view.folded):
                start = end - len(pattern.text)
                if (part.exact or len(pattern.text) > 4) and self._counts_here(view, pattern, start, end, prose):
                    return {own}
            for start, end, patterns in parts_named(text, self._parts):
                long = text[start].isupper() or len(patterns[0].squeezed) >= PLAIN
                if long and any(own in pattern.owners for pattern in patterns) and not view.is_kept(start, end):
                    return {own}
        return set()

    def _counts_here(self, view: View, pattern: Pattern, start: int, end: int, prose: bool) -> bool:
        """Whether a single word on its own case's page is that name, and not an ordinary word or a term."""
        if pattern.kind == "code":
            return prose
        if pattern.kind == "born":
            return is_day_written(view.text, *view.span(start, end))
        if not prose and (pattern.common or len(pattern.text) < 3 or pattern.is_initials):
            return False
        if self._is_masked(view, start, end):
            return False
        if pattern.is_initials:
            return written_as_initials(view.raw(start, end)) and pattern.squeezed not in gate_abbreviations()
        if pattern.common:
            return view.stands_as_name(start, end) and not view.in_label(start, end)
        # in lower case a word of the dictionary is just that; so are two letters ("ed", "al")
        ordinary = len(pattern.text) < 3 or is_english_word(pattern.text)
        return not ordinary or view.raw(start, end)[:1].isupper()

    def _is_of_cells(self, view: View, pattern: Pattern, start: int, end: int) -> bool:
        """Whether a body's or place's words go over the border of two cells of data, each a phrase that is published or its end.

        A region's title beside the provider's makes "London Community Rehabilitation Company" in a table, and in no sentence.
        """
        if pattern.kind not in _BODIES:
            return False
        first, last = view.span(start, end)
        cells = [fold_text(cell).strip() for cell in _CELL_BORDER.split(view.text[first:last])]
        return len(cells) > 1 and all(map(self._is_published, filter(None, cells)))

    def _is_published(self, cell: str) -> bool:
        return any(phrase.startswith(f" {cell} ") or phrase.endswith(f" {cell} ") for phrase in self._public_words)

    def _is_masked(self, view: View, start: int, end: int) -> bool:
        """Whether a word is inside a phrase that is published by intention, or a term of the trade."""
        if any(first <= start and end <= last for first, last in view.spans_of(self._public_finder)):
            return True
        first, after = view.span(start, end)
        return any(s <= first and after <= e for s, e in view.kept)


def _chosen_names(identities: Iterable[Identity]) -> frozenset[str]:
    """Names that families chose to publish, folded, whole and by their words."""
    whole = [fold_text(i.published_as).strip() for i in identities if i.kind is IdentityKind.PERSON and i.published_as]
    return frozenset(whole) | frozenset(word for name in whole for word in name.split())


def _born(identity: Identity) -> tuple[Form, ...]:
    return born_forms(identity.born) if identity.born else ()


def _stands_whole(view: View, pattern: Pattern, start: int, end: int, exact: bool) -> bool:
    """Whether a hit on whole words is meant: not a number's decimals, not ordinary words in a row."""
    if not exact and len(pattern.squeezed) < 6:
        return False
    if pattern.is_surname and len(pattern.squeezed) < _ANY_CASE:
        raw = view.raw(start, end)
        return raw[1:].islower() or raw.isupper() or raw.startswith("Mc")
    if pattern.kind == "born":
        return is_day_written(view.text, *view.span(start, end))
    if not _is_one(view, pattern, start, end):
        return False
    if pattern.is_number:
        first, last = view.span(start, end)
        return not is_fraction(view.text, first, last)
    if pattern.common:
        first, last = view.span(start, end)
        written = view.text[first:last]
        words = re.findall(r"[^\W\d_]+", written)
        # "a-whitlock" in an address is a name where "a whitlock" is not
        joined = re.fullmatch(r"[\w.-]+", written) is not None and not is_english_word(pattern.text.split()[-1])
        return joined or all(word[0].isupper() for word in words)
    return True


def _is_one(view: View, pattern: Pattern, start: int, end: int) -> bool:
    """Whether another spelling of a place or a body is one phrase; what is written as it is declared always counts."""
    first, last = view.span(start, end)
    return pattern.kind != SPELLING or is_one_phrase(view.text[first:last])


def _joined(*how: str) -> str:
    return ", ".join(filter(None, how))
