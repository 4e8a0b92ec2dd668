from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing import intake
from publishing.errors import CaseError, PublishingError, UnreadableRegisterError
from redaction import RegisterError
from tests.support.paths import SAMPLES

Write = Callable[..., Path]
SECRET = "Zxqvara Whitlock"

SOUND = Path(__file__).with_name("sound") / "review.md"
FRONT, BODY = SOUND.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)


def faults(folder: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        intake.load_case(folder)
    return list(caught.value.faults)


def changed(old: str, new: str) -> str:
    assert old in FRONT
    return FRONT.replace(old, new)


def test_sound_case_is_read_whole(write: Write) -> None:
    """Every part of the folder reaches the Review."""
    review = intake.load_case(write())
    assert review.case == "cedar-lantern-07"
    assert review.public_id == "2025-001"
    assert review.facts.offence_year == 2018
    assert review.anchor == dt.date(2018, 6, 3)
    assert review.disclosure.victims_informed == dt.date(2024, 12, 2)
    assert review.declared is not None
    assert review.declared.people[0].names == ("Darren Whitlock", "Daz")
    assert [update.date.month for update in review.lessons[0].updates] == [3, 6]


def test_sections_stand_in_the_order_of_the_page(write: Write) -> None:
    """The file's own order is not the page's; an alias is its section."""
    review = intake.load_case(write())
    assert [section.key for section in review.sections] == ["summary", "background", "findings"]
    assert review.sections[2].blocks[0].text == "It could have been seen."


def test_case_without_register_is_sound(write: Write) -> None:
    """A missing register is no fault; nothing is declared."""
    assert intake.load_case(write(register=None)).declared is None


FIELDS = [
    ("public_id", 'public_id: "2025-001"', "public_id: 2025-01-01", "line 3: public_id: must stand in quotes"),
    ("public_id", 'public_id: "2025-001"', "public_id: 2025001", "line 3: public_id: must stand in quotes"),
    ("public_id", 'public_id: "2025-001"', 'public_id: "2025-1"', "line 3: public_id: must be a year, a hyphen and"),
    ("format", "format: 1", "format: 2", "line 2: format: must be 1"),
    ("format", "format: 1", 'format: "1"', "line 2: format: must be 1"),
    ("status", "status: approved", "status: done", "line 4: status: must be draft, approved or withdrawn"),
    (
        "slip in a term",
        "region: greater-manchester",
        "region: greater manchster",
        'line 11: region: "greater manchster" is not a region; did you mean greater-manchester?',
    ),
    (
        "title for a term",
        "region: greater-manchester",
        "region: Greater Manchester",
        'line 11: region: "Greater Manchester" is not a region; did you mean greater-manchester?',
    ),
    (
        "short slip, which may be a name",
        "agencies: [probation, police, health]",
        "agencies: [probation, Heath]",
        "line 17: agencies no. 2: this is not an agency; did you mean health?",
    ),
    ("no term", "offence: murder", f"offence: {SECRET}", "line 9: offence: this is not an offence"),
    ("number for a term", "offence: murder", "offence: 7", "line 9: offence: must be an offence"),
    ("list for a term", "offence: murder", "offence: [murder]", "line 9: offence: must be an offence"),
    (
        "term for a list",
        "agencies: [probation, police, health]",
        "agencies: police",
        "line 17: agencies: must be a list",
    ),
    ("empty list", "agencies: [probation, police, health]", "agencies: []", "line 17: agencies: is empty"),
    (
        "repeated term",
        "agencies: [probation, police, health]",
        "agencies: [police, police]",
        "line 17: agencies: says the same thing twice",
    ),
    ("octal", "offence_year: 2018", "offence_year: 03742", "line 10: offence_year: must be a year"),
    ("text for a year", "offence_year: 2018", 'offence_year: "2018"', "line 10: offence_year: must be a year"),
    ("before 1990", "offence_year: 2018", "offence_year: 1989", "line 10: offence_year: must be a year"),
    ("after approval", "offence_year: 2018", "offence_year: 2026", "line 10: offence_year: is"),
    ("in the future", "offence_year: 2018", "offence_year: 2999", "line 10: offence_year: is in the future"),
    ("no calendar day", "approved_on: 2025-01-14", "approved_on: 2025-02-30", "line 6: approved_on: must be a day"),
    ("British day", "approved_on: 2025-01-14", "approved_on: 14/01/2025", "line 6: approved_on: must be a day"),
    (
        "day and time",
        "approved_on: 2025-01-14",
        "approved_on: 2025-01-14 10:00:00",
        "line 6: approved_on: must be a day",
    ),
    ("day for a month", "notified: 2018-10", "notified: 2018-10-01", "line 21: notified: must be a month"),
    ("thirteenth month", "notified: 2018-10", "notified: 2018-13", "line 21: notified: must be a month"),
    ("year for a month", "notified: 2018-10", "notified: 2018", "line 21: notified: must be a month"),
    ("embargo", "publish_on: 2025-02-03", "publish_on: 2025-01-13", "line 7: publish_on: is before approved_on"),
    ("completed", "completed: 2019-03", "completed: 2018-09", "line 22: completed: is before notified"),
    (
        "completed after approval",
        "completed: 2019-03",
        "completed: 2025-02",
        "line 22: completed: is after approved_on",
    ),
    ("notified", "notified: 2018-10", "notified: 2017-12", "line 21: notified: is before the year of the offence"),
    ("anchor", "anchor: 2018-06-03", "anchor: 2019-01-01", "line 14: anchor: is after the year of the offence"),
    (
        "considered late",
        "considered_on: 2024-12-05",
        "considered_on: 2025-02-04",
        "line 28: disclosure, considered_on: is after publish_on",
    ),
    (
        "no reason why victims were not told",
        "victims_informed: 2024-12-02",
        'victims_informed: "not-applicable:"',
        "line 26: disclosure, victims_informed: must be a day such as 2024-12-02, or",
    ),
    (
        "none among others",
        "restrictions: [none]",
        "restrictions: [none, contempt]",
        "line 25: disclosure, restrictions: none cannot stand beside others",
    ),
    ("no restrictions said", "restrictions: [none]", "restrictions: []", "line 25: disclosure, restrictions: is empty"),
    (
        "sexual offence without restriction",
        "offence: murder",
        "offence: rape",
        "line 25: disclosure, restrictions: [none] cannot be right for a sexual offence",
    ),
    ("mappa", "mappa_level: 1", "mappa_level: 4", "line 16: mappa_level: must be 1, 2 or 3"),
    ("mappa as text", "mappa_level: 1", 'mappa_level: "1"', "line 16: mappa_level: must be 1, 2 or 3"),
    (
        "bool for text",
        "approved_by: Head of Public Protection Casework",
        "approved_by: no",
        "line 5: approved_by: must be",
    ),
    ("approver missing", "approved_by: Head of Public Protection Casework\n", "", "line 2: approved_by: is missing"),
    (
        "approver empty",
        "approved_by: Head of Public Protection Casework",
        "approved_by:",
        "line 5: approved_by: is missing",
    ),
    ("field missing", "outcome: convicted\n", "", "line 2: outcome: is missing: how the case ended"),
    ("field empty", "outcome: convicted", "outcome:", "line 8: outcome: is empty: how the case ended"),
    ("lesson id 0", "- id: 1", "- id: 0", "line 31: lessons no. 1, id: must be a whole number from 1"),
    ("lesson id as text", "- id: 1", '- id: "1"', "line 31: lessons no. 1, id: must be a whole number from 1"),
    ("lesson month", "due: 2025-09", "due: 2025-09-30", "line 38: lessons no. 1, due: must be a month"),
    ("update day", "date: 2025-06-01", "date: June", "line 40: lessons no. 1, updates no. 1, date: must be a day"),
    (
        "update term",
        "status: in-progress",
        "status: in progres",
        'line 40: lessons no. 1, updates no. 1, status: "in progres" is not a status; did you mean in-progress?',
    ),
    (
        "two updates on a day",
        "date: 2025-03-01",
        "date: 2025-06-01",
        "line 41: lessons no. 1, updates no. 2, date: another",
    ),
    (
        "slip in a field",
        "supervision: licence",
        "supervison: licence",
        '"supervison" is not a field; did you mean supervision',
    ),
    ("unknown field", "mappa_level: 1", f"{SECRET}: 1", "line 16: there is no such field here"),
    ("unknown lesson field", "response: accepted", f"{SECRET}: yes", "line 37: lessons no. 1: there is no such field"),
    ("field twice", "mappa_level: 1", "status: draft", "line 16: this field stands already on line 4"),
    ("alias", "region: greater-manchester", "region: *whitlock", "line 11: a value that begins with & or *"),
    ("anchor", "region: greater-manchester", "region: &whitlock wales", "line 11: a value that begins with & or *"),
    (
        "tag",
        "region: greater-manchester",
        "region: !!python/name:os.system wales",
        "line 11: a value that begins with !",
    ),
    ("control character", "note: Guidance drafted.", 'note: "a\\u0007b"', "note: holds a control character"),
    ("half a character", "note: Guidance drafted.", 'note: "a\\ud800b"', "line 40: "),
    (
        "colon in a value",
        "region: greater-manchester",
        "region: a: b",
        "line 11: cannot be read as YAML: a value with a colon",
    ),
    ("tab", "  proceedings: concluded", "\tproceedings: concluded", "line 24: cannot be read as YAML"),
    ("open quote", "region: greater-manchester", 'region: "wales', "line 11: cannot be read as YAML: a quotation mark"),
    (
        "open list",
        "themes: [domestic-abuse, management-oversight, recall]",
        "themes: [recall",
        "cannot be read as YAML",
    ),
    ("@", "region: greater-manchester", "region: @wales", "line 11: cannot be read as YAML: a value that begins"),
    (
        "second document",
        "region: greater-manchester",
        "--- wales",
        "line 11: a line of --- or ... divides the file here",
    ),
    (
        "disclosure as text",
        FRONT[FRONT.index("disclosure:") : FRONT.index("content_notes")],
        "disclosure: done\n",
        "fields",
    ),
]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("same_as: 2024-01/3", "lessons no. 1, same_as no. 1: must be a lesson's public reference"),
        ("same_as: [2024-001]", "lessons no. 1, same_as no. 1: must be a lesson's public reference"),
        ("same_as: 2024-001/0", "lessons no. 1, same_as no. 1: must be a lesson's public reference"),
        (f"same_as: {SECRET}", "lessons no. 1, same_as no. 1: must be a lesson's public reference"),
        ("same_as: 7", "lessons no. 1, same_as: must be a list"),
        ("same_as: [2024-001/3, 2024-001/3]", "lessons no. 1, same_as: says the same thing twice"),
        ("same_as: 2025-001/2", "lessons no. 1, same_as: names a lesson of this very review"),
        (
            "same_as: 2024-001/3\n    not_same_as: 2024-001/3",
            "lessons no. 1, same_as: 2024-001/3 is in not_same_as too",
        ),
    ],
)
def test_a_lesson_is_the_same_as_a_published_reference(write: Write, said: str, message: str) -> None:
    """Refused in plain words, which repeat nothing but a reference."""
    found = faults(write(front=changed("  - id: 1\n", f"  - id: 1\n    {said}\n")))
    assert len(found) == 1
    assert message in found[0]
    assert SECRET not in found[0]


