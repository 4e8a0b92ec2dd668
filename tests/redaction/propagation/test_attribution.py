"""Whom a mention means, and where nobody can tell."""

import pytest

from redaction import Redaction, Redactor, Register
from redaction.labels import SOMEBODY

WINTERS = """format: 1
people:
- {role: person-on-probation, names: [Dale Winter]}
- {role: family-member, names: [Errol Winter]}
- {role: family-member, names: [Beverley Winter]}
"""
DECLARED_WITH_TITLES = """format: 1
people:
- {role: victim, protected: sexual-offence, names: [Isla Bowen, Ms Bowen]}
- {role: family-member, names: [Carol Bowen, Mrs Bowen, Old Levi]}
- {role: person-on-probation, names: [Levi Smith]}
"""
SURNAME_ALONE = """format: 1
people:
- {role: person-on-probation, names: [Anna Bowen, Bowen]}
- {role: victim, names: [Tom Bowen]}
- {role: family-member, names: [Cara Elis, Elis]}
- {role: child, protected: sexual-offence, names: [Mia Elis]}
"""
SISTERS = """format: 1
people:
- {role: victim, names: [Ewa Marsden]}
- {role: family-member, names: [Iga Marsden]}
"""

TWO_OF_A_NAME = """format: 1
people:
- {role: person-on-probation, names: [Osagie Idahosa]}
- {role: victim, names: [Alecsandru Lupu, Mr Lupu, Alecsandru]}
- {role: prison-offender-manager, names: [Alecsandru Yilmaz]}
- {role: family-member, names: [Nkechi Idahosa]}
- {role: child, names: [Osagie Idahosa Junior, Osagie]}
"""
KNOWN_BY_RANK = """format: 1
people:
- {role: professional, names: [Bill Grace, Grace, Bill]}
- {role: police-officer, names: [DS Oyelaran]}
- {role: family-member, names: [Rosalind Oyelaran]}
- {role: partner, names: [Tuyet Quach, Ms Quach, Tuyet]}
- {role: family-member, names: [Josephine Sefton, Mrs Sefton]}
- {role: family-member, names: [Attracta Sefton, Attracta]}
"""


def redacted(redactor: Redactor, text: str, register: str | None = None) -> Redaction:
    return redactor.redact([text], Register.parse(register) if register else None)


