"""Ways to reach somebody: telephones, e-mail, web addresses, handles, devices."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stdnum import luhn

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.calendar import WEEKDAY_NAMES
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word
from redaction.recognizers.base import Recognizer
from redaction.recognizers.search_windows import windows

KEPT = frozenset(
    {"gov.uk", "www.gov.uk", "legislation.gov.uk", "www.legislation.gov.uk", "justiceinspectorates.gov.uk"}
)
"""Hosts that lead to a national body and, without a path, to nobody."""
_ENDINGS = alternatives(pattern_words("contacts", "endings"))
_ENDINGS_WITH_PATH = alternatives(pattern_words("contacts", "endings with a path"))
_PLATFORMS = alternatives(pattern_words("contacts", "platforms"))
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}"
_TAIL = r"(?:[/?#][^\s<>\"“”|`\]]{0,2000})"

_PATH_WORD = r"[\w.()&'’#+~$-]{1,80}"
_FOLDER = rf"{_PATH_WORD}(?:[ ]{_PATH_WORD}){{0,6}}(?:\\{{1,2}}|/)"
_FILE = rf"(?:(?:{_PATH_WORD}[ ]){{0,6}}{_PATH_WORD}(?<!\\)\.(?:{alternatives(pattern_words('contacts', 'files'))})(?!\w)|{_PATH_WORD})"
"""The last part of a path: it has spaces only where an ending tells that it is a file's name."""

_PHONE_PREFIX = r"(?:\(?\+[ ]?\d{1,3}\)?|\(?00[ ]?\d{2,3}\)?)[ .-]?(?:\(0\)[ .-]?)?\(?\d|\(?0\d"


@dataclass(frozen=True)
class Rule:
    """One way of writing; the group `value` is the span, or else all that matches."""

    kind: str
    pattern: re.Pattern[str]
    score: float
    accept: Callable[[re.Match[str]], bool] = lambda found: True
    trigger: re.Pattern[str] | None = None  # what is near it, always; where none, the whole text is read


def _telephone(found: re.Match[str]) -> bool:
    """As many digits as a number has, and not a date or a time that happens to look alike."""
    number = re.split(r"\s*(?:e?xt|x)", found["value"], flags=re.I)[0]
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if re.match(r"\d\d([./-])\d\d\1\d\d", number):
        return False
    if number.lstrip("(").startswith(("+", "00")):
        return 9 <= len(digits) <= 17
    return len(digits) in {10, 11} and digits[1] != "0"


_PARTS = re.compile(r"[^\W\d_][^\W\d_A-Z]*|[A-Z]+(?![a-z])")

_CAMPAIGN = re.compile(r"(?:Justice_?[Ff]or|RIP_?|RestInPeace|PrayFor|Find|BringBack|Remember(?:ing)?)[A-Z]")
"""How hashtags begin that were made for somebody, whose name may be a word ("#JusticeForTel")."""


def _names_somebody(found: re.Match[str]) -> bool:
    """Whether a part of a hashtag is no word of English: what was posted under it leads to whom it names."""
    return _CAMPAIGN.match(found["hashtag"]) is not None or _holds_a_name(found["hashtag"])


def _holds_a_name(words: str) -> bool:
    """Whether a part of what is written together is no word of English."""
    parts = (part.casefold() for part in _PARTS.findall(words))
    return any(len(part) > 2 and not is_english_word(part) and not is_retained(part.upper()) for part in parts)


def _ip(found: re.Match[str]) -> bool:
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return False
    # a paragraph's number ("4.2.1.3") is made of small ones
    return (
        address.version == 6
        or max(address.packed) > 31
        or bool(_IP_CONTEXT.search(found.string, max(0, found.start() - 24), found.start()))
    )


def _internet_host(found: re.Match[str]) -> bool:
    value = found[0].rstrip("./")
    return value.casefold() not in KEPT and not re.fullmatch(rf"(?i){alternatives(WEEKDAY_NAMES)}\.com", value)


def _ip_six(found: re.Match[str]) -> bool:
    return found[0].count(":") > 3 and _ip(found)


def _hardware(found: re.Match[str]) -> bool:
    return bool(re.search("[A-Fa-f]", found[0]) or ":" in found[0])


def _obfuscated(found: re.Match[str]) -> bool:
    return bool(re.search(r"\bdot\b|[\[({]|@", found[0], re.I))


def _handle(found: re.Match[str]) -> bool:
    return not re.fullmatch(r"@\d{1,2}(?:[.:]\d\d)?(?:am|pm)?", found[0], re.I)


