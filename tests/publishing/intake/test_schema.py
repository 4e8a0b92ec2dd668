from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.intake import editor_schemas, field_types, front_matter
from publishing.intake.wrong_terms import explain_wrong_term
from publishing.vocabulary import terms
from redaction.strict_files.suggestions import is_repeatable
from tests.support.paths import ROOT

TEMPLATES = Path(field_types.__file__).with_name("templates")


def test_json_schema_of_the_front_matter_lists_terms_and_requirements() -> None:
    """Editors complete terms and ask for the same fields that intake asks for."""
    found = editor_schemas.front_matter_schema()
    assert found["properties"]["region"]["enum"] == [key for key, term in terms("regions").items() if not term.coarse]
    assert found["additionalProperties"] is False
    assert {"public_id", "region", "disclosure"} <= set(found["required"])
    assert "mappa_level" not in found["required"]


def test_json_schemas_of_the_other_files_name_their_choices() -> None:
    """Roles of a register, actions of a decision."""
    assert "victim" in editor_schemas.register_schema()["$defs"]["Person"]["properties"]["role"]["enum"]
    action = editor_schemas.decisions_schema()["$defs"]["DecisionEntry"]["properties"]["action"]
    assert action["enum"] == ["accept", "reject", "add"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("review", editor_schemas.front_matter_schema),
        ("register", editor_schemas.register_schema),
        ("decisions", editor_schemas.decisions_schema),
    ],
)
def test_schemas_for_editors_are_those_of_the_code(name: str, made: Callable[[], object]) -> None:
    """docs/schemas grows with the models. To write one anew: json.dumps(editor_schemas.register_schema(), indent=1)."""
    text = (ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == json.loads(json.dumps(made()))


def test_template_explains_every_field() -> None:
    """`candour new` shows whatever the schema knows, so neither grows without the other."""
    text = (TEMPLATES / "review.md").read_text(encoding="utf-8")
    for model in (
        front_matter.FrontMatter,
        front_matter.DisclosureEntry,
        front_matter.LessonEntry,
        front_matter.UpdateEntry,
    ):
        for name in model.model_fields:
            assert f"{name}:" in text, name


@pytest.mark.parametrize("name", list(front_matter.FrontMatter.model_fields))
def test_every_field_says_what_it_is(name: str) -> None:
    """A missing field is explained by its description."""
    assert front_matter.FrontMatter.model_fields[name].description


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("greater manchster", True),
        ("comunity rehabilitation company", True),
        ("greater-manchester Kes", False),
        ("Darren Whitlock", False),
        ("londen", False),
        ("", False),
        ("greater-manchester\n\n\n\n", False),
    ],
)
def test_value_is_said_back_only_if_it_is_a_term_with_a_slip(value: str, shown: bool) -> None:
    """A name typed in the wrong field is never in a message."""
    known = [*terms("regions"), *terms("providers")]
    assert is_repeatable(value, known) is shown


def test_long_lists_are_not_recited() -> None:
    """A value that is like no term gets a short list, or where to find a long one."""
    assert explain_wrong_term("zzz", "levels").endswith("use one of individual, local, regional, national")
    assert "docs/formats.md lists all" in explain_wrong_term("zzz", "themes")


@pytest.mark.parametrize(
    ("value", "name"),
    [("england", "regions"), ("England", "regions"), ("homicide", "offences"), ("not-given", "supervision")],
)
def test_what_signing_alone_writes_is_no_slip_of_another_term(value: str, name: str) -> None:
    """Nobody who writes England meant one region rather than another."""
    said = explain_wrong_term(value, name)
    assert "did you mean" not in said
    assert "signing alone" in said
