"""A passage is put into other words in the browser: kept beside the review, shown to the signer, taken back in one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing import intake
from publishing.checking import checklist, decisions
from publishing.errors import SigningRefusedError
from publishing.files import atomic_writes
from publishing.intake.case_files import fingerprint
from publishing.release.notices import find_notices
from publishing.release.signoff import sign_off
from publishing.workbench.case_decisions import RequestedDecision
from publishing.workbench.case_queue import CaseQueue
from redaction.strict_files import strict_yaml
from tests.support.cases import CASE
from tests.support.workbench import field

PASSAGE = "The assessment was not reviewed when circumstances changed. The court was not told."
WORDS = "The assessment was not reviewed when Darren Whitlock moved. Nobody told the court."
ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}


@pytest.fixture
def folder(queue: CaseQueue) -> Path:
    """The case, and somebody at the workbench."""
    queue.user = "Ada Checker"
    return queue.folder(CASE)


def number(client: TestClient, passage: str = "The assessment") -> int:
    """Where a passage is on the page of the text."""
    page = client.get(f"/case/{CASE}").text
    return next(
        n
        for n in range(9)
        if f'id="original-{n + 1}"' in page and passage in page.split(f'id="original-{n + 1}"')[1][:400]
    )


def rewrite(client: TestClient, **said: str) -> tuple[int, str]:
    """Send the form of a passage."""
    at = f"/case/{CASE}/rewrite/{number(client)}"
    seen = field(client.get(at).text, "seen")
    answer = client.post(at, data={"seen": seen, "passage": PASSAGE, "words": WORDS, "reason": "A slip.", **said})
    return answer.status_code, answer.text


def public(queue: CaseQueue) -> str:
    """The public text as decided now."""
    return "\n".join(queue.open(CASE).text.strings())


def test_a_passage_is_put_into_other_words(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """Redacted like the rest; review.md is as it was; who, when and why are kept; the page tells of it."""
    source = (folder / "review.md").read_bytes()
    status, page = rewrite(client)
    assert status == 200
    assert "The assessment was not reviewed when [Person on probation] moved. Nobody told the court." in public(queue)
    assert (folder / "review.md").read_bytes() == source
    (kept,) = intake.load_decisions(folder).rewrites
    assert (kept.passage, kept.words, kept.by, kept.reason) == (PASSAGE, WORDS, "Ada Checker", "A slip.")
    assert "Words of the publishing team." in page
    assert "Passages in words of the publishing team (1)" in page


def test_the_form_shows_the_review_and_what_is_public_now(client: TestClient, folder: Path) -> None:
    """The review's words on one side, those without names on the other, and the words to change."""
    at = number(client, "Darren Whitlock")
    page = client.get(f"/case/{CASE}/rewrite/{at}").text
    assert "Darren Whitlock (A4821CK) lived at 27 Tennyson Road." in page
    assert "[Person on probation]" in page
    assert client.get(f"/case/{CASE}/rewrite/99").status_code == 404


