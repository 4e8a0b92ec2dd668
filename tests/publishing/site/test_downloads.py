"""What is put beside the open data: each review's text as Markdown, whole and with its numbers, and checksums."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from publishing.reviews import RedactedReview, Withdrawal
from publishing.site.downloads import review_text


def words(text: str) -> list[str]:
    """The words of Markdown as a reader sees them."""
    shown = "".join(
        inline.content if inline.type != "softbreak" else " "
        for token in MarkdownIt("commonmark").enable("table").parse(text)
        for inline in (*(token.children or ()),)
    )
    return re.findall(r"\w+", shown)


def test_each_text_is_whole(
    staging: Path, reviews: tuple[RedactedReview, ...], withdrawals: tuple[Withdrawal, ...]
) -> None:
    """Every number stands before its paragraph, every lesson is there; a withdrawn review has no text."""
    folder = staging / "site/data/reviews"
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    assert {path.stem for path in folder.glob("*.md")} == {r.public_id for r in reviews} - gone
    for review in reviews:
        if review.public_id in gone:
            continue
        text = (folder / f"{review.public_id}.md").read_text(encoding="utf-8")
        assert yaml.safe_load(text.split("---\n")[1])["reference"] == review.public_id
        numbered = {block.number: block.text for section in review.sections for block in section.blocks if block.number}
        parts = re.split(r"<!-- p(\d+) -->\n\n", text)
        told = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
        assert told.keys() == numbered.keys()
        for number, block in numbered.items():
            first = re.findall(r"\w+", block)[:4]
            assert re.findall(r"\w+", re.sub(r"\\|&#?\w+;", "", told[number]))[: len(first)] == first
        # a text may have sub-headings of that name before
        taught = [int(number) for number in re.findall(r"^### Lesson (\d+)$", text, re.MULTILINE)]
        assert taught[len(taught) - len(review.lessons) :] == [lesson.id for lesson in review.lessons]


def test_a_label_is_text_in_any_markdown(reviews: tuple[RedactedReview, ...]) -> None:
    """Neither a link nor a definition that readers of Markdown leave out."""
    lesson = reviews[0].lessons[0].model_copy(update={"text": "[Practitioner 1]: No. *See* [Victim 1](aged 25) & <b>."})
    text = review_text(reviews[0].model_copy(update={"lessons": (lesson,)}), "https://reviews.example/")
    assert "Practitioner 1 No See Victim 1 aged 25 b" in " ".join(words(text))
    assert f'address: "https://reviews.example/reviews/{reviews[0].public_id}/"' in text


def test_checksums_are_of_every_file_but_pages(staging: Path) -> None:
    """Records, texts and feeds too; each is right."""
    data = staging / "site/data"
    lines = (data / "checksums.txt").read_text(encoding="utf-8").splitlines()
    told = {line[66:]: line[:64] for line in lines}
    assert list(told) == sorted(told)
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert told.keys() == {name for name in there if not name.endswith(".html")} - {"checksums.txt"}
    assert all(hashlib.sha256((data / name).read_bytes()).hexdigest() == value for name, value in told.items())
