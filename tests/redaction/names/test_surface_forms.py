"""Every way an identity is written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redaction import Identity, IdentityKind
from redaction.names.parsing import parse_name
from redaction.names.surface_forms import Strength, forms_of
from redaction.text.folding import fold, fold_text

PARSED = [
    ("Darren Whitlock", ("darren",), "whitlock"),
    ("WHITLOCK, Darren Lee", ("darren", "lee"), "whitlock"),
    ("Mr Darren Whitlock", ("darren",), "whitlock"),
    ("DC Harris", ("harris",), ""),
    ("Kelly-Ann Moorhouse", ("kelly ann",), "moorhouse"),
    ("Dafydd ap Rhys", ("dafydd",), "ap rhys"),
    ("Seán Ó Briain", ("sean",), "o briain"),
    ("Maria de Souza", ("maria",), "de souza"),
    ("Tariq al-Rashid", ("tariq",), "al rashid"),
    ("Łukasz Żółć", ("lukasz",), "zolc"),
    ("Daz", ("daz",), ""),
    ("", (), ""),
]


@pytest.mark.parametrize("written,given_names,surname", PARSED)
def test_names_are_taken_apart(written: str, given_names: tuple[str, ...], surname: str) -> None:
    """Titles fall away, particles stay with the surname, the inverted form is turned round."""
    name = parse_name(written)
    assert (name.given, name.surname) == (given_names, surname)


def forms(kind: IdentityKind, *names: str) -> dict[str, Strength]:
    """Form text → strength."""
    return {form.text: form.strength for form in forms_of(Identity(kind, names))}


def test_a_person_has_full_forms_that_are_strong_and_single_words_that_are_weak() -> None:
    """Full, inverted, initialled and joined forms identify; surname, first name and initials alone are weak."""
    found = forms(IdentityKind.PERSON, "Ngozi Okonjo-Bright", "Goz")
    strong = {
        "ngozi okonjo bright",
        "okonjo bright ngozi",
        "n okonjo bright",
        "ngozi okonjobright",
        "ngoziokonjobright",
    }
    weak = {"okonjo bright", "okonjo", "bright", "ngozi", "goz", "nob", "okonjo brights"}
    assert all(found[form] is Strength.STRONG for form in strong)
    assert all(found[form] is Strength.WEAK for form in weak)


def test_initials_that_are_words_of_the_trade_are_not_searched() -> None:
    """Nobody's initials make PO, GP or NO vanish."""
    assert not {"po", "gp", "no"} & set(forms(IdentityKind.PERSON, "Peter Owens", "Gail Price", "Nora Okafor"))


def test_codes_are_found_with_and_without_their_spaces() -> None:
    """Both spellings are strong; a short number is weak."""
    assert forms(IdentityKind.CODE, "A 4821 CK") == {"a 4821 ck": Strength.STRONG, "a4821ck": Strength.STRONG}
    assert set(forms(IdentityKind.CODE, "4471").values()) == {Strength.WEAK}


def test_places_of_several_words_are_strong() -> None:
    """An address is strong, also without its town; a one-word place is weak."""
    assert forms(IdentityKind.PLACE, "27 Tennyson Road, Swinton")["27 tennyson road"] is Strength.STRONG
    assert forms(IdentityKind.PLACE, "Swinton") == {"swinton": Strength.WEAK}