def test_it_is_written_again_and_taken_back_in_one_step(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """A second wording takes the place of the first; its form shows the first, and the review's own words."""
    before = public(queue)
    rewrite(client)
    assert WORDS in client.get(f"/case/{CASE}/rewrite/{number(client)}").text
    assert rewrite(client, words="Nobody reviewed anything.")[0] == 200
    assert len(intake.load_decisions(folder).rewrites) == 1
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    assert client.post(f"/case/{CASE}/restore", data={"seen": seen, "passage": PASSAGE}).status_code == 200
    assert public(queue) == before


def test_undo_takes_it_back_too(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """As every other change, and decisions made before it stay."""
    before = public(queue)
    rewrite(client)
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    assert client.post(f"/case/{CASE}/undo", data={"seen": seen}).status_code == 200
    assert public(queue) == before
    assert not (folder / "decisions.yml").exists()


def test_decisions_and_rewrites_keep_each_other(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """They share a file: writing the one never loses the other."""
    queue.editor.decide(folder, [RequestedDecision("reject", "Zebedee")], fingerprint(folder))
    rewrite(client)
    queue.editor.decide(folder, [RequestedDecision("reject", "Bramley")], fingerprint(folder))
    queue.editor.take_back(folder, "Zebedee", fingerprint(folder), "Ada")
    file = intake.load_decisions(folder)
    assert [entry.text for entry in file.decisions] == ["Bramley"]
    assert [entry.passage for entry in file.rewrites] == [PASSAGE]
    queue.editor.take_back_rewrite(folder, PASSAGE, fingerprint(folder), "Ada")
    assert [entry.text for entry in intake.load_decisions(folder).decisions] == ["Bramley"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"words": ""}, "Write what is to stand here."),
        ({"words": "## Findings"}, "what stands here must stay a paragraph."),
        ({"words": "One.\r\n\r\nTwo."}, "one paragraph, list, table"),
        ({"words": PASSAGE}, "these are the passage&#39;s own"),
        ({"words": "A\u0007bell"}, "hold signs that no text has"),
        ({"reason": ""}, "Say in a sentence why"),
        ({"reason": "x" * 1001}, "Say in a sentence why"),
        ({"second": "ada  checker"}, "The second person is somebody else than you."),
    ],
)
def test_what_cannot_stand_there_comes_back_with_everything_typed(
    client: TestClient, folder: Path, said: dict[str, str], fault: str
) -> None:
    """Nothing typed is lost, and nothing is written."""
    status, page = rewrite(client, **{"words": "Typed with care.", **said})
    assert status == 400
    assert fault in page
    assert ("Typed with care." in page) is ("words" not in said)
    assert not (folder / "decisions.yml").exists()


