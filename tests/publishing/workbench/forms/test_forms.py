"""Lessons and the register are filled in without a line of YAML."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing import intake
from publishing.checking import load_signed_text
from publishing.intake.new import create_case
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import field, sign

LESSON = {"text": "A lesson: with a colon.", "level": "local"}


def send(client: TestClient, page: str, **said: str | list[str]) -> tuple[int, str]:
    """Send a form of a case as its page would, with whatever stands in it changed."""
    seen = field(client.get(f"/case/{CASE}/{page}").text, "seen")
    answer = client.post(f"/case/{CASE}/{page}", data={"seen": seen, **said})
    return answer.status_code, answer.text


def head(queue: CaseQueue) -> str:
    """review.md as it is."""
    return (queue.folder(CASE) / "review.md").read_text(encoding="utf-8")


# --- lessons


def test_a_lesson_is_changed_where_it_stands(client: TestClient, queue: CaseQueue) -> None:
    """Its notes, its updates and every other line stay as they were."""
    path = queue.folder(CASE) / "review.md"
    before = head(queue).replace(
        "    level: national\n    owner: HM Prison and Probation Service\n---",
        "    level: national   # for all\n    owner: HM Prison and Probation Service\n    updates:\n      - {date: 2025-06-01, status: in-progress}\n"
        "  # about the second\n  - id: 4\n    text: >\n      A folded\n      text.\n    level: local\n---",
    )
    path.write_text(before, encoding="utf-8")
    said = {
        "text": "A recall: at once.",
        "why": "",
        "owner": 'The "Service"',
        "themes": ["recall"],
        "level": "regional",
    }
    assert send(client, "lessons", place="0", **said)[0] == 200
    expected = before.replace("A recall must be decided within one working day.", '"A recall: at once."')
    expected = expected.replace("level: national   # for all", "level: regional   # for all")
    expected = expected.replace("owner: HM Prison and Probation Service", 'owner: "The \\"Service\\""')
    assert head(queue) == expected
    assert send(client, "lessons", place="1", text="Another text.", level="local")[0] == 200
    lessons = intake.load_case(path.parent).lessons
    assert [(lesson.id, lesson.text) for lesson in lessons] == [(1, "A recall: at once."), (4, "Another text.")]
    assert lessons[0].updates[0].status == "in-progress"


def test_a_new_lesson_gets_a_number_that_none_ever_had(client: TestClient, queue: CaseQueue) -> None:
    """Nor one that a signed text has; it stands after the others."""
    sign(queue)
    path = queue.folder(CASE) / "review.md"
    start, rest = head(queue).split("lessons:\n")
    path.write_text(start + "lessons: []\n---\n" + rest.split("---\n", 1)[1], encoding="utf-8")
    for text in ("First.", "Second."):
        assert send(client, "lessons", **{**LESSON, "text": text, "due": "2025-09"})[0] == 200
    lessons = intake.load_case(path.parent).lessons
    assert [(lesson.id, lesson.text, lesson.due) for lesson in lessons] == [
        (2, "First.", "2025-09"),
        (3, "Second.", "2025-09"),
    ]


def test_only_a_lesson_that_was_never_signed_is_taken_out(client: TestClient, queue: CaseQueue) -> None:
    """The page offers no other, and the form refuses it; taking out can be undone."""
    sign(queue)
    send(client, "lessons", **LESSON)
    page = client.get(f"/case/{CASE}/lessons").text
    assert "Take lesson 2 out" in page
    assert "Take lesson 1 out" not in page
    assert send(client, "lessons", place="0", remove="yes")[0] == 400
    before = head(queue)
    assert send(client, "lessons", place="1", remove="yes")[0] == 200
    assert [lesson.id for lesson in intake.load_case(queue.folder(CASE)).lessons] == [1]
    assert (
        client.post(f"/case/{CASE}/undo", data={"seen": field(client.get(f"/case/{CASE}").text, "seen")}).status_code
        == 200
    )
    assert head(queue) == before


@pytest.mark.parametrize(
    "said",
    [{**LESSON, "place": "7"}, {**LESSON, "place": "x"}, {**LESSON, "level": "moon"}, {**LESSON, "due": "soon"},
     {**LESSON, "text": "x" * 6000}, {**LESSON, "themes": "moon"}],
)  # fmt: skip
def test_what_is_no_lesson_is_not_written(client: TestClient, queue: CaseQueue, said: dict[str, str]) -> None:
    """It is refused in words."""
    before = head(queue)
    assert send(client, "lessons", **said)[0] == 400  # type: ignore[arg-type]
    assert head(queue) == before


def test_lessons_that_a_form_cannot_change_are_left_to_an_editor(client: TestClient, queue: CaseQueue) -> None:
    """Written on one line, or as no list at all: nothing is written."""
    path = queue.folder(CASE) / "review.md"
    start, rest = head(queue).split("lessons:\n")
    for written in ("lessons: [{id: 1, text: One., level: local}]\n", "lessons: none\n"):
        path.write_text(start + written + "---\n" + rest.split("---\n", 1)[1], encoding="utf-8")
        before = head(queue)
        seen = field(client.get(f"/case/{CASE}/facts").text, "seen")
        answer = client.post(f"/case/{CASE}/lessons", data={"seen": seen, "place": "0", **LESSON})
        assert answer.status_code == 400
        assert "text editor" in answer.text
        assert head(queue) == before


def test_what_was_said_of_a_signed_lesson_is_recorded_and_signed(client: TestClient, queue: CaseQueue) -> None:
    """Redacted, under the name of whoever uses the workbench; the signed review stays as it is. What cannot be is refused in words."""
    said = {"lesson": "1", "status": "implemented", "note": "Darren Whitlock was told.", "date": "2025-02-01"}
    sign(queue)
    assert "What was said of it since" in client.get(f"/case/{CASE}/lessons").text
    assert "say who you are" in client.post(f"/case/{CASE}/respond", data=said).text
    client.post("/you", data={"who": "A Recorder", "at": "/"})
    for wrong in (
        {"lesson": "x"},
        {"lesson": "7"},
        {"status": "maybe"},
        {"date": "2025-02-30"},
        {"date": "2999-01-01"},
    ):
        assert client.post(f"/case/{CASE}/respond", data={**said, **wrong}).status_code == 400
    assert not (queue.folder(CASE) / "updates.yml").exists()
    before = (queue.folder(CASE) / "review.md").read_bytes()
    page = client.post(f"/case/{CASE}/respond", data=said).text
    assert "[Person on probation] was told." in page
    assert "Whitlock" not in page
    text = load_signed_text(queue.folder(CASE), dt.date(2025, 3, 1))
    assert text
    assert [(u.status, u.note) for u in text.lessons[0].updates] == [("implemented", "[Person on probation] was told.")]
    assert (queue.folder(CASE) / "review.md").read_bytes() == before
    assert "A Recorder" in (queue.folder(CASE) / "signoff.yml").read_text(encoding="utf-8")
    assert client.post(f"/case/{CASE}/respond", data={**said, "note": "Again."}).status_code == 400


def test_a_new_case_is_filled_in_lessons_and_all(client: TestClient, queue: CaseQueue) -> None:
    """The template's own empty list and notes are no hindrance, and the facts form finds its fields still."""
    create_case(queue.reviews, "new-one")
    for text in ("One.", "Two."):
        seen = field(client.get("/case/new-one/lessons").text, "seen")
        answer = client.post("/case/new-one/lessons", data={"seen": seen, **LESSON, "text": text})
        assert answer.status_code == 200
    seen = field(client.get("/case/new-one/facts").text, "seen")
    said = {
        "seen": seen,
        "status": "draft",
        "content_notes": "fatal violence\r\ndomestic abuse",
        "reassess_by": "2030-01-01",
    }
    assert client.post("/case/new-one/facts", data=said).status_code == 200
    page = client.get("/case/new-one/facts").text
    assert "fatal violence\ndomestic abuse</textarea>" in page
    text = (queue.reviews / "new-one" / "review.md").read_text(encoding="utf-8")
    assert 'content_notes: ["fatal violence", "domestic abuse"]' in text
    assert "  - id: 2\n" in text


