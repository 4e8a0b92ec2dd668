"""Pages converted from Markdown before: one whose Markdown has not changed is not converted again.

docs/decisions/0035-converted-pages-are-kept.md says where they are kept, and why there.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.files.cache import Cache, key_of, telling_key
from publishing.files.reuse import Cause, Reuse
from publishing.site import page_html, slugs

_LIBRARIES = ("Markdown", "mkdocs")

_MADE_OF = (Cause.PROGRAM, Cause.TEXT)
"""What a change of each part of a key means, after the page's own."""


class ConvertedPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """A plugin of MkDocs: pages take their HTML from a cache where their Markdown is what it was.

    Args:
        cache: where they are kept.
        warnings: what MkDocs warned of so far; a page of which it warns is not kept, so that it warns again.
    """

    def __init__(self, cache: Cache, warnings: Sequence[str]) -> None:
        self.cache = cache
        self.warnings = warnings
        self.rule = ""
        self.used: dict[str, str] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Have every page of the menu, and every one that is told not to be in it, be one that asks here first; of others MkDocs warns."""
        self.rule = _rule(config)
        titles = dict(_titles(config.nav))
        for file in files.documentation_pages():
            if file.src_uri in titles or file.inclusion.is_not_in_nav():  # type: ignore[no-untyped-call]
                _Page(titles.get(file.src_uri), file, config, self)
        return files

    def keep_used(self) -> None:
        """Drop what no page of this site is any more."""
        self.cache.keep_only(self.used)

    def reuse(self) -> Reuse:
        """Which pages were converted, and why."""
        causes = self.cache.find_causes(_MADE_OF)
        # a build that failed may have put pages here that this site has not
        again = {self.used[key]: why for key, why in causes.items() if key in self.used}
        return Reuse(len(self.used) - len(again), again)

    def find(self, key: str, page: str) -> _Converted | None:
        """What is kept of a page under a key, if it can be read."""
        self.used[key] = page
        try:
            return _Converted.model_validate(self.cache.get(key))
        except ValidationError:
            return None


class _Entry(BaseModel):
    """An entry of a page's contents with those below it, in the form in which MkDocs takes them from Python-Markdown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    id: str
    level: int
    children: tuple[_Entry, ...]

    @classmethod
    def of(cls, link: AnchorLink) -> _Entry:
        """What MkDocs made of it, as it was."""
        return cls(name=link.title, id=link.id, level=link.level, children=tuple(map(cls.of, link.children)))


class _Converted(BaseModel):
    """A page as MkDocs converts it: `targets` are the files that it links to, `anchors` those anchors of theirs that it names, by address."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str
    title: str | None
    contents: tuple[_Entry, ...]
    ids: frozenset[str]
    targets: frozenset[str]
    anchors: Mapping[str, Mapping[str, str]]


class _Page(Page):
    """A page that is converted only where nobody has converted the same Markdown at the same address."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, pages: ConvertedPages) -> None:
        super().__init__(title, file, config)
        self._pages = pages

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page, or take what it was converted to."""
        page = self.file.src_uri
        key = telling_key(determined_by={"page": page, "rule": self._pages.rule, "markdown": self.markdown})
        kept = self._pages.find(key, page)
        if kept and all(files.get_file_from_path(target) for target in kept.targets):
            self._take(kept, files)
            return
        warned, asked = len(self._pages.warnings), _AskedFiles(files)
        super().render(config, cast(Files, asked))
        if len(self._pages.warnings) == warned:
            self._pages.cache.put(key, self._converted(asked.paths).model_dump(mode="json"))

    def _take(self, kept: _Converted, files: Files) -> None:
        self.content = kept.content
        self._title_from_render = kept.title
        self.toc = get_toc([entry.model_dump() for entry in kept.contents])  # type: ignore[misc]
        self.present_anchor_ids = set(kept.ids)
        targets = {path: files.get_file_from_path(path) for path in kept.anchors}
        self.links_to_anchors = {file: dict(kept.anchors[path]) for path, file in targets.items() if file}

    def _converted(self, targets: set[str]) -> _Converted:
        return _Converted(
            content=self.content or "",
            title=self._title_from_render,
            contents=tuple(map(_Entry.of, self.toc)),
            ids=frozenset(self.present_anchor_ids or ()),
            targets=frozenset(targets),
            anchors={file.src_uri: links for file, links in (self.links_to_anchors or {}).items()},
        )


class _AskedFiles:
    """The site's files, which remember for what a page's links asked."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.paths: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """As MkDocs' own."""
        self.paths.add(path)
        return self._files.get_file_from_path(path)


def _titles(nav: object) -> Iterator[tuple[str, str]]:
    """The pages to which the menu gives titles of its own, as (path, title)."""
    if isinstance(nav, list):
        for item in nav:
            yield from _titles(item)
    elif isinstance(nav, dict):
        for title, within in nav.items():
            if isinstance(within, str):
                yield within, title
            else:
                yield from _titles(within)


def _rule(config: MkDocsConfig) -> str:
    """A hash of what decides, beside a page's own Markdown, what it is converted to: settings, extensions, libraries, Python."""
    made_with = (config.config_file_path, page_html.__file__, slugs.__file__)
    return key_of(
        determined_by={
            "files": [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in made_with],
            "libraries": [version(name) for name in _LIBRARIES],
            "python": platform.python_version(),
        }
    )
