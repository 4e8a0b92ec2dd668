"""statement.md: a family's words become a section of the review, or a fault that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publishing import intake
from publishing.errors import CaseError
from redaction import Redactor, Register
from tests.support.cases import redacted

Write = Callable[..., Path]


def test_a_statement_becomes_a_section(write: Write) -> None:
    """Paragraph by paragraph; a case without one has none."""
    folder = write()
    assert "family-statement" not in {section.key for section in intake.load_case(folder).sections}
    (folder / "statement.md").write_text("She sang.\n\nWe *miss* her.\n", encoding="utf-8")
    (section,) = [section for section in intake.load_case(folder).sections if section.key == "family-statement"]
    assert [block.text for block in section.blocks] == ["She sang.", "We *miss* her."]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "statement.md: is empty"),
        ("# Our girl\n\nShe sang.", "statement.md: has a heading or a footnote"),
        ("She sang.[^1]\n\n[^1]: Every day.", "statement.md: has a heading or a footnote"),
        (f"She sang.\n\n{'x' * 20_001}", "statement.md line 3: this line is far longer than a paragraph"),
    ],
)
def test_a_statement_that_cannot_be_shown_is_a_fault(write: Write, text: str, fault: str) -> None:
    """Each fault says which file, and none repeats a word of the family."""
    folder = write()
    (folder / "statement.md").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        intake.load_case(folder)
    (said,) = caught.value.faults
    assert said.startswith(fault)
    assert "sang" not in said


def test_a_heading_in_the_review_is_sent_to_the_file(write: Write) -> None:
    """There is one place for a family's words."""
    body = "## Summary\n\nShort.\n\n## The family's statement\n\nShe sang.\n"
    with pytest.raises(CaseError) as caught:
        intake.load_case(write(body=body))
    assert [fault.split(": ", 1)[1] for fault in caught.value.faults] == [
        "The family’s statement stands in a file of its own: move it to statement.md"
    ]


def test_a_link_in_place_of_the_file_is_refused(write: Write, tmp_path: Path) -> None:
    """Nothing outside the case's folder is read."""
    folder, elsewhere = write(), tmp_path / "elsewhere.md"
    elsewhere.write_text("She sang.", encoding="utf-8")
    (folder / "statement.md").symlink_to(elsewhere)
    with pytest.raises(CaseError):
        intake.load_case(folder)


def test_the_chosen_name_stays_and_every_other_goes(write: Write, redactor: Redactor) -> None:
    """In the statement as in the review: what the family chose is published, what identifies is not."""
    folder = write()
    (folder / "statement.md").write_text("Anna was our daughter. Kelly-Ann Moorhouse sang.", encoding="utf-8")
    victim = {"role": "victim", "names": ["Kelly-Ann Moorhouse"], "published_as": "Anna"}
    register = Register.model_validate({"format": 1, "people": [victim]})
    review = intake.load_case(folder).model_copy(update={"declared": register})
    text = redacted(review, redactor, ())
    assert [section.key for section in text.sections][:2] == ["summary", "family-statement"]
    assert text.sections[1].blocks[0].text == "Anna was our daughter. Anna sang."
