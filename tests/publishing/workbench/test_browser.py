"""The publishing team's day in Chromium, against a workbench of its own."""

from __future__ import annotations

import datetime as dt
import re
import socket
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from publishing.checking import decisions, intruder, press_check
from publishing.intake.new import create_case
from publishing.intake.word import template
from tests.support.cases import CASE
from tests.support.documents import made
from tests.support.running import Running
from tests.support.serving import VIOLATIONS
from tests.support.word_files import told
from tests.support.workbench import write_case

pytestmark = pytest.mark.browser

PASSAGE = "The assessment was not reviewed when circumstances changed. The court was not told."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reviews folder with one case to work on and one to look at."""
    root = tmp_path_factory.mktemp("house")
    write_case(root / "reviews")
    other = write_case(root / "reviews", "walnut-anchor-08", "2025-009")
    for path in (other / "register.yml", other / "review.md"):
        text = path.read_text(encoding="utf-8")
        for old, new in (("Darren Whitlock", "Tomasz Zielony"), ("Keisha Moorhouse", "Ffion Cadwaladr"),
                         ("27 Tennyson Road", "9 Larch Row"), ("A4821CK", "A1111AA")):  # fmt: skip
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    press_check.add_press_text(other, "evening paper", b"The assessment was not reviewed when things changed in 2018.")
    create_case(root / "reviews", "empty-drawer-01")
    draft = write_case(
        root / "reviews",
        "plum-ladder-33",
        "2025-010",
        status="draft",
        person="Osric Penhale",
        victim="Ilse Varga",
        code="X7",
    )
    review = (draft / "review.md").read_text(encoding="utf-8")
    (draft / "review.md").write_text(review.replace("offence: murder", "offence:"), encoding="utf-8")
    for folder, passages in ((draft, (PASSAGE, "A passage that is gone.")), (other, (PASSAGE,))):
        entries = (
            f"  - {{passage: {p}, words: Other words., by: Ada, on: 2025-01-20, reason: A slip.}}\n" for p in passages
        )
        (folder / "decisions.yml").write_text(f"format: 1\nrewrites:\n{''.join(entries)}", encoding="utf-8")
    intruder.add_guess(other, intruder.Guess("B Reader", dt.date(2025, 1, 20), "abc", {"where": "Here"}, "wrong"))
    return root


def words(text: str) -> str:
    """Text with its white space in order."""
    return " ".join(text.split())


def written(page: Page) -> None:
    """A decision was written, and the page that says so is there with its script."""
    expect(page.get_by_role("status")).to_contain_text("Written")
    page.wait_for_load_state()


def sign(page: Page, name: str = "Ada Checker") -> list[str]:
    """Answer the checklist and sign; the passages that were on the screen."""
    # a click on a link does not wait for the next page
    expect(page.get_by_role("button", name="Sign this text")).to_be_visible()
    shown = [words(text) for text in page.locator("#public-text .public").all_inner_texts()]
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Sign this text").click()
    expect(page.get_by_role("status")).to_contain_text("Signed")
    return shown


def build(page: Page, root: str) -> None:
    """Build, and wait until it is done."""
    page.goto(root + "/build")
    page.get_by_role("button", name="Build now").click()
    expect(page.get_by_text("Building the site: done")).to_be_visible(timeout=300_000)


def select(passage: Locator, word: str) -> None:
    """Mark a word of a passage, as somebody does with a mouse."""
    passage.evaluate(
        """(element, word) => {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(word)
                if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + word.length)
            }
        }""",
        word,
    )


def test_a_case_is_checked_signed_and_published_as_it_was_shown(page: Page, workbench: Running, house: Path) -> None:
    """Reject one finding, add a missed word everywhere by selecting it, merge two labels, answer, sign, build."""
    page.goto(f"{workbench.root}/case/{CASE}")
    page.get_by_role("button", name="Leave alone: Bramley").click()
    written(page)
    expect(page.locator("#text .public").nth(1)).to_contain_text("Bramley saw him")

    select(page.locator("#text .original").nth(1), "boat")
    page.keyboard.press("Alt+Shift+M")
    expect(page.get_by_label("Words that were missed")).to_have_value("boat")
    page.get_by_label("Kind", exact=True).first.select_option("OTHER")
    page.get_by_label("In their place (optional)").fill("[pet]")
    page.keyboard.press("Enter")
    expect(page.locator("#text .public").nth(1)).to_contain_text("The [pet], ")

    finding = page.locator("li.finding", has_text="Zebedee becomes")
    finding.get_by_text("Change", exact=False).first.click()
    finding.get_by_label("In their place").fill("[Victim 1]")
    finding.get_by_role("button", name="Change everywhere").click()
    expect(page.locator("#text .public").nth(1)).to_contain_text("was [Victim 1] to all")
    assert len(decisions.load(house / "reviews" / CASE)) == 3

    page.get_by_role("link", name="Read the public text and sign").click()
    shown = sign(page)
    build(page, workbench.root)
    html = (house / "build" / "site" / "reviews" / "2025-001" / "index.html").resolve()
    page.goto(f"{workbench.root}/preview/reviews/2025-001/")
    published = words(page.locator("article").inner_text())
    assert html.is_file()
    assert len(shown) == 5
    assert all(text in published for text in shown)

    # one word of the source changes: what is signed stands, and the workbench asks for a new signature
    source = house / "reviews" / CASE / "review.md"
    source.write_text(source.read_text(encoding="utf-8").replace("was not told", "was told late"), encoding="utf-8")
    page.goto(f"{workbench.root}/case/{CASE}")
    page.get_by_role("link", name="See what changed, and sign again").click()
    expect(page.get_by_role("group", name="Signed", exact=True)).to_contain_text("The court was not told.")
    expect(page.get_by_role("group", name="Now", exact=True)).to_contain_text("The court was told late.")
    page.get_by_label("What changed, in words for readers").fill("A finding was put right.")
    sign(page)
    build(page, workbench.root)
    page.goto(f"{workbench.root}/preview/reviews/2025-001/")
    expect(page.locator("article")).to_contain_text("A finding was put right.")
    page.goto(workbench.root)
    expect(page.get_by_role("row", name=CASE)).to_contain_text("Published")


OTHER = "/case/walnut-anchor-08"
PLACES = (
    "/", "/?find=amber&due=x&sort=-due", "/?find=nothing", "/deadlines", "/import", "/build", "/withdraw", OTHER, f"{OTHER}/facts", f"{OTHER}/lessons", f"{OTHER}/people", f"{OTHER}/register", f"{OTHER}/press",
    f"{OTHER}/intruder", f"{OTHER}/intruder/pack", f"{OTHER}/sign", f"{OTHER}/family", f"{OTHER}/sheet", "/case/empty-drawer-01",
    f"{OTHER}/folder", f"{OTHER}/rewrite/0", "/case/plum-ladder-33", f"/case/{CASE}/folder", "/case/empty-drawer-01/facts", "/case/empty-drawer-01/people", f"/case/{CASE}", f"/case/{CASE}/sign", f"/case/{CASE}/family", f"/case/{CASE}/lessons",
)  # fmt: skip
"""Every page: of a case to check, of one that is signed and has changed since, and of one that is empty."""


@pytest.mark.parametrize("tried", ["in one", pytest.param("in both", marks=pytest.mark.soak)])
def test_no_page_has_a_violation_of_accessibility(page: Page, workbench: Running, tried: str) -> None:
    """axe-core on every page, wide and narrow by turns (`make soak`: in both); nothing scrolls sideways at 400% zoom."""
    for number, path in enumerate((*PLACES, f"{OTHER}?find=recall", "/nowhere")):
        for turn, (width, height) in enumerate(((1280, 900), (320, 640))):
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(workbench.root + path)
            assert answer
            assert (path, answer.status) == (path, 404 if path == "/nowhere" else 200)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            if tried == "in one" and number % 2 != turn:
                continue
            found = Axe().run(page, options=VIOLATIONS).response["violations"]
            assert [(path, width, v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


def test_everything_is_reached_by_the_keyboard(page: Page, workbench: Running) -> None:
    """On every page each link, field and button takes the focus in turn, and shows it."""
    controls = "a[href], button:not(:disabled), input:not([type=hidden], [type=radio]), select, textarea, summary"
    for path in PLACES:
        page.goto(workbench.root + path)
        wanted = page.evaluate(
            """controls => [...document.querySelectorAll(controls)]
                .filter(e => e.checkVisibility()).map((e, n) => (e.dataset.n = n, n)).length""",
            controls,
        )
        reached: set[int] = set()
        # a day is three stops and a calendar
        for _ in range(wanted * 4):
            page.keyboard.press("Tab")
            number, outline = page.evaluate(
                "[document.activeElement.dataset.n, getComputedStyle(document.activeElement).outlineStyle]"
            )
            if number is not None:
                reached.add(int(number))
                assert outline != "none", (path, number)
            if len(reached) == wanted:
                break
        assert (path, reached) == (path, set(range(wanted)))


def test_a_highlight_leads_to_its_finding_and_back(page: Page, workbench: Running) -> None:
    """By Enter, and by Escape."""
    page.goto(workbench.root + OTHER)
    page.locator("#text a.found").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finding-1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#text a.found").first).to_be_focused()


def press_on(page: Page, name: str, role: str = "button", key: str = "Enter") -> None:
    """Go to a control by the Tab key alone, as often as it takes, and press a key there."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    wanted.evaluate("element => element.dataset.wanted = 'yes'")
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.wanted === 'yes'"):
            wanted.evaluate("element => delete element.dataset.wanted")
            page.keyboard.press(key)
            return
    raise AssertionError(f"{name} cannot be reached by the keyboard")


