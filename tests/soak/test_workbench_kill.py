"""A workbench that is killed at random moments loses no saved decision and leaves no half-written file."""

from __future__ import annotations

import contextlib
import os
import random
import re
import threading
import time
from pathlib import Path

import httpx
import pytest

from publishing import intake
from tests.support.running import Running
from tests.support.tally import Tally
from tests.support.workbench import write_case

ROUNDS = 30


@pytest.mark.soak
def test_a_killed_workbench_loses_no_saved_decision(tmp_path: Path, tally: Tally) -> None:
    """Thirty kills while decisions are being made: every decision that was confirmed is there, and no part files stay."""
    folder = write_case(tmp_path / "reviews")
    chance = random.Random(20250203)
    confirmed: list[str] = []
    tried = 0
    for _ in range(ROUNDS):
        workbench = Running(tmp_path / "reviews", tmp_path / "build")
        with httpx.Client(
            base_url=workbench.root, headers={"Origin": workbench.root}, follow_redirects=False
        ) as client:
            client.get(workbench.start, timeout=60)
            # the first decision of a process takes longer than the others: it is made before the kill is due
            killer: threading.Timer | None = None
            with contextlib.suppress(httpx.HTTPError):
                while True:
                    seen = _seen(client, folder.name)
                    tried += 1
                    words = f"word{tried}"
                    form = {"action": "add", "text": words, "entity": "OTHER", "seen": seen}
                    answer = client.post(f"/case/{folder.name}/decide", data=form, timeout=60)
                    if answer.status_code == 303:
                        confirmed.append(words)
                    if killer is None:
                        killer = threading.Timer(chance.uniform(0.05, 1.0), workbench.kill)
                        killer.start()
            assert killer
            killer.join()
        saved = [entry.text for entry in intake.load_decisions(folder).decisions]
        tally("kill", [] if set(confirmed) <= set(saved) else ["a confirmed decision is lost"])
        assert set(saved) <= {f"word{number}" for number in range(1, tried + 1)}
    assert len(confirmed) > ROUNDS
    # a write sweeps away what killed ones left, once nobody can still be at it; nothing of it was ever read
    for left in folder.glob(".*.part"):
        os.utime(left, (0, 0))
    workbench = Running(tmp_path / "reviews", tmp_path / "build")
    with httpx.Client(base_url=workbench.root, headers={"Origin": workbench.root}) as client:
        client.get(workbench.start, timeout=60)
        form = {"text": confirmed[0], "seen": _seen(client, folder.name)}
        client.post(f"/case/{folder.name}/forget", data=form, follow_redirects=False)
    workbench.close()
    time.sleep(0.1)
    assert sorted(path.name for path in folder.iterdir()) == ["decisions.yml", "register.yml", "review.md"]
    assert confirmed[0] not in [entry.text for entry in intake.load_decisions(folder).decisions]


def _seen(client: httpx.Client, case: str) -> str:
    """The state that the facts' form shows: quicker than the case's page, which redacts anew."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(f"/case/{case}/facts", timeout=60).text)
    assert found
    return found[1]
