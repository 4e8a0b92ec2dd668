"""What a birth cue says of its sentence, its list, its row and its column, and of no other date."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction import Redactor
from redaction.document import Document
from redaction.recognizers.dates.recognizer import DatesRecognizer
from redaction.text.normalise import normalise

RECOGNIZER = DatesRecognizer()

CUES = [
    "d.o.b. {3/4/1987}",
    "D.O.B: {3/4/87}",
    "D O B {3 May 1987}",
    "D/O/B: {3 May 1987}",
    "DOBs: {14.3.87 and 3.4.90}",
    "DoB:{14.3.87}",
    "DOB={14.3.87}",
    "DOB {14031987}",
    "DOB {14 03 1987}",
    "Date-of-birth: {14 March 1987}",
    "**Date of birth:** {14 March 1987}",
    "birthdate {1987-03-14}",
    "Year of birth: {1987}",
    "birth year {1987}",
    "born '{87}",
    "(b.{1993}) and (b. {1990}) and (b1987)",
    "Wayne Doyle, b. {1987}, and",
    "b. {1987}",
    "His birthday is {14 March}.",
    "his 18th birthday on {24 May 2018}",
    "On {3 May 2018}, his birthday, he rang.",
    "Their daughter was born {that year}.",
    "Ava was born in {the same year} and Noah {two years later}.",
    "She gave birth on {4 May 2012}.",
    "the birth of his son in {2012}",
    "FASHOLA, Olumide {11/02/1985}",
]

SENTENCES = [
    "Her children were born on {4 May 2012}, {17 June 2014 and 2 August 2016}.",
    "They were born in {2012}, {2014} and {2016} respectively.",
    "Her sons (born {2009} and {2011}) live with her.",
    "DOB {03/04/1987}; partner {05/06/1989}",
    "Ava was born in {2012}, Noah in {2014} and Lily in {2016}.",
    "He was born on {14 March 1987} and his brother Wayne on {3 May 1990}.",
    "Ava (DOB {4 May 2012}), Noah ({17 June 2014}) and Summer ({2 August 2016})",
    "Ava (born {2012}, aged 6) and [Child B] ({2014})",
    "The children's dates of birth are as follows: Ava {4 May 2012}; Noah {17 June 2014}; Lily {2 August 2016}.",
    "born {4 May 2012} (Ava), {17 June 2014} (Noah) & {2 August 2016} (Poppy)",
    "Her date of birth is recorded as {3 May 1990} on Delius and {5 May 1990} on OASys.",
    "His birth date stands in official papers as {1 January 1994}, a date assigned by an official",
    "born in Cork in {1971}, or possibly {1972}",
    "born on\n{4 May 2012} and\n{17 June 2014}",
    "She was born prematurely at home in Hull, on {4 May 2012}.",
    "born in a village, in the Mirpur district of Azad Kashmir, on {2 January 1961}, which",
    "born while he was in custody in {2012}",
    "In {2012} Ava was born.",
    "On {4 May 2012} their first child, Ava, was born in Leeds, and in 2014 he moved to Hull.",
    "- {May 2012} – Ava born\n- {June 2014} – Noah born\n- July 2018 – released",
    "| {14 March 1987} | Born in Leeds |\n| 3 May 2018 | Released |",
]

OTHER_EVENTS = [
    "He was born in {1987} and was sentenced in 2019.",
    "born in Leeds, he moved to London in 2004",
    "Born in Leeds, in 2004 he moved to London",
    "He was born in {1987} and in 2005 he was convicted",
    "Born in {1987}, in 2005 Mr Whitlock was convicted.",
    "Born {1987}; 2005 theft; 2009 burglary",
    "born on {4 May 2012}, in care since 2014",
    "The children, born in {2009} and {2011}, were removed in 2013.",
    "Mr A, born {1987}, was convicted in 2019; Mr B, born {1990}, in 2020.",
    "DOB {14/03/1987} CRN X412398 Sentence 12/01/2018",
    "DOB {14/03/1987} (aged 31 in 2018)",
    "His DOB is {14 March 1987} and his release date was 12 January 2018.",
    "(born {14 March 1987}, died 3 May 2018)",
    "He moved to Hull in 1993; his daughter was born {that year}.",
    "He was convicted in 2012 and Ava was born in Hull.",
    "In 2018 Ava, born in Leeds, was seen.",
    "In {1993} his sister was born and in 1995 his father left.",
    "born before he was sentenced in 2012",
    "born and brought up in Leeds until 2004",
    "The date of birth was not known; he was released on 3 May 2018.",
    "The officer asked for his date of birth and on 3 May 2018 wrote.",
    "He gave his date of birth when stopped on 3 May 2018.",
    "His date of birth had been checked before he was known as Mr Doyle on 3 May 2018.",
    "The birth mother was seen on 3 May 2018.",
    "his birthday in 2018",
    "his first-born child, a newborn in 2014, and a born-again Christian in 2015",
    "a. 2017 audit\nb. 2018 audit",
    "his brother, born in the 1990s",
]

LISTS = [
    "Dates of birth:\n\n- Child A: {4 May 2012}\n- Child B: {17 June 2014}\n- Child C: not known\n- D: {2016}\n\nOn 3 May 2018 he",
    "Dates of birth\n* Ava, {4 May 2012}, lives with Jean\n* Noah, {17 June 2014}\n\nSeen on 3 May 2018.",
    "The children and their dates of birth:\n\n* Ava, {4 May 2012}\n\n* Noah, {2016}\n\nThe review began on 3 May 2018.",
    "The children were born on:\n\n1. {4 May 2012}\n2. {17 June 2014}",
    "## Dates of birth\n\n1. {4 May 2012} (Ava)\n2. {17 June 2014}\n\n## Chronology\n\n- 3 May 2018: visit",
    "DOB:\nAva {4 May 2012}\nNoah {17 June 2014}\nSentenced 3 May 2018",
    "- Ava Lister – DOB {21/02/2006}\n- Noah Lister – {13/03/2009}\n- Released 3 May 2018",
    "> Born:\n> - Ava: {2012}\n> - Noah: {2014}",
    "Dates of birth\n\n| Ava | {2012} |\n|---|---|\n| Noah | {2014} |",
    "- DOB: {03/04/1987}\n- Sentence: 3 May 2018\n- 4 May 2018: visit",
    "Born: {1987}\nSentenced: 2019",
    "We confirmed dates of birth:\n\n- 3 May 2018: visited",
    "We were unable to find the date of birth\n\n- Mr Doyle, 3 May 2018",
]

TABLES = [
    "| Name | Relation | Date of birth |\n|---|---|---|\n| Ava | daughter | {21/02/2006} |\n| Noah | son | {13/03/2009} |",
    "| Who | **DOB** | Date of death | Sentenced |\n|:--|:-:|--:|---|\n| A | {2006} | 3 May 2018 | 2019 |\n"
    "| B \\| C | | 4 May 2018 | 2019 |\n| D | {5 May 2010} | | |\n\nIn 2018 he",
    "| Son | D.O.B. | Date of contact |\n| :-- | --: | - |\n| A | {4/5/12} | 3/5/18 |\n| B | n/k | |\n| C | {2 Aug 2016} | 2018 |",
    "| **Birth date** | Seen |\n|---|---|\n| {4 May 2012} (disputed: {2013}) | 3 May 2018 |\n| | 4 May 2018 |\n| {2016} | |",
    "> | Name | Year of birth |\n> |---|---|\n> | A | {2012} |\n> | B | {2014} |",
    "Name | Born\n---|---\nAva | {2006}\nNoah | {2008}\n\n2018",
    "| Name | DOB |\n| Ava | {2006} |\n| Noah | {2008} |",
    "| Field | Value |\n|---|---|\n| Date of birth | {14 March 1987} |\n| Born in | Leeds |\n| Released | 3 May 2018 |",
    "| | Child 1 | Child 2 |\n|---|---|---|\n| Date of birth | {4 May 2012} | {17 June 2014} |\n| Placed | 2015 | 2016 |",
    "| Born | {4 May 2012} | not known | {17 June 2014} |\n|---|---|---|---|\n| Seen | 3 May 2018 | 4 May 2018 | 2019 |",
    "| DOB | {02/02/1988} | Release | 12/01/2018 |\n| Sentence | 2017 |",
    "| Name | Notes | Seen |\n|---|---|---|\n| A | DOB {21/02/2006} | 3/5/18 |",
    "Name\tDOB\tSeen\nAva Doyle\t{21/02/2006}\t03/05/2018\nNoah Doyle\t{13/03/2009}\t04/05/2018",
    "Name\tDate\tDOB\nAva Doyle\t03/05/2018\t{21/02/2006}\nNoah Doyle\t04/05/2018\t{13/03/2009}",
    "Name         Seen        DOB\nAva Doyle    03/05/2018  {21/02/2006}\nNoah Doyle   04/05/2018  {13/03/2009}",
]


@pytest.mark.parametrize("marked", [*CUES, *SENTENCES, *OTHER_EVENTS, *LISTS, *TABLES])
def test_dates_of_birth_are_those_marked(marked: str) -> None:
    """As it is written and as it is read, with the emphasis and the wrapped lines gone; a range of dates may be one."""
    wanted = _figures(" ".join(part.split("}")[0] for part in marked.split("{")[1:]))
    plain = marked.replace("{", "").replace("}", "")
    for text in (plain, normalise(plain).text):
        born = [text[f.start : f.end] for f in RECOGNIZER.find(Document(text)) if f.subtype == "birth"]
        assert _figures(" ".join(born)) == wanted


def _figures(text: str) -> list[str]:
    """The words of dates, without those that join them."""
    return [word for word in re.findall(r"\w+", text) if word not in {"and", "or", "the"}]


NOTATIONS = [
    "%d/%m/%Y",
    "%-d.%-m.%y",
    "%-d %B %Y",
    "%B %-d %Y",
    "%Y-%m-%d",
    "%-d %b '%y",
    "%d%m%Y",
    "%Y",
    "%B %Y",
    "%d-%b-%Y",
    "%d %m %Y",
]
LEADS = [
    "The children were born on {}. ",
    "DOB {}. ",
    "Dates of birth: {}\n\n",
    "Her sons (born {}) were seen. ",
    "| Date of birth | {} |\n|---|---|\n",
    "Dates of birth:\n\n- {}\n\n",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lead=st.sampled_from(LEADS),
    days=st.lists(st.dates(dt.date(1951, 1, 1), dt.date(2024, 12, 31)), min_size=1, max_size=5),
    notation=st.sampled_from(NOTATIONS),
    comma=st.sampled_from([", ", "; ", " and ", " & ", " (Ava), "]),
    last=st.sampled_from([" and ", ", and ", " & ", "; ", " (Noah) and "]),
)
@pytest.mark.slow
def test_no_year_of_a_list_of_births_is_left(
    redactor: Redactor, lead: str, days: list[dt.date], notation: str, comma: str, last: str
) -> None:
    """However many there are and however they are written; redacting twice changes nothing."""
    written = [day.strftime(notation) for day in days]
    listed = last.join(filter(None, [comma.join(written[:-1]), written[-1]]))
    told = redactor.redact([lead.format(listed) + "He came."]).texts[0]
    assert not re.search(r"\d", re.sub(r"\[[^]]*\]", "", told))
    assert redactor.redact([told]).texts[0] == told


@pytest.mark.parametrize(
    "unit",
    [
        "born ",
        "DOB 2012, ",
        "born in 2012 and ",
        "| DOB ",
        "- DOB 2012\n",
        "DOB\n",
        "DOB:\n- a\n",
        "| DOB |\n",
        "DOB\t",
    ],
)
@pytest.mark.slow
def test_ends_soon_on_cues_without_end(unit: str) -> None:
    """A long text of cues is read in time that grows with its length alone."""
    text = unit * (100_000 // len(unit))
    began = time.perf_counter()
    list(RECOGNIZER.find(Document(text)))
    assert time.perf_counter() - began < 20
