"""Key facts that would single somebody out are given less exactly when a review is signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.catalogue.national_counts import NationalCountsError
from publishing.checking import load_signed_text
from publishing.cli import app
from publishing.errors import SigningRefusedError
from publishing.release.build import build
from publishing.release.signoff import sign_off
from tests.support.building import AS_OF, build_small
from tests.support.cases import CASE

pytestmark = pytest.mark.usefixtures("one_redactor")


def facts(house: Path) -> tuple[object, str, str]:
    """The year, region and offence that stand signed."""
    text = load_signed_text(house / "reviews" / CASE, AS_OF)
    assert text is not None
    return text.facts.offence_year, text.facts.region, text.facts.offence


def test_without_counts_facts_stay_and_the_signer_is_warned(house: Path) -> None:
    """Nothing is assumed."""
    outcome = sign_off(house / "reviews", CASE, "A Checker")
    assert facts(house) == (2018, "greater-manchester", "murder")
    assert any("not known whether 5 cases" in warning for warning in outcome.warnings)


def test_too_few_cases_make_facts_less_exact_everywhere_and_for_good(real_house: Path) -> None:
    """Page, lists, search filters and data have no more than the signature; a later count does not undo it."""
    counts = real_house / "reviews" / "national.csv"
    counts.write_text("offence,year,region,count,source\nmurder,2018,greater-manchester,2,A\n"
                      "murder,2016,greater-manchester,3,A\n", encoding="utf-8")  # fmt: skip
    outcome = sign_off(real_house / "reviews", CASE, "A Checker")
    assert facts(real_house) == ("2015-2019", "greater-manchester", "murder")
    assert any("given less exactly: the year" in warning for warning in outcome.warnings)
    build(real_house / "reviews", real_house / "build", AS_OF)
    site = real_house / "build" / "site"
    page = (site / "reviews/2025-001/index.html").read_text(encoding="utf-8")
    assert "not given more exactly, to protect identity" in page
    assert 'data-pagefind-filter="year:2015-2019"' in page
    assert (site / "years/2015-2019/index.html").is_file()
    own = [path for path in site.rglob("*") if path.is_file() and "2025-001" in path.as_posix()]
    assert not [path for path in own if b"2018" in path.read_bytes()]
    rows = [line for line in (site / "data/reviews.csv").read_text(encoding="utf-8").splitlines() if "2025-001" in line]
    assert "2015-2019" in rows[0]
    assert "2018" not in rows[0]
    counts.write_text("offence,year,count,source,region\nmurder,2018,50,A,greater-manchester\n", encoding="utf-8")
    sign_off(real_house / "reviews", CASE, "A Checker")
    assert facts(real_house) == ("2015-2019", "greater-manchester", "murder")


def test_what_singles_out_is_held_back_everywhere(real_house: Path) -> None:
    """A supervision and an agency that too few cases share: page, filters, lists, lessons and data have neither."""
    (real_house / "reviews" / "national.csv").write_text(
        "offence,year,region,count,source,supervision,agency\nmurder,2018,greater-manchester,50,A,,\n"
        "murder,2018,greater-manchester,1,A,licence,\nmurder,2018,greater-manchester,2,A,,police\n",
        encoding="utf-8",
    )
    sign_off(real_house / "reviews", CASE, "A Checker")
    text = load_signed_text(real_house / "reviews" / CASE, AS_OF)
    assert text
    assert (text.facts.supervision, text.facts.agencies) == ("not-given", ("probation", "not-given"))
    assert facts(real_house) == (2018, "greater-manchester", "murder")
    build(real_house / "reviews", real_house / "build", AS_OF)
    site = real_house / "build" / "site"
    page = (site / "reviews/2025-001/index.html").read_text(encoding="utf-8")
    assert "<dt>Supervision</dt><dd>Not given, to protect identity</dd>" in page
    assert 'data-pagefind-filter="agency:police"' not in page
    assert not (site / "agencies/not-given").exists()
    assert not [p for p in site.rglob("*.html") if b"agencies/not-given" in p.read_bytes()]
    trends = (site / "trends/index.html").read_text(encoding="utf-8")
    assert "Not given, to protect identity" in trends
    assert "identity is named" not in trends
    row = next(
        line for line in (site / "data/reviews.csv").read_text(encoding="utf-8").splitlines() if "2025-001" in line
    )
    assert "probation; not-given" in row
    assert "licence" not in row


def test_what_singles_out_even_at_its_coarsest_is_not_signed(house: Path) -> None:
    """Content cannot be held back, since the text tells it: known to be one case of two, the review is not signed."""
    counts = house / "reviews" / "national.csv"
    header = "offence,year,region,count,source,content\nmurder,2018,greater-manchester,50,A,\n"
    counts.write_text(f"{header}murder,2018,,2,A,recall\n", encoding="utf-8")
    # groups and periods have cells that nobody counts: it may be that more share them
    sign_off(house / "reviews", CASE, "A Checker")
    assert facts(house) == ("2015-2019", "england", "homicide")
    every = [
        f"{offence},{year},,{2 if (offence, year) == ('murder', 2018) else 0},A,recall"
        for offence in ("murder", "manslaughter") for year in range(2015, 2020)
    ]  # fmt: skip
    counts.write_text(header + "\n".join(every) + "\n", encoding="utf-8")
    with pytest.raises(SigningRefusedError, match="fewer than 5 cases nationally share its facts") as caught:
        sign_off(house / "reviews", CASE, "A Checker")
    assert "ecall" not in str(caught.value)


def test_a_build_says_when_new_counts_single_somebody_out(house: Path) -> None:
    """Facts get coarser by a new signature alone, so the build asks for one."""
    sign_off(house / "reviews", CASE, "A Checker")
    told: list[str] = []
    build_small(house / "reviews", house / "build", AS_OF, report=told.append)
    assert not [line for line in told if "too few cases" in line]
    counts = house / "reviews" / "national.csv"
    counts.write_text("offence,year,region,count,source\nmurder,2018,greater-manchester,2,A\n", encoding="utf-8")
    build_small(house / "reviews", house / "build", AS_OF, report=told.append)
    assert "2025-001: national.csv tells now that too few cases share its facts: sign it again" in told


def test_faults_of_the_counts_stop_signing_and_building(house: Path) -> None:
    """A count that cannot be read could have said that somebody is singled out."""
    (house / "reviews" / "national.csv").write_text("offence,year,count,source\nmurder,2018,x,A\n", encoding="utf-8")
    with pytest.raises(NationalCountsError, match="line 2: count"):
        sign_off(house / "reviews", CASE, "A Checker")
    with pytest.raises(NationalCountsError):
        build_small(house / "reviews", house / "build", AS_OF)
    refused = CliRunner().invoke(app, ["sign-off", CASE, "--by", "A Checker", "--reviews", str(house / "reviews")])
    assert refused.exit_code == 1
