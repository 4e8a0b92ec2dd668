"""What is to be decided: flagged details, doubts, who is who, and what two people decide."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from starlette.testclient import TestClient

from publishing.checking import checklist, decisions
from publishing.errors import SigningRefusedError
from publishing.release.signoff import sign_off
from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from redaction import Detection, Doubt, Entity, Flag, Redaction, Redactor
from tests.support.cases import CASE
from tests.support.workbench import ADDRESS, OWN, TOKEN, field

ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}


class Pointing:
    """A Redactor that points out the boat, doubts "not", and replaces "circumstances" around somebody protected."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self.policy = redactor.policy
        self.sure = 0.7

    def redact(self, texts: tuple[str, ...], *rest: object, **named: object) -> Redaction:
        """As its elder, and more."""
        done = self._redactor.redact(texts, *rest, **named)  # type: ignore[arg-type]
        taken = {(d.part, d.start) for d in done.detections}

        def places(word: str) -> list[tuple[int, int, int]]:
            found = [(part, m.start(), m.end()) for part, t in enumerate(texts) for m in re.finditer(word, t)]
            return [place for place in found if place[:2] not in taken]

        around = tuple(
            Detection(*place, Entity.OTHER, 0.9, "protected:household", "[detail removed]")
            for place in places("circumstances")
        )
        written = list(done.texts)
        if around and not any("circumstances" in d.text for d in named.get("decisions", ())):  # type: ignore[attr-defined]
            written = [text.replace("circumstances", "[detail removed]") for text in written]
            done = replace(
                done,
                texts=tuple(written),
                detections=tuple(sorted((*done.detections, *around), key=lambda d: (d.part, d.start))),
            )
        return replace(
            done,
            flags=tuple(
                Flag(*place, Entity.OTHER, "details:pet", "a pet: neighbours know it") for place in places("boat")
            ),
            doubts=tuple(Doubt(*place, Entity.PERSON, self.sure) for place in places("not")),
        )


@pytest.fixture
def pointing(queue: CaseQueue, redactor: Redactor) -> CaseQueue:
    """A queue whose Redactor points things out."""
    return CaseQueue(queue.reviews, queue.out, Pointing(redactor))  # type: ignore[arg-type]


@pytest.fixture
def browser(pointing: CaseQueue) -> TestClient:
    """A browser at that queue."""
    client = TestClient(create_app(pointing, ADDRESS, TOKEN, warm=False), base_url=OWN)
    client.get(f"/start?token={TOKEN}", follow_redirects=False)
    client.headers["Origin"] = OWN
    return client


def send(client: TestClient, what: str, **said: str | list[str]) -> tuple[int, str]:
    """Send a form of the case's page."""
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    answer = client.post(f"/case/{CASE}/{what}", data={"seen": seen, **said})
    return answer.status_code, answer.text


def public(queue: CaseQueue) -> str:
    """The public text as decided now."""
    return "\n".join(queue.open(CASE).redaction.texts)


def test_flags_and_doubts_are_a_list_with_reasons(browser: TestClient) -> None:
    """Each once however often it stands, with a way to keep it, to replace it, and to say something else."""
    page = browser.get(f"/case/{CASE}").text
    assert "To decide (2)" in page
    assert "A pet: neighbours know it. 1 time." in page
    assert 'name="at" value="to-do-1"' in page
    assert 'The <strong class="pointed">boat</strong>, Zebedee, was Zebedee to all.' in page
    assert "The tagger would say person, with 70%, and is not sure. 2 times." in page
    assert re.search(r'<a class="flag" href="#to-do-1">boat</a>', page)
    for words in ("Keep: boat", "Replace: boat", "Keep: not", "Replace: not"):
        assert f'aria-label="{words}"' in page


def test_signing_waits_for_flags_and_not_for_doubts(browser: TestClient, pointing: CaseQueue) -> None:
    """The page says so before anybody ticks anything, and the form is refused."""
    page = browser.get(f"/case/{CASE}/sign").text
    assert "1 flagged detail is not decided" in page
    assert "The tagger has 2 doubts" in page
    said = {"text_seen": field(page, "text_seen"), "by": "A Checker", **ANSWERS}
    answer = browser.post(f"/case/{CASE}/sign", data=said)
    assert answer.status_code == 422
    assert "1 flagged detail is not decided: keep or replace each" in answer.text
    assert not (pointing.folder(CASE) / "signed.json").exists()
    assert send(browser, "decide", action="reject", text="boat", entity="OTHER", at="to-do-1")[0] == 200
    page = browser.get(f"/case/{CASE}/sign").text
    assert "flagged" not in page
    said["text_seen"] = field(page, "text_seen")
    assert browser.post(f"/case/{CASE}/sign", data=said).status_code == 200


