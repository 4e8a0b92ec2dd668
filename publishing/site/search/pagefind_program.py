"""Pagefind as a program that is asked.

Its Python wrapper waits a tenth of a second for each answer (minutes, for thousands of lessons) and for ever if the
program dies, so this speaks the same protocol to the same program directly.
"""

from __future__ import annotations

import base64
import json
import subprocess
from io import BufferedReader
from types import TracebackType
from typing import IO, Any, cast

from pagefind.service import get_executable

from publishing.errors import BuildError
from publishing.files.program import identify_executable


def identify() -> list[object]:
    """Which Pagefind is asked, as `identify_executable` says it: the environment may name another than is installed."""
    return identify_executable(get_executable())


class PagefindProgram:
    """The Pagefind program as a service: one question in, one answer out."""

    def __enter__(self) -> PagefindProgram:
        self._process = subprocess.Popen(
            [str(get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, question: str, **details: Any) -> dict[str, Any]:
        """Send one request and wait for its answer.

        Raises:
            BuildError: Pagefind stopped or refused; the answer is not repeated, since it may hold a page's words.
        """
        message = {"message_id": 1, "payload": {"type": question, **details}}
        try:
            stdin = cast(IO[bytes], self._process.stdin)
            stdin.write(base64.b64encode(json.dumps(message).encode()) + b",")
            stdin.flush()
            answer = json.loads(base64.b64decode(self._read()))["payload"]
        except (OSError, ValueError, KeyError):
            raise BuildError(f"Pagefind stopped while it was asked to {question}") from None
        if answer["type"] == "Error":
            raise BuildError(f"Pagefind refused to {question}")
        return cast(dict[str, Any], answer)

    def _read(self) -> bytes:
        stdout = cast(BufferedReader, self._process.stdout)
        answer = bytearray()
        while not answer.endswith(b","):
            piece = stdout.read1()
            if not piece:
                break
            answer += piece
        return bytes(answer.removesuffix(b","))
