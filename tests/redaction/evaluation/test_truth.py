"""Whether what is told is true: every measure worked out by hand here."""

import datetime as dt

import pytest

from redaction import Anchor, Entity, Redaction, Register
from redaction.evaluation import Falsehood, falsehoods, read_text, split_people, truth_tally
from redaction.evaluation.told_dates import days_of_value, days_told
from redaction.results import Detection

ANCHOR = dt.date(2021, 3, 10)

TOLD = [
    # words on the page, first and last day that a reader may think of
    ("2021", "2021-01-01", "2021-12-31"),
    ("in 2016", "2016-01-01", "2016-12-31"),
    ("2016 to 2018", "2016-01-01", "2018-12-31"),
    ("May 2018", "2018-05-01", "2018-05-31"),
    ("[the day of release]", "2021-03-10", "2021-03-10"),
    ("[the day before release]", "2021-03-09", "2021-03-09"),
    ("[3 days after release]", "2021-03-13", "2021-03-13"),
    ("[2 weeks before release]", "2021-02-18", "2021-02-24"),
    ("[week 3 on licence]", "2021-03-18", "2021-03-30"),
    ("[month 1 on licence]", "2021-03-01", "2021-04-09"),
    ("[month 4 of the order]", "2021-06-01", "2021-07-09"),
    ("[week 2 on licence] to [week 3 on licence]", "2021-03-11", "2021-03-30"),
]
NOTHING_TOLD = ["[date removed]", "[date of birth removed]"]


@pytest.mark.parametrize(("words", "first", "last"), TOLD)
def test_what_a_reader_is_told_of_a_day(words: str, first: str, last: str) -> None:
    """A whole week that begins on a Monday is told by the week it begins in, so its days may lie six days before."""
    assert days_told(words, ANCHOR) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("words", NOTHING_TOLD)
def test_a_removed_date_tells_nothing_and_is_never_false(words: str) -> None:
    """Every day is left possible."""
    told = days_told(words, ANCHOR)
    assert told == (dt.date.min, dt.date.max)


def test_words_without_a_date_tell_of_none() -> None:
    """A label of a person is no date."""
    assert days_told("[Victim 1]", ANCHOR) is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-03-14", "2021-03-14", "2021-03-14"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-W11", "2021-03-15", "2021-03-21"),
        ("2021-03/2021-04-05", "2021-03-01", "2021-04-05"),
    ],
)
def test_the_value_of_a_mark_is_a_span_of_days(value: str, first: str, last: str) -> None:
    """Days, months, years, weeks and spans."""
    assert days_of_value(value) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


TEXT = (
    "{P:pop|Ada Hall} met {P:mum|Jean Hall} on {D:2021-03-24|24 March}. {P:mum|Mrs Hall} rang {P:pop|Ada} "
    "{D:*|every Friday} in {L|Deal}. She is 5ft 6. {P:pop|Hall} left."
)


def redacted(text: str, *replaced: tuple[str, Entity, str]) -> tuple[list[Falsehood], dict[str, tuple[int, int]]]:
    """The falsehoods and counts of a marked text of which some words were replaced, each in its order."""
    document = read_text("case", f"---\nanchor: 2021-03-10\n---\n{text}")
    plain, at, found = document.texts[0], 0, []
    for words, entity, label in replaced:
        at = plain.index(words, at)
        found.append(Detection(0, at, at + len(words), entity, 0.9, "test", label))
        at += len(words)
    redaction = Redaction(("",), tuple(found))
    return list(falsehoods(document, redaction)), dict(truth_tally(document, redaction))


RIGHT = (
    ("Ada Hall", Entity.PERSON, "[Person 1]"),
    ("Jean Hall", Entity.PERSON, "[Person 2]"),
    ("24 March", Entity.DATE, "[week 3 on licence]"),
    ("Mrs Hall", Entity.PERSON, "[Person 2]"),
    ("Ada", Entity.PERSON, "[Person 1]"),
    ("Deal", Entity.PLACE, "[Town 1]"),
    ("Hall", Entity.PERSON, "[Person 1]"),
)


def test_a_true_text_has_no_falsehood() -> None:
    """Everything is counted, and nothing is wrong."""
    wrong, counts = redacted(TEXT, *RIGHT)
    assert wrong == []
    assert counts["false.people"] == (0, 5)
    assert counts["split.people"] == (0, 2)
    assert counts["false.dates"] == (0, 2)
    assert counts["destroyed.numbers"] == (0, 2)


