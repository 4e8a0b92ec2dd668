"""Mentions of people, and what the words around each tell of who is meant: title, sex, kinship, what else they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from redaction.data import load_yaml
from redaction.entities import Entity
from redaction.findings import Finding
from redaction.lexicon.pattern_words import alternatives
from redaction.lexicon.titles import CUES, TITLES
from redaction.lexicon.words import is_only_a_word
from redaction.names.parsing import Name, parse_name
from redaction.names.similarity import share_a_name, without_title
from redaction.text.folding import fold_text

_SEX_OF_KIN = {word: sex for sex, words in load_yaml("kinship.yml").items() for word in words}
_GROUP_OF_TITLE = {title.casefold(): group for title, group in TITLES.items()}
_SEXES = ("male", "female")
STYLES = frozenset({"mr", "mrs", "ms", "miss", "mx"})
"""Titles after which a surname comes."""

_ROLE_WORDS = frozenset(cue.casefold() for cue in CUES)

KIN = alternatives(_SEX_OF_KIN)
"""A pattern for any word of kinship."""
_MARKUP = r"[*_]{0,3}"
_BEFORE = regex.compile(
    rf"(?i:\b(?P<kin>{KIN}))(?P<named>,|(?<=(?:^|[\n|;(>*-][ ]?|\b(?:[Hh]is|[Hh]er|[Tt]heir)[ ])(?i:{KIN})):|[ ]is|[ ]was|[ ]called|[ ]named)?"
    rf"[ ]{_MARKUP}[\"'“‘]?$"
)
_AFTER = regex.compile(
    rf"{_MARKUP}(?:,[ ]|[ ]\(|(?P<told>,?[ ](?:who[ ])?(?:is|was)[ ]))(?:(?:his|her|their|the|\p{{Lu}}[\p{{L}}'’-]+['’]s?)[ ])"
    rf"(?:\p{{Ll}}+[ ])?(?P<kin>{KIN})(?![\p{{L}}-])(?!['’])"
)
_NAMED_NEXT = regex.compile(r"[ ]\p{Lu}")
_TITLE_BEFORE = regex.compile(rf"(?i)(?<![\p{{L}}\d])(?P<title>{alternatives(STYLES)})\.?[ ]$")
COUPLE_TITLES = rf"(?:{alternatives((*STYLES, 'dr', 'rev', 'reverend', 'sir', 'lord', 'prof', 'professor'))})\.?"
"""Titles of which the first of two people has one, whose name is the second's: "Dr and Mrs Baptiste", but "the Judge and Mr Whitlock"."""
_COUPLE = regex.compile(rf"(?i){COUPLE_TITLES}[ ](?:and|&)[ ](?=(?:{alternatives(STYLES)})\.?[ ]\p{{L}})")
_PRONOUN = regex.compile(r"\b(?:(?P<male>he|him|his|himself)|(?P<female>she|her|hers|herself))\b")
_SENTENCE_BEGINS = regex.compile(r"(?:^|[^\p{L}\p{M},'’-][\"'“”‘’*_]*\s+|\n\s*|[|\"“‘(/]\s*)[*_]*$")
_SENTENCE_ENDS = regex.compile(r"[.!?][\"'”’)]*\s+\p{Lu}|\n\s*\n|\|")
_POSSESSIVE = regex.compile(r"(?<=\p{L}{2})['’](?:s|(?<=\p{Lu}{4}['’])S)$")
"""Behind a name, and no part of it ("Rosie's cat", "ROSIE'S CAT"); the initials "MD'S" are another matter."""
_PRONOUN_REACH = 90
"""Characters after a name in which a pronoun is likely to mean whoever bears it."""