def test_one_same_lesson_needs_no_list(write: Write) -> None:
    """Whether it is published is nobody's business here."""
    one = intake.load_case(write(front=changed("  - id: 1\n", "  - id: 1\n    same_as: 2031-001/3\n")))
    assert one.lessons[0].same_as == ("2031-001/3",)


def test_what_is_not_the_same_stays_private(write: Write) -> None:
    """It is read, for the lesson that says it, and stands in nothing of a lesson that is published."""
    said = "same_as: [2024-001/3, 2024-002/1]\n    not_same_as: 2024-003/1"
    several = intake.load_case(write(front=changed("  - id: 1\n", f"  - id: 1\n    {said}\n")))
    assert several.lessons[0].same_as == ("2024-001/3", "2024-002/1")
    assert several.not_same_as == {"2025-001/1": ("2024-003/1",)}
    assert "2024-003" not in several.lessons[0].model_dump_json()


@pytest.mark.parametrize(("old", "new", "message"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS])
def test_fault_in_front_matter_is_named_with_its_line(write: Write, old: str, new: str, message: str) -> None:
    """What is wrong, where, and how to mend it; nothing that could be private is repeated."""
    found = faults(write(front=changed(old, new)))
    assert any(message in fault for fault in found), found
    assert all(fault.startswith("review.md") for fault in found)
    assert "whitlock" not in " ".join(found).casefold()