# --- the register


PEOPLE = {
    "role-0": "person-on-probation", "names-0": "Darren Whitlock\nDaz", "born-0": "1987-03-14", "protected-0": "",
    "role-1": "victim", "names-1": "Keisha Moorhouse", "protected-1": "sexual-offence", "published_as-1": "",
    "role-2": "other", "names-2": "", "places": "27 Tennyson Road\n", "codes": "A4821CK\n0117",
}  # fmt: skip


def test_the_register_is_written_as_the_form_says(client: TestClient, queue: CaseQueue) -> None:
    """Names with commas, numbers that begin with 0, and notes on lines of their own come through."""
    path = queue.folder(CASE) / "register.yml"
    path.write_text("# Ask about the aunt.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert send(client, "register", **{**PEOPLE, "names-0": 'Darren Whitlock\n"WHITLOCK, Darren: Lee"'})[0] == 200
    register = intake.load_register(path.parent)
    assert register
    assert register.people[0].names == ("Darren Whitlock", '"WHITLOCK, Darren: Lee"')
    assert str(register.people[0].born) == "1987-03-14"
    assert register.people[1].protected == "sexual-offence"
    assert (len(register.people), register.places, register.codes) == (2, ("27 Tennyson Road",), ("A4821CK", "0117"))
    assert path.read_text(encoding="utf-8").startswith("# Ask about the aunt.\n")
    page = client.get(f"/case/{CASE}/register").text
    assert "Darren Whitlock\n&#34;WHITLOCK, Darren: Lee&#34;</textarea>" in page


NOTED = """# Ask about the aunt.
format: 1   # always
people:  # who it knows
  # the person himself
  - {role: person-on-probation, names: [Darren Whitlock, Daz], born: 1987-03-14}   # see the file of 2019
  - role: victim          # told in person
    names:
      - Keisha Moorhouse  # not Keesha
    protected: sexual-offence
  # from here on staff
  - {role: professional, names: ["Dr #1 Ashworth"]}  # a nickname

places:
  - 27 Tennyson Road  # sold since
  - Swinton
organisations: [St Ambrose Barlow Primary]  # closed
codes: [A4821CK,  # CRN
        "0117"]
# told at signing
namesakes:
  - {words: Whitlock & Daughters, reason: "A shop in the site's own text."}
"""
AS_NOTED = {
    "role-0": "person-on-probation", "names-0": "Darren Whitlock\nDaz", "born-0": "1987-03-14",
    "role-1": "victim", "names-1": "Keisha Moorhouse", "protected-1": "sexual-offence",
    "role-2": "professional", "names-2": "Dr #1 Ashworth", "role-3": "other", "names-3": "",
    "places": "27 Tennyson Road\nSwinton", "organisations": "St Ambrose Barlow Primary", "codes": "A4821CK\n0117",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ({}, "", ""),
        (
            {"names-0": "Darren Whitlock"},
            "{role: person-on-probation, names: [Darren Whitlock, Daz], born: 1987-03-14}",
            '{role: "person-on-probation", names: ["Darren Whitlock"], born: 1987-03-14}',
        ),
        (
            {"names-1": "Keisha Moorhouse\nKM"},
            "  - role: victim          # told in person\n    names:\n      - Keisha Moorhouse  # not Keesha\n    protected: sexual-offence\n",
            '  # told in person\n  # not Keesha\n  - {role: "victim", names: ["Keisha Moorhouse", "KM"], protected: "sexual-offence"}\n',
        ),
        ({"names-2": ""}, '  - {role: professional, names: ["Dr #1 Ashworth"]}  # a nickname\n', ""),
        ({"names-3": "Ngozi"}, "# a nickname\n", '# a nickname\n  - {role: "other", names: ["Ngozi"]}\n'),
        ({"places": "Swinton\nBury"}, "  - 27 Tennyson Road  # sold since\n  - Swinton\n", '  - Swinton\n  - "Bury"\n'),
        ({"places": ""}, "places:\n  - 27 Tennyson Road  # sold since\n  - Swinton\n", "# sold since\nplaces:\n  []\n"),
        ({"organisations": ""}, "organisations: [St Ambrose Barlow Primary]", "organisations: []"),
        ({"codes": "0117"}, 'codes: [A4821CK,  # CRN\n        "0117"]', '# CRN\ncodes: ["0117"]'),
    ],
)  # fmt: skip
def test_of_the_register_only_what_was_changed_is_rewritten(
    client: TestClient, queue: CaseQueue, said: dict[str, str], old: str, new: str
) -> None:
    """Every other line stays as somebody wrote it, and notes within what was changed move above it."""
    path = queue.folder(CASE) / "register.yml"
    path.write_text(NOTED, encoding="utf-8")
    assert send(client, "register", **{**AS_NOTED, **said})[0] == 200
    assert path.read_text(encoding="utf-8") == NOTED.replace(old, new)
    assert intake.load_register(path.parent)


