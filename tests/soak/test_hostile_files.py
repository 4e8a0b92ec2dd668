"""Files of a case and Word files that somebody damaged on purpose: read, or refused in plain words that repeat none of theirs."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing import intake
from publishing.errors import PublishingError
from publishing.intake.word.importer import import_bytes
from redaction import RedactionError
from tests.redaction.leaks.test_hiding_places import zipped
from tests.support.cases import write_case
from tests.support.documents import made
from tests.support.tally import Tally
from tests.support.word_files import told

pytestmark = pytest.mark.soak

SECRET = "xqzzvenable"
HOSTILE = st.sampled_from(
    [b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"&a", b"*a", b"!!python/object/apply:os.system [x]", b"{{ x }}", b"{% x %}", b"<script>", b"]]>",
     b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"---\n", b"...\n", b"\t", b"\r", b"- - - - - ", b"[[[[[[[[", b"{{{{{{{{", b"? ", b"|2\n",
     b"../../../x", b"/etc/passwd", b"%s%n", b"0x" + b"f" * 400, b"1e999", b"9" * 5000, b"2025-13-45", b": ", b"#", SECRET.encode(), "\u202e".encode(),
     "\u2028".encode()]
)  # fmt: skip
DECISIONS = f"""format: 1
decisions:
  - {{action: add, text: {SECRET}, entity: OTHER, by: A Checker}}
  - {{action: reject, text: court, by: A Checker}}
"""


@st.composite
def damaged(draw: st.DrawFn, sound: bytes) -> bytes:
    """Sound bytes with some of them replaced by others, once to four times."""
    data = sound
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        data = data[:start] + draw(HOSTILE | st.binary(max_size=8)) + data[start + draw(st.integers(0, 40)) :]
    return data


def faults_of(read: Callable[[], object]) -> list[str]:
    """What is wrong with how something was read: it may be refused, in words that are not its own."""
    try:
        read()
    except (PublishingError, RedactionError) as error:
        return ["a word of it is repeated"] if SECRET in str(error) or "Whitlock" in str(error) else []
    except Exception as error:  # noqa: BLE001
        return [repr(error)]
    return []


READERS: dict[str, Callable[[Path], object]] = {
    "review.md": intake.load_case,
    "register.yml": intake.load_register,
    "decisions.yml": intake.load_decisions,
}


@pytest.mark.parametrize("name", READERS)
def test_any_case_file_is_read_or_refused(tmp_path: Path, name: str, tally: Tally) -> None:
    """A sound file with hostile pieces put into it."""
    folder = write_case(tmp_path)
    (folder / "decisions.yml").write_text(DECISIONS, encoding="utf-8")
    assert faults_of(lambda: READERS[name](folder)) == []

    @settings(max_examples=400, database=None)
    @given(data=damaged((folder / name).read_bytes()))
    def attack(data: bytes) -> None:
        (folder / name).write_bytes(data)
        tally(data, faults_of(lambda: READERS[name](folder)))

    attack()


def test_a_damaged_word_file_is_imported_or_refused(tmp_path: Path, tally: Tally) -> None:
    """One of its parts is damaged, put in another's place or left out, or the package itself is."""
    document = told("Summary", "Findings")
    document.add_paragraph(f"{SECRET} was seen.")
    sound = made(document)
    with zipfile.ZipFile(io.BytesIO(sound)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    def take(data: bytes) -> None:
        shutil.rmtree(tmp_path / "reviews", ignore_errors=True)
        tally(f"{len(data)} bytes", faults_of(lambda: import_bytes(data, "a.docx", tmp_path / "reviews", "a-case-01")))

    @settings(max_examples=300, database=None)
    @given(data=st.data(), name=st.sampled_from(sorted(parts)))
    def attack(data: st.DataObject, name: str) -> None:
        other = data.draw(damaged(parts[name]) | st.sampled_from([*parts.values(), b"", zipped(sound)]))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            for part, content in parts.items():
                package.writestr(part, other if part == name else content)
        take(file.getvalue())

    @settings(max_examples=100, database=None)
    @given(data=damaged(sound))
    def attack_package(data: bytes) -> None:
        take(data)

    attack()
    attack_package()
