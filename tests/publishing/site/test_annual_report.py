"""The annual report: every number in its sentences computed afresh from the open data, by code that shares nothing with it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import accumulate
from math import comb
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.checking import load_signed_text
from publishing.reviews import Lesson, RedactedReview, Update, Withdrawal
from publishing.site import pages
from tests.publishing.site.test_trends import TODAY, VOCABULARY, corpus, is_empty
from tests.support.paths import ROOT
from tests.support.redacted_reviews import with_same_lessons

AGENCIES: dict[str, list[str]] = yaml.safe_load((ROOT / "publishing/owners.yml").read_text(encoding="utf-8"))[
    "agencies"
]
Record = dict[str, Any]
Name = tuple[str, int]
"""A review's reference and the number of one of its lessons."""

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
N = rf"(?i:[\d,]+|none|{'|'.join(WORDS)})"
"""A number, in figures or in words."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def number(text: str) -> int:
    """What a number in figures or words is."""
    plain = text.replace(",", "").casefold()
    return int(plain) if plain.isdigit() else {**{w: n for n, w in enumerate(WORDS)}, "none": 0}[plain]


def years(record: Record) -> tuple[int, int]:
    """The years that the offence may be of."""
    told = str(record["facts"]["offence_year"]).split("-")
    return int(told[0]), int(told[-1])


def label(words: str, key: str) -> str:
    """A term as a sentence has it."""
    title: str = VOCABULARY[words][key]["title"]
    return title if title.split()[0].isupper() and len(title.split()[0]) > 1 else title[0].lower() + title[1:]


def in_a_sentence(owner: str) -> str:
    """An owner as a sentence has it."""
    return "nobody who is named" if owner == "No owner named" else owner


class State:
    """What has become of a lesson by a day, as its record tells it."""

    def __init__(self, record: Record, lesson: Record, today: dt.date) -> None:
        self.name: Name = (record["public_id"], lesson["id"])
        self.due, self.published, self.owner = lesson["due"], record["publish_on"], lesson["owner"]
        told = sorted(lesson["updates"], key=lambda update: update["date"])
        self.answers = [update for update in told if update["status"] != "no-response"]
        self.status = self.answers[-1]["status"] if self.answers else "no-response"
        self.closed = self.status in ("implemented", "rejected") or lesson["response"] == "not-accepted"
        late = not self.closed and self.due is not None and self.due < f"{today:%Y-%m}"
        asked = late and (self.due >= self.published[:7] or any(a["date"][:7] > self.due for a in self.answers))
        self.overdue, self.unknown = late and asked, late and not asked
        self.unanswered = not self.answers and lesson["response"] is None
        last = dt.date.fromisoformat(self.answers[-1]["date"] if self.answers else self.published)
        a_year_on = dt.date(last.year + 1, last.month, min(last.day, 28) if last.month == 2 else last.day)
        self.silent = not self.closed and a_year_on <= today


class Report:
    """One year's report: its text, and the records of which it tells."""

    def __init__(self, markdown: Path, year: int, today: dt.date, groups: Iterable[frozenset[Name]]) -> None:
        every = [json.loads(path.read_text(encoding="utf-8")) for path in (markdown / "data/reviews").glob("*.json")]
        self.year, self.today = year, today
        self.known = {r["public_id"]: r for r in every if int(r["publish_on"][:4]) <= year}
        self.now = [r for r in self.known.values() if int(r["publish_on"][:4]) == year]
        earlier = {int(r["publish_on"][:4]) for r in self.known.values()} - {year}
        self.before_year = max(earlier, default=0)
        self.before = [r for r in self.known.values() if int(r["publish_on"][:4]) == self.before_year]
        self.lessons = [(r, lesson) for r in self.now for lesson in r["lessons"]]
        self.states = [State(r, lesson, today) for r in self.known.values() for lesson in r["lessons"]]
        self.own = [state for state in self.states if int(state.published[:4]) == year]
        standing = (frozenset(name for name in group if name[0] in self.known) for group in groups)
        self.groups = [g for g in standing if len({name[0] for name in g}) > 1]
        told = json.loads((markdown / "data/recommendations.json").read_text(encoding="utf-8"))["recommendations"]
        self.owners = {(row["review"], row["lesson"]): in_a_sentence(row["owner_group"]) for row in told}
        self.progress = {(row["review"], row["lesson"]): row["progress"] for row in told}
        self.text = prose(markdown / f"trends/{year}/index.md")

    def lesson(self, name: Name) -> Record:
        """The record of a lesson."""
        return next(lesson for lesson in self.known[name[0]]["lessons"] if lesson["id"] == name[1])

    def take(self, pattern: str, most: int | None = 1) -> list[tuple[str, ...]]:
        """What a sentence says; it is taken out of the text, so that what is left over was checked by nobody."""
        found = [match.groups(default="") for match in re.finditer(pattern, self.text)]
        assert most is None or len(found) <= most, pattern
        self.text = re.sub(pattern, " ", self.text)
        return found

    def count(self, field: str, value: object, records: list[Record] | None = None) -> int:
        """Reviews of the year, or others, with a fact."""
        return len([r for r in (self.now if records is None else records) if r["facts"][field] == value])


