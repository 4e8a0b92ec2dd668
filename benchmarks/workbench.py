"""What the workbench's lists take with many cases: seconds to the first view, seconds of processor a view, and memory.

The cases are mixed from the samples, each under a name and reference of its own: drafts, cases to sign, cases that wait for their day and
published ones. Their redactions are there already, as they are on a machine where the cases were read before. Every number of cases is
measured in a process of its own. Run: python benchmarks/workbench.py 200 500
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http.cookiejar import CookieJar
from itertools import cycle, islice
from pathlib import Path

from starlette.testclient import TestClient

from publishing import checking, intake
from publishing.checking import decisions, load_signed_text
from publishing.errors import PublishingError
from publishing.files.cache import Cache
from publishing.redacting.jobs import assemble, job_for, redact_cached
from publishing.site import public_record
from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "127.0.0.1:8100"
REPEATS = 5
SIGNERS = ("Ada Checker", "Ben Reader", "Cleo Signer")
VIEWS = (
    "/",
    "/?page=2",
    "/?find=case-01",
    "/?state=published&sort=-due",
    "/deadlines",
    "/withdraw",
    "/case/case-0004",
    "/case/case-0004/press",
)
"""What is measured, besides the first view."""


@dataclass(frozen=True)
class House:
    """A reviews folder with many cases, and the records of what is published of them."""

    reviews: Path
    out: Path

    def fill(self, number: int) -> None:
        """Write and sign the cases; what samples share is redacted once."""
        redactor = Redactor()
        samples = sorted(path for path in (ROOT / "reviews").iterdir() if path.is_dir())
        for place, sample in enumerate(islice(cycle(samples), number), start=1):
            folder = self.reviews / f"case-{place:04}"
            _copy_case(sample, folder, place)
            if place % 10 > 1:
                _sign(folder, redactor, SIGNERS[place % len(SIGNERS)])
        texts = (load_signed_text(folder, dt.date.today()) for folder in intake.case_folders(self.reviews))
        due = [text for text in texts if text and text.publish_on <= dt.date.today()]
        public_record.write_public_record(due, (), self.out / "markdown")


def _copy_case(sample: Path, folder: Path, place: int) -> None:
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("signed.json", "signoff.yml"))
    path = folder / "review.md"
    text = path.read_text(encoding="utf-8")
    fields = {"public_id": f'"{2000 + place // 1000}-{place % 1000:03}"'}
    if place % 10 == 0:
        fields["status"] = "draft"
    if place % 10 == 2:
        fields["publish_on"] = str(dt.date.today() + dt.timedelta(days=place))
    for name, value in fields.items():
        text = re.sub(rf"^{name}:.*$", f"{name}: {value}", text, count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def _sign(folder: Path, redactor: Redactor, by: str) -> None:
    """Sign a case; a sample that nobody may sign stays to be checked."""
    try:
        review = intake.load_case(folder)
        redaction = redact_cached(job_for(review, decisions.load(folder)), redactor, Cache.of_reviews(folder.parent))
        checking.sign(folder, review, assemble(review, redaction), by, dt.datetime.now(dt.UTC))
    except PublishingError:
        pass


def first_view(house: House) -> str:
    """How long it takes from starting the command until its first list of cases is there whole."""
    command = [sys.executable, "-m", "publishing.cli", "workbench", "--no-browser", "--port", "0"]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    places = ["--reviews", str(house.reviews), "--out", str(house.out)]
    start, before = time.perf_counter(), _children_seconds()
    with subprocess.Popen([*command, *places], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        address = re.findall(r"http://\S+", process.stdout.readline())[0]
        printed = time.perf_counter()
        with browser.open(address) as answer:
            answer.read()
        there = time.perf_counter()
        process.terminate()
    return (
        f"{there - printed:.2f} s after the address was printed, {there - start:.2f} s after the command, "
        f"{_children_seconds() - before:.2f} s of processor"
    )


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(number: int) -> str:
    """Everything about one number of cases, as lines of text."""
    with tempfile.TemporaryDirectory() as place:
        house = House(Path(place) / "reviews", Path(place) / "build")
        house.reviews.mkdir()
        # in a process of its own: its memory is not the workbench's
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
            alone.submit(house.fill, number).result()
        lines = [f"first view ever: {first_view(house)}"]
        queue = CaseQueue(house.reviews, house.out)
        client = TestClient(create_app(queue, ADDRESS, "token", warm=False), base_url=f"http://{ADDRESS}")
        before, start = _peak_megabytes(), time.process_time()
        queue.warm()
        lines.append(f"every case worked out: {time.process_time() - start:.1f} s of processor, behind the scenes")
        lines.append(f"first view after a restart: {first_view(house)}")
        client.get("/start?token=token")
        lines += [f"{view}: {_processor_milliseconds(client, view):.0f} ms of processor" for view in VIEWS]
        lines.append(f"memory: {_peak_megabytes() - before:.0f} MB beside the program's own")
        states = Counter(entry.title.lower() for entry in queue.entries())
        told = ", ".join(f"{count} {state}" for state, count in states.items())
        return "\n  ".join([f"{number} cases ({told}):", *lines])


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _processor_milliseconds(client: TestClient, view: str) -> float:
    """The median over the repeats."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        client.get(view)
        times.append(time.process_time() - start)
    return sorted(times)[REPEATS // 2] * 1000


def main() -> None:
    """Measure each number of cases and print what it takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=int, nargs="+", help="how many cases")
    for number in parser.parse_args().cases:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
            print(alone.submit(measure, number).result(), flush=True)


if __name__ == "__main__":
    main()
