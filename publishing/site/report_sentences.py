"""What the annual report says, in sentences: a number for each claim, and nothing that the numbers do not carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median_low

from publishing.catalogue.annual_report import LONG_SILENCE, AnnualReport
from publishing.catalogue.chance import is_beyond_chance
from publishing.catalogue.coarse_terms import NOT_GIVEN, years_within
from publishing.catalogue.lessons import group_by_agency
from publishing.catalogue.recommendations import NOBODY, ImplementationRate, rates_by_owner
from publishing.catalogue.review_titles import lower_first
from publishing.catalogue.statistics import COMPARABLE
from publishing.catalogue.taught_again import TaughtAgain
from publishing.reviews import RedactedReview
from publishing.site.phrasing import counted_with_commas
from publishing.site.sentences import capitalise, join_list, number_to_name, number_word, share_of
from publishing.vocabulary import terms, title


def offences(report: AnnualReport) -> str:
    """From when the offences are that the reviews of the year look back on."""
    first, last = _span(report.reviews)
    if len(report.reviews) == 1:
        return f"It looks back on an offence of {report.reviews[0].facts.offence_year}."
    if first == last:
        return f"They look back on offences of {first}."
    span = f"They look back on offences of {first} to {last}"
    if any(review.publish_on.year - max(years_within(review.facts.offence_year)) < 2 for review in report.reviews):
        return f"{span}."
    return f"{span}: each was published two years or more after the year of the offence."


def repeated(report: AnnualReport) -> str:
    """How many lessons of the year a review published earlier taught too."""
    lessons, n = report.trends.lessons, report.taught_before
    if not n:
        return f"No lesson of {report.year} is found in a review published before its own."
    verb = "is" if n == 1 else "are"
    return (
        f"{_share(n, lessons, 'lesson')} of {report.year} {verb} not new: a review published earlier taught the same."
    )


def again(found: Sequence[TaughtAgain], year: int | None) -> str:
    """How many lessons were taught again after they had been called implemented: of a year's report, or of all together."""
    n = len(found)
    if not n and year:
        return (
            f"Of the reviews published up to the end of {year}: no lesson of {year} that was called implemented is known to have been taught "
            f"again by a review of a later offence, and no review of {year} is known to have taught again such a lesson of an earlier year."
        )
    if not n:
        return (
            "No lesson that was called implemented is known to have been taught again by a review of a later offence."
        )
    what = "lesson that was called implemented was" if n == 1 else "lessons that were called implemented were"
    return f"{capitalise(number_word(n))} {what} taught again by reviews of later offences."


def said(report: AnnualReport) -> str:
    """What was reported in the year, by the day of the report, of lessons of whatever year."""
    if not report.said:
        return (
            f"In {report.year} nothing was reported of any lesson of the reviews published up to the end of that year."
        )
    counts = [f"{lower_first(title('lesson_statuses', key))} ({n:,})" for key, n in report.said.items()]
    total = counted_with_commas(sum(report.said.values()), "lesson")
    return f"In {report.year} something was reported of {total} of the reviews published up to the end of that year: {join_list(counts)}."


def promised(report: AnnualReport) -> str:
    """What was promised for the year, by every review published up to its end."""
    n = len(report.promised)
    if not n:
        return f"No lesson of the reviews published up to the end of {report.year} was due in that year."
    done = sum(one.status == "implemented" for one in report.promised)
    overdue = sum(one.overdue for one in report.promised)
    unknown = sum(one.outcome_unknown for one in report.promised)
    ahead = sum(not (one.closed or one.overdue or one.outcome_unknown) for one in report.promised)
    refused = n - done - overdue - unknown - ahead
    states = (("overdue", overdue), ("outcome not known", unknown), ("not yet due", ahead), ("turned down", refused))
    counts = [f"implemented ({done:,})", *(f"{words} ({count:,})" for words, count in states if count)]
    whose = f"{counted_with_commas(n, 'lesson').capitalize()} of the reviews published up to the end of {report.year}"
    return f"{whose} {'was' if n == 1 else 'were'} due in that year: {join_list(counts)}."


def undated(report: AnnualReport) -> str:
    """How many lessons of the year have no month by which they are to be done."""
    n = sum(one.taught.lesson.due is None for one in report.found)
    if not n:
        return ""
    return f"{_share(n, report.trends.lessons, 'lesson')} {'has' if n == 1 else 'have'} no date by which to be done."


def silence(report: AnnualReport) -> str:
    """Of how many open lessons nothing more was reported for a year."""
    open_ones = sum(one.silent is not None for one in report.found)
    if not open_ones:
        return ""
    whose = f"{counted_with_commas(open_ones, 'lesson').capitalize()} of {report.year} {'is' if open_ones == 1 else 'are'} open"
    words = f"been without news for {LONG_SILENCE} months or more."
    if report.silent == open_ones:
        return f"{whose}, and {'has' if open_ones == 1 else 'all of them have'} {words}"
    if not report.silent:
        return f"{whose}, and {'has not' if open_ones == 1 else 'none of them has'} {words}"
    return f"{whose}, and {number_word(report.silent)} of them {'has' if report.silent == 1 else 'have'} {words}"


