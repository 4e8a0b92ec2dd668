"""What a person decided about a review, and what they signed."""

from publishing.checking.publishability import embargo_day, explain_unfilled, explain_unpublishable, public_references
from publishing.checking.signature_files import Signature
from publishing.checking.signed_text import as_signed_after, canonical_text, same_text, text_sha256
from publishing.checking.signing import load_signatures, load_signed_text, sign

__all__ = [
    "Signature",
    "as_signed_after",
    "canonical_text",
    "embargo_day",
    "explain_unfilled",
    "explain_unpublishable",
    "load_signatures",
    "load_signed_text",
    "public_references",
    "same_text",
    "sign",
    "text_sha256",
]
