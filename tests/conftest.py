"""What all tests share: one Chromium, where there is one; and no test fails because the machine was busy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CANDOUR_CHROMIUM") or shutil.which("chromium") or ""
MISSING = "browser tests left out: no Chromium here (Debian: apt-get install chromium)"
settings.register_profile("candour", deadline=None)
settings.load_profile("candour")

REQUIRED = os.environ.get("CANDOUR_REQUIRE_BROWSER") == "1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: Playwright's synchronous face may be open once in a process."""
    if not CHROMIUM and not REQUIRED:
        pytest.skip(MISSING)
    assert CHROMIUM, MISSING
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()
