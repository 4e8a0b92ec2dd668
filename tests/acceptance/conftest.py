"""The sample site, built a second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.samples import Sample, build_again


@pytest.fixture(scope="session")
def again(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same cases built once more: with the cache, on another day, in another zone, with other hashes, elsewhere."""
    return build_again(sample, tmp_path_factory.mktemp("again"))
