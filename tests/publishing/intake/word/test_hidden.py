from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from publishing.errors import WordRefusedError
from publishing.intake.word import importer
from publishing.intake.word.questions import UnmappedHeadingsError
from tests.support import documents

pytestmark = pytest.mark.slow

Document = docx.document.Document
Case = Callable[[Document], None]

WORDS = "Marigold Vexington"
"""What is hidden in these documents, or is plain to see in their near-misses."""
HERE = "paragraph 3 under 'Chronology' (heading no. 3)"
OFF, COLOUR, SMALL = (
    "hidden text (1)",
    "in the colour of what is behind it (1)",
    "too small or too tight to be read (1)",
)

BLACK = '<w:color w:val="000000"/>'
WHITE = '<w:color w:val="FFFFFF"/>'


def review() -> Document:
    """A review in which the next paragraph is the third of its chronology."""
    document = docx.Document()
    document.add_heading("Summary", 1)
    document.add_paragraph("He was released.")
    document.add_heading("Home visits", 2)
    document.add_paragraph("There was one.")
    document.add_heading("Chronology", 1)
    document.add_paragraph("In March he moved.")
    document.add_paragraph("")
    document.add_paragraph("In April he moved again.")
    return document


def add(properties: str, to: Any, text: str = WORDS) -> Any:
    """A run with properties in WordprocessingML."""
    run = to.add_run(text)
    for property in documents.element(f"<w:rPr>{properties}</w:rPr>"):
        run._r.get_or_add_rPr().append(property)
    return run


