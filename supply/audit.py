"""Look every locked package up among the known vulnerabilities, with pip-audit (`make audit`).

For those who maintain Candour: it asks the package index over the internet, names of packages and versions alone. An audit that was not
made, or not of every package, is told as such and never as a clean one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from supply.lock import ROOT

LOCKS = ("requirements.lock", "supply/requirements.lock")
_COMMAND = ("--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off", "--timeout", "30")
UNREACHED = "NOT AUDITED: the list of known vulnerabilities could not be reached. It needs the internet: run make audit where there is some."


def audit(command: Sequence[str] = (sys.executable, "-m", "pip_audit")) -> tuple[int, list[str]]:
    """The exit code (0: every package was looked up and none is vulnerable) and what to say."""
    asked = [part for lock in LOCKS for part in ("--requirement", str(ROOT / lock))]
    done = subprocess.run([*command, *_COMMAND, *asked], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 1, [UNREACHED]
    looked_up = [package for package in packages if "vulns" in package]
    found = [(package, vulnerability) for package in looked_up for vulnerability in package["vulns"]]
    lines = [
        f"{package['name']} {package['version']}: {vulnerability['id']}; "
        f"mended in {', '.join(vulnerability['fix_versions']) or 'no version yet'}"
        for package, vulnerability in found
    ]
    if not looked_up:
        return 1, [UNREACHED]
    if missed := sorted({package["name"] for package in packages if "vulns" not in package}):
        lines.append(f"NOT AUDITED, because the index does not know them: {', '.join(missed)}")
    if lines:
        return 1, [*lines, "What to do: docs/supply.md, “A vulnerability is known”."]
    return 0, [f"Packages looked up: {len(looked_up)}. None has a known vulnerability."]


if __name__ == "__main__":
    code, said = audit()
    print("\n".join(said), file=sys.stderr if code else sys.stdout)
    sys.exit(code)
