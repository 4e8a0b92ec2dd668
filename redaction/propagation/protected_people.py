"""People protected by law: what the words right around their name tell of them goes with the name.

Relationship, sex, household and exact age of somebody who has lifelong anonymity identify them to those nearby. An apposition
("his sister Ada, 15,") is taken in by the name; what relates others to them ("Ada's mother") becomes "someone close to …".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from redaction.data import load_yaml
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.numbers import UP_TO_TWELVE
from redaction.lexicon.pattern_words import alternatives
from redaction.propagation.attribution import Attribution, attribute
from redaction.propagation.coreference import PeopleInText
from redaction.propagation.mentions import mention_at
from redaction.propagation.protected_pronouns import Case, pronouns_after, pronouns_in, without_sex
from redaction.propagation.unnamed_mentions import (
    SENTENCE_ENDS,
    Named,
    Unnamed,
    UnnamedMentions,
    is_plural,
    words_for_people,
)
from redaction.spans import Ranged, Span, merge, overlap, overlaps_any

PRONOUN_BESIDE_OTHERS = "pronoun beside others"
"""The rule of a pronoun in whose place the label is said again."""
IN_DOUBT = "in doubt"
"""The rule of a sentence that may tell the sex of somebody protected: a person looks at it."""

CHILD, ADULT = "[child]", "[adult]"
_WORD = regex.compile(r"\p{L}+")
_OPENS = regex.compile(r"(?:[.!?:][\"'”’)]*[ ]+|(?:^|\n)[ ]*(?:[-*>#|]+[ ]*|\d+\.[ ])?|[\"“])$")


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    data = load_yaml("protected_people.yml")
    relation, person, modifier = map(alternatives, (data["relations"], words_for_people(), data["modifiers"]))
    age = rf"(?:aged[ ])?(?:\d{{1,2}}|[a-z]+(?:teen|ty)(?:-[a-z]+)?|{alternatives(UP_TO_TWELVE)})(?:[ ]years?[ ]old)?"
    year_old = r"(?:(?:\d{1,2}|\p{Ll}+(?:-\p{Ll}+)?)-year-old[ ])"
    owner = r"(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Aa]n?|\p{Lu}[\p{L}'-]*(?:[ ]\p{Lu}[\p{L}-]*){0,2}'s?)"
    role = rf"(?:(?:{modifier}|{year_old.strip()})[ ])*{year_old}?(?:{relation}|{person})"
    whose = rf"(?:[ ]of[ ](?:{age}|(?:the[ ])?(?:\p{{L}}[\p{{L}}'-]*[ ]?){{1,4}}(?<![ ])))?"
    appositive = rf"(?:{owner}[ ]{role}{whose}(?:,?[ ](?:then[ ])?{age})?|(?:who[ ](?:is|was)[ ])?(?:then[ ]|now[ ]|only[ ]|just[ ])*{age})"
    several = rf"(?:{owner}[ ])?{role}"
    return {
        name: regex.compile(pattern)
        for name, pattern in {
            # "his sister Ada", "her stepdaughter, Ada": taken in by the name
            "before": rf"(?<![\p{{L}}\p{{N}}]){owner}[ ]{role}{whose}(?:,[ ]{age})?,?[ ]$",
            "after": rf",[ ]{appositive}(?:,|(?=[.;:)]|$))|[ ]\({appositive}\)",
            # "the mother of Ada", "Ada's two brothers"
            "of": rf"(?<![\p{{L}}\p{{N}}])(?:[Tt]he|[Aa]n?)[ ]{role}[ ](?:of|to)[ ]$",
            "theirs": rf"'s?[ ]{role}(?![\p{{L}}-])",
            # "her two daughters"
            "owned": rf"[ ]{role}(?!['’\p{{L}}-])",
            "is": rf"(?:[ ]\([^()\n]{{1,40}}\))?(?:,[ ]who)?[ ](?:is|was|were|became)[ ](?P<told>{owner}[ ]{role}{whose})(?![\p{{L}}-])",
            "with": rf"\b(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|resid(?:es|ed|ing)|home|moved[ ]in)[ ](?:\p{{Ll}}+[ ]){{0,3}}?(?P<told>alone|with[ ]{several}(?:(?:,|,?[ ]and)[ ]{several})*)(?![\p{{L}}-])",
        }.items()
    }


def surroundings(
    text: str, chosen: Sequence[Finding], people: PeopleInText, undone: Sequence[tuple[int, int]] = ()
) -> list[Finding]:
    """The findings again, with what tells too much around protected people taken in or added; in order, none overlapping.

    Args:
        text: the text as read.
        chosen: what is replaced, in order.
        people: who is who.
        undone: where the words are that two people said to leave: nothing that overlaps them is added.
    """
    guarded = [f for f in chosen if is_protected(text, f, people)]
    if not guarded:
        return list(chosen)
    added: list[Finding] = []
    for finding in guarded:
        for new in _around(text, finding, chosen, people):
            own = [(new.start, finding.start), (finding.end, new.end)] if new.entity is Entity.PERSON else [new.span]
            if not any(s < e and a < e and s < b for s, e in own for a, b in undone):
                # a name that it cuts into goes whole
                start, end = merge(new, *(f for f in chosen if overlap(f, new)))
                added.append(replace(new, start=start, end=end))
    wide = _widest(added)
    kept = [f for f in chosen if not any(overlap(f, w) for w in wide)]
    return sorted([*kept, *wide], key=lambda f: f.start)


def without_names(
    text: str, chosen: Sequence[Finding], people: PeopleInText, undone: Sequence[Span] = ()
) -> tuple[list[Finding], list[Finding]]:
    """What tells of protected people where they are not named: what is replaced, and the sentences that a person looks at.

    Args:
        text: the text as read.
        chosen: what is replaced already, in order, none overlapping.
        people: who is who.
        undone: where the words are that two people said to leave.
    """
    protected = {p.id: p.sex for p in people.everybody if p.is_protected}
    if not protected:
        return [], []
    whom = zip(chosen, attribute(text, chosen, people), strict=True)
    named = [name for f, attribution in whom if f.entity is Entity.PERSON for name in _named(f, attribution)]
    offenders = {p.sex for p in people.everybody if p.role == "person-on-probation"}
    labelled = {name.person for name in named}
    # where nobody else is a victim
    victims = [p.id for p in people.everybody if p.identity and p.role in ("victim", "previous-victim")]
    victim = victims[0] if len(victims) == 1 and victims[0] in protected else None
    found = UnnamedMentions(text, named, chosen, protected, offenders, victim).find()
    mentions = [mention for mention in found if not overlaps_any(mention, undone)]
    sure = [m for m in mentions if m.sure and (m.pronoun or m.person in labelled)]
    replaced = [_finding_of(text, mention, mention.person in labelled, chosen) for mention in sure]
    around = [f for mention in sure for f in _told_after(text, mention, chosen) if not overlaps_any(f, chosen)]
    replaced = _widest([*replaced, *around])
    told = set(sure)
    doubtful = {_sentence(text, mention): mention for mention in mentions if mention not in told}
    source = Source(Origin.PROTECTED, IN_DOUBT)
    return replaced, [
        Finding(*sentence, Entity.DEMOGRAPHIC, 1.0, source, person=mention.person)
        for sentence, mention in doubtful.items()
    ]


def _named(finding: Finding, attribution: Attribution) -> Iterator[Named]:
    """Whom a finding names; in "Ada's mother" somebody else is told of too."""
    person = attribution.person
    yield Named(finding.start, finding.end, person.id if person else None, person.sex if person else None)
    if finding.source.origin is Origin.PROTECTED and finding.source.rule == "relation":
        yield Named(finding.start, finding.end, None, None)


def _told_after(text: str, mention: Unnamed, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """What a sentence goes on to tell of whom it means: "is his sister", "lives with her mother"."""
    word = _WORD.match(text, mention.start) if mention.pronoun else None
    words = Span(mention.start, word.end() if word else mention.end)
    found = _patterns()["is"].match(text, words.end)
    if found:
        start, end = found.span("told")
        yield Finding(start, end, Entity.DEMOGRAPHIC, 1.0, Source(Origin.PROTECTED, "is"))
    found = _patterns()["with"].search(text, words.end, _clause(text, words, chosen))
    others = pronouns_in(text, words.end, found.start()) if found else ()
    if found and found["told"].startswith("with ") and not any(p.case is Case.SUBJECT for p in others):
        start, end = found.span("told")
        yield Finding(start + len("with "), end, Entity.DEMOGRAPHIC, 1.0, Source(Origin.PROTECTED, "with"))


def _finding_of(text: str, mention: Unnamed, labelled: bool, chosen: Sequence[Finding]) -> Finding:
    """What is replaced of a mention; where nobody is named, no label can be said."""
    owned = None
    if mention.pronoun and mention.pronoun.case is Case.OWNER:
        owned = _patterns()["owned"].match(text, mention.end)
    if owned and overlaps_any(Span(*owned.span()), chosen):
        owned = None
    if owned:
        rule = "relations" if is_plural(owned[0]) else "relation"
    elif mention.pronoun:
        # "she's" is "she is" or "she has": the label leaves it as it is
        again = mention.again and text[mention.start : mention.end].lower() not in ("she's", "he's", "she’s", "he’s")
        rule = "pronoun" if again or not labelled else PRONOUN_BESIDE_OTHERS
    else:
        rule = "noun"
    end = owned.end() if owned else mention.end
    return Finding(mention.start, end, Entity.DEMOGRAPHIC, 1.0, Source(Origin.PROTECTED, rule), person=mention.person)


def phrase_for(text: str, finding: Finding, words: str) -> str:
    """What replaces a finding of this family, given the label of its person ("" where there is none) or the band of its age."""
    kind = finding.source.rule if finding.source.origin is Origin.PROTECTED else ""
    if kind in ("relation", "relations"):
        who = "someone" if kind == "relation" else "people"
        opens = _OPENS.search(text, max(0, finding.start - 12), finding.start)
        named = "," if regex.match(r"[ ]\p{Lu}", text[finding.end : finding.end + 2]) else ""
        return f"{who.capitalize() if opens else who} close to {words or 'them'}{named}"
    if kind.startswith("pronoun"):
        # "their home" might be his as well
        return without_sex(text, finding.start, finding.end, (words or None) if kind == PRONOUN_BESIDE_OTHERS else None)
    if kind == "age" and words.startswith("[aged"):
        return ADULT
    return words


def is_protected(text: str, finding: Finding, people: PeopleInText) -> bool:
    """Whether a finding names, or may name, somebody who is protected by law, alone or in a hashtag or handle."""
    if finding.person is None:
        return False
    # "Mrs Elis" may be the mother's name alone, though the daughter is an Elis too
    meant = people.bearers(mention_at(text, finding)) if finding.source.origin is not Origin.PROTECTED else []
    return any(person.is_protected for person in meant or [people.person(finding.person)])


def _around(text: str, name: Finding, chosen: Sequence[Finding], people: PeopleInText) -> Iterator[Finding]:
    """What the words around one mention tell: the mention itself made wider, and findings of their own."""
    patterns = _patterns()
    head = max(0, name.start - 120)
    before = patterns["before"].search(text, head, name.start)
    after = patterns["after"].match(text, name.end)
    of, theirs = patterns["of"].search(text, head, name.start), patterns["theirs"].match(text, name.end)
    if of or theirs:
        words = (theirs or of)[0].strip()
        several = theirs is not None and is_plural(words.removesuffix(" of"))
        source = Source(Origin.PROTECTED, "relations" if several else "relation")
        start, end = of.start() if of else name.start, theirs.end() if theirs else name.end
        yield replace(name, start=start, end=end, source=source)
        return
    if before or after:
        start, end = before.start() if before else name.start, after.end() if after else name.end
        if before and before[0].endswith(", ") and text[end : end + 1] == ",":
            # the comma that closes the apposition goes with it
            end += 1
        yield replace(name, start=start, end=end, source=Source(Origin.PROTECTED, "name"))
    reach = _clause(text, name, chosen)
    for pattern in ("is", "with"):
        found = patterns[pattern].match(text, name.end) if pattern == "is" else patterns[pattern].search(text, name.end, reach)  # fmt: skip
        if found:
            start = found.start("told") + (len("with ") if found["told"].startswith("with ") else 0)
            yield Finding(start, found.end("told"), Entity.DEMOGRAPHIC, name.score, Source(Origin.PROTECTED, pattern))
    for other in chosen:
        if other.entity is Entity.AGE and name.end <= other.start < reach:
            yield replace(other, source=Source(Origin.PROTECTED, "age"))
    yield from _pronouns(text, name, chosen, people)


def _pronouns(text: str, name: Finding, chosen: Sequence[Finding], people: PeopleInText) -> Iterator[Finding]:
    """Pronouns of the same sentence that tell the sex of who is named: where it is known, and nobody else of that sex is named."""
    sex = people.person(name.person).sex if name.person is not None else None
    if sex is None:
        return
    begin, stop = _sentence_begin(text, name), _sentence_end(text, name)
    beside_it = [f for f in chosen if begin <= f.start < stop and f.person != name.person]
    rivals = [f.start for f in beside_it if f.person is not None and people.person(f.person).sex in (None, sex)]
    if any(start < name.start for start in rivals):
        return
    reach = min([stop, *(start for start in rivals if start >= name.end)])
    for start, end, alone in pronouns_after(text, begin, name.span, reach, sex):
        beside = not alone or any(f.entity is Entity.PERSON and f.start < start for f in beside_it)
        # "He gave Margaret her phone": the name is right before, and nobody else is meant
        rule = "pronoun" if not beside or text[name.end : start] == " " else PRONOUN_BESIDE_OTHERS
        found = Finding(start, end, Entity.DEMOGRAPHIC, name.score, Source(Origin.PROTECTED, rule), person=name.person)
        # what a person put in place of words with a pronoun among them is theirs to say
        if not overlaps_any(found, chosen):
            yield found


def _sentence(text: str, words: Ranged) -> Span:
    return Span(_sentence_begin(text, words), _sentence_end(text, words))


def _sentence_begin(text: str, name: Ranged) -> int:
    line = text.rfind("\n", 0, name.start) + 1
    return max((found.end() for found in SENTENCE_ENDS.finditer(text, line, name.start)), default=line)


def _sentence_end(text: str, name: Ranged) -> int:
    stop = SENTENCE_ENDS.search(text, name.end)
    return stop.start() if stop else len(text)


def _clause(text: str, name: Ranged, chosen: Sequence[Finding]) -> int:
    """Where the sentence ends, or somebody else is named, whichever comes first."""
    ends = [_sentence_end(text, name), name.end + 160]
    ends += [f.start for f in chosen if f.entity is Entity.PERSON and f.start >= name.end]
    return min(ends)


def _widest(found: Sequence[Finding]) -> list[Finding]:
    """Of findings that meet, the widest."""
    wide: list[Finding] = []
    for finding in sorted(found, key=lambda f: f.start - f.end):
        if not any(overlap(f, finding) for f in wide):
            wide.append(finding)
    return wide
