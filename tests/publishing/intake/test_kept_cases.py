"""Cases that were read before: whatever changes, what comes of a folder is what reading it anew gives."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing import intake
from publishing.errors import UnreadableRegisterError
from publishing.intake import cases, kept_cases
from publishing.intake.kept_cases import KeptCases
from redaction import Register
from tests.support.cases import CASE, OTHER, write_case, write_other_case
from tests.support.paths import SAMPLES

DECISIONS = "format: 1\ndecisions:\n  - {action: add, text: circumstances, replacement: '[detail removed]', by: A Checker, on: 2025-01-20}\n"
REWRITE = (
    "format: 1\nrewrites:\n  - {passage: The assessment was not reviewed when circumstances changed. The court was not told., "
    "words: Nothing was reviewed., by: A Checker, on: 2025-01-20, reason: shorter}\n"
)
UPDATES = "format: 1\nupdates:\n  - {lesson: 1, date: 2025-03-01, status: in-progress}\n"


def put(name: str, text: str) -> Callable[[Path], object]:
    """A step that writes a file of the case."""
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def replace(old: str, new: str) -> Callable[[Path], object]:
    """A step that changes words of the review."""

    def step(folder: Path) -> None:
        path = folder / "review.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return step


def told(found: intake.Intake) -> tuple[object, ...]:
    """Everything that was read; faults as users see them, since no two errors are equal."""
    errors = [str(error) for error in (*found.unfilled, *found.faulty)]
    return found.reviews, errors, found.decided, found.registers


STEPS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "a word": replace("was not told", "was told late"),
    "the word again": replace("was told late", "was not told"),
    "a fault": replace("offence: murder", "offence: bigamy"),
    "the fault mended": replace("offence: bigamy", "offence: murder"),
    "the other's reference": replace('"2025-001"', '"2025-002"'),
    "its own reference": replace('"2025-002"', '"2025-001"'),
    "decisions": put("decisions.yml", DECISIONS),
    "a rewrite": put("decisions.yml", REWRITE),
    "decisions with a fault": put("decisions.yml", "format: 2\n"),
    "no decisions": lambda folder: (folder / "decisions.yml").unlink(missing_ok=True),
    "an update": put("updates.yml", UPDATES),
    "no update": lambda folder: (folder / "updates.yml").unlink(missing_ok=True),
    "a statement": put("statement.md", "She is missed.\n"),
    "no statement": lambda folder: (folder / "statement.md").unlink(missing_ok=True),
    "another register": put("register.yml", "format: 1\npeople:\n  - {role: victim, names: [Ffion Cadwaladr]}\n"),
    "no register": lambda folder: (folder / "register.yml").unlink(missing_ok=True),
}


@given(st.lists(st.sampled_from([*STEPS]), max_size=6))
@settings(max_examples=40)
def test_what_is_kept_is_what_reading_anew_gives(steps: list[str]) -> None:
    """After each of any changes, faults among them, to one of two cases."""
    with tempfile.TemporaryDirectory() as place:
        reviews = Path(place)
        folder = write_case(reviews)
        write_other_case(reviews)
        for step in ("nothing", *steps):
            STEPS[step](folder)
            assert told(intake.load_every_case(reviews, kept=KeptCases(reviews))) == told(
                intake.load_every_case(reviews)
            )


def test_every_sample_comes_back_as_it_was_read(tmp_path: Path) -> None:
    """Dates, periods and words that look like either keep their types."""
    for folder in SAMPLES.iterdir():
        if not folder.name.startswith(".") and folder.is_dir():
            (tmp_path / folder.name).symlink_to(folder)
    anew = {review.case: review for review in (intake.load_case(f) for f in SAMPLES.iterdir() if is_sound(f))}
    kept = KeptCases(tmp_path)
    for case, review in anew.items():
        key = kept.key(SAMPLES / case)
        kept.put(key, kept_cases.SoundCase(review=review, decided=intake.load_decisions(SAMPLES / case)))
        found = kept.find(key)
        assert found
        assert found.review.model_copy(update={"declared": review.declared}) == review
        assert found.decided == intake.load_decisions(SAMPLES / case)
    assert len(anew) > 25


def is_sound(folder: Path) -> bool:
    """Whether a folder of the samples is a case without a fault."""
    return (folder / "signed.json").is_file()


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """Two cases that were read and kept."""
    write_case(tmp_path)
    write_other_case(tmp_path)
    intake.load_every_case(tmp_path, kept=KeptCases(tmp_path))
    return tmp_path


def entries(reviews: Path) -> list[Path]:
    """What is kept."""
    return sorted((reviews / ".candour" / "cases").glob("*/*"))


def test_a_case_that_has_not_changed_is_not_parsed(reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its review.md is read for its hash and no further; a case with a changed word is parsed."""
    parsed: list[str] = []
    read = cases._read_case

    def read_and_note(folder: Path, register: Register | None) -> object:
        parsed.append(folder.name)
        return read(folder, register)

    monkeypatch.setattr(cases, "_read_case", read_and_note)
    intake.load_every_case(reviews, kept=KeptCases(reviews))
    assert parsed == []
    STEPS["a word"](reviews / CASE)
    intake.load_every_case(reviews, kept=KeptCases(reviews))
    assert parsed == [CASE]


def test_registers_are_never_taken_from_what_is_kept(reviews: Path) -> None:
    """No name that only a register has is kept; one that cannot be read stops everything, whatever is kept."""
    STEPS["another register"](reviews / CASE)
    found = intake.load_every_case(reviews, kept=KeptCases(reviews))
    assert "Ffion Cadwaladr" in str([identity.names for identity in found.registers[CASE].identities()])
    assert not any(b"Ffion" in path.read_bytes() for path in entries(reviews) if path.parent.name == CASE)
    (reviews / CASE / "register.yml").write_text("people: [\n", encoding="utf-8")
    with pytest.raises(UnreadableRegisterError):
        intake.load_every_case(reviews, kept=KeptCases(reviews))


def test_what_no_case_is_any_more_is_dropped(reviews: Path) -> None:
    """A word that was taken out of a review is not left here, nor a case that is gone."""
    assert len(entries(reviews)) == 2
    STEPS["a word"](reviews / CASE)
    intake.load_every_case(reviews, kept=KeptCases(reviews))
    assert b"was not told" not in b"".join(path.read_bytes() for path in entries(reviews) if path.parent.name == CASE)
    for path in (reviews / OTHER).iterdir():
        path.unlink()
    (reviews / OTHER).rmdir()
    intake.load_every_case(reviews, kept=KeptCases(reviews))
    assert len(entries(reviews)) == 1


def test_another_program_reads_everything_anew(reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version made of a case may be another thing."""
    before = entries(reviews)
    monkeypatch.setattr(kept_cases, "hash_program", lambda: "another")
    intake.load_every_case(reviews, kept=KeptCases(reviews))
    assert not set(before) & set(entries(reviews))


@pytest.mark.parametrize("damage", ["", "{", "{}", '{"key": "x", "value": {"case": "{}"}}'])
def test_what_cannot_be_read_is_read_anew(reviews: Path, damage: str) -> None:
    """Half a file, another's entry, and what is no case."""
    for path in entries(reviews):
        path.write_text(damage, encoding="utf-8")
    assert told(intake.load_every_case(reviews, kept=KeptCases(reviews))) == told(intake.load_every_case(reviews))


def test_only_the_owner_can_read_it(reviews: Path) -> None:
    """It holds words of reviews."""
    assert not (reviews / ".candour" / "cases").stat().st_mode & 0o077
