"""supply/wheels.json: which file of each locked package is installed on which system, by name and SHA-256 (`make lock`).

It is made from the list of files that uv writes of the lock (pylock.toml, PEP 751), and kept, so that without an index it can be known
on which systems the lock can be installed, and that it is the lock's own hashes that let these files in.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

from supply.lock import ROOT, Pin, read_lock

FILE = ROOT / "supply" / "wheels.json"
PYTHONS = ("3.11.9", "3.12.4")
_MANYLINUX = ("manylinux_2_28", *(f"manylinux_2_{minor}" for minor in range(27, 16, -1)), "manylinux2014")
SYSTEMS: dict[str, tuple[str, str, list[str]]] = {
    "linux-x86_64": (
        "linux",
        "x86_64",
        [f"{name}_x86_64" for name in (*_MANYLINUX, "manylinux2010", "manylinux1", "linux")],
    ),
    "linux-arm64": ("linux", "aarch64", [f"{name}_aarch64" for name in (*_MANYLINUX, "linux")]),
    "macos-x86_64": ("darwin", "x86_64", list(mac_platforms((14, 0), "x86_64"))),
    "macos-arm64": ("darwin", "arm64", list(mac_platforms((14, 0), "arm64"))),
    "windows-x86_64": ("win32", "AMD64", ["win_amd64"]),
    "windows-arm64": ("win32", "ARM64", ["win_arm64"]),
}
"""For each system Python's name of it, of its processor, and the platforms of wheels, the best first.

Linux with glibc 2.28 or later (Debian 10, RHEL 8), macOS 14 or later.
"""
SOURCE = "from source"
NOTHING = "nothing"


def places() -> Iterator[tuple[str, str]]:
    """Each Python on each system."""
    return ((python, system) for python in PYTHONS for system in SYSTEMS)


def wanted(pin: Pin, python: str, system: str) -> bool:
    """Whether a package is installed there at all."""
    sys_platform, machine, _ = SYSTEMS[system]
    # Linux's are what the others are told against
    told = {"sys_platform": sys_platform, "platform_machine": machine, "python_full_version": python}
    names = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
    told |= {"python_version": python.rpartition(".")[0], "platform_system": names[sys_platform]}
    told |= {"os_name": "nt" if sys_platform == "win32" else "posix"}
    told |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    return not pin.marker or Marker(pin.marker).evaluate(told)


def _tags(python: str, system: str) -> dict[Tag, int]:
    """Every tag of a wheel that fits, with how good it is: 0 is the best."""
    version, platforms = tuple(int(part) for part in python.split(".")[:2]), SYSTEMS[system][2]
    tags = [
        *cpython_tags(version, platforms=platforms),
        *compatible_tags(version, f"cp{version[0]}{version[1]}", platforms),
    ]
    return {tag: turn for turn, tag in enumerate(tags)}


def choose(names: Iterator[str], python: str, system: str) -> str | None:
    """The wheel that pip would take, of several; None where none fits."""
    turns = _tags(python, system)
    fits = [
        (min(turns[tag] for tag in tags), name)
        for name in names
        if (tags := parse_wheel_filename(name)[3] & turns.keys())
    ]
    return min(fits)[1] if fits else None


def table(files: Mapping[str, Any], pins: tuple[Pin, ...]) -> dict[str, Any]:
    """For each package the SHA-256 of each file that is used, and where which is; "nothing" where there is none at all."""
    of = {f"{package['name']}=={package['version']}": package for package in files["packages"]}
    found: dict[str, Any] = {}
    for pin in pins:
        package = of[pin.key]
        hashes = {wheel["url"].rpartition("/")[2]: wheel["hashes"]["sha256"] for wheel in package.get("wheels", ())}
        source = package.get("sdist")
        used: dict[str, list[str]] = {}
        for python, system in places():
            if wanted(pin, python, system):
                name = choose(iter(hashes), python, system) or (SOURCE if source else NOTHING)
                used.setdefault(name, []).append(f"{python.rpartition('.')[0]} {system}")
        if SOURCE in used:
            hashes[SOURCE] = source["hashes"]["sha256"]
        found[pin.key] = {
            name: {
                "sha256": hashes.get(name, ""),
                "on": "everywhere" if len(on) == len(PYTHONS) * len(SYSTEMS) else ", ".join(on),
            }
            for name, on in used.items()
        }
    return found


def main(pylock: str) -> None:
    """Write the table, from uv's list of the lock's files."""
    found = table(tomllib.loads(Path(pylock).read_text(encoding="utf-8")), read_lock())
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
