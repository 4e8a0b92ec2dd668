"""What says once more what a label says: "the victim liaison officer, [Victim liaison officer 1]," or "reference [reference removed]"."""

from __future__ import annotations

from functools import lru_cache

import regex

from redaction.entities import Entity

REACH = 60
"""Characters around a label that are looked at."""

_LABEL = regex.compile(r"\[(?P<kind>\p{L}[\p{L} -]*?)(?: removed|(?: \d+))?\]")
_VERB_AFTER = r"(?=[ ](?!(?:who|which|whom|whose|that|and|or|then|now|aged|an?|the|his|her|their)\b)\p{Ll})"
"""What goes on with the sentence: a comma before it closed the apposition, and is none of a list or a clause."""
_BIRTH = regex.compile(r"(?<![\p{L}\p{N}])(?:[Dd]ate[ ]of[ ]birth|DOB|dob|[Dd]\.[ ]?[Oo]\.[ ]?[Bb]\.?):?[ ]$")
_REFERENCE = regex.compile(r"(?<![\p{L}\p{N}])(?:[Rr]eference|[Rr]ef\.?)(?:[ ](?:number|no\.?))?:?[ ]$")

_SAID_OF = {"[reference removed]": _REFERENCE, "[date of birth removed]": _BIRTH}
"""What names that which a label says to be removed."""


def said_before(before: str, name: str, after: str, label: str, entity: Entity) -> int:
    """How many characters before a label say its kind: "the senior probation officer, " before "[Senior probation officer 1]".

    `name` is what the label replaces, which may begin with the end of that: "the Victim Liaison Officer Carol Penhale". What comes `after`
    must close an apposition that a comma opens.
    """
    said = _SAID_OF.get(label)
    if said:
        found = said.search(before)
        return len(found[0]) if found else 0
    kind = _kind(label)
    if kind is None or entity is not Entity.PERSON:
        return 0
    words = kind.split()
    for count in range(len(words), 0, -1):
        found = _apposition_before(" ".join(words[:count])).search(before)
        if found and f"{name.lower()} ".startswith("".join(f"{word.lower()} " for word in words[count:])):
            return len(found[0]) if not found[0].endswith(", ") or _CLOSES.match(after) else 0
    return 0


def said_after(after: str, label: str, entity: Entity, before: str = "") -> int:
    """How many characters after a label say its kind: "[School] School", "[Probation practitioner 1], the probation practitioner,".

    `before` is what `said_before` took: the comma that closes such an apposition goes with it.
    """
    kind = _kind(label)
    if kind is None:
        return 0
    if entity is Entity.ORGANISATION:
        found = _kind_after(kind).match(after)
    elif entity is not Entity.PERSON:
        found = None
    elif before.endswith(", "):
        found = _CLOSING_COMMA.match(after)
    else:
        found = _apposition_after(kind).match(after)
    return found.end() if found else 0


_CLOSES = regex.compile(r"[,.;:)\n]|$|[ ]\(")
_CLOSING_COMMA = regex.compile(rf",{_VERB_AFTER}")


def _kind(label: str) -> str | None:
    """The kind that a label names, without its number."""
    found = _LABEL.fullmatch(label)
    return found["kind"] if found else None


@lru_cache(maxsize=256)
def _apposition_before(kind: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}'’-])[Tt]he[ ](?i:{regex.escape(kind)}),?[ ]$")


@lru_cache(maxsize=256)
def _apposition_after(kind: str) -> regex.Pattern[str]:
    return regex.compile(
        rf",[ ]the[ ](?i:{regex.escape(kind)})(?:,{_VERB_AFTER}|(?=[.,;:)\n]))|[ ]\(the[ ](?i:{regex.escape(kind)})\)"
    )


@lru_cache(maxsize=256)
def _kind_after(kind: str) -> regex.Pattern[str]:
    """The kind with a capital, or of several words: "[School] School", but "[School] school uniform" stays."""
    words = "[ ]".join(rf"(?:{word[0].upper()}|{word[0].lower()}){regex.escape(word[1:])}" for word in kind.split())
    capital = "" if " " in kind else r"(?=\p{Lu})"
    return regex.compile(rf"[ ]{capital}{words}(?![\p{{L}}\p{{N}}'’-])")
