"""What the workbench's pages show and its forms do, without a browser."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from publishing import intake
from publishing.checking import checklist, decisions, load_signed_text
from publishing.files import atomic_writes
from publishing.intake.case_files import fingerprint
from publishing.intake.new import create_case
from publishing.intake.word import template
from publishing.redacting.jobs import RedactionJob, redact
from publishing.workbench.case_decisions import RequestedDecision
from publishing.workbench.case_edits import CaseEditor
from publishing.workbench.case_queue import CaseQueue
from redaction import Redaction, Redactor
from tests.support.cases import CASE
from tests.support.documents import made
from tests.support.word_files import told
from tests.support.workbench import field, sign, write_case

ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}


def decide(client: TestClient, **said: str) -> int:
    """Send a decision as the page would."""
    page = client.get(f"/case/{CASE}").text
    return client.post(f"/case/{CASE}/decide", data={"seen": field(page, "seen"), **said}).status_code


def states(queue: CaseQueue) -> dict[str, str]:
    """Every case's state."""
    return {entry.case: entry.state for entry in queue.entries()}


def test_the_case_shows_both_texts_and_what_was_found(client: TestClient) -> None:
    """The private words on one side, the labels on the other, kinds, sources and scores with each."""
    page = client.get(f"/case/{CASE}").text
    assert ">Darren Whitlock</a>" in page
    assert ">[Person on probation]</a>" in page
    assert 'title="person, register, 1.0"' in page
    assert "<strong><a" in page, "emphasis stays around a highlight"


def test_script_in_a_review_is_text(client: TestClient) -> None:
    """On the case's page, in a search for it and where it is signed."""
    for page in (f"/case/{CASE}", f"/case/{CASE}?find=<script>", f"/case/{CASE}/sign"):
        text = client.get(page).text
        assert "<script>document" not in text
        assert "&lt;script&gt;" in text


def test_decisions_are_written_at_once_and_read_back(client: TestClient, queue: CaseQueue) -> None:
    """Each replaces an earlier one about the same words; the public text follows."""
    folder = queue.folder(CASE)
    assert decide(client, action="add", text="Zebedee", entity="OTHER", replacement="[Pet]") == 200
    assert decide(client, action="reject", text="Bramley") == 200
    assert decide(client, action="accept", text="bramley") == 200
    assert [(d.action, d.text) for d in decisions.load(folder)] == [("add", "Zebedee"), ("accept", "bramley")]
    assert yaml.safe_load((folder / "decisions.yml").read_text(encoding="utf-8"))["format"] == 1
    public = queue.open(CASE).redaction.texts
    assert any("The boat, [Pet], was [Pet] to all." in text for text in public)


def test_undo_takes_back_one_change_after_the_other(client: TestClient, queue: CaseQueue) -> None:
    """Back to no decisions.yml at all; then there is nothing to undo."""
    folder = queue.folder(CASE)
    for text in ("Zebedee", "boat"):
        decide(client, action="add", text=text, entity="OTHER")
    for left in (1, 0):
        page = client.get(f"/case/{CASE}").text
        assert client.post(f"/case/{CASE}/undo", data={"seen": field(page, "seen")}).status_code == 200
        assert len(decisions.load(folder)) == left
    assert not (folder / "decisions.yml").exists()
    page = client.get(f"/case/{CASE}").text
    answer = client.post(f"/case/{CASE}/undo", data={"seen": field(page, "seen")})
    assert "nothing to undo" in answer.text


def test_two_tabs_do_not_overwrite_each_other(client: TestClient, queue: CaseQueue) -> None:
    """The second is told plainly, and nothing of it is written."""
    first = second = field(client.get(f"/case/{CASE}").text, "seen")
    form = {"action": "add", "entity": "OTHER"}
    assert client.post(f"/case/{CASE}/decide", data={**form, "text": "Zebedee", "seen": first}).status_code == 200
    answer = client.post(f"/case/{CASE}/decide", data={**form, "text": "boat", "seen": second})
    assert answer.status_code == 409
    assert "Nothing was written" in answer.text
    assert [d.text for d in decisions.load(queue.folder(CASE))] == ["Zebedee"]


