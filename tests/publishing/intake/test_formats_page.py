from __future__ import annotations

import pytest

from publishing.intake import decisions_file, front_matter
from publishing.vocabulary import terms
from redaction import Entity
from redaction.entities import ROLES
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
MODELS = (
    front_matter.FrontMatter,
    front_matter.DisclosureEntry,
    front_matter.LessonEntry,
    front_matter.UpdateEntry,
    decisions_file.DecisionEntry,
)


@pytest.mark.parametrize("name", sorted({name for model in MODELS for name in model.model_fields}))
def test_page_explains_every_field(name: str) -> None:
    """docs/formats.md grows with the schema."""
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize(
    "name",
    [
        "outcomes",
        "offences",
        "regions",
        "providers",
        "supervision",
        "agencies",
        "themes",
        "risk_of_serious_harm",
        "reasonable_steps",
        "quality_ratings",
        "levels",
        "responses",
        "lesson_statuses",
        "proceedings",
        "restrictions",
    ],
)
def test_page_lists_every_term(name: str) -> None:
    """Messages send people to the page for the long lists."""
    assert [key for key in terms(name) if f"`{key}`" not in PAGE] == []


def test_page_lists_every_heading_role_and_kind() -> None:
    """Sections with their aliases, roles of a register, kinds of a decision."""
    headings = [word for term in terms("sections").values() for word in (term.title, *term.aliases)]
    assert [word for word in (*headings, *ROLES, *Entity) if word not in PAGE] == []
