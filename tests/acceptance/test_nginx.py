"""The samples' site behind Debian's nginx with the configuration that docs/hosting.md hands out: what a host sends, and that it works."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from publishing.settings import project_root
from tests.support.samples import Sample
from tests.support.serving import headers_told, watched_page

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")
MISSING = "nginx is not here (Debian: apt-get install nginx-light)"
SERVER = """
daemon off;
master_process off;
pid {place}/pid;
error_log {place}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        merge_slashes off;
        include {configuration};
    }}
}}
"""
TYPES = {
    "": "text/html; charset=utf-8",
    "search/": "text/html; charset=utf-8",
    "data/lessons.csv": "text/csv; charset=utf-8",
    "data/lessons.json": "application/json; charset=utf-8",
    "data/reviews/2025-001.md": "text/markdown; charset=utf-8",
    "data/reviews/2025-001.json": "application/json; charset=utf-8",
    "data/catalogue.jsonld": "application/ld+json; charset=utf-8",
    "data/feeds/all.json": "application/feed+json; charset=utf-8",
    "data/candour.db": "application/vnd.sqlite3",
    "data/checksums.txt": "text/plain; charset=utf-8",
    "manifest.webmanifest": "application/manifest+json; charset=utf-8",
    ".well-known/security.txt": "text/plain; charset=utf-8",
}


@pytest.fixture(scope="module")
def root(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site while nginx serves it."""
    if not NGINX and os.environ.get("CANDOUR_REQUIRE_BROWSER") != "1":
        pytest.skip(MISSING)
    assert NGINX, MISSING
    place = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    configuration = project_root() / "docs/nginx.conf"
    told = SERVER.format(place=place, port=port, site=sample.out / "site", configuration=configuration)
    (place / "nginx.conf").write_text(told, encoding="utf-8")
    running = subprocess.Popen([NGINX, "-p", place, "-c", place / "nginx.conf"], stderr=subprocess.PIPE)
    try:
        _wait_for(port, running)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.communicate(timeout=10)


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert running.poll() is None, running.stderr.read().decode() if running.stderr else ""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("nginx did not begin")


def _ask(address: str) -> tuple[int, Message]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers


@pytest.mark.parametrize(("path", "kind"), TYPES.items())
def test_a_file_is_what_it_is(root: str, path: str, kind: str) -> None:
    """No page comes as a download; what is long is packed."""
    status, headers = _ask(root + path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert "Content-Disposition" not in headers


def test_styles_scripts_and_pictures_have_their_types(root: str, sample: Sample) -> None:
    """Every kind of file that a page loads."""
    kinds = {".css": "text/css", ".js": "application/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
    for suffix, kind in kinds.items():
        path = min((sample.out / "site").rglob(f"*{suffix}"))
        _, headers = _ask(root + path.relative_to(sample.out / "site").as_posix())
        assert headers["Content-Type"].split(";")[0] == kind
        if suffix in (".css", ".js"):
            assert headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 200),
        ("data/lessons.csv", 200),
        ("data/feeds/all.json", 200),
        ("data/none.csv", 404),
        ("no-such-page/", 404),
        ("manifest.webmanifest", 200),
    ],
)
def test_every_answer_has_the_headers_of_the_site(root: str, sample: Sample, path: str, status: int) -> None:
    """Those of the built `_headers`, word for word, on pages that are not there too."""
    answered, headers = _ask(root + path)
    assert answered == status
    told = headers_told(sample.out / "site", f"/{path}")
    assert len(told) >= 7
    for name, value in told:
        assert headers.get_all(name) == [value]
    # for the open data alone
    assert (headers["Access-Control-Allow-Origin"] is not None) == path.startswith("data/")


@pytest.mark.parametrize("path", ["_headers", ".htaccess", ".git/config", "lessons/.hidden"])
def test_what_is_not_for_readers_is_not_there(root: str, path: str) -> None:
    """As if it did not exist."""
    assert _ask(root + path)[0] == 404


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("themes/information-sharing/page-2/", "themes/information-sharing/page-2/"),
        ("themes/information-sharing/page-9/", "themes/information-sharing/"),
        ("themes/information-sharing/page-9/index.html?from=feed", "themes/information-sharing/"),
        ("lessons/page-40/", "lessons/"),
        ("no-such-list/page-2/", "404"),
        ("/elsewhere.example/page-2/", "404"),
        ("%5Celsewhere.example/page-2/", "404"),
        ("%2Felsewhere.example/page-2/", "404"),
        ("reviews/2021/", "years/2021/"),
        ("lessons/2021/page-2/?from=feed", "years/2021/"),
        ("lessons/agencies/police/index.html", "agencies/police/"),
        ("reviews/2021/learning/", "404"),
        ("reviews/2021-099/", "404"),
        ("lessons/agencies/nobody/", "404"),
        ("/elsewhere.example/reviews/2021/", "404"),
        ("%5Celsewhere.example/reviews/2021/", "404"),
    ],
)
def test_a_list_is_found_where_it_is_now(root: str, asked: str, given: str) -> None:
    """A further page that is not there leads to the list's first, for now, since the list may grow again; a list that moved to where it is."""
    try:
        with urllib.request.urlopen(root + asked, timeout=10) as answer:
            found = answer.url.partition("?")[0].removeprefix(root)
    except urllib.error.HTTPError as answer:
        found = str(answer.code)
    assert found == given


def test_a_reader_finds_a_lesson(root: str, browser: Browser) -> None:
    """The page is styled, the search answers, and nothing is refused by a header."""
    with watched_page(browser, root) as page:
        page.goto(root)
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "serif"
        page.goto(f"{root}search/")
        page.get_by_label("Words or phrase").fill("recall")
        expect(page.locator("#search-results li").first).to_be_visible(timeout=20_000)
