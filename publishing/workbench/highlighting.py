"""A review's text as HTML, before and after, with what was found marked in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markdown_it.tree import SyntaxTreeNode as Node
from markupsafe import Markup, escape

from publishing import prose
from publishing.checking.press_check import KINDS, SharedWording
from publishing.checking.withheld_facts import placed_replacements
from publishing.intake.cross_references import refers_by_number
from publishing.reviews import ReviewText
from publishing.vocabulary import terms
from redaction import Detection, Redaction

_OPEN, _BETWEEN, _CLOSE = "\ue000", "\ue001", "\ue002"
_SIGNS = re.compile("[\ue000-\ue002]")
_PIECES = re.compile(f"(<[^>]*>|{_OPEN}\\d+{_BETWEEN}|{_CLOSE})")
_TAGS = {
    "paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote",
    "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "em": "em", "strong": "strong",
}  # fmt: skip


@dataclass(frozen=True)
class Highlight:
    """A span of a text to mark: what opens and closes it are whole HTML tags."""

    start: int
    end: int
    opening: Markup
    closing: Markup


@dataclass(frozen=True)
class ComparisonRow:
    """One block of a review: the heading it is under, as the review has it, and as the public will.

    `refers`: it names a paragraph, section or page by a number that the page does not have.
    """

    place: str
    new: bool
    original: Markup
    public: Markup
    refers: bool


def to_html(markdown: str, marks: Sequence[Highlight] = ()) -> Markup:
    """Blocks of Markdown as HTML, with spans of the Markdown marked. Nothing in the text is ever a tag."""
    marks = _without_overlaps(marks, len(markdown))
    text = _SIGNS.sub("\ufffd", markdown)
    pieces, position = [], 0
    for number, mark in enumerate(marks):
        pieces += [text[position : mark.start], f"{_OPEN}{number}{_BETWEEN}", text[mark.start : mark.end], _CLOSE]
        position = mark.end
    marked = "".join([*pieces, text[position:]])
    if _plain_text(marked) == prose.plain(text):
        written = "".join(map(_node_html, prose.tree(marked)))
    else:
        # a mark got in the way of the Markdown: then its signs are shown as they are
        written = f"<pre>{escape(marked)}</pre>"
    return Markup("".join(_weave_marks(written, marks)))


def _plain_text(marked: str) -> str:
    return re.sub(f"{_OPEN}\\d+{_BETWEEN}|{_CLOSE}", "", prose.plain(marked))


def _without_overlaps(marks: Iterable[Highlight], end: int) -> list[Highlight]:
    """Marks in order; one that overlaps an earlier one is left out."""
    kept: list[Highlight] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if (not kept or kept[-1].end <= mark.start) and mark.start < mark.end <= end:
            kept.append(mark)
    return kept


def _weave_marks(written: str, marks: Sequence[Highlight]) -> Iterator[str]:
    """HTML with its marks: closed before each tag and opened after it, so that everything nests."""
    current: Highlight | None = None
    for piece in _PIECES.split(written):
        if piece.startswith(_OPEN):
            current = marks[int(piece[1:-1])]
        elif piece == _CLOSE:
            current = None
        elif piece.startswith("<") or not piece or current is None:
            yield piece
        else:
            yield f"{current.opening}{piece}{current.closing}"


def _node_html(node: Node) -> str:
    if node.type in ("text", "text_special"):
        return str(escape(node.content))
    if node.type == "softbreak":
        return "\n"
    if node.type == "hardbreak":
        return "<br>"
    if node.type == "footnote_ref":
        return f"<sup>[{escape(node.meta['label'])}]</sup>"
    inner = "".join(map(_node_html, node.children))
    if node.type == "footnote_reference":
        return f"<div><sup>[{escape(node.meta['label'])}]</sup> {inner}</div>"
    if node.type == "heading":
        return f"<p><strong>{inner}</strong></p>"
    tag = _TAGS.get(node.type)
    if tag is None or (tag == "p" and node.hidden):
        return inner
    start = f' start="{int(node.attrs["start"])}"' if tag == "ol" and "start" in node.attrs else ""
    return f"<{tag}{start}>{inner}</{tag}>"


# --- the rows of a review


def block_places(review: ReviewText) -> Iterator[tuple[str, str]]:
    """For each text of a review, in the order in which it is redacted: the heading it is under, and what it is."""
    yield from (("Content notes", "content note") for _ in review.content_notes)
    order = list(terms("sections"))
    for section in sorted(review.sections, key=lambda section: order.index(section.key)):
        yield from ((terms("sections")[section.key].title, "paragraph") for _ in section.blocks)
    for lesson in review.lessons:
        said = [("text", lesson.text), ("why", lesson.why), ("owner", lesson.owner)]
        yield from ((f"Lesson {lesson.id}", name) for name, words in said if words)
        yield from ((f"Lesson {lesson.id}", f"update of {u.date}") for u in lesson.updates if u.note)


def comparison_rows(
    review: ReviewText,
    texts: Sequence[str],
    redaction: Redaction,
    finding_ids: Sequence[str],
    find: str = "",
    undecided: Mapping[tuple[int, int, int], str] = MappingProxyType({}),
    address: Callable[[str], str] = "#{}".format,
) -> tuple[ComparisonRow, ...]:
    """Every block before and after.

    Args:
        review: the case.
        texts: what was redacted.
        redaction: what became of it.
        finding_ids: for each detection, the id of the finding that it belongs to.
        find: words to mark in the public text.
        undecided: (part, start, end) of words that are to be decided, and the id of what they lead to.
        address: where an id leads.
    """
    ids = dict(zip(redaction.detections, finding_ids, strict=True))
    found: list[ComparisonRow] = []
    before = ""
    for part, (place, _) in enumerate(block_places(review)):
        text, public = texts[part], redaction.texts[part]
        found_here = [
            Highlight(d.start, d.end, _opening_link(d, "found", address(name)), _LINK_END)
            for d, name in ids.items()
            if d.part == part
        ]
        undecided_here = [
            Highlight(start, end, Markup('<a class="flag" href="{}">').format(address(name)), _LINK_END)
            for (where, start, end), name in undecided.items()
            if where == part
        ]
        labels = [
            Highlight(start, end, _opening_link(d, "label", address(ids[d])), _LINK_END)
            for d, start, end in placed_replacements(redaction, part)
        ]
        hits = [
            Highlight(m.start(), m.end(), Markup('<mark class="hit">'), _MARK_END) for m in _find_places(find, public)
        ]
        original, written = to_html(text, [*found_here, *undecided_here]), to_html(public, _prefer_hits(labels, hits))
        found.append(ComparisonRow(place, place != before, original, written, refers_by_number(prose.plain(public))))
        before = place
    return tuple(found)


@dataclass(frozen=True)
class HighlightedBlock:
    """One block of the public text, and the heading it is under."""

    place: str
    new: bool
    public: Markup


def highlighted_blocks(
    review: ReviewText, redaction: Redaction, shared: Sequence[SharedWording] = ()
) -> tuple[HighlightedBlock, ...]:
    """Every block of the public text alone; `shared` marks what it has in common with press texts."""
    found: list[HighlightedBlock] = []
    before = ""
    for part, (place, _) in enumerate(block_places(review)):
        kinds = ((str(d.entity).lower(), start, end) for d, start, end in placed_replacements(redaction, part))
        labels = [
            Highlight(s, e, Markup('<span class="label {}">').format(kind), Markup("</span>")) for kind, s, e in kinds
        ]
        hits = [Highlight(hit.start, hit.end, _opening_hit(hit), _MARK_END) for hit in shared if hit.part == part]
        found.append(
            HighlightedBlock(place, place != before, to_html(redaction.texts[part], _prefer_hits(labels, hits)))
        )
        before = place
    return tuple(found)


_LINK_END, _MARK_END = Markup("</a>"), Markup("</mark>")


def _opening_link(found: Detection, which: str, address: str) -> Markup:
    kind = str(found.entity).lower()
    said = f"{kind}, {found.source}, {found.score}"
    return Markup('<a class="{} {}" href="{}" title="{}">').format(which, kind, address, said)


def _opening_hit(hit: SharedWording) -> Markup:
    return Markup('<mark class="{}" title="{}: {}">').format(hit.kind, KINDS[hit.kind], ", ".join(hit.sources))


def _find_places(find: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(find), text, re.IGNORECASE) if find else iter(())


def _prefer_hits(marks: Sequence[Highlight], hits: Sequence[Highlight]) -> list[Highlight]:
    """Marks that no hit meets, and the hits."""
    return [mark for mark in marks if not any(h.start < mark.end and mark.start < h.end for h in hits)] + [*hits]
