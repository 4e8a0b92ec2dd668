"""What to say of a value that is not in its list of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from publishing.vocabulary import Term, exact_terms, terms
from redaction.strict_files.suggestions import explain_wrong_word, list_choices, simplify

NOUNS = {
    "sections": "a standard section",
    "outcomes": "an outcome",
    "offences": "an offence",
    "regions": "a region",
    "providers": "a provider",
    "supervision": "a kind of supervision",
    "agencies": "an agency",
    "themes": "a theme",
    "risk_of_serious_harm": "a level of risk",
    "reasonable_steps": "a judgement",
    "quality_ratings": "a rating",
    "levels": "a level",
    "responses": "a response",
    "lesson_statuses": "a status",
    "proceedings": "a state of proceedings",
    "restrictions": "a restriction",
}


def term_spellings(known: Mapping[str, Term]) -> dict[str, tuple[str, ...]]:
    """Each term with the other ways people write it."""
    return {key: (term.title, *term.aliases) for key, term in known.items()}


def explain_wrong_term(value: object, name: str) -> str:
    """What to say of a value that is not in a list of the vocabulary."""
    noun = NOUNS.get(name, "a known term")
    known = term_spellings(exact_terms(name))
    if isinstance(value, str) and simplify(value) in _coarse_spellings(name):
        return f"signing alone puts this in the place of {noun}: {list_choices(known)}"
    return explain_wrong_word(value, noun, known)


def _coarse_spellings(name: str) -> set[str]:
    """Every spelling of the terms that no case is filed under."""
    coarse = {key: term for key, term in terms(name).items() if term.coarse}
    return {simplify(spelling) for key, others in term_spellings(coarse).items() for spelling in (key, *others)}
