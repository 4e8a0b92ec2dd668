"""The engine through its public face: one review in, safe text out."""

import datetime as dt
import logging
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from redaction import Anchor, Decision, Entity, Redaction, Redactor, Register
from redaction.recognizers import RECOGNIZERS

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: person-on-probation, names: [Darren Lee Whitlock, Daz], born: 1987-03-14}
  - {role: victim, names: [Kelly-Ann Moorhouse], published_as: Anna}
  - {role: previous-victim, names: [Stacey Pilling], protected: sexual-offence}
  - {role: probation-practitioner, names: [Ngozi Okonjo-Bright]}
  - {role: probation-practitioner, names: [Grace Court]}
  - {role: family-member, names: [Seán Ó Briain]}
places: ["27 Tennyson Road, Swinton"]
organisations: [St Ambrose Barlow Primary]
codes: [A4821CK, X412398]
"""
)

FORMS = [
    "Darren Lee Whitlock",
    "Darren Whitlock",
    "Mr Whitlock",
    "Mr Darren Whitlock",
    "D. Whitlock",
    "D.L. Whitlock",
    "WHITLOCK, Darren Lee",
    "WHITLOCK, Darren",
    "DARREN WHITLOCK",
    "Darren",
    "Whitlock",
    "Daz",
    "D.W.",
    "DLW",
    "**Dar**ren",
    "_Darren_ **Whitlock**",
    "Darren\nWhitlock",
    "Whit\u200block",
    "Wh\u0456tlock",
    "Dar&#114;en Whitlock",
    "Whitlok",
    "@darrenwhitlock",
    "darren-whitlock@example.com",
    "https://example.org/people/darren-whitlock",
    "[Darren Whitlock](https://example.org)",
    "Kelly-Ann Moorhouse",
    "Kelly Ann",
    "KellyAnn Moorhouse",
    "Ms Okonjo Bright",
    "Okonjo-Bright",
    "Sean O Briain",
    "SEAN Ó BRIAIN",
    "Mr Ó Briain",
    "A4821CK",
    "a4821ck",
    "A 4821 CK",
    "X-412398",
    "27 Tennyson Road",
    "27 TENNYSON ROAD, SWINTON",
    "St. Ambrose Barlow Primary",
]


def one(redactor: Redactor, text: str, **more: object) -> str:
    """The redacted text of one string."""
    return redactor.redact([text], REGISTER, **more).texts[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_a_declared_identity_is_masked_in_every_form(redactor: Redactor, form: str) -> None:
    """However it is written, nothing of a declared name, code, place or organisation is left."""
    redacted = one(redactor, f"That day {form} was seen at the office.")
    letters = "".join(c for c in redacted.casefold() if c.isalnum())
    for word in (
        "whitlo",
        "darren",
        "daz",
        "moorhouse",
        "kelly",
        "okonjo",
        "briain",
        "4821ck",
        "412398",
        "tennyson",
        "ambrose",
    ):
        assert word not in letters
    assert redacted.startswith("That day ")
    assert redacted.endswith(" was seen at the office.")


BORN = [
    "14/03/1987", "14.3.87", "14-03-1987", "14 / 3 / 1987", "14th March 1987", "14th of March 1987", "March 14 1987", "March 14th, 1987",
    "1987-03-14", "14 Mar '87", "14 Mar 87", "14-Mar-1987", "14MAR1987", "14031987", "19870314", "14 03 1987", "Saturday 14 March 1987",
    "**14** March 1987", "14 March&nbsp;1987", "2 May 1986 and 14 March 1987", "14 March\n1987", "03/14/1987",
]  # fmt: skip


@pytest.mark.parametrize("day", BORN)
def test_a_declared_day_of_birth_is_one_wherever_it_is_written(redactor: Redactor, day: str) -> None:
    """In any form and with no cue beside it; redacting twice changes nothing."""
    told = one(redactor, f"The file gave {day} for him.", anchor=Anchor(dt.date(2018, 1, 12)))
    assert told == "The file gave [date of birth removed] for him."
    assert one(redactor, told) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He was seen in 1987.", "He was seen in 1987."),
        ("He was seen on 14 March 1988.", "He was seen in 1988."),
        ("He was seen on 14 March.", "He was seen in [month 3 on licence]."),
        ("He was seen in March 1987.", "He was seen in 1987."),
        ("His birthday is 14 March.", "His birthday is [date of birth removed]."),
        ("He was born in 1987 (1987).", "He was born in [date of birth removed] ([date of birth removed])."),
    ],
)
def test_another_day_and_the_year_alone_are_told_as_ever(redactor: Redactor, text: str, told: str) -> None:
    """A year in which somebody declared was born is an ordinary one where no cue speaks of a birth."""
    assert one(redactor, text, anchor=Anchor(dt.date(2018, 1, 12))) == told


def test_a_day_of_birth_of_the_last_century_is_one_in_two_figures(redactor: Redactor) -> None:
    """The day of somebody born in 1947 is theirs in two figures too, which read as the year 2047."""
    register = Register.parse("people: [{role: other, names: [Edna Marsh], born: 1947-09-05}]")
    assert redactor.redact(["The file gave 5/9/47 for her."], register).texts == (
        "The file gave [date of birth removed] for her.",
    )


THINGS = Register.parse(
    "format: 1\nplaces: ['Flat 2, 27 Tennyson Road, Swinton, M27 4QX']\n"
    "organisations: [HMP Stourwick, Harrow & Vine Ltd, Bramfield Police]\n"
)
OTHER_SPELLINGS = [
    ("He left Stourwick prison for HM Prison Stourwick.", "He left [Prison] for [Prison]."),
    ("He was at HMP Stourwick, prison staff said.", "He was at [Prison], prison staff said."),
    ("Harrow and Vine Ltd paid; Harrow & Vine Ltd did not.", "[Employer] paid; [Employer] did not."),
    ("Bramfield Constabulary replied.", "[Police force] replied."),
    ("Flat 2 was empty.", "[address removed] was empty."),
]


@pytest.mark.parametrize(("text", "told"), OTHER_SPELLINGS)
def test_declared_places_and_bodies_are_known_in_other_spellings(redactor: Redactor, text: str, told: str) -> None:
    """ "HM Prison" and "prison", "&" and "and" are one body with one label; a comma parts a name from the word behind it."""
    assert redactor.redact([text], THINGS).texts[0] == told


def test_a_declared_body_is_not_read_over_a_comma(redactor: Redactor) -> None:
    """The police of a town are not named where the town comes last in its clause, and the police first in theirs."""
    assert "police were told" in redactor.redact(["In Bramfield, police were told."], THINGS).texts[0]


PUNCTUATED = [
    ("He lived at Gorsey, Nook.", "He lived at [address removed]."),
    ("He came from Gorsey\nNook.", "He came from [address removed]."),
]


@pytest.mark.parametrize(("text", "told"), PUNCTUATED)
def test_a_declared_place_is_found_whole_over_a_comma(redactor: Redactor, text: str, told: str) -> None:
    """Capitals on both sides of a comma are one name, if it is declared so."""
    assert redactor.redact([text], Register.parse("format: 1\nplaces: [Gorsey Nook]\n")).texts[0] == told


COUPLES = [
    ("Dear Mr and Mrs Marsh,", "Dear [family],"),
    ("Mr & Mrs Marsh rang.", "[family] rang."),
    ("Seen: Dr and Mrs Marsh.", "Seen: [family]."),
    ("Mrs Marsh rang Mr Lowe.", "[Family member 1] rang [Probation practitioner 1]."),
    ("Mr Lowe and Mrs Marsh rang.", "[Probation practitioner 1] and [Family member 1] rang."),
]


@pytest.mark.parametrize(("text", "told"), COUPLES)
def test_a_couple_is_told_together(redactor: Redactor, text: str, told: str) -> None:
    """Where one of them is declared, "Mr and" does not stay behind; two names are two people."""
    people = "[{role: family-member, names: [Edna Marsh]}, {role: probation-practitioner, names: [Ivor Lowe]}]"
    assert redactor.redact([text], Register.parse(f"format: 1\npeople: {people}\n")).texts[0] == told


BUILDINGS = [
    ("She lay on Dorothy Kift Ward.", "She lay on [address removed]."),
    ("The first floor of Amelia Thrale House is let.", "The first floor of [address removed] is let."),
    ("They met at Ethel Sugden Hall.", "They met at [address removed]."),
    ("Fell View Tce was cordoned off.", "[address removed] was cordoned off."),
    ("A fight on Vauxhall Steps.", "A fight on [address removed]."),
    ("He came from Gorsebeck.", "He came from [Town 1]."),
    ("He came from Street.", "He came from [Town 1]."),
    ("He came from Earls Court.", "He came from [Town 1]."),
]


@pytest.mark.parametrize(("text", "told"), BUILDINGS)
def test_a_declared_building_is_no_town(redactor: Redactor, text: str, told: str) -> None:
    """A ward, a hall or a house is declared among the places, and is told as an address; a town that ends so stays one."""
    places = "Dorothy Kift Ward, Amelia Thrale House, Ethel Sugden Hall, Fell View Tce, Vauxhall Steps, Gorsebeck, Street, Earls Court"
    assert redactor.redact([text], Register.parse(f"format: 1\nplaces: [{places}]\n")).texts[0] == told


def test_one_person_has_one_label_throughout(redactor: Redactor) -> None:
    """Full name, nickname, initials and the name alone are one label; another practitioner is another."""
    redacted = one(
        redactor,
        "Darren Whitlock met Ms Okonjo-Bright. Daz told Ngozi Okonjo-Bright that D.W. was late. Later Grace Court took over. Ms Court rang Whitlock.",
    )
    assert redacted == (
        "[Person on probation] met [Probation practitioner 1]. [Person on probation] told [Probation practitioner 1] that "
        "[Person on probation] was late. Later [Probation practitioner 2] took over. [Probation practitioner 2] rang [Person on probation]."
    )


LINKS = [
    ("See [Darren Whitlock](https://example.org/darren).", "See [Person on probation]."),
    ("See [[Darren Whitlock]](https://example.org/darren).", "See [Person on probation]."),
    ("See [**Darren** Whitlock](mailto:darren@example.org 'Daz').", "See [Person on probation]."),
    ("See [Daz's page](https://example.org/daz) now.", "See [Person on probation]'s page ([contact removed]) now."),
    (
        "See <https://example.org/daz> and ![](https://example.org/x.png).",
        "See [contact removed] and [contact removed].",
    ),
    ("See [the lessons](#lesson-1) and [2] (later).", "See [the lessons](#lesson-1) and [2] (later)."),
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_no_brackets_of_a_link_are_left_where_its_address_went(redactor: Redactor, text: str, expected: str) -> None:
    """A label in a link's brackets would be no link and no label; links within the page stay."""
    assert one(redactor, text) == expected


