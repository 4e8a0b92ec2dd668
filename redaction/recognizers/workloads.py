"""How much work somebody carried: the number of their cases, and their workload in per cent of what it should be."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.lexicon.numbers import NUMBER
from redaction.recognizers.search_windows import find_near
from redaction.text.tokens import Tokens

_ABOUT = r"(?:(?:about|around|nearly|almost|over|only|just|some|roughly|as[ ]many[ ]as|between)[ ])?"
_HOW_MANY = rf"(?:\d{{2,3}}|(?i:{NUMBER}))(?:[ ](?:and|to|or)[ ](?:\d{{2,3}}|(?i:{NUMBER}))|[-–]\d{{2,3}})?"
_SHARE = r"\d{2,3}(?:\.\d)?(?:[ ]?%|[ ]per[ ]?cent)"
_IS = r"(?:of|was|were|is|at|to|averag(?:ed|ing)|reach(?:ed|ing)|stood[ ]at|rose[ ]to|now)"
_WHOSE = r"(?:an?|the|his|her|their|my|your|full|normal|expected|recommended|whole|target|measured|total)"
_MEASURED = rf"(?:{_WHOSE}[ ]){{0,3}}(?:capacity|workload|caseload|WM[TM])"
_SHAPES = (
    # "a caseload of 61", "Caseload = 41", "her caseload of custody and community cases had reached 70"
    rf"[Cc]aseloads?(?:[ ](?!that\b)[\p{{L}}'’-]+){{0,8}}?(?:[ ]{_IS}|[ ]?[:=])[ ]{_ABOUT}(?P<number>{_HOW_MANY})(?![\p{{L}}\d]|[.:]\d|[ ]?(?:%|per[ ]?cent))",
    # "carrying 63 cases", "held 41 medium-risk cases", "his 80 cases"
    rf"(?:[Cc]arr(?:y|ies|ied|ying)|[Hh](?:eld|olds?|olding)|[Mm]anag(?:ed|es|ing)|[Ss]upervis(?:ed|es|ing)|had|has|with|responsible[ ]for|his|her|my)[ ]"
    rf"{_ABOUT}(?P<cases>{_HOW_MANY}[ ](?:(?:active|live|open|other|custody|community|(?:low|medium|high)[- ]risk)[ ]){{0,2}}cases)(?![\p{{L}}-])",
    # "a 61-case caseload"
    r"(?P<sized>\d{2,3}-case)[ ](?:case|work)load",
    # "134 per cent of capacity", "149% WMT", "140% on the workload tool"
    rf"(?P<share>{_SHARE})[ ](?:(?:of|on)[ ])?{_MEASURED}\b",
    # "at 140% workload was …", "WMT 149%", "workload measured at 134 per cent"
    rf"(?:[Ww]orkload|[Cc]apacity|WM[TM])(?:[ ][\p{{L}}'’-]+){{0,6}}?(?:[ ]{_IS}|[ ]?[:=])?[ ]{_ABOUT}(?P<measured>{_SHARE})",
)
_WORKLOAD = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{'|'.join(_SHAPES)})")
_GROUPS = ("number", "cases", "sized", "share", "measured")
_KEYS = frozenset("caseload caseloads case cases workload workloads capacity wmt wmm".split())


def find_workloads(words: Tokens) -> Iterator[tuple[int, int]]:
    """Each number, with the word for what it counts where that follows it."""
    for match in find_near(_WORKLOAD, words, _KEYS.__contains__, 90, 90):
        yield match.span(next(name for name in _GROUPS if match[name]))
