"""Pages that leave the house by themselves: they lead nowhere and load nothing, and their words stay."""

from __future__ import annotations

import pytest

from publishing.errors import BuildError
from publishing.site.outgoing import detach

INNER = {"support/": "#cover:support", "words/#": "#cover:word-"}


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ('<p><a href="../about/">About <em>it</em></a></p>', "<p>About <em>it</em></p>"),
        ('<a href="https://example.org/">there</a>', "there"),
        ('<a href="//example.org/">there</a>', "there"),
        ('<a href=" #p1">there</a>', "there"),
        ('<a href="JavaScript:alert(1)">there</a>', "there"),
        ("<a>there</a>", "there"),
        ('<a href="#p1" aria-label="Paragraph 1">1</a>', '<a aria-label="Paragraph 1" href="#p1">1</a>'),
        ('<a href="tel:116123">116 123</a>', '<a href="tel:116123">116 123</a>'),
        ('<a href="support/">Support</a>', '<a href="#cover:support">Support</a>'),
        ('<a href="words/#mappa">MAPPA</a>', '<a href="#cover:word-mappa">MAPPA</a>'),
        ('<a href="x"><a href="#p1">in</a></a>', '<a href="#p1">in</a>'),
        ('<p style="x" onclick="y" data-pagefind-ignore id="a&quot;b">t</p>', '<p id="a&quot;b">t</p>'),
        ("a &lt;script&gt; &amp; &#8217; < 5 <br> b", "a &lt;script&gt; &amp; &#8217; &lt; 5 <br> b"),
        ("one<!-- not this -->two", "onetwo"),
    ],
)
def test_links_go_and_words_stay(page: str, left: str) -> None:
    """But for those to a place in the file, to a telephone, and to what the file has at its end."""
    assert detach(page, INNER) == left


@pytest.mark.parametrize(
    "part",
    [
        "<script>x</script>",
        "<img src=x>",
        "<link rel=x>",
        "<iframe></iframe>",
        "<svg><a/></svg>",
        "<style>x</style>",
        "<form>",
    ],
)
def test_what_could_load_or_run_stops_it(part: str) -> None:
    """Nothing of ours has it, so nothing is written."""
    with pytest.raises(BuildError, match="may not go out"):
        detach(f"<p>one</p>{part}", INNER)
