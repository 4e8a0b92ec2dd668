"""YAML without its surprises: a value is what a person who types it means, or a fault with its line.

Read from parser events rather than with `yaml.safe_load`, which keeps the last of two fields of one name, turns 010
into 8, `on` into True and 12:30 into 750, expands aliases without limit, and forgets on which line a value stood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from publishing.intake.faults import Fault, FaultsError

DEPTH = 12
"""Levels of nesting; the deepest field there is stands on the fifth."""

LIMIT = 1_000_000
"""Characters; a register of a thousand people has under 100,000."""

Path = tuple[str | int, ...]
"""Where a value stands: field names, and positions in lists from 0."""

_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_HINTS = (
    (
        "mapping values are not allowed",
        "a value with a colon and a space inside it must stand in quotes, and fields begin in one column",
    ),
    (
        "cannot start any token",
        "a value that begins with a character YAML keeps for itself (such as @ ` or %) must stand in quotes; "
        "indent with spaces, not tabs",
    ),
    ("could not find expected ':'", "a field needs a colon and a space after its name"),
    ("unexpected end of stream", "a quotation mark is opened here and never closed"),
    ("unknown escape", "a backslash inside double quotes is special: use single quotes"),
    ("',' or ']'", "a list in square brackets is not closed, or lacks a comma"),
    ("',' or '}'", "braces are not closed, or lack a comma; a value with a comma or brace in it must stand in quotes"),
    ("block end", "the line does not line up with those above it"),
    ("'-' indicator", "the line does not line up with the list above it"),
    ("expected key", "the line does not line up with those above it"),
    ("alphabetic or numeric", "a value that begins with & or * must stand in quotes"),
)


class Unclear:
    """Stands for a value that YAML reads as neither text nor a whole number nor a day (010, yes, 1.5, 12:30)."""

    def __repr__(self) -> str:
        """Never the value."""
        return "Unclear()"


Value = str | int | dt.date | Unclear | tuple["Value", ...] | dict[str, "Value"] | None


@dataclass
class Document:
    """A YAML file as read: `data` with lists as tuples and empty fields left out, and the line of each value."""

    file: str
    data: Value
    lines: dict[Path, int]
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """The line of a value, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def fault(self, path: Path, text: str) -> Fault:
        """A fault at a value."""
        return Fault(self.file, self.line(path), text)


def parse(text: str, file: str, first_line: int = 1) -> Document:
    """Read one YAML document.

    Faults that leave the rest readable (a field that stands twice, an alias, a tag) are in `.faults`.

    Raises:
        FaultsError: it is not YAML, too large, too deep, or several documents.
    """
    if len(text) > LIMIT:
        raise FaultsError(Fault(file, first_line, "is far longer than it can be: is this the right file?"))
    return _Reading(text, file, first_line).document()


class _Reading:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.text = text
        self.file = file
        self.first_line = first_line
        self.result = Document(file, None, {(): first_line})
        self.events: Iterator[yaml.Event] = iter(())

    def document(self) -> Document:
        try:
            self.events = iter(yaml.parse(self.text, Loader=_LOADER))
            next(self.events)
            event = next(self.events)
            if isinstance(event, yaml.DocumentStartEvent):
                self.result.data = self._value(next(self.events), (), 0)
                next(self.events)
                event = next(self.events)
            if not isinstance(event, yaml.StreamEndEvent):
                raise self._refusal(event, "a line of --- or ... divides the file here: delete it")
        except yaml.YAMLError as error:
            raise FaultsError(self._unreadable(error), *self.result.faults) from None
        return self.result

    def _value(self, event: yaml.Event, path: Path, depth: int) -> Value:
        self.result.lines.setdefault(path, self._line(event))
        if depth > DEPTH:
            raise self._refusal(event, "lists and fields stand inside each other too deeply")
        self._plain(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._fields(path, depth)
        return Unclear()  # an alias, which has its fault already

    def _plain(self, event: yaml.Event) -> None:
        """Note an anchor, an alias or a tag: no case file needs one."""
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None) is not None or tag not in (None, "!"):
            mark = "!" if tag not in (None, "!") else "& or *"
            words = f"a value that begins with {mark} means something else to YAML: put it in quotes"
            self.result.faults.append(Fault(self.file, self._line(event), words))

    def _list(self, path: Path, depth: int) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return tuple(items)

    def _fields(self, path: Path, depth: int) -> Value:
        fields: dict[str, Value] = {}
        seen: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, "a field's name must be one word, then a colon")
            self._plain(event)
            name, line = event.value, self._line(event)
            if name in seen:
                self.result.faults.append(
                    Fault(self.file, line, f"this field stands already on line {seen[name]}: keep one of the two")
                )
            else:
                self.result.lines[(*path, name)] = line
            value = self._value(next(self.events), (*path, name), depth + 1)
            if name not in seen and value is not None:
                fields[name] = value
            seen.setdefault(name, line)
        return fields

    def _refusal(self, event: yaml.Event, text: str) -> FaultsError:
        return FaultsError(Fault(self.file, self._line(event), text), *self.result.faults)

    def _line(self, event: yaml.Event) -> int:
        # counted in the text: YAML also takes some Unicode separators for ends of lines, editors don't
        mark = event.start_mark
        return self.first_line + (self.text.count("\n", 0, mark.index) if mark else 0)

    def _unreadable(self, error: yaml.YAMLError) -> Fault:
        # the parser's own words may quote the text, so only what they are about is used
        problem = str(getattr(error, "problem", ""))
        mark = getattr(error, "problem_mark", None)
        if "end of stream" in problem:
            mark = getattr(error, "context_mark", None) or mark
        index = mark.index if mark else getattr(error, "position", 0)
        line = self.first_line + self.text.count("\n", 0, min(index, len(self.text.rstrip())))
        hint = next((hint for sign, hint in _HINTS if sign in problem), "check its colons, quotes and indentation")
        return Fault(self.file, line, f"cannot be read as YAML: {hint}")


def _scalar(event: yaml.ScalarEvent) -> Value:
    value: str = event.value
    if not event.implicit[0]:
        return value
    if value in ("", "~") or value.lower() == "null":
        return None
    if _INTEGER.fullmatch(value):
        return int(value)
    if _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return Unclear()
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return value if tag == "tag:yaml.org,2002:str" else Unclear()
