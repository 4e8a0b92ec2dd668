"""What the engine points out and leaves as it is, through its public face."""

import itertools

import pytest

from redaction import Decision, Redaction, Redactor, Register

TEXT = "He is a **barber** from Ghana. Mrs Zelenkova said: “I asked him and he told Ms Zelenkova that nobody had rung him back.”"


def shown(texts: list[str], redaction: Redaction) -> list[tuple[str, str]]:
    """The words of every flag and what kind it is."""
    return [(texts[f.part][f.start : f.end], f.source.partition(":")[2]) for f in redaction.flags]


def test_flagged_words_stay_and_are_told_with_a_reason(redactor: Redactor) -> None:
    """Offsets are into the text as written; a quotation is cut around what is replaced in it."""
    redaction = redactor.redact([TEXT])
    assert shown([TEXT], redaction) == [
        ("a **barber**", "occupation"),
        ("Ghana", "country"),
        ("I asked him and he told", "quotation"),
        ("that nobody had rung him back", "quotation"),
    ]
    assert redaction.texts[0].startswith("He is a **barber** from Ghana. [Person 1]")
    assert all(flag.reason for flag in redaction.flags)


def test_flags_never_meet_what_is_replaced(redactor: Redactor) -> None:
    """Nor each other, in any part."""
    texts = [TEXT, "Second: [Person 3] said “the man from Ghana in [Town 1] is a barber and I know him well”."]
    redaction = redactor.redact(texts)
    spans = sorted((f.part, f.start, f.end) for f in (*redaction.detections, *redaction.flags))
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in itertools.pairwise(spans))
    assert not any("[" in words for words, _ in shown(texts, redaction))


DECIDED = [
    (Decision("reject", "Ghana"), "from Ghana.", True),
    (Decision("accept", "Ghana"), "from [detail removed].", False),
    (Decision("accept", "Ghana", replacement="West Africa"), "from West Africa.", False),
    (Decision("add", "from Ghana", replacement="from West Africa"), "barber** from West Africa.", False),
    (Decision("accept", "Zelenkova"), "[Person 1] said", True),
]


@pytest.mark.parametrize(("decision", "expected", "stays"), DECIDED)
def test_a_person_decides(redactor: Redactor, decision: Decision, expected: str, stays: bool) -> None:
    """Leave it, remove it or say it more generally; accepting what is replaced anyway changes nothing."""
    redaction = redactor.redact([TEXT], decisions=[decision])
    assert expected in redaction.texts[0]
    assert (("Ghana", "country") in shown([TEXT], redaction)) is stays


WORDS_TOO = [
    ("Case rang him.", []),
    ("Case put the bag down, and Ms Case left.", ["Case"]),
    ("The Case Management System was down.", []),
    ("It was a hard case.", []),
    ("Reading the file took an hour.", ["Reading"]),
    ("He moved to Reading in May.", []),
    ("HE WENT OUT AND CASE STAYED AT THE FLAT ALL DAY.", ["CASE"]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS_TOO)
def test_a_declared_name_that_is_left_as_a_word_is_shown(redactor: Redactor, text: str, expected: list[str]) -> None:
    """Whether it means somebody is for a person to say; as a word in small letters, or within a longer term, it does not."""
    register = Register.parse("format: 1\npeople:\n  - {role: victim, names: [Ellen Case]}\nplaces: [Reading]\n")
    flags = shown([text], redactor.redact([text], register))
    assert [words for words, kind in flags if kind == "name and word"] == expected
