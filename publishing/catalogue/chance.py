"""Whether two shares differ by more than chance alone would bring."""

from __future__ import annotations

from math import comb

UNLIKELY = 0.05
"""What comes up less often than in one of twenty tries is more than chance, however many shares are compared."""


def is_beyond_chance(part: int, whole: int, other_part: int, other_whole: int, compared: int) -> bool:
    """Whether a difference as large would come up in fewer than one of twenty tries if nothing had changed.

    Fisher's exact test, two-sided: https://en.wikipedia.org/wiki/Fisher%27s_exact_test. The more shares are `compared`,
    the rarer it must be (Bonferroni's correction): of thirty themes one changes a good deal by chance.
    """
    drawn, total = part + other_part, whole + other_whole
    ways = [comb(whole, n) * comb(other_whole, drawn - n) for n in range(min(whole, drawn) + 1)]
    as_rare = sum(way for way in ways if way <= ways[part])
    return as_rare * compared < UNLIKELY * comb(total, drawn)