def test_the_register_of_a_new_case_is_filled_where_it_stands(client: TestClient, queue: CaseQueue) -> None:
    """With its help beside the fields; a register written in brackets alone keeps its notes at its head."""
    path = create_case(queue.reviews, "new") / "register.yml"
    before = path.read_text(encoding="utf-8")
    seen = field(client.get("/case/new/register").text, "seen")
    said = {"role-0": "victim", "names-0": "Ada", "places": "Bury", "organisations": "", "codes": ""}
    assert client.post("/case/new/register", data={**said, "seen": seen}).status_code == 200
    expected = before.replace("people: []", 'people:\n  - {role: "victim", names: ["Ada"]}')
    assert path.read_text(encoding="utf-8") == expected.replace("places: []", 'places: ["Bury"]')
    path.write_text(
        "{format: 1, # one\n people: [{role: victim, names: [Ada]}], # two\n places: [Bury]}\n", encoding="utf-8"
    )
    seen = field(client.get("/case/new/register").text, "seen")
    said = {**said, "role-1": "other", "names-1": "Ben", "codes": "X1"}
    assert client.post("/case/new/register", data={**said, "seen": seen}).status_code == 200
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# one\n# two\nformat: 1\n")
    register = intake.load_register(path.parent)
    assert register
    assert [p.names[0] for p in register.people] == ["Ada", "Ben"]


