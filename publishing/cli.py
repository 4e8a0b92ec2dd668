"""`candour …`: the only file that prints or exits."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import io
import json
import logging
import os
import socketserver
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec

import typer

from publishing import room
from publishing.errors import FullDiskError, PublishingError
from publishing.settings import today
from redaction.errors import RedactionError, RegisterError

app = typer.Typer(
    help="Publish what Serious Further Offence reviews learned, and protect everyone in them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

Reviews = Annotated[Path, typer.Option("--reviews", metavar="DIR", help="The private folder of case folders.")]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where the public site goes: DIR/markdown and DIR/site.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Build as if today were this day (2025-02-03). Default: today in London."
    ),
]
P = ParamSpec("P")


REASONS = ("victim-request", "legal", "identification-risk", "error")
"""Why a review is taken down."""
STATUSES = ("not-started", "in-progress", "implemented", "partly-implemented", "rejected")
"""How far a lesson is."""


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    """A check that an option's value is one of a few; wrong usage where it is none."""

    def check(value: str) -> str:
        if value not in choices:
            raise typer.BadParameter("it is none of: " + ", ".join(choices))
        return value

    return check


def safely(command: Callable[P, None]) -> Callable[P, None]:
    """Errors in plain words and exit code 1; never a traceback, since its lines may hold a word of a review."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")
        try:
            command(*args, **kwargs)
        except (PublishingError, RedactionError) as error:
            refuse(str(error))
        except (typer.Exit, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            refuse("Stopped.", 130)
        except BrokenPipeError:
            # whoever read the output has gone; what the command did stands
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except (Exception, SystemExit) as error:  # noqa: BLE001  the last line of defence: its text may hold private words
            if room.is_full(error):
                refuse(str(FullDiskError("the folder that was written to", room.MEGABYTE)))
            frame = traceback.extract_tb(error.__traceback__)[-1]
            refuse(
                f"Something went wrong inside Candour ({type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}). "
                "Nothing was published. No more is shown, because it could hold words of a review. "
                "Report this line to the people who maintain Candour."
            )

    return run


def refuse(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong on standard error and end with 1, or with what the shell says of Ctrl+C."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def say(message: str) -> None:
    """One line of progress on standard output."""
    typer.echo(message)


def day(text: str | None, option: str = "--as-of") -> dt.date:
    """The day a command works for; wrong usage where it is no date."""
    if text is None:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("is not a day written like 2025-02-03", param_hint=option) from None


@app.command()
@safely
def build(
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    as_of: AsOf = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="How many processes redact side by side.")] = 1,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A dask.distributed scheduler that redacts instead.")
    ] = None,
) -> None:
    """Build the public site from the approved and signed reviews."""
    from publishing.release.build import build as release

    before = _standing(out)
    try:
        result = release(reviews, out, day(as_of), workers=workers, scheduler=scheduler, report=say)
    except KeyboardInterrupt:
        # the swap may have been made already
        same = _standing(out) == before
        refuse("Stopped. What stood published before still stands." if same else "Stopped. The new site stands.", 130)
    for case, reason in result.left_out:
        say(f"left out: {case}: {reason}")
    for case, doubt in result.doubts:
        say(
            f"to check: {case}: today's engine would also replace {doubt} in its signed text: "
            "look at it in the workbench (candour workbench)"
        )
    for line in result.notices.lines():
        say(f"to check: {line}")
    say(
        f"Published: {len(result.published)} reviews. Withdrawn: {len(result.withdrawn)}. The site: {out / 'site' / 'index.html'}"
    )
    if result.faulty:
        lines = [str(error) for error in result.faulty]
        refuse(
            "\n".join(
                ["These cases are not published, because they have faults:", *lines, "Mend them and build again."]
            )
        )


@app.command()
@safely
def redact(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text or Markdown file; - reads standard input.")],
    register: Annotated[Path | None, typer.Option(metavar="FILE", help="A register.yml of identities.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object: the text and every detection.")
    ] = False,
) -> None:
    """Redact one text."""
    from redaction import Redactor, Register

    if register and not register.is_file():
        refuse("The file given with --register is not there: give the path of a register.yml.")
    try:
        declared = Register.load(register) if register else None
    except RegisterError as error:
        # pydantic puts this before every check that is our own
        refuse(str(error).replace("Value error, ", ""))
    text = _read(file)
    redaction = Redactor().redact([text], declared)
    if not as_json:
        sys.stdout.write(redaction.texts[0])
        return
    detections = [
        {
            "start": d.start,
            "end": d.end,
            "entity": str(d.entity),
            "score": d.score,
            "source": d.source,
            "replacement": d.replacement,
        }
        for d in redaction.detections
    ]
    review = [
        {
            "start": f.start,
            "end": f.end,
            "entity": str(f.entity),
            "source": f.source,
            "reason": f.reason,
            "probability": f.probability,
        }
        for f in redaction.flags
    ]
    doubts = [
        {"start": d.start, "end": d.end, "kind": str(d.kind), "probability": d.probability} for d in redaction.doubts
    ]
    said = {"text": redaction.texts[0], "detections": detections, "review": review, "doubts": doubts}
    say(json.dumps(said, ensure_ascii=False))


@app.command("sign-off")
@safely
def sign_off(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case folder's name.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who signs. Kept private; not the approver.")],
    note: Annotated[
        str | None,
        typer.Option(
            "--note", metavar="TEXT", help="What changed in a published text, for its readers; its page shows it."
        ),
    ] = None,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Sign the text of a case as it is redacted and decided now; that confirms every question of the checklist."""
    from publishing.release.signoff import sign_off as sign

    outcome = sign(reviews, case, by, note=note, out=out)
    for warning in outcome.warnings:
        say(f"to check: {case}: {warning}")
    say(outcome.message)