def prose(path: Path) -> str:
    """The sentences of a page up to how it is read: no tables, drawings, headings and contents; quotations taken out."""
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[1].split("\n## How to read")[0]
    text = re.sub(r"<nav.*?</nav>|<svg.*?</svg>|<q>.*?</q>", "", text, flags=re.S)
    text = re.sub(r"(?m)^(?:\||#|- \[).*$|<[^>]*>", "", text)
    return re.sub(r"(\[[^\]]*\])\([^)]*\)", r"\1", text.replace("&nbsp;", " ").replace("\\", ""))


def check(report: Report) -> None:
    """Recompute every sentence, and see that none is left with a number in it."""
    for part in (
        check_published,
        check_repeated,
        check_again,
        check_done,
        check_due,
        check_reported,
        check_who,
        check_judged,
        check_changes,
        check_unknown,
    ):
        part(report)
    for year, before in report.take(
        r"what was published in (\d+) and stands today\.(?: Where there is a second column, it is for (\d+))?"
    ):
        assert (int(year), int(before or 0)) == (report.year, report.before_year)
    left = re.sub(r"^1\. .*$|for one place|\bone in which\b|whether one was given", "", report.text, flags=re.M)
    assert re.findall(rf".*(?:\d|\b(?:{'|'.join(WORDS[1:])})\b).*", left, re.I) == []


def check_published(r: Report) -> None:
    """What was published."""
    ((reviews, year, lessons),) = r.take(
        rf"({N}) reviews? (?:was|were) published in (\d+)(?: up to \d+ \w+ \d+)?, with ({N}) lessons?\."
    )
    assert (number(reviews), int(year), number(lessons)) == (len(r.now), r.year, len(r.lessons))
    ((first, last, long),) = r.take(
        r"(?:They look back on offences|It looks back on an offence) of (\d+)(?:(?: to |-)(\d+))?"
        r"(: each was published two years or more after the year of the offence)?\."
    )
    assert not long or all(int(record["publish_on"][:4]) - years(record)[1] >= 2 for record in r.now)
    ends = [year for record in r.now for year in years(record)]
    assert (int(first), int(last or first)) == (min(ends), max(ends))


def check_repeated(r: Report) -> None:
    """What keeps going wrong."""
    of_year = [group for group in r.groups if any(r.known[name[0]] in r.now for name in group)]
    days = [[r.known[name[0]]["publish_on"] for name in group] for group in of_year]
    again = sum(int(day[:4]) == r.year and any(other < day for other in group) for group in days for day in group)
    said = r.take(rf"({N}) of ({N}) lessons?(?: \((\d+)%\))? of {r.year} (?:is|are) not new")
    assert [(number(a), number(b)) for a, b, _ in said] == ([(again, len(r.lessons))] if again else [])
    assert len(r.take(rf"No lesson of {r.year} is found in a review published before its own\.")) == (not again)
    told = defaultdict(list)
    for years_told in r.take(rf"Taught by ({N}) reviews, of offences (?:from (\d+) to (\d+)|of (\d+)):", None):
        told["groups"].append(years_told)
    expected = sorted(
        (len({name[0] for name in g}), min(years(r.known[n[0]])[0] for n in g), max(years(r.known[n[0]])[1] for n in g))
        for g in of_year
    )
    shown = sorted((number(n), int(a or c), int(b or c)) for n, a, b, c in told["groups"])
    assert len(shown) == min(len(expected), 5)
    assert not Counter(shown) - Counter(expected)
    assert sorted(n for n, _, _ in shown) == sorted(n for n, _, _ in expected)[-5:]
    themes = Counter(
        theme for record in r.now for theme in {t for lesson in record["lessons"] for t in lesson["themes"]}
    )
    several = {theme: n for theme, n in themes.items() if n > 1}
    said = r.take(rf"({N}) themes? (?:is|are) the subject of lessons from two reviews or more\.")
    assert [number(n) for (n,) in said] == ([len(several)] if several else [])
    r.take(r"No theme is the subject of lessons from more than one review\.")
    for named, n in r.take(rf"Lessons on ([^.]+?) come from ({N}) reviews?(?: each)?\."):
        leading = {label("themes", theme) for theme, count in several.items() if count == max(several.values())}
        assert number(n) == max(several.values())
        each = re.match(rf"each of ({N}) themes", named)
        assert number(each[1]) == len(leading) if each else all(theme in named for theme in leading)


