"""Prose: for any text, the page shows exactly that text, and nothing but the few tags that prose knows."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import markdown as python_markdown
from mkdocs.config import load_config

from publishing import prose
from publishing.settings import project_root

SITE = load_config(str(project_root() / "mkdocs.yml"), docs_dir=str(project_root() / "site_src"))
"""The site's own settings: a page is made here exactly as MkDocs makes it."""

TAGS = {"h3", "h4", "p", "ul", "ol", "li", "blockquote", "em", "strong", "br", "sup", "a", "div", "hr"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}

NASTY = [
    "[Practitioner 1]: No.", "[Victim 1](aged)", "[Victim 1](aged 25)", "[Victim 1][Town 2]", "![Victim 1](x)", "[^1]",
    "[^1]: note", "[reference removed]", "<script>alert(1)</script>", "<b>", "<!-- x -->", "&amp;", "&lt;b&gt;",
    "&#91;", "<http://x.example>", "<a@b.example>", "http://x.example", "{: .x #p1 }", "{{ x }}", "{% x %}", "{#p1}",
    "[TOC]", "---", "===", "***", "```", "~~~", "# x", "- x", "+ x", "* x", "1. x", "2018. x", "1) x", "> x", "    x",
    "| a | b |\n|---|---|\n| c | d |", "|", "||", ":---", ": x", ":   x", "\\", "\\[", "\\\\", "`x`", "*x*", "**x**",
    "***x***", "_x_", "a_b_c", "__x__", "*", "_", "\n", "\n\n", "\n    ", "  \n", " ", "\t", "\u00a0", "\u200b",
    "!!! note", "\u202e",
    ":smile:", "=x=", "*[HTML]: x", "%%", "$x$", "^x^", "~x~", "++x++", "klzzwxh:0", "\x02", "\x03", "wzxhzdk:0",
]  # fmt: skip

TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=6)), max_size=8).map("".join),
    st.lists(st.sampled_from(NASTY), max_size=8).map(" ".join),
    st.lists(st.sampled_from(NASTY), max_size=8).map("\n".join),
)


class Seen(HTMLParser):
    """What a reader would see of a page: its words, and the tags and attributes that carry them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._note_marks = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag."""
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        classes = dict(attrs).get("class") or ""
        self._note_marks += classes in ("footnote-ref", "footnote-backref")

    def handle_endtag(self, tag: str) -> None:
        """Close a mark."""
        if tag == "a" and self._note_marks:
            self._note_marks -= 1

    def handle_data(self, data: str) -> None:
        """Keep the words that are not a footnote's mark."""
        if not self._note_marks:
            self.words.append(data)

    @property
    def text(self) -> str:
        """The words with no white space: blocks and cells differ in it, and no reader sees it."""
        return squeezed("".join(self.words))


def squeezed(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)


def without_marks(text: str) -> str:
    """Squeezed text without footnotes' marks: the note of this one stands in another block."""
    return re.sub(r"\[\^[\w-]{1,40}\]", "", squeezed(text))


def html(markdown: str) -> str:
    """What MkDocs makes of Markdown."""
    return python_markdown(markdown, extensions=SITE.markdown_extensions, extension_configs=SITE.mdx_configs)


def shown(markdown: str) -> Seen:
    """What a reader sees of a text that prose prepared."""
    return Seen(html(prose.for_page(markdown)))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("[Practitioner 1]: No.")
@example("[Victim 1](aged 25)")
@example(">" * 200 + " deep")
@example("\n".join(" " * (2 * n) + "- deep" for n in range(60)))
def test_a_page_shows_exactly_the_text(text: str) -> None:
    """Whatever a block says, its words are on the page, in order, and only prose's tags carry them."""
    for block in prose.blocks(text):
        seen = shown(block.text)
        assert seen.tags <= TAGS
        assert seen.attributes <= {"id", "class", "href", "align", "start", "title"}
        if prose.note_label(block.text) is None:
            assert without_marks(seen.text) == without_marks(prose.plain(block.text))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("&amp;amp; \\[^1] _a_b *c")
def test_blocks_give_themselves_back(text: str) -> None:
    """A block's Markdown is read back as that one block: signing it twice signs the same text."""
    for block in prose.blocks(text):
        assert prose.blocks(block.text) == (block,)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("0\r    1) 0")
def test_preparing_a_page_twice_changes_nothing(text: str) -> None:
    """What is written for a page is itself safe prose."""
    for block in prose.blocks(text):
        page = prose.for_page(block.text)
        assert prose.for_page(page) == page


_KINDS = {"heading": prose.is_heading, "table": prose.is_table, "blockquote": prose.is_quotation}


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example(" \t> x")
@example("x\n\x0c===\t")
@example("  \x00# x")
@example("[\x01^1]: x")
@example("|\n-")
@example("a|b\n-|-")
def test_a_block_is_of_the_kind_that_the_reader_finds(text: str) -> None:
    """Asked of a text without reading it, where no mark of the kind is in it."""
    nodes = prose.tree(text)
    for kind, is_of_kind in _KINDS.items():
        assert is_of_kind(text) == (len(nodes) == 1 and nodes[0].type == kind)
    marks = [node for root in nodes for node in root.walk() if node.type == "footnote_ref"]
    assert len(prose.note_references(text)) == len(marks)
    assert (prose.note_label(text) is not None) == (len(nodes) == 1 and nodes[0].type == "footnote_reference")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(NASTY), max_size=5).map("".join)))