BESIDE = 60
"""Characters at most between two names of which the words between them say that they are one person's."""
_SO_CALLED = (
    r"(?:also[ ]|better[ ]|usually[ ]|always[ ]|once[ ]|now[ ])?"
    r"(?:known[ ](?:(?:to|on|in|at|by)[ ](?:\p{L}+[ ]){1,3})?as|called|named|a\.?k\.?a\.?|alias|nicknamed|n[ée]e|formerly|previously|born|was|(?:(?:who[ ])?has[ ]gone[ ]back[ ]to[ ](?:his|her|their)[ ])?maiden[ ]name(?:[ ]of)?|goes[ ]by|answers[ ]to"
    r"|otherwise|(?:indicted|recorded|registered|baptised)[ ]as|spelt(?:[ ]as)?)"
)
_IS_CALLED = regex.compile(
    rf"{_MARKUP}(?:[ ][-–][ ]\p{{Ll}}+)?(?:,?[ ]\(?|[ ]*[-–][ ]*)(?:who[ ](?:is|was)[ ]|is[ ]|was[ ])?{_SO_CALLED}(?:[ ]the[ ]name)?[ :]+{_MARKUP}[\"'“‘]?"
)
_IS_KIN = regex.compile(
    rf"{_MARKUP}[ ](?:is|was)[ ](?:his|her|their|\p{{Lu}}[\p{{L}}'’-]+['’]s)[ ](?:late[ ]|older[ ]|younger[ ])?{KIN},?[ ]{_MARKUP}"
)
_LIKED = regex.compile(
    r",[ ]as[ ](?:he|she|they)[ ](?:likes?|prefers?|preferred|liked|wants?|wanted|is|was|are)(?:[ ]to[ ]be)?[ ](?:called|known),[ ](?:is|was)[ ]"
)
_APPOSED = regex.compile(rf"{_MARKUP},[ ]{_MARKUP}[\"'“‘]?")
_TO_OTHERS = regex.compile(
    rf"[\"'”’]?{_MARKUP}[ ]to[ ](?:everybody|everyone|all|most|friends|(?:his|her|their|the)[ ](?:\p{{Ll}}+[ ])?(?:family|friends|staff|mates|neighbours))\b"
)
"""Whom somebody is so called by, as in "Charalambos Petsas, Bambos to everybody"."""
_EQUALS = regex.compile(rf"[\"”’']?[ ]?=[ ]?(?:(?:his|her|their)[ ](?:\p{{Ll}}+[ ])?{KIN}[ ])?[\"“‘']?")
_FIELD = regex.compile(
    r"[\"”’')]*(?:[ ]*\([^()\n]{1,30}\))?[\s|*-]*"
    r"(?:(?:[Nn]ow|[Aa]lso|[Ff]ormerly|[Pp]reviously)[ ](?:known[ ]as|called)|(?:[Pp]revious|[Ff]ormer|[Bb]irth|[Mm]aiden)[ ]names?|[Aa]lias(?:es)?|AKA|Known[ ]as"
    r"|Goes[ ]by|Nicknames?|(?:Preferred|Street)[ ]name|Also[ ](?:found|recorded|seen)(?:[ ]\p{Ll}+){0,2}|(?:Other[ ]s|S)pellings?(?:[ ]\p{Ll}+)?)"
    r"[\s|:*]*[\"“‘']?"
)
_GROUP = r"(?:family|friends|staff|police|prison|files?|records|wing)"
_SAYS_NAME = (
    r"(?:(?:also|now|later|once|formerly|previously|sometimes|usually|wrongly)[ ](?:known[ ]as|called|named)|formerly|previously|wrongly|n[ée]e|born|was|alias|nicknamed|spell?ed|spelt"
    r"|a\.?k\.?a\.?|(?:known|recorded|written|spelt|given)(?:[ ](?:to|by|in|at|on)(?:[ ]\p{Ll}+){1,3}?)?[ ]as):?"
)
_LEAD = rf"(?:{_SAYS_NAME}|(?:also|now|later|once|sometimes|usually|or):?|(?:(?:the|his|her|their)[ ])?(?:\p{{Ll}}+[ ])?{_GROUP}(?:[ ](?:says?|said|as|have|has)|:))[ ]"
_SAYS_NAMES = regex.compile(rf"(?:\w+[ ])?{_SAYS_NAME}")
_LEADS = rf"(?P<lead>(?:{_LEAD}){{0,2}})"
"""Words between a name and what else whoever bears it is called, within brackets."""
_IN_BRACKET = regex.compile(rf"{_MARKUP}[ ]\({_MARKUP}{_LEADS}(?P<quoted>[\"“‘']?)")
_NEXT_IN_BRACKET = regex.compile(rf"[\"”’']?(?:[,;/]|,?[ ]or)[ ]?{_LEADS}(?P<quoted>[\"“‘']?)")
_ENDS_IN_BRACKET = regex.compile(r"[\"”’']?(?:\)|[,;/][ ]|[ ](?:or|and)[ ])")
_OR_ELSE = regex.compile(r"[\"”’']?,?[ ]or[ ](?:as[ ])?[\"“‘']?|[\"”’'],?[ ](?:and[ ])?[\"“‘']")
"""Between two names by which one person is said to be known: "known as Thady or Ted"."""
_MOST_IN_BRACKET = 5
"""Names at most that a bracket holds of one person."""
_CALLS = regex.compile(
    r"(?:\b[Cc]all(?:s|ed)?[ ](?:him|her|them|me|himself|herself)|\b[Gg]o(?:es|ing)?[ ]by|\b(?:[Ll]ikes|[Pp]refers|[Aa]sked)[ ]to[ ]be[ ](?:called|known[ ]as))"
    r"(?:[ ]the[ ]name)?[ ][*_]{0,3}[\"“‘']?$"
)
_OWNS = regex.compile(r"['’]s?(?!\p{L})")
_SAYS_NOTHING = regex.compile(r"[ ](?:called|was|born|named)[ ]")
"""What may be a name, or what somebody did: "Keisha Moorhouse called Gemma Green"."""
_FORMER = regex.compile(r"\b(?:n[ée]e|was|born|formerly|previously|maiden[ ]name(?:[ ]of)?)[ ](?:an?[ ])?[*_\"“‘']*$")
_BRACKET = regex.compile(rf"{_MARKUP}[ ]\({_MARKUP}[\"'“‘]?")
_BRACKET_ENDS = regex.compile(
    rf"[\"'”’]?{_MARKUP}(?:\)|(?P<more>;|,[ ]\d)|,[ ](?:\p{{Ll}}+[ ])?{KIN}\b|(?:,[ ][\"“‘']?\p{{Lu}}\p{{Ll}}+[\"”’']?){{1,3}}\))"
)


