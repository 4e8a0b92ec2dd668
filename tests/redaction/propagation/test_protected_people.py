"""People protected by law: what stands right around their name goes with it."""

import pytest

from redaction import Decision, Entity, Redactor, Register

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock]}
  - {role: previous-victim, names: [Stacey Pilling], protected: sexual-offence}
  - {role: family-member, names: [Jane Whitlock]}
  - {role: child, names: [Gareth Pilling], protected: child-order}
  - {role: child, names: [Zorblat Pilling], protected: child-order}
  - {role: victim, names: [Margaret Lyle], protected: sexual-offence}
  - {role: other, names: [Mary Jane Beatrice Zelenkova]}
"""
)
NAME = "[Previous victim 1]"

GOLDEN = [
    # appositions before and after the name, with ages, commas and brackets
    ("He assaulted his sister Stacey Pilling, 15, at home.", f"He assaulted {NAME} at home."),
    ("Darren's stepdaughter, Stacey, rang.", f"{NAME} rang."),
    ("Stacey Pilling, his niece, told the police.", f"{NAME} told the police."),
    ("Stacey Pilling (his niece, 14) told the police.", f"{NAME} told the police."),
    ("Stacey (15) rang.", f"{NAME} rang."),
    ("Stacey, a girl of 14, rang.", f"{NAME} rang."),
    ("It was Stacey, who was 14.", f"It was {NAME}."),
    ("He met the daughter of Jane Whitlock, Stacey, 15, there.", f"He met {NAME} there."),
    ("It was a 14-year-old girl, Stacey Pilling, who rang.", f"It was {NAME} who rang."),
    ("**Stacey**, his sister, rang.", f"{NAME} rang."),
    # what relates others to them
    ("The mother of Stacey rang.", f"Someone close to {NAME} rang."),
    ("He rang Stacey's mother.", f"He rang someone close to {NAME}."),
    ("It was late. Stacey's parents were told.", f"It was late. People close to {NAME} were told."),
    ("- Stacey's two brothers rang.", f"- People close to {NAME} rang."),
    ("Stacey's mother Jane Whitlock rang.", f"Someone close to {NAME}, [Family member 1] rang."),
    # who they are, with whom they live, how old they are
    ("Stacey was his stepdaughter.", f"{NAME} was [detail removed]."),
    ("Stacey lived with her mother and two brothers.", f"{NAME} lived with [detail removed]."),
    ("Stacey (DOB 2/3/06) is Whitlock's step-daughter.", f"{NAME} ([date of birth removed]) is [detail removed]."),
    ("Stacey was aged 25.", f"{NAME} was [adult]."),
    ("He met Stacey at the age of 25.", f"He met {NAME} as an [adult]."),
    ("Stacey spoke at the age of 15.", f"{NAME} spoke as a [child]."),
]

VICTIM = "[Victim 1]"
PRONOUNS = [
    ("When Margaret spoke to her teacher, nobody noticed.", f"When {VICTIM} spoke to their teacher, nobody noticed."),
    (
        "Margaret said that she was afraid of her uncle's dog.",
        f"{VICTIM} said that they were afraid of their uncle's dog.",
    ),
    ("Margaret said she often goes home by herself.", f"{VICTIM} said they often go home by themselves."),
    ("Margaret says she’s been ill and she worries.", f"{VICTIM} says they’ve been ill and they worry."),
    ("Margaret was at school when police rang her.", f"{VICTIM} was at school when police rang them."),
    ("Margaret, whose phone it was, said it is hers.", f"{VICTIM}, whose phone it was, said it is theirs."),
    ("Margaret told Mr Pell that she had no key.", f"{VICTIM} told [Person 1] that {VICTIM} had no key."),
    ("He told Margaret that she was wrong.", f"He told {VICTIM} that {VICTIM} was wrong."),
    ("The eldest, Margaret, was thirteen.", f"{VICTIM} was [child]."),
    ("Gareth told his tutor that he wasn't safe.", "[Child 1] told their tutor that they weren't safe."),
    (
        "Margaret was hurt at her home, and police took her home.",
        f"{VICTIM} was hurt at their home, and police took them home.",
    ),
    ("Margaret said that it made her uncomfortable.", f"{VICTIM} said that it made them uncomfortable."),
    ("Margaret said she loves her son.", f"{VICTIM} said they love their son."),
    ("He gave Margaret her phone.", f"He gave {VICTIM} their phone."),
    ("He told Margaret she was ill.", f"He told {VICTIM} they were ill."),
    ("Margaret said she'd had her phone taken.", f"{VICTIM} said they'd had their phone taken."),
    ("Margaret said she this time fell.", f"{VICTIM} said they this time fell."),
    # "her" may be whose, or whom: said otherwise it could be false
    ("Margaret said they gave her money.", f"{VICTIM} said they gave her money."),
    ("Margaret said it made her cry.", f"{VICTIM} said it made her cry."),
    # "their" might be of several people
    ("He hurt Margaret at her home and took her car.", f"He hurt {VICTIM} at {VICTIM}'s home and took {VICTIM}'s car."),
    ("Darren Whitlock hurt Margaret by herself.", f"[Person on probation] hurt {VICTIM} by themselves."),
    # somebody else: by sex, since another is named or told of, or since one did it to the other
    (
        "Margaret said that he had told her what he would do.",
        f"{VICTIM} said that he had told {VICTIM} what he would do.",
    ),
    ("Margaret, who rang his sister, was there.", f"{VICTIM}, who rang his sister, was there."),
    ("She told Margaret that she was ill.", f"She told {VICTIM} that she was ill."),
    ("Jane Whitlock told Margaret that she was ill.", f"[Family member 1] told {VICTIM} that she was ill."),
    (
        "Margaret said she rang her, and Jane Whitlock said she was out.",
        f"{VICTIM} said they rang her, and [Family member 1] said she was out.",
    ),
    # nothing says of which sex
    ("Zorblat told the tutor that he was safe.", "[Child 1] told the tutor that he was safe."),
    ("Jane said she was ill.", "[Family member 1] said she was ill."),
]

NEAR_MISSES = [
    ("She was his sister. Stacey rang.", f"She was his sister. {NAME} rang."),
    ("His sister Jane Whitlock told Stacey.", f"His sister [Family member 1] told {NAME}."),
    ("He told Stacey and his sister.", f"He told {NAME} and his sister."),
    ("Margaret, who rang his sister, was there.", "[Victim 1], who rang his sister, was there."),
    ("Jane lived with her mother. Stacey did not.", f"[Family member 1] lived with her mother. {NAME} did not."),
    ("Stacey's social worker rang.", f"{NAME}'s social worker rang."),
    ("Stacey and Jane, aged 40, rang.", f"{NAME} and [Family member 1], [aged 35 to 44], rang."),
    ("Jane Whitlock's mother, aged 70, rang.", "[Family member 1]'s mother, [aged 65 or over], rang."),
    ("He told Stacey that the family lived there.", f"He told {NAME} that the family lived there."),
]


@pytest.mark.parametrize(("text", "expected"), GOLDEN + PRONOUNS + NEAR_MISSES)
def test_what_tells_too_much_goes_and_nothing_else(redactor: Redactor, text: str, expected: str) -> None:
    """It reads as English; what belongs to somebody else stays."""
    assert redactor.redact([text], REGISTER).texts[0] == expected


WITHOUT_NAMES = [
    # a later sentence, a line further on, a cell of a table: nobody else can be meant
    ("Margaret rang. She was ill.", f"{VICTIM} rang. {VICTIM} was ill."),
    ("Margaret rang.\n\nDarren Whitlock hit her.", f"{VICTIM} rang.\n\n[Person on probation] hit {VICTIM}."),
    ("| Margaret rang | her phone broke |", f"| {VICTIM} rang | {VICTIM}'s phone broke |"),
    ("Margaret rang. She tells us she’s ill.", f"{VICTIM} rang. {VICTIM} tells us {VICTIM}'s ill."),
    ("Margaret rang. She tells us she knows him.", f"{VICTIM} rang. {VICTIM} tells us they know him."),
    ("Margaret rang. SHE BLAMES HERSELF.", f"{VICTIM} rang. {VICTIM} BLAMES THEMSELVES."),
    ("Margaret rang. He hit her and she fell.", f"{VICTIM} rang. He hit {VICTIM} and {VICTIM} fell."),
    # those close to them, and who they are
    ("Margaret rang. Her two sons were in.", f"{VICTIM} rang. People close to {VICTIM} were in."),
    (
        "Margaret rang. Her mother Jane Whitlock came.",
        f"{VICTIM} rang. Someone close to {VICTIM}, [Family member 1] came.",
    ),
    ("Margaret rang. She is his sister.", f"{VICTIM} rang. {VICTIM} is [detail removed]."),
    (
        "Margaret rang. She lives with her mother and two brothers.",
        f"{VICTIM} rang. {VICTIM} lives with [detail removed].",
    ),
    ("Margaret rang. She said he lives with his mother.", f"{VICTIM} rang. {VICTIM} said he lives with his mother."),
    ("Margaret rang. The young woman was ill.", f"{VICTIM} rang. {VICTIM} was ill."),
    # true of either: somebody of whom nothing is known but what they are
    ("Margaret rang her doctor. She was ill.", f"{VICTIM} rang their doctor. They were ill."),
]
IN_DOUBT = [
    # another woman, a man where the offender is one too, a word that may be whose or whom
    ("Margaret told Jane Whitlock. She was ill.", "She was ill."),
    ("Gareth rang. He was ill.", "He was ill."),
    ("Margaret rang. It gave her money.", "It gave her money."),
    ("Margaret rang. The nurse came. Then she fell.", None),
    # who is told of in capitals, in a word of no list, as one of several, or with a name among the words
    ("Margaret rang. The Practitioner came. She was new.", None),
    ("Margaret rang. THE NURSE CAME. SHE WAS NEW.", None),
    ("Margaret rang. A barmaid came. She was new.", "She was new."),
    ("Margaret rang. Police took a letter. She was new.", "She was new."),
    ("Margaret rang. The Leeds probation officer came. She was new.", None),
    ("Margaret rang. Two women came. She was new.", None),
    ("Margaret rang. Another victim came. She was new.", None),
    ("Margaret rang. Someone came. She was new.", None),
    ("Margaret rang. The duty worker said she had left.", "The duty worker said she had left."),
    # what follows tells who else is meant, or may
    ("Margaret rang. The woman, a neighbour, came.", None),
    ("Margaret rang. The woman on reception came.", None),
    ("Margaret rang. The female staff came.", "The female staff came."),
    ("Margaret rang. The woman upstairs came.", "The woman upstairs came."),
    ("Jane Whitlock rang. She met Margaret. Later she fell.", "Later she fell."),
    # who is told of in another's words, at the beginning of a row or sentence
    ("Margaret's uncle rang. She was ill.", "She was ill."),
    ("Margaret rang. | Practitioner | She was new |", None),
    ("Margaret rang. Mum came. Then she fell.", None),
    ("Margaret rang. The Head of Service came. She was new.", None),
]
SOMEBODY_ELSE = [
    "Margaret rang.\n\nFindings\n--------\n\nThe team met. She relied on OASys.",
    "Margaret rang.\n\n**Practice**\n\nThe team met. She relied on OASys.",
    "Margaret rang. He/she should sign.",
    "Margaret rang. “She” is the word used.",
    "Darren Whitlock met Margaret. He rang his mother.",
    "Margaret rang. Is it the polish girl from the laundry.",
    "Margaret rang.\n\n# Findings\n\nThe officer said that she was sorry.",
    "Jane Whitlock rang. She was ill.",
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_NAMES)
def test_words_without_the_name_tell_no_sex_or_household(redactor: Redactor, text: str, expected: str) -> None:
    """The label is said again where it is needed, and "they" where that is clear or alone is true; nothing is left to decide."""
    redacted = redactor.redact([text], REGISTER)
    assert redacted.texts[0] == expected
    assert not [flag for flag in redacted.flags if flag.source.startswith("protected")]


@pytest.mark.parametrize(("text", "sentence"), IN_DOUBT)
def test_a_person_looks_where_somebody_else_may_be_meant(redactor: Redactor, text: str, sentence: str | None) -> None:
    """What is likely of somebody protected is a flag with its reason; the words stay as they are."""
    redacted = redactor.redact([text], REGISTER)
    flags = [f for f in redacted.flags if f.source.startswith("protected")]
    assert [text[f.start : f.end] for f in flags] == ([sentence] if sentence else [])
    assert all("protected by law" in f.reason for f in flags)
    assert redacted.texts[0].endswith(text.rpartition(". ")[2])


@pytest.mark.parametrize("text", SOMEBODY_ELSE)
def test_words_that_mean_somebody_else_stay(redactor: Redactor, text: str) -> None:
    """Neither changed nor flagged."""
    redacted = redactor.redact([text], REGISTER)
    assert redacted.texts[0].endswith(text.rpartition(". ")[2].rpartition("\n")[2])
    assert not [flag for flag in redacted.flags if flag.source.startswith("protected")]


def test_two_people_may_leave_a_word_that_tells(redactor: Redactor) -> None:
    """As with everything around protected people."""
    text = "Margaret rang. She was ill."
    for seconded, told in ((True, "She was ill."), (False, f"{VICTIM} was ill.")):
        decisions = [Decision("reject", "She was ill", seconded=seconded)]
        assert redactor.redact([text], REGISTER, decisions=decisions).texts[0] == f"{VICTIM} rang. {told}"


def test_the_victim_is_meant_where_one_alone_is_protected(redactor: Redactor) -> None:
    """Where no label says who it is, "they" is said."""
    register = Register.parse(
        "format: 1\npeople: [{role: person-on-probation, names: [Darren Whitlock]}, {role: victim, names: [Mia Orre], protected: sexual-offence}]"
    )
    text = "The victim was alone. She had come home, and Darren Whitlock followed her."
    expected = "The victim was alone. They had come home, and [Person on probation] followed them."
    assert redactor.redact([text], register).texts[0] == expected


@pytest.mark.parametrize(
    "register",
    [
        "{role: victim, names: [Jane Pell]}, {role: child, names: [Susan Orre], protected: child-order}",
        "{role: victim, names: [Jane Pell]}, {role: previous-victim, names: [Susan Orre], protected: sexual-offence}",
        "{role: child, names: [Susan Orre], protected: child-order}",
    ],
)
def test_the_victim_is_nobody_protected_where_others_are_victims(redactor: Redactor, register: str) -> None:
    """A label of somebody else would be false."""
    text = "Susan rang. The victim fell. She was ill."
    people = Register.parse(f"format: 1\npeople: [{{role: person-on-probation, names: [Darren Whitlock]}}, {register}]")
    assert redactor.redact([text], people).texts[0].endswith("rang. The victim fell. She was ill.")


def test_a_sentence_in_doubt_that_is_accepted_goes(redactor: Redactor) -> None:
    """As with any other flag: what counts as decided is done."""
    decisions = [Decision("accept", "She was ill")]
    redacted = redactor.redact(["Margaret told Jane Whitlock. She was ill."], REGISTER, decisions=decisions)
    assert redacted.texts[0] == f"{VICTIM} told [Family member 1]. [detail removed]."


def test_words_a_person_replaced_are_told_once(redactor: Redactor) -> None:
    """Those close to somebody protected do not take words that are replaced already."""
    decisions = [Decision("add", "two sons left", Entity.QUANTITY, "children left")]
    redacted = redactor.redact(["Margaret rang. She was ill and her two sons left."], REGISTER, decisions=decisions)
    assert redacted.texts[0] == f"{VICTIM} rang. {VICTIM} was ill and their children left."


def test_a_name_that_an_apposition_cuts_into_goes_whole(redactor: Redactor) -> None:
    """However long the name before it is."""
    text = "It was Mary Jane Beatrice Zelenkova's sister Stacey."
    assert redactor.redact([text], REGISTER).texts[0] == f"It was {NAME}."


def test_nobody_else_loses_what_stands_around_them(redactor: Redactor) -> None:
    """Without the mark in the register, the relationship stays."""
    register = Register.parse("format: 1\npeople: [{role: previous-victim, names: [Stacey Pilling]}]")
    text = "He met his sister Stacey Pilling, 15, there."
    assert redactor.redact([text], register).texts[0] == f"He met his sister {NAME}, [child], there."


@pytest.mark.parametrize(
    ("decision", "stays"),
    [
        (Decision("reject", "his sister", seconded=True), True),
        (Decision("reject", "his sister"), False),
        (Decision("accept", "his sister", seconded=True), False),
        (Decision("reject", "her sister", seconded=True), False),
    ],
)
def test_undoing_it_takes_two_people(redactor: Redactor, decision: Decision, stays: bool) -> None:
    """One person's word is not enough, and the name itself never comes back."""
    redacted = redactor.redact(["He met his sister Stacey there."], REGISTER, decisions=[decision]).texts[0]
    assert redacted == (f"He met his sister {NAME} there." if stays else f"He met {NAME} there.")


