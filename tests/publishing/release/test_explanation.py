"""`candour build --explain`: what was done again, and why; nothing of it unless somebody asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.cli import app
from publishing.files.reuse import Cause, Reuse, find_causes
from publishing.intake import kept_cases
from publishing.release.explanation import Explanation
from tests.support.building import AS_OF
from tests.support.cases import CASE, OTHER, edit_case

Said = dict[str, list[str]]
Build = Callable[..., Said]

READ, REDACTED, SIGNED, SEARCHED, DECLARED = (
    "cases read",
    "cases redacted",
    "signed texts read by the second reader",
    "contents of files searched for everybody",
    "cases whose identities were looked for in all other files",
)


@pytest.fixture
def build(house: Path, small_site: None, one_redactor: None, logging_as_it_was: None) -> Build:
    """Build the house with the command line; what it says was done again, by stage."""

    def run(*more: str) -> Said:
        places = ("--reviews", house / "reviews", "--out", house / "build", "--as-of", "2025-03-01")
        result = CliRunner().invoke(app, ["build", *map(str, places), *more])
        assert result.exit_code == 0, result.output
        said: Said = {}
        for line in result.stdout.splitlines():
            if line.startswith("done again: "):
                stage, _, what = line.removeprefix("done again: ").partition(": ")
                said.setdefault(stage, []).append(what)
        return said

    return run


def test_a_first_build_does_everything_since_nothing_was_kept(house: Path, build: Build) -> None:
    """Each stage says so in one line, and names nothing."""
    shutil.rmtree(house / "reviews" / ".candour")
    said = build("--explain")
    for stage in (READ, REDACTED, SIGNED):
        assert said[stage] == ["all 2, because nothing usable was kept of them"]
    assert len(said[SEARCHED]) == 1
    assert said[SEARCHED][0].endswith(", because nothing usable was kept of them")
    assert DECLARED not in said
    assert said["pages converted"] == ["all, because none is kept: the disk has no room to spare for them"]


def test_a_build_after_which_nothing_changed_does_nothing_again(build: Build) -> None:
    """No case, no text, no file."""
    said = build("--explain")
    assert [said[stage] for stage in (READ, REDACTED, SIGNED, DECLARED)] == [["none of 2"]] * 4
    assert said[SEARCHED][0].startswith("none of ")


def test_one_review_that_changed_is_named_with_what_follows(
    house: Path, build: Build, sign: Callable[[Path], None]
) -> None:
    """The case, its text as it is and as it was signed, and the files that it is in; no other."""
    sign(edit_case(house))
    said = build("--explain")
    assert said[READ] == [f"1 of 2, because their files changed: {CASE}"]
    assert said[REDACTED] == [f"1 of 2, because their text changed: {CASE}"]
    assert said[SIGNED] == [f"1 of 2, because their text changed: {CASE}"]
    assert said[SEARCHED] == [
        "2 of 20, because their files changed: markdown/data/reviews/2025-001.json, site/reviews/2025-001/index.html"
    ]
    assert said[DECLARED] == ["none of 2"]


def test_a_new_identity_is_looked_for_in_every_file(house: Path, build: Build) -> None:
    """The case is not read again, for registers always are; its texts are, and its identities are searched for everywhere."""
    register = house / "reviews" / OTHER / "register.yml"
    register.write_text(
        register.read_text(encoding="utf-8") + "organisations: [Bramblewick Lido Trust]\n", encoding="utf-8"
    )
    said = build("--explain")
    assert said[READ] == ["none of 2"]
    assert said[REDACTED] == [f"1 of 2, because what their registers declare changed: {OTHER}"]
    assert said[SIGNED] == [f"1 of 2, because what their registers declare changed: {OTHER}"]
    assert said[SEARCHED][0].startswith("none of ")
    assert said[DECLARED] == [
        f"1 of 2, because what their registers declare, or which pages are their own, changed: {OTHER}"
    ]


def test_another_program_is_told_from_a_changed_case(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases are read again because Candour is another; what its engine redacted stays."""
    monkeypatch.setattr(kept_cases, "hash_program", lambda: "another")
    said = build("--explain")
    assert said[READ] == ["all 2, because Candour, its settings or its libraries changed"]
    assert said[REDACTED] == ["none of 2"]


def test_what_is_never_kept_is_told_apart(house: Path, build: Build) -> None:
    """A draft with empty fields is read each time."""
    draft = house / "reviews" / "cedar-lantern-07"
    assert CliRunner().invoke(app, ["new", draft.name, "--reviews", str(draft.parent)]).exit_code == 0
    for _ in range(2):
        said = build("--explain")
        assert said[READ][0] == "none of 2"
        assert said[READ][1].startswith("1 more, because a case with faults or empty fields is read each time")


def test_a_site_that_is_left_as_it_stands_is_explained_in_one_line(real_house: Path, logging_as_it_was: None) -> None:
    """Nothing was done of which more could be said."""
    places = ("--reviews", real_house / "reviews", "--out", real_house / "build", "--as-of", AS_OF.isoformat())
    result = CliRunner().invoke(app, ["build", *map(str, places), "--explain"])
    assert result.exit_code == 0, result.output
    told = [line for line in result.stdout.splitlines() if line.startswith("done again: ")]
    assert told == ["done again: nothing, because nothing that a build reads has changed, nor the site that stands"]


def test_nothing_is_explained_unless_somebody_asks(house: Path, build: Build) -> None:
    """The words of a build stay what they were."""
    shutil.rmtree(house / "reviews" / ".candour")
    assert build() == {}


def test_several_reasons_and_many_names_are_told_in_short() -> None:
    """Every reason of a group, the first names, and how many there are besides; nothing that a terminal takes for a command."""
    nothing = Reuse(1, {})
    again = {f"page-{number:02}\x1b": (Cause.TEXT, Cause.PROGRAM) for number in range(13)}
    lines = list(Explanation(nothing, 0, nothing, nothing, Reuse(1, again), nothing, nothing).lines())
    (line,) = (line for line in lines if line.startswith("pages"))
    assert line.startswith(
        "pages converted: 13 of 14, because their text changed and Candour, its settings or its libraries changed: page-00?, "
    )
    assert line.endswith("page-09? and 3 more")


def test_an_entry_is_held_against_the_nearest_before_it() -> None:
    """Of the same case alone; one that lay there under the same name, or under another form of name, tells nothing."""
    whole = "0" * 64

    def key(case: str, *parts: str) -> str:
        return "-".join((f"{case}/{parts[0] * 10}", *(part * 10 for part in parts[1:]), whole))

    before = [key("a-b", "1", "2"), key("a-b", "3", "4"), key("a", "1", "5"), f"c/{whole}", "strange"]
    made_of = (Cause.TEXT, Cause.PROGRAM)
    causes = find_causes(
        [key("a-b", "1", "4"), key("a-b", "1", "7"), key("a-b", "8", "9"), key("c", "1", "2")], before, made_of
    )
    assert list(causes.values()) == [(Cause.PROGRAM,), (Cause.PROGRAM,), (Cause.TEXT, Cause.PROGRAM), (Cause.NEW,)]
