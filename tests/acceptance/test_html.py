"""Every page is HTML without a fault, by the checker of those who write the standard (vnu)."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from publishing.reviews import Withdrawal
from publishing.site import stopgap_pages
from tests.support.paths import ROOT
from tests.support.samples import AS_OF, Sample

JAR = ROOT / ".vnu" / "vnu.jar"
JAVA = shutil.which("java")
MISSING = "the Nu Html Checker or Java is not here: .ci/run fetches both"


@pytest.fixture(scope="module")
def java() -> str:
    """The program that runs the checker."""
    if not (JAVA and JAR.is_file()) and os.environ.get("CANDOUR_REQUIRE_VNU") != "1":
        pytest.skip(MISSING)
    assert JAVA, MISSING
    assert JAR.is_file(), MISSING
    return JAVA


def faults(java: str, *places: Path) -> list[str]:
    """What the checker says, warnings and remarks too, each with its file and line."""
    told = ("-jar", str(JAR), "--format", "json", "--stdout", "--skip-non-html", "--exit-zero-always")
    done = subprocess.run([java, *told, *map(str, places)], capture_output=True, text=True, check=True)
    return [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in json.loads(done.stdout)["messages"]]


def test_every_page_is_html(java: str, sample: Sample) -> None:
    """All of the samples' site: no error, no warning and no remark, and none is left out of account."""
    assert faults(java, sample.out / "site") == []


def test_pages_that_fill_in_are_html(java: str, tmp_path: Path) -> None:
    """What stands at an address until the next build."""
    gone = Withdrawal(public_id="2024-009", on=dt.date.fromisoformat(AS_OF), reason="legal")
    for name, page in {
        "reviews/2024-009/index.html": stopgap_pages.notice(PurePosixPath("reviews/2024-009/index.html"), gone),
        **{
            address: stopgap_pages.filling(PurePosixPath(address), ["2024-001"])
            for address in (stopgap_pages.HOME, stopgap_pages.LIST, "themes/recall/index.html")
        },
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(page)
    assert faults(java, tmp_path) == []


def test_the_checker_finds_faults(java: str, tmp_path: Path) -> None:
    """Else its silence would say nothing."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=en><title>A</title><h1>A</h1><p align=right>a<br/><h3>b</h3>", encoding="utf-8"
    )
    assert len(faults(java, tmp_path)) == 3
