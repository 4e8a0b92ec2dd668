"""The JSON Schemas with which editors complete and check a case's files: docs/schemas."""

from __future__ import annotations

from typing import Any

from publishing.intake.decisions_file import DecisionsFile
from publishing.intake.front_matter import FrontMatter
from redaction import ROLES, Register


def front_matter_schema() -> dict[str, Any]:
    """JSON Schema of review.md's front matter."""
    return FrontMatter.model_json_schema()


def decisions_schema() -> dict[str, Any]:
    """JSON Schema of decisions.yml."""
    return DecisionsFile.model_json_schema()


def register_schema() -> dict[str, Any]:
    """JSON Schema of register.yml, with the roles there are."""
    schema = Register.model_json_schema()
    schema["$defs"]["Person"]["properties"]["role"]["enum"] = list(ROLES)
    return schema
