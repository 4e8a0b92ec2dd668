"""Turned off, each guard is missed: at least one test fails. A guard that no test would miss could be lost unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from tests.support.guard_off import GUARDS
from tests.support.paths import ROOT

pytestmark = pytest.mark.soak
FAILED = 1
"""What pytest ends with where tests ran and failed."""


@pytest.mark.parametrize(("number", "guard"), list(enumerate(GUARDS)), ids=[guard["guard"] for guard in GUARDS])
def test_a_guard_that_is_turned_off_is_missed(number: int, guard: dict[str, Any]) -> None:
    """Its tests run, and one of them fails."""
    command = [sys.executable, "-m", "pytest", "-n0", "-x", "-m", "soak or not soak", "--tb=line"]
    done = subprocess.run(
        [*command, "-p", "tests.support.guard_off", "-p", "no:cacheprovider", *guard["tests"]],
        cwd=ROOT,
        env={**os.environ, "CANDOUR_GUARD_OFF": str(number), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == FAILED, done.stdout + done.stderr
    assert "\nFAILED " in done.stdout, done.stdout
