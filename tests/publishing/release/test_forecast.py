"""What the next build would do, before it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from publishing.release.forecast import forecast_build
from publishing.release.signoff import sign_off
from redaction import Redactor
from tests.support.building import AS_OF, build_small
from tests.support.cases import CASE, OTHER, edit_case, write_case


def test_the_outlook_is_what_the_build_then_does(house: Path, redactor: Redactor, sign: Callable[[Path], None]) -> None:
    """Changed, unchanged, coming and left out; nothing is built for it."""
    sign(write_case(house / "reviews", "later", public_id="2025-003", publish_on="2030-01-01"))
    write_case(house / "reviews", "draft", public_id="2025-004", status="draft")
    (house / "reviews" / "broken").mkdir()
    edit_case(house)
    sign_off(house / "reviews", CASE, "B", redactor=redactor)
    path = house / "reviews" / OTHER / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("disclosure:", "reassess_by: 2025-06-01\ndisclosure:", 1), encoding="utf-8")
    ahead = forecast_build(house / "reviews", house / "build", AS_OF)
    assert (ahead.new, ahead.changed, ahead.unchanged) == ((), (CASE,), (OTHER,))
    assert ahead.coming == ((dt.date(2030, 1, 1), "later"),)
    assert dict(ahead.left_out) == {"draft": "a draft: nobody has approved it", "broken": "review.md: is missing"}
    assert "to be looked at again by 2025-06-01: walnut-anchor-08" in list(ahead.lines())


def test_the_outlook_tells_what_differs_from_what_is_signed(house: Path) -> None:
    """A file that was edited: told once a build has read it; until then doctor says that nobody can tell."""
    edit_case(house)
    before = forecast_build(house / "reviews", house / "build", AS_OF)
    assert (before.notices.changed, before.notices.unread) == ((), (CASE,))
    assert any(line.startswith(f"not redacted yet with today's files and engine: {CASE}: ") for line in before.lines())
    build_small(house / "reviews", house / "build", AS_OF)
    after = forecast_build(house / "reviews", house / "build", AS_OF)
    assert (after.notices.changed, after.notices.unread) == ((CASE,), ())
    assert any(line.startswith(f"to check: {CASE}: today's redaction of the files differs") for line in after.lines())


def test_the_outlook_promises_nothing_where_a_build_would_stop(house: Path) -> None:
    """A signature that does not hold stops every case."""
    path = house / "reviews" / CASE / "signed.json"
    path.write_text(path.read_text(encoding="utf-8").replace("licence", "license"), encoding="utf-8")
    lines = list(forecast_build(house / "reviews", house / "build", AS_OF).lines())
    assert lines[0] == "The next build would stop and publish nothing:"
    assert lines[1].startswith(f"{CASE}: signed.json no longer holds")
    assert lines[2] == "Once that is mended it would publish 1 review."