@pytest.mark.parametrize(
    "bad", [{"role-0": "king"}, {"protected-0": "maybe"}, {"born-0": "long ago"}, {"names-0": "x" * 600}]
)
def test_what_is_no_register_is_not_written(client: TestClient, queue: CaseQueue, bad: dict[str, str]) -> None:
    """A register that cannot be read would stop every build."""
    before = (queue.folder(CASE) / "register.yml").read_bytes()
    assert send(client, "register", **{**PEOPLE, **bad})[0] == 400
    assert (queue.folder(CASE) / "register.yml").read_bytes() == before


def test_a_case_without_a_register_gets_one(client: TestClient, queue: CaseQueue) -> None:
    """And two tabs do not overwrite each other's."""
    path = queue.folder(CASE) / "register.yml"
    path.unlink()
    seen = field(client.get(f"/case/{CASE}/register").text, "seen")
    assert client.post(f"/case/{CASE}/register", data={**PEOPLE, "seen": seen}).status_code == 200
    assert client.post(f"/case/{CASE}/register", data={**PEOPLE, "seen": seen}).status_code == 409
    assert intake.load_register(path.parent)


@pytest.mark.parametrize(
    "less", [{"protected-1": ""}, {"names-1": ""}, {"names-1": "Keisha Moorhouse"}, {"published_as-1": "Anna"}]
)
def test_a_protection_is_taken_away_by_two_people(client: TestClient, queue: CaseQueue, less: dict[str, str]) -> None:
    """Each with a name of their own; who it was stands in the register. Adding a name takes one person."""
    assert send(client, "register", **{**PEOPLE, "names-1": "Keisha"})[0] == 200
    both = {**PEOPLE, "names-1": "Keisha\nKeisha Moorhouse"}
    assert send(client, "register", **both)[0] == 200
    for who, second in (("", "B Second"), ("A First", ""), ("A First", "a  first")):
        client.post("/you", data={"who": who, "at": "/"})
        status, page = send(client, "register", **{**both, **less}, second=second)
        assert (status, "Two people" in page) == (400, True)
    client.post("/you", data={"who": "A First", "at": "/"})
    assert send(client, "register", **{**both, **less}, second="B Second")[0] == 200
    assert "person no. 2 was changed by A First and B Second." in (queue.folder(CASE) / "register.yml").read_text(
        encoding="utf-8"
    )


