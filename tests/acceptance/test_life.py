"""A site's life through the command line: changes, losses, faults, leaks, withdrawals and embargoes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from publishing import settings
from publishing.cli import app
from publishing.site import templating
from tests.support.cases import write_case
from tests.support.paths import ROOT, contents
from tests.support.running import on_path, run

DAY = "2025-03-01"
MODEL = "redaction/ner/model"
NAMES = ("darren", "whitlock", "a4821ck", "keisha", "moorhouse", "tennyson", "wołkowski", "ffion", "cadwaladr")


pytestmark = pytest.mark.usefixtures("one_redactor", "logging_as_it_was")


def candour(house: Path, *arguments: str) -> Result:
    """A command of the command line over a house, in this process."""
    result = CliRunner().invoke(app, [*arguments, "--reviews", str(house / "reviews"), *_out(house, arguments[0])])
    assert "Traceback" not in result.output
    assert not [name for name in NAMES if name in result.output.lower()]
    return result


def _out(house: Path, command: str) -> list[str]:
    return ["--out", str(house / "build")] if command in ("build", "withdraw") else []


def build(house: Path, as_of: str = DAY) -> Result:
    """`candour build` for a day."""
    return candour(house, "build", "--as-of", as_of)


def shown(house: Path) -> set[str]:
    """The references of every review that has a page in the site."""
    pages = (house / "build" / "site" / "reviews").glob("????-???/index.html")
    return {page.parent.name for page in pages if "has been withdrawn" not in page.read_text(encoding="utf-8")}


# --- what changes a signed page, and what does not --------------------------------------------------------------------


@pytest.fixture
def another(tmp_path: Path) -> Path:
    """A copy of the project to change."""
    project = tmp_path / "project"
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("redaction", "publishing", "templates", "site_src"):
        shutil.copytree(ROOT / name, project / name, ignore=ignore)
    shutil.copy(ROOT / "mkdocs.yml", project)
    return project


def policy_with(project: Path, **changes: object) -> None:
    """Change the project's policy file."""
    path = project / "redaction" / "policy.yml"
    policy = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**policy, **changes}), encoding="utf-8")


def build_with(project: Path, house: Path) -> subprocess.CompletedProcess[str]:
    """`candour build` by another version of Candour, in a process of its own."""
    arguments = ("--reviews", str(house / "reviews"), "--out", str(house / "build"), "--as-of", DAY)
    return run("build", *arguments, cwd=house, PYTHONPATH=on_path(project))


def test_another_policy_model_and_source_change_no_signed_page(real_house: Path, another: Path) -> None:
    """A new policy file, another tagger's thresholds and an edited source, all at once: every byte stays."""
    before = contents(real_house / "build")
    policy_with(another, dates="month", threshold=0.9)
    thresholds = another / MODEL / "thresholds.yml"
    thresholds.write_text(
        thresholds.read_text(encoding="utf-8").replace("PERSON: 0.12", "PERSON: 0.99"), encoding="utf-8"
    )
    write_case(
        real_house / "reviews", summary="Darren Whitlock did something else on 4 June 2018.", lesson="Quite another."
    )
    done = build_with(another, real_house)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(real_house / "build") == before


@pytest.mark.build
def test_a_model_that_is_not_the_shipped_one_stops_the_build_in_plain_words(house: Path, another: Path) -> None:
    """The message names the file and says what to do; what stood before stands."""
    before = contents(house / "build")
    with (another / MODEL / "tagger.onnx").open("ab") as model:
        model.write(b"more")
    # what is kept of an earlier redaction would need no model
    policy_with(another, threshold=0.5)
    done = build_with(another, house)
    assert done.returncode == 1
    assert "tagger.onnx is missing or not the one that came with Candour: install Candour again" in done.stderr
    assert contents(house / "build") == before


@pytest.mark.build
def test_a_broken_policy_stops_the_build_in_plain_words(house: Path, another: Path) -> None:
    """The message names the field; what stood before stands."""
    before = contents(house / "build")
    policy_with(another, second_reader="sometimes")
    done = build_with(another, house)
    assert done.returncode == 1
    assert "second_reader" in done.stderr
    assert contents(house / "build") == before


# --- losses and faults ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_site")
def test_a_lost_page_fails_and_the_old_site_stands(house: Path) -> None:
    """A published case goes missing: exit 1, which page, and how a page goes away rightly."""
    before = contents(house / "build")
    shutil.rmtree(house / "reviews" / "walnut-anchor-08")
    result = build(house)
    assert result.exit_code == 1
    assert "2025-002" in result.stderr
    assert "candour withdraw" in result.stderr
    assert contents(house / "build") == before


