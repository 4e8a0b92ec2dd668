"""Which lessons are the same: signed beside the text, and nothing else of a review touched."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing import intake
from publishing.catalogue.lessons import all_lessons
from publishing.catalogue.repeated_lessons import find_repeated_lessons
from publishing.checking import decisions, load_signatures, load_signed_text
from publishing.checking.signed_text import text_sha256
from publishing.cli import app
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError
from publishing.release.comparison import is_changed, review_as_signed
from publishing.release.notices import find_notices
from publishing.release.same_lessons import sign_same_as
from publishing.release.signoff import sign_off
from publishing.settings import WITHDRAWALS
from publishing.site import public_record
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.cases import CASE, OTHER, write_case
from tests.support.paths import SAMPLES

pytestmark = pytest.mark.usefixtures("one_redactor")

PEOPLE = {"person": "Tomasz Wołkowski", "victim": "Ffion Cadwaladr", "code": "X412398"}


def say(folder: Path, line: str) -> None:
    """Write what lesson 1 is the same as into review.md."""
    text = (folder / "review.md").read_text(encoding="utf-8")
    text = "\n".join(one for one in text.split("\n") if "same_as" not in one)
    (folder / "review.md").write_text(
        text.replace("    level: national\n", f"    level: national\n{line}", 1), encoding="utf-8", newline="\n"
    )


def same(folder: Path) -> tuple[str, ...]:
    """What is signed of lesson 1."""
    text = load_signed_text(folder, dt.date.max)
    assert text is not None
    return text.lessons[0].same_as


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """A command in this process: its exit code, and what it said where."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("logging_as_it_was")
def test_one_command_signs_it_alone(house: Path, sign: Callable[..., None]) -> None:
    """The text, its hash and what else review.md says stay unsigned; the next build publishes it, and taking it back is signed too."""
    reviews, out = house / "reviews", house / "build"
    command = ("sign-off", CASE, "--same-as-only", "--by", "An Officer", "--reviews", reviews, "--out", out)
    folder, other = reviews / CASE, f"{intake.load_case(reviews / OTHER).public_id}/1"
    before = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    nothing = run(*command)
    assert (nothing[0], nothing[1], "is signed already" in nothing[2]) == (1, "", True)
    say(folder, f"    same_as: {other}\n")
    text = (folder / "review.md").read_text(encoding="utf-8")
    (folder / "review.md").write_text(f"{text}\nA sentence that nobody signed.\n", encoding="utf-8", newline="\n")
    assert run(*command) == (
        0,
        f"Signed: lesson 1 of 2025-001 is the same as {other}.\nThe next build publishes it: candour build\n",
        "",
    )
    after = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    assert (after["text"], after["sha256"]) == (before["text"], before["sha256"])
    build_small(reviews, out, AS_OF)
    standing, _ = public_record.load_public_record(out / "markdown")
    assert [len(group.lessons) for group in find_repeated_lessons(all_lessons(standing))] == [2]
    say(folder, "")
    assert run(*command)[1].startswith("Signed: lesson 1 of 2025-001 is the same as no other.\n")
    assert same(folder) == ()


REFUSED = {
    "a lesson that nobody published": ("same_as: 2031-009/4", (), "2031-009/4, which is no published lesson"),
    "a lesson of its own": ("same_as: 2025-001/2", (), "a lesson of this very review"),
    "what it is said not to be": ("same_as: 2025-002/1\n    not_same_as: 2025-002/1", (), "is in not_same_as too"),
    "the approver": ("same_as: 2025-002/1", ("--by", "Head of Casework"), "approver"),
    "nobody's name": ("same_as: 2025-002/1", ("--by", " "), ""),
}


