"""Where a name ends among the words beside it, and that whoever is named so is one person throughout."""

import pytest

from redaction import Redactor

# text, what is told
BESIDE = [
    # a word in capitals, or small shorthand, behind a name
    ("Halszka Malinowska rang. Halszka NOT to be told.", "[Person 1] rang. [Person 1] NOT to be told."),
    ("Osvaldo Pires rang. Osvaldo wd not have seen it.", "[Person 1] rang. [Person 1] wd not have seen it."),
    # what somebody does, where everything is in capitals
    ("Halszka Malinowska rang.\n\nHALSZKA TOOK THE PHONE AND LEFT.", "[Person 1] rang.\n\n[Person 1] TOOK THE PHONE AND LEFT."),
    ("Kadian Tulloch rang.\n\nSAID KADIAN OWES HIM MONEY.", "[Person 1] rang.\n\nSAID [Person 1] OWES HIM MONEY."),
    # who wrote an entry, by initials, and whom it is about
    ("Staff: Tobias Arkell (TA), Sarah Nayler (SN).\n\n11.04.16 SN Wendy Hayward rang back. Ms Hayward was calm.\n\n12.04.16 TA Hayward rang.",
     "Staff: [Person 1], [Person 2].\n\n{} [Person 2] [Person 3] rang back. [Person 3] was calm.\n\n{} [Person 1] [Person 3] rang."),
    # a surname behind a particle is one, whatever else the word means
    ("A neighbour, Nuno dos Reis, rang. Mr dos Reis was calm.", "A neighbour, [Witness 1], rang. [Witness 1] was calm."),
    ("A short row of an address is no part of the next:\n\nKind regards,\nHalszka\nIDVA, Larkmead office, and so on",
     "A short row of an address is no part of the next:\n\nKind regards,\n[Person 1]\nIDVA, "),
    # what is found late, when the text is read again, belongs to who was met already
    ("I spoke to Mr Penry's sister, June Constant. June describes a quiet house, constant and in good order.",
     "I spoke to {}'s sister, [Family member 1]. [Family member 1] describes a quiet house, constant and in good order."),
    # in notes in small letters a known name that is a word too is one where the tagger and what follows say so
    ("handover\n\n1410hrs 9/4 call from penny saddler re rent arrears\n\n1500hrs 9/4 upw penny rang duty",
     "handover\n\n{} call from [Person 1] re rent arrears\n\n{} upw [Person 1] rang duty"),
    # a title begins a name of its own
    ("Femi Adeyemi rang. Tell Mr Adeyemi so.", "[Person 1] rang. Tell [Person 1] so."),
    # a weekday or month of a date beside a name
    ("Neil Lorimer rang. We will see Lorimer Friday 10am, as agreed.", "[Person 1] rang. We will see [Person 1] {} 10am, as agreed."),
    ("Ian Dockray rang. HE WAS NOTIFIED 2 JULY, IAN HAS ASKED.", "[Person 1] rang. HE WAS NOTIFIED {}, [Person 1] HAS ASKED."),
    # letters behind a name are no part of it
    ("Author: Dr Hanneke Bakker MRCPsych, a service.", "Author: [Professional 1] MRCPsych, a service."),
    # an address behind a name is a contact of its own
    ("Gaynor Twigg rang. Emailed Gaynor g.twigg@example.net today.", "[Person 1] rang. Emailed [Person 1] [contact removed] today."),
    # near-miss: two titles of one name
    ("Mr and Mrs Adeyemi rang. Mrs Adeyemi left.", "[family] rang. [Person 1] left."),
    # what somebody does parts two names in capitals
    ("Jubed Laskar rang Tahmina Khanom.\n\nTAHMINA SAYS JUBED DRIVING AGAIN.", "[Person 1] rang [Person 2].\n\n[Person 2] SAYS [Person 1] DRIVING AGAIN."),
    # what was done to whoever has a surname that is known, where everything is in capitals
    ("ABSHIR FARAH WAS STOPPED. FARAH ARRESTED AT 1610. FARAH SEEN LATER.", "[Person 1] WAS STOPPED. [Person 1] ARRESTED AT {}. [Person 1] SEEN LATER."),
    # initials in a row are several people's, a name of two letters is one
    ("Staff on: HB GC.\n\nHana Boateng came. Gavin Cole left. HB said so.",
     "Staff on: [Person 1] [Person 2].\n\n[Person 1] came. [Person 2] left. [Person 1] said so."),
    ("SHAW ASSAULTED LUNN.", "[Person 1] ASSAULTED [Person 2]."),
    # a zone's code and a paragraph's end
    ("ZONE CODE Z1 Osvaldo on foot. Osvaldo Pires was told.", "ZONE CODE Z1 [Person 1] on foot. [Person 1] was told."),
    ("Thank you, Mr Diolch,\n\nMeirion\n\nMeirion Pugh, probation officer", "Thank you, [Person 1],\n\n[Person 2]\n\n[Person 2], "),
    # near-misses: surnames that are words, or in capitals; initials before a surname
    ("Graham Tilling rang. Mr Tilling left.", "[Person 1] rang. [Person 1] left."),
    ("Halszka MALINOWSKA rang. Halszka left.", "[Person 1] rang. [Person 1] left."),
    ("JM Pritchard rang. Mr Pritchard left.", "[Person 1] rang. [Person 1] left."),
    ("Luan do Carmo rang. Mr do Carmo left.", "[Person 1] rang. [Person 1] left."),
    ("Omar Said rang. Mr Said left.", "[Person 1] rang. [Person 1] left."),
    # in small letters a forename may be a word: the whole name goes
    ("visit to the sister of lei tsang, very upset, wants no letters", "visit to the sister of [Person 1], very upset, wants no letters"),
    # a word written like the forename before it is a surname, however much logs write it beside names
    ("I met Paul Still at the office.", "I met [Person 1] at the office."),
    ("I met Darren Report at the office.", "I met [Person 1] at the office."),
    ("Charles Dear and Alan First rang.", "[Person 1] and [Person 2] rang."),
    ("I met Paul\nStill at the office where he had been all that day.", "I met [Person 1] at the office where he had been all that day."),
    ("He lives at 14\nTennyson Road, a quiet street where he had been all that day.", "He lives at [address removed], a quiet street"),
    # and one in capitals may be one, if anybody is called so
    ("I met George MALE at the office.", "I met [Person 1] at the office."),
    ("Kim SAW rang. KIM SAW RANG THE OFFICE.", "[Person 1] rang. [Person 1] RANG THE OFFICE."),
    ("I met Amartya SEN and Lena PACE at the office.", "I met [Person 1] and [Person 2] at the office."),
    ("I met Halszka ROSH at the office.", "I met [Person 1] ROSH at the office."),
]  # fmt: skip


@pytest.mark.parametrize("text,told", BESIDE)
def test_a_name_ends_where_other_words_begin(redactor: Redactor, text: str, told: str) -> None:
    """One label a person, and no word beside a name goes with it ({}: whatever a date or office is told as)."""
    redacted = redactor.redact([text]).texts[0]
    rest = redacted
    for piece in told.split("{}"):
        _, found, rest = rest.partition(piece)
        assert found, redacted