def test_an_owner_is_read_in_one_spelling(write: Write) -> None:
    """So that whatever reads the case, a signature too, has the one."""
    front = changed("owner: HM Prison and Probation Service", "owner: head of PDU")
    assert intake.load_case(write(front=front)).lessons[0].owner == "Head of the Probation Delivery Unit"


def test_lesson_ids_are_unique(write: Write) -> None:
    """The second lesson with an id is the fault."""
    found = faults(write(front=FRONT + "  - {id: 1, text: Another., level: local}\n"))
    assert found == ["review.md line 42: lessons no. 2, id: lessons no. 1 has this id; each lesson has its own"]


def test_values_that_are_easily_mistaken_are_taken_as_meant(write: Write) -> None:
    """Days in quotes are days; a draft needs no approver; checks not made are empty; numbers in quotes are text."""
    front = (
        FRONT.replace("publish_on: 2025-02-03", 'publish_on: "2025-02-03"')
        .replace("status: approved", "status: draft")
        .replace("approved_by: Head of Public Protection Casework\napproved_on: 2025-01-14\n", "")
        .replace("victims_informed: 2024-12-02", "victims_informed:")
        .replace("note: Guidance drafted.", 'note: "2018"')
    )
    review = intake.load_case(write(front=front))
    assert review.publish_on == dt.date(2025, 2, 3)
    assert review.approved_by is None
    assert review.disclosure.victims_informed is None
    assert review.lessons[0].updates[1].note == "2018"


