"""One Redactor for all tests: it is slow to build."""

import pytest

from redaction import Redactor


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    """The engine with its default policy."""
    return Redactor()
