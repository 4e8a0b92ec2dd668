"""The JSON Schemas of the public record: each review's own file, what was withdrawn, and the national counts."""

from __future__ import annotations

from typing import Any

from publishing.reviews import RedactedReview, Withdrawal

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schemas() -> dict[str, dict[str, Any]]:
    """A schema by the name of what it describes: `review` of each file of data/reviews/, the others of the file of their name."""
    count = {
        "type": "object",
        "properties": {
            "offence": {"type": "string"},
            "year": {"type": "integer"},
            "count": {"type": "integer", "minimum": 0},
            "source": {"type": "string"},
        },
        "required": ["offence", "year", "count", "source"],
        "additionalProperties": False,
    }
    return {
        "review": _described(
            _of_model(RedactedReview),
            "Review",
            "One review as signed: its text in sections, block by block, as Markdown. A block’s number is its permanent address"
            " on the review’s page (#p1); sub-headings and footnotes have none.",
        ),
        "withdrawals": _described(
            {"type": "array", "items": _of_model(Withdrawal)}, "Withdrawals", "Every review that was withdrawn."
        ),
        "national": _described(
            {"type": "array", "items": count}, "National counts", "The national counts that the pages of trends show."
        ),
    }


def _described(schema: dict[str, Any], title: str, about: str) -> dict[str, Any]:
    return {"$schema": _DIALECT, **schema, "title": title, "description": about}


def _of_model(model: type[RedactedReview | Withdrawal]) -> dict[str, Any]:
    """A model's schema, without what its code says to those who read the code."""
    schema = model.model_json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("description", None)
    return schema
