"""Whom readers can write to or ring: the contacts of mkdocs.yml, e-mail or web addresses, a telephone number and a postal address.

A contact that cannot be used is none for the pages, so that it never prevents a withdrawal; a build refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from publishing.errors import BuildError

Kind = Literal["corrections", "press", "feedback", "security"]

_FOR: dict[Kind, str] = {
    "corrections": "whom readers tell that a page is wrong or identifies somebody",
    "press": "whom journalists ask",
    "feedback": "whom readers tell what is wrong with a page",
    "security": "whom somebody tells that finds a weakness of the site",
}
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
_EMAIL = re.compile(rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?P<host>{_HOST})")
_PAGE = re.compile(rf"https://(?P<host>{_HOST})(?:/[A-Za-z0-9._~/?=&%+-]*)?")
_EXAMPLES = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|localhost|test)")
"""Names that belong to nobody (RFC 2606, RFC 6761)."""
_TELEPHONE = re.compile(r"(?:\+44 ?|0)[1-9](?: ?\d){8,9}")
_EXAMPLE_TELEPHONES = re.compile(
    r"01632960\d{3}|0\d{2,3}4960\d{3}|02079460\d{3}|07700900\d{3}|08081570\d{3}|03069990\d{3}"
)
"""Numbers that are nobody's: those that Ofcom keeps for drama."""
_POST = re.compile(r"(?=.{10,200}$)[\w’'&.,()/ -]+ [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
_EXAMPLE_POST = re.compile(r"\b(?:example|invented)\b", re.IGNORECASE)

MINISTRY = "SFO publishing team, Ministry of Justice, 102 Petty France, London SW1H 9AJ"
"""Where letters go where mkdocs.yml says nothing of it."""


@dataclass(frozen=True)
class Contact:
    """An address as readers see it, and as a link: `mailto:…` or `https://…`, safe in Markdown and HTML as it is."""

    text: str
    link: Markup


@dataclass(frozen=True)
class Contacts:
    """The contacts that pages may name, by kind, and what is wrong with the others, in words for whoever builds.

    `telephone` and `post` are for corrections too; `post` is one line, "" where there is none.
    """

    known: Mapping[Kind, Contact] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    telephone: Contact | None = None
    post: str = MINISTRY

    @classmethod
    def parse(cls, extra: Mapping[str, object], invented: bool) -> Contacts:
        """Read `corrections_contact`, `press_contact`, `feedback_contact`, `security_contact`, `corrections_telephone` and `corrections_post`.

        Args:
            extra: `extra` of mkdocs.yml.
            invented: whether the site's cases are invented. Only then may a contact be an example's, or corrections have none.

        Each may be empty, and old settings that lack the last two are sound.
        """
        known: dict[Kind, Contact] = {}
        faults = []
        for kind, purpose in _FOR.items():
            value = extra.get(f"{kind}_contact") or ""
            contact, host = _parse(value)
            if contact is None and (value != "" or (kind == "corrections" and not invented)):
                faults.append(f"{kind}_contact ({purpose}) {'is none' if value else 'is missing'}")
            elif contact is not None and not invented and _EXAMPLES.fullmatch(host):
                faults.append(f"{kind}_contact ({purpose}) is still the address of an example, which nobody reads")
            elif contact is not None:
                known[kind] = contact
        telephone, number_faults = _parse_telephone(extra.get("corrections_telephone") or "", invented)
        post, post_faults = _parse_post(extra.get("corrections_post", MINISTRY) or "", invented)
        return cls(known, (*faults, *number_faults, *post_faults), telephone, post)

    def get(self, kind: Kind) -> Contact | None:
        """The contact of a kind, if there is one that can be used."""
        return self.known.get(kind)

    def refuse_faulty(self) -> None:
        """Refuse to build with a contact that readers cannot use.

        Raises:
            BuildError: with a line for each, and what to do.
        """
        if self.faults:
            raise BuildError("\n".join(self._complaint()))

    def _complaint(self) -> Iterator[str]:
        yield "Nothing was built, because readers could reach nobody:"
        yield from (f"mkdocs.yml, extra, {fault}" for fault in self.faults)
        yield (
            "Write an e-mail address (team@justice.gov.uk) or a web address (https://…) there; press_contact, "
            'feedback_contact and security_contact may be ""; so may corrections_telephone (a number in the United Kingdom: 020 7123 4567) and '
            "corrections_post (a postal address on one line, with its postcode at the end). Then build again. Only a site of invented cases "
            "(invented_cases: true) may have examples."
        )


def _parse(value: object) -> tuple[Contact | None, str]:
    """A contact and its host; None where the value is none."""
    text = value.removeprefix("mailto:") if isinstance(value, str) else ""
    for form, prefix in ((_EMAIL, "mailto:"), (_PAGE, "")):
        if match := form.fullmatch(text):
            return Contact(text, Markup(prefix + text)), match["host"]
    return None, ""


def _parse_telephone(value: object, invented: bool) -> tuple[Contact | None, tuple[str, ...]]:
    """A telephone number, and what is wrong with it."""
    what = "corrections_telephone (whom readers ring about a page)"
    if value == "":
        return None, ()
    if not isinstance(value, str) or not _TELEPHONE.fullmatch(value):
        return None, (f"{what} is none",)
    digits = value.replace(" ", "")
    if not invented and _EXAMPLE_TELEPHONES.fullmatch(digits.replace("+44", "0")):
        return None, (f"{what} is still the number of an example, which nobody answers",)
    return Contact(value, Markup(f"tel:{digits}")), ()


def _parse_post(value: object, invented: bool) -> tuple[str, tuple[str, ...]]:
    """A postal address, and what is wrong with it."""
    what = "corrections_post (where readers send letters about a page)"
    if value == "":
        return "", ()
    if not isinstance(value, str) or not _POST.fullmatch(value):
        return "", (f"{what} is none",)
    if not invented and _EXAMPLE_POST.search(value):
        return "", (f"{what} is still the address of an example, which nobody reads",)
    return value, ()
