from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publishing import intake
from redaction import RegisterError

Write = Callable[..., Path]

CHANGED = [
    ("octal code", "codes: [0117]", "line 2: codes no. 1: YAML reads this otherwise than it is typed"),
    (
        "yes and no",
        "people:\n  - {role: victim, names: [No]}",
        "line 3: people no. 1, names no. 1: YAML reads this otherwise",
    ),
    ("clock", "codes: [12:30]", "line 2: codes no. 1: YAML reads this otherwise"),
    ("decimal", "codes: [1.50]", "line 2: codes no. 1: YAML reads this otherwise"),
    ("day as a code", "codes: [2018-10-01]", "line 2: codes no. 1: YAML reads this otherwise"),
    ("empty item", "places: [Swinton, ]\ncodes: ['']", "line 3: codes no. 1: is empty"),
    ("nobody", "people:\n  - {role: victim, names: [~]}", "line 3: people no. 1, names no. 1: is empty"),
    ("second list of people", "people: []\npeople: []", "line 3: this field stands already on line 2"),
    (
        "second list of names",
        "people:\n- {role: victim, names: [Secret], names: [Other]}",
        "line 3: this field stands already",
    ),
    ("alias", "places: &a [Secret]\norganisations: *a", "a value that begins with & or *"),
    ("text for a list", "people:\n  - {role: victim, names: Secret}", "line 3: people no. 1, names: must be a list"),
    ("no names", "people:\n  - {role: victim, names: []}", "line 3: people no. 1, names: is empty"),
    ("no role", "people:\n  - {names: [Secret]}", "line 3: people no. 1, role: is missing"),
    (
        "slip in a role",
        "people:\n  - {role: probation practitoner, names: [Secret]}",
        'line 3: people no. 1, role: "probation practitoner" is not a role; did you mean probation-practitioner?',
    ),
    (
        "name for a role",
        "people:\n  - {role: Secret, names: [Secret]}",
        "line 3: people no. 1, role: this is not a role",
    ),
    (
        "year for a birth",
        "people:\n  - {role: victim, names: [Secret], born: 1987}",
        "line 3: people no. 1, born: must be a day",
    ),
    (
        "protection",
        "people:\n  - {role: victim, names: [Secret], protected: yes}",
        "line 3: people no. 1, protected: YAML",
    ),
    (
        "unknown protection",
        "people:\n  - {role: victim, names: [Secret], protected: Secret}",
        "protected: is none of the",
    ),
    ("slip in a field", "organizations: [Secret]", '"organizations" is not a field; did you mean organisations?'),
    ("name for a field", "Secret: [Secret]", "line 2: there is no such field here"),
    (
        "name for a person's field",
        "people:\n  - {Secret: 1, role: victim, names: [Secret]}",
        "line 3: people no. 1: there is",
    ),
    ("no people's list", "people: Secret", "line 2: people: must be a list"),
    ("no fields", "- Secret", "cannot be read as YAML"),
    ("control character", 'codes: ["a\\u0007"]', "line 2: codes no. 1: holds a control character"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED])
def test_register_that_would_lose_or_change_a_name_is_refused(write: Write, text: str, message: str) -> None:
    """What YAML would quietly turn into something else could not be guarded against; no name is in the message."""
    with pytest.raises(RegisterError) as caught:
        intake.load_register(write(register=f"format: 1\n{text}\n"))
    assert message in str(caught.value)
    assert "secret" not in str(caught.value).casefold()


@pytest.mark.parametrize(
    "data", [b"", b"# nothing\n", b"\xff\xfef\0", b"\0", b"words", b"format: 2\n", b"PK\x03\x04", b"format: ["]
)
def test_file_that_is_no_register_is_refused(write: Write, data: bytes) -> None:
    """An empty file declares nothing by accident, so it is refused like junk."""
    with pytest.raises(RegisterError, match=r"register\.yml"):
        intake.load_register(write(register=data))


def test_numbers_that_yaml_reads_as_typed_are_codes(write: Write) -> None:
    """Seventeen thousand is a code; lists left empty are empty."""
    register = intake.load_register(write(register='format: 1\npeople:\ncodes: [17734, "0117", X412398]\n'))
    assert register is not None
    assert register.codes == ("17734", "0117", "X412398")
    assert register.people == ()


def test_no_register_is_none(write: Write) -> None:
    """A case without the file declares nothing."""
    assert intake.load_register(write(register=None)) is None
