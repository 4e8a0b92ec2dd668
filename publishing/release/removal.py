"""Taking a review away in place, where there is no room to write the site again: files go, and next to nothing is written.

A page that is of one other review, or of none, stays, without the entries that lead to the review. All else goes, whatever
it says: lists, counts, feeds and the search index are made from every review together, and would still tell of this one.
"""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from publishing.catalogue.repeated_lessons import name_published_alone
from publishing.errors import PublishingError
from publishing.files import atomic_writes
from publishing.release import manifest
from publishing.reviews import RedactedReview, Withdrawal
from publishing.settings import PUBLIC_ID
from publishing.site import downloads, public_record, stopgap_pages
from publishing.site.search import indexing
from redaction import UnpackingError, unpack, untagged

MISSING = (
    "The disk is full, so the site was not written again: the review was taken away from it file by file. Until the next build "
    "it lacks search, every list of reviews and lessons (by theme, region, offence, agency, year and status), trends, "
    "open data and its feeds, and the pages in Markdown. Make room and run candour build"
)
"""What somebody must know who took a review away."""

_HAND_WRITTEN = ("about", "support", "assets", ".well-known")
_ENTRIES = tuple(re.compile(rf"<{tag}\b[^>]*>(?:(?!<{tag}\b).)*?</{tag}>\n?", re.S) for tag in ("li", "tr", "p"))
"""What a page says of another review is an entry of a list, a row of a table or a paragraph, the smallest first."""
_SHOWN = 10
_MARKER = re.compile(r"^[\W\d]+")
"""What a line of a list begins with in a record, and not on a page."""
_TELLING = 5
"""Words of a text by which it is known again; fewer may be anybody's."""


def take_review_away(
    out: Path, withdrawal: Withdrawal, gone: Sequence[Withdrawal], published: Sequence[RedactedReview]
) -> str:
    """Take a review away in place; what was done, in words. Killed at any moment, it is done again from the start.

    Args:
        out: where the site is.
        withdrawal: the review's.
        gone: every withdrawal, this one too: the published record from now on.
        published: every review of the published record.

    Raises:
        PublishingError: something of it could not be removed, or nothing says now that it was withdrawn.
    """
    public_id, away = withdrawal.public_id, _Removal(out, withdrawal, published)
    away.take_page()
    recorded = away.record(gone)
    away.take_traces()
    if away.left:
        raise PublishingError(
            f"{public_id}: IT WAS NOT WHOLLY TAKEN DOWN. The disk is full, so it was taken away file by file, and these could "
            f"not be removed: {_first_names(away.left)}. Take them off the web server by hand now, see that you may write to "
            f"{out.name}, and withdraw {public_id} again."
        )
    # what was taken away made room
    if not recorded and not away.record(gone):
        raise PublishingError(
            f"{public_id}: ITS PAGE IS GONE, AND NO RECORD OF THAT COULD BE WRITTEN in {out.name}/markdown, because the disk is "
            f"full: make room, and withdraw {public_id} again before anybody builds."
        )
    unsaid = (
        f" There was no room for these files, which are missing: {_first_names(away.unsaid)}." if away.unsaid else ""
    )
    return (
        f"Withdrawn: {public_id}. Its page is now a notice, and nothing else in {out.name} tells of it.{unsaid} Publish the site "
        "folder again now, and remove from the web server what is gone from it."
    )