@pytest.mark.parametrize(
    "wish",
    [
        {"action": "add", "text": ""},
        {"action": "add", "text": "..."},
        {"action": "add", "text": "x" * 2000},
        {"action": "steal", "text": "Zebedee"},
        {"action": "add", "text": "Zebedee", "entity": "PET"},
        {"action": "add", "text": "Zeb\x01edee"},
    ],
)
def test_what_is_no_decision_is_not_written(client: TestClient, queue: CaseQueue, wish: dict[str, str]) -> None:
    """It is refused in words."""
    assert decide(client, **wish) == 400
    assert not (queue.folder(CASE) / "decisions.yml").exists()


def test_decisions_that_no_longer_fit_are_shown(client: TestClient, queue: CaseQueue) -> None:
    """The words are gone from the review; the decision is not dropped."""
    decide(client, action="add", text="Zebedee", entity="OTHER")
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Zebedee", "Dougal"), encoding="utf-8")
    page = client.get(f"/case/{CASE}").text
    assert "1 of your decisions no longer fit" in page
    assert "No longer fits" in page


def test_decisions_that_are_not_done_are_not_said_to_be_gone(client: TestClient) -> None:
    """The words are still there, and another replacement is in their place."""
    decide(client, action="add", text="Whitlock", entity="OTHER", replacement="somebody")
    page = client.get(f"/case/{CASE}").text
    assert "Not done: these words touch others that are replaced" in page
    assert "No longer fits" not in page
    assert "gone from the review" not in page


def test_labels_given_to_other_words_merge(client: TestClient, queue: CaseQueue) -> None:
    """A second name of the victim gets the victim's label."""
    decide(client, action="add", text="Zebedee", entity="PERSON", replacement="[Victim]")
    text = "\n".join(queue.open(CASE).redaction.texts)
    assert "The boat, [Victim], was [Victim] to all." in text


def test_the_facts_form_changes_what_was_changed_and_nothing_else(client: TestClient, queue: CaseQueue) -> None:
    """Notes beside fields stay; what cannot be is refused; another tab's work is not overwritten."""
    path = queue.folder(CASE) / "review.md"
    before = path.read_text(encoding="utf-8")
    values = {
        name: value for name, value in form_of(client.get(f"/case/{CASE}/facts").text).items() if name != "region"
    }
    changed = {**values, "region": "wales", "themes": ["recall", "mappa"], "disclosure.considered_by": 'Lead: "A"'}
    assert client.post(f"/case/{CASE}/facts", data=changed).status_code == 200
    after = path.read_text(encoding="utf-8")
    expected = before.replace("region: greater-manchester", "region: wales").replace(
        "[recall]\nreas", "[recall, mappa]\nreas"
    )
    assert after == expected.replace("Victim Liaison Lead", '"Lead: \\"A\\""')
    assert intake.load_case(path.parent).disclosure.considered_by == 'Lead: "A"'
    assert client.post(f"/case/{CASE}/facts", data=changed).status_code == 409
    fresh = {**changed, "seen": fingerprint(path.parent), "publish_on": "tomorrow"}
    assert client.post(f"/case/{CASE}/facts", data=fresh).status_code == 400