@pytest.mark.parametrize("action", ["reject", "add"])
def test_signing_waits_for_a_doubt_that_is_nearly_sure(
    browser: TestClient, pointing: CaseQueue, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """From policy's probability on: here and on the command line, until somebody keeps or replaces the words."""
    monkeypatch.setattr(pointing.redactor, "sure", pointing.policy.doubts_hold)
    send(browser, "decide", action="reject", text="boat", entity="OTHER")
    assert "Nobody signs before this is decided." in browser.get(f"/case/{CASE}").text
    page = browser.get(f"/case/{CASE}/sign").text
    assert "nobody decided 2 doubts of which the tagger is sure to 90% or more" in page
    said = {"text_seen": field(page, "text_seen"), "by": "A Checker", **ANSWERS}
    assert browser.post(f"/case/{CASE}/sign", data=said).status_code == 422
    with pytest.raises(SigningRefusedError, match="nobody decided 2 doubts"):
        sign_off(pointing.reviews, CASE, "A Checker", redactor=pointing.redactor)
    assert not (pointing.folder(CASE) / "signed.json").exists()
    assert send(browser, "decide", action=action, text="not", entity="PERSON")[0] == 200
    page = browser.get(f"/case/{CASE}/sign").text
    assert "cannot be signed yet" not in page
    said["text_seen"] = field(page, "text_seen")
    assert browser.post(f"/case/{CASE}/sign", data=said).status_code == 200


@pytest.mark.parametrize(("action", "left"), [("reject", "The dog, "), ("accept", "The [detail removed], ")])
def test_what_the_engine_flags_is_kept_or_replaced(
    client: TestClient, queue: CaseQueue, action: str, left: str
) -> None:
    """With its own flags: either decision settles it, and the text may be signed."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("The boat", "The dog"), encoding="utf-8")
    assert [flag.is_doubt for flag in queue.open(CASE).undecided_details] == [False]
    assert send(client, "decide", action=action, text="dog", entity="OTHER")[0] == 200
    assert left in public(queue)
    assert not queue.open(CASE).undecided.flags


def test_a_flag_within_a_word_is_decided_by_the_word(client: TestClient, queue: CaseQueue) -> None:
    """The year of "1950s" is pointed out; keeping the word settles it."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The boat,", "His father settled there in the 1950s. The boat,"), encoding="utf-8")
    (thing,) = [thing for thing in queue.open(CASE).undecided_details if "1950" in thing.words]
    assert send(client, "decide", action="reject", text=thing.words, entity=thing.entity)[0] == 200
    assert not queue.open(CASE).undecided_details


def test_a_name_that_two_people_bear_is_looked_at_first(client: TestClient, queue: CaseQueue) -> None:
    """Where the text does not tell whom it means, the label is a guess; a name with a forename is none."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8")
    both = "Jane Okonkwo met Peter Okonkwo. Okonkwo was late. The boat,"
    path.write_text(text.replace("The boat,", both), encoding="utf-8")
    page = client.get(f"/case/{CASE}").text
    assert re.search(r">Okonkwo</a> \(several people bear this name\)", page)
    assert page.count("several people bear this name") == 1
    send(client, "decide", action="accept", text="Okonkwo", entity="PERSON")
    assert "several people bear this name" not in client.get(f"/case/{CASE}").text
    path.write_text(text.replace("The boat,", "Jane Adeyemi was late. Adeyemi rang. The boat,"), encoding="utf-8")
    assert "several people bear this name" not in client.get(f"/case/{CASE}").text


def test_a_missed_passage_of_several_sentences_is_replaced(client: TestClient, queue: CaseQueue) -> None:
    """As it was selected, with its colon and its full stops; words on both sides of a sentence's end are still no name."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The boat,", "Note: he came late. Then he went. The boat,"), encoding="utf-8")
    assert send(client, "decide", action="add", text="Note: he came late. Then he went.", entity="OTHER")[0] == 200
    assert "[detail removed]" in public(queue)
    assert "he came late" not in public(queue)
    assert send(client, "decide", action="add", text="went boat", entity="OTHER")[0] == 200
    assert "he came late" not in public(queue)


