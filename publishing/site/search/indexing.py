"""Search: Pagefind's index over the built pages, with each lesson as a record of its own.

Pagefind's Python wrapper waits a tenth of a second for each answer (minutes, for thousands of lessons) and for
ever if the program dies, so this speaks the same protocol to the same program directly.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from pagefind.service import get_executable

from publishing.catalogue.lessons import ReviewLesson, all_lessons, newest_first
from publishing.catalogue.review_titles import lesson_title
from publishing.errors import BuildError
from publishing.files.cache import key_of
from publishing.files.program import hash_program
from publishing.reviews import RedactedReview
from publishing.site.kept_texts import KeptTexts
from publishing.site.phrasing import version_day
from publishing.site.search import facets, packing, spelling
from publishing.vocabulary import title

BUNDLE = "pagefind"
_UNUSED_FILES = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=\w)|(?<=\w)[-‐‑](?=[^\W\d_])")
_PARTED = "\N{NON-BREAKING HYPHEN}"
_TAG = re.compile(r"(<[^>]*>)")
_FILE = re.compile(r"(?:\w+/)?\w[\w.-]*")
_PARAGRAPH_NUMBER = re.compile(r'<div class="para"[^>]* id="(p\d+)"[^>]*>.*?</div>', re.S)


def build_index(site: Path, reviews: Sequence[RedactedReview], as_of: dt.date, kept: KeptTexts | None = None) -> None:
    """Make the built site searchable: write its pagefind folder, byte for byte the same for the same site.

    Args:
        site: the built HTML; pages about the site and each review's page are indexed, as their templates mark them.
        reviews: the reviews that the site shows; each of their lessons becomes a record.
        as_of: the day by which a lesson is overdue or not.
        kept: the index of the site before; where everything that it is made of is the same, it is not made again.

    Raises:
        BuildError: Pagefind failed.
    """
    kept = kept or KeptTexts()
    entries = list(_entries(site, reviews, as_of))
    key = key_of(
        determined_by={
            "program": hash_program(),
            "libraries": [version("pagefind"), version("pagefind_bin"), version("cbor2")],
            "entries": [_describe(site, entry) for entry in entries],
        }
    )
    if not _write_kept(site / BUNDLE, (kept.find(key) or {}).get("files")):
        _index(site, entries)
        files = (path for path in (site / BUNDLE).rglob("*") if path.is_file())
        named = {path.relative_to(site / BUNDLE).as_posix(): path.read_bytes() for path in files}
        kept.put(key, {"files": {name: base64.b64encode(data).decode() for name, data in named.items()}})
    spelling.write_known_words(site / BUNDLE, reviews)


def _entries(site: Path, reviews: Sequence[RedactedReview], as_of: dt.date) -> Iterator[Path | dict[str, Any]]:
    """What is searched: pages, and records of lessons."""
    # in the order of newest first, each review before its lessons and pages about the site at the end: packing.py
    # names records by their number, and search sorts by that
    for review in newest_first(reviews):
        yield site / "reviews" / review.public_id / "index.html"
        yield from (_search_record(taught, as_of) for taught in all_lessons([review]))
    yield from sorted(page for folder in ("about", "support") for page in (site / folder).rglob("index.html"))


def _describe(site: Path, entry: Path | dict[str, Any]) -> Any:
    """A record as it is, or a page by its address and a hash of its HTML."""
    if isinstance(entry, dict):
        return entry
    return [entry.relative_to(site).as_posix(), hashlib.sha256(entry.read_bytes()).hexdigest()]


def _write_kept(bundle: Path, files: object) -> bool:
    """Write an index that was kept; whether there was one."""
    if not isinstance(files, Mapping) or not all(_FILE.fullmatch(name) for name in files):
        return False
    for name, content in files.items():
        path = bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))
    return True


def _index(site: Path, entries: Sequence[Path | dict[str, Any]]) -> None:
    with _Pagefind() as pagefind:
        number = pagefind.ask("NewIndex", config={"force_language": "en"})["index_id"]
        for entry in entries:
            if isinstance(entry, Path):
                _add_page(pagefind, number, site, entry)
            else:
                pagefind.ask("AddRecord", index_id=number, **entry)
        # not WriteFiles: it answers before its files are whole on the disk
        for file in pagefind.ask("GetFiles", index_id=number)["files"]:
            path = site / BUNDLE / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(file["content"]))
    for pattern in _UNUSED_FILES:
        for path in (site / BUNDLE).glob(pattern):
            path.unlink()
    packing.pack_index(site / BUNDLE)


def _add_page(pagefind: _Pagefind, number: int, site: Path, page: Path) -> None:
    address = page.parent.relative_to(site).as_posix()
    # a paragraph's number is no word of it, and an anchor within what is ignored would be ignored too
    html = _PARAGRAPH_NUMBER.sub(r'<div id="\1"></div>', page.read_text(encoding="utf-8"))
    html = "".join(part if part.startswith("<") else _part_hyphens(part) for part in _TAG.split(html))
    pagefind.ask("AddFile", index_id=number, url=f"/{address}/", file_path=None, file_contents=html)


def _search_record(taught: ReviewLesson, as_of: dt.date) -> dict[str, Any]:
    facts, lesson = taught.review.facts, taught.lesson
    date = f"{taught.review.publish_on.isoformat()} {taught.review.public_id} {lesson.id:03}"
    return {
        "url": f"/reviews/{taught.review.public_id}/#lesson-{lesson.id}",
        # a result shows what comes before the mark
        "content": _part_hyphens(" ¶ ".join(filter(None, [lesson.text, lesson.why]))),
        "language": "en",
        "meta": {
            "title": lesson_title(taught),
            "about": f"{title('regions', facts.region)}, {facts.offence_year}",
            "date": date,
            "version": version_day(taught.review).isoformat(),
        },
        "filters": {name: list(values) for name, values in facets.facets_of(taught, as_of).items()},
    }


def _part_hyphens(text: str) -> str:
    """“Multi-agency” as two words, so that it is found as “multi agency” is; the script of the search page joins them again."""
    return _HYPHEN.sub(f"{_PARTED} ", text)


class _Pagefind:
    """The Pagefind program as a service: one question in, one answer out."""

    def __enter__(self) -> _Pagefind:
        self._process = subprocess.Popen(
            [str(get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, question: str, **details: Any) -> dict[str, Any]:
        """Send one request and wait for its answer.

        Raises:
            BuildError: Pagefind stopped or refused; the answer is not repeated, since it may hold a page's words.
        """
        message = {"message_id": 1, "payload": {"type": question, **details}}
        try:
            stdin = cast(IO[bytes], self._process.stdin)
            stdin.write(base64.b64encode(json.dumps(message).encode()) + b",")
            stdin.flush()
            answer = json.loads(base64.b64decode(self._read()))["payload"]
        except (OSError, ValueError, KeyError):
            raise BuildError(f"Pagefind stopped while it was asked to {question}") from None
        if answer["type"] == "Error":
            raise BuildError(f"Pagefind refused to {question}")
        return cast(dict[str, Any], answer)

    def _read(self) -> bytes:
        stdout = cast(BufferedReader, self._process.stdout)
        answer = bytearray()
        while not answer.endswith(b","):
            piece = stdout.read1()
            if not piece:
                break
            answer += piece
        return bytes(answer.removesuffix(b","))
