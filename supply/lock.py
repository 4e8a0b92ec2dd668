"""requirements.lock as data: each package, the hashes of its files, what needs it, and whether Candour needs it to run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\")
_HASH = re.compile(r"    --hash=sha256:([0-9a-f]{64})(?: \\)?")
_VIA = re.compile(r"    # {1,3}(?:via )?(?P<name>[a-z0-9-]+)(?: \(pyproject\.toml\))?")
CANDOUR = "candour"


@dataclass(frozen=True)
class Pin:
    """A package of the lock: on the systems of `marker` alone, if it has one; `needed_by` are packages, or `candour`."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name and version: a lock may hold two versions for two kinds of system."""
        return f"{self.name}=={self.version}"


def read_lock(path: Path = ROOT / "requirements.lock") -> tuple[Pin, ...]:
    """Every package, in the lock's order, which is that of names.

    Raises:
        ValueError: a line is not as uv writes it.
    """
    pins: list[Pin] = []
    head: dict[str, str] = {}
    hashes: list[str] = []
    needed_by: list[str] = []

    def finish() -> None:
        if head:
            pins.append(Pin(head["name"], head["version"], head["marker"] or "", tuple(hashes), tuple(needed_by)))
        hashes.clear()
        needed_by.clear()

    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _PIN.fullmatch(line):
            finish()
            head = match.groupdict()
        elif match := _HASH.fullmatch(line):
            hashes.append(match[1])
        elif line == "    # via":
            continue
        elif match := _VIA.fullmatch(line):
            needed_by.append(match["name"])
        else:
            raise ValueError(f"{path.name}: a line is not as uv writes it: {line}")
    finish()
    return tuple(pins)


def needed_to_run(pins: Iterable[Pin], project: Path = ROOT / "pyproject.toml") -> frozenset[str]:
    """Names of the packages that Candour is run with; the others are for those who develop it."""
    needs = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    found: set[str] = set()
    new = {normalise(re.split(r"[\[<>=!~; ]", need)[0]) for need in needs}
    while new:
        found |= new
        new = {pin.name for pin in pins if found.intersection(pin.needed_by)} - found
    return frozenset(found)


def normalise(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[._-]+", "-", name).lower()
