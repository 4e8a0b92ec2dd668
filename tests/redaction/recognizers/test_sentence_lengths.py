"""A length of time is told in a band where its sentence says that a court passed it; how long anything else lasted stays."""

from __future__ import annotations

import pytest

from redaction.document import Document
from redaction.ner.tag_labels import TagLabel
from redaction.ner.tagger import TaggedWord
from redaction.recognizers.tagger import TaggerRecognizer

PASSED: tuple[str, ...] = (
    "Index offence: burglary, {42 months}.",
    "He came out of HMP Lindholme half way through {six years}.",
    "A guilty plea at the Crown Court. {Six years}. The family was told.",
    "A suspended sentence: nine months for {two years}.",
    "The order was extended by {six months}.",
    "He had a curfew from 7 to 7 for {four months}.",
    "He had done {3 years} for supplying.",
    "Four years (robbery), {5y 6m} in all, says the index.",
    "CO {12m}, RAR.",
    "The judge gave him {seven years}, and good for him.",
    "{9 yrs} for s.20, says the sheet.",
    "He pleaded guilty at court. He was sent to a prison in the north for {four years}.",
    "She was locked up in 2009, at Hull, far from her boys, for {ten months}.",
    "For the robbery he went down for {seven years}.",
    "The court put him away for {ten weeks}.",
    "HHJ Crake said that he would see no release for {19 years}.",
    "She was placed on probation for {three years}.",
    "He stays on the register for {ten years}.",
    "SSO for {14 months}.",
    "She was jailed for robbing the house where they lived for {four years}.",
    "He was sentenced for hurting his wife and her manager for {three years}.",
    "HHJ Crake saw no release for {21 years} and knew why.",
    "The order has run for {190 days}.",
    "She was held in custody for {ten weeks}.",
    "He ran away and served time for {three years}.",
    "The order, made by the magistrates, was for {12 months}.",
    "He had lived there and was jailed for {six years}.",
    "Sent'd {5 yrs}.",
    "{3 yrs} for death by careless driving.",
    "{Six years} for it.",
    "She faced {16 years}.",
)

LASTED: tuple[str, ...] = (
    "He was found guilty of harming Ms Tay, who for {nine years} was his wife.",
    "She had held the post for {seven months} when the judge asked.",
    "His sister, the elder by {four years}, came to court.",
    "We lived there {seventeen years} and never saw a policeman.",
    "He left the prison on 17 June, so {twenty weeks}, and not a word.",
    "Mr Lund is his manager. {Two years} in. He saw him often.",
    "Adjudication, {14 days} cellular confinement.",
    "The starting point for such a crime is {thirty years}.",
    "{Five years} over tariff were of his own making.",
    "She did a {ten-day} induction after her orders came.",
    # a label speaks of no court
    "It took until [month 5 of the order], {14 weeks}, to see her.",
    "A {2-year} review was missed.",
    "She ran the team for {eleven years} and knew every court.",
    "She came out of prison and lived with her son for {six years}.",
    "He had known the victim of the robbery for {three years}.",
    "You were found guilty of harming Ms Tay, who for {nine years} was your wife.",
    "He was suspected, having lived away from home, and worked for {three years}.",
    "They were married, before the murder, for {nine years}.",
    "He left the court and worked in a shop for {ten years}.",
    "Robbie and Courtney came for {three years}.",
    "It was pleasant to some extent for {two years}.",
)


@pytest.mark.parametrize("marked", PASSED)
def test_what_a_court_passed_is_found(marked: str) -> None:
    """A word of courts, orders, prisons or crimes is in its sentence, or in the one before that it goes on from."""
    assert _is_taken(marked)


@pytest.mark.parametrize("marked", LASTED)
def test_how_long_anything_else_lasted_stays(marked: str) -> None:
    """However sure the tagger is."""
    assert not _is_taken(marked)


def _is_taken(marked: str) -> bool:
    start, end = marked.index("{"), marked.index("}") - 1
    words = (TaggedWord(start, end, 0.95, 0.95, TagLabel.QUANTITY),)
    return bool(list(TaggerRecognizer().find(Document(marked.replace("{", "").replace("}", ""), lambda _: words))))