def test_why_victims_were_not_told_is_kept(write: Write) -> None:
    """Words after not-applicable are a reason."""
    front = changed("victims_informed: 2024-12-02", 'victims_informed: "not-applicable: nobody could be traced"')
    assert intake.load_case(write(front=front)).disclosure.victims_informed == "not-applicable: nobody could be traced"


BODIES = [
    ("no Summary", "## Background\n\nWords.\n", "the section Summary is missing"),
    ("no body", "", "the section Summary is missing"),
    ("empty section", BODY + "\n## Planning\n\n## Assessment\n\nWords.\n", "line 55: Planning is empty"),
    ("only a sub-heading", BODY + "\n## Planning\n\n### Then\n", "line 55: Planning is empty"),
    ("only a rule", BODY + "\n## Planning\n\n***\n", "line 55: Planning is empty"),
    ("pasted picture", BODY + f"\n![]({'A' * 30_000})\n", "line 55: this line is far longer than a paragraph"),
    ("too many lines", "## Summary\n" + "- a\n" * 20_000, "review.md: is longer than a review can be"),
    ("too many characters", "## Summary\n" + ("a " * 4_000 + "\n") * 126, "review.md: is longer than a review can be"),
    (
        "repeated",
        BODY + "\n## Findings\n\nWords.\n",
        "line 55: Findings is a section once: it stands already on line 47",
    ),
    ("title", "# Review\n" + BODY, "line 43: a heading with one # is a title"),
    ("text first", "Words.\n" + BODY, "line 43: text stands before the first section"),
    ("sub-heading first", "### Words\n" + BODY, "line 43: text stands before the first section"),
    ("no heading", "Words.\n", "line 43: text stands before the first section"),
    (
        "slip",
        BODY + "\n## Chronologgy\n\nWords.\n",
        'line 55: "Chronologgy" is not a standard section; did you mean Chronology?',
    ),
    ("name", BODY + f"\n## {SECRET}\n\nWords.\n", "line 55: this heading is not a standard section; did you mean"),
    (
        "term and name",
        BODY + f"\n## Planning {SECRET}\n\nWords.\n",
        "line 55: this heading is not a standard section; did",
    ),
    ("underlined", BODY + f"\n{SECRET} did.\n---\n\nWords.\n", "line 55: dashes under a line make it a heading"),
    ("footnote without text", BODY + "\n## Planning\n\nWords.[^1]\n", "line 57: a footnote is referred to here"),
    (
        "footnote twice",
        BODY + "\n## Planning\n\nWords.[^1]\n\n[^1]: One.\n\n## Assessment\n\nWords.\n\n[^1]: Two.\n",
        "line 65: this footnote's label has a text already on line 59",
    ),
]