def waiting(report: AnnualReport) -> str:
    """How many lessons are waited for, of every review published by the end of the year."""
    overdue = sum(one.overdue for one in report.waiting)
    unanswered = sum(one.unanswered for one in report.waiting)
    if not report.waiting:
        return (
            f"No lesson of the reviews published up to the end of {report.year} is overdue, and each has had an answer."
        )
    late = f"{number_word(overdue)} {'is' if overdue == 1 else 'are'} overdue" if overdue else "none is overdue"
    mute = f"{number_word(unanswered)} {'has' if unanswered == 1 else 'have'} had no answer"
    if not unanswered:
        mute = "each has had an answer"
    whom = "; ".join(f"{_owner(rate)} ({rate.lessons:,})" for rate in _most(rates_by_owner(report.waiting)))
    longest = f" Those with most to do: {whom}." if whom else ""
    return f"Of the lessons of the reviews published up to the end of {report.year}, {late} and {mute}.{longest}"


def agencies(report: AnnualReport) -> str:
    """How many lessons of the year are for each agency."""
    groups = group_by_agency([one.taught for one in report.found])
    counts = [f"{lower_first(title('agencies', key))} ({len(group):,})" for key, group in groups.items()]
    return (
        f"By their owners, the lessons of {report.year} are for {join_list(counts)}; a lesson may be for several."
        if counts
        else ""
    )


def owners(report: AnnualReport) -> str:
    """Whom the lessons of the year are for: those who have most of them, and what they have done."""
    named = [
        f"{_owner(rate)}, {counted_with_commas(rate.lessons, 'lesson')} ({rate.implemented:,} implemented, {rate.overdue:,} overdue)"
        for rate in _most(report.owners)
    ]
    return f"Those with most lessons: {'; '.join(named)}." if named else ""


def _most(rates: Sequence[ImplementationRate]) -> Sequence[ImplementationRate]:
    """The owners with most lessons; none that has as many as one left out."""
    ordered = sorted(rates, key=lambda rate: -rate.lessons)
    return ordered[: number_to_name([rate.lessons for rate in ordered])]


def _owner(rate: ImplementationRate) -> str:
    return "nobody who is named" if rate.key == NOBODY else rate.label


def rating(report: AnnualReport) -> str:
    """How the inspectorate rated the reviews of the year."""
    return _ratings(report.reviews, report.year)


def wait(report: AnnualReport) -> str:
    """From the year of the offence to that of publication: the shortest, the longest and the middle wait."""
    waits = _waits(report.reviews)
    if not waits:
        return "No review tells the year of its offence exactly."
    were = "it was" if len(waits) == 1 else "they were"
    if len(waits) < len(report.reviews):
        tell = "tells" if len(waits) == 1 else "tell"
        were = f"{counted_with_commas(len(waits), 'review')} {tell} the year of the offence exactly: {were}"
    middle = "" if waits[0] == waits[-1] else f"; half of them {_within(median_low(waits))}"
    return f"{capitalise(were)} published {_waited(waits[0], waits[-1])}{middle}."


def duration(report: AnnualReport) -> str:
    """How long the reviews themselves took."""
    rows = [row for row in report.trends.tables["months-to-completion"].rows if row.counts[0] and row.key != NOT_GIVEN]
    if not rows:
        return ""
    counts = join_list([f"{lower_first(row.label)} ({row.counts[0]:,})" for row in rows])
    return f"From the notification of the offence to the completion of the review it took {counts}."


def changes(report: AnnualReport) -> tuple[str, ...]:
    """The year beside the one before: how much was published, judged and rated, how long it took."""
    year, before = report.year, report.trends.before
    if before is None:
        return (f"No review of an earlier year stands published here, so there is nothing to compare {year} with.",)
    lessons = sum(len(review.lessons) for review in report.before)
    return (
        f"In {year} there were {_published(len(report.reviews), report.trends.lessons)}; in {before}, {_published(len(report.before), lessons)}.",
        f"Reasonable steps were not taken in {_not_taken(report.reviews)}; in {before}, in {_not_taken(report.before)}.",
        _ratings_before(report, before),
        _wait_before(report, before),
    )


def certainty(report: AnnualReport) -> str:
    """How sure it is that a share changed: whether any differs from the year before by more than chance would bring."""
    now, then = len(report.reviews), len(report.before)
    if not report.before or min(now, then) < COMPARABLE:
        return ""
    shares = [
        (lower_first(row.label), row.counts[0], row.counts[1])
        for table in ("themes", "reasonable-steps")
        for row in report.trends.tables[table].rows
    ]
    sure = [label for label, part, other in shares if is_beyond_chance(part, now, other, then, len(shares))]
    if not sure:
        return (
            f"How sure is that? It may be chance. {counted_with_commas(len(shares), 'share').capitalize()} of {now:,} and of {then:,} reviews "
            "were compared, and none differs by more than chance alone would bring if nothing had changed."
        )
    return (
        f"How sure is that? {counted_with_commas(len(shares), 'share').capitalize()} of {now:,} and of {then:,} reviews were compared. More than "
        f"chance alone would bring: {join_list(sure)}. Of the others that cannot be said."
    )


