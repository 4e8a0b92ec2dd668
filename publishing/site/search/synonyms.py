"""Words that search treats in a way of its own: several wordings for one thing, and words that nearly every text has."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from publishing.files.shipped_data import load_shipped_yaml
from publishing.site import glossary

SCRIPT = Path("assets", "scripts", "search-words.js")

EVERY = "zzeveryrecord0"
"""A word that every record of the index has."""

_Wording = tuple[str, ...]
"""A wording's words, each as it is compared."""


@dataclass(frozen=True)
class SynonymGroup:
    """What is called by these words; the index has all of them under one word more, the `token`."""

    token: str
    forms: tuple[str, ...]


@cache
def synonym_groups() -> tuple[SynonymGroup, ...]:
    """Every abbreviation of the glossary with its other wordings, what outsiders call otherwise, irregular plurals, and labels by themselves."""
    known = [(entry.term, entry.means, *entry.also) for entry in glossary.glossary_entries() if entry.means]
    data = _load_wordings()
    return tuple(
        SynonymGroup(_token_for(forms[0]), tuple(forms))
        for forms in [*known, *data["alike"], *data["plurals"], *((label,) for label in data["labels"])]
    )


@cache
def ignored_words() -> frozenset[str]:
    """Words that the index leaves out."""
    return frozenset(_load_wordings()["little"])


@cache
def _load_wordings() -> dict[str, list[Any]]:
    data: dict[str, list[Any]] = load_shipped_yaml("publishing.site", "wordings.yml")
    return data


def _token_for(term: str) -> str:
    """No word of any language, and none begins with it; the digit keeps Pagefind from stemming it."""
    return f"zz{re.sub(r'[^a-z]', '', term.lower())}0"


def write_search_words(folder: Path) -> None:
    """Write both as a module that the script of the search page imports."""
    known = [{"token": group.token, "forms": group.forms} for group in synonym_groups()]
    lines = ",\n".join(f"  {json.dumps(group, ensure_ascii=False)}" for group in known)
    (folder / SCRIPT).write_text(
        "// Written from publishing/site/glossary.yml and wordings.yml.\n"
        f"export const groups = [\n{lines},\n];\n"
        f"export const every = {json.dumps(EVERY)};\n"
        f"export const little = new Set({json.dumps(sorted(ignored_words()))});\n",
        encoding="utf-8",
        newline="\n",
    )


def find_wordings(words: Sequence[str]) -> Iterator[tuple[SynonymGroup, int, int]]:
    """Where a text uses a wording of a group: the group, the wording's first word, and how many words it has.

    Args:
        words: the text, parted at white space, as Pagefind counts words.
    """
    plain = [_normalise_word(word) for word in words]
    for at, word in enumerate(words):
        for wording, group in _wordings_that_begin(word):
            if len(wording) == 1 or tuple(plain[at : at + len(wording)]) == wording:
                yield group, at, len(wording)


@cache
def _wordings_that_begin(word: str) -> tuple[tuple[_Wording, SynonymGroup], ...]:
    """Those that a word of a text may be the first word of."""
    # “RoSH/MAPPA” is one word to Pagefind, and says both
    parts = {_normalise_word(part) for part in re.split(r"[^\w]+", word)} - {""}
    first = _wordings_by_first_word()
    return tuple(found for begins in {_normalise_word(word), *parts} for found in first.get(begins, ()))


@cache
def _wordings_by_first_word() -> dict[str, list[tuple[_Wording, SynonymGroup]]]:
    found: dict[str, list[tuple[_Wording, SynonymGroup]]] = defaultdict(list)
    for group in synonym_groups():
        for form in group.forms:
            wording = tuple(map(_normalise_word, form.replace("-", " ").split()))
            found[wording[0]].append((wording, group))
    return found


@cache
def _normalise_word(word: str) -> str:
    """A word without what is no letter, small, in the singular; search-query.js does the same."""
    return re.sub(r"[^\w]", "", word).lower().removesuffix("s")