def test_nothing_of_it_is_written_outside_the_case(client: TestClient, queue: CaseQueue, tmp_path: Path) -> None:
    """What can be undone lies in .candour, for its owner alone; the rest in the case's folder."""
    send(client, "register", **PEOPLE)
    send(client, "lessons", **LESSON)
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and CASE not in p.parts]
    assert not any("Moorhouse" in p.read_text(encoding="utf-8") for p in outside if ".candour" not in p.parts)


# --- nothing typed is lost


def test_a_fault_brings_everything_back_with_each_fault_beside_its_field(client: TestClient, queue: CaseQueue) -> None:
    """Facts: two fields are wrong, and what is right beside them is still there; nothing is written."""
    before = head(queue)
    said = {"approved_by": "Head of Wales", "approved_on": "14 January", "offence_year": "18", "content_notes": "a\nb"}
    status, page = send(client, "facts", **said)
    assert status == 400
    assert head(queue) == before
    assert "It was not saved" in page
    for name, words in (
        ("approved_on", "write a day such as 2025-01-14"),
        ("offence_year", "write a year of four digits"),
    ):
        assert f'href="#{name}-wrong">' in page
        assert re.search(rf'<span class="wrong" id="{name}-wrong">[^<]*{words}', page)
    assert page.count('aria-invalid="true"') == 2
    for typed in ('value="Head of Wales"', 'value="14 January"', 'value="18"', "a\nb</textarea>"):
        assert typed in page
    seen = field(page, "seen")
    mended = {**_typed(page), **said, "approved_on": "2025-01-14", "offence_year": "2018", "seen": seen}
    assert client.post(f"/case/{CASE}/facts", data=mended).status_code == 200
    assert "approved_by: Head of Wales" in head(queue).replace('"', "")


def _typed(page: str) -> dict[str, str | list[str]]:
    """What the choices of a facts form hold, so that it can be sent again."""
    chosen: dict[str, str | list[str]] = {}
    chosen |= dict(re.findall(r'type="radio" name="([^"]+)" value="([^"]*)" checked', page))
    for name, value in re.findall(r'type="checkbox" name="([^"]+)" value="([^"]+)" checked', page):
        chosen.setdefault(name, [])
        chosen[name].append(value)  # type: ignore[union-attr]
    return chosen | dict(re.findall(r'<input id="field-[^"]*" name="([^"]+)" value="([^"]*)"', page))


def test_two_tabs_show_both_versions(client: TestClient, queue: CaseQueue) -> None:
    """What was typed stays in the form, what the file says now is beside it, and saving again writes what is typed."""
    page = client.get(f"/case/{CASE}/facts").text
    mine = {**_typed(page), "seen": field(page, "seen"), "approved_by": "The first tab"}
    other = {**mine, "approved_by": "The second tab"}
    assert client.post(f"/case/{CASE}/facts", data=other).status_code == 200
    answer = client.post(f"/case/{CASE}/facts", data=mine)
    assert answer.status_code == 409
    assert 'value="The first tab"' in answer.text
    assert "The file says now: The second tab" in answer.text
    assert answer.text.count("The file says now") == 1
    assert "The second tab" in head(queue)
    assert client.post(f"/case/{CASE}/facts", data={**mine, "seen": field(answer.text, "seen")}).status_code == 200
    assert "The first tab" in head(queue)


