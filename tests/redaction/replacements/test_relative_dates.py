"""Dates as written become what they mean, and then what a page may say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from redaction import Redactor
from redaction.dates.parsing import When, parse_date
from redaction.dates.resolution import resolve_dates
from redaction.entities import Entity
from redaction.evaluation.told_dates import days_told
from redaction.findings import Finding, Origin, Source
from redaction.policy import DateStyle
from redaction.replacements.prepositions import fix_preposition, preposition
from redaction.replacements.relative_dates import RelativeDates, render_date
from redaction.results import Anchor, Decision

RELEASE = dt.date(2018, 1, 12)


def one(text: str, **known: dt.date | int) -> When:
    """A date by itself."""
    return resolve_dates([text], **known)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("14 March 2018", (2018, 3, 14), None),
        ("Tuesday 14 March 2018", (2018, 3, 14), None),
        ("the 14th of March 2018", (2018, 3, 14), None),
        ("Tuesday the fourteenth of March 2018", (2018, 3, 14), None),
        ("March 14, 2018", (2018, 3, 14), None),
        ("14/03/1987", (1987, 3, 14), None),
        ("21.07.22", (2022, 7, 21), None),
        ("14-Mar-18", (2018, 3, 14), None),
        ("14 March 18", (2018, 3, 14), None),
        ("2018-03-14T10:00", (2018, 3, 14), None),
        ("03/2018", (2018, 3, None), None),
        ("mid-May 2018", (2018, 5, None), None),
        ("the end of March 2018", (2018, 3, None), None),
        ("the first week of June 2018", (2018, 6, None), None),
        ("the second Tuesday in June 2018", (2018, 6, None), None),
        ("3rd Saturday of June 2018", (2018, 6, None), None),
        ("Dec '17", (2017, 12, None), None),
        ("w/c 7 May 2018", (2018, 5, 7), None),
        ("the summer of 2006", (2006, 6, None), None),
        ("Boxing Day 2019", (2019, 12, 26), None),
        ("Easter 2018", (2018, 4, 1), None),
        ("Nos Galan 2017", (2017, 12, 31), None),
        ("Eid 2018", (2018, None, None), None),
        ("31 June 2018", (2018, 6, None), None),
        ("3 to 7 May 2018", (2018, 5, 3), (2018, 5, 7)),
        ("May 3 and 4, 2018", (2018, 5, 3), (2018, 5, 4)),
        ("14/15 March 2018", (2018, 3, 14), (2018, 3, 15)),
        ("30 September/1 October 2002", (2002, 9, 30), (2002, 10, 1)),
        ("24 January and 7 March 2002", (2002, 1, 24), (2002, 3, 7)),
        ("16 January, 20 March and 8 September 2003", (2003, 1, 16), (2003, 9, 8)),
        ("November 2017 to February 2018", (2017, 11, None), (2018, 2, None)),
        ("November to February 2018", (2017, 11, None), (2018, 2, None)),
        ("3 Mai 2018", (2018, 5, 3), None),
        # as transcripts have it
        ("june twenty twenty-two", (2022, 6, None), None),
        ("the seventh of June two thousand and nine", (2009, 6, 7), None),
        ("14 May nineteen ninety eight", (1998, 5, 14), None),
        ("the twenty seventh of june twenty nineteen", (2019, 6, 27), None),
        ("September two thousand", (2000, 9, None), None),
        ("8NOV24", (2024, 11, 8), None),
        ("11APR93", (1993, 4, 11), None),
        # a feast that begins as a part of a month does
        ("early May bank holiday 2018", (2018, 5, 7), None),
        ("the late May bank holiday 2018", (2018, 5, 28), None),
        # a stroke between two dates is no range
        ("19.1.24 / 28.5.24", (2024, 1, 19), (2024, 5, 28)),
    ],
)
def test_reads_a_date_that_says_everything(
    text: str, first: tuple[int, int | None, int | None], last: tuple[int, int | None, int | None] | None
) -> None:
    """A complete expression needs nothing around it."""
    value = one(text)
    assert (value.first.year, value.first.month, value.first.day) == first
    assert (value.last.year, value.last.month, value.last.day) == (last or first)


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (["14 March 2018", "2 April"], (2018, 4, 2)),
        (["3 December 2017", "5 January"], (2018, 1, 5)),
        (["3 January 2018", "30 December"], (2017, 12, 30)),
        (["Monday 5 February 2018", "the 16th"], (2018, 2, 16)),
        (["December 2017", "the 9th"], (2017, 12, 9)),
        (["14 March 2016", "Friday 1 June"], (2018, 6, 1)),
        (["14/03/2018", "28/4"], (2018, 4, 28)),
        (["19/7/16", "the 21st"], (2016, 7, 21)),
        (["14 September 2018", "Boxing Day"], (2018, 12, 26)),
        (["14 March 2018", "Tuesday 10th"], (2018, 4, 10)),
        (["2 April", "14 May 2018"], (2018, 4, 2)),
    ],
)
def test_fills_in_what_is_missing_from_what_stands_around(texts: list[str], day: tuple[int, int, int]) -> None:
    """The nearest complete date before gives year and month; a weekday settles the year; else the next one does."""
    value = resolve_dates(texts)[0 if texts[0] == "2 April" else -1].first
    assert (value.year, value.month, value.day) == day


@pytest.mark.parametrize(
    "texts",
    [
        # a trial long after, or something long before: two years are about as likely
        pytest.param(["14 March 2018", "26 December"], id="nine months on, or three back"),
        pytest.param(["3 January 2018", "30 November"], id="just before, or at the end of the year"),
        # whoever wrote them knew which was meant
        pytest.param(["14 March 2018", "3rd inst."], id="of this month"),
        # of this month, or of the next
        pytest.param(["Monday 26 February 2018", "the 3rd"], id="a day before that of the date before"),
        pytest.param(["14 March 2018", "Tuesday 12th"], id="a weekday that fits three months on"),
        pytest.param(["14 March 2018", "26 September next year"], id="next year"),
        pytest.param(["14 March 2018", "Ramadan last year"], id="last year"),
    ],
)
def test_a_date_that_cannot_be_placed_is_not_told(texts: list[str]) -> None:
    """Nothing false is told, and nothing behind leans on it."""
    values = resolve_dates([*texts, "2 April"])
    assert render_date(values[1], RELEASE) == "[date removed]"
    assert values[2].first.year == 2018


def test_a_heading_vouches_for_what_is_long_before_the_anchor() -> None:
    """Of dates that only stand behind one of that year, a third and more are of a later one."""
    spans, anchor = ["April 2018", "9 May"], dt.date(2019, 2, 14)
    years = [resolve_dates(spans, anchor=anchor, apart=[0, 1], headings=h)[1].first.year for h in ({}, {1: 2018})]
    assert years == [None, 2018]


def test_a_heading_gives_the_year_of_what_follows() -> None:
    """ "CASE NOTES 2018" over rows without a year."""
    text = "Seen on 10 June 2016.\n\nCASE NOTES 2018\n\n24/06 came late.\n\n3 July did not come."
    spans = [(s, Entity.DATE, "") for s in ("10 June 2016", "24/06", "3 July")]
    told = timeline(text, *spans, anchor=Anchor(RELEASE))
    assert told == ["[19 months before release]", "[month 6 on licence]", "[month 6 on licence]"]


def test_what_lies_ahead_dates_nothing() -> None:
    """The end of a licence, or a trial that is listed, is not where the story goes on."""
    text = "Licence to September 2019. Listed for 5 November 2018. He came on 3 May."
    spans = [(s, Entity.DATE, "") for s in ("September 2019", "5 November 2018", "3 May")]
    assert timeline(text, *spans, anchor=Anchor(RELEASE))[2] == "[month 4 on licence]"


def test_after_the_offence_the_year_alone_is_told() -> None:
    """Trial and sentence are public: a month of theirs gives the release away."""
    told = [
        render_date(one(f"9 {month} 2018"), RELEASE, until=dt.date(2018, 6, 1)) for month in ("May", "June", "July")
    ]
    assert told == ["[month 4 on licence]", "[month 5 on licence]", "2018"]


def test_the_anchor_gives_a_year_where_no_date_stands_before() -> None:
    """Where the text has not said a year yet, the case has."""
    assert one("2 April", anchor=RELEASE).first.year == 2018
    assert one("2 April", year=2016).first.year == 2016
    assert one("2 April").first.year is None


def test_a_birth_date_says_nothing_about_the_others() -> None:
    """Dates of birth are set aside."""
    values = resolve_dates(["14 March 1987", "2 April"], anchor=RELEASE, aside={0})
    assert values[1].first.year == 2018


def test_a_weekday_alone_is_placed_only_beside_a_full_date() -> None:
    """Without one nothing can be told of it; "Tuesdays" are no one day."""
    friday = resolve_dates(["14 March 2018", "Friday"], anchor=RELEASE)[1]
    assert render_date(friday, RELEASE) == "[month 3 on licence]"
    assert render_date(one("Friday", anchor=RELEASE), RELEASE) == "[date removed]"
    assert render_date(resolve_dates(["14 March 2018", "Tuesdays"], anchor=RELEASE)[1], RELEASE) == "[date removed]"
    assert render_date(resolve_dates(["14 March 2018", "Friday"])[1]) == "[date removed]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12 January 2018", "[the day of release]"),
        ("13 January 2018", "[1 day after release]"),
        ("15 January 2018", "[3 days after release]"),
        ("26 January 2018", "[14 days after release]"),
        ("27 January 2018", "[month 1 on licence]"),
        ("11 February 2018", "[month 1 on licence]"),
        ("12 February 2018", "[month 2 on licence]"),
        ("5 May 2018", "[month 4 on licence]"),
        ("11 January 2018", "[1 day before release]"),
        ("29 December 2017", "[14 days before release]"),
        ("28 December 2017", "[1 month before release]"),
        ("1 September 2017", "[4 months before release]"),
        ("w/c 8 January 2018", "[1 month before release]"),
        ("w/c 7 May 2018", "[month 4 on licence]"),
        ("January 2018", "[month 1 on licence]"),
        ("April 2018", "[month 3 or 4 on licence]"),
        ("November 2017", "[2 months before release]"),
        ("the summer of 2018", "2018"),
        ("the summer of 2006", "2006"),
        ("14 March 2006", "2006"),
        ("14 March 2022", "2022"),
        ("10 to 14 May 2018", "[month 4 on licence] to [month 5 on licence]"),
        ("between", "[date removed]"),
    ],
)
def test_tells_dates_from_the_release(text: str, told: str) -> None:
    """Days up to a fortnight, then months; history by its year."""
    assert render_date(one(text, anchor=RELEASE), RELEASE) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3 May 2018", "[month 4 after release]"),
        ("May 2018", "[month 4 or 5 after release]"),
        ("15 January 2018", "[3 days after release]"),
        ("December 2017", "[1 month before release]"),
    ],
)
def test_a_licence_that_may_have_ended_is_not_told_to_go_on(text: str, told: str) -> None:
    """Post-sentence supervision begins where a licence ends: days are told as after release."""
    assert render_date(one(text, anchor=RELEASE), RELEASE, may_have_ended=True) == told


def test_a_month_that_begins_with_the_anchor_is_one_month() -> None:
    """Otherwise parts of it lie in two."""
    first = dt.date(2018, 1, 1)
    assert render_date(one("May 2018", anchor=first), first) == "[month 5 on licence]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12 January 2018", "[the day of sentence]"),
        ("15 January 2018", "[3 days after sentence]"),
        ("5 May 2018", "[month 4 of the order]"),
        ("April 2018", "[month 3 or 4 of the order]"),
        ("8 January 2018", "[4 days before sentence]"),
    ],
)
def test_tells_dates_from_the_sentence(text: str, told: str) -> None:
    """An order is counted from its sentence."""
    assert render_date(one(text), RELEASE, "sentence") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("26 January 2018", "[14 days after release]"),
        ("27 January 2018", "[week 3 on licence]"),
        ("5 May 2018", "[week 17 on licence]"),
        ("29 December 2017", "[2 weeks before release]"),
        ("1 September 2017", "[4 months before release]"),
        ("w/c 8 January 2018", "[week 1 on licence]"),
        ("w/c 7 May 2018", "[week 17 on licence]"),
        ("3 to 7 May 2018", "[week 16 on licence] to [week 17 on licence]"),
    ],
)
def test_weeks_are_told_where_policy_says_so(text: str, told: str) -> None:
    """`dates: weeks`: for those who weigh the order of events higher than the day of release."""
    assert render_date(one(text, anchor=RELEASE), RELEASE, dates="weeks") == told


@pytest.mark.parametrize(
    ("text", "told", "months"),
    [
        ("14 March 2018", "2018", "March 2018"),
        ("March 2018", "2018", "March 2018"),
        ("November 2017 to February 2018", "2017 to 2018", "November 2017 to February 2018"),
        ("between 3 and 9 June 2018", "2018", "June 2018"),
        ("Eid 2018", "2018", "2018"),
        ("2 April", "[date removed]", "[date removed]"),
    ],
)
def test_without_an_anchor_the_year_is_told(text: str, told: str, months: str) -> None:
    """The year alone, or the month where policy says so."""
    assert render_date(one(text)) == told
    assert render_date(one(text), dates="month") == months


def test_a_birth_date_is_never_told() -> None:
    """Not even its year."""
    assert render_date(one("14 March 1987"), RELEASE, birth=True) == "[date of birth removed]"


@pytest.mark.parametrize(
    ("before", "told", "written"),
    [
        ("on", "2018", "in"),
        ("On", "2018", "In"),
        ("at", "2018", "in"),
        ("over", "2017", "in"),
        ("in", "2018", "in"),
        ("since", "2018", "since"),
        ("by", "2018", "by"),
        ("between", "2018", "in"),
        ("between", "2017 and 2018", "between"),
        ("on", "[3 days after release]", ""),
        ("on", "[week 16 on licence]", "in"),
        ("on", "[the day of release]", "on"),
        ("in", "[2 months before release]", ""),
        ("from", "[3 days after release]", "from"),
        ("on", "[date removed]", "on"),
        ("on", "March 2018", "in"),
    ],
)
def test_the_preposition_follows_what_is_told(before: str, told: str, written: str) -> None:
    """A sentence stays a sentence."""
    assert preposition(before, told) == written


def test_mends_the_preposition_in_place() -> None:
    """As much of the text before is taken in as must change."""
    assert fix_preposition("He came on ", "2018") == (3, "in 2018")
    assert fix_preposition("He came on ", "[3 days after release]") == (3, "[3 days after release]")
    assert fix_preposition("He came in ", "2018") is None
    assert fix_preposition("seen ", "2018") is None
    assert fix_preposition("On the evening of ", "[month 11 on licence]") == (
        18,
        "One evening in [month 11 on licence]",
    )
    assert fix_preposition("on the night of ", "[3 days after release]") is None
    assert fix_preposition("not on the morning of ", "2018") is None
    assert fix_preposition("on the night of ", "2018 to 2019") is None


def timeline(text: str, *spans: tuple[str, Entity, str], anchor: Anchor | None = None) -> list[str]:
    """What a timeline tells of spans that stand in the text."""
    findings = [
        Finding(text.index(s), text.index(s) + len(s), entity, 0.9, Source(Origin.DATE), kind)
        for s, entity, kind in spans
    ]
    told = RelativeDates(text, findings, anchor)
    return [told.render(finding) for finding in findings]


def test_a_timeline_tells_a_review_in_order() -> None:
    """Dates lean on each other; births, ages and quantities are told in their own ways."""
    told = timeline(
        "Born on 14 March 1987, he was 31. He got six years. Released on 12 January 2018, he came on the 16th. "
        "That Friday he did not.",
        ("14 March 1987", Entity.DATE, "birth"),
        ("31", Entity.AGE, ""),
        ("six years", Entity.QUANTITY, "length"),
        ("12 January 2018", Entity.DATE, ""),
        ("the 16th", Entity.DATE, ""),
        ("That Friday", Entity.DATE, ""),
        anchor=Anchor(RELEASE),
    )
    assert told == [
        "[date of birth removed]",
        "[aged 25 to 34]",
        "[4 to 10 years]",
        "[the day of release]",
        "[4 days after release]",
        "In [month 1 on licence]",
    ]


DAYS = st.dates(dt.date(2008, 1, 1), dt.date(2030, 12, 31))
NEAR = st.dates(dt.date(2016, 2, 1), dt.date(2020, 12, 31))
"""Days near enough to the release to be told from it."""
STYLES = st.sampled_from(["relative", "weeks"])


@given(NEAR, NEAR, STYLES)
def test_a_later_day_is_never_told_earlier(one_day: dt.date, other: dt.date, style: DateStyle) -> None:
    """The order of events survives: what is told of the later never both begins and ends before what is told of the earlier.

    A year alone may hold a month that is told, so the two are not compared.
    """
    assume(one_day != other)
    early, late = sorted((one_day, other))
    told = [render_date(one(day.strftime("%d/%m/%Y")), RELEASE, dates=style) for day in (early, late)]
    assume(not any(words.isdigit() for words in told) and told[0] != told[1])
    first, second = (days_told(words, RELEASE) for words in told)
    assert first
    assert second
    assert first[0] <= second[0] or first[1] <= second[1]


@given(DAYS, STYLES)
def test_what_is_told_is_true(day: dt.date, style: DateStyle) -> None:
    """The day lies within what its label says to a reader."""
    told = days_told(render_date(one(day.strftime("%-d %B %Y")), RELEASE, dates=style), RELEASE)
    assert told
    assert told[0] <= day <= told[1]


@given(st.lists(st.text(max_size=40) | st.text(alphabet="0123456789/-. MarchMyEastrto", max_size=30), max_size=6))
def test_never_raises(texts: list[str]) -> None:
    """Whatever was found as a date, something is told of it, and the same every time."""
    for anchor in (None, RELEASE):
        told = [render_date(value, anchor) for value in resolve_dates(texts, anchor=anchor, year=2018)]
        assert all(told)
        assert told == [render_date(value, anchor) for value in resolve_dates(texts, anchor=anchor, year=2018)]


def test_parsing_guesses_nothing() -> None:
    """A date by itself keeps its gaps."""
    assert parse_date("2 April").first.year is None
    assert parse_date("the 9th").first.month is None


# --- what is told in a whole review

SENTENCED = Anchor(dt.date(2019, 2, 14), "sentence", until=dt.date(2019, 9, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # a paragraph about what was long before, or about the trial, does not date the next one
        ("Convicted on 4 November 2014.\n\nIn mid-June he moved.", "Convicted in 2014.\n\nIn [month 4 or 5 of the order] he moved."),
        ("Tried on 9 March 2020.\n\nHe moved in mid-June.", "Tried in 2020.\n\nHe moved in [month 4 or 5 of the order]."),
        # nothing without a year lies after the notification, and rather within supervision than before it
        ("On 8 July 2019 she wrote: away since Jan.", "In [month 5 of the order] she wrote: away since [1 month before sentence]."),
        ("On 30 November 2018 he was seen. He came on 16/8.", "[2 months before sentence] he was seen. He came in [month 7 of the order]."),
        # what would be of another year, and outside supervision, is not told, unless it lies right beside a day or its weekday tells
        ("On 9 October 2019 he was seen. See my 20 January handover.", "In 2019 he was seen. See my [date removed] handover."),
        ("On 9 October 2019 he was seen, and from 27 April nobody came.", "In 2019 he was seen, and from [date removed] nobody came."),
        ("On 30 November 2018 he was seen. He came on 4 January.", "[2 months before sentence] he was seen. He came [1 month before sentence]."),
        ("On 30 November 2018 he was seen. He came on Friday 16 August.", "[2 months before sentence] he was seen. He came in [month 7 of the order]."),
        ("On 9 May 2019 he was seen. He came on 27 August.", "In [month 3 of the order] he was seen. He came in [month 7 of the order]."),
        ("Told in November 2019 of it. She said so on 28 January.", "Told in 2019 of it. She said so on [date removed]."),
        # next Friday is the writer's, where the next goes on from what is told; a month with two figures is a day or a year
        ("On 8 July 2019 he wrote: done by next Friday.", "In [month 5 of the order] he wrote: done by [date removed]."),
        ("Seen on 8 July 2019. Passed crown court feb 13, licence signed.", "Seen in [month 5 of the order]. Passed crown court [date removed], licence signed."),
        ("Seen on 8 July 2019. To be back by Friday week if he can.", "Seen in [month 5 of the order]. To be back by [date removed] if he can."),
        ("It closed for the early May bank holiday 2019.", "It closed for [month 3 of the order]."),
        ("Left and back: 9.5.19 / 14.6.19.", "Left and back: [month 3 of the order] and [month 5 of the order]."),
        # a month that may be before the anchor as well as after it is no month
        ("Sentenced on 14 February 2019. Telephone only since March.", "Sentenced on [the day of sentence]. Telephone only since [date removed]."),
        # what is looked back to leaves the next date where the text is
        ("On 8 July 2019: away since Jan. Opened on the 10th.", "In [month 5 of the order]: away since [1 month before sentence]. Opened in [month 5 of the order]."),
        # a day without its month is of the month told before it, in the same passage, or in the next entry of a log
        ("Seen on 3 July 2019, then on the 9th and the 23rd.", "Seen in [month 5 of the order], then in [month 5 of the order] and [month 6 of the order]."),
        ("Seen on 3 July 2019.\n\n**9th** Rang.", "Seen in [month 5 of the order].\n\n**[month 5 of the order]** Rang."),
        # any other may be of the month before or after
        ("Seen on 26 July 2019. He was due on the 15th.", "Seen in [month 6 of the order]. He was due on [date removed]."),
        ("Seen on 3 July 2019. My email of the 20th was unread.", "Seen in [month 5 of the order]. My email of [date removed] was unread."),
        ("Seen on 3 July 2019.\n\nThen she moved, on the 20th.", "Seen in [month 5 of the order].\n\nThen she moved, on [date removed]."),
        ("The court sat on the sixteenth, a Tuesday.", "The court sat on [date removed]."),
        ("He was released. On Monday the 9th he reported. On the 12th he did not.", "He was released. On [date removed] he reported. On [date removed] he did not."),
        ("On 9 July 2019 he came. The previous month, on the 20th, he had called.", "In [month 5 of the order] he came. The previous month, on [date removed], he had called."),
        ("He came on 2 July 2019, as he had on the 25th.", "He came in [month 5 of the order], as he had on [date removed]."),
        # behind what was long before, a date without a year is of then or of now
        ("Convicted on 22 July 2013. Seen on 8 April.", "Convicted in 2013. Seen on [date removed]."),
        # behind what came after, it is of then
        ("Seen from 9 October to 24 November 2019. His sister was seen on 17 October.", "Seen from 2019. His sister was seen in 2019."),
        # a season is too long to date what follows
        ("By the winter he owed rent. He came on the 28th of February.", "By [date removed] he owed rent. He came [14 days after sentence]."),
        # a weekday behind its date belongs to it; one that could be any is no day
        ("On 13 April 2019, a Saturday, he came.", "In [month 2 of the order], he came."),
        ("On 13 April 2019 he came. He is out on a Monday.", "In [month 2 of the order] he came. He is out on a Monday."),
        # a year fits where a preposition leads to it
        ("It was Ramadan just past.", "It was [date removed] just past."),
        # a date of birth is one wherever it is told again
        ("Born 11.02.85.\n\nFASHOLA, Olumide 11/02/1985", "Born [date of birth removed].\n\n[Person 1] [date of birth removed]"),
        ("Same DOB to the day (3 January 1990).", "Same DOB to the day ([date of birth removed])."),
        # a feast or a season has its year from its own sentence or a heading, and not from a date somewhere before
        ("Seen on 3 June 2019. Rang twice. Next visit before Christmas.", "Seen in [month 4 of the order]. Rang twice. Next visit before [date removed]."),
        ("Seen on 3 June 2019, then not before Christmas.", "Seen in [month 4 of the order], then not before 2019."),
        # what would lie long before the anchor is as likely of a later year, unless a heading says so
        ("Closed in April 2018.\n\n- Visit 9 May: warm.", "Closed [10 months before sentence].\n\n- Visit [date removed]: warm."),
        # a birthday and a day glanced at vouch for nothing, and a heading for no more than its own section
        ("On 3 June 2019 he came. Late. Absent. His son was born on 5 May 2011. Before Christmas he moved.", "In [month 4 of the order] he came. Late. Absent. His son was born on [date of birth removed]. Before [date removed] he moved."),
        ("On 3 June 2019 he came. Late. Absent. Closed before 5 May 2011. Before Christmas he moved.", "In [month 4 of the order] he came. Late. Absent. Closed before 2011. Before [date removed] he moved."),
        ("## 2019\n\nSeen before Christmas.\n\n## Findings\n\nLate before Easter.", "## 2019\n\nSeen before 2019.\n\n## Findings\n\nLate before [date removed]."),
        # a weekday goes on from the date of its sentence or the one before, and not from one further off
        ("Seen on 3 July 2019. On the Friday he rang.", "Seen in [month 5 of the order]. In [month 5 of the order] he rang."),
        ("Seen on 3 July 2019. Late. She rang. On the Friday he rang.", "Seen in [month 5 of the order]. Late. She rang. On [date removed] he rang."),
        # a month that would lie well back, or a day of another passage, is told where it was told before, or behind "since"
        ("Seen on 3 August 2019. In May he rang.", "Seen in [month 6 of the order]. In [date removed] he rang."),
        ("Seen on 3 May 2019.\n\nSeen on 3 August 2019. In May he rang.", "Seen in [month 3 of the order].\n\nSeen in [month 6 of the order]. In [month 3 or 4 of the order] he rang."),
        ("Seen on 3 August 2019. Here since May.", "Seen in [month 6 of the order]. Here since [month 3 or 4 of the order]."),
        ("Seen on 3 August 2019.\n\nThe visit of 12 May was short.", "Seen in [month 6 of the order].\n\nThe visit of [date removed] was short."),
        ("Visit 12 May 2019.\n\nSeen on 3 August 2019.\n\nThe visit of 12 May was short.", "Visit [month 3 of the order].\n\nSeen in [month 6 of the order].\n\nThe visit of [month 3 of the order] was short."),
        # the first entry of a log goes on from nothing
        ("Seen on 3 August 2019.\n\n12/5 Seen. Well.\n19/5 Seen.", "Seen in [month 6 of the order].\n\n[month 3 of the order] Seen. Well.\n[month 4 of the order] Seen."),
        # "the 9th" goes on from a day that is told, and down a log
        ("Seen on 3 July 2019. Rang. She came. Rang on the 9th.", "Seen in [month 5 of the order]. Rang. She came. Rang in [month 5 of the order]."),
        ("Seen on 3 July 2019. Late. Absent. It was Father's Day. Rang on the 9th.", "Seen in [month 5 of the order]. Late. Absent. It was [date removed]. Rang on [date removed]."),
        ("Seen on 3 July 2019 and on the 9th.", "Seen in [month 5 of the order] and in [month 5 of the order]."),
    ],
)  # fmt: skip
def test_a_review_is_told_in_its_order(redactor: Redactor, text: str, told: str) -> None:
    """From the anchor to the notification, whatever was long before."""
    assert redactor.redact([text], anchor=SENTENCED).texts[0] == told


def test_a_part_that_a_person_added_leaves_the_date_whole(redactor: Redactor) -> None:
    """ "August" in the decisions does not cut "2 August" in two."""
    decisions = [Decision("add", "August", Entity.DATE)]
    told = redactor.redact(
        ["He came on 2 August 2019. Until that August nobody knew."], anchor=SENTENCED, decisions=decisions
    )
    assert told.texts[0] == "He came in [month 6 of the order]. Until [month 6 or 7 of the order] nobody knew."


@pytest.mark.parametrize(
    ("words", "day"), [("eighth", 8), ("twenty-eighth", 28), ("thirtieth", 30), ("thirty-first", 31)]
)
def test_ordinals_in_words_are_days(words: str, day: int) -> None:
    """Each word is the day that it says."""
    assert parse_date(f"the {words} of May 2018").first.day == day
