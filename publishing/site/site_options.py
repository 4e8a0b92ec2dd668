"""The options of mkdocs.yml that the publisher itself reads: the site's address, contacts, thresholds of disclosure control."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.catalogue import singling_out, small_counts
from publishing.errors import BuildError
from publishing.settings import project_root
from publishing.site.contacts import Contacts


@dataclass(frozen=True)
class SiteOptions:
    """`address` ends with a slash, or is "" where nobody has said where the site will stand.

    `name` is the site's; `invented` is whether each page says that its cases are; `contacts` are whom readers can write to.
    """

    address: str = ""
    name: str = "Candour"
    invented: bool = False
    contacts: Contacts = field(default_factory=Contacts)
    threshold: int = small_counts.THRESHOLD
    k: int = singling_out.K


def load_site_options() -> SiteOptions:
    """Read them; what is missing has its default.

    Raises:
        BuildError: a threshold is no whole number, or below 2.
    """
    # imported here: MkDocs is slow to import, and most commands build nothing
    from mkdocs.utils.yaml import yaml_load

    with (project_root() / "mkdocs.yml").open(encoding="utf-8") as file:
        settings = yaml_load(file)
    extra = settings.get("extra") or {}
    address = settings.get("site_url") or ""
    invented = bool(extra.get("invented_cases"))
    return SiteOptions(
        address=f"{address.rstrip('/')}/" if address else "",
        name=settings.get("site_name") or SiteOptions.name,
        invented=invented,
        contacts=Contacts.parse(extra, invented),
        threshold=_threshold(extra, "small_counts_below", small_counts.THRESHOLD),
        k=_threshold(extra, "cases_sharing_facts", singling_out.K),
    )


def _threshold(extra: dict[str, object], name: str, default: int) -> int:
    value = extra.get(name, default)
    if type(value) is not int or value < 2:
        raise BuildError(f"mkdocs.yml, extra, {name}: must be a whole number from 2")
    return value
