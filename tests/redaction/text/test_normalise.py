"""Text as a reader sees it, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.text.normalise import normalise

READ = [
    ("plain", "Darren Whitlock", "Darren Whitlock"),
    ("emphasis inside a word", "**Dan**iel and _Ann_", "Daniel and Ann"),
    ("emphasis over a name", "***Daniel*** said", "Daniel said"),
    ("an underscore inside a word stays", "snake_case", "snake_case"),
    ("entities", "Dan&#105;el O&apos;Neill &amp; co", "Daniel O'Neill & co"),
    ("zero-width and soft hyphen", "Whit\u200block Whit\u00adlock", "Whitlock Whitlock"),
    ("right-to-left marks", "\u202eWhitlock\u202c", "Whitlock"),
    ("Cyrillic look-alikes", "Wh\u0456tl\u043eck", "Whitlock"),
    ("full width", "\uff37hitlock", "Whitlock"),
    ("curly quotes and hyphens", "O\u2019Neill\u2011Smith", "O'Neill-Smith"),
    ("combining accent", "Jose\u0301", "Jos\u00e9"),
    ("escaped punctuation", "a\\*b", "ab"),
    ("a wrapped line is one line", "Darren\nWhitlock said", "Darren Whitlock said"),
    ("a wrapped quotation is one line", "> Darren\n> Whitlock", "> Darren Whitlock"),
    (
        "a word broken at the line's end is one word",
        "> Whit-\n> lock and Okonjo-\nBright",
        "> Whitlock and Okonjo- Bright",
    ),
    ("table rows stay apart", "| a |\n| b |", "| a |\n| b |"),
    ("list items stay apart", "- a\n- b", "- a\n- b"),
    ("an asterisk before a list item is no emphasis", "* **a**\n* b", "* a\n* b"),
    ("an escaped pipe parts no cells", "| a \\| b | c |", "| a ¦ b | c |"),
    (
        "rows without pipes around them stay apart",
        "a | b\n---|---\nc | d\ne\tf\ng\th",
        "a | b\n---|---\nc | d\ne\tf\ng\th",
    ),
    (
        "rows of columns stay apart, wrapped lines do not",
        "a   b\nc   d\n\nsaid.  He\nsaid",
        "a   b\nc   d\n\nsaid.  He said",
    ),
    ("paragraphs stay apart", "a\n\nb", "a\n\nb"),
    (
        "a short row that could have held the next word ends, as a line beside it shows",
        "Darren\nWhitlock, Sandfield House, Newport",
        "Darren\nWhitlock, Sandfield House, Newport",
    ),
    (
        "a sentence goes on, however short its line",
        "I met Paul\nStill at the office where he had been all that day.",
        "I met Paul Still at the office where he had been all that day.",
    ),
    ("a quotation's empty line is no short row", "> Darren\n>\n> Whitlock", "> Darren\n> Whitlock"),
]


@pytest.mark.parametrize("why,source,expected", READ, ids=[row[0] for row in READ])
def test_reads_as_a_person_does(why: str, source: str, expected: str) -> None:
    """Hidden characters, look-alikes, emphasis and entities are gone."""
    assert normalise(source).text == expected


@pytest.mark.parametrize(
    "source,name,expected",
    [
        ("**Dan**iel left", "Daniel", "**Dan**iel"),
        ("_Daniel_ left", "Daniel", "Daniel"),
        ("met **Daniel Whit**lock", "Whitlock", "Whit**lock"),
        ("Dan&#105;el left", "Daniel", "Dan&#105;el"),
        ("Wh\u200bitlock left", "Whitlock", "Wh\u200bitlock"),
    ],
)
def test_a_span_goes_back_to_its_source(source: str, name: str, expected: str) -> None:
    """The span in the source holds every hidden character of the name."""
    reading = normalise(source)
    start = reading.text.index(name)
    first, last = reading.to_source(start, start + len(name))
    assert source[first:last] == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_character_has_a_place_in_the_source(source: str) -> None:
    """Offsets are as many as characters, in order, and inside the source."""
    reading = normalise(source)
    assert len(reading.text) == len(reading.starts) == len(reading.ends)
    assert all(0 <= s < e <= len(source) for s, e in zip(reading.starts, reading.ends, strict=True))
    assert reading.starts == sorted(reading.starts)


@given(st.text(alphabet="*_`~aB \n|>&#105;\\\u200b", max_size=60))
def test_reading_markup_never_fails(source: str) -> None:
    """Any heap of markers is read."""
    assert normalise(source).source == source