def test_a_case_goes_from_the_list_to_the_site_by_keyboard_alone(page: Page, workbench: Running, house: Path) -> None:
    """Open it, leave a finding alone, replace a missed word, part a label, answer, sign, build: withdraw: no mouse anywhere."""
    case = "walnut-anchor-08"
    page.goto(workbench.root)
    press_on(page, case, "link")
    press_on(page, "Leave alone: Bramley")
    written(page)
    page.keyboard.press("Alt+Shift+M")
    page.keyboard.type("boat")
    press_on(page, "Kind", "combobox", "o")
    press_on(page, "Replace everywhere")
    expect(page.locator("#text .public").nth(1)).not_to_contain_text("boat")
    press_on(page, "Tomasz Zielony 1 time", "checkbox", "Space")
    press_on(page, "Give them that label instead of [Person on probation]")
    expect(page.locator("#text .public").first).to_contain_text("[Person on probation 2]")
    press_on(page, "Undo the last change")
    expect(page.locator("#text .public").first).not_to_contain_text("[Person on probation 2]")
    press_on(page, "Read the public text and sign", "link")
    expect(page.get_by_role("heading", name="The public text")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        press_on(page, words(box.evaluate("box => box.parentElement.textContent")), "checkbox", "Space")
    press_on(page, "Your name", "textbox", "B")
    page.keyboard.type("en Checker")
    press_on(page, "Sign this text")
    expect(page.get_by_role("status")).to_contain_text("Signed")
    press_on(page, "Build", "link")
    press_on(page, "Build now")
    expect(page.get_by_text("Building the site: done")).to_be_visible(timeout=300_000)
    public = house / "build" / "site" / "reviews" / "2025-009" / "index.html"
    assert "Other words." in public.read_text(encoding="utf-8")
    press_on(page, "Withdraw", "link")
    press_on(page, "Review 2025-009: murder, Greater Manchester, 2018", "link")
    expect(page.get_by_text("Look at what will be taken down")).to_be_visible()
    assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
    press_on(page, "Reason", "combobox", "End")
    press_on(page, "Type the reference of the review", "textbox", "2")
    page.keyboard.type("025-009")
    press_on(page, "Withdraw it now")
    expect(page.get_by_text("Withdrawing 2025-009: done")).to_be_visible(timeout=300_000)
    assert "The court was not told." not in public.read_text(encoding="utf-8")


def test_what_was_typed_is_not_left_without_a_word(page: Page, workbench: Running) -> None:
    """Leaving a form that was changed asks; saving it, or leaving it as it was, does not. A fault gets the focus."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    facts = workbench.root + "/case/walnut-anchor-08/facts"
    page.goto(facts)
    page.goto(workbench.root)
    assert asked == []
    page.goto(facts)
    page.get_by_label("Year of the offence", exact=True).fill("18")
    page.goto(workbench.root)
    assert asked == ["beforeunload"]
    page.goto(facts)
    page.get_by_label("Year of the offence", exact=True).fill("18")
    page.get_by_role("button", name="Save", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("write a year of four digits")
    assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
    page.get_by_label("Year of the offence", exact=True).fill("2018")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert asked == ["beforeunload"]


def test_ticks_are_there_after_the_page_was_left(page: Page, workbench: Running) -> None:
    """Each is kept as it is ticked, and the page says so."""
    address = f"{workbench.root}/case/walnut-anchor-08/sign"
    page.goto(address)
    for number in (0, 2):
        box = page.get_by_role("checkbox").nth(number)
        box.check()
        expect(page.locator("#kept")).to_have_text("Kept.")
        page.goto(address)
    assert [n for n, box in enumerate(page.get_by_role("checkbox").all()) if box.is_checked()] == [0, 2]


def test_words_selected_with_the_mouse_stand_in_the_form(page: Page, workbench: Running) -> None:
    """Without a key; what somebody typed there is not overwritten."""
    page.goto(f"{workbench.root}/case/walnut-anchor-08")

    def select(word: str) -> None:
        x, y = page.evaluate(
            """word => {
                const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT)
                for (let node; (node = walker.nextNode()); ) {
                    const at = node.data.indexOf(word)
                    if (at < 0) continue
                    const range = document.createRange()
                    range.setStart(node, at)
                    range.setEnd(node, at + word.length)
                    node.parentElement.scrollIntoView({ block: 'center' })
                    const box = range.getBoundingClientRect()
                    return [box.x + box.width / 2, box.y + box.height / 2]
                }
            }""",
            word,
        )
        page.mouse.dblclick(x, y)

    field = page.get_by_label("Words that were missed")
    for word in ("licence", "killed"):
        select(word)
        expect(field).to_have_value(word)
    field.fill("typed")
    select("licence")
    expect(field).to_have_value("typed")


def test_the_list_follows_while_cases_are_read(page: Page, workbench: Running, house: Path) -> None:
    """A case that is being read changes its state in the list by itself; the focus stays where it was."""
    page.goto(workbench.root)
    row = page.get_by_role("row", name="walnut-anchor-08")
    page.evaluate(
        """() => {
            const cell = document.querySelector('tr[data-case="walnut-anchor-08"] .state')
            cell.textContent = 'Being read'
            cell.className = 'state reading'
            return refresh()
        }"""
    )
    expect(row).not_to_contain_text("Being read")


def test_another_tab_with_the_case_is_told_until_it_is_left(page: Page, workbench: Running) -> None:
    """Going from page to page in one tab is no other tab, even where what a page sends on leaving is lost."""
    address = f"{workbench.root}/case/walnut-anchor-08"
    page.route("**/left", lambda route: route.abort())
    for path in ("", "/facts", "/lessons"):
        page.goto(address + path)
    note = page.locator("#opened")
    with page.expect_response(re.compile("/open$")):
        pass
    expect(note).to_have_text("")
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator("#opened")).to_contain_text("This case is open in another tab here since")
    page.evaluate("stayOpen()")
    expect(note).to_contain_text("open in another tab here")
    other.goto(workbench.root)
    expect(other.get_by_role("row", name="walnut-anchor-08")).to_contain_text("since")
    other.close()
    page.evaluate("stayOpen()")
    expect(note).to_have_text("")


def test_two_tabs_with_one_case_do_not_overwrite_each_other(page: Page, workbench: Running, house: Path) -> None:
    """The second is told, sees the case as it stands, and what it decides then holds."""
    address = f"{workbench.root}/case/{CASE}"
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(address)
    for tab, missed in ((page, "circumstances"), (other, "assessment")):
        tab.get_by_label("Words that were missed").fill(missed)
        tab.get_by_role("button", name="Replace everywhere").click()
    expect(page.get_by_role("status")).to_contain_text("Written")
    expect(other.get_by_role("alert")).to_contain_text("Nothing was written")
    decided = [d.text for d in decisions.load(house / "reviews" / CASE)]
    assert "circumstances" in decided
    assert "assessment" not in decided
    other.get_by_role("link", name="Back to the case").click()
    other.get_by_label("Words that were missed").fill("assessment")
    other.get_by_role("button", name="Replace everywhere").click()
    expect(other.get_by_role("status")).to_contain_text("Written")
    other.close()


def test_script_in_a_review_does_not_run(page: Page, workbench: Running) -> None:
    """The review's own script element is shown as text."""
    page.goto(f"{workbench.root}/case/walnut-anchor-08")
    assert page.title() == "walnut-anchor-08 – Candour workbench"
    expect(page.locator("#text .original").nth(1)).to_contain_text("<script>")