def test_it_says_who_is_there(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """Words of an official review are changed under a name."""
    queue.user = ""
    status, page = rewrite(client)
    assert status == 400
    assert "Say who you are" in page


def test_two_people_never_overwrite_each_other(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """A case that somebody changed meanwhile: nothing is written, and what was typed is still there."""
    at = f"/case/{CASE}/rewrite/{number(client)}"
    seen = field(client.get(at).text, "seen")
    queue.editor.decide(folder, [RequestedDecision("reject", "Zebedee")], fingerprint(folder))
    said = {"seen": seen, "passage": PASSAGE, "words": WORDS, "reason": "A slip."}
    answer = client.post(at, data=said)
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert not intake.load_decisions(folder).rewrites
    path = folder / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("was not told", "was told"), encoding="utf-8")
    assert client.post(at, data=said).status_code == 404, "the passage is gone: no other one takes its words"


def test_a_name_never_comes_through(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """Declared words in new ones are replaced, whatever they are wrapped in."""
    rewrite(client, words="WHITLOCK, **Darren** and <b>Keisha</b> Moorhouse of 27 Tennyson Road, A4821CK.")
    for word in ("Whitlock", "Darren", "Keisha", "Moorhouse", "Tennyson", "A4821CK"):
        assert word.casefold() not in public(queue).casefold()


def test_the_signer_sees_both(client: TestClient, folder: Path) -> None:
    """Before and after, by whom and why, where it is signed and on the sheet."""
    rewrite(client)
    for where in ("sign", "sheet"):
        page = client.get(f"/case/{CASE}/{where}").text
        assert "Words changed by the publishing team" in page
        assert PASSAGE in page
        assert WORDS in page
        assert "Ada Checker" in page


def test_one_that_no_longer_fits_stops_signing_and_is_told(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """On the pages, by the command line and by builds; taking it back is the way out."""
    rewrite(client)
    path = folder / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("was not told", "was told"), encoding="utf-8")
    assert "1 passages" not in (page := client.get(f"/case/{CASE}").text)
    assert "1 passage in other words no longer fits" in page
    assert "The assessment was not reviewed when circumstances changed. The court was told." in public(queue)
    said = {"by": "A Signer", **ANSWERS, "text_seen": field(client.get(f"/case/{CASE}/sign").text, "text_seen")}
    answer = client.post(f"/case/{CASE}/sign", data=said)
    assert answer.status_code == 422
    assert "rewrite no. 1 of decisions.yml no longer fits" in answer.text
    with pytest.raises(SigningRefusedError, match=r"rewrite no\. 1 of decisions\.yml no longer fits") as caught:
        sign_off(queue.reviews, CASE, "A Signer", redactor=queue.redactor)
    assert "court" not in str(caught.value)
    lines = list(find_notices(queue.reviews, [intake.load_case(folder)], {}, {}, ()).lines())
    assert any(line.startswith(f"{CASE}: rewrite no. 1 of decisions.yml no longer fits") for line in lines)
    queue.editor.take_back_rewrite(folder, PASSAGE, fingerprint(folder), "Ada")
    sign_off(queue.reviews, CASE, "A Signer", redactor=queue.redactor)


def test_what_is_signed_is_in_the_other_words(client: TestClient, queue: CaseQueue, folder: Path) -> None:
    """And the signer of the command line is told that some are."""
    rewrite(client)
    done = sign_off(queue.reviews, CASE, "A Signer", redactor=queue.redactor)
    assert any("1 passage in words of the publishing team" in warning for warning in done.warnings)
    text = (folder / "signed.json").read_text(encoding="utf-8")
    assert "Nobody told the court." in text
    assert "The court was not told." not in text
    assert "Ada Checker" not in text
    assert not queue.open(CASE).is_changed


def test_two_people_word_a_passage_that_names_somebody_protected(
    client: TestClient, queue: CaseQueue, folder: Path
) -> None:
    """In the browser, and where one person wrote it into the file by hand: it is not signed."""
    register = folder / "register.yml"
    text = register.read_text(encoding="utf-8").replace(
        "names: [Keisha Moorhouse]", "names: [Keisha Moorhouse], protected: sexual-offence"
    )
    register.write_text(text, encoding="utf-8")
    alone = {"words": "Keisha Moorhouse, his partner, aged 25, was not told."}
    status, page = rewrite(client, **alone)
    assert status == 400
    assert "two people decide its words" in page
    assert rewrite(client, **alone, second="Grace Second")[0] == 200
    assert intake.load_decisions(folder).rewrites[0].second == "Grace Second"
    path = folder / "decisions.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("second: Grace Second", "second: ADA checker"))
    with pytest.raises(SigningRefusedError, match="two people decide that"):
        sign_off(queue.reviews, CASE, "A Signer", redactor=queue.redactor)


def test_a_file_grown_too_long_is_refused_and_nothing_is_lost(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be read back is not written: a lost decision could publish a name."""
    rewrite(client)
    before = (folder / "decisions.yml").read_bytes()
    monkeypatch.setattr(strict_yaml, "CHARACTER_LIMIT", 2000)
    status, page = rewrite(client, words="word " * 500)
    assert status == 400
    assert "could not be read back" in page
    assert (folder / "decisions.yml").read_bytes() == before


def test_a_crash_while_writing_leaves_what_was(
    client: TestClient, queue: CaseQueue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step is kept first and the file is written whole: killed between them, nothing is half done."""
    rewrite(client)
    before = (folder / "decisions.yml").read_bytes()
    real = atomic_writes.write

    def fail(path: Path, data: bytes, mode: int = 0o600) -> None:
        if path.name == "decisions.yml":
            raise OSError(5, "killed")
        real(path, data, mode)

    monkeypatch.setattr(atomic_writes, "write", fail)
    assert rewrite(client, words="Other words.")[0] == 400
    monkeypatch.undo()
    assert (folder / "decisions.yml").read_bytes() == before
    assert decisions.load(folder) == ()
    assert queue.editor.next_step(folder, back=True)
    queue.editor.undo(folder, fingerprint(folder), "Ada")
    assert not (folder / "decisions.yml").exists()