def test_what_is_no_choice_of_the_form_stays_as_it_is(client: TestClient, queue: CaseQueue) -> None:
    """A withdrawn case stays withdrawn when its other facts are saved."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("status: approved", "status: withdrawn"), encoding="utf-8")
    said = form_of(client.get(f"/case/{CASE}/facts").text)
    assert said["status"] == "withdrawn"
    assert client.post(f"/case/{CASE}/facts", data={**said, "region": "wales"}).status_code == 200
    review = intake.load_case(path.parent)
    assert (review.status, review.facts.region) == ("withdrawn", "wales")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("statement.md", "She is missed."),
        (
            "updates.yml",
            "format: 1\nupdates:\n  - {lesson: 1, date: 2025-03-01, status: in-progress, note: She is missed.}\n",
        ),
    ],
)
def test_every_file_of_a_case_is_seen_when_it_changes(
    client: TestClient, queue: CaseQueue, file: str, text: str
) -> None:
    """What the family wrote and what was said of a lesson are shown as they stand now, and an older page decides nothing."""
    page = client.get(f"/case/{CASE}").text
    assert "She is missed." not in page
    (queue.folder(CASE) / file).write_text(text, encoding="utf-8")
    form = {"seen": field(page, "seen"), "action": "add", "text": "boat", "entity": "OTHER"}
    assert client.post(f"/case/{CASE}/decide", data=form).status_code == 409
    assert "She is missed." in client.get(f"/case/{CASE}").text


def form_of(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of the facts form."""
    said: dict[str, str | list[str]] = {"seen": field(page, "seen")}
    for name, value in re.findall(r'<input id="[^"]*" name="([^"]*)" value="([^"]*)"', page):
        said[name] = html.unescape(value)
    said |= dict(re.findall(r'<input type="radio" name="([^"]*)" value="([^"]*)" checked>', page))
    for name, value in re.findall(r'<input type="checkbox" name="([^"]*)" value="([^"]*)" checked>', page):
        said.setdefault(name, [])
        said[name] = [*said[name], value]
    return said


def test_signing_stores_the_text_that_was_shown(client: TestClient, queue: CaseQueue) -> None:
    """With every question answered; a text that changed meanwhile is not signed."""
    page = client.get(f"/case/{CASE}/sign").text
    form = {"text_seen": field(page, "text_seen"), "by": "A Checker"}
    assert "questions are not answered" in client.post(f"/case/{CASE}/sign", data=form).text
    assert "approver" in client.post(f"/case/{CASE}/sign", data={**form, **ANSWERS, "by": "Head of Casework"}).text
    decide(client, action="add", text="Zebedee", entity="OTHER", replacement="[Pet]")
    answer = client.post(f"/case/{CASE}/sign", data={**form, **ANSWERS})
    assert answer.status_code == 422
    assert "no longer the one that was shown" in answer.text
    form["text_seen"] = field(client.get(f"/case/{CASE}/sign").text, "text_seen")
    assert client.post(f"/case/{CASE}/sign", data={**form, **ANSWERS}).status_code == 200
    text = load_signed_text(queue.folder(CASE), intake.load_case(queue.folder(CASE)).publish_on)
    assert text
    assert "[Pet]" in "\n".join(text.strings())


def test_the_signer_sees_who_would_be_singled_out(client: TestClient, queue: CaseQueue) -> None:
    """Before signing: by what, and what will be given less exactly; afterwards the case counts as signed and not as changed."""
    (queue.reviews / "national.csv").write_text(
        "offence,year,count,source,region,supervision\nmurder,2018,114,A,,\nmurder,2018,9,A,greater-manchester,\n"
        "murder,2018,1,A,greater-manchester,licence\n",
        encoding="utf-8",
    )
    page = client.get(f"/case/{CASE}/sign").text
    assert "<li>Somebody who knows the offence, the year and the region is left with 9 cases nationally.</li>" in page
    assert "and the supervision (Licence) is left with 1 case nationally: fewer than 5.</strong>" in page
    assert "given less exactly: the supervision (Licence)" in page
    # its text says "on licence": somebody keeps that knowingly, or replaces it
    assert "1 flagged detail is not decided" in page
    decide(client, action="reject", text="licence", entity="OTHER", withheld="kept")
    answer = client.post(
        f"/case/{CASE}/sign", data={"text_seen": field(page, "text_seen"), "by": "A Checker", **ANSWERS}
    )
    assert answer.status_code == 200
    assert "What changed since it was signed" not in client.get(f"/case/{CASE}/sign").text
    assert states(queue)[CASE] == "signed"


