"""Every page of a built site is opened in Chromium, and what it says there is searched by the gate's rules. Fails closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from publishing.errors import LeakError
from publishing.release import gate
from publishing.release.browser.devtools import Chromium, PageTimeoutError, run_chromium
from publishing.release.browser.shown_text import read_page
from publishing.release.browser.site_server import SiteServer, serve_site
from publishing.vocabulary import counted
from redaction import LeakSearch

_PAGES = frozenset({".html", ".htm", ".xhtml", ".svg"})
"""What a browser shows as a page, and runs the scripts of."""
_PATIENCE = (20.0, 60.0)
"""Seconds for a page, which takes a fifth of one, and for a second try: on a busy machine Chromium's own clock may come to a halt."""


def check_pages(site: Path, guard: gate.DeclaredIdentities, report: Callable[[str], None] = lambda line: None) -> int:
    """Search every page of a site as a browser shows it; how many there are.

    Args:
        site: a built site, whose files were searched: it holds no links.
        guard: whom to look for.
        report: is told what is done.

    Raises:
        BrowserError: there is no Chromium, or it did not run to the end.
        LeakError: with a line for every page and case where something was found, or that could not be shown to the end.
    """
    pages = sorted(path for path in site.rglob("*") if path.suffix.lower() in _PAGES and path.is_file())
    with serve_site(site) as server, run_chromium(server.server_address[1]) as chromium:
        report(f"looking at {counted(len(pages), 'page')} in Chromium")
        search = guard.search()
        found = {str(hit) for path in pages for hit in _hits_of_page(path, site, server, chromium, search, guard.pages)}
    if found:
        raise LeakError(sorted(found))
    return len(pages)


def _hits_of_page(
    path: Path, site: Path, server: SiteServer, chromium: Chromium, search: LeakSearch, owners: gate.Owners
) -> Iterator[gate.GateHit]:
    name = path.relative_to(site).as_posix()
    address = quote(f"/{name.removesuffix(path.name) if path.name == 'index.html' else name}")
    for patience in _PATIENCE:
        server.expect(address)
        chromium.allow(patience)
        with suppress(PageTimeoutError):
            texts = read_page(chromium, server.origin + address)
            break
    else:
        words = f"cannot be shown to the end within {patience:.0f} seconds in a browser, so it cannot be searched there"
        yield gate.GateHit(name, "", words)
        return
    for text in texts:
        # a letter first: whatever the text begins with, it is a text and no packed file
        data = f"a\n{text}".replace("\0", "").encode("utf-8", "replace")
        for hit in gate.find_hits_in_bytes(name, data, search, owners):
            yield replace(hit, words=f"{hit.words}, as a browser shows it")
