"""People by the way names are written: after titles, ranks and roles, "SURNAME, Forename", and as spaCy sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import regex

from redaction.entities import Entity
from redaction.forms import fold_text
from redaction.gazetteer import country_words, is_borne, names_country, not_places, tables, towns
from redaction.lexicon import is_common, is_kept, is_people, is_proper, is_word
from redaction.peoples import borne
from redaction.recognizers.base import Document, Finding, Recognizer
from redaction.recognizers.shared import words_of
from redaction.recognizers.windows import at_words
from redaction.titles import CUE_PATTERN, CUES, TITLE_PATTERN, TITLES, role_of
from redaction.words import Words

_NAME_WORD = r"(?:(?:[OÓD]['’]|Mc|Mac|Fitz|[Aa]l-|[Ee]l-)?\p{Lu}[\p{Ll}\p{M}]+(?:['’-]\p{Lu}?[\p{L}\p{M}]+){0,4}|\p{Lu}\p{Lu}+(?:['’-]\p{Lu}+){0,4}|\p{Lu}\p{Ll}\p{Lu}\p{Ll}+)"
_PARTICLE = (
    r"(?:ap|ab|ferch|de|da|do|dos|del|della|di|van|von|der|den|la|le|du|bin|bint|ibn|al|el|ul|ur|Ó|Ní|Mac|Mc|Nic|Uí)"
)
_INITIAL = r"\p{Lu}\.?(?:-\p{Lu}\.)?"
_PERSON = rf"(?:{_INITIAL}[ ]?){{0,3}}(?:{_PARTICLE}[ ]){{0,2}}{_NAME_WORD}(?:[ ](?:{_INITIAL}[ ]){{0,2}}(?:{_PARTICLE}[ ]){{0,2}}{_NAME_WORD}){{0,3}}(?:[ ]\p{{Lu}}(?![\p{{L}}\p{{N}}'’]))?"

_TITLED = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<title>(?:{TITLE_PATTERN})(?:[ ](?:and|&)[ ](?:Mr|Mrs|Ms|Miss|Dr)\.?)?[ ])(?:(?P<number>\d{{2,5}})[ ])?(?P<name>{_PERSON})"
)
_INVERTED = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<surname>\p{{Lu}}[\p{{Lu}}'’-]{{1,40}}(?:[ ]\p{{Lu}}[\p{{Lu}}'’-]{{1,40}})?),[ ](?P<name>{_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,2}})(?![\p{{L}}])"
)
_CUED = regex.compile(
    rf"(?<![\p{{L}}\d-])(?P<cue>{CUE_PATTERN})"
    rf"(?:,|:)?[ ](?:\(|[\"'‘“])?(?P<name>{_PERSON})"
)
_LABELLED = regex.compile(
    rf"(?m)(?:^|[|(>*-][ ]*)(?:Name|Author|Offender|Subject|Practitioner|Reviewer|Reviewing manager|From|To|Cc|CC|Client|"
    rf"Service user|Offender manager|Probation practitioner|Victim|Officer in the case|OIC)[ ]*[:|][ ]*(?P<name>{_PERSON})"
)
_KNOWN_AS = regex.compile(
    rf"\b(?:known|referred to(?=(?:[ ]\p{{Ll}}+){{0,5}}?[ ]as[ ])|nicknamed|called|answers to|goes by|signed(?: off)?)(?:[ ]\p{{Ll}}+){{0,5}}?(?:[ ]as|[ ]by|[ ]to)?[ ](?:or[ ])?[\"'‘“]?(?P<name>{_NAME_WORD}(?:[ ]{_NAME_WORD})?)[\"'’”]?"
    rf"(?:[ ](?:or|and)[ ](?:as[ ])?[\"'‘“]?(?P<other>{_NAME_WORD}(?:[ ]{_NAME_WORD})?))?"
)
_AN_OFFICE = regex.compile(rf"\p{{Lu}}\p{{Ll}}+(?=,[ ](?:{TITLE_PATTERN})[ ])")
"""After an office comes who holds it: "their Agent, Mr …"."""
_SAID_TO_BE = ("known", "referred", "nicknamed", "called", "answers", "goes", "signed")
_FULL = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@])(?:{_NAME_WORD}|\p{{Lu}}\.)(?:[ ](?:{_PARTICLE}[ ]){{0,2}}(?:{_NAME_WORD}|\p{{Lu}}\.?(?![\p{{L}}\p{{N}}]))){{1,4}}"
)
_RELATIVES = (
    "parents|children|sons|daughters|brothers|sisters|cousins|uncles|aunts|friends|grandparents|neighbours|siblings|nephews|nieces|"
    "twins|colleagues|associates|co-defendants|practitioners|officers|victims|witnesses"
)
_LISTED = regex.compile(rf"\b(?:{_RELATIVES}),?[ ](?P<names>{_PERSON}(?:,[ ]{_PERSON})*[ ](?:and|&)[ ]{_PERSON})")
_SPOKE = (
    "said|says|told|tells|asked|asks|rang|rings|called|replied|agreed|denied|denies|stated|states|admitted|wrote|texted|felt|thinks|"
    "thought|knew|went|came|comes|met|wants|wanted|has|had|is|was|will|did|didn['’]?t|lives|lived"
)
_DID = (
    "said|says|told|tells|asked|asks|rang|rings|replied|agreed|denied|denies|stated|states|admitted|wrote|texted|felt|thinks|thought|knew|went|"
    "came|comes|met|wants|wanted|didn['’]?t|lives|lived|missed|attended|failed|moved|took|brought|left|refused|explained|phoned|visited|arrived|"
    "turned|gave|got|began|started|stopped|made|saw|heard|drove|walked|ran|sat|stood|cried|laughed|shouted|signed|reported|disclosed|mentioned|"
    "stayed|returned|believed|remembered|woke|opened|answered"
)
_INITIALS = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}./&@-])(?P<name>\p{{Lu}}{{1,3}})(?=['’]s[ ]|[ ](?:{_SPOKE})\b)|(?m:^[>* \t-]*(?P<signed>\p{{Lu}}{{1,3}})[ ]*$)"
    rf"|\b(?:called|named|known[ ]as|signed|by)[ ][\"'‘“]?(?P<known>[B-HJ-Z])(?![\p{{L}}\p{{N}}.&'’])"
    rf"|(?<=\p{{Ll}}{{2}},?[ ])(?P<letter>[B-HJ-Z]\.?)(?=['’]s[ ]|[ ]\p{{Ll}}{{2}}|[,;)])"
)
_DOTTED = regex.compile(r"(?<![\p{L}\p{N}.])(?:\p{Lu}\.-?){1,2}\p{Lu}\.?(?![\p{L}\p{N}])")
_NOT_NAMES = frozenset("UK US EU USA AM PM DOB NB QC KC BC AD PS CV ID OK TV HMP NHS".split())
_NOT_INITIALS = regex.compile(
    r"(?i:\b(?:category|cat|class|tier|plan|grade|section|part|annex|appendix|unit|level|table|figure|schedule|hepatitis|vitamin|block|wing|item|option|"
    r"question|group|form|type|step|phase|band|version|the|an?))[ ]$"
)
_SINGLE = regex.compile(
    r"(?<=[\p{Ll},;)][ ]|[\"“‘(|*>-]|[-*>.!?|][ ]|\n)(?:[OÓD]'|Mc|Mac|Fitz|[AaEe]l-)?\p{Lu}\p{Ll}[\p{Ll}\p{M}]+(?:[-'’]\p{Lu}?[\p{Ll}\p{M}]+){0,4}"
    r"(?![\p{L}\p{N}@])"
)
_BESIDE = regex.compile(
    r"(?:\b(?:the|a|an|this|that|each|every|no|any|of|HM|National|Head|Level|Category)|\p{Lu}[\p{L}&'’-]*|[:;.!?*#|])[ ]?$"
)
_OPENERS = frozenset(
    "a about after again all also although an and another any as at because been before both but by can could despite did do does during each "
    "either even every few finally first following for from further given had has have he her here his how however if in instead into is it its "
    "just later like many may more most much my neither never next no nobody nor not nothing now of on once one only or other our out over "
    "perhaps said same second several she should since so some soon still such than that the their them then there therefore these they third "
    "this those though three through thus to two under until up upon was we were what when where whether which while who whose why will with "
    "within without would yes yet you your re fwd subject dear hi hello thanks regards cc attn".split()
)
_SHORTENED = frozenset(
    f"{word}{sign}s" for word in "he she it that there who what where here how let".split() for sign in "'’"
)
_NOBODYS = frozenset(
    "she he they it we you his her their our your my this that these those there then when while who which what where why how if but and or nor "
    "so because although however after before since until".split()
)
"""Words that no name ends with, capital or not."""
_INSIDE = regex.compile(r"(?<=[\p{Ll},;)][ ])\p{Lu}\p{Ll}[\p{Ll}\p{M}]+(?![\p{L}\p{N}@-])")
_ONE_PERSON = regex.compile(_PERSON)
_DOTTED_INITIAL = regex.compile(r"\p{Lu}\.")
_ONE_INITIAL = regex.compile(r"\p{Lu}")
_SMALL = regex.compile(r"(?<![\p{L}'’-])\p{Ll}{3,}(?![\p{L}])")
_BY = regex.compile(r"\b(?:by|from|with|to|for|and|told|asked|saw|see|rang)[ ]$")
_NOTED = regex.compile(
    r"\b(?:(?:t/c|tc|tel|v/m|call|text|e-?mail|letter|message|visit|contact)[ ](?:from|to|with|w/)|(?:mother|father|mum|dad|sister|brother|son|daughter|wife|"
    r"husband|partner|ex|friend)[ ]of|(?:h/v|seen)[ ](?:to|with))[ ](?P<name>(?P<first>\p{Ll}{2,})[ ](?P<last>\p{Ll}{2,}))(?=[,.;:]|[ ]?$|[ ](?:says|said|re|about)\b)",
    regex.MULTILINE,
)
_NOT_FORENAMES = frozenset("may june april august".split())
_NOT_SURNAMES = frozenset("today tonight tomorrow yesterday again later back here there earlier now too".split())
_PARTS_OF_A_PRISON = frozenset("Wing Block Unit House Hall".split())
_BESIDE_AFTER = regex.compile(r"[ -]\p{Lu}|['’]?[ ]?\d")
_DOING = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}'’-]|\p{{Lu}}[\p{{L}}-]{{0,30}}[ ])(?P<name>\p{{Lu}}\p{{Ll}}+)(?=['’]s[ ]\p{{Ll}}|[ ](?:then[ ]|later[ ]|also[ ]|never[ ])?(?:{_DID})(?![\p{{L}}-]))"
)
_DETERMINED = regex.compile(
    r"(?<![\p{L}])(?i:an?|the|no|some|any|this|that|another|other|most|many|all|both|two|three)[ ]$"
)
_BORNE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}'’-])(?P<name>\p{{Lu}}\p{{Ll}}+)[ ](?P<surname>{_NAME_WORD})(?![\p{{L}}\p{{N}}@])"
)
_FIRST_WORD = regex.compile(r"[^ ]+")
_NAME_LIKE = regex.compile(r"\p{Lu}[\p{L}'’]*\p{Ll}{2}|\p{Lu}{4,}")
_PARTED = regex.compile(r"[ \-]+")
_OWNED = regex.compile(r"(?<=\p{L}{2})['’]s ")
_POSSESSIVE = regex.compile(r"['’]s?$")


def _first_keys(phrases: Iterable[str]) -> frozenset[str]:
    """The keys of the words with which phrases begin."""
    return frozenset(Words(phrase).keys[0] for phrase in phrases)


_TITLE_KEYS, _CUE_KEYS, _RELATIVE_KEYS = _first_keys(TITLES), _first_keys(CUES), _first_keys(_RELATIVES.split("|"))


class PeopleRecognizer(Recognizer):
    """People by the shapes in which names are written."""

    name = "people"
    entities = (Entity.PERSON,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Names after titles, roles and labels, and inverted names."""
        words = words_of(text, doc)
        for match in at_words(_TITLED, words, _TITLE_KEYS):
            start, end = match.start(), _name_end(text, match.start("name"), match.end("name"), least=1)
            if end > match.start("name"):
                if match["number"]:
                    # the collar number between rank and name is a code of its own
                    start = match.start("name")
                yield Finding(start, end, Entity.PERSON, 0.9, "people:title", role_of(match["title"]))
        for match in _INVERTED.finditer(text):
            if match["surname"] not in TITLES and not is_kept(match["surname"]) and not is_word(match["name"]):
                yield Finding(match.start(), match.end(), Entity.PERSON, 0.85, "people:inverted")
        cued, labelled = at_words(_CUED, words, _CUE_KEYS), _LABELLED.finditer(text)
        for matches, score, source in ((cued, 0.75, "people:role"), (labelled, 0.85, "people:label")):
            for match in matches:
                start = match.start("name")
                end = _name_end(text, start, match.end("name"))
                if end > start and not _is_ordinary(text[start:end]):
                    role = CUES[match["cue"]] if matches is cued else ""
                    yield Finding(start, end, Entity.PERSON, score, source, role)


