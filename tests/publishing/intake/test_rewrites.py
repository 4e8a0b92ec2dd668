"""Passages in other words: what they may be, where they stand, and that nothing but them changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from publishing import intake
from publishing.errors import CaseError
from tests.support.cases import write_case

SUMMARY = """Darren Whitlock and his brother are both called Darren.[^1] It ended badly.

- He rang.
- Nobody rang back.

| Day | Contact |
| --- | --- |
| 1 | none |

> He said so.

### What was knwon

It ended badly.

1. First.
2. Second.

[^1]: The file says so."""
ENDED = "It ended badly."
BROTHERS = "Darren Whitlock and his brother are both called Darren.[^1] It ended badly."
TABLE = "| Day | Contact |\n| --- | --- |\n| 1 | none |"
LIST = "- He rang.\n- Nobody rang back."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with one of every kind of passage."""
    return write_case(tmp_path / "reviews", summary=SUMMARY)


def write(folder: Path, *rewrites: dict[str, str], **besides: str) -> None:
    """Write decisions.yml with passages in other words."""
    entries = [{"by": "A. Checker", "on": "2025-01-20", "reason": "A slip.", **said, **besides} for said in rewrites]
    text = yaml.safe_dump({"format": 1, "rewrites": entries}, allow_unicode=True, sort_keys=False).replace(
        "'2025-01-20'", "2025-01-20"
    )
    (folder / "decisions.yml").write_text(text, encoding="utf-8")


def blocks(folder: Path) -> list[str]:
    """The passages of a case as they are redacted."""
    return [block.text for section in intake.load_case(folder).sections for block in section.blocks]


def test_a_passage_is_said_in_other_words_and_the_source_stays(case: Path) -> None:
    """Only that passage; review.md is byte for byte what it was, and the review knows both."""
    before, source = blocks(case), (case / "review.md").read_bytes()
    write(case, {"passage": BROTHERS, "words": "Darren Whitlock has a brother of the same forename.[^1]"})
    changed = "Darren Whitlock has a brother of the same forename.[^1]"
    assert blocks(case) == [changed if text == BROTHERS else text for text in before]
    assert (case / "review.md").read_bytes() == source
    (rewrite,) = intake.load_case(case).rewrites
    assert (rewrite.passage, rewrite.words, rewrite.places) == (BROTHERS, changed, (("summary", 0),))
    assert "Darren" not in repr(rewrite)


def test_it_stands_wherever_the_passage_does_and_nowhere_else(case: Path) -> None:
    """As every decision does; words within another passage are another passage's."""
    review = case / "review.md"
    review.write_text(review.read_text(encoding="utf-8") + "\nIt ended badly.\n", encoding="utf-8")
    write(case, {"passage": "It ended badly.", "words": "It ended in a killing."})
    assert blocks(case).count("It ended in a killing.") == 2
    assert BROTHERS in blocks(case)
    assert intake.load_case(case).rewrites[0].places == (("summary", 5), ("findings", 1))


def test_line_ends_and_spaces_of_a_file_make_no_other_passage(case: Path) -> None:
    """Whoever copies a passage by hand copies it as the file has it."""
    write(case, {"passage": "-   He rang.\r\n-   Nobody rang back.  ", "words": "* He rang.\n* Nobody did."})
    assert "- He rang.\n- Nobody did." in blocks(case)


def test_one_rewrite_never_feeds_another(case: Path) -> None:
    """A passage is always the source's: words that a rewrite made are not looked up again."""
    write(
        case,
        {"passage": "It ended badly.", "words": "It ended."},
        {"passage": "It ended.", "words": "It went on."},
    )
    assert "It ended." in blocks(case)
    assert [bool(rewrite.places) for rewrite in intake.load_case(case).rewrites] == [True, False]


def test_the_familys_statement_is_the_familys(case: Path) -> None:
    """Their words are not the team's to change: nothing there is ever replaced."""
    (case / "statement.md").write_text("It ended badly.\n", encoding="utf-8")
    write(case, {"passage": "It ended badly.", "words": "It ended."})
    assert [b.text for b in intake.load_case(case).sections[-1].blocks] == ["It ended badly."]
    assert intake.load_case(case).sections[-1].key == "family-statement"


