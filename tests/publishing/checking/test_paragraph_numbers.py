from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing.checking.paragraph_numbers import last_number, number_paragraphs
from publishing.reviews import Block, RedactedReview, Section

Redacted = Callable[..., RedactedReview]


def numbers(review: RedactedReview) -> list[int | None]:
    return [block.number for section in review.sections for block in section.blocks]


def resigned(redacted: Redacted, old: Sequence[str], new: Sequence[str], last: int = 0) -> list[int | None]:
    before = number_paragraphs(redacted(*old), None, 0)
    return numbers(number_paragraphs(redacted(*new), before, last))


A, B, C = "A man was released on licence.", "He was seen once in nine weeks.", "Nobody asked why that was so."
NEW = "Entirely different words stand here, 42 of them."


def test_first_signing_numbers_paragraphs_over_the_whole_review(redacted: Redacted) -> None:
    """From 1 in the order of the page; sub-headings and footnotes have none."""
    sections = (
        Section(key="summary", blocks=(Block(text=A), Block(text="### Then"), Block(text="| a |\n| --- |\n| b |"))),
        Section(
            key="findings", blocks=(Block(text="- one\n- two"), Block(text="[^1]: A note."), Block(text="> Said."))
        ),
    )
    assert numbers(number_paragraphs(redacted(sections=sections), None, 0)) == [1, None, 2, 3, None, 4]


def test_unchanged_text_keeps_its_numbers(redacted: Redacted) -> None:
    """Signing again changes no address."""
    assert resigned(redacted, [A, B, C], [A, B, C]) == [1, 2, 3]


def test_edited_paragraph_keeps_its_number(redacted: Redacted) -> None:
    """A correction does not break a link."""
    assert resigned(redacted, [A, B, C], [A, B.replace("nine", "ten"), C]) == [1, 2, 3]


def test_new_paragraph_gets_a_number_never_used(redacted: Redacted) -> None:
    """Wherever it stands."""
    assert resigned(redacted, [A, B, C], [A, NEW, B, C]) == [1, 4, 2, 3]
    assert resigned(redacted, [A, B, C], [NEW, A, B, C], last=9) == [10, 1, 2, 3]


def test_number_of_a_paragraph_that_is_gone_is_not_used_again(redacted: Redacted) -> None:
    """Its address leads nowhere, and not to something else."""
    assert resigned(redacted, [A, B, C], [A, B, NEW]) == [1, 2, 4]


def test_unchanged_paragraph_outweighs_similar_ones(redacted: Redacted) -> None:
    """What nobody touched keeps its number whatever was written round it."""
    assert resigned(redacted, [A, B], [A.replace("licence", "bail"), A.replace("man", "woman"), A, B]) == [3, 4, 1, 2]


def test_paragraph_that_moved_keeps_its_number(redacted: Redacted) -> None:
    """Its words are the same, so its address is."""
    assert resigned(redacted, [A, B, C], [C, A, B]) == [3, 1, 2]


def test_equal_paragraphs_keep_their_numbers_in_order(redacted: Redacted) -> None:
    """Repeated words are told apart by where they stand."""
    assert resigned(redacted, ["None.", A, "None."], ["None.", A, "None.", "None."]) == [1, 2, 3, 4]


WORDS = st.lists(st.sampled_from([A, B, C, NEW, A + " Then.", B[:-3], "None.", "### Head", "[^1]: Note."]), max_size=8)


@given(versions=st.lists(WORDS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_number_never_means_two_things(redacted: Redacted, versions: list[list[str]]) -> None:
    """Over any history: each number once in a text, one that is gone never comes back, new ones lie above all."""
    before, last, gone = None, 0, set[int]()
    for texts in versions:
        text = redacted(sections=(Section(key="summary", blocks=tuple(Block(text=t) for t in texts)),))
        now = number_paragraphs(text, before, last)
        used = [number for number in numbers(now) if number]
        old = [number for number in numbers(before) if number] if before else []
        assert len(used) == len(set(used)) == sum(not t.startswith(("#", "[^")) for t in texts)
        assert not gone & set(used)
        assert all(number > last for number in set(used) - set(old))
        gone |= set(old) - set(used)
        before, last = now, max(last, last_number(now))