TOLD_APART = [
    (
        "Her mother, Jean Moorhouse, rang. Mrs Jean Moorhouse wrote of Kelly-Ann.",
        "Her mother, [Family member 1], rang. [Family member 1] wrote of Anna.",
    ),
    ("Darren Zelenkova is not Darren Whitlock.", "[Person 1] is not [Person on probation]."),
    ("Mr Whitlok was late.", "[Person on probation] was late."),
    ("Mr Darren Whitlok was late.", "[Person on probation] was late."),
    ("Ms Okonjo-Brigth was told.", "[Probation practitioner 1] was told."),
    ("Ms Whitmore was late.", "[Person 1] was late."),
    ("Darren Probation was late.", "[Person on probation] Probation was late."),
]


@pytest.mark.parametrize(("text", "expected"), TOLD_APART)
def test_people_who_share_a_name_stay_apart_and_a_slip_makes_nobody_new(
    redactor: Redactor, text: str, expected: str
) -> None:
    """One person, one label: beside somebody declared of the same name, and one letter wrong after a title."""
    assert one(redactor, text) == expected


def test_labels_are_shared_by_the_texts_of_one_review(redactor: Redactor) -> None:
    """A name met in one text is masked in all, under the same label."""
    redaction = redactor.redact(["Mrs Zelenkova rang.", "Nobody rang Zelenkova back."])
    assert redaction.texts == ("[Person 1] rang.", "Nobody rang [Person 1] back.")


