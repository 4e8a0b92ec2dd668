"""Deciding is quick: filters, everything of a kind at once, what comes next, each place in its sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing.checking import decisions
from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from redaction import Doubt, Entity, Flag, Redaction, Redactor
from tests.support.cases import CASE
from tests.support.workbench import ADDRESS, OWN, TOKEN, field, write_case

SUMMARY = """Darren Whitlock lived at 27 Tennyson Road. Keisha Moorhouse met him on 14 June 2018. On 3 July 2018 he rang Bramley.
The boat was sold. It was a red boat. The snow fell on the roof.

Peter Ashworth rang. Jane Ashworth wrote. Ashworth was late. The hat of Peter was found."""
POINTED = {"boat": ("details:pet", None), "roof": ("details:scene", None), "snow": ("details:event", None),
           "hat": ("doubt", 0.5), "sold": ("doubt", 0.95), "Peter": ("doubt", 0.6), "found": ("doubt", 0.4)}  # fmt: skip
"""What the engine is made to point out: a flag by its source, or a doubt by its probability."""


class Pointing:
    """The tests' Redactor, which points out and doubts what the table says beside what it finds."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor, self.policy = redactor, redactor.policy

    def redact(self, texts: tuple[str, ...], *rest: object, **named: object) -> Redaction:
        """As its elder, with flags and doubts of the table alone."""
        done = self._redactor.redact(texts, *rest, **named)  # type: ignore[arg-type]
        places = [
            (part, m.start(), m.end(), *told)
            for word, told in POINTED.items()
            for part, text in enumerate(texts)
            for m in re.finditer(word, text)
        ]
        flags = tuple(Flag(*at, Entity.OTHER, source, "a reason") for *at, source, sure in places if sure is None)  # type: ignore[call-arg]
        doubts = tuple(Doubt(*at, Entity.PERSON, sure) for *at, _, sure in places if sure is not None)  # type: ignore[call-arg]
        return replace(done, flags=flags, doubts=doubts)


@pytest.fixture
def pointing(tmp_path: Path, redactor: Redactor) -> CaseQueue:
    """A queue with one case, in which all of the table is pointed out."""
    write_case(tmp_path / "reviews", summary=SUMMARY)
    return CaseQueue(tmp_path / "reviews", tmp_path / "build", Pointing(redactor))  # type: ignore[arg-type]


@pytest.fixture
def browser(pointing: CaseQueue) -> TestClient:
    """A browser at that queue."""
    client = TestClient(create_app(pointing, ADDRESS, TOKEN, warm=False), base_url=OWN)
    client.get(f"/start?token={TOKEN}", follow_redirects=False)
    client.headers["Origin"] = OWN
    return client


def shown(client: TestClient, query: str = "") -> tuple[list[str], list[str]]:
    """The words of what is pointed out and of what was found, as the page shows them."""
    page = client.get(f"/case/{CASE}?{query}").text
    return re.findall(r'aria-label="Keep: ([^"]*)"', page), re.findall(r"<p><strong>([^<]*)</strong> becomes", page)