class NerRecognizer(Recognizer):
    """People as spaCy's named-entity recognition sees them."""

    name = "ner-people"
    entities = (Entity.PERSON,)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """Entities that spaCy calls persons, cut down to what is a name."""
        for entity in doc.ents:
            if entity.label_ != "PERSON":
                continue
            start = _first_name(text, entity.start_char, entity.end_char)
            end = _name_end(text, start, entity.end_char)
            name = text[start:end]
            if end > start and not _is_ordinary(name) and not (names_country(name) and not is_borne(name)):
                yield Finding(start, end, Entity.PERSON, 0.7, "spacy:person")


class ShapeRecognizer(Recognizer):
    """People by elimination: capitalised words that no dictionary, gazetteer or list of terms knows.

    A name that no model was trained on leaks first; this is what finds it.
    """

    name = "name-shapes"
    entities = (Entity.PERSON,)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """Runs of capitalised words with an unknown one among them, unknown single ones, and what somebody is known as."""
        for match in _FULL.finditer(text):
            start = _first_name(text, *match.span())
            end = _name_end(text, start, match.end())
            if _is_full(text[start:end]):
                yield Finding(start, end, Entity.PERSON, 0.5, "people:shape")
        for match in _SINGLE.finditer(text):
            word = _POSSESSIVE.sub("", match[0])
            if _is_unknown(word):
                yield Finding(match.start(), match.start() + len(word), Entity.PERSON, 0.42, "people:unknown-word")
        words = words_of(text, doc)
        for match in at_words(_KNOWN_AS, words, _SAID_TO_BE):
            for group in ("name", "other"):
                if (
                    match[group]
                    and not is_kept(match[group])
                    and match[group] not in CUES
                    and match[group] not in TITLES
                ):
                    yield Finding(match.start(group), match.end(group), Entity.PERSON, 0.6, "people:known-as")
        for match in at_words(_LISTED, words, _RELATIVE_KEYS):
            for name in _ONE_PERSON.finditer(match["names"]):
                start = match.start("names") + name.start()
                end = _name_end(text, start, start + len(name[0]), least=1)
                if end > start and not is_kept(text[start:end]):
                    yield Finding(start, end, Entity.PERSON, 0.6, "people:listed")
        yield from _in_notes(text)
        yield from _initials(text)
        yield from _odd_capitals(text)
        yield from _peoples_words(text)