@dataclass(frozen=True)
class Mention:
    """One mention of a person: where, in which words, and what is told of them.

    `title` is folded; `sex` is told by the title or a word of kinship, `pronoun` is the sex of the pronoun that follows;
    `kin` is the word of kinship beside the name, `kin_before` whether it leads to the name ("her mother, Mrs Elis"); `begins` says whether a sentence or an entry may begin with it.
    """

    start: int
    end: int
    written: str
    role: str = ""
    title: str = ""
    sex: str | None = None
    kin: str = ""
    pronoun: str | None = None
    begins: bool = True
    kin_before: bool = False

    @cached_property
    def called(self) -> str:
        """The name as it is written, without words that only begin the sentence ("Warned Gohil") or say who it is ("Witness Gohil")."""
        words = self.written.split(" ")
        while len(words) > 1 and len(words[-1]) > 1 and self._is_beside(words) and not title_of(" ".join(words)):
            words.pop(0)
        return " ".join(words)

    def _is_beside(self, words: Sequence[str]) -> bool:
        """Whether the first word is no name: in the midst of a sentence a word written like the name after it is one ("met Biddy Ward")."""
        first, *rest = words
        if not is_only_a_word(first):
            return False
        alike = first[:1].isupper() and all(word.isupper() == first.isupper() for word in rest if len(word) > 1)
        return self.begins or not alike or first.casefold() in _ROLE_WORDS

    @cached_property
    def name(self) -> Name:
        """The name taken apart."""
        return parse_name(self.called)

    @property
    def is_whole(self) -> bool:
        """Whether it is more than one name of the person."""
        return len(self.name.words) > 1 and bool(self.name.surname)

    @property
    def style(self) -> str:
        """The title, where a surname comes after it."""
        return self.title if self.title in STYLES else ""

    @property
    def titled_role(self) -> str:
        """The role that the title tells, or ""."""
        group = _GROUP_OF_TITLE.get(self.title, "plain")
        return "" if group in ("plain", *_SEXES) else group


def mentions_in(text: str, findings: Sequence[Finding]) -> list[Mention]:
    """Every mention of a person, in order, with what is told beside it."""
    people = [f for f in findings if f.entity is Entity.PERSON and f.subtype != "family"]
    limits = [*(f.start for f in people[1:]), len(text)][: len(people)]
    return [mention_at(text, finding, limit) for finding, limit in zip(people, limits, strict=True)]


