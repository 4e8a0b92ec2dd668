"""A review in Word as reviews are really written: numbers typed by hand, bold lines for headings, a front sheet, four lessons.

Everybody in it, every place and every office is invented.
"""

from __future__ import annotations

from collections.abc import Sequence

import docx

from tests.support.documents import made

PERSON, VICTIM = "Callum Quillfeather", "Marnie Thistlewood"

PEOPLE = {
    PERSON: "person-on-probation",
    VICTIM: "victim",
    "Jodie Pennifold": "previous-victim",
    "Denise Quillfeather": "family-member",
    "Ruth Thistlewood": "family-member",
    "Alfie Thistlewood": "child",
    "Norman Fennimore": "witness",
    "Priya Larkspur": "probation-practitioner",
    "Samuel Merriwick": "probation-practitioner",
    "Gareth Hobblethwaite": "senior-probation-officer",
    "Elaine Copperwaite": "manager",
    "Hilary Tattersley": "reviewing-manager",
    "Joan Marrowby": "victim-liaison-officer",
    "Tom Dunnabeck": "prison-offender-manager",
    "Ian Wexcombe": "police-officer",
    "Farida Nettlefold": "police-officer",
    "Anand Starveacre": "professional",
    "Beth Oddwater": "professional",
    "Colette Bramblecombe": "professional",
    "Rupert Silverlock": "judge",
}
"""Everybody in it by their fullest name, and the role in which they are to be declared."""

FRONT = (
    ("Name", "Callum Quillfeather"),
    ("CRN", "X482913"),
    ("Prison number", "A7319DK"),
    ("Index offence", "Wounding with intent to do grievous bodily harm"),
    ("Serious further offence", "Murder"),
    ("Date of serious further offence", "14 September 2021"),
    ("Region", "Yorkshire and the Humber"),
    ("Supervision", "Licence"),
    ("Date of release", "3 June 2021"),
    ("Risk of serious harm", "High"),
    ("Notified", "20 September 2021"),
    ("Completed", "11 July 2022"),
    ("Reviewing manager", "Hilary Tattersley"),
)

FACTS = {
    "offence": "murder",
    "offence_year": "2021",
    "region": "yorkshire-and-the-humber",
    "supervision": "licence",
    "anchor": "2021-06-03",
    "risk_of_serious_harm": "high",
    "notified": "2021-09",
    "completed": "2022-07",
}
"""What its front sheet says, as review.md has it."""

LESSONS = (
    "Domestic abuse enquiries must be made with the police within five working days of release, and again whenever a new "
    "relationship is disclosed.",
    "A new address must be visited before it is approved, however short the time.",
    "A manager who reduces the frequency of contact must record the reason for it and the date on which it will be looked at again.",
    "Information that a victim contact officer receives must reach the practitioner on the same day.",
)
"""What must be done, word for word."""

_CHRONOLOGY = (
    ("Date", "Event"),
    (
        "22 November 2019",
        "Mr Quillfeather was sentenced at Wyrmbridge Crown Court to forty months for wounding Jodie Pennifold.",
    ),
    ("4 May 2021", "Tom Dunnabeck, prison offender manager, completed the handover."),
    ("3 June 2021", "Mr Quillfeather was released on licence to 14 Cobbler's Rise, Wyrmbridge."),
    (
        "10 June 2021",
        "Samuel Merriwick, probation officer, went on long-term sick leave. Priya Larkspur was allocated the case.",
    ),
    ("19 July 2021", "Mr Quillfeather told Ms Larkspur that he was seeing someone called Marnie."),
    ("2 August 2021", "PC Nettlefold attended an argument at 8 Saltpan Close. No arrest was made."),
    ("16 August 2021", "Contact was reduced to once a month."),
    ("9 September 2021", "Joan Marrowby was told that he had been seen near Ms Pennifold's home."),
    ("14 September 2021", "Ms Thistlewood was killed at her home."),
)