def test_a_doubt_that_is_replaced_is_replaced_everywhere(browser: TestClient, pointing: CaseQueue) -> None:
    """Under one label, as the tagger would have had it."""
    send(browser, "decide", action="add", text="not", entity="PERSON")
    assert re.search(r"The court was \[Person \d\] told\.", public(pointing))
    assert re.search(r"assessment was \[Person \d\] reviewed", public(pointing))
    assert "To decide (1)" in browser.get(f"/case/{CASE}").text


def test_two_people_bring_back_what_stands_around_the_protected(browser: TestClient, pointing: CaseQueue) -> None:
    """By leaving it alone, by other words, or with another label; accepting takes one."""
    register = pointing.folder(CASE) / "register.yml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("Moorhouse]", "Moorhouse], protected: sexual-offence"), encoding="utf-8")
    page = browser.get(f"/case/{CASE}").text
    assert "These words stand around somebody who is protected for life" in page
    words = {"text": "circumstances", "entity": "OTHER"}
    other = {"action": "add", "replacement": "the circumstances"}
    for said in (
        {"action": "reject"},
        other,
        {**other, "text": "CIRCUMSTANCES."},
        {**other, "text": "the circumstances"},
    ):
        assert send(browser, "decide", **{**words, **said})[0] == 400
        assert send(browser, "decide", **{**words, **said}, second="B Second")[0] == 400
    assert not decisions.load(pointing.folder(CASE))
    assert send(browser, "decide", **words, action="accept")[0] == 200
    browser.post("/you", data={"who": "A First", "at": f"/case/{CASE}"})
    send(browser, "forget", text="circumstances")
    assert send(browser, "decide", **words, action="reject", second="a first")[0] == 400
    assert send(browser, "decide", **words, action="reject", second="B Second")[0] == 200
    (entry,) = yaml.safe_load((pointing.folder(CASE) / "decisions.yml").read_text(encoding="utf-8"))["decisions"]
    assert (entry["by"], entry["second"]) == ("A First", "B Second")
    assert "circumstances: left alone, by A First and B Second" in browser.get(f"/case/{CASE}/sheet").text


def test_two_people_change_what_stands_in_place_of_the_protected(client: TestClient, queue: CaseQueue) -> None:
    """Neither by a label, nor by other words, nor by undoing the protection itself does one person do it alone."""
    said = {"role-0": "victim", "names-0": "Keisha Moorhouse", "protected-0": "sexual-offence"}
    seen = field(client.get(f"/case/{CASE}/register").text, "seen")
    assert client.post(f"/case/{CASE}/register", data={**said, "seen": seen}).status_code == 200
    assert send(client, "undo")[0] == 400
    (finding,) = [f for f in queue.open(CASE).findings if f.words == "Keisha Moorhouse"]
    for second, status in (("", 400), ("B Second", 200)):
        client.post("/you", data={"who": "A First" if second else "", "at": "/"})
        name = {"text": finding.words, "entity": "PERSON", "action": "add", "replacement": "his sister"}
        assert send(client, "label", finding=[finding.name], label="", second=second)[0] == status
        assert send(client, "decide", **name, second=second)[0] == status
    assert "when he killed **his sister**" in public(queue)


