"""Sums of money that can be looked up: exact and very large ones in pounds, and any in another currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Origin, Source
from redaction.lexicon.numbers import TENS, UNITS, UP_TO_TWELVE
from redaction.lexicon.pattern_words import alternatives
from redaction.recognizers.base import Finding, Recognizer
from redaction.recognizers.search_windows import find_in_windows
from redaction.text.tokens import Tokens

SMALLEST = 1_000
"""Pounds; many reviews give a sum below this, and it points to none."""
LARGEST_ROUND = 100_000
"""Pounds; a round sum below this ("£2,000", "£25,000") points to no case either, and what is larger makes a headline."""

_FOREIGN_SCORE = 0.85
_POUNDS_SCORE = 0.8

_ABOUT = r"(?:(?:approximately|approx\.?|about|around|some|over|nearly)[  ])?"
# sums are seldom told in other teens
_WRITTEN = (
    rf"(?:{alternatives((*UP_TO_TWELVE, 'fifteen', *TENS))}(?:[ -]{alternatives(UNITS)})?[ ])?"
    r"(?:hundred|thousand|million)(?:[ ](?:and[ ])?\p{Ll}+(?:-\p{Ll}+)?)?"
)
_AMOUNT = rf"\d{{1,3}}(?:[,.  ]\d{{3}}){{1,5}}(?:[.,]\d\d?)?(?!\d)|\d{{1,12}}(?:[.,]\d{{1,2}})?|{_WRITTEN}"
_CODES = "EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|YTL|CZK|HUF|RON|BGN|TRY|TRL|RUB|UAH|DEM|ATS|FRF|ITL|ESP|NLG|BEF|PTE|GRD|FIM|IEP|HRK|RSD|GEL|MDL|INR|PKR|NGN|GHS|AED|CAD|AUD"
_WORDS = (
    "euros?|dollars?|francs?|zlot(?:y|ys|ych|e)|lir[ae]s?|liras|rou?bles?|hryvn[ia]as?|kron[aeo]r?|kroner|krona|marks?|schillings?|forints?|lei|leva|"
    "levs?|rupees?|naira|cedis?|dirhams?|pesetas?|escudos?|drachmas?|guilders?|korunas?|Deutsche? Marks?"
)
# "Euros" and "euros" are money, "EURO 2016" is football, and "0118 Mark Field" somebody with a number
_NAMED = rf"(?!\p{{Lu}}{{2}}|Mark[ ]\p{{Lu}})(?i:{_WORDS})"
_FOREIGN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}]){_ABOUT}(?:(?:{_CODES})[  ]?(?:{_AMOUNT})|[€$]\s?(?:{_AMOUNT})(?:[  ]?(?:million|billion|bn|m|k))?"
    rf"|(?:{_AMOUNT})[  ](?:(?:million|billion)[  ])?(?:(?:\p{{Lu}}\p{{L}}+|new|old)[  ]){{0,2}}(?:{_CODES}|{_NAMED}|pounds sterling)(?![\p{{L}}])(?:[  ]\((?:{_CODES})\))?)"
)
_CURRENCY = re.compile(rf"[€$]|(?<![^\W_])(?:{_CODES})|\b(?i:{_WORDS}|pounds sterling)\b")
_CODE_WORDS = frozenset(_CODES.split("|"))
_CURRENCY_WORD = re.compile(rf"(?:{_WORDS}|sterling)$", re.I)
_POUNDS = regex.compile(
    r"£\s?(?P<pounds>\d{1,3}(?:,\d{3})+|\d{1,9})(?P<pence>\.\d\d)?(?P<scale>k|m|[ ]?million|[ ]?billion)?(?![\p{L}\p{N}])"
)

_SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_FIGURES_OF_A_ROUND_SUM = 2


class MoneyRecognizer(Recognizer):
    """Sums of money that point to one case: a claim, a theft, an award."""

    name = "money"
    entities = (Entity.QUANTITY,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Pounds from a thousand up unless the sum is round, and every sum in another currency."""
        text = document.text
        return sorted(_find_sums(text, document.tokens), key=lambda finding: finding.start)


def _find_sums(text: str, words: Tokens) -> Iterator[Finding]:
    # most texts hold no currency but ours
    for match in find_in_windows(_FOREIGN, text, _CURRENCY, 120, 80) if _names_currency(words) else ():
        yield Finding(
            match.start(), match.end(), Entity.QUANTITY, _FOREIGN_SCORE, Source(Origin.MONEY, "foreign"), "sum"
        )
    for match in _POUNDS.finditer(text):
        if _points_to_a_case(match):
            yield Finding(
                match.start(), match.end(), Entity.QUANTITY, _POUNDS_SCORE, Source(Origin.MONEY, "pounds"), "sum"
            )


def _points_to_a_case(match: regex.Match[str]) -> bool:
    """Whether a sum in pounds is exact, to three figures or more, or very large; "£40k" is as round as "£40,000"."""
    digits = match["pounds"].replace(",", "")
    pounds = int(digits) * _SCALES[(match["scale"] or "").strip()]
    is_round = len(digits.rstrip("0")) <= _FIGURES_OF_A_ROUND_SUM and not match["pence"]
    return pounds >= SMALLEST and not (is_round and pounds < LARGEST_ROUND)


def _names_currency(words: Tokens) -> bool:
    """Whether the text names any currency but pounds, by its sign, its word or its code."""
    return (
        "€" in words.text
        or "$" in words.text
        or any(_CURRENCY_WORD.match(key) for key in words.positions)
        or any(
            words.text[words.starts[index] : words.starts[index] + 3] in _CODE_WORDS
            for key in words.positions
            if key[:3].upper() in _CODE_WORDS
            for index in words.positions[key]
        )
    )