def test_what_a_person_says_instead_of_words_with_a_pronoun_is_said(redactor: Redactor) -> None:
    """No pronoun takes their words with it, and none of the words that they replaced comes back."""
    decision = Decision("add", "her two boys", Entity.QUANTITY, "the children")
    redacted = redactor.redact(["Margaret left with her bag and her two boys."], REGISTER, decisions=[decision])
    assert redacted.texts[0] == "[Victim 1] left with their bag and the children."


def test_redacting_again_changes_nothing(redactor: Redactor) -> None:
    """Labels, and the words beside them, are left."""
    texts = [expected for _, expected in GOLDEN]
    assert list(redactor.redact(texts, REGISTER).texts) == texts


@pytest.mark.parametrize(
    "words", ["Stacey Pilling", "STACEY PILLING", "Stacey", "his sister Stacey Pilling, 15,", "sister Stacey Pilling"]
)
@pytest.mark.parametrize("action", ["add", "accept"])
def test_one_person_cannot_put_other_words_in_place_of_the_protected(
    redactor: Redactor, words: str, action: str
) -> None:
    """However it is written in decisions.yml; two people can."""
    text = "He assaulted his sister Stacey Pilling, 15, at home. Stacey rang."
    alone = redactor.redact([text], REGISTER, decisions=[Decision(action, words, Entity.PERSON, "his sister, 15")])
    assert alone.texts[0] == f"He assaulted {NAME} at home. {NAME} rang."
    two = [Decision("add", "Stacey", Entity.PERSON, "his sister", seconded=True)]
    assert redactor.redact([text], REGISTER, decisions=two).texts[0].endswith("his sister rang.")
