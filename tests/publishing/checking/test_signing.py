from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from publishing.checking import (
    canonical_text,
    case_lock,
    checklist,
    explain_unpublishable,
    load_signatures,
    load_signed_text,
    sign,
    signature_files,
    signing,
)
from publishing.checking.canonical_json import canonical_json, sha256
from publishing.checking.case_lock import hold_case_lock
from publishing.checking.lesson_signatures import sign_update
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError
from publishing.files import atomic_writes
from publishing.reviews import Block, Lesson, RedactedReview, Review, Section, Update
from redaction import Register
from tests.support.paths import ROOT

NOW = dt.datetime(2025, 1, 20, 10, 11, 12, 345, tzinfo=dt.UTC)
LATER = dt.date(2030, 1, 1)
BY = "Sam Signer"

Reviewed = Callable[..., Review]
Redacted = Callable[..., RedactedReview]


def numbers(review: RedactedReview | None) -> list[int | None]:
    assert review is not None
    return [block.number for section in review.sections for block in section.blocks]


def texts(review: RedactedReview | None) -> list[str]:
    assert review is not None
    return [block.text for section in review.sections for block in section.blocks]


# --- what is stored


def test_signed_text_is_what_is_published(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """The stored text comes back word for word, numbered, its updates attached."""
    signature = sign(folder, review(), redacted(), BY, NOW, confirmed=checklist.checklist_questions())
    text = load_signed_text(folder, LATER)
    assert text is not None
    assert texts(text) == texts(redacted())
    assert numbers(text) == [1, 2, 3]
    assert text.lessons == redacted().lessons
    assert text.redactions == {"PERSON": 7, "DATE": None}
    assert signature.warnings == ()
    assert signature.last_number == 3


def test_public_file_names_neither_signer_nor_case(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """Who signed, when, and what they confirmed is private."""
    sign(folder, review(), redacted(), BY, NOW, confirmed=["journalist"])
    public = (folder / "signed.json").read_text(encoding="utf-8")
    for word in ("Signer", "Approver", "cedar", "lantern", "10:11", "journalist", "2025-01-20"):
        assert word not in public
    assert set(json.loads(public)) == {"format", "sha256", "text", "updates"}
    private = yaml.safe_load((folder / "signoff.yml").read_text(encoding="utf-8"))["signatures"][-1]
    assert private["by"] == BY
    assert private["at"] == "2025-01-20T10:11:12+00:00"
    assert private["checklist"] == ["journalist"]
    assert private["sha256"] == json.loads(public)["sha256"]


def test_nobody_signed_is_none(folder: Path) -> None:
    """A case without a signature is no error."""
    assert load_signed_text(folder, LATER) is None
    assert load_signatures(folder) == ()


def test_updates_are_published_from_their_day_on(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """An update of tomorrow is not on today's page."""
    sign(folder, review(), redacted(), BY, NOW)
    statuses = {}
    for day in (dt.date(2025, 5, 31), dt.date(2025, 6, 1), dt.date(2025, 9, 1)):
        text = load_signed_text(folder, day)
        assert text is not None
        statuses[day.month] = text.lessons[0].status
    assert statuses == {5: "no-response", 6: "in-progress", 9: "implemented"}


def test_new_update_leaves_the_text_as_it_was_signed(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """The hash of the text covers no update; each has its own."""
    bare = Lesson(id=1, text="Checks are made.", level="national")
    first = sign(folder, review(), redacted(lessons=(bare,)), BY, NOW)
    before = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    update = Update(date=dt.date(2025, 6, 1), status="in-progress")
    second = sign(folder, review(), redacted(lessons=(bare.model_copy(update={"updates": (update,)}),)), BY, NOW)
    after = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    assert first.sha256 == second.sha256
    assert (before["text"], before["sha256"]) == (after["text"], after["sha256"])
    assert before["updates"] == []
    assert [entry["date"] for entry in after["updates"]] == ["2025-06-01"]


def test_signing_again_changes_nothing_public(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """The same text gives the same file, and one more signature in the history."""
    sign(folder, review(), redacted(), BY, NOW)
    before = (folder / "signed.json").read_bytes()
    sign(folder, review(), redacted(), "Sal Second", NOW)
    assert (folder / "signed.json").read_bytes() == before
    assert [signature.by for signature in load_signatures(folder)] == [BY, "Sal Second"]


def test_numbers_are_not_reused_over_several_signings(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """A paragraph that was added and taken away again leaves a gap for ever."""
    extra = "Entirely different words stand here, 42 of them."
    sign(folder, review(), redacted("A man was released.", "He was seen once.", extra), BY, NOW)
    sign(folder, review(), redacted("A man was released.", "He was seen once."), BY, NOW)
    sign(folder, review(), redacted("A man was released.", "He was seen once.", extra), BY, NOW)
    assert numbers(load_signed_text(folder, LATER)) == [1, 2, 4]


def test_numbers_survive_a_lost_history(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """Without signoff.yml the text is not believed, but its addresses are kept when it is signed again."""
    sign(folder, review(), redacted("A man was released.", "He was seen once."), BY, NOW)
    sign(folder, review(), redacted("Something else stood first, 42 words.", "He was seen once."), BY, NOW)
    (folder / "signoff.yml").unlink()
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, LATER)
    sign(folder, review(), redacted("He was seen once."), BY, NOW)
    assert numbers(load_signed_text(folder, LATER)) == [2]


def test_canonical_json_is_fixed(redacted: Redacted) -> None:
    """The bytes that are hashed: sorted, without spaces, in UTF-8, letters as they are, no updates."""
    data = canonical_text(redacted("Siân Ó Dálaigh’s 🙂"))
    assert data.startswith(b'{"content_notes":["fatal violence"],"facts":{"agencies":["police"],')
    assert "Siân Ó Dálaigh’s 🙂".encode() in data
    assert b"updates" not in data


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("aé🙂\u2028", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON, indent=st.sampled_from([None, 0, 3]), ascii_only=st.booleans())
def test_hash_depends_on_the_content_alone(value: Any, indent: int | None, ascii_only: bool) -> None:
    """However a file writes the same JSON (order, spaces, escapes), the canonical bytes are the same."""
    again = json.loads(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert canonical_json(again) == signature_files.canonical_json(value)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_survives_storing(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Control characters and odd separators come back as they were signed."""
    folder = tmp_path_factory.mktemp("case")
    signature_files.write_text(folder, "x", {"words": text}, [])
    assert signature_files.Stored.read(folder).text == {"words": text}


def test_a_correction_bears_the_day_in_london(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """In summer the day begins there an hour before it does in UTC."""
    sign(folder, review(), redacted(), BY, NOW)
    midnight = dt.datetime(2025, 7, 1, 23, 30, tzinfo=dt.UTC)
    sign(folder, review(), redacted("A person was released."), BY, midnight, note="A word was corrected.")
    text = load_signed_text(folder, LATER)
    assert text is not None
    assert [change.date for change in text.changes] == [dt.date(2025, 7, 2)]


# --- tampering


def tampered(folder: Path, change: Callable[[Any], None]) -> None:
    path = folder / "signed.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def _reword(data: Any) -> None:
    data["text"]["sections"][0]["blocks"][0]["text"] = "Darren Whitlock was released."


def _reword_and_hash(data: Any) -> None:
    _reword(data)
    data["sha256"] = sha256(data["text"])


def _renumber(data: Any) -> None:
    data["text"]["sections"][0]["blocks"][0]["number"] = 9


def _drop_update(data: Any) -> None:
    data["updates"].pop()


def _reword_update(data: Any) -> None:
    data["updates"][0]["note"] = "All done."


def _move_update(data: Any) -> None:
    data["updates"][0]["lesson"] = 2


def _move_review(data: Any) -> None:
    data["text"]["public_id"] = "2025-002"


def _add_field(data: Any) -> None:
    data["by"] = BY


@pytest.mark.parametrize(
    "change",
    [_reword, _reword_and_hash, _renumber, _drop_update, _reword_update, _move_update, _move_review, _add_field],
)
def test_changed_text_is_not_signed(
    folder: Path, review: Reviewed, redacted: Redacted, change: Callable[[Any], None]
) -> None:
    """Whatever is changed in the file afterwards, nothing of it is published."""
    sign(folder, review(), redacted(), BY, NOW)
    tampered(folder, change)
    with pytest.raises(TamperedSignatureError) as caught:
        load_signed_text(folder, LATER)
    assert "Whitlock" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format":1}', b'{"a":\xed\xa0\x80}', b"{}", b"NaN"]
)
@pytest.mark.parametrize("name", ["signed.json", "signoff.yml"])
def test_junk_is_not_signed(folder: Path, review: Reviewed, redacted: Redacted, name: str, data: bytes) -> None:
    """Whatever the bytes, it is one error."""
    sign(folder, review(), redacted(), BY, NOW)
    (folder / name).write_bytes(data)
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, LATER)


@pytest.mark.parametrize("name", ["signed.json", "signoff.yml"])
def test_lost_or_linked_file_is_not_signed(
    folder: Path, review: Reviewed, redacted: Redacted, tmp_path: Path, name: str
) -> None:
    """A text without its history, a history without its text, or either from elsewhere."""
    sign(folder, review(), redacted(), BY, NOW)
    path = folder / name
    elsewhere = tmp_path / name
    path.rename(elsewhere)
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, LATER)
    path.symlink_to(elsewhere)
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, LATER)


def test_older_signed_text_put_back_is_refused(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """What was corrected does not return from a backup."""
    sign(folder, review(), redacted(), BY, NOW)
    old = (folder / "signed.json").read_bytes()
    sign(folder, review(), redacted("A person was released."), BY, NOW)
    (folder / "signed.json").write_bytes(old)
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, LATER)


def test_unreadable_history_is_not_overwritten(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """Signing is refused until it is restored."""
    sign(folder, review(), redacted(), BY, NOW)
    (folder / "signoff.yml").write_text("format: [", encoding="utf-8")
    with pytest.raises(SigningRefusedError, match=r"signoff\.yml cannot be read"):
        sign(folder, review(), redacted(), BY, NOW)
    assert (folder / "signoff.yml").read_text(encoding="utf-8") == "format: ["


def test_tampered_text_can_be_signed_anew(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """Checking and signing again mends it."""
    sign(folder, review(), redacted(), BY, NOW)
    tampered(folder, _reword)
    sign(folder, review(), redacted(), BY, NOW)
    assert texts(load_signed_text(folder, LATER)) == texts(redacted())


@given(
    data=JSON, place=st.sampled_from(["text", "updates", "sha256", "format", "sections", "lessons", "lesson", "note"])
)
def test_whatever_stands_in_the_file_only_tampering_is_raised(
    tmp_path_factory: pytest.TempPathFactory, data: Any, place: str
) -> None:
    """No other exception comes out of a file that somebody changed."""
    folder = tmp_path_factory.mktemp("case")
    text = {"public_id": "2025-001", "sections": [], "lessons": []}
    stored: dict[str, Any] = {"format": 1, "sha256": "x", "text": text, "updates": [{"lesson": 1, "note": None}]}
    around = stored["text"] if place in text else stored["updates"][0] if place in ("lesson", "note") else stored
    around[place] = data
    (folder / "signed.json").write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, LATER)
    assert signature_files.load_unverified_text(folder) is None


# --- days


def test_a_day_before_the_newest_signature_is_refused(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """The machine's date is wrong then, or was; the text and its updates alike, and nothing is written."""
    sign(folder, review(), redacted(), BY, NOW)
    before = (folder / "signoff.yml").read_bytes()
    yesterday = NOW - dt.timedelta(1)
    with pytest.raises(
        SigningRefusedError, match=r"dated 2025-01-20, and today would be 2025-01-19: is this machine's"
    ):
        sign(folder, review(), redacted("He was seen once."), BY, yesterday)
    with pytest.raises(SigningRefusedError, match="is this machine's date right"):
        sign_update(folder, review(), 1, Update(date=dt.date(2026, 1, 1), status="rejected"), BY, yesterday)
    assert (folder / "signoff.yml").read_bytes() == before
    sign(folder, review(), redacted("He was seen once."), BY, NOW - dt.timedelta(hours=3))


def test_a_signature_dated_before_an_older_one_is_not_believed(
    folder: Path, review: Reviewed, redacted: Redacted
) -> None:
    """In builds too: the clock stood wrong for one of them."""
    sign(folder, review(), redacted(), BY, NOW)
    sign(folder, review(), redacted("He was seen once."), BY, NOW)
    history = list(load_signatures(folder))
    history[0] = dataclasses.replace(history[0], at=NOW + dt.timedelta(400))
    signature_files.write_history(folder, history)
    with pytest.raises(TamperedSignatureError, match="is this machine's date right"):
        load_signed_text(folder, LATER)


# --- killed between


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("before", [False, True])
def test_killed_at_any_step_leaves_a_text_that_somebody_signed(
    folder: Path,
    review: Reviewed,
    redacted: Redacted,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    before: bool,
) -> None:
    """The old text until the new one is stored, then the new one; and signing again always works."""
    old, new = ("He was seen once.",), ("A person was released.", "He was seen once.")
    if before:
        sign(folder, review(), redacted(*old), BY, NOW)
    written = []

    def write(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == step:
            raise KeyboardInterrupt
        real_write(path, data)

    real_write = atomic_writes.write
    monkeypatch.setattr(atomic_writes, "write", write)
    with pytest.raises(KeyboardInterrupt):
        sign(folder, review(), redacted(*new), BY, NOW)
    monkeypatch.undo()
    text = load_signed_text(folder, LATER)
    if step == 3:
        assert texts(text) == list(new)
    elif before:
        assert texts(text) == list(old)
    else:
        assert text is None
    sign(folder, review(), redacted(*new), BY, NOW)
    assert texts(load_signed_text(folder, LATER)) == list(new)
    assert load_signatures(folder)[-1].complete


# --- two at once


def test_two_updates_signed_at_once_are_both_kept(
    folder: Path, review: Reviewed, redacted: Redacted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits until the first is stored; nothing is left of the lock."""
    sign(folder, review(), redacted(), BY, NOW)
    store, seconds = signing.store, []

    def interrupted(*args: Any) -> None:
        monkeypatch.setattr(signing, "store", store)
        second = Update(date=dt.date(2026, 1, 2), status="rejected")
        seconds.append(threading.Thread(target=sign_update, args=(folder, review(), 1, second, "Sal Second", NOW)))
        seconds[0].start()
        seconds[0].join(0.5)
        store(*args)

    monkeypatch.setattr(signing, "store", interrupted)
    sign_update(folder, review(), 1, Update(date=dt.date(2026, 1, 1), status="in-progress"), BY, NOW)
    seconds[0].join()
    text = load_signed_text(folder, LATER)
    assert text is not None
    assert [update.date.year for update in text.lessons[0].updates] == [2025, 2025, 2026, 2026]
    assert [signature.by for signature in load_signatures(folder)] == [BY, BY, "Sal Second"]
    assert [path.name for path in (folder.parent / ".candour").iterdir()] == ["audit.log"]


def test_who_waits_long_is_told_to_try_again(
    folder: Path, review: Reviewed, redacted: Redacted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is signed then; nor where no lock can be made."""
    monkeypatch.setattr(case_lock, "_PATIENCE", 0.1)
    with (
        hold_case_lock(folder),
        pytest.raises(PublishingError, match="somebody else is changing or signing it just now"),
    ):
        sign(folder, review(), redacted(), BY, NOW)
    (folder.parent / ".candour").rmdir()
    (folder.parent / ".candour").touch()
    with pytest.raises(PublishingError, match="check that you may write to .candour"):
        sign(folder, review(), redacted(), BY, NOW)
    assert list(folder.iterdir()) == []


def test_what_was_signed_since_the_case_was_read_is_not_overwritten(
    folder: Path, review: Reviewed, redacted: Redacted
) -> None:
    """An update of somebody else's would be lost with it."""
    sign(folder, review(), redacted(), BY, NOW)
    known = len(load_signatures(folder))
    sign_update(folder, review(), 1, Update(date=dt.date(2026, 1, 1), status="in-progress"), "Sal Second", NOW)
    with pytest.raises(SigningRefusedError, match="somebody else signed it meanwhile"):
        sign(folder, review(), redacted(), BY, NOW, known=known)
    sign(folder, review(), redacted(), BY, NOW, known=known + 1)


WRITER = """
import sys
from pathlib import Path
from publishing.files import atomic_writes
n = 0
while True:
    n += 1
    atomic_writes.write(Path(sys.argv[1]), (str(n % 10) * 200_000).encode())
    print(n, flush=True)
"""


def test_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    """With kill -9 at any moment; what it left behind goes with a writing an hour later."""
    path = tmp_path / "signed.json"
    for wait in (0.0, 0.003, 0.011):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            process.kill()
        data = path.read_bytes()
        assert len(data) == 200_000
        assert len(set(data)) == 1
    for left in tmp_path.glob(".*.part"):
        os.utime(left, (time.time() - 7200,) * 2)
    atomic_writes.write(path, b"done")
    assert [entry.name for entry in tmp_path.iterdir()] == ["signed.json"]


def test_two_writers_of_a_file_do_not_disturb_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another that ends first takes nothing of this one's away."""
    path, replace = tmp_path / "file", os.replace

    def interrupted(source: str, target: Path) -> None:
        monkeypatch.setattr(os, "replace", replace)
        atomic_writes.write(path, b"the other's")
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    atomic_writes.write(path, b"mine")
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_failed_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, or a file that another program holds open."""
    path = tmp_path / "file"
    atomic_writes.write(path, b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        atomic_writes.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_folder_that_cannot_be_written_is_told(review: Reviewed, redacted: Redacted, tmp_path: Path) -> None:
    """In words, without the folder's path."""
    with pytest.raises(PublishingError, match="cannot be written") as caught:
        sign(tmp_path / "nowhere", review(), redacted(), BY, NOW)
    assert str(tmp_path) not in str(caught.value)


# --- refusals


REFUSALS = [
    ("approver", {"approved_by": "sam  SIGNER "}, "the signer is the approver"),
    ("approver, other order", {"approved_by": "SIGNER, Sam"}, "the signer is the approver"),
    ("approver, look-alikes", {"approved_by": "Ѕаm Signer (Head of Casework)"}, "the signer is the approver"),
    ("draft", {"status": "draft"}, "it is not approved"),
    ("withdrawn", {"status": "withdrawn"}, "it is withdrawn"),
    ("acquitted", {"outcome": "acquitted"}, "outcome is not one that is published"),
    ("pending", {"proceedings": "pending"}, "proceedings are still pending"),
    ("victims not told", {"victims_informed": None}, "victims and families were told"),
    ("not weighed", {"considered_by": None}, "nobody has weighed"),
    ("no day of weighing", {"considered_on": None}, "nobody has weighed"),
    ("no restrictions said", {"restrictions": ()}, "which reporting restrictions"),
    ("other review", {"public_id": "2025-002"}, "is another review's"),
]


@pytest.mark.parametrize(("changes", "reason"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_signing_is_refused(
    folder: Path, review: Reviewed, redacted: Redacted, changes: dict[str, Any], reason: str
) -> None:
    """And nothing is written."""
    with pytest.raises(SigningRefusedError, match=reason):
        sign(folder, review(**changes), redacted(), BY, NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("by", ["", "  ", "\n"])
def test_nobody_cannot_sign(folder: Path, review: Reviewed, redacted: Redacted, by: str) -> None:
    """A signature has a name."""
    with pytest.raises(SigningRefusedError, match="nobody is named"):
        sign(folder, review(), redacted(), by, NOW)


def test_every_reason_is_told_at_once(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """Nobody mends one to learn of the next."""
    with pytest.raises(SigningRefusedError) as caught:
        sign(folder, review(status="draft", outcome="died", proceedings="pending"), redacted("Swinton."), "", NOW)
    assert len(caught.value.reasons) == 5


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        (
            "Summary, block 2",
            {"sections": (Section(key="summary", blocks=(Block(text="A."), Block(text="To SWINTON"))),)},
        ),
        ("content_notes", {"content_notes": ("death of darren whitlock",)}),
        ("lesson 1, owner", {"lessons": (Lesson(id=1, text="x", level="local", owner="D. Whitlock"),)}),
        (
            "lesson 1, update of 2025-06-01",
            {
                "lessons": (
                    Lesson(
                        id=1,
                        text="x",
                        level="local",
                        updates=(Update(date=dt.date(2025, 6, 1), status="rejected", note="Mr Whitlock."),),
                    ),
                )
            },
        ),
    ],
)
def test_declared_identity_in_any_public_string_refuses(
    folder: Path, review: Reviewed, redacted: Redacted, where: str, changes: dict[str, Any]
) -> None:
    """Where it stands is told, not what it is."""
    with pytest.raises(SigningRefusedError) as caught:
        sign(folder, review(), redacted(**changes), BY, NOW)
    assert caught.value.reasons == (f"a declared identity is left in the public text: {where}",)


def test_ordinary_word_that_is_also_a_name_does_not_refuse(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """A victim called Will does not forbid the word."""
    assert sign(folder, review(), redacted("It will be done, and he will be seen."), BY, NOW)


# --- warnings


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"declared": None}, "the case has no register"),
        (
            {"declared": Register.parse("places: [Leeds, greater manchester]")},
            "place no. 2 of the register is also the",
        ),
        (
            {"declared": Register.parse("people: [{role: victim, names: [Kelly Moor], published_as: Anna}]")},
            "person no. 1 of the register is published under another name",
        ),
        ({"provider": "probation-service"}, "provider: probation-service was not in use in the year of the offence"),
    ],
)
def test_signer_is_warned(
    folder: Path, review: Reviewed, redacted: Redacted, changes: dict[str, Any], warning: str
) -> None:
    """Of what may be right and should be known."""
    signature = sign(folder, review(**changes), redacted(), BY, NOW, confirmed=checklist.checklist_questions())
    assert len(signature.warnings) == 1
    assert warning in signature.warnings[0]


def test_unconfirmed_questions_are_told(folder: Path, review: Reviewed, redacted: Redacted) -> None:
    """Each question that nobody answered is named; an unknown answer is not recorded."""
    asked = list(checklist.checklist_questions())
    signature = sign(folder, review(), redacted(), BY, NOW, confirmed=[*asked[1:], "other"])
    assert signature.warnings == (f"these questions of the checklist were not confirmed: {asked[0]}",)
    assert load_signatures(folder)[-1].checklist == tuple(asked[1:])


# --- left out


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "withdrawn"}, "withdrawn"),
        ({"status": "draft"}, "a draft"),
        ({"outcome": "not-proceeded"}, "its outcome (not proceeded with)"),
        ({"proceedings": "pending"}, "proceedings are still pending"),
        ({"victims_informed": None}, "victims and families were told"),
        ({"victims_informed": dt.date(2025, 2, 4)}, "victims and families are to be told on 2025-02-04"),
        ({"considered_on": dt.date(2025, 2, 4)}, "is to be weighed on 2025-02-04"),
        ({"publish_on": dt.date(2025, 2, 4)}, "under embargo until 2025-02-04"),
    ],
)
def test_case_is_left_out_with_its_reason(
    review: Reviewed, redacted: Redacted, changes: dict[str, Any], reason: str
) -> None:
    """In plain words, signed or not."""
    assert reason in (explain_unpublishable(review(**changes), redacted(), dt.date(2025, 2, 3)) or "")


def test_unsigned_case_is_left_out(review: Reviewed) -> None:
    """With the command that signs it."""
    assert "candour sign-off cedar-lantern-07" in (explain_unpublishable(review(), None, LATER) or "")


def test_case_is_published_from_its_day_on(review: Reviewed, redacted: Redacted) -> None:
    """The day of the embargo's end is a day of publication."""
    assert explain_unpublishable(review(), redacted(), dt.date(2025, 2, 2)) is not None
    assert explain_unpublishable(review(), redacted(), dt.date(2025, 2, 3)) is None
    assert (
        explain_unpublishable(review(victims_informed="not-applicable: none"), redacted(), dt.date(2025, 2, 3)) is None
    )


def test_a_day_brought_forward_after_signing_does_not_bring_the_page_forward(
    review: Reviewed, redacted: Redacted
) -> None:
    """What was signed for a day waits for that day, and a later day in the files holds it longer."""
    early, signed_for = review(publish_on=dt.date(2025, 1, 20)), redacted()
    assert explain_unpublishable(early, signed_for, dt.date(2025, 2, 2)) == "under embargo until 2025-02-03"
    assert explain_unpublishable(early, signed_for, dt.date(2025, 2, 3)) is None
    later = review(publish_on=dt.date(2025, 3, 1))
    assert explain_unpublishable(later, signed_for, dt.date(2025, 2, 3)) == "under embargo until 2025-03-01"
