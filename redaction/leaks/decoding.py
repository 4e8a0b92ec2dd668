"""What hides in text: entities, escapes, tags, strings of JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

# --- what hides in text -----------------------------------------------------------------------------------------
_ESCAPED = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|([nrtfbv0])(?![0-9a-fA-F])|([\"'/\\]))"
)

_CSS = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n]?")

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_INLINE = re.compile(
    r"(?:</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong"
    r"|sub|sup|time|tspan|tt|u|var|wbr)(?:\s[^<>]*)?/?>)+",
    re.IGNORECASE,
)

_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")


def unescaped(text: str) -> Iterator[str]:
    """The text with entities, percent and backslash escapes decoded, again and again while that changes it."""
    for _ in range(4):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "%" in text:
            text = unquote(text, errors="ignore")
        styled = _CSS.sub(_css_character, text) if "\\" in text else text
        if "\\" in text:
            text = _ESCAPED.sub(_character, text)
        if styled not in (before, text):
            yield styled
        if text == before:
            return
        yield text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3] or match[4]
    if code:
        return _chr(code)
    return " " if match[5] else match[6]


def _css_character(match: re.Match[str]) -> str:
    return _chr(match[1])


def _chr(code: str) -> str:
    point = int(code, 16)
    return chr(point) if 0 < point < 0x110000 else " "


def untagged(text: str) -> str:
    """HTML or XML as a reader sees it: tags inside a line gone, other tags a line break."""
    return _TAG.sub("\n", _INLINE.sub(_joint, _COMMENT.sub("", text)))


def _joint(match: re.Match[str]) -> str:
    """What takes the place of inline tags: nothing, or a space where two words would run together ("meanGreater")."""
    text, start, end = match.string, match.start(), match.end()
    return " " if text[start - 1 : start].islower() and text[end : end + 1].isupper() else ""


def json_strings(value: object) -> Iterator[str]:
    """Every string of parsed JSON, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from json_strings(key)
            yield from json_strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from json_strings(inner)


def parsed_json(text: str) -> object | None:
    """The text as JSON, or None if it is none."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed
