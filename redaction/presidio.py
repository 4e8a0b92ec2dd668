"""All there is of Presidio's frame: the analyzer that runs our recognizers, and the anonymizer that writes replacements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig
from presidio_anonymizer.entities import RecognizerResult as AnonymizerSpan
from presidio_anonymizer.operators import Operator, OperatorType

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding
from redaction.recognizers.base import FINDING, DocumentArtifacts
from redaction.results import Detection

LANGUAGE = "en"


class Analyzer:
    """Presidio's analyzer with recognizers of ours alone."""

    def __init__(self, recognizers: Sequence[EntityRecognizer]) -> None:
        registry = RecognizerRegistry(recognizers=list(recognizers), supported_languages=[LANGUAGE])
        # every text comes with the document that was made of it
        nlp = NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": ""}])
        self._engine = AnalyzerEngine(
            registry=registry,
            nlp_engine=nlp,
            supported_languages=[LANGUAGE],
            context_aware_enhancer=_NoContext(),
        )

    def findings(self, document: Document, entities: Collection[Entity]) -> list[Finding]:
        """Every finding of these entities in a document."""
        if not entities:
            return []
        wanted = sorted(map(str, entities))
        results: list[RecognizerResult] = self._engine.analyze(
            document.text,
            LANGUAGE,
            wanted,
            score_threshold=0.0,
            nlp_artifacts=DocumentArtifacts(document),
        )
        return [r.recognition_metadata[FINDING] for r in results if r.entity_type in wanted]


class Writer:
    """Presidio's anonymizer with the one operator of ours."""

    def __init__(self) -> None:
        self._engine = AnonymizerEngine()  # type: ignore[no-untyped-call]
        self._engine.add_anonymizer(Relabel)

    def write(self, text: str, detections: Sequence[Detection]) -> str:
        """The text with every detection replaced: each span is a kind of its own, so that none are merged."""
        if not detections:
            return text
        spans = [AnonymizerSpan(f"D{n}", d.start, d.end, d.score) for n, d in enumerate(detections)]
        operators = {f"D{n}": OperatorConfig("relabel", {"label": d.replacement}) for n, d in enumerate(detections)}
        return self._engine.anonymize(text, spans, operators, merge_entities_with_spaces=False).text


class Relabel(Operator):
    """Presidio operator: puts in the words that were decided for a span."""

    def operate(self, text: str | None = None, params: dict[str, Any] | None = None) -> str:
        """The replacement given as `label`."""
        assert params is not None
        return str(params["label"])

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """A label must be given."""
        if not params or not isinstance(params.get("label"), str):
            raise ValueError("Relabel needs a label")

    def operator_name(self) -> str:
        """The name Presidio knows it by."""
        return "relabel"

    def operator_type(self) -> OperatorType:
        """It anonymises."""
        return OperatorType.Anonymize


class _NoContext(ContextAwareEnhancer):
    """Leaves scores alone: our recognizers look at the words around a finding themselves, with no lemmas needed."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """The results as they are."""
        return raw_results