def check_again(r: Report) -> None:
    """Taught again after being called implemented, by the years of the offences."""
    of_year = [group for group in r.groups if any(r.known[name[0]] in r.now for name in group)]
    expected = {}
    for group in r.groups:
        for name in group:
            days = [u["date"] for u in r.lesson(name)["updates"] if u["status"] == "implemented"]
            later = {o for o in group if days and o[0] != name[0] and years(r.known[o[0]])[0] > int(min(days)[:4])}
            if later and any(r.known[n[0]] in r.now for n in (name, *later)):
                expected[name] = (min(days), later)
    said = r.take(
        rf"({N}) lessons? that (?:was|were) called implemented (?:was|were) taught again by reviews of later offences\."
    )
    assert [number(n) for (n,) in said] == ([len(expected)] if expected else [])
    none = r.take(rf"Of the reviews published up to the end of {r.year}: no lesson of {r.year} that was called[^.]*\.")
    assert len(none) == (not expected)
    shown = r.take(
        r"\[Lesson (\d+) of review ([\d-]+)\], after an offence of ([\d-]+)(?:, for [^:]+)?: called implemented in (\w+) (\d+)\.",
        None,
    )
    assert len(shown) == min(len(expected), 5)
    for lesson, review, offence, month, year in shown:
        day, _ = expected[review, int(lesson)]
        assert (MONTHS.index(month) + 1, int(year)) == (int(day[5:7]), int(day[:4]))
        assert offence == str(r.known[review]["facts"]["offence_year"])
    between = [number(n) for (n,) in r.take(rf"Between the first and the others: ({N}) more\.", None)]
    lengths = [len(group) for group in of_year] + [len(later) for _, later in expected.values()]
    assert not Counter(between) - Counter(n - 6 for n in lengths if n > 6)
    for year, lesson, review, progress in r.take(
        r"(?m)^- ([\d-]+): \[Lesson (\d+) of review ([\d-]+)\]\.(?: ([^.\n]+)\.| *)$", None
    ):
        assert year == str(r.known[review]["facts"]["offence_year"])
        assert progress in ("", r.progress[review, int(lesson)])
    more = [number(n) for (n,) in r.take(rf"(?m)^And ({N}) more\.$", None)]
    assert more == [n - 5 for n in (len(of_year), len(expected)) if n > 5]


def check_done(r: Report) -> None:
    """What was promised and what was done: how many of the year's lessons are done, overdue, unanswered, without news."""
    own = r.own
    done = [s for s in own if s.status == "implemented"]
    ((n, of, _, partly, overdue, unknown, mute),) = r.take(
        rf"({N}) of ({N}) lessons?(?: \((\d+)%\))? ha(?:s|ve) been implemented(?:, and ({N}) in part)?; (?:({N}) (?:is|are) overdue)"
        rf"(?:; of ({N}) more that (?:was|were) due before publication the outcome is not known)?\. (?:({N}) ha(?:s|ve) had no answer|Each has had an answer)\."
    ) or [("0", "0", "", "", "none", "", "")]
    if len(own) > 1:
        assert (number(n), number(of)) == (len(done), len(own))
        assert number(partly or "0") == len([s for s in own if s.status == "partly-implemented"])
        assert number(overdue) == len([s for s in own if s.overdue])
        assert number(unknown or "0") == len([s for s in own if s.unknown])
        assert number(mute or "0") == len([s for s in own if s.unanswered])
    r.take(r"There is one lesson\.|It has (?:not )?been implemented\.", None)
    still = [s for s in own if not s.closed]
    found = r.take(
        rf"({N}) lessons? of {r.year} (?:is|are) open, and (?:(has|all of them have)|(?:has not|none of them has)|({N}) of them ha(?:s|ve))"
        r" been without news for 12 months or more\."
    )
    assert [number(n) for n, _, _ in found] == ([len(still)] if still else [])
    for n, every, some in found:
        assert (number(n) if every else number(some or "0")) == len([s for s in still if s.silent])