# register, text, what is told
BY_EVIDENCE = [
    # the subject before relatives, where only a surname is written
    (WINTERS, "Errol Winter rang. Winter ran away.", "[Family member 1] rang. [Person on probation] ran away."),
    (WINTERS, "The letter said that Winter would be recalled.", "The letter said that [Person on probation] would be recalled."),
    (WINTERS, "Mr Winter was recalled.", "[Person on probation] was recalled."),
    # exactly as the register writes it, and nobody else so
    (DECLARED_WITH_TITLES, "Ms Bowen rang. Then Mrs Bowen rang. Ms Bowen left.", "[Victim 1] rang. Then [Family member 1] rang. [Victim 1] left."),
    (DECLARED_WITH_TITLES, "Old Levi rang. Levi Smith left.", "[Family member 1] rang. [Person on probation] left."),
    # a bare surname is not whoever alone has it among their names
    (SURNAME_ALONE, "Anna Bowen hurt Tom Bowen. Mr Bowen rang.", "[Person on probation] hurt [Victim 1]. [Victim 1] rang."),
    # a relative of somebody protected is not taken for them
    (DECLARED_WITH_TITLES, "Her mother, Mrs Bowen, asked.", "Her mother, [Family member 1], asked."),
    # "Mrs" is no man
    (WINTERS, "Mrs Winter rang the office.", "[Family member 1] rang the office."),
    (WINTERS, "Dale Winter said that Ms Winter rang.", "[Person on probation] said that [Family member 1] rang."),
    # who was called so just before
    (None, "Ewa Marsden and Miss Iga Marsden came. Miss Marsden was calm.", "[Person 1] and [Person 2] came. [Person 2] was calm."),
    # near-misses: in another paragraph it is the subject again; a forename is whose it is
    (WINTERS, "Mr Errol Winter came.\n\nMr Winter was calm.", "[Family member 1] came.\n\n[Person on probation] was calm."),
    (WINTERS, "Errol came. Winter was calm.", "[Family member 1] came. [Person on probation] was calm."),
    # a Mr is nobody's mother
    (None, "His mother, Jean Pollitt, was at court. Mr Pollitt left.", "His mother, [Family member 1], was at court. [Person 1] left."),
    (None, "Her brother, Mick Droubi, came. Mrs Droubi did not.", "Her brother, [Family member 1], came. [Person 1] did not."),
    # near-miss: the sexes agree
    (None, "His mother, Jean Pollitt, was at court. Mrs Pollitt left.", "His mother, [Family member 1], was at court. [Family member 1] left."),
    # one name and the initial of the other, where they fit one person
    (None, "Rexford Obiri rang. Rexford O left. Rexford was calm.", "[Person 1] rang. [Person 1] left. [Person 1] was calm."),
    (None, "Re: OBIRI R\n\nRexford Obiri rang.", "Re: [Person 1]\n\n[Person 1] rang."),
    (None, "Rexford Obiri rang. Rexford O: he is not here. Rexford T left.", "[Person 1] rang. [Person 1]: he is not here. [Person 2] left."),
    # a name that is a word too, in the midst of a sentence
    (None, "A visit from Hyacinth Sealey with Summer Sealey. Hyacinth left.", "A visit from [Person 1] with [Person 2]. [Person 1] left."),
    # near-miss: a word that begins the sentence
    (None, "Wendy Gohil rang. Warned Gohil about it.", "[Person 1] rang. Warned [Person 1] about it."),
    # the next in a list is no word about the last
    (None, "Hasmukh Vaghela, his wife Bhanumati, and a guest slept. Mr Vaghela woke.", "[Person 1], his wife [Partner 1], and a guest slept. [Person 1] woke."),
    # near-miss: what stands beside a name is about it
    (None, "Hasmukh Vaghela, his wife, slept. Mr Vaghela woke.", "[Person 1], his wife, slept. [Person 2] woke."),
    # a rank is not a victim's
    (SISTERS, "Ewa Marsden rang PC Marsden.", "[Victim 1] rang [Police officer 1]."),
    # one of a name who alone is in reach, named by that word and more
    (TWO_OF_A_NAME, "Alecsandru Yilmaz came. Alecsandru was calm.", "[Prison offender manager 1] came. [Prison offender manager 1] was calm."),
    (SURNAME_ALONE, "Mia Elis came. Elis, aged 6, lives with her aunt.", "[Child 1] came. [Child 1] lives with [detail removed]."),
    # a son may be a child
    (TWO_OF_A_NAME, "Nkechi Idahosa and her son Osagie, 6, slept.", "[Family member 1] and her son [Child 1], [child], slept."),
    # initials right behind a name are whose it is
    (None, "Tobias Arkell (TA) and Tessa Abbott (TA) were told.", "[Person 1] and [Person 2] were told."),
    # a surname alone, and one after a rank, is no forename that tells a sex
    (KNOWN_BY_RANK, "Grace rang. Mr Grace did his job.", "[Professional 1] rang. [Professional 1] did his job."),
    (KNOWN_BY_RANK, "DS Oyelaran rang.", "[Police officer 1] rang."),
    # a colon after a word of kinship in a sentence announces nobody
    (KNOWN_BY_RANK, "Grace knew of the child: Grace and Attracta.", "[Professional 1] knew of the child: [Professional 1] and [Family member 1]."),
    # whoever is said to be somebody's mother may be a partner; whom "his mother" leads to is none
    (KNOWN_BY_RANK, "Tuyet is the mother of his son.", "[Partner 1] is the mother of his son."),
    (KNOWN_BY_RANK, "Ms Quach is the mother of his son.", "[Partner 1] is the mother of his son."),
    (KNOWN_BY_RANK, "His mother, Mrs Quach, rang.", "His mother, [Person 1], rang."),
    # a list is no surname before its forename; in capitals it is one
    (KNOWN_BY_RANK, "Present: Mrs Sefton, Attracta, and a nurse.", "Present: [Family member 1], [Family member 2], and a nurse."),
    (KNOWN_BY_RANK, "Mrs SEFTON, Josephine | 1", "[Family member 1] | 1"),
    # the text itself says who is who
    (SISTERS, "Mrs Marsden is her sister Iga, who rang. Mrs Marsden left.", "[Family member 1] is her sister [Family member 1], who rang. [Family member 1] left."),
]  # fmt: skip


