"""Who is in a review is said on one page: roles given, people joined and parted, words that name nobody left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient
from typer.testing import CliRunner

from publishing import intake
from publishing.checking import decisions
from publishing.cli import app
from publishing.intake.new import create_case
from publishing.workbench.case_queue import CaseQueue
from redaction import Register
from tests.support.cases import CASE
from tests.support.workbench import field, write_case

SUMMARY = """Osric Penhale was on licence when he killed Ilse Varga. Mr Penhale had told Gwenda Ashmole that Ilse owed him money.

Gwenda wrote it down. Zebedee barked at her in Tavistock. Beryl Ashmole-Trew (CRN X204417) rang twice."""
CASE_NAME = "russet-lamp-04"


@pytest.fixture
def case(queue: CaseQueue) -> Path:
    """A case with people in it and no register."""
    folder = write_case(queue.reviews, CASE_NAME, "2025-004", summary=SUMMARY)
    (folder / "register.yml").unlink()
    return folder


def shown(client: TestClient) -> dict[str, str]:
    """The page's form as it comes: every name that it shows, and the label that stands for it now."""
    page = client.get(f"/case/{CASE_NAME}/people")
    assert page.status_code == 200
    return {label: name for name, label in _legends(page.text)}


def _legends(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<legend>([^<]+?) <span class="help inline">(\[[^\]]+\])', page)


def say(client: TestClient, *people: dict[str, object], **lists: list[str]) -> tuple[int, str]:
    """Send the form: for each person a label, a role, names and whose they are."""
    page = client.get(f"/case/{CASE_NAME}/people").text
    said: dict[str, object] = {"seen": field(page, "seen"), **lists}
    for number, person in enumerate(people):
        names = person["names"]
        assert isinstance(names, list)
        said |= {
            f"label-{number}": person.get("label", f"[Person {number + 1}]"),
            f"role-{number}": person["role"],
            f"names-{number}": names,
            f"whose-{number}": person.get("whose", [""] * len(names)),
            f"protected-{number}": person.get("protected", ""),
            f"published_as-{number}": person.get("published_as", ""),
        }
    answer = client.post(f"/case/{CASE_NAME}/people", data=said)
    return answer.status_code, answer.text


def declared(queue: CaseQueue) -> list[tuple[str, tuple[str, ...]]]:
    """Roles and names of the register as it is now."""
    register = intake.load_register(queue.folder(CASE_NAME))
    assert register
    return [(person.role, person.names) for person in register.people]


def test_the_page_shows_everybody_with_their_sentences(client: TestClient, case: Path) -> None:
    """Whoever may be the person on probation first; who is meant by what; nothing is chosen for them and for victims."""
    people = shown(client)
    assert next(iter(people.values())) == "Osric Penhale"
    assert "Ilse Varga" in people.values()
    page = client.get(f"/case/{CASE_NAME}/people").text
    assert "Nobody has said yet who the person on probation is." in page
    assert "Perhaps the person on probation" in page
    assert "Perhaps the victim" in page
    assert 'value="victim" selected' not in page
    assert "when he killed <strong" in page


def test_a_register_is_made_of_what_is_said(client: TestClient, queue: CaseQueue, case: Path) -> None:
    """Roles, protection, joined people, what is parted, and lists; what is left open is not declared."""
    status, _ = say(
        client,
        {"role": "person-on-probation", "names": ["Osric Penhale", "Mr Penhale"]},
        {"role": "victim", "names": ["Ilse Varga", "Ilse"], "protected": "sexual-offence", "published_as": "Ilse"},
        {"role": "probation-practitioner", "names": ["Gwenda Ashmole"]},
        {"role": "same:[Person 3]", "names": ["Gwenda", "Tavvy"], "whose": ["", "somebody-else"]},
        {"role": "", "names": ["Beryl Ashmole-Trew"]},
        places=["Tavistock"],
        codes=["X204417"],
    )
    assert status == 200
    assert declared(queue) == [
        ("person-on-probation", ("Osric Penhale", "Mr Penhale")),
        ("victim", ("Ilse Varga", "Ilse")),
        ("probation-practitioner", ("Gwenda Ashmole", "Gwenda")),
        ("other", ("Tavvy",)),
    ]
    register = intake.load_register(case)
    assert register
    assert (register.people[1].protected, register.people[1].published_as) == ("sexual-offence", "Ilse")
    assert (register.places, register.organisations, register.codes) == (("Tavistock",), (), ("X204417",))
    # whoever was left open is still there to be said, and nobody else
    assert list(shown(client).values()) == ["Zebedee", "Beryl Ashmole-Trew"]


