"""What somebody who signs on the command line is told."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from publishing import intake
from publishing.checking import load_signatures
from publishing.errors import LeakError, SigningRefusedError
from publishing.release import gate, named_elsewhere
from publishing.release.gathered_cases import gather_declared
from publishing.release.named_elsewhere import describe_named_elsewhere
from publishing.release.signoff import sign_off
from redaction import Identity, Redactor
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.cases import CASE, write_case


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """One case that nobody has signed."""
    write_case(tmp_path / "reviews")
    return tmp_path / "reviews"


def test_what_stands_nowhere_in_the_review_is_told(reviews: Path, redactor: Redactor) -> None:
    """A decision with a slip in it and a person under another name do nothing: the signer learns it, in numbers."""
    (reviews / CASE / "decisions.yml").write_text("format: 1\ndecisions:\n  - {action: reject, text: Zebedee}\n")
    register = reviews / CASE / "register.yml"
    register.write_text(
        register.read_text().replace("places:", "  - {role: witness, names: [Ottoline Frobisher]}\nplaces:")
    )
    told = sign_off(reviews, CASE, "A Checker", redactor=redactor).warnings
    assert any(line.startswith("decision no. 1 stands nowhere in the review") for line in told)
    assert any(
        line.startswith("people no. 3 of the register: none of their names stands in the review") for line in told
    )
    assert not any(word in line for line in told for word in ("Zebedee", "Ottoline", "Frobisher"))


@pytest.mark.parametrize("folder", ["reviews", None], ids=["recorded", "known from the site alone"])
def test_a_withdrawn_review_is_not_signed(house: Path, redactor: Redactor, folder: str | None) -> None:
    """No build publishes it: it would be a promise that nobody keeps. Under a new reference it is another publication."""
    reviews, out = house / "reviews", house / "build"
    withdraw_small("2025-001", "legal", house / folder if folder else None, out, AS_OF)
    before = load_signatures(reviews / CASE)
    with pytest.raises(SigningRefusedError, match="2025-001 is withdrawn and no build publishes it"):
        sign_off(reviews, CASE, "A Checker", out=out, redactor=redactor)
    assert load_signatures(reviews / CASE) == before
    path = reviews / CASE / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-001", "2025-003"), encoding="utf-8")
    sign_off(reviews, CASE, "A Checker", out=out, redactor=redactor)
    assert build_small(reviews, out, AS_OF).published == ("2025-002", "2025-003")


def test_the_command_line_says_what_a_signature_confirms(reviews: Path, redactor: Redactor) -> None:
    """It asks no question: so it says that all of them count as confirmed. The workbench asks, and says no such thing."""
    plain = sign_off(reviews, CASE, "A Checker", redactor=redactor)
    assert "no question was asked here, and all 8 of the checklist count as confirmed" in plain.message
    assert len(load_signatures(reviews / CASE)[-1].checklist) == 8
    asked = sign_off(reviews, CASE, "A Checker", confirmed=("neighbour",), redactor=redactor)
    assert "no question was asked" not in asked.message


def test_what_the_page_of_another_review_says_of_a_namesake_is_told(house: Path, redactor: Redactor) -> None:
    """The gate stops for these as well; what stands on the case's own page is told by what signs it. A page written since is read anew."""
    reviews, out = house / "reviews", house / "build"
    register = reviews / CASE / "register.yml"
    person = "  - {role: witness, names: [Ottoline Threlkeld]}"
    register.write_text(register.read_text().replace("places:", f"{person}\nplaces:"), newline="\n")

    def told() -> list[str]:
        return [
            w for w in sign_off(reviews, CASE, "A Checker", out=out, redactor=redactor).warnings if "namesakes" in w
        ]

    def write(address: str) -> None:
        path = out / "markdown" / address
        path.parent.mkdir(parents=True)
        path.write_text("The Ottoline Threlkeld Trust helps.", newline="\n")

    assert told() == []
    write("reviews/2025-001/index.md")
    assert told() == []
    write("reviews/2025-002/index.md")
    (words,) = told()
    assert "(reviews/2025-002/index.md)" in words
    assert "the next release may stop" in words


def test_no_declared_name_is_remembered_once_its_pages_are_told(house: Path) -> None:
    """A server runs for weeks: it remembers which pages were told, by a hash, and nobody of a register."""
    review = intake.load_case(house / "reviews" / CASE)
    (house / "build" / "markdown" / "support" / "index.md").write_text("Keisha Moorhouse helps.", newline="\n")
    before = bearers("Keisha Moorhouse")
    (told,) = describe_named_elsewhere(review, house / "build")
    assert "(support/index.md)" in told
    assert describe_named_elsewhere(review, house / "build") == (told,)
    assert bearers("Keisha Moorhouse") <= before


class Forgetful(dict[bytes, tuple[str, ...]]):
    """Answers that another thread throws away as soon as they are in."""

    def __setitem__(self, asked: bytes, found: tuple[str, ...]) -> None:
        super().__setitem__(asked, found)
        self.clear()


def test_who_is_told_does_not_depend_on_what_others_ask(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several people sign at once, and answers of before are thrown away when there are many."""
    monkeypatch.setattr(named_elsewhere, "_answers", Forgetful())
    review = intake.load_case(house / "reviews" / CASE)
    (house / "build" / "markdown" / "support" / "index.md").write_text("Keisha Moorhouse helps.", newline="\n")
    (told,) = describe_named_elsewhere(review, house / "build")
    assert "(support/index.md)" in told


def bearers(name: str) -> int:
    """How many identities of a name this process holds: other tests left some."""
    gc.collect()
    return sum(isinstance(one, Identity) and name in one.names for one in gc.get_objects())


def test_what_the_site_says_of_a_namesake_is_told_before_a_release_stops(house: Path, redactor: Redactor) -> None:
    """A page of the site's own has a declared name: the signer hears which page, never the name, until a person says it is another's."""
    reviews, out = house / "reviews", house / "build"
    (out / "markdown" / "support" / "index.md").write_text("The Ottoline Threlkeld Trust helps.", newline="\n")
    register = reviews / CASE / "register.yml"
    person = "  - {role: witness, names: [Ottoline Threlkeld]}"
    register.write_text(register.read_text().replace("places:", f"{person}\nplaces:"), newline="\n")
    (told,) = [w for w in sign_off(reviews, CASE, "A Checker", out=out, redactor=redactor).warnings if "namesakes" in w]
    assert "(support/index.md)" in told
    assert "Threlkeld" not in told
    with pytest.raises(LeakError, match=r"support/index\.md: an identity(.|\n)*under namesakes"):
        gate.check_folder(out / "markdown", gather_declared(reviews, intake.load_every_case(reviews)))
    with register.open("a", newline="\n") as file:
        file.write("namesakes: [{words: Ottoline Threlkeld Trust, reason: The charity.}]\n")
    assert not any("namesakes" in w for w in sign_off(reviews, CASE, "A Checker", out=out, redactor=redactor).warnings)
    gate.check_folder(out / "markdown", gather_declared(reviews, intake.load_every_case(reviews)))
