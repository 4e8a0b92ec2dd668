"""Measuring redaction: every measure worked out by hand here, beside what the code says."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import Entity, Redaction, RedactionError, Redactor, Register
from redaction.evaluation import (
    OURS,
    GoldMark,
    Masked,
    benchmark,
    candour,
    evaluate,
    figures,
    gold,
    on_marked,
    others,
    ours_on_benchmark,
    parse_marked,
    part_of,
    read_benchmark,
    read_folder,
    read_text,
    table,
)
from redaction.evaluation.flagging import flag_tally
from redaction.results import Detection, Flag
from tests.support.paths import ROOT

MARKED = "Mr {P|Ada Lovelace} (CRN {C|X123456}) met {P|Dr Bo} at {L|Leeds} on {Q|a ship}."
PLAIN = "Mr Ada Lovelace (CRN X123456) met Dr Bo at Leeds on a ship."
REGISTER = Register.parse("people: [{role: victim, names: [Ada Lovelace]}]\ncodes: [X123456]")

MALFORMED = [
    "{P|}",
    "{P| }",
    "{P|Zebedee",
    "{Z|Zebedee}",
    "{p|Zebedee}",
    "{PP|Zebedee}",
    "{P|Zebedee {C|X1}}",
    "{|Zebedee}",
    "{PERSON|Zebedee}",
    "{D:14 March|14 March}",
    "{D:2021-02-30|30 February}",
    "{P:|Zebedee}",
    "[[PERSON|Zebedee",
    "[[PERSON|Zebedee]]",
]

JUDGEMENT = "Mr Smith of Leeds and Smith met Jones."

SECRET = "Zebedee"


def spans(text: str, *words: str) -> list[Masked]:
    """Mask the first place of each of some words."""
    return [Masked(0, text.index(word), text.index(word) + len(word), "PERSON test") for word in words]


def mention(text: str, words: str, entity: str, kind: str, nth: int = 0) -> dict[str, Any]:
    """One mention in the benchmark's format."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start_offset": start, "end_offset": start + len(words), "entity_id": entity, "identifier_type": kind}


def write(path: Path, *annotators: list[dict[str, Any]], text: str = JUDGEMENT) -> Path:
    """Write a data set of one document."""
    annotations = {f"a{n}": {"entity_mentions": mentions} for n, mentions in enumerate(annotators)}
    path.write_text(json.dumps([{"doc_id": "1", "text": text, "annotations": annotations}]), encoding="utf-8")
    return path


# --- marked texts ------------------------------------------------------------------------------------------------


def test_marks_are_taken_out_and_their_places_kept() -> None:
    """The text without marks is what a reader would see; offsets point into it."""
    plain, marks = parse_marked(MARKED)
    assert plain == PLAIN
    assert [(m.kind, plain[m.start : m.end]) for m in marks] == [
        ("P", "Ada Lovelace"),
        ("C", "X123456"),
        ("P", "Dr Bo"),
        ("L", "Leeds"),
        ("Q", "a ship"),
    ]


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_mark_is_refused_by_line_without_a_word_of_the_text(fault: str) -> None:
    """Whoever marks a text learns where the fault is; the message may be logged."""
    with pytest.raises(RedactionError, match="line 2") as caught:
        parse_marked(f"One.\nTwo {fault} three.")
    assert SECRET not in str(caught.value)


WORDS = st.text(st.characters(exclude_characters="{}", exclude_categories=("Cs",)), max_size=12)
PIECES = st.lists(
    st.one_of(
        st.tuples(st.none(), st.one_of(WORDS, st.just("{date: x}"), st.just("}"))),
        st.tuples(st.sampled_from("PCLODANQ"), WORDS.filter(lambda words: any(c.isalnum() for c in words))),
    ),
    max_size=8,
)


@given(PIECES)
def test_marking_a_text_and_parsing_it_gives_the_text_back(pieces: list[tuple[str | None, str]]) -> None:
    """Whatever stands in marks or between them, the plain text and the places come back exactly."""
    written = "".join(f"{{{kind}|{words}}}" if kind else words for kind, words in pieces)
    expected, length = [], 0
    for kind, words in pieces:
        if kind:
            expected.append(GoldMark(length, length + len(words), kind))
        length += len(words)
    assert parse_marked(written) == ("".join(words for _, words in pieces), tuple(expected))


