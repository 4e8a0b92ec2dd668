"""Withheld facts: what a text tells though its key facts do not, such as the year where a period is given.

Each place is shown as a flagged detail, so that signing waits for it, or warns of it, as for any other.
docs/decisions/0021-withheld-facts-in-the-text.md says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publishing.owners import known_owners
from publishing.reviews import KeyFacts
from publishing.vocabulary import terms
from redaction import Detection, Entity, Flag, Redaction

SOURCE = "withheld"
"""What the sources of these flags begin with."""

_TERMS = {
    "offence": ("offences", "offence"),
    "region": ("regions", "region"),
    "supervision": ("supervision", "supervision"),
    "provider": ("providers", "provider"),
}
"""Facts that are one term: the vocabulary's list, and the word for one."""

_GAP = r"[\s*_–-]+"
"""Between the words of a term: spaces, hyphens, and the signs of Markdown."""


@dataclass(frozen=True)
class WithheldFact:
    """A fact that is not published as exactly as the case has it; `words` matches what tells it in a text."""

    name: str
    words: re.Pattern[str]

    @property
    def reason(self) -> str:
        """Why a place is shown to the checker."""
        return f"tells the {self.name}, which the key facts hold back: replace it, unless it tells nothing here"


def withheld_facts(exact: KeyFacts, public: KeyFacts) -> tuple[WithheldFact, ...]:
    """The facts of a case that its published key facts hold back or give less exactly."""
    return tuple(_withheld_facts(exact, public))


def _withheld_facts(exact: KeyFacts, public: KeyFacts) -> Iterator[WithheldFact]:
    if isinstance(exact.offence_year, int) and public.offence_year != exact.offence_year:
        yield WithheldFact("year of the offence", _year_pattern(exact.offence_year))
    for field, (words, name) in _TERMS.items():
        key = getattr(exact, field)
        if key and key != getattr(public, field):
            yield WithheldFact(name, _term_pattern(words, key))
    for agency in exact.agencies:
        if agency not in public.agencies:
            # an agency's page lists the lessons whose owners tell it
            owners = known_owners().agencies.get(agency, ())
            yield WithheldFact("part of an agency", _term_pattern("agencies", agency, owners))


def point_out_withheld(redaction: Redaction, exact: KeyFacts, public: KeyFacts) -> Redaction:
    """A redaction that also flags every place whose public text tells a withheld fact.

    Args:
        redaction: of all the texts of a case.
        exact: the key facts as the case has them.
        public: the key facts as they are to be published.
    """
    found = {(flag.part, flag.start, flag.end): flag for flag in _flags(redaction, withheld_facts(exact, public))}
    others = (flag for flag in redaction.flags if (flag.part, flag.start, flag.end) not in found)
    return replace(redaction, flags=(*found.values(), *others))


def tells_withheld(text: str, exact: KeyFacts, public: KeyFacts) -> tuple[str, ...]:
    """The names of the withheld facts that a public text of its own, such as a note, tells."""
    return tuple(dict.fromkeys(fact.name for fact in withheld_facts(exact, public) if fact.words.search(text)))


def is_withheld(flag: Flag) -> bool:
    """Whether a flag is about a withheld fact."""
    return flag.source.startswith(f"{SOURCE}:")


def placed_replacements(redaction: Redaction, part: int) -> Iterator[tuple[Detection, int, int]]:
    """Each replacement of a part, and its place in the public text."""
    shift, public = 0, redaction.texts[part]
    for found in redaction.detections:
        if found.part != part:
            continue
        start = found.start + shift
        end = start + len(found.replacement)
        if public[start:end] == found.replacement:
            yield found, start, end
        shift += len(found.replacement) - (found.end - found.start)


def _flags(redaction: Redaction, withheld: Sequence[WithheldFact]) -> Iterator[Flag]:
    for part, public in enumerate(redaction.texts):
        for fact in withheld:
            for place in fact.words.finditer(public):
                start, end, entity = _place_in_original(redaction, part, *place.span())
                if entity is None:
                    entity = Entity.DATE if fact.name.startswith("year") else Entity.OTHER
                yield Flag(part, start, end, entity, f"{SOURCE}:{fact.name}", fact.reason)


def _place_in_original(redaction: Redaction, part: int, start: int, end: int) -> tuple[int, int, Entity | None]:
    """Where words of the public text come from, with the whole of what a replacement that they touch replaced, and its kind."""
    shift, touched = 0, []
    for found, begins, ends in placed_replacements(redaction, part):
        if ends <= start:
            shift = found.end - ends
        elif begins < end:
            touched.append((found, begins, ends))
    first, last = start + shift, end + shift
    for found, begins, ends in touched:
        first = found.start if begins <= start else first
        last = found.end if end <= ends else end + found.end - ends
    return first, last, touched[0][0].entity if touched else None


def _year_pattern(year: int) -> re.Pattern[str]:
    """A year in digits: alone, in a range (2017-18, 17/18, "in 17-18"), or short (’18, FY18); written out it is never left in a text."""
    short = f"{year % 100:02}"
    return re.compile(
        rf"(?<!\d){year - 1}\s?[-–/]\s?(?:{year // 100})?{short}(?!\d)"
        rf"|(?<!\d){year}(?:\s?[-–/]\s?\d\d(?:\d\d)?)?(?!\d)"
        rf"|(?<![\d/])(?:{(year - 1) % 100:02}/{short}|{short}/{(year + 1) % 100:02})(?![\d/])"
        rf"|(?<=\bin )(?:{(year - 1) % 100:02}[-–]{short}|{short}[-–]{(year + 1) % 100:02})(?![\d-])"
        rf"|(?:[’'‘]|\bFY ?){short}(?!\d)"
    )


def _term_pattern(words: str, key: str, others: Sequence[str] = ()) -> re.Pattern[str]:
    """A term's title and synonyms, and other words, as a text may write them: in any case, hyphenated or not, one or several."""
    term = terms(words)[key]
    phrases = sorted({term.title, *term.synonyms, *others}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_phrase_pattern, phrases)))


def _phrase_pattern(phrase: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*").replace("'", "[’']") for word in re.split(r"[\s-]+", phrase)]
    plural = "" if phrase.endswith("*") else "s?"
    # letters that stand for a term are capitals: "AP" is no "ap"
    flag = "" if phrase.isupper() else "i"
    said = rf"(?<!\w){_GAP.join(words)}{plural}(?!\w)"
    return f"(?{flag}:{said})" if flag else said
