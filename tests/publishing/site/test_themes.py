"""The page of a theme and its pack: our own words, lessons, good practice and questions; what is not there or does not fit is said."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.catalogue.good_practice import practice_points
from publishing.catalogue.themes import theme_words
from publishing.reviews import Block, Lesson, RedactedReview, Section, Withdrawal
from publishing.site import pages
from publishing.vocabulary import terms

Make = Callable[..., RedactedReview]


def page_at(folder: Path, address: str) -> str:
    """The Markdown of an address."""
    return (folder / address / "index.md").read_text(encoding="utf-8")


def part(markdown: str, heading: str) -> str:
    """What stands under a heading."""
    return markdown.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def practice(*blocks: str) -> tuple[Section, ...]:
    """A summary, and a section of good practice whose paragraphs are numbered from 2."""
    return (
        Section(key="summary", blocks=(Block(text="Short.", number=1),)),
        Section(
            key="good-practice", blocks=tuple(Block(text=text, number=n) for n, text in enumerate(blocks, start=2))
        ),
    )


def test_every_theme_has_its_words() -> None:
    """An introduction of a paragraph, four to six questions, and themes that are near it."""
    assert theme_words().keys() == terms("themes").keys()
    for key, words in theme_words().items():
        assert words.about.endswith(".")
        assert 250 <= len(words.introduction) <= 500
        assert 4 <= len(words.questions) == len(set(words.questions)) <= 6
        assert all(question.endswith("?") and len(question) <= 120 for question in words.questions)
        assert 2 <= len(words.near) <= 4
        assert set(words.near) <= terms("themes").keys() - {key}
    asked = [question for words in theme_words().values() for question in words.questions]
    assert len(asked) == len(set(asked))


def test_a_theme_has_what_a_team_needs(make_review: Make, tmp_path: Path, today: dt.date) -> None:
    """In order, the newest review first; near themes only where they have a page."""
    older = make_review(sections=practice("[Manager 1] asked twice about what had been planned."))
    newer = make_review(
        "2025-002",
        publish_on=dt.date(2025, 9, 1),
        themes=("recall", "enforcement"),
        sections=practice("- She wrote it down on the same day.\n- He rang on each day of the week."),
    )
    pages.write_pages([older, newer], [], tmp_path, today)
    markdown = page_at(tmp_path, "themes/recall")
    assert re.findall(r"^## (.*)$", markdown, re.MULTILINE) == [
        "Lessons", "Good practice", "Questions for discussion", "Reviews", "Read on",
    ]  # fmt: skip
    assert theme_words()["recall"].introduction in markdown
    assert re.findall(r"of review (2025-\d+)\]", part(markdown, "Lessons")) == ["2025-002", "2025-001"]
    good = part(markdown, "Good practice")
    assert "- She wrote it down on the same day. [Paragraph 2](../../reviews/2025-002/index.md#p2)\n" in good
    assert good.index("She wrote it down") < good.index("He rang on") < good.index("\\[Manager 1\\] asked twice")
    assert part(markdown, "Questions for discussion").count("\n1. ") == len(theme_words()["recall"].questions)
    near = part(markdown, "Read on").splitlines()[1]
    assert near == "- Themes that are near: [enforcement](../../themes/enforcement/index.md)"
    assert "../../data/feeds/themes/recall.xml" in part(markdown, "Read on")


def test_good_practice_tells_of_staff_alone(make_review: Make) -> None:
    """What has the label of a victim, a child, a witness, somebody unknown or the person on probation stays on the review's page."""
    sections = practice(
        "I commend in particular:",
        "1. 9.1 [Police officer 4] looked at the file again.\n2. [Professional 1] spoke at length with [Victim 1].\n3. [Witness 2] opened the door before anybody asked.",
        "### By others who did more than their work asked.", "[Person on probation] came to every appointment that was kept.",
        "[Person 3] rang within the hour. [Child 1] hid.", "[Professional 1] told the [family] what had been found.",
        "[Professional 1] rang the [person] twice on that day.", "[Professional 1] saw the [child] without being asked.",
        "The *removal* of each condition once it was earned.[^1]", "[^1]: In May, as was said at the hearing then.", "| a | b |\n| --- | --- |\n| c | d |",
    )  # fmt: skip
    found = practice_points([make_review(sections=sections)])
    assert [(point.text, point.number) for point in found] == [
        ("[Police officer 4] looked at the file again.", 3),
        ("The removal of each condition once it was earned.", 10),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "He told the family the truth about what he found.",
        "He asked that the Son leave the room before she began.",
        "He read the letter to the victim’s mother before it went.",
        "There was swift disclosure to a new partner within a day.",
        "She kept in touch after what was said of the earlier assault.",
        "He recorded his opinion that Iris was minimising what went on.",
        "Iris was seen by herself at every one of the visits.",
        "She wrote to Kwabena in words that he could follow.",
    ],
)
def test_words_and_names_keep_a_point_on_the_page_of_its_review(make_review: Make, words: str) -> None:
    """A relative, a partner, harm, or what may be a name that a family chose: no label need stand beside it."""
    assert practice_points([make_review(sections=practice(words))]) == ()


