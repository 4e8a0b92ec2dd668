"""HTML, XML and SVG as a reader sees them: without tags, with entities filled in, without what no reader sees."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)

_INLINE = re.compile(
    r"(?:</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|ruby|rb|s|samp|small|span|strike|strong"
    r"|sub|sup|time|tspan|tt|u|var|wbr)(?:\s[^<>]*)?/?>)+",
    re.IGNORECASE,
)

_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")

_VALUE_WITH_SIGN = re.compile(r"=\s*(?:\"[^\"<>]*[<>][^\"]*\"|'[^'<>]*[<>][^']*')")
"""An attribute's value with a bracket in it, which would seem to end its tag."""


def untagged(text: str) -> str:
    """HTML or XML as a reader sees it: tags inside a line gone, other tags a line break."""
    plain = _VALUE_WITH_SIGN.sub('=""', _COMMENT.sub("", text))
    return _TAG.sub("\n", _INLINE.sub(_joint, plain))


def _joint(match: re.Match[str]) -> str:
    """What takes the place of inline tags: nothing, or a space where two words would run together ("meanGreater")."""
    text, start, end = match.string, match.start(), match.end()
    return " " if text[start - 1 : start].islower() and text[end : end + 1].isupper() else ""


# --- put together by whoever reads XML

_ENTITY = re.compile(r"<!ENTITY\s+([\w.:-]+)\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
_MOST_LETTERS = 1 << 20
"""Letters that entities may add to a text; more is a bomb, whose beginning is searched."""


def join_markup(text: str) -> str:
    """XML with its own entities filled in, and the marks of CDATA gone."""
    text = text.replace("<![CDATA[", "").replace("]]>", "")
    for name, quoted, single in _ENTITY.findall(text):
        text = text.replace(f"&{name};", quoted or single, _MOST_LETTERS // (len(quoted or single) + 1))
    return text


# --- left out by whoever shows HTML

_IN_A_WORD = re.compile(
    r"<(?:(?<=\w<)([a-z][\w-]*)\b[^<>]*>[^<>]*</\1\s*>(?=\s?\w)|(?<=\w\s<)([a-z][\w-]*)\b[^<>]*>[^<>]*</\2\s*>(?=\w))",
    re.IGNORECASE,
)
"""An element inside a word or at its edge, however it is hidden."""
_SIGNS_OF_UNSEEN = ("<rt", "<rp", "hidden", "display", "font-size", "opacity")
_UNSEEN = re.compile(
    r"<(?:(rt|rp|rtc)\b[^<>]*>.*?</\1\s*>"
    r"|([a-z][\w-]*)\b[^<>]*?(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0)"
    r"[^<>]*>.*?</\2\s*>)",
    re.IGNORECASE | re.DOTALL,
)


def leave_out_unseen(text: str) -> str:
    """HTML without ruby's glosses, what is hidden, and whole elements inside a word."""
    small = text.lower()
    seen = _UNSEEN.sub("", text) if any(sign in small for sign in _SIGNS_OF_UNSEEN) else text
    return _IN_A_WORD.sub("", seen)


_TURNING = ("\u202b", "\u202e", "\u2067", "<bdo", '="rtl', "='rtl", "=rtl", ":rtl")


def turn_round(text: str) -> str:
    """Every line from its end, where anything in a text has its letters run from right to left; else the text itself."""
    small = text.lower().replace(" ", "")
    if not any(sign in small for sign in _TURNING):
        return text
    return "\n".join(line[::-1] for line in untagged(text).split("\n"))
