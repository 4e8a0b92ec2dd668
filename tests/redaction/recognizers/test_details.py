"""Details that may tell who somebody is: each kind with its near-misses."""

import pytest

from redaction.document import Document
from redaction.lexicon.details import flag_tables
from redaction.propagation.protected_people import IN_DOUBT
from redaction.recognizers.details import DetailRecognizer
from redaction.stages.names_left import NAME_AND_WORD
from tests.support.recognizing import as_written, in_order, unmarked

FOUND = [
    ("event", "It was the {hottest day} of that summer."),
    ("event", "It was {hottest day of the year}, she said."),
    ("event", "He moved in during the {first national lockdown}."),
    ("event", "The roof came off in {Storm Arwen}."),
    ("event", "She wrote “{day 242}” on the wall."),
    ("event", "They met on the weekend of the {royal wedding}."),
    ("event", "He went out to watch the {England game}."),
    ("event", "She was found on the night of the {general election}."),
    ("event", "It was the week of {unification}, and files were moved."),
    ("event", "The family saw him at {Appleby Horse Fair}."),
    ("occupation", "He is {a barber}."),
    ("occupation", "He was {an apprentice tyre fitter} at the time."),
    ("occupation", "robbery of {a minicab driver}"),
    ("occupation", "She worked as {a bus driver}."),
    ("occupation", "He worked for years as {a hod carrier} in the north."),
    ("occupation", "She told {her form tutor}."),
    ("occupation", "He {ran two restaurants} until then."),
    ("occupation", "He {drove a private hire car}."),
    ("occupation", "She has {worked at night} since."),
    ("occupation", "Her father is {a retired signalman}."),
    ("occupation", "He was {in the first year of a pharmacy degree}."),
    ("occupation", "a practitioner with {eleven years' service}"),
    ("health", "She survived with a {fractured} {pelvis}."),
    ("health", "He has {epilepsy}."),
    ("health", "She was eleven weeks {pregnant}."),
    ("appearance", "He has a {scar} and a {tattoo}."),
    ("pet", "She was walking her {dog}."),
    ("distance", "He lived {eleven miles away}."),
    ("distance", "The families live {a quarter of a mile apart}."),
    ("distance", "{two hundred metres from the shop}"),
    ("vehicle", "He drove a {Volkswagen Passat}."),
    ("vehicle", "It was her {red Fiat}."),
    ("method", "He {stabbed} her with a {kitchen knife}."),
    ("scene", "He attacked him {in the kitchen of the shared house}."),
    ("scene", "She was stabbed {in a car park behind the library}."),
    ("year", "He left school in {1987} and was released in 2018."),
    ("year", "The records of {1994, 1995 and 1997} are gone; he was released in 2018."),
    ("year", "He missed the {1998-1999} school year and was released in 2018."),
    ("others", "He was charged along with {sixteen other persons}."),
    ("others", "{Four other suspects} were tried."),
    ("health", "He lives with {arthrosis}."),
    ("health", "She had {appendicitis} twice."),
    ("occupation", "He was {a teacher at a primary school}."),
    ("occupation", "She is {the owner of a publishing house}."),
    ("health", "He {broke his left wrist} that day."),
    ("health", "There were {cuts to both hands}."),
    ("health", "He spent {nineteen days in hospital}."),
    ("health", "She was {diagnosed with a heart murmur} in the spring."),
    ("health", "She is {recovering from an operation}."),
    ("method", "He {forced the conservatory door} and left."),
    ("method", "He {got in by a pantry window}."),
    ("method", "He {threw a bucket at} the office."),
    ("method", "He was {knocked from a bicycle} by a van."),
    ("distance", "The college is {within sight of} the front step."),
    ("distance", "It was a {round trip of fifty-one miles}."),
    ("distance", "The cemetery is {ten minutes from her door}."),
    ("occupation", "It belongs to {a hand car-wash owner}."),
    ("occupation", "He {works nights at the parcel hub}."),
    ("occupation", "He lived above the {family cash-and-carry}."),
    ("occupation", "His sister {studies nursing}."),
    ("occupation", "He came to {the bakery where she works}."),
    ("pet", "The site has three {lurchers}."),
    ("workload", "She had {63 cases} then, and no cover."),
    ("workload", "He was carrying {58 cases} and had been in the grade for a year."),
    ("workload", "She held {41 medium-risk cases}."),
    ("workload", "The officer, with {sixty-one cases}, was overextended."),
    ("workload", "It came to her with a caseload of {58} and no handover."),
    ("workload", "The caseload of the second officer had reached {84}."),
    ("workload", "Caseload = {61}, {149%} WMT."),
    ("workload", "a newly qualified officer carrying a caseload at {140%} of capacity"),
    ("workload", "The tool showed her at {134 per cent} of capacity throughout."),
    ("workload", "Her workload stood at {96 per cent}."),
    ("workload", "It was taken from a {61-case} caseload."),
    ("fact", "He was {the first person} to be recalled twice."),
    ("fact", "She had won a {gold medal}."),
    ("fact", "He was {remembered as a man who mended other people's bicycles}."),
    ("quotation", 'She said "{I thought if I pushed he would stop}".'),
    ("quotation", "She said “{I thought if I pushed he would stop}”."),
    ("quotation", "> {Nobody ever asked me what I thought}"),
]

