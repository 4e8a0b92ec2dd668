"""Addresses that lists once had: a page at each that leads on, on any web server and under any sub-path."""

from __future__ import annotations

from pathlib import Path

_MOVED = {"years": ("reviews", "lessons"), "agencies": ("lessons/agencies",)}
"""Where lists stand, and the folders where they stood."""


def write(folder: Path) -> None:
    """Write a page at each old address of a list that stands in a folder of Markdown; an address in use is left alone."""
    for now, before in _MOVED.items():
        for page in sorted((folder / now).glob("*/**/index.md")):
            place = page.relative_to(folder / now)
            for old in before:
                path = folder / old / place
                if path.exists():
                    continue
                to = f"{'../' * len(path.parent.relative_to(folder).parts)}{now}/{place.parent.as_posix()}/"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(
                    f'---\ntitle: This page has moved\ntemplate: moved.html\nkind: moved\nto: "{to}"\n---\n\n'
                    f"# This page has moved\n\n[Go on to where it is now]({to}index.md)\n",
                    encoding="utf-8",
                    newline="\n",
                )
