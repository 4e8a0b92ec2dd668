"""Where readers find support, from the site's own page of it, for what is not on the site."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publishing.settings import project_root

PAGE = "support/index.md"
"""In site_src."""

_ABOUT_THE_SITE = ("If you know something about a case", "Leaving this site quickly")
"""What of that page is no help to somebody who reads on paper."""


@dataclass(frozen=True)
class Support:
    """One kind of support: for whom, and who helps; `markdown` is our own, `words` the same without marks and links."""

    title: str
    markdown: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its paragraphs as plain text."""
        bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", self.markdown).replace("**", "")
        return tuple(" ".join(paragraph.split()) for paragraph in bare.split("\n\n") if paragraph.strip())


def load_support() -> tuple[Support, ...]:
    """Every kind; the first has no title, and is for whoever is in danger now."""
    page = (project_root() / "site_src" / PAGE).read_text(encoding="utf-8")
    first, *others = re.split(r"^## ", page.partition("\n# ")[2].partition("\n")[2], flags=re.MULTILINE)
    kinds = [Support("", first.strip())]
    for part in others:
        title, _, text = part.partition("\n")
        kinds.append(Support(title.strip(), text.strip()))
    return tuple(kind for kind in kinds if kind.title not in _ABOUT_THE_SITE)