def test_a_name_the_family_chose_is_published(redactor: Redactor) -> None:
    """`published_as` stands in the place of every form."""
    assert one(redactor, "Kelly-Ann Moorhouse was 31. Moorhouse had told Kelly's sister.").startswith("Anna was ")


def test_the_plural_of_a_surname_is_the_family(redactor: Redactor) -> None:
    """The Whitlocks are a family, not one person."""
    assert one(redactor, "The Whitlocks were not told.") == "The [family] were not told."


def test_names_that_are_words_go_only_where_they_stand_as_names(redactor: Redactor) -> None:
    """A register with Grace and Court leaves the courts and grace alone."""
    text = "The Crown Court gave a period of grace. Court reports were late. Ms Court said so, and Grace agreed. The court sat."
    assert one(redactor, text) == (
        "The Crown Court gave a period of grace. Court reports were late. [Probation practitioner 1] said so, and "
        "[Probation practitioner 1] agreed. The court sat."
    )


UNTOUCHED = [
    "17 previous convictions for 41 offences",
    "He was seen 14 times under section 20 at level 2, and within 28 days of release.",
    "The Parole Board, HM Prison and Probation Service and the Crown Prosecution Service were told.",
    "OASys said high risk of serious harm; MAPPA and MARAC were not used.",
    "Supervision lasted for nine weeks in all.",
    "In 2018 the policy changed.",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_the_terms_of_the_trade_survive(redactor: Redactor, text: str) -> None:
    """A page of labels teaches nothing."""
    assert one(redactor, text) == text


def test_dates_are_told_from_the_anchor(redactor: Redactor) -> None:
    """With an anchor a day is told relative to it; without one, the year."""
    anchor = Anchor(dt.date(2018, 3, 14), "release")
    text = "On 17 March 2018 he was late."
    assert "[3 days after release]" in one(redactor, text, anchor=anchor)
    assert one(redactor, text) == "In 2018 he was late."


def test_a_person_can_add_and_reject(redactor: Redactor) -> None:
    """Added words go everywhere; rejected findings stay, but a declared identity cannot be rejected."""
    decisions = [
        Decision("add", "the blue caravan", Entity.OTHER, "[a vehicle]"),
        Decision("reject", "Zelenkova"),
        Decision("reject", "Whitlock"),
    ]
    redacted = one(redactor, "Mrs Zelenkova saw Whitlock near the Blue Caravan.", decisions=decisions)
    assert redacted == "Mrs Zelenkova saw [Person on probation] near [a vehicle]."


def test_a_phrase_that_somebody_decided_about_names_nobody_elsewhere(redactor: Redactor) -> None:
    """Its small words stay; a name that somebody adds is found in every form."""
    phrase = [Decision("add", "a man with a warning", Entity.PERSON, "[Person 4]")]
    text = "He was a man with a warning. A man came. The warning had a date."
    assert one(redactor, text, decisions=phrase) == "He was [Person 4]. A man came. The warning had a date."
    name = [Decision("add", "Zoltan de Groot", Entity.PERSON)]
    assert "Groot" not in one(redactor, "So Zoltan de Groot came. Mr Groot left.", decisions=name)


@pytest.mark.parametrize(
    ("words", "instead", "told"),
    [
        ("(the boy's aunt).", "(the same woman).", "She came (the same woman). Nobody asked."),
        ('"the boy\'s aunt"', '"[somebody]"', 'She came ("[somebody]"). Nobody asked.'),
        ("the boy's aunt", "[somebody].", "She came ([somebody].). Nobody asked."),
    ],
)
def test_signs_that_the_words_and_what_replaces_them_share_are_written_once(
    redactor: Redactor, words: str, instead: str, told: str
) -> None:
    """A decision finds words; the full stop and the brackets around them stay in the text."""
    text = (
        "She came (the boy's aunt). Nobody asked."
        if '"' not in words
        else 'She came ("the boy\'s aunt"). Nobody asked.'
    )
    assert one(redactor, text, decisions=[Decision("add", words, Entity.OTHER, instead)]) == told


def test_nothing_reaches_for_the_network(redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses and web pages are found without asking anybody."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    redacted = Redactor().redact(["Write to zeb@example.com or see www.example.org/zeb."]).texts[0]
    assert "zeb" not in redacted


def test_no_word_of_the_text_is_logged(redactor: Redactor, caplog: pytest.LogCaptureFixture) -> None:
    """Not even at the most talkative level, and not in what objects print."""
    with caplog.at_level(logging.DEBUG):
        redaction = redactor.redact(["Mrs Zelenkova of 27 Tennyson Road rang 0161 496 0000."], REGISTER)
    assert "Zelenkova" not in caplog.text
    assert "Tennyson" not in caplog.text
    assert "Tennyson" not in repr(redaction)


def test_no_recognizer_of_the_united_states_runs() -> None:
    """Every recognizer that runs is one of this project's own."""
    assert all(r.__module__.startswith("redaction.recognizers.") for r in RECOGNIZERS)


READS = [
    ("A 34-year-old man was charged.", "A man [aged 25 to 34] was charged."),
    ("He attacked an 18-year-old woman.", "He attacked a woman [aged 18 to 24]."),
    ("He was convicted at the age of 15.", "He was convicted as a [child]."),
    ("A 14-year-old girl was present.", "A [child] was present."),
    ("His son, aged 6, was at home.", "His son, [child], was at home."),
    ("On 14 March 2018 he was seen.", "In 2018 he was seen."),
    ("He was seen on 14 March 2018.", "He was seen in 2018."),
    ("He was seen by an HMP Risley officer.", "He was seen by a [Prison] officer."),
    ("GMP did not tell Lancashire Constabulary.", "[Police force 1] did not tell [Police force 2]."),
    ("Mrs Zelenkova's sister rang Mrs Zelenkova.", "[Person 1]'s sister rang [Person 1]."),
]


@pytest.mark.parametrize("text,expected", READS)
def test_what_is_left_reads_as_english(redactor: Redactor, text: str, expected: str) -> None:
    """Articles, prepositions and possessives agree with the labels."""
    assert redactor.redact([text]).texts[0] == expected


INITIALS = [
    ("JMc rang.", "[Victim 1] rang."),
    ("JMc rang, and JM was told.", "[Victim 1] rang, and [Victim 1] was told."),
    ("Seen with TW today.", "Seen with [Witness 1] today."),
    ("T.W. was seen.", "[Witness 1] was seen."),
    ("Cpl Ward and Imam Ward came.", "[Witness 1] and [Witness 1] came."),
    # what looks like it and is nobody
    ("The 10 mcg in the dose stayed.", "The 10 mcg in the dose stayed."),
]


@pytest.mark.parametrize(("text", "expected"), INITIALS)
def test_initials_and_styles_are_their_bearer(redactor: Redactor, text: str, expected: str) -> None:
    """Once a person with them is declared, whatever title they have."""
    register = Register.parse(
        "format: 1\npeople:\n- {role: victim, names: [Jean McAllister]}\n- {role: witness, names: [Thomas Ward]}"
    )
    assert redactor.redact([text], register).texts[0] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # two people are two: a full stop, "and", a verb, a line between them
        ("He rang Karim. Olu came.", "He rang [Person 1]. [Person 2] came."),
        ("He saw Mo and Kaz. Mo said Kaz had left.", "He saw [Person 1] and [Person 2]. [Person 1] said [Person 2] had left."),
        ("Jo rang Jay.", "[Person 1] rang [Person 2]."),
        ("Spoke to Kyle\nShe was upset.", "Spoke to [Person 1]\nShe was upset."),
        ("He's Kwabena's brother.", "He's [Person 1]'s brother."),
        ("Harpreet Deol was seen. Deol's COM rang.", "[Person 1] was seen. [Person 1]'s COM rang."),
        ("Mr T Law came.", "[Person 1] came."),
        # towns that are ordinary words
        ("He was bailed to Sale. He moved to Deal.", "He was bailed to [Town 1]. He moved to [Town 2]."),
        ("Exclusion zone: Sale, Deal and Battle.", "Exclusion zone: [Town 1], [Town 2] and [Town 3]."),
        ("The team in Reading is small. The sale was a good deal.", "The team in [Town 1] is small. The sale was a good deal."),
        # the ages at which the law draws a line, and how children's are written
        ("Not to live with anyone under 18.", "Not to live with anyone under 18."),
        ("No contact with children under the age of 16.", "No contact with children under the age of 16."),
        ("Mia (4 yrs) and a baby (11/12) were there.", "[Person 1] ([child]) and a baby ([child]) were there."),
        ("He got five years. Burglary (4 years) came first.", "He got [4 to 10 years]. Burglary ([4 to 10 years]) came first."),
        ("He is 19yo. She is 7 yrs.", "He is [aged 18 to 24]. She is [child]."),
        # a year is no house number
        ("Convicted in May 2015, Kingston Crown Court.", "Convicted in 2015, [Court]."),
        # what the rules for money leave
        ("He pays £340 rent.", "He pays £340 rent."),
    ],
)  # fmt: skip
def test_what_was_found_from_outside_stays_mended(redactor: Redactor, text: str, told: str) -> None:
    """Sentences that somebody tried who had never seen the rules."""
    assert one(redactor, text) == told


