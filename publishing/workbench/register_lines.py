"""register.yml, changed entry by entry: what was not changed stays as it stands, and no note is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from publishing.workbench.front import quoted

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)


@dataclass(frozen=True)
class _Edit:
    """Words to put in the place of text[start:end]."""

    start: int
    end: int
    words: str


def comments(text: str) -> list[str]:
    """Every note in a YAML file, wherever it stands, in its order."""
    return [text[start:end] for start, end in _comments(text, _read(text))]


def rewritten(text: str, people: Sequence[str | None], added: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    """A register with some of its entries as they are wanted.

    Args:
        text: the register as it is: YAML, a mapping.
        people: for each person in it what to put in their place, as YAML on one line; empty takes them out, None leaves them.
        added: further people, as YAML.
        lists: what each list is to hold.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    root = _read(text)
    fields = {key.value: (key, value) for key, value in root.value}
    notes = _comments(text, root)
    edits: list[_Edit] = []
    if added or any(entry is not None for entry in people):
        edits += _people(text, fields.get("people"), people, added, notes)
    for name, wanted in lists.items():
        edits += _list(text, name, fields.get(name), wanted, notes)
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text


def _read(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    return root


_Field = tuple[yaml.Node, yaml.Node]
_Notes = Sequence[tuple[int, int]]


def _people(
    text: str, field: _Field | None, people: Sequence[str | None], added: Sequence[str], notes: _Notes
) -> Iterator[_Edit]:
    if field is None:
        yield _Edit(len(text), len(text), "".join(("people:\n", *(f"  - {entry}\n" for entry in added))))
        return
    key, node = field
    entries = [text[one.start_mark.index : _end(text, one)] for one in node.value] if people else []
    left = [entry if said is None else said for entry, said in zip(entries, people, strict=True) if said != ""]
    if not entries and added:
        yield from _instead(text, key, node, "".join(f"\n  - {entry}" for entry in added), notes, gap=True)
    elif not _in_lines(node) or not [*left, *added]:
        yield from _instead(text, key, node, f"[{', '.join([*left, *added])}]", notes)
    else:
        for one, said in zip(node.value, people, strict=True):
            yield from _item(text, one, said, notes)
        yield _after(text, node, added)


def _list(text: str, name: str, field: _Field | None, wanted: Sequence[str], notes: _Notes) -> Iterator[_Edit]:
    flow = f"[{', '.join(map(quoted, wanted))}]"
    if field is None:
        if wanted:
            yield _Edit(len(text), len(text), f"{name}: {flow}\n")
        return
    key, node = field
    now = [one.value for one in node.value] if isinstance(node, yaml.SequenceNode) else []
    if now == list(wanted):
        return
    if now and wanted and _in_lines(node):
        for one in node.value:
            yield from _item(text, one, None if one.value in wanted else "", notes)
        yield _after(text, node, [quoted(said) for said in wanted if said not in now])
    else:
        yield from _instead(text, key, node, flow, notes, gap=node.start_mark.index == key.end_mark.index + 1)


def _item(text: str, node: yaml.Node, said: str | None, notes: _Notes) -> Iterator[_Edit]:
    """An item of a list in lines of its own: left, taken out, or another in its place with its notes above it."""
    if said is None:
        return
    line, end = _line(text, text.rindex("-", 0, node.start_mark.index)), _end(text, node)
    if said:
        start = node.start_mark.index
        yield _Edit(line, line, _above(text, line, start, end, notes))
        yield _Edit(start, end, said)
    else:
        yield _Edit(line, text.index("\n", end) + 1, "")


def _instead(
    text: str, key: yaml.Node, node: yaml.Node, words: str, notes: _Notes, *, gap: bool = False
) -> Iterator[_Edit]:
    """Another value for a field, the notes within the old one above it."""
    line, start, end = _line(text, key.start_mark.index), node.start_mark.index, _end(text, node)
    yield _Edit(line, line, _above(text, line, start, end, notes))
    yield _Edit(
        key.end_mark.index + 1 if gap else start, end, words if words.startswith("\n") or not gap else f" {words}"
    )


def _after(text: str, node: yaml.Node, added: Sequence[str]) -> _Edit:
    """More items at the end of a list in lines."""
    first = text.rindex("-", 0, node.value[0].start_mark.index)
    indent = text[_line(text, first) : first]
    place = text.index("\n", _end(text, node)) + 1
    return _Edit(place, place, "".join(f"{indent}- {entry}\n" for entry in added))


def _above(text: str, line: int, start: int, end: int, notes: _Notes) -> str:
    indent = text[line : line + len(text[line:]) - len(text[line:].lstrip(" "))]
    return "".join(f"{indent}{text[first:last].rstrip()}\n" for first, last in notes if start <= first < end)


def _line(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends: what YAML calls the end of one in lines is where the next thing begins."""
    if _in_lines(node) and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end = int(node.end_mark.index)
    return len(text[:end].rstrip("\n ")) if end > node.start_mark.index else end


def _in_lines(node: yaml.Node) -> bool:
    """Whether a list or mapping has its items in lines of their own, without brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _comments(text: str, root: yaml.Node) -> list[tuple[int, int]]:
    inside = list(_scalars(root))
    found = (match.span() for match in _COMMENT.finditer(text))
    return [span for span in found if not any(start <= span[0] < end for start, end in inside)]


def _scalars(node: yaml.Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    else:
        for one in node.value:
            for child in one if isinstance(one, tuple) else (one,):
                yield from _scalars(child)
