"""Who is in a review, as a form: everybody and everything found that the register does not declare, for a person to say who they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.workbench.case_decisions import RefusedEditError, RequestedDecision
from publishing.workbench.excerpts import Excerpt, words_around
from publishing.workbench.forms.register_form import LISTS, PERSON_FIELDS, change_register, register_rows
from redaction import ROLES, Entity, Register, fold_text

if TYPE_CHECKING:
    from redaction import Proposal, ProposedPerson, Written

NO_PERSON, SAME_AS, DECLARED = "no-person", "same:", "declared:"
"""What a choice says beside a role: the words name nobody; they name whoever bears a label, or a person of the register by position."""
SOMEBODY_ELSE = "somebody-else"
"""What a choice says of one name: it is not this person's."""

_CONTEXT_WORDS = 12
_MOST_EXCERPTS = 3


@dataclass(frozen=True)
class ProposalRow:
    """Somebody as the form shows them: what is chosen beforehand, where they are named, and who they may be besides."""

    person: ProposedPerson
    chosen: str
    excerpts: tuple[Excerpt, ...]
    alike: tuple[str, ...]
    typed: Mapping[str, str]
    whose: tuple[str, ...]


def proposal_rows(
    texts: Sequence[str], proposal: Proposal, submitted: Mapping[str, Sequence[str]] | None = None
) -> tuple[ProposalRow, ...]:
    """Everybody who is proposed, whoever may be the person on probation first, then the victims, then the most mentioned.

    What a form that is not saved said of somebody stays with the very names that it said it of.
    """
    said = _said_of_names(submitted or {}, {person.label for person in proposal.people})
    named = {person.label: f"{person.label} {person.names[0].words}" for person in proposal.people}
    ordered = sorted(proposal.people, key=lambda p: (p.role != "person-on-probation", p.role != "victim"))
    return tuple(
        ProposalRow(
            person,
            said[names].choice
            if (names := tuple(n.words for n in person.names)) in said
            else _chosen_beforehand(person),
            tuple(excerpt(texts, name) for name in person.names[:_MOST_EXCERPTS]),
            tuple(f"{named[other]}: {why}" for other, why in proposal.alike(person.label)),
            said[names].kept if names in said else {},
            said[names].whose if names in said else (),
        )
        for person in ordered
    )


@dataclass(frozen=True)
class _Said:
    """What a form said of some names: the choice, other fields, and whose each name is."""

    choice: str
    kept: Mapping[str, str]
    whose: tuple[str, ...]


def _said_of_names(submitted: Mapping[str, Sequence[str]], labels: Collection[str]) -> dict[tuple[str, ...], _Said]:
    """By the names of each row; a choice that leads to somebody whose label is no longer theirs is not kept."""
    said: dict[tuple[str, ...], _Said] = {}
    for number in _numbers(submitted):
        choice = _first(submitted, f"role-{number}")
        fields = {name: _first(submitted, f"{name}-{number}") for name in ("protected", "published_as", "so")}
        if choice.startswith(SAME_AS) and choice.removeprefix(SAME_AS) not in labels:
            choice = ""
        said[tuple(submitted.get(f"names-{number}", ()))] = _Said(
            choice, fields, tuple(submitted.get(f"whose-{number}", ()))
        )
    return said


def _numbers(submitted: Mapping[str, Sequence[str]]) -> range:
    """The numbers of the people in a form."""
    return range(sum(name.startswith("label-") for name in submitted))


def _first(submitted: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(submitted.get(name, ())), "")


def _chosen_beforehand(person: ProposedPerson) -> str:
    if person.declared is not None:
        return f"{DECLARED}{person.declared}"
    return person.preset_role


def excerpt(texts: Sequence[str], written: Written) -> Excerpt:
    """The words around the first place of a way of writing."""
    part, start, end = written.first
    before, after = words_around(texts[part], start, end, _CONTEXT_WORDS)
    return Excerpt(before, texts[part][start:end], after)


