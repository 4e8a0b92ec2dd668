"""Text in, safe text out. Knows nothing of sites."""

from typing import TYPE_CHECKING, Any

from redaction.entities import Entity
from redaction.errors import PolicyError, RedactionError, RegisterError
from redaction.policy import Policy
from redaction.register import Identity, Kind, Register
from redaction.results import Anchor, Decision, Detection, Doubt, Flag, Redaction

if TYPE_CHECKING:
    from redaction.engine import Redactor

__all__ = [
    "Anchor",
    "Decision",
    "Detection",
    "Doubt",
    "Entity",
    "Flag",
    "Identity",
    "Kind",
    "Policy",
    "PolicyError",
    "Redaction",
    "RedactionError",
    "Redactor",
    "Register",
    "RegisterError",
]


def __getattr__(name: str) -> Any:
    """Load the engine when it is first asked for: spaCy takes seconds, and most commands never need it."""
    if name == "Redactor":
        from redaction.engine import Redactor

        return Redactor
    raise AttributeError(name)
