"""A release of which nothing changed: the site is left as it stands, and whatever a build would read again has it made again."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import publishing
import redaction
from publishing import audit_log
from publishing.checking.signers import private_keys
from publishing.release import swap
from publishing.release.build import build
from publishing.release.gathered_cases import GatheredCases
from publishing.release.unchanged import LastRelease, Standing
from publishing.settings import project_root
from redaction import Policy
from tests.support.building import AS_OF
from tests.support.paths import contents

pytestmark = pytest.mark.build

ENTRY = "reviews/.candour/release/last.json"
KEY = ".build.candour-pages/last.json"


def is_unchanged(house: Path, as_of: dt.date = AS_OF) -> bool:
    return LastRelease(house / "reviews", house / "build", as_of).find() is not None


def test_nothing_is_read_or_made_again(real_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folder stands, the same is told, and the log says that somebody built."""
    (real_house / ENTRY).unlink()
    first = build(real_house / "reviews", real_house / "build", AS_OF)
    before, folder = contents(real_house / "build"), (real_house / "build").stat().st_ino
    logged = len(audit_log.read_log(real_house / "reviews").lines)
    monkeypatch.setattr(GatheredCases, "read", lambda *_: pytest.fail("cases were read"))
    lines: list[str] = []
    again = build(real_house / "reviews", real_house / "build", AS_OF, report=lines.append)
    assert again == replace(first, explanation=None)
    assert "nothing has changed since the last release: the site is left as it stands" in lines
    assert any(line.startswith("reading age of") for line in lines)
    assert contents(real_house / "build") == before
    assert (real_house / "build").stat().st_ino == folder
    assert len(audit_log.read_log(real_house / "reviews").lines) == logged + 1


def _append(name: str) -> Callable[[Path, pytest.MonkeyPatch], object]:
    return lambda house, _: (house / name).write_text(
        (house / name).read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "review": _append("reviews/amber-kettle-21/review.md"),
    "register": _append("reviews/amber-kettle-21/register.yml"),
    "signed text": _append("reviews/amber-kettle-21/signed.json"),
    "signatures": _append("reviews/amber-kettle-21/signoff.yml"),
    "a case more": lambda house, _: (house / "reviews/walnut-31").mkdir(),
    "national counts": lambda house, _: (house / "reviews/national.csv").write_text("x", encoding="utf-8"),
    "a link": lambda house, _: (house / "reviews/amber-kettle-21/updates.yml").symlink_to("review.md"),
    "a renaming that was stopped": lambda house, _: (house / "reviews/.candour/.renaming.json").write_text("{}"),
    "a page": _append("build/site/index.html"),
    "a record": _append("build/markdown/data/reviews/2025-001.json"),
    "a page is gone": lambda house, _: (house / "build/site/index.html").unlink(),
    "a file more": lambda house, _: (house / "build/site/more.txt").write_text("", encoding="utf-8"),
    "a page nobody may read": lambda house, _: (house / "build/site/index.html").chmod(0o600),
    "a manifest that is signed": lambda house, _: (house / "build/manifest.txt.sig").write_text("", encoding="utf-8"),
    "the address": lambda _, patch: patch.setenv("CANDOUR_SITE_URL", "https://example.org/"),
    "the browser": lambda _, patch: patch.setenv("CANDOUR_CHROMIUM", sys.executable),
    "the program": lambda _, patch: patch.setattr("publishing.release.unchanged.hash_program", lambda: "other"),
    "the engine": lambda _, patch: patch.setattr(Policy, "fingerprint", "other"),
    "a library": lambda _, patch: patch.setattr("publishing.release.unchanged._list_libraries", list),
    "what is known of signers": lambda _, patch: patch.setattr(
        "publishing.release.unchanged.what_is_known", lambda: b"{}"
    ),
    "no entry": lambda house, _: (house / ENTRY).unlink(),
    "an entry of nothing": lambda house, _: (house / ENTRY).write_text("{}", encoding="utf-8"),
    "no key": lambda house, _: (house / KEY).unlink(),
    "a key of nothing": lambda house, _: (house / KEY).write_text("{}", encoding="utf-8"),
    "kept pages are dropped": lambda house, _: swap.drop_kept_pages(house / "build"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_built(real_house: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases, what stands, the day, the program and what is around it."""
    assert is_unchanged(real_house)
    assert not is_unchanged(real_house, AS_OF + dt.timedelta(1))
    CHANGES[change](real_house, monkeypatch)
    assert not is_unchanged(real_house)


def test_a_template_that_changed_is_another_site(real_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is any file that is copied into it, and every setting."""
    hashed: list[Path] = []
    monkeypatch.setattr("publishing.release.unchanged._hash_tree", lambda path, **_: hashed.append(path) or "")
    is_unchanged(real_house)
    assert {project_root() / name for name in ("site_src", "templates")} <= set(hashed)


def _write_value(path: Path, **value: str) -> None:
    entry = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**entry, "value": {**entry["value"], **value}}), encoding="utf-8")


