"""The command line: exit codes 0, 1 and 2, what is said where, and never a private word."""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from publishing import intake, settings
from publishing.cli import app
from publishing.cli.options import REASONS, STATUSES
from publishing.vocabulary import terms
from redaction import Entity, Redactor, RegisterError
from tests.support.cases import CASE, sign_case, write_case
from tests.support.paths import contents

CANDOUR = str(Path(sys.executable).with_name("candour"))
SECRET = "xqzzvenable"
"""Stands for any private word: it may be in no output whatever."""

COMMANDS = ("build", "redact", "sign-off", "withdraw", "check", "new", "evaluate", "serve")


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """The command line turns logging off for the whole process."""
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def candour(one_redactor: None) -> Callable[..., Result]:
    """Run a command in this process; whatever it does, there is no traceback and no secret."""

    def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)
        assert "Traceback" not in result.output
        assert SECRET not in result.output.casefold()
        return result

    return run


def refused(result: Result) -> str:
    """It ended with 1 and said why on standard error; the reason."""
    assert result.exit_code == 1
    assert result.stderr.strip()
    return result.stderr


# --- usage ------------------------------------------------------------------------------------------------------------


def test_help_lists_every_command() -> None:
    """In one line each, whole sentences."""
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    listed = re.findall(r"^  ([a-z-]+)  +(.+)$", result.stdout.partition("Commands:")[2], re.MULTILINE)
    assert set(COMMANDS) <= {name for name, _ in listed}
    assert all(text[0].isupper() and text.endswith(".") for _, text in listed)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """A sentence, and words for every option and argument."""
    result = CliRunner().invoke(app, [command, "--help"], terminal_width=100)
    assert result.exit_code == 0
    usage, about, *rest = (part for part in result.stdout.split("\n\n") if part.strip())
    assert usage.startswith(f"Usage: candour {command}") or f" {command} " in usage
    assert about.strip().endswith(".")
    entries = re.split(r"\n  (?=\S)", "\n".join(rest))
    explained = [re.split(r"\s{2,}", entry.strip(), maxsplit=1) for entry in entries if entry.lstrip().startswith("--")]
    assert explained
    assert all(len(parts) == 2 and parts[1][0].isupper() for parts in explained)


WRONG_USAGE: dict[str, list[str]] = {
    "unknown command": ["publish"],
    "unknown option": ["build", "--quickly"],
    "no file": ["redact"],
    "no signer": ["sign-off", "amber-kettle-21"],
    "no reason": ["withdraw", "2025-001"],
    "unknown reason": ["withdraw", "2025-001", "--reason", "because"],
    "no number of workers": ["build", "--workers", "0"],
    "no port": ["serve", "--port", "0"],
    "no day": ["build", "--as-of", "tomorrow"],
    "no day to withdraw on": ["withdraw", "2025-001", "--reason", "legal", "--as-of", "2025-02-30"],
    "too much": ["new", "one", "two"],
}


@pytest.mark.parametrize("name", WRONG_USAGE)
def test_wrong_usage_ends_with_2(candour: Callable[..., Result], name: str) -> None:
    """What is wrong is said on standard error, with the way to help."""
    result = candour(*WRONG_USAGE[name])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "--help" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "choices"),
    [
        (["withdraw", "2025-001", "--reason", "because"], "victim-request, legal, identification-risk, error"),
        (["respond", "x", "1", "--by", "y", "--status", "done"], "not-started, in-progress, implemented"),
    ],
)
def test_a_choice_that_is_none_is_told_with_the_others(
    candour: Callable[..., Result], arguments: list[str], choices: str
) -> None:
    """The option, what may be chosen, and nothing of how values are checked inside."""
    result = candour(*arguments)
    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert f"Invalid value for '{arguments[-2]}': it is none of: {choices}" in said
    assert "Value error" not in said


@pytest.mark.parametrize("said", [["--version"], ["-h"], ["register", "-h"]])
def test_version_and_help_answer_to_their_usual_names(candour: Callable[..., Result], said: list[str]) -> None:
    """Nothing else is asked for."""
    result = candour(*said)
    assert result.exit_code == 0
    assert result.stdout == f"candour {version('candour')}\n" or "Show this message and exit." in result.stdout


