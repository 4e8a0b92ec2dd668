"""register.yml, changed entry by entry: what was not changed stays as it is, and no comment is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from publishing.workbench.forms.front_matter_editing import quote

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)


@dataclass(frozen=True)
class _LineEdit:
    """Words to put in the place of text[start:end]."""

    start: int
    end: int
    words: str


def comments(text: str) -> list[str]:
    """Every comment of a YAML file, wherever it is, in order."""
    return [text[start:end] for start, end in _find_comments(text, _compose(text))]


def rewrite_register(
    text: str, people: Sequence[str | None], added: Sequence[str], lists: Mapping[str, Sequence[str]]
) -> str:
    """A register with some of its entries as they are wanted.

    Args:
        text: the register as it is: YAML, a mapping.
        people: for each person in it what to put in their place, as YAML on one line; empty takes them out, None leaves them.
        added: further people, as YAML.
        lists: what each list is to hold.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    root = _compose(text)
    fields = {key.value: (key, value) for key, value in root.value}
    notes = _find_comments(text, root)
    edits: list[_LineEdit] = []
    if added or any(entry is not None for entry in people):
        edits += _edit_people(text, fields.get("people"), people, added, notes)
    for name, wanted in lists.items():
        edits += _edit_list(text, name, fields.get(name), wanted, notes)
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text


def _compose(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    return root


_Field = tuple[yaml.Node, yaml.Node]
_CommentSpans = Sequence[tuple[int, int]]


def _edit_people(
    text: str, field: _Field | None, people: Sequence[str | None], added: Sequence[str], notes: _CommentSpans
) -> Iterator[_LineEdit]:
    if field is None:
        yield _LineEdit(len(text), len(text), "".join(("people:\n", *(f"  - {entry}\n" for entry in added))))
        return
    key, node = field
    entries = [text[one.start_mark.index : _value_end(text, one)] for one in node.value] if people else []
    left = [entry if said is None else said for entry, said in zip(entries, people, strict=True) if said != ""]
    if not entries and added:
        yield from _replace_value(text, key, node, "".join(f"\n  - {entry}" for entry in added), notes, gap=True)
    elif not _is_block_style(node) or not [*left, *added]:
        yield from _replace_value(text, key, node, f"[{', '.join([*left, *added])}]", notes)
    else:
        for one, said in zip(node.value, people, strict=True):
            yield from _edit_item(text, one, said, notes)
        yield _append_items(text, node, added)


def _edit_list(
    text: str, name: str, field: _Field | None, wanted: Sequence[str], notes: _CommentSpans
) -> Iterator[_LineEdit]:
    flow = f"[{', '.join(map(quote, wanted))}]"
    if field is None:
        if wanted:
            yield _LineEdit(len(text), len(text), f"{name}: {flow}\n")
        return
    key, node = field
    now = [one.value for one in node.value] if isinstance(node, yaml.SequenceNode) else []
    if now == list(wanted):
        return
    if now and wanted and _is_block_style(node):
        for one in node.value:
            yield from _edit_item(text, one, None if one.value in wanted else "", notes)
        yield _append_items(text, node, [quote(said) for said in wanted if said not in now])
    else:
        yield from _replace_value(text, key, node, flow, notes, gap=node.start_mark.index == key.end_mark.index + 1)


def _edit_item(text: str, node: yaml.Node, said: str | None, notes: _CommentSpans) -> Iterator[_LineEdit]:
    """An item of a list in lines of its own: left, taken out, or another in its place with its notes above it."""
    if said is None:
        return
    line, end = _line_start(text, text.rindex("-", 0, node.start_mark.index)), _value_end(text, node)
    if said:
        start = node.start_mark.index
        yield _LineEdit(line, line, _comments_above(text, line, start, end, notes))
        yield _LineEdit(start, end, said)
    else:
        yield _LineEdit(line, text.index("\n", end) + 1, "")


def _replace_value(
    text: str, key: yaml.Node, node: yaml.Node, words: str, notes: _CommentSpans, *, gap: bool = False
) -> Iterator[_LineEdit]:
    """Another value for a field, the notes within the old one above it."""
    line, start, end = _line_start(text, key.start_mark.index), node.start_mark.index, _value_end(text, node)
    yield _LineEdit(line, line, _comments_above(text, line, start, end, notes))
    yield _LineEdit(
        key.end_mark.index + 1 if gap else start, end, words if words.startswith("\n") or not gap else f" {words}"
    )


def _append_items(text: str, node: yaml.Node, added: Sequence[str]) -> _LineEdit:
    """More items at the end of a list in lines."""
    first = text.rindex("-", 0, node.value[0].start_mark.index)
    indent = text[_line_start(text, first) : first]
    place = text.index("\n", _value_end(text, node)) + 1
    return _LineEdit(place, place, "".join(f"{indent}- {entry}\n" for entry in added))


def _comments_above(text: str, line: int, start: int, end: int, notes: _CommentSpans) -> str:
    indent = text[line : line + len(text[line:]) - len(text[line:].lstrip(" "))]
    return "".join(f"{indent}{text[first:last].rstrip()}\n" for first, last in notes if start <= first < end)


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _value_end(text: str, node: yaml.Node) -> int:
    """Where a value ends: what YAML calls the end of one in lines is where the next thing begins."""
    if _is_block_style(node) and node.value:
        last = node.value[-1]
        return _value_end(text, last[1] if isinstance(last, tuple) else last)
    end = int(node.end_mark.index)
    return len(text[:end].rstrip("\n ")) if end > node.start_mark.index else end


def _is_block_style(node: yaml.Node) -> bool:
    """Whether a list or mapping has its items in lines of their own, without brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _find_comments(text: str, root: yaml.Node) -> list[tuple[int, int]]:
    inside = list(_scalar_spans(root))
    found = (match.span() for match in _COMMENT.finditer(text))
    return [span for span in found if not any(start <= span[0] < end for start, end in inside)]


def _scalar_spans(node: yaml.Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    else:
        for one in node.value:
            for child in one if isinstance(one, tuple) else (one,):
                yield from _scalar_spans(child)
