"""Whether what is signed is still what the files give: an answer to a lesson changes nothing of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing import intake
from publishing.release.comparison import review_as_signed
from publishing.release.forecast import forecast_build
from publishing.release.policy_diff import diff_policy
from publishing.release.responding import respond
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
from tests.support.cases import CASE
from tests.support.workbench import sign, write_case

DAY = dt.date(2025, 3, 2)
MANY_NAMES = "Darren Whitlock's officer (A4821CK), Sergeant Paul Hartley of Salford, and PC Ann Fell and Kathy Moorhouse drafted it."
"""A note that moves the numbers of labels and the counts of what was replaced."""

pytestmark = pytest.mark.usefixtures("one_redactor")


def state(queue: CaseQueue) -> str:
    """The state of the case."""
    queue.warm()
    return next(entry.state for entry in queue.entries() if entry.case == CASE)


@pytest.mark.parametrize("note", [None, "Guidance drafted.", MANY_NAMES])
def test_a_recorded_answer_leaves_a_signed_case_signed(tmp_path: Path, redactor: Redactor, note: str | None) -> None:
    """In the list, on the case's own pages and for the next build, however many names its note has; a change of the text is still told."""
    folder = write_case(tmp_path / "reviews")
    queue = CaseQueue(tmp_path / "reviews", tmp_path / "build", redactor)
    sign(queue)
    respond(queue.reviews, CASE, 1, "in-progress", note, "An Officer", DAY, redactor)
    assert state(queue) == "signed"
    assert not queue.open(CASE).is_changed
    assert forecast_build(queue.reviews, queue.out, DAY).notices.changed == ()
    assert diff_policy(queue.reviews, DAY).changed == ()
    review = folder / "review.md"
    review.write_text(review.read_text(encoding="utf-8").replace("was not told", "was told late"), encoding="utf-8")
    assert state(queue) == "changed"
    assert queue.open(CASE).is_changed
    assert forecast_build(queue.reviews, queue.out, DAY).notices.changed == (CASE,)


def test_an_answer_that_was_signed_with_the_text_belongs_to_it(house: Path, sign: Callable[..., None]) -> None:
    """What came before the signature is compared; what came after is not."""
    folder = house / "reviews" / CASE
    assert review_as_signed(folder, intake.load_case(folder)) is not None
    respond(house / "reviews", CASE, 1, "in-progress", "Drafted.", "An Officer", DAY)
    later = intake.load_case(folder)
    assert review_as_signed(folder, later).lessons[0].updates == ()
    sign(folder, at=dt.datetime.now(dt.UTC))
    assert review_as_signed(folder, later) is later
    respond(house / "reviews", CASE, 1, "implemented", None, "An Officer", DAY + dt.timedelta(1))
    compared = review_as_signed(folder, intake.load_case(folder))
    assert [update.status for update in compared.lessons[0].updates] == ["in-progress"]


def test_where_nobody_signed_the_review_is_as_it_is(tmp_path: Path) -> None:
    """And where the signature cannot be read."""
    folder = write_case(tmp_path)
    review = intake.load_case(folder)
    assert review_as_signed(folder, review) is review
    (folder / "signed.json").write_text("{", encoding="utf-8")
    assert review_as_signed(folder, review) is review