@app.command()
@safely
def respond(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case folder's name.")],
    lesson: Annotated[int, typer.Argument(metavar="LESSON", min=1, help="The lesson's number.")],
    status: Annotated[str, typer.Option(metavar="|".join(STATUSES), callback=one_of(STATUSES), help="How far it is.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who signs the update. Kept private.")],
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A sentence about it; redacted and published.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was said. Default: today.")] = None,
    reviews: Reviews = Path("reviews"),
) -> None:
    """Record what was said of a lesson; the signed review stays as it is."""
    from publishing.release.responding import respond as record

    told = record(reviews, case, lesson, status, note, by, day(date, "--date") if date else None)
    say(f"Recorded and signed: lesson {told.lesson} of {told.public_id}, {told.date}, {told.status}.")
    if told.note:
        say(f"The public note: {told.note}")
        say("Read the note as the family would.")
    say("The next build publishes it: candour build")


@app.command()
@safely
def withdraw(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="The case folder's name, or its public reference (2025-001).")
    ],
    reason: Annotated[
        str, typer.Option(metavar="|".join(REASONS), callback=one_of(REASONS), help="Why; the page says so.")
    ],
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    as_of: AsOf = None,
) -> None:
    """Take a published review down at once: a notice stands in its place."""
    from publishing.release.withdrawal import withdraw as take_down

    result = take_down(case, reason, reviews if reviews.is_dir() else None, out, day(as_of))
    for warning in result.warnings:
        say(f"to check: {warning}")
    say(result.message)


@app.command()
@safely
def check(
    reviews: Reviews = Path("reviews"),
    site: Annotated[Path, typer.Option("--site", metavar="DIR", help="A site already built.")] = Path("build/site"),
) -> None:
    """Search a site already built for every identity of every case."""
    from publishing.release.build import check_site

    count = check_site(reviews, site)
    say(f"No identity found in {count} files.")


@app.command()
@safely
def new(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The new case folder's name: private, never published.")],
    reviews: Reviews = Path("reviews"),
) -> None:
    """Make an empty case to fill in."""
    from publishing.intake.new import create

    folder = create(reviews, case)
    say(
        f"Made {folder / 'review.md'} and {folder / 'register.yml'}. Fill them in, here or in the browser (candour workbench)."
    )


