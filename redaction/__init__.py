"""Text in, safe text out. Knows nothing of sites."""

import os
from typing import TYPE_CHECKING, Any

from redaction.entities import Entity
from redaction.errors import PolicyError, RedactionError, RegisterError
from redaction.policy import Policy
from redaction.register import Identity, Kind, Register
from redaction.results import Anchor, Decision, Detection, Doubt, Flag, Redaction

# ONNX Runtime reads this as it is imported: without it a device id is kept under HOME, and what it did is sent to its makers
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

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