@pytest.mark.usefixtures("small_site")
def test_malformed_cases_are_left_out_with_every_fault_in_one_message(house: Path) -> None:
    """Bad YAML, an unknown region, no Summary, one reference twice, binary junk: all named, the rest published."""
    reviews = house / "reviews"
    yaml_broken = write_case(reviews, "yaml-03", public_id="2025-003") / "review.md"
    yaml_broken.write_text(yaml_broken.read_text(encoding="utf-8").replace("agencies: [", "agencies: [["))
    two_faults = write_case(reviews, "region-04", public_id="2025-004") / "review.md"
    text = two_faults.read_text(encoding="utf-8").replace("region: greater-manchester", "region: greater-manchestre")
    two_faults.write_text(text.replace("## Summary", "## Background"), encoding="utf-8")
    write_case(reviews, "twin-05", public_id="2025-005")
    write_case(reviews, "twin-06", public_id="2025-005")
    (write_case(reviews, "junk-07", public_id="2025-007") / "review.md").write_bytes(bytes(range(256)) * 40)
    sound = write_case(reviews, "copper-08", public_id="2025-008", lesson="Nobody is left out for another's fault.")
    assert candour(house, "sign-off", sound.name, "--by", "A Checker").exit_code == 0

    result = build(house)

    assert result.exit_code == 1
    faults = result.stderr.splitlines()
    for case in ("yaml-03", "region-04", "twin-05", "twin-06", "junk-07"):
        assert any(line.startswith(f"{case}: ") for line in faults), case
    assert sum(line.startswith("region-04: ") for line in faults) == 2
    assert any("region" in line and "greater-manchester" in line for line in faults)
    assert any(line.startswith("region-04: ") and "Summary" in line for line in faults)
    assert any(line.startswith("twin-05: ") and "twin-06" in line for line in faults)
    assert "amber-kettle-21" not in result.stderr
    assert shown(house) == {"2025-001", "2025-002", "2025-008"}


@pytest.mark.usefixtures("small_site")
def test_an_unreadable_register_stops_everything(house: Path) -> None:
    """Even of a draft, and even where other cases have faults: each such register is named, and nothing changes."""
    before = contents(house / "build")
    write_case(house / "reviews", "draft-03", public_id="2025-003", status="draft", register="people: [{names: [")
    write_case(house / "reviews", "other-04", public_id="2025-004", register="\x00\x01")
    result = build(house)
    assert result.exit_code == 1
    assert {"draft-03", "other-04"} <= {line.split(":")[0] for line in result.stderr.splitlines()}
    assert contents(house / "build") == before


# --- planted leaks ----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the hand-written pages, templates and settings, which the build uses."""
    folder = tmp_path / "hand-written"
    for name in ("templates", "site_src"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    monkeypatch.setattr(settings, "_HERE", folder / "publishing")
    # templates are read once a process
    templating.page_templates.cache_clear()
    yield folder
    templating.page_templates.cache_clear()


END = ""
STYLES = "site_src/assets/styles/site-parts/10-forced-colours-and-print.css"
"""A part of site.css."""
PLANTED: dict[str, tuple[str, str, str]] = {
    # what: the file, the words in it that give way (or its end), and what is planted
    "an entity within a name": ("site_src/about/labels.md", END, "\nKeisha Moor&#104;ouse\n"),
    "emphasis within a name": ("site_src/about/licence.md", END, "\nKei**sha** *Moor*house\n"),
    "a comment that no reader sees": ("site_src/about/index.md", END, "\n<!-- ask Keisha Moorhouse's mother -->\n"),
    "surname first, in capitals": ("site_src/about/privacy.md", END, "\n- MOORHOUSE, Keisha: see the file\n"),
    "a code in a link's address": ("site_src/about/accessibility.md", END, "\n[x](https://example.org/a4821ck)\n"),
    "an address in a style": (STYLES, END, '\n.x::after { content: "27 Tennyson Road"; }\n'),
    "a script's escapes": ("site_src/assets/scripts/exit.js", END, '\nconst x = "Keisha\\u0020Moorhouse";\n'),
    "a picture's comment": ("site_src/assets/favicon.svg", END, "<!-- Keisha Moorhouse -->"),
}
"""Each in a file that holds nothing else, so that one build tells of all."""
ALONE: dict[str, tuple[str, str, str]] = {
    "a style's escapes": (STYLES, END, '\n.x::after { content: "Keisha Moor\\68 ouse"; }\n'),
    "the settings of the site": ("mkdocs.yml", "© Crown copyright", "© Keisha Moorhouse"),
    "the frame of every page": ("templates/theme/main.html", 'content="no-referrer"', 'content="keisha-moorhouse"'),
    "the home page": ("site_src/index.md.j2", END, "\n{{ 'Keisha' ~ ' ' ~ 'Moorhouse' }}\n"),
}
"""Planted in a file of another, or in so many files that a build would tell of others'."""


def public_file(name: str) -> str:
    """The file of the site that is made of a hand-written one."""
    path = Path("site", name.removeprefix("site_src/"))
    if name == STYLES:
        return "site/assets/styles/site.css"
    if path.suffix == ".md":
        path = path.with_suffix(".html") if path.stem == "index" else path.with_suffix("") / "index.html"
    return path.as_posix()


def plant(project: Path, name: str, old: str, new: str) -> None:
    """Put words into a file of the project."""
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new) if old else text + new, encoding="utf-8")


