"""Every British form of a date, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given

from redaction.document import Document
from redaction.recognizers.dates.recognizer import DatesRecognizer
from tests.support.recognizing import EVIL, any_text, check_ends_soon, check_marked, check_within, found

RECOGNIZER = DatesRecognizer()


FOUND: tuple[str, ...] = (
    "on {14 March 2018} he",
    "on {14/03/1987}.",
    "{21.07.22}",
    "{14/3/18}",
    "| {14.03.18} | Seen |",
    "{2018-03-14}",
    "{2018-03-14T10:00}",
    "on {14/3} he",
    "On {24.4} he",
    "On {1/2} he",
    "was {w/c 7 Feb} seen",
    "{week commencing 7 May 2018}",
    "in {mid-May} she",
    "{mid-May 2018}",
    "{late June 2018}",
    "by {early March} he",
    "on {the 24th} he",
    "on {the 3rd and 4th} he",
    "to {the 9th} of the month",
    "rebooked {the 21st}.",
    "{the second Tuesday in May}, he",
    "it was {the first Saturday of June} that",
    "case 19 of 24, {6 November} said",
    "on {3, 5 and 9 May} he",
    "on {Tuesday}",
    "on {Tues} and",
    "{Tuesdays} were",
    "{Tuesday 14 March 2018} at 3pm",
    "{Saturday 23 June 2018}",
    "Date: {Mon, 17 August 2020} 17:52",
    "{Thu 29 March 2018} 16:48",
    "{Thu 19/7}, 10.20",
    "to {the end of March}.",
    "in {the summer of 2006} he",
    "since {the spring}, and",
    "{that early summer}",
    "on {Christmas Eve} he",
    "{Boxing Day 2019}",
    "at {Easter 2018}",
    "on {Noswyl Calan} he",
    "on {Nos Galan}",
    "at {Diwali}",
    "during {Ramadan}",
    "at {Hogmanay}",
    "on {New Year's Day}",
    "{Bonfire Night}",
    "at {Hallowe'en}",
    "{the Easter weekend}",
    "{2nd of June}",
    "Interviews {w/c 1/10}. Draft",
    "**{w/c 18th}** seen",
    "{w/c 18.6}. Two calls",
    "{Sat 1/5} | same",
    "| {Sun 29/3}, 21:14",
    "on {Sun 14th} he",
    "in {june twenty twenty two} she",
    "on {thursday the twenty seventh of june} at",
    "since {May nineteen ninety-eight}, and",
    "by {Friday week} if he",
    "before {Newroz}.",
    "GUILTY (JURY) {8NOV24}",
    "DOB {11APR93} ALBANIAN",
    "on {the 1st of October} with",
    "the {14 March} meeting",
    "{Tuesday the fourteenth of March}",
    "{March 14, 2018}",
    "in {March 2018}",
    "{Dec 2020 to Feb 2021}",
    "{3 to 7 May 2018}",
    "{14-16 March}",
    "between {3 and 9 June}",
    "{16 January, 20 March and 8 September 2003}",
    "{30 September/1 October 2002}",
    "between {June and September 2018}",
    "from {November 2017 to February 2018}",
    "{14-Mar-18}",
    "in {May} she",
    "In {May} Ms Court",
    "til {Jan}, no",
    "{February} to them",
    "Tom Wray, {April to August}.",
    "{that Friday} she",
    "{last May} she",
    "his birthday on {3 May}",
    "born in {1987} in Hull",
    "Sighted 14.20 on {14/03/2018} 17:00",
    "{dydd Mawrth 3 Mai 2018}",
    "at the hearing of {30 April}",
    "between {5 May 2006 and 24 October 2008}",
    "({23/07} 1130)",
    "{2.3.21} first appt",
    "Seen.\n{4.5.18} OV attended.",
    "asked for it on {3.ii.15}; a reply came",
    "dated {12/XI/2014} and signed",
    "again {Fri 13}. Both letters",
    "On {Monday} 3 men came",
    "{Wednesday 4} he came",
    "ask her {sat 23} 22.40",
    "{Thursday the twenty-ninth}, ten o'clock",
    "{the sixteenth, a Tuesday}.",
    "{the 16th, a Tuesday}.",
    "arrested on {the twenty-third}.",
    "back {w/c 18th} with her",
    "since {the winter of '19}.",
)

NOT_FOUND: tuple[str, ...] = (
    "Sun 4 times a day",
    "of 1/10 of it",
    "twenty twenty vision",
    "ref 8NOV244 and 8NOVA24",
    "may twenty come",
    "3.6.12 The plan was late.",
    "3.6.17 It began.\n3.6.18 It went on.",
    "in 2018",
    "in the 1990s",
    "for nine weeks",
    "at 9.30am and 11.45",
    "You may go",
    "she may, in 3 cases",
    "May told us",
    '"May, can we discuss this?"',
    "Mr May said",
    "Ms May Court",
    "he will march on",
    "the second time",
    "on the second, he did not",
    "the sixteenth floor",
    "on the fifth, the panel said nothing",
    "On the tenth, he refused",
    "standard 3.ii.04 and rule 5.i.10",
    "on the fourteenth floor",
    "mon 9 of them",
    "ratio 3.v.15.2",
    "the 1st Battalion",
    "a 3rd party",
    "the 14th time",
    "his 3rd appointment",
    "1/2 of them",
    "support was there 24/7",
    "in 2018/19",
    "scored 9/10",
    "The Sun newspaper",
    "he sat down",
    "April Jones said",
    "Mrs June Field",
    "August Smith",
    "PI 03/2018",
    "section 20",
    "Rule 39",
    "Monday.com is",
    "Monday to Friday",
    "Sheffield Wednesday",
    "a Christmas party",
    "12 months",
    "level 2",
    "paragraph 4.12.3",
    "sort code 04-11-28",
    "Summer Price",
    "7.5 hours",
    "RSR 4.31%",
    "ratio 1.5",
    "the 21st century",
)


@pytest.mark.parametrize("marked", FOUND)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Each row's marked spans, and nothing else, are found."""
    check_marked(RECOGNIZER, marked)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_near_misses_alone(text: str) -> None:
    """What only looks alike survives."""
    assert found(RECOGNIZER, text) == []


@given(any_text(" /-.0123456789MarchMyJunetofhsd,|\n"))
def test_never_raises_and_keeps_within_the_text(text: str) -> None:
    """Whatever the text, findings lie within it, in order, and none is empty."""
    check_within(RECOGNIZER, text)


@pytest.mark.parametrize("unit", [*EVIL, "Mon, "])
@pytest.mark.slow
def test_ends_soon_on_evil_lines(unit: str) -> None:
    """A long line of one thing is read in time that grows with its length alone."""
    check_ends_soon(RECOGNIZER, unit)


@pytest.mark.parametrize(
    "text",
    [
        "DOB 02/02/1988",
        "d.o.b. 02/02/88",
        "(born 9 May 1982;",
        "was born on 17 August 1990",
        "date of birth: 2 May 1990",
        "| DOB | 02/02/1988 |",
        "on 3 May, his birthday",
        "was born in Hull on 3 May 1970",
        "born in 1987",
    ],
)
def test_knows_a_date_of_birth(text: str) -> None:
    """Birth dates say so, for they are told otherwise."""
    assert [f.subtype for f in RECOGNIZER.find(Document(text))] == ["birth"]


def test_another_date_is_no_date_of_birth() -> None:
    """A birth mentioned farther off does not make every date one."""
    text = "born 9 May 1982. On 14 March 2018 he was released"
    assert [f.subtype for f in RECOGNIZER.find(Document(text))] == ["birth", ""]
