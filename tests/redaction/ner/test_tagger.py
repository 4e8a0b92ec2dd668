"""The tagger through its own face, and what it adds to a redaction: words, findings, doubts, and one rule where it disagrees with others."""

import gc
import itertools
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction import Redactor
from redaction.document import Document
from redaction.entities import Entity
from redaction.errors import ModelError
from redaction.findings import Finding, Origin, Source
from redaction.ner import tagger as tagging
from redaction.ner.tag_labels import TagLabel
from redaction.ner.tagger import FOLDER, MODEL, PIECES, SUMS, TaggedWord, Tagger
from redaction.overlaps import resolve_overlaps
from redaction.recognizers.tagger import TaggerRecognizer


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def word(text: str, written: str, mask: float, kind: TagLabel = TagLabel.PERSON) -> TaggedWord:
    """A word of the text as a tagger might read it."""
    start = text.index(written)
    return TaggedWord(start, start + len(written), mask, mask, kind)


def read_as(text: str, *words: TaggedWord) -> Callable[[int, int], float | None]:
    """How likely spans of the text are, where a tagger reads its words like this."""
    return Document(text, lambda _: words).likelihood


def test_telemetry_is_off_before_a_model_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """By ONNX Runtime's own switch, which is all that there is on Windows."""
    done: list[str] = []
    monkeypatch.setattr(tagging, "disable_telemetry_events", lambda: done.append("off"))
    monkeypatch.setattr(tagging, "InferenceSession", lambda *rest, **more: done.append("read"))
    Tagger()
    assert done == ["off", "read"]