def _in_notes(text: str) -> Iterator[Finding]:
    """A whole name in small letters where notes name somebody, be its words as ordinary as they may: "t/c from will moody"."""
    for match in _NOTED.finditer(text):
        first, last = match["first"], match["last"]
        if is_proper(first) and first not in _NOT_FORENAMES and last not in _OPENERS | _NOT_SURNAMES:
            yield Finding(match.start("name"), match.end("name"), Entity.PERSON, 0.6, "people:in-notes")


def _initials(text: str) -> Iterator[Finding]:
    """One to three capitals that speak, own or sign as a person does: "K said", "DHB's", a line that is only "EM"."""
    for match in _INITIALS.finditer(text):
        for group in ("name", "signed", "known", "letter"):
            letters = match[group]
            if (
                not letters
                or is_kept(letters)
                or letters in TITLES
                or letters in CUES
                or (group == "name" and letters in ("I", "A"))
            ):
                continue
            if not _NOT_INITIALS.search(text[max(0, match.start(group) - 12) : match.start(group)]):
                yield Finding(match.start(group), match.end(group), Entity.PERSON, 0.45, "people:initials")
    for match in _DOTTED.finditer(text):
        if "".join(c for c in match[0] if c.isalpha()) not in _NOT_NAMES:
            yield Finding(match.start(), match.end(), Entity.PERSON, 0.5, "people:initials")