@pytest.mark.parametrize("register,text,told", BY_EVIDENCE)
def test_evidence_decides(redactor: Redactor, register: str | None, text: str, told: str) -> None:
    """Title, sex, rank, kinship, who was named last so, and whom the review is about."""
    redaction = redacted(redactor, text, register)
    assert redaction.texts == (told,)
    assert redaction.questions == ()


# text, the words that can mean several
OPEN = [
    ("Ms Marsden spoke.", "Ms Marsden"),
    ("The letter was from Marsden.", "Marsden"),
    ("Ewa Marsden and Iga Marsden came.\n\nMiss Marsden spoke.", "Miss Marsden"),
]


@pytest.mark.parametrize("text,words", OPEN)
def test_where_nothing_decides_nobody_is_named_and_a_person_is_asked(redactor: Redactor, text: str, words: str) -> None:
    """The label is nobody's; the question says who of them it can be, and where it stands."""
    redaction = redacted(redactor, text, SISTERS)
    assert SOMEBODY in redaction.texts[0]
    (question,) = redaction.questions
    assert text[question.start : question.end] == words
    assert [label.strip("[]").split(" 1")[0] for label in question.labels] == ["Victim", "Family member"]


# text, what is told, with nothing declared
SAID_TO_BE_ONE = [
    # a full name after a title and a surname
    ("Ms Petchey heard shouting. Sherilyn Petchey rang.", "[Person 1] heard shouting. [Person 1] rang."),
    # names with "=", in brackets, in a form
    ('"Dini" = his cousin Costandin Boldea. Dini left.', '"[Family member 1]" = his cousin [Family member 1]. [Family member 1] left.'),
    ("Zenoviy Pavlyuk (Zenko, Zen), a welder, rang. Zenko left.", "[Person 1] ([Person 1], [Person 1]), a welder, rang. [Person 1] left."),
    ("| Prisoner | KUBBA, Mundhir |\n|---|---|\n| Now known as | HALABI, Munir |\n\nMr Kubba met Mr Halabi.",
     "| Prisoner | [Person 1] |\n|---|---|\n| Now known as | [Person 1] |\n\n[Person 1] met [Person 1]."),
    # a bracket of names and nothing else
    ('Rumbidzai Mhaka ("Rumbi", "Rumby Marker") came. Rumby Marker rang.', '[Person 1] ("[Person 1]", "[Person 1]") came. [Person 1] rang.'),
    ("Perihan Constantine (now DC Perihan Aksoy) came. DC Aksoy left.",
     "[Police officer 1] (now [Police officer 1]) came. [Police officer 1] left."),
    ("Behnam Golzari (police: Ben Gulzari) came.", "[Person 1] (police: [Person 1]) came."),
    ("Mrs Shirwac (Dahabo, 71) came. Dahabo sat.", "[Person 1] ([Person 1], [aged 65 or over]) came. [Person 1] sat."),
    # near-misses: others beside somebody
    ("Sunita Rao (family: Meena, Asha) rang. Asha was in.", "[Person 1] (family: [Person 2], [Person 3]) rang. [Person 3] was in."),
    ("Sunita Rao (Meena, 12) rang. Meena was in.", "[Person 1] ([Person 2], [child]) rang. [Person 2] was in."),
    ("Sunita Rao (or Meena) rang. Meena was in.", "[Person 1] (or [Person 2]) rang. [Person 2] was in."),
    ("Sunita Rao (later Meena Pal) rang. Meena Pal was in.", "[Person 1] (later [Person 2]) rang. [Person 2] was in."),
    # near-miss: who wrote something
    ("Tom Ord (written by Dan Mapp) came. Dan Mapp sat.", "[Person 1] (written by [Person 2]) came. [Person 2] sat."),
    # what somebody is to others
    ("Charalambos Petsas, Bambos to everybody, came. Bambos sat.", "[Person 1], [Person 1] to everybody, came. [Person 1] sat."),
    ("She was Ada to Mr Eze, Daisy to her friends.", "She was [Person 1] to [Person 2], [Person 3] to her friends."),
    ("Leon Carr (indicted as Swaby) came. Swaby left.", "[Person 1] (indicted as [Person 1]) came. [Person 1] left."),
    # what everybody calls somebody who alone is named so far
    ("Yevheniia Prystupa died. Everyone called her Zhenya.\n\nZhenya sang.", "[Person 1] died. Everyone called her [another name].\n\n[Person 1] sang."),
    # a name before a marriage, whoever else bears it
    ("Gurmej Kaur Sahota rang. Kirandip Kaur Ubhi (was Sahota) came.", "[Person 1] rang. [Person 2] (was [Person 2]) came."),
    # near-misses: two are named, or what is said is of somebody earlier
    ("Kidane Woldu hit Ghebre Tesfay. Everybody called him Tes.", "[Person 1] hit [Person 2]. Everybody called him [another name]."),
    ("Kidane Woldu was hit. He is better. It was late. Everybody called him Tes.",
     "[Person 1] was hit. He is better. It was late. Everybody called him [another name]."),
    # near-miss: the forename that a title gets is another's
    ("Struan Ridley rang. Mrs Ridley is his mother Una. Una left.",
     "[Person 1] rang. [Family member 1] is his mother [Family member 1]. [Family member 1] left."),
    # a relative of whom the words speak is not whom they speak of
    ("Lamis Droubi came, and her father, Mr Droubi, did not.", "[Person 1] came, and her father, [Person 2], did not."),
    ("Pravin Kotecha died. Bhavini Kotecha, Mr Kotecha's daughter, rang.", "[Person 1] died. [Person 2], [Person 1]'s daughter, rang."),
]  # fmt: skip


