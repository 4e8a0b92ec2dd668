"""HTML of the site's own pages for a file that leaves the house by itself: it leads nowhere and loads nothing."""

from __future__ import annotations

import html
from collections.abc import Mapping
from html.parser import HTMLParser

from publishing.errors import BuildError

_TAGS = frozenset(
    "a abbr blockquote br caption code dd div dl dt em h1 h2 h3 h4 h5 h6 hr li ol p pre section span strong sup table tbody td "
    "th thead tr ul".split()
)
_EMPTY = frozenset(("br", "hr"))
_ATTRIBUTES = frozenset("aria-label class colspan href id role rowspan scope start tabindex title".split())
_KEPT_LINKS = ("#", "tel:", "mailto:")


def detach(page: str, inner: Mapping[str, str]) -> str:
    """A part of a page without its links, but for those within it, to a telephone and to a mailbox; their words stay.

    Args:
        page: HTML of our own templates and of Markdown that is safe.
        inner: what takes the place of the beginning of a link that leads to another page of the site: `support/` to `#support`.

    Raises:
        BuildError: there is something in it that no page of ours has. It may load something or run, so nothing goes out.
    """
    writer = _Detacher(inner)
    writer.feed(page)
    writer.close()
    return "".join(writer.written)


class _Detacher(HTMLParser):
    def __init__(self, inner: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._inner = inner
        self._open_links: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise BuildError("The page has a part that may not go out by itself. Nothing was written.")
        told = {name: value or "" for name, value in attrs if name in _ATTRIBUTES}
        if tag == "a":
            address = self._address(told.pop("href", ""))
            self._open_links.append(bool(address))
            if not address:
                return
            told["href"] = address
        said = "".join(f' {name}="{html.escape(value)}"' for name, value in told.items())
        self.written.append(f"<{tag}{said}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and (tag != "a" or (self._open_links and self._open_links.pop())):
            self.written.append(f"</{tag}>")

    def _address(self, link: str) -> str:
        if link.startswith(_KEPT_LINKS):
            return link
        return next(
            (place + link.removeprefix(start) for start, place in self._inner.items() if link.startswith(start)), ""
        )

    def handle_data(self, data: str) -> None:
        # a "<" that begins no tag would begin one for another reader
        self.written.append(html.escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Comments stay behind."""
