"""Codes by shape, check digit and context, and the near-misses that must survive."""

from __future__ import annotations

import pytest
from hypothesis import given

from redaction.document import Document
from redaction.recognizers.codes.recognizer import CodeRecognizer
from redaction.recognizers.codes.shapes import pnc_letter
from tests.support.recognizing import EVIL, any_text, check_ends_soon, check_marked, check_within, found

RECOGNIZER = CodeRecognizer()


FOUND: tuple[str, ...] = (
    "exhibits {TC/4} to {TC/9}, seized",
    "Exhibit {RT/5} is the handset. `{RT/6}` is not.",
    "(exhibit {AMK/12})",
    "exhibit no. {GJ3}",
    "a lime green Subaru, part index {KXF}.",
    "a partial plate {PN54} was",
    "CRN {X503771}",
    "crn {x503771}",
    "nDelius ({K338207})",
    "prison number {A4821CK}",
    "PINNOCK, Delroy {A4821DK} - release",
    "prison no. {AB1234}",
    "PNC {01/48213V}; CRO {48113/01C})",
    "PNC {2014/315580J}",
    "PNC {01/48213A}",
    "CRO {SF98/12345}",
    "NHS number {485 777 3414}",
    "his record {943 476 5919} shows",
    "NINO {JX 41 88 23 B} for the form",
    "National Insurance {JX418823B}",
    "a Romanian passport, {057483921}, and",
    "copied the passport ({EM4471902}).",
    "licence, {MURES908170SA9KD}, a",
    "registration {FY14 ZKB}.",
    "a silver Transit, {PE13 KXW}, on",
    "reg {A123 BCD}",
    "his car, {ABC 123D}, was",
    "Home Office reference {W1184620}.",
    "court case {T20157218}, URN {52SD0441719}",
    "appeal from {S20190012}",
    "{U20190001}",
    "case no. {01234567890}",
    "(no. {36244/06}) against",
    "the plots nos. {260}, {268}, {45}, {119/5}, {164.9} and {425} were sold",
    "plot no. {142}, sheet/plan {24/59}) with",
    "applications nos. {1234/05} and {4567/06}",
    "R v Smith {[2018] EWCA Crim 123} held",
    "appeal {B4/2018/0123}",
    "URN {06AA1234518}",
    "crime {CRI/18/0012345}",
    "crime {06E1/123456/18}",
    "The log ({GMP-0412-030518}) graded",
    "closed the log, {1187 of 04/04/18}",
    "log {456 of 14/03/18}",
    "Crime reference {21000589114}.",
    "incident {2100301877})",
    "PC Byrne ({17734}) spoke",
    "PC Will Field {14982} answered",
    "PC {4471} Harris",
    "PC Raj Samra, collar number {2219}, of",
    "Sgt {812} attended",
    "DS Amarjit Sahota ({6620}), took",
    "tag serial {48120033}",
    "sort code {04-61-28}, account {70015523}, a",
    "our ref: {JH/2345/WHI}",
    "ref. {ABC/123-4}",
    "reference {CV/TRA/0193-2}), has",
    "note, reference {INT/4471/18}, received",
    "ViSOR ID {1234567}",
    "UPN {H801200001001}",
    "social care case number {123456}",
    "IBAN {GB82 WEST 1234 5698 7654 32}",
    "card {4111 1111 1111 1111}",
    "custody record number {06CD/1234/18}",
    "| CRN | {X123456} |",
    "EHM ID {4471203}",
    "prison numbers {A1234BC}, {A1234BD} and {A1234BE}",
)

NOT_FOUND: tuple[str, ...] = (
    "TC/4 and I/O of the file",
    "an exhibit of 3 photographs",
    "exhibit 4 was shown",
    "part index offences were",
    "part of the index",
    "17 previous convictions for 41 offences",
    "section 20",
    "within 28 days",
    "level 2",
    "14 times",
    "Article 8",
    "PSO 4400",
    "PI 03/2018",
    "PSI 12/2014",
    "OASys",
    "Form F3",
    "HDC",
    "Schedule 15",
    "CJA 2003",
    "A4 paper",
    "2018/19",
    "2018/2019",
    "24/7",
    "50/50",
    "P1 to P5",
    "Tier C3",
    "RSR 4.31%",
    "OGRS3",
    "RM2000",
    "9.30am",
    "COVID-19",
    "on the M60 and the A57",
    "MAPPA level 3",
    "MAPPA Category 1",
    "a log of 120 calls",
    "in case 12",
    "no. 4 Acacia Road",
    "the number of 2018 releases",
    "£1,234,567",
    "1234567 people",
    "on 14/03/2018 and 14.03.18",
    "Regulation (EU) 2016/679",
    "Prison Rules 1999 (SI 1999/728)",
    "Law no. 5190",
    "DC 12 months later",
    "at 14:20 on 2018-03-14",
    "recommendation 7 of 12",
)


@pytest.mark.parametrize("marked", FOUND)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Each row's marked spans, and nothing else, are found."""
    check_marked(RECOGNIZER, marked)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_near_misses_alone(text: str) -> None:
    """What only looks alike survives."""
    assert found(RECOGNIZER, text) == []


@given(any_text(" /-.ABCPNKno0123456789|[]\n"))
def test_never_raises_and_keeps_within_the_text(text: str) -> None:
    """Whatever the text, findings lie within it, in order, and none is empty."""
    check_within(RECOGNIZER, text)


@pytest.mark.parametrize("unit", [*EVIL, "PC Aa "])
@pytest.mark.slow
def test_ends_soon_on_evil_lines(unit: str) -> None:
    """A long line of one thing is read in time that grows with its length alone."""
    check_ends_soon(RECOGNIZER, unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CRN X503771", "crn"),
        ("A4821CK", "prison-number"),
        ("PNC 01/48213V", "pnc"),
        ("CRO 48113/01C", "cro"),
        ("URN 52SD0441719", "urn"),
        ("NHS number 485 777 3414", "nhs"),
        ("JX 41 88 23 B", "nino"),
        ("FY14 ZKB", "vehicle"),
        ("PC 4471 Harris", "collar"),
        ("[2018] EWCA Crim 123", "neutral-citation"),
    ],
)
def test_says_which_code_it_is(text: str, kind: str) -> None:
    """The kind names the code and the source the rule."""
    (finding,) = RECOGNIZER.find(Document(text))
    assert (finding.subtype, str(finding.source)) == (kind, f"code:{kind}")


@pytest.mark.parametrize("code", ["2014/315580J", "17/93318Q", "01/48213V", "98/40217E", "2009/318847J"])
def test_knows_the_check_letter_of_a_pnc_number(code: str) -> None:
    """The letter is the year's two digits and the serial in seven, modulo 23."""
    assert pnc_letter(code) == code[-1]


def test_a_wrong_check_letter_scores_lower() -> None:
    """A number that fails its check is found all the same where its context names it, but less surely."""
    (right,) = RECOGNIZER.find(Document("PNC 01/48213V"))
    (wrong,) = RECOGNIZER.find(Document("PNC 01/48213A"))
    assert wrong.score < right.score
