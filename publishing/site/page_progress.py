"""How far MkDocs has come."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from jinja2 import Environment
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from publishing.progress import step


class PageProgress(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """A plugin of MkDocs: every page is converted first, then the frame of the site is put around each.

    Args:
        steps: ends the step that MkDocs is at, whether it got to its end or failed.
    """

    def __init__(self, steps: ExitStack) -> None:
        self._steps = steps
        self._pages = 0

    def on_files(self, files: Files, **_: Any) -> Files:
        """Converting begins."""
        self._pages = len(files.documentation_pages())
        self._begin("converting pages")
        return files

    def on_page_content(self, html: str, **_: Any) -> str:
        """A page is converted."""
        self._advance()
        return html

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Framing begins."""
        self._begin("framing pages")
        return env

    def on_post_page(self, output: str, **_: Any) -> str:
        """A page is framed."""
        self._advance()
        return output

    def _begin(self, name: str) -> None:
        self._steps.close()
        self._advance = self._steps.enter_context(step(name, self._pages))