def check_due(r: Report) -> None:
    """What was promised for the year; and how many of its own lessons have no date."""
    own = r.own
    due = [s for s in r.states if s.due and s.due.startswith(str(r.year))]
    said = r.take(
        rf"({N}) lessons? of the reviews published up to the end of {r.year} (?:was|were) due in that year: ([^.]+)\."
    )
    assert [number(n) for n, _ in said] == ([len(due)] if due else [])
    for _, counts in said:
        told = {words: int(n) for words, n in re.findall(r"(?:, | and )?([a-z ]+?) \((\d+)\)", counts)}
        assert told.pop("implemented") == len([s for s in due if s.status == "implemented"])
        assert told.pop("overdue", 0) == len([s for s in due if s.overdue])
        assert told.pop("outcome not known", 0) == len([s for s in due if s.unknown])
        ahead = [s for s in due if not s.closed and s.due >= f"{r.today:%Y-%m}"]
        assert told.pop("not yet due", 0) == len(ahead)
        assert told.pop("turned down", 0) == len([s for s in due if s.closed and s.status != "implemented"])
        assert told == {}
    none = r.take(rf"No lesson of the reviews published up to the end of {r.year} was due in that year\.")
    assert len(none) == (not due)
    undated = len([s for s in own if s.due is None])
    found = r.take(rf"({N}) of ({N}) lessons?(?: \((\d+)%\))? ha(?:s|ve) no date by which to be done\.")
    assert [(number(a), number(b)) for a, b, _ in found] == ([(undated, len(own))] if undated else [])


def check_reported(r: Report) -> None:
    """What was reported in the year, of its own lessons and of older ones."""
    newest = [[a for a in s.answers if a["date"].startswith(str(r.year))] for s in r.states]
    counts = Counter(told[-1]["status"] for told in newest if told)
    said = r.take(
        rf"In {r.year} something was reported of ({N}) lessons? of the reviews published up to the end of that year: ([^.]+)\."
    )
    assert [number(n) for n, _ in said] == ([counts.total()] if counts else [])
    for _, told in said:
        assert told == sentence_of(
            {label("lesson_statuses", key): counts[key] for key in VOCABULARY["lesson_statuses"] if counts[key]}
        )
    none = r.take(
        rf"In {r.year} nothing was reported of any lesson of the reviews published up to the end of that year\."
    )
    assert len(none) == (not counts)


def sentence_of(counts: Mapping[str, int]) -> str:
    """Counts as a sentence lists them."""
    told = [f"{words} ({n})" for words, n in counts.items()]
    link = ", and " if any(" and " in words for words in counts) and told[1:] else " and "
    return link.join([", ".join(told[:-1]), told[-1]]) if told[1:] else told[0]


def check_who(r: Report) -> None:
    """Who must act now, and whom the lessons are for."""
    late, mute = [s for s in r.states if s.overdue], [s for s in r.states if s.unanswered]
    found = r.take(
        rf"Of the lessons of the reviews published up to the end of {r.year}, ({N}) (?:is|are) overdue and"
        rf" (?:({N}) ha(?:s|ve) had no answer|each has had an answer)\."
    )
    waiting = {s.name: s for s in (*late, *mute)}
    assert [(number(a), number(b or "none")) for a, b in found] == ([(len(late), len(mute))] if waiting else [])
    assert bool(r.take(rf"No lesson of the reviews published up to the end of {r.year} is overdue")) == (not waiting)
    by_owner = Counter(r.owners[s.name] for s in waiting.values())
    for (told,) in r.take(r"Those with most to do: ((?:[^.;]+ \(\d+\);? ?)+)\."):
        shown = re.findall(r"([^.;]+?) \((\d+)\)", told)
        assert [int(n) for _, n in shown] == sorted(by_owner.values(), reverse=True)[: len(shown)]
        assert all(by_owner[owner.strip("; ")] == int(n) for owner, n in shown)
    for (n,) in r.take(rf"Here are the ({N}) that have waited longest\."):
        assert number(n) == 20 < len(waiting)
    by_agency: Counter[str] = Counter()
    for state in r.own:
        words = re.sub(r"[’]", "'", state.owner or "").casefold()
        by_agency.update(
            key
            for key, told in AGENCIES.items()
            if any(re.search(rf"\b{re.escape(w.casefold())}\b", words) for w in told)
        )
    said = r.take(rf"By their owners, the lessons of {r.year} are for ([^.]+); a lesson may be for several\.")
    expected = {label("agencies", key): by_agency[key] for key in VOCABULARY["agencies"] if by_agency[key]}
    assert [told for (told,) in said] == ([sentence_of(expected)] if expected else [])
    own = defaultdict(list)
    for state in r.own:
        own[r.owners[state.name]].append(state)
    for (told,) in r.take(r"Those with most lessons: ((?:[^.;]+\);? ?)+)\."):
        for owner, *numbers in re.findall(r"([^.;]+?), (\d+) lessons? \((\d+) implemented, (\d+) overdue\)", told):
            states = own[owner.strip("; ")]
            assert [int(n) for n in numbers] == [
                len(states), len([s for s in states if s.status == "implemented"]), len([s for s in states if s.overdue])
            ]  # fmt: skip


