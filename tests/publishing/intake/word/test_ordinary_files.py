"""Word files that people really make: what comes in, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.intake.word import importer
from publishing.intake.word.sections import OTHERS
from tests.support.documents import HEADING, STYLES, made, paragraph, part, raw
from tests.support.word_files import BOLD, bold, box, cells, complex_field, heading, lines, simple_field, told
from tests.support.word_numbering import ANEW, BARE, BULLETS, LETTERS, LISTS, MULTILEVEL, SIMPLE, WORDED, item

PICTURE = '<a:graphic><a:graphicData><pic:pic xmlns:pic="urn:p"><a:blip/></pic:pic></a:graphicData></a:graphic>'
IN_FRONT = f'<w:drawing><wp:anchor behindDoc="0"><wp:wrapNone/>{PICTURE}</wp:anchor></w:drawing>'
SAID = "He was on licence. He was seen each week."
GOOGLE = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>"
    f"{paragraph('Summary')}</w:sdtContent></w:sdt><w:p><w:pPr><w:pStyle w:val='Heading1'/><w:rPr/></w:pPr><w:bookmarkStart "
    "w:id='0' w:name='_heading=h.gjdgxs'/><w:bookmarkEnd w:id='0'/><w:r><w:rPr><w:rtl w:val='0'/></w:rPr><w:t>Summary</w:t></w:r></w:p>"
    f"<w:p><w:r><w:rPr><w:rtl w:val='0'/></w:rPr><w:t>{SAID}</w:t></w:r></w:p>"
)
OLD_FORM = (
    "<w:p><w:r><w:t>Tier: </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
    "<w:listEntry w:val='low'/><w:listEntry w:val='high'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN "
    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
NOTES = {
    f"word/{kind}s.xml": part(f"{kind}s", f"<w:{kind} w:id='2'>{paragraph(f'The {kind}.')}</w:{kind}>")
    for kind in ("footnote", "endnote")
}
MARKS = "".join(
    f"<w:r><w:t>{word}</w:t><w:{kind}Reference w:id='2'/></w:r>"
    for word, kind in (("One", "footnote"), ("two", "endnote"))
)
OUTLINE = "<w:p><w:pPr><w:outlineLvl w:val='{}'/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>".format
STYLED_LINE = "<w:p><w:pPr><w:pStyle w:val='Own'/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>".format
TWO = "## Summary\n\nHe was on licence. He was seen each week.\n\n## Findings\n\nIt was late.\n"

COMES_IN: dict[str, tuple[bytes, str]] = {
    # headings as people make them
    "bold lines": (lines("Summary", SAID, "Findings", "It was late.", properties=BOLD), TWO),
    "numbers and bold": (lines("1. Summary", SAID, "2. Findings", "It was late.", properties=BOLD), TWO),
    "a bare number": (lines("1 Summary", SAID, "2 Findings", "It was late.", properties=BOLD), TWO),
    "letters": (lines("A. Summary", SAID, "B. Findings", "It was late.", properties=BOLD), TWO),
    "numbers in words": (lines("Section 1: Summary", SAID, "Section 2 - Findings", "It was late.", properties=BOLD), TWO),
    "numbers alone": (lines("1. Summary", SAID, "2. Findings", "It was late."), TWO),
    "capitals": (lines("SUMMARY", SAID, "FINDINGS", "It was late."), TWO),
    "underlined": (lines("Summary", SAID, "Findings", "It was late.", properties="<w:rPr><w:u w:val='single'/></w:rPr>"), TWO),
    "larger letters": (lines("Summary", SAID, "Findings", "It was late.", properties="<w:rPr><w:sz w:val='32'/></w:rPr>"), TWO),
    "bold by a style": (
        raw(
            STYLED_LINE("Summary") + paragraph(SAID) + STYLED_LINE("Findings") + paragraph("It was late."),
            heading="",
            parts={"word/styles.xml": part("styles", f"{STYLES}<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Own'/>{BOLD}</w:style>")},
        ),
        TWO,
    ),
    "bold with a colon": (lines("Summary:", SAID, "Findings:", "It was late.", properties=BOLD), TWO),
    "numbered by Word": (
        raw(item("Summary", MULTILEVEL, 0, BOLD) + paragraph(SAID) + item("Findings", MULTILEVEL, 0, BOLD) + paragraph("It was late."), heading="", parts=LISTS),
        TWO,
    ),
    "deeper numbers": (
        lines("1. Summary", SAID, "3. Sentence management", "He was seen.", "3.2 Findings", "It was late.", properties=BOLD),
        "## Summary\n\nHe was on licence. He was seen each week.\n\n## Sentence management\n\nHe was seen.\n\n### Findings\n\nIt was late.\n",
    ),
    "levels of the outline": (raw(paragraph(SAID) + OUTLINE(0, "Findings") + paragraph("It was late."), heading=OUTLINE(0, "Summary")), TWO),
    "numbers typed into real headings": (
        raw(paragraph(SAID) + heading("2. Findings") + heading("2.1 Home visits", 2) + paragraph("It was late.")),
        TWO.replace("It", "### Home visits\n\nIt"),
    ),
    "Google Docs": (raw(heading("Findings") + paragraph("It was late."), heading=GOOGLE), TWO),
    # numbers before paragraphs
    "paragraphs numbered by hand": (
        raw(paragraph("1.1 One.") + paragraph("1.2\tTwo.") + heading("Findings") + paragraph("2.1. Three.") + paragraph("12.05 He rang.") + paragraph("2.3 Four.")),
        "## Summary\n\nOne.\n\nTwo.\n\n## Findings\n\nThree.\n\n12.05 He rang.\n\nFour.\n",
    ),
    "paragraphs numbered through": (
        raw(paragraph("1. One.") + paragraph("2. Two.") + heading("Findings") + paragraph("3. Three.")),
        "## Summary\n\nOne.\n\nTwo.\n\n## Findings\n\nThree.\n",
    ),
    "paragraphs numbered by Word with its headings": (
        raw(item("Summary", MULTILEVEL, 0, BOLD) + item("One.", MULTILEVEL, 1) + item("Two.", MULTILEVEL, 1), heading="", parts=LISTS),
        "## Summary\n\nOne.\n\nTwo.\n",
    ),
    "paragraphs numbered through by Word": (
        raw(item("One.", SIMPLE) + item("Two.", SIMPLE) + heading("Findings") + item("Three.", SIMPLE), parts=LISTS),
        "## Summary\n\nOne.\n\nTwo.\n\n## Findings\n\nThree.\n",
    ),
    "a typed list": (
        raw(paragraph("Three reasons:") + paragraph("1. One.") + paragraph("2. Two.") + heading("Findings") + paragraph("It was late.")),
        "## Summary\n\nThree reasons:\n\n1\\. One.\n\n2\\. Two.\n\n## Findings\n\nIt was late.\n",
    ),
    "dates and amounts": (
        raw(paragraph("1.1.2019 He left.") + paragraph("1.5 miles away.") + paragraph("2 May: he rang.") + paragraph("2019. The year.")),
        "## Summary\n\n1.1.2019 He left.\n\n1.5 miles away.\n\n2 May: he rang.\n\n2019\\. The year.\n",
    ),
    "a list that goes on": (
        raw(item("One", SIMPLE) + paragraph("Between.") + item("Two", SIMPLE) + item("Three", SIMPLE), parts=LISTS),
        "## Summary\n\n1. One\n\nBetween.\n\n2. Two\n3. Three\n",
    ),
    "a list begun anew": (
        raw(item("One", SIMPLE) + paragraph("Between.") + item("Seven", ANEW) + item("Eight", ANEW), parts=LISTS),
        "## Summary\n\n1. One\n\nBetween.\n\n7. Seven\n8. Eight\n",
    ),
    "a list of lists": (
        raw(item("One", SIMPLE) + item("In one", SIMPLE, 1) + item("Two", SIMPLE), parts=LISTS),
        "## Summary\n\n1. One\n   1. In one\n2. Two\n",
    ),
    "several levels of numbers": (
        raw(item("One", MULTILEVEL) + item("In it", MULTILEVEL, 1) + item("Deep", MULTILEVEL, 2) + item("Two", MULTILEVEL), parts=LISTS),
        "## Summary\n\n1. One\n\n1.1 In it\n\n(i) Deep\n\n2. Two\n",
    ),
    "letters before items": (raw(item("One", LETTERS) + item("Two", LETTERS), parts=LISTS), "## Summary\n\n(a) One\n\n(b) Two\n"),
    "words before items": (
        raw(item("Train.", WORDED) + item("Check.", WORDED), parts=LISTS),
        "## Summary\n\nRecommendation 1: Train.\n\nRecommendation 2: Check.\n",
    ),
    "nothing before items": (raw(item("One", BARE) + item("Two", BULLETS), parts=LISTS), "## Summary\n\nOne\n\n- Two\n"),
    # fields, tables, boxes
    "a caption": (raw(f"<w:p><w:r><w:t xml:space='preserve'>Table </w:t></w:r>{simple_field('SEQ Table', '4')}<w:r><w:t>: visits</w:t></w:r></w:p>"), "## Summary\n\nTable 4: visits\n"),
    "a cross-reference": (raw(f"<w:p><w:r><w:t xml:space='preserve'>As </w:t></w:r>{complex_field('REF _Ref1', 'Table 4')}<w:r><w:t xml:space='preserve'> shows.</w:t></w:r></w:p>"), "## Summary\n\nAs Table 4 shows.\n"),
    "a date": (raw(f"<w:p>{simple_field('DATE', '3 May 2021')}</w:p><w:p>{complex_field('SAVEDATE', '4 May 2021')}</w:p>"), "## Summary\n\n3 May 2021\n\n4 May 2021\n"),
    "a field in a field": (raw(f"<w:p>{simple_field('REF a', complex_field('REF b', 'inner'), nested=True)}</w:p>"), "## Summary\n\ninner\n"),
    "a list of an old form": (raw(OLD_FORM), "## Summary\n\nTier: high\n"),
    "a place that Word took for one": (raw("<w:p><w:smartTag><w:r><w:t>Hull</w:t></w:r></w:smartTag><w:bdo><w:r><w:t>, left.</w:t></w:r></w:bdo></w:p>"), "## Summary\n\nHull, left.\n"),
    "a table in a table": (raw(cells([[cells([["a", "b"], ["c", "d"]]), "e"], ["f", "g"]])), "## Summary\n\n| a b c d | e |\n| --- | --- |\n| f | g |\n"),
    "notes": (raw(f"<w:p>{MARKS}</w:p>", parts=NOTES), "## Summary\n\nOne[^2]two[^e2]\n\n[^2]: The footnote.\n\n[^e2]: The endnote.\n"),
    "a text box": (raw(paragraph("Before.") + box("In a box.") + paragraph("After.")), "## Summary\n\nBefore.\n\nIn a box.\n\nAfter.\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", COMES_IN)
def test_an_ordinary_file_comes_in(tmp_path: Path, name: str) -> None:
    """Whole: the review is what a reader of the Word file sees, without the numbers that only number its paragraphs."""
    data, body = COMES_IN[name]
    case = importer.import_bytes(data, "review.docx", tmp_path, "cedar-lantern-07")
    assert (case.folder / "review.md").read_text(encoding="utf-8").split("\n---\n", 1)[1] == body


THROUGH = "the numbers before 3 paragraphs were left out"
TOLD: dict[str, tuple[bytes, str]] = {
    "typed headings": (lines("Summary", SAID, "Findings", "Late.", properties=BOLD), "check each: Summary; Findings"),
    "numbers left out": (COMES_IN["paragraphs numbered through"][0], THROUGH),
    "see paragraph 2": (raw(paragraph("One.") + paragraph("See paragraph 2.")), "Where: paragraph 2 of Summary"),
    "para 4.1 in a table": (raw(cells([["a", "As para 4.1 says"], ["c", "d"]])), "Where: paragraph 1 of Summary"),
    "page 9": (raw(f"<w:p><w:r><w:t xml:space='preserve'>It is on page </w:t></w:r>{complex_field('PAGEREF x', '9')}</w:p>"), "Where: paragraph 1 of Summary"),
    "one line": (raw(paragraph("Gone", "<w:rPr><w:strike/></w:rPr>")), "crossed out"),
    "two lines": (raw(cells([["a", "b"]]) + paragraph("Gone", "<w:rPr><w:dstrike/></w:rPr>")), "paragraph 1 under 'Summary'"),
    "a picture in front": (raw(f"<w:p><w:r><w:t>Under it.</w:t></w:r><w:r>{IN_FRONT}</w:r></w:p>"), "lie in front of the text"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_a_person_should_look_at_is_told(tmp_path: Path, name: str) -> None:
    """With where it is, and without a word of the review."""
    data, words = TOLD[name]
    notes = importer.import_bytes(data, "review.docx", tmp_path, "cedar-lantern-07").notes
    assert [note for note in notes if words in note]
    assert not any(SAID in note or "Gone" in note for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        "Section 18 wounding was charged.",
        "An enquiry under section 47 began; see section 47 of the Children Act.",
        "He had 2 pages of convictions and was in part 2 of the programme.",
        "Point 3 was agreed.",
    ],
)
def test_other_numbers_are_no_cross_references(tmp_path: Path, text: str) -> None:
    """Acts of Parliament are cited by numbers too, and these stay true."""
    notes = importer.import_bytes(raw(paragraph(text)), "review.docx", tmp_path, "cedar-lantern-07").notes
    assert not [note for note in notes if "by numbers" in note]


def test_an_answer_for_all_others_counts_for_what_is_not_named(tmp_path: Path) -> None:
    """A line that is no heading after all stays as it was typed, number and all."""
    document = told("1. Summary", "2. Practice stuff", "Home visits", "3. Findings")
    case = importer.import_bytes(made(document), "a.docx", tmp_path, "cedar-lantern-07", {2: "text", OTHERS: "within"})
    body = (case.folder / "review.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    assert (
        body
        == "## Summary\n\nText.\n\n**2. Practice stuff**\n\nText.\n\n### Home visits\n\nText.\n\n## Findings\n\nText.\n"
    )


def test_headings_in_their_style_leave_bold_lines_alone(tmp_path: Path) -> None:
    """Where the sections have headings, a bold line is what it looks like."""
    data = raw(bold("Home visits") + paragraph(SAID), heading=HEADING)
    body = (
        importer.import_bytes(data, "a.docx", tmp_path, "cedar-lantern-07")
        .folder.joinpath("review.md")
        .read_text("utf-8")
    )
    assert body.endswith(f"## Summary\n\n**Home visits**\n\n{SAID}\n")
