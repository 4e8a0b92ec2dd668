"""Verdicts that the gate keeps: whatever changes, it finds what a search of everything finds."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.errors import LeakError
from publishing.files.reuse import Cause, Reuse
from publishing.release import gate
from publishing.release.gate import DeclaredIdentities
from redaction import Register
from tests.support.redacted_reviews import make_review

REGISTERS = tuple(
    Register.parse(f"format: 1\n{text}").identities()
    for text in (
        "people: [{role: victim, names: [Keisha Doyle]}]\n",
        "people: [{role: victim, names: [Keisha Doyle], published_as: Doyle}]\n",
        "people: [{role: other, names: [Tomasz Welkowski]}]\ncodes: [A4821CK]\n",
        "people: [{role: other, names: [Tomasz Welkowski]}]\n"
        "namesakes: [{words: Welkowski Prize, reason: a prize of that name}]\n",
        "codes: ['5127']\nplaces: [27 Tennyson Road]\n",
        "",
    )
)
CONTENTS = (
    "<p>Nothing.</p>",
    "It was Doyle who said so.",
    "it was doyle",
    "Keisha Doyle",
    "He won the Welkowski Prize, number 5127.",
    '[{"id": "2025-001", "text": "it was doyle"}, {"id": "2025-002", "text": "number 5127"}]',
    "id,text\n2025-001,it was doyle\n2025-002,number 5127\n",
    "27 Tennyson Road and A4821CK",
)
NAMES = (
    "index.html",
    "data/all.json",
    "data/all.csv",
    "reviews/2025-001/index.html",
    "reviews/2025-002/index.html",
    "doyle/a.md",
)
CASES = ("amber-kettle-21", "walnut")
REFERENCES = ("2025-001", "2025-002")

folders = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(CONTENTS))
guards = st.builds(
    DeclaredIdentities,
    st.dictionaries(st.sampled_from(CASES), st.sampled_from(REGISTERS)),
    st.dictionaries(st.sampled_from(REFERENCES), st.sets(st.sampled_from(CASES), min_size=1)),
)


def findings(folder: Path, guard: DeclaredIdentities, reviews: Path | None = None) -> tuple[str, ...]:
    """What the gate refuses a folder for, with the verdicts that it keeps in a reviews folder or without any."""
    try:
        gate.check_folder(folder, guard, guard.verdicts(reviews) if reviews else None)
    except LeakError as error:
        return error.findings
    return ()


def write(folder: Path, files: Mapping[str, str]) -> None:
    """A folder of these files and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


@settings(max_examples=40, deadline=None)
@given(
    folders, guards, st.lists(st.tuples(st.sampled_from(["files", "identities", "pages"]), folders, guards), min_size=1)
)
@pytest.mark.slow
def test_kept_verdicts_never_hide_what_a_search_of_everything_finds(
    files: dict[str, str], guard: DeclaredIdentities, changes: list[tuple[str, dict[str, str], DeclaredIdentities]]
) -> None:
    """Files, registers, chosen names, namesakes and whose page it is change one after another: the same lines each time."""
    with tempfile.TemporaryDirectory() as place:
        reviews, folder = Path(place, "reviews"), Path(place, "site")
        reviews.mkdir()
        for changed, new_files, new in [("files", files, guard), *changes]:
            files = new_files if changed == "files" else files
            guard = DeclaredIdentities(
                new.identities if changed == "identities" else guard.identities,
                new.pages if changed == "pages" else guard.pages,
            )
            write(folder, files)
            assert findings(folder, guard, reviews) == findings(folder, guard)


texts = st.dictionaries(st.sampled_from(CASES), st.sampled_from(CONTENTS))


def found_in_texts(said: Mapping[str, str], guard: DeclaredIdentities, reviews: Path | None = None) -> tuple[str, ...]:
    """What the gate refuses signed texts for, with the verdicts that it keeps in a reviews folder or without any."""
    verdicts = guard.verdicts(reviews) if reviews else None
    signed = {case: make_review(content_notes=(text,)) for case, text in said.items()}
    try:
        gate.check_signed_texts(signed, guard, verdicts)
    except LeakError as error:
        return error.findings
    if verdicts:
        verdicts.store()
    return ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(texts, guards), min_size=2, max_size=4))