def send(client: TestClient, form: str, query: str = "", **said: str) -> tuple[int, str]:
    """Send a form of the case's page; its answer, and where it leads."""
    page = client.get(f"/case/{CASE}?{query}").text
    fields = {"seen": field(page, "seen"), "shown": query, **said}
    answer = client.post(f"/case/{CASE}/{form}", data=fields, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", answer.text)


def together(client: TestClient, answer: str, kind: str, query: str = "") -> tuple[int, str]:
    """Press the button that gives one answer about all of a kind, as the page has it; or send what it does not have."""
    page = client.get(f"/case/{CASE}?{query}").text
    found = re.search(rf'name="kind" value="{kind}"><input type="hidden" name="count" value="(\d+)"', page)
    return send(client, "decide-together", query, answer=answer, kind=kind, count=found[1] if found else "0")


def decided(queue: CaseQueue) -> dict[str, str]:
    """The action of each decision, by its words."""
    return {d.text: d.action for d in decisions.load(queue.folder(CASE))}


@pytest.mark.parametrize(
    ("query", "pointed", "found"),
    [
        ("kind=DATE", set(), {"on 14 June 2018", "On 3 July 2018"}),
        ("kind=pet", {"boat"}, set()),
        ("kind=doubt", {"sold", "Peter", "hat", "found"}, set()),
        ("state=unsure", {"sold", "Peter", "hat", "found"}, {"Ashworth", "Bramley"}),
        ("label=%5BVictim+1%5D", set(), {"Keisha Moorhouse"}),
        ("state=decided", set(), {"On 3 July 2018"}),
        ("kind=DATE&state=undecided", set(), {"on 14 June 2018"}),
        ("kind=nothing-of-the-sort%22%3E", {*POINTED}, None),
    ],
)
def test_what_is_shown_is_chosen_in_the_address(
    browser: TestClient, pointing: CaseQueue, query: str, pointed: set[str], found: set[str] | None
) -> None:
    """By kind, by what was decided and how sure the engine is, and by whom a label names; a kind that is none shows everything."""
    assert send(browser, "decide", action="accept", text="On 3 July 2018")[0] == 303
    page = shown(browser, query)
    assert set(page[0]) == pointed
    assert set(page[1]) == ({f.words for f in pointing.open(CASE).findings} if found is None else found)


def test_what_is_not_shown_is_led_to_on_the_whole_page(browser: TestClient) -> None:
    """A highlight of something that the list leaves out leads to the list without a filter."""
    page = browser.get(f"/case/{CASE}?kind=DATE").text
    assert re.search(rf'<a class="found address" href="/case/{CASE}#finding-\d+"', page)
    assert re.search(r'<a class="found date" href="#finding-\d+"', page)


def test_after_a_decision_comes_the_next_that_is_undecided_with_the_same_filter(
    browser: TestClient, pointing: CaseQueue
) -> None:
    """In the order of the page, from the beginning again after the last, until nothing is left; then the page says so."""
    query = "kind=doubt"
    page = browser.get(f"/case/{CASE}?{query}").text
    names = re.findall(r'<li id="(to-do-\d+)"', page)
    words = shown(browser, query)[0]
    passed = []
    at = names[1]
    for _ in range(4):
        here = browser.get(f"/case/{CASE}?{query}").text
        match = re.search(rf'<li id="{at}".*?aria-label="Keep: ([^"]*)"', here, re.DOTALL)
        assert match
        passed.append(match[1])
        status, location = send(browser, "decide", query, action="reject", text=match[1], entity="PERSON", at=at)
        assert status == 303
        place = re.fullmatch(rf"/case/{CASE}\?done=(all-)?decided&kind=doubt#(.*)", location)
        assert place
        at = place[2]
    assert passed == [*words[1:], words[0]]
    assert (place[1], at) == ("all-", "findings")
    assert shown(browser, query) == ([], [])


def test_findings_are_accepted_together_and_taken_back_together(browser: TestClient, pointing: CaseQueue) -> None:
    """The page says how many and in how many places; nothing declared and no name that several people bear is among them."""
    page = browser.get(f"/case/{CASE}").text
    assert re.search(
        r"<summary>2 details in 2 places<span[^>]*>: Date</span>.*?Accept 2: Date, in 2 places", page, re.DOTALL
    )
    assert together(browser, "accept", "DATE")[0] == 303
    assert decided(pointing) == {"on 14 June 2018": "accept", "On 3 July 2018": "accept"}
    assert together(browser, "accept", "")[0] == 303
    words = set(decided(pointing))
    assert {"Bramley", "Peter Ashworth"} <= words
    assert not {"Ashworth", "Darren Whitlock", "Keisha Moorhouse", "27 Tennyson Road"} & words
    for left in (2, 0):
        send(browser, "undo")
        assert len(decided(pointing)) == left
    for count in (2, len(words)):
        send(browser, "redo")
        assert len(decided(pointing)) == count


@pytest.mark.parametrize(
    ("answer", "kind", "query", "expected"),
    [
        ("keep", "pet", "", {"boat": "reject"}),
        ("replace", "pet", "", {"boat": "accept"}),
        ("keep", "doubt", "", {"hat": "reject", "found": "reject"}),
        ("replace", "doubt", "", {"hat": "add", "found": "add"}),
        ("keep", "pet", "kind=OTHER", {"boat": "reject"}),
        ("accept", "DATE", "kind=DATE&state=undecided", {"on 14 June 2018": "accept", "On 3 July 2018": "accept"}),
        ("accept", "PERSON", "label=%5BPerson+1%5D", {"Peter Ashworth": "accept", "Peter": "accept"}),
        ("keep", "pet", "kind=doubt", {}),
        ("accept", "DATE", "kind=PERSON", {}),
        ("accept", "", "kind=PERSON", {}),
        ("keep", "event", "", {}),
        ("replace", "event", "", {}),
        ("keep", "OTHER", "", {}),
        ("keep", "", "", {}),
        ("keep", "DATE", "", {}),
        ("reject", "DATE", "", {}),
        ("accept", "pet", "", {}),
        ("accept", "ADDRESS", "", {}),
    ],
)
def test_together_is_decided_what_is_shown_of_one_kind_and_what_may_be(
    browser: TestClient, pointing: CaseQueue, answer: str, kind: str, query: str, expected: dict[str, str]
) -> None:
    """Never an event with a public date, a doubt that is nearly sure, a part of a name that was found, or what was found itself."""
    assert together(browser, answer, kind, query)[0] == (303 if expected else 400)
    assert decided(pointing) == expected


def test_nothing_else_than_the_button_said_is_decided_together(browser: TestClient, pointing: CaseQueue) -> None:
    """Another number, and another tab's page, change nothing."""
    said = {"answer": "accept", "kind": "DATE"}
    assert send(browser, "decide-together", **said, count="3")[0] == 400
    page = browser.get(f"/case/{CASE}").text
    send(browser, "decide", action="accept", text="Bramley")
    form = {"seen": field(page, "seen"), **said, "count": "2"}
    assert browser.post(f"/case/{CASE}/decide-together", data=form).status_code == 409
    assert set(decided(pointing)) == {"Bramley"}


def test_nothing_protected_is_kept_together(browser: TestClient, pointing: CaseQueue) -> None:
    """What names or surrounds somebody who is protected for life is decided by two people, and never with others."""
    register = pointing.folder(CASE) / "register.yml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("Moorhouse]", "Moorhouse], protected: sexual-offence"), encoding="utf-8")
    around = {f.words for f in pointing.open(CASE).findings if f.protects}
    assert around
    page = browser.get(f"/case/{CASE}").text
    for kind in dict.fromkeys(re.findall(r'name="kind" value="([^"]*)"', page)):
        together(browser, "keep", kind)
    assert set(decided(pointing)) == {"boat", "roof", "hat", "found"}
    public = "\n".join(pointing.open(CASE).redaction.texts)
    assert "Moorhouse" not in public
    assert "Keisha" not in public


