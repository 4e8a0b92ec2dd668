"""national.csv: what is understood, and how each fault is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from publishing.catalogue import statistics
from publishing.catalogue.national_counts import NationalCount, NationalCountsError, load_national_counts
from publishing.vocabulary import exact_terms
from tests.support.paths import SAMPLES


def faults(path: Path, text: str | bytes) -> tuple[str, ...]:
    """Every fault of a file with this text."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(NationalCountsError) as caught:
        load_national_counts(path)
    return caught.value.faults


def test_counts_of_the_samples_are_the_inspectorates() -> None:
    """2018: 493 reviews, 114 murder, 149 rape."""
    assert [(c.offence, c.year, c.count, c.region) for c in load_national_counts(SAMPLES / "national.csv")] == [
        ("all", 2018, 493, None),
        ("murder", 2018, 114, None),
        ("rape", 2018, 149, None),
    ]


def test_no_file_is_no_counts(tmp_path: Path) -> None:
    """What is not given is not known, and no fault."""
    assert load_national_counts(tmp_path / "national.csv") == ()


def test_regions_byte_order_marks_and_empty_lines_are_understood(tmp_path: Path) -> None:
    """A file as a spreadsheet saves it."""
    path = tmp_path / "national.csv"
    path.write_bytes(b'\xef\xbb\xbfoffence,year,region,count,source\r\nmurder,2018,wales,7,"A, B"\r\n\r\n,,,,\r\n')
    assert load_national_counts(path) == (NationalCount("murder", 2018, 7, "A, B", "wales"),)


def test_counts_by_further_facts_are_understood(tmp_path: Path) -> None:
    """Columns that may be there, in any order; what a line leaves empty is not narrowed. None of it is shown anywhere."""
    path = tmp_path / "national.csv"
    path.write_text(
        "content,offence,year,count,source,supervision,provider,agency\n,murder,2018,9,A,,,\n"
        "Crossbow,murder,2018,1,A,,,\n,murder,2018,2,A,licence,probation-trust,\n,murder,2018,8,A,,,health\n",
        encoding="utf-8",
    )
    found = load_national_counts(path)
    assert [(c.count, c.further) for c in found] == [
        (9, ()), (8, (("agency", "health"),)), (1, (("content", "crossbow"),)),
        (2, (("supervision", "licence"), ("provider", "probation-trust"))),
    ]  # fmt: skip
    assert [row.national for row in statistics.compare_with_national(found, [])] == [9]


def test_narrower_counts_are_not_more_than_their_whole(tmp_path: Path) -> None:
    """Kinds that exclude each other together, agencies one by one; unknown terms are faults."""
    header = "offence,year,count,source,supervision,agency\n"
    fit = "murder,2018,9,A,,\nmurder,2018,4,A,licence,\nmurder,2018,5,A,rotl,\nmurder,2018,9,A,,police\nmurder,2018,9,A,,health\n"
    path = tmp_path / "national.csv"
    path.write_text(header + fit, encoding="utf-8")
    assert len(load_national_counts(path)) == 5
    assert faults(path, header + fit.replace(",5,", ",6,")) == (
        "murder, 2018: its kinds of supervision add up to more than it",
    )
    assert faults(path, header + fit + "murder,2018,10,A,,courts\n") == (
        "murder, 2018: its parts add up to more than it",
    )
    assert faults(path, header + "murder,2018,1,A,parole,\nmurder,2018,1,A,not-given,\n") == (
        "line 2: supervision: is not one of the vocabulary's supervision; leave it empty for all of them together",
        "line 3: supervision: is not one of the vocabulary's supervision; leave it empty for all of them together",
    )


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    """All at once, in plain words."""
    text = (
        "offence,year,region,count,source\n"
        "murdr,2018,,1,A\n"
        'murder,18,wales,1,A\nmurder,2018,mars,"1,000",\nmurder,2018,1,A\n'
        "rape,2018,,5,A\nrape,2018,,6,A\n"
    )
    assert faults(tmp_path / "national.csv", text) == (
        "line 2: offence: is neither all nor an offence of the vocabulary; groups of offences are not counted here",
        "line 3: year: must be four digits, such as 2018",
        "line 4: count: must be a whole number without separators; leave the line out where it is not known",
        "line 4: region: is not a region of the vocabulary; leave it empty for the whole country",
        "line 4: source: is empty: say who published the count",
        "line 5: has 4 fields, not 5; quote a source with a comma in it",
        "line 7: counts what an earlier line counts already: keep one of the two",
    )


def test_parts_are_not_more_than_their_whole(tmp_path: Path) -> None:
    """Contradicting counts would make nonsense of what is hidden."""
    header = "offence,year,region,count,source\n"
    text = header + "all,2018,,10,A\nmurder,2018,,8,A\nrape,2018,,3,A\nmurder,2018,wales,9,A\n"
    assert faults(tmp_path / "national.csv", text) == (
        "all, 2018: its offences add up to more than it",
        "murder, 2018: its regions add up to more than it",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("offence,year,count\n", "line 1: lacks the column source"),
        ("", "line 1: lacks the column offence"),
        (b"offence\xff", "is not UTF-8 text"),
        ("a\0b", "is no table of counts"),
        ('offence,year,count,source\nmurder,2018,1,"A\n', "is not CSV"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str | bytes, words: str) -> None:
    """Never a traceback, never half of a file."""
    assert any(words in fault for fault in faults(tmp_path / "national.csv", text))


def test_several_agencies_of_one_count_are_those_that_its_cases_all_have(tmp_path: Path) -> None:
    """In any order and written once or twice, they are one combination; a case has one kind of supervision alone."""
    path = tmp_path / "national.csv"
    header = "offence,year,count,source,supervision,agency,content\n"
    path.write_text(f"{header}murder,2018,2,A,,police; health;police,Crossbow ; fire\n", encoding="utf-8")
    assert load_national_counts(path)[0].further == (
        ("agency", "health"), ("agency", "police"), ("content", "crossbow"), ("content", "fire"),
    )  # fmt: skip
    twice = f"{header}murder,2018,2,A,,police;health,\nmurder,2018,2,A,,health;police,\n"
    assert "counts what an earlier line counts" in faults(path, twice)[0]
    assert "supervision: is not one" in faults(path, f"{header}murder,2018,2,A,licence;rotl,,\n")[0]


def test_groups_are_not_counted(tmp_path: Path) -> None:
    """Homicides less murders would give manslaughters away, whatever is hidden."""
    header = "offence,year,region,count,source\n"
    told = faults(tmp_path / "national.csv", f"{header}homicide,2018,,20,A\nmurder,2018,england,9,A\n")
    assert [fault.split(":")[1] for fault in told] == [" offence", " region"]


def test_a_file_of_thousands_of_rows_is_read_at_once(tmp_path: Path) -> None:
    """Every offence by region and supervision over many years: what adds up is sought among a row's own alone."""
    path = tmp_path / "national.csv"
    offences, regions, kinds = (list(exact_terms(words)) for words in ("offences", "regions", "supervision"))
    rows = [
        f"{offence},{year},{region},9,A,{kind}"
        for year in range(2010, 2016)
        for offence in offences
        for region in regions
        for kind in kinds
    ]
    path.write_text("offence,year,region,count,source,supervision\n" + "\n".join(rows) + "\n", encoding="utf-8")
    began = time.process_time()
    assert len(load_national_counts(path)) == len(rows) > 9000
    assert time.process_time() - began < 5
