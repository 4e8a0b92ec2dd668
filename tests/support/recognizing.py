"""What every recognizer is held to: a table of texts with what is to be found in braces, any text, and evil lines."""

from __future__ import annotations

import time
from collections.abc import Iterable

from hypothesis import strategies as st

from redaction.document import Document
from redaction.findings import Finding
from redaction.recognizers.base import Recognizer

EVIL = ("1", "a", " ", "[", "1 ", "1/", "A1/", "@", "12 ", "\n")
"""Units of long lines that no recognizer may be slow on; each test adds one of its own."""

_LINE = 200_000
_SECONDS = 10


def unmarked(marked: str) -> tuple[str, list[str]]:
    """A row of a table: the text without its braces, and the parts that were within them."""
    spans = [part.split("}")[0] for part in marked.split("{")[1:]]
    return marked.replace("{", "").replace("}", ""), spans


def as_written(text: str, findings: Iterable[Finding]) -> list[str]:
    """The parts of a text that were found, in the order of the findings."""
    return [text[finding.start : finding.end] for finding in findings]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by where they start."""
    return sorted(findings, key=lambda finding: finding.start)


def found(recognizer: Recognizer, text: str) -> list[str]:
    """What a recognizer finds in a text by its characters alone, as written."""
    return as_written(text, recognizer.find(Document(text)))


def check_marked(recognizer: Recognizer, marked: str) -> None:
    """A row's marked spans, and nothing else, are found, in order."""
    text, spans = unmarked(marked)
    assert found(recognizer, text) == spans


def any_text(alphabet: str) -> st.SearchStrategy[str]:
    """Any text at all, and texts of the characters that a recognizer looks for."""
    return st.text(max_size=400) | st.text(alphabet=alphabet, max_size=200)


def check_within(recognizer: Recognizer, text: str) -> None:
    """Findings lie within the text, in order, and none is empty."""
    findings = list(recognizer.find(Document(text)))
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    assert findings == in_order(findings)


def check_ends_soon(recognizer: Recognizer, unit: str) -> None:
    """A long line of one thing is read in time that grows with its length alone."""
    text = unit * (_LINE // len(unit))
    began = time.perf_counter()
    list(recognizer.find(Document(text)))
    assert time.perf_counter() - began < _SECONDS
