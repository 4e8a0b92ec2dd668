"""Nothing vanishes: what Markdown would take out of a text, or change in it, is a fault with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publishing import intake
from publishing.errors import CaseError
from tests.support.paths import SAMPLES

Write = Callable[..., Path]

TABLE = "| When | What |\n|---|---|\n"

LOST = [
    ("a row longer than its head", f"{TABLE}| May | Seen |\n| June | Missed | Twice |", 6, "more cells"),
    ("a row without edges", f"{TABLE}May | Seen | Twice", 5, "more cells"),
    ("a long row in a quotation", "> " + f"{TABLE}| May | Seen | Twice |".replace("\n", "\n> "), 5, "more cells"),
    ("a long row in a list", "- " + f"{TABLE}| May | Seen | Twice |".replace("\n", "\n  "), 5, "more cells"),
    ("a footnote without its mark", "Words.\n\n[^1]: The note.", 5, "nothing refers to this footnote"),
    ("a footnote that only it refers to", "Words.\n\n[^1]: As [^1] says.", 5, "nothing refers to this footnote"),
    ("a mark without its footnote", "Words.\n\nMore[^1].", 5, "has no text"),
    ("a mark within a paragraph of a list", "- Words.[^a]", 3, "has no text"),
    ("a label with an accent", "Words.[^é]\n\n[^é]: The note.", 5, "label may hold"),
    ("a footnote in a quotation", "Words.[^1]\n\n> [^1]: The note.", 5, "within a list or a quotation"),
    ("an unclosed fence", "Words.\n\n```\n09/02 T/C", 5, "has no partner"),
    ("a fence across an empty line", "```\n09/02 T/C\n\n10/02 OV\n```", 3, "has no partner"),
    ("a fence around a list", "```\n- 09/02 T/C\n```", 3, "has no partner"),
    ("a fence closed by other signs", "```\n09/02 T/C\n~~~", 3, "has no partner"),
    ("a fence closed too short", "````\n09/02 T/C\n```", 3, "has no partner"),
    ("a fence around nothing", "```\n```", 3, "has no partner"),
    ("words beside a fence", "``` Sent by text\n09/02 T/C\n```", 3, "not shown"),
    ("a year that begins a line", "He was born in\n\n1986. Then he moved.", 5, r"as in 1986\."),
    ("a number alone", "It was his house, no.\n\n12.", 5, r"as in 1986\."),
    ("a number alone, the first", "He came\n\n1.", 5, r"as in 1986\."),
    ("a number with a bracket", "12) The plan.", 3, r"as in 1986\."),
    ("a number within a quotation", "> 1986. Then he moved.", 3, r"as in 1986\."),
    ("a wrapped line", "The review says so in section\n1. It is right.", 4, "leave its paragraph"),
    ("a list that counts otherwise", "1. One.\n2. Two.\n4. Four.", 5, "would change this number"),
    ("a list that counts twice", "1. One.\n2. Two.\n2. Two.", 5, "would change this number"),
    ("a list that follows none", "1. One.\n\nWords.\n\n4. Four.", 7, "follows none"),
    ("a label before brackets", "[Victim](aged) left.", 3, "put a space between"),
    ("a reference in brackets", "[The plan](p.12) failed.", 3, "put a space between"),
    ("a link's address in words", "[The plan](<as it was>) failed.", 3, "put a space between"),
    ("a link's title", "[The plan](https://x.example 'of May') failed.", 3, "words in quotation marks"),
    ("a picture", "Words.\n\n![](plan.png)", 5, "a picture without words"),
    ("far too deep", ">" * 60 + " deep", 3, "too deeply"),
    ("an override", "Words.\n\nHe said \u202eneddih\u202c so.", 5, "turns the direction"),
    ("an isolate", "Call \u20660161 496 0824\u2069.", 3, "turns the direction"),
    ("an override as an entity", "He said &#x202E;neddih.", 3, "turns the direction"),
]  # fmt: skip

KEPT = [
    ("rows as long as the head, or shorter", f"{TABLE}| May | Seen |\n| June |"),
    ("an empty cell too many", f"{TABLE}| May | Seen | |"),
    ("a pipe that is no edge", f"{TABLE}| May | Seen \\| heard |"),
    ("a footnote of another section's mark", "Words.[^1]\n\n## Findings\n\nMore.\n\n[^1]: The note."),
    ("a footnote that another one marks", "Words.[^1]\n\n[^1]: See also [^2].\n\n[^2]: The other."),
    ("a fence", "```\n09/02 T/C\n10/02 OV\n```"),
    ("a fence that says that it is text", "~~~text\n09/02 T/C\n~~~"),
    ("a fence in a paragraph", "The log:\n```\n09/02 T/C\n```\nIt ends here."),
    ("back-ticks in a line", "It said ```no``` and `yes`."),
    ("a year that ends a sentence", "He was born in 1986.\nThen he moved."),
    ("a wrapped line with a year", "He was born in\n1986. Then he moved."),
    ("a number that is no list", "1986\\. Then he moved."),
    ("a list that goes on", "1. One.\n2. Two.\n\nWords.\n\n3. Three."),
    ("a list of ones", "1. One.\n1. Two.\n1. Three."),
    ("a list right after a line", "Actions:\n1. One.\n2. Two."),
    ("a list from nought", "0. Nought.\n1. One."),
    ("a list within a list", "- One:\n  1. Inner."),
    (
        "a link",
        "[The plan](https://x.example/a%20b) and [another](../plan.md), [a file](Plan_2.docx) and [him](n.cato@risley.example) failed.",
    ),
    ("a picture with words", "![The plan of the house](plan.png)"),
    ("words in brackets", "[sic] (he meant it) [Victim] (aged)"),
    ("marks that names need", "\u200eعلي\u200f and Si\u061cân ap Rhŷs."),
]


def faults(folder: Path) -> list[str]:
    """Every fault of a case; none where it is sound."""
    try:
        intake.load_case(folder)
    except CaseError as error:
        return list(error.faults)
    return []


def body_line(folder: Path, line: int) -> int:
    """The line of review.md on which a line of its body stands, from 1."""
    text = (folder / "review.md").read_text(encoding="utf-8")
    return text[: text.index("\n## Summary")].count("\n") + 1 + line


@pytest.mark.parametrize(("text", "line", "words"), [row[1:] for row in LOST], ids=[row[0] for row in LOST])
def test_what_would_vanish_is_a_fault_with_its_line(write: Write, text: str, line: int, words: str) -> None:
    """A fault where it is, and what to do (a fence that has no partner has an other line, too); no word is repeated."""
    folder = write(body=f"## Summary\n\n{text}\n")
    said, *others = faults(folder)
    assert len(others) <= ("has no partner" in words)
    assert said.startswith(f"review.md line {body_line(folder, line)}: ")
    assert words in said
    for word in ("T/C", "Seen", "born", "Victim", "said", "plan"):
        assert word not in said


@pytest.mark.parametrize("text", [row[1] for row in KEPT], ids=[row[0] for row in KEPT])
def test_what_is_nearly_so_is_no_fault(write: Write, text: str) -> None:
    """What a page shows whole is taken as it is."""
    assert faults(write(body=f"## Summary\n\n{text}\n")) == []


def test_a_statement_loses_nothing_either(write: Write) -> None:
    """A family's words are looked at in the same way."""
    folder = write()
    (folder / "statement.md").write_text("She sang.\n\n1986. It was spring.\n\n```\nLa la\n", encoding="utf-8")
    assert [fault.split(":")[0] for fault in faults(folder)] == ["statement.md line 3", "statement.md line 5"]


def test_facts_and_lessons_turn_nothing_around(write: Write) -> None:
    """A hidden sign in a field is refused; no line of YAML needs one."""
    folder = write()
    path = folder / "review.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("note: Guidance drafted.", 'note: "Guidance \\u202edrafted."'),
        encoding="utf-8",
    )
    (said,) = faults(folder)
    assert "note: holds a hidden sign that turns the direction" in said


def test_a_section_has_no_footnote_on_its_heading(write: Write) -> None:
    """The page writes standard headings itself, so a mark there would vanish."""
    found = faults(write(body="## Summary[^1]\n\nWords.\n\n[^1]: The note.\n"))
    assert any("is not a standard section" in fault for fault in found)


@pytest.mark.parametrize("folder", sorted(SAMPLES.glob("*/review.md")), ids=lambda path: path.parent.name)
def test_samples_are_sound(folder: Path) -> None:
    """What was signed before these faults were known still loads."""
    assert faults(folder.parent) == []
