"""The face of redaction: every name that others may import is there."""

from __future__ import annotations

from typing import Any

import pytest

import redaction
from redaction.lexicon.retained_terms import is_retained
from redaction.recognizers.people.name_words import is_unknown
from redaction.text.tokens import key_of


@pytest.mark.parametrize("name", redaction.__all__)
def test_every_name_of_the_face_is_there(name: str) -> None:
    """Those that are loaded when first asked for too."""
    assert getattr(redaction, name) is not None


def test_what_is_inside_is_not_on_the_face() -> None:
    """A name that is not listed is no attribute."""
    with pytest.raises(AttributeError):
        redaction.Finder  # noqa: B018


@pytest.mark.parametrize("function", [key_of, is_retained, is_unknown], ids=lambda function: function.__name__)
def test_no_word_of_a_review_is_remembered_after_it(redactor: redaction.Redactor, function: Any) -> None:
    """What is worked out of single words is kept for one review."""
    function("Quillfeather")
    redactor.redact(["Nkechi Quillfeather rang from Thornley."])
    assert function.cache_info().currsize == 0
