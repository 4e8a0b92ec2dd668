"""The chain of supply, for real: tools installed from their lock, the bill of materials, and a wheelhouse that needs no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supply.lock import needed_to_run, read_lock
from supply.wheelhouse import gather
from tests.support.paths import ROOT
from tests.support.running import isolation

pytestmark = pytest.mark.soak
NO_INDEX = "left out: no package index can be reached here"


def run(
    *command: object, before: tuple[str, ...] = (), cwd: Path = ROOT, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository."""
    return subprocess.run(
        [*before, *map(str, command)], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, timeout=1800
    )


def make_venv(folder: Path) -> Path:
    """A fresh virtual environment; its Python."""
    run(sys.executable, "-m", "venv", folder).check_returncode()
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def cut_off() -> tuple[str, ...]:
    """The command that runs another without a network."""
    return isolation() or pytest.skip("left out: a network namespace cannot be made here")


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the tools of supply/requirements.lock."""
    python = make_venv(tmp_path_factory.mktemp("tools") / "venv")
    done = run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "supply/requirements.lock")
    if done.returncode and "Temporary failure in name resolution" in done.stderr:
        pytest.skip(NO_INDEX)
    assert done.returncode == 0, done.stderr
    return python


def test_the_bill_of_materials_is_whole_and_the_same_everywhere(
    tools: Path, tmp_path: Path, cut_off: tuple[str, ...]
) -> None:
    """Every package with its licence and hashes, no path and no day; made without a network, under another time and locale."""
    written = []
    for number, environment in enumerate(({"TZ": "UTC"}, {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"})):
        path = tmp_path / str(number) / "candour.cdx.json"
        done = run(tools, "-m", "supply.sbom", path, before=cut_off, **environment)
        assert done.returncode == 0, done.stderr
        written.append(path.read_bytes())
    assert written[0] == written[1]
    bill = json.loads(written[0])
    pins = read_lock()
    assert {part["bom-ref"] for part in bill["components"]} == {pin.key for pin in pins}
    assert all(part["licenses"][0]["expression"] for part in bill["components"])
    hashes = {h["content"] for part in bill["components"] for ref in part["externalReferences"] for h in ref["hashes"]}
    assert hashes == {digest for pin in pins for digest in pin.hashes}
    assert {part["name"] for part in bill["components"] if part["scope"] == "required"} == needed_to_run(pins)
    needs = {part["ref"]: part.get("dependsOn", []) for part in bill["dependencies"]}
    assert "spacy" in {name.split("==")[0] for name in needs["candour"]}
    assert "timestamp" not in written[0].decode()
    assert str(ROOT) not in written[0].decode()


def test_an_audit_without_a_network_is_none(tools: Path, cut_off: tuple[str, ...]) -> None:
    """Exit 1, in plain words and without a traceback."""
    done = run(tools, "-m", "supply.audit", before=cut_off)
    assert done.returncode == 1
    assert done.stderr.startswith("NOT AUDITED: the list of known vulnerabilities could not be reached.")
    assert "Traceback" not in done.stderr + done.stdout


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheelhouse of `make wheelhouse`."""
    folder = tmp_path_factory.mktemp("wheels") / "wheelhouse"
    try:
        gather(folder)
    except subprocess.CalledProcessError:
        if run(sys.executable, "-m", "pip", "index", "versions", "hatchling").returncode:
            pytest.skip(NO_INDEX)
        raise
    return folder


def install(python: Path, wheelhouse: Path, before: tuple[str, ...]) -> list[subprocess.CompletedProcess[str]]:
    """The two commands of docs/supply.md, cut off from the network."""
    pip = (python, "-m", "pip", "install", "--quiet", "--no-index")
    (candour,) = wheelhouse.glob("candour-*.whl")
    locked = ("--find-links", wheelhouse, "--require-hashes", "-r", wheelhouse / "requirements.lock")
    # what this machine's pip is set to use must not help
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "", "PIP_NO_CACHE_DIR": "1"}
    return [run(*pip, *locked, before=before, **alone), run(*pip, "--no-deps", candour, before=before, **alone)]


def test_a_machine_without_internet_installs_the_wheelhouse(
    wheelhouse: Path, tmp_path: Path, cut_off: tuple[str, ...]
) -> None:
    """From nothing but the folder; then a text is redacted there. A file that was changed on the way is refused."""
    python = make_venv(tmp_path / "venv")
    for done in install(python, wheelhouse, cut_off):
        assert done.returncode == 0, done.stderr
    (tmp_path / "text.md").write_text("Mr Tomasz Zielony (A4821CK) rang.", encoding="utf-8")
    told = run(python.with_name("candour"), "redact", "text.md", before=cut_off, cwd=tmp_path, PYTHONPATH="")
    assert (told.returncode, told.stdout.strip()) == (0, "[Person 1] ([reference removed]) rang.")

    (jinja,) = wheelhouse.glob("jinja2-*.whl")
    jinja.write_bytes(jinja.read_bytes() + b"\0")
    refused, _ = install(make_venv(tmp_path / "other"), wheelhouse, cut_off)
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
