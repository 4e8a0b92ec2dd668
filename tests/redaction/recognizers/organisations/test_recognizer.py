"""Organisations and premises by the words beside their names."""

import pytest

from redaction.document import Document
from redaction.entities import Entity
from redaction.labels import ORGANISATIONS
from redaction.recognizers.organisations.recognizer import OrganisationRecognizer, kind_of

NAMES = [
    ("He was released from HMP Risley on licence.", {"HMP Risley": "Prison"}),
    (
        "He served time at HMPs Risley, Forest Bank and Altcourse.",
        {"HMPs Risley": "Prison", "Forest Bank": "Prison", "Altcourse": "Prison"},
    ),
    ("She was held at HMP & YOI Low Newton until then.", {"HMP & YOI Low Newton": "Prison"}),
    ("He was moved from Strangeways to Thorn Cross in custody.", {"Strangeways": "Prison", "Thorn Cross": "Prison"}),
    ("He did his sentence in the Scrubs.", {"Scrubs": "Prison"}),
    ("Risley prison did not reply.", {"Risley prison": "Prison"}),
    ("He was remanded to Forest Bank.", {"Forest Bank": "Prison"}),
    ("An Altcourse officer rang a Forest Bank nurse.", {"Altcourse": "Prison", "Forest Bank": "Prison"}),
    ("sentenced at Bolton Crown Court", {"Bolton Crown Court": "Court"}),
    ("before the Crown Court at Manchester", {"Crown Court at Manchester": "Court"}),
    ("Newcastle upon Tyne Combined Court heard it.", {"Newcastle upon Tyne Combined Court": "Court"}),
    ("fined at Tameside magistrates' court", {"Tameside magistrates' court": "Court"}),
    ("He appeared at Salford Mags on Monday.", {"Salford Mags": "Court"}),
    ("an officer of Greater Manchester Police", {"Greater Manchester Police": "Police force"}),
    ("GMP did not tell WMP.", {"GMP": "Police force", "WMP": "Police force"}),
    ("Devon and Cornwall Police attended.", {"Devon and Cornwall Police": "Police force"}),
    ("Heddlu Dyfed-Powys attended.", {"Heddlu Dyfed-Powys": "Police force"}),
    ("an officer of the Met called", {"Met": "Police force"}),
    ("Swinton police station", {"Swinton police station": "Police force"}),
    (
        "Cheshire and Greater Manchester CRC held the case.",
        {"Cheshire and Greater Manchester CRC": "Probation provider"},
    ),
    (
        "the Bristol, Gloucestershire, Somerset and Wiltshire CRC",
        {"Bristol, Gloucestershire, Somerset and Wiltshire CRC": "Probation provider"},
    ),
    ("Charnwood PDU had vacancies.", {"Charnwood PDU": "Probation office"}),
    ("the Ashton office closed", {"Ashton office": "Probation office"}),
    (
        "Staffordshire and West Midlands Probation Trust",
        {"Staffordshire and West Midlands Probation Trust": "Probation provider"},
    ),
    ("NPS North West agreed.", {"NPS North West": "Probation provider"}),
    ("He lived at Hollinbank House, an approved premises.", {"Hollinbank House": "Approved premises"}),
    ("Ellerdale House AP reported it.", {"Ellerdale House AP": "Approved premises"}),
    ("her son's school, St Ambrose Barlow RC Primary School, wrote", {"St Ambrose Barlow RC Primary School": "School"}),
    ("a pupil of Ysgol Bryn Eithin", {"Ysgol Bryn Eithin": "School"}),
    ("at Leverington Fen Primary he settled", {"Leverington Fen Primary": "School"}),
    ("enrolled at Hopwood Hall College", {"Hopwood Hall College": "College"}),
    ("the University of Salford", {"University of Salford": "College"}),
    ("taken to The Royal Oldham Hospital", {"The Royal Oldham Hospital": "Hospital"}),
    ("Pennine Brook NHS Foundation Trust discharged him.", {"Pennine Brook NHS Foundation Trust": "Hospital"}),
    (
        "St George's Hospital kept him. The letter from St George's came late.",
        {"St George's Hospital": "Hospital", "St George's": "Hospital"},
    ),
    ("registered with Werneth Meadows Surgery", {"Werneth Meadows Surgery": "Health service"}),
    ("referred to Soar Valley Recovery", {"Soar Valley Recovery": "Health service"}),
    ("Salford City Council was told.", {"Salford City Council": "Council"}),
    ("the London Borough of Newham", {"London Borough of Newham": "Council"}),
    ("Salford Children's Services closed it.", {"Salford Children's Services": "Council"}),
    ("Cyngor Gwynedd", {"Cyngor Gwynedd": "Council"}),
    ("a tenant of Ribble & Darwen Homes", {"Ribble & Darwen Homes": "Housing provider"}),
    ("drinking in the Red Lion", {"Red Lion": "Pub"}),
    ("They met for a pint in the Railway.", {"Railway": "Pub"}),
    ("arrested outside the Crown that night", {"Crown": "Pub"}),
    ("found in the Chequers car park", {"Chequers": "Pub"}),
    ("seen at the Plough at Brierfield", {"Plough": "Pub"}),
    ("left the White Hart at closing", {"White Hart": "Pub"}),
    ("He worked at the Spar in Ely.", {"Spar in Ely": "Organisation"}),
    ("slept at the Salvation Army at Goole", {"Salvation Army at Goole": "Organisation"}),
    (
        "the British Heart Foundation shop in Wednesbury",
        {"British Heart Foundation shop in Wednesbury": "Organisation"},
    ),
    ("Greggs, Norwich, took him on", {"Greggs, Norwich": "Organisation"}),
    ("She died at the Royal Preston the next day.", {"Royal Preston": "Hospital"}),
    ("outside The King's Arms", {"The King's Arms": "Pub"}),
    (
        "He worked at Calderbrook Pallets. Calderbrook let him go.",
        {"Calderbrook Pallets": "Employer", "Calderbrook": "Employer"},
    ),
    ("FenPick Labour Ltd paid him", {"FenPick Labour Ltd": "Employer"}),
    ("Hadley & Sons took him on", {"Hadley & Sons": "Employer"}),
    ("Harker Whitlow Solicitors wrote", {"Harker Whitlow Solicitors": "Solicitors"}),
    ("prayed at Werneth Jamia Masjid", {"Werneth Jamia Masjid": "Place of worship"}),
    ("St Aidan's Church lent the hall.", {"St Aidan's Church": "Place of worship"}),
    ("trained at Swinton Lads Boxing Club", {"Swinton Lads Boxing Club": "Club"}),
    ("the Oldham Evening Chronicle", {"Oldham Evening Chronicle": "Newspaper"}),
    ("the Bolton News printed it", {"Bolton News": "Newspaper"}),
    (
        "Dyfed-Powys Police (DPP) called; DPP called again.",
        {"Dyfed-Powys Police": "Police force", "DPP": "Police force"},
    ),
    ("Salford and Trafford Magistrates' Court sat.", {"Salford and Trafford Magistrates' Court": "Court"}),
    (
        "Humberside, Lincolnshire and North Yorkshire CRC",
        {"Humberside, Lincolnshire and North Yorkshire CRC": "Probation provider"},
    ),
]
"""(text, {the name as it stands: its kind}): nothing else may be found."""

