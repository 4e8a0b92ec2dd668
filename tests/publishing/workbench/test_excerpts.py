"""A few words around a place, as somebody reads them who decides about it."""

from __future__ import annotations

from publishing.workbench.excerpts import words_around

TABLE = "Before.\n\n| Date | Event |\n| --- | --- |\n| 2 May | Marnie rang Tom. |\n| 3 May | He left. |\n\nAfter."


def test_of_a_table_the_row_is_shown_without_its_bars() -> None:
    """And neither the row before nor the one after it."""
    place = TABLE.index("Marnie")
    assert words_around(TABLE, place, place + 6, 12) == ("2 May · ", " rang Tom.")
