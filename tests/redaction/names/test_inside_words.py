"""Names run together with other letters: hashtags, handles, addresses, file names. The redactor takes the word, the gate stops it."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from redaction import Decision, Entity, Redactor, Register
from redaction.leaks.search import LeakSearch
from redaction.names.surface_forms import Strength

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: victim, names: [Clare Doyle]}
  - {role: witness, names: [Ngozi Okonjo]}
  - {role: partner, names: [Ann Lee]}
  - {role: person-on-probation, names: [Darren Lee Whitlock, Daz]}
  - {role: family-member, names: [Łukasz Świerczyński]}
  - {role: other, names: [Isla Kell, Grace Donald, Al Bright, Una Delius]}
  - {role: previous-victim, names: [Stacey Pilling], protected: sexual-offence}
"""
)
SEARCH = LeakSearch({"a": REGISTER.identities()})
GONE = "[contact removed]"

FULL_NAMES = [
    # a word with a full name in it → what takes its place
    ("#justiceforclaredoyle", GONE),
    ("#JusticeForClareDoyle", GONE),
    ("#ClareDoyle", GONE),
    ("#justicefordoyleclare", GONE),
    ("claredoyle1987", GONE),
    ("1987claredoyle", GONE),
    ("RIPClareDoyleXX", GONE),
    ("ripclaredoylexx", GONE),
    ("facebook.com/claredoylemurder", GONE),
    ("facebook.com/clare.doyle.98", GONE),
    ("www.clare-doyle-memorial.org", GONE),
    ("clare-doyle-memorial.org", GONE),
    ("clare-doyle-memorial", GONE),
    ("justiceforclare_doyle", GONE),
    ("claredoyle_official", GONE),
    ("Clare_Doyle__official", GONE),
    ("@claredoyle", GONE),
    ("@clare_doyle99", GONE),
    ("clare.doyle.98@example.org", GONE),
    ("Statement_ClareDoyle_final.docx", GONE),
    ("statement-clare.doyle.pdf", GONE),
    ("#ripclаredoуle", GONE),
    ("#RIPClárëDoyle", GONE),
    ("#ripclare\u200bdoyle", GONE),
    ("#JusticeForAnnLee", GONE),
    ("AnnLee2", "[Partner 1]"),
    ("dwhitlock1987", GONE),
    ("#freedarrenleewhitlock", GONE),
    ("ripłukaszświerczyński", GONE),
    ("riplukaszswierczynski", GONE),
    ("CLAREDOYLE", "[Victim 1]"),
    ("ClareDoyle", "[Victim 1]"),
    ("clare_doyle", "[Victim 1]"),
    ("DarrenLeeWhitlock", "[Person on probation]"),
    ("Clare Doyle1", "[Victim 1]"),
]

SINGLE_NAMES = [
    ("#JusticeForOkonjo", GONE),
    ("#Okonjo", GONE),
    ("OkonjoFamily", GONE),
    ("TheOkonjosSpeak", GONE),
    ("RIPOkonjo", GONE),
    ("JusticeForOkonjoXX", GONE),
    ("justice4Okonjo", GONE),
    ("justice4okonjo", GONE),
    ("okonjo_family", GONE),
    ("#ForŚwierczyński", GONE),
    ("JamesDonald", GONE),
    ("#WalkForIsla", GONE),
    ("#forokonjo", GONE),
    ("#OKONJOWASLOVED", GONE),
    ("@walkforokonjo", GONE),
]

SHORT_NAMES = [("#JusticeForDaz", GONE), ("WalkForKell", GONE)]

NEAR_MISSES = [
    "#AnnualReport",
    "#forokonjox",
    "#kellogg",
    "#mcdonalds",
    "#gracefulwalk",
    "annual",
    "Kellogg",
    "KelloggFoundation",
    "sleeve",
    "bradwhitlock",
    "whitlocking",
    "annleeson",
    "Annleeson",
    "Albrighton",
    "JamesMcDonald",
    "MacDonald",
    "nDelius",
    "OASys",
    "ViSOR",
    "HM Prison",
    "PlayStation",
    "WhatsApp",
    "graceful",
    "GracePeriod",
    "disgrace_period",
    "prose-clarence",
    "eclare doylex",
]


def strong(text: str) -> bool:
    """Whether the search finds what identifies anywhere, on a page that is nobody's."""
    return any(leak.strength is Strength.STRONG for leak in SEARCH.text(text))


@pytest.mark.parametrize(("word", "label"), FULL_NAMES + SINGLE_NAMES + SHORT_NAMES)
def test_the_word_goes_whole(redactor: Redactor, word: str, label: str) -> None:
    """No label is left beside the rest of it, a second time changes nothing, and the gate has nothing to find."""
    text = f"They posted {word} that night."
    redacted = redactor.redact([text], REGISTER).texts
    assert redacted == (f"They posted {label} that night.",)
    assert redactor.redact(redacted, REGISTER).texts == redacted
    assert SEARCH.text(redacted[0], "a") == ()


@pytest.mark.parametrize("word", [word for word, _ in FULL_NAMES])
def test_a_full_name_inside_a_word_stops_a_release_anywhere(word: str) -> None:
    """In a sentence, at its start, in a path, in an address and behind a tag."""
    for text in (f"They posted {word} now.", f"{word} was seen.", f"/files/{word}/", f'<a href="/{word}">x</a>'):
        assert strong(text)


