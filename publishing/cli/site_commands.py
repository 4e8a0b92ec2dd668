"""Commands about the whole site: build, report, withdraw, releases, rollback, check, sign-manifest, doctor, diff-policy, serve."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from publishing.cli.options import REASONS, AsOf, Out, Reviews, Workers, one_of, parse_day
from publishing.cli.output import STOPPED, ask_name, ask_passphrase, megabytes, refuse, say
from publishing.cli.preview_server import PreviewHandler
from publishing.cli.progress_display import show_progress

if TYPE_CHECKING:
    from publishing.release.kept_releases import KeptRelease
    from publishing.release.manifest_signature import ManifestSignature


def build(
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    as_of: AsOf = None,
    workers: Workers = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A dask.distributed scheduler that redacts instead.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say afterwards what was done again since the last build, and why.")
    ] = False,
) -> None:
    """Build the public site from the approved and signed reviews."""
    from publishing.release.build import build as release
    from publishing.release.explanation import UNCHANGED
    from publishing.vocabulary import counted

    before = _site_number(out)
    try:
        with show_progress():
            result = release(reviews, out, parse_day(as_of), workers=workers, scheduler=scheduler, report=say)
    except KeyboardInterrupt:
        # the swap may have been made already
        same = _site_number(out) == before
        refuse(
            "Stopped. What stood published before still stands." if same else "Stopped. The new site stands.", STOPPED
        )
    for case, reason in result.left_out:
        say(f"left out: {case}: {reason}")
    for case, doubt in result.doubts:
        say(
            f"to check: {case}: today's engine would also replace {doubt} in its signed text: "
            "look at it in the workbench (candour workbench)"
        )
    for line in result.notices.lines():
        say(f"to check: {line}")
    if explain:
        for line in result.explanation.lines() if result.explanation else [UNCHANGED]:
            say(f"done again: {line}")
    say(
        f"Published: {counted(len(result.published), 'review')}. Withdrawn: {len(result.withdrawn)}. The site: {out / 'site' / 'index.html'}"
    )
    if result.faulty:
        lines = [str(error) for error in result.faulty]
        refuse(
            "\n".join(
                ["These cases are not published, because they have faults:", *lines, "Mend them and build again."]
            )
        )


def report(
    year: Annotated[
        int, typer.Argument(metavar="YEAR", min=1900, max=9999, help="The year of publication; it must be over.")
    ],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who signs it; asked if not given. Kept private.")
    ] = None,
    foreword: Annotated[
        Path | None,
        typer.Option(
            "--foreword",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Plain text, with an empty line between paragraphs.",
        ),
    ] = None,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    as_of: AsOf = None,
) -> None:
    """Sign the annual report of a year with a foreword: the next build publishes it, and it stays as it was published."""
    from publishing.release.editions import make_edition

    try:
        words = foreword.read_text(encoding="utf-8-sig") if foreword else ""
    except (OSError, UnicodeDecodeError):
        refuse("The foreword cannot be read: save it as plain text in UTF-8.")
    who = by or ask_name()
    for warning in make_edition(
        reviews, year, who, words, out, parse_day(as_of), report=say, ask_passphrase=lambda: ask_passphrase(who)
    ):
        say(f"to check: {warning}")
    say(
        f"Signed: the report of {year}, in report-{year}.json of the reviews folder. The next build publishes it at trends/{year}/edition/, and "
        "it stays as it was published: candour build"
    )


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

    result = take_down(case, reason, reviews if reviews.is_dir() else None, out, parse_day(as_of))
    for warning in result.warnings:
        say(f"to check: {warning}")
    say(result.message)


def releases(out: Out = Path("build")) -> None:
    """List the releases that are kept to go back to, and the room that they take."""
    from publishing.release.kept_releases import list_releases

    kept = list_releases(out)
    for release in kept:
        say(f"{release.name}  stood until {release.until}; {megabytes(release.size)}{_state(release)}")
    if not kept:
        say("No release is kept yet: the first is kept when a build puts another site in its place.")
        return
    say(f"They take {megabytes(sum(release.size for release in kept))}, in {kept[0].folder.parent}, for you alone.")
    say("Go back to one with candour rollback RELEASE; without a name to the newest from which nobody went back.")


def rollback(
    release: Annotated[
        str | None,
        typer.Argument(metavar="[RELEASE]", help="Its name, as candour releases has it. Default: the newest."),
    ] = None,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    as_of: AsOf = None,
) -> None:
    """Go back to a kept release; what was withdrawn since stays withdrawn."""
    from publishing.release.rollback import roll_back
    from publishing.vocabulary import counted

    result = roll_back(reviews, out, release, parse_day(as_of))
    for warning in result.warnings:
        say(f"to check: {warning}")
    if result.rewritten:
        say("Something was withdrawn or published since, so the site was written again from that release's records.")
    if result.newer:
        say(
            f"Published since, and still there: {', '.join(result.newer)}. A page goes away by withdrawal alone: candour withdraw"
        )
    say(
        f"Gone back to the release that stood until {result.release.until}. Published: {counted(len(result.published), 'review')}. "
        f"Withdrawn: {len(result.withdrawn)}. Publish the site folder again now, and remove from the web server what is gone from it."
    )
    say("The next build publishes what is signed then: stop scheduled builds until what was wrong is mended.")


def _state(release: KeptRelease) -> str:
    """What there is to know of a release before one goes back to it."""
    left = "; somebody went back from it" if release.left else ""
    return left if release.whole else f"{left}; it will be written again, without what was withdrawn"


def check(
    reviews: Reviews = Path("reviews"),
    site: Annotated[Path, typer.Option("--site", metavar="DIR", help="A site already built, or a copy of one.")] = Path(
        "build/site"
    ),
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest", metavar="FILE", help="Only compare the site with this manifest.txt; no case is needed for it."
        ),
    ] = None,
    browser: Annotated[
        bool,
        typer.Option(
            "--browser", help="Search every page as a browser shows it, too. Needs a Chromium on this machine."
        ),
    ] = False,
    signed: Annotated[
        bool, typer.Option("--signed", help="With --manifest: refuse one that no signer of the reviews folder signed.")
    ] = False,
) -> None:
    """Search a site already built for every identity of every case, or compare a copy with what was released."""
    if manifest is not None:
        if browser:
            raise typer.BadParameter("is not for a comparison: run it without --manifest", param_hint="--browser")
        from publishing.release.manifest import compare_with_manifest
        from publishing.release.manifest_signature import verify_signature

        signature = verify_signature(manifest, reviews)
        if signed and not (signature and signature.name):
            refuse(f"{_whose(signature)} Nothing was compared.")
        same = compare_with_manifest(manifest, site)
        say(f"The same as what was released: all {same} files, and no other.")
        say(_whose(signature))
        return
    if signed:
        raise typer.BadParameter("needs --manifest FILE", param_hint="--signed")
    from publishing.release.site_check import check_site

    with show_progress():
        found = check_site(reviews, site, in_browser=browser, report=say)
    shown = f", nor in {found.pages} pages as a browser shows them" if browser else ""
    say(f"No identity found in {found.files} files{shown}.")


def _whose(signature: ManifestSignature | None) -> str:
    """Who signed a manifest, as far as that can be told."""
    if signature is None:
        return (
            "The manifest is not signed: nothing tells who made it, so trust it as far as the place where you kept it. "
            "A signer signs it with candour sign-manifest."
        )
    key = f"key {signature.fingerprint}, on {signature.moment}"
    if signature.name:
        return f"The manifest was signed by {signature.name}, {key}."
    return (
        f"The manifest was signed with {key}. Whose key that is cannot be told here: name the reviews folder with the list of "
        "signers (--reviews DIR), or hold the key against what the signer reads out to you."
    )


def sign_manifest(
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who signs: a signer with a key; asked if not given.")
    ] = None,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Sign the manifest of the release that stands, for whoever compares a copy of the site with it."""
    from publishing.release.manifest_signature import sign_manifest as sign

    who = by or ask_name()
    signature, unlogged = sign(reviews, out, who, lambda: ask_passphrase(who), dt.datetime.now(dt.UTC))
    for line in unlogged:
        say(f"to check: {line}")
    say(
        f"{_whose(signature)} Keep manifest.txt and manifest.txt.sig together; the next build or withdrawal needs a new signature."
    )


