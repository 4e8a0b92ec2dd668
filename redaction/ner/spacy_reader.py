"""spaCy's named entities, each paragraph of a review read once; never from the network."""

from __future__ import annotations

from typing import Any, NamedTuple

import regex
import spacy
from spacy.language import Language

from redaction.errors import PolicyError
from redaction.labels import LABEL
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_only_a_word
from redaction.ner.paragraphs import paragraphs

_CAPITALISED = regex.compile(r"(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]*")


class NamedEntity(NamedTuple):
    """A named entity as spaCy found it; `label` is spaCy's own (PERSON, GPE, …)."""

    start: int
    end: int
    label: str
    text: str


class SpacyReader:
    """A spaCy model with named-entity recognition alone, in batches of paragraphs."""

    def __init__(self, model: str) -> None:
        """Load a model.

        Raises:
            PolicyError: it is not installed.
        """
        if not spacy.util.is_package(model):
            raise PolicyError(
                f"the spaCy model of the policy, {model}, is not installed: add its package to pyproject.toml and lock it"
            )
        self._ner = _ner_only(spacy.load(model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"]))
        self._known: dict[str, list[tuple[int, int, str]]] = {}

    def read(self, text: str) -> tuple[NamedEntity, ...]:
        """The named entities of a text, in order.

        Not read are paragraphs met before in the review, and those in which no capital is left unexplained: the recognizers
        would take nothing from them.
        """
        parts = list(paragraphs(text))
        new = list(dict.fromkeys(part for part in parts if part not in self._known and _may_name(part)))
        for part, doc in zip(new, self._ner.pipe(new, batch_size=64), strict=True):
            self._known[part] = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        found: list[NamedEntity] = []
        start = 0
        for part in parts:
            for first, last, label in self._known.get(part, ()):
                found.append(NamedEntity(start + first, start + last, label, part[first:last]))
            start += len(part)
        return tuple(found)

    def forget(self) -> None:
        """Keep no word of a review longer than it is worked on."""
        self._known.clear()


def _ner_only(nlp: Language) -> Language:
    """Leave out the shared token-to-vector step where the recognizer of entities has its own."""
    ner: Any = nlp.config["components"]["ner"]["model"]["tok2vec"]
    if "Listener" not in ner["@architectures"] and "tok2vec" in nlp.pipe_names:
        nlp.remove_pipe("tok2vec")
    return nlp


def _may_name(paragraph: str) -> bool:
    """Whether a capitalised word is in the paragraph that is no ordinary word, no retained term and no part of a label."""
    words = frozenset(_CAPITALISED.findall(LABEL.sub(" ", paragraph)))
    return any(not is_only_a_word(word) and not is_retained(word) for word in words)