def test_a_second_browser_and_another_site_get_nothing(
    browser: Browser, workbench: Running, session: BrowserContext
) -> None:
    """Neither the address nor the token, once used, lets another browser in; a form of another site is refused."""
    stranger = browser.new_context()
    page = stranger.new_page()
    for address in (workbench.root, workbench.start, f"{workbench.root}/case/{CASE}"):
        answer = page.goto(address)
        assert answer
        assert answer.status == 403
    stranger.close()
    page = session.new_page()
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{workbench.root}/build"><button>x</button></form>')
    with page.expect_response(workbench.root + "/build") as caught:
        page.get_by_role("button").click()
    assert caught.value.status == 403
    page.close()


@pytest.mark.parametrize(
    "path", ["/case/..", "/case/../..", "/case/%2e%2e", "/preview/../../reviews/amber-kettle-21/review.md"]
)
def test_a_raw_path_leads_nowhere(workbench: Running, session: BrowserContext, path: str) -> None:
    """As no browser would send it, with the session's cookie."""
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in session.cookies())  # type: ignore[typeddict-item]
    with socket.create_connection(("127.0.0.1", workbench.port)) as line:
        request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{workbench.port}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        )
        line.sendall(request.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert b" 400 " in answer[:20] or b" 404 " in answer[:20]
    assert b"Whitlock" not in answer


def test_the_template_is_accepted_in_the_browser(page: Page, workbench: Running, tmp_path: Path) -> None:
    """What review writers are given."""
    (tmp_path / "template.docx").write_bytes(template.template_bytes())
    page.goto(workbench.root + "/import")
    page.get_by_label("Word file").set_input_files(tmp_path / "template.docx")
    page.get_by_label("Name of the case").fill("from-template")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="Imported: from-template")).to_be_visible()


