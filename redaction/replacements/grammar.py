"""The words around a replacement that must agree with it: articles, possessives, ages."""

from __future__ import annotations

import regex

_ARTICLE = regex.compile(r"(?<![\p{L}\p{N}])([Aa])(n?)[ ]$")

_AT_AGE = regex.compile(r"\b(?:[Aa]t|[Bb]y) (?:the age of )?$")

_IN_DECADE = regex.compile(r"\b[Ii]n (?:his|her|their) $")

_VOWEL = regex.compile(r"\[?[AEIOUaeiou8]|\[?1[18]\b")


def fix_article(before: str, replacement: str) -> tuple[int, str] | None:
    """How to mend "a"/"an" before a replacement: (characters of `before` to take in, new text), or None.

    "an HMP officer" → "a [Prison] officer".
    """
    match = _ARTICLE.search(before)
    if not match or not replacement.startswith("["):
        return None
    wanted = "n" if _VOWEL.match(replacement) else ""
    return None if wanted == match[2] else (len(match[0]), f"{match[1]}{wanted} {replacement}")


_BEFORE_NAME = regex.compile(r"(?<![\p{L}\p{N}])an?[ ]$")

_GOES_ON = regex.compile(
    r"[,.;:)!?\n]|$|[ ](?:who|that|and|or|but|in|on|at|from|for|with|about|to|by|was|is|had|has|rang|said|says|came|went|left|told|asked)\b"
)
"""Behind a person's name, and never behind what belongs to something else ("a Dr Pugh report")."""


def article_before(before: str, after: str) -> int:
    """How many characters "a" or "an" and its space are, right before somebody's name ("a Mrs Ames"); 0 for none."""
    match = _BEFORE_NAME.search(before) if _GOES_ON.match(after) else None
    return len(match[0]) if match else 0


_PLURAL_OWNER = regex.compile(r"[sxzSXZ]$")

_UNIT_OWNER = regex.compile(r"(?:year|month|week|day|hour|hr)s$", regex.I)

_OWNS = regex.compile(r"['’](?=[ ]\p{Ll})")


def possessive(written: str, before: str, after: str) -> str | None:
    """The possessive of the label for "Harris'" or "the Whitlocks'", whose apostrophe is in `after`; or None.

    A length of time has none: "four months' imprisonment" → "[4 to 10 years] imprisonment".
    """
    if not _PLURAL_OWNER.search(written) or not _OWNS.match(after) or before.endswith(("'", "‘")):
        return None
    return "" if _UNIT_OWNER.search(written) else f"{after[0]}s"


_AGED_NOUN = regex.compile(
    r"[ ](man|woman|male|female|adult|person|son|daughter|brother|sister|boyfriend|girlfriend|partner|father|mother|nephew|niece|cousin|student|tenant)\b"
)

_CHILD_NOUN = regex.compile(r"[ ](?:boy|girl|child|youth|teenager|man|woman|adult)\b")


def fit_age(before: str, after: str, band: str) -> tuple[int, int, str] | None:
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