def test_inline_text_shows_as_it_is(text: str) -> None:
    """A lesson, an owner or a note is plain text wherever a template puts it."""
    line = prose.inline(text)
    assert "\n" not in line
    alone = Seen(html(line))
    cell = Seen(html(f"| a | b |\n|---|---|\n| {line} | . |"))
    link = Seen(html(f"see [{line}](x.md)"))
    visible = squeezed(re.sub(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", " ", text))
    assert alone.text == visible
    assert cell.text == f"ab{visible}."
    if visible:
        assert link.text == f"see{visible}"
        assert link.tags == {"p", "a"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Practitioner 1]: No.", "[Practitioner 1]: No."),
        ("[Victim 1](aged 25)", "[Victim 1](aged 25)"),
        ("[Victim 1](aged)", "[Victim 1](aged)"),
        ("He said [sic] so.", "He said [sic] so."),
        ("[Town 1]\n===", "[Town 1]"),
    ],
)
def test_labels_neither_vanish_nor_become_links(text: str, expected: str) -> None:
    """A label put in by redaction stands on the page as it stands in the text."""
    seen = shown(text)
    assert seen.text == squeezed(expected)
    assert "a" not in seen.tags


@pytest.mark.parametrize(
    ("source", "canonical"),
    [
        ("A [link](https://x.example 'title') here", "A link here"),
        ("An ![image](x.png) here", "An image here"),
        ("Fish &amp; chips &copy; 2018", "Fish & chips © 2018"),
        ("<b>Bold</b>", "<b>Bold</b>"),
        ("* one\n* two", "- one\n- two"),
        ("Title\n-----", "## Title"),
        ("    indented by Word", "indented by Word"),
        ("Sent by <n.cato@risley.example>", "Sent by <n.cato@risley.example>"),
    ],
)
def test_blocks_are_plain(source: str, canonical: str) -> None:
    """What hides text in Markdown (links, entities, HTML) is opened before anyone redacts or signs it."""
    assert [block.text for block in prose.blocks(source)] == [canonical]


def test_a_section_is_split_into_blocks() -> None:
    """Paragraphs, lists, tables, quotations, sub-headings and footnotes are blocks of their own; rules are not."""
    section = (
        "### Sub\n\nA paragraph[^1]\nof two lines.\n\n- one\n    - nested\n\n---\n\n> quoted\n>\n> twice\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n[^1]: The note.\n"
    )
    texts = [block.text for block in prose.blocks(section)]
    assert len(texts) == 6
    assert prose.is_heading(texts[0])
    assert prose.note_references(texts[1]) == ("1",)
    assert prose.note_label(texts[5]) == "1"
    assert prose.note_label(texts[1]) is None


def test_structure_survives() -> None:
    """Tables, nested and numbered lists, quotations, emphasis and footnotes are themselves on the page."""
    made = html(
        prose.for_page(
            "*em* and **strong**[^1]\n\n3. three\n4. four\n   - nested\n\n> quoted\n\n"
            "| a | b |\n|---|---:|\n| c | d |\n\n[^1]: The note."
        )
    )
    for expected in ("<em>em</em>", "<strong>strong</strong>", '<ol start="3">', "<blockquote>", "<td>c</td>", "fn:1"):
        assert expected in made
    assert re.search(r"<li>four\s*<ul>\s*<li>nested</li>", made)


def test_footnotes_are_renamed_or_shown() -> None:
    """A page may rename a footnote; a reference to a note that nobody wrote is text."""
    page = prose.for_page("One[^a] and two[^b].", notes={"a": "7"})
    assert "[^7]" in page
    assert Seen(html(page)).text == "One[^7]andtwo[^b]."


@pytest.mark.parametrize(
    ("quoted", "breaks"),
    [
        ("> From: A\n> To: B\n>\n> Dear B", 1),
        ("> **From:** A\n> **To:** B\n> **Sent:** today\n>\n> Dear B", 2),
        ("> **From**: A\n> *Date sent:* B", 1),
        ("> He said: no,\n> and went on\n> to say more", 0),
        ("> **He** said no\n> **and** went: on", 0),
    ],
)
def test_a_quoted_letterhead_keeps_its_lines(quoted: str, breaks: int) -> None:
    """From, To and Sent are one under another, as they were in the message, whatever type they are set in."""
    assert prose.for_page(quoted).count("  \n") == breaks


def test_sub_headings_stay_under_the_section() -> None:
    """Whatever level the writer used, a sub-heading is H3 or H4, and within a list it is a line."""
    assert prose.for_page("# One") == "### One"
    assert prose.for_page("##### Five") == "#### Five"
    assert "#" not in prose.for_page("- # In a list").replace("\\#", "")
