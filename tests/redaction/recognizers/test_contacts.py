"""Telephones, e-mail, web addresses, handles, devices."""

from __future__ import annotations

import pytest
from hypothesis import given

from redaction.recognizers.contacts import ContactRecognizer
from tests.support.recognizing import EVIL, any_text, check_ends_soon, check_marked, check_within, found

RECOGNIZER = ContactRecognizer()


FOUND: tuple[str, ...] = (
    "a copy called {WO_notes_Guuleed_and_Hodan.docx} on the share",
    "it is {AP_daybook_Plowright_2019-05-22.pdf}, p. 3",
    "saved as {Vaghasia_K_twitter_201113.pdf}.",
    "see {letter-Trebilcock.msg}",
    "({sahota_ravi.jpg})",
    "under {#JusticeForTel} and {#RIPGrace}",
    "rang on {0161 496 0148} and",
    "({0117 496 0281})",
    "{(0161) 496 0148}",
    "{+44 161 496 0148}",
    "{+44 (0)161 496 0148}",
    "{0044 161 496 0148}",
    "ring him on {07700 900417} after 4",
    "{07700-900-417}",
    "{029 2018 0447}.",
    "{01632 960 417}.",
    "{0161 496 0148 ext 214}",
    "on ext {214} today",
    "ring {x4471} please",
    "tel: {496 0148}",
    "Cato <{n.cato@risley.hmps.example}>",
    "mailto:{a@b.org}",
    "to {jo@hmps}",
    "write to {name at example dot org} today",
    "{joe [at] example [dot] org}",
    "posted by {@moly_l4} to",
    "under {#FreeHaydo}, then {#lokeysback}.",
    "the hashtag {#StandWithKhushali} and {#cinderlane22}",
    "{@macca.wav} had",
    "({https://pics.example/moly_l4/881}) was",
    "see {www.example.org/a}.",
    "at {example.org/path}, and",
    "{example.co.uk}",
    "from {192.168.1.10} at",
    "IMEI {490154203237518}",
    "at {///filled.count.soap}",
    "Snapchat {gethboy44}",
    'his Instagram account "{geth_boy}"',
    "{2001:db8::ff00:42:8329}",
    "{00:1A:2B:3C:4D:5E}",
    r"saved to {S:\MASH\Referrals\2024\Askew_Petra\form1.docx} now",
    r"it is at {\\north-share\VLU\Askew_Petra\2016-17}, I think",
    r"(screenshots: {\Askew_Petra\screens\vedo_1910.png})",
    r"at {...\Askew_P\prerelease\re_chaloner.msg}. I",
    r"in {S:\SFO Reviews\2019\Askew P\final draft v2.docx} on",
    r"folder {S:\SFO\2019\Askew_P\cuttings\} Compiled",
    "from {C:/Users/askew.p/Desktop/notes.txt} today",
)

NOT_FOUND: tuple[str, ...] = (
    "risk_assessment_form.docx was empty",
    "template_letter.doc",
    "#JusticeNow and #EndViolence",
    "#MeToo and #BlackLivesMatter were everywhere",
    "#HMPPS wrote of #recall",
    "see [the lesson](#lesson-1) above",
    "# Haydo\n\n## Findings",
    "e.g. this",
    "i.e. that",
    "www",
    "call 999 or 101",
    r"1\. escaped \* and \_ and \[so\] on\.",
    r"high\medium was written",
    "he said: S: no, T: yes",
    "at a 3:/4 ratio, and/or",
    "para 4.2.1.3",
    "end.The next",
    "Monday.com is",
    "www.gov.uk",
    "01/02/2018 14:20",
    "14.03.18 10.30",
    "£07700 900",
    "17 previous convictions",
    "He is at home. Dot",
    "at 10.30 and 11.45",
    "N/A",
    "and/or",
    "2.30pm",
)


@pytest.mark.parametrize("marked", FOUND)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Each row's marked spans, and nothing else, are found."""
    check_marked(RECOGNIZER, marked)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_near_misses_alone(text: str) -> None:
    """What only looks alike survives."""
    assert found(RECOGNIZER, text) == []


@given(any_text(" @.:/+0123456789adotx-"))
def test_never_raises_and_keeps_within_the_text(text: str) -> None:
    """Whatever the text, findings lie within it, in order, and none is empty."""
    check_within(RECOGNIZER, text)


@pytest.mark.parametrize("unit", [*EVIL, "+44 "])
@pytest.mark.slow
def test_ends_soon_on_evil_lines(unit: str) -> None:
    """A long line of one thing is read in time that grows with its length alone."""
    check_ends_soon(RECOGNIZER, unit)
