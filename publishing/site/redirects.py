"""The address that a list once had and that people were given: a page there leads on, on any web server and under any sub-path.

Addresses of lists that moved before are answered by the page "not found" and by nginx.conf: a page for each of them was a quarter of the site.
"""

from __future__ import annotations

from pathlib import Path

_LEADING_ON = {"recommendations": "lessons"}


def write_redirects(folder: Path) -> None:
    """Write a page at each old address in a folder of Markdown."""
    for old, now in _LEADING_ON.items():
        path, to = folder / old / "index.md", f"../{now}/"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'---\ntitle: This page has moved\ndescription: This page has moved.\ntemplate: moved.html\nkind: moved\nto: "{to}"\n---\n\n'
            f"# This page has moved\n\n[Go on to where it is now]({to}index.md)\n",
            encoding="utf-8",
            newline="\n",
        )