NEAR_MISSES = [
    "The case was committed to the Crown Court.",
    "He was produced at the Magistrates' Court.",
    "The Police attended.",
    "He reported to the Probation Office.",
    "The Court of Appeal refused leave.",
    "Local Authority care",
    "Her Senior Probation Officer agreed.",
    "Risk Assessment",
    "Sentence Management and planning",
    "The Parole Board directed release.",
    "HM Inspectorate of Probation",
    "the Probation Service and the Prison Service",
    "the Youth Court",
    "a Community Order made under the Criminal Justice Act",
    "Building Better Relationships was started.",
    "The police told the school.",
    "He was taken to hospital.",
    "In the community he did well.",
    "The National Probation Service held it.",
    "Approved Premises were full.",
    "Women's Aid and Refuge gave advice.",
    "He messaged her on Facebook.",
    "Multi-Agency Public Protection Arrangements",
    "She left the house to go to church.",
    "Turkish police gave no reply.",
    "a Catholic school",
    "Monday office appointment",
    "Children's Services were told.",
    "the Mental Health Act",
    "his head office",
    "the Community Mental Health Team",
    "She works in a pub.",
    "level 2 meeting",
    "the Public Protection Unit",
    "Mr Church wrote.",
    "the Home Office",
    "Tesco",
    "the red lion on the shirt",
    "The case for the Crown was opened, and the Crown accepted the plea.",
    "She shops at Tesco in the morning.",
    "The Salvation Army helped him.",
    "Boots in size ten were found.",
    "the Royal Navy and the Royal Mail",
    "It was a bull in a china shop.",
]
"""Texts in which nothing is one organisation rather than another."""


def found(text: str) -> dict[str, str]:
    """What the recognizer finds in a text."""
    return {text[f.start : f.end]: f.subtype for f in OrganisationRecognizer().find(Document(text))}


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_found_with_their_kind(text: str, expected: dict[str, str]) -> None:
    """Each name whole, and of the kind that the words around it say."""
    assert found(text) == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_names_nobody_is_left(text: str) -> None:
    """Kinds alone, national bodies and everyday words are no findings."""
    assert found(text) == {}


def test_every_kind_has_a_label() -> None:
    """What the table of kinds says, the replacements can write."""
    assert {kind for _, names in NAMES for kind in names.values()} <= set(ORGANISATIONS)


def test_a_short_form_says_whose_it_is() -> None:
    """An abbreviation gets the number of the name that it stands for."""
    text = "Greater Manchester Police called. GMP called again."
    found = [(f.subtype, f.canonical) for f in OrganisationRecognizer().find(Document(text))]
    assert found == [("Police force", ""), ("Police force", "Greater Manchester Police")]


def test_a_place_is_not_the_court_that_is_named_after_it() -> None:
    """A town that no list knows: nobody grew up in a Crown Court."""
    text = "He was sentenced at Wyrmbridge Crown Court. He grew up in Wyrmbridge."
    found = [(f.entity, f.subtype) for f in OrganisationRecognizer().find(Document(text))]
    assert found == [(Entity.ORGANISATION, "Court"), (Entity.PLACE, "Town")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("HMP Risley", "Prison"), ("Salford City Council", "Council"), ("Something Else", "Organisation")],
)
def test_a_declared_name_gets_its_kind(name: str, kind: str) -> None:
    """A register gives names alone; the words in them tell the kind."""
    assert kind_of(name) == kind


def test_a_surname_that_is_a_kind_stays_a_person() -> None:
    """A forename before "Church" scores lower than a person does."""
    text = "He wrote to Charlotte Church about it."
    assert all(f.score < 0.7 for f in OrganisationRecognizer().find(Document(text)))


def test_a_long_line_is_read_in_linear_time() -> None:
    """Capitals without end are no trap."""
    text = "Bolton and " * 20_000
    assert list(OrganisationRecognizer().find(Document(text))) == []