def couple_at(text: str, start: int) -> int | None:
    """Where the second title is of two people who are named together from here ("Mr and Mrs Baptiste"); None where they are not."""
    match = _COUPLE.match(text, start)
    return match.end() if match else None


def mention_at(text: str, finding: Finding, limit: int | None = None) -> Mention:
    """The mention that a finding is; pronouns are looked for up to `limit`, where somebody else is named."""
    written = _POSSESSIVE.sub("", text[finding.start : finding.end])
    title = title_of(written)
    if not title and (before := _TITLE_BEFORE.search(text, max(0, finding.start - 8), finding.start)):
        title = before["title"].casefold()
    kin, kin_before = _kin_beside(text, finding)
    sex = sex_of_title(title) or _sex_of_kin(kin)
    pronoun = _pronoun_after(text, finding.end, limit if limit is not None else finding.end + _PRONOUN_REACH)
    begins = _SENTENCE_BEGINS.search(text, max(0, finding.start - 12), finding.start) is not None
    return Mention(finding.start, finding.end, written, finding.subtype, title, sex, kin, pronoun, begins, kin_before)


def title_of(written: str) -> str:
    """The title before a name, folded; "" where there is none."""
    if without_title(written) == written:
        return ""
    words = written.split()
    for count in (3, 2, 1):
        title = " ".join(words[:count]).rstrip(".").casefold()
        if count < len(words) and title in _GROUP_OF_TITLE:
            return title
    return ""


def takes_surname(title: str) -> bool:
    """Whether a surname comes after a folded title: a style, a rank or an office, and no "Auntie" or "Sister"."""
    return title in STYLES or _GROUP_OF_TITLE.get(title, "plain") not in ("plain", *_SEXES)


def sex_of_title(title: str) -> str | None:
    """The sex that a folded title tells, if it tells one."""
    group = _GROUP_OF_TITLE.get(title)
    return group if group in _SEXES else None


