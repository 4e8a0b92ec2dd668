"""HTML that mammoth wrote, as a tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class HtmlNode:
    """An element: its tag, its attributes, and what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[HtmlNode | str] = field(default_factory=list)


class HtmlTree(HTMLParser):
    """HTML that mammoth wrote, as a tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [HtmlNode("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        node = HtmlNode(tag, {name: text or "" for name, text in attrs})
        self.stack[-1].children.append(node)
        if tag not in ("br", "img", "input"):
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.stack[-1].children.append(HtmlNode(tag, {name: text or "" for name, text in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of that name."""
        if tag in (node.tag for node in self.stack[1:]):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.stack[-1].children.append(data)


def parse_html(html: str) -> HtmlNode:
    """The root of a text of HTML."""
    tree = HtmlTree()
    tree.feed(html)
    tree.close()
    return tree.stack[0]
