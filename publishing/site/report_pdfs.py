"""The annual reports as PDF, made of the built pages by Chromium where one is installed: the same page gives the same bytes.

docs/decisions/0033-annual-reports-as-pdf.md says which pages have one and why.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from publishing.errors import BuildError, PublishingError
from publishing.files.cache import key_of
from publishing.files.program import hash_program
from publishing.progress import track
from publishing.site import chromium, phrasing, printing
from publishing.site.kept_texts import KeptTexts
from publishing.site.site_options import SiteOptions
from publishing.vocabulary import counted
from redaction import DRAWN_IN_PDF, UnpackingError, unpack

_PLACE = "<!-- printed report -->"
"""Where a page that is to be printed says so, and has its link afterwards."""

_LINK = '<p class="onward"><a href="{name}">{title}</a> (PDF, {sheets}, {size:,} kB)</p>'
_NOT_LOADED = re.compile(r"<script\b.*?</script>|<link\b[^>]*>", re.DOTALL)
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_IMPORTED = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
_HREF = re.compile(r' href="([^"#][^"]*)"')
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>")
_FRAME = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
{styles}
:root {{ --sans: "Liberation Sans", Arial, sans-serif; }}
@page {{ size: A4; margin: 18mm 18mm 20mm; font: 8.5pt "Liberation Sans", Arial, sans-serif; color: #333; }}
@page {{ @top-left {{ content: "{top}"; }} @bottom-left {{ content: "{below}"; }} @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }} }}
</style>
</head>"""

_SHEET = re.compile(rb"/Type /Page\b")
_MOMENT = re.compile(rb"\(D:\d{14}(?=[+Z-])")
_NODE = re.compile(rb"\(node\d{8}\)")
_CREATOR = re.compile(rb"/Creator \(((?:[^()\\]|\\.)*)\)")

_NONE = (
    "the annual reports have no PDF, since there is no Chromium on this machine: readers print the pages themselves. To have them, install it "
    "(Debian: apt-get install chromium), and build again"
)
_SWITCHED_OFF = (
    f"the annual reports have no PDF, since {chromium.CHROMIUM} is empty: readers print the pages themselves"
)
_FAILED = "Chromium failed at the report of {year}: it has no PDF, nor has any report after it; readers print the pages themselves. Build again to try again"
_OTHER = "the report of {year} has no PDF: its letters could not be read back as those of its page"


def write_report_pdfs(
    site: Path, as_of: dt.date, options: SiteOptions, kept: KeptTexts | None = None
) -> tuple[str, ...]:
    """Put a PDF beside each annual report of a built site, and a link to it on the page; what somebody should know, in words.

    A report that cannot be printed has neither, and the rest of the site is whole.

    Args:
        site: what was built; searched for identities afterwards, these files with the others.
        as_of: the day of the build; it stands on each sheet and in the file.
        options: where the site stands, and whether its cases are invented.
        kept: PDFs that were made before: what is printed is on the page, its day included, so that the same page is not printed again.
    """
    kept = kept or KeptTexts()
    told = tuple(_write_pdfs(site, as_of, options, kept))
    kept.keep_used()
    return told


def _write_pdfs(site: Path, as_of: dt.date, options: SiteOptions, kept: KeptTexts) -> Iterator[str]:
    pages = [path for path in sorted(site.glob("trends/*/index.html")) if _PLACE in path.read_text(encoding="utf-8")]
    if not pages:
        return
    if not chromium.find_chromium():
        yield _SWITCHED_OFF if chromium.is_switched_off() else _NONE
        return
    for path in track("printing annual reports", pages):
        year, page = path.parent.name, path.read_text(encoding="utf-8")
        try:
            whole = _in_one_file(page, path, f"trends/{year}/", as_of, options)
            pdf = _find_kept(kept, _key(whole))
            if not pdf:
                pdf = _settled(printing.print_to_pdf(whole.encode(), site.parent / "printing"), as_of)
                if not _says_the_same(pdf, whole):
                    yield _OTHER.format(year=year)
                    continue
                kept.put(_key(whole), {"pdf": base64.b64encode(pdf).decode()})
        except PublishingError:
            yield _FAILED.format(year=year)
            return
        name = f"trends-and-lessons-{year}.pdf"
        (path.parent / name).write_bytes(pdf)
        sheets = counted(len(_SHEET.findall(pdf)), "page")
        link = _LINK.format(name=name, title=_title(page), sheets=sheets, size=max(1, len(pdf) // 1000))
        path.write_text(page.replace(_PLACE, link), encoding="utf-8", newline="\n")


def _find_kept(kept: KeptTexts, key: str) -> bytes | None:
    """The PDF of a page, whose letters were read back when this program and this Chromium made it."""
    value = kept.find(key)
    try:
        return base64.b64decode(value["pdf"], validate=True) if value else None
    except (KeyError, TypeError, ValueError):
        return None


def _key(page: str) -> str:
    return key_of(determined_by={"page": page, "program": hash_program(), "chromium": chromium.identify()})


def _in_one_file(page: str, path: Path, address: str, as_of: dt.date, options: SiteOptions) -> str:
    """A built page that needs nothing beside itself, with its links as whole addresses, or none where the site's address is not known."""
    styles = "\n".join(_styles(path.parent / href) for href in _STYLESHEET.findall(page))
    where = phrasing.page_address(options.address, address)
    frame = _FRAME.format(
        styles=styles,
        top=_in_css("The cases in this report are invented." if options.invented else options.name),
        below=_in_css(f"{_title(page)}. As published on {phrasing.format_day(as_of)}. {where}"),
    )
    whole = _NOT_LOADED.sub("", page).replace("</head>", frame)
    return _HREF.sub(
        lambda link: f' href="{html.escape(urljoin(where, html.unescape(link[1])))}"' if options.address else "",
        whole,
    )


def _styles(path: Path) -> str:
    """A stylesheet with what it imports."""
    return _IMPORTED.sub(
        lambda found: f"@layer {found[2]} {{\n{(path.parent / found[1]).read_text(encoding='utf-8')}\n}}",
        path.read_text(encoding="utf-8"),
    )


def _title(page: str) -> str:
    found = _TITLE.search(page)
    if not found:
        raise BuildError("The page has no heading.")
    return found[1]


def _in_css(text: str) -> str:
    """Text within quotation marks of a stylesheet inside a page."""
    return re.sub(r"[\\\"<>&\n]", lambda sign: f"\\{ord(sign[0]):x} ", text)


def _settled(pdf: bytes, as_of: dt.date) -> bytes:
    """A PDF without what differs from one run of Chromium to the next: when it ran, how it counts elements, on which machine."""
    pdf = _MOMENT.sub(b"(D:%s000000" % as_of.strftime("%Y%m%d").encode(), pdf)
    pdf = _CREATOR.sub(lambda found: b"/Creator (%s)" % b"Candour".ljust(len(found[1])), pdf)
    nodes = {node: number for number, node in enumerate(sorted(set(_NODE.findall(pdf))), 1)}
    return _NODE.sub(lambda node: b"(node%08d)" % nodes[node[0]], pdf)


def _says_the_same(pdf: bytes, page: str) -> bool:
    """Whether the letters that the gate reads in a PDF are those of its page: it must not search for names in other letters than people see."""
    try:
        read = next((part.text for part in list(unpack(pdf)) if part.how == DRAWN_IN_PDF), "")
    except UnpackingError:
        return False
    known = _letters(html.unescape(page))
    return _letters(_title(page)) in _letters(read) and all(_letters(run) in known for run in read.splitlines())


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKC", text).casefold()))
