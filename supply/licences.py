"""docs/licences.md: the licence of every package of requirements.lock (`make licences`).

Each is what the installed package says of itself, as an SPDX expression (https://spdx.org/licenses/); where it says nothing that is
exact, or is not installed here, somebody read its licence and supply/licences.yml says which it is.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import yaml

from supply.lock import ROOT, Pin, needed_to_run, read_lock

PAGE = ROOT / "docs" / "licences.md"
_EXACT = frozenset({"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MPL-2.0", "MPL-2.0 AND MIT"})
_CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|MPL|EPL|EUPL|CDDL|OSL)-")
"""Licences that ask something of whoever passes on changed copies."""


def licence(pin: Pin) -> str:
    """A package's licence.

    Raises:
        LookupError: nobody knows.
    """
    read = yaml.safe_load((ROOT / "supply" / "licences.yml").read_text(encoding="utf-8"))
    if pin.name in read:
        return str(read[pin.name])
    try:
        told = distribution(pin.name).metadata
    except PackageNotFoundError:
        raise LookupError(
            f"{pin.name} is not installed here: read its licence, and add it to supply/licences.yml"
        ) from None
    if expression := told.get("License-Expression"):
        return expression
    if (field := told.get("License", "")) in _EXACT:
        return field
    found = {_CLASSIFIERS.get(name, "") for name in told.get_all("Classifier", []) if name.startswith("License :: ")}
    if len(found) == 1 and (only := found.pop()):
        return only
    raise LookupError(
        f"{pin.name} does not say exactly what its licence is: read it, and add it to supply/licences.yml"
    )


_HEAD = """# Licences of what Candour is made of

Every package of `requirements.lock` with its licence, as an SPDX expression. `make licences` writes this page from what each package
says of itself and, where that is not exact, from what somebody read in it (`supply/licences.yml`). “Run” is what Candour needs where it
is run; “develop” is for its tests and checks alone, and is not needed where Candour only runs.

Candour itself is under the MIT licence. What it publishes is under the Open Government Licence: no licence of these packages reaches the
text of a review. What the pages carry of them is Material's style sheet (MIT) and Pagefind's search (MIT).

## What copyleft means here

Every licence here lets anybody use a package for any purpose, change it, and pass it on. These ask something of whoever passes it on,
and nothing of whoever only runs it:

{copyleft}

- **MPL-2.0** asks that changes to the package's own files be offered under the same licence. Candour changes none.
- **LGPL** asks that whoever receives a program with the library in it may put a changed library in its place. Candour imports it as an
  ordinary Python package, which anybody can replace with pip. Passing on a wheelhouse passes on the package whole, with its licence.
- **OR** is a choice: Candour uses such a package under the other licence.

None is under the GPL or AGPL. A package holds code of others at times (onnxruntime, pagefind-bin and vl-convert-python hold compiled
libraries, axe-playwright-python holds axe-core under MPL-2.0); their notices are in the package's own files, and not in this list.
Data that Candour ships with (SCOWL, GeoNames, Unicode CLDR, nomquamgender) have their notices at the head of the files.

## How many of each

{counts}

## Every package

| package | version | licence | for |
|---|---|---|---|
{rows}
"""


def page() -> str:
    """The whole page.

    Raises:
        LookupError: a licence is not known.
    """
    pins = read_lock()
    run = needed_to_run(pins)
    licences = {pin.key: licence(pin) for pin in pins}
    use = {pin.key: "run" if pin.name in run else "develop" for pin in pins}
    kept = [pin for pin in pins if COPYLEFT.search(licences[pin.key])]
    counts = sorted(Counter(licences.values()).items(), key=lambda counted: (-counted[1], counted[0]))
    return _HEAD.format(
        copyleft="\n".join(f"- {pin.name} ({use[pin.key]}): {licences[pin.key]}" for pin in kept),
        counts="\n".join(f"- {name}: {count}" for name, count in counts),
        rows="\n".join(f"| {pin.name} | {pin.version} | {licences[pin.key]} | {use[pin.key]} |" for pin in pins),
    )


def read_page(path: Path = PAGE) -> dict[str, str]:
    """The licence of each package (`name==version`) that the page tells."""
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| (\d\S*) \| ([^|]+) \| \w+ \|$", path.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {f"{name}=={version}": licence for name, version, licence in rows}


def write_page(path: Path = PAGE) -> None:
    """Write the page anew."""
    path.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_page()