def test_declared_names_that_are_words_are_found_where_they_lead_nobody_astray(redactor: Redactor) -> None:
    """In capitals behind what leads to a name or a place; and a surname that is a month is no part of a date."""
    register = Register.model_validate(
        {"people": [{"names": ["Hope March"], "role": "manager"}, {"names": ["Jenny Page"], "role": "other"}], "places": ["Sale"]}
    )  # fmt: skip
    assert redactor.redact(["HE WAS BAILED TO SALE. THE SALE WAS OFF."], register).texts[0] == (
        "HE WAS BAILED TO [Town 1]. THE SALE WAS OFF."
    )
    assert redactor.redact(["Ms March rang on 3 March 2020."], register).texts[0] == "[Manager 1] rang in 2020."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # a surname of its own goes before half of a double one, whoever was named last
        (
            "Graham Tapley came. His daughter, Lorraine Tapley-Dunn, rang. Mr Tapley left. Ms Tapley-Dunn wrote.",
            "[Person 1] came. His daughter, [Family member 1], rang. [Person 1] left. [Family member 1] wrote.",
        ),
        # whoever is called by a forename alone is not who "Ms Pascoe" means
        (
            "Lowenna Pascoe is at school. Her mother, Tamsin Pascoe, came. Lowenna was there. Ms Pascoe spoke.",
            "[Person 1] is at school. Her mother, [Family member 1], came. [Person 1] was there. [Family member 1] spoke.",
        ),
    ],
)
def test_a_surname_means_whom_a_reader_takes_it_for(redactor: Redactor, text: str, told: str) -> None:
    """Of several who bear it."""
    assert one(redactor, text) == told