NOT_FOUND = [
    "She is a probation officer and he a police driver.",
    "Her senior worked as a duty manager.",
    "The employer was told, and the teachers' union was not.",
    "A model of its kind; the minister agreed.",
    "He walked ten miles of the route, and within five miles there was nothing.",
    "MAPPA cat 1, level 2.",
    "The vauxhall was mentioned in the park.",
    "The meeting was held in the kitchen.",
    "He was assessed as posing a high risk.",
    'The plan was "too short".',
    'It is called "high risk of serious harm".',
    "She was against a former partner of his.",
    "He was only told first.",
    "He had treatment for drug misuse, and treatment for it ended.",
    "Her worker rang, the owner of the risk did not, and a police driver came.",
    "He broke the rules, broke down in tears and forced the issue.",
    "He came to the door and she went by the window.",
    "He spent nine months in custody and two weeks in the hostel.",
    "Her family worker studied the case.",
    "He was ten minutes late for the office.",
    "The diagnosis was disputed and the prognosis was not.",
    "On day 3 he was late, and the storm of complaints went on.",
    "His hottest temper was not a risk, and his final warning was a match for none.",
    "Two other agencies replied, and three others did not.",
    "Between 2016 and 2018 he kept every appointment.",
    "Where a practitioner holds more than 50 cases, the manager samples three.",
    "The audit read 40 cases, and in 12 cases the plan was late.",
    "He had two court cases, and his caseload meant that it was begun at 10.20.",
    "Her capacity to consent was not assessed, and 30 per cent of plans were late.",
    "The Children Act 1989 applied in 2018, and in 2016 it was read.",
]


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_a_detail_is_found_whole(kind: str, marked: str) -> None:
    """Exactly the words that a checker weighs, under the kind whose reason they are told."""
    text, expected = unmarked(marked)
    found = [f for f in DetailRecognizer().find(Document(_read(text))) if str(f.source) == f"details:{kind}"]
    assert as_written(text, in_order(found)) == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_every_review_says_is_left(text: str) -> None:
    """A checker who is shown too much sees nothing."""
    assert [f.source for f in DetailRecognizer().find(Document(text))] == []


def test_every_kind_has_its_reason() -> None:
    """In plain words, and none is left over."""
    kinds = {kind for kind, _ in FOUND} | {"people", "country", "faith", "status", "allegiance", "tagger", "share"}
    kinds |= {NAME_AND_WORD, IN_DOUBT}
    assert set(flag_tables()["reasons"]) == kinds


def _read(text: str) -> str:
    """Curly quotation marks are straight ones to a recognizer."""
    return text.replace("“", '"').replace("”", '"')
