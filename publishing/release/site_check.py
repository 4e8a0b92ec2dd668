"""A site already built, searched again for everyone whom any case declares; a browser may read its pages too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from publishing import intake
from publishing.checking.signers import load_signers
from publishing.errors import BuildError
from publishing.release import browser, gate
from publishing.release.gathered_cases import gather_declared
from publishing.release.loaded_cases import load_cases
from publishing.settings import today


@dataclass(frozen=True)
class SiteCheck:
    """How many files of a site were searched, and how many pages as a browser shows them; none where that was not asked for."""

    files: int
    pages: int = 0


def check_site(
    reviews: Path, site: Path, *, in_browser: bool = False, report: Callable[[str], None] = lambda line: None
) -> SiteCheck:
    """The gate alone, over a site already built.

    Where the reviews folder lists its signers, every signature is checked too.

    Args:
        reviews: the reviews folder: whom to look for.
        site: the site.
        in_browser: search every page as a browser shows it, too.
        report: is told what is done.

    Raises:
        PublishingError: there is no such site, a register cannot be read, an identity was found, a signature does not hold, or there is
            no browser.
    """
    if in_browser:
        browser.require_chromium()
    if not (site / "index.html").is_file():
        raise BuildError(f"There is no site in {site}. Build it first (candour build), or say where it is: --site DIR")
    if load_signers(reviews) is not None and (tampered := load_cases(reviews, today()).tampered):
        raise BuildError("\n".join(tampered.values()))
    guard = gather_declared(reviews, intake.load_every_case(reviews))
    gate.check_folder(site, guard)
    files = sum(path.is_file() for path in site.rglob("*"))
    return SiteCheck(files, browser.check_pages(site, guard, report) if in_browser else 0)
