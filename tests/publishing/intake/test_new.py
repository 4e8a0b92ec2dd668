from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from publishing import intake, settings
from publishing.errors import CaseError
from publishing.intake.new import create_case
from publishing.vocabulary import exact_terms, vocabulary


def test_new_case_asks_for_what_only_a_person_knows(tmp_path: Path) -> None:
    """Nothing is wrong with it but what is still empty, and its register is sound."""
    folder = create_case(tmp_path / "reviews", "cedar-lantern-07")
    with pytest.raises(CaseError) as caught:
        intake.load_case(folder)
    assert all("is empty" in fault for fault in caught.value.faults)
    assert intake.load_register(folder) is not None


def test_new_case_is_sound_once_it_is_filled_in(tmp_path: Path) -> None:
    """Filling the empty fields and the summary is enough, notes and all."""
    folder = create_case(tmp_path / "reviews", "cedar-lantern-07")
    values = {
        "publish_on": "2025-02-03",
        "outcome": "convicted",
        "offence": "murder",
        "offence_year": "2018",
        "region": "wales",
        "supervision": "licence",
        "risk_of_serious_harm": "high",
        "agencies": "[police]",
        "themes": "[recall]",
        "reasonable_steps": "taken",
        "  proceedings": "none",
        "  restrictions": "[none]",
    }
    lines = (folder / "review.md").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        field, colon, rest = line.partition(":")
        if colon and field in values:
            lines[number] = f"{field}: {values[field]} {rest.replace('[]', '').replace('[probation]', '').lstrip()}"
    (folder / "review.md").write_text("\n".join(lines) + "Words.\n", encoding="utf-8", newline="\n")
    review = intake.load_case(folder)
    assert review.status == "draft"
    assert review.facts.region == "wales"


def reference(folder: Path) -> str:
    """The public reference of a new case."""
    (found,) = re.findall(
        r'^public_id: "(\d{4}-\d{3})"', (folder / "review.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(found)


def test_references_tell_neither_how_many_cases_there_are_nor_their_order(tmp_path: Path) -> None:
    """They are drawn from the whole year's, so that none is missing between two that are published."""
    year = settings.today().year
    found = [reference(create_case(tmp_path / "reviews", f"case-{n}")) for n in range(30)]
    assert len(set(found)) == 30
    assert all(re.fullmatch(rf"{year}-\d{{3}}", one) for one in found)
    # that thirty of a thousand come in order, or all below a hundred, does not happen by chance
    assert found != sorted(found)
    assert max(found) > f"{year}-100"


def test_a_reference_that_is_taken_is_not_handed_out_again(tmp_path: Path) -> None:
    """By a case, faulty ones count too, or by a withdrawn review: its case may be gone, and the notice at its address is not."""
    reviews = tmp_path / "reviews"
    year = settings.today().year
    taken = [n for n in range(1, 1000) if n not in (7, 41, 800)]
    for n in taken[:3]:
        (reviews / f"case-{n}").mkdir(parents=True)
        (reviews / f"case-{n}" / "review.md").write_text(f"---\npublic_id: '{year}-{n:03}'\n", encoding="utf-8")
    gone = "".join(f'  - {{public_id: "{year}-{n:03}", "on": {year}-01-02, reason: legal}}\n' for n in taken[3:])
    (reviews / settings.WITHDRAWALS).write_text(f"format: 1\nwithdrawals:\n{gone}", encoding="utf-8")
    made = {reference(create_case(reviews, name)) for name in ("one", "two", "three")}
    assert made == {f"{year}-007", f"{year}-041", f"{year}-800"}
    with pytest.raises(CaseError, match="every public reference"):
        create_case(reviews, "four")


def test_without_the_record_of_withdrawals_no_reference_is_handed_out(tmp_path: Path) -> None:
    """It is there and cannot be read: any number might be one."""
    (tmp_path / settings.WITHDRAWALS).mkdir()
    with pytest.raises(CaseError, match="no reference is known to be free"):
        create_case(tmp_path, "one")
    assert not (tmp_path / "one").exists()


@pytest.mark.parametrize("step", ["mkdir", "write_text", "rename"])
def test_a_killed_process_leaves_no_half_of_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Wherever it is killed, a second try makes the whole case."""
    reviews = tmp_path / "reviews"
    create_case(reviews, "one")
    owner = os if step == "rename" else Path
    real, calls = getattr(owner, step), []

    def die(*args: Any, **named: Any) -> Any:
        calls.append(args)
        if len(calls) == 2 or step == "rename":
            raise KeyboardInterrupt
        return real(*args, **named)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(owner, step, die)
        create_case(reviews, "two")
    assert not (reviews / "two").exists()
    assert sorted(path.name for path in create_case(reviews, "two").iterdir()) == ["register.yml", "review.md"]


def test_existing_case_is_never_overwritten(tmp_path: Path) -> None:
    """Even an empty folder of that name is left alone."""
    reviews = tmp_path / "reviews"
    folder = create_case(reviews, "one")
    before = (folder / "review.md").read_bytes()
    with pytest.raises(CaseError, match="already"):
        create_case(reviews, "one")
    assert (folder / "review.md").read_bytes() == before


@pytest.mark.parametrize("name", ["../one", "a/b", "a\\b", "", ".hidden", "con", "a\nb"])
def test_name_that_is_no_case_name_is_refused(tmp_path: Path, name: str) -> None:
    """No path leads out of the reviews folder."""
    with pytest.raises(CaseError, match="a name holds"):
        create_case(tmp_path / "reviews", name)
    assert not (tmp_path / "reviews").exists()


def test_new_case_is_a_draft_and_no_fault(tmp_path: Path) -> None:
    """A build leaves it out with what is missing; one fault that is more than emptiness makes it faulty."""
    reviews = tmp_path / "reviews"
    folder = create_case(reviews, "cedar-lantern-07")
    found = intake.load_every_case(reviews)
    assert [error.case for error in found.unfilled] == ["cedar-lantern-07"]
    assert not found.faulty
    text = (folder / "review.md").read_text(encoding="utf-8")
    for wrong in (text.replace("status: draft ", "status: approved "), text.replace("region: ", "region: moon ")):
        (folder / "review.md").write_text(wrong, encoding="utf-8", newline="\n")
        found = intake.load_every_case(reviews)
        assert not found.unfilled
        assert [error.case for error in found.faulty] == ["cedar-lantern-07"]


def test_new_case_lists_only_what_may_be_written(tmp_path: Path) -> None:
    """Every value that its comments offer is taken where they offer it."""
    text = (create_case(tmp_path / "reviews", "cedar-lantern-07") / "review.md").read_text(encoding="utf-8")
    for name in ("offences", "regions", "providers", "supervision"):
        assert " | ".join(exact_terms(name)) in text
    coarse = {key for known in vocabulary().values() for key, term in known.items() if term.coarse}
    assert not coarse & {word.strip(" #") for line in text.splitlines() for word in line.split("|")}
