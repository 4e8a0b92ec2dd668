"""The head of review.md, changed line by line: only the fields that were changed are rewritten, and notes beside them stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from publishing.errors import PublishingError
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import FaultsError

_FENCE = "---"
_VALUE = re.compile(
    r"""^(?P<name>\s*[a-z_]+:)[ ]*(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\]]*\]|[^#\n]*?)(?P<note>\s+\#.*)?$""",
    re.VERBOSE,
)


class FrontMatterLines:
    """The front matter of one case: its lines, and what they say; `body` is the review below it.

    Raises:
        PublishingError: review.md cannot be read, has no front matter, or writes it in a way that cannot be changed here.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            text = plain_text.read_utf8(folder / "review.md")
        except FaultsError:
            raise PublishingError(f"{folder.name}: review.md cannot be read as text.") from None
        lines = text.split("\n")
        ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
        if len(ends) < 2 or ends[0] != 0:
            raise PublishingError(f"{folder.name}: review.md has no front matter.")
        self.lines = lines[1 : ends[1]]
        self.body = "\n".join(lines[ends[1] + 1 :])
        self.data = self._read()

    def to_markdown(self) -> str:
        """review.md with its head as it is now."""
        return "\n".join((_FENCE, *self.lines, _FENCE, self.body))

    def reread(self) -> None:
        """Read the lines again after they were changed; whoever changed them holds `data` against what was meant."""
        self.data = self._read()

    def unsupported_layout(self) -> PublishingError:
        """What to do where a line cannot be changed here."""
        return PublishingError(
            f"{self._folder.name}: the head of review.md is written in a way that this form cannot change. Nothing was "
            "written; change it in a text editor."
        )

    def _read(self) -> dict[str, strict_yaml.YamlValue]:
        try:
            data = strict_yaml.parse("\n".join(self.lines), "review.md", first_line=2).data
        except FaultsError:
            raise self.unsupported_layout() from None
        return dict(data) if isinstance(data, dict) else {}


def quote(text: str) -> str:
    """Text as a YAML value that is read back as itself."""
    return json.dumps(text, ensure_ascii=False)


def set_field(lines: list[str], path: Sequence[str], value: str, indent: str = "") -> list[str]:
    """The lines with one field set; its note stays, and so do lines of notes under it.

    Args:
        lines: of YAML, in block style.
        path: the names of the fields that lead to it, from the outermost; those that are not there are made.
        value: as YAML, on one line; empty leaves the field without a value.
        indent: of the outermost field.
    """
    first, last = 0, len(lines)
    for name in path[:-1]:
        start = find_field(lines, name, first, last, indent)
        if start is None:
            lines = [*lines, f"{indent}{name}:"]
            start = len(lines) - 1
        elif not re.fullmatch(rf"{name}:\s*(#.*)?", lines[start].strip()):
            return lines  # a field written on one line, which the check afterwards reports
        first, last = start + 1, find_field_end(lines, start)
        indent += "  "
    name = path[-1]
    place = find_field(lines, name, first, last, indent)
    if place is None:
        return [*lines[:last], f"{indent}{name}: {value}".rstrip(), *lines[last:]]
    match = _VALUE.match(lines[place])
    note = (match["note"] or "") if match else ""
    end = find_field_end(lines, place)
    under = [line for line in lines[place + 1 : end] if line.lstrip().startswith("#") or not line.strip()]
    return [*lines[:place], f"{indent}{name}: {value}".rstrip() + note, *under, *lines[end:]]


def find_field(lines: Sequence[str], name: str, first: int, last: int, indent: str = "") -> int | None:
    """The line on which a field begins."""
    return next((n for n in range(first, last) if re.match(rf"{indent}{name}:(\s|$)", lines[n])), None)


def find_field_end(lines: Sequence[str], start: int) -> int:
    """Where a field's value ends: before the next line that is no deeper, notes and empty lines apart."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        deeper = len(line) - len(line.lstrip()) > depth
        if not deeper and not (line.lstrip().startswith("- ") and len(line) - len(line.lstrip()) == depth):
            break
        end = number + 1
    return end
