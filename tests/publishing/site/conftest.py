"""Invented reviews, already redacted, and one built site that every test of this folder reads."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from publishing import prose, site
from publishing.reviews import Block, KeyFacts, Lesson, RedactedReview, Section, Update, Withdrawal

# ⟦ and ⟧ become square brackets after the Markdown was read, as redaction's labels do
TODAY = dt.date(2025, 11, 3)

CHRONOLOGY = """\
| When | What happened |
| --- | --- |
| ⟦2 days after release⟧ | ⟦Person on probation⟧ missed his first appointment |
| ⟦week 3 on licence⟧ | ⟦Victim 1⟧(aged) rang the office \\| nobody rang back |
"""

SUMMARY = """\
⟦Practitioner 1⟧: No. That is how the record of the last meeting begins.

⟦Victim 1⟧(aged 25) had asked for *help* **twice**.[^1] <script>alert("x")</script> & so on, {{ review }}.

[^1]: The second time by letter.
"""


@pytest.fixture(scope="session")
def make_review() -> Callable[..., RedactedReview]:
    """Build an invented review; keyword arguments change its key facts, `lessons` and the rest."""
    return _review


def _review(public_id: str = "2025-001", **changes: Any) -> RedactedReview:
    facts = {
        "outcome": "convicted",
        "offence": "murder",
        "offence_year": 2018,
        "region": "greater-manchester",
        "provider": "national-probation-service",
        "supervision": "licence",
        "risk_of_serious_harm": "high",
        "mappa_level": 1,
        "agencies": ("probation", "police"),
        "themes": ("home-visits", "recall", "recording"),
        "reasonable_steps": "not-taken",
    }
    lessons = (
        Lesson(
            id=1,
            text="A home must be seen, not heard about: [Manager 1] <b>said</b> so.",
            why="Visits were counted when they were booked.",
            themes=("home-visits",),
            level="national",
            owner="HM Prison and Probation Service",
            response="accepted",
            due="2025-09",
            updates=(
                Update(date=dt.date(2025, 3, 1), status="not-started"),
                Update(date=dt.date(2025, 6, 1), status="in-progress", note="Guidance | drafted."),
            ),
        ),
        Lesson(id=2, text="Say what would lead to recall before it is needed, and who decides.", level="local"),
    )
    facts.update({name: changes.pop(name) for name in list(changes) if name in KeyFacts.model_fields})
    findings = "### Lesson 1\n\n### P1\n\nNobody asked."
    sections = (("summary", SUMMARY), ("chronology", CHRONOLOGY), ("findings", findings))
    number = iter(range(1, 100))
    return RedactedReview.model_validate(
        {
            "public_id": public_id,
            "publish_on": dt.date(2025, 2, 3),
            "facts": KeyFacts.model_validate(facts),
            "content_notes": ("domestic abuse", "fatal violence"),
            "sections": tuple(
                Section(key=key, blocks=tuple(_numbered(block, number) for block in prose.blocks(text)))
                for key, text in sections
            ),
            "lessons": lessons,
            "redactions": {"PERSON": 12, "CODE": None},
            **changes,
        }
    )


def _numbered(block: Block, number: Any) -> Block:
    plain = not prose.is_heading(block.text) and prose.note_label(block.text) is None
    text = block.text.replace("⟦", "[").replace("⟧", "]")
    return Block(text=text, number=next(number) if plain else None)


@pytest.fixture(scope="session")
def reviews() -> tuple[RedactedReview, ...]:
    """Six reviews, alike enough to be related and to fill filters."""
    return (
        _review(),
        _review("2025-002", offence="rape", region="wales", offence_year=2019, reasonable_steps="taken"),
        _review("2025-003", offence="manslaughter", region="kent-surrey-and-sussex", themes=("mappa", "recall")),
        _review("2025-004", offence="robbery-with-firearm", region="london", offence_year=2020, lessons=()),
        _review("2025-005", publish_on=dt.date(2025, 9, 1), redactions={}, mappa_level=None, provider=None),
        _review("2025-006", agencies=("probation", "childrens-services"), content_notes=()),
    )


@pytest.fixture(scope="session")
def withdrawals() -> tuple[Withdrawal, ...]:
    """One review that was taken down."""
    return (Withdrawal(public_id="2024-009", on=dt.date(2025, 5, 6), reason="victim-request"),)


@pytest.fixture(scope="session")
def staging(
    reviews: tuple[RedactedReview, ...], withdrawals: tuple[Withdrawal, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The whole site, built once: markdown/ and site/."""
    folder = tmp_path_factory.mktemp("staging")
    site.publish(reviews, withdrawals, folder, TODAY)
    return folder


@pytest.fixture(scope="session")
def today() -> dt.date:
    """The day that the site is built for."""
    return TODAY


# --- the site as a web server and a browser show it

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}


class Server(http.server.ThreadingHTTPServer):
    """Serves the site below /some/where/, packed, and counts what went over the wire."""

    def __init__(self, folder: Path) -> None:
        self.sent: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))

    @property
    def root(self) -> str:
        """The address of the home page."""
        return f"http://127.0.0.1:{self.server_address[1]}/some/where/"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Packs what a web server packs, says what the site's `_headers` say, and keeps no log."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the file."""
        prefix = "/some/where"
        path = Path(self.translate_path(self.path.removeprefix(prefix)))
        path = path / "index.html" if path.is_dir() else path
        found = self.path.startswith(prefix) and path.is_file()
        path = path if found else Path(self.directory) / "404.html"
        body = path.read_bytes()
        packed = gzip.compress(body, mtime=0) if path.suffix in PACKED else body
        self.server.sent.append((self.path, len(packed)))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        for line in (Path(self.directory) / "_headers").read_text(encoding="utf-8").splitlines()[1:]:
            name, value = line.strip().split(": ", 1)
            # each test wants to see what goes over the wire
            self.send_header(name, "no-store" if name == "Cache-Control" else value)
        if packed is not body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        # a page that was left before it was loaded hangs up
        with contextlib.suppress(ConnectionError):
            self.wfile.write(packed)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serving() -> type[Server]:
    """The web server, for tests that build a site of their own."""
    return Server


@pytest.fixture(scope="session")
def server(staging: Path) -> Iterator[Server]:
    """The built site, being served."""
    with Server(staging / "site") as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh page; whatever goes wrong in it, or leaves the site, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith(server.root) else wrong.append(f"asked {r.url}"))
    yield opened
    cookies = context.cookies()
    context.close()
    assert not wrong
    assert not cookies
