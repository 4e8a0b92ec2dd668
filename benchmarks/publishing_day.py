"""From a hand-numbered Word document to a published page in the workbench, in Chromium: every key and click counted.

Run: python benchmarks/publishing_day.py (prints the table) or with --pictures (renews those of docs/publishing-in-a-day.md too).
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support import hand_numbered  # noqa: E402
from tests.support.running import Running  # noqa: E402  the workbench as people start it

MOST = 61
"""Keys and clicks that a case of this size may take."""
WAIT = 120_000
"""Milliseconds for a page; a build takes longer than anything else."""
PICTURES = ROOT / "docs" / "images" / "day"
QUALITY = 45
"""Of a picture, of 100: letters are read well, and it takes some 30 kB."""
SCROLL = """element => window.scrollTo(0, element ? element.getBoundingClientRect().top + scrollY - 16
    - (document.querySelector('.tools')?.offsetHeight ?? 0) : 0)"""
WINDOW: ViewportSize = {"width": 1000, "height": 720}
"""Of the pictures: as wide as a page of text is read well."""


@dataclass
class Hands:
    """Somebody at the page. Whatever is no letter typed into a field is counted: each click, each key, each choice in a list."""

    page: Page
    taken: dict[str, list[int]] = field(default_factory=dict)
    pictures: Path | None = None

    @property
    def total(self) -> int:
        """Keys and clicks so far."""
        return sum(map(sum, self.taken.values()))

    def begin(self, step: str) -> None:
        """What comes now counts for this step."""
        self.taken[step] = [0, 0]

    def click(self, where: Locator, *, leads_on: bool = False) -> None:
        """One click; on what leads to another page, wait for that."""
        self._count(clicks=1)
        with self.page.expect_navigation(timeout=WAIT) if leads_on else contextlib.nullcontext():
            where.click()

    def press(self, key: str, *, leads_on: bool = False) -> None:
        """One key that types nothing."""
        self._count(keys=1)
        with self.page.expect_navigation(timeout=WAIT) if leads_on else contextlib.nullcontext():
            self.page.keyboard.press(key)

    def write(self, label: str, text: str) -> None:
        """A click into a field, and what is typed there, which does not count."""
        where = self.page.get_by_label(label, exact=True)
        self.click(where)
        where.fill(text)

    def choose(self, where: Locator, option: str) -> None:
        """A list is opened by one click, and the choice is another."""
        self._count(clicks=2)
        where.select_option(option)

    def choose_file(self, where: Locator, file: Path) -> None:
        """One click opens the system's window, one chooses the file there, and one closes it."""
        self._count(clicks=3)
        where.set_input_files(file)

    def pick(self, group: str, *answers: str) -> None:
        """Answers to one question, a click each."""
        for answer in answers:
            self.click(
                self.page.get_by_role("group", name=re.compile(re.escape(group))).get_by_label(answer, exact=True)
            )

    def picture(self, name: str, of: Locator | None = None) -> None:
        """A picture for the docs, where they are wanted: the window with `of` at its top."""
        if self.pictures is None:
            return
        # what stays at the top of the window must not hide it
        self.page.evaluate(SCROLL, of.element_handle() if of else None)
        # Playwright itself writes no WebP
        shot = self.page.context.new_cdp_session(self.page).send(
            "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
        )
        self.pictures.mkdir(parents=True, exist_ok=True)
        (self.pictures / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))

    def _count(self, *, keys: int = 0, clicks: int = 0) -> None:
        counted = self.taken[next(reversed(self.taken))]
        counted[0] += keys
        counted[1] += clicks


def import_word(hands: Hands, root: str, file: Path) -> None:
    """Choose the file, say which section is which."""
    page = hands.page
    page.goto(root)
    hands.begin("Say who you are")
    hands.write("You are", "Ada Checker")
    hands.press("Enter", leads_on=True)
    hands.begin("Import the Word file")
    hands.click(page.get_by_role("link", name="Import from Word").first, leads_on=True)
    hands.choose_file(page.get_by_label("Word file"), file)
    hands.picture("import")
    hands.click(page.get_by_role("button", name="Import"), leads_on=True)
    hands.choose(page.get_by_label("How we did it"), "methodology")
    hands.picture("sections")
    hands.click(page.get_by_role("button", name="Import"), leads_on=True)
    hands.picture("imported")
    hands.click(page.get_by_role("link", name="Fill in its facts"), leads_on=True)


def fill_in_facts(hands: Hands) -> None:
    """What the front sheet does not say, and the lessons that the review states."""
    page = hands.page
    hands.begin("Fill in the facts")
    hands.pick("Status", "Approved")
    hands.write("Approved by", "Head of Public Protection Casework")
    hands.write("Approved on", "2024-05-13")
    hands.write("Publish on", "2024-06-24")
    hands.pick("Outcome in court", "Convicted")
    hands.picture("facts", page.get_by_role("group", name="Outcome in court"))
    hands.pick("Agencies involved", "Prisons", "Police", "Housing")
    hands.pick("Themes", "Domestic abuse", "Information sharing", "Management oversight")
    hands.pick("The review's judgement", "Some reasonable steps were taken and some were not")
    hands.write("What readers are warned of", "domestic abuse\nfatal violence")
    hands.pick("Proceedings", "Concluded")
    hands.pick("Reporting restrictions", "No restrictions")
    hands.write("Victims and families were told on", "2024-05-20")
    hands.write("Who weighed the harm of publishing", "Victim Liaison Lead")
    hands.write("Weighed on", "2024-05-16")
    hands.click(page.get_by_role("button", name="Save and go on to the lessons"), leads_on=True)