def _first_names(names: Sequence[str]) -> str:
    """The first of many names."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


class _Removal:
    """One review taken away from what is published, step by step; each step may be done again.

    `left` are the files that could not be removed, `unsaid` those that could not be written; by their addresses in <out>.
    """

    def __init__(self, out: Path, withdrawal: Withdrawal, published: Sequence[RedactedReview]) -> None:
        self.left: list[str] = []
        self.unsaid: list[str] = []
        self._out = out
        self._site, self._markdown = out / "site", out / "markdown"
        self._withdrawal = withdrawal
        self._folder = f"reviews/{withdrawal.public_id}"
        others = [review for review in published if review.public_id != withdrawal.public_id]
        self._others = {review.public_id for review in others}
        self._records = name_published_alone(others)
        own = (text for review in published if review.public_id == withdrawal.public_id for text in review.strings())
        self._traces = _Traces(withdrawal.public_id, own, (text for review in others for text in review.strings()))

    def take_page(self) -> None:
        """The review's own pages and its public data go, before anything else; a notice comes in their place."""
        for folder in (self._site, self._markdown):
            self._clear(folder / self._folder)
        for path_of in (downloads.text_path, public_record.record_path):
            self._remove(self._site / path_of(self._withdrawal.public_id))
        for address in (f"{self._folder}/index.html", f"{self._folder}/learning/index.html"):
            self._write(address, stopgap_pages.notice(PurePosixPath(address), self._withdrawal))

    def record(self, withdrawals: Sequence[Withdrawal]) -> bool:
        """Write the published record of withdrawals; False where that could not be done."""
        try:
            atomic_writes.write(
                self._markdown / public_record.WITHDRAWN, public_record.withdrawals_json(withdrawals), mode=0o644
            )
        except OSError:
            return False
        return True

    def take_traces(self) -> None:
        """Everything else that tells of it: the search index first, and the review's own record last, by which it is found."""
        self._clear(self._site / indexing.BUNDLE)
        for path in sorted(self._files(self._site), key=lambda path: (len(path.parts), path)):
            address = path.relative_to(self._site)
            if not self._may_stay(address):
                self._fill(path)
            elif not address.is_relative_to(self._folder) and self._traces.are_in(path):
                self._cut(path)
        own = self._markdown / public_record.record_path(self._withdrawal.public_id)
        kept = {own, self._markdown / public_record.WITHDRAWN, self._markdown / public_record.NATIONAL}
        kept |= {self._markdown / public_record.record_path(public_id) for public_id in self._others}
        for path in self._files(self._markdown):
            if path not in kept:
                self._remove(path)
        for folder in (self._site, self._markdown):
            for root, _, _ in os.walk(folder, topdown=False):
                with suppress(OSError):
                    # what is not empty stays
                    os.rmdir(root)
        self._renew_records()
        # as long as it is there, withdrawing again begins anew
        if not self.left:
            self._renew_manifest()
            self._remove(own)

    def _renew_records(self) -> None:
        """Have no record of another review name a lesson of this one as the same; without room the next build does it."""
        for review in self._records:
            path = self._markdown / public_record.record_path(review.public_id)
            with suppress(OSError):
                if path.read_bytes() != (data := public_record.record_json(review)):
                    atomic_writes.write(path, data, mode=0o644)

    def _renew_manifest(self) -> None:
        """Write the manifest of what is left of the site; without room there is none, rather than one of before."""
        path = self._out / manifest.NAME
        try:
            manifest.write_manifest(self._out)
            path.chmod(0o644)
        except OSError:
            self._remove(path)
            self.unsaid.append(self._name(path))

    def _may_stay(self, address: PurePosixPath | Path) -> bool:
        """Whether a file of the site is of one review, or of none."""
        first, *rest = address.parts
        if any(part.startswith(".") for part in rest):
            return False
        if not rest:
            return first != stopgap_pages.HOME and not first.startswith(".")
        if first in _HAND_WRITTEN or address.is_relative_to(self._folder):
            return True
        whose = rest[0] if first == "reviews" else rest[-1].split(".")[0] if first == "data" else ""
        return len(rest) > 1 and re.fullmatch(PUBLIC_ID, whose, re.ASCII) is not None

    def _cut(self, path: Path) -> None:
        """Take the entries out of a page that tell of the review; a page that still tells of it goes."""
        with suppress(OSError, UnicodeDecodeError):
            text = path.read_text(encoding="utf-8")
            for entry in _ENTRIES if path.suffix == ".html" else ():
                text = entry.sub(lambda match: "" if self._traces.stand_in(match[0]) else match[0], text)
                if not self._traces.are_held(text.encode()):
                    atomic_writes.write(path, text.encode(), mode=0o644)
                    return
        self._fill(path)

    def _fill(self, path: Path) -> None:
        """Remove a file; where it is a page, empty it and have it say that it will be back."""
        address = path.relative_to(self._site).as_posix()
        if path.name == "index.html" and not path.is_symlink():
            self._write(address, stopgap_pages.filling(PurePosixPath(address), self._others))
        else:
            self._remove(path)

    def _write(self, address: str, page: bytes) -> None:
        path = self._site / address
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page)
            # whatever this user's files are like, a web server must be able to read these
            path.parent.chmod(0o755)
            path.chmod(0o644)
        except OSError:
            self._remove(path)
            self.unsaid.append(self._name(path))

    def _clear(self, folder: Path) -> None:
        """Remove every file of a folder, its own page first, then the folder."""
        for path in self._files(folder):
            self._remove(path)
        shutil.rmtree(folder, ignore_errors=True)

    def _remove(self, path: Path) -> None:
        """Remove a file, or empty it where that is not allowed or takes room."""
        try:
            path.unlink(missing_ok=True)
        except OSError:
            try:
                os.truncate(path, 0)
            except OSError:
                self.left.append(self._name(path))

    def _files(self, folder: Path) -> Iterator[Path]:
        """Every file and link under a folder, those above before those below; a folder that cannot be read is left."""

        def unread(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):
                self.left.append(self._name(Path(error.filename)))

        for root, folders, files in os.walk(folder, onerror=unread):
            links = [name for name in folders if Path(root, name).is_symlink()]
            yield from [Path(root, name) for name in (*files, *links)]

    def _name(self, path: Path) -> str:
        return f"{self._out.name}/{path.relative_to(self._out).as_posix()}"


class _Traces:
    """The traces by which a review is recognised wherever it is mentioned: its reference, and texts that no other review has."""

    def __init__(self, public_id: str, own: Iterable[str], others: Iterable[str]) -> None:
        self._reference = re.compile(rf"(?<!\d){public_id}(?!\d)", re.ASCII)
        elsewhere = "\n".join(map(_bare_words, others))
        lines = {_bare_words(_MARKER.sub("", line)) for text in own for line in text.splitlines()}
        self._texts = tuple(words for words in lines if words.count(" ") >= _TELLING - 1 and words not in elsewhere)

    def are_in(self, path: Path) -> bool:
        """Whether a file tells of the review, or cannot be read to the end."""
        try:
            return path.is_symlink() or self.are_held(path.read_bytes())
        except OSError:
            return True

    def are_held(self, data: bytes) -> bool:
        """Whether bytes tell of the review, however they are packed, or cannot be read to the end."""
        try:
            return any(self.stand_in(part.text) for part in unpack(data))
        except UnpackingError:
            return True

    def stand_in(self, text: str) -> bool:
        """Whether a text tells of the review."""
        if self._reference.search(text):
            return True
        words = _bare_words(text)
        return any(own in words for own in self._texts)


def _bare_words(text: str) -> str:
    """A text's words alone, as they are the same in a record, in Markdown and in HTML."""
    return " ".join(re.findall(r"\w+", html.unescape(untagged(text)).casefold()))