def unknown(report: AnnualReport) -> tuple[str, ...]:
    """What cannot be said of the year, and why."""
    facts = [review.facts for review in report.reviews]
    coarse = sum(
        isinstance(fact.offence_year, str)
        or terms("offences")[fact.offence].coarse
        or terms("regions")[fact.region].coarse
        or NOT_GIVEN in (fact.supervision, fact.provider, *fact.agencies)
        for fact in facts
    )
    unrated = sum(fact.quality_rating is None for fact in facts)
    untimed = sum(review.took is None for review in report.reviews)
    rate = report.rate
    found = (
        (
            coarse,
            "{} {gives} a fact less exactly, or not at all, so that nobody is recognised by it: {counts} as {it} {tells}, and not more exactly.",
        ),
        (unrated, "{} {has} no rating by the inspectorate here: whether one was given is not known."),
        (untimed, "{} {does} not tell how long the review took."),
    )
    said = [_about_reviews(n, words) for n, words in found if n]
    if rate.outcome_unknown:
        lessons = counted_with_commas(rate.outcome_unknown, "lesson").capitalize()
        was = "was" if rate.outcome_unknown == 1 else "were"
        said.append(
            f"{lessons} {was} due before publication, and nobody has said since whether {'it was' if was == 'was' else 'they were'} done."
        )
    return tuple(said)


def _about_reviews(n: int, words: str) -> str:
    one = n == 1
    forms = {"gives": "give", "has": "have", "does": "do", "tells": "tell"}
    verbs = {word: word if one else many for word, many in forms.items()}
    counts = "it counts" if one else "they count"
    return words.format(counted_with_commas(n, "review"), counts=counts, it="it" if one else "they", **verbs)


def _share(part: int, whole: int, unit: str) -> str:
    return share_of(part, whole, unit if whole == 1 else f"{unit}s")


def _span(reviews: Iterable[RedactedReview]) -> tuple[int, int]:
    years = [year for review in reviews for year in years_within(review.facts.offence_year)]
    return min(years), max(years)


def _waits(reviews: Iterable[RedactedReview]) -> list[int]:
    """Years from the offence to publication of the reviews that tell the year of the offence, in order."""
    return sorted(r.publish_on.year - r.facts.offence_year for r in reviews if isinstance(r.facts.offence_year, int))


def _wait_before(report: AnnualReport, before: int) -> str:
    now, then = _waits(report.reviews), _waits(report.before)
    if min(len(now), len(then)) < COMPARABLE:
        return ""
    return (
        f"Of the reviews that tell the year of the offence exactly, half were published {_within(median_low(now))}; "
        f"in {before}, half of them {_within(median_low(then))}."
    )


def _waited(first: int, last: int) -> str:
    """From the shortest wait to the longest, in years from that of the offence."""
    if not last:
        return "in the year of the offence"
    if not first:
        return f"in the year of the offence or up to {_years(last)} after it"
    span = _years(last) if first == last else f"from {number_word(first)} to {_years(last)}"
    return f"{span} after the year of the offence"


def _within(n: int) -> str:
    return f"within {_years(n)} of it" if n else "in that year"


def _years(n: int) -> str:
    return "one year" if n == 1 else f"{number_word(n)} years"


def _published(reviews: int, lessons: int) -> str:
    return f"{counted_with_commas(reviews, 'review')} with {counted_with_commas(lessons, 'lesson')}"


def _not_taken(reviews: Sequence[RedactedReview]) -> str:
    return _share(sum(r.facts.reasonable_steps == "not-taken" for r in reviews), len(reviews), "review")


def _ratings_before(report: AnnualReport, before: int) -> str:
    now, then = _known_ratings(report.reviews), _known_ratings(report.before)
    if not (now and then):
        return ""
    return f"Of the reviews with a known rating, {_rated_good(now)} were good or outstanding; in {before}, {_rated_good(then)}."


def _known_ratings(reviews: Iterable[RedactedReview]) -> list[str]:
    return [review.facts.quality_rating for review in reviews if review.facts.quality_rating]


def _rated_good(rated: Sequence[str]) -> str:
    return share_of(sum(rating in ("good", "outstanding") for rating in rated), len(rated))


def _ratings(reviews: Sequence[RedactedReview], year: int) -> str:
    rated = _known_ratings(reviews)
    if not rated:
        return f"The inspectorate’s rating is known of no review of {year}."
    counts = [
        f"{lower_first(term.title)} ({rated.count(key):,})"
        for key, term in terms("quality_ratings").items()
        if key in rated
    ]
    return f"The inspectorate’s rating is known of {_share(len(rated), len(reviews), 'review')} of {year}: {join_list(counts)}."
