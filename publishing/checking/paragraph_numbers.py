"""Permanent numbers of paragraphs: `#p12` is the same paragraph for ever, or is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from publishing import prose
from publishing.reviews import Block, RedactedReview

SIMILAR = 60
"""From this ratio (of 100) a paragraph counts as the same one, edited."""

_UNCHANGED = 10_000


def number_paragraphs(review: RedactedReview, before: RedactedReview | None, last: int) -> RedactedReview:
    """Give every paragraph its number; sub-headings and footnotes have none.

    Args:
        review: the text to number; numbers it has already are forgotten.
        before: the text as signed before, if it was.
        last: the highest number ever used; none up to it is given again.
    """
    old = [(block.text, block.number) for block in _blocks(before) if block.number] if before else []
    fresh = count(max([last, *(number for _, number in old)]) + 1)
    texts = [block.text for block in _blocks(review) if _has_number(block)]
    kept = _pair_paragraphs([text for text, _ in old], texts)
    numbers = iter([old[kept[place]][1] if place in kept else next(fresh) for place in range(len(texts))])
    return review.model_copy(
        update={
            "sections": tuple(
                section.model_copy(
                    update={
                        "blocks": tuple(
                            Block(text=block.text, number=next(numbers) if _has_number(block) else None)
                            for block in section.blocks
                        )
                    }
                )
                for section in review.sections
            )
        }
    )


def last_number(review: RedactedReview) -> int:
    """The highest number in a text; 0 where there is none."""
    return max((block.number or 0 for block in _blocks(review)), default=0)


def _blocks(review: RedactedReview) -> Iterator[Block]:
    for section in review.sections:
        yield from section.blocks


def _has_number(block: Block) -> bool:
    return not prose.is_heading(block.text) and prose.note_label(block.text) is None


def _pair_paragraphs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Place in the new text → place in the old: unchanged and similar ones in order, then unchanged ones that moved."""
    kept = dict(_align_paragraphs(old, new))
    left: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(set(range(len(old))) - set(kept.values()), reverse=True):
        left[old[place]].append(place)
    for place, text in enumerate(new):
        if place not in kept and left[text]:
            kept[place] = left[text].pop()
    return kept


def _align_paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The best pairing in order, as (place in new, place in old); an unchanged pair outweighs any similar ones."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        yield start, start
        start += 1
    old, new = old[start:], new[start:]
    if not old or not new:
        return
    scores = cdist(old, new, scorer=fuzz.ratio, score_cutoff=SIMILAR).tolist()
    weights = [
        [_UNCHANGED if a == b else score for b, score in zip(new, row, strict=True)]
        for a, row in zip(old, scores, strict=True)
    ]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = weights[i][j] + best[i + 1][j + 1] if weights[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(old) and j < len(new):
        if weights[i][j] and best[i][j] == weights[i][j] + best[i + 1][j + 1]:
            yield start + j, start + i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
