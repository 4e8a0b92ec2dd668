"""Which surface forms are looked for inside longer words."""

from __future__ import annotations

from typing import Protocol

from redaction.lexicon.gazetteer import towns
from redaction.lexicon.words import is_beginning, is_english_word, is_nationality

_SHORTEST_FULL = 6
_SHORTEST_SINGLE = 3
_SHORTEST_RARE = 4


class NameForm(Protocol):
    """A surface form, or a pattern made of one."""

    @property
    def text(self) -> str:
        """The folded form."""

    @property
    def kind(self) -> str:
        """What sort of form it is."""


def is_full_name(form: NameForm) -> bool:
    """Whether a strong form is a full name to look for inside longer words; "d mark" is no name enough."""
    words = form.text.split()
    spelled = [word for word in words if len(word) > 1]
    ordinary = len(spelled) < len(words) and all(map(is_english_word, spelled))
    return form.kind in ("full", "inverted") and len("".join(words)) >= _SHORTEST_FULL and not ordinary


def is_single_name(form: NameForm) -> bool:
    """Whether a weak form is one name of a person and no English word, so that it is looked for as a part of longer words."""
    single = form.kind in ("surname", "plural", "given", "nickname")
    return (
        single
        and len(form.text.replace(" ", "")) >= _SHORTEST_SINGLE
        and not any(map(is_english_word, form.text.split()))
    )


def is_rare_surname(form: NameForm) -> bool:
    """Whether a form is a surname that no dictionary or gazetteer knows, so that it can be nothing but a name wherever it stands."""
    if form.kind not in ("surname", "plural"):
        return False
    words = form.text.split()
    singular = [words[-1].removesuffix(ending) for ending in ("s", "es") if form.kind == "plural"]
    return len("".join(words)) >= _SHORTEST_RARE and not any(map(_is_known, (*words, *singular)))


def _is_known(word: str) -> bool:
    # an index of search holds the beginnings of words ("rais" of "raised")
    return is_beginning(word) or is_nationality(word) or word in towns()
