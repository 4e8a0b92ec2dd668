"""What the open data has beside what MkDocs copies: each review's text as Markdown, and the SHA-256 of every file.

MkDocs would make a page of the texts, and knows nothing of them: they are put into the built site.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from publishing.catalogue.open_data.tables import LICENCE, PUBLISHER
from publishing.reviews import RedactedReview
from publishing.site.fingerprints import Fingerprints
from publishing.site.kept_texts import KeptTexts
from publishing.site.phrasing import page_address
from publishing.site.review_blocks import review_blocks
from publishing.site.templating import page_templates

CHECKSUMS = "data/checksums.txt"
"""Where the checksums are in a built site."""

_BLANK_LINES = re.compile(r"\n{3,}")


def text_path(public_id: str) -> str:
    """Where a review's text is in a built site, beside its record."""
    return f"data/reviews/{public_id}.md"


def write_downloads(site: Path, reviews: Sequence[RedactedReview], address: str, kept: KeptTexts) -> None:
    """Write the texts and data/checksums.txt into a built site.

    Args:
        site: what MkDocs built.
        reviews: what is published.
        address: the site's own address, ending with a slash; "" where it is not known.
        kept: texts that were rendered before.
    """
    fingerprints = Fingerprints()
    for review in reviews:
        path = site / text_path(review.public_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        made_from = {"text of": fingerprints.describe(review), "address": address}
        text = kept.rendered(made_from, partial(review_text, review, address))
        path.write_text(text, encoding="utf-8", newline="\n")
    _write_checksums(site / CHECKSUMS)


def review_text(review: RedactedReview, address: str) -> str:
    """A review as Markdown to take away: its facts, its sections with their paragraphs' numbers, its lessons."""
    text = (
        page_templates()
        .get_template("review_text.md.j2")
        .render(
            review=review,
            blocks=review_blocks(review),
            address=page_address(address, f"reviews/{review.public_id}/"),
            publisher=PUBLISHER,
            licence=LICENCE,
        )
    )
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _write_checksums(path: Path) -> None:
    """Write the SHA-256 of every file beside or below, as `sha256sum -c` reads it; pages are left out."""
    data = path.parent
    files = (found for found in data.rglob("*") if found.is_file() and found.suffix != ".html" and found != path)
    names = sorted(found.relative_to(data).as_posix() for found in files)
    lines = [f"{hashlib.sha256((data / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
