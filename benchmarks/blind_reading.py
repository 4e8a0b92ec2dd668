"""What a reader can still infer about each person: pages redacted with their registers, read by somebody who has nothing else.

Measured by person and not by span: with nine spans of ten masked, a reader may still tell who most people are (SPIA, 2026).
Twenty of the texts that are measured only, chosen by a hash, were handed out as a reader of the site would see them (blind/pages); whoever
read them wrote blind/answers, blind/keys says what is true, and blind/labels who has which label on a page. Run:

    python benchmarks/blind_reading.py                   prints the table of docs/redaction-quality.md
    python benchmarks/blind_reading.py --pages FOLDER    writes pages and labels afresh, to be read again
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from redaction import Redactor
from redaction.evaluation import MarkedText, labels_of_people, read_folder
from redaction.evaluation.told_dates import days_of_value
from redaction.text.folding import fold_text

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "gold" / "independent"
BLIND = Path(__file__).with_name("blind")
PAGES = 20
DAYS = ("anchor", "offence")
ASKED = ("name", "sex", "age", "town", "work", "school", "origin")
WEEK = dt.timedelta(days=7)
SURE = 0.8
"""The confidence from which a reader would say so to others."""
YEARS = 1
"""How far an age may be off."""


@dataclass(frozen=True)
class Answer:
    """One question of one page: whether it was answered, rightly, and with what confidence."""

    kind: str
    answered: bool
    right: bool
    confidence: float


def chosen() -> list[MarkedText]:
    """The texts that are read, whatever they are called."""
    documents = [d for d in read_folder(TEXTS) if d.register is not None]
    documents.sort(key=lambda d: hashlib.sha256(f"blind {d.name}".encode()).hexdigest())
    return documents[:PAGES]


def write_pages(folder: Path, redactor: Redactor) -> None:
    """The public text of each page to hand out, and beside it, to keep back, who has which label there."""
    for document in chosen():
        redaction = redactor.redact(document.texts, document.register, anchor=document.anchor)
        labels = {who: sorted(told) for who, told in sorted(labels_of_people(document, redaction).items())}
        _write(folder / "pages" / f"{document.name}.md", "\n\n".join(redaction.texts) + "\n")
        _write(folder / "labels" / f"{document.name}.yml", yaml.safe_dump(labels, allow_unicode=True))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def answers(folder: Path = BLIND) -> Iterator[Answer]:
    """Every question that the key of a page can judge, with what the reader made of it."""
    for path in sorted((folder / "keys").glob("*.yml")):
        key, told, labels = (_load(folder / part / path.name) for part in ("keys", "answers", "labels"))
        for day in DAYS:
            if day in key:
                yield _day(day, str(key[day]), told.get(day) or {})
        for who, truth in key["people"].items():
            guesses = [told.get("people", {}).get(label) or {} for label in labels.get(who, ())]
            for kind in ASKED:
                if kind in truth:
                    yield _fact(kind, truth[kind], [guess.get(kind) or {} for guess in guesses])


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _day(kind: str, truth: str, guess: Mapping[str, Any]) -> Answer:
    """Right where what is guessed is at most two weeks long and within a week of the true day."""
    written = str(guess.get("guess") or "")
    try:
        first, last = days_of_value(written)
    except ValueError:
        return Answer(kind, False, False, 0.0)
    begins, ends = days_of_value(truth)
    near = last - first <= 2 * WEEK and first - WEEK <= ends and begins - WEEK <= last
    return Answer(kind, True, near, float(guess.get("confidence") or 0))


def _fact(kind: str, truth: Any, guesses: Sequence[Mapping[str, Any]]) -> Answer:
    """The best of what was guessed of one person under each of their labels."""
    made = [
        Answer(kind, True, _is_right(kind, truth, str(g["guess"])), float(g.get("confidence") or 0))
        for g in guesses
        if g.get("guess") not in (None, "")
    ]
    return max(made, key=lambda a: (a.right, a.confidence), default=Answer(kind, False, False, 0.0))


def _is_right(kind: str, truth: Any, guess: str) -> bool:
    if kind == "age":
        digits = "".join(c for c in guess if c.isdigit())
        return digits != "" and len(digits) < 4 and abs(int(digits) - int(truth)) <= YEARS
    if kind == "sex":
        return guess.casefold() == truth
    said = f" {' '.join(fold_text(guess).split())} "
    wanted = [" ".join(fold_text(str(one)).split()) for one in truth]
    if kind == "name":
        # any name of theirs tells who they are
        return any(f" {word} " in said for name in wanted for word in name.split() if len(word) > 1)
    return any(f" {one} " in said or said.strip() in one for one in wanted)


def table_of(made: Sequence[Answer]) -> str:
    """A row for each kind of question: asked, answered, right, right and sure, and what the commonest answer alone would have."""
    rows = ["| | asked | answered | right | right, and sure of it | sure and wrong |", "|---|---|---|---|---|---|"]
    names = {"anchor": "day of release or sentence, within a week", "offence": "day of the offence, within a week"}
    for kind in (*DAYS, *ASKED):
        of_kind = [a for a in made if a.kind == kind]
        if not of_kind:
            continue
        counted = Counter(
            {
                "answered": sum(a.answered for a in of_kind),
                "right": sum(a.right for a in of_kind),
                "sure": sum(a.right and a.confidence >= SURE for a in of_kind),
                "wrong": sum(a.answered and not a.right and a.confidence >= SURE for a in of_kind),
            }
        )
        cells = (
            names.get(kind, kind),
            len(of_kind),
            *(counted[name] for name in ("answered", "right", "sure", "wrong")),
        )
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def section() -> str:
    """What docs/redaction-quality.md tells of it."""
    return f"""## Read blind, by person

What a reader can still infer about each person, and not which spans are gone: {PAGES} of the first fifty of these texts, redacted with their registers and with no flag
decided, were read by somebody who had nothing else (a language model, told so, four readers of five pages each), and answered for everybody who is no member of
staff. *Right* is what the source says: a day within a week, an age within a year, any one name of a person. Sex, work and origin are published by policy (work and origin as flags that a
person decides); names, towns and days are not. Pages, answers and keys are in benchmarks/blind: `python benchmarks/blind_reading.py`.

{table_of(list(answers()))}

Of the five pages on which a day was told, two fell to an event that everybody can look up (a match with the hour it began, a vote in parliament, each beside an
interval in days), one to school terms and the measures of a pandemic, one to a jubilee, one to a date in figures that stayed. Such events and intervals are flags that hold the signing now, and dates of that form are
found. Names: two that are English words, in text messages in small letters, and one that a disclosure scheme is called after. Towns: a ferry and an island, and the short name of a hospital."""


def main() -> None:
    """Write the pages, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path)
    asked = parser.parse_args()
    if asked.pages:
        write_pages(asked.pages, Redactor())
    else:
        print(table_of(list(answers())))


if __name__ == "__main__":
    main()
