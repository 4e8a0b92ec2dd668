"""What every recognizer of ours shares: a Presidio recognizer that yields findings."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding

__all__ = ["FINDING", "DocumentArtifacts", "Finding", "Recognizer"]

FINDING = "finding"
"""Where a result of Presidio's holds the finding that it was made from."""


class DocumentArtifacts(NlpArtifacts):
    """What Presidio hands on to recognizers: the document, in place of an NLP engine's tokens and lemmas."""

    def __init__(self, document: Document) -> None:
        nothing: Any = None
        super().__init__([], nothing, [], [], nothing, "en")
        self.document = document


class Recognizer(LocalRecognizer):
    """One family of identifying detail. A subclass sets `name` and `entities` and writes `find`."""

    name: str
    entities: tuple[Entity, ...]

    def __init__(self) -> None:
        super().__init__(supported_entities=[str(e) for e in self.entities], name=self.name, supported_language="en")

    def load(self) -> None:
        """Nothing to load: patterns are compiled once, when the module is imported."""

    @abstractmethod
    def find(self, document: Document) -> Iterable[Finding]:
        """Every finding of this family in a document."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Presidio's own call: the findings as its results, each with itself as metadata; a document is read once, whatever is asked of it."""
        assert isinstance(nlp_artifacts, DocumentArtifacts)
        document = nlp_artifacts.document
        if self.name not in document.found:
            document.found[self.name] = tuple(self.find(document))
        return [
            RecognizerResult(
                entity_type=str(f.entity),
                start=f.start,
                end=f.end,
                score=f.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    FINDING: f,
                },
            )
            for f in document.found[self.name]
        ]
