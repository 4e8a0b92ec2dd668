"""Signers for tests: keys in a settings folder of the test's own, a list of two people, and a house that they signed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from publishing import intake
from publishing.checking import lesson_signatures, sign, signing
from publishing.checking.signers import Sealer, changes, private_keys, signer_list, unlock
from publishing.release.build import build
from publishing.reviews import Update
from redaction import Redactor
from tests.support.building import AS_OF, publish_small
from tests.support.cases import CASE, OTHER, SIGNED_AT, edit_case, redacted, sign_case, write_case, write_other_case

PASSPHRASE = "three words and a number 7"
BEGUN = dt.datetime(2025, 1, 2, 9, tzinfo=dt.UTC)
SAM, SAL = "Sam Signer", "Sal Second"
DAY = dt.timedelta(1)
OLDER = "older"
"""The folder beside reviews/ and build/ that has the first two files of CASE's signature, as a backup would."""


def ask() -> str:
    """What everybody types."""
    return PASSPHRASE


def use_settings(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Keep keys and what is known of lists in a folder, and stretch passphrases a little alone: real stretching takes a second."""
    patch.setenv("XDG_CONFIG_HOME", str(folder))
    patch.setattr(private_keys, "_COST", 2**4)


def list_signers(reviews: Path) -> None:
    """List Sam, and Sal whom Sam confirms."""
    changes.add_signer(reviews, SAM, ask, BEGUN)
    second, _ = changes.add_signer(reviews, SAL, ask, BEGUN)
    changes.confirm_signer(reviews, second.fingerprint, SAM, ask, BEGUN)


def open_key(reviews: Path, name: str) -> Sealer:
    """Somebody's key, open."""
    opened = unlock(reviews, CASE, name, ask)
    assert opened
    return opened


def make_keyed_house(folder: Path, redactor: Redactor) -> None:
    """Make reviews/ (two cases, signed with keys), build/ and the settings/ of one account in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        use_settings(folder / "settings", patch)
        reviews = folder / "reviews"
        mine, other = (
            write_case(reviews, approved_by="Ada Approver"),
            write_other_case(reviews, approved_by="Ada Approver"),
        )
        list_signers(reviews)
        sam, sal = open_key(reviews, SAM), open_key(reviews, SAL)
        sign_case(mine, redactor, sealer=sam)
        (folder / OLDER).mkdir()
        for name in ("signed.json", "signoff.yml"):
            shutil.copy2(mine / name, folder / OLDER / name)
        edit_case(folder)
        review = intake.load_case(mine)
        sign(
            mine, review, redacted(review, redactor), "", SIGNED_AT + DAY, note="A sentence was corrected.", sealer=sam
        )
        said = Update(date=(SIGNED_AT + DAY).date(), status="in-progress")
        lesson_signatures.sign_update(mine, review, 1, said, "", SIGNED_AT + 2 * DAY, sal)
        sign_case(other, redactor, sealer=sal)
        build(reviews, folder / "build", AS_OF, publish=publish_small)


def move_in(folder: Path, made: Path, patch: pytest.MonkeyPatch) -> Path:
    """A copy of a keyed house, to break; its account trusts the list and has seen its signatures."""
    house = Path(shutil.copytree(made, folder / "house"))
    use_settings(house / "settings", patch)
    reviews = house / "reviews"
    changes.trust_list(reviews, open_list(reviews))
    signing.remember_signatures(reviews, (CASE, OTHER))
    return house


def open_list(reviews: Path) -> str:
    """The fingerprint of the first signer."""
    return signer_list.read(reviews).signers[0].fingerprint
