"""Whatever a register declares, and however a text writes it: nothing of it is left, once is enough, offsets tell."""

import itertools
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction import Identity, IdentityKind, Redaction, Redactor, Register
from redaction.text.folding import fold_text

GIVEN = [
    "Darren",
    "Kelly-Ann",
    "Ngozi",
    "Seán",
    "Zoë",
    "Łukasz",
    "Siobhán",
    "Tariq",
    "Nhung",
    "Philippa",
    "Oluwaseun",
    "Żaneta",
]
MIDDLE = ["", "", "Lee", "Bronwen", "Józef"]
SURNAMES = [
    "Whitlock", "Moorhouse", "Okonjo-Bright", "Ó Briain", "O'Hanlon", "McAllister", "Zelenkova", "Żukowska", "van der Wouden",
    "al-Rashidi", "ap Gruffudd", "Nwachukwu", "Trewhella", "Fitzgibbon",
]  # fmt: skip
NICKNAMES = ["", "Dazza", "Kezza", "Lukey", "Gozzy"]
ROLES = ["person-on-probation", "victim", "partner", "probation-practitioner", "police-officer", "other"]
PLACES = ["27 Tennyson Road, Swinton", "Flat 9, Gorsefield Court, Marlow Street", "Pendlebrook"]
ORGANISATIONS = ["St Ambrose Barlow Primary", "Calderbrook Pallets Ltd"]
CODES = ["A4821CK", "X412398", "14/315580J", "PE13 KXW"]
LOOK_ALIKE = str.maketrans("aeiopcxy", "аеіорсху")
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def _word(name: str, position: int) -> tuple[str, str]:
    """A name cut in two, never at its edge."""
    cut = 1 + position % max(1, len(name) - 1)
    return name[:cut], name[cut:]


def _slip(name: str, position: int) -> str:
    """One letter left out of the longest word of a name, never its first."""
    word = max(name.replace("-", " ").replace("'", " ").split(), key=len)
    if len(word) < 6:
        return name
    cut = next(c for c in range(1 + position % (len(word) - 2), len(word)) if word[c].islower())
    cut = min(cut, len(word) - 2)
    slipped = (
        word[:cut] + word[cut + 1 :],
        word[:cut] + word[cut] + word[cut:],
        word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
    )
    return name.replace(word, slipped[position % 3])


def _bare(name: str) -> str:
    """The name without its accents, as an English keyboard writes it."""
    plain = name.translate(str.maketrans("ŁłØøĐđ", "LlOoDd"))
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


Written = Callable[[str, str, str, int], str]
"""Forename, middle name, surname and any number → the person as a text may write them."""

