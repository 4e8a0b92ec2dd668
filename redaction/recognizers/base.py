"""What every recognizer of ours shares: a Presidio recognizer that yields findings."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.passage import Passage

__all__ = ["Document", "Finding", "Named", "Recognizer"]


class Named(NamedTuple):
    """A named entity as spaCy found it; `label_` is spaCy's own (PERSON, GPE, …)."""

    start_char: int
    end_char: int
    label_: str
    text: str


@dataclass
class Document:
    """What recognizers share about the text they read: spaCy's entities, in order, the passage, and what they work out once."""

    ents: tuple[Named, ...]
    passage: Passage = field(default_factory=lambda: Passage(""))
    user_data: dict[str, Any] = field(default_factory=dict)


class Recognizer(LocalRecognizer):
    """One family of identifying detail. A subclass sets `name` and `entities` and writes `find`."""

    name: str
    entities: tuple[Entity, ...]

    def __init__(self) -> None:
        super().__init__(supported_entities=[str(e) for e in self.entities], name=self.name, supported_language="en")

    def load(self) -> None:
        """Nothing to load: patterns are compiled once, when the module is imported."""

    @abstractmethod
    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Every finding of this family in the text; `doc` is the same text as spaCy reads it (tokens and entities)."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Presidio's own call: the findings as its results, with source and kind as metadata."""
        assert nlp_artifacts is not None
        document: Any = nlp_artifacts.tokens
        return [
            RecognizerResult(
                entity_type=str(f.entity),
                start=f.start,
                end=f.end,
                score=f.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    "source": f.source,
                    "kind": f.kind,
                },
            )
            for f in self.find(text, document)
        ]