def style(document: Document, name: str, kind: str, inner: str) -> None:
    """Another style."""
    document.styles.element.append(
        documents.element(f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>')
    )


def set_in(holder: Any, xml: str) -> None:
    """Properties of a paragraph, cell or row."""
    holder.append(documents.element(xml))


def run(properties: str, paragraph: str = "", text: str = WORDS) -> Case:
    """A paragraph of its own under the chronology."""

    def write(document: Document) -> None:
        added = document.add_paragraph()
        for property in documents.element(f"<w:pPr>{paragraph}</w:pPr>"):
            added._p.get_or_add_pPr().append(property)
        add(properties, added, text)

    return write


def styled(kind: str, chain: tuple[str, ...], properties: str = "") -> Case:
    """The same, by styles each based on the one before."""

    def write(document: Document) -> None:
        for number, inner in enumerate(chain):
            based = f'<w:basedOn w:val="Own{number - 1}"/>' if number else ""
            style(document, f"Own{number}", kind, based + inner)
        used = f'<w:{"p" if kind == "paragraph" else "r"}Style w:val="Own{len(chain) - 1}"/>'
        run(*((properties, used) if kind == "paragraph" else (used + properties, "")))(document)

    return write


def cell(
    properties: str, shading: str = "", name: str | None = None, at: tuple[int, int] = (2, 1), row: str = ""
) -> Case:
    """In the second table, in its third row unless said otherwise."""

    def write(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "First."
        table = document.add_table(4, 3, style=name)
        for other in (other for number, each in enumerate(table.rows) if number != at[0] for other in each.cells):
            other.text = "Seen."
        if shading:
            set_in(table.cell(*at)._tc.get_or_add_tcPr(), shading)
        if row:
            set_in(table.rows[at[0]]._tr.get_or_add_trPr(), row)
        add(properties, table.cell(*at).paragraphs[0])

    return write


def page(properties: str, *, shown: bool) -> Case:
    """On a page of dark blue."""

    def write(document: Document) -> None:
        document.element.insert(0, documents.element('<w:background w:color="1F3864"/>'))
        if shown:
            document.settings.element.insert(0, documents.element("<w:displayBackgroundShape/>"))
        run(properties)(document)
        for paragraph in document.paragraphs[:-1]:
            for each in paragraph.runs:
                each.font.color.rgb = docx.shared.RGBColor(255, 192, 0)

    return write


def box(properties: str, fill: str) -> Case:
    """In a text box, as Word writes it in a new and an old way."""

    def write(document: Document) -> None:
        inner = f"<w:txbxContent>{documents.paragraph(WORDS, f'<w:rPr>{properties}</w:rPr>')}</w:txbxContent>"
        document.add_paragraph("Beside it.").add_run()._r.append(
            documents.element(
                "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:spPr>"
                f"{fill}</wps:spPr><wps:txbx>{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
                f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
                "</mc:AlternateContent>"
            )
        )

    return write


def old_box(properties: str, fill: str) -> Case:
    """In a text box of an older Word."""

    def write(document: Document) -> None:
        inner = f"<w:txbxContent>{documents.paragraph(WORDS, f'<w:rPr>{properties}</w:rPr>')}</w:txbxContent>"
        document.add_paragraph("Beside it.").add_run()._r.append(
            documents.element(f"<w:pict><v:shape {fill}><v:textbox>{inner}</v:textbox></v:shape></w:pict>")
        )

    return write


def drawn(fill: str, outline: str = "") -> Case:
    """With the effects that newer versions of Word give text."""
    return run(f"{BLACK}<w14:textFill>{fill}</w14:textFill>{outline}")


def around(where: str) -> Case:
    """In the header or footer, in its second paragraph."""

    def write(document: Document) -> None:
        part = getattr(document.sections[0], where)
        part.paragraphs[0].text = "Official."
        add(WHITE, part.add_paragraph())

    return write


def solid(colour: str, more: str = "", prefix: str = "w14", attribute: str = "w14:val") -> str:
    """A fill of one colour, as drawings have it."""
    return (
        f'<{prefix}:solidFill><{prefix}:srgbClr {attribute}="{colour}">{more}</{prefix}:srgbClr></{prefix}:solidFill>'
    )


def contents(document: Document) -> None:
    """A line of a table of contents, as Word writes its page number."""
    style(document, "TOC1", "paragraph", "")
    document.styles["TOC1"].element.find(f"{{{documents.W}}}name").set(f"{{{documents.W}}}val", "toc 1")
    run("<w:webHidden/>", '<w:pStyle w:val="TOC1"/>')(document)


def nested(document: Document) -> None:
    """In a table within a table."""
    outer = document.add_table(2, 1)
    inner = outer.cell(1, 0).add_table(1, 1)
    add(WHITE, inner.cell(0, 0).paragraphs[0])


def everywhere(document: Document) -> None:
    """By what the whole document's text is set to; what is to be seen says so itself."""
    for paragraph in document.paragraphs:
        for each in paragraph.runs:
            each.font.hidden = False
    defaults = document.styles.element.find(f".//{{{documents.W}}}rPrDefault/{{{documents.W}}}rPr")
    set_in(defaults, "<w:vanish/>")
    run("")(document)


def table_style(inner: str, part: str = "firstRow", at: tuple[int, int] = (0, 1), look: str = "firstRow") -> Case:
    """By what the style of a table says of a part of it."""

    def write(document: Document) -> None:
        style(document, "Own", "table", f'<w:tblStylePr w:type="{part}">{inner}</w:tblStylePr>')
        cell("", name="Own", at=at)(document)
        for other in (each for row in document.tables[-1].rows for each in row.cells if each.text != WORDS):
            other.text = ""
        chosen = document.tables[-1]._tbl.tblPr.find(f"{{{documents.W}}}tblLook")
        chosen.set(f"{{{documents.W}}}{look}", "1")

    return write


def by_turns(document: Document) -> None:
    """By one style, where another kind of style says the opposite."""
    style(document, "Hides", "paragraph", "<w:rPr><w:vanish/></w:rPr>")
    style(document, "Shows", "character", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    run('<w:rStyle w:val="Shows"/>', '<w:pStyle w:val="Hides"/>')(document)


def in_heading(document: Document) -> None:
    """After the words of a heading."""
    add(WHITE, document.add_heading("Findings", 1))


def under_a_name(document: Document) -> None:
    """Under a heading that may name somebody."""
    document.add_heading("Marigold", 2)
    run(WHITE)(document)


SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'.format
TABLE = "table 2, row 3, column 2"
HEAD = "table 2, row 1, column 2"
BOX = "a text box at paragraph 3 under 'Chronology' (heading no. 3)"
DARK = f"<w:rPr>{BLACK}</w:rPr><w:tcPr>{SHADED('000000')}</w:tcPr>"
ACCENT = "Medium Shading 1 Accent 1"

HIDDEN: dict[str, tuple[str, str, Case]] = {
    "white": (COLOUR, HERE, run(WHITE)),
    "nearly white": (COLOUR, HERE, run('<w:color w:val="F2F2F2"/>')),
    "the grey of 10%": (COLOUR, HERE, run('<w:color w:val="E5E5E5"/>')),
    "yellow on white": (COLOUR, HERE, run('<w:color w:val="FFFF00"/>')),
    "the theme's background": (COLOUR, HERE, run('<w:color w:val="000000" w:themeColor="background1"/>')),
    "its background 5% darker": (COLOUR, HERE, run('<w:color w:val="000000" w:themeColor="background1" w:themeShade="F2"/>')),
    "its text all but white": (COLOUR, HERE, run('<w:color w:val="000000" w:themeColor="text1" w:themeTint="0A"/>')),
    "black highlight": (COLOUR, HERE, run('<w:highlight w:val="black"/>')),
    "black highlight on dark grey": (COLOUR, HERE, run('<w:color w:val="404040"/><w:highlight w:val="black"/>')),
    "dark blue highlight on black": (COLOUR, HERE, run(f'{BLACK}<w:highlight w:val="darkBlue"/>')),
    "white highlight within black shading": (COLOUR, HERE, run(f'{WHITE}<w:highlight w:val="white"/>{SHADED("000000")}')),
    "black shading on black": (COLOUR, HERE, run(BLACK + SHADED("000000"))),
    "shading of the theme": (COLOUR, HERE, run(f'{BLACK}<w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text1"/>')),
    "a solid pattern": (COLOUR, HERE, run(f'{BLACK}<w:shd w:val="solid" w:color="auto" w:fill="FFFFFF"/>')),
    "a dense pattern": (COLOUR, HERE, run(f'{BLACK}<w:shd w:val="pct95" w:color="000000" w:fill="FFFFFF"/>')),
    "black paragraph on black": (COLOUR, HERE, run(BLACK, SHADED("0D0D0D"))),
    "style of the paragraph": (COLOUR, HERE, styled("paragraph", (f"<w:rPr>{WHITE}</w:rPr>", "", "<w:rPr><w:b/></w:rPr>"))),
    "style of the letters": (COLOUR, HERE, styled("character", (f"<w:rPr>{WHITE}</w:rPr>", "<w:rPr><w:b/></w:rPr>"))),
    "shading by style": (COLOUR, HERE, styled("paragraph", (f"<w:pPr>{SHADED('000000')}</w:pPr>", ""), BLACK)),
    "white in a table": (COLOUR, TABLE, cell(WHITE)),
    "the cell's colour": (COLOUR, TABLE, cell('<w:color w:val="0070C0"/>', SHADED("0070C0"))),
    "white in a cell that undoes its style": (COLOUR, HEAD, cell(WHITE, SHADED("auto"), ACCENT, (0, 1))),
    "the colour of a table style's head": (COLOUR, HEAD, cell('<w:color w:val="4F81BD"/>', name=ACCENT, at=(0, 1))),
    "the colour of a table style's band": (COLOUR, "table 2, row 2, column 2", cell('<w:color w:val="D3DFEE"/>', name=ACCENT, at=(1, 1))),
    "white by a table style": (COLOUR, HEAD, table_style(f"<w:rPr>{WHITE}</w:rPr>")),
    "black on a table style's black": (COLOUR, HEAD, table_style(DARK)),
    "black in the first black band": (COLOUR, "table 2, row 2, column 2", table_style(DARK, "band1Horz", (1, 1))),
    "black in the second black band": (COLOUR, TABLE, table_style(DARK, "band2Horz", (2, 1))),
    "black in a black column": (COLOUR, "table 2, row 3, column 1", table_style(DARK, "firstCol", (2, 0))),
    "black in a black last column": (COLOUR, "table 2, row 3, column 3", table_style(DARK, "lastCol", (2, 2), "lastColumn")),
    "black in a black last row": (COLOUR, "table 2, row 4, column 2", table_style(DARK, "lastRow", (3, 1), "lastRow")),
    "hidden by a table style": (OFF, HEAD, table_style("<w:rPr><w:vanish/></w:rPr>")),
    "in a nested table": (COLOUR, "table 1, row 2, column 1", nested),
    "the page's colour": (COLOUR, HERE, page('<w:color w:val="1F3864"/>', shown=True)),
    "white on a colour that is not shown": (COLOUR, HERE, page(WHITE, shown=False)),
    "black in a black box": (COLOUR, BOX, box(BLACK, solid("000000", prefix="a", attribute="val"))),
    "white in a box without fill": (COLOUR, BOX, box(WHITE, "<a:noFill/>")),
    "black in an old black box": (COLOUR, BOX, old_box(BLACK, 'fillcolor="black [3213]"')),
    "white in an old box": (COLOUR, BOX, old_box(WHITE, 'filled="f" fillcolor="#4f81bd"')),
    "in a header": (COLOUR, "a header, paragraph 2", around("header")),
    "in a footer": (COLOUR, "a footer, paragraph 2", around("footer")),
    "in a heading": (COLOUR, "heading no. 4", in_heading),
    "under a heading of unknown words": (COLOUR, "paragraph 1 under heading no. 4", under_a_name),
    "no fill": (COLOUR, HERE, drawn("<w14:noFill/>")),
    "a white fill over black": (COLOUR, HERE, drawn(solid("FFFFFF"))),
    "a fill of the theme": (COLOUR, HERE, drawn('<w14:solidFill><w14:schemeClr w14:val="bg1"><w14:lumMod w14:val="95000"/></w14:schemeClr></w14:solidFill>')),
    "a fill that is seen through": (COLOUR, HERE, drawn(solid("000000", '<w14:alpha w14:val="100000"/>'))),
    "no fill and no outline": (COLOUR, HERE, drawn("<w14:noFill/>", "<w14:textOutline><w14:noFill/></w14:textOutline>")),
    "one point": (SMALL, HERE, run('<w:sz w:val="2"/>')),
    "three and a half points": (SMALL, HERE, run('<w:sz w:val="7"/>')),
    "one point with its unit": (SMALL, HERE, run('<w:sz w:val="1pt"/>')),
    "one point of the other kind of script": (SMALL, HERE, run('<w:cs/><w:szCs w:val="2"/>')),
    "one point by style": (SMALL, HERE, styled("character", ('<w:rPr><w:sz w:val="2"/></w:rPr>', ""))),
    "one per cent wide": (SMALL, HERE, run('<w:w w:val="1"/>')),
    "one per cent with its sign": (SMALL, HERE, run('<w:w w:val="1%"/>')),
    "letters on top of each other": (SMALL, HERE, run('<w:spacing w:val="-200"/>')),
    "a line of one point": (SMALL, HERE, run("", '<w:spacing w:line="20" w:lineRule="exact"/>')),
    "the same by style": (SMALL, HERE, styled("paragraph", ('<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>', '<w:pPr><w:spacing w:after="0"/></w:pPr>'))),
    "hidden": (OFF, HERE, run("<w:vanish/>")),
    "hidden on the web": (OFF, HERE, run("<w:webHidden/>")),
    "always hidden": (OFF, HERE, run("<w:specVanish/>")),
    "hidden by style": (OFF, HERE, styled("paragraph", ("<w:rPr><w:vanish/></w:rPr>", ""))),
    "hidden by style of the letters": (OFF, HERE, styled("character", ("<w:rPr><w:vanish/></w:rPr>", ""))),
    "hidden by one style and shown by another": (OFF, HERE, by_turns),
    "hidden everywhere": (OFF, HERE, everywhere),
    "a row of one point": (SMALL, TABLE, cell("", row='<w:trHeight w:val="20" w:hRule="exact"/>')),
    "a hidden row": (OFF, "table 2, row 3", cell("", row="<w:hidden/>")),
}  # fmt: skip

SEEN: dict[str, Case] = {
    "dark blue": run('<w:color w:val="00008B"/>'),
    "grey": run('<w:color w:val="808080"/>'),
    "pale grey": run('<w:color w:val="BFBFBF"/>'),
    "the palest grey of notes": run('<w:color w:val="000000" w:themeColor="background1" w:themeShade="D9"/>'),
    "red and blue as if tracked": run('<w:color w:val="FF0000"/><w:u w:val="single" w:color="0070C0"/>'),
    "black on a yellow highlight": run(f'{BLACK}<w:highlight w:val="yellow"/>'),
    "automatic on a yellow highlight": run('<w:highlight w:val="yellow"/>'),
    "white on a black highlight": run(f'{WHITE}<w:highlight w:val="black"/>'),
    "a highlight of none": run('<w:highlight w:val="none"/>'),
    "a hyperlink of the theme": run('<w:color w:val="FFFFFF" w:themeColor="hyperlink"/>'),
    "no such colour of the theme": run('<w:color w:val="0000FF" w:themeColor="none"/>'),
    "automatic on black shading": run('<w:color w:val="auto"/>' + SHADED("000000")),
    "white on a dark paragraph": run(WHITE, SHADED("1F3864")),
    "black on a light pattern": run(f'{BLACK}<w:shd w:val="pct10" w:color="auto" w:fill="auto"/>'),
    "shading of nothing": run(f'{BLACK}<w:shd w:val="nil" w:fill="000000"/>'),
    "white spaces": run(WHITE + '<w:sz w:val="2"/><w:vanish/>', text="  "),
    "black over a white style": styled("paragraph", (f"<w:rPr>{WHITE}</w:rPr>",), BLACK),
    "automatic over a white style": styled("character", (f"<w:rPr>{WHITE}</w:rPr>",), '<w:color w:val="auto"/>'),
    "shown over a style that hides": styled("character", ("<w:rPr><w:vanish/></w:rPr>",), '<w:vanish w:val="0"/>'),
    "a hidden end of a paragraph": run("", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"),
    "white on a black table head": cell(WHITE, SHADED("000000"), at=(0, 1)),
    "a table style's own head": cell("", name=ACCENT, at=(0, 1)),
    "white on a table style's head": cell(WHITE, name=ACCENT, at=(0, 1)),
    "white on a dark table style": cell(WHITE, name="Dark List Accent 1"),
    "white on a shown dark page": page(WHITE, shown=True),
    "white in a black box": box(WHITE, solid("000000", prefix="a", attribute="val")),
    "white on a picture": box(WHITE, "<a:blipFill/>"),
    "white in a box that runs from blue to black": box(WHITE, f"<a:gradFill><a:gs>{solid('0000FF', prefix='a', attribute='val')}</a:gs></a:gradFill>"),
    "white in an old dark box": old_box(WHITE, 'fillcolor="#1f3864"'),
    "an outline without fill": drawn("<w14:noFill/>", f"<w14:textOutline>{solid('000000')}</w14:textOutline>"),
    "a fill that is seen through a little": drawn(solid("000000", '<w14:alpha w14:val="20000"/>')),
    "a line of contents": contents,
    "black in a last column like any other": table_style(DARK, "lastCol", (2, 2)),
    "black beside a black band": table_style(DARK, "band1Horz", (2, 1)),
    "small print": run('<w:sz w:val="12"/>'),
    "the narrowest letters of Word's list": run('<w:w w:val="33"/>'),
    "letters a little tighter": run('<w:spacing w:val="-20"/>'),
    "an exact line": run("", '<w:spacing w:line="240" w:lineRule="exact"/>'),
    "a line of at least nothing": run("", '<w:spacing w:line="20" w:lineRule="atLeast"/>'),
    "raised and lowered": run('<w:vertAlign w:val="superscript"/><w:position w:val="6"/>'),
}  # fmt: skip


def imported(tmp_path: Path, document: Document) -> str:
    """The review that is made of a document."""
    case = importer.import_bytes(documents.made(document), "review.docx", tmp_path / "reviews", "cedar-lantern-07")
    return (case.folder / "review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HIDDEN)
def test_text_that_a_reader_cannot_see_is_refused(tmp_path: Path, name: str) -> None:
    """It is told where it is and what to do; none of its words is, and nothing is written."""
    what, where, write = HIDDEN[name]
    document = review()
    write(document)
    with pytest.raises(WordRefusedError) as caught:
        imported(tmp_path, document)
    (reason,) = caught.value.reasons
    assert what in reason
    assert reason.endswith(f". Where: {where}")
    assert not any(said in str(caught.value) for said in WORDS.split())
    assert not (tmp_path / "reviews").exists()


@pytest.mark.parametrize("name", SEEN)
def test_text_that_a_reader_can_see_passes(tmp_path: Path, name: str) -> None:
    """However it is coloured, set or hidden in part."""
    document = review()
    SEEN[name](document)
    said = imported(tmp_path, document)
    assert (WORDS in said) == (name not in ("white spaces", "a line of contents"))


NOTE = documents.paragraph(WORDS, f"<w:rPr>{WHITE}</w:rPr>")
MARK = "<w:p><w:r><w:t>Said.</w:t></w:r><w:r><w:{}Reference w:id='{}'/></w:r></w:p>".format
TABLE_OF_ONE = f"<w:tbl><w:tr><w:tc>{documents.paragraph('x', '<w:object/>')}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("what", "where", "body", "parts"),
    [
        # notes have the numbers that a reader sees, whatever the file calls them
        (COLOUR, "footnote 2", MARK("footnote", 7) + MARK("footnote", 3), {"footnotes": f"<w:footnote w:id='3'>{NOTE}</w:footnote>"}),
        (COLOUR, "endnote 1", MARK("endnote", 5), {"endnotes": f"<w:endnote w:id='5'>{NOTE}</w:endnote>"}),
        (COLOUR, "an endnote", "", {"endnotes": f"<w:endnote w:id='5'>{NOTE}</w:endnote>"}),
        (COLOUR, "comment 4", "", {"comments": f"<w:comment w:id='4'>{NOTE}</w:comment>"}),
        ("tracked changes (1)", "paragraph 1 under 'Summary' (heading no. 1)", "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins></w:p>", {}),
        ("comments (1)", "paragraph 1 under 'Summary' (heading no. 1)", MARK("comment", 1), {}),
        ("embedded objects (1)", "table 1, row 1, column 1", TABLE_OF_ONE, {}),
    ],
)  # fmt: skip
def test_every_refusal_tells_its_places(
    tmp_path: Path, what: str, where: str, body: str, parts: dict[str, str]
) -> None:
    """Also in notes and comments, and of whatever else is refused."""
    whole = {f"word/{name}.xml": documents.part(name, inner) for name, inner in parts.items()}
    with pytest.raises(WordRefusedError) as caught:
        importer.import_bytes(documents.raw(body, parts=whole), "a.docx", tmp_path / "reviews", "cedar-lantern-07")
    (reason,) = [reason for reason in caught.value.reasons if what in reason]
    assert reason.endswith(f". Where: {where}")


def test_a_place_is_told_once_and_not_too_many_are(tmp_path: Path) -> None:
    """Two pieces of one paragraph are in one place; of many places some are told."""
    document = review()
    for _ in range(22):
        paragraph = document.add_paragraph("Seen. ")
        add(WHITE, paragraph)
        add(WHITE, paragraph)
    with pytest.raises(WordRefusedError) as caught:
        imported(tmp_path, document)
    (reason,) = caught.value.reasons
    assert "(44)" in reason
    assert reason.count("paragraph ") == 20
    assert reason.endswith("paragraph 22 under 'Chronology' (heading no. 3); and 2 more places")


def test_headings_have_the_numbers_by_which_an_import_asks_for_them(tmp_path: Path) -> None:
    """Contents and headings in tables are not counted, the title and headings in text boxes are."""
    document = docx.Document()
    document.add_heading("Review", 0)
    contents(document)
    document.add_heading("Summary", 1)
    document.add_table(1, 2).cell(0, 0).add_paragraph("In a table", style="Heading 1")
    document.add_heading("", 1)
    boxed = documents.element(
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:pPr><w:pStyle w:val='Heading2'/></w:pPr>"
        "<w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    document.add_paragraph("Beside it.").add_run()._r.append(boxed)
    document.add_heading("Practice stuff", 1)
    with pytest.raises(UnmappedHeadingsError) as asked:
        imported(tmp_path, document)
    run(WHITE)(document)
    with pytest.raises(WordRefusedError, match=f"under heading no. {asked.value.questions[0].number}\n"):
        imported(tmp_path, document)