@pytest.mark.parametrize("place", ["0", ""])
def test_a_lesson_with_a_fault_comes_back(client: TestClient, queue: CaseQueue, place: str) -> None:
    """One that is there and a new one, each in its own form; the others are as the file has them."""
    before = head(queue)
    status, page = send(
        client, "lessons", place=place, text="A typed lesson.", level="local", due="soon", themes=["recall"]
    )
    assert status == 400
    assert head(queue) == before
    assert page.count("A typed lesson.</textarea>") == 1
    assert 'value="soon"' in page
    assert "Promised by: write a month such as 2025-09." in page


def test_a_register_with_a_fault_comes_back(client: TestClient, queue: CaseQueue) -> None:
    """Every name, role and list as it was typed, and why it was not saved."""
    path = queue.folder(CASE) / "register.yml"
    before = path.read_bytes()
    status, page = send(
        client, "register", **{**PEOPLE, "names-1": "Keisha\nKeisha M", "born-1": "in May", "codes": "X1\nX2"}
    )
    assert status == 400
    assert path.read_bytes() == before
    assert "a birthday is a day such as 1987-03-14" in page
    for typed in ("Keisha\nKeisha M</textarea>", 'value="in May"', "X1\nX2</textarea>"):
        assert typed in page


def test_a_register_that_two_people_change_loses_nobody(client: TestClient, queue: CaseQueue) -> None:
    """Whoever the other declared meanwhile is in the form that comes back, and is there after saving it."""
    first = {**PEOPLE, "seen": field(client.get(f"/case/{CASE}/register").text, "seen")}
    other = {**first, "names-1": "Keisha Moorhouse", "role-2": "witness", "names-2": "Bob Roe", "codes": "A4821CK\nZ1"}
    assert client.post(f"/case/{CASE}/register", data=other).status_code == 200
    answer = client.post(f"/case/{CASE}/register", data=first)
    assert answer.status_code == 409
    assert "Bob Roe</textarea>" in answer.text
    assert "Z1" in answer.text
    rows = re.findall(r'name="names-(\d+)"[^>]*>\n([^<]*)</textarea>', answer.text)
    again = {**first, "seen": field(answer.text, "seen"), "codes": "A4821CK\n0117\nZ1"}
    again |= {f"names-{number}": names for number, names in rows} | {f"role-{number}": "other" for number, _ in rows}
    again |= {"role-0": "person-on-probation", "role-1": "victim", "second": "Ben Second"}
    client.post("/you", data={"who": "Ada Checker"})
    assert client.post(f"/case/{CASE}/register", data=again).status_code == 200
    register = intake.load_register(queue.folder(CASE))
    assert register
    assert ("Bob Roe",) in [person.names for person in register.people]


def test_a_lesson_is_known_by_its_number_and_not_by_its_place(client: TestClient, queue: CaseQueue) -> None:
    """One that was taken out meanwhile is not written over another; what was typed is in the form for a new one."""
    assert send(client, "lessons", place="", text="A second lesson.", level="local")[0] == 200
    lessons = intake.load_case(queue.folder(CASE)).lessons
    assert (
        send(client, "lessons", place="0", id=str(lessons[1].id), text="The second, changed.", level="local")[0] == 200
    )
    assert [lesson.text for lesson in intake.load_case(queue.folder(CASE)).lessons][1] == "The second, changed."
    status, page = send(client, "lessons", place="0", id="99", text="Typed of one that is gone.", level="local")
    assert status == 400
    assert "There is no such lesson any more" in page
    assert "Typed of one that is gone.</textarea>" in page.partition('id="new"')[2]


# --- lessons that the text states