_SECTIONS: tuple[tuple[str, Sequence[str]], ...] = (
    ("Executive Summary", (
        "This review looks at the supervision of Callum Quillfeather, who was on licence when he murdered Marnie Thistlewood on "
        "14 September 2021. On 8 April 2022 he was sentenced at Wyrmbridge Crown Court by His Honour Judge Rupert Silverlock to "
        "life imprisonment with a minimum term of nineteen years.",
        "Mr Quillfeather was assessed as posing a high risk of serious harm to partners. The review finds that the risk was "
        "understood at the time of his release and forgotten within ten weeks.",
        "Not every reasonable step was taken.",
    )),
    ("Background", (
        "Callum Quillfeather, known to his friends as Cal, was born on 12 February 1988. He grew up in Wyrmbridge with his mother, "
        "Denise Quillfeather, and has worked on and off as a roofer.",
        "In 2019 he wounded his former partner, Jodie Pennifold, with a kitchen knife. Ms Pennifold told the court that she had "
        "been \"waiting for the knock on the door for two years\".",
        "His general practitioner, Dr Anand Starveacre, treated him for low mood.",
    )),
    ("Chronology", ()),
    ("How we did it", (
        "Hilary Tattersley, reviewing manager, read the case record and interviewed six members of staff. The practitioner's "
        "manager, Gareth Hobblethwaite, Senior Probation Officer, was interviewed twice.",
    )),
    ("Assessment", (
        "Samuel Merriwick, probation officer, wrote a thorough assessment before release. It named new relationships as the "
        "point at which the risk would rise.",
        "The assessment was not reviewed when Mr Quillfeather told Priya Larkspur, his probation practitioner, about a new "
        "relationship on 19 July 2021. Ms Larkspur said that she meant to ask the police and that \"there was always another "
        "one to do first\". She held 61 cases.",
        "No enquiry was made about Marnie. She had a son, Alfie Thistlewood, aged 6. Colette Bramblecombe, a social worker, told "
        "the review that children's services would have acted had they been told.",
    )),
    ("Management oversight", (
        "On 16 August 2021 Gareth Hobblethwaite agreed that contact be reduced to once a month. He recorded no reason. Elaine "
        "Copperwaite, Head of the Wyrmbridge Probation Delivery Unit, told the review that the office was nine officers short.",
        "Mr Hobblethwaite countersigned the plan without the record of the police call-out of 2 August 2021.",
    )),
    ("Partnership working", (
        "PC Farida Nettlefold attended 8 Saltpan Close after a neighbour, Norman Fennimore, heard shouting. The crime reference is "
        "WY/44821/21. The report did not reach probation until DS Ian Wexcombe asked for it on 15 September 2021.",
        "Beth Oddwater, housing officer, knew that Mr Quillfeather was sleeping at Ms Thistlewood's home. Nobody asked her.",
        "Joan Marrowby, victim liaison officer, sent an email about Ms Pennifold's report on 9 September 2021. It was opened after "
        "Ms Thistlewood was dead.",
    )),
    ("Findings", (
        "The plan was sound on the day of release and was not followed. Three people each held one piece of information, and no "
        "meeting brought them together.",
        "Ruth Thistlewood, Marnie's mother, asked why nobody told her daughter about the conviction of 2019. The answer is that "
        "nobody in probation knew her daughter's full name, because nobody asked.",
    )),
    ("Recommendations", LESSONS),
)  # fmt: skip


def document_bytes() -> bytes:
    """The file as its writer sent it."""
    document = docx.Document()
    document.core_properties.author = "Hilary Tattersley"
    document.sections[0].footer.paragraphs[0].text = "OFFICIAL-SENSITIVE. Everybody in this document is invented."
    document.add_paragraph().add_run("SERIOUS FURTHER OFFENCE REVIEW").bold = True
    _add_table(document, FRONT)
    for number, (title, paragraphs) in enumerate(_SECTIONS, start=1):
        document.add_paragraph().add_run(f"{number}. {title}").bold = True
        if title == "Chronology":
            _add_table(document, _CHRONOLOGY)
        for place, text in enumerate(paragraphs, start=1):
            document.add_paragraph(f"{number}.{place}\t{text}")
    return made(document)


def _add_table(document: docx.document.Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
