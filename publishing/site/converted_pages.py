"""Pages that MkDocs made before: one whose Markdown and whose frame have not changed is neither converted nor framed again.

docs/decisions/0039-pages-are-kept-whole.md says what decides a page.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.files.cache import key_of
from publishing.settings import project_root
from publishing.site import page_html, slugs
from publishing.site.kept_texts import KeptTexts

_LIBRARIES = ("Jinja2", "Markdown", "MarkupSafe", "mkdocs", "mkdocs-material", "PyYAML")
_PLACES = ("docs_dir", "site_dir")
"""Settings that are another for each build."""


class ConvertedPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """A plugin of MkDocs: pages are those that were kept where their Markdown and the frame around them are what they were.

    Args:
        kept: where they are kept.
        warnings: what MkDocs warned of so far; a page of which it warns is not kept, so that it warns again.
    """

    def __init__(self, kept: KeptTexts, warnings: Sequence[str]) -> None:
        self.kept = kept
        self.warnings = warnings
        self.rule = ""
        self.files = Files([])

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Have every page of the menu, and every one that is told not to be in it, be one that asks here first; of others MkDocs warns."""
        self.files = files
        titles = dict(_titles(config.nav))
        for file in files.documentation_pages():
            if file.src_uri in titles or file.inclusion.is_not_in_nav():  # type: ignore[no-untyped-call]
                _Page(titles.get(file.src_uri), file, config, self)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Know the menu, which is in the frame of every page."""
        del files
        self.rule = _rule(config, nav)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Have no frame rendered around a page that is kept with it."""
        del config, files
        env.template_class = _Frame
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep a page that was made anew."""
        del config
        if isinstance(page, _Page):
            page.keep(output)
        return output

    def find(self, key: str) -> _Made | None:
        """What is kept under a key, if it can be read, and if every page that it leads to is there."""
        try:
            made = _Made.model_validate(self.kept.find(key))
        except ValidationError:
            return None
        # most are asked for as they are called, and then MkDocs need not take the way apart
        there = (target in self.files.src_uris or self.files.get_file_from_path(target) for target in made.targets)
        return made if all(there) else None


class _Made(BaseModel):
    """A page as MkDocs made it: `targets` are the files that it links to, `anchors` those anchors of theirs that it names, by address."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    html: str
    meta: Mapping[str, Any]
    title: str | None
    ids: frozenset[str]
    targets: frozenset[str]
    anchors: Mapping[str, Mapping[str, str]]


class _Page(Page):
    """A page that is made only where nobody has made one of the same Markdown at the same address."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, pages: ConvertedPages) -> None:
        super().__init__(title, file, config)
        self.made: _Made | None = None
        self._pages = pages
        self._key = ""
        self._targets: set[str] | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page's Markdown, or find that it was made before."""
        source = _hash(self.file.content_bytes)
        self._key = self._pages.kept.key_of_page(self.file.src_uri, self._pages.rule, source)
        self.made = self._pages.find(self._key)
        if self.made:
            # sitemap.xml asks for what a page says of itself
            self.markdown, self.meta = "", dict(self.made.meta)
        else:
            super().read_source(config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page, unless it was made before."""
        if self.made:
            self.content = ""
            self._title_from_render = self.made.title
            self.present_anchor_ids = set(self.made.ids)
            targets = {path: files.get_file_from_path(path) for path in self.made.anchors}
            self.links_to_anchors = {file: dict(self.made.anchors[path]) for path, file in targets.items() if file}
            return
        warned, asked = len(self._pages.warnings), _AskedFiles(files)
        super().render(config, cast(Files, asked))
        if len(self._pages.warnings) == warned:
            self._targets = asked.paths

    def keep(self, html: str) -> None:
        """Keep the page that was made, unless MkDocs warned of it."""
        if self.made or self._targets is None:
            return
        made = _Made(
            html=html,
            meta=self.meta,
            title=self._title_from_render,
            ids=frozenset(self.present_anchor_ids or ()),
            targets=frozenset(self._targets),
            anchors={file.src_uri: links for file, links in (self.links_to_anchors or {}).items()},
        )
        self._pages.kept.put(self._key, made.model_dump(mode="json"))


class _Frame(Template):
    """A template of the theme, which is not rendered around a page that was made before."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As Jinja2's own."""
        page = args[0].get("page") if args else None
        return page.made.html if isinstance(page, _Page) and page.made else super().render(*args, **kwargs)


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


def _rule(config: MkDocsConfig, nav: Navigation) -> str:
    """A hash of what decides, beside a page's own Markdown, what it is made to: settings, menu, frame, extensions, libraries, Python."""
    theme = sorted(path for path in (project_root() / "templates" / "theme").rglob("*") if path.is_file())
    made_with = (config.config_file_path, __file__, page_html.__file__, slugs.__file__)
    titled = dict(_titles(config.nav))
    return key_of(
        determined_by={
            "files": [_hash(path.read_bytes()) for path in [*map(Path, made_with), *theme]],
            # mkdocs.yml may ask the environment
            "settings": [
                *(
                    f"{name}: {value}"
                    for name, value in config.items()
                    if isinstance(value, str) and name not in _PLACES
                ),
                *(f"{name}: {value!r}" for name, value in config.extra.items()),
            ],
            # a page to which the menu gives no title gives it one
            "menu": [
                [page.url, "" if page.file.src_uri in titled else _hash(page.file.content_bytes)] for page in nav.pages
            ],
            "libraries": [version(name) for name in _LIBRARIES],
            "python": platform.python_version(),
        }
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
