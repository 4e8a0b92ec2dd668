"""How the project's templates are read: strictly, and escaping whatever they are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from publishing.settings import project_root


def make_environment(
    *folders: str,
    autoescape: bool = True,
    finalize: Callable[..., Any] | None = None,
    keep_trailing_newline: bool = False,
) -> Environment:
    """The templates of folders of the project, the first one's first; a name that nobody gave is an error.

    Args:
        folders: below the project's own, such as `templates/family`.
        autoescape: off only for text that is no HTML.
        finalize: as Jinja2 has it.
        keep_trailing_newline: as Jinja2 has it.
    """
    root = project_root()
    return Environment(
        loader=FileSystemLoader([root / folder for folder in folders]),
        undefined=StrictUndefined,
        autoescape=autoescape,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )
