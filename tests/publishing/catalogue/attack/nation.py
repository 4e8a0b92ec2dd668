"""Invented nations: every case that there was, what officials counted of them, and the reviews that were published."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.catalogue import coarsening, national_counts, singling_out
from publishing.catalogue.national_counts import NationalCount
from publishing.reviews import RedactedReview, Withdrawal

OFFENCES = ("murder", "manslaughter", "rape", "kidnap", "wounding-with-intent")
YEARS = range(2015, 2020)
REGIONS = ("london", "north-east", "wales")
SUPERVISION = ("licence", "community-order")
PROVIDERS = ("national-probation-service", "probation-trust")
AGENCIES = ("police", "health")
CONTENT = ("crossbow", "fatal violence")
TODAY = dt.date(2026, 11, 23)


@dataclass(frozen=True)
class Case:
    """One case of the nation, published or not: everything that may be told of it."""

    offence: str
    year: int
    region: str
    further: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """What further is true of it, of one kind."""
        return tuple(value for kind, value in self.further if kind == name)


@dataclass(frozen=True)
class Nation:
    """Every case, the kinds of further facts that officials counted by, and the cases that are published."""

    cases: tuple[Case, ...]
    counted: tuple[str, ...]
    published: dict[str, Case]


def nation(seed: int) -> Nation:
    """A nation drawn by chance: cells of all sizes, from one case to dozens."""
    chance = random.Random(seed)
    counted = tuple(chance.sample(("supervision", "provider", "agency", "content"), 2))
    offences = chance.sample(OFFENCES, chance.randint(1, 4))
    years, regions = chance.sample(YEARS, chance.randint(1, 3)), chance.sample(REGIONS, chance.randint(1, 3))

    def case() -> Case:
        further = [("supervision", _one(chance, SUPERVISION, "supervision" in counted))]
        if "provider" in counted:
            further.append(("provider", chance.choice(PROVIDERS)))
        further.append(("agency", "probation"))
        if "agency" in counted:
            further += [("agency", agency) for agency in AGENCIES if chance.random() < 0.5]
        if "content" in counted:
            further.append(("content", _one(chance, CONTENT, chance.random() < 0.2)))
        return Case(chance.choice(offences), chance.choice(years), chance.choice(regions), tuple(further))

    kinds = [case() for _ in range(chance.choice((4, 12, 40)))]
    cases = tuple(kind for kind in kinds for _ in range(chance.choice((1, 1, 2, 4, 6, 12))))
    chosen = chance.sample(cases, min(len(cases), chance.choice((1, 4, 10))))
    if chance.random() < 0.3:
        # everybody of one kind of offence is published: what is left of it is nothing
        chosen = [case for case in cases if case.offence == offences[0]][:12]
    return Nation(cases, counted, {f"2025-{number:03}": case for number, case in enumerate(chosen, start=1)})


def _one(chance: random.Random, values: Sequence[str], differs: bool) -> str:
    return chance.choice(values) if differs else values[-1]


def counts(nation: Nation, seed: int) -> str:
    """The nation's national.csv: its cells by region and by every combination of what is counted, and some totals."""
    chance = random.Random(seed)
    cells: Counter[tuple[str, int, str, tuple[tuple[str, str], ...]]] = Counter()
    for case in nation.cases:
        told = [pair for pair in case.further if pair[0] in nation.counted]
        for n in range(len(told) + 1):
            cells.update((case.offence, case.year, case.region, some) for some in itertools.combinations(told, n))
    lines = ["offence,year,region,count,source,supervision,provider,agency,content"]
    for (offence, year, region, further), count in sorted(cells.items()):
        columns = [
            "; ".join(value for kind, value in further if kind == name)
            for name in ("supervision", "provider", "agency", "content")
        ]
        lines.append(",".join([offence, str(year), region, str(count), "Invented", *columns]))
    wholes = Counter((case.offence, case.year) for case in nation.cases)
    lines += [f"{o},{y},,{count},Invented,,,," for (o, y), count in sorted(wholes.items()) if chance.random() < 0.8]
    everything = Counter(case.year for case in nation.cases)
    lines += [
        f"all,{year},,{count},Invented,,,," for year, count in sorted(everything.items()) if chance.random() < 0.7
    ]
    return "\n".join(lines) + "\n"


def signed(nation: Nation, told: Sequence[NationalCount], k: int) -> list[RedactedReview]:
    """The published reviews with their facts as signing gives them, by a signer who lets nothing pass that is not safe."""
    found = []
    for public_id, case in nation.published.items():
        text = review(public_id, case)
        facts, _ = coarsening.coarsen(text.facts, told, k, text.content_notes)
        if all(known.level == "safe" for known in singling_out.anonymity_sets(facts, told, k, text.content_notes)):
            found.append(text.model_copy(update={"facts": facts}))
    return found


def review(public_id: str, case: Case) -> RedactedReview:
    """A case's review, redacted and not signed yet; no word of its text is a term of the vocabulary."""
    number = int(public_id[-3:])
    facts = {
        "outcome": "convicted", "offence": case.offence, "offence_year": case.year, "region": case.region,
        "supervision": case.values("supervision")[0], "provider": next(iter(case.values("provider")), None),
        "risk_of_serious_harm": "high", "agencies": case.values("agency"), "themes": ("recording",),
        "reasonable_steps": "not-taken",
    }  # fmt: skip
    lesson = {"id": 1, "text": "Ask, and write the answer down.", "level": "local", "owner": "[Provider 1]"}
    return RedactedReview.model_validate(
        {
            "public_id": public_id, "publish_on": dt.date(2025 + number % 2, 1 + number % 12, 3), "facts": facts,
            "content_notes": case.values("content"), "lessons": (lesson,), "redactions": {"PERSON": 12, "CODE": None},
            "sections": ({"key": "summary", "blocks": ({"text": "Nobody asked, and nobody wrote.", "number": 1},)},),
            "changes": ({"date": dt.date(2026, 5, 6), "note": "A word was mended."},) if number % 3 == 0 else (),
        }
    )  # fmt: skip


GONE = Withdrawal(public_id="2024-009", on=TODAY, reason="legal")


def officially(nation: Nation, folder: Path, seed: int) -> tuple[NationalCount, ...]:
    """The nation's counts, by way of a national.csv."""
    (folder / national_counts.FILE).write_text(counts(nation, seed), encoding="utf-8")
    return national_counts.load_national_counts(folder / national_counts.FILE)