@pytest.mark.parametrize("text,told", SAID_TO_BE_ONE)
def test_the_text_says_who_is_one_and_who_is_not(redactor: Redactor, text: str, told: str) -> None:
    """Two who were found apart are one where the words say so and nothing contradicts."""
    assert redacted(redactor, text).texts == (told,)


# text, what is told, with nothing declared
BY_LETTERS = [
    # initials of one full name, though the trade or the clock uses them too
    ("Agnieszka Makowska rang. AM agreed to a second visit.", "[Person 1] rang. [Person 1] agreed to a second visit."),
    ("Shirin Pasha wrote. Seen by SP. SP will chase it.", "[Person 1] wrote. Seen by [Person 1]. [Person 1] will chase it."),
    # a title and the letters of a surname: of the one person who has both
    ("Mrs Halloran rang. Mrs H was upset.", "[Person 1] rang. [Person 1] was upset."),
    ("PC McAteer came. PC M took a statement.", "[Police officer 1] came. [Police officer 1] took a statement."),
    ("Mrs Crossley-Dunn rang. Mrs C-D was upset.", "[Person 1] rang. [Person 1] was upset."),
    ("Mrs Halloran met Mrs Hughes. Mrs H was upset.", "[Person 1] met [Person 2]. [person] was upset."),
    ("Miss K was raped. Miss Kelly took notes.", "[Person 1] was raped. [Person 2] took notes."),
    ("Ms Carter rang. Ms C was raped.", "[Person 1] rang. [Person 2] was raped."),
    # a forename and the letters of a surname
    ("Will Oakes-Tate rang. Will O-T was upset.", "[Person 1] rang. [Person 1] was upset."),
    ("Will Oakes-Tate rang. Will O-D was upset.", "[Person 1] rang. [Person 2] was upset."),
    # a surname that is a building too, but where something leads to a place
    ("Dewi Case met Kelly Church. KC was upset.", "[Person 1] met [Person 2]. [Person 2] was upset."),
    ("Dewi Case sang in Kelly Church.", "[Person 1] sang in [Place of worship]."),
    # who signs with a letter
    ("Felicity Marsden rang.\n\nThanks, F", "[Person 1] rang.\n\nThanks, [Person 1]"),
    ("Felicity Marsden met Frank Ord.\n\nThanks, F", "[Person 1] met [Person 2].\n\nThanks, [person]"),
    # a possessive is no part of a name
    ("Zofia's brother rang. He was at Zofia's.", "[Person 1]'s brother rang. He was at [Person 1]'s."),
    ("text to say mrs halloran's son rang. mrs halloran's well.", "text to say [Person 1]'s son rang. [Person 1]'s well."),
    # an abbreviated title
    ("Sister Benignus rang. Sr Benignus left.", "[Person 1] rang. [Person 1] left."),
    ("Dep Gov Marsh came. Gov Marsh left.", "[Person 1] came. [Person 1] left."),
    ("The Sr Practitioner came. The Duty Gov and Gov Support read Gov UK.", "The Sr Practitioner came. The Duty Gov and Gov Support read Gov UK."),
    ("They rang Tita. Tita came.", "They rang [Person 1]. [Person 1] came."),
    # a surname that is a word, where a capital within a sentence tells it
    ("Gordon Friend was told. No contact with Friend is allowed. A friend of his came.",
     "[Person 1] was told. No contact with [Person 1] is allowed. A friend of his came."),
    ("Mr Case rang. She read Case notes by Case law.", "[Person 1] rang. She read Case notes by Case law."),
    # near-misses: another title, and an hour
    ("Mrs Halloran rang. Mr H had left.", "[Person 1] rang. [Person 2] had left."),
    ("Agnieszka Makowska rang at 9 AM.", "[Person 1] rang at 9 AM."),
]  # fmt: skip