def check_judged(r: Report) -> None:
    """Agencies, judgements, ratings and times."""
    counts = Counter(agency for record in r.now for agency in set(record["facts"]["agencies"]) - {"not-given"})
    most = max(counts.values())
    named = [label("agencies", key) for key in counts if counts[key] == most]
    for agencies, a, b, every in r.take(
        rf"(?m)^(.+?) (?:is|are) named (?:most often, in ({N}) of ({N}) reviews(?: each)?(?: \(\d+%\))?|in (both|all {N}) reviews)\."
    ):
        assert (
            (number(a), number(b)) == (most, len(r.now))
            if a
            else most == len(r.now) == (2 if every == "both" else number(every[4:]))
        )
        words = re.match(rf"({N}) agencies", agencies)
        assert number(words[1]) == len(named) if words else all(name.casefold() in unquoted(agencies) for name in named)
    r.take(r"No agency stands in more than one review\.")
    ((n, told),) = r.take(rf"Of ({N}) reviews?: ([^.]+)\.")
    assert number(n) == len(r.now)
    judged = {
        label("reasonable_steps", key): r.count("reasonable_steps", key) for key in VOCABULARY["reasonable_steps"]
    }
    assert told == sentence_of({words: n for words, n in judged.items() if n})
    rated = Counter(record["facts"]["quality_rating"] for record in r.now if record["facts"]["quality_rating"])
    found = r.take(
        rf"The inspectorate’s rating is known of ({N}) of ({N}) reviews?(?: \(\d+%\))? of {r.year}: ([^.]+)\."
    )
    assert [(number(a), number(b)) for a, b, _ in found] == ([(rated.total(), len(r.now))] if rated else [])
    for *_, told in found:
        assert told == sentence_of(
            {label("quality_ratings", k): rated[k] for k in VOCABULARY["quality_ratings"] if rated[k]}
        )
    r.take(rf"The inspectorate’s rating is known of no review of {r.year}\.")
    waits = waited(r.now)
    found = r.take(
        rf"(?:({N}) reviews? tells? the year of the offence exactly: )?(?:It was|They were|it was|they were) published"
        rf"( in the year of the offence)?(?: or up to ({N}) years? after it|(?: from ({N}) to)? ({N}) years? after the year of the offence)?"
        rf"(?:; half of them (?:within ({N}) years? of it|(in that year)))?\."
    )
    assert len(found) == bool(waits)
    for told, at_once, up_to, first, last, middle, soon in found:
        longest = number(up_to or last or "no")
        assert (0 if at_once else number(first) if first else longest, longest) == (waits[0], waits[-1])
        assert number(told) == len(waits) < len(r.now) if told else len(waits) == len(r.now)
        assert bool(middle or soon) == (waits[0] != waits[-1])
        assert not (middle or soon) or number(middle or "no") == waits[(len(waits) - 1) // 2]
    took = {label("durations", key): len([x for x in r.now if x["took"] == key]) for key in VOCABULARY["durations"]}
    found = r.take(r"From the notification of the offence to the completion of the review it took ([^.]+)\.")
    told_took = {words: n for words, n in took.items() if n}
    assert [told for (told,) in found] == ([sentence_of(told_took)] if told_took else [])


def unquoted(text: str) -> str:
    """Words in small letters, with plain apostrophes."""
    return text.casefold().replace("’", "'").replace("&#39;", "'")


def waited(records: Iterable[Record]) -> list[int]:
    """Years to publication where the year of the offence is told, in order."""
    return sorted(int(x["publish_on"][:4]) - years(x)[0] for x in records if years(x)[0] == years(x)[1])


def check_changes(r: Report) -> None:
    """The year beside the one before."""
    if not r.before:
        assert r.take(
            rf"No review of an earlier year stands published here, so there is nothing to compare {r.year} with\."
        )
        return
    now, then, before = len(r.now), len(r.before), r.before_year
    ((a, b, c, d),) = r.take(
        rf"In {r.year} there were ({N}) reviews? with ({N}) lessons?; in {before}, ({N}) reviews? with ({N}) lessons?\."
    )
    assert [number(x) for x in (a, b, c, d)] == [now, len(r.lessons), then, sum(len(x["lessons"]) for x in r.before)]
    part = rf"({N}) of ({N}) reviews?(?: \(\d+%\))?"
    ((a, b, c, d),) = r.take(rf"Reasonable steps were not taken in {part}; in {before}, in {part}\.")
    steps = "reasonable_steps", "not-taken"
    assert [number(x) for x in (a, b, c, d)] == [r.count(*steps), now, r.count(*steps, r.before), then]
    part = rf"({N}) of ({N})(?: \(\d+%\))?"
    for told in r.take(rf"Of the reviews with a known rating, {part} were good or outstanding; in {before}, {part}\."):
        expected = []
        for records in (r.now, r.before):
            rated = [x["facts"]["quality_rating"] for x in records if x["facts"]["quality_rating"]]
            expected += [len([x for x in rated if x in ("good", "outstanding")]), len(rated)]
        assert [number(n) for n in told] == expected
    waits = waited(r.now), waited(r.before)
    for told in r.take(
        r"Of the reviews that tell the year of the offence exactly, half were published"
        rf" (?:within ({N}) years? of it|in that year); in {before}, half of them (?:within ({N}) years? of it|in that year)\."
    ):
        assert [number(n or "no") for n in told] == [w[(len(w) - 1) // 2] for w in waits]
        assert min(map(len, waits)) >= 5
    for theme, a, b, c, d in r.take(rf"([a-zA-Z -]+) \(from ({N}) of ({N}) reviews to ({N}) of ({N})\)", None):
        key = next(key for key in VOCABULARY["themes"] if theme.endswith(label("themes", key)))
        counts = [len([x for x in records if key in x["facts"]["themes"]]) for records in (r.before, r.now)]
        assert [number(x) for x in (a, b, c, d)] == [counts[0], then, counts[1], now]
    r.take(
        rf"({N} themes (?:rose|fell)|Themes? that (?:rose|fell)|The theme that (?:rose|fell)|[Tt]oo few reviews|Every theme)[^.]*?{before}[^.:]*[.:]",
        None,
    )
    r.take(r"With so few reviews, one or two more or fewer make such a difference\.")
    check_certainty(r, now, then)


def check_certainty(r: Report, now: int, then: int) -> None:
    """Whether a share changed by more than chance would bring: all ways of drawing are counted."""
    found = r.take(rf"({N}) shares? of ({N}) and of ({N}) reviews were compared[,.]([^.]*)\.")
    assert bool(found) == (min(now, then) >= 5)
    for shares, a, b, rest in found:
        assert (number(a), number(b)) == (now, then)
        themes = {theme for record in (*r.now, *r.before) for theme in record["facts"]["themes"]}
        assert number(shares) == len(themes) + 4
        counts = [
            [sum(theme in x["facts"]["themes"] for x in records) for records in (r.now, r.before)] for theme in themes
        ]
        counts += [
            [r.count("reasonable_steps", key, records) for records in (r.now, r.before)]
            for key in VOCABULARY["reasonable_steps"]
        ]
        sure = [pair for pair in counts if two_sided(pair[0], now, pair[1], then) * number(shares) < Fraction(1, 20)]
        assert bool(sure) == ("none differs" not in rest)


def two_sided(a: int, n: int, b: int, m: int) -> Fraction:
    """Fisher's exact test, from the sum of the likelihoods in their order."""
    likely = [
        Fraction(comb(n, k) * comb(m, a + b - k), comb(n + m, a + b))
        for k in range(a + b + 1)
        if k <= n and a + b - k <= m
    ]
    first = max(0, a + b - m)
    own = likely[a - first]
    sums = dict(zip(sorted(likely), accumulate(sorted(likely)), strict=True))
    return sums[own] if own in sums else Fraction(1)


def check_unknown(r: Report) -> None:
    """What cannot be said."""
    coarse = {
        words: {k for k, term in VOCABULARY[words].items() if term.get("coarse")} for words in ("offences", "regions")
    }

    def is_coarse(facts: Record) -> bool:
        withheld = "not-given" in (facts["supervision"], facts["provider"], *facts["agencies"])
        return (
            withheld
            or isinstance(facts["offence_year"], str)
            or facts["offence"] in coarse["offences"]
            or facts["region"] in coarse["regions"]
        )

    for words, expected in (
        ("(?:gives|give) a fact less exactly", len([x for x in r.now if is_coarse(x["facts"])])),
        ("(?:has|have) no rating by the inspectorate", len([x for x in r.now if not x["facts"]["quality_rating"]])),
        ("(?:does|do) not tell how long the review took", len([x for x in r.now if not x["took"]])),
    ):
        found = r.take(rf"({N}) reviews? {words}")
        assert [number(n) for (n,) in found] == ([expected] if expected else [])
    unknown = len([s for s in r.own if s.unknown])
    found = r.take(rf"({N}) lessons? (?:was|were) due before publication, and nobody has said")
    assert [number(n) for (n,) in found] == ([unknown] if unknown else [])


# --- the reports of invented corpora, and of the samples


TEXTS = (
    "Police domestic abuse call-outs must be requested before release and again whenever an address changes.",
    "A home visit must see where somebody really sleeps, within the first month after release from custody.",
    "An interpreter who is related to the family must never be used for an enquiry about safety at home.",
)


def repeating(reviews: Iterable[RedactedReview]) -> list[RedactedReview]:
    """Invented reviews whose lessons are the same as others; one was called implemented long ago."""
    found = []
    for place, review in enumerate(reviews):
        lessons = tuple(
            lesson.model_copy(
                update={"text": TEXTS[(place + lesson.id) % 4] if (place + lesson.id) % 4 < 3 else f"Ask {place}."}
            )
            for lesson in review.lessons
        )
        if place == 0:
            done = Update(date=dt.date(2016, 3, 1), status="implemented")
            lessons = (Lesson(id=1, text=TEXTS[2], level="local", updates=(done,)), *(x for x in lessons if x.id > 1))
        rating = {"quality_rating": (None, "good", "inadequate")[place % 3]}
        found.append(review.model_copy(update={"lessons": lessons, "facts": review.facts.model_copy(update=rating)}))
    return list(with_same_lessons(*found))


def same_texts(reviews: Iterable[RedactedReview]) -> list[frozenset[Name]]:
    """Lessons in the same words."""
    found = defaultdict(set)
    for review in reviews:
        for lesson in review.lessons:
            found[lesson.text].add((review.public_id, lesson.id))
    return [frozenset(names) for text, names in found.items() if text in TEXTS]


def reports(markdown: Path) -> list[int]:
    """The years that have a report."""
    return sorted(int(path.name) for path in (markdown / "trends").iterdir() if path.is_dir() and not is_empty(path))


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 2), (3, 12), pytest.param(4, 40, marks=pytest.mark.soak)])
def test_every_sentence_is_right_in_invented_corpora(
    make_review: Callable[..., RedactedReview], tmp_path: Path, seed: int, size: int
) -> None:
    """One review, two, few and many; one of them was withdrawn."""
    reviews = repeating(corpus(make_review, seed, size))
    gone = [Withdrawal(public_id="2025-002", on=TODAY, reason="legal")] if size > 2 else []
    pages.write_pages(reviews, gone, tmp_path, TODAY)
    left = [review for review in reviews if not gone or review.public_id != "2025-002"]
    for year in reports(tmp_path):
        check(Report(tmp_path, year, TODAY, same_texts(left)))