def test_typed_headings_are_answered_by_the_keyboard(page: Page, workbench: Running, tmp_path: Path) -> None:
    """Each line is shown; what is likely is chosen; axe finds nothing and nothing scrolls sideways, wide and narrow."""
    (tmp_path / "typed.docx").write_bytes(made(told("OFFICIAL", "1. Summary", "Home visits", "2. Practice stuff")))
    page.goto(workbench.root + "/import")
    page.get_by_label("Word file").set_input_files(tmp_path / "typed.docx")
    page.get_by_label("Name of the case").fill("typed-by-hand")
    page.get_by_role("button", name="Import").press("Enter")
    expect(page.get_by_role("heading", name="Which section is this?")).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
    expect(page.get_by_label("Heading no. 1: OFFICIAL")).to_have_value("text")
    expect(page.get_by_label("Heading no. 3: Home visits")).to_have_value("within")
    page.get_by_label("Heading no. 4: 2. Practice stuff").press("F")
    expect(page.get_by_label("Heading no. 4: 2. Practice stuff")).to_have_value("findings")
    page.get_by_role("button", name="Import").press("Enter")
    expect(page.get_by_role("heading", name="Imported: typed-by-hand")).to_be_visible()
    expect(page.get_by_text("in no heading's style")).to_be_visible()
