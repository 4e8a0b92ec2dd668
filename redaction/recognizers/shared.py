"""What several recognizers need of one text, worked out once and kept with spaCy's reading of it."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from redaction.words import Words


def words_of(text: str, doc: Doc) -> Words:
    """The text as words."""
    words = doc.user_data.get("words")
    if not isinstance(words, Words) or words.text != text:
        words = doc.user_data["words"] = Words(text)
    return words


def entities_of(doc: Doc) -> tuple[Span, ...]:
    """SpaCy's entities; to ask the document itself costs a walk over every token."""
    entities = doc.user_data.get("entities")
    if entities is None:
        entities = doc.user_data["entities"] = doc.ents
    return tuple(entities)