def test_every_sentence_is_right_in_the_samples(tmp_path: Path) -> None:
    """The reviews that the project publishes; what is alike is what the page of repeated lessons says."""
    found = [load_signed_text(folder, TODAY) for folder in sorted((ROOT / "reviews").iterdir()) if folder.is_dir()]
    pages.write_pages([r for r in found if r and r.publish_on <= TODAY], [], tmp_path, TODAY)
    written = (path.read_text(encoding="utf-8") for path in (tmp_path / "lessons/repeated").rglob("*.md"))
    repeated = [part for text in written for part in text.split('<div class="repeated"')[1:]]
    groups = [
        frozenset((ref, int(n)) for ref, n in re.findall(r"reviews/([\d-]+)/index\.md#lesson-(\d+)", part))
        for part in repeated
    ]
    assert len(reports(tmp_path)) >= 3
    for year in reports(tmp_path):
        check(Report(tmp_path, year, TODAY, groups))


def test_taught_again_goes_by_the_offence_and_says_only_what_is_certain(
    make_review: Callable[..., RedactedReview], tmp_path: Path
) -> None:
    """Not by publication; where both are of one year, or the period may have begun before, nothing is said."""

    def taught(public_id: str, year: int | str, published: dt.date, *said: Update) -> RedactedReview:
        lesson = Lesson(id=1, text=TEXTS[0], level="local", updates=said)
        return make_review(public_id, offence_year=year, publish_on=published, lessons=(lesson,))

    done = Update(date=dt.date(2018, 5, 1), status="implemented")
    earlier = taught("2025-004", 2017, dt.date(2025, 9, 1), done)
    others = [
        taught("2025-001", 2019, dt.date(2025, 2, 3)),
        taught("2025-002", 2018, dt.date(2025, 3, 3)),
        taught("2025-003", "2015-2019", dt.date(2025, 3, 4)),
    ]
    pages.write_pages(with_same_lessons(earlier, *others), [], tmp_path, TODAY)
    for address in ("trends", "trends/2025"):
        text = (tmp_path / address / "index.md").read_text(encoding="utf-8")
        part = text.split("Taught again by:")[1].split("</div>")[0]
        assert re.findall(r"Lesson 1 of review ([\d-]+)", part) == ["2025-001"]
        assert "called implemented in May 2018" in text
    pages.write_pages(with_same_lessons(*others), [], tmp_path / "without", TODAY)
    assert "Taught again by" not in (tmp_path / "without/trends/2025/index.md").read_text(encoding="utf-8")
    assert "No lesson that was called implemented is known" in (tmp_path / "without/trends/index.md").read_text(
        encoding="utf-8"
    )


