from __future__ import annotations

import re
from collections import Counter

import pytest

from publishing.vocabulary import Term, terms, title, vocabulary

TERMS = [(name, key, term) for name, known in vocabulary().items() for key, term in known.items()]

BLUEPRINT = {
    "regions": "london north-east yorkshire-and-the-humber north-west greater-manchester east-midlands west-midlands "
    "east-of-england kent-surrey-and-sussex south-west south-central wales",
    "providers": "probation-service national-probation-service community-rehabilitation-company probation-trust",
    "offences": "murder attempted-murder manslaughter rape assault-by-penetration sexual-assault child-sexual-offence "
    "wounding-with-intent kidnap false-imprisonment arson-endangering-life robbery-with-firearm "
    "death-by-dangerous-driving terrorism-offence other-serious-offence",
    "supervision": "licence life-licence ipp-licence extended-licence community-order suspended-sentence "
    "post-sentence-supervision rotl recently-ended",
    "agencies": "probation prisons police courts crown-prosecution-service parole-board health mental-health "
    "substance-misuse-services childrens-services adult-social-care youth-justice housing education approved-premises "
    "electronic-monitoring immigration voluntary-sector",
    "themes": "risk-assessment risk-management-planning professional-curiosity information-sharing domestic-abuse "
    "stalking child-safeguarding management-oversight workload-and-staffing allocation-and-handover court-reports "
    "release-planning licence-conditions enforcement recall mappa home-visits recording accommodation mental-health "
    "neurodiversity substance-misuse victim-liaison training-and-induction interpreters-and-language equality "
    "transition-to-adult interventions extremism firearms",
    "outcomes": "convicted convicted-of-lesser acquitted not-proceeded died",
    "risk_of_serious_harm": "low medium high very-high",
    "reasonable_steps": "taken partly-taken not-taken no-clear-judgement",
    "quality_ratings": "outstanding good requires-improvement inadequate",
    "levels": "individual local regional national",
    "responses": "accepted partly-accepted not-accepted",
    "lesson_statuses": "not-started in-progress implemented partly-implemented rejected no-response",
    "withdrawal_reasons": "victim-request legal identification-risk error",
    "proceedings": "concluded none pending",
    "restrictions": "none sexual-offence-anonymity youth-reporting contempt court-order",
}


@pytest.mark.parametrize(("name", "keys"), BLUEPRINT.items())
def test_every_promised_term_is_there(name: str, keys: str) -> None:
    """Terms are parts of public addresses and of cases that exist: none is renamed or lost."""
    assert set(keys.split()) <= set(terms(name))


@pytest.mark.parametrize(("name", "key", "term"), TERMS, ids=[f"{name}-{key}" for name, key, _ in TERMS])
def test_term_is_well_formed(name: str, key: str, term: Term) -> None:
    """A key fits an address, a title is shown, years are in order and a successor exists."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    assert term.title == term.title.strip() != ""
    assert (term.from_ or 0) <= (term.until or 9999)
    assert term.replaced_by is None or term.replaced_by in terms(name)
    assert title(name, key) == term.title


def test_headings_mean_one_section_each() -> None:
    """No title or alias is claimed twice, in any case."""
    spellings = [s.casefold() for term in terms("sections").values() for s in (term.title, *term.aliases)]
    assert [spelling for spelling, count in Counter(spellings).items() if count > 1] == []


def test_summary_alone_is_required() -> None:
    """All other sections may be missing."""
    assert [key for key, term in terms("sections").items() if term.required] == ["summary"]


def test_only_convictions_publish() -> None:
    """An acquittal is never a case study."""
    assert [key for key, term in terms("outcomes").items() if term.publishes] == ["convicted", "convicted-of-lesser"]


def test_every_supervision_has_its_anchor() -> None:
    """Dates are told after release or after sentence."""
    assert {term.anchor for term in terms("supervision").values() if not term.coarse} == {"release", "sentence"}
    assert {key for key, term in terms("offences").items() if term.sexual} == {
        "rape",
        "assault-by-penetration",
        "sexual-assault",
        "child-sexual-offence",
    }