def test_whom_the_second_reading_meets_is_nobody_of_the_first(redactor: Redactor) -> None:
    """The labels around a word make a name of it that the first reading did not see: it is no one whom the first reading numbered."""
    register = Register.parse("format: 1\npeople: [{role: victim, names: [Clare Doyle]}]")
    text = "A page called RememberingClare and the tag #forclare were found; #ripdoyle too."
    told = redactor.redact([text], register).texts[0]
    assert "Clare" not in told
    assert "doyle" not in told
    assert "[Victim" not in told


def test_threads_that_share_a_redactor_take_turns(redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    """One review's end forgets what was read: of a review that another thread is in the midst of, too."""
    both, met = threading.Barrier(2, timeout=0.3), []

    def meet(texts: Sequence[str], *_: object) -> Redaction:
        with suppress(threading.BrokenBarrierError):
            met.append(both.wait())
        return Redaction(tuple(texts), (), (), ())

    monkeypatch.setattr(redactor, "_redact", meet)
    with ThreadPoolExecutor(2) as pool:
        assert [done.texts for done in pool.map(redactor.redact, (["one"], ["other"]))] == [("one",), ("other",)]
    assert met == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T/C to PP, no reply. A/L next week. C/o his mum.", "T/C to PP, no reply. A/L next week. C/o his mum."),
        ("T.C. left. TC rang.", "[Person on probation] left. [Person on probation] rang."),
        ("T/Chikwanha rang.", "[Person on probation] rang."),
    ],
)
def test_letters_with_a_stroke_are_of_the_trade(redactor: Redactor, text: str, expected: str) -> None:
    """ "T/C" is a telephone call, whoever is called T. C."""
    register = Register.parse("format: 1\npeople:\n  - {role: person-on-probation, names: [Tatenda Chikwanha]}\n")
    assert redactor.redact([text], register).texts[0] == expected


