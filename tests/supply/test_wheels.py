"""On which systems the lock can be installed, as far as that is known without an index: by the files whose hashes it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from supply.lock import read_lock
from supply.wheels import FILE, NOTHING, PYTHONS, SOURCE, SYSTEMS, choose, places, wanted
from tests.support.paths import ROOT

TABLE: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
PINS = {pin.key: pin for pin in read_lock()}
WHOLE = ("linux-x86_64", "linux-arm64", "macos-arm64", "windows-x86_64")
"""Systems on which every package but feedgen comes ready made."""


def used(key: str, python: str, system: str) -> list[str]:
    """What a package is installed from on a system."""
    place = f"{python.rpartition('.')[0]} {system}"
    return [name for name, file in TABLE[key].items() if file["on"] == "everywhere" or place in file["on"].split(", ")]


def test_the_table_is_of_this_lock() -> None:
    """Every package, and each file is one that the lock lets in."""
    assert list(TABLE) == list(PINS), "make lock writes supply/wheels.json too"
    for key, files in TABLE.items():
        assert {file["sha256"] for name, file in files.items() if name != NOTHING} <= set(PINS[key].hashes)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_each_package_is_installed_from_one_file_that_fits(python: str, system: str) -> None:
    """Where it is wanted at all, by the tags in the file's name."""
    for key, pin in PINS.items():
        files = used(key, python, system)
        assert len(files) == wanted(pin, python, system)
        wheels = [name for name in files if name not in (SOURCE, NOTHING)]
        assert all(choose(iter([name]), python, system) for name in wheels)


@pytest.mark.parametrize("system", WHOLE)
def test_the_lock_is_installed_from_wheels(system: str) -> None:
    """But for feedgen, which is published as source alone and is pure Python."""
    for python in PYTHONS:
        missing = [key for key in PINS if set(used(key, python, system)) & {SOURCE, NOTHING}]
        assert [key.split("==")[0] for key in missing] == ["feedgen"]


def test_where_it_is_not_is_told() -> None:
    """docs/supply.md names every package that has no wheel for a system."""
    told = (ROOT / "docs/supply.md").read_text(encoding="utf-8")
    missing = {
        (system, key.split("==")[0])
        for key in PINS
        for python, system in places()
        if set(used(key, python, system)) & {SOURCE, NOTHING}
    }
    assert {system for system, name in missing if name != "feedgen"} == {"macos-x86_64", "windows-arm64"}
    assert not [name for _, name in missing if f"`{name}`" not in told]


@pytest.mark.parametrize(
    ("names", "system", "chosen"),
    [
        (["a-1-py3-none-any.whl", "a-1-cp311-cp311-win_amd64.whl"], "windows-x86_64", "a-1-cp311-cp311-win_amd64.whl"),
        (["a-1-py3-none-any.whl", "a-1-cp311-cp311-win_amd64.whl"], "windows-arm64", "a-1-py3-none-any.whl"),
        (["a-1-cp39-abi3-manylinux_2_17_aarch64.whl"], "linux-arm64", "a-1-cp39-abi3-manylinux_2_17_aarch64.whl"),
        (["a-1-cp39-abi3-manylinux_2_31_aarch64.whl"], "linux-arm64", None),
        (["a-1-cp311-cp311-musllinux_1_2_x86_64.whl"], "linux-x86_64", None),
        (["a-1-cp312-cp312-manylinux_2_17_x86_64.whl"], "linux-x86_64", None),
        (["a-1-cp311-cp311-macosx_11_0_universal2.whl"], "macos-arm64", "a-1-cp311-cp311-macosx_11_0_universal2.whl"),
        (["a-1-cp311-cp311-macosx_11_0_arm64.whl"], "macos-x86_64", None),
        (["a-1-cp311-cp311-macosx_15_0_arm64.whl"], "macos-arm64", None),
    ],
)
def test_the_best_file_that_fits_is_chosen(names: list[str], system: str, chosen: str | None) -> None:
    """As pip would; none where none fits."""
    assert choose(iter(names), PYTHONS[0], system) == chosen