def _peoples_words(text: str) -> Iterator[Finding]:
    """Words for a people or language where they stand as somebody's name: "Shona missed her appointment", "Tamil's mother"."""
    for match in _DOING.finditer(text):
        if is_people(match["name"]) and not _DETERMINED.search(text[max(0, match.start() - 12) : match.start()]):
            yield Finding(match.start("name"), match.end("name"), Entity.PERSON, 0.45, "people:people-word")
    for match in _BORNE.finditer(text):
        if match["name"].casefold() in borne() and _is_unknown(match["surname"]):
            yield Finding(match.start(), match.end(), Entity.PERSON, 0.5, "people:people-word")


def _is_full(name: str) -> bool:
    """Whether two words or more are a full name: one is unknown, or the first is a proper name, or an initial leads."""
    words = name.split(" ")
    if len(words) < 2 or is_kept(name) or any(is_people(word) for word in words):
        return False
    if any(_is_unknown(word) for word in words):
        return True
    first = fold_text(words[0]).strip()
    return len(words) < 4 and (
        (_DOTTED_INITIAL.fullmatch(words[0]) is not None and not is_kept(words[-1]))
        or (
            is_proper(first) and first not in _calendar_and_areas() and not is_kept(words[0]) and words[0] not in TITLES
        )
    )