@pytest.mark.slow
def test_kept_verdicts_never_hide_what_is_left_in_a_signed_text(
    states: list[tuple[dict[str, str], DeclaredIdentities]],
) -> None:
    """Texts, registers, chosen names and whose page it is change: the same lines each time."""
    with tempfile.TemporaryDirectory() as place:
        for said, guard in states:
            assert found_in_texts(said, guard, Path(place)) == found_in_texts(said, guard)


def test_a_signed_text_that_passed_is_not_searched_again(tmp_path: Path) -> None:
    """The same words of the same case; another's own words count there, and are searched for."""
    said = {"walnut": "It was doyle who said so."}
    guard = DeclaredIdentities({"amber-kettle-21": REGISTERS[0], "walnut": REGISTERS[5]})
    assert found_in_texts(said, guard, tmp_path) == ()
    searched: list[object] = []
    verdicts = guard.verdicts(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DeclaredIdentities, "search", lambda self, only=None: searched.append(only))
        gate.check_signed_texts({"walnut": make_review(content_notes=tuple(said.values()))}, guard, verdicts)
    assert not searched
    changed = DeclaredIdentities({**guard.identities, "walnut": REGISTERS[0]})
    assert found_in_texts(said, changed, tmp_path) == found_in_texts(said, changed) != ()


GUARD = DeclaredIdentities({"amber-kettle-21": REGISTERS[0], "walnut": REGISTERS[5]}, {"2025-001": ["walnut"]})


NOBODYS = " False"
"""How the content of a file is searched that is nobody's own, and no table."""


@pytest.fixture
def searched(tmp_path: Path) -> Path:
    """A folder of reviews beside a site that was searched for all of GUARD."""
    write(tmp_path / "site", {"index.html": "Nothing."})
    (tmp_path / "reviews").mkdir()
    assert findings(tmp_path / "site", GUARD, tmp_path / "reviews") == ()
    return tmp_path / "reviews"


def test_what_passed_is_not_searched_again(searched: Path) -> None:
    """The same bytes are passed wherever they are nobody's own, and nothing else."""
    verdicts = GUARD.verdicts(searched)
    assert verdicts.unsearched(NOBODYS, b"Nothing.") == frozenset()
    assert verdicts.unsearched(NOBODYS, b"Nothing!") is None
    assert verdicts.unsearched("2025-001 False", b"Nothing.") is None
    assert verdicts.unsearched(" True", b"Nothing.") is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reviews/2025-001/index.html", "It was doyle who said so."),
        ("all.csv", "id,text\n2025-001,it was doyle\n"),
        ("keisha-doyle.html", "Nothing."),
    ],
    ids=["a page of its own", "a table", "a name that tells"],
)
def test_what_passed_elsewhere_is_searched_where_it_counts_otherwise(tmp_path: Path, name: str, data: str) -> None:
    """The same bytes under a name that says whose they are, or that they are a table; and every new name."""
    guard = DeclaredIdentities({"amber-kettle-21": REGISTERS[0]}, {"2025-001": ["amber-kettle-21"]})
    write(tmp_path / "site", {"other.txt": data})
    assert findings(tmp_path / "site", guard, tmp_path) == ()
    write(tmp_path / "site", {name: data})
    assert findings(tmp_path / "site", guard, tmp_path) == findings(tmp_path / "site", guard) != ()