def take_lessons_over(hands: Hands) -> None:
    """As the review states them: for whom all of them are, and who is to do them."""
    page = hands.page
    hands.begin("Take the lessons over")
    stated = page.locator("#stated ~ form")
    hands.click(stated.get_by_label("Regional"))
    hands.click(stated.get_by_label("Who is to do it"))
    page.keyboard.insert_text("Probation Service")
    hands.picture("lessons", page.get_by_role("heading", name="Lessons that the review states"))
    hands.click(page.get_by_role("button", name="Take them over and go on to who is in it"), leads_on=True)


def say_who_is_who(hands: Hands) -> None:
    """Whom the words beside a name do not tell."""
    page = hands.page
    hands.begin("Say who is who")
    hands.picture("people", page.get_by_role("heading", name="People"))
    for name, role in hand_numbered.PEOPLE.items():
        row = page.get_by_role("group", name=re.compile(re.escape(name)))
        chosen = row.get_by_label("Who it is") if row.count() else page.get_by_label(name, exact=True)
        suggested = row.get_by_label(re.compile("^Yes, this is the"))
        if chosen.input_value() == role:
            continue
        if row.count() and suggested.count() and suggested.input_value() == role:
            hands.click(suggested)
        else:
            hands.choose(chosen, role)
    hands.click(page.get_by_label(f"Always {hand_numbered.VICTIM}"))
    hands.click(page.get_by_role("button", name="Save and go on to the text"), leads_on=True)


def decide(hands: Hands) -> None:
    """What is pointed out, a kind at a time."""
    page = hands.page
    hands.begin("Check the text")
    hands.picture("check", page.get_by_role("heading", name="The text, before and after"))
    hands.picture("decide", page.get_by_role("heading", name="Decide", exact=True))
    hands.click(page.get_by_role("button", name=re.compile("^Replace 1: Occupation")), leads_on=True)
    while (together := page.get_by_role("button", name=re.compile(r"^Keep \d+: "))).count():
        hands.click(together.first, leads_on=True)
    while (alone := page.locator(".finding[data-undecided]").get_by_role("button", name=re.compile("^Keep: "))).count():
        hands.click(alone.first, leads_on=True)
    hands.click(page.get_by_role("link", name="Read the public text and sign"), leads_on=True)


def sign(hands: Hands) -> None:
    """Every question of the motivated intruder, and the signature."""
    page = hands.page
    hands.begin("Read and sign")
    hands.picture("read")
    for box in page.locator("#questions").get_by_role("checkbox").all():
        hands.click(box)
    hands.picture("sign", page.locator("#questions"))
    hands.click(page.get_by_role("button", name="Sign this text"), leads_on=True)


def build(hands: Hands) -> None:
    """The site, and the page on it."""
    page = hands.page
    hands.begin("Build and look")
    hands.click(page.get_by_role("button", name="Build the site now"), leads_on=True)
    page.get_by_text("Building the site: done").wait_for(timeout=4 * WAIT)
    if hands.pictures is not None:
        # where this machine has it is nothing to show
        page.locator(".log li").last.evaluate(
            "line => { line.textContent = line.textContent.replace(/\\/\\S*\\/build\\//, 'build/') }"
        )
    hands.picture("built")
    hands.click(page.get_by_role("link", name="Look at the built site"), leads_on=True)
    hands.click(page.get_by_role("link", name=re.compile("^Review ")).first, leads_on=True)
    if hands.pictures is not None:
        # the page has a third column, which the workbench has not
        page.set_viewport_size({"width": 1280, "height": 800})
    hands.picture("published")


def go_the_whole_way(hands: Hands, root: str, file: Path) -> None:
    """From the list of cases, which is empty, to the published page."""
    import_word(hands, root, file)
    fill_in_facts(hands)
    take_lessons_over(hands)
    say_who_is_who(hands)
    decide(hands)
    sign(hands)
    build(hands)


def table(hands: Hands) -> list[str]:
    """What each step took, as the docs have it."""
    rows = [f"| {step} | {keys} | {clicks} |" for step, (keys, clicks) in hands.taken.items()]
    keys, clicks = map(sum, zip(*hands.taken.values(), strict=True))
    return ["| step | keys | clicks |", "|---|---|---|", *rows, f"| together, {hands.total} | {keys} | {clicks} |"]


def main() -> None:
    """Go the whole way once, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", action="store_true", help=f"renew {PICTURES.relative_to(ROOT)}")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        file = Path(name) / "review.docx"
        file.write_bytes(hand_numbered.document_bytes())
        running = Running(Path(name) / "reviews", Path(name) / "build")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport=WINDOW, locale="en-GB")
            page.set_default_timeout(WAIT)
            page.goto(running.start)
            hands = Hands(page, pictures=PICTURES if said.pictures else None)
            go_the_whole_way(hands, running.root, file)
        finally:
            browser.close()
            running.close()
    print("\n".join(table(hands)))
    if hands.total > MOST:
        raise SystemExit(f"more than {MOST}")


if __name__ == "__main__":
    main()