FORMS: dict[str, Written] = {
    "full": lambda g, m, s, n: " ".join(filter(None, (g, m, s))),
    "title and surname": lambda g, m, s, n: f"{('Mr', 'Mrs', 'Ms', 'Dr', 'DC', 'PS', 'Imam')[n % 7]} {s}",
    "title and full": lambda g, m, s, n: f"{('Mr', 'Miss', 'Sgt', 'Prof')[n % 4]} {g} {s}",
    "surname first": lambda g, m, s, n: f"{s.upper()}, {' '.join(filter(None, (g, m)))}",
    "surname first, small": lambda g, m, s, n: f"{s}, {g}",
    "capitals": lambda g, m, s, n: f"{g} {s}".upper(),
    "initial and surname": lambda g, m, s, n: f"{g[0]}. {s}",
    "initials and surname": lambda g, m, s, n: f"{g[0]}.{(m or 'J')[0]}. {s}",
    "surname": lambda g, m, s, n: s,
    "forename": lambda g, m, s, n: g,
    "possessive": lambda g, m, s, n: f"{s}{('’s', chr(39) + 's')[n % 2]} sister",
    "plural": lambda g, m, s, n: f"the {s}s",
    "hyphen dropped": lambda g, m, s, n: f"{g} {s}".replace("-", " "),
    "hyphen joined": lambda g, m, s, n: f"{g} {s}".replace("-", ""),
    "no accents": lambda g, m, s, n: _bare(f"{g} {s}"),
    "decomposed": lambda g, m, s, n: unicodedata.normalize("NFD", f"{g} {s}"),
    "slip in surname": lambda g, m, s, n: f"{g} {_slip(s, n)}",
    "slip in forename": lambda g, m, s, n: f"{_slip(g, n)} {s}",
    "slip after title": lambda g, m, s, n: f"Mr {_slip(s, n)}",
    "line break": lambda g, m, s, n: f"{g}\n{s}",
    "line break in a word": lambda g, m, s, n: g + " " + "-\n".join(_word(s, n)),
    "label": lambda g, m, s, n: f"\n\nVictim: {g} {s}\n\n",
    "footnote": lambda g, m, s, n: f"{g} {s}[^1] and {s}'s",
    "code": lambda g, m, s, n: f"`{g} {s}` and <b>{g}</b> {s}",
    "query": lambda g, m, s, n: f"https://example.org/?q={_bare(g)}+{_bare(s)}".replace(" ", "%20").replace("'", ""),
    "underscores": lambda g, m, s, n: f"{_bare(g)}_{_bare(s)}_letter.docx".replace(" ", "_").replace("'", ""),
    "comma": lambda g, m, s, n: f"{g}, {s} and others",
    "brackets": lambda g, m, s, n: f"{g} ({s})",
    "line break in a quotation": lambda g, m, s, n: f"\n> seen with {g}\n> {s} that day\n",
    "emphasis inside": lambda g, m, s, n: "**{}**{}".format(*_word(g, n)) + f" {s}",
    "emphasis around": lambda g, m, s, n: f"_{g}_ **{s}**",
    "link": lambda g, m, s, n: f"[{g} {s}](https://example.org/{n})",
    "link to": lambda g, m, s, n: f"[the page](https://example.org/{_bare(g)}-{_bare(s)}".replace(" ", "-").replace("'", "") + ")",
    "table": lambda g, m, s, n: f"\n\n| who | said |\n|---|---|\n| {g} {s} | {s}, again |\n\n",
    "heading": lambda g, m, s, n: f"\n\n## {g} {s}\n\n",
    "list": lambda g, m, s, n: f"\n\n- {s}: told\n- {g}: not told\n\n",
    "url": lambda g, m, s, n: f"https://example.org/{_bare(g)}.{_bare(s)}".replace(" ", "").replace("'", ""),
    "email": lambda g, m, s, n: f"{_bare(g)}.{_bare(s)}@example.com".replace(" ", "").replace("'", "").lower(),
    "handle": lambda g, m, s, n: f"@{_bare(g)}{_bare(s)}".replace(" ", "").replace("'", "").replace("-", "").lower(),
    "zero-width": lambda g, m, s, n: ZERO_WIDTH[n % 6].join(_word(s, n)),
    "look-alikes": lambda g, m, s, n: f"{g} {s}".translate(LOOK_ALIKE),
    "entities": lambda g, m, s, n: f"{g} {s[:-1]}&#{ord(s[-1])};",
    "wide": lambda g, m, s, n: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s),
}  # fmt: skip

LEADS = [
    "That day ",
    "It was said that ",
    "On 3 May 2018 ",
    "The officer rang and ",
    "",
    "> ",
    "At HMP Risley, ",
    "| ",
    "**",
    "[Person 1] and ",
]
ENDS = [
    " was seen at the office.",
    " did not attend.",
    ", aged 34, left.",
    ".",
    " – no reply",
    " (again)",
    " |",
    "**",
    " at 0161 496 0000",
]


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """One to four people, two of whom may share a surname, and something else that is declared."""
    surnames = draw(st.lists(st.sampled_from(SURNAMES), min_size=1, max_size=4))
    given = draw(st.permutations(GIVEN))
    people = []
    for number, surname in enumerate(surnames):
        middle, nickname = draw(st.sampled_from(MIDDLE)), draw(st.sampled_from(NICKNAMES)) if number == 0 else ""
        names = (" ".join(filter(None, (given[number], middle, surname))), *filter(None, (nickname,)))
        people.append({"role": draw(st.sampled_from(ROLES)), "names": list(names)})
    return Register.model_validate(
        {
            "format": 1,
            "people": people,
            "places": draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True)),
            "organisations": draw(st.lists(st.sampled_from(ORGANISATIONS), max_size=1)),
            "codes": draw(st.lists(st.sampled_from(CODES), max_size=2, unique=True)),
        }
    )


