"""The gate: whose page it is, what is passed by hash, what fails closed."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from pagefind.service import get_executable

from publishing.errors import LeakError
from publishing.release import gate
from publishing.release.gate import DeclaredIdentities
from publishing.vocabulary import vocabulary
from redaction import Register

ONE = Register.parse(
    "format: 1\npeople: [{role: witness, names: [Keisha Moorhouse]}]\nplaces: [Greater Manchester, Salford, London]\n"
)
TWO = Register.parse("format: 1\npeople: [{role: other, names: [Tomasz Wołkowski]}]\ncodes: [A4821CK]\n")
GUARD = DeclaredIdentities(
    {"amber-kettle-21": ONE.identities(), "walnut": TWO.identities(), "2025-003": ()},
    {"2025-001": ["amber-kettle-21"], "2025-002": ["walnut"], "2025-003": ["2025-003"]},
)


def found(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    """What the gate says of a folder with these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [str(hit) for hit in gate.find_hits(folder, GUARD)]


def test_a_clean_folder_passes(tmp_path: Path) -> None:
    """Nothing found, nothing said."""
    assert found(tmp_path, {"site/index.html": "<p>Nothing in Greater Manchester or London.</p>"}) == []
    gate.check_folder(tmp_path, GUARD)


@pytest.mark.parametrize(
    ("review", "words", "stops"),
    [("2025-001", "it was doyle", True), ("2025-002", "it was doyle", False), ("2025-002", "Keisha Doyle said", True)],
)
def test_each_row_of_a_database_is_its_reviews_record(tmp_path: Path, review: str, words: str, stops: bool) -> None:
    """A surname alone stops in the rows of its own case, a full name in any."""
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as made:
        made.execute("CREATE TABLE lessons (id TEXT PRIMARY KEY, text TEXT)")
        made.executemany(
            "INSERT INTO lessons VALUES (?, ?)", [(f"{review}/lesson-1", words), ("2025-003/lesson-1", "Ask.")]
        )
        made.execute("VACUUM")
    one = Register.parse("format: 1\npeople: [{role: witness, names: [Keisha Doyle]}]\n").identities()
    guard = DeclaredIdentities({"amber-kettle-21": one}, {"2025-001": ["amber-kettle-21"]})
    assert [(hit.path, hit.case) for hit in gate.find_hits(tmp_path, guard)] == [("a.db", "amber-kettle-21")] * stops


def test_every_file_and_case_is_named_at_once(tmp_path: Path) -> None:
    """One line for each file and case, sorted, without a name."""
    files = {"a.html": "Keisha Moorhouse and A4821CK", "b.md": "K. Moorhouse"}
    found(tmp_path, files)
    with pytest.raises(LeakError) as caught:
        gate.check_folder(tmp_path, GUARD)
    assert caught.value.findings == (
        "a.html: an identity declared by case amber-kettle-21",
        "a.html: an identity declared by case walnut",
        "b.md: an identity declared by case amber-kettle-21",
    )


OWN = [
    "site/reviews/2025-001/index.html",
    "site/reviews/2025-001/learning/index.html",
    "markdown/reviews/2025-001.md",
    "markdown/data/reviews/2025-001.json",
]


@pytest.mark.parametrize("name", OWN)
def test_a_place_of_one_word_stops_on_the_cases_own_pages_and_records(tmp_path: Path, name: str) -> None:
    """In lower case too; on the page of another case it does not."""
    assert found(tmp_path / "own", {name: '["salford"]'})
    assert found(tmp_path / "other", {name.replace("2025-001", "2025-002"): '["salford"]'}) == []


@pytest.mark.parametrize(
    "url", ["/reviews/2025-001/", "/candour/reviews/2025-001/learning/", "/reviews/2025-001/#lesson-2"]
)
def test_a_search_record_belongs_to_the_review_of_its_address(tmp_path: Path, url: str) -> None:
    """Pagefind's file names say nothing; the record does."""
    record = {"url": url, "content": "then salford", "meta": {"title": "x"}}
    data = gzip.compress(b"pagefind_dcd" + json.dumps(record).encode())
    assert found(tmp_path / "own", {"pagefind/fragment/en_1.pf_fragment": data})
    other = gzip.compress(b"pagefind_dcd" + json.dumps({**record, "url": "/reviews/2025-002/"}).encode())
    assert found(tmp_path / "other", {"pagefind/fragment/en_1.pf_fragment": other}) == []


def test_records_of_many_reviews_are_told_apart(tmp_path: Path) -> None:
    """In JSON by its objects, in CSV by its lines."""
    rows = [{"public_id": "2025-001", "lesson": "x"}, {"public_id": "2025-002", "lesson": "then salford"}]
    assert found(tmp_path / "a", {"data/lessons.json": json.dumps({"lessons": rows})}) == []
    rows[0]["lesson"] = "then salford"
    assert found(tmp_path / "b", {"data/lessons.json": json.dumps({"lessons": rows})})
    table = "public_id,lesson\n2025-002,then salford\n2025-001,{}\n"
    assert found(tmp_path / "c", {"data/lessons.csv": table.format("x")}) == []
    assert found(tmp_path / "d", {"data/lessons.csv": table.format('"see\nsalford"')})


@pytest.mark.parametrize("surname", ["Moorhouse", "Whittlesby", "Thackersley", "Oyelaran", "Garrowing", "Bickerder"])
def test_a_rare_surname_alone_in_the_search_index_stops(tmp_path: Path, surname: str) -> None:
    """A real index that Pagefind made, which holds words without their endings; its page and its record are taken away."""
    page = tmp_path / "site/index.html"
    page.parent.mkdir()
    page.write_text(f'<html lang="en"><body><p>some words about {surname} there</p></body></html>')
    subprocess.run([get_executable(), "--site", page.parent], check=True, capture_output=True)
    page.unlink()
    shutil.rmtree(page.parent / "pagefind/fragment")
    guard = DeclaredIdentities(
        {"one": Register.parse(f"format: 1\npeople: [{{role: witness, names: [Ada {surname}]}}]").identities()}
    )
    hits = [hit.path for hit in gate.find_hits(tmp_path, guard)]
    assert any("pagefind/index/" in path for path in hits)