@pytest.mark.usefixtures("logging_as_it_was")
@pytest.mark.parametrize("why", REFUSED)
def test_the_command_refuses_what_the_workbench_refuses(house: Path, why: str) -> None:
    """With 1 and the reason, and nothing is signed; with a note on a changed text it is wrong usage."""
    line, by, told = REFUSED[why]
    reviews = house / "reviews"
    say(reviews / CASE, f"    {line}\n")
    before = (reviews / CASE / "signed.json").read_bytes()
    command = ("sign-off", CASE, "--same-as-only", *(by or ("--by", "An Officer")), "--reviews", reviews)
    code, said, refusal = run(*command, "--out", house / "build")
    assert (code, said, told in refusal) == (1, "", True)
    assert run(*command, "--note", "A date was mended.")[0] == 2
    assert (reviews / CASE / "signed.json").read_bytes() == before


def test_it_is_signed_by_itself_and_the_text_stays(house: Path) -> None:
    """The text's hash and every earlier signature stay; nothing counts before it is signed, and taking it back is signed too."""
    folder = house / "reviews" / CASE
    before = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    say(folder, "    same_as: 2025-002/1\n    not_same_as: [2024-002/1]\n")
    assert same(folder) == ()
    sign_same_as(house / "reviews", CASE, "An Officer")
    after = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    assert (after["text"], after["sha256"]) == (before["text"], before["sha256"])
    assert [(entry["lesson"], entry["same_as"]) for entry in after["updates"]] == [(1, ["2025-002/1"])]
    assert same(folder) == ("2025-002/1",)
    newest = load_signatures(folder)[-1]
    assert (newest.by, newest.covers, newest.complete) == ("An Officer", "update", True)
    assert "2024-002" not in (folder / "signed.json").read_text(encoding="utf-8")
    with pytest.raises(SigningRefusedError, match="signed already"):
        sign_same_as(house / "reviews", CASE, "An Officer")
    say(folder, "")
    sign_same_as(house / "reviews", CASE, "An Officer")
    assert same(folder) == ()


def test_a_whole_signature_covers_it_and_it_makes_no_text_another(house: Path, sign: Callable[..., None]) -> None:
    """As an answer to a lesson does."""
    folder = house / "reviews" / CASE
    text = load_signed_text(folder, dt.date.max)
    assert text is not None
    say(folder, "    same_as: [2025-002/1, 2025-002/2]\n")
    sign(folder, at=dt.datetime.now(dt.UTC))
    now = load_signed_text(folder, dt.date.max)
    assert now is not None
    assert now.lessons[0].same_as == ("2025-002/1", "2025-002/2")
    assert text_sha256(now) == text_sha256(text)
    assert not is_changed(now, text)
    review = intake.load_case(folder)
    assert review_as_signed(folder, review).lessons == review.lessons


def test_nobody_adds_to_it_unsigned(house: Path) -> None:
    """A reference put into signed.json by hand stops whatever reads it."""
    folder = house / "reviews" / CASE
    say(folder, "    same_as: 2025-002/1\n")
    sign_same_as(house / "reviews", CASE, "An Officer")
    path = folder / "signed.json"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-002/1", "2025-002/2"), encoding="utf-8")
    with pytest.raises(TamperedSignatureError):
        load_signed_text(folder, dt.date.max)


@pytest.mark.parametrize("by", ["Head of Casework", " "])
def test_what_may_not_be_signed_is_refused(house: Path, by: str) -> None:
    """The approver, nobody."""
    folder = house / "reviews" / CASE
    say(folder, "    same_as: 2024-001/3\n")
    with pytest.raises(PublishingError):
        sign_same_as(house / "reviews", CASE, by)
    assert same(folder) == ()


def test_a_build_tells_what_is_unsigned_and_what_may_be_mistyped(house: Path) -> None:
    """To whoever builds, not to readers; a lesson of another case is no mistake."""
    folder = house / "reviews" / CASE
    other = intake.load_case(house / "reviews" / OTHER).public_id
    say(folder, f"    same_as: [{other}/1, 2031-009/4]\n")

    def told() -> list[str]:
        cases = [intake.load_case(house / "reviews" / name) for name in (CASE, OTHER)]
        signed = {
            case.case: text for case in cases if (text := load_signed_text(house / "reviews" / case.case, dt.date.max))
        }
        decided = {case.case: decisions.load(house / "reviews" / case.case) for case in cases}
        return list(find_notices(house / "reviews", cases, decided, signed, ()).lines())

    assert [line for line in told() if "same_as" in line] == [
        f"{CASE}: same_as says something else than what is signed: sign it in the workbench, under Lessons, or with candour sign-off "
        f"{CASE} --same-as-only",
        f"{CASE}: same_as names 2031-009/4, and no case here has that lesson: is it mistyped?",
    ]
    with pytest.raises(SigningRefusedError, match="same_as names 2031-009/4, which is no published lesson"):
        sign_same_as(house / "reviews", CASE, "An Officer")
    say(folder, f"    same_as: {other}/1\n")
    sign_same_as(house / "reviews", CASE, "An Officer")
    assert [line for line in told() if "same_as" in line] == []