@pytest.mark.parametrize("name", [MODEL, PIECES])
@pytest.mark.parametrize("fault", ["changed", "missing"])
def test_only_the_model_that_shipped_is_read(tmp_path: Path, name: str, fault: str) -> None:
    """A file of the model that is gone or another is refused by name, without the path."""
    for file in (MODEL, PIECES, SUMS):
        shutil.copy(str(FOLDER.joinpath(file)), tmp_path / file)
    path = tmp_path / name
    if fault == "missing":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))
    with pytest.raises(ModelError) as refused:
        Tagger(tmp_path)
    assert name in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_words_are_those_of_the_text_in_order(tagger: Tagger, text: str) -> None:
    """Whatever the text: offsets rise, lie within it, and every probability is one."""
    words = tagger.read(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(0 <= w.replaced <= w.mask <= 1 for w in words)


def test_a_paragraph_reads_the_same_wherever_it_stands() -> None:
    """What stands around a paragraph changes nothing of it: so a review can be read in any order, or again in parts."""
    paragraph = "Mrs Oyelaran said that she had rung Balbir at the hostel on 3 May."
    alone = Redactor().redact([paragraph])
    among = Redactor().redact(["Nothing else was found.", paragraph, "The plan was late."])
    assert among.texts[1] == alone.texts[0]


def test_a_long_line_is_read_in_windows_to_its_end(tagger: Tagger) -> None:
    """A name is seen at the end of a thousand words without a paragraph, as at their beginning."""
    filler = "The plan was late and the review of it was later still. " * 90
    words = tagger.read(f"Temitope Oyelaran rang. {filler}Then Temitope Oyelaran rang again.")
    named = [w.mask for w in words if w.kind is TagLabel.PERSON and w.mask > 0.9]
    assert len(named) >= 4


@pytest.mark.parametrize(
    "text, name",
    [
        ("Entry: seen at home with Kasimira and the baby, all quiet.", "Kasimira"),
        ("t/c from nkechi, says cant come in today, bus fare.", "nkechi"),
        ("Handover to Blessing O at the desk.", "Blessing"),
        ("He told Tirion that the order had ended.", "Tirion"),
    ],
)
def test_names_that_no_rule_knows_are_found(redactor: Redactor, text: str, name: str) -> None:
    """Forenames without a title, in small letters, or that are words."""
    assert name not in redactor.redact([text]).texts[0]


@pytest.mark.parametrize(
    "text",
    [
        "The visit lasted for three weeks and nobody wrote it down.",
        "He came at 9.05am and left at 14:30.",
        "Practitioners should ask who lives in the home, and how they know.",
        "The Parole Board and the Home Office answered within 28 days.",
        "Level 2 meetings were held, and the risk of serious harm was high.",
        "1. Ask. 2. Listen. 3. Write it down.",
        "He was at liberty for 14 of those days.",
        "The appeal went to the Court of Cassation, which quashed it. The Court of Cassation gave no reasons.",
        "The decision was in breach of section 31 of the Aliens Act. It referred to the Aliens Act at length.",
    ],
)
def test_what_identifies_nobody_is_left(redactor: Redactor, text: str) -> None:
    """Durations, the clock, terms of the trade, advice, lists."""
    assert redactor.redact([text]).texts[0] == text


@pytest.mark.parametrize(
    "text, number, entity, taken",
    [
        ("Interest ran at 30% a year.", "30", Entity.OTHER, "30%"),
        ("Interest ran at 30 per cent a year.", "30", Entity.OTHER, "30 per cent"),
        ("He was given 30 weeks.", "30", Entity.QUANTITY, "30"),
    ],
)
def test_a_share_of_a_hundred_is_left_to_a_person(text: str, number: str, entity: Entity, taken: str) -> None:
    """ "[more than one]%" tells nothing: a share is no count, and is pointed out whole."""
    words = (word(text, number, 0.9, TagLabel.QUANTITY),)
    (found,) = TaggerRecognizer().find(Document(text, lambda _: words))
    assert (found.entity, text[found.start : found.end]) == (entity, taken)


@pytest.mark.parametrize(
    ("text", "number", "kind", "found"),
    [
        # what has no unit of a sentence counts something
        ("The petition had 6,412 signatures.", "6,412", TagLabel.QUANTITY, False),
        ("The hall holds 150.", "150", TagLabel.QUANTITY, False),
        ("They wanted five grand.", "five", TagLabel.QUANTITY, False),
        ("There were 14 of us.", "14", TagLabel.QUANTITY, False),
        ("A quad bike and two more.", "two", TagLabel.QUANTITY, False),
        ("It was 8 months suspended for 18.", "18", TagLabel.QUANTITY, True),
        ("An extended sentence of 14 years (9 + 5).", "5", TagLabel.QUANTITY, True),
        ("An extended sentence of 14 years (10 + 4).", "10", TagLabel.QUANTITY, True),
        ("He served more than two years beyond it.", "two", TagLabel.QUANTITY, False),
        ("Hours ordered 150 on that day.", "150", TagLabel.QUANTITY, True),
        ("She got 30 months.", "30", TagLabel.QUANTITY, True),
        # what somebody has or pays, what numbers a psalm, and what is more than a life is no age
        ("The class has 28 in it.", "28", TagLabel.AGE, False),
        ("He had a partner and, by 19, a son.", "19", TagLabel.AGE, True),
        ("His twins of five were there.", "five", TagLabel.AGE, True),
        ("It was not the forty-five that it says.", "forty-five", TagLabel.AGE, False),
        ("They sang psalm 23 for him.", "23", TagLabel.AGE, False),
        ("There were 7 on the gang.", "7", TagLabel.AGE, False),
        ("His bag was 118 all told.", "118", TagLabel.AGE, False),
        ("The driver, 28, was hurt.", "28", TagLabel.AGE, True),
        ("Kofi was forty-five that day.", "forty-five", TagLabel.AGE, True),
        ("Her brother, only 23, had left.", "23", TagLabel.AGE, True),
        ("He was 7 then.", "7", TagLabel.AGE, True),
        ("Their gran was 98 then.", "98", TagLabel.AGE, True),
    ],
)
def test_a_number_that_counts_something_is_no_sentence_and_no_age(
    text: str, number: str, kind: TagLabel, found: bool
) -> None:
    """However sure the tagger is: what was never taught to it is counted in every text."""
    words = (word(text, number, 0.95, kind),)
    assert bool(list(TaggerRecognizer().find(Document(text, lambda _: words)))) == found


def test_doubts_meet_nothing_that_is_told_already(redactor: Redactor) -> None:
    """What is replaced, flagged or a label is no doubt; offsets lie in the text as it was given."""
    text = (
        "Dilshad, a barber, visits his cousin every second Sunday. [Person 2] is a dry-stone waller and plays second row "
        "for the village. In the Swale team 412 cases were moved."
    )
    found = redactor.redact([text])
    assert found.doubts
    assert found.flags
    taken = {p for d in (*found.detections, *found.flags) for p in range(d.start, d.end)}
    taken |= set(range(text.index("[Person 2]"), text.index("[Person 2]") + 10))
    for doubt in found.doubts:
        assert 0 < doubt.probability <= 1
        assert taken.isdisjoint(range(doubt.start, doubt.end))


def test_without_the_tagger_nobody_doubts() -> None:
    """The stage can be taken out, for measuring."""
    assert Redactor(without=frozenset({"tagger"})).redact(["Entry: seen at home with Kasimira."]).doubts == ()


TEXT = "They met at Brackle House again."


@pytest.mark.parametrize(
    "entity, score, mask, stands",
    [
        (Entity.ORGANISATION, 0.80, 0.05, False),
        (Entity.ORGANISATION, 0.80, 0.20, True),
        (Entity.ORGANISATION, 0.95, 0.00, True),
        (Entity.PLACE, 0.60, 0.10, False),
        (Entity.PLACE, 0.60, 0.20, True),
        (Entity.PERSON, 0.42, 0.04, False),
        (Entity.PERSON, 0.42, 0.06, True),
        (Entity.PERSON, 0.60, 0.01, False),
        (Entity.PERSON, 0.60, 0.03, True),
        (Entity.PERSON, 0.80, 0.00, True),
        (Entity.CODE, 0.60, 0.00, True),
    ],
)
def test_a_guess_stands_where_the_tagger_vouches_for_it(
    entity: Entity, score: float, mask: float, stands: bool
) -> None:
    """What its rule only guesses needs the tagger, a person little; a person whom a title or role tells, and a code, never do."""
    words = [word(TEXT, "Brackle", mask), word(TEXT, "House", mask)]
    finding = Finding(12, 25, entity, score, Source(Origin.PEOPLE))
    assert bool(resolve_overlaps(TEXT, [finding], 0.4, likelihood=read_as(TEXT, *words))) is stands
    assert resolve_overlaps(TEXT, [finding], 0.4) == [finding]


@pytest.mark.parametrize(
    "written, mask, stands",
    [("Hope", 0.02, False), ("Hope", 0.06, True), ("Fiston", 0.005, False), ("Fiston", 0.02, True), ("GT", 0.0, True)],
)
def test_a_word_met_again_needs_a_little_of_the_tagger(written: str, mask: float, stands: bool) -> None:
    """ "Hope is not a method": a name that was seen once is no name wherever its word stands; initials always are."""
    text = f"Then {written} came."
    finding = Finding(5, 5 + len(written), Entity.PERSON, 0.6, Source(Origin.PROPAGATION))
    assert bool(resolve_overlaps(text, [finding], 0.4, likelihood=read_as(text, word(text, written, mask)))) is stands


def test_a_flag_tells_how_likely_the_tagger_holds_it() -> None:
    """So that the likeliest are decided first; without the tagger nobody knows."""
    text = "He is a Zoroastrian and a trapeze artist, and was seen to own a dog."
    flags = Redactor().redact([text]).flags
    assert flags
    assert all(flag.probability is not None and 0 <= flag.probability <= 1 for flag in flags)
    told = {text[f.start : f.end]: f.probability for f in flags}
    assert min(told, key=lambda words: told[words] or 0).endswith("dog")
    without = Redactor(without=frozenset({"tagger"})).redact([text]).flags
    assert {flag.probability for flag in without} == {None}


def test_many_readers_at_once_read_as_one_does(tagger: Tagger) -> None:
    """The same words whatever is read beside them, and however many paragraphs at a time."""
    paragraphs = [
        f"Entry {n}: Nkechi Obi rang from Thornley, {'and rang again, ' * (n % 7)}on 3 May." for n in range(60)
    ]
    alone = [tagger.read(paragraph) for paragraph in paragraphs]
    for readers in (2, 7):
        with ThreadPoolExecutor(readers) as pool:
            assert list(pool.map(tagger.read, paragraphs)) == alone


def test_nothing_of_a_review_is_kept_when_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither words nor threads outlive the review, whatever happens."""
    redactor = Redactor()
    monkeypatch.setattr("redaction.stages.protection.surroundings", lambda *_: 1 / 0)
    # the tests' own engine remembers what it has read
    others = {id(found) for found in gc.get_objects() if isinstance(found, TaggedWord)}
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        redactor.redact(["Nkechi Obi rang from Thornley."])
    assert threading.active_count() == before
    held = [found for found in gc.get_objects() if isinstance(found, TaggedWord) and id(found) not in others]
    assert not held
