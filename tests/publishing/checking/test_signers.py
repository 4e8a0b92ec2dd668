"""Who may sign: names as they are compared, keys and their passphrases, and what signers.yml may hold."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from publishing.checking.signers import (
    changes,
    has_letters,
    load_signers,
    names_a_post,
    private_keys,
    same_person,
    signer_list,
)
from publishing.errors import SignersError
from tests.support.signers import BEGUN, PASSPHRASE, SAL, SAM, ask, list_signers, open_key, use_settings

# --- names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sam Signer", "sam  SIGNER", True),
        ("Sam Signer", "Signer, Sam", True),
        ("S.M. Signer", "SM Signer", True),
        ("S. M. Signer", "Signer (S.M.)", True),
        ("Sam Signer (Head of Casework)", "Sam Signer", True),
        ("Sam Signer", "Ѕаm Ｓigner", True),
        ("Siân Ó Dálaigh", "Sian O'Dalaigh", True),
        ("Sam\u200b Signer", "Sam Signer.", True),
        ("Sam Signer 2", "Sam Signer", True),
        ("Sam Signer", "Sal Signer", False),
        ("Sam Signer", "Sam Singer", False),
        ("Amy Smith", "May Smith", False),
        ("A Checker", "B Checker", False),
        ("Sam Signer", "Sam", False),
        ("", "", False),
        ("---", "...", False),
    ],
)
def test_two_spellings_are_one_person(one: str, other: str, same: bool) -> None:
    """Capitals, accents, look-alikes, dots, brackets and order are no difference; letters are."""
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_everybody_with_letters_is_the_same_as_themselves(name: str) -> None:
    """Whatever the script, and unless they are nobody."""
    assert same_person(name, name) is has_letters(name)
    assert same_person(name, f"  ({name}).") is has_letters(name)


@pytest.mark.parametrize("name", ["", "  ", "123", "---", "…"])
def test_a_name_has_letters(name: str) -> None:
    """Dots and figures name nobody."""
    assert not has_letters(name)


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("Head of Public Protection Casework", True),
        ("Deputy Director, Contract Management", True),
        ("Victim Liaison Lead", True),
        ("Ada Approver, Head of Casework", False),
        ("Ada Approver", False),
        ("Grace Head", False),
        ("Mark Manager", False),
    ],
)
def test_a_post_is_no_person(name: str, post: bool) -> None:
    """A name beside the post names the person."""
    assert names_a_post(name) is post


# --- keys


@pytest.fixture
def reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty reviews folder, and settings of the test's own."""
    use_settings(tmp_path / "settings", monkeypatch)
    folder = tmp_path / "reviews"
    folder.mkdir()
    return folder


def test_a_key_is_sealed_and_its_owners_alone(reviews: Path) -> None:
    """Outside the reviews folder, and without the passphrase in it."""
    list_signers(reviews)
    keys = sorted((private_keys.settings_folder() / "keys").iterdir())
    assert len(keys) == 2
    for path in keys:
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()
        assert PASSPHRASE.encode() not in path.read_bytes()
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [path.name for path in reviews.iterdir()] == ["signers.yml"]
    assert b"PRIVATE KEY" not in (reviews / "signers.yml").read_bytes()


