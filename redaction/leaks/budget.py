"""How much one file may unpack to, and what is said of a file that cannot be read to the end."""

from __future__ import annotations

from dataclasses import dataclass, field

LIMIT = 128 * 1024 * 1024

"""Bytes that one file may unpack to; a real page, image or index holds far less."""


class UnpackingError(Exception):
    """The bytes cannot be read to the end, so nothing can be said of them. Holds no word of them."""


@dataclass
class Budget:
    """Bytes that are left to unpack."""

    left: int = field(default_factory=lambda: LIMIT)

    def spend(self, size: int) -> None:
        """Take some.

        Raises:
            UnpackingError: so many are not left.
        """
        self.left -= size
        if self.left < 0:
            raise UnpackingError(f"it unpacks to more than {LIMIT // 2**20} MiB")