def test_a_build_tells_that_a_withdrawn_lesson_joins_no_others(house: Path, sign: Callable[..., None]) -> None:
    """Two cases called it the same as theirs, and stand apart until one names the other; one case alone has nothing to do."""
    reviews, out = house / "reviews", house / "build"
    sign(write_case(reviews, "cedar-lantern-07", public_id="2025-003", **PEOPLE))
    for case in (CASE, OTHER):
        say(reviews / case, "    same_as: 2025-003/1\n")
        sign_same_as(reviews, case, "An Officer")

    def groups() -> list[int]:
        standing, _ = public_record.load_public_record(out / "markdown")
        return [len(group.lessons) for group in find_repeated_lessons(all_lessons(standing))]

    def told() -> list[str]:
        return [line for line in build_small(reviews, out, AS_OF).notices.lines() if "same_as" in line]

    assert (told(), groups()) == ([], [3])
    withdraw_small("2025-003", "legal", reviews, out, AS_OF)
    assert groups() == []
    said = "{}: same_as names 2025-003/1, which is withdrawn or not signed, so nothing joins it to {} any more. If they are the same, write {} in its place"
    other = f"{intake.load_case(reviews / OTHER).public_id}/1"
    for line, case, parted in zip(told(), (CASE, OTHER), (other, "2025-001/1"), strict=True):
        assert line.startswith(said.format(case, parted, parted))
    assert groups() == []
    # what the message says, done
    say(reviews / OTHER, "    same_as: 2025-001/1\n")
    assert run("sign-off", OTHER, "--same-as-only", "--by", "An Officer", "--reviews", reviews, "--out", out)[0] == 0
    assert (told(), groups()) == ([], [2])


def test_where_three_stand_apart_all_are_told_and_one_command_joins_them(
    house: Path, sign: Callable[..., None]
) -> None:
    """What the message says to write joins every one of them, in whichever case it is written."""
    reviews, out = house / "reviews", house / "build"
    sign(write_case(reviews, "cedar-lantern-07", public_id="2025-003", **PEOPLE))
    sign(
        write_case(
            reviews, "amber-harbour-11", public_id="2025-004", person="Anthea Brookfield", victim="Cerys Pritchard"
        )
    )
    cases = (CASE, OTHER, "amber-harbour-11")
    for case in cases:
        say(reviews / case, "    same_as: 2025-003/1\n")
        sign_same_as(reviews, case, "An Officer")
    build_small(reviews, out, AS_OF)
    withdraw_small("2025-003", "legal", reviews, out, AS_OF)
    told = [line for line in build_small(reviews, out, AS_OF).notices.lines() if line.startswith(f"{CASE}: same_as")]
    write = re.search(r"write (.*?) in its place", told[0])
    assert write
    say(reviews / CASE, f"    same_as: [{write[1]}]\n")
    sign_same_as(reviews, CASE, "An Officer", out=out)
    assert [line for line in build_small(reviews, out, AS_OF).notices.lines() if "same_as" in line] == []
    standing, _ = public_record.load_public_record(out / "markdown")
    assert [len(group.lessons) for group in find_repeated_lessons(all_lessons(standing))] == [3]


