"""Paragraphs are read once, and of a review that is done numbers alone are kept."""

from __future__ import annotations

import gc

import pytest

from redaction.ner import tagger_reader
from redaction.ner.tagger import TaggedWord, Tagger
from redaction.ner.tagger_reader import TaggerReader

TEXT = "Darren Whitlock moved to Harrogate.\n\nHe saw Dr Ffion Cadwaladr on 3 May 2019.\n\n7\n\n"


@pytest.fixture
def read_paragraphs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every paragraph that the network itself reads."""
    seen: list[str] = []
    read = Tagger.read

    def reading(tagger: Tagger, paragraph: str) -> tuple[TaggedWord, ...]:
        seen.append(paragraph)
        return read(tagger, paragraph)

    monkeypatch.setattr(Tagger, "read", reading)
    return seen


def test_a_review_that_is_redacted_again_is_not_read_again(read_paragraphs: list[str]) -> None:
    """The same words, exactly, wherever the paragraph is now; only what is new is read."""
    reader = TaggerReader()
    first = reader.read(TEXT)
    assert {word.start for word in first if word.mask > 0.5} >= {TEXT.index("Darren"), TEXT.index("Cadwaladr")}
    reader.forget()
    read_paragraphs.clear()
    before = "Something else.\n\n"
    _, _, *moved = reader.read(before + TEXT)
    assert [w._replace(start=w.start - len(before), end=w.end - len(before)) for w in moved] == list(first)
    assert read_paragraphs == [before]


def test_what_is_kept_holds_no_word() -> None:
    """Neither a paragraph nor a word of it is in the reader once the review is done."""
    reader = TaggerReader()
    reader.read(TEXT)
    reader.forget()
    held, found = [reader.__dict__], set()
    while held:
        thing = held.pop()
        if id(thing) in found or isinstance(thing, (type, Tagger)):
            continue
        found.add(id(thing))
        assert not (isinstance(thing, str) and "Whitlock" in thing)
        assert not (isinstance(thing, bytes) and b"Whitlock" in thing)
        held += gc.get_referents(thing)


def test_only_the_latest_are_kept(read_paragraphs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """However many reviews a process redacts, it keeps no more than it may."""
    monkeypatch.setattr(tagger_reader, "MOST_PARAGRAPHS", 2)
    reader = TaggerReader()
    for text in ("One.", "Two.", "Three.", "Two.", "One."):
        reader.read(text)
        reader.forget()
    assert read_paragraphs == ["One.", "Two.", "Three.", "One."]
