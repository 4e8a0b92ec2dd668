"""What a person decided about a review, and what they signed."""

from publishing.checking.reasons import unpublishable
from publishing.checking.records import Signature
from publishing.checking.signing import canonical, history, sign, signed

__all__ = ["Signature", "canonical", "history", "sign", "signed", "unpublishable"]