@pytest.mark.parametrize("word", [word for word, _ in SINGLE_NAMES + SHORT_NAMES])
def test_a_single_name_that_is_part_of_a_word_stops_the_cases_own_page(word: str) -> None:
    """It is no full name, so that it proves something there alone, unless it stands as a word and is in no dictionary."""
    assert SEARCH.text(f"They posted {word} that night.", "a")
    assert strong(f"They posted {word} that night.") is (word in ("#Okonjo", "okonjo_family"))


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("They posted #JusticeForOkonjo then.", True),
        ("#JusticeForOkonjo was seen.", True),
        ("#Okonjo was seen.", True),
        ("They met OkonjoFamily then.", True),
        ("OkonjoFamily was seen.", False),
        ("They posted justice4okonjo then.", False),
        ("They posted okonjo_family then.", True),
        ("They posted #JusticeForDaz then.", False),
        ("# Okonjo", True),
    ],
)
def test_on_other_pages_a_part_of_a_word_counts_as_a_name_alone(text: str, stops: bool) -> None:
    """Capitalised, of five letters, not at a sentence's start, where a hashtag is no start; a rare one as a word anywhere."""
    assert bool(SEARCH.text(text)) is stops


@pytest.mark.parametrize("word", NEAR_MISSES)
def test_near_misses_stay(redactor: Redactor, word: str) -> None:
    """Ordinary words, terms of the trade, other people's names, and single names with nothing to show where they begin."""
    text = f"They read about {word} that night."
    joined = [d for d in redactor.redact([text], REGISTER).detections if d.source.startswith("register")]
    assert joined == []
    assert SEARCH.text(text, "a") == ()


@pytest.mark.parametrize(
    "word", ["Doyle-led", "Doyle's", "Doyle/Okonjo", "Doyle.", "(Doyle)", "**Doyle**", "Doyle–Okonjo"]
)
def test_a_name_beside_other_words_keeps_its_label(redactor: Redactor, word: str) -> None:
    """Hyphens, strokes and stops of prose glue nothing."""
    redacted = redactor.redact([f"It was the {word} review."], REGISTER).texts[0]
    assert redacted == f"It was the {word.replace('Doyle', '[Victim 1]').replace('Okonjo', '[Witness 1]')} review."


@pytest.mark.parametrize(
    "word", ["#justiceforphilippagreatorex", "philippagreatorex_x", "RIPPhilippaGreatorexXX", "@philippagreatorex1"]
)
def test_a_full_name_met_elsewhere_is_found_in_words_too(redactor: Redactor, word: str) -> None:
    """The register need not declare her, and the other text may be another part of the review."""
    texts = ["Mrs Philippa Greatorex, a neighbour, rang the office.", f"They posted {word} that night."]
    assert redactor.redact(texts).texts == (
        "[Person 1], a neighbour, rang the office.",
        f"They posted {GONE} that night.",
    )


def test_a_name_after_a_hashtag_is_no_heading(redactor: Redactor) -> None:
    """A hashtag in the line does not make a name that is a word too one of a heading's words."""
    redacted = redactor.redact(["It was after #MeToo that Grace rang him."], REGISTER).texts[0]
    assert "Grace" not in redacted


def test_a_link_to_such_a_file_is_no_link(redactor: Redactor) -> None:
    """Nothing of its address is left, and no brackets of it."""
    redacted = redactor.redact(["See [the page](files/Statement_ClareDoyle_final.docx) there."], REGISTER).texts[0]
    assert redacted == f"See the page ({GONE}) there."


def test_one_person_cannot_keep_the_hashtag_of_somebody_protected(redactor: Redactor) -> None:
    """It names her as her name does."""
    alone = Decision("add", "#JusticeForStaceyPilling", Entity.CONTACT, "#JusticeForStacey")
    redacted = redactor.redact(["They posted #JusticeForStaceyPilling then."], REGISTER, decisions=[alone]).texts[0]
    assert redacted == f"They posted {GONE} then."


SURROUNDING = st.text(alphabet=string.ascii_letters + string.digits, max_size=12)
NAMES = [
    "claredoyle",
    "ClareDoyle",
    "CLAREDOYLE",
    "doyleclare",
    "NgoziOkonjo",
    "darrenleewhitlock",
    "łukaszświerczyński",
]
PARTS = ("claredoyle", "doyleclare", "ngoziokonjo", "darrenleewhitlock", "łukaszświerczyński")


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=SURROUNDING, name=st.sampled_from(NAMES), after=SURROUNDING, sign=st.sampled_from(["", "#", "@", "_", "/"])
)
@example("", "claredoyle", "", "")
@example("A0A0", "NgoziOkonjo", "0", "/")
@pytest.mark.slow
def test_a_full_name_in_any_letters_and_digits_is_found(
    redactor: Redactor, before: str, name: str, after: str, sign: str
) -> None:
    """The gate stops it, and nothing of it survives the redactor, which has no more to do the second time."""
    text = f"They posted {sign}{before}{name}{after} that night."
    assert strong(text)
    redacted = redactor.redact([text], REGISTER).texts
    assert not any(part in redacted[0].lower() for part in PARTS)
    assert redactor.redact(redacted, REGISTER).texts == redacted


@pytest.mark.parametrize("unit", ["claredoyle", "xClareDoyle_", "#Okonjo", "aB", "a1", "é", "OkonjoX ", "ClareDoyle-"])
@pytest.mark.slow
def test_a_long_word_is_searched_in_time_that_grows_with_its_length(unit: str) -> None:
    """The search never goes over a word again for each name in it."""
    text = unit * (400_000 // len(unit))
    began = time.perf_counter()
    LeakSearch({"b": REGISTER.identities()}).text(text)
    assert time.perf_counter() - began < 15
