"""What hides in text: entities, escapes, tags, strings of JSON; and one list of steps that undo it."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from redaction.leaks.code_pages import mend_mojibake
from redaction.leaks.markup import (
    join_markup,
    leave_out_unseen,
    turn_round,
    untagged,
)

ESCAPED = "in an HTML entity or another escape"
UNSEEN = "with something unseen inside it"
TURNED = "written backwards"

_ROUNDS = 4
"""Times that a text may be escaped over and over."""

_ESCAPED = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|([nrtfbv0])(?![0-9a-fA-F])|([\"'/\\]))"
)
_CSS = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n]?")
_OCTAL = re.compile(r"\\([0-3]?[0-7]{1,2})")
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2})+")
_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n")
_JOINED = re.compile(r"[\"'`]\s*\+\s*[\"'`]")
_UTF_7 = re.compile(r"\+([A-Za-z0-9+/]{3,})-")


@dataclass(frozen=True)
class Step:
    """One way in which a text is not written as it is read: a sign that every such text has, and how it is undone."""

    sign: str
    undo: Callable[[str], str]
    how: str = ESCAPED


def _from_hex(match: re.Match[str]) -> str:
    return _chr(match[1])


def _from_percent(text: str) -> str:
    return _PERCENT.sub(_from_hex_pairs, _PERCENT_U.sub(_from_hex, text))


def _from_quoted_printable(text: str) -> str:
    return _QUOTED.sub(_from_hex_pairs, _SOFT_BREAK.sub("", text))


def _from_hex_pairs(match: re.Match[str]) -> str:
    """UTF-8 in hexadecimal pairs, each behind a sign."""
    return bytes.fromhex(match[0].replace(match[0][0], "")).decode(errors="ignore")


def _from_utf_7(text: str) -> str:
    def read(match: re.Match[str]) -> str:
        run = match[1]
        return base64.b64decode(run + "=" * (-len(run) % 4)).decode("utf-16-be", errors="ignore")

    return _UTF_7.sub(lambda match: read(match) if len(match[1]) % 4 != 1 else match[0], text)


STEPS = (
    Step("<!", join_markup),
    Step("&", html.unescape),
    Step("%", _from_percent),
    Step("\\", lambda text: _ESCAPED.sub(_character, text)),
    Step("+", lambda text: _JOINED.sub("", text)),
    Step("", mend_mojibake),
)
"""Undone one after another, again and again while that changes the text."""

READINGS = (
    Step("\\", lambda text: _CSS.sub(_from_hex, text)),
    Step("\\", lambda text: _OCTAL.sub(lambda match: chr(int(match[1], 8)), text)),
    Step("=", _from_quoted_printable),
    Step("-", _from_utf_7),
    Step("<", leave_out_unseen, UNSEEN),
    Step("", turn_round, TURNED),
)
"""Ways to read a text that exclude the others: each is tried for itself on what every round of the steps made."""


def undone(text: str) -> Iterator[str]:
    """The text after each round of the steps that changed it."""
    for _ in range(_ROUNDS):
        before = text
        for step in STEPS:
            if step.sign in text:
                text = step.undo(text)
        if text == before:
            return
        yield text


def read_otherwise(text: str) -> Iterator[tuple[str, str]]:
    """The text in each other reading that changes it, with how a name was hidden that only shows there."""
    for step in READINGS:
        if step.sign in text and (read := step.undo(text)) != text:
            yield untagged(read) if "<" in read else read, step.how


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3] or match[4]
    if code:
        return _chr(code)
    return " " if match[5] else match[6]


def _chr(code: str) -> str:
    point = int(code, 16)
    return chr(point) if 0 < point < 0x110000 else " "


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
