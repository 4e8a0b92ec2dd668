"""What the tagger learns from: never what it is measured on."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

from redaction.evaluation.marked import part_of
from redaction.ner.tag_labels import TagLabel
from tests.support.paths import INDEPENDENT, ROOT
from training.names import origins
from training.texts import Span, Text, read, read_own
from training.variety import varied, with_labels, with_other_names

FILES = ("train", "masks", "dev")


def _document(name: str) -> dict[str, Any]:
    mention = {"start_offset": 0, "end_offset": 3, "entity_type": "PERSON", "identifier_type": "DIRECT"}
    return {"doc_id": name, "text": "Ada spoke.", "annotations": {"a": {"entity_mentions": [mention]}}}


def _data(folder: Path, **names: str) -> Path:
    (folder / "tab").mkdir()
    for file, name in names.items():
        (folder / "tab" / f"{file}.json").write_text(json.dumps([_document(name)]), encoding="utf-8")
    return folder


def test_what_is_measured_on_is_never_learnt(tmp_path: Path) -> None:
    """Of our gold the tuning half alone is read, and of the benchmark nothing of its dev part."""
    names = {text.name for text in read(_data(tmp_path, train="1", masks="2", dev="3"), ROOT)}
    gold = {path.stem for path in (ROOT / "tests" / "gold").glob("*.md")}
    assert {"1", "2"} <= names
    assert "3" not in names
    assert names & gold == {name for name in gold if part_of(name) == "tuned on"}
    elsewhere = {path.stem for path in INDEPENDENT.glob("*.md")}
    assert elsewhere
    assert names & elsewhere == set()


def test_what_counts_neither_way_is_not_learnt() -> None:
    """Pseudonyms that an author used already, years alone and recurring times: nothing of them is to be masked."""
    read_texts = [text for text in read_own(ROOT) if text.name.startswith("n-")]
    assert len(read_texts) == 169
    recurring = [
        (text.name, text.text[span.start : span.end])
        for text in read_texts
        for span in text.spans
        if text.text[span.start : span.end].casefold().startswith(("every ", "each ")) and span.kind is TagLabel.DATE
    ]
    assert recurring == []


def test_a_document_of_the_dev_part_among_the_others_is_refused(tmp_path: Path) -> None:
    """Whoever mixes the files up is told."""
    with pytest.raises(ValueError, match=r"dev\.json"):
        read(_data(tmp_path, train="1", masks="3", dev="3"), ROOT)


def test_the_given_files_hold_nothing_in_common() -> None:
    """The benchmark's parts as they are given to us, where they are at hand: no document of one is in another, by any name."""
    folder = ROOT.parent / "shared" / "data"
    if not (folder / "tab" / "dev.json").is_file():
        pytest.skip("the benchmark's files are not beside the project")
    assert len(read(folder, ROOT)) > 198
    parts = [json.loads((folder / "tab" / f"{name}.json").read_text(encoding="utf-8")) for name in FILES]
    for key in ("doc_id", "text"):
        for one, other in itertools.combinations(parts, 2):
            assert {document[key] for document in one}.isdisjoint(document[key] for document in other)


TEXT = Text(
    "made",
    "Mr Amos Shaw in Leeds is Mr Shaw.",
    (Span(3, 12, TagLabel.PERSON, 1.0), Span(16, 21, TagLabel.PLACE, 1.0), Span(28, 32, TagLabel.PERSON, 1.0)),
    own=True,
)


@pytest.mark.parametrize("seed", range(20))
def test_other_names_stay_marked(seed: int) -> None:
    """A person's surname becomes the same other one at both mentions, and what is marked covers it whole."""
    changed = with_other_names(TEXT, random.Random(seed))
    full, _, short = (changed.text[s.start : s.end] for s in changed.spans)
    assert full.endswith(short)
    assert "Shaw" not in changed.text


@pytest.mark.parametrize("seed", range(20))
def test_labels_are_not_marked(seed: int) -> None:
    """What stands in the place of a name is to be kept, and no offset slips."""
    changed = with_labels(TEXT, random.Random(seed), 0.6)
    assert all("[" not in changed.text[s.start : s.end] for s in changed.spans)
    assert changed.text.count("[") + len(changed.spans) == len(TEXT.spans)
    assert varied(TEXT, random.Random(seed)).own


def test_names_are_held_out_from_training() -> None:
    """Of every origin some names are kept to measure fairness with, and none is in both."""
    for origin, kept in origins(held_out=True).items():
        for kind in ("female", "male", "surnames"):
            assert kept[kind], (origin, kind)
            assert not set(kept[kind]) & set(origins(held_out=False)[origin][kind])
