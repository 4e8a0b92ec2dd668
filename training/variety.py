"""Made variety: other names, labels where others stood, other casing, typing errors; all from a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Callable
from string import ascii_uppercase

import regex

from redaction.lexicon.titles import TITLE_WORDS
from redaction.ner.tag_labels import TagLabel
from training.names import lists, origins
from training.texts import Span, Text

_ROLES = (
    "Victim,Person on probation,Probation practitioner,Person,Senior probation officer,Police officer,Family member,Child,Witness,"
    "Professional,Partner,Previous victim,Manager"
).split(",")
_BODIES = "Prison,Court,Police force,Probation office,School,Hospital,Health service,Council,Employer,Organisation,Charity".split(
    ","
)
ORDINARY = 6
"""How many turns more than others the English names have: most of the listed ones are ordinary words too, the hardest to tell."""
_INITIALS = 3
"""Letters at most of what is taken for initials where all are capitals, or all of a name is in small letters."""
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*")


def varied(text: Text, chance: random.Random) -> Text:
    """The text with something of it changed, or as it is written; spans of which nobody said what they are stay where they are."""
    told = all(span.kind is not None for span in text.spans)
    if told and chance.random() < (0.6 if text.own else 0.35):
        text = with_other_names(text, chance)
    if told and chance.random() < 0.25:
        text = with_labels(text, chance, chance.choice((0.3, 0.6, 0.9)))
    if chance.random() < 0.2:
        text = with_case(text, chance)
    if chance.random() < 0.15:
        text = with_slips(text, chance)
    return text


def with_other_names(text: Text, chance: random.Random) -> Text:
    """Other people: each word of a name becomes one of another origin, the same everywhere in the text; places now and then too."""
    every = origins(held_out=False)
    names: dict[str, str] = {}
    people = sorted((s for s in text.spans if s.kind is TagLabel.PERSON), key=lambda s: s.start - s.end)
    for span in people:
        words = [w[0] for w in _WORD.finditer(text.text, span.start, span.end) if w[0].casefold() not in TITLE_WORDS]
        words = [w for w in words if len(w) > 1]
        small = not any(w[0].isupper() for w in words)
        origin = every[chance.choice(sorted(every) + ["english"] * ORDINARY)]
        for position, word in enumerate(words):
            surname = len(words) > 1 and position == len(words) - 1
            key = word.casefold()
            if key in names or not (small or word[0].isupper()):
                continue
            if len(word) <= _INITIALS and (word.isupper() or small):
                names[key] = "".join(chance.choices(ascii_uppercase, k=len(word)))
                continue
            pool = (
                origin["surnames"]
                if surname or (len(words) == 1 and key not in names and chance.random() < 0.5)
                else origin[chance.choice(("female", "male"))]
            )
            names[key] = chance.choice(pool)
    places: dict[str, str] = {}
    swap_places = chance.random() < 0.5

    def other(span: Span, words: str) -> str | None:
        if span.kind is TagLabel.PERSON:
            return _WORD.sub(lambda m: _cased(names.get(m[0].casefold(), m[0]), m[0]), words)
        if span.kind is TagLabel.PLACE and swap_places and regex.fullmatch(r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?", words):
            return places.setdefault(words, chance.choice(lists()["towns"]))
        return None

    return _rewritten(text, other)


def _cased(name: str, like: str) -> str:
    return name.upper() if like.isupper() and len(like) > 1 else name.lower() if like.islower() else name


def with_labels(text: Text, chance: random.Random, share: float) -> Text:
    """Our own labels where a share of the marked things stood, as the rules leave them: labels are not to be masked."""
    numbers: dict[str, str] = {}

    def other(span: Span, words: str) -> str | None:
        key = f"{span.kind}:{words.casefold()}"
        if key not in numbers:
            numbers[key] = _label(span.kind, chance) if chance.random() < share and span.mask >= 0.5 else ""
        return numbers[key] or None

    return _rewritten(text, other, marked=False)


def _label(kind: TagLabel | None, chance: random.Random) -> str:
    number = chance.randint(1, 9)
    year = chance.randint(1998, 2024)
    match kind:
        case TagLabel.PERSON:
            return f"[{chance.choice(_ROLES)} {number}]"
        case TagLabel.CODE:
            return chance.choice(("[reference removed]", "[contact removed]"))
        case TagLabel.PLACE:
            return chance.choice((f"[Town {number}]", f"[Area {number}]", "[address removed]"))
        case TagLabel.ORGANISATION:
            body = chance.choice(_BODIES)
            return chance.choice((f"[{body}]", f"[{body} {number}]"))
        case TagLabel.DATE:
            return chance.choice(
                (
                    f"[{number} days after release]",
                    f"[week {number} on licence]",
                    "[date removed]",
                    f"[{number} months before release]",
                    str(year),
                )
            )
        case TagLabel.AGE:
            return chance.choice(("[aged 25 to 34]", "[child]", "[aged 35 to 44]", "[aged 18 to 24]"))
        case TagLabel.QUANTITY:
            return chance.choice(("[2 to 4 years]", "[more than one]", "[10 to 15 years]", "[sum of money]"))
        case _:
            return ""


def with_case(text: Text, chance: random.Random) -> Text:
    """The whole text in small letters, as hurried notes are, or whole lines in small letters or in capitals."""
    lines = []
    throughout = chance.random() < 0.4
    for line in text.text.split("\n"):
        change: Callable[[str], str] = (
            str.lower if throughout else chance.choice((str.lower, str.lower, str.upper, str, str))
        )
        changed = change(line)
        lines.append(changed if len(changed) == len(line) else line)
    return Text(text.name, "\n".join(lines), text.spans, text.own)


def with_slips(text: Text, chance: random.Random) -> Text:
    """One letter in a few hundred replaced by another; nothing moves."""
    letters = list(text.text)
    for position in chance.sample(range(len(letters)), len(letters) // 250):
        if letters[position].isalpha():
            letters[position] = chance.choice("aeiorstnl")
    return Text(text.name, "".join(letters), text.spans, text.own)


def _rewritten(text: Text, other: Callable[[Span, str], str | None], *, marked: bool = True) -> Text:
    """The text with the words of some spans replaced; what is replaced stays marked, or (`marked` False) is to be kept."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for span in sorted(text.spans, key=lambda s: (s.start, -s.end)):
        if span.start < position:
            # one of several annotators' spans over the same words
            continue
        words = other(span, text.text[span.start : span.end])
        pieces += (text.text[position : span.start], text.text[span.start : span.end] if words is None else words)
        start = length + span.start - position
        length = start + len(pieces[-1])
        if words is None or marked:
            spans.append(Span(start, length, span.kind, span.mask))
        position = span.end
    return Text(text.name, "".join((*pieces, text.text[position:])), tuple(spans), text.own)
