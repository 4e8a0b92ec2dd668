"""How many published reviews share a review's key facts."""

from __future__ import annotations

from publishing.catalogue.published_alike import describe_published_alike
from tests.publishing.catalogue.test_disclosure import facts


def test_nothing_is_said_where_nothing_is_published() -> None:
    """Nobody can be compared with."""
    assert list(describe_published_alike(facts(), [])) == []


def test_those_that_share_are_counted() -> None:
    """All facts, and the four that tell most together."""
    others = [facts(), facts(region="wales"), facts(risk_of_serious_harm="low")]
    assert list(describe_published_alike(facts(), others)) == [
        "Of 3 other published reviews, 1 shares all its key facts, and 2 share its supervision, MAPPA level, risk of serious harm and "
        "provider together."
    ]


def test_the_least_to_leave_out_is_named() -> None:
    """What a case may leave out, and no more of it than it takes; where that does not help it is said."""
    own = facts(provider="probation-trust", mappa_level=3)
    others = [facts(provider="probation-trust"), facts(provider="probation-trust", mappa_level=1), facts()]
    first, advice = describe_published_alike(own, others)
    assert "none shares all its key facts, and none shares its supervision" in first
    assert "Without its MAPPA level, 2 share the rest: leave that out" in advice
    _, advice = describe_published_alike(own, [facts()])
    assert "Without its MAPPA level and provider, 1 shares the rest" in advice
    _, advice = describe_published_alike(own, [facts(supervision="rotl")])
    assert "leaving out what may be left out does not change that" in advice
