"""A hundred hostile inputs: each ends in time, hides what is declared, rebuilds from its offsets, and is done once."""

import time

import pytest

from redaction import Redaction, Redactor, Register
from tests.support.paths import GOLD

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: victim, names: [Kelly-Ann Moorhouse]}
  - {role: person-on-probation, names: [Darren Whitlock, Daz]}
codes: [A4821CK]
places: ["27 Tennyson Road, Swinton"]
"""
)
DECLARED = ("moorhouse", "whitlock", "a4821ck", "tennyson")
SIZE, FULL_SIZE = 2_000, 6_000
"""Characters of each repeated input in `make test` and in `make soak`; tests/soak repeats some at a hundred times the size."""
SECONDS_A_MEGABYTE = 10
GRACE = 2.5
"""Seconds on top, for a machine that does other things too; what is quadratic takes far longer."""
TIMES_AS_LONG = 6
"""On a slow machine a hostile input may take so many times as long as the prose of a review of its length."""
REVIEW = GOLD / "cobalt-turnip-93.md"

NAME = "Kelly-Ann Moorhouse"
HIDDEN = {
    # how the name is written → nothing of it may be left
    "zero-width space": "Kelly-Ann Moor\u200bhouse",
    "zero-width joiner": "Kelly-Ann Moo\u200drhouse",
    "word joiner": "Kelly-Ann M\u2060oorhouse",
    "soft hyphen": "Kelly-Ann Moor\u00adhouse",
    "byte order mark": "\ufeffKelly-Ann Moor\ufeffhouse",
    "variation selector": "Kelly-Ann Moorhouse\ufe0f",
    "Cyrillic o": "Kelly-Ann M\u043e\u043erhouse",
    "Greek capital": "\u039aelly-Ann Moorhouse",
    "full width": "\uff2belly-Ann \uff2d\uff4f\uff4f\uff52\uff48\uff4f\uff55\uff53\uff45",
    "mathematical bold": "Kelly-Ann \U0001d40c\U0001d428\U0001d428\U0001d42b\U0001d421\U0001d428\U0001d42e\U0001d42c\U0001d41e",
    "combining accent": "Kelly-Ann Mo\u0301orhouse",
    "many accents": "Kelly-Ann M" + "o\u0301\u0302\u0323" * 2 + "rhouse",
    "right-to-left mark": "Kelly-Ann \u200fMoorhouse",
    "bidi override": "\u202dKelly-Ann Moorhouse\u202c",
    "bidi isolate": "\u2066Kelly-Ann Moorhouse\u2069",
    "line separator": "Kelly-Ann\u2028Moorhouse",
    "no-break space": "Kelly-Ann\u00a0Moorhouse",
    "carriage return": "Kelly-Ann\r\nMoorhouse",
    "tab": "Kelly-Ann\tMoorhouse",
    "emoji beside": "\U0001f600Kelly-Ann Moorhouse\U0001f600",
    "emphasis inside": "Kelly-Ann **Moor**house",
    "emphasis nested": "**Kelly-_Ann_ Moor**house",
    "struck through": "Kelly-Ann Moor~~house~~",
    "code span": "`Kelly-Ann Moorhouse`",
    "code fence": "\n\n```\nKelly-Ann Moorhouse\n```\n\n",
    "entity": "Kelly-Ann Moorh&#111;use",
    "hexadecimal entity": "Kelly-Ann Moorh&#x6f;use",
    "link text": "[Kelly-Ann Moorhouse](https://example.org/x)",
    "link target": "[x](https://example.org/kelly-ann-moorhouse)",
    "link title": '[x](y "Kelly-Ann Moorhouse")',
    "image": "![Kelly-Ann Moorhouse](x.png)",
    "reference link": "[x][1]\n\n[1]: https://example.org 'Kelly-Ann Moorhouse'\n\n",
    "HTML attribute": '<a title="Kelly-Ann Moorhouse">x</a>',
    "HTML comment": "<!-- Kelly-Ann Moorhouse -->",
    "script": "<script>let name = 'Kelly-Ann Moorhouse'</script>",
    "footnote": "x[^1]\n\n[^1]: Kelly-Ann Moorhouse rang.\n\n",
    "table": "\n\n| who | what |\n|---|---|\n| Kelly-Ann Moorhouse | rang |\n\n",
    "escaped pipe": "\n\n| who | what |\n|---|---|\n| Kelly-Ann Moorhouse \\| Whitlock | rang |\n\n",
    "heading": "\n\n### Kelly-Ann Moorhouse\n\n",
    "quotation": "\n\n> > Kelly-Ann Moorhouse rang.\n\n",
    "quotation, broken": "\n\n> said Kelly-Ann\n> Moorhouse then\n\n",
    "list": "\n\n- Kelly-Ann Moorhouse\n  - Whitlock\n\n",
    "Jinja expression": "{{ 'Kelly-Ann Moorhouse' }}",
    "Jinja block": "{% if Whitlock %}Kelly-Ann Moorhouse{% endif %}",
    "front matter": "---\nwho: Kelly-Ann Moorhouse\n---\n",
    "label beside": "[Victim 1]Kelly-Ann Moorhouse[Victim 1]",
    "label forged": "[Kelly-Ann Moorhouse 1]",
    "brackets": "[[[Kelly-Ann Moorhouse]]]",
    "capitals": "KELLY-ANN MOORHOUSE",
    "inverted": "MOORHOUSE, Kelly-Ann",
    "e-mail": "kelly-ann.moorhouse@example.com",
    "handle": "@kellyannmoorhouse",
    "NUL": "\x00Kelly-Ann Moorhouse\x00",
    "control characters": "\x01\x02\x1bKelly-Ann Moorhouse\x7f",
    "odd planes": "\U000e0041\U0010ffff Kelly-Ann Moorhouse \ue000",
    "private use beside": "\ue000Kelly-Ann Moorhouse\uf8ff",
    "code spaced": "A 4821-CK",
    "code in a link": "[x](https://example.org/A4821CK)",
    "address broken": "27 Tennyson\nRoad",
    "address in capitals": "27 TENNYSON ROAD, SWINTON",
}

BOMBS = {
    # repeated to a size
    "capital": "A",
    "initials": "A. ",
    "dotted initials": "J.M.",
    "names": "Smith ",
    "names with commas": "Smith, ",
    "hyphens": "Smith-",
    "apostrophes": "Smith'",
    "shouted hyphens": "SMITH-",
    "particles": "Smith de la ",
    "titles": "Mr ",
    "couples": "Mr and Mrs ",
    "digits": "1",
    "spaced digits": "1 ",
    "dotted digits": "1.",
    "comma digits": "1,",
    "slashed digits": "1/",
    "pairs of digits": "12 34 56 ",
    "telephones": "07700 ",
    "prison numbers": "A1234BC ",
    "police codes": "12/345A ",
    "postcodes": "M1 1AA ",
    "birth labels": "DOB ",
    "dates joined": "3 May and ",
    "date ranges": "3 May to ",
    "weekdays": "Monday and ",
    "nth days": "on the 24th and ",
    "ages": "aged 3, ",
    "hyphened ages": "34-",
    "sums": "\u00a31,",
    "streets": "Smith Road, ",
    "saints": "St ",
    "prisons": "HMP ",
    "schools": "Smith School ",
    "relations": "victims, Smith, ",
    "joined names": "kellyannmoorhouse",
    "joined names in capitals": "xKellyAnnMoorhouse_",
    "camels": "aB",
    "hashtags": "#Moorhouse ",
    "at signs": "@a",
    "hosts": "a.",
    "addresses of sites": "http://",
    "opening brackets": "[",
    "closing brackets": "]",
    "half labels": "[Person ",
    "labels": "[Person 1]",
    "braces": "{{ ",
    "pipes": "|",
    "stars": "*",
    "underscores": "_",
    "back-ticks": "`",
    "angles": "<a>",
    "ampersands": "&#",
    "backslashes": "\\",
    "zero-width": "\u200b",
    "overrides": "\u202e",
    "accents": "e\u0301",
    "ligatures": "\ufdfa ",
    "emoji": "\U0001f600",
    "blank lines": "\n\n",
    "quotation marks": "> ",
    "headings": "# ",
    "carriage returns": "\r\n",
}

CASES = {
    **{f"hidden: {name}": f"That day {text} was seen." for name, text in HIDDEN.items()},
    "surname that is deep in brackets": "(" * 2_000 + NAME + ")" * 2_000,
    "nested emphasis": "*_" * 1_000 + NAME + "_*" * 1_000,
    "nested quotation": ">" * 2_000 + " " + NAME,
    "a table of many columns": "|" + f" {NAME} |" * 150,
    "a line without an end": f"x{NAME} " * 300,
    "people by the hundred": " ".join(f"Mr Ab{chr(97 + n % 26)}{chr(97 + n // 26)}olt rang." for n in range(300)),
    "labels by the hundred": " ".join(f"[Person {n}]" for n in range(500)),
    "nothing": "",
    "a space": " ",
}


def repeated(name: str, size: int) -> str:
    """One of BOMBS, as often as it goes into a size."""
    return BOMBS[name] * (size // len(BOMBS[name]))


def rebuilt(text: str, redaction: Redaction) -> str:
    """The output made again from the offsets alone."""
    pieces, position = [], 0
    for detection in redaction.detections:
        pieces += [text[position : detection.start], detection.replacement]
        position = detection.end
    return "".join([*pieces, text[position:]])


@pytest.fixture(scope="module")
def grace(redactor: Redactor) -> float:
    """Seconds that a hostile input may take on this machine, whatever its length."""
    prose = REVIEW.read_text(encoding="utf-8")[-FULL_SIZE:]
    redactor.redact(["To begin with."])
    start = time.process_time()
    redactor.redact([prose])
    return max(GRACE, TIMES_AS_LONG * (time.process_time() - start))


def attack(redactor: Redactor, text: str, grace: float) -> None:
    """Redact the text with the declared name after it, and hold the result to everything that must be true."""
    text = f"{text} Later Kelly-Ann Moorhouse rang."
    start = time.process_time()
    redaction = redactor.redact([text], REGISTER)
    spent = time.process_time() - start
    redacted = redaction.texts[0]
    letters = "".join(c for c in redacted.casefold() if c.isalnum())
    assert [word for word in DECLARED if word in letters] == []
    assert rebuilt(text, redaction) == redacted
    assert spent < grace + SECONDS_A_MEGABYTE * len(text) / 1_000_000
    assert redactor.redact([redacted], REGISTER).texts[0] == redacted


@pytest.mark.parametrize("name", CASES)
@pytest.mark.slow
def test_a_hostile_input_ends_in_time_and_leaks_nothing(redactor: Redactor, grace: float, name: str) -> None:
    """In time, nothing declared left, offsets that rebuild the output, nothing more to redact."""
    attack(redactor, CASES[name], grace)


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.slow
def test_what_is_repeated_ends_in_time_and_leaks_nothing(redactor: Redactor, grace: float, name: str) -> None:
    """The same, in half the time for a third of the size."""
    attack(redactor, repeated(name, SIZE), grace / 2)


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.soak
def test_what_is_repeated_for_longer_ends_in_time_and_leaks_nothing(
    redactor: Redactor, grace: float, name: str
) -> None:
    """The same at its full size."""
    attack(redactor, repeated(name, FULL_SIZE), grace)


def test_there_are_a_hundred_of_them() -> None:
    """The tables are not thinned out."""
    assert len(CASES) + len(BOMBS) >= 100


def test_a_register_of_hundreds_is_searched_in_time(redactor: Redactor, grace: float) -> None:
    """Every one of them is masked, each under a label of its own."""
    names = [
        f"Zeb{chr(97 + n % 26)}{chr(97 + n // 26)}a Quill{chr(97 + n // 26)}{chr(97 + n % 26)}ost" for n in range(300)
    ]
    people = "\n".join(f"  - {{role: witness, names: [{name}]}}" for name in names)
    register = Register.parse(f"format: 1\npeople:\n{people}\n")
    start = time.process_time()
    redaction = redactor.redact([". ".join(names)], register)
    assert time.process_time() - start < grace
    assert redaction.texts[0] == ". ".join(f"[Witness {n}]" for n in range(1, 301))