@app.command()
@safely
def history(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case folder's name.")],
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Tell what happened to a case: signatures, corrections, publication, withdrawal. Private: it names signers."""
    from publishing.release.history import history as tell

    events = tell(reviews, case, out)
    for event in events:
        say(str(event))
    if not events:
        say("Nothing has happened to it yet: nobody has signed it.")


@app.command()
@safely
def doctor(reviews: Reviews = Path("reviews"), out: Out = Path("build"), as_of: AsOf = None) -> None:
    """Say whether this machine is ready, what would be published next, and what is left out and why."""
    from publishing.release.doctor import machine
    from publishing.release.outlook import outlook

    checks = machine(reviews, out)
    for check in checks:
        say(str(check))
    if reviews.is_dir():
        for line in outlook(reviews, out, day(as_of)).lines():
            say(line)
    if any(check.fatal for check in checks):
        refuse("This machine is not ready: mend what is marked NOT READY, then ask again.")


@app.command("import")
@safely
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="The review in Word.")],
    case: Annotated[str, typer.Argument(metavar="CASE", help="The new case folder's name: private, never published.")],
    reviews: Reviews = Path("reviews"),
    heading: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER=SECTION", help="What a heading of that number is; may be given often."),
    ] = None,
) -> None:
    """Make a case from a Word document."""
    from publishing.intake.word import import_case

    chosen: dict[int, str] = {}
    for said in heading or []:
        number, equals, section = said.partition("=")
        if not equals or not number.strip().isdecimal():
            raise typer.BadParameter("is not written like 4=findings", param_hint="--heading")
        chosen[int(number)] = section.strip()
    done = import_case(file, reviews, case, chosen)
    for note in done.notes:
        say(f"to check: {case}: {note}")
    say(
        f"Made {done.folder / 'review.md'} and {done.folder / 'register.yml'}. Fill in the facts at the head of review.md."
    )


@app.command()
@safely
def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="Where to write it; nothing is overwritten.")],
) -> None:
    """Write a Word template for review writers: every standard heading, with what belongs under it."""
    from publishing.intake.word_template import write

    write(file)
    say(f"Made {file}: write the review in it, then import it with candour import.")


@app.command()
@safely
def workbench(
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port on this machine; 0 takes a free one.")
    ] = 8100,
    browser: Annotated[bool, typer.Option(help="Open it in your browser.")] = True,
) -> None:
    """Check, sign, build and withdraw in the browser, on this machine alone."""
    from publishing.workbench.server import run

    run(reviews, out, port, browser, say)


@app.command()
@safely
def evaluate(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="A folder of marked texts, or a JSON file of the benchmark.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    reviews: Annotated[
        Path | None, typer.Option("--reviews", metavar="DIR", help="Measure with the registers of these cases too.")
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Measure Presidio as it comes and spaCy alone in the same run.")
    ] = False,
) -> None:
    """Measure recall and precision of redaction; what it missed is shown in the words of the marked texts."""
    from redaction import Redactor
    from redaction.evaluation import evaluate as measure

    report = measure(dataset, Redactor(), reviews=reviews, baselines=baselines)
    say(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report.as_text())


@app.command()
@safely
def serve(
    out: Out = Path("build"),
    port: Annotated[int, typer.Option(metavar="PORT", min=1, max=65535, help="The port on this machine.")] = 8000,
) -> None:
    """Look at the built site on this machine, and no other."""
    site = out / "site"
    if not (site / "index.html").is_file():
        refuse(f"There is no site in {site}. Build it first: candour build")
    handler = functools.partial(_Preview, directory=str(site))
    try:
        server = _Server(("127.0.0.1", port), handler)
    except OSError:
        refuse(
            f"Port {port} is taken by another program. Choose another with --port, such as {8000 if port > 9000 else port + 1}"
        )
    say(f"The site is at http://127.0.0.1:{port}/ on this machine alone. Press Ctrl+C to stop.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")


class _Server(http.server.ThreadingHTTPServer):
    """A server that asks nobody for this machine's name, as Python's own does when it starts."""

    server_bind = socketserver.TCPServer.server_bind


class _Preview(http.server.SimpleHTTPRequestHandler):
    """Serves the built site; says nothing of what is asked for, and shows the site's own page for what is missing."""

    def log_message(self, format: str, *args: Any) -> None:
        """No log."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own 404 page."""
        page = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        # offsets in the JSON count from the text as it is, so line ends are left as they are
        return data.decode("utf-8")
    except OSError:
        refuse("The file cannot be read. Give the path of a text file, or - for standard input.")
    except UnicodeDecodeError:
        refuse(
            "The file is not UTF-8 text. Save it as UTF-8 (in Word: Save as, Plain text, Unicode UTF-8), or import a .docx."
        )


def _standing(out: Path) -> int | None:
    """Which site stands: its folder's number on the disk, which a swap changes."""
    site = out / "site"
    return site.stat().st_ino if site.is_dir() else None


def main() -> None:
    """The command line; what it prints is UTF-8 wherever it runs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()


if __name__ == "__main__":
    main()