@pytest.mark.parametrize(
    "said", ["amber-kettle-21", "reviews/amber-kettle-21", "./reviews/amber-kettle-21/", "2025-001"]
)
def test_a_case_is_known_by_its_name_its_path_and_its_reference(
    candour: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """As a shell completes it, or as the site calls it."""
    write_case(tmp_path / "reviews")
    write_case(tmp_path / "reviews", "walnut-anchor-08", public_id="2025-002")
    monkeypatch.chdir(tmp_path)
    assert "amber-kettle-21" in candour("sign-off", said, "--by", "A Checker").stdout
    assert "signed by A Checker" in candour("history", said).stdout
    assert (tmp_path / "reviews" / "amber-kettle-21" / "signed.json").is_file()
    assert not (tmp_path / "reviews" / "walnut-anchor-08" / "signed.json").exists()


@pytest.mark.parametrize("said", ["n" * 300, "2025-009", "../amber-kettle-21", "elsewhere/amber-kettle-21", ".."])
def test_what_names_no_case_is_refused(candour: Callable[..., Result], tmp_path: Path, said: str) -> None:
    """A reference that none has, and paths that lead elsewhere."""
    write_case(tmp_path / "reviews")
    assert "There is no case of that name" in refused(candour("history", said, "--reviews", tmp_path / "reviews"))


def test_a_folder_or_arguments_the_wrong_way_round_are_explained(
    candour: Callable[..., Result], tmp_path: Path
) -> None:
    """What was given is said to be what it is, and what to give."""
    folder = write_case(tmp_path / "reviews")
    (tmp_path / "review.docx").touch()
    swapped = candour("import", "new-case", tmp_path / "review.docx", "--reviews", tmp_path / "reviews")
    assert swapped.exit_code == 2
    assert "comes first, then the name of the case" in " ".join(swapped.stderr.split())
    assert "that is a folder" in refused(candour("import", tmp_path, "new-case", "--reviews", tmp_path / "reviews"))
    assert "That is a folder" in refused(candour("redact", tmp_path))
    assert "is the folder of one case" in refused(candour("build", "--reviews", folder, "--out", tmp_path / "build"))


def test_the_choices_of_options_are_those_of_the_vocabulary() -> None:
    """They stand in the command line as well, which is to start fast."""
    assert set(REASONS) == set(terms("withdrawal_reasons")) - {"not-stated"}
    assert set(STATUSES) == set(terms("lesson_statuses")) - {"no-response"}


# --- stopped by a person ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("swapped", [False, True])
def test_ctrl_c_during_a_build_says_what_stands(
    candour: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, swapped: bool
) -> None:
    """Exit code 130, as shells have it; and the truth where the swap was made already."""
    out = tmp_path / "build"
    (out / "site").mkdir(parents=True)

    def stop(*arguments: object, **more: object) -> None:
        if swapped:
            (tmp_path / "new").mkdir()
            (out / "site").rename(tmp_path / "old")
            (tmp_path / "new").rename(out / "site")
        raise KeyboardInterrupt

    monkeypatch.setattr("publishing.release.build.build", stop)
    result = candour("build", "--out", out)
    assert result.exit_code == 130
    assert result.stderr == (
        "Stopped. The new site stands.\n" if swapped else "Stopped. What stood published before still stands.\n"
    )


def test_ctrl_c_elsewhere_says_that_it_stopped(candour: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Never silence."""

    def stop(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("publishing.release.site_check.check_site", stop)
    result = candour("check")
    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


# --- redact -----------------------------------------------------------------------------------------------------------

TEXTS: dict[str, str] = {
    "plain": "Mr Tomasz Zielony (A4821CK) rang Ada Quill on 07700 900418.\n",
    "Windows line ends": "Mr Tomasz Zielony rang.\r\n\r\nAda Quill,\r\nCRN X398217,\r\nwrote to ada.quill@example.org.\r\n",
    "emoji": "😀👩‍👧 Ada Quill 👍🏽 rang 07700 900418 🏴󠁧󠁢󠁷󠁬󠁳󠁿 from A4821CK.",
    "combining marks": "Mrs Zoe\u0308 Rosevea\u0301r met Ada Qu\u0131ll; N\u0303a\u0303 X398217.",
    "byte order mark": "\ufeffAda Quill (A4821CK) said so.",
    "odd spaces": "Ada\u00a0Quill\u2003and\u200b Mr\tTomasz\u2028Zielony, X398217\x0b\x0c.",
    "Markdown": "| Who | Code |\n| --- | --- |\n| *Ada* **Quill** | `A4821CK` |\n\n> [Ada Quill](mailto:ada@example.org)\n",
    "nobody": "The plan was not reviewed.\n",
    "nothing": "",
    "a line end": "\r",
}


def pieces(text: str, detections: list[dict[str, Any]]) -> Iterator[str]:
    """The redacted text, rebuilt from the input and the detections alone."""
    position = 0
    for found in detections:
        yield text[position : found["start"]]
        yield found["replacement"]
        position = found["end"]
    yield text[position:]


@pytest.mark.parametrize("name", TEXTS)
def test_the_json_holds_offsets_that_rebuild_the_text(
    candour: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    """Code points into the input as it is, whatever its line ends and marks; sorted, never overlapping."""
    text, file = TEXTS[name], tmp_path / "text.md"
    file.write_bytes(text.encode("utf-8"))
    result = candour("redact", file, "--json")
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    told = json.loads(result.stdout)
    assert told.keys() == {"text", "detections", "review", "doubts", "questions"}
    assert "".join(pieces(text, told["detections"])) == told["text"]
    previous = 0
    for found in told["detections"]:
        assert found.keys() == {"start", "end", "entity", "score", "source", "replacement"}
        assert previous <= found["start"] < found["end"] <= len(text)
        assert found["entity"] in set(Entity)
        assert 0 <= found["score"] <= 1
        assert found["source"]
        previous = found["end"]
    for flag in told["review"]:
        assert flag.keys() == {"start", "end", "entity", "source", "reason", "probability"}
        assert 0 <= flag["probability"] <= 1
    assert bool(told["detections"]) == (name not in ("nobody", "nothing", "a line end"))


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_alone_is_that_of_the_json(candour: Callable[..., Result], tmp_path: Path, name: str) -> None:
    """Nothing is added, no line end is changed, and standard input is read as a file is."""
    data = TEXTS[name].encode("utf-8")
    (tmp_path / "text.md").write_bytes(data)
    text = json.loads(candour("redact", "-", "--json", given=data).stdout)["text"]
    assert candour("redact", tmp_path / "text.md").stdout_bytes.decode("utf-8") == text
    assert candour("redact", "-", given=data).stdout_bytes.decode("utf-8") == text


def test_a_register_tells_redact_whom_to_mask(candour: Callable[..., Result], tmp_path: Path) -> None:
    """A nickname that no engine could know."""
    register = tmp_path / "register.yml"
    register.write_text("format: 1\npeople:\n  - {role: victim, names: [Boxer]}\n", encoding="utf-8")
    result = candour("redact", "-", "--register", register, given="Then Boxer left.")
    assert result.stdout == "Then [Victim 1] left."


@pytest.mark.build
def test_redact_as_a_real_process_keeps_bytes(tmp_path: Path) -> None:
    """Through a real pipe: line ends, a byte order mark and emoji come out as they went in, and errors are empty."""
    given = "\ufeff😀 Nobody was told.\r\nNothing else.\r".encode()
    done = subprocess.run([CANDOUR, "redact", "-"], input=given, cwd=tmp_path, capture_output=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, given, b"")


BAD_REGISTERS: dict[str, bytes] = {
    "no YAML": f"people: [{{names: [{SECRET}".encode(),
    "unknown field": f"format: 1\n{SECRET}: [x]\n".encode(),
    "unknown role": f"format: 1\npeople: [{{role: {SECRET}, names: [Ada]}}]\n".encode(),
    "wrong kind": f"format: 1\nplaces: {{{SECRET}: 1}}\n".encode(),
    "no UTF-8": b"format: 1\nplaces: [\xff" + SECRET.encode() + b"]\n",
    "a tag": f"!!python/object/apply:os.system ['{SECRET}']\n".encode(),
    "text alone": SECRET.encode(),
    "nothing": b"",
}


CHANGED_BY_YAML: dict[str, tuple[str, str]] = {
    "octal code": ("codes: [0117]", "register.yml line 2: codes no. 1: YAML reads this otherwise than it is typed"),
    "yes and no": ("people: [{role: victim, names: [No]}]", "register.yml line 2: people no. 1, names no. 1: YAML"),
    "alias": (f"places: &a [{SECRET}]\norganisations: *a", "register.yml line 3: a value that begins with & or *"),
}


@pytest.mark.parametrize("name", CHANGED_BY_YAML)
def test_redact_refuses_the_registers_that_a_build_refuses(
    candour: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    """One reader: what YAML would change is refused in the same words, with its line."""
    text, words = CHANGED_BY_YAML[name]
    register = tmp_path / "register.yml"
    register.write_text(f"format: 1\n{text}\n", encoding="utf-8")
    told = refused(candour("redact", "-", "--register", register, given="Then Boxer left."))
    assert words in told
    with pytest.raises(RegisterError) as error:
        intake.load_register(tmp_path)
    assert str(error.value) == told.strip()


@pytest.mark.parametrize("name", BAD_REGISTERS)
def test_a_register_that_cannot_be_read_is_refused(candour: Callable[..., Result], tmp_path: Path, name: str) -> None:
    """Nothing is redacted without the names, and none of them is repeated."""
    register = tmp_path / "register.yml"
    register.write_bytes(BAD_REGISTERS[name])
    result = candour("redact", "-", "--register", register, given=f"Ada Quill and {SECRET}.")
    assert result.stdout == ""
    assert "Value error" not in refused(result)


def test_a_file_that_cannot_be_read_is_refused(candour: Callable[..., Result], tmp_path: Path) -> None:
    """Not there, a folder, no UTF-8: in plain words, without the private folder's path."""
    folder = tmp_path / SECRET
    folder.mkdir()
    (folder / "text.docx").write_bytes(b"PK\x03\x04\xff" + SECRET.encode())
    assert "cannot be read" in refused(candour("redact", folder / "nothing.md"))
    assert "cannot be read" in refused(candour("redact", folder))
    assert "not UTF-8" in refused(candour("redact", folder / "text.docx"))
    assert "not UTF-8" in refused(candour("redact", "-", given=b"\xff\xfe" + SECRET.encode("utf-16-le")))
    assert "--register is not there" in refused(candour("redact", "-", "--register", folder / "none.yml", given="x"))


# --- new, sign-off, check, withdraw -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_site")
def test_a_new_case_tells_what_to_fill_in(candour: Callable[..., Result], tmp_path: Path) -> None:
    """`new`, then `build`: the empty case is a draft, left out with every empty field named with its line; exit 0."""
    reviews, out = tmp_path / "reviews", tmp_path / "build"
    made = candour("new", "cedar-lantern-07", "--reviews", reviews)
    assert made.exit_code == 0
    assert "review.md" in made.stdout
    assert sorted(path.name for path in (reviews / "cedar-lantern-07").iterdir()) == ["register.yml", "review.md"]
    built = candour("build", "--reviews", reviews, "--out", out, "--as-of", "2025-03-01")
    assert built.exit_code == 0
    assert "left out: cedar-lantern-07: a draft, still to be filled in:\n" in built.output
    for field in ("outcome", "offence", "region", "supervision", "Summary"):
        assert re.search(rf"^  review.md line \d+: {field}", built.output, re.MULTILINE), field
    asked = candour("history", "cedar-lantern-07", "--reviews", reviews, "--out", out)
    assert asked.exit_code == 0
    assert "nobody has signed it" in asked.stdout
    assert (out / "site" / "index.html").is_file()


def test_new_overwrites_nothing(candour: Callable[..., Result], tmp_path: Path) -> None:
    """A second case of the same name is refused, and so is a name that is a path."""
    candour("new", "cedar-lantern-07", "--reviews", tmp_path)
    before = contents(tmp_path)
    assert "already" in refused(candour("new", "cedar-lantern-07", "--reviews", tmp_path))
    assert "capitals" in refused(candour("new", "Cedar-Lantern-07", "--reviews", tmp_path))
    refused(candour("new", "../elsewhere", "--reviews", tmp_path))
    refused(candour("new", "", "--reviews", tmp_path))
    assert contents(tmp_path) == before


@pytest.mark.build
def test_signing_and_building_and_checking(candour: Callable[..., Result], tmp_path: Path) -> None:
    """The life of a case: signed by somebody, built, checked clean; then a name in the site is found."""
    reviews, site = tmp_path / "reviews", tmp_path / "build" / "site"
    folder = write_case(reviews)
    signed = candour("sign-off", "amber-kettle-21", "--by", "Ada Checker", "--reviews", reviews)
    assert signed.exit_code == 0
    assert (folder / "signed.json").is_file()
    built = candour("build", "--reviews", reviews, "--out", tmp_path / "build", "--as-of", "2025-03-01")
    assert built.exit_code == 0
    assert "Published: 1 review." in built.stdout
    assert "1 case read" in built.stdout
    assert "1 review to publish" in built.stdout
    assert "No identity found" in candour("check", "--reviews", reviews, "--site", site).stdout
    (site / "index.html").write_text("<p>Keisha Moorhouse</p>", encoding="utf-8")
    found = refused(candour("check", "--reviews", reviews, "--site", site))
    assert "index.html" in found
    assert "amber-kettle-21" in found
    assert "keisha" not in found.lower()


def test_refusals_say_what_to_do(candour: Callable[..., Result], tmp_path: Path) -> None:
    """The approver as signer, a draft, no such case, a path as a case, nothing built, nothing known: each ends with 1."""
    reviews = tmp_path / "reviews"
    write_case(reviews)
    write_case(reviews, "draft-02", public_id="2025-002", status="draft")
    by = ("--by", "Head of Casework", "--reviews", reviews)
    assert "approver" in refused(candour("sign-off", "amber-kettle-21", *by))
    assert "draft" in refused(candour("sign-off", "draft-02", "--by", "Ada Checker", "--reviews", reviews))
    assert "no case of that name" in refused(candour("sign-off", SECRET, *by))
    assert "no case of that name" in refused(candour("sign-off", "../reviews/amber-kettle-21", *by))
    assert not (reviews / "amber-kettle-21" / "signed.json").exists()
    assert "candour build" in refused(candour("check", "--reviews", reviews, "--site", tmp_path / "none"))
    nobody = ("--reason", "legal", "--reviews", reviews, "--out", tmp_path / "build")
    assert "neither" in refused(candour("withdraw", "2025-099", *nobody))
    assert "candour new" in refused(candour("build", "--reviews", tmp_path / "none", "--out", tmp_path / "build"))
    refused(candour("evaluate", tmp_path / "none"))
    assert not (tmp_path / "build").exists()


# --- never a private word ---------------------------------------------------------------------------------------------


def put(name: str, old: str, new: str) -> Callable[[Path], object]:
    """Change a file of a case."""

    def change(case: Path) -> None:
        path = case / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")

    return change


FAULTS: dict[str, Callable[[Path], object]] = {
    "a term nobody knows": put("review.md", "region: greater-manchester", f"region: {SECRET}"),
    "a field nobody knows": put("review.md", "anchor:", f"{SECRET}: 1\nanchor:"),
    "a day that is none": put("review.md", "2018-06-03", SECRET),
    "broken YAML": put("review.md", "agencies: [", f"agencies: [[{SECRET}"),
    "an anchor of YAML": put("review.md", "agencies: [probation, police]", f"agencies: *{SECRET}"),
    "a tag of YAML": put("review.md", "licence\n", f"!{SECRET} licence\n"),
    "a field twice": put("review.md", "anchor:", f"approved_by: {SECRET}\nanchor:"),
    "a heading nobody knows": put("review.md", "## Findings", f"## The {SECRET} matter"),
    "a reference that is none": put("review.md", '"2025-001"', f'"{SECRET}"'),
    "no front matter": put("review.md", "---\n", f"{SECRET}\n"),
    "raw bytes": lambda case: (case / "review.md").write_bytes(SECRET.encode() + b"\x00\xff"),
    "decisions nobody understands": put("decisions.yml", "", f"format: 1\ndecisions: [{{action: {SECRET}}}]\n"),
    "broken decisions": put("decisions.yml", "", f"decisions: [{SECRET}"),
    "a text that was changed": put("signed.json", '"text": {', f'"text": {{"{SECRET}": 1,'),
    "signatures nobody can read": put("signoff.yml", "", f"\n{SECRET}: ["),
    "a register nobody can read": put("register.yml", "", f"\n{SECRET}: ["),
    "a register with a role nobody knows": put("register.yml", "victim", SECRET),
    "withdrawals nobody can read": lambda case: (case.parent / "withdrawals.yml").write_text(f"{SECRET}: ["),
    "a link": lambda case: (case / "review.md").unlink() or (case / "review.md").symlink_to(f"/{SECRET}"),
}


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_repeats_no_word_of_a_case(candour: Callable[..., Result], tmp_path: Path, name: str) -> None:
    """Build, sign, check and withdraw each name the case or the file, and never what it says."""
    reviews, out = tmp_path / "reviews", tmp_path / "build"
    case = write_case(reviews)
    assert candour("sign-off", case.name, "--by", "Ada Checker", "--reviews", reviews).exit_code == 0
    FAULTS[name](case)
    said = refused(candour("build", "--reviews", reviews, "--out", out, "--as-of", "2025-03-01"))
    assert case.name in said or "withdrawals.yml" in said
    assert "Something went wrong inside" not in said
    (out / "site").mkdir(parents=True, exist_ok=True)
    (out / "site" / "index.html").write_text("<p>x</p>", encoding="utf-8")
    others = [
        candour("sign-off", case.name, "--by", "Ada Checker", "--reviews", reviews),
        candour("check", "--reviews", reviews, "--site", out / "site"),
        candour("withdraw", case.name, "--reason", "legal", "--reviews", reviews, "--out", tmp_path / "none"),
    ]
    assert not [result.stderr for result in others if "Something went wrong inside" in result.stderr]


BUGS: dict[str, tuple[str, list[str]]] = {
    "build": ("publishing.release.build.build", ["build"]),
    "redact": ("redaction.Register.load", ["redact", "-", "--register", "x"]),
    "sign-off": ("publishing.release.signoff.sign_off", ["sign-off", "x", "--by", "y"]),
    "withdraw": ("publishing.release.withdrawal.withdraw", ["withdraw", "x", "--reason", "legal"]),
    "check": ("publishing.release.site_check.check_site", ["check"]),
    "new": ("publishing.intake.new.create_case", ["new", "x"]),
    "evaluate": ("redaction.evaluation.evaluate", ["evaluate", "x"]),
}

ERRORS: list[BaseException] = [
    RuntimeError(f"could not parse {SECRET}"),
    KeyError(SECRET),
    UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
    OSError(f"cannot read {SECRET}"),
    ExceptionGroup(SECRET, [ValueError(SECRET)]),
    RecursionError(SECRET),
    MemoryError(SECRET),
    AssertionError(SECRET),
    SystemExit(SECRET),
]


@pytest.mark.parametrize("name", BUGS)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_bug_inside_shows_no_private_word(
    candour: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, error: BaseException
) -> None:
    """Its kind and its place in the code, and what to do; never its text, nor that of what caused it."""

    def fail(*arguments: object, **more: object) -> None:
        raise error from ValueError(SECRET)

    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").touch()
    target, arguments = BUGS[name]
    monkeypatch.setattr(target, fail)
    said = refused(candour(*arguments, given="x"))
    assert type(error).__name__ in said
    assert re.search(r"line \d+", said)
    assert "Report this line" in said


@pytest.mark.parametrize("name", BUGS)
def test_a_file_that_is_gone_is_told_without_its_path(
    candour: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """It is no fault of Candour's, and its path may be private."""

    def fail(*arguments: object, **more: object) -> None:
        raise FileNotFoundError(2, "No such file", f"/home/{SECRET}/review.md")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").touch()
    target, arguments = BUGS[name]
    monkeypatch.setattr(target, fail)
    said = refused(candour(*arguments, given="x"))
    assert "could not be read or written (No such file or directory). See that" in said
    assert SECRET not in said


def test_a_bug_deep_inside_a_build_shows_no_private_word(
    candour: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In redaction, which sees every word: the case and the kind of the error alone."""

    def fail(*arguments: object, **more: object) -> None:
        raise ValueError(SECRET)

    write_case(tmp_path / "reviews")
    monkeypatch.setattr("publishing.redacting.workers.redact", fail)
    said = refused(candour("build", "--reviews", tmp_path / "reviews", "--out", tmp_path / "build"))
    assert "amber-kettle-21" in said
    assert not (tmp_path / "build").exists()


@pytest.mark.build
def test_a_real_crash_of_a_real_process_shows_no_private_word(tmp_path: Path) -> None:
    """Nothing on standard error but the one line, however the interpreter ends."""
    (tmp_path / "sitecustomize.py").write_text(
        f"import pathlib\ndef read(*a, **k): raise RuntimeError('{SECRET}')\n"
        "import publishing.intake.cases as cases\ncases._read_case = read\n",
        encoding="utf-8",
    )
    write_case(tmp_path / "reviews")
    path = os.pathsep.join(filter(None, [str(tmp_path), str(settings.project_root()), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [CANDOUR, "build", "--reviews", "reviews", "--out", "build"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


# --- evaluate ---------------------------------------------------------------------------------------------------------


def test_evaluate_measures_a_folder_of_marked_texts(candour: Callable[..., Result], tmp_path: Path) -> None:
    """In words, and as one JSON object with recall and precision."""
    (tmp_path / "one.md").write_text("The letter was for {P|Ada Quill} at {C|A4821CK}.\n", encoding="utf-8")
    assert "people and codes found" in candour("evaluate", tmp_path).stdout
    result = candour("evaluate", tmp_path, "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)["rows"][0]["figures"]
    assert figures["recall.people_and_codes"]["of"] == 2
    for wrong in (f"{{P|{SECRET}", f"{{PERSON|{SECRET}}}", f"[[PERSON|{SECRET}", f"[[PERSON|{SECRET}]]"):
        (tmp_path / "two.md").write_text(f"One line.\n\nThen {wrong}", encoding="utf-8")
        assert "marked text 2 by name: line 3: a mark is not well formed" in refused(candour("evaluate", tmp_path)), (
            wrong
        )


# --- serve ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages."""
    folder = tmp_path / "build" / "site"
    (folder / "about").mkdir(parents=True)
    (folder / "index.html").write_text("<p>home</p>", encoding="utf-8")
    (folder / "about" / "index.html").write_text("<p>about</p>", encoding="utf-8")
    (folder / "404.html").write_text("<p>not here</p>", encoding="utf-8")
    (tmp_path / "private.txt").write_text(SECRET, encoding="utf-8")
    return folder


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _heed_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl+C, and so would what the tests start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="sends Ctrl+C as Unix does")
@pytest.mark.build
def test_serve_shows_the_site_on_this_machine(site: Path) -> None:
    """Pages, the site's own page for what is missing, nothing above the site, no log of who asked; Ctrl+C ends it."""
    port = free_port()
    arguments = [CANDOUR, "serve", "--out", str(site.parent), "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=_heed_ctrl_c
    ) as running:
        try:
            assert running.stdout is not None
            assert f"http://127.0.0.1:{port}/" in running.stdout.readline()
            assert ask(port, "/") == (200, "<p>home</p>")
            assert ask(port, "/about/") == (200, "<p>about</p>")
            assert ask(port, "/nowhere/") == (404, "<p>not here</p>")
            assert ask(port, "/../../private.txt") == (404, "<p>not here</p>")
            assert ask(port, "/%2e%2e/%2e%2e/private.txt") == (404, "<p>not here</p>")
            assert ask(port, "/nowhere/", "HEAD") == (404, "")
            taken = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
            assert taken.returncode == 1
            assert f"Port {port} is taken" in taken.stderr
            running.send_signal(signal.SIGINT)
            said, wrong = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 0
    assert said == "Stopped.\n"
    assert wrong == ""


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """What the server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read().decode("utf-8")
    connection.close()
    return answer.status, body


def test_serve_without_a_site_is_refused(candour: Callable[..., Result], tmp_path: Path) -> None:
    """And says how to make one."""
    assert "candour build" in refused(candour("serve", "--out", tmp_path))


# --- what a family is given -------------------------------------------------------------------------------------------


def test_a_familys_copy_is_written_once_it_is_signed(
    candour: Callable[..., Result], redactor: Redactor, tmp_path: Path
) -> None:
    """For its owner alone, where nothing is yet; the letter needs no signature, and the ending of the name says what is meant."""
    folder = write_case(tmp_path / "reviews", publish_on="2099-01-01", victim=SECRET.title())
    places = ("--reviews", tmp_path / "reviews", "--out", tmp_path / "build")
    page, letter = tmp_path / "page.html", tmp_path / "letter.docx"
    assert "nobody has signed it" in refused(candour("family", CASE, page, *places))
    assert not page.exists()
    assert candour("family", CASE, letter, *places).exit_code == 0
    sign_case(folder, redactor)
    assert "It is not published yet" in candour("family", "2025-001", page, *places).stdout
    assert SECRET not in page.read_text(encoding="utf-8").casefold()
    assert not page.stat().st_mode & 0o077
    kept = page.read_bytes()
    assert "a file of that name" in refused(candour("family", CASE, page, *places))
    assert page.read_bytes() == kept
    assert candour("family", CASE, tmp_path / "page.doc", *places).exit_code == 2
