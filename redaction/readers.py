"""Who reads a review beside the rules: spaCy's named entities, and the tagger; each paragraph once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import regex
import spacy
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from spacy.language import Language

from redaction.errors import PolicyError
from redaction.lexicon import is_kept, is_word
from redaction.passage import Passage
from redaction.recognizers.base import Document, Named
from redaction.replacements import LABEL
from redaction.tagger import Tagger, Word

THREADS = 2
"""How many paragraphs the tagger reads at a time."""
_CAPITALISED = regex.compile(r"(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]*")
_NUMBERED = regex.compile(r"(?<=\[\p{Lu}[\p{L} ]{2,40} )\d+(?=\])")


class NerEngine(SpacyNlpEngine):
    """Presidio's spaCy engine with named-entity recognition alone, in batches of paragraphs, never from the network."""

    def __init__(self, model: str) -> None:
        super().__init__([{"lang_code": "en", "model_name": model}], NerModelConfiguration(labels_to_ignore=[]))
        if not spacy.util.is_package(model):
            raise PolicyError(
                f"the spaCy model of the policy, {model}, is not installed: add its package to pyproject.toml and lock it"
            )
        loaded = spacy.load(model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
        self._ner = _ner_only(loaded)
        self.nlp = {"en": self._ner}  # type: ignore[assignment]
        self._known: dict[str, list[tuple[int, int, str]]] = {}

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """The named entities of a text, read paragraph by paragraph.

        Not read are paragraphs met before in the review, and those in which no capital is left unexplained: the recognizers
        would take nothing from them.
        """
        chunks = list(_chunks(text))
        new = list(dict.fromkeys(c for c in chunks if c not in self._known and _may_name(c)))
        for chunk, doc in zip(new, self._ner.pipe(new, batch_size=64), strict=True):
            self._known[chunk] = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        named: list[Named] = []
        start = 0
        for chunk in chunks:
            for first, last, label in self._known.get(chunk, ()):
                named.append(Named(start + first, start + last, label, chunk[first:last]))
            start += len(chunk)
        document: Any = Document(tuple(named), Passage(text))
        return NlpArtifacts(
            entities=[], tokens=document, tokens_indices=[], lemmas=[], nlp_engine=self, language="en", scores=[]
        )

    def forget(self) -> None:
        """Keep no word of a review longer than it is worked on."""
        self._known.clear()


class TaggedText:
    """The tagger, reading each paragraph of a review once, in the background on two threads."""

    def __init__(self) -> None:
        self._tagger = Tagger()
        self._known: dict[str, Future[tuple[Word, ...]]] = {}
        self._readers: ThreadPoolExecutor | None = None

    def begin(self, text: str) -> None:
        """Have what is new of a text read while something else is done."""
        new = [chunk for chunk in _chunks(text) if chunk not in self._known]
        if new and self._readers is None:
            self._readers = ThreadPoolExecutor(THREADS)
        for chunk in new:
            if chunk not in self._known:
                assert self._readers is not None
                self._known[chunk] = self._readers.submit(self._tagger.read, chunk)

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of a text, read paragraph by paragraph."""
        self.begin(text)
        found: list[Word] = []
        start = 0
        for chunk in _chunks(text):
            words = self._known[chunk].result()
            found += (Word(start + w.start, start + w.end, w.mask, w.replaced, w.kind) for w in words)
            start += len(chunk)
        return tuple(found)

    def forget(self) -> None:
        """Keep no word of a review longer than it is worked on, and no thread."""
        if self._readers:
            self._readers.shutdown(cancel_futures=True)
            self._readers = None
        self._known.clear()


def _ner_only(nlp: Language) -> Language:
    """Leave out the shared token-to-vector step where the recognizer of entities has its own."""
    ner: Any = nlp.config["components"]["ner"]["model"]["tok2vec"]
    if "Listener" not in ner["@architectures"] and "tok2vec" in nlp.pipe_names:
        nlp.remove_pipe("tok2vec")
    return nlp


def _may_name(chunk: str) -> bool:
    """Whether a capitalised word stands in the chunk that is no ordinary word, no kept term and no part of a label."""
    words = frozenset(_CAPITALISED.findall(LABEL.sub(" ", chunk)))
    return any(not is_word(word) and not is_kept(word) for word in words)


def _chunks(text: str, size: int = 4000) -> Iterator[str]:
    """The text in paragraphs; a very long one is cut at a line's end or a space.

    Labels of one length read alike, so that a new number makes no paragraph new.
    """
    text = _NUMBERED.sub(lambda number: "1" * len(number[0]), text)
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end + 2
        if end - start > size:
            cut = text.rfind("\n", start + 1, start + size) + 1
            cut = cut if cut > start else text.rfind(" ", start + 1, start + size) + 1
            end = cut if cut > start else start + size
        yield text[start:end]
        start = end