@pytest.mark.parametrize("text,told", BY_LETTERS)
def test_letters_are_of_the_one_person_who_has_them(redactor: Redactor, text: str, told: str) -> None:
    """Where one alone can be meant; of two, nobody is named."""
    assert redacted(redactor, text).texts == (told,)


# text, what is told: a name in other spellings and short forms
SPELLED_OTHERWISE = [
    ("Denys Kovalchuk rang. Denis Kowalczuk came.", "[Person 1] rang. [Person 1] came."),
    ("Rozhin Mahmoodi rang. Mr Mahmudi came.", "[Person 1] rang. [Person 1] came."),
    ("Liibaan Guuleed rang. Liban came.", "[Person 1] rang. [Person 1] came."),
    ("Oksana Lysenko rang. She signed Оксана Лисенко.", "[Person 1] rang. She signed [Person 1]."),
    ("Nirvair Takhar rang. He signed ਨਿਰਵੈਰ.", "[Person 1] rang. He signed [Person 1]."),
    ("Desmond Charlery rang. Dezzie came.", "[Person 1] rang. [Person 1] came."),
    ("Philomena Dooley rang. Mena came.", "[Person 1] rang. [Person 1] came."),
    ("Agnieszka Dudek rang. Aga came.", "[Person 1] rang. [Person 1] came."),
    # near-misses: forenames alone, which may be a family's; names of their own; two sexes; a short form of another
    ("Ali ran. Alison cried.", "[Person 1] ran. [Person 2] cried."),
    ("Pat was hit. Patrick ran. Patricia cried.", "[Person 1] was hit. [Person 2] ran. [Person 3] cried."),
    ("Raza hit Rashid Khan.", "[Person 1] hit [Person 2]."),
    ("Liz hit Lisa Khan.", "[Person 1] hit [Person 2]."),
    ("Eric Brown hit Erica Brown. Erica ran.", "[Person 1] hit [Person 2]. [Person 2] ran."),
    ("Steven Moore hit Stephanie Moore. Steph was hurt.", "[Person 1] hit [Person 2]. [Person 2] was hurt."),
    # near-misses: forenames that are known as two, other consonants, a woman
    ("Ahmed Yusuf rang. Ahmad Yusuf came.", "[Person 1] rang. [Person 1] came."),
    ("June Szeto rang. Jane Szeto came.", "[Person 1] rang. [Person 2] came."),
    ("Yip Law rang. Mr Lau came.", "[Person 1] rang. [Person 2] came."),
    ("Penny Milburn met Bill Milburn. Ms Milburn sat.", "[Person 1] met [Person 2]. [Person 1] sat."),
]  # fmt: skip


