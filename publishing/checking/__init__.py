"""What a person decided about a review, and what they signed."""

from publishing.checking.reasons import embargo, references, unfilled, unpublishable
from publishing.checking.records import Signature
from publishing.checking.signing import as_numbered, canonical, history, same_text, sign, signed

__all__ = [
    "Signature",
    "as_numbered",
    "canonical",
    "embargo",
    "history",
    "references",
    "same_text",
    "sign",
    "signed",
    "unfilled",
    "unpublishable",
]
