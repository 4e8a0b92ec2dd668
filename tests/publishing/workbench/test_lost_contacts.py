"""What helps nobody, its contact being removed, stands on the page on which a case is signed."""

from __future__ import annotations

import html

from starlette.testclient import TestClient

from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE, write_case


def test_the_page_to_sign_points_it_out(client: TestClient, queue: CaseQueue) -> None:
    """With its place, and with nothing in the way of signing."""
    write_case(
        queue.reviews, summary="Darren Whitlock killed Keisha Moorhouse. The out-of-hours number is 0161 496 0411."
    )
    page = html.unescape(client.get(f"/case/{CASE}/sign").text)
    assert (
        "<li>a sentence only tells how somebody can be reached, and the contact is removed, in: Summary, block 1."
        in page
    )
    assert "It cannot be signed yet" not in page