OTHERWISE = [
    (
        IdentityKind.ORGANISATION,
        "HMP Stourwick",
        {"hm prison stourwick", "hmp yoi stourwick", "stourwick prison"},
        {"stourwick"},
    ),
    (
        IdentityKind.ORGANISATION,
        "HMP & YOI Stourwick",
        {"hmp stourwick", "hmp and yoi stourwick"},
        {"yoi stourwick prison"},
    ),
    (IdentityKind.ORGANISATION, "Stourwick Prison", {"hmp stourwick"}, {"hmp stourwick prison", "stourwick"}),
    (
        IdentityKind.ORGANISATION,
        "the Crown Court at Bramfield",
        {"bramfield crown court"},
        {"the bramfield crown court"},
    ),
    (IdentityKind.ORGANISATION, "Bramfield Police", {"bramfield constabulary"}, {"bramfield"}),
    (IdentityKind.ORGANISATION, "the police", {"the police"}, {"police", "constabulary", "the constabulary"}),
    (
        IdentityKind.ORGANISATION,
        "Harrow & Vine Ltd",
        {"harrow and vine ltd", "harrow vine ltd"},
        {"harrow", "vine ltd"},
    ),
    (IdentityKind.ORGANISATION, "Harrow and Vine Ltd", {"harrow vine ltd"}, {"and vine ltd"}),
    (IdentityKind.ORGANISATION, "Anderson Sand", {"anderson sand"}, {"erson s", "anderson s"}),
    (
        IdentityKind.PLACE,
        "Flat 2, 27 Tennyson Road, Swinton, M27 4QX",
        {"27 tennyson road", "flat 2 27 tennyson road", "flat 2", "m27 4qx", "m274qx"},
        {"swinton", "m27", "tennyson road"},
    ),
    (IdentityKind.PLACE, "27 Tennyson Road M27 4QX", {"27 tennyson road", "m27 4qx"}, {"tennyson road"}),
    (IdentityKind.PLACE, "Swinton, Salford", {"swinton salford"}, {"swinton", "salford"}),
    (IdentityKind.CODE, "2014/0315580J", {"14 315580j", "14315580j", "2014 315580j"}, {"1914 315580j", "315580j"}),
    (IdentityKind.CODE, "98/40217E", {"1998 40217e", "98 0040217e", "19980040217e"}, {"40217e", "98"}),
    (IdentityKind.CODE, "98/40217", {"98 40217", "9840217"}, {"1998 40217"}),
    (IdentityKind.CODE, "A4821CK", {"a4821ck"}, {"1948 21ck"}),
]


@pytest.mark.parametrize("kind,declared,looked_for,not_looked_for", OTHERWISE)
def test_what_is_declared_is_known_in_other_spellings(
    kind: IdentityKind, declared: str, looked_for: set[str], not_looked_for: set[str]
) -> None:
    """Other words for one body, "&" and "and", a postcode alone, a year of two figures; a part that tells nothing is no form."""
    found = set(forms(kind, declared))
    assert looked_for <= found
    assert not not_looked_for & found


@given(st.text(max_size=200))
def test_folding_with_and_without_the_way_back_agrees(text: str) -> None:
    """One folding, two functions; offsets stay inside the text."""
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.offsets) == len(folded.text)
    assert all(0 <= offset <= len(text) for offset in folded.offsets)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3), st.sampled_from(IdentityKind))
@example(["AA,:"], IdentityKind.PERSON)
@example(["WHITLOCK, Mr"], IdentityKind.PERSON)
def test_any_words_have_forms_or_none(names: list[str], kind: IdentityKind) -> None:
    """Whatever a register holds, forms are folded, not empty, and each comes once."""
    texts = [form.text for form in forms_of(Identity(kind, tuple(names)))]
    assert len(texts) == len(set(texts))
    assert all(text and fold_text(text).strip() == text for text in texts)


def test_declared_initials_are_initials() -> None:
    """ "A.P." is searched as initials, and never as the trade's AP; other initials also without their stops."""
    assert forms(IdentityKind.PERSON, "A.P.") == {"a p": Strength.WEAK}
    assert forms(IdentityKind.PERSON, "T.W.") == {"t w": Strength.WEAK, "tw": Strength.WEAK}


def test_an_initial_is_no_surname() -> None:
    """ "Delroy P" does not make every P, or PS, a name."""
    assert set(forms(IdentityKind.PERSON, "Delroy P")) == {"delroy p", "delroy"}