def test_states_follow_a_case(client: TestClient, queue: CaseQueue) -> None:
    """From draft to signed, embargoed, changed, broken and withdrawn."""
    write_case(queue.reviews, "draft", "2025-002", status="draft")
    write_case(queue.reviews, "later", "2025-003", publish_on="2099-01-01")
    (queue.reviews / "broken").mkdir()
    create_case(queue.reviews, "new")
    sign(queue)
    sign(queue, "later")
    queue.warm()
    assert states(queue) == {
        "draft": "draft",
        "new": "draft",
        CASE: "signed",
        "later": "embargoed",
        "broken": "faulty",
    }
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("was not told", "was told"), encoding="utf-8")
    queue.warm()
    assert states(queue)[CASE] == "changed"
    page = client.get(f"/case/{CASE}/sign").text
    assert "What changed since it was signed" in page
    assert "The court was told." in page
    (queue.reviews / "withdrawals.yml").write_text(
        'format: 1\nwithdrawals:\n  - {public_id: "2025-001", "on": 2025-03-01, reason: legal}\n', encoding="utf-8"
    )
    assert states(queue)[CASE] == "withdrawn"
    assert client.get("/").status_code == 200


def test_where_nothing_can_be_kept_for_undoing_nothing_is_decided(client: TestClient, queue: CaseQueue) -> None:
    """The answer says what to do, and the case stands as it was."""
    page = client.get(f"/case/{CASE}").text
    (queue.reviews / ".candour" / "undo").write_text("a file in the way")
    said = {"seen": field(page, "seen"), "action": "add", "text": "Zebedee", "entity": "OTHER"}
    answer = client.post(f"/case/{CASE}/decide", data=said)
    assert answer.status_code == 400
    assert "check that you may write to .candour" in answer.text
    assert not (queue.folder(CASE) / "decisions.yml").exists()


