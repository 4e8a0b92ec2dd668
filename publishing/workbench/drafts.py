"""What is typed into a form and not yet saved: kept while it is typed, so that a closed tab or a killed workbench loses nothing.

It lies in `.candour/drafts` of the reviews folder, one small file a form, for its owner alone, until it is saved or thrown away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room

_FORM = re.compile(r"(?:facts|people|register|same|lesson-(?:new|stated|[0-9]{1,6}))")
"""The forms of which a draft is kept: they become names of files."""


@dataclass(frozen=True)
class Draft:
    """Every field of a form as it was typed. `at` is an ISO time in UTC; `seen` is the case as it was shown then."""

    typed: Mapping[str, Sequence[str]]
    at: str
    by: str
    seen: str


class Drafts:
    """The drafts of the cases of one reviews folder."""

    def __init__(self, reviews: Path) -> None:
        self._folder = reviews / ".candour" / "drafts"

    def keep(self, case: str, form: str, typed: Mapping[str, Sequence[str]], by: str) -> None:
        """Keep what is typed in a form, in place of what was kept of it.

        Raises:
            PublishingError: there is no such form, or it cannot be kept.
        """
        draft = Draft(
            typed, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), by, next(iter(typed.get("seen", ())), "")
        )
        path = self._path(case, form)
        try:
            for made in (self._folder.parent, self._folder, path.parent):
                made.mkdir(mode=0o700, exist_ok=True)
            atomic_writes.write(path, json.dumps(asdict(draft)).encode())
        except OSError as error:
            unkept = PublishingError("What you typed cannot be kept: the reviews folder cannot be written to.")
            raise disk_room.explain_write_error(error, unkept) from None

    def load(self, case: str, form: str) -> Draft | None:
        """What is kept of a form; None where nothing is, or where it cannot be understood."""
        try:
            return Draft(**json.loads(self._path(case, form).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def forms(self, case: str) -> tuple[str, ...]:
        """The forms of a case of which something is kept."""
        return tuple(sorted(path.stem for path in (self._folder / case).glob("*.json") if _FORM.fullmatch(path.stem)))

    def discard(self, case: str, form: str) -> None:
        """Forget what was kept of a form: it is saved, or not wanted.

        Raises:
            PublishingError: there is no such form.
        """
        with contextlib.suppress(OSError):
            self._path(case, form).unlink(missing_ok=True)

    def _path(self, case: str, form: str) -> Path:
        if not _FORM.fullmatch(form):
            raise PublishingError("There is no such form.")
        return self._folder / case / f"{form}.json"