ONE = "one paragraph, list, table, quotation, heading or footnote must stand here"


@pytest.mark.parametrize(
    ("passage", "words", "message"),
    [
        (BROTHERS, "## Findings", "words: what stands here must stay a paragraph"),
        (BROTHERS, "# A title", "words: what stands here must stay a paragraph"),
        (BROTHERS, "### Within", "words: what stands here must stay a paragraph"),
        (BROTHERS, "A title\n===", "words: what stands here must stay a paragraph"),
        (BROTHERS, "A heading\n---", "words: what stands here must stay a paragraph"),
        (BROTHERS, "Said.\n\n## Findings\n\nMore.", f"words: {ONE}"),
        (BROTHERS, "Said.\n\nMore.", f"words: {ONE}"),
        (BROTHERS, "Said.\n## Findings", f"words: {ONE}"),
        (BROTHERS, "Said.\n- a list", f"words: {ONE}"),
        (BROTHERS, "---", f"words: {ONE}"),
        (BROTHERS, "***", f"words: {ONE}"),
        (BROTHERS, "- a list", "words: what stands here must stay a paragraph"),
        (BROTHERS, "> a quotation", "words: what stands here must stay a paragraph"),
        (BROTHERS, TABLE, "words: what stands here must stay a paragraph"),
        (BROTHERS, "[^1]: Another text.", "words: what stands here must stay a paragraph"),
        (BROTHERS, "[^2]: A new one.", "words: what stands here must stay a paragraph"),
        (BROTHERS, "See there.[^2]", "words: the marks of footnotes must be those"),
        ("It ended badly.", "It ended.[^1]", "words: the marks of footnotes must be those"),
        (BROTHERS, BROTHERS, "words: these are the passage's own"),
        (BROTHERS, BROTHERS.replace(" ", "  "), "words: these are the passage's own"),
        (BROTHERS, "x" * 20_001, "words: this line is far longer"),
        ("x" * 20_001, "It ended.", "passage: this line is far longer"),
        (BROTHERS, "A\u0007bell", "words: holds a control character"),
        (BROTHERS, "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "\ufffe", "a control character"),
        (BROTHERS, " ", "words: is empty"),
        ("One.\n\nTwo.", "One.", f"passage: {ONE}"),
        ("### What was knwon", "#### What was known", "words: what stands here must stay a heading with 3 #"),
        ("### What was knwon", "## Findings", "words: what stands here must stay a heading with 3 #"),
        ("### What was knwon", "What was known", "words: what stands here must stay a heading with 3 #"),
        (LIST, "1. He rang.\n2. Nobody rang back.", "words: what stands here must stay a list with bullets"),
        (LIST, "He rang. Nobody rang back.", "words: what stands here must stay a list with bullets"),
        ("1. First.\n2. Second.", "- First.", "words: what stands here must stay a numbered list"),
        (TABLE, "| Day |", "words: what stands here must stay a table"),
        ("> He said so.", "He said so.", "words: what stands here must stay a quotation"),
        ("[^1]: The file says so.", "[^2]: The file says it.", "words: the footnote's mark must stay"),
        (BROTHERS, "Darren has a brother of the same forename.", "words: the marks of footnotes must be those"),
        ("It ended badly.", "```\nIt ended badly, he says.", "has no partner in its own paragraph"),
        ("It ended badly.", "It ended [badly](everybody).", "words in round brackets right after square ones"),
        ("It ended badly.", "It \u202eended.", "turns the direction of the text around"),
        ("> He said so.", "> " * 60 + "He said so.", "words: what stands here must stay a quotation"),
        (TABLE, TABLE.replace("| none |", "| none | more |"), "more cells than the table's first line"),
        ("1. First.\n2. Second.", "2. First.\n3. Second.", "must begin with the number that it has"),
        ("1. First.\n2. Second.", "1. First.\n3. Second!", "would change this number"),
        ("999999999. First.", "999999999. Second.", "must begin with the number that it has"),
        ("It ended badly.", "x " * 9_000 + "\n" + ("x " * 9_000 + "\n") * 60, "far longer than it can be"),
        ("[^1]: The file says so.", "The file says it.", "words: what stands here must stay a footnote"),
    ],
)  # fmt: skip
def test_words_that_would_change_what_is_around_them_are_refused(
    case: Path, passage: str, words: str, message: str
) -> None:
    """Headings, tables, lists and notes are the review's: whoever could add one could hide or invent a section."""
    write(case, {"passage": passage, "words": words})
    with pytest.raises(CaseError, match=r"decisions\.yml") as caught:
        intake.load_case(case)
    assert message in str(caught.value)
    assert "Darren" not in str(caught.value)


@pytest.mark.parametrize(
    ("passage", "words", "stands"),
    [
        (ENDED, "<script>alert(1)</script> He came.", "<script>alert(1)</script> He came."),
        (ENDED, "[He](https://example.org) came.", "He came."),
        (ENDED, "![Darren](a.png) came.", "Darren came."),
        (ENDED, "[x]: https://example.org", "[x]: https://example.org"),
        (ENDED, "{{ config }} {% raw %}", "{{ config }} {% raw %}"),
        (ENDED, "`code` and\n    indented", "`code` and\nindented"),
        (ENDED, "&lt;b&gt; &#68;arren came.", "<b> Darren came."),
        (BROTHERS, "He **came**.[^1]", "He **came**.[^1]"),
        ("### What was knwon", "### What was known", "### What was known"),
        (LIST, "- He rang.\n- She did not.\n- Nobody else did.", "- He rang.\n- She did not.\n- Nobody else did."),
        (TABLE, TABLE.replace("none", "one"), TABLE.replace("none", "one")),
        ("> He said so.", "> He said it.", "> He said it."),
        ("[^1]: The file says so.", "[^1]: The file says it.", "[^1]: The file says it."),
    ],
)
def test_other_words_are_review_text_like_all_others(case: Path, passage: str, words: str, stands: str) -> None:
    """HTML, links, templates and code are text, by the very rules of the review itself."""
    write(case, {"passage": passage, "words": words})
    assert stands in blocks(case)
    assert passage not in blocks(case)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{words: a, by: A, on: 2025-01-20, reason: r}", "passage: is missing"),
        ("{passage: a, by: A, on: 2025-01-20, reason: r}", "words: is missing"),
        ("{passage: a, words: b, on: 2025-01-20, reason: r}", "by: is missing"),
        ("{passage: a, words: b, by: A, reason: r}", "on: is missing"),
        ("{passage: a, words: b, by: A, on: 2025-01-20}", "reason: is missing"),
        ("{passage: a, words: b, by: A, on: soon, reason: r}", "on: must be a day"),
        ("{passage: a, words: 0117, by: A, on: 2025-01-20, reason: r}", "words: must be text"),
        ("{passage: a, words: b, by: A, on: 2025-01-20, reason: r, text: c}", "there is no such field"),
        ("Secret", "must hold fields"),
    ],
)
def test_an_entry_is_read_as_strictly_as_a_decision(case: Path, entry: str, message: str) -> None:
    """Who, when and why are never missing; nothing nobody knows is passed over."""
    (case / "decisions.yml").write_text(f"format: 1\nrewrites:\n  - {entry}\n")
    with pytest.raises(CaseError) as caught:
        intake.load_case(case)
    assert "rewrites no. 1" in str(caught.value)
    assert message in str(caught.value)
    assert "Secret" not in str(caught.value)


def test_a_passage_has_one_rewrite(case: Path) -> None:
    """Nobody could tell which of two was meant."""
    write(case, {"passage": "It ended badly.", "words": "It ended."}, {"passage": " It ended badly.", "words": "Over."})
    with pytest.raises(CaseError, match=r"rewrites no\. 2: has the same passage as no\. 1: delete one"):
        intake.load_case(case)