def test_nothing_is_signed_of_a_review_of_which_the_site_says_that_it_is_withdrawn(house: Path) -> None:
    """Though the reviews folder has no record of it, as after a restore of an older copy."""
    reviews, out = house / "reviews", house / "build"
    build_small(reviews, out, AS_OF)
    withdraw_small("2025-001", "legal", reviews, out, AS_OF)
    (reviews / WITHDRAWALS).unlink()
    say(reviews / CASE, f"    same_as: {intake.load_case(reviews / OTHER).public_id}/1\n")
    with pytest.raises(SigningRefusedError, match="2025-001 is withdrawn"):
        sign_same_as(reviews, CASE, "An Officer", out=out)


def test_what_is_not_the_same_is_not_made_so_by_way_of_another(house: Path, sign: Callable[..., None]) -> None:
    """It is refused, alone and with a whole signature; where it came about since, the lesson stands alone and whoever builds is told."""
    reviews, out = house / "reviews", house / "build"
    third = write_case(reviews, "cedar-lantern-07", public_id="2025-003", **PEOPLE)
    sign(third)
    say(reviews / OTHER, "    same_as: 2025-003/1\n")
    sign_same_as(reviews, OTHER, "An Officer")
    other = f"{intake.load_case(reviews / OTHER).public_id}/1"
    say(reviews / CASE, f"    same_as: {other}\n    not_same_as: 2025-003/1\n")
    said = r"2025-001/1 is said not to be the same as 2025-003/1, and is the same by way of other lessons"
    with pytest.raises(SigningRefusedError, match=said):
        sign_same_as(reviews, CASE, "An Officer")
    with pytest.raises(SigningRefusedError, match=said):
        sign_off(reviews, CASE, "An Officer")
    assert same(reviews / CASE) == ()
    say(reviews / CASE, f"    same_as: {other}\n")
    sign_same_as(reviews, CASE, "An Officer")
    say(reviews / CASE, f"    same_as: {other}\n    not_same_as: 2025-003/1\n")
    result = build_small(reviews, out, AS_OF)
    assert [line for line in result.notices.lines() if re.search(said, line)]
    standing, _ = public_record.load_public_record(out / "markdown")
    groups = find_repeated_lessons(all_lessons(standing))
    assert [[taught.reference for taught in group.lessons] for group in groups] == [sorted([other, "2025-003/1"])]


def test_what_is_not_published_is_not_named(house: Path, sign: Callable[..., None]) -> None:
    """signed.json may be given out: a review under embargo, or one that nobody has signed, is in none; once it is published, it may be."""
    reviews = house / "reviews"
    third = write_case(reviews, "cedar-lantern-07", public_id="2025-003", **PEOPLE)
    say(reviews / CASE, "    same_as: 2025-003/1\n")
    for signed in (False, True):
        if signed:
            later = re.sub(
                r"publish_on: .*", "publish_on: 2099-01-01", (third / "review.md").read_text(encoding="utf-8")
            )
            (third / "review.md").write_text(later, encoding="utf-8", newline="\n")
            sign(third)
        for refuse in (sign_same_as, sign_off):
            with pytest.raises(SigningRefusedError, match="same_as names 2025-003/1, which is no published lesson"):
                refuse(reviews, CASE, "An Officer")
    assert "2025-003" not in (reviews / CASE / "signed.json").read_text(encoding="utf-8")


def test_with_keys_it_needs_a_key(keyed_house: Path) -> None:
    """And the passphrase of whoever signs."""
    folder = keyed_house / "reviews" / OTHER
    say(folder, "    same_as: 2024-001/3\n")
    with pytest.raises(PublishingError):
        sign_same_as(keyed_house / "reviews", OTHER, "Sam Signer")
    assert same(folder) == ()


@pytest.mark.parametrize("case", sorted(path.parent.name for path in SAMPLES.glob("*/signed.json")))
def test_no_sample_is_out_of_date_by_it(case: str) -> None:
    """What is signed of each sample is what its hash was made of."""
    stored = json.loads((SAMPLES / case / "signed.json").read_text(encoding="utf-8"))
    text = load_signed_text(SAMPLES / case, dt.date.max)
    assert text is not None
    assert text_sha256(text) == stored["sha256"]
    said = {lesson.id: lesson.same_as for lesson in intake.load_case(SAMPLES / case).lessons}
    assert {lesson.id: lesson.same_as for lesson in text.lessons} == said