@pytest.mark.parametrize(
    "words",
    [
        "unannounced evening visits within a week of the release;",
        "the quality of the records that the hostel kept; and",
        "The pre-sentence report.",
        "[Senior probation officer 1]'s candour.",
        "It was asked more than once, and with good reason",
        "[Professional 1] stopped my interview before she would begin.",
        "We commend the care with which the notes were kept.",
    ],
)
def test_fragments_and_the_first_person_keep_a_point_on_the_page_of_its_review(make_review: Make, words: str) -> None:
    """By itself on a sheet it would tell nothing, or nobody would know who "I" is."""
    assert practice_points([make_review(sections=practice(words))]) == ()


@pytest.mark.parametrize(
    "words",
    [
        "The Parole Board's panel described relapse so well that anybody could have known it.",
        "[Police officer 2] rang. The importance of the call should not be lost.",
        "She wrote “I was mistaken in this” in the log that same day.",
        "[Victim liaison officer 1] passed on what she had heard in MAPPA.",
        "EMS staff used ViSOR and OASys on the day of release.",
    ],
)
def test_whole_sentences_about_work_are_shown(make_review: Make, words: str) -> None:
    """Bodies and systems that many know are no names; what is quoted may be in the first person."""
    assert [point.text for point in practice_points([make_review(sections=practice(words))])] == [words]


def test_what_is_not_there_is_said_in_plain_words(make_review: Make, tmp_path: Path, today: dt.date) -> None:
    """A theme without a lesson, one without a review, and neither with good practice: on the page and in the pack."""
    lesson = Lesson(id=1, text="Ask.", themes=("stalking",), level="local")
    pages.write_pages([make_review(themes=("mappa",), lessons=(lesson,))], [], tmp_path, today)
    for address in ("themes/mappa", "themes/mappa/pack"):
        assert (
            part(page_at(tmp_path, address), "Lessons")
            .strip()
            .startswith("No review has taught a lesson about it yet.")
        )
    for address in ("themes/mappa", "themes/stalking", "themes/mappa/pack", "themes/stalking/pack"):
        assert "There is no good practice to show here yet." in part(page_at(tmp_path, address), "Good practice")
    alone = page_at(tmp_path, "themes/stalking")
    assert "No review has it as a main theme; 1 lesson from 1 review teaches about it." in alone
    assert "## Reviews" not in alone
    assert "(#reviews)" not in alone


def test_a_long_list_begins_with_the_words_and_goes_on_without_them(
    make_review: Make, tmp_path: Path, today: dt.date
) -> None:
    """Fifty entries a page; good practice of ten reviews at most, and of how many more is said."""
    many = tuple(Lesson(id=n, text=f"Ask {n}.", level="local") for n in range(1, 6))
    reviews = [
        make_review(
            f"2025-{n:03}", lessons=many, themes=("recall",), sections=practice(f"- Point {n} of what was well done.")
        )
        for n in range(1, 13)
    ]
    pages.write_pages(reviews, [], tmp_path, today)
    first, second = page_at(tmp_path, "themes/recall"), page_at(tmp_path, "themes/recall/page-2")
    assert len(re.findall(r"^- ", part(first, "Lessons"), re.MULTILINE)) == 50
    assert len(re.findall(r"^- ", second, re.MULTILINE)) == 22
    assert "More lessons, and the reviews, are on the [next page](page-2/index.md)." in first
    good = part(first, "Good practice")
    assert re.findall(r"^- Point (\d+)", good, re.MULTILINE) == [str(n) for n in range(12, 2, -1)]
    assert "2 more reviews with this main theme commend good practice" in good
    assert re.findall(r"^## (.*)$", second, re.MULTILINE) == ["Lessons", "Reviews"]
    assert theme_words()["recall"].introduction not in second
    assert "More reviews are" not in first + second