def test_the_body_and_the_public_texts_of_lessons_are_measured() -> None:
    """Front matter that is never published does not count; what lessons say does."""
    document = read_text(
        "case",
        '---\npublic_id: "1"\napproved_by: "{P|Cy}"\nlessons:\n  - id: 1\n    text: "Tell {O|Kent Police}."\n'
        "    themes: [recall]\n    updates:\n      - {date: 2020-01-01, note: 'By {P|Di}'}\n---\n"
        "Body of {P|Ada}.\n---\nEnd.\n",
    )
    assert document.texts == ("Body of Ada.\n---\nEnd.\n", '"Tell Kent Police."', "'By Di'")
    assert [
        [text[m.start : m.end] for m in marks] for text, marks in zip(document.texts, document.marks, strict=True)
    ] == [
        ["Ada"],
        ["Kent Police"],
        ["Di"],
    ]


def test_the_split_never_moves() -> None:
    """A case's part follows from its name alone; these were computed once and for all."""
    assert [
        part_of(name) for name in ("thistle-gantry-11", "linen-compass-05", "copper-lantern-11", "umber-pantry-71")
    ] == [
        "tuned on",
        "tuned on",
        "held aside",
        "held aside",
    ]


def test_a_register_is_found_beside_the_text_or_with_the_reviews(tmp_path: Path) -> None:
    """The one beside the text comes first."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "reviews" / "b").mkdir(parents=True)
    for name in "abc":
        (tmp_path / "gold" / f"{name}.md").write_text("{P|Ada}", encoding="utf-8")
    (tmp_path / "gold" / "a.register.yml").write_text("codes: [A1]", encoding="utf-8")
    (tmp_path / "reviews" / "b" / "register.yml").write_text("codes: [B1]", encoding="utf-8")
    read = read_folder(tmp_path / "gold", tmp_path / "reviews")
    assert [(d.name, d.register and d.register.codes) for d in read] == [("a", ("A1",)), ("b", ("B1",)), ("c", None)]


# --- measures on marked texts ------------------------------------------------------------------------------------


def test_every_measure_on_marked_text_is_as_computed_by_hand() -> None:
    """Half a name is no name; a title may stay; flagged words are neutral."""
    counts = gold.tally(read_text("case", MARKED, REGISTER), spans(PLAIN, "Ada Love", "X123456", "met", "Bo", "ship"))
    assert counts == {
        "recall.P": (1, 2),  # "Ada Lovelace" in part only; "Dr Bo" but for the title
        "recall.C": (1, 1),
        "recall.L": (0, 1),
        "recall.people_and_codes": (2, 3),
        "recall.all": (2, 4),
        "characters.P": (9, 13),  # AdaLove of AdaLovelace, Bo of Bo
        "characters.C": (7, 7),
        "characters.L": (0, 5),
        "characters.people_and_codes": (16, 20),
        "characters.all": (16, 25),
        "precision": (16, 19),  # 7 + 7 + 2 right, "met" wrong
        "precision_flagged_wrong": (16, 23),  # and the four of "ship"
        "survives": (12, 15),  # Mr ( C R N ) met at on . without "met"
        "masked.Q": (0, 1),  # the "a" of "a ship" stands
        "declared": (1, 2),
    }


def test_what_is_left_to_a_person_is_counted() -> None:
    """A mark counts as pointed out where a flag or a label meets it; flags are told per 1,000 words."""
    text = "He is {Q|a barber} with {Q|two parrots}, {Q|Polish}, near {Q|the mill}."
    document = read_text("case", text)
    plain = document.texts[0]
    flags = tuple(
        Flag(0, plain.index(words), plain.index(words) + len(words), Entity.OTHER, "details:occupation", "why")
        for words in ("barber", "parrots, Pol", "He is")
    )
    label = Detection(0, plain.index("mill"), plain.index("mill") + 4, Entity.PLACE, 0.9, "places:town", "[Town 1]")
    assert flag_tally(document, Redaction((plain,), (label,), flags)) == {"pointed.Q": (4, 4), "flags": (3000, 11)}
    assert flag_tally(document, Redaction((plain,), (), flags[:1])) == {"pointed.Q": (1, 4), "flags": (1000, 11)}


def test_a_folder_s_report_says_what_is_flagged(redactor: Redactor, tmp_path: Path) -> None:
    """`candour evaluate` tells it for our own row."""
    (tmp_path / "a.md").write_text("Mr {P|Bo Zelenka} is {Q|a barber}.", encoding="utf-8")
    row = evaluate(tmp_path, redactor).row(OURS, "all")
    assert (row.figures["pointed.Q"].hits, row.figures["pointed.Q"].of) == (1, 1)
    assert row.figures["flags"].value == pytest.approx(1000 / 6)


@pytest.mark.parametrize(
    ("text", "masked"), [("Told A Penrose of it.", "A Penrose"), ("Held in an HMP Risley cell.", "HMP Risley")]
)
def test_an_article_that_is_corrected_is_not_masked_and_an_initial_is(
    redactor: Redactor, text: str, masked: str
) -> None:
    """ "an HMP …" becomes "a [Prison]" and loses no word of it; the A of a name goes with the name."""
    register = Register.model_validate({"people": [{"role": "witness", "names": ["A Penrose"]}]})
    assert [text[m.start : m.end] for m in candour(redactor)((text,), register)] == [masked]


def test_masked_spans_that_overlap_count_once() -> None:
    """What two rules mask is masked once."""
    once, twice = spans(PLAIN, "Ada Lovelace"), spans(PLAIN, "Ada Lovelace", "Ada", "Lovelace")
    document = read_text("case", MARKED)
    assert gold.tally(document, once) == gold.tally(document, twice)


def test_a_person_who_is_only_a_title_must_be_covered() -> None:
    """A title is forgiven only beside a name."""
    document = read_text("case", "The {P|Governor} left.")
    assert gold.tally(document, [])["recall.P"] == (0, 1)
    assert gold.tally(document, spans("The Governor left.", "Governor"))["recall.P"] == (1, 1)


def test_slips_are_grouped_and_the_heaviest_come_first() -> None:
    """People and codes lead; alike slips are one line with a count."""
    document = read_text("case", "{L|Leeds} {L|Leeds} {P|Bo} met {P|Ada}.")
    missed = gold.worst(list(gold.misses(document, spans("Leeds Leeds Bo met Ada.", "Bo"))), 9)
    assert [(s.kind, s.words, s.times, s.characters) for s in missed] == [("P", "Ada", 1, 3), ("L", "Leeds", 2, 10)]
    wrong = list(gold.false_alarms(document, spans("Leeds Leeds Bo met Ada.", "Bo met")))
    assert [(s.kind, s.words, s.characters, s.context) for s in wrong] == [
        ("PERSON test", "met", 3, "Leeds Leeds ⟦Bo met⟧ Ada.")
    ]


def test_slips_are_shown_for_texts_that_may_be_tuned_on_alone() -> None:
    """Nobody sees what goes wrong in a text that is held aside."""
    tuned, aside = read_text("thistle-gantry-11", "{P|Ada} left."), read_text("copper-lantern-11", "{P|Bo} left.")
    report = on_marked([tuned, aside], {OURS: lambda texts, _: spans(texts[0], "left")})
    assert [slip.words for slip in report.misses] == ["Ada"]
    assert [slip.times for slip in report.false_alarms] == [1]
    assert [(row.part, row.documents) for row in report.rows] == [("held aside", 1), ("tuned on", 1), ("all", 2)]


# --- the benchmark's measures ------------------------------------------------------------------------------------


def test_every_measure_of_the_benchmark_is_as_computed_by_hand(tmp_path: Path) -> None:
    """Two annotators; an entity counts when every mention is masked; "Mr" and "of" are forgiven."""
    first = [
        mention(JUDGEMENT, "Mr Smith", "s", "DIRECT"),
        mention(JUDGEMENT, "Smith", "s", "DIRECT", nth=1),
        mention(JUDGEMENT, "Leeds", "l", "QUASI"),
        mention(JUDGEMENT, "Jones", "j", "NO_MASK"),
    ]
    second = [mention(JUDGEMENT, "Smith", "s", "DIRECT"), mention(JUDGEMENT, "Jones", "j", "QUASI")]
    (document,) = read_benchmark(write(tmp_path / "data.json", first, second))
    counts = benchmark.tally(document, spans(JUDGEMENT, "Smith", "Leeds", "and"))
    assert counts == {
        "ER_di": (1, 2),  # the second "Smith" stands, but only the first annotator has it
        "ER_qi": (1, 2),
        "R": (4, 6),  # Mr (forgiven), Smith, Leeds of Mr, Smith, Smith, Leeds; Smith of Smith, Jones
        "P": (3, 6),  # Smith for both, Leeds for the first, "and" for none
    }
    assert figures([counts])["F1"].value == pytest.approx(4 / 7)


def test_annotators_judge_one_another(tmp_path: Path) -> None:
    """Each judges what enough of the others mask: of two the other, of three both or either."""
    marks = {word: mention(JUDGEMENT, word, word, "QUASI") for word in ("Smith", "Leeds", "Jones")}
    first, second, third = [marks["Smith"], marks["Leeds"]], [marks["Smith"], marks["Jones"]], [marks["Smith"]]
    (two,) = read_benchmark(write(tmp_path / "two.json", first, second))
    assert benchmark.peers(two, 1.0)["R"] == benchmark.peers(two, 1.0)["P"] == (2, 4)
    (three,) = read_benchmark(write(tmp_path / "three.json", first, second, third))
    assert benchmark.peers(three, 1.0)["R"] == (3, 5)  # Smith alone is masked by both others of each
    assert benchmark.peers(three, 1.0)["P"] == (3, 3)
    assert benchmark.peers(three, 0.5)["P"] == (
        3,
        7,
    )  # and now Jones before the first, Leeds before the second, both before the third


def test_a_mention_that_need_not_be_masked_does_not_lose_its_entity(tmp_path: Path) -> None:
    """Of an entity marked both ways, the mentions to mask decide; all count in R, as in the benchmark's own code."""
    mentions = [mention(JUDGEMENT, "Leeds", "x", "QUASI"), mention(JUDGEMENT, "Jones", "x", "NO_MASK")]
    (document,) = read_benchmark(write(tmp_path / "data.json", mentions))
    assert benchmark.tally(document, spans(JUDGEMENT, "Leeds")) == {
        "ER_di": (0, 0),
        "ER_qi": (1, 1),
        "R": (1, 2),
        "P": (1, 1),
    }


