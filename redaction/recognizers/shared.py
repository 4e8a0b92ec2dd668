"""What several recognizers need of one text, worked out once and kept with spaCy's reading of it."""

from __future__ import annotations

from redaction.recognizers.base import Document, Named
from redaction.words import Words


def words_of(text: str, doc: Document) -> Words:
    """The text as words."""
    words = doc.user_data.get("words")
    if not isinstance(words, Words) or words.text != text:
        words = doc.user_data["words"] = Words(text)
    return words


def entities_of(doc: Document) -> tuple[Named, ...]:
    """SpaCy's entities."""
    return doc.ents
