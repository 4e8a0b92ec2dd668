"""The samples as the engine redacts them."""

from __future__ import annotations

import pickle
from pathlib import Path

from redaction import Redactor
from redaction.evaluation import read_folder
from redaction.evaluation.systems import Once
from tests.support.paths import GOLD, SAMPLES


def redact_samples(folder: Path, redactor: Redactor) -> None:
    """Redact every sample with its register, and those held aside without one too."""
    once = Once(redactor)
    for document in read_folder(GOLD, SAMPLES):
        once.redact(document.texts, document.register)
        if document.part == "held aside":
            once.redact(document.texts)
    (folder / "redacted.pickle").write_bytes(pickle.dumps(once._known))


def read_redacted(folder: Path, redactor: Redactor) -> Once:
    """What `redact_samples` redacted, in this process or another; whatever else is asked is redacted now."""
    once = Once(redactor)
    once._known.update(pickle.loads((folder / "redacted.pickle").read_bytes()))
    return once
