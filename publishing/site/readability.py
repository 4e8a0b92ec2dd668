"""How old a reader must be to read a page with ease: the Flesch–Kincaid grade of its hand-written words, plus five years."""

from __future__ import annotations

import re
from pathlib import Path

from publishing import prose
from publishing.settings import project_root

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_FURNITURE = re.compile(
    r"^---\n.*?\n---\n|<[^>]*>|^\[[^\]]*\]\([^)]*\)$", re.S | re.M
)  # front matter, tags, lone links
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def reading_age(text: str) -> float:
    """The reading age in years of plain sentences; a list's items and a table's rows end a sentence each.

    0.39 words a sentence + 11.8 syllables a word − 15.59 is a school grade in the United States; children start it at
    five. Syllables are counted as groups of vowels, so a single word may be wrong; a page is right within a year.
    """
    sentences = [found for line in re.split(r"[.!?:;]\s|\n", text) if (found := _WORD.findall(line.lower()))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_count_syllables, words)) / len(words) - 15.59
    return max(grade, 0) + 5


def reading_ages(markdown: Path) -> dict[str, float]:
    """The reading age of each hand-written page of a site's Markdown, the hardest first."""
    source = project_root() / "site_src"
    names = sorted(path.relative_to(source) for path in [*source.rglob("*.md"), *source.rglob("*.md.j2")])
    written = [name.with_suffix("") if name.suffix == ".j2" else name for name in names]
    ages = {
        name.as_posix().removesuffix(".md").removesuffix("/index"): _reading_age_of_page(markdown / name)
        for name in written
    }
    return dict(sorted(ages.items(), key=lambda item: -item[1]))


def readability_line(markdown: Path) -> str:
    """One line for who builds: each page that would be hard for a reader of fourteen, and the age of the middle page."""
    ages = reading_ages(markdown)
    hard = ", ".join(f"{name} {age:.0f}" for name, age in ages.items() if age >= 14.5)
    middle = sorted(ages.values())[len(ages) // 2]
    return f"reading age of hand-written pages: {middle:.0f} years{f'; harder: {hard}' if hard else ''}"


def _reading_age_of_page(path: Path) -> float:
    text = _LINK.sub(r"\1", _FURNITURE.sub("\n", path.read_text(encoding="utf-8")))
    return reading_age("\n".join(prose.plain(block.text) for block in prose.blocks(text)))


def _count_syllables(word: str) -> int:
    silent = word.endswith("e") and not word.endswith("le") and len(word) > 3
    return max(1, sum(len(_VOWELS.findall(part)) for part in re.split(r"[’'-]", word)) - silent)
