"""Forgeries of a signed case by somebody who may write the reviews folder and knows every format: all are refused."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.checking import decisions, load_signatures, signature_files
from publishing.checking.canonical_json import sha256
from publishing.checking.signature_files import Signature, update_sha256, write_history, write_text
from publishing.checking.signers import Sealer, changes, load_signers, private_keys, signer_list
from publishing.errors import LostPageError, PublishingError
from publishing.release.site_check import check_site
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.cases import CASE, OTHER, SIGNED_AT, sign_case, write_case
from tests.support.signers import DAY, OLDER, PASSPHRASE, SAL, SAM, ask, list_signers, open_key, use_settings

EVE = "Eve Forger"


def _signed(house: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((house / "reviews" / CASE / "signed.json").read_text(encoding="utf-8"))
    return data


def _put(house: Path, history: list[Signature], signed: dict[str, Any] | None = None) -> None:
    """Write both files of the case as Candour does, hashes and all."""
    data = signed or _signed(house)
    write_text(house / "reviews" / CASE, sha256(data["text"]), data["text"], data["updates"])
    write_history(house / "reviews" / CASE, history)


def _change_newest(house: Path, **fields: Any) -> None:
    *earlier, newest = load_signatures(house / "reviews" / CASE)
    _put(house, [*earlier, replace(newest, **fields)])


def _append(house: Path, sealer: Sealer, at: dt.datetime, signed: dict[str, Any] | None = None) -> None:
    """One more signature of the text, whole, by whoever has a key."""
    history, data = list(load_signatures(house / "reviews" / CASE)), signed or _signed(house)
    hashes = tuple(update["sha256"] for update in data["updates"])
    named = Signature(
        by=sealer.name,
        at=at,
        sha256=sha256(data["text"]),
        last_number=history[-1].last_number,
        updates=hashes,
        key=sealer.fingerprint,
        before=history[-1].hash(),
    )
    _put(house, [*history, replace(named, seal=sealer.seal(named.sealed_bytes(CASE)))], data)


def _eve(house: Path) -> Sealer:
    """A key of the forger's own, made like any other."""
    key = private_keys.make_key(PASSPHRASE)
    return private_keys.open_key(EVE, private_keys.fingerprint(key), PASSPHRASE)


def _public_key(sealer: Sealer) -> str:
    return sealer.key.public_key().public_bytes_raw().hex()


