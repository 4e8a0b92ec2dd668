"""What stands published while somebody signs; a site that cannot be read is for the next build to tell of."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from publishing.errors import BuildError
from publishing.reviews import RedactedReview
from publishing.site import public_record


def load_published(out: Path | None) -> Sequence[RedactedReview]:
    """The reviews that are published; none where the site cannot be read: the build says what is wrong with it."""
    with suppress(BuildError):
        return public_record.load_public_record(out / "markdown")[0] if out else ()
    return ()


def is_published(out: Path | None, public_id: str) -> bool:
    """Whether a review is published."""
    return out is not None and (out / "markdown" / "data" / "reviews" / f"{public_id}.json").is_file()
