"""Names that rules passed over: words of their own, small letters, other letters, particles."""

import pytest

from redaction import Redactor

# text, what must be gone, what must stay
NAMES = [
    ("Win, as she likes to be called, is Winifred Achebe. Win did not report it.", ["Win"], []),
    ("Fin, as he prefers to be known, is Finlay Osei.", ["Fin"], []),
    ("The keyworker, Tom Yard, left.", ["Yard"], ["The keyworker, "]),
    ("Her solicitor, Grace Field, wrote.", ["Grace Field"], []),
    ("J.O'D. signed for him.", ["J.O'D"], ["signed for him"]),
    ("P.D’A. signed.", ["P.D’A"], []),
    ("steph rang debs and sgt khan about the plan", ["steph", "debs", "khan"], ["about the plan"]),
    ("mrs shevchuk rang", ["shevchuk"], ["rang"]),
    ("In her phone he was محمد.", ["محمد"], ["In her phone"]),
    ("Signed ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ.", ["ਗੁਰਪ੍ਰੀਤ", "ਸਿੰਘ"], []),
    ("The note was from Оксана.", ["Оксана"], []),
    ("It was signed 王小明 on the back.", ["王小明"], ["on the back"]),
    ("Maria dos Santos was seen. dos Santos declined.", ["dos Santos"], ["was seen", "declined"]),
    # near-misses
    ("pc will attend and dr appointment is made", [], ["pc will attend", "dr appointment"]),
    ("He rang again and told nobody.", [], ["rang again", "told nobody"]),
    ("The keyworker, who left, was told.", [], ["The keyworker, who left, was told."]),
    ("He took 50 μg and scored β.", [], ["μg", "β"]),
]


@pytest.mark.parametrize("text,gone,kept", NAMES)
def test_names_go_and_words_stay(redactor: Redactor, text: str, gone: list[str], kept: list[str]) -> None:
    """Every name goes, and nothing beside it."""
    told = redactor.redact([text]).texts[0]
    assert not [name for name in gone if name in told], told
    assert all(word in told for word in kept), told