def _list(house: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((house / "reviews" / "signers.yml").read_text(encoding="utf-8"))
    return data


def _write_list(house: Path, data: dict[str, Any]) -> None:
    (house / "reviews" / "signers.yml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def _retire_sal(house: Path, at: dt.datetime) -> None:
    reviews = house / "reviews"
    changes.retire_signer(reviews, open_key(reviews, SAL).fingerprint, SAM, ask, at)


# --- the table


def change_text(house: Path) -> None:
    data = _signed(house)
    data["text"]["sections"][0]["blocks"][0]["text"] = "Nothing went wrong."
    *earlier, newest = load_signatures(house / "reviews" / CASE)
    _put(house, [*earlier, replace(newest, sha256=sha256(data["text"]))], data)


def swap_cases(house: Path) -> None:
    for name in ("signed.json", "signoff.yml"):
        shutil.copy2(house / "reviews" / OTHER / name, house / "reviews" / CASE / name)


def sign_when_retired(house: Path) -> None:
    sal = open_key(house / "reviews", SAL)
    _retire_sal(house, SIGNED_AT + 3 * DAY)
    _append(house, sal, SIGNED_AT + 4 * DAY)


def sign_as_retired_with_an_earlier_day(house: Path) -> None:
    sal = open_key(house / "reviews", SAL)
    _retire_sal(house, SIGNED_AT + 3 * DAY)
    _append(house, open_key(house / "reviews", SAM), SIGNED_AT + 4 * DAY)
    _append(house, sal, SIGNED_AT + DAY)


def cut_off_the_retirement(house: Path) -> None:
    sal, before = open_key(house / "reviews", SAL), _list(house)
    _retire_sal(house, SIGNED_AT + 3 * DAY)
    _write_list(house, before)
    _append(house, sal, SIGNED_AT + 4 * DAY)


def replace_the_list(house: Path) -> None:
    eve, empty = _eve(house), signer_list.EMPTY
    listed = empty.with_entry(eve, name=EVE, key=_public_key(eve), since=SIGNED_AT - 9 * DAY)
    signer_list.write(house / "reviews", listed)
    _append(house, eve, SIGNED_AT + 4 * DAY)


def add_a_key_by_hand(house: Path) -> None:
    data, eve = _list(house), _eve(house)
    sam = data["entries"][0]["by"]
    entry = {"name": EVE, "key": _public_key(eve), "since": "2025-01-03T00:00:00Z", "by": sam}
    unsigned = signer_list.ListEntry(**entry, signature="0" * 128)
    listed = signer_list.read(house / "reviews")
    data["entries"].append({**entry, "signature": eve.seal(unsigned.signed_bytes(listed.hashes[-1]))})
    _write_list(house, data)
    _append(house, eve, SIGNED_AT + 4 * DAY)


def add_a_key_that_vouches_for_itself(house: Path) -> None:
    data, eve = _list(house), _eve(house)
    entry = {"name": EVE, "key": _public_key(eve), "since": "2025-01-03T00:00:00Z", "by": eve.fingerprint}
    unsigned = signer_list.ListEntry(**entry, signature="0" * 128)
    listed = signer_list.read(house / "reviews")
    data["entries"].append({**entry, "signature": eve.seal(unsigned.signed_bytes(listed.hashes[-1]))})
    _write_list(house, data)


def sign_while_waiting(house: Path) -> None:
    asked, _ = changes.add_signer(house / "reviews", EVE, ask, SIGNED_AT)
    _append(house, private_keys.open_key(EVE, asked.fingerprint, PASSPHRASE), SIGNED_AT + 4 * DAY)


def rename_a_signer_on_the_list(house: Path) -> None:
    data = _list(house)
    data["entries"][1]["name"] = EVE
    _write_list(house, data)


def put_older_files_back(house: Path) -> None:
    for path in (house / OLDER).iterdir():
        shutil.copy2(path, house / "reviews" / CASE / path.name)


def repeat_an_older_signature(house: Path) -> None:
    data = json.loads((house / OLDER / "signed.json").read_text(encoding="utf-8"))
    history = load_signatures(house / "reviews" / CASE)
    _put(house, [*history, history[0]], data)


def repeat_a_signature_of_that_day(house: Path) -> None:
    """The day tells nothing then: the signature names the one before it."""
    sam, first = open_key(house / "reviews", SAM), _signed(house)
    at = SIGNED_AT + 3 * DAY
    _append(house, sam, at, first)
    again = load_signatures(house / "reviews" / CASE)[-1]
    _append(house, sam, at + dt.timedelta(hours=1))
    _put(house, [*load_signatures(house / "reviews" / CASE), again], first)


def change_the_name(house: Path) -> None:
    _change_newest(house, by=SAM)


def change_the_key(house: Path) -> None:
    _change_newest(house, by=SAM, key=open_key(house / "reviews", SAM).fingerprint)


def change_the_checklist(house: Path) -> None:
    _change_newest(house, checklist=("journalist", "family"))


def change_what_was_left_undecided(house: Path) -> None:
    _change_newest(house, undecided=())
    _change_newest(house, undecided=(("occupation", 3),))


def change_the_day(house: Path) -> None:
    _change_newest(house, at=SIGNED_AT + 5 * DAY)


def make_an_update_a_text(house: Path) -> None:
    _change_newest(house, covers="text")


def take_the_key_away(house: Path) -> None:
    history = load_signatures(house / "reviews" / CASE)
    _put(house, [replace(signature, key="", before="", seal="") for signature in history])


def take_the_list_away(house: Path) -> None:
    (house / "reviews" / "signers.yml").unlink()


def take_list_and_keys_away(house: Path) -> None:
    take_the_key_away(house)
    take_the_list_away(house)


def forge_an_update(house: Path) -> None:
    data, history = _signed(house), load_signatures(house / "reviews" / CASE)
    said = {"lesson": 1, "date": "2025-02-01", "status": "implemented", "note": None}
    data["updates"].append({**said, "sha256": update_sha256(data["text"]["public_id"], said)})
    hashes = tuple(update["sha256"] for update in data["updates"])
    forged = replace(history[-1], updates=hashes, at=SIGNED_AT + 3 * DAY, before=history[-1].hash())
    _put(house, [*history, forged], data)


def forge_the_text_under_a_sound_update(house: Path) -> None:
    """A signer's update vouches for itself: the text under it needs a signature of its own."""
    data, history = _signed(house), list(load_signatures(house / "reviews" / CASE))
    data["text"]["sections"][0]["blocks"][0]["text"] = "Nothing went wrong."
    text, sal = sha256(data["text"]), open_key(house / "reviews", SAL)
    history[1] = replace(history[1], sha256=text)
    named = replace(history[2], sha256=text, before=history[1].hash())
    history[2] = replace(named, seal=sal.seal(named.sealed_bytes(CASE)))
    _put(house, history, data)


def drop_an_update(house: Path) -> None:
    data, history = _signed(house), load_signatures(house / "reviews" / CASE)
    data["updates"].pop()
    _put(house, list(history[:2]), data)


FORGERIES: list[tuple[str, Callable[[Path], None], str]] = [
    ("text changed", change_text, "not one that its signer made"),
    ("signature of another case", swap_cases, "not one that its signer made for this case"),
    ("retired key", sign_when_retired, "its signer was retired"),
    ("retired key, earlier day", sign_as_retired_with_an_earlier_day, "is this machine's date right"),
    ("retired key, retirement cut off", cut_off_the_retirement, "is not the list of signers that this account knows"),
    ("list replaced", replace_the_list, "is not the list of signers that this account knows"),
    ("key added by hand", add_a_key_by_hand, "signers.yml: entry no. 3 was changed by hand"),
    ("key that vouches for itself", add_a_key_that_vouches_for_itself, "signers.yml: entry no. 3 was changed by hand"),
    ("key that nobody confirmed", sign_while_waiting, "not on the list of signers"),
    ("name changed on the list", rename_a_signer_on_the_list, "signers.yml: entry no. 2 was changed by hand"),
    ("replay: older files put back", put_older_files_back, "older files put back"),
    ("replay: older signature repeated", repeat_an_older_signature, "is this machine's date right"),
    (
        "replay: signature of that day repeated",
        repeat_a_signature_of_that_day,
        "signatures before the newest are not those",
    ),
    ("name changed", change_the_name, "not one that its signer made"),
    ("name and key changed", change_the_key, "not one that its signer made"),
    ("checklist changed", change_the_checklist, "not one that its signer made"),
    ("undecided details changed", change_what_was_left_undecided, "not one that its signer made"),
    ("day changed", change_the_day, "not one that its signer made"),
    ("update passed off as the text", make_an_update_a_text, "not one that its signer made"),
    ("downgrade: key taken away", take_the_key_away, "signed without a key"),
    ("downgrade: list taken away", take_the_list_away, "signers.yml is gone"),
    ("downgrade: list and keys taken away", take_list_and_keys_away, "signers.yml is gone"),
    ("update forged", forge_an_update, "not one that its signer made"),
    ("text forged under a sound update", forge_the_text_under_a_sound_update, "not one that its signer made"),
    ("update dropped", drop_an_update, "older files put back"),
]


@pytest.mark.parametrize(("forge", "why"), [row[1:] for row in FORGERIES], ids=[row[0] for row in FORGERIES])
def test_a_forgery_is_refused_by_builds_check_and_workbench(
    keyed_house: Path, redactor: Redactor, forge: Callable[[Path], None], why: str
) -> None:
    """With plain words, and what stands published stands."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    before = (out / "site" / "index.html").read_bytes()
    forge(keyed_house)
    with pytest.raises(PublishingError, match=why):
        build_small(reviews, out, AS_OF)
    assert (out / "site" / "index.html").read_bytes() == before
    with pytest.raises(PublishingError, match=why):
        check_site(reviews, out / "site")
    assert _state_in_workbench(reviews, out, redactor) == "refused"


def _state_in_workbench(reviews: Path, out: Path, redactor: Redactor) -> str:
    queue = CaseQueue(reviews, out, redactor)
    try:
        state = next(entry.state for entry in queue.entries() if entry.case == CASE)
    except PublishingError:
        return "refused"
    return "refused" if state == "changed" and queue.open(CASE).tampered else state


def test_what_nobody_forged_is_published(keyed_house: Path) -> None:
    """The guard against a table that refuses everything."""
    result = build_small(keyed_house / "reviews", keyed_house / "build", AS_OF)
    assert result.published == ("2025-001", "2025-002")
    assert check_site(keyed_house / "reviews", keyed_house / "build" / "site")


def test_a_house_changes_over_to_keys(house: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was signed by name is signed anew with a key; what is withdrawn, or a draft again, holds nobody up."""
    reviews, out = house / "reviews", house / "build"
    use_settings(house / "settings", monkeypatch)
    sign_case(
        write_case(reviews, "draft-03", public_id="2025-003", person="Owen Ashby", victim="Mia Kerr", code="X412399"),
        redactor,
    )
    sign_case(
        write_case(reviews, "gone-04", public_id="2025-004", person="Ivor Lunt", victim="Una Pugh", code="X412390"),
        redactor,
    )
    for path in reviews.glob("*/review.md"):
        changed = path.read_text(encoding="utf-8").replace("Head of Casework", "Ada Approver")
        changed = changed.replace("status: approved", "status: draft") if path.parent.name == "draft-03" else changed
        path.write_text(changed, encoding="utf-8")
    build_small(reviews, out, AS_OF)
    withdraw_small("2025-004", "error", reviews, out, AS_OF)
    list_signers(reviews)
    with pytest.raises(PublishingError, match="signed without a key") as caught:
        build_small(reviews, out, AS_OF)
    assert [name for name in (CASE, OTHER, "draft-03", "gone-04") if name in str(caught.value)] == [CASE, OTHER]
    for case in (CASE, OTHER):
        sign_case(reviews / case, redactor, SIGNED_AT, open_key(reviews, SAL))
    assert build_small(reviews, out, AS_OF).published == ("2025-001", "2025-002")
    assert [signature.key != "" for signature in load_signatures(reviews / CASE)] == [False, True]


def test_a_signature_that_was_never_finished_leads_nobody_astray(keyed_house: Path) -> None:
    """One by hand, of another text and far ahead, is not what an account remembers."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    history = load_signatures(reviews / CASE)
    ahead = replace(history[-1], sha256="0" * 64, at=SIGNED_AT + 9999 * DAY, complete=False)
    write_history(reviews / CASE, [*history, ahead])
    build_small(reviews, out, AS_OF)
    write_history(reviews / CASE, history)
    assert len(build_small(reviews, out, AS_OF).published) == 2


def test_who_is_retired_signed_soundly_before(keyed_house: Path) -> None:
    """Sal's signatures of the days before still count; with an earlier day they do not."""
    _retire_sal(keyed_house, SIGNED_AT + 3 * DAY)
    assert len(build_small(keyed_house / "reviews", keyed_house / "build", AS_OF).published) == 2


def test_a_stolen_key_is_retired_from_the_day_it_was_not_safe(keyed_house: Path) -> None:
    """What it signed from then on stops the build until somebody signs it anew."""
    reviews = keyed_house / "reviews"
    stolen = open_key(reviews, SAL).fingerprint
    changes.retire_signer(reviews, stolen, SAM, ask, SIGNED_AT + 9 * DAY, until=SIGNED_AT - DAY)
    with pytest.raises(PublishingError, match="its signer was retired"):
        build_small(reviews, keyed_house / "build", AS_OF)


@pytest.mark.parametrize(
    ("second", "two"),
    [(SAL, True), ("SECOND Sal", True), ("Signer, Sam", False), ("Ｓaм (S.) SIGNER", False), (EVE, False)],
    ids=[
        "another signer",
        "another signer, other order",
        "the same, other order",
        "the same, look-alikes",
        "no signer",
    ],
)
def test_a_second_person_is_another_signer(keyed_house: Path, second: str, two: bool) -> None:
    """Two spellings are one person, and somebody who is not on the list is nobody."""
    folder = keyed_house / "reviews" / CASE
    _decide_by_two(folder, SAM, second)
    assert decisions.load(folder)[0].seconded is two


@pytest.mark.parametrize("signers", [(SAM, SAM), (SAM,), ()], ids=["one key twice", "one key", "one key, long before"])
def test_second_person_with_the_same_key_is_refused(
    keyed_house: Path, redactor: Redactor, signers: tuple[str, ...]
) -> None:
    """What two people decide is not published before two keys have signed the text."""
    reviews, folder, out = keyed_house / "reviews", keyed_house / "reviews" / CASE, keyed_house / "build"
    _decide_by_two(folder, SAM, SAL)
    for day, name in enumerate(signers, start=3):
        sign_case(folder, redactor, SIGNED_AT + day * DAY, open_key(reviews, name))
    said: list[str] = []
    with pytest.raises(LostPageError):
        build_small(reviews, out, AS_OF, report=said.append)
    assert any("only one has signed the text: the other signs it too" in line for line in said)
    entry = next(entry for entry in CaseQueue(reviews, out, redactor).entries() if entry.case == CASE)
    assert entry.state in ("to-check", "changed", "reading")


def test_what_two_people_decide_is_published_when_both_have_signed(keyed_house: Path, redactor: Redactor) -> None:
    """The one and then the other, each with a key."""
    reviews, folder = keyed_house / "reviews", keyed_house / "reviews" / CASE
    _decide_by_two(folder, "SIGNER, Sam", SAL)
    for day, name in enumerate((SAM, SAL), start=3):
        sign_case(folder, redactor, SIGNED_AT + day * DAY, open_key(reviews, name))
    assert len(build_small(reviews, keyed_house / "build", AS_OF).published) == 2


def test_taking_the_decision_out_after_one_has_signed_publishes_nothing(keyed_house: Path, redactor: Redactor) -> None:
    """That two people decided is sealed with the text, whatever becomes of decisions.yml."""
    reviews, folder = keyed_house / "reviews", keyed_house / "reviews" / CASE
    _decide_by_two(folder, SAM, SAL)
    sign_case(folder, redactor, SIGNED_AT + 3 * DAY, open_key(reviews, SAM))
    (folder / "decisions.yml").unlink()
    with pytest.raises(LostPageError, match="waits for the signature of a second person"):
        build_small(reviews, keyed_house / "build", AS_OF)


def _decide_by_two(folder: Path, by: str, second: str) -> None:
    made = {"action": "reject", "text": "working day", "by": by, "second": second}
    (folder / "decisions.yml").write_text(yaml.safe_dump({"format": 1, "decisions": [made]}), encoding="utf-8")


def test_an_account_that_knows_no_list_builds_nothing_before_it_is_told(
    keyed_house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It trusts no list that it finds; with a fingerprint from a signer it does, and with another it does not."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    first = signer_list.read(reviews).signers[0].fingerprint
    monkeypatch.setenv("XDG_CONFIG_HOME", str(keyed_house / "another"))
    with pytest.raises(PublishingError, match="does not know this list of signers yet"):
        build_small(reviews, out, AS_OF)
    with pytest.raises(PublishingError, match="has another fingerprint"):
        changes.trust_list(reviews, first[:-1] + ("0" if first[-1] != "0" else "1"))
    changes.trust_list(reviews, first)
    assert len(build_small(reviews, out, AS_OF).published) == 2


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (take_list_and_keys_away, "signers.yml is missing"),
        (replace_the_list, "begins with another signer"),
        (lambda house: None, "does not know this list of signers yet"),
    ],
    ids=["list and keys taken away", "list replaced", "the right list, before it is trusted"],
)
def test_an_account_that_never_saw_the_list_is_shown_no_other(
    keyed_house: Path,
    redactor: Redactor,
    monkeypatch: pytest.MonkeyPatch,
    set_options: Callable[..., None],
    forge: Callable[[Path], None],
    why: str,
) -> None:
    """Where mkdocs.yml names the first signer: a folder without its list, or with a forger's, is refused by everything."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    set_options(first_signer=signer_list.read(reviews).signers[0].fingerprint)
    forge(keyed_house)
    use_settings(keyed_house / "another", monkeypatch)
    with pytest.raises(PublishingError, match=why):
        build_small(reviews, out, AS_OF)
    with pytest.raises(PublishingError, match=why):
        check_site(reviews, out / "site")
    assert _state_in_workbench(reviews, out, redactor) == "refused"
    with pytest.raises(PublishingError):
        changes.add_signer(reviews, EVE, ask, SIGNED_AT)
    if signer_list.is_there(reviews) and forge is replace_the_list:
        with pytest.raises(PublishingError, match=why):
            changes.trust_list(reviews, signer_list.read(reviews).signers[0].fingerprint)
    withdraw_small("2025-001", "error", reviews, out, AS_OF)


def test_the_list_that_begins_as_told_is_built(keyed_house: Path, set_options: Callable[..., None]) -> None:
    """By an account that trusts it; what is no fingerprint stops the build and no withdrawal."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    set_options(first_signer=signer_list.read(reviews).signers[0].fingerprint)
    assert len(build_small(reviews, out, AS_OF).published) == 2
    set_options(first_signer="sam")
    with pytest.raises(PublishingError, match="first_signer: is no fingerprint"):
        build_small(reviews, out, AS_OF)
    withdraw_small("2025-001", "error", reviews, out, AS_OF)


def _confirm(house: Path, name: str, by: str, at: dt.datetime) -> str:
    asked, _ = changes.add_signer(house / "reviews", name, ask, at)
    changes.confirm_signer(house / "reviews", asked.fingerprint, by, ask, at)
    return asked.fingerprint


def test_whom_a_stolen_key_confirmed_goes_unless_they_stay(keyed_house: Path) -> None:
    """Also under an earlier day, and those whom these confirmed; who stays keeps whom they confirmed, and whoever retires it is not asked about."""
    reviews = keyed_house / "reviews"
    stolen = open_key(reviews, SAM).fingerprint
    early, tom = (
        _confirm(keyed_house, EVE, SAM, SIGNED_AT - 400 * DAY),
        _confirm(keyed_house, "Tom Third", SAM, SIGNED_AT),
    )
    also, kept = (
        _confirm(keyed_house, "Eva Forger", EVE, SIGNED_AT),
        _confirm(keyed_house, "Una Fourth", "Tom Third", SIGNED_AT),
    )
    asked: list[str] = []

    def stays(signer: signer_list.Signer) -> bool:
        asked.append(signer.fingerprint)
        return signer.fingerprint == tom

    done = changes.retire_signer(reviews, stolen, SAL, ask, SIGNED_AT + 9 * DAY, SIGNED_AT, stays)
    assert asked == [early, tom, also]
    assert [signer.fingerprint for signer in done.also] == [early, also]
    listed = load_signers(reviews)
    assert listed
    assert [signer.name for signer in listed.current] == [SAL, "Tom Third", "Una Fourth"]
    assert [signer.name for signer in done.stay] == [SAL, "Tom Third"]
    forger = listed.find(early)
    assert forger
    assert not any(forger.may_sign(SIGNED_AT + day * DAY) for day in range(-500, 500, 50))
    assert listed.find(kept) in listed.current


@pytest.mark.parametrize("itself", [False, True])
def test_whom_a_stolen_key_confirmed_and_retired_goes_too(keyed_house: Path, itself: bool) -> None:
    """It would else have signed for good in the days between; also where the key retired itself. No later day brings anybody back."""
    reviews, later = keyed_house / "reviews", SIGNED_AT + 9 * DAY
    stolen, eve = open_key(reviews, SAM).fingerprint, _confirm(keyed_house, EVE, SAM, SIGNED_AT - 400 * DAY)
    changes.retire_signer(reviews, eve, SAM, ask, later, SIGNED_AT + 400 * DAY)
    if itself:
        changes.retire_signer(reviews, stolen, SAM, ask, later)
    done = changes.retire_signer(reviews, stolen, SAL, ask, later, SIGNED_AT, lambda signer: signer.name == SAL)
    assert [signer.fingerprint for signer in done.also] == [eve]
    listed = load_signers(reviews)
    assert listed
    forger, first = listed.find(eve), listed.find(stolen)
    assert forger
    assert not any(forger.may_sign(SIGNED_AT + day * DAY) for day in range(-500, 500, 50))
    assert first
    assert first.until == SIGNED_AT
    with pytest.raises(PublishingError, match="retires somebody who is no signer then"):
        listed.with_entry(open_key(reviews, SAL), name=EVE, key=forger.key, until=later)


def test_who_leaves_takes_nobody_along(keyed_house: Path) -> None:
    """Without a day from which the key was not safe nobody is asked about; a list nobody could go on with is not written."""
    reviews = keyed_house / "reviews"
    sam = open_key(reviews, SAM).fingerprint
    with pytest.raises(PublishingError, match="Nobody would be left"):
        changes.retire_signer(reviews, sam, SAM, ask, SIGNED_AT + 9 * DAY, SIGNED_AT)
    done = changes.retire_signer(reviews, sam, SAL, ask, SIGNED_AT + 9 * DAY)
    assert (done.also, [signer.name for signer in done.stay]) == ((), [SAL])


@pytest.mark.parametrize("forge", [change_text, take_the_list_away, rename_a_signer_on_the_list])
def test_a_page_comes_down_whatever_was_forged(keyed_house: Path, forge: Callable[[Path], None]) -> None:
    """Taking away needs no signature to be sound."""
    forge(keyed_house)
    withdraw_small("2025-001", "error", keyed_house / "reviews", keyed_house / "build", AS_OF)
    page = (keyed_house / "build/site/reviews/2025-001/index.html").read_text(encoding="utf-8")
    assert "has been withdrawn" in page


def test_notes_on_changes_that_nobody_signed_are_not_signed_unseen(keyed_house: Path, redactor: Redactor) -> None:
    """Whoever signs anew sees the text, and not the notes that stand in the file."""
    folder = keyed_house / "reviews" / CASE
    data = _signed(keyed_house)
    data["text"]["changes"].append({"date": "2025-01-22", "note": "A falsehood."})
    (folder / "signed.json").write_text(json.dumps(data), encoding="utf-8")
    sign_case(folder, redactor, SIGNED_AT + 3 * DAY, open_key(keyed_house / "reviews", SAM))
    assert "falsehood" not in (folder / "signed.json").read_text(encoding="utf-8")
    assert load_signers(keyed_house / "reviews")
    assert signature_files.load_unverified_text(folder)
