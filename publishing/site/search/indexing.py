"""Search: an index over the built pages, with each lesson as a record of its own.

What Pagefind says of a page or a lesson is kept, by review, and only what changed is put to it again: docs/decisions/0041-an-index-from-parts.md.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.catalogue.lessons import ReviewLesson, all_lessons, newest_first
from publishing.catalogue.review_titles import lesson_title
from publishing.files.cache import key_of
from publishing.files.program import hash_program
from publishing.progress import step
from publishing.reviews import RedactedReview
from publishing.site.kept_texts import KeptTexts
from publishing.site.phrasing import version_day
from publishing.site.search import facets, packing, pagefind_program, spelling
from publishing.site.search.pagefind_program import PagefindProgram
from publishing.site.search.records import Record, read_records
from publishing.vocabulary import title

BUNDLE = "pagefind"
PARTS_AT_ONCE = 250
"""Parts that Pagefind is asked about at a time: so many take it 250 MB."""
_OF_THE_PROGRAM = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.*.pagefind")
"""Files that are the same for every site, or all but; what else Pagefind writes beside the index nobody loads."""
_MARK_ADDRESS = "/"
_MARK = "<html><body data-pagefind-body>Candour</body></html>"
"""A page that is in no index: with it, Pagefind leaves out pages without its mark, whatever else it is asked about at the same time."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=\w)|(?<=\w)[-‐‑](?=[^\W\d_])")
_PARTED = "\N{NON-BREAKING HYPHEN}"
_TAG = re.compile(r"(<[^>]*>)")
_PARAGRAPH_NUMBER = re.compile(r'<div class="para"[^>]* id="(p\d+)"[^>]*>.*?</div>', re.S)

_Entry = Path | dict[str, Any]
"""What is searched: a page, or the record of a lesson as Pagefind is told it."""


class _Part(BaseModel):
    """What the index says of one review and its lessons, or of one page about the site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    records: list[Record]


def build_index(site: Path, reviews: Sequence[RedactedReview], as_of: dt.date, kept: KeptTexts | None = None) -> None:
    """Make the built site searchable: write its pagefind folder, byte for byte the same for the same site.

    Args:
        site: the built HTML; pages about the site and each review's page are indexed, as their templates mark them.
        reviews: the reviews that the site shows; each of their lessons becomes a record.
        as_of: the day by which a lesson is overdue or not.
        kept: what the index of the site before was made of; only what changed goes through Pagefind again.

    Raises:
        BuildError: Pagefind failed.
    """
    kept = kept or KeptTexts()
    sources = list(_sources(site, reviews, as_of))
    rule = [
        hash_program(),
        pagefind_program.identify(),
        *(version(name) for name in ("pagefind", "pagefind_bin", "cbor2")),
    ]
    keys = [
        key_of(determined_by={"rule": rule, "entries": [_describe(site, entry) for entry in source]})
        for source in sources
    ]
    parts = {key: part for key in keys if (part := _find_part(kept, key))}
    new = [(key, source) for key, source in zip(keys, sources, strict=True) if key not in parts]
    # Pagefind is asked where nothing is new too: its own program is part of the index
    with step("indexing pages for search", len(new)) as advance:
        for start in range(0, len(new) or 1, PARTS_AT_ONCE):
            asked = new[start : start + PARTS_AT_ONCE]
            files = _ask_pagefind(site, [source for _, source in asked], advance)
            found = read_records(files)
            for key, source in asked:
                parts[key] = _Part(records=[found[url] for entry in source if (url := _address(site, entry)) in found])
                kept.put(key, parts[key].model_dump())
    _write_program(site / BUNDLE, files)
    packing.pack_index(site / BUNDLE, [record for key in keys for record in parts[key].records])
    spelling.write_known_words(site / BUNDLE, reviews)


def _sources(site: Path, reviews: Sequence[RedactedReview], as_of: dt.date) -> Iterator[list[_Entry]]:
    """What is searched: each review's page with the records of its lessons, and each page about the site."""
    # in the order of newest first, each review before its lessons and pages about the site at the end: packing.py
    # names records by their number, and search sorts by that
    for review in newest_first(reviews):
        page = site / "reviews" / review.public_id / "index.html"
        yield [page, *(_search_record(taught, as_of) for taught in all_lessons([review]))]
    for page in sorted(page for folder in ("about", "support") for page in (site / folder).rglob("index.html")):
        yield [page]


def _describe(site: Path, entry: _Entry) -> Any:
    """A record as it is, or a page by its address and a hash of its HTML."""
    if isinstance(entry, dict):
        return entry
    return [entry.relative_to(site).as_posix(), hashlib.sha256(entry.read_bytes()).hexdigest()]


def _address(site: Path, entry: _Entry) -> str:
    if isinstance(entry, dict):
        return str(entry["url"])
    return f"/{entry.parent.relative_to(site).as_posix()}/"


def _find_part(kept: KeptTexts, key: str) -> _Part | None:
    try:
        return _Part.model_validate(kept.find(key))
    except ValidationError:
        return None


def _ask_pagefind(site: Path, sources: Iterable[Iterable[_Entry]], advance: Callable[[], None]) -> dict[str, bytes]:
    """The files of Pagefind's own index of some sources, by their paths in its folder; it has a record of `_MARK` too."""
    with PagefindProgram() as pagefind:
        number = pagefind.ask("NewIndex", config={"force_language": "en"})["index_id"]
        pagefind.ask("AddFile", index_id=number, url=_MARK_ADDRESS, file_path=None, file_contents=_MARK)
        for source in sources:
            for entry in source:
                _add(pagefind, number, site, entry)
            advance()
        # not WriteFiles: it answers before its files are whole on the disk
        answer = pagefind.ask("GetFiles", index_id=number)
    return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}


def _add(pagefind: PagefindProgram, number: int, site: Path, entry: _Entry) -> None:
    if isinstance(entry, Path):
        html, url = _html_to_index(entry), _address(site, entry)
        pagefind.ask("AddFile", index_id=number, url=url, file_path=None, file_contents=html)
    else:
        pagefind.ask("AddRecord", index_id=number, **entry)


def _write_program(bundle: Path, files: Mapping[str, bytes]) -> None:
    """Write what searches an index, without the index."""
    bundle.mkdir(exist_ok=True)
    for path, content in files.items():
        if any(fnmatch(path, pattern) for pattern in _OF_THE_PROGRAM):
            (bundle / path).write_bytes(content)


def _html_to_index(page: Path) -> str:
    # a paragraph's number is no word of it, and an anchor within what is ignored would be ignored too
    html = _PARAGRAPH_NUMBER.sub(r'<div id="\1"></div>', page.read_text(encoding="utf-8"))
    # every other part is a tag
    parts = _TAG.split(html)
    parts[::2] = map(_part_hyphens, parts[::2])
    return "".join(parts)


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
    # most texts between two tags have none, and looking first takes a quarter of the time
    return _HYPHEN.sub(f"{_PARTED} ", text) if "-" in text or "‐" in text or "‑" in text else text