def aliases_in(text: str, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Neighbouring findings of which the text says that they are one person: "known as", "née", "is his wife"."""
    people = [f for f in findings if f.entity is Entity.PERSON and f.subtype != "family"]
    for at, (one, other) in enumerate(pairwise(people)):
        if not 0 < other.start - one.end <= BESIDE or is_owner(text, other):
            continue
        if _SAYS_NOTHING.fullmatch(text, one.end, other.start):
            continue
        if (
            _IS_CALLED.fullmatch(text, one.end, other.start)
            or _IS_KIN.fullmatch(text, one.end, other.start)
            or _LIKED.fullmatch(text, one.end, other.start)
            or _FIELD.fullmatch(text, one.end, other.start)
            or _EQUALS.fullmatch(text, one.end, other.start)
            or _is_apposed(text, one, other)
            or (_BRACKET.fullmatch(text, one.end, other.start) and _is_name_in_brackets(text, one, other))
        ):
            yield one, other
            if at + 2 < len(people) and _OR_ELSE.fullmatch(text, other.end, people[at + 2].start):
                yield one, people[at + 2]
        yield from ((one, called) for called in _called_in_bracket(text, people, at))
    for at, other in enumerate(people):
        if named := _said_of_one(text, people, at):
            yield named, other


def _called_in_bracket(text: str, people: Sequence[Finding], at: int) -> Iterator[Finding]:
    """The further names in a bracket that holds nothing but names of whom it stands behind: `Rumbidzai Mhaka ("Rumbi", RM; "Rumby Marker")`."""
    last, between = people[at], _IN_BRACKET
    for other in people[at + 1 : at + 1 + _MOST_IN_BRACKET]:
        lead = between.fullmatch(text, last.end, other.start)
        if lead is None or not _ENDS_IN_BRACKET.match(text, other.end) or is_owner(text, other):
            return
        if lead["quoted"] or lead["lead"] or between is _NEXT_IN_BRACKET:
            if not (lead["quoted"] or _SAYS_NAMES.match(lead["lead"]) or _may_be_one(text, people[at], other)):
                # "(family: Meena, Asha)", "(or Meena)": somebody else
                return
            yield other
        last, between = other, _NEXT_IN_BRACKET


def _is_apposed(text: str, one: Finding, other: Finding) -> bool:
    """Whether the second is what others call the first; "Ada to Mr Eze, Daisy to her friends" says it of neither."""
    return (
        _APPOSED.fullmatch(text, one.end, other.start) is not None
        and _TO_OTHERS.match(text, other.end) is not None
        and not text.endswith(" to ", 0, one.start)
    )


def is_owner(text: str, name: Finding) -> bool:
    """Whether something of theirs is told, and not how somebody is called: "Sunita Rao was Emma Holt's manager"."""
    return text[name.start : name.end].endswith(("'s", "’s")) or _OWNS.match(text, name.end) is not None


def is_former(text: str, one: Finding, other: Finding) -> bool:
    """Whether the words between two findings say that the second is what the first was called before."""
    return _FORMER.search(text, one.end, other.start) is not None


def _said_of_one(text: str, people: Sequence[Finding], at: int) -> Finding | None:
    """Whom "everyone called her Zhenya" is said of: who alone was named before in the paragraph."""
    other = people[at]
    if not _CALLS.search(text, max(0, other.start - 40), other.start) or is_owner(text, other):
        return None
    begins = max(text.rfind("\n\n", 0, other.start), 0)
    before = [f for f in people[max(0, at - 8) : at] if f.start >= begins]
    if not before or (at > 8 and len(before) == 8):
        return None
    if len(_SENTENCE_ENDS.findall(text, before[-1].end, other.start)) > 1:
        return None
    last = {word for word in fold_text(text[before[-1].start : before[-1].end]).split() if word not in STYLES}
    alike = (last & set(fold_text(text[f.start : f.end]).split()) for f in before)
    return before[-1] if all(alike) else None


def _is_name_in_brackets(text: str, one: Finding, other: Finding) -> bool:
    """Whether brackets hold a name alone or with a word of kinship; initials are no name, and "Sunita Rao (Meena, 12)" has a child."""
    ends = _BRACKET_ENDS.match(text, other.end)
    return ends is not None and other.end - other.start > 3 and (not ends["more"] or _may_be_one(text, one, other))


def _may_be_one(text: str, one: Finding, other: Finding) -> bool:
    """Whether two names share a part, or are a title and surname and a forename."""
    first, second = (text[f.start : f.end] for f in (one, other))
    name, called = parse_name(first), parse_name(second)
    if takes_surname(title_of(first)) and len(name.words) == 1:
        return len(called.words) == 1
    return share_a_name(name, called)


def _kin_beside(text: str, finding: Finding) -> tuple[str, bool]:
    before = _BEFORE.search(text, max(0, finding.start - 40), finding.start)
    if before:
        return str(before["kin"]).casefold(), True
    after = _AFTER.match(text, finding.end, finding.end + 60)
    if after is None or (not after["told"] and _NAMED_NEXT.match(text, after.end())):
        # "Hasmukh, his wife Bhanumati and": she is one more
        return "", False
    return str(after["kin"]).casefold(), False


def _sex_of_kin(kin: str) -> str | None:
    sex = _SEX_OF_KIN.get(kin)
    return sex if sex in _SEXES else None


def _pronoun_after(text: str, start: int, limit: int) -> str | None:
    """The sex that the first pronoun after a name tells, in the same sentence and before anybody else is named."""
    if text[start : start + 1] == ":":
        # whoever speaks says "he" of another
        return None
    reach = min(limit, start + _PRONOUN_REACH)
    ends = _SENTENCE_ENDS.search(text, start, reach)
    found = _PRONOUN.search(text, start, ends.start() if ends else reach)
    if found is None:
        return None
    return "male" if found["male"] else "female"


def folded(mention: Mention) -> str:
    """The whole mention folded, as forms are."""
    return fold_text(mention.written).strip()


def settle(told: Iterable[str | None]) -> str | None:
    """The sex that most of what is told tells, by two or more and three to one; None where it is not so clear."""
    known = [sex for sex in told if sex]
    males, females = known.count("male"), known.count("female")
    if max(males, females) >= 2 and max(males, females) >= 3 * min(males, females):
        return "male" if males > females else "female"
    return None