def test_a_key_made_in_earnest_opens_with_its_passphrase_alone(reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the stretching that people get; another passphrase, or a file that somebody changed, opens nothing."""
    monkeypatch.undo()
    use_settings(reviews.parent / "settings", monkeypatch)
    monkeypatch.setattr(private_keys, "_COST", 2**17)
    own = private_keys.fingerprint(private_keys.make_key(PASSPHRASE))
    assert private_keys.open_key(SAM, own, f" {PASSPHRASE} ").seal(b"data")
    path = private_keys.settings_folder() / "keys" / f"{own}.pem"
    assert f" {2**17}\n".encode() in path.read_bytes()
    with pytest.raises(SignersError, match="not the right one"):
        private_keys.open_key(SAM, own, PASSPHRASE.upper())
    path.write_bytes(path.read_bytes().replace(b"scrypt ", b"scrypt 0"))
    with pytest.raises(SignersError, match="not the right one"):
        private_keys.open_key(SAM, own, PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "short", "eleven sign", " " * 20])
def test_a_short_passphrase_makes_no_key(reviews: Path, passphrase: str) -> None:
    """Nothing is written then."""
    with pytest.raises(SignersError, match="too short"):
        changes.add_signer(reviews, SAM, lambda: passphrase, BEGUN)
    assert list(reviews.iterdir()) == []
    assert not private_keys.settings_folder().exists()


def test_another_persons_key_in_place_of_ones_own_opens_nothing(reviews: Path) -> None:
    """Though the passphrase is the same: the file must hold the key that it is named after."""
    list_signers(reviews)
    one, other = sorted((private_keys.settings_folder() / "keys").iterdir())
    one.write_bytes(other.read_bytes())
    with pytest.raises(SignersError, match="not the right one"):
        private_keys.open_key(SAM, one.stem, PASSPHRASE)


# --- the list


def test_only_the_first_signer_needs_nobody(reviews: Path) -> None:
    """The next one waits until a signer confirms the fingerprint."""
    first, counts = changes.add_signer(reviews, SAM, ask, BEGUN)
    assert counts
    second, counts = changes.add_signer(reviews, SAL, ask, BEGUN)
    assert not counts
    listed = load_signers(reviews)
    assert listed
    assert [signer.name for signer in listed.current] == [SAM]
    with pytest.raises(SignersError, match="Nobody with this fingerprint waits"):
        changes.confirm_signer(reviews, first.fingerprint, SAM, ask, BEGUN)
    with pytest.raises(SignersError, match="No signer of that name"):
        changes.confirm_signer(reviews, second.fingerprint, SAL, ask, BEGUN)
    changes.confirm_signer(reviews, second.fingerprint, "Signer, Sam", ask, BEGUN)
    listed = load_signers(reviews)
    assert listed
    assert [signer.name for signer in listed.current] == [SAM, SAL]
    assert listed.waiting == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Sam SIGNER", "Somebody of that name"),
        ("Second, Sal", "Somebody of that name"),
        ("Head of Casework", "give their own name"),
        ("…", "give their own name"),
    ],
)
def test_a_person_is_on_the_list_once_and_by_name(reviews: Path, name: str, why: str) -> None:
    """No second key under another spelling, and no post."""
    list_signers(reviews)
    before = (reviews / "signers.yml").read_bytes()
    with pytest.raises(SignersError, match=why):
        changes.add_signer(reviews, name, ask, BEGUN)
    assert (reviews / "signers.yml").read_bytes() == before


def test_the_last_signer_stays(reviews: Path) -> None:
    """Nobody could be added after them; a retired one comes back with a new key."""
    list_signers(reviews)
    sam, sal = (open_key(reviews, name).fingerprint for name in (SAM, SAL))
    later = BEGUN + dt.timedelta(30)
    changes.retire_signer(reviews, sal, SAM, ask, later)
    with pytest.raises(SignersError, match="the only signer"):
        changes.retire_signer(reviews, sam, SAM, ask, later)
    with pytest.raises(SignersError, match="No signer has this fingerprint"):
        changes.retire_signer(reviews, sal, SAM, ask, later)
    again, _ = changes.add_signer(reviews, SAL, ask, later)
    changes.confirm_signer(reviews, again.fingerprint, SAM, ask, later)
    listed = load_signers(reviews)
    assert listed
    assert [(s.name, bool(s.until)) for s in listed.signers] == [(SAM, False), (SAL, True), (SAL, False)]
    assert listed.called(SAL) == listed.signers[2]


def _set(place: int, field: str, value: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data["entries"][place][field] = value

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data.update(format=2), "format: must be 1"),
        (lambda data: data.update(owner="x"), "there is no such field here"),
        (lambda data: data.update(entries=[]), "it names nobody"),
        (_set(1, "key", "ab"), "entries no. 2, key: must be 64"),
        (_set(1, "signature", "G" * 128), "entries no. 2, signature: must be 128"),
        (_set(1, "since", "2025-01-02"), "entries no. 2, since: must be a moment"),
        (_set(1, "since", "2025-01-02T09:00:01Z"), "entry no. 2 was changed by hand"),
        (_set(1, "until", "2026-01-02T09:00:00Z"), "entry no. 2 was changed by hand"),
        (_set(1, "name", "Eve Forger"), "entry no. 2 was changed by hand"),
        (_set(0, "name", "Eve Forger"), "entry no. 1 was changed by hand"),
        (lambda data: data["entries"].reverse(), "entry no. 1 was changed by hand"),
        (lambda data: data["entries"].append(dict(data["entries"][1])), "entry no. 3 was changed by hand"),
        (lambda data: data["entries"].pop(0), "entry no. 1 was changed by hand"),
        (lambda data: data["entries"].pop(), "or an older one"),
    ],
)
def test_a_list_that_somebody_changed_holds_no_more(reviews: Path, change: Callable[[Any], None], why: str) -> None:
    """Every field of every entry, its place and its being there; the faults are told without a name."""
    list_signers(reviews)
    path = reviews / "signers.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(SignersError, match=why) as caught:
        load_signers(reviews)
    assert "Forger" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"format: [", b"format: 1\n"])
def test_junk_is_no_list(reviews: Path, data: bytes) -> None:
    """It is one error, in words; and a folder without the file has no list."""
    assert load_signers(reviews) is None
    (reviews / "signers.yml").write_bytes(data)
    with pytest.raises(SignersError, match=r"signers\.yml"):
        signer_list.read(reviews)


def test_junk_in_what_is_known_is_told(reviews: Path) -> None:
    """Nothing is believed before it is mended."""
    list_signers(reviews)
    (private_keys.settings_folder() / "known-signers.json").write_text("{", encoding="utf-8")
    with pytest.raises(SignersError, match="known-signers.json in your own settings folder cannot be read"):
        load_signers(reviews)
