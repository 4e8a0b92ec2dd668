"""The signature of a manifest: it tells by whom and when, and whatever was forged, swapped or put back is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from publishing.audit_log import read_log
from publishing.checking.signers import changes, private_keys
from publishing.cli import app
from publishing.errors import ManifestError, PublishingError
from publishing.release.manifest_signature import sign_manifest
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.paths import contents
from tests.support.signers import DAY, PASSPHRASE, SAL, SAM, ask, open_key

pytestmark = pytest.mark.usefixtures("logging_as_it_was")
NOW = dt.datetime(2025, 3, 1, 10, tzinfo=dt.UTC)
SIGNATURE = "manifest.txt.sig"


def sign(house: Path, name: str = SAL, at: dt.datetime = NOW) -> None:
    """Sign what stands."""
    sign_manifest(house / "reviews", house / "build", name, ask, at)


def check(house: Path, *more: str, reviews: str = "reviews") -> Result:
    """Compare the site with its manifest."""
    out = house / "build"
    where = ["--manifest", str(out / "manifest.txt"), "--site", str(out / "site"), "--reviews", str(house / reviews)]
    return CliRunner().invoke(app, ["check", *where, *more])


@pytest.fixture
def signed(keyed_house: Path) -> Path:
    """A keyed house whose release Sal has signed."""
    sign(keyed_house)
    return keyed_house


def test_it_tells_who_signed_and_changes_no_byte_of_the_site(keyed_house: Path) -> None:
    """By name and key where the list is, by key alone elsewhere; it is recorded, and names nobody in what may be published."""
    out = keyed_house / "build"
    site, manifest = contents(out / "site"), (out / "manifest.txt").read_bytes()
    unsigned = check(keyed_house)
    assert (unsigned.exit_code, "The manifest is not signed" in unsigned.stdout) == (0, True)
    sign(keyed_house)
    own = open_key(keyed_house / "reviews", SAL).fingerprint
    done = check(keyed_house, "--signed")
    assert (done.exit_code, f"signed by {SAL}, key {own}, on 1 March 2025, 10:00." in done.stdout) == (0, True)
    elsewhere = check(keyed_house, reviews="nowhere")
    assert (elsewhere.exit_code, f"signed with key {own}" in elsewhere.stdout) == (0, True)
    assert "Whose key that is cannot be told here" in elsewhere.stdout
    assert (contents(out / "site"), (out / "manifest.txt").read_bytes()) == (site, manifest)
    assert SAL not in (out / SIGNATURE).read_text("utf-8")
    assert (read_log(keyed_house / "reviews").lines[-1].did, read_log(keyed_house / "reviews").lines[-1].by) == (
        "signed-release",
        SAL,
    )


def _change(house: Path, **fields: object) -> None:
    path = house / "build" / SIGNATURE
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), encoding="utf-8")


def edit_manifest(house: Path) -> None:
    page = house / "build/site/index.html"
    before = page.read_bytes()
    page.write_bytes(b"other words")
    path = house / "build/manifest.txt"
    hashes = [hashlib.sha256(data).hexdigest() for data in (before, b"other words")]
    path.write_text(path.read_text("utf-8").replace(*hashes), encoding="utf-8")


def take_another_releases(house: Path) -> None:
    kept = shutil.copy(house / "build" / SIGNATURE, house / "kept.sig")
    withdraw_small("2025-001", "error", house / "reviews", house / "build", AS_OF)
    shutil.copy(kept, house / "build" / SIGNATURE)


def sign_with_a_key_of_ones_own(house: Path) -> None:
    key = private_keys.make_key(PASSPHRASE)
    eve = private_keys.open_key("Eve Forger", private_keys.fingerprint(key), PASSPHRASE)
    _sign_with(house, eve)


def _sign_with(house: Path, sealer: private_keys.Sealer) -> None:
    """A whole signature by whoever has a key, whether or not it may sign."""
    from publishing.release import manifest_signature

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_signature, "unlock", lambda *_: sealer)
        patch.setattr(manifest_signature, "_fault_of", lambda *_: None)
        sign(house)


def retire_the_signer(house: Path) -> None:
    changes.retire_signer(house / "reviews", open_key(house / "reviews", SAL).fingerprint, SAM, ask, NOW + DAY)


def sign_before_being_listed(house: Path) -> None:
    asked, _ = changes.add_signer(house / "reviews", "Tom Third", ask, NOW)
    changes.confirm_signer(house / "reviews", asked.fingerprint, SAM, ask, NOW + DAY)
    _sign_with(house, private_keys.open_key("Tom Third", asked.fingerprint, PASSPHRASE))


FORGERIES: list[tuple[str, Callable[[Path], object], str]] = [
    ("site and manifest changed", edit_manifest, "The signature is not of this manifest"),
    ("another release's", take_another_releases, "The signature is not of this manifest"),
    ("day changed", lambda house: _change(house, at="2025-03-02T10:00:00Z"), "The signature is not of this manifest"),
    ("key changed", lambda house: _change(house, key="0" * 64), "The signature is not of this manifest"),
    ("signature changed", lambda house: _change(house, signature="0" * 128), "The signature is not of this manifest"),
    ("a name added", lambda house: _change(house, by=SAM), "is not a signature"),
    ("a day without a zone", lambda house: _change(house, at="2025-03-01T10:00:00"), "is not a signature"),
    ("no signature", lambda house: (house / "build" / SIGNATURE).write_bytes(b"\xff{"), "is not a signature"),
    (
        "a link",
        lambda house: (house / "build" / SIGNATURE).rename(house / "s") and (house / "build" / SIGNATURE).symlink_to(house / "s"),
        "is not a signature",
    ),
    ("a key that is not listed", sign_with_a_key_of_ones_own, "its key is not on the list of signers"),
    ("a key retired since", retire_the_signer, "its signer was retired"),
    ("a key that was none yet", sign_before_being_listed, "its signer was none yet on that day"),
    ("list taken away", lambda house: (house / "reviews/signers.yml").unlink(), "signers.yml is gone"),
]  # fmt: skip


@pytest.mark.parametrize(("forge", "why"), [row[1:] for row in FORGERIES], ids=[row[0] for row in FORGERIES])
def test_what_does_not_hold_is_refused(signed: Path, forge: Callable[[Path], object], why: str) -> None:
    """With 1, in words, before anything is compared."""
    forge(signed)
    done = check(signed)
    assert (done.exit_code, done.stdout) == (1, "")
    assert why in done.stderr


def test_where_a_signature_is_asked_for_none_is_refused(signed: Path) -> None:
    """One that is missing, and one where nobody can tell whose it is; asked for without a manifest it is wrong usage."""
    assert check(signed, "--signed", reviews="nowhere").exit_code == 1
    (signed / "build" / SIGNATURE).unlink()
    assert (check(signed, "--signed").exit_code, check(signed).exit_code) == (1, 0)
    assert CliRunner().invoke(app, ["check", "--signed"]).exit_code == 2


def test_every_new_release_needs_a_new_signature(signed: Path) -> None:
    """A build and a withdrawal take the old one away, and never into the site."""
    build_small(signed / "reviews", signed / "build", AS_OF)
    assert not (signed / "build" / SIGNATURE).exists()
    sign(signed)
    withdraw_small("2025-001", "error", signed / "reviews", signed / "build", AS_OF)
    assert not (signed / "build" / SIGNATURE).exists()


def test_where_nobody_has_a_key_nothing_is_signed(house: Path) -> None:
    """And it is said how a list is begun."""
    with pytest.raises(PublishingError, match="has no list of signers: candour signer add"):
        sign(house)


def test_only_what_stands_is_signed_and_by_a_signer_alone(keyed_house: Path) -> None:
    """Not a site that somebody changed, not before one was a signer, and not by who was retired."""
    with pytest.raises(PublishingError, match="is this machine's date right"):
        sign(keyed_house, at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    page = keyed_house / "build/site/index.html"
    page.write_text("other words", encoding="utf-8")
    with pytest.raises(ManifestError, match="changed: index.html"):
        sign(keyed_house)
    retire_the_signer(keyed_house)
    with pytest.raises(PublishingError, match="no signer of that name"):
        sign(keyed_house)
    assert not (keyed_house / "build" / SIGNATURE).exists()