@pytest.mark.parametrize("text,told", SPELLED_OTHERWISE)
def test_one_person_in_other_letters(redactor: Redactor, text: str, told: str) -> None:
    """Spellings, scripts and short forms are one person's where one alone may be meant."""
    assert redacted(redactor, text).texts == (told,)


# text, the words that can mean the victim or the manager
ANY_OF_A_NAME = [
    ("Alecsandru Lupu met Alecsandru Yilmaz. Alecsandru was calm.", "Alecsandru"),
    ("Alecsandru Yilmaz came.\n\nAlecsandru was calm.", "Alecsandru"),
    ("| Day | Entry |\n|---|---|\n| 1 | Alecsandru Yilmaz came |\n| 2 | Alecsandru was calm |", "Alecsandru"),
    ("Write Mr Lupu, and not Alecsandru.", "Alecsandru"),
    ("Alecsandru Lupu met Alecsandru Yilmaz. A. L. and Alecsandru left.", "Alecsandru"),
]


@pytest.mark.parametrize("text,words", ANY_OF_A_NAME)
def test_a_name_of_two_people_is_nobodys_where_not_one_alone_is_in_reach(
    redactor: Redactor, text: str, words: str
) -> None:
    """Who was named last is a guess: in another row or paragraph, or beside a namesake, a person is asked."""
    (question,) = redacted(redactor, text, TWO_OF_A_NAME).questions
    assert text[question.start : question.end] == words
    assert [label.strip("[]").split(" 1")[0] for label in question.labels] == ["Victim", "Prison offender manager"]


def test_an_initial_that_fits_two_people_is_nobodys(redactor: Redactor) -> None:
    """Two people of one forename are not joined by a letter that both surnames begin with."""
    redaction = redacted(redactor, "Rexford Obiri met Rexford Oduya.\n\nRexford O left.")
    assert redaction.texts == (f"[Person 1] met [Person 2].\n\n{SOMEBODY} left.",)


def test_the_subject_and_who_was_just_called_so_are_both_possible(redactor: Redactor) -> None:
    """ "Mr Errol Winter came. Mr Winter was calm": a reader cannot know, and so nobody says."""
    redaction = redacted(redactor, "Mr Errol Winter came. Mr Winter was calm.", WINTERS)
    assert redaction.texts == (f"[Family member 1] came. {SOMEBODY} was calm.",)
    assert [question.labels for question in redaction.questions] == [("[Person on probation]", "[Family member 1]")]


def test_a_neutral_label_stays_when_it_is_read_again(redactor: Redactor) -> None:
    """Redacting twice changes nothing."""
    once = redacted(redactor, "Ms Marsden spoke.", SISTERS).texts[0]
    assert redacted(redactor, once, SISTERS).texts[0] == once
