"""Whom readers can write to: the contacts of mkdocs.yml, each an e-mail address or a web address.

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


@dataclass(frozen=True)
class Contact:
    """An address as readers see it, and as a link: `mailto:…` or `https://…`, safe in Markdown and HTML as it is."""

    text: str
    link: Markup


@dataclass(frozen=True)
class Contacts:
    """The contacts that pages may name, by kind, and what is wrong with the others, in words for whoever builds."""

    known: Mapping[Kind, Contact] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @classmethod
    def parse(cls, extra: Mapping[str, object], invented: bool) -> Contacts:
        """Read `corrections_contact`, `press_contact`, `feedback_contact` and `security_contact`, each of which may be empty.

        Args:
            extra: `extra` of mkdocs.yml.
            invented: whether the site's cases are invented. Only then may a contact be an example's, or corrections have none.
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
        return cls(known, tuple(faults))

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
            'feedback_contact and security_contact may be "". Then build again. Only a site of invented cases (invented_cases: true) may have examples.'
        )


def _parse(value: object) -> tuple[Contact | None, str]:
    """A contact and its host; None where the value is none."""
    text = value.removeprefix("mailto:") if isinstance(value, str) else ""
    for form, prefix in ((_EMAIL, "mailto:"), (_PAGE, "")):
        if match := form.fullmatch(text):
            return Contact(text, Markup(prefix + text)), match["host"]
    return None, ""