def _imei(found: re.Match[str]) -> bool:
    return (
        luhn.is_valid(re.sub(r"\D", "", found["value"]))
        or "imei" in found.string[max(0, found.start() - 30) : found.start()].casefold()
    )


def _screen_name(found: re.Match[str]) -> bool:
    return bool(re.search(r"[\d_.]", found["value"])) and not re.fullmatch(
        r"[\d.:/-]+(?:st|nd|rd|th|am|pm)?", found["value"]
    )


_IP_CONTEXT = re.compile(r"\bIP\b|address", re.I)

_SIGN = re.compile(
    r"@|//|:/|[Ww][Ww][Ww]\.|[A-Za-z0-9]\.(?=[A-Za-z])|\b[Dd][Oo][Tt]\b"
    r"|\b[0-9A-Fa-f]{1,4}[:-][0-9A-Fa-f]{1,4}[:-][0-9A-Fa-f]|3[Ww]"
)
_BACKSLASH = re.compile(r"\\|[A-Z]:/")
_DIGITS = re.compile(r"\d(?:[ .()\u00a0–-]{0,3}\d){5}")

RULES: tuple[Rule, ...] = (
    Rule(
        "path",  # S:\Reviews\2021\a.docx, \\server\share\, ...\letters\a.msg
        re.compile(
            rf"(?<![\w\\])(?:[A-Za-z]:(?:\\{{1,2}}|/)(?:{_FOLDER}){{0,12}}|\\{{2,4}}(?=\w)(?:{_FOLDER}){{1,12}}"
            rf"|(?:\.{{2,3}}|…)?\\(?=\w)(?:{_FOLDER}){{1,12}}){_FILE}?"
        ),
        0.95,
        trigger=_BACKSLASH,
    ),
    Rule("url", re.compile(r"\b(?i:https?|ftps?|hxxps?|tel|sms|geo)://?[^\s<>\"“”|`\]]{2,2000}"), 1.0, trigger=_SIGN),
    Rule(
        "email",
        re.compile(
            r"(?:\bmailto:)?(?<![\w.+%’'-])(?P<value>[\w+%][\w.+%’'-]{0,63}@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){0,6}"
            r"[A-Za-z][A-Za-z0-9-]{1,62})(?![\w@])"
        ),
        1.0,
        trigger=_SIGN,
    ),
    Rule(
        "email",  # "name at example dot org", "name [at] example [dot] org"
        re.compile(
            r"(?<![\w.+-])(?P<value>[\w+][\w.+-]{0,63}(?:[ ]at[ ]|[ ]?[\[({][ ]?at[ ]?[\])}][ ]?"
            r"|[ ]?@[ ]?)[\w-]{1,63}"
            r"(?:(?:[ ]dot[ ]|[ ]?[\[({][ ]?dot[ ]?[\])}][ ]?|\.)[\w-]{1,63}){1,5})(?!\w)",
            re.I,
        ),
        0.9,
        _obfuscated,
        _SIGN,
    ),
    Rule("url", re.compile(rf"\b(?<![@.-])(?i:www)\.{_HOST}[A-Za-z]{{2,24}}{_TAIL}?"), 1.0, _internet_host, _SIGN),
    Rule(
        "url",
        re.compile(
            rf"\b(?<![@./-]){_HOST}(?i:{_ENDINGS}(?![\w@-])(?::\d{{2,5}})?{_TAIL}?|"
            rf"{_ENDINGS_WITH_PATH}{_TAIL})"
        ),
        0.9,
        _internet_host,
        _SIGN,
    ),
    Rule(
        "file",  # "notes_Wragg_and_Hollin.docx", wherever it lies
        re.compile(
            rf"(?<![\w\\/.@-])(?P<value>(?=[\w-]*[_-])[\w-]{{3,100}}\.(?:{alternatives(pattern_words('contacts', 'files'))}))(?![\w-])"
        ),
        0.9,
        lambda found: _holds_a_name(found["value"].rpartition(".")[0]),
        _SIGN,
    ),
    Rule("ip-address", re.compile(r"\b(?<!\.)\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)"), 0.9, _ip, _DIGITS),
    Rule(
        "ip-address",
        re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,6}(?![\w:])"),
        0.9,
        _ip_six,
        _SIGN,
    ),
    Rule("device", re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])"), 0.8, _hardware, _SIGN),
    Rule(
        "device",
        re.compile(r"\b(?<![.-])(?P<value>\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?:\d)?)(?![\w-])"),
        0.9,
        _imei,
        _DIGITS,
    ),
    Rule(
        "what3words", re.compile(r"(?<!\w)///[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}(?!\w)"), 1.0, trigger=_SIGN
    ),
    Rule(
        "what3words",
        re.compile(
            r"\b(?i:what3words|w3w)[ :]{1,3}(?:\w{1,12}[ :]{1,3})?(?P<value>"
            r"[a-z]{3,20}\.[a-z]{3,20}\.[a-z]{3,20})(?!\w)"
        ),
        1.0,
        trigger=_SIGN,
    ),
    Rule(
        "phone",
        re.compile(
            rf"(?<![\w/£$€-])(?<!\d[.,])(?P<value>(?:{_PHONE_PREFIX})(?:\)?[ \u00a0.–-]{{0,2}}\(?\d){{6,13}}\)?"
            r"(?:[ ,]{0,2}\(?(?:ext(?:ension|n)?\.?|x)[ ]?\d{2,6}\)?)?)(?!\w|[/.]\d)",
            re.I,
        ),
        0.9,
        _telephone,
        _DIGITS,
    ),
    Rule(
        "phone",
        re.compile(
            r"\b(?i:tel|telephone|phone|mobile|mob|fax|landline|pager|bleep)(?:\.|:)?(?:[ ](?i:no\.?|number|is"
            r"|was|on))?[:= ]{1,3}"
            r"(?P<value>\(?\d(?:[ -]?\d){5,14})(?!\w|[/.]\d)"
        ),
        0.8,
        trigger=_DIGITS,
    ),
    Rule(
        "phone",  # "ext 214", "x4471"
        re.compile(
            r"\b(?:[Ee]xt(?:n|ension)?\.?[ ](?:(?:no\.?|number)[ ])?(?P<value>\d{3,6})|(?P<short>x\d{4,6}))"
            r"(?![.,]?\d|\w)"
        ),
        0.7,
    ),
    Rule("handle", re.compile(r"(?<![\w@.+/-])@[A-Za-z0-9_](?:\w|[.-](?=\w)){1,60}"), 0.95, _handle, _SIGN),
    Rule(
        "handle",
        re.compile(
            rf"\b(?i:{_PLATFORMS})(?:[ ](?i:account|name|handle|user|username|profile|page|id|as|of|under|is|was"
            rf"|called|the))"
            r"{0,3}[ ]?[:=,]?[ ]?[\"'“‘(]?(?P<value>[A-Za-z0-9_](?:\w|[.-](?=\w)){2,40})(?!\w)"
        ),
        0.8,
        _screen_name,
    ),
    Rule("hashtag", re.compile(r"(?<![\w&/#.(])#(?P<hashtag>[^\W\d_]\w{2,60})(?![\w-])"), 0.8, _names_somebody),
)
"""Every way of writing a contact; where two overlap, the first in this order."""

