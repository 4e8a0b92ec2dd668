"""Wordings: what search treats as one thing, and what it leaves out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from publishing.site import glossary
from publishing.site.search import synonyms

ROSH = ("zzrosh0", 1)
SPELLED_OUT = ("zzrosh0", 4)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a RoSH screening", [(1, *ROSH)]),
        ("the [RoSH], and", [(1, *ROSH)]),
        ("the risk of serious harm. Then", [(1, *SPELLED_OUT)]),
        ("Risk of  harm was low", [(0, "zzrosh0", 3)]),
        ("risk of other harm", []),
        ("a risk of serious", []),
        ("two SPOs met", [(1, "zzspo0", 1)]),
        ("RoSH/MAPPA both", [(0, *ROSH), (0, "zzmappa0", 1)]),
        ("multi\u2011 agency public protection arrangements", [(0, "zzmappa0", 5)]),
        ("[Person on probation] left", [(0, "zzpersononprobation0", 3)]),
        ("a broshure", []),
        ("his GPS tags were", [(1, "zzelectronicmonitoring0", 2), (2, "zzelectronicmonitoring0", 1)]),
        ("electronically tagged for", [(0, "zzelectronicmonitoring0", 2), (1, "zzelectronicmonitoring0", 1)]),
        ("price tagger", []),
        ("told children’s social care", [(1, "zzchild0", 1), (1, "zzchildrensservices0", 3)]),
        ("services for children", [(2, "zzchild0", 1)]),
    ],
)
def test_wordings_are_found(text: str, found: list[tuple[int, str, int]]) -> None:
    """In brackets, in the plural, beside a slash, over several words; parts of one are none."""
    assert sorted((at, group.token, length) for group, at, length in synonyms.find_wordings(text.split())) == sorted(
        found
    )


def test_every_abbreviation_of_the_glossary_is_a_group() -> None:
    """With every other way to say it, and a token of its own."""
    groups = {group.forms[0]: group for group in synonyms.synonym_groups()}
    for entry in glossary.glossary_entries():
        if entry.means:
            assert groups[entry.term].forms == (entry.term, entry.means, *entry.also)
    assert len({group.token for group in synonyms.synonym_groups()}) == len(synonyms.synonym_groups())


def test_the_search_page_knows_the_same(staging: Path) -> None:
    """The module that its script imports is written from the same data."""
    module = (staging / "site/assets/scripts/search-words.js").read_text(encoding="utf-8")
    listed = json.loads(re.search(r"groups = (\[.*?),\n\];", module, re.S)[1] + "]")
    assert [(group["token"], tuple(group["forms"])) for group in listed] == [
        (g.token, g.forms) for g in synonyms.synonym_groups()
    ]
    assert set(json.loads(re.search(r"new Set\((.*)\);", module)[1])) == synonyms.ignored_words()
    assert {"the", "of", "on"} <= synonyms.ignored_words()