def test_a_data_set_without_entity_ids_has_words_alone(tmp_path: Path) -> None:
    """Where every mention has an id of its own, recall over entities would flatter."""
    mentions = [mention(JUDGEMENT, "Smith", f"m{n}", "QUASI", nth=n) for n in (0, 1)]
    (document,) = read_benchmark(write(tmp_path / "data.json", mentions))
    assert benchmark.tally(document, spans(JUDGEMENT, "Smith")) == {"R": (1, 2), "P": (1, 1)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ('{"Zebedee": 1}', "format"),
        ("[]", "no document"),
        ('[{"doc_id": "Zebedee", "annotations": {}}]', "document 1: a field is missing"),
        (
            '[{"doc_id": "1", "text": "Zebedee", "annotations": {"Zebedee": {"entity_mentions": '
            '[{"start_offset": 0}]}}}]',
            "mention 1",
        ),
        (
            '[{"doc_id": "1", "text": "Zebedee", "annotations": {"a": {"entity_mentions": '
            '[{"start_offset": 0, "end_offset": 99, "identifier_type": "QUASI"}]}}}]',
            "document 1: a mention's offsets",
        ),
    ],
)
def test_a_data_set_that_is_not_in_the_format_is_refused_in_plain_words(
    tmp_path: Path, content: str, message: str
) -> None:
    """The message says where, and repeats nothing of the data."""
    path = tmp_path / "data.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RedactionError, match=message) as caught:
        read_benchmark(path)
    assert SECRET not in str(caught.value)


