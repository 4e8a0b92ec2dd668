"""Markdown → HTML, with MkDocs and Material."""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from publishing.errors import BuildError
from publishing.settings import project_root
from publishing.site.contacts import Contacts
from publishing.site.kept_texts import KeptTexts

_UNUSED_FILES = ("assets/stylesheets/*.map", "assets/stylesheets/palette.*", "assets/images/favicon.png")


def build_html(
    markdown: Path, site: Path, as_of: dt.date, contacts: Contacts | None = None, kept: KeptTexts | None = None
) -> None:
    """Build a folder of Markdown into a folder of HTML, strictly: a warning is an error.

    Args:
        markdown: what `pages.write_pages` wrote.
        site: made anew; whatever it held is gone.
        as_of: the one day that the built files know of (SOURCE_DATE_EPOCH).
        contacts: whom the frame of each page and /.well-known/security.txt name; what is missing is left out of them.
        kept: pages that were made before; those that are the same are not made again.

    Raises:
        BuildError: MkDocs warned or failed; it lists what MkDocs said, with paths relative to the site.
    """
    with (
        _environment_variables(SOURCE_DATE_EPOCH=_midnight(as_of), NO_MKDOCS_2_WARNING="1"),
        _collect_warnings() as said,
        ExitStack() as steps,
    ):
        # imported here: Material prints a banner unless the environment says otherwise
        from mkdocs.commands.build import build as mkdocs_build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        from publishing.site.converted_pages import ConvertedPages
        from publishing.site.page_progress import PageProgress

        try:
            config = load_config(
                str(project_root() / "mkdocs.yml"), docs_dir=str(markdown.resolve()), site_dir=str(site.resolve())
            )
            for kind in ("feedback", "security"):
                contact = contacts.get(kind) if contacts else None
                config.extra[f"{kind}_contact"] = contact.link if contact else ""
            if kept:
                config.plugins["converted-pages"] = ConvertedPages(kept, said)
            config.plugins["page-progress"] = PageProgress(steps)
            mkdocs_build(config)
            _remove_unused_files(site)
        except (MkDocsException, SystemExit):
            raise BuildError("\n".join(["The pages could not be built:", *said])) from None


def convert(markdown: str, as_of: dt.date) -> str:
    """The HTML of one page's Markdown as the site shows it, without the site around it.

    Args:
        markdown: without front matter.
        as_of: as for `build_html`.

    Raises:
        BuildError: MkDocs' settings cannot be read.
    """
    with (
        _environment_variables(SOURCE_DATE_EPOCH=_midnight(as_of), NO_MKDOCS_2_WARNING="1"),
        _collect_warnings() as said,
    ):
        import markdown as python_markdown
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        try:
            # a folder that is there; nothing is read from it
            config = load_config(str(project_root() / "mkdocs.yml"), docs_dir=str(project_root() / "site_src"))
        except (MkDocsException, SystemExit):
            raise BuildError("\n".join(["The page could not be made:", *said])) from None
        page: str = python_markdown.markdown(
            markdown, extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )
        return page


def _midnight(day: dt.date) -> str:
    return str(int(dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC).timestamp()))


def _remove_unused_files(site: Path) -> None:
    """Take away what the theme copies and no page asks for: its scripts, its own search and its source maps."""
    shutil.rmtree(site / "assets" / "javascripts", ignore_errors=True)
    for pattern in _UNUSED_FILES:
        for path in site.glob(pattern):
            path.unlink()


@contextmanager
def _environment_variables(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


class _WarningCollector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _collect_warnings() -> Iterator[list[str]]:
    """What MkDocs warns of, kept for our own error and not printed.

    The command line switches logging off, and MkDocs counts its warnings by logging: strict would find nothing.
    """
    logger, collector = logging.getLogger("mkdocs"), _WarningCollector()
    propagate, logger.propagate = logger.propagate, False
    disabled, last = logging.root.manager.disable, logging.lastResort
    logging.disable(logging.INFO)
    logging.lastResort = logging.NullHandler()
    logger.addHandler(collector)
    try:
        yield collector.said
    finally:
        logger.removeHandler(collector)
        logging.lastResort = last
        logging.disable(disabled)
        logger.propagate = propagate
