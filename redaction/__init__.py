"""Text in, safe text out. Knows nothing of sites.

This is the face: whoever uses redaction imports from here, and from nowhere inside.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from redaction.entities import ROLES, Entity
from redaction.errors import PolicyError, RedactionError, RegisterError
from redaction.policy import Policy
from redaction.register import Identity, IdentityKind, Person, Register
from redaction.results import Anchor, Decision, Detection, Doubt, Flag, Question, Redaction

# ONNX Runtime reads this as it is imported: without it a device id is kept under HOME, and what it did is sent to its makers
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from redaction.dates.holidays import HOLIDAY
    from redaction.engine import Redactor
    from redaction.evaluation import evaluate
    from redaction.labels import ANCHORED_DATE, CONTACT_REMOVED, LABEL, is_of_family
    from redaction.leaks.budget import UnpackingError
    from redaction.leaks.decoding import json_strings, parsed_json
    from redaction.leaks.markup import untagged
    from redaction.leaks.search import Leak, LeakSearch
    from redaction.leaks.unpacking import DRAWN_IN_PDF, Part, unpack
    from redaction.lexicon.calendar import MONTHS
    from redaction.lexicon.numbers import NUMBER_WORDS
    from redaction.lexicon.retained_terms import is_retained
    from redaction.lexicon.words import is_only_a_word
    from redaction.names.parsing import parse_name
    from redaction.names.surface_forms import Strength, forms_of
    from redaction.propagation.decided_words import decision_spans
    from redaction.proposal import Likeness, Proposal, ProposedPerson, Written, propose_register
    from redaction.register import REGISTER
    from redaction.replacements.relative_dates import DATE_REMOVED, DETAIL_REMOVED
    from redaction.text.folding import fold_text

__all__ = [
    "ANCHORED_DATE",
    "CONTACT_REMOVED",
    "DATE_REMOVED",
    "DETAIL_REMOVED",
    "DRAWN_IN_PDF",
    "HOLIDAY",
    "LABEL",
    "MONTHS",
    "NUMBER_WORDS",
    "REGISTER",
    "ROLES",
    "Anchor",
    "Decision",
    "Detection",
    "Doubt",
    "Entity",
    "Flag",
    "Identity",
    "IdentityKind",
    "Leak",
    "LeakSearch",
    "Likeness",
    "Part",
    "Person",
    "Policy",
    "PolicyError",
    "Proposal",
    "ProposedPerson",
    "Question",
    "Redaction",
    "RedactionError",
    "Redactor",
    "Register",
    "RegisterError",
    "Strength",
    "UnpackingError",
    "Written",
    "decision_spans",
    "evaluate",
    "fold_text",
    "forms_of",
    "is_of_family",
    "is_only_a_word",
    "is_retained",
    "json_strings",
    "parse_name",
    "parsed_json",
    "propose_register",
    "unpack",
    "untagged",
]

_MODULES = {
    "HOLIDAY": "dates.holidays",
    "Redactor": "engine",
    "evaluate": "evaluation",
    "ANCHORED_DATE": "labels",
    "CONTACT_REMOVED": "labels",
    "LABEL": "labels",
    "is_of_family": "labels",
    "json_strings": "leaks.decoding",
    "parsed_json": "leaks.decoding",
    "untagged": "leaks.markup",
    "Leak": "leaks.search",
    "LeakSearch": "leaks.search",
    "DRAWN_IN_PDF": "leaks.unpacking",
    "Part": "leaks.unpacking",
    "UnpackingError": "leaks.budget",
    "unpack": "leaks.unpacking",
    "MONTHS": "lexicon.calendar",
    "NUMBER_WORDS": "lexicon.numbers",
    "is_retained": "lexicon.retained_terms",
    "is_only_a_word": "lexicon.words",
    "parse_name": "names.parsing",
    "Strength": "names.surface_forms",
    "forms_of": "names.surface_forms",
    "Likeness": "proposal",
    "Proposal": "proposal",
    "ProposedPerson": "proposal",
    "Written": "proposal",
    "propose_register": "proposal",
    "DATE_REMOVED": "replacements.relative_dates",
    "DETAIL_REMOVED": "replacements.relative_dates",
    "decision_spans": "propagation.decided_words",
    "REGISTER": "register",
    "fold_text": "text.folding",
}
"""Where the rest is, loaded when it is first asked for: the engine takes seconds, and most commands never need it."""


def __getattr__(name: str) -> Any:
    """Load a name of the face when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"redaction.{_MODULES[name]}"), name)