def _odd_capitals(text: str) -> Iterator[Finding]:
    """Ordinary words with a capital inside a sentence that never stand without one: "Contact with Summer stopped"."""
    small = {*_SMALL.findall(text), *(office.casefold() for office in _AN_OFFICE.findall(text))}
    for match in _INSIDE.finditer(text):
        word, start = _POSSESSIVE.sub("", match[0]), match.start()
        lower = word.casefold()
        if lower in small or not is_common(word) or is_kept(word) or lower in _elsewhere() or is_people(word):
            continue
        if _BESIDE.search(text[max(0, start - 25) : start]) or _BESIDE_AFTER.match(
            text[start + len(word) : start + len(word) + 3]
        ):
            continue
        yield Finding(start, start + len(word), Entity.PERSON, 0.41, "people:odd-capital")


def _first_name(text: str, start: int, end: int) -> int:
    """Skip words that only begin the sentence ("On Monday Haroon …")."""
    while start < end:
        word = _FIRST_WORD.match(text[start:end])
        if word is None:
            return start
        bare = word[0].strip(".,").casefold()
        if _DOTTED_INITIAL.fullmatch(word[0]) or not (
            bare in _OPENERS or bare in _SHORTENED or bare in _CALENDAR or is_kept(word[0]) or word[0] in CUES
        ):
            return start
        start += word.end() + 1
    return end


