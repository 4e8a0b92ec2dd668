"""What each finding is replaced by: pseudonyms, labels of a kind, generalised values; as a Presidio operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import regex
from presidio_anonymizer.operators import Operator, OperatorType

from redaction.entities import ROLES, Entity
from redaction.findings import Finding
from redaction.forms import fold_text
from redaction.propagation import Cast, Person
from redaction.results import Decision

REFERENCE = "[reference removed]"
CONTACT = "[contact removed]"
ADDRESS = "[address removed]"
FAMILY = "[family]"

ORGANISATIONS = (
    "Prison|Court|Police force|Probation office|Approved premises|School|College|Hospital|Health service|Council|Housing provider|Hostel|"
    "Care home|Place of worship|Pub|Club|Employer|Solicitors|Charity|Newspaper|Public body|Organisation"
).split("|")
"""The kinds of organisation a label may name."""

_ROLE_LABELS = "|".join(sorted({role.label for role in ROLES.values()}, key=len, reverse=True))
LABEL = regex.compile(
    rf"\[(?:(?:{_ROLE_LABELS}|{'|'.join(ORGANISATIONS)}|Town|Area)(?: \d+)?|family|child|adult|sum of money|"
    r"(?:reference|contact|address|date|date of birth|detail|name|age|number) removed|"
    r"(?:aged|under|over) [\w ]+|(?:\d+|one) to \w+ (?:years|months|weeks)|\d+ (?:years|months) or more|more than one|"
    r"the day (?:of|before|after) [a-z ]+|(?:about )?\d+ (?:days?|weeks?|months?|years?) (?:after|before) [a-z ]+|"
    r"(?:week|month|year|day) \d+ [a-z ]+|life)\]"
)
"""Labels of ours, wherever they stand already: never redacted again."""

_GENERIC = regex.compile(
    r"\b(?:the|hmp|hm prison|yoi|hmyoi|prison|crown court|magistrates court|magistrates|county court|youth court|family court|court|police|"
    r"constabulary|service|school|primary|academy|hospital|council|city|borough|metropolitan|office|probation|pdu|ltd|limited|approved premises)\b"
)


class Relabel(Operator):
    """Presidio operator: puts in the words that were decided for a span."""

    def operate(self, text: str | None = None, params: dict[str, Any] | None = None) -> str:
        """The replacement given as `label`."""
        assert params is not None
        return str(params["label"])

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """A label must be given."""
        if not params or not isinstance(params.get("label"), str):
            raise ValueError("Relabel needs a label")

    def operator_name(self) -> str:
        """The name Presidio knows it by."""
        return "relabel"

    def operator_type(self) -> OperatorType:
        """It anonymises."""
        return OperatorType.Anonymize


def labels(text: str, findings: Sequence[Finding], cast: Cast, decisions: Sequence[Decision] = ()) -> list[str | None]:
    """The label of each person, place, organisation, code and address, in order; None for kinds told elsewhere.

    One label a person or place throughout; numbers follow the order of first mention, and pass over those that decisions
    gave to somebody apart.
    """
    taken = _taken({fold_text(text[f.start : f.end]) for f in findings}, decisions)
    keys = _keys(text, findings, cast)
    order: dict[tuple[str, str], None] = dict.fromkeys(key for key in keys if isinstance(key, tuple))
    sizes = Counter(label for label, _ in order)
    numbers: dict[tuple[str, str], str] = {}
    seen: Counter[str] = Counter()
    for key in order:
        label, _ = key
        seen[label] += 1
        while f"[{label} {seen[label]}]" in taken:
            seen[label] += 1
        alone = sizes[label] == 1 and (label in ORGANISATIONS or label == ROLES["person-on-probation"].label)
        numbers[key] = f"[{label}]" if alone else f"[{label} {seen[label]}]"
    return [numbers[key] if isinstance(key, tuple) else key for key in keys]


def _taken(words: Collection[str], decisions: Sequence[Decision]) -> frozenset[str]:
    """Labels that nobody else may have: of words apart, and of words joined with others that are no longer there."""
    own = (d for d in decisions if d.apart or (d.same_as and fold_text(d.same_as) not in words))
    return frozenset(label for d in own for label in LABEL.findall(d.replacement or ""))


def wished(told: Sequence[tuple[str, str]], decisions: Sequence[Decision]) -> list[str | None]:
    """What a person wished for in place of each finding; None where they wished for nothing.

    Words that were joined with others have whatever label those have now: people who are new in a text change nothing.

    Args:
        told: for each finding its words, and the label that it has without any wish.
        decisions: those of the review.
    """
    said = {fold_text(d.text): d for d in decisions if d.action != "reject" and d.replacement}
    own = {fold_text(words): label for words, label in reversed(told)}

    def label(words: str, passed: frozenset[str]) -> str | None:
        decision = said.get(words)
        if decision is None:
            return own.get(words)
        other = fold_text(decision.same_as or "")
        now = label(other, passed | {words}) if other.strip() and other not in passed | {words} else None
        assert decision.replacement is not None
        return LABEL.sub(lambda _: now, decision.replacement) if now else decision.replacement

    folded = [fold_text(words) for words, _ in told]
    return [label(words, frozenset()) if words in said else None for words in folded]


def _keys(text: str, findings: Sequence[Finding], cast: Cast) -> list[tuple[str, str] | str | None]:
    """For each finding what it is one of, (label, identity), or the words that replace it, or None."""
    recent: list[int] = []
    short_forms: dict[str, str] = {}
    keys: list[tuple[str, str] | str | None] = []
    before: Finding | None = None
    for finding in findings:
        written = text[finding.start : finding.end]
        match finding.entity:
            case Entity.PERSON:
                keys.append(_person_key(written, finding, cast, recent))
            case Entity.ORGANISATION:
                # "Police force|Greater Manchester Police": a short form says whose it is
                kind, _, whose = finding.kind.partition("|")
                label = kind if kind in ORGANISATIONS else "Organisation"
                identity = _core(whose or written)
                if finding.source == "organisations:short" and not whose and before is not None:
                    short_forms[fold_text(written)] = _core(text[before.start : before.end])
                keys.append((label, short_forms.get(fold_text(written), identity)))
            case Entity.PLACE:
                keys.append((finding.kind if finding.kind in ("Town", "Area") else "Town", fold_text(written)))
            case Entity.CODE:
                keys.append(REFERENCE)
            case Entity.CONTACT:
                keys.append(CONTACT)
            case Entity.ADDRESS:
                keys.append(ADDRESS)
            case _:
                keys.append(None)
        before = finding
    return keys


def _person_key(written: str, finding: Finding, cast: Cast, recent: list[int]) -> tuple[str, str] | str:
    if finding.kind == "family":
        return FAMILY
    person = _person(written, finding, cast, recent)
    if person is None:
        return ("Person", fold_text(written))
    if " " in written.strip():
        # whoever is called by a forename alone is not who "Ms Pascoe" means
        recent.append(person.id)
    if person.identity is not None and person.identity.published_as:
        return person.identity.published_as
    return (ROLES[person.role].label, str(person.id))


def _person(written: str, finding: Finding, cast: Cast, recent: list[int]) -> Person | None:
    # a name that has taken in the words around it names more than one
    found = None if finding.source.startswith("protected:") else cast.who(written, recent)
    if found is None and finding.kind.startswith("person:"):
        found = cast.people[int(finding.kind.removeprefix("person:"))]
    return found


def _core(name: str) -> str:
    """What tells one organisation of a kind from another: "HMP Risley" and "Risley prison" are one."""
    folded = fold_text(name).strip()
    core = " ".join(_GENERIC.sub(" ", folded).split())
    return core or folded


_ARTICLE = regex.compile(r"(?<![\p{L}\p{N}])([Aa])(n?)[ ]$")
_AT_AGE = regex.compile(r"\b(?:[Aa]t|[Bb]y) (?:the age of )?$")
_IN_DECADE = regex.compile(r"\b[Ii]n (?:his|her|their) $")
_VOWEL = regex.compile(r"\[?[AEIOUaeiou8]|\[?1[18]\b")


def article(before: str, replacement: str) -> tuple[int, str] | None:
    """How to mend "a"/"an" before a replacement: (characters of `before` to take in, new text), or None.

    "an HMP officer" → "a [Prison] officer".
    """
    match = _ARTICLE.search(before)
    if not match or not replacement.startswith("["):
        return None
    wanted = "n" if _VOWEL.match(replacement) else ""
    return None if wanted == match[2] else (len(match[0]), f"{match[1]}{wanted} {replacement}")


_PLURAL_OWNER = regex.compile(r"[sxzSXZ]$")
_KINDS_AFTER = regex.compile(r"[ ](School|Prison|Court|College|Hospital|Council)(?![\p{L}\p{N}])")
_UNIT_OWNER = regex.compile(r"(?:year|month|week|day)s$", regex.I)
_OWNS = regex.compile(r"['’](?=[ ]\p{Ll})")


def possessive(written: str, before: str, after: str) -> str | None:
    """The possessive of the label for "Harris'" or "the Whitlocks'", whose apostrophe stands in `after`; or None.

    A length of time has none: "four months' imprisonment" → "[4 to 10 years] imprisonment".
    """
    if not _PLURAL_OWNER.search(written) or not _OWNS.match(after) or before.endswith(("'", "‘")):
        return None
    return "" if _UNIT_OWNER.search(written) else f"{after[0]}s"


def repeated(after: str, replacement: str) -> int:
    """How many characters after a label say its kind once more: "[School] School"."""
    said = _KINDS_AFTER.match(after)
    return said.end() if said and replacement.startswith(f"[{said[1]}") else 0


_AGED_NOUN = regex.compile(
    r"[ ](man|woman|male|female|adult|person|son|daughter|brother|sister|boyfriend|girlfriend|partner|father|mother|nephew|niece|cousin|student|tenant)\b"
)
_CHILD_NOUN = regex.compile(r"[ ](?:boy|girl|child|youth|teenager|man|woman|adult)\b")


def age(before: str, after: str, band: str) -> tuple[int, int, str] | None:
    """How to mend a sentence around an age: (characters of `before` and of `after` to take in, new text), or None.

    "a 34-year-old man" → "a man [aged 25 to 34]"; "a 14-year-old girl" → "a [child]"; "at the age of 15" → "as a [child]";
    "in his mid-thirties" → "[aged 35 to 44]".
    """
    child = band in ("[child]", "[adult]")
    a = "an" if band == "[adult]" else "a"
    point = _AT_AGE.search(before)
    if point:
        when = f"as {a} " if child else "when "
        when = when.capitalize() if point[0][0].isupper() else when
        return len(point[0]), 0, when + band
    if (decade := _IN_DECADE.search(before)) and not child:
        return len(decade[0]), 0, band
    noun = _AGED_NOUN.match(after)
    found = _ARTICLE.search(before)
    if child:
        taken = _CHILD_NOUN.match(after)
        start = f"{found[1]}{a[1:]} " if found else ""
        return len(found[0]) if found else 0, taken.end() if taken else 0, start + band
    if noun and found:
        return len(found[0]), noun.end(), f"{found[1]}{'n' if noun[1][0] in 'aeiou' else ''} {noun[1]} {band}"
    if noun:
        return 0, noun.end(), f"{noun[1]} {band}"
    return None
