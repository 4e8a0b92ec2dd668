"""Quotations: which marks belong together, and which are none."""

import time

import pytest

from redaction.recognizers.quotations import find_quotations
from redaction.text.normalise import normalise

FOUND = [
    'She said "{I thought if I pushed he would stop}".',
    "She said “{I thought if I pushed he would stop}”.",
    "She said ‘{I thought if I pushed he would stop}’.",
    "She said '{I didn't think that he'd ever stop}'.",
    # what is quoted inside is part of it, whatever its marks
    "“{She told me ‘go home’ and shut the door}”, he said.",
    "'{She told me \"go home\" and shut the door}', he said.",
    '"{She told me "go home" and shut the door}" was noted.',
    # every paragraph of a speech opens, the last alone closes
    '"{I went to the office and nobody was there.}\n\n"{I went home and told nobody about it.}"',
    # a quotation that nothing closes takes no mark of another
    'He said "no more than that.\n\nThe report says "{they all agreed to meet again on the day}".',
    'He said "no more. Then "{they all agreed to meet again soon}" was added.',
    # marks that are none
    "'{The Joneses' dog bit me and nobody ever came,}' she said.",
    "'{I told all of the boys}' he said, and '{nothing else would do for me then}'.",
    "'{It was back in the '80s when I knew him}' he said.",
    "'{Tell 'em I was never there that night}', he said.",
    '"{He had a 5" blade and I ran for it}" she said.',
    '"{I was only just turned 15}" he said, and "{she was older than I was by 2}".',
    # quotation and paragraph in Markdown
    "> {Nobody ever asked me what I thought}",
    "> {Nobody ever asked me}\n> {what I thought of it}\n>\n> {And I would have told them everything}",
    '- "{Nobody ever asked me what I thought}"\n- "{I would have told them all of it}"',
    '| He: "no | She: "{nobody ever asked me what I thought}" |',
    "He said (“{nobody ever asked me what I thought}”) as he left.",
    "He wrote: **“{nobody ever asked me what I thought}”**",
]

NOT_FOUND = [
    # e-mail heads, and what an open mark there would pair with
    'From: A\nTo: B\nSubject: RE: "the plan for release\n\nHe agreed with all of the "plan" then.',
    'Subject: "urgent Sent: Monday To: the office of the region "north',
    "> From: the duty desk of the north\n> Subject: please help me with this",
    # one paragraph's opening and another's closing mark
    'He said "nobody.\n\nThe others all left at once, and so did she" it says.',
    '- He said "nobody\n- The others left at once, and so did she" it says.',
    # apostrophes and plurals
    "In the '80s and '90s the Joneses' house was the neighbours' worry.",
    "The boys' clothes and the girls' clothes were in the parents' room.",
    "Rock 'n' roll and all of the rest o' it was theirs.",
    # inches and terms
    'A 5" blade and a 7" blade were found in the drawer of the flat.',
    'The plan was "too short", and the record "not up to date".',
    "It is called 'high risk of serious harm' here and 'low' there.",
    '| He said "nobody | The others all left at once, and so did she" |',
]


def unmarked(marked: str) -> tuple[str, list[str]]:
    """The reading without marks, and what is marked in it."""
    parts = [part.split("}")[0] for part in marked.split("{")[1:]]
    return normalise(marked.replace("{", "").replace("}", "")).text, [normalise(part).text for part in parts]


@pytest.mark.parametrize("marked", FOUND)
def test_marks_that_belong_together_are_paired(marked: str) -> None:
    """Within a paragraph, the outermost; lines of a block that follow each other are read as one."""
    text, expected = unmarked(marked)
    found = [text[start:end] for start, end in sorted(find_quotations(text))]
    assert " ".join(found) == " ".join(expected)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_quotation_is_left(text: str) -> None:
    """Nothing is paired over a border, and no apostrophe with anything."""
    assert [text[s:e] for s, e in find_quotations(normalise(text).text)] == []


@pytest.mark.parametrize("evil", ["'a ", '"a ', "a' ", '" ', "'\"", '> "a\n\n'])
@pytest.mark.slow
def test_ends_soon_on_evil_lines(evil: str) -> None:
    """Two hundred thousand marks, paired or not."""
    start = time.perf_counter()
    list(find_quotations(evil * 20_000))
    assert time.perf_counter() - start < 5