def test_one_label_becomes_two_and_two_become_one(client: TestClient, queue: CaseQueue) -> None:
    """Two people were taken for one: the ticked words get a label that nobody has; and back again."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8").replace(
        "The boat, Zebedee,", "Mr Ashworth rang. Peter Ashworth wrote. The boat, Zebedee,"
    )
    path.write_text(text, encoding="utf-8")
    open_case = queue.open(CASE)
    label = next(label for label in open_case.labels if "Peter Ashworth" in {f.words for f in label.findings})
    assert {f.words for f in label.findings} == {"Mr Ashworth", "Peter Ashworth"}
    one = next(f for f in label.findings if f.words == "Peter Ashworth")
    fresh = open_case.fresh_label(label.words)
    assert fresh not in public(queue)
    assert send(client, "label", finding=[one.name], label="")[0] == 200
    assert f"{label.words} rang. {fresh} wrote." in public(queue)
    open_case = queue.open(CASE)
    both = [f.name for f in open_case.findings if f.words in ("Peter Ashworth", "Mr Ashworth")]
    assert send(client, "label", finding=both, label="[Victim 1]")[0] == 200
    assert "[Victim 1] rang. [Victim 1] wrote." in public(queue)
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    client.post(f"/case/{CASE}/undo", data={"seen": seen})
    assert f"{label.words} rang. {fresh} wrote." in public(queue)
    assert send(client, "label", label="[Victim 1]")[0] == 400


@pytest.mark.parametrize("new", ["Tomasz Zielony and Ffion Cadwaladr saw it. ", ""])
def test_labels_stay_with_people_when_others_come(client: TestClient, queue: CaseQueue, new: str) -> None:
    """Whoever was parted shares a number with nobody, whoever was joined follows the other, though new people move the numbers."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8").replace(
        "Darren Whitlock (A4821CK) lived",
        "Mr Ashworth rang. Peter Ashworth wrote. Nadia Kowalczyk asked. Darren Whitlock lived",
    )
    path.write_text(text, encoding="utf-8")
    names = {f.words: f.name for f in queue.open(CASE).findings}
    assert send(client, "label", finding=[names["Peter Ashworth"]], label="")[0] == 200
    open_case = queue.open(CASE)
    label = next(known.words for known in open_case.labels if "Nadia Kowalczyk" in {f.words for f in known.findings})
    assert send(client, "decide", action="add", text="Zebedee", entity="PERSON", replacement=label)[0] == 200
    assert "somebody or something apart" in client.get(f"/case/{CASE}").text
    assert "the same as Nadia Kowalczyk" in client.get(f"/case/{CASE}").text
    path.write_text(text.replace("Mr Ashworth rang", f"{new}Mr Ashworth rang"), encoding="utf-8")
    shown = {f.words: f.replacement for f in queue.open(CASE).findings if f.entity == "PERSON"}
    assert shown["Zebedee"] == shown["Nadia Kowalczyk"]
    apart = [shown[words] for words in shown if words != "Zebedee"]
    assert len(set(apart)) == len(apart)


@pytest.mark.parametrize("joined", [["Zebedee"], ["Zebedee", "Nadia Kowalczyk"]])
def test_words_that_were_joined_with_some_that_are_gone_stand_apart(
    client: TestClient, queue: CaseQueue, joined: list[str]
) -> None:
    """They are shown as fitting no longer, and nobody else gets their number; joining in a circle is no fault."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8").replace("Darren Whitlock (A4821CK)", "Nadia Kowalczyk met Darren Whitlock")
    path.write_text(text, encoding="utf-8")
    label = next(f.replacement for f in queue.open(CASE).findings if f.words == "Nadia Kowalczyk")
    for words in joined:
        assert send(client, "decide", action="add", text=words, entity="PERSON", replacement=label)[0] == 200
    assert {f.replacement for f in queue.open(CASE).findings if f.words in ("Zebedee", "Nadia Kowalczyk")} == {label}
    path.write_text(text.replace("Nadia Kowalczyk", "Tomasz Zielony"), encoding="utf-8")
    assert "are not found any more, so they have a label of their own" in client.get(f"/case/{CASE}").text
    shown = {f.words: f.replacement for f in queue.open(CASE).findings}
    assert shown["Zebedee"] == label
    assert shown["Tomasz Zielony"] != label


def test_a_name_is_given_once_and_stands_with_each_decision(client: TestClient, queue: CaseQueue) -> None:
    """Where the form leads back to is an own page alone."""
    answer = client.post("/you", data={"who": "  A   First ", "at": f"/case/{CASE}"}, follow_redirects=False)
    assert answer.headers["location"] == f"/case/{CASE}?done=you"
    for at in ("//evil.example/", "http://evil.example", "/\\evil.example", ""):
        answer = client.post("/you", data={"who": "A First", "at": at}, follow_redirects=False)
        assert answer.headers["location"] == "/?done=you"
    send(client, "decide", action="reject", text="Bramley")
    assert "by: A First" in (queue.folder(CASE) / "decisions.yml").read_text(encoding="utf-8")
    assert "Bramley: left alone, by A First" in client.get(f"/case/{CASE}/sheet").text
    assert 'value="A First" required' in client.get(f"/case/{CASE}/sign").text
