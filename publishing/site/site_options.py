"""The options of mkdocs.yml that the publisher itself reads: the site's address, contacts, thresholds of disclosure control."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.catalogue import singling_out, small_counts
from publishing.errors import BuildError
from publishing.settings import read_mkdocs_settings
from publishing.site.contacts import Contacts


@dataclass(frozen=True)
class SiteOptions:
    """`address` ends with a slash, or is "" where nobody has said where the site will stand.

    `name` is the site's; `invented` is whether each page says that its cases are; `contacts` are whom readers can write to;
    `kept_releases` is how many are kept to go back to; `unlisted` are the kinds of page that search engines are asked to leave out.
    """

    address: str = ""
    name: str = "Candour"
    invented: bool = False
    contacts: Contacts = field(default_factory=Contacts)
    threshold: int = small_counts.THRESHOLD
    k: int = singling_out.K
    kept_releases: int = 3
    unlisted: frozenset[str] = frozenset()


def load_site_options() -> SiteOptions:
    """Read them; what is missing has its default.

    Raises:
        BuildError: a threshold is no whole number, or below 2; so many releases cannot be kept; or `unlisted` is no list of kinds.
    """
    settings = read_mkdocs_settings()
    extra = settings.get("extra") or {}
    address = settings.get("site_url") or ""
    invented = bool(extra.get("invented_cases"))
    return SiteOptions(
        address=f"{address.rstrip('/')}/" if address else "",
        name=settings.get("site_name") or SiteOptions.name,
        invented=invented,
        contacts=Contacts.parse(extra, invented),
        threshold=_number(extra, "small_counts_below", small_counts.THRESHOLD, 2),
        k=_number(extra, "cases_sharing_facts", singling_out.K, 2),
        kept_releases=_number(extra, "kept_releases", SiteOptions.kept_releases, 0),
        unlisted=_kinds(extra, "unlisted"),
    )


def _kinds(extra: dict[str, object], name: str) -> frozenset[str]:
    value = extra.get(name) or []
    if not (isinstance(value, list) and all(isinstance(kind, str) for kind in value)):
        # templates ask the same setting with `in`, which finds letters and pieces of words in plain text
        raise BuildError(
            f"mkdocs.yml, extra, {name}: must be a list of kinds of page, in square brackets, such as [pack, learning]"
        )
    return frozenset(value)


def _number(extra: dict[str, object], name: str, default: int, least: int) -> int:
    value = extra.get(name, default)
    if type(value) is not int or value < least:
        raise BuildError(f"mkdocs.yml, extra, {name}: must be a whole number from {least}")
    return value