def chosen_meanings(submitted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Words that can mean several people, and the label of whom a form says that they always mean."""
    numbers = [name.removeprefix("means-") for name in submitted if name.startswith("means-")]
    said = {_first(submitted, f"words-{number}"): _first(submitted, f"means-{number}") for number in numbers}
    return {words: label for words, label in said.items() if words and label}


def without_role(
    register: Register | None, proposal: Proposal, submitted: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str], ...]:
    """Whom a register declares and nobody said who they are: their first name, and the role that was said or is suggested."""
    people = enumerate(register.people if register else ())
    return tuple(
        (
            name,
            _first(submitted, key) if (key := f"declared-role-{name}") in submitted else proposal.roles.get(place, ""),
        )
        for place, person in people
        if person.role == "other" and (name := person.names[0])
    )


def change_by_proposal(
    folder: Path, submitted: Mapping[str, Sequence[str]], by: str
) -> tuple[bytes, list[RequestedDecision]]:
    """register.yml with what a form says of who is in the review, and decisions to leave alone what names nobody.

    Args:
        folder: the case's folder.
        submitted: the form: for each person n `label-n`, `role-n` (a role, or a choice above; "" for nothing said),
            `names-n` in order, `whose-n` beside each of them, `protected-n`, `published_as-n`; `declared-role-` with the first name
            of somebody whom the register declares without a role; `so-n`, the role that was only suggested; for words that can
            mean several, `words-n` and `means-n`, the label of whom they always mean; and the lists.
        by: who says it.

    Raises:
        RegisterError: the register that is there cannot be read.
        PublishingError: it cannot be written so.
    """
    register = intake.load_register(folder)
    declared = _declared_people(register, submitted)
    found = _submitted_people(submitted)
    people = [*declared, *_new_people(found, declared, chosen_meanings(submitted))]
    people += [{"role": ["other"], "names": [name]} for one in found for name in one.others]
    rejected = [words for one in found for words in one.rejected]
    _refuse_names_of_nobody(people, rejected)
    lists = {name: [*_declared_list(register, name), *submitted.get(name, ())] for name in LISTS}
    fields = {f"{name}-{n}": said for n, person in enumerate(people) for name, said in person.items()}
    listed = {name: ["\n".join(dict.fromkeys(said))] for name, said in lists.items()}
    decisions = [RequestedDecision("reject", words, str(Entity.PERSON), by=by) for words in dict.fromkeys(rejected)]
    return change_register(folder, {**fields, **listed}, by, ""), decisions


def _declared_people(register: Register | None, submitted: Mapping[str, Sequence[str]]) -> list[dict[str, list[str]]]:
    """Whom the register declares, in its form's fields, with the roles that are said now."""
    people = [_fields_of(row) for row in register_rows(register)[:-1]]
    for fields in people:
        if (role := _first(submitted, f"declared-role-{fields['names'][0].splitlines()[0]}")) in ROLES:
            fields["role"] = [role]
    return people


def _submitted_people(submitted: Mapping[str, Sequence[str]]) -> list[_SubmittedPerson]:
    """Everybody in the form, with the words that can mean several and are said to mean them."""
    found = [_submitted_person(submitted, n) for n in _numbers(submitted)]
    by_label = {one.label: one for one in found}
    for words, label in chosen_meanings(submitted).items():
        if label not in by_label:
            raise RefusedEditError("Nothing was written: words are said to mean a person who is not in the form.")
        by_label[label].names.append(words)
    return found


def _new_people(
    found: Sequence[_SubmittedPerson], declared: Sequence[dict[str, list[str]]], meanings: Mapping[str, str]
) -> Iterable[dict[str, list[str]]]:
    """Whom the register is to declare besides; names of somebody whom it declares already are added to theirs."""
    by_label = {one.label: one for one in found}
    meant = {one.choice.removeprefix(SAME_AS) for one in found if one.choice.startswith(SAME_AS)}
    meant |= set(meanings.values())
    new: dict[str, dict[str, list[str]]] = {}
    for one in found:
        if (one.protected or one.published_as) and one.choice not in ROLES:
            raise RefusedEditError(
                f"Nothing was written: say who {one.label} is by a role, since a protection or a chosen name is given to them."
            )
        if one.choice == NO_PERSON or not one.names:
            continue
        target = _followed(one, by_label)
        joined = target is not one or target.label in meant
        if target.choice.startswith(DECLARED):
            _add_names(_declared_person(declared, target.choice), one.names)
        elif target.choice or joined:
            _add_names(new.setdefault(target.label, target.fields()), one.names)
    return new.values()


def _refuse_names_of_nobody(people: Sequence[Mapping[str, Sequence[str]]], rejected: Sequence[str]) -> None:
    declared_now = {fold_text(name) for person in people for name in person["names"][0].splitlines()}
    if any(fold_text(words) in declared_now for words in rejected):
        raise RefusedEditError(
            "Nothing was written: the same words are said to be a name of somebody and to name nobody."
        )


@dataclass(frozen=True)
class _SubmittedPerson:
    """What a form says of one person: their names, those of others, and words that name nobody."""

    label: str
    choice: str
    names: list[str]
    others: list[str]
    names_of_nobody: list[str]
    protected: str
    published_as: str

    @property
    def rejected(self) -> list[str]:
        """Words that name nobody: all of them, where the choice says so."""
        return [*self.names, *self.names_of_nobody] if self.choice == NO_PERSON else self.names_of_nobody

    def fields(self) -> dict[str, list[str]]:
        """As the register's form has them, without names."""
        role = self.choice if self.choice in ROLES else "other"
        return {"role": [role], "protected": [self.protected], "published_as": [self.published_as], "names": [""]}


def _submitted_person(submitted: Mapping[str, Sequence[str]], number: int) -> _SubmittedPerson:
    names, whose = submitted.get(f"names-{number}", ()), submitted.get(f"whose-{number}", ())
    said = list(zip(names, [*whose, *[""] * len(names)], strict=False))
    choice, so = _first(submitted, f"role-{number}"), _first(submitted, f"so-{number}")
    if so and choice not in ("", so):
        raise RefusedEditError(
            f"Nothing was written: {_first(submitted, f'label-{number}')} is said to be the {ROLES[so].label.lower()} and somebody else."
            if so in ROLES
            else "Nothing was written: that is not a role."
        )
    choice = choice or so
    if choice and choice not in ROLES and choice != NO_PERSON and not choice.startswith((SAME_AS, DECLARED)):
        raise RefusedEditError("Nothing was written: that is not a role.")
    return _SubmittedPerson(
        _first(submitted, f"label-{number}"),
        choice,
        [name for name, of in said if of not in (SOMEBODY_ELSE, NO_PERSON)],
        [name for name, of in said if of == SOMEBODY_ELSE],
        [name for name, of in said if of == NO_PERSON],
        _first(submitted, f"protected-{number}"),
        _first(submitted, f"published_as-{number}"),
    )


def _followed(one: _SubmittedPerson, by_label: Mapping[str, _SubmittedPerson]) -> _SubmittedPerson:
    """Whom somebody is said to be, by as many steps as it takes."""
    passed: set[str] = set()
    while one.choice.startswith(SAME_AS):
        passed.add(one.label)
        if one.choice.removeprefix(SAME_AS) not in by_label:
            raise RefusedEditError(
                "Nothing was written: somebody is said to be the same as a person who is not in the form."
            )
        one = by_label[one.choice.removeprefix(SAME_AS)]
        if one.label in passed:
            raise RefusedEditError(
                "Nothing was written: two people are each said to be the other. Say who one of them is."
            )
    if one.choice == NO_PERSON:
        raise RefusedEditError("Nothing was written: somebody is said to be the same as words that name nobody.")
    return one


def _declared_person(people: Sequence[dict[str, list[str]]], choice: str) -> dict[str, list[str]]:
    number = choice.removeprefix(DECLARED)
    if not number.isdecimal() or int(number) >= len(people):
        raise RefusedEditError("Nothing was written: that person is not in the register.")
    return people[int(number)]


def _add_names(fields: dict[str, list[str]], names: Sequence[str]) -> None:
    known = fields["names"][0].splitlines()
    fields["names"] = ["\n".join(dict.fromkeys([*known, *names]))]


def _fields_of(row: object) -> dict[str, list[str]]:
    return {name: [getattr(row, name)] for name in (*PERSON_FIELDS, "names")}


def _declared_list(register: Register | None, name: str) -> Sequence[str]:
    return getattr(register, name) if register else ()