def test_what_may_be_trained_on_is_not_measured_on() -> None:
    """The benchmark's dev part shares no document with its other parts (where its files are there)."""
    folder = ROOT.parent / "shared" / "data" / "tab"
    if not folder.is_dir():
        pytest.skip("the benchmark's files are not there")
    ids = {
        part: {document.name for document in read_benchmark(folder / f"{part}.json")}
        for part in ("dev", "train", "masks")
    }
    assert ids["dev"].isdisjoint(ids["train"] | ids["masks"])


# --- intervals and reports ---------------------------------------------------------------------------------------


def test_a_figure_is_micro_averaged_with_an_interval_over_documents() -> None:
    """Counts are summed, not averaged; of two documents that differ wholly, either may be drawn twice."""
    figure = figures([{"m": (1, 1)}, {"m": (0, 3)}])["m"]
    assert (figure.value, figure.low, figure.high, figure.hits, figure.of) == (0.25, 0.0, 1.0, 1, 4)


def test_one_document_has_no_spread_and_what_counts_nothing_has_no_figure() -> None:
    """The interval of one document is its value; 0 of 0 is not a figure."""
    found = figures([{"m": (1, 4), "n": (0, 0)}])
    assert (found["m"].low, found["m"].high, "n" in found) == (0.25, 0.25, False)


