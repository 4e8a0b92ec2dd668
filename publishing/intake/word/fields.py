"""Fields and other wrappings of text in Word, made plain: what they show is the text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from publishing.intake.word.package import Package
from publishing.intake.word.xml import child, number, prefixed, value, within, word

_WRAPPINGS = frozenset(("fldSimple", "smartTag", "bdo", "dir"))
"""Elements around runs that only say what the text is or which way it is read."""


def show_fields(package: Package) -> None:
    """Put what fields show in their place: captions, cross-references, dates, and the choice made in an old form's list."""
    for _, root in package.parts("word/"):
        for parent in list(root.iter()):
            if any(word(element) in _WRAPPINGS for element in parent):
                parent[:] = list(_unwrapped(parent))
            if word(parent) == "r" and (chosen := _chosen_entry(parent)):
                text = Element(prefixed(parent, "t"))
                text.text = chosen
                parent.insert(0 if child(parent, "rPr") is None else 1, text)


def _unwrapped(parent: Element) -> Iterator[Element]:
    for element in parent:
        if word(element) in _WRAPPINGS:
            yield from _unwrapped(element)
        else:
            yield element


def _chosen_entry(run: Element) -> str:
    """What a drop-down list of an old form shows: Word keeps only its number (ISO/IEC 29500-1, 17.16.9)."""
    choices = within(run, "fldChar", "ffData", "ddList")
    if choices is None:
        return ""
    entries = [value(entry) or "" for entry in choices if word(entry) == "listEntry"]
    chosen = child(choices, "result")
    place = number(chosen if chosen is not None else child(choices, "default"))
    return entries[place] if place < len(entries) else ""
