"""What is left reads as English: fifty golden sentences, no bad pattern in any sample case, and its Markdown whole."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from redaction import Anchor, Redactor, Register
from redaction.evaluation.marked import read_text
from redaction.evaluation.systems import Once
from tests.support.paths import SAMPLES

HERE = Path(__file__).parent
CASES = sorted(SAMPLES.glob("*/review.md"))
GOLDEN = yaml.safe_load((HERE / "golden_sentences.yml").read_text(encoding="utf-8"))
PATTERNS: dict[str, str] = yaml.safe_load((HERE / "bad_patterns.yml").read_text(encoding="utf-8"))
REGISTER = Register.model_validate(GOLDEN["register"])
ANCHOR = Anchor(dt.date.fromisoformat(str(GOLDEN["released"])))
MARKDOWN = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize("pair", GOLDEN["sentences"], ids=range(1, len(GOLDEN["sentences"]) + 1))
def test_a_sentence_reads_as_a_careful_editor_would_leave_it(redactor: Redactor, pair: list[str]) -> None:
    """Word for word; and redacted again it stays as it is."""
    written, expected = pair
    assert redactor.redact([written], REGISTER, anchor=ANCHOR).texts[0] == expected
    assert redactor.redact([expected], REGISTER, anchor=ANCHOR).texts[0] == expected


def test_there_are_fifty_sentences() -> None:
    """The table is not thinned out."""
    assert len(GOLDEN["sentences"]) >= 50


@pytest.fixture(scope="module")
def bodies(redacted_samples: Once) -> dict[str, tuple[str, str]]:
    """Each sample case: its text as written and as redacted beside what its lessons say, front matter left out."""
    pairs = {}
    for path in CASES:
        declared = path.parent / "register.yml"
        register = Register.load(declared) if declared.is_file() else None
        sample = read_text(path.parent.name, path.read_text(encoding="utf-8"), register)
        assert sample.texts[0] == path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        pairs[path.parent.name] = sample.texts[0], redacted_samples.redact(sample.texts, register).texts[0]
    return pairs


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.slow
def test_no_sample_case_holds_what_embarrasses(bodies: dict[str, tuple[str, str]], pattern: str) -> None:
    """Cases are named, and nothing of their text is shown."""
    found = re.compile(pattern)
    hits = [
        name
        for name, (written, redacted) in bodies.items()
        if len(found.findall(redacted)) > len(found.findall(written))
    ]
    assert hits == [], PATTERNS[pattern]


def shape(text: str) -> Counter[str]:
    """How many of each kind of block the text has: headings by level, cells, list items, quotations, paragraphs."""
    return Counter(f"{token.type} {token.tag}" for token in MARKDOWN.parse(text) if token.nesting >= 0 and token.block)


@pytest.mark.parametrize("path", CASES, ids=[path.parent.name for path in CASES])
@pytest.mark.slow
def test_markdown_stays_whole(bodies: dict[str, tuple[str, str]], path: Path) -> None:
    """As many cells, list items, headings, quotations and paragraphs, and as many footnotes, as before."""
    written, redacted = bodies[path.parent.name]
    same = shape(written) == shape(redacted)
    assert same, "a block was lost or made"
    assert len(re.findall(r"\[\^\w+\]", written)) == len(re.findall(r"\[\^\w+\]", redacted))