@lru_cache(maxsize=65536)
def _is_unknown(word: str) -> bool:
    """Whether no dictionary, gazetteer or list of terms knows this capitalised word as anything but a name."""
    if len(word) < 3 or not _NAME_LIKE.match(word):
        return False
    folded = fold_text(word).strip()
    if not folded or is_kept(word) or word in CUES or word in TITLES or is_people(word):
        return False
    if " " in folded and all(is_common(part) or len(part) < 3 for part in folded.split()):
        return False
    return not any(
        is_common(form) or form in _elsewhere() for form in (folded, folded.removesuffix("s"), folded.replace(" ", ""))
    )


@cache
def _elsewhere() -> frozenset[str]:
    """Folded capitalised words that name something else: places, countries and their peoples, months, days."""
    return towns() | _calendar_and_areas()


@cache
def _calendar_and_areas() -> frozenset[str]:
    """Of those, what is never a forename: towns may be (Ashley, Martin, Kelly)."""
    areas = {fold_text(name).strip() for name in tables()["areas"]}
    return not_places() | areas | country_words() | frozenset(_CALENDAR)


_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december easter christmas"
).split()


def _name_end(text: str, start: int, end: int, least: int = 0) -> int:
    """Cut a name at a line or cell border, before words that are none (but for the first `least`), and before the possessive."""
    name = text[start:end]
    for border in ("\n", "|", "(", "[", " - ", ":", ";"):
        name = name.split(border)[0]
    name = _POSSESSIVE.sub("", _OWNED.split(name)[0].rstrip(" ,.'\"’"))
    words = name.split(" ")
    while len(words) > 1 and words[-1].casefold() in _NOBODYS:
        # "Kyle" ends a line and "She" begins the next
        words.pop()
    if len(words) > 1 and _is_forename(words[0]):
        # a surname may be a word like any other: Graham Tilling, Beverley Cropper
        least = 2
    elif least and len(words) == 2 and _ONE_INITIAL.fullmatch(words[0].rstrip(".")):
        # "Mr T Law"
        least = 2
    elif (
        len(words) == 2
        and _DOTTED_INITIAL.fullmatch(words[0])
        and words[1] not in _PARTS_OF_A_PRISON
        and _BY.search(text[max(0, start - 6) : start])
    ):
        # "by J. Law": nothing but a name has an initial there
        least = 2
    elif (
        len(words) == 3
        and _DOTTED_INITIAL.fullmatch(words[0])
        and _is_forename(words[1])
        and text.startswith(",", start + len(name))
    ):
        # "F. Platou Amble, attorney": two surnames, and what follows is told apart by a comma
        least = 3
    while len(words) > least and _is_ordinary(words[-1]) and not (len(words) > 1 and _ONE_INITIAL.fullmatch(words[-1])):
        words.pop()
    return start + len(" ".join(words))


def _is_forename(word: str) -> bool:
    """Whether a capitalised word is a name and nothing else on the face of it."""
    folded = fold_text(word).strip()
    if word in TITLES or word in CUES or is_kept(word) or is_people(word) or folded in _calendar_and_areas():
        return False
    return (is_proper(folded) and not is_common(folded)) or _is_unknown(word)


def _is_ordinary(name: str) -> bool:
    """Whether this is a word or term like any other, and nobody's name on the face of it."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or not any(c.isupper() for c in letters) or name in TITLES or name in CUES:
        return True
    return is_kept(name) or all(is_word(word) for word in _PARTED.split(name) if word)
