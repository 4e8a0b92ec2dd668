"""A sound case to break, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SOUND = Path(__file__).with_name("sound")
FRONT, BODY = (SOUND / "review.md").read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
REGISTER = (SOUND / "register.yml").read_text(encoding="utf-8")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a case folder under `tmp_path/reviews`; every part may be replaced."""

    def write(
        case: str = "cedar-lantern-07",
        *,
        front: str = FRONT,
        body: str = BODY,
        register: str | bytes | None = REGISTER,
        review: bytes | None = None,
    ) -> Path:
        folder = tmp_path / "reviews" / case
        folder.mkdir(parents=True)
        (folder / "review.md").write_bytes(f"---\n{front}---\n{body}".encode() if review is None else review)
        if register is not None:
            data = register.encode() if isinstance(register, str) else register
            (folder / "register.yml").write_bytes(data)
        return folder

    return write