def test_a_case_that_cannot_be_read_stops_no_other(
    queue: CaseQueue, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong in the background, the rest is read, and nothing of a review is printed."""
    write_case(queue.reviews, "bramble", "2025-002", summary="A man was released.")
    write_case(queue.reviews, "amber", "2025-003", summary="A woman was released.")

    def fail(job: RedactionJob, redactor: Redactor) -> Redaction:
        if job.case == "amber":
            raise KeyError(job.texts[0])
        return redact(job, redactor)

    monkeypatch.setattr("publishing.workbench.case_queue.redact", fail)
    queue.warm()
    assert len(list((queue.reviews / ".candour" / "cache").rglob("*.json"))) == 2
    assert states(queue) == {CASE: "to-check", "bramble": "to-check", "amber": "faulty"}
    assert capfd.readouterr() == ("", "")
    monkeypatch.undo()
    queue.open("amber")
    assert states(queue)["amber"] == "to-check", "it can be read after all"


def test_a_word_file_becomes_a_case(client: TestClient, queue: CaseQueue) -> None:
    """The template goes in; a file that is refused says why; a name that is a path makes nothing."""
    files = {"file": ("a.docx", template.template_bytes())}
    assert "Imported: new-case" in client.post("/import", data={"case": "new-case"}, files=files).text
    assert client.get("/case/new-case").status_code == 200
    refused = client.post("/import", data={"case": "other"}, files={"file": ("a.docm", template.template_bytes())})
    assert "macros" in refused.text
    assert 'type="file"' in refused.text
    assert 'href="/template.docx" download' in refused.text
    assert client.get("/template.docx").content == template.template_bytes()
    assert client.post("/import", data={"case": "../evil"}, files=files).status_code == 400
    assert sorted(path.name for path in queue.reviews.iterdir() if not path.name.startswith(".")) == [CASE, "new-case"]


def test_an_import_asks_what_a_heading_is_and_loses_no_answer(client: TestClient, queue: CaseQueue) -> None:
    """The line is shown with what is likely chosen; a name that is taken, or no section at all, asks again with what was said."""
    files = {"file": ("a.docx", made(told("1. Summary", "Home visits by Darren Whitlock", "2. Practice stuff")))}
    asked = client.post("/import", data={"case": CASE}, files=files)
    assert asked.status_code == 422
    assert "Heading no. 2: Home visits by Darren Whitlock</label>" in asked.text
    assert '<option value="within" selected>' in asked.text
    answers = {"heading-2": "text", "heading-3": "findings"}
    taken = client.post("/import", data={"case": CASE, **answers, "upload": _upload(asked.text)})
    assert taken.status_code == 400
    assert "already" in taken.text
    assert taken.text.count(" selected>") == 2
    assert '<option value="findings" selected>' in taken.text
    done = client.post("/import", data={"case": "other", **answers, "upload": _upload(taken.text)})
    assert "Imported: other" in done.text
    body = (queue.folder("other") / "review.md").read_text(encoding="utf-8")
    assert "\n**Home visits by Darren Whitlock**\n" in body
    gone = client.post("/import", data={"case": "third", "upload": _upload(taken.text)})
    assert "Choose it again" in gone.text


def test_passages_that_name_a_paragraph_by_its_number_are_pointed_out(client: TestClient, queue: CaseQueue) -> None:
    """Each with a link to it; a section of an Act is none."""
    write_case(
        queue.reviews,
        "numbered",
        "2025-002",
        summary="Under section 47 he was seen.\n\nSee paragraph 2.\n\nAs para 4.1 says.",
    )
    page = client.get("/case/numbered").text
    assert "2 passages name a paragraph, section or page" in page
    linked = re.findall(r'href="#(passage-\d+)">passage \d+ \(Summary\)', page)
    assert len(linked) == 2
    assert all(f'id="{name}"' in page for name in linked)


def _upload(page: str) -> str:
    return re.search(r'name="upload" value="([^"]+)"', page)[1]  # type: ignore[index]


def summary(page: str) -> str:
    """How many cases of each state the list tells."""
    found = re.search(r'<p id="summary">(.*?)</p>', page)
    assert found
    return re.sub("<[^>]*>", "", found[1])


def test_the_list_says_what_is_to_be_decided_and_how_many_there_are(client: TestClient, queue: CaseQueue) -> None:
    """Once a case has been read; a case that is signed waits for no decision."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("The boat", "The dog"), encoding="utf-8")
    write_case(queue.reviews, "draft", "2025-002", status="draft")
    page = client.get("/").text
    assert "to decide" not in page
    assert summary(page) == "2 being read."
    queue.warm()
    page = client.get("/").text
    assert "nobody has signed it; to decide: 1 flagged detail" in page
    assert summary(page) == "1 draft, 1 to check."
    sign(queue)
    page = client.get("/").text
    assert "to decide" not in page
    assert summary(page) == "1 draft, 1 signed."
    path.write_text(path.read_text(encoding="utf-8").replace("was not told", "was told"), encoding="utf-8")
    queue.warm()
    assert "until it is signed again; to decide: 1 flagged detail" in client.get("/").text


def test_the_template_for_writers_is_there(client: TestClient) -> None:
    """As a Word file that this very page takes in."""
    assert 'href="/template.docx"' in client.get("/import").text
    data = client.get("/template.docx").content
    assert "Imported: a" in client.post("/import", data={"case": "a"}, files={"file": ("a.docx", data)}).text


def test_labels_stand_in_the_order_of_their_numbers(client: TestClient, queue: CaseQueue) -> None:
    """[Person 2] before [Person 10]."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8")
    for number, name in enumerate("Ada Ben Cleo Dora Evan Finn Gwen Hugo Iris Jonas Kezia".split()):
        text = text.replace("Bramley saw", f"{name} Surname{chr(97 + number)} and Bramley saw", 1)
    path.write_text(text, encoding="utf-8")
    found = [re.fullmatch(r"\[Person (\d+)\]", label.words) for label in queue.open(CASE).labels]
    numbers = [int(match[1]) for match in found if match]
    assert numbers == sorted(numbers)
    assert len(numbers) > 9


def test_a_fault_inside_says_no_word_of_the_review(
    client: TestClient, queue: CaseQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the kind of error and where."""

    def broken(case: str) -> None:
        raise RuntimeError("Darren Whitlock")

    monkeypatch.setattr(queue, "open", broken)
    answer = client.get(f"/case/{CASE}")
    assert answer.status_code == 500
    assert "RuntimeError" in answer.text
    assert "Whitlock" not in answer.text


@pytest.mark.parametrize("broken", ["mkstemp", "fsync", "replace"])
def test_a_write_that_fails_at_any_step_loses_nothing(
    queue: CaseQueue, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """The decisions that were saved are there, whole, and nothing half written is left; undo still fits."""
    folder, decider = queue.folder(CASE), CaseEditor(queue.reviews)
    decider.decide(folder, [RequestedDecision("add", "Zebedee", "OTHER")], fingerprint(folder))
    saved = (folder / "decisions.yml").read_bytes()
    place = atomic_writes.tempfile if broken == "mkstemp" else atomic_writes.os
    whole = getattr(place, broken)

    def fail(*args: object, **named: object) -> object:
        # only the case's own file: the step for undoing is kept before it
        if broken != "fsync" and "decisions.yml" not in " ".join(map(str, [*args, *named.values()])):
            return whole(*args, **named)
        raise OSError("no space left on device")

    monkeypatch.setattr(place, broken, fail)
    with pytest.raises((OSError, Exception)):
        decider.decide(folder, [RequestedDecision("add", "boat", "OTHER")], fingerprint(folder))
    monkeypatch.undo()
    assert (folder / "decisions.yml").read_bytes() == saved
    assert sorted(path.name for path in folder.iterdir()) == ["decisions.yml", "register.yml", "review.md"]
    decider.undo(folder, fingerprint(folder), "A Checker")
    assert not (folder / "decisions.yml").exists()


def test_undo_steps_are_private(client: TestClient, queue: CaseQueue) -> None:
    """They hold words of the review: in .candour, for their owner alone."""
    decide(client, action="add", text="Zebedee", entity="OTHER")
    steps = list((queue.reviews / ".candour" / "undo" / CASE).iterdir())
    assert len(steps) == 1
    assert not (queue.reviews / ".candour").stat().st_mode & 0o077
    assert not Path(steps[0]).stat().st_mode & 0o077


def test_the_sheet_tells_what_was_found_decided_and_signed(client: TestClient, queue: CaseQueue) -> None:
    """For the head of department: who signed, what remains."""
    decide(client, action="reject", text="Bramley")
    sign(queue)
    page = client.get(f"/case/{CASE}/sheet").text
    assert "Bramley: left alone" in page
    assert "A Checker" in page
    assert "It may be published." in page


def test_what_the_engine_is_unsure_of_is_a_list_until_decided(client: TestClient) -> None:
    """A low score, and nobody decided."""
    assert "To look at first (1)" in client.get(f"/case/{CASE}").text
    decide(client, action="accept", text="Bramley")
    assert "To look at first" not in client.get(f"/case/{CASE}").text


def test_a_signature_is_for_the_decisions_on_the_screen(client: TestClient, queue: CaseQueue) -> None:
    """Merged labels, changed kinds and words left alone stand in signed.json as they were shown."""
    decide(client, action="reject", text="Bramley")
    page = client.get(f"/case/{CASE}/sign").text
    shown = re.findall(r'<div class="public">(.*?)</div>', page, re.DOTALL)
    client.post(f"/case/{CASE}/sign", data={"text_seen": field(page, "text_seen"), "by": "A Checker", **ANSWERS})
    text = load_signed_text(queue.folder(CASE), intake.load_case(queue.folder(CASE)).publish_on)
    assert text
    plain = [" ".join(html.unescape(re.sub("<[^>]*>", "", passage)).split()) for passage in shown]
    assert plain == [" ".join(words.replace("**", "").split()) for words in text.strings()]