def test_initials_that_nobody_declared_can_be_rejected_and_names_cannot(redactor: Redactor) -> None:
    """ "NP log" is a notice page and not Nadia Priestnall's; her name, and letters that are declared, go whatever anybody rejects."""
    rejected = [Decision("reject", "NP log"), Decision("reject", "Priestnall"), Decision("reject", "QX note")]
    people = "format: 1\npeople:\n  - {role: manager, names: [Nadia Priestnall]}\n  - {role: judge, names: [Quentin Xerri, QX]}\n"
    text = "NP said it is in the NP log. Priestnall left. QX note."
    redacted = redactor.redact([text], Register.parse(people), decisions=rejected)
    assert redacted.texts[0] == "[Manager 1] said it is in the NP log. [Manager 1] left. [Judge 1] note."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He was given ten years (three women were hurt).",
            "He was given [10 to 20 years] ([more than one] women were hurt).",
        ),
        ("In June two thousand and twenty he left.", "In 2020 he left."),
        ("On 5 May two thousand pounds went missing.", "On [date removed] two thousand pounds went missing."),
        ("His mother, 52 on arrest, rang.", "His mother, [aged 45 to 54] on arrest, rang."),
        ("He missed the 14/7 review.", "He missed the [date removed] review."),
        ("He had 28/7 supply and a 2/52 course.", "He had 28/7 supply and a 2/52 course."),
        ("The judge's starting point was 25 years.", "The judge's starting point was [20 years or more]."),
        ("Between 3 May and 9 June he left.", "In [date removed] he left."),
    ],
)
def test_what_counts_and_what_dates_are_told_apart(redactor: Redactor, text: str, expected: str) -> None:
    assert redactor.redact([text], None).texts[0] == expected


def test_initials_declared_with_full_stops_or_of_the_protected_are_not_rejected_by_one(redactor: Redactor) -> None:
    people = "format: 1\npeople:\n  - {role: judge, names: [Quentin Xerri, Q.X.]}\n  - {role: victim, names: [Margaret Lyle], protected: sexual-offence}\n"
    rejected = [Decision("reject", "QX note"), Decision("reject", "ML note")]
    redacted = redactor.redact(["QX note. ML note."], Register.parse(people), decisions=rejected)
    assert redacted.texts[0] == "[Judge 1] note. [Victim 1] note."