@pytest.mark.parametrize(("body", "message"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_fault_in_body_is_named_with_its_line(write: Write, body: str, message: str) -> None:
    """Sections are standard, once each, with text; a heading is said back only if it is nearly standard."""
    found = faults(write(body=body))
    assert any(message in fault for fault in found), found
    assert "whitlock" not in " ".join(found).casefold()


@pytest.mark.parametrize(
    "heading", ["## conclusion:", "## 4. Conclusion", "## **Conclusion**", "## CONCLUSION ##", "Conclusion\n----------"]
)
def test_standard_heading_is_known_however_it_is_written(write: Write, heading: str) -> None:
    """Case, numbering, emphasis and a colon do not matter."""
    review = intake.load_case(write(body=f"## Summary\n\nWords.\n\n{heading}\n\nWords.\n"))
    assert [section.key for section in review.sections] == ["summary", "findings"]


def test_heading_signs_in_quotations_make_no_section(write: Write) -> None:
    """Only a heading at the margin is a section's."""
    review = intake.load_case(write(body="## Summary\n\n> ## Findings\n> words\n\n- ## Planning\n"))
    assert [section.key for section in review.sections] == ["summary"]


FILES = [
    ("missing front matter", b"## Summary\n\nWords.\n", "line 1: has no front matter"),
    ("empty", b"", "line 1: has no front matter"),
    ("unclosed", b"---\nformat: 1\n", "line 1: the front matter is not closed"),
    ("UTF-16", "---\nformat: 1\n---\n".encode("utf-16"), "is saved as UTF-16"),
    ("Latin-1", b"---\nformat: 1\n---\n## Summary\n\nAndr\xe9\n", "line 6: is not UTF-8"),
    ("NUL", b"---\nformat: 1\n---\n## Summary\n\nA\0B\n", "line 6: holds a NUL byte"),
    ("binary junk", bytes(range(256)), "holds a NUL byte|is not UTF-8"),
    ("Word file", b"PK\x03\x04junk", "candour import"),
    ("PDF", b"%PDF-1.7 junk", "is a PDF"),
    ("huge", b"---\n" + b"x" * 5_000_001, "is larger than 5 MB"),
    ("huge front matter", b"---\na: " + b"x" * 1_100_000 + b"\n---\n", "far longer than it can be"),
    ("deep", b"---\na: " + b"[" * 50_000 + b"\n---\n", "too deeply"),
    ("list", b"---\n- a\n---\n", "must hold fields"),
    ("scalar", b"---\nwords\n---\n", "must hold fields"),
    ("no fields", b"---\n---\n## Summary\n\nWords.\n", "must hold fields"),
    ("list as a name", b"---\n? [a]\n: b\n---\n", "a field's name must be one word"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_file_that_is_no_review_is_refused_in_words(write: Write, data: bytes, message: str) -> None:
    """Whatever the bytes are, what to do is said."""
    found = " ".join(faults(write(review=data)))
    assert any(part in found for part in message.split("|")), found


@pytest.mark.parametrize("convert", [lambda d: d.replace(b"\n", b"\r\n"), lambda d: b"\xef\xbb\xbf" + d])
def test_windows_line_ends_and_byte_order_mark_are_accepted(write: Write, convert: Callable[[bytes], bytes]) -> None:
    """Notepad's files are read like any others."""
    review = intake.load_case(write(review=convert(f"---\n{FRONT}---\n{BODY}".encode())))
    assert review.sections == intake.load_case(write("other")).sections


def test_every_fault_is_told_at_once_and_in_order(write: Write) -> None:
    """Front matter, rules across fields, lessons and body: nobody mends one to learn of the next."""
    front = changed("region: greater-manchester", "region: moon").replace("- id: 1", "- id: 0")
    front = front.replace("publish_on: 2025-02-03", "publish_on: 2024-02-03").replace("format: 1", "format: 3")
    found = faults(write(front=front, body="# Title\n\n## Moon\n\nWords.\n"))
    words = ["format:", "publish_on:", "region:", "considered_on:", "lessons no. 1, id:", "one #", "heading is not"]
    for word in words:
        assert any(word in fault for fault in found), word
    lines = [int(fault.split("line ")[1].split(":")[0]) for fault in found if "line " in fault]
    assert lines == sorted(lines)
    assert any("Summary is missing" in fault for fault in found)


def test_very_many_faults_are_counted(write: Write) -> None:
    """A hundred faults are enough to read."""
    found = faults(write(body="# x\n\n" * 500))
    assert len(found) == 101
    assert found[-1].startswith("and ")


def test_alias_bomb_is_refused_without_being_expanded(write: Write) -> None:
    """The billion laughs take no memory."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert any("begins with & or *" in fault for fault in faults(write(front=bomb)))


@pytest.mark.parametrize("name", ["review.md", "register.yml", "decisions.yml", "notes.txt"])
def test_link_in_a_case_folder_is_refused(write: Write, tmp_path: Path, name: str) -> None:
    """No file outside the folder is ever read as part of a case."""
    folder = write()
    target = tmp_path / "elsewhere"
    target.write_text("format: 1\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(target)
    with pytest.raises((CaseError, RegisterError), match=r"is a link|holds a link"):
        intake.load_case(folder)


def test_linked_case_folder_is_refused(write: Write, tmp_path: Path) -> None:
    """A case is a folder of its own; its register cannot be trusted to stay where it is."""
    link = tmp_path / "reviews" / "linked"
    with_register, without = write("one"), write("two", register=None)
    link.symlink_to(without)
    assert any("is a link" in fault for fault in faults(link))
    link.unlink()
    link.symlink_to(with_register)
    with pytest.raises(UnreadableRegisterError, match="linked"):
        intake.load_every_case(tmp_path / "reviews")


@pytest.mark.parametrize("name", ["a\nb", "-case", "case ", "case.", "con", "CON.old", "a;b", "a$(b)", "é`"])
def test_odd_case_name_is_refused(write: Write, name: str) -> None:
    """A name goes into messages and commands, and onto every system."""
    found = faults(write(name))
    assert any("rename the folder" in fault for fault in found)


@pytest.mark.parametrize("name", ["cedar-lantern-07", "Case 7", "_case", "7.2 case", "Siân"])
def test_plain_case_name_is_accepted(write: Write, name: str) -> None:
    """Letters of any language, digits, spaces, hyphens, underscores, dots."""
    assert intake.load_case(write(name)).case == name


def test_decisions_that_cannot_be_read_are_faults_of_the_case(write: Write) -> None:
    """A decision that is lost would publish what somebody wanted replaced."""
    folder = write()
    (folder / "decisions.yml").write_text(f"format: 1\ndecisions:\n  - {{action: ad, text: {SECRET}}}\n")
    assert faults(folder) == ["decisions.yml line 3: decisions no. 1, action: must be accept, reject or add"]


def test_reviews_folder_is_read_whole(write: Write, tmp_path: Path) -> None:
    """Sound cases, faulty ones and every register; hidden folders and plain files are no cases."""
    write("b-sound", front=changed("2025-001", "2025-002"))
    write("a-sound", register=None)
    write("faulty", front=changed("region: greater-manchester", "region: moon").replace("2025-001", "2025-003"))
    reviews = tmp_path / "reviews"
    (reviews / "only-register").mkdir()
    (reviews / "only-register" / "register.yml").write_text("format: 1\ncodes: [X412398]\n")
    (reviews / ".candour").mkdir()
    (reviews / "national.csv").write_text("year\n")
    read = intake.load_every_case(reviews)
    assert [review.case for review in read.reviews] == ["a-sound", "b-sound"]
    assert [error.case for error in read.faulty] == ["faulty", "only-register"]
    assert read.faulty[1].faults == ("review.md: is missing",)
    assert set(read.registers) == {"b-sound", "faulty", "only-register"}


def test_register_of_an_oddly_named_case_is_kept_under_its_own_name(write: Write, tmp_path: Path) -> None:
    """Two names that look alike in messages lose neither register."""
    names = ["a\x1bb", "a\x07b"]
    for name in names:
        write(name)
    read = intake.load_every_case(tmp_path / "reviews")
    assert set(read.registers) == set(names)
    assert [error.case for error in read.faulty] == ["a?b", "a?b"]


def test_shared_public_reference_makes_every_case_faulty(write: Write, tmp_path: Path) -> None:
    """Nobody can tell whose it is; a case that is faulty otherwise counts too."""
    write("one")
    write("two", front=changed("2025-001", "2025-002"))
    write("three")
    write("four", front=changed("region: greater-manchester", "region: moon"))
    read = intake.load_every_case(tmp_path / "reviews")
    assert [review.case for review in read.reviews] == ["two"]
    assert "public_id: 2025-001 is also that of four, three" in str(next(e for e in read.faulty if e.case == "one"))
    assert {error.case for error in read.faulty} == {"one", "three", "four"}


def test_unreadable_registers_stop_everything_and_are_all_named(write: Write, tmp_path: Path) -> None:
    """Their names could not be guarded against, whatever else is wrong with the case."""
    write("one", register="format: [")
    write("two", register=b"\xff\xfe")
    write("three", front="format: [", register="people: x\n")
    write("four")
    with pytest.raises(UnreadableRegisterError) as caught:
        intake.load_every_case(tmp_path / "reviews")
    assert set(caught.value.problems) == {"one", "two", "three"}
    assert "three: review.md line " in str(caught.value)


def test_missing_reviews_folder_says_what_to_do(tmp_path: Path) -> None:
    """No traceback, and a way on."""
    with pytest.raises(PublishingError, match="--reviews DIR"):
        intake.load_every_case(tmp_path / "nowhere")


def test_sample_cases_are_sound() -> None:
    """The corpus that ships is read without a fault."""
    read = intake.load_every_case(SAMPLES)
    assert not read.faulty, [str(error) for error in read.faulty]
    assert len(read.reviews) >= 10


PIECES = st.sampled_from(
    [
        *FRONT.splitlines(keepends=True),
        *BODY.splitlines(keepends=True),
        "---\n",
        "...\n",
        "## ",
        "# ",
        "[^1]",
        "[^1]: ",
        "\t",
        "  ",
        "- ",
        "? ",
        ": ",
        "&a ",
        "*a ",
        "!!map ",
        "<<: ",
        "| a | b |\n|---|---|\n",
        "> ",
        "```\n",
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        "%YAML 1.1\n",
        "\r",
        "\u2028",
        "\x85",
        f"{SECRET}\n",
        f"{SECRET}: x\n",
        f"region: {SECRET}\n",
        f"## {SECRET}\n",
    ]
)
ANY_TEXT = st.lists(PIECES, max_size=60).map("".join)


@given(data=st.one_of(st.binary(max_size=300), ANY_TEXT.map(str.encode), ANY_TEXT.map(lambda t: f"---\n{t}".encode())))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_bytes_only_a_case_error_comes_out(tmp_path: Path, data: bytes) -> None:
    """No other exception, and no word of the file in the message."""
    folder = tmp_path / "case"
    folder.mkdir(exist_ok=True)
    (folder / "review.md").write_bytes(data)
    said = refusal(intake.load_case, folder, CaseError)
    assert "zxqvara" not in said
    assert "whitlock" not in said


@given(data=st.one_of(st.binary(max_size=200), ANY_TEXT.map(str.encode)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_register_only_a_register_error_comes_out(tmp_path: Path, data: bytes) -> None:
    """No other exception, and no word of the file in the message."""
    folder = tmp_path / "registered"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "register.yml").write_bytes(data)
    said = refusal(intake.load_register, folder, RegisterError)
    assert "zxqvara" not in said
    assert "whitlock" not in said


def refusal(read: Callable[[Path], object], folder: Path, kind: type[Exception]) -> str:
    """What is said of a folder, in lower case; nothing where it is sound. Any other exception goes through."""
    try:
        read(folder)
    except kind as error:
        return str(error).casefold() if error.__cause__ is None else SECRET.casefold()
    return ""