def doctor(reviews: Reviews = Path("reviews"), out: Out = Path("build"), as_of: AsOf = None) -> None:
    """Say whether this machine is ready, what would be published next, and what is left out and why."""
    from publishing.release.doctor import check_machine
    from publishing.release.forecast import forecast_build

    checks = check_machine(reviews, out)
    for check in checks:
        say(str(check))
    if reviews.is_dir():
        for line in forecast_build(reviews, out, parse_day(as_of)).lines():
            say(line)
    if any(check.fatal for check in checks):
        refuse("This machine is not ready: mend what is marked NOT READY, then ask again.")


def diff_policy(
    reviews: Reviews = Path("reviews"),
    as_of: AsOf = None,
    workers: Workers = None,
) -> None:
    """Tell which signed reviews today's engine and policy would write otherwise, and where; never a word of them."""
    from publishing.release.policy_diff import diff_policy as compare

    with show_progress():
        diff = compare(reviews, parse_day(as_of), workers)
    for case in diff.changed:
        say(f"would read otherwise: {case}")
    say(f"{diff.read} signed reviews were redacted again: {len(diff.changed)} would read otherwise.")
    if diff.changed:
        say(
            "Because the engine, the policy or their files changed since. What is signed stays published: to publish the change, look "
            "at it in the workbench and sign it again."
        )


def serve(
    out: Out = Path("build"),
    port: Annotated[int, typer.Option(metavar="PORT", min=1, max=65535, help="The port on this machine.")] = 8000,
) -> None:
    """Look at the built site on this machine, and no other."""
    from publishing.release.browser.site_server import LoopbackServer

    site = out / "site"
    if not (site / "index.html").is_file():
        refuse(f"There is no site in {site}. Build it first: candour build")
    handler = functools.partial(PreviewHandler, directory=str(site))
    try:
        server = LoopbackServer(("127.0.0.1", port), handler)
    except OSError:
        refuse(
            f"Port {port} is taken by another program. Choose another with --port, such as {8000 if port > 9000 else port + 1}"
        )
    say(f"The site is at http://127.0.0.1:{port}/ on this machine alone. Press Ctrl+C to stop.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")


def _site_number(out: Path) -> int | None:
    """The number of the built site's folder on the disk, which a swap changes; None where there is no site."""
    site = out / "site"
    return site.stat().st_ino if site.is_dir() else None
