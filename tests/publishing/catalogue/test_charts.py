"""Charts: the same bytes for the same numbers, words that nothing can break out of."""

from __future__ import annotations

from xml.etree import ElementTree

from publishing.catalogue.charts import draw_bars

ROWS = [("Murder", 7), ("Some reasonable steps were taken and some of them were not", 1), ("None", 0)]


def test_a_chart_is_an_image_with_a_title_and_a_description() -> None:
    """For readers of screens; the markup is whole XML on one line, as Markdown needs it."""
    svg = draw_bars("chart-a", "Title", "What it shows.", ROWS)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == ["Title", "What it shows."]
    assert (root.get("aria-labelledby") or "").split() == [child.get("id") for child in root[:2]]
    assert "\n" not in svg


def test_long_labels_are_wrapped_and_nothing_for_nothing() -> None:
    """No bar for a zero; a label's lines stand above one another, within the picture."""
    svg = draw_bars("a", "T", "D", ROWS)
    assert svg.count('class="bar"') == 2
    assert ">Some reasonable steps were taken and<" in svg
    assert ">some of them were not<" in svg


def test_words_are_words() -> None:
    """A label holds no markup, whatever it says."""
    svg = draw_bars("a", "<b>&", 'D"', [("</text><script>alert(1)</script>", 1)])
    assert "<script" not in svg
    assert "<b>" not in svg
    ElementTree.fromstring(svg)


def test_two_drawings_are_the_same() -> None:
    """No id, no hour and no font of this machine is in it."""
    assert draw_bars("a", "T", "D", ROWS) == draw_bars("a", "T", "D", list(ROWS))
    assert "font-family" not in draw_bars("a", "T", "D", ROWS)


def test_nothing_to_draw_is_no_fault() -> None:
    """An empty chart is an empty picture."""
    ElementTree.fromstring(draw_bars("a", "T", "D", []))
