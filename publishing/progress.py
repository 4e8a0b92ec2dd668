"""How far a long step has come: whoever works tells it, and whoever shows it to a person listens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")


class Listener(Protocol):
    """What shows progress. Steps follow each other; none is within another."""

    def begin(self, step: str, total: int) -> None:
        """A step begins, of so many pieces of work; `step` says what is done to them ("searching files")."""

    def advance(self) -> None:
        """One piece is done."""

    def end(self) -> None:
        """The step has ended, or failed."""


_listening: ContextVar[Listener | None] = ContextVar("listening", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tell progress to a listener, for as long as what is done within lasts; outside nobody is told."""
    before = _listening.set(listener)
    try:
        yield
    finally:
        _listening.reset(before)


@contextmanager
def step(name: str, total: int) -> Iterator[Callable[[], None]]:
    """A step of so many pieces; whoever works calls what it gets after each."""
    listener = _listening.get()
    if listener is None:
        yield lambda: None
        return
    listener.begin(name, total)
    try:
        yield listener.advance
    finally:
        listener.end()


def track(name: str, pieces: Collection[T]) -> Iterator[T]:
    """Each piece of a step, told as done where the next is asked for."""
    with step(name, len(pieces)) as advance:
        for piece in pieces:
            yield piece
            advance()
