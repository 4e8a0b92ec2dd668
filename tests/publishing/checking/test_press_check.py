"""What a public text shares with the press."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.checking import press_check
from publishing.errors import PublishingError
from tests.support.paths import TESTS

PAPER = (
    "The man was seen on Boxing Day 2018 near the canal. Neighbours heard shouting, and the out of hours line rang "
    "seventeen times. She died on 14/06/2018 in her cagoule, a jury heard, and £1,200 was missing."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Staff said the out-of-hours line rang, and was not heard.", [("phrase", "the out-of-hours line rang")]),
        ("Staff said the out of [Town 1] hours line rang.", []),
        ("Nobody near the canal was asked.", []),
        ("It was June 2018.", [("date", "June 2018")]),
        ("It was 14 June.", [("date", "14 June")]),
        ("It was on June 14th, 2018, early.", [("date", "June 14th, 2018")]),
        ("It was 15 June 2018.", [("number", "2018")]),
        ("It was July.", []),
        ("He came on Boxing Day.", [("date", "Boxing Day")]),
        ("He came at Easter.", []),
        ("There were 17 calls.", [("number", "17")]),
        ("There were Seventeen calls.", [("number", "Seventeen")]),
        ("There were 170 calls on [day 17 of the order].", []),
        ("He took 1200 pounds.", [("number", "1200")]),
        ("He wore a Cagoule.", [("rare", "Cagoule")]),
        ("The man had neighbours.", []),
    ],
)
def test_what_is_shared(text: str, found: list[tuple[str, str]]) -> None:
    """Phrases, days, numbers and rare words, however each is written; labels and what everyone writes are not."""
    hits = press_check.find_shared([text], {"paper": PAPER})
    assert [(hit.kind, text[hit.start : hit.end]) for hit in hits] == found
    assert {hit.sources for hit in hits} <= {("paper",)}


def test_each_text_is_named_and_a_phrase_may_be_of_any_length() -> None:
    """A phrase that two papers have names both; with another length of phrase there is more or less to find."""
    other = "the out of hours line"
    (hit,) = press_check.find_shared(["So the out of hours line it was."], {"b": PAPER, "a": other})
    assert hit.sources == ("a", "b")
    assert press_check.find_shared(["near the canal"], {"b": PAPER}) == ()
    assert len(press_check.find_shared(["near the canal"], {"b": PAPER}, words=3)) == 1


def test_rare_is_what_other_reviews_do_not_say() -> None:
    """An ordinary word that no other review uses leads to a case as well as an odd one."""
    usual = press_check.comparable_words(["The man was near; neighbours were heard."])
    hits = press_check.find_shared(["Shouting was heard near the canal."], {"b": PAPER}, usual=usual)
    assert [hit.start for hit in hits] == [0, 28]


def test_texts_are_kept_in_the_case_and_nowhere_else(folder: Path) -> None:
    """Text, saved web pages and Word files are read; scripts in a page are no words; a name is never a path."""
    press_check.add_press_text(folder, "evening paper", b"A cagoule.")
    press_check.add_press_text(
        folder, "page.html", b"<style>p {}</style><p>A&nbsp;<b>jury</b> heard</p><script>cagoule</script>"
    )
    word = TESTS / "publishing" / "intake" / "word" / "libreoffice" / "review.docx"
    press_check.add_press_text(folder, "remarks.docx", word.read_bytes())
    texts, unreadable = press_check.load_press_texts(folder)
    assert list(texts) == ["evening paper.txt", "page.html", "remarks.docx"]
    assert " ".join(texts["page.html"].split()) == "A jury heard"
    assert "The handover was late." in texts["remarks.docx"]
    assert unreadable == ()
    for name in ("../up", "a/b", "..", ".hidden", "", "x" * 200, "evening paper"):
        with pytest.raises(PublishingError, match="Nothing was kept"):
            press_check.add_press_text(folder, name, b"Words.")
    with pytest.raises(PublishingError, match="paste"):
        press_check.add_press_text(folder, "scan.docx", b"\x89PNG")
    press_check.remove_press_text(folder, "../review.md")
    press_check.remove_press_text(folder, "page.html")
    (folder / "press" / "link.txt").symlink_to(folder / "press" / "evening paper.txt")
    (folder / "press" / "scan.pdf").write_bytes(b"%PDF-1.7")
    assert press_check.load_press_texts(folder)[1] == ("link.txt", "scan.pdf")
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]