STATED = """## Lessons

The review recommends:

1. Lesson 1: Ask the police.
2. Visit *every* address.

Write it down.[^1]

[^1]: As the manual says.
"""


def state(queue: CaseQueue, section: str = STATED) -> None:
    """Let the review say so in a section of its own."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(f"{head(queue).rstrip()}\n\n{section}", encoding="utf-8")


def take(client: TestClient, seen: str, *numbers: str, **said: str) -> tuple[int, str]:
    """Take some of them over."""
    was = {"was-0": "The review recommends:", "was-1": "Ask the police.", "was-2": "Visit every address."}
    data = {**was, "text-1": was["was-1"], "text-2": was["was-2"], "take": list(numbers), "level": "local", **said}
    answer = client.post(f"/case/{CASE}/lessons/take", data={**data, "seen": seen})
    return answer.status_code, answer.text


def test_lessons_that_the_text_states_leave_it_for_the_list(client: TestClient, queue: CaseQueue) -> None:
    """What is ticked, in its words or corrected; all else stays in the section, and one step takes it back."""
    state(queue)
    before, page = head(queue), client.get(f"/case/{CASE}/lessons").text
    assert re.findall(r'name="take" value="(.)"( checked)?', page) == [("0", ""), ("1", " checked"), ("2", " checked")]
    already = len(intake.load_case(queue.folder(CASE)).lessons)
    status, _ = take(client, field(page, "seen"), "1", "2", **{"text-1": "Ask the police first.", "owner": "Police"})
    assert status == 200
    review = intake.load_case(queue.folder(CASE))
    new = review.lessons[already:]
    assert [lesson.text for lesson in new] == ["Ask the police first.", "Visit every address."]
    assert {(lesson.level, lesson.owner) for lesson in new} == {("local", "Police")}
    assert head(queue).endswith(
        "## Lessons\n\nThe review recommends:\n\nWrite it down.[^1]\n\n[^1]: As the manual says.\n"
    )
    page = client.get(f"/case/{CASE}/lessons").text
    client.post(f"/case/{CASE}/undo", data={"seen": field(page, "seen"), "shown": ""})
    assert head(queue) == before


def test_no_lesson_leaves_the_text_unread(client: TestClient, queue: CaseQueue) -> None:
    """Words that the text has not, as after a change in another tab; nothing ticked; no level that there is."""
    state(queue)
    page = client.get(f"/case/{CASE}/lessons").text
    seen = field(page, "seen")
    for numbers, said, told in (
        (("1",), {"was-1": "Ask nobody."}, "says something else by now"),
        ((), {}, "Tick the lessons"),
        (("1",), {"level": "galactic"}, "not one of the choices"),
    ):
        before = head(queue)
        status, page = take(client, seen, *numbers, **{"text-2": "Visit all of them.", **said})
        assert (status, told in page, head(queue)) == (400, True, before)
        assert "Visit all of them.</textarea>" in page


def test_a_section_that_is_all_taken_over_goes_and_one_with_headings_is_left_alone(
    client: TestClient, queue: CaseQueue
) -> None:
    """An empty section would be a fault; under headings there is more than lessons."""
    state(queue, "## Recommendations\n\nAsk the police.\n\nVisit every address.\n")
    seen = field(client.get(f"/case/{CASE}/lessons").text, "seen")
    assert take(client, seen, "1", "2")[0] == 200
    assert "## Recommendations" not in head(queue)
    assert intake.load_case(queue.folder(CASE))
    state(queue, "## Lessons\n\n### The police\n\nAsk them.\n")
    assert 'name="take"' not in client.get(f"/case/{CASE}/lessons").text


def test_what_is_missing_is_named_as_the_form_names_it(client: TestClient, queue: CaseQueue) -> None:
    """Neither by a line of a file nor by the name of a field in it."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(head(queue).replace("publish_on: 2025-02-03", "publish_on:"), encoding="utf-8")
    page = client.get(f"/case/{CASE}/facts").text
    assert "<li>Publish on: is " in page
    assert "review.md line" not in page