def test_published_terms_are_no_identities() -> None:
    """No title of the vocabulary stops anything, not even where a register declares its region."""
    search = GUARD.search()
    for terms in vocabulary().values():
        for term in terms.values():
            assert search.text(f"They said {term.title} there.", "amber-kettle-21") == ()


def test_the_name_of_a_case_folder_is_guarded(tmp_path: Path) -> None:
    """Two words or a digit make it telling; one ordinary word, or the public reference itself, does not."""
    assert found(tmp_path / "a", {"a.html": "<!-- reviews/amber-kettle-21/review.md -->"}) == [
        "a.html: the folder's name declared by case amber-kettle-21"
    ]
    assert found(tmp_path / "b", {"a.html": "walnut 2025-003"}) == []


def test_a_name_in_a_path_is_not_repeated(tmp_path: Path) -> None:
    """The message shows the path without the part that names somebody."""
    assert found(tmp_path, {"site/keisha-moorhouse/a.html": "x"}) == [
        "site/(a name)/a.html: its name holds an identity declared by case amber-kettle-21"
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("site/keisha-moorhouse/a.bin", b"\x00\x01 of no kind"),
        ("site/keisha-moorhouse/a.html", b"A4821CK"),
        ("site/KeishaMoorhouse.png", b"\x89PNG\r\n\x1a\n"),
        ("a4821/ck/a.bin", b"\x00\x01"),
    ],
)
def test_no_line_repeats_a_name_in_a_path(tmp_path: Path, name: str, data: bytes) -> None:
    """Neither of a file that cannot be searched, nor of one with something else in it, nor where a name goes over two folders."""
    lines = found(tmp_path, {name: data})
    assert len(lines) == 2
    assert not [line for line in lines if "moorhouse" in line.lower() or "4821" in line]


@pytest.mark.parametrize(
    "word", ["#justiceforkeishamoorhouse", "keishamoorhouse1987", "RIPKeishaMoorhouseXX", "fb/moorhousekeisha_x"]
)
def test_a_full_name_inside_a_word_stops_any_page(tmp_path: Path, word: str) -> None:
    """In a page, in a record of search and in a file's name; the name is not repeated."""
    record = gzip.compress(b"pagefind_dcd" + json.dumps({"url": "/x/", "content": f"then {word} left"}).encode())
    files: dict[str, str | bytes] = {
        "a.html": f"<p>{word}</p>",
        "b.pf_fragment": record,
        f"img/{word.strip('#')}.svg": "",
    }
    lines = found(tmp_path, files)
    assert sorted(line.split(":")[0].split("/")[0] for line in lines) == ["a.html", "b.pf_fragment", "img"]
    assert not any("moorhouse" in line.casefold() for line in lines)


def test_a_surname_inside_a_word_stops_on_the_cases_own_page(tmp_path: Path) -> None:
    """In a hashtag in lower case, with a digit to show where it begins; on the page of another case it is no name."""
    page = "<article><p>They posted #justice4moorhouse then.</p></article>"
    assert found(tmp_path / "own", {"site/reviews/2025-001/index.html": page})
    assert found(tmp_path / "other", {"site/reviews/2025-002/index.html": page}) == []


def test_an_empty_folder_with_a_name_is_found(tmp_path: Path) -> None:
    """Folders are published too."""
    (tmp_path / "keisha-moorhouse").mkdir()
    assert len(found(tmp_path, {})) == 1


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    """Only plain files are published."""
    (tmp_path / "link").symlink_to("/")
    os.mkfifo(tmp_path / "pipe")
    assert sorted(line.split(":")[0] for line in found(tmp_path, {})) == ["link", "pipe"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    """What cannot be searched cannot be published."""
    (tmp_path / "a").write_text("x")
    (tmp_path / "a").chmod(0)
    assert found(tmp_path, {}) == ["a: cannot be read, so it cannot be searched"]


def test_files_of_installed_packages_pass_by_hash(tmp_path: Path) -> None:
    """Pagefind's and the theme's own files pass whatever they say; one changed byte and they are searched."""
    page = tmp_path / "site/index.html"
    page.parent.mkdir()
    page.write_text('<html lang="en"><body>some words</body></html>')
    subprocess.run([get_executable(), "--site", page.parent], check=True, capture_output=True)
    script = page.parent / "pagefind/pagefind.js"
    guard = DeclaredIdentities({"one": Register.parse("format: 1\norganisations: [pagefind version]").identities()})
    assert "pagefind_version" in script.read_text()
    assert not [hit for hit in gate.find_hits(tmp_path, guard) if hit.path.endswith("pagefind.js")]
    script.write_text(script.read_text() + " ")
    assert [hit for hit in gate.find_hits(tmp_path, guard) if hit.path.endswith("pagefind.js")]


def test_an_index_without_its_records_is_searched_too(tmp_path: Path) -> None:
    """A real index that Pagefind made of a page with a code, with the page and its record taken away."""
    page = tmp_path / "site/index.html"
    page.parent.mkdir()
    page.write_text('<html lang="en"><body><p>some words about A4821CK there</p></body></html>')
    subprocess.run([get_executable(), "--site", page.parent], check=True, capture_output=True)
    page.unlink()
    shutil.rmtree(page.parent / "pagefind/fragment")
    assert any("pagefind/index/" in line for line in found(tmp_path, {}))