def test_each_detail_shows_its_sentence_and_the_others_behind_it(browser: TestClient) -> None:
    """The first place is there at once, with the very words marked; how many more there are is said."""
    page = browser.get(f"/case/{CASE}?kind=pet").text
    assert 'The <strong class="pointed">boat</strong> was sold.</p>' in page
    assert re.search(
        r"<summary>and 1 more place<.*?It was a red <strong class=\"pointed\">boat</strong>\.", page, re.DOTALL
    )
    page = browser.get(f"/case/{CASE}?kind=DATE").text
    assert 'Keisha Moorhouse met him <strong class="pointed">on 14 June 2018</strong>.</p>' in page


@pytest.mark.parametrize(("kind", "label"), [("PERSON", "[Bramley]"), ("ADDRESS", "[address removed]")])
def test_another_kind_gets_another_label(browser: TestClient, pointing: CaseQueue, kind: str, label: str) -> None:
    """Unless somebody writes one: a label that was only left standing there is not taken along."""
    (found,) = [f for f in pointing.open(CASE).findings if f.words == "Bramley"]
    other = "PERSON" if found.entity != "PERSON" else "ADDRESS"
    said = {"action": "add", "text": "Bramley", "at": found.name}
    assert send(browser, "decide", **said, entity=other, replacement=found.replacement)[0] == 303
    (entry,) = decisions.load(pointing.folder(CASE))
    assert (entry.entity, entry.replacement) == (Entity(other), None)
    assert send(browser, "decide", **said, entity=kind, replacement=label)[0] == 303
    assert decisions.load(pointing.folder(CASE))[0].replacement == label


def test_the_keys_can_be_turned_off(browser: TestClient) -> None:
    """As somebody who speaks to the machine needs it; what is shown stays so."""
    assert '<details id="keys" data-on>' in browser.get(f"/case/{CASE}").text
    assert send(browser, "keys", "kind=pet", keys="off") == (303, f"/case/{CASE}?done=keys&kind=pet#deciding")
    assert '<details id="keys">' in browser.get(f"/case/{CASE}").text
    send(browser, "keys", keys="on")
    assert '<details id="keys" data-on>' in browser.get(f"/case/{CASE}").text
