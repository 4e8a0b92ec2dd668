"""Words that a register says mean somebody or something else: there a hit is no leak of that case, but on its own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from redaction.leaks.patterns import Pattern, stems_of
from redaction.leaks.views import View
from redaction.register import Identity
from redaction.text.folding import fold_text

_NEVER = frozenset({"folder", "code", "handle", "born"})
"""Kinds of forms of which nobody else has the same."""

_REACH = 200
"""Characters around a hit in which words run together may be."""


class Namesakes:
    """The namesakes that each owner's register declares."""

    def __init__(self, identities: Mapping[str, Iterable[Identity]]) -> None:
        phrases = {
            owner: frozenset(fold_text(words).strip() for identity in declared for words in identity.namesakes)
            for owner, declared in identities.items()
        }
        # most owners have none, and then nothing is looked up
        self._phrases = {owner: found for owner, found in phrases.items() if found}
        self._words = {
            owner: frozenset(form for phrase in phrases for word in phrase.split() for form in _in_index(word))
            for owner, phrases in self._phrases.items()
        }

    def owners_counted(
        self, pattern: Pattern, own: str | None, view: View, start: int, end: int, *, packed: bool
    ) -> frozenset[str]:
        """Whose identity a hit in the folded text is; `packed` says that the text was unpacked, as an index of search is."""
        if pattern.kind in _NEVER or self._phrases.keys().isdisjoint(pattern.owners):
            return pattern.owners
        return frozenset(
            owner
            for owner in pattern.owners
            if owner == own
            or not (
                any(_is_inside(view.folded, phrase, start, end) for phrase in self._phrases.get(owner, ()))
                or (packed and pattern.text in self._words.get(owner, ()) and _is_a_line(view, start, end))
            )
        )

    def owners_counted_in_word(
        self, pattern: Pattern, own: str | None, text: str, start: int, end: int
    ) -> frozenset[str]:
        """The same of a hit within a word of the text itself."""
        if self._phrases.keys().isdisjoint(pattern.owners):
            return pattern.owners
        word = fold_text(_run_around(text, start, end)).replace(" ", "")
        return frozenset(
            owner
            for owner in pattern.owners
            if owner == own or not any(phrase.replace(" ", "") in word for phrase in self._phrases.get(owner, ()))
        )


def _in_index(word: str) -> Iterable[str]:
    """A word as an index of search may have it."""
    yield word
    yield from (stem.text for stem in stems_of(Pattern(word, "surname", frozenset(), common=False)))


def _is_inside(folded: str, phrase: str, start: int, end: int) -> bool:
    """Whether a span lies inside the phrase, written as words or run together into one."""
    padded = f" {phrase} "
    at = folded.find(padded, max(0, start - len(padded)), end + len(padded))
    while at != -1 and at <= start:
        if end <= at + len(padded):
            return True
        at = folded.find(padded, at + 1, end + len(padded))
    return phrase.replace(" ", "") in _run_around(folded, start, end)


def _run_around(text: str, start: int, end: int) -> str:
    """The signs without a space around a span; nothing where the span itself has one."""
    if any(sign.isspace() for sign in text[start:end]):
        return ""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return text[start:end]


def _is_a_line(view: View, start: int, end: int) -> bool:
    """Whether the hit is a whole line, as each word of an index is."""
    first, last = view.span(start, end)
    return view.text[first - 1 : first] in ("", "\n") and view.text[last : last + 1] in ("", "\n")