def test_a_list_whose_reviews_go_on_says_so(make_review: Make, tmp_path: Path, today: dt.date) -> None:
    """And not that its lessons do."""
    reviews = [make_review(f"2025-{n:03}", lessons=(), themes=("recall",)) for n in range(1, 103)]
    pages.write_pages(reviews, [], tmp_path, today)
    first = page_at(tmp_path, "themes/recall")
    assert "More reviews are on the [next page](page-2/index.md) and those after it." in part(first, "Reviews")
    assert "More lessons" not in first


def test_a_pack_says_what_did_not_fit_and_where_it_is(make_review: Make, tmp_path: Path, today: dt.date) -> None:
    """The latest that fit, none cut short; a lesson too long for any sheet is passed over and counted."""
    long = Lesson(id=1, text="Ask again. " * 400, level="local")
    many = tuple(Lesson(id=n, text=f"Ask {n}.", level="local") for n in range(2, 40))
    points = practice(
        "\n".join(f"- Point {n}, which is long enough to take a line of its own on the sheet." for n in range(90))
    )
    pages.write_pages([make_review(lessons=(long, *many), themes=("recall",), sections=points)], [], tmp_path, today)
    pack = page_at(tmp_path, "themes/recall/pack")
    shown = re.findall(r"^- Ask (\d+)\.", pack, re.MULTILINE)
    assert shown == [str(n) for n in range(2, 2 + len(shown))]
    assert f"{39 - len(shown)} more lessons did not fit on this sheet" in pack
    told = re.findall(r"^- Point (\d+)", pack, re.MULTILINE)
    assert 10 < len(told) < 90
    assert f"{90 - len(told)} more points did not fit on this sheet" in pack
    assert pack.count('<a href="../">/themes/recall/</a>') == 2


def test_a_pack_says_where_it_is_from_on_each_sheet_and_tells_no_story(
    make_review: Make, tmp_path: Path, today: dt.date
) -> None:
    """Address, day, and that it is redacted and risk-assessed; no section of a review but good practice, and no offence."""
    pages.write_pages(
        [make_review(sections=(*make_review().sections, *practice("He looked at the file before each meeting.")[1:]))],
        [],
        tmp_path,
        today,
    )
    pack = page_at(tmp_path, "themes/recall/pack")
    sheets = pack.split('<div class="sheet" markdown>')[1:]
    assert len(sheets) == 2
    for sheet in sheets:
        assert "As published on 3&nbsp;November&nbsp;2025. Redacted and risk-assessed." in sheet
        assert '<span class="address">/themes/recall/pack/</span>' in sheet
    for told in ("murder", "fatal violence", "had asked for", "missed his first appointment", "Nobody asked"):
        assert told not in pack


def test_a_learning_sheet_says_where_it_is_from(make_review: Make, tmp_path: Path, today: dt.date) -> None:
    """Its address, and the version of the review."""
    pages.write_pages([make_review()], [], tmp_path, today)
    sheet = page_at(tmp_path, "reviews/2025-001/learning")
    assert "Learning from review 2025-001, version of 3&nbsp;February&nbsp;2025. Redacted and risk-assessed." in sheet
    assert '<span class="address">/reviews/2025-001/learning/</span>' in sheet


@pytest.mark.parametrize("address", ["themes/firearms", "themes/firearms/pack"])
def test_what_a_withdrawal_empties_says_so(make_review: Make, tmp_path: Path, today: dt.date, address: str) -> None:
    """A pack that somebody has the address of, as the page."""
    gone = Withdrawal(public_id="2025-002", on=today, reason="legal")
    pages.write_pages([make_review(), make_review("2025-002", themes=("firearms",))], [gone], tmp_path, today)
    assert "Nothing that is published now stands here." in page_at(tmp_path, address)