def test_a_year_knows_nothing_of_later_ones(make_review: Callable[..., RedactedReview], tmp_path: Path) -> None:
    """What is published later changes no report of an earlier year."""
    reviews = repeating(corpus(make_review, 5, 12))
    early = [review for review in reviews if review.publish_on.year < 2025]
    pages.write_pages(early, [], tmp_path / "before", TODAY)
    pages.write_pages(reviews, [], tmp_path / "after", TODAY)

    def written(when: str) -> str:
        text = (tmp_path / when / "trends/2024/index.md").read_text(encoding="utf-8")
        return re.sub(r"<div class=\"chips.*?</div>", "", text, flags=re.S)

    assert written("before") == written("after")


def test_a_sentence_counts_only_what_is_so(make_review: Callable[..., RedactedReview], tmp_path: Path) -> None:
    """The first teaching is new; one of two tells its year; a wait of none; answers of later reviews are nobody's silence."""

    def taught(public_id: str, offence: int | str, published: dt.date, **lesson: Any) -> RedactedReview:
        one = Lesson(id=1, text=TEXTS[0], level="local", **lesson)
        return make_review(public_id, offence_year=offence, publish_on=published, lessons=(one,))

    later = Update(date=dt.date(2024, 5, 1), status="in-progress")
    reviews = [
        taught("2024-001", 2024, dt.date(2024, 3, 1)),
        taught("2025-001", 2025, dt.date(2025, 2, 1), due="2024-06", updates=(later,)),
        taught("2025-002", "2015-2019", dt.date(2025, 3, 1), response="accepted"),
    ]
    told = {}
    for name, some in (("all", with_same_lessons(*reviews)), ("without", with_same_lessons(*reviews[1:]))):
        pages.write_pages(some, [], tmp_path / name, TODAY)
        for year in reports(tmp_path / name):
            check(Report(tmp_path / name, year, TODAY, same_texts(some)))
            told[name, year] = prose(tmp_path / name / f"trends/{year}/index.md")
    assert "In 2024 nothing was reported of any lesson of the reviews published up to" in told["all", 2024]
    assert "No lesson of the reviews published up to the end of 2024 was due in that year." in told["all", 2024]
    assert "It was published in the year of the offence." in told["all", 2024]
    assert "2 of 2 lessons of 2025 are not new" in told["all", 2025]
    assert "1 of 2 lessons of 2025 is not new: a review published earlier taught the same." in told["without", 2025]
    assert "They look back on offences of 2015 to 2025." in told["all", 2025]
    assert "1 review tells the year of the offence exactly: it was published in the year of" in told["all", 2025]
    assert "No review of an earlier year stands published here" in told["without", 2025]
    assert "2024, none is overdue and one has had no answer." in told["all", 2024]