def told(result: Result) -> set[str]:
    """The files of which a build says that they hold an identity of the case."""
    return set(re.findall(r"^(\S+): an identity declared by case amber-kettle-21\b", result.stderr, re.MULTILINE))


def test_planted_identities_stop_the_release(real_house: Path, project: Path) -> None:
    """Exit 1, every file and the case are named and nobody is; every byte of the site stays."""
    before = contents(real_house / "build")
    for where in PLANTED.values():
        plant(project, *where)
    result = build(real_house)
    assert result.exit_code == 1
    assert {public_file(name) for name, _, _ in PLANTED.values()} <= told(result)
    assert contents(real_house / "build") == before
    assert sorted(path.name for path in real_house.iterdir()) == [".build.candour-reserve", "build", "reviews"]


@pytest.mark.parametrize("where", ALONE)
def test_a_planted_identity_stops_the_release(real_house: Path, project: Path, where: str) -> None:
    """The same, of one."""
    before = contents(real_house / "build")
    plant(project, *ALONE[where])
    result = build(real_house)
    assert result.exit_code == 1
    assert told(result)
    if ALONE[where][0] == STYLES:
        assert "site.css" in result.stderr
    assert contents(real_house / "build") == before
    assert sorted(path.name for path in real_house.iterdir()) == [".build.candour-reserve", "build", "reviews"]


def test_a_link_that_leads_nowhere_stops_the_build(real_house: Path, project: Path) -> None:
    """The pages are built strictly, through the command line too, and the message says where the link is."""
    before = contents(real_house / "build")
    page = project / "site_src/about/labels.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[gone](nowhere.md)\n", encoding="utf-8")
    result = build(real_house)
    assert result.exit_code == 1
    assert "about/labels.md" in result.stderr
    assert "nowhere.md" in result.stderr
    assert contents(real_house / "build") == before


# --- withdrawing and embargoes ----------------------------------------------------------------------------------------


NOTICE = (
    "Review 2025-001 has been withdrawn This review was taken down on 5 March 2025. "
    "Reason: a victim or family asked for it. "
    "We do not say more, and we ask others not to publish copies of it. Corrections and withdrawals All reviews"
)


def notices(house: Path, public_id: str) -> list[str]:
    """What a reader reads at the two addresses of a withdrawn review, whatever spaces hold a date together."""
    read = []
    for name in ("index.html", "learning/index.html"):
        html = (house / "build" / "site" / "reviews" / public_id / name).read_text(encoding="utf-8")
        (article,) = re.findall(r"<article.*?</article>", html, re.DOTALL)
        read.append(" ".join(unescape(re.sub(r"<[^>]+>", "", article)).split()))
    return read


def test_withdrawing_works_beside_a_broken_case_and_lasts(real_house: Path) -> None:
    """Exit 0 whatever other cases are like; a notice with day and reason; no later build or rollback undoes it."""
    reviews, out = real_house / "reviews", real_house / "build"
    old = shutil.copytree(out, real_house / "old")
    broken = write_case(reviews, "broken-05", public_id="2025-005", register="people: [")
    (reviews / "walnut-anchor-08" / "review.md").write_bytes(b"\x00\xff")
    result = candour(real_house, "withdraw", "amber-kettle-21", "--reason", "victim-request", "--as-of", "2025-03-05")
    assert result.exit_code == 0
    assert "broken-05" in result.stdout
    assert shown(real_house) == {"2025-002"}
    assert notices(real_house, "2025-001") == [NOTICE, NOTICE]

    shutil.rmtree(broken)
    write_case(
        reviews, "walnut-anchor-08", public_id="2025-002", person="Tomasz Wołkowski", victim="Ffion Cadwaladr",
        code="X412398", lesson="A handover needs a spoken briefing.",
    )  # fmt: skip
    shutil.rmtree(out)
    shutil.move(old, out)
    assert shown(real_house) == {"2025-001", "2025-002"}
    assert build(real_house, "2025-03-06").exit_code == 0
    assert shown(real_house) == {"2025-002"}
    assert notices(real_house, "2025-001") == [NOTICE, NOTICE]


def test_an_embargo_holds_until_its_day(real_house: Path) -> None:
    """Nothing of it is public the day before; it is there on the day."""
    shutil.rmtree(real_house / "build")
    early = build(real_house, "2025-02-02")
    assert early.exit_code == 0
    assert early.stdout.count("under embargo until 2025-02-03") == 2
    assert shown(real_house) == set()
    files = contents(real_house / "build").items()
    assert not [name for name, data in files if "2025-001" in name or b"within one working day" in data]
    assert build(real_house, "2025-02-03").exit_code == 0
    assert shown(real_house) == {"2025-001", "2025-002"}
