"""Whether this machine has what Candour needs, each with what to do where it has not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from publishing.checking.signers import load_signers
from publishing.errors import SignersError
from publishing.settings import first_signer
from publishing.site import site_options, support
from publishing.site.chromium import find_chromium
from redaction import RedactionError, Redactor

_SHORT = 1_000_000_000
"""Bytes that should be free beside the site."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    what: str
    ready: bool
    words: str
    optional: bool = False

    @property
    def fatal(self) -> bool:
        """Whether nothing can be published before it is mended."""
        return not self.ready and not self.optional

    def __str__(self) -> str:
        """A line for a person."""
        state = "ready" if self.ready else "not there" if self.optional else "NOT READY"
        return f"{state}: {self.what}: {self.words}"


def check_machine(reviews: Path, out: Path) -> tuple[Check, ...]:
    """Look at everything."""
    return (
        _python(),
        _model(),
        _pagefind(),
        _chromium(),
        _contacts(),
        _support(),
        _reviews(reviews),
        _signers(reviews),
        _out(out),
    )


def _python() -> Check:
    ready = (3, 11) <= sys.version_info[:2] <= (3, 12)
    return Check("Python", ready, f"{sys.version.split()[0]} (3.11 or 3.12 is needed)")


def _model() -> Check:
    try:
        Redactor()
    except RedactionError as error:
        return Check("language model", False, str(error))
    return Check("language model", True, "its files are those that came with Candour")


def _pagefind() -> Check:
    ready = importlib.util.find_spec("pagefind_bin") is not None or shutil.which("pagefind") is not None
    words = "its program is installed" if ready else "it is not installed: install the packages of requirements.lock"
    return Check("search (Pagefind)", ready, words)


def _chromium() -> Check:
    found = bool(find_chromium())
    use = "makes the PDFs of annual reports, and the one that a family reads before publication; candour check --browser and the tests need it too"
    return Check("Chromium", found, use if found else f"{use} (Debian: apt-get install chromium)", optional=True)


def _contacts() -> Check:
    options = site_options.load_site_options()
    words = "examples will do, since the cases are invented (invented_cases)" if options.invented else "they are set"
    return Check(
        "contacts for readers (mkdocs.yml)", not options.contacts.faults, "; ".join(options.contacts.faults) or words
    )


def _support() -> Check:
    words = "somebody has checked its numbers and hours"
    if not support.is_checked():
        words = (
            "nobody has said that its numbers and hours were checked: ring each, read each site, and write the day at checked in "
            "publishing/site/support.yml"
        )
    return Check("page of support", support.is_checked(), words, optional=True)


def _reviews(reviews: Path) -> Check:
    if not reviews.is_dir():
        return Check(
            "reviews folder", False, "it is not there: make it with candour new CASE, or name it with --reviews"
        )
    if not os.access(reviews, os.R_OK | os.W_OK):
        return Check("reviews folder", False, "it cannot be read and written by you: ask whoever keeps this machine")
    if os.name == "posix" and reviews.stat().st_mode & stat.S_IRWXO:
        words = "it is there, and everyone on this machine may look into it: chmod 700 it if real reviews are in it"
        return Check("reviews folder", True, words)
    return Check("reviews folder", True, "it is there")


def _signers(reviews: Path) -> Check:
    what = "list of signers"
    try:
        listed = load_signers(reviews)
    except SignersError as error:
        return Check(what, False, str(error))
    if listed is None:
        return Check(what, True, "there is none: people sign with their names")
    if not first_signer():
        hint = f"first_signer: {listed.signers[0].fingerprint}"
        words = f"an account that never saw the list of signers would take the folder without it: write {hint} in mkdocs.yml, under extra"
        return Check("first signer (mkdocs.yml)", False, words, optional=True)
    return Check(what, True, "it begins as mkdocs.yml says (first_signer)")


def _out(out: Path) -> Check:
    above = next(folder for folder in (out.resolve(), *out.resolve().parents) if folder.is_dir())
    if not os.access(above, os.W_OK):
        return Check("place of the site", False, "it cannot be written to: name another with --out")
    free = shutil.disk_usage(above).free
    if free < _SHORT:
        return Check("place of the site", False, f"only {free // 1_000_000} MB are free: make room")
    return Check("place of the site", True, f"{free // 1_000_000_000} GB are free")
