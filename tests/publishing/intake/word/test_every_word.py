"""Whatever a Word file is made of, every word that a reader sees comes in once, and no other does."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.intake.word import importer
from publishing.intake.word.sections import OTHERS
from tests.support.documents import HEADING, paragraph, part, raw
from tests.support.word_files import BOLD, bold, box, cells, complex_field, heading, simple_field
from tests.support.word_numbering import ANEW, BULLETS, LETTERS, LISTS, MULTILEVEL, SIMPLE, WORDED, item

Word = Callable[[], str]
Write = Callable[[Word, Word], str]
"""A piece of a document, of words that are seen and words that are not."""


def run(text: str, properties: str = "") -> str:
    """A run, with a space after it."""
    return f"<w:r>{properties}<w:t xml:space='preserve'>{text} </w:t></w:r>"


def sentence(seen: Word, count: int = 8) -> str:
    """Words enough to be no heading."""
    return " ".join(seen() for _ in range(count)) + "."


PIECES: dict[str, Write] = {
    "a paragraph": lambda seen, unseen: paragraph(sentence(seen)),
    "emphasis": lambda seen, unseen: f"<w:p>{run(seen(), BOLD)}{run(seen())}{run(seen(), '<w:rPr><w:i/></w:rPr>')}{run(sentence(seen))}</w:p>",
    "a typed heading": lambda seen, unseen: paragraph(f"{seen()} {seen()}", BOLD),
    "a numbered line": lambda seen, unseen: paragraph(f"3.1 {seen()} {seen()}", BOLD),
    "a heading": lambda seen, unseen: heading(f"{seen()} {seen()}", 2),
    "a numbered paragraph": lambda seen, unseen: paragraph(f"2.1 {sentence(seen)}") + paragraph(f"2.2\t{sentence(seen)}"),
    "a typed list": lambda seen, unseen: paragraph(f"1. {sentence(seen)}") + paragraph(f"2) {sentence(seen)}"),
    "a list": lambda seen, unseen: item(sentence(seen), SIMPLE) + item(seen(), SIMPLE, 1) + item(seen(), SIMPLE),
    "another list": lambda seen, unseen: item(seen(), ANEW) + item(seen(), BULLETS) + item(seen(), MULTILEVEL, 1),
    "lettered": lambda seen, unseen: item(seen(), LETTERS) + item(seen(), MULTILEVEL) + item(seen(), WORDED),
    "a caption": lambda seen, unseen: f"<w:p>{run(seen())}{simple_field(f'SEQ {unseen()}', seen())}{run(sentence(seen))}</w:p>",
    "a reference": lambda seen, unseen: f"<w:p>{run(seen())}{complex_field(f'REF {unseen()}', seen())}{run(' ' + sentence(seen))}</w:p>",
    "a link": lambda seen, unseen: f"<w:p>{run(seen())}<w:hyperlink w:anchor='{unseen()}'>{run(seen())}</w:hyperlink>{run(sentence(seen))}</w:p>",
    "a table": lambda seen, unseen: cells([[seen(), seen()], [seen(), cells([[seen(), seen()], [seen(), seen()]])]]),
    "a box": lambda seen, unseen: paragraph(sentence(seen)) + box(sentence(seen)),
    "a control": lambda seen, unseen: f"<w:sdt><w:sdtPr><w:alias w:val='{unseen()}'/></w:sdtPr><w:sdtContent>{paragraph(sentence(seen))}</w:sdtContent></w:sdt>",
    "a picture": lambda seen, unseen: f"<w:p>{run(sentence(seen))}<w:r><w:drawing><wp:inline><wp:docPr descr='{unseen()}'/><a:blip/></wp:inline></w:drawing></w:r></w:p>",
    "a bookmark": lambda seen, unseen: f"<w:p><w:bookmarkStart w:id='1' w:name='{unseen()}'/>{run(sentence(seen))}<w:bookmarkEnd w:id='1'/></w:p>",
    "contents": lambda seen, unseen: f"<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr>{run(unseen())}</w:p>",
    "a smart tag": lambda seen, unseen: f"<w:p><w:smartTag w:element='{unseen()}'>{run(seen())}</w:smartTag>{run(sentence(seen))}</w:p>",
    "a section": lambda seen, unseen: heading("Findings") + paragraph(sentence(seen)),
}  # fmt: skip


class Vocabulary:
    """Words that are no other's, of letters alone: each is written once."""

    def __init__(self, start: str) -> None:
        self._start = start
        self.said: list[str] = []

    def __call__(self) -> str:
        """The next word."""
        count = len(self.said)
        self.said.append(f"{self._start}{chr(97 + count // 676)}{chr(97 + count // 26 % 26)}{chr(97 + count % 26)}q")
        return self.said[-1]


@given(
    st.lists(st.sampled_from(sorted(PIECES)), min_size=1, max_size=14),
    st.sampled_from([HEADING, bold("Summary"), bold("1. Summary"), paragraph("SUMMARY")]),
    st.sampled_from(["within", "text"]),
)
@settings(max_examples=60, deadline=None)
def test_no_visible_word_is_lost_and_no_other_comes_in(names: list[str], first: str, answer: str) -> None:
    """With its notes, its cover and its headers, in whichever order, and whatever is said of its doubtful lines."""
    seen, unseen = Vocabulary("zo"), Vocabulary("xu")
    cover = paragraph(sentence(seen))
    body = "".join(PIECES[name](seen, unseen) for name in names)
    noted = f"<w:p>{run(sentence(seen))}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    parts = {
        **LISTS,
        "word/footnotes.xml": part("footnotes", f"<w:footnote w:id='2'>{paragraph(sentence(seen))}</w:footnote>"),
        "word/header1.xml": part("hdr", paragraph(sentence(seen))),
    }
    with tempfile.TemporaryDirectory() as folder:
        data = raw(body + noted, heading=cover + first, parts=parts)
        case = importer.import_bytes(data, "a.docx", Path(folder), "cedar-lantern-07", {1: "summary", OTHERS: answer})
        text = (case.folder / "review.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"zo[a-z]{3}q", text)) == sorted(seen.said)
    assert not re.findall(r"xu[a-z]{3}q", text)
    assert not any(word in note for note in case.notes for word in (*seen.said, *unseen.said))
