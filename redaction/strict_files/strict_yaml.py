"""YAML without its surprises: a value is what a person who types it means, or a fault with its line.

Read from parser events rather than with `yaml.safe_load`, which keeps the last of two fields of one name, turns 010
into 8, `on` into True and 12:30 into 750, expands aliases without limit, and forgets the line of each value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from redaction.strict_files.faults import Fault, FaultsError

DEPTH_LIMIT = 12
"""Levels of nesting; the deepest field there is has five."""

CHARACTER_LIMIT = 1_000_000
"""Characters; a register of a thousand people has under 100,000."""

ValuePath = tuple[str | int, ...]
"""The way to a value: field names, and positions in lists from 0."""

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


class UnclearValue:
    """In place of a value that YAML reads as neither text nor a whole number nor a day (010, yes, 1.5, 12:30)."""

    def __repr__(self) -> str:
        """Never the value."""
        return "Unclear()"


YamlValue = str | int | dt.date | UnclearValue | tuple["YamlValue", ...] | dict[str, "YamlValue"] | None


@dataclass
class YamlDocument:
    """A YAML file as read: `data` with lists as tuples and empty fields left out, and the line of each value."""

    file: str
    data: YamlValue
    lines: dict[ValuePath, int]
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: ValuePath) -> int | None:
        """The line of a value, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def value(self, path: ValuePath) -> Any:
        """The value at a path."""
        value: Any = self.data
        for part in path:
            value = value[part]
        return value

    def fault(self, path: ValuePath, text: str) -> Fault:
        """A fault at a value."""
        return Fault(self.file, self.line(path), text)


def parse(text: str, file: str, first_line: int = 1) -> YamlDocument:
    """Read one YAML document.

    Faults that leave the rest readable (a field given twice, an alias, a tag) are in `.faults`.

    Raises:
        FaultsError: it is not YAML, too large, too deep, or several documents.
    """
    if len(text) > CHARACTER_LIMIT:
        raise FaultsError(Fault(file, first_line, "is far longer than it can be: is this the right file?"))
    return _EventReader(text, file, first_line).read()


class _EventReader:
    """Builds a document from the parser's events."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self._text = text
        self._file = file
        self._first_line = first_line
        self._document = YamlDocument(file, None, {(): first_line})
        self._events: Iterator[yaml.Event] = iter(())

    def read(self) -> YamlDocument:
        """The whole document."""
        try:
            self._events = iter(yaml.parse(self._text, Loader=_LOADER))
            next(self._events)
            event = next(self._events)
            if isinstance(event, yaml.DocumentStartEvent):
                self._document.data = self._value(next(self._events), (), 0)
                next(self._events)
                event = next(self._events)
            if not isinstance(event, yaml.StreamEndEvent):
                raise self._refusal(event, "a line of --- or ... divides the file here: delete it")
        except yaml.YAMLError as error:
            raise FaultsError(self._syntax_fault(error), *self._document.faults) from None
        return self._document

    def _value(self, event: yaml.Event, path: ValuePath, depth: int) -> YamlValue:
        self._document.lines.setdefault(path, self._line(event))
        if depth > DEPTH_LIMIT:
            raise self._refusal(event, "lists and fields stand inside each other too deeply")
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return _parse_scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._fields(path, depth)
        return UnclearValue()  # an alias, which has its fault already

    def _refuse_marks(self, event: yaml.Event) -> None:
        """A fault for an anchor, an alias or a tag: no case file needs one."""
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None) is not None or tag not in (None, "!"):
            mark = "!" if tag not in (None, "!") else "& or *"
            words = f"a value that begins with {mark} means something else to YAML: put it in quotes"
            self._document.faults.append(Fault(self._file, self._line(event), words))

    def _list(self, path: ValuePath, depth: int) -> YamlValue:
        items: list[YamlValue] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return tuple(items)

    def _fields(self, path: ValuePath, depth: int) -> YamlValue:
        fields: dict[str, YamlValue] = {}
        seen: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, "a field's name must be one word, then a colon")
            self._refuse_marks(event)
            name, line = event.value, self._line(event)
            if name in seen:
                self._document.faults.append(
                    Fault(self._file, line, f"this field stands already on line {seen[name]}: keep one of the two")
                )
            else:
                self._document.lines[(*path, name)] = line
            value = self._value(next(self._events), (*path, name), depth + 1)
            if name not in seen and value is not None:
                fields[name] = value
            seen.setdefault(name, line)
        return fields

    def _refusal(self, event: yaml.Event, text: str) -> FaultsError:
        return FaultsError(Fault(self._file, self._line(event), text), *self._document.faults)

    def _line(self, event: yaml.Event) -> int:
        # counted in the text: YAML also takes some Unicode separators for ends of lines, editors don't
        mark = event.start_mark
        return self._first_line + (self._text.count("\n", 0, mark.index) if mark else 0)

    def _syntax_fault(self, error: yaml.YAMLError) -> Fault:
        # the parser's own words may quote the text, so only what they are about is used
        problem = str(getattr(error, "problem", ""))
        mark = getattr(error, "problem_mark", None)
        if "end of stream" in problem:
            mark = getattr(error, "context_mark", None) or mark
        index = mark.index if mark else getattr(error, "position", 0)
        line = self._first_line + self._text.count("\n", 0, min(index, len(self._text.rstrip())))
        hint = next((hint for sign, hint in _HINTS if sign in problem), "check its colons, quotes and indentation")
        return Fault(self._file, line, f"cannot be read as YAML: {hint}")


def _parse_scalar(event: yaml.ScalarEvent) -> YamlValue:
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
            return UnclearValue()
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return value if tag == "tag:yaml.org,2002:str" else UnclearValue()


def describe_path(path: ValuePath) -> str:
    """The way to a value in words: ("lessons", 1, "text") is "lessons no. 2, text"."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} no. {part + 1}" if words else f"no. {part + 1}"]
        else:
            words.append(part)
    return ", ".join(words)
