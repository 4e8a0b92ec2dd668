"""The key facts of a text to sign: no more exact than is safe, and whom they would single out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from publishing.catalogue import coarsening, published_alike, singling_out
from publishing.catalogue.national_counts import NationalCount
from publishing.checking.lost_contacts import warnings_for_lost_contacts
from publishing.checking.published_dates import warnings_for_published_dates
from publishing.release.standing_reviews import load_published
from publishing.reviews import RedactedReview
from publishing.site import site_options


def coarsen_facts(
    text: RedactedReview, before: RedactedReview | None, counts: Sequence[NationalCount]
) -> tuple[RedactedReview, tuple[str, ...]]:
    """A text to sign with its key facts no more exact than is safe, and what the signer should know.

    Args:
        text: the review, redacted.
        before: as it was signed before, if it was: facts are never given more exactly again.
        counts: how many cases there were nationally, as far as that is known.
    """
    exact = text.facts.offence_year
    text = keep_coarse_facts(text, before) if before else text
    facts, doubts = coarsening.coarsen(text.facts, counts, site_options.load_site_options().k, text.content_notes)
    dated = warnings_for_published_dates(text, year_withheld=facts.offence_year != exact)
    return text.model_copy(update={"facts": facts}), (*doubts, *dated, *warnings_for_lost_contacts(text))


def keep_coarse_facts(text: RedactedReview, before: RedactedReview) -> RedactedReview:
    """A text with its key facts as coarse as they were signed before."""
    return text.model_copy(update={"facts": coarsening.keep_as_coarse(text.facts, before.facts)})


def text_anonymity_sets(text: RedactedReview, counts: Sequence[NationalCount]) -> tuple[singling_out.AnonymitySet, ...]:
    """Who would be singled out, and by which of a text's facts."""
    return singling_out.anonymity_sets(text.facts, counts, site_options.load_site_options().k, text.content_notes)


def refusal_for_singled_out(text: RedactedReview, counts: Sequence[NationalCount]) -> str | None:
    """Why a text may not be signed though its facts are as coarse as they get; None where no count forbids it."""
    k = site_options.load_site_options().k
    if not singling_out.is_singled_out(text.facts, counts, k, text.content_notes):
        return None
    return (
        f"fewer than {k} cases nationally share its facts, however coarsely they are given: change what "
        "singles it out (the workbench shows it), or do not publish it"
    )


def describe_published_alike(text: RedactedReview, out: Path) -> tuple[str, ...]:
    """How many published reviews share the key facts of a text to sign, in sentences; nothing where none is published."""
    others = [review.facts for review in load_published(out) if review.public_id != text.public_id]
    return tuple(published_alike.describe_published_alike(text.facts, others))
