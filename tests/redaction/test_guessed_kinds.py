"""People who are called as bodies, places and months are, and places and bodies that are called as people are."""

import pytest

from redaction import Entity, Redactor, Register

# text, words in it, what they are told as
SURNAMES_THAT_END_BODIES = [
    ("Kirsty Hill rang the office. Kirsty was upset.", "Kirsty Hill", Entity.PERSON),
    ("Yvonne Church rang the office. Ms Church asked for her officer.", "Yvonne Church", Entity.PERSON),
    ("The report was written by Lorna Law, probation officer.", "Lorna Law", Entity.PERSON),
    ("We met Dennis Heath, the case manager, on the ward.", "Dennis Heath", Entity.PERSON),
    ("Joanne Park took the minutes. Mrs Park said that she would type them.", "Joanne Park", Entity.PERSON),
    ("Joanne Church let him in. Joanne said that he had been drinking.", "Joanne said", Entity.PERSON),
    ("She spoke to her vicar, the Revd Colin Church, about him.", "Colin Church", Entity.PERSON),
    ("4.2 Had Ms Church known, she would have told the police.", "Ms Church", Entity.PERSON),
    # the body, the park, the firm: nobody of that name is told of
    ("Trinity Church said that he was a volunteer.", "Trinity Church", Entity.ORGANISATION),
    ("He went to Rosehill Church. Mr Church met him at Rosehill Church.", "Rosehill Church", Entity.ORGANISATION),
    ("The body was in Clarence Park at six. Clarence Park was closed.", "Clarence Park", Entity.ADDRESS),
    ("He was seen outside Larkhill Church on the Sunday.", "Larkhill Church", Entity.ORGANISATION),
    ("They instructed Kestle Law LLP, who wrote to the court.", "Kestle Law LLP", Entity.ORGANISATION),
    ("He was arrested in Ashby Park that night.", "Ashby Park", Entity.ADDRESS),
]
TOWNS_THAT_ARE_NAMES = [
    ("Barry Tregowan lives there. Barry opened the door to the officer.", "Barry opened", Entity.PERSON),
    ("Carmel Osgood is the VLO. Carmel told the family by telephone.", "Carmel told", Entity.PERSON),
    ("She told Clare that he had left. Clare wrote it down.", "Clare wrote", Entity.PERSON),
    # the town, though somebody is called so
    ("Barry Tregowan moved away. He now lives in Barry with his aunt.", "Barry with", Entity.PLACE),
    ("He was from Plymouth and worked there as a porter.", "Plymouth", Entity.PLACE),
    ("He is held at Lincoln. Lincoln said he is well.", "Lincoln said".split()[0], Entity.PLACE),
    ("His aunt came from Jaffna as a refugee in 1999.", "Jaffna", Entity.PLACE),
    ("Present: Moira Tulley, sister, Sheffield, and her son.", "Sheffield", Entity.PLACE),
]
MONTHS_THAT_ARE_NAMES = [
    ("Alan March is the verger. March told the police what he had seen.", "March told", Entity.PERSON),
    ("He was recalled in March and told the police about it.", "March", Entity.DATE),
]
BODIES_WRITTEN_AS_NAMES = [
    ("The boy goes to the summer club at St Osyth's on Thursdays.", "St Osyth's", Entity.ORGANISATION),
    ("She sat as a churchwarden at St Matthew's for years.", "St Matthew's", Entity.ORGANISATION),
    ("Unpaid work was at St Edwin's churchyard each Saturday.", "St Edwin's churchyard", Entity.ORGANISATION),
    ("He died in Wakefield General on the Monday.", "Wakefield General", Entity.ORGANISATION),
    ("The ambulance took him to Blackpool Victoria that night.", "Blackpool Victoria", Entity.ORGANISATION),
    ("The wound was stitched at the Northern General before he left.", "Northern General", Entity.ORGANISATION),
    ("Dwayne St Cyr came. Officer Reed searched St Cyr's cell.", "St Cyr's cell", Entity.PERSON),
    ("Chelsea Royal was his victim. Miss Royal has left.", "Chelsea Royal", Entity.PERSON),
    ("Those hurt were his wife, son, Bradley, and his aunt.", "Bradley", Entity.PERSON),
    ("Mr Oliver St John's car was outside.", "Oliver St John", Entity.PERSON),
    ("At Selwyn Rd Ernest found a knife.", "Selwyn Rd", Entity.ADDRESS),
    ("He hasn't slept at Marlpit Tce since Saturday.", "Marlpit Tce", Entity.ADDRESS),
    ("She was seen in the Spar on Ely Road with a friend.", "Ely Road", Entity.ORGANISATION),
]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [*SURNAMES_THAT_END_BODIES, *TOWNS_THAT_ARE_NAMES, *MONTHS_THAT_ARE_NAMES, *BODIES_WRITTEN_AS_NAMES],
)
def test_what_a_name_is_told_as(redactor: Redactor, text: str, words: str, entity: Entity) -> None:
    """Whatever the rules know a word for, it is told as what it is in its sentence."""
    start = text.index(words)
    told = [
        d.entity
        for d in redactor.redact([text]).detections
        if d.start < start + len(words.split()[0]) and start < d.end
    ]

    assert told == [entity]


@pytest.mark.parametrize("words", ["Tuesdays", "Wednesdays"])
def test_weekdays_that_come_again_are_nobody(redactor: Redactor, words: str) -> None:
    """Neither at the end of a name nor by themselves."""
    text = f"He said that she rings Shanice {words}, and he had seen it."

    assert words in redactor.redact([text]).texts[0]


def test_what_is_declared_is_no_guess(redactor: Redactor) -> None:
    """A declared body that is called as people are stays one, and a declared person one."""
    register = Register.parse(
        "format: 1\npeople:\n- {role: victim, names: [Rowan Church]}\norganisations: [Harriet Lowe]\n"
    )
    told = redactor.redact(["Rowan Church said that Harriet Lowe rang her."], register)

    assert [d.entity for d in told.detections] == [Entity.PERSON, Entity.ORGANISATION]


@pytest.mark.parametrize(
    "text",
    [
        "He attacked his girlfriend, Kelso Law, on Friday.",
        "River Church was told. Officer Church signed the letter.",
        "Preston Hall and Preston Park were with him in Preston.",
    ],
)
def test_no_word_stands_because_a_guess_was_dropped(redactor: Redactor, text: str) -> None:
    """A shorter finding may win against the one that held the words: then the guess is taken back."""
    told = redactor.redact([text]).texts[0]
    assert not any(word in told for word in (" Law", "River", "Church", "Hall", "Park"))