@st.composite
def mentions(draw: st.DrawFn, identity: Identity) -> str:
    """Any of the ways to write an identity."""
    if identity.kind is not IdentityKind.PERSON:
        return draw(
            st.sampled_from(
                [identity.names[0], identity.names[0].upper(), f"**{identity.names[0]}**", f"| {identity.names[0]} |"]
            )
        )
    words = identity.names[0].split(" ")
    given, rest = words[0], words[1:]
    middle = rest.pop(0) if rest[0] in MIDDLE else ""
    number = draw(st.integers(0, 60))
    if len(identity.names) > 1 and draw(st.booleans()):
        return identity.names[1]
    return FORMS[draw(st.sampled_from(sorted(FORMS)))](given, middle, " ".join(rest), number)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Register, list[str]]:
    """A register, and texts in which what it declares stands in any form."""
    register = draw(registers())
    texts = []
    for _ in range(draw(st.integers(1, 2))):
        sentences = [
            draw(st.sampled_from(LEADS)) + draw(mentions(identity)) + draw(st.sampled_from(ENDS))
            for identity in draw(st.lists(st.sampled_from(register.identities()), min_size=1, max_size=5))
        ]
        texts.append(draw(st.sampled_from(["\n\n", " ", "\n"])).join(sentences))
    return register, texts


def left(register: Register, text: str) -> list[str]:
    """Which words of declared names, codes, places and organisations a text still holds, told by letters alone."""
    letters = "".join(c for c in fold_text(text) if c.isalnum())
    told = []
    for identity in register.identities():
        for name in identity.names:
            whole = (
                [name]
                if identity.kind is not IdentityKind.PERSON
                else [w for w in name.replace("-", " ").split() if len(w) > 3]
            )
            told += [w for w in whole if "".join(c for c in fold_text(w) if c.isalnum()) in letters]
    return told


def rebuilt(texts: list[str], redaction: Redaction) -> list[str]:
    """The output made again from the offsets alone."""
    out = []
    for part, text in enumerate(texts):
        position, pieces = 0, []
        for d in (d for d in redaction.detections if d.part == part):
            pieces += [text[position : d.start], d.replacement]
            position = d.end
        out.append("".join([*pieces, text[position:]]))
    return out


COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@settings(COMMON, max_examples=150)
@given(case=cases())
@pytest.mark.slow
def test_nothing_declared_is_left_and_twice_is_once(redactor: Redactor, case: tuple[Register, list[str]]) -> None:
    """In every form; the offsets rebuild the output; redacting what was written changes nothing more."""
    register, texts = case
    redaction = redactor.redact(texts, register)
    assert left(register, "\n\n".join(redaction.texts)) == []
    assert rebuilt(texts, redaction) == list(redaction.texts)
    spans = [(d.part, d.start, d.end) for d in redaction.detections]
    assert spans == sorted(spans)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in itertools.pairwise(spans))
    assert redactor.redact(list(redaction.texts), register).texts == redaction.texts


@settings(COMMON, max_examples=60)
@given(text=st.text(max_size=300))
def test_any_text_is_redacted(redactor: Redactor, text: str) -> None:
    """Nothing that can be written makes the engine fail, and offsets rebuild the output."""
    redaction = redactor.redact([text], Register.parse("format: 1\npeople: [{role: victim, names: [Ada Whitlock]}]"))
    assert rebuilt([text], redaction) == list(redaction.texts)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.slow
def test_each_form_of_each_name_goes(redactor: Redactor, form: str) -> None:
    """Every form with every surname, so that none is left to chance."""
    wrong = []
    for number, surname in enumerate(SURNAMES):
        given, middle = GIVEN[number % len(GIVEN)], MIDDLE[number % len(MIDDLE)]
        register = Register.model_validate(
            {"format": 1, "people": [{"role": "victim", "names": [" ".join(filter(None, (given, middle, surname)))]}]}
        )
        text = f"That day {FORMS[form](given, middle, surname, number)} was seen."
        if left(register, redactor.redact([text], register).texts[0]):
            wrong.append(surname)
    assert wrong == []


@pytest.mark.parametrize("form", [form for form in FORMS if form.startswith("slip")])
@pytest.mark.slow
def test_a_slip_leaves_nothing_of_the_name_misspelt(redactor: Redactor, form: str) -> None:
    """What is left of a misspelt name would tell it to anybody: the word with the slip goes too."""
    wrong = []
    for (number, surname), cut in itertools.product(enumerate(SURNAMES), range(6)):
        given = GIVEN[number % len(GIVEN)]
        register = Register.model_validate(
            {"format": 1, "people": [{"role": "victim", "names": [f"{given} {surname}"]}]}
        )
        written = FORMS[form](given, "", surname, cut)
        redacted = redactor.redact([f"That day {written} was seen."], register).texts[0]
        # a Mr is no Siobhan: it is told as somebody else, and gone all the same
        if redacted not in {f"That day {told} was seen." for told in ("[Victim 1]", "Mr [Victim 1]", "[Person 1]")}:
            wrong.append((written, redacted))
    assert wrong == []