def test_words_that_name_nobody_are_left_alone_everywhere(client: TestClient, queue: CaseQueue, case: Path) -> None:
    """A whole row or one way of writing: a decision that the words stay, and no person of the register."""
    queue.user = "Ada Checker"
    say(
        client,
        {"role": "no-person", "names": ["Zebedee"]},
        {"role": "witness", "names": ["Beryl Ashmole-Trew", "CRN"], "whose": ["", "no-person"]},
    )
    assert declared(queue) == [("witness", ("Beryl Ashmole-Trew",))]
    assert [(d.action, d.text) for d in decisions.load(case)] == [("reject", "Zebedee"), ("reject", "CRN")]
    assert "Zebedee barked" in queue.open(CASE_NAME).redaction.texts[1]


def test_further_names_go_to_whom_the_register_declares(client: TestClient, queue: CaseQueue, case: Path) -> None:
    """Its notes, its order and what nobody touched stay as they were."""
    text = """format: 1
# who they are
people:
  - {role: victim, names: [Ilse Varga]}   # told on 2 May
  - {role: witness, names: [Beryl]}
places: [Tavistock]
"""
    (case / "register.yml").write_text(text, encoding="utf-8")
    say(client, {"role": "declared:1", "names": ["Beryl Ashmole-Trew"]}, places=["Plymouth"])
    assert declared(queue) == [("victim", ("Ilse Varga",)), ("witness", ("Beryl", "Beryl Ashmole-Trew"))]
    now = (case / "register.yml").read_text(encoding="utf-8")
    assert "# who they are" in now
    assert "  - {role: victim, names: [Ilse Varga]}   # told on 2 May\n" in now
    assert intake.load_register(case).places == ("Tavistock", "Plymouth")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (
            [{"role": "same:[Person 2]", "names": ["A"]}, {"role": "same:[Person 1]", "names": ["B"]}],
            "each said to be the other",
        ),
        (
            [{"role": "same:[Person 2]", "names": ["A"]}, {"role": "no-person", "names": ["B"]}],
            "words that name nobody",
        ),
        ([{"role": "declared:7", "names": ["A"]}], "not in the register"),
        ([{"role": "emperor", "names": ["A"]}], "not a role"),
        ([{"role": "same:[Person 9]", "names": ["A"]}], "not in the form"),
        ([{"role": "", "names": ["A"], "protected": "trafficking"}], "say who [Person 1] is"),
        ([{"role": "victim", "names": ["Zeddy"]}, {"role": "no-person", "names": ["zeddy"]}], "and to name nobody"),
        ([{"role": "victim", "names": ["A\x07"]}], "signs that no name has"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, case: Path, people: list[dict[str, object]], words: str
) -> None:
    """In plain words; nothing is written."""
    status, page = say(client, *people)
    assert status == 400
    assert words in page
    assert not (case / "register.yml").exists()


def names_on_page(page: str) -> dict[str, list[str]]:
    """The names that each person of the form has, by label."""
    labels = re.findall(r'name="label-\d+" value="([^"]+)"', page)
    return {label: re.findall(rf'name="names-{number}" value="([^"]+)"', page) for number, label in enumerate(labels)}


def test_what_was_said_comes_back_where_it_is_refused(client: TestClient, case: Path) -> None:
    """With the very names that it was said of, beside why nothing was written."""
    shown_now = names_on_page(client.get(f"/case/{CASE_NAME}/people").text)
    first, second, third = list(shown_now)[:3]
    people: list[dict[str, object]] = [
        {
            "label": first,
            "role": "victim",
            "names": shown_now[first],
            "protected": "trafficking",
            "published_as": "Os\x07",
        },
        {"label": second, "role": f"same:{third}", "names": shown_now[second], "whose": ["no-person"]},
        # labels moved meanwhile: what was said of other names is not said of these
        {"label": third, "role": "judge", "names": ["Somebody Else"]},
    ]
    status, page = say(client, *people, places=[])
    assert status == 400
    assert "It was not saved" in page
    assert '<option value="victim" selected>' in page
    assert '<option value="trafficking" selected>' in page
    assert f'<option value="same:{third}" selected>' in page
    assert '<option value="no-person" selected>names nobody' in page
    assert '<option value="judge" selected>' not in page
    assert 'name="places" value="Tavistock">' in page


