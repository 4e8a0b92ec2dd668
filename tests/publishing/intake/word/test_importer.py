from __future__ import annotations

import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from publishing import intake
from publishing.cli import app
from publishing.errors import CaseError, WordRefusedError
from publishing.intake.word import importer, template
from publishing.intake.word import package as word_package
from publishing.intake.word.questions import WITHIN, UnmappedHeadingsError
from publishing.vocabulary import section_headings
from redaction import Register
from tests.support.documents import HEADING, made, paragraph, part, raw
from tests.support.word_files import told

INS = '<w:ins w:id="1" w:author="A">{}</w:ins>'
DRAWING = '<w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="r9"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
ZERO = "\0" * 1_000_000


def imported(tmp_path: Path, data: bytes, name: str = "review.docx", **more: object) -> importer.Imported:
    """The case made of a file."""
    return importer.import_bytes(data, name, tmp_path / "reviews", "cedar-lantern-07", **more)  # type: ignore[arg-type]


def body_of(case: importer.Imported) -> str:
    """The review's text without its front matter."""
    return (case.folder / "review.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]


def office() -> docx.document.Document:
    """A review as an office writes it."""
    document = docx.Document()
    document.core_properties.author = "Joanna Sparrowhawk; Microsoft Office User"
    document.core_properties.last_modified_by = "python-docx"
    document.add_heading("Serious further offence review: Darren Whitlock", 0)
    document.add_paragraph("CRN X412398")
    document.add_heading("1. Executive summary", 1)
    line = document.add_paragraph("He was ")
    line.add_run("released").bold = True
    line.add_run(" on *licence* [x](y) & <b>. ")
    line.add_run("Too late").italic = True
    document.add_heading("What happened", 2)
    for text in ("One", "Two"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("First", "Second"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(2, 3)
    for place, text in enumerate(("When | day", "What", "Who", "1. May", "A visit", "Nobody")):
        table.cell(place // 3, place % 3).text = text
    document.add_heading("Key findings", 1)
    document.add_paragraph("1. Not a list\nnor this - either")
    document.sections[0].header.paragraphs[0].text = "OFFICIAL-SENSITIVE Whitlock"
    return document


def test_an_office_document_becomes_standard_sections(tmp_path: Path) -> None:
    """Headings are mapped by aliases; emphasis, lists, tables and line breaks stay; signs are only signs."""
    case = imported(tmp_path, made(office()))
    assert body_of(case) == (
        "## Summary\n\nHe was **released** on \\*licence\\* [x\\](y) & <b>. *Too late*\n\n### What happened\n\n"
        "- One\n- Two\n\n1. First\n2. Second\n\n| When \\| day | What | Who |\n| --- | --- | --- |\n"
        "| 1. May | A visit | Nobody |\n\n## Findings\n\n1\\. Not a list\\\nnor this - either\n"
    )


def test_an_imported_case_lacks_only_what_a_person_must_say(tmp_path: Path) -> None:
    """It is a draft; every fault is an empty fact, none is of its body or its register."""
    case = imported(tmp_path, made(office()))
    with pytest.raises(CaseError) as caught:
        intake.load_case(case.folder)
    assert all("is empty" in fault for fault in caught.value.faults)
    assert "\nstatus: draft" in (case.folder / "review.md").read_text(encoding="utf-8")


def test_cover_headers_and_footers_are_private_notes(tmp_path: Path) -> None:
    """They are kept at the head of review.md, as comments, and are no part of the review."""
    case = imported(tmp_path, made(office()))
    head = (case.folder / "review.md").read_text(encoding="utf-8").split("\n---\n", 1)[0]
    assert "#   OFFICIAL-SENSITIVE Whitlock" in head
    assert "#   CRN X412398" in head
    assert "Whitlock" not in body_of(case)


def test_document_properties_go_to_the_register_alone(tmp_path: Path) -> None:
    """A person who wrote it is to be removed; a program's name is nobody's; none is in the review."""
    case = imported(tmp_path, made(office()))
    register = intake.load_register(case.folder)
    assert isinstance(register, Register)
    assert [(person.role, person.names) for person in register.people] == [("other", ("Joanna Sparrowhawk",))]
    assert "Sparrowhawk" not in (case.folder / "review.md").read_text(encoding="utf-8")


def test_a_company_is_declared_unless_it_is_a_national_body(tmp_path: Path) -> None:
    """The Ministry of Justice stands on every page; a local firm must not."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    for company, wanted in (("Ministry of Justice", ()), ('Ribble & "Darwen", Homes', ('Ribble & "Darwen", Homes',))):
        said = company.replace("&", "&amp;")
        app_xml = f'<Properties xmlns="{space}"><Company>{said}</Company></Properties>'
        case = imported(tmp_path / company[:3], raw(parts={"docProps/app.xml": app_xml}))
        register = intake.load_register(case.folder)
        assert register
        assert register.organisations == wanted


@pytest.mark.parametrize(
    ("words", "data", "name"),
    [
        ("tracked changes (1)", raw(f"<w:p>{INS.format('<w:r><w:t>New</w:t></w:r>')}</w:p>"), "a.docx"),
        ("tracked changes (2)", raw("<w:p><w:del w:id='1'><w:r><w:delText>Old</w:delText></w:r></w:del></w:p>"), "a.docx"),
        ("tracked changes (1)", raw("<w:p><w:pPr><w:pPrChange w:id='1'/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>"), "a.docx"),
        ("comments (1)", raw("<w:p><w:r><w:t>A</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p>"), "a.docx"),
        ("comments (1)", raw(parts={"word/comments.xml": part("comments", "<w:comment w:id='1'/>")}), "a.docx"),
        ("hidden text (1)", raw(paragraph("Secret", "<w:rPr><w:vanish/></w:rPr>")), "a.docx"),
        ("hidden text (1)", raw("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"), "a.docx"),
        ("hidden text (1)", raw(parts={"word/footer1.xml": part("ftr", paragraph("S", "<w:rPr><w:vanish/></w:rPr>"))}), "a.docx"),
        ("embedded objects (2)", raw("<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>"), "a.docx"),
        ("embedded objects (1)", raw("<w:altChunk r:id='r9'/>"), "a.docx"),
        ("embedded objects (1)", raw(parts={"word/embeddings/sheet.xlsx": b"PK"}), "a.docx"),
        ("macros", raw(parts={"word/vbaProject.bin": b"x"}), "a.docx"),
        ("macros", raw(), "a.docm"),
        (
            "protection against editing",
            raw(parts={"word/settings.xml": part("settings", "<w:documentProtection w:edit='readOnly' w:enforcement='1'/>")}),
            "a.docx",
        ),
        ("protected by a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx"),
        ("is damaged", raw()[:-300], "a.docx"),
        ("is damaged", b"PK\x03\x04 nothing", "a.docx"),
        ("is empty", b"", "a.docx"),
        ("is damaged", raw(parts={"word/document.xml": "<w:document"}), "a.docx"),
        ("is damaged", raw(parts={"word/document.xml": "<html/>"}), "a.docx"),
        ("could not be read", raw("<w:p><m:oMath><m:r><m:t>E equals mc</m:t></m:r></m:oMath></w:p>"), "a.docx"),
        ("no headings", raw(heading=""), "a.docx"),
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_refused(tmp_path: Path, words: str, data: bytes, name: str) -> None:
    """Each is named with what to do about it; nothing is written and no word of the file is repeated."""
    with pytest.raises(WordRefusedError) as caught:
        imported(tmp_path, data, name)
    assert words in str(caught.value)
    assert "Secret" not in str(caught.value)
    assert not (tmp_path / "reviews" / "cedar-lantern-07").exists()


def test_every_refused_feature_is_listed_at_once(tmp_path: Path) -> None:
    """One list to mend, not one fault a try."""
    body = f"<w:p>{INS.format('<w:r><w:t>New</w:t></w:r>')}</w:p>" + paragraph("x", "<w:rPr><w:vanish/></w:rPr>")
    with pytest.raises(WordRefusedError) as caught:
        imported(tmp_path, raw(body, parts={"word/vbaProject.bin": b"x"}))
    assert len(caught.value.reasons) == 3


def test_settings_that_only_look_like_features_are_no_hindrance(tmp_path: Path) -> None:
    """Vanish switched off, tracking switched on with nothing tracked."""
    body = paragraph("Seen.", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    case = imported(tmp_path, raw(body, parts={"word/settings.xml": part("settings", "<w:trackRevisions/>")}))
    assert body_of(case) == "## Summary\n\nSeen.\n"


def test_text_boxes_and_footnotes_are_read(tmp_path: Path) -> None:
    """A box as Word writes it, in a new and an old way, is read once; a note stands in its section."""
    box = "<w:txbxContent>" + paragraph("In a box.") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    note = part("footnotes", f"<w:footnote w:id='2'>{paragraph('A note.')}</w:footnote>")
    case = imported(tmp_path, raw(body, parts={"word/footnotes.xml": note}))
    assert body_of(case) == "## Summary\n\nBefore[^2]\n\nIn a box.\n\n[^2]: A note.\n"


def test_pictures_are_left_out_and_named(tmp_path: Path) -> None:
    """By number and section; their alternative text, which may name someone, is not taken over."""
    body = f"<w:p><w:r><w:t>Seen </w:t></w:r><w:r>{DRAWING}</w:r></w:p><w:p><w:r>{DRAWING}</w:r></w:p>"
    case = imported(tmp_path, raw(body))
    assert body_of(case) == "## Summary\n\nSeen\n"
    assert [note for note in case.notes if "picture" in note] == [
        "picture no. 1 was left out (Summary)",
        "picture no. 2 was left out (Summary)",
    ]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    """As a field of its own or as lines in its styles."""
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('Summary 3')}</w:sdtContent></w:sdt>"
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Findings 9</w:t></w:r></w:p>"
    )
    case = imported(tmp_path, raw(heading=contents + HEADING))
    assert body_of(case) == "## Summary\n\nWords.\n"


def test_merged_and_nested_cells_lose_nothing(tmp_path: Path) -> None:
    """What a Markdown table cannot show becomes empty cells and joined lines."""
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format
    rows = (
        cell("<w:gridSpan w:val='2'/>", paragraph("Wide")) + cell("<w:vMerge w:val='restart'/>", paragraph("Tall")),
        cell("", paragraph("One") + paragraph("Two")) + cell("", paragraph("Three")) + cell("<w:vMerge/>", "<w:p/>"),
    )
    case = imported(tmp_path, raw("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))
    assert body_of(case).endswith("| Wide |  | Tall |\n| --- | --- | --- |\n| One Two | Three |  |\n")
    inner = "<w:tbl><w:tr>" + cell("", paragraph("In 1")) + cell("", paragraph("In 2")) + "</w:tr></w:tbl><w:p/>"
    rows = ("<w:tr>" + cell("", inner) + cell("", paragraph("Out")) + "</w:tr>") * 2
    case = imported(tmp_path / "nested", raw(f"<w:tbl>{rows}</w:tbl>"))
    assert body_of(case).endswith("| In 1 In 2 | Out |\n| --- | --- |\n| In 1 In 2 | Out |\n")


def test_a_document_as_libreoffice_writes_it(tmp_path: Path) -> None:
    """Other style ids, an outline level, spans cut everywhere, a bookmark round a heading."""
    heading = (
        "<w:p><w:pPr><w:pStyle w:val='Berschrift2'/></w:pPr><w:bookmarkStart w:id='0' w:name='_Toc1'/><w:r><w:t>Find</w:t></w:r>"
        "<w:r><w:rPr><w:lang w:val='en-GB'/></w:rPr><w:t>ings</w:t></w:r><w:bookmarkEnd w:id='0'/></w:p>"
    )
    body = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bo</w:t></w:r><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>ld</w:t></w:r></w:p>"
    )
    case = imported(tmp_path, raw(body, heading=heading))
    assert body_of(case) == "## Findings\n\n**Bold**\n"
    assert "the section Summary is missing: write it before the review can be checked" in case.notes


def libreoffice(name: str) -> bytes:
    """A file that LibreOffice 7.4 wrote from an invented text."""
    return Path(__file__).with_name("libreoffice").joinpath(name).read_bytes()


def test_a_document_that_libreoffice_did_write(tmp_path: Path) -> None:
    """Headings, emphasis, a footnote, a list and a table are kept; its author goes to the register, its header to the notes."""
    case = imported(tmp_path, libreoffice("review.docx"))
    assert body_of(case) == (
        "## Summary\n\nTobias Fenwright was on licence. Nobody **reviewed** the *plan*.[^2]\n\n"
        "[^2]: The plan of the first month.\n\n"
        "## Findings\n\n- The handover was late.\n- The recall was slow.\n\n### Home visits\n\n"
        "| Planned | Made |\n| --- | --- |\n| six | one |\n\nCheques & “quotes” stay, and so does naïve.\n"
    )
    assert "#   Review of Tobias Fenwright\n" in (case.folder / "review.md").read_text(encoding="utf-8")
    register = intake.load_register(case.folder)
    assert register
    assert [person.names for person in register.people] == [("Oswin Peverell",)]


def test_what_libreoffice_hides_is_refused(tmp_path: Path) -> None:
    """A tracked change, a comment and hidden text, each listed with the remedy."""
    with pytest.raises(WordRefusedError) as caught:
        imported(tmp_path, libreoffice("refused.docx"))
    assert [reason.split(" (")[0] for reason in caught.value.reasons] == ["tracked changes", "comments", "hidden text"]


def test_an_unknown_heading_asks(tmp_path: Path) -> None:
    """By number; its words are said back only where none can be a name; nothing is written until it is answered."""
    document = office()
    document.add_heading("Practice stuff", 1)
    document.add_heading("Keisha and Darren", 1)
    with pytest.raises(UnmappedHeadingsError) as caught:
        imported(tmp_path, made(document))
    assert [(asked.number, asked.shown) for asked in caught.value.questions] == [(5, "Practice stuff"), (6, "")]
    case = imported(tmp_path, made(document), headings={5: "organisational-context", 6: WITHIN})
    assert body_of(case).endswith("## Organisational context\n\n### Keisha and Darren\n")


def test_two_headings_of_one_section_are_joined(tmp_path: Path) -> None:
    """The second stays as a heading within it."""
    document = office()
    document.add_heading("Conclusions", 1)
    document.add_paragraph("The end.")
    assert body_of(imported(tmp_path, made(document))).endswith("either\n\n### Conclusions\n\nThe end.\n")


def test_the_template_goes_through_and_is_the_same_every_time(tmp_path: Path) -> None:
    """Every standard section, in order, and nothing of what it says itself: that is nobody's review."""
    assert template.template_bytes() == template.template_bytes()
    case = imported(tmp_path, template.template_bytes())
    assert case.notes[0] == "the template's own words on what belongs in a section were left in, and are not taken over"
    assert [note for note in case.notes[1:] if "is empty: write it or delete its heading" not in note] == []
    assert body_of(case).split() == " ".join(f"## {term.title}" for term in section_headings().values()).split()
    document = docx.Document(io.BytesIO(template.template_bytes()))
    assert document.paragraphs[0].style
    assert document.paragraphs[0].style.name == "Heading 2"


def test_what_the_template_says_is_left_out_where_it_was_not_touched(tmp_path: Path) -> None:
    """Word for word alone: a sentence that somebody changed is theirs."""
    document = docx.Document(io.BytesIO(template.template_bytes()))
    by_text = {paragraph.text: paragraph for paragraph in document.paragraphs}
    said = template.guidance()
    by_text[said["summary"]].insert_paragraph_before("He was released too early.")
    by_text[said["findings"]].runs[0].text = "What the review found. It found nothing."
    body = body_of(imported(tmp_path, made(document)))
    assert body.startswith("## Summary\n\nHe was released too early.\n\n## Background\n")
    assert "It found nothing." in body
    assert "Delete this section" not in body


def bomb(kind: str) -> bytes:
    """A file that is small and unpacks to much."""
    if kind == "xml":
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))
        return raw(parts={"word/document.xml": f"<!DOCTYPE d [{entities}]><d>&e8;</d>"})
    if kind == "deep":
        return raw("<w:p>" * 100_000 + "</w:p>" * 100_000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as opened:
        for _ in range(1000):
            opened.write(ZERO.encode())
    data = held.getvalue()
    if kind == "lying":  # the sizes are written over with small ones
        true, small = struct.pack("<I", 1_000_000_000), struct.pack("<I", 1000)
        data = data.replace(true, small)
    return data


@pytest.mark.parametrize("kind", ["zip", "lying", "xml", "deep"])
@pytest.mark.slow
def test_bombs_are_refused_in_bounded_memory(tmp_path: Path, kind: str) -> None:
    """A gigabyte of nothing, one that lies about its size, entities of entities, elements in elements."""
    data = bomb(kind)
    tracemalloc.start()
    with pytest.raises(WordRefusedError):
        imported(tmp_path, data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * word_package.XML_LIMIT
    assert not (tmp_path / "reviews").exists()


def test_an_existing_case_is_never_overwritten(tmp_path: Path) -> None:
    """Importing twice under one name is refused."""
    case = imported(tmp_path, raw())
    before = (case.folder / "review.md").read_bytes()
    with pytest.raises(CaseError, match="already"):
        imported(tmp_path, raw(paragraph("Other.")))
    assert (case.folder / "review.md").read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "reviews").iterdir()) == ["cedar-lantern-07"]


def test_the_command_line_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused: exit 1 and the list; answered: exit 0 and where the case is."""
    # the command line silences every log of its process, which here is also the other tests'
    monkeypatch.setattr("logging.disable", lambda level: None)
    document = office()
    document.add_heading("Practice stuff", 1)
    (tmp_path / "a.docx").write_bytes(made(document))
    run = CliRunner().invoke
    command = ["import", str(tmp_path / "a.docx"), "one", "--reviews", str(tmp_path / "r")]
    refused = run(app, command)
    assert refused.exit_code == 1
    assert "heading no. 5 (Practice stuff)" in refused.output
    done = run(app, [*command, "--heading", "5=findings"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "r" / "one" / "review.md").is_file()
    (tmp_path / "typed.docx").write_bytes(made(told("1. Summary", "Home visits", "2. Practice stuff")))
    command = ["import", str(tmp_path / "typed.docx"), "two", "--reviews", str(tmp_path / "r")]
    refused = run(app, [*command, "--heading", "3=findings"])
    assert refused.exit_code == 1
    assert "heading no. 2 (Home visits) is in no heading's style" in refused.output
    assert run(app, [*command, "--heading", "others=findings"]).exit_code == 1
    done = run(app, [*command, "--heading", "3=findings", "--heading", "others=within"])
    assert done.exit_code == 0, done.output
    assert "### Home visits" in (tmp_path / "r" / "two" / "review.md").read_text(encoding="utf-8")
    other = run(app, ["template", str(tmp_path / "t.txt")])
    assert other.exit_code == 1
    assert "ends in .docx" in other.output
    assert not (tmp_path / "t.txt").exists()
    assert run(app, ["template", str(tmp_path / "t.docx")]).exit_code == 0
    assert run(app, ["template", str(tmp_path / "t.docx")]).exit_code == 1


def test_importing_needs_no_model(tmp_path: Path) -> None:
    """No engine is loaded for it."""
    script = "import sys, publishing.intake.word; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
