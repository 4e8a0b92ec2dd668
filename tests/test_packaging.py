"""What is installed: a wheel holds everything that works needs, the lock is whole, and imports point one way."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.support.cases import write_case
from tests.support.paths import ROOT

PROJECT = "publishing/project"
"""Where a wheel keeps what lies at the root of the repository."""

MOVED = {"templates": f"{PROJECT}/templates", "site_src": f"{PROJECT}/site_src"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def files(folder: str) -> set[str]:
    """The checkout's files of a folder, as the wheel should name them."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{MOVED.get(folder, folder)}/{path.relative_to(ROOT / folder).as_posix()}" for path in found}


def test_a_wheel_holds_every_file_of_the_packages_and_nothing_else(names: set[str]) -> None:
    """Code, data, templates, hand-written pages and settings; no case, no test, no site."""
    wanted = files("redaction") | files("publishing") | files("templates") | files("site_src")
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == wanted | {f"{PROJECT}/mkdocs.yml"}


@pytest.mark.parametrize(
    "name",
    [
        "redaction/policy.yml",
        "redaction/data/english_words.txt",
        "publishing/vocabulary.yml",
        "publishing/checking/checklist.yml",
        "publishing/catalogue/themes.yml",
        "publishing/catalogue/good_practice.yml",
        "publishing/checking/lost_contacts.yml",
        "publishing/site/support.yml",
        "publishing/intake/templates/review.md",
        f"{PROJECT}/mkdocs.yml",
        f"{PROJECT}/templates/pages/review.md.j2",
        f"{PROJECT}/templates/theme/main.html",
        f"{PROJECT}/site_src/index.md.j2",
        f"{PROJECT}/site_src/assets/scripts/search.js",
    ],
)
def test_a_wheel_holds_the_data(names: set[str], name: str) -> None:
    """Named one by one, should a folder of them ever move."""
    assert name in names


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, cwd: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python with the unpacked wheel before everything else, far from the checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        # what one command has compiled the next need not
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": ""},
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )


def test_candour_works_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    """A text is redacted; a case is signed and built, with the settings, templates and pages of the wheel alone."""
    where = run(installed, tmp_path, "-c", "from publishing import settings; print(settings.project_root())")
    assert where.stdout.strip() == str(installed / PROJECT)

    candour = ("-m", "publishing.cli")
    told = run(installed, tmp_path, *candour, "redact", "-", "--json", given="Ada Quill (A4821CK) rang.")
    assert told.returncode == 0
    assert "[reference removed]" in json.loads(told.stdout)["text"]

    write_case(tmp_path / "reviews")
    signed = run(installed, tmp_path, *candour, "sign-off", "amber-kettle-21", "--by", "Ada Checker")
    assert signed.returncode == 0
    built = run(installed, tmp_path, *candour, "build", "--as-of", "2025-03-01")
    assert (built.returncode, built.stderr) == (0, "")
    page = (tmp_path / "build" / "site" / "reviews" / "2025-001" / "index.html").read_text(encoding="utf-8")
    assert "The cases on this site are invented." in page
    assert (tmp_path / "build" / "site" / "pagefind" / "pagefind.js").is_file()


def test_the_command_is_declared(wheel: Path) -> None:
    """`candour` is the one console script."""
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert archive.read(entry_points).decode().split() == [
            "[console_scripts]",
            "candour",
            "=",
            "publishing.cli:main",
        ]


# --- what is locked ---------------------------------------------------------------------------------------------------

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s;]+)( ; [^\\]+)?((?: --hash=sha256:[0-9a-f]{64})+)")


def pins() -> list[str]:
    """The lock's requirements, each on one line without comments."""
    lines = (line for line in LOCK.splitlines() if not line.lstrip().startswith("#"))
    return [" ".join(line.split()) for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def test_every_requirement_is_pinned_with_its_hashes() -> None:
    """Name, one version, perhaps a marker, and at least one SHA-256; nothing else."""
    assert pins()
    assert not [pin.split(" --hash")[0] for pin in pins() if not PIN.fullmatch(pin)]


def test_the_lock_has_no_address() -> None:
    """It works with whatever index a machine is set to use."""
    assert not re.findall(r"://|--index-url|--extra-index-url|--find-links|--trusted-host| @ ", LOCK)


def test_the_lock_holds_every_dependency() -> None:
    """Of the project, for development too; and no PyTorch."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = {re.sub(r"[._-]+", "-", pin.split("==")[0]).lower() for pin in pins()}
    named = {re.sub(r"[._-]+", "-", re.match(r"[A-Za-z0-9._-]+", need)[0]).lower() for need in wanted}
    assert named <= locked
    assert "torch" not in locked


def imported_packages(folder: str) -> set[str]:
    """The top-level names that the code of a folder imports, wherever in a file."""
    nodes = [node for path in (ROOT / folder).rglob("*.py") for node in ast.walk(ast.parse(path.read_bytes()))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in plain | from_}


def normalised(requirement: str) -> str:
    """The name of a requirement or distribution, as indexes compare it."""
    return re.sub(r"[._-]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement)[0]).lower()


def test_every_import_is_declared() -> None:
    """What the packages import is a dependency of their own, not one that another package happens to bring."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {normalised(need) for need in (*project["dependencies"], *project["optional-dependencies"]["scale"])}
    ours = {"redaction", "publishing"}
    imported = (imported_packages("redaction") | imported_packages("publishing")) - ours - sys.stdlib_module_names
    brought_by = importlib.metadata.packages_distributions()
    undeclared = {name for name in imported if not declared & {normalised(one) for one in brought_by.get(name, [name])}}
    assert imported
    assert not undeclared


# --- imports ----------------------------------------------------------------------------------------------------------


def test_imports_point_one_way() -> None:
    """As import-linter's contracts say."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", done.stdout)


def test_importing_the_packages_is_quick_and_quiet(tmp_path: Path) -> None:
    """The command line's help needs no engine: neither spaCy nor MkDocs is loaded for it."""
    program = "import sys, publishing.cli; print(sorted({'spacy', 'presidio_analyzer', 'mkdocs'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")
