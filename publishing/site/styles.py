"""The site's stylesheet: written in parts, published as one file so that a page asks for one."""

from __future__ import annotations

from pathlib import Path

from publishing.settings import project_root

PARTS = Path("assets", "styles", "site-parts")
"""Where site_src has the parts; they follow each other in the order of their names."""

STYLESHEET = Path("assets", "styles", "site.css")


def write_stylesheet(folder: Path) -> None:
    """Write the parts as one file into a site's Markdown folder, with a blank line between them."""
    parts = sorted((project_root() / "site_src" / PARTS).glob("*.css"))
    path = folder / STYLESHEET
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(part.read_bytes() for part in parts))
