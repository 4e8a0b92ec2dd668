"""The identities that a case declares."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import Kind, Register, RegisterError

FULL = """
format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock, Daz], born: 1987-03-14}
  - {role: victim, names: [Kelly-Ann Moorhouse], published_as: Anna}
  - {role: previous-victim, names: [Stacey Pilling], protected: sexual-offence}
places: [27 Tennyson Road]
organisations: [St Ambrose Barlow Primary]
codes: [A4821CK, 123456]
"""

SECRET = "Zebedee"

FAULTS = [
    ("not YAML", "people: [", "line"),
    ("not a mapping", "- Zebedee", "format: 1"),
    ("unknown role", "people: [{role: Zebedee, names: [A]}]", "people.1.role"),
    ("no names", "people: [{role: victim, names: []}]", "people.1.names"),
    ("a field registers do not have", "people: [{role: victim, names: [A], Zebedee: 1}]", "people.1"),
    ("a name as a top-level key", "Zebedee: [x]", "top level"),
    ("another format", "format: 2", "format"),
    ("unknown protection", "people: [{role: victim, names: [A], protected: Zebedee}]", "protected"),
    ("a place that is a mapping", "places: [{Zebedee: 1}]", "places.1"),
]


def test_everything_declared_is_an_identity() -> None:
    """People come first, then places, organisations and codes; a code that YAML reads as a number is text."""
    kinds = [(i.kind, i.names) for i in Register.parse(FULL).identities()]
    assert kinds == [
        (Kind.PERSON, ("Darren Whitlock", "Daz")),
        (Kind.PERSON, ("Kelly-Ann Moorhouse",)),
        (Kind.PERSON, ("Stacey Pilling",)),
        (Kind.PLACE, ("27 Tennyson Road",)),
        (Kind.ORGANISATION, ("St Ambrose Barlow Primary",)),
        (Kind.CODE, ("A4821CK",)),
        (Kind.CODE, ("123456",)),
    ]


@pytest.mark.parametrize("why,text,where", FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_names_its_field_and_never_a_value(why: str, text: str, where: str) -> None:
    """A register is full of names: no message repeats any of it."""
    with pytest.raises(RegisterError) as raised:
        Register.parse(text)
    assert where in str(raised.value)
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None


@given(st.text(max_size=300))
def test_any_text_is_a_register_or_a_register_error(text: str) -> None:
    """Nothing else can come of reading one."""
    with contextlib.suppress(RegisterError):
        Register.parse(text)


def test_a_file_that_is_not_text_is_a_register_error(tmp_path) -> None:
    """Binary junk and missing files say so, without a path."""
    junk = tmp_path / "register.yml"
    junk.write_bytes(b"\xff\xfe\x00junk")
    for path in (junk, tmp_path / "missing.yml"):
        with pytest.raises(RegisterError, match="UTF-8") as raised:
            Register.load(path)
        assert str(tmp_path) not in str(raised.value)