def test_an_empty_folder_that_passed_is_not_searched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is its name; a file of the same name and no bytes is another thing."""
    (tmp_path / "site" / "images").mkdir(parents=True)
    assert findings(tmp_path / "site", GUARD, tmp_path) == ()
    searched: list[object] = []
    search = DeclaredIdentities.search
    monkeypatch.setattr(
        DeclaredIdentities, "search", lambda self, only=None: searched.append(only) or search(self, only)
    )
    assert findings(tmp_path / "site", GUARD, tmp_path) == ()
    assert not searched
    (tmp_path / "site" / "Keisha Doyle").mkdir()
    assert findings(tmp_path / "site", GUARD, tmp_path) == findings(tmp_path / "site", GUARD) != ()


def test_it_is_told_of_each_file_whether_its_content_was_searched(tmp_path: Path) -> None:
    """One that has another name, or the bytes of another, was not; two of the same bytes are two."""

    def search(files: Mapping[str, str]) -> Reuse:
        write(tmp_path / "site", files)
        verdicts = GUARD.verdicts(tmp_path)
        gate.check_folder(tmp_path / "site", GUARD, verdicts)
        return verdicts.reuse_of_files()

    assert search({"a.html": "A.", "b.html": "A.", "c.html": "C."}) == Reuse(
        0, dict.fromkeys(("a.html", "b.html", "c.html"), (Cause.NEW,))
    )
    assert search({"a.html": "Other.", "b.html": "C.", "d.html": "A.", "e.html": "New."}) == Reuse(
        2, {"a.html": (Cause.FILES,), "e.html": (Cause.UNSEEN,)}
    )


def test_a_new_identity_is_searched_for_alone(searched: Path) -> None:
    """Only the case that declares something new is looked for in what passed."""
    more = DeclaredIdentities({**GUARD.identities, "walnut": REGISTERS[2]}, GUARD.pages)
    assert more.verdicts(searched).unsearched(NOBODYS, b"Nothing.") == {"walnut"}


def test_a_page_that_is_nobodys_own_any_more_is_searched_anew(searched: Path) -> None:
    """As a page of its own its records were not searched one by one."""
    fewer = DeclaredIdentities(GUARD.identities, {})
    assert fewer.verdicts(searched).unsearched(NOBODYS, b"Nothing.") is None


def test_a_page_that_becomes_a_cases_own_is_searched_for_it(searched: Path) -> None:
    """Single words count there that count nowhere else."""
    more = DeclaredIdentities(GUARD.identities, {**GUARD.pages, "2025-002": ["amber-kettle-21"]})
    assert more.verdicts(searched).unsearched(NOBODYS, b"Nothing.") == {"amber-kettle-21"}


def test_a_name_that_a_family_chooses_no_more_is_searched_for_again(searched: Path) -> None:
    """While it was public, others of that name were not searched for by it: everything is searched anew."""
    site = searched.parent / "site"
    (site / "index.html").write_text("It was Doyle who said so.", encoding="utf-8")
    chosen = DeclaredIdentities({**GUARD.identities, "walnut": REGISTERS[1]}, GUARD.pages)
    assert findings(site, chosen, searched) == ()
    assert findings(site, GUARD, searched) == findings(site, GUARD) != ()


def test_everything_is_searched_anew_where_references_are_written_otherwise(
    searched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They tell which records of a file are whose."""
    monkeypatch.setattr(gate, "PUBLIC_ID", r"\d{4}-\d{4}")
    assert GUARD.verdicts(searched).unsearched(NOBODYS, b"Nothing.") is None


def test_verdicts_name_nobody_and_are_private(searched: Path) -> None:
    """Hashes alone, in a folder that nobody else reads."""
    (path,) = (searched / ".candour" / "gate").iterdir()
    kept = path.read_text(encoding="utf-8").casefold()
    assert not any(word in kept for word in ("keisha", "doyle", "amber", "walnut", "index"))
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": "verdicts", "value": {"rule": 7}}'])
def test_damaged_verdicts_only_cost_time(searched: Path, damage: str) -> None:
    """Everything is searched again, and the leak is found."""
    (path,) = (searched / ".candour" / "gate").iterdir()
    path.write_text(damage, encoding="utf-8")
    site = searched.parent / "site"
    (site / "index.html").write_text("Keisha Doyle", encoding="utf-8")
    assert findings(site, GUARD, searched) == ("index.html: an identity declared by case amber-kettle-21",)
    assert findings(site, GUARD, searched) == findings(site, GUARD)


def test_a_file_that_did_not_pass_is_searched_until_it_does(searched: Path) -> None:
    """A refused release is refused again, however often it is built."""
    site = searched.parent / "site"
    (site / "index.html").write_text("Keisha Doyle", encoding="utf-8")
    assert [findings(site, GUARD, searched) for _ in range(3)] == [findings(site, GUARD)] * 3
    # its name passed
    assert len(json.loads(next((searched / ".candour" / "gate").iterdir()).read_text())["value"]["passed"]) == 1
