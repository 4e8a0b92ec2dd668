"""Who is who in one text: everybody declared or mentioned, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from redaction.entities import ROLES
from redaction.lexicon.words import is_english_word, is_proper
from redaction.names.parsing import PARTICLES, Name, parse_name
from redaction.names.similarity import genders_agree, one_slip_apart, same_person, similarity_keys, without_title
from redaction.names.sounds import consonants_of, is_in_other_script, latin_of, sound_alike
from redaction.names.surface_forms import MOST_LETTERS, Form, forms_of, initials_of, written_as_initials
from redaction.propagation.mentions import BESIDE, Mention, folded, sex_of_title, title_of
from redaction.propagation.partial_names import MayMean, first_letter, name_and_initials, short_form, title_and_initials
from redaction.propagation.persons import PersonInText, agree, called_so, declared_names, is_another, is_family_name
from redaction.register import Identity, IdentityKind
from redaction.text.folding import fold_text

SINGLE_NAMES = ("surname", "given", "nickname")

"""The kinds of form that are one name of a person, written alone."""

_JOINED_NAMES = (*SINGLE_NAMES, "handle")
"""The same, and names whose parts are written as one word."""

LONGEST_NAME = 12

"""Words; a longer run of capitals is masked where it is, and is nobody to look for again."""

_LONG_WORD = 6
"""Letters of a name from which on a slip in it is believed of people whom nobody declared."""
_SHORTEST_PART = 3
"""Letters of a name that is looked for in a longer word."""


class PeopleInText:
    """Everybody in one text, each once."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self.everybody: list[PersonInText] = []
        self._by_form: dict[str, list[int]] = {}
        self._by_surname: dict[str, list[int]] = {}
        self._by_sound: dict[str, list[int]] = {}
        self._as_declared: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        self._joined: dict[int, int] = {}
        for identity in identities:
            if identity.kind is IdentityKind.PERSON:
                names = declared_names(identity.names)
                titles = {title for n in identity.names if (title := title_of(n))}
                person = PersonInText(len(self.everybody), identity.role, names, identity, titles=titles)
                self.everybody.append(person)
                self._learn(person, forms_of(identity))
                for key in dict.fromkeys((title_of(n), parse_name(n).words) for n in identity.names):
                    self._as_declared.setdefault(key, []).append(person.id)

    def add_mentions(self, mentions: Sequence[Mention], aliases: Iterable[tuple[Mention, Mention]] = ()) -> None:
        """Make everyone mentioned somebody in the text; `aliases` are pairs of mentions of one person.

        Full names come first, so that single ones find their person, and titles before bare names; the first role that the
        text gives stays.
        """
        pairs = sorted(aliases, key=lambda pair: not (pair[0].is_whole and pair[1].is_whole))
        named = [m for m in mentions if 0 < len(m.name.words) <= LONGEST_NAME]
        ranked = sorted(named, key=lambda m: (-sum(len(w) > 1 for w in m.name.words), not m.title, m.start))
        for one, other in pairs:
            if one.is_whole and other.is_whole:
                self.join(one, other)
        for mention in ranked:
            if mention.is_whole and not any(self.cut(word) for word in mention.written.split()):
                self._meet(mention)
        for one, other in pairs:
            self.join(one, other)
        for mention in ranked:
            if not mention.is_whole and self.cut(mention.written) is None:
                self._meet(mention)

    def is_declared(self, number: int | None) -> bool:
        """Whether somebody of this number is declared; those declared come first, in the register's order."""
        return number is not None and number < len(self.everybody) and self.everybody[number].declared

    def person(self, number: int) -> PersonInText:
        """Who has a number, or whoever they turned out to be."""
        while number in self._joined:
            number = self._joined[number]
        return self.everybody[number]

    def bearers(self, mention: Mention) -> list[PersonInText]:
        """Everybody whom a mention can mean by its words and by what is told beside it; those declared before others."""
        if not mention.name.words:
            return []
        exactly = self._declared_exactly(mention)
        if len(exactly) == 1:
            return exactly
        by = self._by
        named = (self._written_so, self._written_alike, by(name_and_initials), self._lettered)
        letters = (self._titled, by(first_letter))
        for ways in (*named, letters[0], by(short_form), self._misspelt, self._sounding, letters[1]):
            numbers = dict.fromkeys(self.person(person.id).id for person in ways(mention))
            found = [self.everybody[number] for number in numbers if agree(mention, self.everybody[number])]
            if ways in letters and not any(p.met is not None and p.met < mention.start for p in found):
                # "Ms C" before any Ms Carter is somebody whom the text does not name
                continue
            # a pronoun may mean somebody else: it tells against one person, and not for another
            if any(mention.is_whole or genders_agree(mention.sex, person.sex) for person in found):
                # a letter says too little for whoever is declared to come before others
                declared = [p for p in found if p.declared] if ways not in letters else []
                return declared or called_so(mention, found)
        return []

    def _declared_exactly(self, mention: Mention) -> list[PersonInText]:
        """Those whom the register writes so, title and all ("Ms Bowen"); a bare name may be any of the family's."""
        words = parse_name(mention.written).words
        if not mention.title and len(words) < 2:
            return []
        found = (self.everybody[number] for number in self._as_declared.get((mention.title, words), ()))
        return [person for person in found if agree(mention, person)]

    def known_by(self, form: str, kinds: Collection[str] = SINGLE_NAMES) -> list[PersonInText]:
        """Everybody of whom a folded form is one name, or another of some kinds of form: "whitlocks" is a plural."""
        return [
            self.everybody[i]
            for i in self._by_form.get(form, ())
            if any(f.text == form and f.kind in kinds for f in self.everybody[i].forms)
        ]

    def cut(self, written: str) -> int | None:
        """Where one word of letters parts into the names of two people (HALSZKAJAGODA); None where it does not."""
        word = fold_text(written).strip()
        if len(word) != len(written) or not word.isalpha() or self.known_by(word):
            return None
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first, second = (self.known_by(part, _JOINED_NAMES) for part in (word[:place], word[place:]))
            if first and second and not {p.id for p in first} & {p.id for p in second}:
                return place
        return None

    def _meet(self, mention: Mention) -> None:
        found = self.bearers(mention)
        person = found[0] if found else self._add(mention)
        if len(found) < 2:
            self._hear(person, mention)
            role = mention.role or mention.titled_role
            if role in ROLES and person.role == "other" and not person.declared:
                person.role = role
        elif mention.is_whole:
            # it is looked for whole, whoever of them it means
            for each in found:
                self._learn(each, _forms(mention))

    def _add(self, mention: Mention) -> PersonInText:
        name = mention.name
        if mention.style and len(name.words) == 1:
            # "Mrs Hughes" is known by a surname
            name = Name((), name.words[0])
        person = PersonInText(len(self.everybody), names=[name])
        self.everybody.append(person)
        self._learn(person, _forms(mention))
        for other in self._known_by_less(mention) if mention.is_whole else ():
            person = self._as_one(person, other)
        return person

    def _known_by_less(self, mention: Mention) -> list[PersonInText]:
        """Those who were met by one name alone, or by initials, before the full name that has it was found."""
        own = {form.text for form in _forms(mention)} | initials_of(mention.name)
        return [
            other
            for other in self._everybody_once()
            if not other.declared
            and all(not (name.given and name.surname) and " ".join(name.words) in own for name in other.names)
            and genders_agree(other.told_sex, sex_of_title(mention.title))
        ]

    def _hear(self, person: PersonInText, mention: Mention) -> None:
        """Take in what a mention tells of its person."""
        if mention.title:
            person.titles.add(mention.title)
        person.met = mention.start if person.met is None else min(person.met, mention.start)
        person.told.append(mention.sex)
        person.pronouns.append(mention.pronoun)
        if mention.is_whole and mention.name not in person.names:
            person.names.append(mention.name)
            self._learn(person, _forms(mention))
        elif not mention.is_whole and " ".join(mention.name.words) not in self._by_form:
            # a short form, or a slip that may come again
            self._learn(person, _forms(mention))

    def join(self, one: Mention, other: Mention) -> None:
        """Make two mentions one person's, where nothing that is known stands against it."""
        first, second = self.bearers(one), self.bearers(other)
        if first and second:
            both = [person for person in first if person in second]
            if not both and len(first) == len(second) == 1 and other.start - one.end <= BESIDE:
                both = self._join_people(first[0], second[0], one, other)
            if len(both) == 1:
                self._hear(both[0], one)
                self._hear(both[0], other)
                both[0].called |= {" ".join(m.name.words) for m in (one, other) if not m.is_whole}
            return
        if len(first or second) > 1 or not genders_agree(one.sex, other.sex):
            return
        known, new = (one, other) if first or not second else (other, one)
        person = next(iter(first or second), None)
        if person is None or is_another(person, known, new):
            person = self._add(known)
        self._hear(person, known)
        if new.name.words not in [name.words for name in person.names]:
            person.names.append(new.name)
            self._learn(person, _forms(new))
        self._hear(person, new)
        person.called |= {" ".join(m.name.words) for m in (one, other) if not m.is_whole}
        for surname in dict.fromkeys(n.surname for n in person.names if n.surname and not n.given):
            self._add_name(person, Name(new.name.words, surname))

    def _join_people(
        self, first: PersonInText, second: PersonInText, one: Mention, other: Mention
    ) -> list[PersonInText]:
        """Of two who were found apart and whom the text calls one, that one; nobody where titles, forenames or the register say otherwise."""
        if (first.declared and second.declared) or not genders_agree(first.told_sex, second.told_sex):
            return []
        if is_another(first, one, other) or is_another(second, other, one) or is_family_name(second, other):
            return []
        return [self._as_one(first, second)]

    def _as_one(self, first: PersonInText, second: PersonInText) -> PersonInText:
        """Two who were found apart as one; whoever is declared stays, else who was found first."""
        kept, gone = sorted((first, second), key=lambda person: (not person.declared, person.id))
        self._joined[gone.id] = kept.id
        kept.names += [name for name in gone.names if name not in kept.names]
        kept.titles |= gone.titles
        kept.told += gone.told
        kept.pronouns += gone.pronouns
        kept.called |= gone.called
        if not kept.declared and kept.role == "other":
            kept.role = gone.role
        self._learn(kept, gone.forms)
        return kept

    def _add_name(self, person: PersonInText, name: Name) -> None:
        person.names.append(name)
        self._learn(person, forms_of(Identity(IdentityKind.PERSON, (" ".join(name.words),))))

    def _written_so(self, mention: Mention) -> list[PersonInText]:
        """Those of whom the words are a form."""
        ids = self._by_form.get(" ".join(mention.name.words)) or self._by_form.get(folded(mention)) or ()
        return [self.everybody[i] for i in ids]

    def _written_alike(self, mention: Mention) -> list[PersonInText]:
        """Those who have a full name that can be the same person's."""
        if not mention.is_whole:
            return []
        near = {i for key in similarity_keys(mention.name) for i in self._by_surname.get(key, ())}
        people = [self.everybody[i] for i in sorted(near)]
        return [p for p in people if any(same_person(mention.name, known) for known in p.names)]

    def _by(self, part: Callable[[Mention], MayMean | None]) -> Callable[[Mention], list[PersonInText]]:
        """What finds those of whom a mention may be a part of the name."""

        def find(mention: Mention) -> list[PersonInText]:
            may_mean = part(mention)
            return [person for person in self._everybody_once() if may_mean(person)] if may_mean else []

        return find

    def _titled(self, mention: Mention) -> list[PersonInText]:
        """Those of whom a title and the letters of a surname may be told, where the text gives one of them that title."""
        found = self._by(title_and_initials)(mention)
        return found if any(mention.title in person.titles for person in found) else []

    def _lettered(self, mention: Mention) -> list[PersonInText]:
        """Those who have a full name of which only initials are written, of the trade too ("AM"); "Mr H" may be a pseudonym's letter."""
        words = mention.name.words
        written = without_title(mention.written)
        if len(words) != 1 or mention.title or not (written_as_initials(written) or written.islower()):
            return []
        letters = words[0].replace(" ", "")
        found = self.with_initials(letters) if 1 < len(letters) <= MOST_LETTERS else []
        # whoever is declared is known by the initials that are theirs alone: these may be a post, or another's
        return [] if any(person.declared for person in found) else found

    def with_initials(self, letters: str) -> list[PersonInText]:
        """Everybody who has a full name with these folded initials, and whoever of a forename alone may have them."""
        found = [p for p in self._everybody_once() if any(letters in initials_of(name) for name in p.names)]
        return [*found, *(p for p in self._everybody_once() if found and p.may_sign(letters))]

    def _everybody_once(self) -> Iterator[PersonInText]:
        return (person for person in self.everybody if person.id not in self._joined)

    def _misspelt(self, mention: Mention) -> list[PersonInText]:
        """Whoever has one name that is written with a slip ("Mr Whitlok"): of those declared any, of others a long one."""
        words = mention.name.words
        if len(words) != 1 and words[0] not in PARTICLES:
            return []
        word = " ".join(words)
        odd = len(word) >= _LONG_WORD and not is_proper(word) and not is_english_word(word)
        found = [
            person
            for person in self.everybody
            if (person.declared or odd)
            and any(f.kind in SINGLE_NAMES and one_slip_apart(word, f.text) for f in person.forms)
        ]
        return found[:1] if found and found[0].declared else found

    def _sounding(self, mention: Mention) -> list[PersonInText]:
        """Those who have one name of which this is another spelling ("Karr", "Mr Fernandez"), where it is no word of English."""
        words = mention.name.words
        word = " ".join(words)
        if is_in_other_script(mention.written):
            sound = consonants_of(latin_of(mention.written))
            return [self.person(i) for i in dict.fromkeys(self._by_sound.get(sound, ())) if len(sound) > 1]
        if len(words) != 1 or is_english_word(word) or (is_proper(word) and not mention.style):
            return []
        near = dict.fromkeys(self._by_sound.get(consonants_of(word), ()))
        kinds = ("surname",) if mention.style else SINGLE_NAMES
        return [
            person
            for person in map(self.person, near)
            if any(f.kind in kinds and sound_alike(word, f.text) for f in person.forms)
        ]

    @property
    def born(self) -> frozenset[dt.date]:
        """The declared days of birth, each also a century on: two figures for a year may be read so."""
        days = {person.identity.born for person in self.everybody if person.identity and person.identity.born}
        return frozenset(days) | {day.replace(year=day.year + 100) for day in days if day.year < 1950}

    def forms(self) -> Iterator[tuple[Form, PersonInText]]:
        """Every form of everybody, with whose it is first."""
        for person in self.everybody:
            for form in person.forms:
                yield form, person

    def _learn(self, person: PersonInText, forms: tuple[Form, ...]) -> None:
        person.forms = tuple(dict.fromkeys((*person.forms, *forms)))
        for form in forms:
            ids = self._by_form.setdefault(form.text, [])
            if person.id not in ids:
                ids.append(person.id)
                if form.kind in (*SINGLE_NAMES, "full"):
                    self._by_sound.setdefault(consonants_of(form.text), []).append(person.id)
        for key in (key for name in person.names if name.surname for key in similarity_keys(name)):
            self._by_surname.setdefault(key, []).append(person.id)


def _forms(mention: Mention) -> tuple[Form, ...]:
    # in small letters a forename may be a word ("lei tsang"): the part without it would take the place of the whole
    name = mention.written if mention.written.islower() else mention.called
    return forms_of(Identity(IdentityKind.PERSON, (without_title(name),)))