@pytest.mark.parametrize(
    ("position", "changed", "measure"),
    [
        pytest.param(
            3, ("Mrs Hall", Entity.PERSON, "[Person 1]"), "false.people", id="the mother told as her daughter"
        ),
        pytest.param(2, ("24 March", Entity.DATE, "[week 5 on licence]"), "false.dates", id="another week"),
        pytest.param(2, ("24 March", Entity.DATE, "2020"), "false.dates", id="another year"),
        pytest.param(5, ("Deal", Entity.PERSON, "[Person 3]"), "false.kinds", id="a town told as a person"),
        pytest.param(4, ("Ada", Entity.PLACE, "[Town 2]"), "false.kinds", id="a person told as a town"),
    ],
)
def test_one_falsehood_is_found(position: int, changed: tuple[str, Entity, str], measure: str) -> None:
    """And nothing else is called one."""
    told = [*RIGHT[:position], changed, *RIGHT[position + 1 :]]
    wrong, counts = redacted(TEXT, *told)
    assert [(f.measure, f.words) for f in wrong] == [(measure, changed[0])]
    assert counts[measure][0] == 1


def test_a_recurring_time_and_a_number_must_stay() -> None:
    """ "Every Friday" tells no day, and a height is nobody's age."""
    told = [*RIGHT[:5], ("every Friday", Entity.DATE, "[week 4 on licence]"), RIGHT[5], ("6", Entity.AGE, "[child]")]
    wrong, counts = redacted(TEXT, *told)
    assert [f.measure for f in wrong] == ["false.dates", "destroyed.numbers"]
    assert counts["destroyed.numbers"] == (1, 2)


def test_a_number_that_stays_within_a_replacement_is_not_destroyed() -> None:
    """The label may keep it."""
    wrong, _ = redacted("It was 5ft 6 in {L|Deal}.", ("5ft 6 in Deal", Entity.PLACE, "5ft 6 in [Town 1]"))
    assert wrong == []


def test_one_person_under_two_labels_is_split() -> None:
    """Told once for the person, however often."""
    document = read_text("case", TEXT)
    told = [*RIGHT[:4], ("Ada", Entity.PERSON, "[Person 3]"), *RIGHT[5:]]
    _, counts = redacted(TEXT, *told)
    assert counts["split.people"] == (1, 2)
    assert split_people(document, Redaction(("",), ())) == {}


def test_people_named_together_have_no_label_of_their_own() -> None:
    """ "the Halls" is nobody's in particular."""
    wrong, counts = redacted(
        "{P:pop|Ada} and {P:pop+mum|the Halls}.",
        ("Ada", Entity.PERSON, "[Person 1]"),
        ("the Halls", Entity.PERSON, "[Person 1]"),
    )
    assert wrong == []
    assert counts["false.people"] == (0, 1)


def test_declared_people_are_told_in_their_role() -> None:
    """By the register's role, or by the name that the family chose."""
    register = Register.parse(
        "people:\n  - {role: victim, names: [Ada Hall], published_as: Anna}\n  - {role: witness, names: [Bo Dee]}"
    )
    document = read_text("case", "{P:v|Ada Hall} and {P:w|Bo Dee} and {P:w|Bo}.", register)
    texts = document.texts[0]
    found = (
        Detection(0, 0, 8, Entity.PERSON, 0.9, "test", "Anna"),
        Detection(0, texts.index("Bo Dee"), texts.index("Bo Dee") + 6, Entity.PERSON, 0.9, "test", "[Witness 1]"),
        Detection(0, len(texts) - 3, len(texts) - 1, Entity.PERSON, 0.9, "test", "[Person 1]"),
    )
    assert truth_tally(document, Redaction(("",), found))["roles"] == (2, 3)


def test_the_anchor_is_read_from_the_facts_of_a_text() -> None:
    """As a build reads it: release or sentence by the kind of supervision, and the month of the notification."""
    head = "---\nanchor: 2021-03-10\nsupervision: community-order\nnotified: 2021-08\n---\n"
    document = read_text("case", head + "On {D:2021-04-02|2 April}.")
    assert document.anchor == Anchor(dt.date(2021, 3, 10), "sentence", dt.date(2021, 8, 1))
    assert read_text("case", "On {D|2 April}.").anchor is None


def test_a_text_may_be_for_measuring_only() -> None:
    """Whatever its name: its slips are not shown."""
    names = [f"text-{n}" for n in range(12)]
    assert {read_text(n, "---\nuse: measured-only\n---\nA").part for n in names} == {"held aside"}
    assert {read_text(n, "A").part for n in names} == {"held aside", "tuned on"}
