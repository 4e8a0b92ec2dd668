"""A review's prose goes in as one and comes back into its places."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing import intake
from publishing.errors import BuildError
from publishing.release import workers
from publishing.release.cache import Cache
from publishing.release.redacting import job_of
from publishing.release.workers import redact_all
from publishing.reviews import Block, Review, Section
from redaction import Decision, Redactor

from .conftest import redacted, write_case


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return intake.load(write_case(tmp_path / "reviews"))


def test_every_string_comes_back_in_its_place(review: Review, redactor: Redactor) -> None:
    """Sections in the page's order whatever the file's; facts, ids and numbers untouched; names gone."""
    sections = (
        Section(key="findings", blocks=(Block(text="### Whitlock", number=None), Block(text="Second.", number=7))),
        Section(key="summary", blocks=(Block(text="Darren Whitlock came.", number=3),)),
    )
    text = redacted(review.model_copy(update={"sections": sections, "content_notes": ("violence",)}), redactor, ())
    assert [section.key for section in text.sections] == ["summary", "findings"]
    assert [block.number for section in text.sections for block in section.blocks] == [3, None, 7]
    assert text.content_notes == ("violence",)
    assert text.sections[1].blocks[1].text == "Second."
    assert "Whitlock" not in "".join(text.strings())
    assert text.lessons[0].text == review.lessons[0].text
    assert text.facts == review.facts
    assert len(list(text.strings())) == len(job_of(review, ()).texts) + 2


def test_few_redactions_are_not_counted_out(review: Review, redactor: Redactor) -> None:
    """Under five of a kind is None."""
    many = Section(key="findings", blocks=tuple(Block(text=f"Darren Whitlock came on day {n}.") for n in range(6)))
    text = redacted(review.model_copy(update={"sections": (*review.sections[:1], many)}), redactor, ())
    assert text.redactions["PERSON"] is not None
    assert text.redactions["PERSON"] >= 6
    assert text.redactions["CODE"] is None
    assert "CONTACT" not in text.redactions


def test_a_jobs_name_says_nothing_and_everything_decides_its_key(review: Review) -> None:
    """Logs of clusters show a job's repr; the key changes with text, register, anchor, decisions and engine."""
    job = job_of(review, ())
    assert repr(job) == "Job('amber-kettle-21')"
    others = [
        job_of(review, [Decision("reject", "Darren")]),
        job_of(review, (), ["other"]),
        job_of(review.model_copy(update={"declared": None}), ()),
        job_of(review.model_copy(update={"anchor": None}), ()),
    ]
    assert len({job.key("a"), job.key("b"), *(other.key("a") for other in others)}) == 6


def test_the_cache_saves_the_work(review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is worked out; a lost entry is worked out again."""
    cache = Cache(tmp_path / "reviews")
    job = job_of(review, ())
    first = redact_all([job, job], cache=cache)
    assert first[0] == first[1]
    with monkeypatch.context() as patch:
        patch.setattr(workers, "_work", None)
        assert redact_all([job], cache=cache) == first[:1]
    for path in cache.folder.glob("*.json"):
        path.write_text("{")
    assert redact_all([job], cache=cache) == first[:1]


def test_several_processes_do_the_same_in_order(tmp_path: Path) -> None:
    """Order and results do not depend on the number of workers."""
    people = ["Darren Whitlock", "Tomasz Wołkowski", "Ffion Cadwaladr"]
    folders = [write_case(tmp_path / "reviews", f"case-{n}", person=name) for n, name in enumerate(people)]
    jobs = [job_of(intake.load(folder), ()) for folder in folders]
    assert redact_all(jobs, workers=2) == redact_all(jobs)


def test_a_cluster_does_the_same(review: Review) -> None:
    """A Dask cluster on this machine, spoken to by address."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        job = job_of(review, ())
        assert redact_all([job], scheduler=cluster.scheduler_address) == redact_all([job])


def test_a_cluster_that_is_not_there_is_a_plain_error(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is named."""
    monkeypatch.setattr(workers, "_PATIENCE", "1s")
    with pytest.raises(BuildError, match=r"The scheduler at tcp://127\.0\.0\.1:9 cannot be reached"):
        redact_all([job_of(review, ())], scheduler="tcp://127.0.0.1:9")


def test_a_failure_names_the_case_alone(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine's own message may quote the review: it is not repeated."""

    def fail(job: object, redactor: object) -> None:
        raise ValueError("Darren Whitlock")

    monkeypatch.setattr(workers, "redact", fail)
    with pytest.raises(BuildError) as caught:
        redact_all([job_of(review, ())])
    assert str(caught.value) == "amber-kettle-21: it could not be redacted (ValueError). Nothing was published."
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
