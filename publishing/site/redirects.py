"""Addresses that lists once had: a page at each that leads on, on any web server and under any sub-path."""

from __future__ import annotations

from pathlib import Path

_MOVED_LISTS = {"years": ("reviews", "lessons"), "agencies": ("lessons/agencies",)}
"""Folders of lists, each with those where they were before."""

_LEADING_ON = {"recommendations": "lessons"}
"""Lists that became one with another, page by page."""


def write_redirects(folder: Path) -> None:
    """Write a page at each old address of a list in a folder of Markdown; an address in use is left alone."""
    for folder_now, folders_before in _MOVED_LISTS.items():
        for page in sorted((folder / folder_now).glob("*/**/index.md")):
            place = page.relative_to(folder / folder_now)
            for old in folders_before:
                _lead_on(folder, Path(old, place.parent), Path(folder_now, place.parent))
    for old, now in _LEADING_ON.items():
        for place in (Path(), *(page.relative_to(folder / now) for page in (folder / now).glob("page-*"))):
            _lead_on(folder, Path(old, place), Path(now, place))


def _lead_on(folder: Path, old: Path, now: Path) -> None:
    """Write a page at an old address, below a folder, that leads on to the new one; one that is in use is left alone."""
    path = folder / old / "index.md"
    if path.exists():
        return
    to = f"{'../' * len(old.parts)}{now.as_posix()}/"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'---\ntitle: This page has moved\ndescription: This page has moved.\ntemplate: moved.html\nkind: moved\nto: "{to}"\n---\n\n'
        f"# This page has moved\n\n[Go on to where it is now]({to}index.md)\n",
        encoding="utf-8",
        newline="\n",
    )