_TRAILING = ".,;:!?'’\")]}*_"


class ContactRecognizer(Recognizer):
    """Finds contacts; nothing here ever reaches for the network."""

    name = "Contacts"
    entities = (Entity.CONTACT,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Every contact in the text; findings don't overlap."""
        text = document.text
        covered = bytearray(len(text))
        kept = []
        for finding in _all(text):
            span = slice(finding.start, finding.end)
            if not any(covered[span]):
                covered[span] = b"\1" * (finding.end - finding.start)
                kept.append(finding)
        return sorted(kept, key=lambda f: f.start)


def _all(text: str) -> Iterator[Finding]:
    stretches: dict[re.Pattern[str] | None, list[tuple[int, int]]] = {
        trigger: list(windows(text, (found.span() for found in trigger.finditer(text)), 80, 80))
        for trigger in (_SIGN, _DIGITS, _BACKSLASH)
    } | {None: [(0, len(text))]}
    for rule in RULES:
        for stretch in stretches[rule.trigger]:
            for found in rule.pattern.finditer(text, *stretch):
                if rule.accept(found):
                    start, end = _span(found)
                    yield Finding(start, end, Entity.CONTACT, rule.score, Source(Origin.CONTACT, rule.kind), rule.kind)


def _span(found: re.Match[str]) -> tuple[int, int]:
    groups = {name: value for name, value in found.groupdict().items() if name != "hashtag"}
    start, end = next((found.span(name) for name, value in groups.items() if value is not None), found.span())
    value = found.string[start:end]
    if re.fullmatch(r"\([^()]*\)", value):  # brackets around the whole are the sentence's
        start, value = start + 1, value[1:-1]
    while value and value[-1] in _TRAILING and not (value[-1] == ")" and value.count("(") >= value.count(")")):
        value = value[:-1]
    return start, start + len(value)