def test_a_suggestion_is_said_to_be_so_and_words_to_mean_somebody_always(
    client: TestClient, queue: CaseQueue, case: Path
) -> None:
    """One tick each; two answers about one person, and a person who is not in the form, are refused."""
    people = {"role": "", "names": ["Ilse Varga"]}, {"role": "", "names": ["Beryl Varga"]}
    meant = {"words-0": ["Ms Varga"], "means-0": ["[Person 1]"]}
    status, page = say(client, {**people[0], "role": "witness"}, **{"so-0": ["victim"]})
    assert (status, "is said to be the victim and somebody else" in page) == (400, True)
    assert say(client, *people, **{**meant, "means-0": ["[Person 9]"]})[0] == 400
    assert say(client, *people, **{"so-0": ["victim"]}, **meant)[0] == 200
    assert declared(queue) == [("victim", ("Ilse Varga", "Ms Varga"))]


def test_whoever_is_declared_without_a_role_gets_one(client: TestClient, queue: CaseQueue, case: Path) -> None:
    """As the writer is whom a Word file's properties name; what the text says of them is chosen beforehand."""
    (case / "register.yml").write_text(
        "format: 1\npeople:\n  - {role: other, names: [Gwenda Ashmole]}   # a note\n", encoding="utf-8"
    )
    page = client.get(f"/case/{CASE_NAME}/people").text
    assert 'name="declared-role-Gwenda Ashmole"' in page
    assert say(client, **{"declared-role-Gwenda Ashmole": ["reviewing-manager"]})[0] == 200
    assert declared(queue) == [("reviewing-manager", ("Gwenda Ashmole",))]
    assert "# a note" in (case / "register.yml").read_text(encoding="utf-8")


def test_somebody_joined_with_whom_nobody_has_named_is_declared_with_them(
    client: TestClient, queue: CaseQueue, case: Path
) -> None:
    """Joining says that they are one, and no more."""
    say(client, {"role": "same:[Person 2]", "names": ["Gwenda"]}, {"role": "", "names": ["Gwenda Ashmole"]})
    assert declared(queue) == [("other", ("Gwenda", "Gwenda Ashmole"))]
    seen = field(client.get(f"/case/{CASE_NAME}/people").text, "seen")
    assert client.post(f"/case/{CASE_NAME}/undo", data={"seen": seen}).status_code == 200
    assert not (case / "register.yml").exists()


def test_it_is_there_before_the_facts_are(client: TestClient, queue: CaseQueue, case: Path) -> None:
    """Straight after an import nothing is known but the text; a case without text says so."""
    path = case / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("offence: murder\n", ""), encoding="utf-8")
    assert "Osric Penhale" in shown(client).values()
    create_case(queue.reviews, "empty")
    assert "mend" in client.get("/case/empty/people").text


def test_nobody_signs_before_somebody_has_said_who_they_are(client: TestClient, queue: CaseQueue, case: Path) -> None:
    """Unless they say that the review names nobody who is the person on probation, or a victim."""
    page = client.get(f"/case/{CASE_NAME}/sign").text
    assert "Nobody has said who the person on probation is" in page
    said = {"by": "Ada Checker", "text_seen": field(page, "text_seen")}
    said |= {
        f"question-{key}": "yes"
        for key in ("neighbour", "journalist", "colleague", "family", "offender", "jigsaw", "quotation", "protected")
    }
    refused = client.post(f"/case/{CASE_NAME}/sign", data=said)
    assert refused.status_code == 422
    assert "nobody has said who the victim is" in refused.text
    nobody = {f"nobody-{role}": "yes" for role in ("person-on-probation", "victim")}
    assert "nobody has said who the" not in client.post(f"/case/{CASE_NAME}/sign", data={**said, **nobody}).text
    assert "nobody-victim" not in client.get(f"/case/{CASE}/sign").text


def test_the_command_line_proposes_a_register_to_look_through(
    queue: CaseQueue, case: Path, one_redactor: None, logging_as_it_was: None
) -> None:
    """It can be read as a register as it is, with why each role is suggested; without --propose it tells what is missing."""
    run = CliRunner().invoke
    told = run(app, ["register", CASE_NAME, "--reviews", str(queue.reviews)])
    assert told.exit_code == 0
    assert "Nobody has said who the victim is.\n0 people are declared." in told.output
    proposed = run(app, ["register", CASE_NAME, "--propose", "--reviews", str(queue.reviews)])
    assert proposed.exit_code == 0, proposed.output
    register = Register.parse(proposed.output)
    assert "Osric Penhale" in register.people[0].names
    assert {person.role for person in register.people}.isdisjoint({"victim", "person-on-probation"})
    assert "# [Person 1], 2 times. Perhaps the person on probation: " in proposed.output
    assert yaml.safe_load(proposed.output)["places"] == ["Tavistock"]
    (case / "register.yml").write_text(proposed.output, encoding="utf-8")
    again = run(app, ["register", CASE_NAME, "--propose", "--reviews", str(queue.reviews)])
    assert Register.parse(again.output).people == ()