def test_other_words_than_the_last_build_told_are_not_told(real_house: Path) -> None:
    """Somebody changed them in the reviews folder; of the very same form, so that nothing else is wrong with them."""
    told = json.loads(json.loads((real_house / ENTRY).read_text(encoding="utf-8"))["value"]["told"])
    _write_value(real_house / ENTRY, told=json.dumps({**told, "lines": ["Other words."]}))
    assert not is_unchanged(real_house)


def test_an_entry_that_is_forged_in_the_reviews_folder_leaves_no_site_standing(
    real_house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes a case there knows every hash that a build would make of it, and can put it nowhere but there."""
    honest = (real_house / KEY).read_text(encoding="utf-8")
    told = Standing.model_validate_json(json.loads((real_house / ENTRY).read_text(encoding="utf-8"))["value"]["told"])
    CHANGES["review"](real_house, monkeypatch)
    LastRelease(real_house / "reviews", real_house / "build", AS_OF).store(told, AS_OF)
    assert is_unchanged(real_house)
    forged = json.loads((real_house / KEY).read_text(encoding="utf-8"))["value"]["key"]
    (real_house / KEY).write_text(honest, encoding="utf-8")
    _write_value(real_house / ENTRY, key=forged)
    assert not is_unchanged(real_house)
    (real_house / KEY).unlink()
    assert not is_unchanged(real_house)


def test_a_case_that_changes_during_a_build_is_built_next(real_house: Path) -> None:
    """What was read is not known then."""
    (real_house / ENTRY).unlink()
    last = LastRelease(real_house / "reviews", real_house / "build", AS_OF)
    (real_house / ENTRY).parent.mkdir(exist_ok=True)
    CHANGES["review"](real_house, pytest.MonkeyPatch())
    last.store(None, AS_OF)  # type: ignore[arg-type]
    assert not (real_house / ENTRY).exists()
    assert not is_unchanged(real_house)


def test_settings_that_change_during_a_build_are_built_next(real_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed back afterwards, they would be those of another site than the one that stands."""
    last = LastRelease(real_house / "reviews", real_house / "build", AS_OF)
    (real_house / ENTRY).unlink()
    CHANGES["the address"](real_house, monkeypatch)
    last.store(None, AS_OF)  # type: ignore[arg-type]
    assert not (real_house / ENTRY).exists()


@pytest.mark.parametrize("name", ["national.csv", "withdrawals.yml"])
def test_what_a_link_leads_to_is_compared(real_house: Path, tmp_path: Path, name: str) -> None:
    """A build reads on over it."""
    elsewhere = tmp_path / name
    place = real_house / "reviews" / name
    elsewhere.write_bytes(place.read_bytes() if place.exists() else b"")
    place.unlink(missing_ok=True)
    place.symlink_to(elsewhere)
    before = LastRelease(real_house / "reviews", real_house / "build", AS_OF)
    told = Standing.model_validate_json(json.loads((real_house / ENTRY).read_text(encoding="utf-8"))["value"]["told"])
    before.store(told, AS_OF)
    assert is_unchanged(real_house)
    elsewhere.write_bytes(elsewhere.read_bytes() + b"\n")
    assert not is_unchanged(real_house)


def test_what_failed_is_tried_again(real_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build whose last steps failed is not the last word: the next one does them, and does not say again that they failed."""
    (real_house / ENTRY).unlink()
    with monkeypatch.context() as failing:
        failing.setattr("publishing.release.reserve.keep_reserve", lambda *_: False)
        build(real_house / "reviews", real_house / "build", AS_OF)
    assert not (real_house / ENTRY).exists()
    lines: list[str] = []
    build(real_house / "reviews", real_house / "build", AS_OF, report=lines.append)
    assert not any("no room" in line for line in lines)
    assert is_unchanged(real_house)


def test_room_is_kept_where_a_site_is_left_standing(real_house: Path) -> None:
    """Somebody deleted it to make room."""
    reserve = swap.private_path(real_house / "build", "reserve")
    reserve.unlink()
    build(real_house / "reviews", real_house / "build", AS_OF)
    assert reserve.is_file()


def test_a_build_reads_nothing_else(real_house: Path) -> None:
    """Whatever file it opens is one of those that are compared, or of an installed package or the system."""
    opened: set[str] = set()
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            opened.add(os.fsdecode(arguments[0]))

    (real_house / ENTRY).unlink()
    sys.addaudithook(watch)
    try:
        build(real_house / "reviews", real_house / "build", AS_OF)
    finally:
        watching = False
    root = project_root()
    compared = [
        real_house,
        private_keys.settings_folder(),
        *(root / name for name in ("mkdocs.yml", "site_src", "templates")),
        *(Path(package.__file__ or "").parent for package in (publishing, redaction)),
    ]
    around = [*map(Path, sysconfig.get_paths().values()), Path(sys.base_prefix), Path(tempfile.gettempdir())]
    system = [Path(name) for name in ("/proc", "/dev", "/sys", "/etc", "/usr/share/zoneinfo")]
    places = [place.resolve() for place in (*compared, *around, *system)]
    # a folder is emptied by the names within it alone
    files = {Path(name).resolve() for name in opened if Path(name).is_absolute() or Path(name).is_file()}
    assert not [path for path in files if not any(path.is_relative_to(place) for place in places)]