def test_nothing_found_at_all_is_a_figure_of_nought() -> None:
    """F1 of nothing is 0, not an error."""
    assert figures([{"R": (0, 3), "P": (0, 2)}])["F1"].value == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_figures_lie_between_nought_and_one_and_within_their_interval_ends(counts: list[tuple[int, int]]) -> None:
    """Whatever the counts, ends are in order, and the same counts give the same figures."""
    tallies = [{"m": (hits, hits + more)} for hits, more in counts]
    found = figures(tallies)
    assert found == figures(tallies)
    for figure in found.values():
        assert 0 <= figure.low <= figure.high <= 1
        assert 0 <= figure.value <= 1


def test_a_folder_is_measured_with_and_without_its_registers(tmp_path: Path, redactor: Redactor) -> None:
    """The real engine over a small folder: text for people, JSON for programs."""
    (tmp_path / "one.md").write_text(
        "{P|Ms Hannah Broughton} of nDelius (CRN {C|X455017}) rang twice.", encoding="utf-8"
    )
    (tmp_path / "one.register.yml").write_text("codes: [X455017]", encoding="utf-8")
    report = evaluate(tmp_path, redactor)
    part = part_of("one")
    assert report.row(OURS, part).figures["recall.people_and_codes"].value == 1
    assert report.row(OURS, part, register=True).figures["declared"].hits == 1
    assert "people and codes found" in report.as_text()
    assert json.loads(json.dumps(report.as_json()))["rows"][0]["figures"]["recall.C"]["value"] == 1
    assert "| 1.000 |" in table([("ours", report.row(OURS, part).figures)], ["recall.C", "ER_di"], intervals=False)


@pytest.mark.slow
def test_the_baselines_are_measured_in_the_same_run(tmp_path: Path, redactor: Redactor) -> None:
    """Presidio with its own recognizers, none of ours though they are loaded, and spaCy alone."""
    path = write(tmp_path / "data.json", [mention(JUDGEMENT, "Leeds", "l", "DIRECT")])
    report = evaluate(path, redactor, baselines=True)
    assert [row.system for row in report.rows] == [*ours_on_benchmark(redactor), *others()]
    assert all("R" in row.figures for row in report.rows)


@pytest.mark.slow
def test_presidio_as_it_comes_holds_its_own_recognizers() -> None:
    """It has its default ones for the United States, and none of ours."""
    masked = others()["Presidio as it comes"](["Mail ada@example.com, SSN 536-90-4399."], None)
    assert {"EMAIL_ADDRESS", "US_SSN"} <= {span.label for span in masked}


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_data_set_that_is_not_there_or_empty_is_refused(tmp_path: Path, redactor: Redactor, name: str) -> None:
    """In plain words."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(RedactionError, match=r"no such data set|no marked text"):
        evaluate(tmp_path / name, redactor)


def test_a_marked_text_that_cannot_be_read_is_named_by_its_place_alone(tmp_path: Path, redactor: Redactor) -> None:
    """A file's name is a case's, which is private."""
    (tmp_path / "Zebedee.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RedactionError, match="marked text 1") as caught:
        evaluate(tmp_path, redactor)
    assert SECRET not in str(caught.value)
