"""The identities that a case declares."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import IdentityKind, Register, RegisterError

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
    ("not YAML", "people: [", "line 1: cannot be read as YAML"),
    ("not a mapping", "- Zebedee", "format: 1"),
    ("unknown role", "people: [{role: Zebedee, names: [A]}]", "people no. 1, role: this is not a role"),
    ("no names", "people: [{role: victim, names: []}]", "people no. 1, names: is empty"),
    ("a field registers do not have", "people: [{role: victim, names: [A], Zebedee: 1}]", "people no. 1: there is no"),
    ("a name as a top-level key", "Zebedee: [x]", "line 1: there is no such field here"),
    ("another format", "format: 2", "format: must be 1"),
    (
        "unknown protection",
        "people: [{role: victim, names: [A], protected: Zebedee}]",
        "people no. 1, protected: is none",
    ),
    ("a place that is a mapping", "places: [{Zebedee: 1}]", "places no. 1: is not right"),
    ("a code that YAML changes", "codes: [0117]", "line 1: codes no. 1: YAML reads this otherwise"),
    ("a name that YAML changes", "people: [{role: victim, names: [No]}]", "people no. 1, names no. 1: YAML reads"),
    ("an alias", "places: &a [Zebedee]\norganisations: *a", "line 2: a value that begins with & or *"),
    ("a tag", "places: !x [Zebedee]", "line 1: a value that begins with !"),
    ("a field given twice", "places: [Zebedee]\nplaces: []", "line 2: this field stands already on line 1"),
    ("half of a character", "places: ['\ud800']", "line 1: holds a control character"),
]


def test_everything_declared_is_an_identity() -> None:
    """People come first, then places, organisations and codes; a code that YAML reads as a number is text."""
    kinds = [(i.kind, i.names) for i in Register.parse(FULL).identities()]
    assert kinds == [
        (IdentityKind.PERSON, ("Darren Whitlock", "Daz")),
        (IdentityKind.PERSON, ("Kelly-Ann Moorhouse",)),
        (IdentityKind.PERSON, ("Stacey Pilling",)),
        (IdentityKind.PLACE, ("27 Tennyson Road",)),
        (IdentityKind.ORGANISATION, ("St Ambrose Barlow Primary",)),
        (IdentityKind.CODE, ("A4821CK",)),
        (IdentityKind.CODE, ("123456",)),
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
    for path, words in ((junk, "UTF-8"), (tmp_path / "missing.yml", "missing.yml: is missing")):
        with pytest.raises(RegisterError, match=words) as raised:
            Register.load(path)
        assert str(tmp_path) not in str(raised.value)
