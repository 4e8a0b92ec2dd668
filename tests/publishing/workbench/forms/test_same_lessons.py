"""Lessons that may be the same are proposed; a person decides, takes it back, and signs it."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.testclient import TestClient

from publishing import intake
from publishing.checking import load_signed_text
from publishing.reviews import Lesson
from publishing.site import public_record
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.redacted_reviews import make_review
from tests.support.workbench import field, sign

LIKE = "A recall is decided on the working day on which it is asked for."
PAGE = f"/case/{CASE}/same"


@pytest.fixture
def published(queue: CaseQueue) -> None:
    """Three reviews stand published: a lesson of two of them, which is one lesson, is like the case's."""
    first = Lesson(id=3, text=LIKE, level="local", themes=("recall",), owner="HM Prison and Probation Service")
    other = Lesson(id=1, text="Interpreters are booked by telephone.", level="local")
    joined = first.model_copy(update={"id": 1, "same_as": ("2024-001/3",)})
    reviews = [
        make_review("2024-001", lessons=(first,)),
        make_review("2024-002", lessons=(other,)),
        make_review("2024-003", lessons=(joined,)),
    ]
    public_record.write_public_record(reviews, [], queue.published._out / "markdown")


def send(client: TestClient, **said: str) -> tuple[int, str]:
    """Send the form as its page would."""
    answer = client.post(PAGE, data={"seen": field(client.get(PAGE).text, "seen"), **said})
    return answer.status_code, answer.text


@pytest.mark.usefixtures("published")
def test_a_person_decides_what_is_proposed_and_can_undo_it(client: TestClient, queue: CaseQueue) -> None:
    """The same goes to `same_as`, what is not to `not_same_as`, each one step; what was decided is not proposed anew."""
    path = queue.folder(CASE) / "review.md"
    before = path.read_text(encoding="utf-8")
    page = client.get(PAGE).text
    assert LIKE in page
    assert "Interpreters" not in page
    assert f"Perhaps <strong>2024-001/3</strong>: {LIKE}" in client.get(f"/case/{CASE}/lessons").text
    assert send(client, **{"about-1-2024-001/3": "same"})[0] == 200
    assert intake.load_case(path.parent).lessons[0].same_as == ("2024-001/3",)
    assert path.read_text(encoding="utf-8").replace('    same_as: ["2024-001/3"]\n', "") == before
    page = client.get(f"/case/{CASE}/lessons").text
    assert "The same as <strong>2024-001/3</strong>" in page
    assert "2024-003/1" not in page, "it is one with a lesson that was decided about"
    seen = field(client.get(PAGE).text, "seen")
    assert client.post(f"/case/{CASE}/undo", data={"seen": seen}).status_code == 200
    assert path.read_text(encoding="utf-8") == before
    assert send(client, **{"about-1-2024-001/3": "other"})[0] == 200
    assert intake.load_case(path.parent).lessons[0].same_as == ()
    assert 'not_same_as: ["2024-001/3"]' in path.read_text(encoding="utf-8")
    assert "Perhaps <strong>2024-001/3" not in client.get(f"/case/{CASE}/lessons").text


@pytest.mark.usefixtures("published")
def test_another_reference_is_written_or_refused_with_what_was_typed(client: TestClient, queue: CaseQueue) -> None:
    """One that is not published is kept, and told as such."""
    for typed in ("2024-1", "2025-001/1", "<b>"):
        status, page = send(client, **{"another-1": typed, "about-1-2024-001/3": "same"})
        assert status == 400
        assert "write the reference of another review’s lesson" in page
        assert f'value="{typed.replace("<b>", "&lt;b&gt;")}"' in page
        assert 'value="same" checked' in page
        assert intake.load_case(queue.folder(CASE)).lessons[0].same_as == ()
    status, page = send(client, **{"another-1": "2031-001/2"})
    assert status == 200
    assert "2031-001/2 does not stand published" in page
    assert intake.load_case(queue.folder(CASE)).lessons[0].same_as == ("2031-001/2",)


@pytest.mark.usefixtures("published")
def test_what_is_said_of_a_signed_lesson_is_signed_here(client: TestClient, queue: CaseQueue) -> None:
    """Nothing of it is published before; the text stays as it was signed."""
    sign(queue)
    text = load_signed_text(queue.folder(CASE), dt.date.max)
    assert "Not signed yet" not in client.get(PAGE).text
    send(client, **{"about-1-2024-001/3": "same"})
    assert "Not signed yet" in client.get(PAGE).text
    page = client.get(PAGE).text
    assert "Lesson 1: the same as 2024-001/3. As signed now: no other." in page
    shown = {"shown": field(page, "shown")}
    assert client.post(f"{PAGE}/sign", data=shown).status_code == 400
    queue.user = "An Officer"
    assert client.post(f"{PAGE}/sign", data={}).status_code == 409
    assert client.post(f"{PAGE}/sign", data=shown).status_code == 200
    now = load_signed_text(queue.folder(CASE), dt.date.max)
    assert text is not None
    assert now is not None
    assert now.lessons[0].same_as == ("2024-001/3",)
    assert now.sections == text.sections
    assert "Not signed yet" not in client.get(PAGE).text


@pytest.mark.usefixtures("published")
def test_nobody_signs_what_they_were_not_shown(client: TestClient, queue: CaseQueue) -> None:
    """What was changed since, and what somebody else signed since, is looked at first; and what is typed is saved first."""
    queue.user = "An Officer"
    sign(queue)
    send(client, **{"about-1-2024-001/3": "same"})
    shown = {"shown": field(client.get(PAGE).text, "shown")}
    send(client, **{"another-1": "2031-001/2"})
    answer = client.post(f"{PAGE}/sign", data=shown)
    assert answer.status_code == 409
    assert "was changed in another tab, or by someone else" in answer.text
    text = load_signed_text(queue.folder(CASE), dt.date.max)
    assert text is not None
    assert text.lessons[0].same_as == ()
    page = client.get(PAGE).text
    assert "Lesson 1: the same as 2024-001/3, 2031-001/2. As signed now: no other." in page
    keep = f"/case/{CASE}/draft/same"
    typed = {"seen": field(page, "seen"), "draft": "same", "another-1": "2024-002/1"}
    assert client.post(keep, data=typed).status_code == 204
    resumed = client.get(f"{PAGE}?draft=same").text
    assert "It is not saved yet" in resumed
    assert "Not signed yet" in resumed
    assert "Sign which lessons are the same" not in resumed


@pytest.mark.usefixtures("published")
def test_the_whole_group_of_a_proposal_is_shown(client: TestClient) -> None:
    """Whoever says that a lesson is the same says it of all that are the same as that one; so it stands there, before and after."""
    told = "Called the same as 2024-001/3, and so decided with it:"
    for _ in range(2):
        page = client.get(PAGE).text
        group = page.split(told)[1].split("</ul>")[0]
        assert "<strong>2024-003/1</strong>, after an offence of 2018" in group
        assert LIKE in group
        assert send(client, **{"about-1-2024-001/3": "same"})[0] == 200


def test_where_nothing_is_published_nothing_is_proposed(client: TestClient) -> None:
    """The page says so."""
    assert "No published lesson is like it." in client.get(PAGE).text
