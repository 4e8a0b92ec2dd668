"""The texts from elsewhere: they are whole, set aside, and say who and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from redaction import Register
from redaction.evaluation import read_folder, read_text
from redaction.register import IdentityKind
from redaction.text.folding import fold_text
from tests.support.paths import INDEPENDENT, ROOT

SET_ASIDE = sorted(INDEPENDENT.glob("*.md"))
TAUGHT = sorted((ROOT / "training" / "texts").glob("n-*.md"))


def test_they_are_set_aside_and_the_others_are_not() -> None:
    """No slip on a text that is only measured on is ever shown, and none of them is taught."""
    assert len(SET_ASIDE) == 77
    assert {document.part for document in read_folder(INDEPENDENT)} == {"held aside"}
    assert {path.name for path in SET_ASIDE}.isdisjoint(path.name for path in TAUGHT)
    assert not any(read_text(p.stem, p.read_text(encoding="utf-8")).measured_only for p in TAUGHT)


@pytest.mark.parametrize("path", [*SET_ASIDE, *TAUGHT], ids=lambda path: path.stem)
def test_marks_say_who_and_when_and_the_register_is_of_this_text(path: Path) -> None:
    """Each person's mark has an id, each date's a time; half of the people declared, at least, are named in the text (of a damaged scan no more)."""
    document = read_text(path.stem, path.read_text(encoding="utf-8"))
    marks = [mark for part in document.marks for mark in part]
    assert len(marks) > 30
    assert all(mark.value for mark in marks if mark.kind in ("P", "D"))
    assert document.anchor is not None
    people = [
        identity
        for identity in Register.parse(
            path.with_name(f"{path.stem}.register.yml").read_text(encoding="utf-8")
        ).identities()
        if identity.kind is IdentityKind.PERSON
    ]
    text = fold_text(document.texts[0])
    named = [any(fold_text(name).strip() in text for name in identity.names) for identity in people]
    assert sum(named) >= 0.5 * len(named)
