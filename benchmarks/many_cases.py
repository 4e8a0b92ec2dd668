"""A reviews folder of many signed cases, mixed from the samples: each under a name, a reference and a register of its own.

To see how long a release of many reviews takes, and how much longer the check for identities takes with each person declared. What a build
asks to be redacted is in the folder's cache already, as it is where the cases were published before.
Run: python benchmarks/many_cases.py FOLDER 150, then time candour build --reviews FOLDER --out DIR   (twice: the second is a release in which nothing changed)
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import shutil
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

from publishing import checking, intake
from publishing.checking import decisions, load_signed_text
from publishing.errors import PublishingError, SigningRefusedError
from publishing.files.cache import Cache
from publishing.redacting.jobs import RedactionJob, job_for, redact_cached, store_cached
from publishing.release.comparison import review_as_signed
from publishing.reviews import Block, RedactedReview
from redaction import Redactor

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "reviews"
SIGNER = "Cleo Signer"
_CORRECTION = "This summary was corrected."
_ONSETS = ("bl", "br", "dr", "fl", "gr", "kr", "pl", "qu", "sk", "thr", "tw", "vr", "w", "y", "z")
_MIDDLES = ("andle", "enqu", "illiv", "ombr", "uddel", "arrow", "ettle", "oxim", "ysh", "abbot")
_ENDS = ("wick", "thwaite", "by", "combe", "ster", "low", "holt", "mere", "shaw", "dyke")


def fill(reviews: Path, number: int, seed: int = 0) -> None:
    """Write and sign so many cases into an empty folder; what samples share is redacted once."""
    names = random.Random(seed)
    redactor, cache, sampled = Redactor(), Cache.of_reviews(reviews), Cache.of_reviews(SAMPLES)
    samples = [path for path in sorted(SAMPLES.iterdir()) if _is_published(path)]
    for place, sample in enumerate(islice(cycle(samples), number), start=1):
        folder = reviews / f"case-{place:05}"
        _copy_case(sample, folder, place)
        text = load_signed_text(sample, dt.date.today())
        assert text is not None
        lessons = tuple(lesson.model_copy(update={"same_as": ()}) for lesson in text.lessons)
        text = text.model_copy(
            update={"public_id": f"{2000 + place // 1000}-{place % 1000:03}", "lessons": lessons, "changes": ()}
        )
        _sign(folder, text, names)
        for job, same in zip(_jobs(folder, text), _jobs(sample, text), strict=True):
            store_cached(cache, job.key(redactor.policy.fingerprint), redact_cached(same, redactor, sampled))


def correct(reviews: Path) -> None:
    """Add a sentence to the first review and sign it again; its source is redacted, as it is at signing, and the second reader has not read it."""
    folder = _first(reviews)
    path = folder / "review.md"
    head, summary, body = path.read_text(encoding="utf-8").partition("## Summary\n")
    assert summary
    path.write_text(f"{head}{summary}\n{_CORRECTION}\n{body}", encoding="utf-8")
    text = load_signed_text(folder, dt.date.today())
    assert text is not None
    first, *others = text.sections
    assert first.key == "summary"
    corrected = first.model_copy(update={"blocks": (Block(text=_CORRECTION), *first.blocks)})
    text = text.model_copy(update={"sections": (corrected, *others)})
    checking.sign(folder, intake.load_case(folder), text, SIGNER, dt.datetime.now(dt.UTC))
    source, _, as_signed = _jobs(folder, text)
    redactor = Redactor()
    for job in (source, as_signed):
        redact_cached(job, redactor, Cache.of_reviews(reviews))


def declare(reviews: Path) -> None:
    """Declare somebody more in the first review's register."""
    with (_first(reviews) / "register.yml").open("a", encoding="utf-8") as register:
        register.write("organisations: [Quenquarrowthwaite Lido Trust]\n")


def _first(reviews: Path) -> Path:
    return intake.case_folders(reviews)[0]


def _sign(folder: Path, text: RedactedReview, names: random.Random) -> None:
    """Sign a text under a register of invented people, of whom nobody has initials that are on the page."""
    while True:
        _write_register(folder, names)
        with suppress(SigningRefusedError):
            checking.sign(folder, intake.load_case(folder), text, SIGNER, dt.datetime.now(dt.UTC))
            return


def _jobs(folder: Path, text: RedactedReview) -> list[RedactionJob]:
    """What a build asks to be redacted of a case."""
    review, decided = intake.load_case(folder), decisions.load(folder)
    as_signed = review_as_signed(folder, review)
    return [job_for(review, decided), job_for(review, decided, text.strings()), job_for(as_signed, decided)]


def _is_published(sample: Path) -> bool:
    try:
        text = load_signed_text(sample, dt.date.today()) if sample.is_dir() else None
    except PublishingError:
        return False
    return text is not None and text.publish_on <= dt.date.today() and intake.load_case(sample).status == "approved"


def _copy_case(sample: Path, folder: Path, place: int) -> None:
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("signed.json", "signoff.yml", "register.yml"))
    path = folder / "review.md"
    text = re.sub(r"^ +(?:not_)?same_as:.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(
        r"^public_id:.*$", f'public_id: "{2000 + place // 1000}-{place % 1000:03}"', text, count=1, flags=re.MULTILINE
    )
    path.write_text(text, encoding="utf-8")


def _write_register(folder: Path, names: random.Random) -> None:
    people = "".join(f"  - {{role: {role}, names: [{_name(names)} {_name(names)}]}}\n" for role in _ROLES)
    places = "".join(f"  - {names.randrange(1, 200)} {_name(names)} Road, {_name(names)}\n" for _ in range(4))
    codes = "".join(f"  - A{names.randrange(1000, 9999)}{''.join(names.choices('CDEFGHK', k=2))}\n" for _ in range(5))
    register = f"format: 1\npeople:\n{people}places:\n{places}codes:\n{codes}"
    (folder / "register.yml").write_text(register, encoding="utf-8")


_ROLES = (
    "person-on-probation",
    "victim",
    "previous-victim",
    "family-member",
    *["probation-practitioner"] * 3,
    *["professional"] * 8,
)


def _name(names: random.Random) -> str:
    return "".join(names.choice(part) for part in (_ONSETS, _MIDDLES, _ENDS)).capitalize()


def main() -> None:
    """Fill a new folder, and say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write them; it must be empty, or not there yet")
    parser.add_argument("cases", type=int, help="how many cases")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty: give another folder, which is made")
    fill(asked.folder, asked.cases)
    print(f"{asked.cases} signed cases are in {asked.folder}: candour build --reviews {asked.folder} --out DIR")


if __name__ == "__main__":
    main()
