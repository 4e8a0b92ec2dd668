"""What only a browser shows is searched: planted names, a page that asks for other machines, and a machine without Chromium."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.cli import app
from publishing.errors import BrowserError, LeakError
from publishing.intake import load_every_case
from publishing.release import browser, gate
from publishing.release.browser import page_check
from publishing.release.gathered_cases import gather_declared

pytestmark = pytest.mark.usefixtures("logging_as_it_was")
GUARD = gate.DeclaredIdentities({})


def page(body: str) -> str:
    """A page, to be put into a site."""
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>A page</title><body>{body}"


MOVED = "const t=(s)=>[...s].map(c=>c==' '?c:String.fromCharCode(c.charCodeAt(0)-1)).join('');"
NAME = "t('Ebssfo Xijumpdl')"
"""Darren Whitlock, each letter by its neighbour."""

PLANTED = {
    "a script builds it": f"<p id=p></p><script>{MOVED}p.textContent={NAME}</script>",
    "long after the page is there": f"<p id=p></p><script>{MOVED}setTimeout(()=>p.append({NAME}),4000)</script>",
    "a style draws it": "<style>p::before{content:'Dar' 'ren Whit'}p::after{content:'lock'}</style><p></p>",
    "a style draws what an attribute holds": f"<p id=p></p><style>p::before{{content:attr(d)}}</style><script>{MOVED}p.setAttribute('d',{NAME})</script>",
    "pieces put in order by a script": (
        "<p><i>lock</i><i>Whit</i><i> </i><i>ren</i><i>Dar</i></p><script>for(const i of "
        "[...document.querySelectorAll('i')].reverse())i.parentNode.append(i)</script>"
    ),
    "pieces in boxes side by side": (
        f"<p id=p style='display:flex'></p><script>{MOVED}for(const s of {NAME}.match(/.{{1,4}}/g))"
        "p.append(Object.assign(document.createElement('b'),{textContent:s}))</script>"
    ),
    "a closed shadow tree": f"<p id=p></p><script>{MOVED}p.attachShadow({{mode:'closed'}}).textContent={NAME}</script>",
    "a frame of its own": f"""<iframe sandbox=allow-scripts srcdoc="<p id=p></p><script>{MOVED}p.textContent={NAME}</script>"></iframe>""",
    "what is read aloud": f"<button id=p>x</button><script>{MOVED}p.ariaLabel={NAME}</script>",
    "a field": f"<input id=p><script>{MOVED}p.value={NAME}</script>",
    "a dialog": f"<script>{MOVED}alert({NAME})</script>",
    "what is not drawn": f"<p id=p hidden></p><script>{MOVED}p.textContent={NAME}</script>",
    "fetched in pieces": "<p id=p></p><script>fetch('/pieces.json').then(r=>r.json()).then(d=>p.textContent=d.reverse().join(''))</script>",
    "a page that leads on": f"<meta http-equiv=refresh content=1;url=/><p id=p></p><script>{MOVED}p.textContent={NAME};location='/'</script>",
}
FREE = {
    "other names": f"<p id=p></p><script>{MOVED}p.textContent=t('Ojobn Xbsefo')</script>",
    "halves of two people": "<p>Darren</p><p>A4821</p><ul><li>Whit<li>CK</ul>",
}


@pytest.fixture
def site(house: Path) -> Path:
    """The small site, to plant in."""
    return house / "build" / "site"


@pytest.fixture
def ear() -> Iterator[socket.socket]:
    """Another program of this machine that listens; nobody is to call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture
def room() -> Iterator[Path]:
    """A place for temporary files, with a short name: Chromium makes a socket in it."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def check(house: Path, *more: str) -> tuple[int, str, str]:
    """Run `candour check --browser` over the site of a house."""
    where = ["--reviews", str(house / "reviews"), "--site", str(house / "build/site")]
    done = CliRunner().invoke(app, ["check", "--browser", *where, *more])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("chromium")
def test_what_only_a_browser_shows_is_found(
    house: Path, site: Path, ear: socket.socket, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each plant, in no file as its bytes are read; nothing else; without a call to anybody, and nothing stays."""
    at = f"127.0.0.1:{ear.getsockname()[1]}"
    asks = "".join(
        f"fetch('http://{host}/').catch(()=>0);" for host in (at, at.replace("127.0.0.1", "localhost"), "192.0.2.1")
    )
    asking = f"<link rel=preconnect href=http://{at}><img src=http://{at}/a.png><iframe src=http://{at}/></iframe><script>{asks}new WebSocket('ws://{at}/')</script>"
    (site / "pieces.json").write_text('["lock","Whit","ren ","Dar"]', encoding="utf-8")
    for number, body in enumerate((*PLANTED.values(), *FREE.values(), asking)):
        (site / f"planted-{number:02}.html").write_text(page(body), encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    monkeypatch.setenv("TMPDIR", str(room))
    guard = gather_declared(house / "reviews", load_every_case(house / "reviews"))
    assert [str(hit) for hit in gate.find_hits(site, guard)] == []
    with pytest.raises(LeakError) as caught:
        browser.check_pages(site, guard)
    names = [f"planted-{number:02}.html" for number in range(len(PLANTED))]
    shown = dict(line.split(": ", 1) for line in caught.value.findings)
    assert {what: name in shown for what, name in zip(PLANTED, names, strict=True)} == dict.fromkeys(PLANTED, True)
    assert set(shown.values()) == {"an identity declared by case amber-kettle-21, as a browser shows it"}
    assert set(shown) == set(names)
    with pytest.raises(BlockingIOError):
        ear.accept()
    assert list(room.iterdir()) == []


@pytest.mark.usefixtures("chromium")
def test_a_page_without_end_is_refused_and_sound_ones_are_not(
    house: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be shown to the end cannot be searched; the pages after it are still looked at."""
    code, said, _ = check(house)
    assert (code, said.splitlines()[-1]) == (0, "No identity found in 3 files, nor in 3 pages as a browser shows them.")
    monkeypatch.setattr(page_check, "_PATIENCE", (1.0, 2.0))
    for path in site.rglob("*.html"):
        path.unlink()
    (site / "a.html").write_text(page("<script>for(;;);</script>"), encoding="utf-8")
    with pytest.raises(LeakError, match="a.html: cannot be shown to the end within 2 seconds"):
        browser.check_pages(site, GUARD)


@pytest.mark.parametrize(
    ("program", "why"),
    [("", "There is no Chromium on this machine"), ("/nowhere/chromium", "There is no Chromium on this machine")],
)
def test_without_chromium_it_says_so_before_anything_else(
    house: Path, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    """With 1, and what to install; beside a comparison it is wrong usage."""
    monkeypatch.setenv("CANDOUR_CHROMIUM", program)
    monkeypatch.setenv("PATH", "/nowhere")
    code, said, refused = check(house)
    assert (code, said, why in refused) == (1, "", True)
    assert check(house, "--manifest", str(house / "build/manifest.txt"))[0] == 2


@pytest.mark.skipif(os.name != "posix", reason="programs are made here as POSIX systems make them")
def test_a_browser_that_does_not_start_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends at once, as Chromium does where its sandbox is not allowed."""
    monkeypatch.setenv("CANDOUR_CHROMIUM", "true")
    with pytest.raises(BrowserError, match="Chromium did not start"):
        browser.check_pages(site, GUARD)
